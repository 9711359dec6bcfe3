"""What the two databases hold by themselves: no overlap of mandats, no rewriting of the journal."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from collectivites.garanties.gardes import poser_les_gardes
from collectivites.garanties.integrite import traduire
from collectivites.journal import journaliser
from collectivites.models import EntreeJournal, Mandat, PurgeEnCours
from collectivites.mots import Actes, Role
from tests import fabriques

CHEVAUCHEMENT = "Cette personne tient déjà ce rôle dans cette collectivité à ces dates."
INALTERABLE = "Le journal ne se réécrit pas."


@pytest.fixture
def mandat(troupe):
    """From 1 March to 30 June 2027, both included."""
    return fabriques.faire_mandat(
        Role.DRH, troupe.region, debut=date(2027, 3, 1), fin=date(2027, 6, 30)
    )


@pytest.mark.parametrize(
    ("debut", "fin"),
    [
        (date(2027, 4, 1), date(2027, 5, 1)),
        (date(2027, 1, 1), date(2027, 3, 1)),
        (date(2027, 6, 30), None),
        (date(2026, 1, 1), None),
        (date(2027, 3, 1), date(2027, 6, 30)),
    ],
)
def test_the_same_mandat_cannot_be_held_twice_on_one_day(mandat, debut, fin):
    with pytest.raises(IntegrityError) as erreur, transaction.atomic():
        fabriques.faire_mandat(
            Role.DRH, mandat.collectivite, mandat.utilisateur, debut=debut, fin=fin
        )

    assert traduire(erreur.value) == CHEVAUCHEMENT


@pytest.mark.parametrize(
    ("debut", "fin"), [(date(2027, 7, 1), None), (date(2026, 1, 1), date(2027, 2, 28))]
)
def test_it_can_be_held_again_before_or_after(mandat, debut, fin):
    fabriques.faire_mandat(Role.DRH, mandat.collectivite, mandat.utilisateur, debut=debut, fin=fin)


def test_another_role_another_place_or_another_person_is_no_overlap(troupe, mandat):
    dates = {"debut": mandat.debut, "fin": mandat.fin}
    fabriques.faire_mandat(Role.GESTIONNAIRE, mandat.collectivite, mandat.utilisateur, **dates)
    fabriques.faire_mandat(Role.DRH, troupe.ville, mandat.utilisateur, **dates)
    fabriques.faire_mandat(Role.DRH, mandat.collectivite, **dates)


def test_prolonging_a_mandat_into_the_next_one_is_refused(mandat):
    fabriques.faire_mandat(
        Role.DRH, mandat.collectivite, mandat.utilisateur, debut=date(2027, 7, 1)
    )

    with pytest.raises(IntegrityError) as erreur, transaction.atomic():
        Mandat.objects.filter(pk=mandat.pk).update(fin=None)

    assert traduire(erreur.value) == CHEVAUCHEMENT


def test_a_mandat_may_be_changed_without_clashing_with_itself(mandat):
    mandat.fin = date(2027, 9, 30)
    mandat.save()


def test_two_overlapping_mandats_written_at_once_are_refused(troupe):
    qui = fabriques.faire_utilisateur()
    lot = [
        Mandat(utilisateur=qui, collectivite=troupe.ville, role=Role.DRH, debut=date(2027, 3, 1))
        for _ in range(2)
    ]

    with pytest.raises(IntegrityError), transaction.atomic():
        Mandat.objects.bulk_create(lot)


# --- The journal ------------------------------------------------------------------------------


@pytest.fixture
def ligne(troupe):
    return journaliser(
        acteur=troupe.dgs_ville,
        acte=Actes.DELEGATION_DONNEE,
        libelle="Décision d’essai",
        objet=troupe.ville,
        collectivite=troupe.ville,
    )


def changer(ligne):
    EntreeJournal.objects.filter(pk=ligne.pk).update(libelle="Autre chose")


def resauver(ligne):
    ligne.motif = "Un autre motif"
    ligne.save()


def effacer(ligne):
    EntreeJournal.objects.filter(pk=ligne.pk).delete()


@pytest.mark.parametrize("geste", [changer, resauver, effacer])
def test_a_line_is_neither_changed_nor_deleted(ligne, geste):
    with pytest.raises(IntegrityError) as erreur, transaction.atomic():
        geste(ligne)

    assert traduire(erreur.value) == INALTERABLE
    ligne.refresh_from_db()
    assert ligne.libelle == "Décision d’essai"


@pytest.mark.parametrize("geste", [changer, resauver, effacer])
def test_a_purge_in_progress_lifts_the_guard_and_its_end_lays_it_again(ligne, geste):
    with transaction.atomic():
        purge = PurgeEnCours.objects.create()
        geste(ligne)
        purge.delete()

    autre = EntreeJournal.objects.create(
        demarche=ligne.demarche, acte="x", libelle="x", objet_type="x", objet_id="1"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        effacer(autre)


def test_the_guards_may_be_laid_again_at_any_time(ligne):
    poser_les_gardes()
    poser_les_gardes()

    with pytest.raises(IntegrityError), transaction.atomic():
        changer(ligne)
