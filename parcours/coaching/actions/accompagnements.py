"""Who accompanies whom: the history, and who reads the notes of an earlier accompagnement."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Mandat
from collectivites.refus import exiger
from parcours import verrous
from parcours.coaching import courriels, predicats
from parcours.models import Accompagnement, RendezVousCoaching
from parcours.mots import Actes
from parcours.suites import noter

Fin = Accompagnement.Fin


def suivre_le_changement(*, cadre: Cadre, acteur: Acteur, **_: Any) -> None:
    """Plugged into `cadres.prises.CONFIE`: `Cadre.accompagnateur` has just moved."""
    tenir_l_historique(cadre, Fin.CHANGEMENT if cadre.accompagnateur_id else Fin.TERME)


def sceller_apres_retrait(*, cadre: Cadre, acteur: Acteur, **_: Any) -> None:
    """Plugged into `cadres.prises.RETRAIT`: hours are freed, and nobody but the person reads any more."""
    ouvert = verrous.accompagnement_ouvert(cadre)
    if ouvert is not None:
        _fermer(ouvert, Fin.RETRAIT)


def tenir_l_historique(cadre: Cadre, motif: str) -> Accompagnement | None:
    """Make the history say what `cadre.accompagnateur` says; the open accompagnement, if any.

    The candidature is locked by the caller. Safe to repeat.
    """
    ouvert = verrous.accompagnement_ouvert(cadre)
    if ouvert is not None and ouvert.accompagnateur_id == cadre.accompagnateur_id:
        return ouvert
    if ouvert is not None:
        _fermer(ouvert, motif)
    if cadre.accompagnateur is None:
        return None
    return Accompagnement.objects.create(cadre=cadre, accompagnateur=cadre.accompagnateur)


def en_cours(cadre: Cadre) -> Accompagnement:
    """Today's accompagnement of a person who is locked, and whom somebody accompanies."""
    accompagnement = tenir_l_historique(cadre, Fin.CHANGEMENT)
    assert accompagnement is not None, "the caller has checked that somebody accompanies"
    return accompagnement


def ou_ecrire(acteur: Acteur, cadre: Cadre) -> Accompagnement:
    """Today's accompagnement, its person locked, if the acteur may write there."""
    cadre = verrouiller(cadre.pk)
    exiger(predicats.refus_ecrire(acteur, cadre))
    return en_cours(cadre)


def decider_des_notes(
    *, acteur: Acteur, accompagnement: Accompagnement, transmettre: bool
) -> Accompagnement:
    """The cadre passes on the notes of an earlier accompagnement to today's coach, or seals them."""
    accompagnement = verrous.accompagnement(accompagnement)
    cadre = accompagnement.cadre
    exiger(predicats.refus_decider_des_notes(acteur, accompagnement, transmettre=transmettre))
    actuel = tenir_l_historique(cadre, Fin.CHANGEMENT)
    accompagnement.transmis_a = actuel if transmettre else None
    accompagnement.decide_le = timezone.now()
    accompagnement.save(update_fields=["transmis_a", "decide_le"])
    if transmettre:
        acte, suite = Actes.NOTES_TRANSMISES, "transmises au nouvel accompagnateur"
    else:
        acte, suite = Actes.NOTES_SCELLEES, "scellées"
    libelle = f"Notes d’un accompagnement précédent {suite}"
    noter(acteur, accompagnement, acte, libelle, cadre=cadre, reserve_a_la_personne=True)
    return accompagnement


def _fermer(ouvert: Accompagnement, motif: str) -> None:
    """End it: appointments to come fall, notes are sealed for the coach, whose own are destroyed."""
    ouvert.fin, ouvert.motif_fin = timezone.now(), motif
    ouvert.save(update_fields=["fin", "motif_fin"])
    ouvert.notes_privees.all().delete()
    annules = verrous.rendez_vous_a_venir(ouvert)
    for rendez_vous in annules:
        rendez_vous.etat = RendezVousCoaching.Etat.ANNULE
        rendez_vous.revision += 1
        rendez_vous.save(update_fields=["etat", "revision"])
    courriels.liberer_accompagnateur(ouvert, annules)
    nouveau: Mandat | None = ouvert.cadre.accompagnateur
    if motif == Fin.CHANGEMENT and nouveau is not None:
        courriels.annoncer_changement(ouvert, nouveau, annules)
    else:
        for rendez_vous in annules:
            courriels.annoncer_rendez_vous(rendez_vous)
