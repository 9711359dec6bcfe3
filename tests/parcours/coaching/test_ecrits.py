"""Notes, objectives, and the synthesis that the cadre publishes."""

import pytest
from django.core.exceptions import PermissionDenied

from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from parcours.coaching.actions import ecrits
from parcours.coaching.actions import synthese as actions_synthese
from parcours.models import NoteCoaching, Synthese
from tests.fabriques.coaching import (
    faire_note,
    faire_synthese,
)
from tests.parcours.coaching.aide import fiche, rediger

# --- Notes and objectives -------------------------------------------------------------------------


def test_both_write_and_both_read_everything(troupe):
    for acteur in (troupe.accompagnateur, troupe.cadre):
        ecrits.ecrire_note(acteur=acteur, cadre=fiche(troupe), texte=f"De {acteur.role}.")

    for acteur in (troupe.accompagnateur, troupe.cadre):
        assert [n.texte for n in NoteCoaching.objects.visibles_par(acteur)] == [
            "De cadre.",
            "De accompagnateur.",
        ]


def test_a_note_is_corrected_and_destroyed_by_its_author_alone(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Un doute.")

    with pytest.raises(PermissionDenied):
        ecrits.modifier_note(acteur=troupe.cadre, note=note, texte="Non.")
    corrigee = ecrits.modifier_note(acteur=troupe.accompagnateur, note=note, texte="Un élan.")
    assert corrigee.texte == "Un élan."
    with pytest.raises(PermissionDenied):
        ecrits.detruire_note(acteur=troupe.cadre, note=note)
    ecrits.detruire_note(acteur=troupe.accompagnateur, note=note)
    assert not NoteCoaching.objects.exists()


@pytest.mark.parametrize("vide", ["", "   ", "\r\n"])
def test_an_empty_note_is_not_kept(troupe, vide):
    with pytest.raises(ActionImpossible, match="Écrivez"):
        ecrits.ecrire_note(acteur=troupe.cadre, cadre=fiche(troupe), texte=vide)


@pytest.mark.parametrize(
    "qui",
    ["drh_departement", "dgs_departement", "autre_accompagnateur", "autre_cadre", "etranger_drh"],
)
def test_nobody_else_writes_behind_the_wall(troupe, qui):
    for act in (ecrits.ecrire_note, ecrits.poser_objectif):
        with pytest.raises(PermissionDenied, match="n’appartiennent qu’à"):
            act(acteur=getattr(troupe, qui), cadre=troupe.fiche_du_cadre, texte="Je lis.")


def test_an_objective_is_reached_then_reopened(troupe):
    objectif = ecrits.poser_objectif(acteur=troupe.cadre, cadre=fiche(troupe), texte="Oser.")

    assert ecrits.cocher_objectif(acteur=troupe.accompagnateur, objectif=objectif).atteint_le
    assert not ecrits.cocher_objectif(acteur=troupe.cadre, objectif=objectif).atteint_le


# --- The synthesis --------------------------------------------------------------------------------


def test_two_who_write_at_once_do_not_erase_each_other(troupe):
    rediger(troupe, troupe.accompagnateur, "Un.", 0)

    with pytest.raises(ActionImpossible, match="a changé"):
        rediger(troupe, troupe.cadre, "Deux.", 0)
    assert rediger(troupe, troupe.cadre, "Un et deux.", 1).texte == "Un et deux."


def test_only_the_cadre_publishes_and_exactly_what_they_read(troupe):
    synthese = rediger(troupe, troupe.accompagnateur, "Une synthèse.", 0)

    with pytest.raises(PermissionDenied, match="Seule la personne"):
        actions_synthese.publier_synthese(
            acteur=troupe.accompagnateur, synthese=synthese, revision=1
        )
    with pytest.raises(ActionImpossible, match="a changé"):
        actions_synthese.publier_synthese(acteur=troupe.cadre, synthese=synthese, revision=0)
    actions_synthese.publier_synthese(acteur=troupe.cadre, synthese=synthese, revision=1)

    ligne = EntreeJournal.objects.get(acte="coaching.synthese_publiee")
    assert "Une synthèse." not in f"{ligne.libelle}{ligne.motif}{ligne.details}"
    with pytest.raises(ActionImpossible, match="publiée"):
        rediger(troupe, troupe.accompagnateur, "Autre chose.", 1)


def test_a_published_synthesis_is_read_by_their_own_drh_and_dgs(troupe, accompagnement):
    faire_synthese(accompagnement, troupe.cadre.utilisateur, "Une synthèse.", troupe.departement)
    lecteurs = {
        nom
        for nom in troupe.__dataclass_fields__
        if hasattr(acteur := getattr(troupe, nom), "mandat")
        and Synthese.objects.publiees_pour(acteur).exists()
    }

    assert lecteurs == {"drh_departement", "dgs_departement"}


def test_a_published_synthesis_does_not_follow_to_the_next_employer(troupe, accompagnement):
    faire_synthese(accompagnement, troupe.cadre.utilisateur, "Une synthèse.", troupe.departement)
    troupe.fiche_du_cadre.collectivite = troupe.ville
    troupe.fiche_du_cadre.save()

    for acteur in (troupe.drh_departement, troupe.drh_ville):
        assert not Synthese.objects.publiees_pour(acteur).exists()


def test_a_synthesis_taken_back_is_read_no_more(troupe, accompagnement):
    synthese = faire_synthese(
        accompagnement, troupe.cadre.utilisateur, "Une synthèse.", troupe.departement
    )
    actions_synthese.depublier_synthese(acteur=troupe.cadre, synthese=synthese)

    assert not Synthese.objects.publiees_pour(troupe.drh_departement).exists()
