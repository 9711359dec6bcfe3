"""Offers of immersion: a service of an employer opens some days to the cadres of the others."""

from typing import Any

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.models import Immersion, OffreImmersion
from parcours.mots import Actes
from parcours.sessions import predicats
from parcours.suites import noter

CHAMPS = (
    "service",
    "lieu",
    "domaine",
    "domaine_autre",
    "fonctions",
    "debut",
    "fin",
    "nb_jours",
    "places",
    "contact_nom",
    "contact_courriel",
    "contact_telephone",
)


def faire_une_offre(*, acteur: Acteur, donnees: dict[str, Any]) -> OffreImmersion:
    """In the name of one's collectivité; every cadre of the others reads it at once."""
    exiger(predicats.refus_offrir(acteur))
    offre: OffreImmersion = OffreImmersion.objects.create(
        collectivite=acteur.collectivite, **_valeurs(donnees)
    )
    _noter(acteur, offre, Actes.OFFRE_FAITE, "publiée")
    return offre


def modifier_l_offre(
    *, acteur: Acteur, offre: OffreImmersion, donnees: dict[str, Any]
) -> OffreImmersion:
    """What is changed is read by those who come next; a request keeps what it was made for."""
    offre = verrous.offre(offre.pk)
    exiger(predicats.refus_tenir_l_offre(acteur, offre))
    valeurs = _valeurs(donnees)
    prises = offre.immersions.filter(etat__in=Immersion.ETATS_COMPTES).count()
    if valeurs.get("places", offre.places) < prises:
        raise ActionImpossible(
            f"{prises} personnes ont déjà demandé des jours : gardez au moins autant de places."
        )
    for champ, valeur in valeurs.items():
        setattr(offre, champ, valeur)
    offre.save(update_fields=list(valeurs))
    _noter(acteur, offre, Actes.OFFRE_MODIFIEE, "modifiée")
    return offre


def clore_l_offre(*, acteur: Acteur, offre: OffreImmersion) -> OffreImmersion:
    """Nobody asks for it any more, or again; the requests already made go on."""
    offre = verrous.offre(offre.pk)
    exiger(predicats.refus_tenir_l_offre(acteur, offre))
    offre.close_le = None if offre.est_close else timezone.now()
    offre.save(update_fields=["close_le"])
    _noter(acteur, offre, Actes.OFFRE_CLOSE, "close" if offre.est_close else "rouverte")
    return offre


def _valeurs(donnees: dict[str, Any]) -> dict[str, Any]:
    return {champ: donnees[champ] for champ in CHAMPS if champ in donnees}


def _noter(acteur: Acteur, offre: OffreImmersion, acte: Actes, fait: str) -> None:
    libelle = f"Offre d’immersion {cite(offre.service)} {fait}"
    noter(acteur, offre, acte, libelle, collectivite=acteur.collectivite)
