"""Long work: run once, followed from a page of its own, told in French when it fails."""

import threading

import pytest
from django.urls import reverse

from collectivites.models import Direction, Tache
from collectivites.refus import ActionImpossible
from collectivites.travaux import taches
from collectivites.travaux.taches import avancement, demarrer, executer_tache, lancer, travail


@pytest.fixture(autouse=True)
def travaux(monkeypatch):
    """A registry of their own for these tests."""
    monkeypatch.setattr(taches, "_TRAVAUX", {})


@pytest.fixture
def lancer_et_finir(troupe, django_capture_on_commit_callbacks):
    """Start a job as the DRH of the Ville, let it run, and read its row again."""

    def faire(nom, **parametres):
        with django_capture_on_commit_callbacks(execute=True):
            tache = lancer(nom, acteur=troupe.drh_ville, libelle="Essai", **parametres)
            assert tache.etat == Tache.Etat.ATTENTE
        tache.refresh_from_db()
        return tache

    return faire


def test_a_job_runs_after_the_commit_and_keeps_its_result(troupe, lancer_et_finir):
    @travail("saluer")
    def _(suivi, qui):
        return {"dit": f"Bonjour {qui}", "role": suivi.acteur.role}

    tache = lancer_et_finir("saluer", qui="Claire")

    assert tache.etat == Tache.Etat.REUSSIE
    assert tache.resultat == {"dit": "Bonjour Claire", "role": "drh"}
    assert tache.commencee_le <= tache.finie_le


def test_a_refusal_undoes_the_job_and_its_reason_is_read(troupe, lancer_et_finir):
    @travail("refuser")
    def _(suivi):
        Direction.objects.create(collectivite=suivi.acteur.collectivite, libelle="x")
        raise ActionImpossible("Le fichier est vide.")

    tache = lancer_et_finir("refuser")

    assert (tache.etat, tache.erreur) == (Tache.Etat.ECHOUEE, "Le fichier est vide.")
    assert not Direction.objects.exists()


def test_a_violated_constraint_is_told_in_french(troupe, lancer_et_finir):
    @travail("doubler")
    def _(suivi):
        for _ in range(2):
            Direction.objects.create(collectivite=suivi.acteur.collectivite, libelle="x")

    assert lancer_et_finir("doubler").erreur == "Cette direction existe déjà."
    assert not Direction.objects.exists()


def test_a_crash_is_told_in_french_and_logged(troupe, lancer_et_finir, caplog):
    @travail("tomber")
    def _(suivi):
        Direction.objects.create(collectivite=suivi.acteur.collectivite, libelle="x")
        raise ZeroDivisionError

    tache = lancer_et_finir("tomber")

    assert (tache.etat, tache.erreur) == (Tache.Etat.ECHOUEE, taches.IMPREVU)
    assert "ZeroDivisionError" in caplog.text
    assert not Direction.objects.exists()


def test_an_unknown_job_fails_without_a_noise(troupe, lancer_et_finir, caplog):
    assert lancer_et_finir("inconnu").erreur == taches.IMPREVU


def test_a_result_that_cannot_be_kept_undoes_the_job(troupe, lancer_et_finir, caplog):
    @travail("rendre")
    def _(suivi):
        Direction.objects.create(collectivite=suivi.acteur.collectivite, libelle="x")
        return {"objet": object()}

    tache = lancer_et_finir("rendre")

    assert (tache.etat, tache.erreur) == (Tache.Etat.ECHOUEE, taches.IMPREVU)
    assert not Direction.objects.exists()


def test_a_second_delivery_of_the_message_runs_nothing(troupe, lancer_et_finir):
    passages = []
    travail("compter")(lambda suivi: passages.append(1) or {})

    tache = lancer_et_finir("compter")
    executer_tache(str(tache.pk))

    assert passages == [1]


def test_a_job_that_asks_for_nothing_more_than_its_row_is_lost_without_harm(db):
    executer_tache("00000000-0000-0000-0000-000000000000")


def test_the_progress_of_a_job_is_seen_while_it_runs(troupe, lancer_et_finir):
    vu = []

    @travail("avancer")
    def _(suivi):
        vu.append(avancement(suivi.tache))
        suivi.avancer(3, 10)
        vu.append(avancement(Tache.objects.get(pk=suivi.tache.pk)))
        return {}

    lancer_et_finir("avancer")

    assert vu == [(0, 0), (3, 10)]


# --- Where it runs ----------------------------------------------------------------------------


