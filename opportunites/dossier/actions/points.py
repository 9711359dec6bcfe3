"""The list of things to do of a move: ticked, and completed by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from collectivites.journal import journaliser
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.dossier.droit.checklist import APRES_LA_REGLE, echeance_impossible
from opportunites.dossier.predicats.dossier import (
    refus_ajouter_element,
    refus_cocher,
    refus_retirer_element,
)
from opportunites.models import Element, Mobilite

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

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
        journaliser(
            acteur=acteur,
            acte="mobilite.signature" if fait else "mobilite.signature_retiree",
            libelle=f"{element.libelle}\u00a0: {'signée' if fait else 'signature retirée'}",
            objet=mobilite,
            collectivite=mobilite.collectivite_accueil
            if element.cote == Element.Cote.ORIGINE
            else mobilite.collectivite_origine,
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
    if erreur := echeance_impossible(mobilite, echeance):
        raise ActionImpossible(erreur)
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
    _journaliser(acteur, element, "mobilite.point_ajoute", "Point ajouté à la liste")
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
    _journaliser(acteur, element, "mobilite.point_retire", "Point retiré de la liste")
    element.delete()


def _journaliser(acteur: Acteur, element: Element, acte: str, quoi: str) -> None:
    """Its words go to the details, which are erased with the person; never to the sentence."""
    mobilite = element.mobilite
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"{quoi}\u00a0: {mobilite.poste_accueil.intitule}"[:300],
        objet=mobilite,
        collectivite=mobilite.collectivite_accueil
        if acteur.collectivite.pk == mobilite.collectivite_origine_id
        else mobilite.collectivite_origine,
        cadre_ref=mobilite.cadre_id,
        details={"point": element.libelle, "cote": element.cote},
    )
