"""Who accompanies whom: the history, and who reads the notes of an earlier accompagnement."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Mandat
from collectivites.refus import ActionImpossible
from parcours.coaching import courriels as courriels_coaching
from parcours.coaching import predicats as droits_coaching
from parcours.models import Accompagnement, RendezVousCoaching

Fin = Accompagnement.Fin


def suivre_le_changement(*, cadre: Cadre, acteur: Acteur, **_: Any) -> None:
    """Plugged into `cadres.prises.CONFIE`: `Cadre.accompagnateur` has just moved."""
    tenir_l_historique(cadre, Fin.CHANGEMENT if cadre.accompagnateur_id else Fin.TERME)


def sceller_apres_retrait(*, cadre: Cadre, acteur: Acteur, **_: Any) -> None:
    """Plugged into `cadres.prises.RETRAIT`: hours are freed, and nobody but the person reads any more."""
    _fermer(cadre, Fin.RETRAIT)


def tenir_l_historique(cadre: Cadre, motif: str) -> Accompagnement | None:
    """Make the history say what `cadre.accompagnateur` says; the open accompagnement, if any.

    The candidature is locked by the caller. Safe to repeat.
    """
    ouvert = (
        Accompagnement.objects.select_for_update(of=("self",))
        .filter(cadre=cadre, fin__isnull=True)
        .first()
    )
    if ouvert is not None and ouvert.accompagnateur_id == cadre.accompagnateur_id:
        ouvert.cadre = cadre
        return ouvert
    if ouvert is not None:
        _fermer(cadre, motif)
    if cadre.accompagnateur is None:
        return None
    return Accompagnement.objects.create(cadre=cadre, accompagnateur=cadre.accompagnateur)


def en_cours(cadre: Cadre) -> Accompagnement:
    accompagnement = tenir_l_historique(cadre, Fin.CHANGEMENT)
    assert accompagnement is not None, "the caller has checked that somebody accompanies"
    return accompagnement


def _fermer(cadre: Cadre, motif: str) -> None:
    """End the open accompagnement: appointments to come fall, notes are sealed for the coach."""
    ouvert = (
        Accompagnement.objects.select_for_update(of=("self",))
        .select_related("accompagnateur__utilisateur")
        .filter(cadre=cadre, fin__isnull=True)
        .first()
    )
    if ouvert is None:
        return
    ouvert.cadre = cadre
    ouvert.fin, ouvert.motif_fin = timezone.now(), motif
    ouvert.save(update_fields=["fin", "motif_fin"])
    annules = list(ouvert.rendez_vous.select_for_update().a_venir().order_by("debut", "pk"))
    for rendez_vous in annules:
        rendez_vous.accompagnement = ouvert
        rendez_vous.etat = RendezVousCoaching.Etat.ANNULE
        rendez_vous.revision += 1
        rendez_vous.save(update_fields=["etat", "revision"])
    courriels_coaching.liberer_accompagnateur(ouvert, annules)
    nouveau: Mandat | None = cadre.accompagnateur
    if motif == Fin.CHANGEMENT and nouveau is not None:
        courriels_coaching.annoncer_changement(ouvert, nouveau, annules)
    else:
        for rendez_vous in annules:
            courriels_coaching.annoncer_rendez_vous(rendez_vous)


def decider_des_notes(
    *, acteur: Acteur, accompagnement: Accompagnement, transmettre: bool
) -> Accompagnement:
    """The cadre passes on the notes of an earlier accompagnement to today's coach, or seals them."""
    cadre = verrouiller(accompagnement.cadre_id)
    accompagnement = Accompagnement.objects.select_for_update(of=("self",)).get(
        pk=accompagnement.pk
    )
    accompagnement.cadre = cadre
    if not droits_coaching.peut_decider_des_notes(acteur, accompagnement):
        raise ActionImpossible("Seule la personne décide de qui lit ses notes.")
    actuel = tenir_l_historique(cadre, Fin.CHANGEMENT)
    if transmettre and actuel is None:
        raise ActionImpossible("Personne ne vous accompagne aujourd’hui : rien à transmettre.")
    accompagnement.transmis_a = actuel if transmettre else None
    accompagnement.decide_le = timezone.now()
    accompagnement.save(update_fields=["transmis_a", "decide_le"])
    journaliser(
        acteur=acteur,
        acte="coaching.notes_transmises" if transmettre else "coaching.notes_scellees",
        libelle="Notes d’un accompagnement précédent transmises au nouvel accompagnateur"
        if transmettre
        else "Notes d’un accompagnement précédent scellées",
        objet=accompagnement,
        collectivite=cadre.collectivite,
        cadre_ref=cadre.pk,
        reserve_a_la_personne=True,
    )
    return accompagnement
