"""The list of things to do of a move: ticked, and completed by hand."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.journal import noter
from opportunites.communs.parties import autre_partie
from opportunites.dossier.droit.checklist import APRES_LA_REGLE, echeance_impossible
from opportunites.dossier.predicats import (
    refus_ajouter_element,
    refus_cocher,
    refus_retirer_element,
)
from opportunites.models import Element, Mobilite
from opportunites.mots import Actes

#: A list that nobody can read helps nobody.
AJOUTS_MAX = 30


def cocher(*, acteur: Acteur, element: Element, fait: bool) -> None:
    """Say that something is done, or that it is not after all."""
    mobilite = verrous.mobilite(element.mobilite_id)
    element = Element.objects.select_for_update(of=("self",)).get(pk=element.pk)
    element.mobilite = mobilite
    exiger(refus_cocher(acteur, element))
    if element.est_fait == fait:
        return
    element.fait_le = timezone.now() if fait else None
    element.fait_par = acteur.utilisateur if fait else None
    element.save(update_fields=["fait_le", "fait_par"])
    if element.reserve_au_drh:
        noter(
            acteur,
            mobilite,
            Actes.MOBILITE_SIGNATURE if fait else Actes.MOBILITE_SIGNATURE_RETIREE,
            f"{element.libelle} : {'signée' if fait else 'signature retirée'}",
            lecteurs=[autre_partie(acteur, mobilite)],
            nomme_le_poste=False,
            cadre_ref=mobilite.cadre_id,
        )


def ajouter_element(
    *, acteur: Acteur, mobilite: Mobilite, libelle: str, cote: str, echeance: date
) -> Element:
    """One more thing to do, which no rule could know of. It keeps its date, whatever the route."""
    mobilite = verrous.mobilite(mobilite.pk)
    exiger(refus_ajouter_element(acteur, mobilite))
    libelle = libelle.strip()
    if not libelle:
        raise ActionImpossible("Dites ce qui est à faire.")
    exiger(echeance_impossible(mobilite, echeance))
    if mobilite.elements.filter(ajoute_par__isnull=False).count() >= AJOUTS_MAX:
        raise ActionImpossible(f"La liste porte déjà {AJOUTS_MAX} points ajoutés.")
    element = Element.objects.create(
        mobilite=mobilite,
        code=f"ajout-{uuid4().hex[:20]}",
        ordre=APRES_LA_REGLE,
        libelle=libelle,
        cote=Element.Cote(cote),
        echeance=echeance,
        ajoute_par=acteur.mandat,
    )
    noter(
        acteur,
        mobilite,
        Actes.MOBILITE_POINT_AJOUTE,
        "Point ajouté à la liste",
        lecteurs=[autre_partie(acteur, mobilite)],
        cadre_ref=mobilite.cadre_id,
        details=_details(element),
    )
    return element


def retirer_element(*, acteur: Acteur, element: Element) -> None:
    """It was added by mistake, or is no longer to be done."""
    mobilite = verrous.mobilite(element.mobilite_id)
    element = (
        Element.objects.select_for_update(of=("self",))
        .select_related("ajoute_par")
        .get(pk=element.pk)
    )
    element.mobilite = mobilite
    exiger(refus_retirer_element(acteur, element))
    noter(
        acteur,
        mobilite,
        Actes.MOBILITE_POINT_RETIRE,
        "Point retiré de la liste",
        lecteurs=[autre_partie(acteur, mobilite)],
        cadre_ref=mobilite.cadre_id,
        details=_details(element),
    )
    element.delete()


def _details(element: Element) -> dict[str, str]:
    """Its words, here and never in the sentence: details are erased with the person."""
    return {"point": element.libelle, "cote": element.cote}
