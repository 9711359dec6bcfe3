"""A job that lost its message or its worker: offered again, run twice at most, told within a minute."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from collectivites.models import Direction, Tache
from collectivites.travaux import battement, taches
from collectivites.travaux.battement import SILENCE, battre, est_silencieuse
from collectivites.travaux.reprise import ABANDONNEE, balayer_taches
from collectivites.travaux.taches import IMPREVU, JAMAIS_COMMENCEE, executer_tache, travail


@pytest.fixture(autouse=True)
def travaux(monkeypatch):
    monkeypatch.setattr(taches, "_TRAVAUX", {})
    monkeypatch.setattr(taches, "_PAR_ETAPES", set())

    @travail("ecrire")
    def _(suivi):
        Direction.objects.create(collectivite=suivi.acteur.collectivite, libelle="écrite")

    @travail("simuler", par_etapes=True)
    def _(suivi):
        return {}


@pytest.fixture
def tache_de(troupe):
    def creer(nom="ecrire", **champs):
        defaut = {"libelle": "Essai", "mandat": troupe.drh_ville.mandat}
        return Tache.objects.create(nom=nom, **{**defaut, **champs})

    return creer


def il_y_a(duree):
    return timezone.now() - duree


def en_cours(essais=1, muette=SILENCE + timedelta(seconds=1)):
    return {
        "etat": Tache.Etat.EN_COURS,
        "essais": essais,
        "commencee_le": il_y_a(timedelta(hours=1)),
        "battue_le": il_y_a(muette),
    }


def etat(tache):
    tache.refresh_from_db()
    return tache.etat


def test_un_travail_dont_le_message_s_est_perdu_est_offert_de_nouveau(tache_de):
    tache = tache_de(creee_le=il_y_a(timedelta(minutes=1)))

    balayer_taches()

    assert etat(tache) == Tache.Etat.REUSSIE
    assert Direction.objects.count() == 1


def test_un_travail_qui_vient_d_etre_demande_attend_son_message(tache_de):
    tache = tache_de(creee_le=il_y_a(timedelta(seconds=55)))

    balayer_taches()

    assert etat(tache) == Tache.Etat.ATTENTE


def test_un_travail_dont_le_serveur_est_mort_est_repris_une_fois(tache_de):
    tache = tache_de(**en_cours())

    assert balayer_taches() == 1
    assert etat(tache) == Tache.Etat.REUSSIE
    assert tache.essais == 2


def test_ce_qui_a_tue_deux_serveurs_n_en_tue_pas_un_troisieme(tache_de):
    tache = tache_de(**en_cours(essais=2))

    assert balayer_taches() == 1
    assert (etat(tache), tache.erreur) == (Tache.Etat.ECHOUEE, ABANDONNEE)


def test_un_travail_par_etapes_n_est_pas_rejoue(tache_de):
    tache = tache_de("simuler", **en_cours())

    balayer_taches()

    assert (etat(tache), tache.erreur) == (Tache.Etat.ECHOUEE, ABANDONNEE)


def test_un_travail_qui_bat_encore_n_est_pas_touche(tache_de):
    tache = tache_de(**en_cours(muette=SILENCE - timedelta(seconds=2)))

    assert balayer_taches() == 0
    assert etat(tache) == Tache.Etat.EN_COURS
    assert not est_silencieuse(tache)


def test_un_travail_que_personne_n_a_jamais_pris_est_dit_interrompu(tache_de):
    tache = tache_de(creee_le=il_y_a(JAMAIS_COMMENCEE))

    assert balayer_taches() == 1
    assert (etat(tache), tache.erreur) == (Tache.Etat.ECHOUEE, ABANDONNEE)


def test_un_serveur_pris_pour_mort_qui_revient_n_ecrit_rien(tache_de):
    """It slept while its job was given to another: what it did is undone."""

    @travail("dormir")
    def _(suivi):
        Direction.objects.create(collectivite=suivi.acteur.collectivite, libelle="du dormeur")
        Tache.objects.filter(pk=suivi.tache.pk).update(essais=2)  # taken up meanwhile

    tache = tache_de("dormir")
    executer_tache(str(tache.pk))

    assert etat(tache) == Tache.Etat.EN_COURS
    assert not Direction.objects.exists()


# --- A clock that is set back, by a month: what it wrote before is in the future --------------------

AVANT = timedelta(days=-30)


def test_un_travail_mort_se_dit_dans_la_minute_quand_l_horloge_recule(tache_de):
    tache = tache_de("simuler", **en_cours(muette=AVANT))
    assert est_silencieuse(tache)

    balayer_taches()
    with time_machine.travel(timezone.now() + SILENCE + timedelta(seconds=1), tick=False):
        balayer_taches()

    assert (etat(tache), tache.erreur) == (Tache.Etat.ECHOUEE, ABANDONNEE)


def test_un_travail_vivant_n_est_pas_pris_pour_mort_quand_l_horloge_recule(tache_de):
    tache = tache_de(**en_cours(muette=AVANT))

    assert balayer_taches() == 0
    assert etat(tache) == Tache.Etat.EN_COURS
    assert not est_silencieuse(tache)


def test_un_travail_qui_attend_son_message_ne_l_attend_pas_un_mois(tache_de):
    tache = tache_de(creee_le=il_y_a(AVANT))

    balayer_taches()

    assert etat(tache) == Tache.Etat.REUSSIE


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_le_battement_se_voit_pendant_la_transaction_du_travail(tache_de, monkeypatch, attendre):
    monkeypatch.setattr(battement, "BATTEMENT", 0.05)
    tache = tache_de(**en_cours())
    with battre(tache), transaction.atomic():
        Direction.objects.create(collectivite=tache.mandat.collectivite, libelle="ouverte")
        attendre(lambda: not est_silencieuse(Tache.objects.get(pk=tache.pk)), 10)


# --- What the person reads --------------------------------------------------------------------


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_ville)


def page(client, tache):
    return client.get(reverse("collectivites:tache", args=[tache.pk])).content.decode()


def test_la_page_dit_aussitot_que_le_travail_ne_donne_plus_signe_de_vie(drh, tache_de):
    assert "ne donne plus signe de vie" in page(drh, tache_de(**en_cours()))
    assert "le travail continue" in page(drh, tache_de(**en_cours(muette=timedelta(seconds=5))))


@pytest.mark.parametrize("erreur", [ABANDONNEE, IMPREVU])
def test_un_travail_interrompu_se_recommence_depuis_sa_page(
    drh, tache_de, erreur, django_capture_on_commit_callbacks
):
    tache = tache_de(etat=Tache.Etat.ECHOUEE, finie_le=timezone.now(), essais=2, erreur=erreur)
    adresse = reverse("collectivites:reprendre_tache", args=[tache.pk])
    assert adresse in page(drh, tache)

    with django_capture_on_commit_callbacks(execute=True):
        drh.post(adresse)

    assert etat(tache) == Tache.Etat.REUSSIE


def test_un_refus_du_domaine_ne_se_recommence_pas(drh, tache_de):
    tache = tache_de(
        etat=Tache.Etat.ECHOUEE, finie_le=timezone.now(), essais=1, erreur="Le fichier est vide."
    )
    adresse = reverse("collectivites:reprendre_tache", args=[tache.pk])
    assert adresse not in page(drh, tache)

    drh.post(adresse)

    assert etat(tache) == Tache.Etat.ECHOUEE
