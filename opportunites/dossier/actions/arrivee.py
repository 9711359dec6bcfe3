"""The person is at their new desk: what their new employer names them by."""

from __future__ import annotations

from django.utils import timezone

from cadres.fiche.anciens import identifiants_manquants
from cadres.fiche.identifiants import saisir_les_identifiants
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import exiger
from opportunites.communs import verrous
from opportunites.dossier.predicats import refus_saisir_identifiants
from opportunites.models import Element, Mobilite
from opportunites.models.dossier import IDENTIFIANTS


def saisir_identifiants(
    *,
    acteur: Acteur,
    mobilite: Mobilite,
    matricule: str = "",
    courriel: str = "",
    garde_l_adresse: bool = False,
) -> bool:
    """Write them in the registre; the point of the list is done once nothing is missing.

    Returns whether it is.
    """
    cadre = verrous.cadre(mobilite.cadre_id)
    mobilite = verrous.mobilite(mobilite.pk)
    exiger(refus_saisir_identifiants(acteur, mobilite))
    saisir_les_identifiants(
        acteur=acteur,
        cadre=cadre,
        matricule=matricule,
        courriel=courriel,
        garde_l_adresse=garde_l_adresse,
    )
    cadre.refresh_from_db(fields=["matricule", "courriel"])
    if identifiants_manquants(cadre):
        return False
    Element.objects.filter(mobilite=mobilite, code=IDENTIFIANTS, fait_le__isnull=True).update(
        fait_le=timezone.now(), fait_par=acteur.utilisateur
    )
    return True
