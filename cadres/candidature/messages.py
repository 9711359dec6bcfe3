"""The first message to a person, and its repetition: the same text is shown before it leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from cadres.candidature import comptes
from cadres.candidature.situations import jour_de_reponse
from cadres.models import Cadre
from cadres.mots import EtatCandidature as Etat
from cadres.mots import Origine
from collectivites.acteurs.acteur import Acteur
from collectivites.travaux.courriels import Texte, composer

INFORMATION = "cadres/recense"
#: Whoever reads the message before it leaves is not handed the person's key.
LIEN_A_VENIR = "(ici, son lien personnel : il est créé à l’envoi, pour cette personne seule)"

MOTIF_A_VENIR = "(ici, ce que vous écrivez sur cette page)"


def contexte(acteur: Acteur, cadre: Cadre, *, lien: str, premier_acces: bool) -> dict[str, Any]:
    """What the message says. Reads `cadre.candidature` and `cadre.collectivite`."""
    candidature = cadre.candidature
    return {
        "de": acteur,
        "lien": lien,
        "premier_acces": premier_acces,
        "rappel": candidature.etat != Etat.RECENSE,
        "volontaire": candidature.origine == Origine.VOLONTARIAT,
        "delai": delai(cadre),
        "expediteur": acteur.utilisateur,
    }


def delai(cadre: Cadre) -> date:
    """Three weeks from the first message; afresh when the question had been closed."""
    candidature = cadre.candidature
    depuis = None if candidature.etat == Etat.SANS_REPONSE else candidature.informe_le
    return jour_de_reponse(depuis or timezone.now())


def apercu(acteur: Acteur, cadre: Cadre) -> Texte:
    """The very message that « Envoyer » would send now."""
    jamais_entre = cadre.utilisateur is None or comptes.est_a_inviter(cadre)
    return composer(
        INFORMATION,
        demarche=cadre.collectivite.demarche,
        collectivite=cadre.collectivite,
        cadre=cadre,
        **contexte(acteur, cadre, lien=LIEN_A_VENIR, premier_acces=jamais_entre),
    )


def apercu_decision(acteur: Acteur, cadre: Cadre, *, retenu: bool) -> Texte:
    """What the person will read of the decision, around the words that are being typed."""
    return composer(
        "cadres/retenu" if retenu else "cadres/non_retenu",
        demarche=cadre.collectivite.demarche,
        collectivite=cadre.collectivite,
        cadre=cadre,
        de=acteur,
        motif=MOTIF_A_VENIR,
    )
