"""The words that an employer gives to its mails: written by its DRH, shown as they will be read."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.utils import timezone

from cadres.candidature.messages import INFORMATION, LIEN_A_VENIR
from cadres.candidature.situations import jour_de_reponse
from cadres.models import Cadre
from cadres.mots import Actes
from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Collectivite
from collectivites.mots import Role
from collectivites.refus import Interdit, exiger
from collectivites.travaux.courriels import Texte, composer

CHAMPS = ("signature", "ouverture_invitation", "courriel_reponse")
RESERVE_AU_DRH = Interdit("Ces mots s’écrivent par le DRH de la collectivité.")


def refus_ecrire(acteur: Acteur) -> str | None:
    return None if acteur.est(Role.DRH) else RESERVE_AU_DRH


def ecrire(*, acteur: Acteur, mots: dict[str, Any]) -> None:
    """The same for all the mails that leave from now on."""
    exiger(refus_ecrire(acteur))
    collectivite = Collectivite.objects.select_for_update().get(pk=acteur.collectivite.pk)
    for champ in CHAMPS:
        setattr(collectivite, champ, mots[champ].strip())
    collectivite.save(update_fields=CHAMPS)
    journaliser(
        acteur=acteur,
        acte=Actes.MOTS_ECRITS,
        libelle="Mots et signature des courriels de la collectivité écrits",
        objet=collectivite,
        collectivite=collectivite,
    )


def apercu(acteur: Acteur, mots: dict[str, Any] | None = None) -> Texte:
    """The invitation that an imagined person would read; `mots`: those being tried."""
    collectivite = copy(acteur.collectivite)
    for champ, valeur in (mots or {}).items():
        setattr(collectivite, champ, valeur.strip())
    de = Acteur(copy(acteur.mandat))
    de.mandat.collectivite = collectivite
    return composer(
        INFORMATION,
        demarche=acteur.demarche,
        de=de,
        collectivite=collectivite,
        cadre=Cadre(prenom="Camille", nom="Exemple", collectivite=collectivite),
        lien=LIEN_A_VENIR,
        premier_acces=True,
        rappel=False,
        volontaire=False,
        delai=jour_de_reponse(timezone.now()),
        expediteur=acteur.utilisateur,
    )