def test_without_redis_a_job_runs_in_a_thread_of_this_process(settings):
    settings.TACHES_MODE = "fil"
    fils, fini = [], threading.Event()

    def travailler(n):
        fils.append((n, threading.current_thread()))
        fini.set()

    demarrer(travailler, 7)

    assert fini.wait(5)
    assert fils[0][0] == 7
    assert fils[0][1] is not threading.current_thread()


def test_a_thread_that_crashes_leaves_a_line_in_the_log(settings, caplog):
    settings.TACHES_MODE = "fil"
    avant = set(threading.enumerate())

    demarrer(lambda: 1 / 0)
    for fil in set(threading.enumerate()) - avant:
        fil.join(5)

    assert "ZeroDivisionError" in caplog.text


def test_with_redis_a_job_is_handed_to_celery(settings):
    settings.TACHES_MODE = "celery"
    remis = []

    class TacheCelery:
        def apply_async(self, arguments, queue):
            remis.append((arguments, queue))

    demarrer(TacheCelery(), 1, 2)

    assert remis == [((1, 2), None)]


@pytest.mark.parametrize(
    ("nom", "file"),
    [("cadres.ecrire_recensement", "travaux"), ("opportunites.simuler", "calculs")],
)
def test_a_simulation_of_minutes_keeps_no_import_waiting_nor_an_import_a_mail(
    nom, file, troupe, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.TACHES_MODE = "celery"
    remis = []
    monkeypatch.setattr(
        taches.executer_tache, "apply_async", lambda arguments, queue: remis.append(queue)
    )
    with django_capture_on_commit_callbacks(execute=True):
        lancer(nom, acteur=troupe.drh_ville, libelle="Essai")

    assert remis == [file]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_runs_a_job_and_tells_its_end(troupe, worker_celery, attendre):
    tache = lancer("inconnu-du-worker", acteur=troupe.drh_ville, libelle="Essai")

    attendre(lambda: Tache.objects.get(pk=tache.pk).etat == Tache.Etat.ECHOUEE)
    assert Tache.objects.get(pk=tache.pk).erreur == taches.IMPREVU


# --- Its page ---------------------------------------------------------------------------------


@pytest.fixture
def tache(troupe):
    return Tache.objects.create(
        nom="x",
        libelle="Import de ville.xlsx",
        mandat=troupe.drh_ville.mandat,
        etat=Tache.Etat.EN_COURS,
    )


def page(tache):
    return reverse("collectivites:tache", args=[tache.pk])


def finir(tache, **champs):
    from django.utils import timezone

    Tache.objects.filter(pk=tache.pk).update(finie_le=timezone.now(), **champs)


def test_the_page_tells_how_far_the_job_is_and_survives_a_reload(troupe, client_de, tache):
    client = client_de(troupe.drh_ville)
    taches.Suivi(tache, troupe.drh_ville).avancer(34, 100)

    for _ in range(2):
        reponse = client.get(page(tache))
        assert reponse.status_code == 200
        assert "Import de ville.xlsx" in reponse.text
        assert (reponse.context["fait"], reponse.context["total"]) == (34, 100)


@pytest.mark.parametrize(
    "intrus", ["drh_agglomeration", "dgs_ville", "etranger_drh", "cadre", "accompagnateur"]
)
def test_the_page_is_its_owner_s_alone(troupe, client_de, tache, intrus):
    assert client_de(getattr(troupe, intrus)).get(page(tache)).status_code == 404


def test_the_same_person_under_another_mandat_does_not_see_it(troupe, client_de):
    tache = Tache.objects.create(nom="x", libelle="x", mandat=troupe.dgs_ville.mandat)

    assert client_de(troupe.dgs_agglomeration).get(page(tache)).status_code == 404


def test_the_page_of_a_job_that_failed_says_why(troupe, client_de, tache):
    finir(tache, etat=Tache.Etat.ECHOUEE, erreur="Le fichier est vide.")

    assert "Le fichier est vide." in client_de(troupe.drh_ville).get(page(tache)).text


def test_the_page_of_a_job_that_is_done_leads_on(troupe, client_de, tache):
    finir(tache, etat=Tache.Etat.REUSSIE, suite="/recensements/1/")

    assert 'href="/recensements/1/"' in client_de(troupe.drh_ville).get(page(tache)).text


def test_the_page_asks_for_itself_again_until_the_end(troupe, client_de, tache):
    client = client_de(troupe.drh_ville)
    demande = f'hx-get="{page(tache)}"'

    assert demande in client.get(page(tache)).text
    finir(tache, etat=Tache.Etat.REUSSIE)
    assert demande not in client.get(page(tache)).text
