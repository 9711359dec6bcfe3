"""« Annuler cet import »: while nobody was told and nothing changed; the refusal says who and why."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cadres.candidature.actions import informer
from cadres.fiche.actions import modifier
from cadres.imports import predicats
from cadres.imports.retour import annuler_import, obstacles
from cadres.models import Cadre
from collectivites.models import EntreeJournal, Poste
from collectivites.refus import ActionImpossible
from tests.cadres.imports.aide import LIGNES, fichier, siens

CHANGEE = (
    LIGNES[0].replace("Cheffe de service", "Directrice").replace("A1;AUBRÉMONT", "A1;Aubrémont-Roy")
)


@pytest.fixture
def annuler(drh, django_capture_on_commit_callbacks):
    def annuler(importation):
        with django_capture_on_commit_callbacks(execute=True):
            drh.post(f"/recensements/{importation.pk}/annuler/")
        importation.refresh_from_db()
        return importation

    return annuler


def etat():
    return (
        list(Cadre.objects.order_by("pk").values()),
        list(Poste.objects.order_by("pk").values()),
    )


def test_the_registre_is_as_before(troupe, drh, deposer, confirmer, annuler):
    confirmer(deposer(fichier(*LIGNES[:2])))
    avant = etat()
    importation = confirmer(deposer(fichier(CHANGEE, *LIGNES[1:])))
    assert siens(troupe).count() == 3
    assert siens(troupe).first().nom == "Aubrémont-Roy"
    assert "Annuler cet import" in drh.get(f"/recensements/{importation.pk}/").content.decode()

    importation = annuler(importation)
    assert etat() == avant
    assert importation.annule_le is not None
    assert importation.ecrits == {}
    assert "Import annulé" in drh.get(f"/recensements/{importation.pk}/").content.decode()
    ligne = EntreeJournal.objects.get(acte="recensement.annule")
    assert ligne.details == {"enleves": 1, "remis": 1}


def test_two_people_who_swapped_their_keys_get_them_back(troupe, deposer, confirmer, annuler):
    confirmer(deposer(fichier(*LIGNES[:2])))
    avant = etat()
    echange = [
        LIGNES[0].replace("l.aubremont", "ECHANGE").replace("ECHANGE", "k.benhadria"),
        LIGNES[1].replace("k.benhadria", "l.aubremont"),
    ]
    importation = confirmer(deposer(fichier(*echange)))
    assert etat() != avant
    annuler(importation)
    assert etat() == avant


def test_once_somebody_is_told_it_stays_and_the_page_says_who(
    troupe, drh, deposer, confirmer, annuler
):
    importation = confirmer(deposer(fichier(*LIGNES)))
    informer(acteur=troupe.drh_departement, cadre=siens(troupe).first())
    page = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "Laurence Aubrémont est informée de son recensement" in page
    assert annuler(importation).annule_le is None
    assert siens(troupe).count() == 3


def test_once_a_file_changed_it_stays(troupe, deposer, confirmer):
    importation = confirmer(deposer(fichier(*LIGNES)))
    modifier(acteur=troupe.drh_departement, cadre=siens(troupe).first(), donnees={"echelon": "5"})
    with pytest.raises(ActionImpossible, match="Laurence Aubrémont a changé depuis"):
        annuler_import(acteur=troupe.drh_departement, importation=importation)


def test_an_import_under_a_later_one_stays(troupe, deposer, confirmer):
    importation = confirmer(deposer(fichier(*LIGNES)))
    confirmer(deposer(fichier(CHANGEE, *LIGNES[1:])))
    assert [pourquoi for _, pourquoi in obstacles(importation)] == [
        "a changé par un import plus récent"
    ]


def test_it_is_undone_once_by_its_own_hr_direction_within_thirty_days(
    troupe, deposer, confirmer, annuler
):
    importation = confirmer(deposer(fichier(*LIGNES)))
    with pytest.raises(PermissionDenied):
        annuler_import(acteur=troupe.drh_region, importation=importation)
    importation.confirme_le = timezone.now() - predicats.DELAI_ANNULATION
    assert predicats.refus_annuler(troupe.drh_departement, importation) is not None
    importation.refresh_from_db()
    annuler(importation)
    with pytest.raises(ActionImpossible, match="déjà annulé"):
        annuler_import(acteur=troupe.drh_departement, importation=importation)


def test_an_import_that_waits_is_not_undone(troupe, deposer):
    with pytest.raises(ActionImpossible, match="rien écrit"):
        annuler_import(acteur=troupe.drh_departement, importation=deposer(fichier(*LIGNES)))
