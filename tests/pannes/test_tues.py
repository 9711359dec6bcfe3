"""Web and worker killed by SIGKILL in the middle: nothing half-done, what was asked may be asked again, and a
job that died is told within a minute."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import Courriel, EntreeJournal, Tache
from collectivites.travaux.courriels import MORT, OUBLIE
from pilotage.models import DocumentElus
from pilotage.tableau_de_bord.publications import actions
from pilotage.tableau_de_bord.publications.preparation import proposer
from tests.cadres.imports.aide import LIGNES
from tests.fabriques import faire_cadre
from tests.outils.installation import attendre
from tests.pannes.aide import ECRIRE, confirmer_une_liste, dit_dans_la_minute, tache_de

E = Courriel.Etat


@pytest.fixture
def recense(troupe):
    cadre = faire_cadre(troupe.departement)
    cadre.courriel = f"tue{cadre.pk}@loiret.example"
    cadre.save()
    return cadre


def etats(cadre):
    return (
        Cadre.objects.get(pk=cadre.pk).candidature.etat,
        EntreeJournal.objects.filter(cadre_ref=cadre.pk).count(),
        Courriel.objects.filter(cadre_ref=cadre.pk).count(),
    )


def test_the_web_killed_in_an_act_leaves_nothing_and_the_act_may_be_done_again(
    reelle, troupe, client_de, recense
):
    drh, adresse = client_de(troupe.drh_departement), f"/registre/{recense.pk}/informer/"
    avant = etats(recense)

    with ThreadPoolExecutor() as fils, reelle.acte_retenu():
        envoi = fils.submit(reelle.demander, adresse, drh, {})
        reelle.attendre_l_acte()
        reelle.tuer_les_enfants("web")
        assert isinstance(envoi.exception(30), ConnectionError)
    assert etats(recense) == avant

    # Its master has made others; the person does it again.
    attendre(lambda: reelle.demander(adresse, drh, {}).statut == 302)
    assert etats(recense) == ("informe", 1, 1)
    attendre(lambda: reelle.recus() == {recense.courriel: 1})


def test_the_web_killed_while_it_prints_gives_the_document_to_whoever_asks_again(
    reelle, troupe, client_de
):
    client, adresse = client_de(troupe.cadre), "/mon-parcours/mon-parcours.pdf"

    with ThreadPoolExecutor(4) as fils:
        envois = [fils.submit(reelle.demander, adresse, client) for _ in range(4)]
        time.sleep(0.3)
        reelle.tuer_les_enfants("web")
        fins = [envoi.exception(30) for envoi in envois]
    assert any(isinstance(fin, ConnectionError) for fin in fins)

    reponse = attendre(lambda: reelle.demander(adresse, client))
    assert (reponse.statut, reponse.texte[:4]) == (200, "%PDF")


# --- A worker -------------------------------------------------------------------------------------


def mourir_au_milieu(reelle, demander_le_travail, tuer=None):
    """Ask for a job and kill its worker in the middle; another one starts, as systemd or Docker does."""
    with reelle.acte_retenu():
        demander_le_travail()
        reelle.attendre_l_acte()
        (tuer or reelle.tuer)("worker")
    mort = time.monotonic()
    reelle.lancer(*{"worker"} - set(reelle.processus))
    return mort


def test_a_worker_killed_in_an_import_writes_nothing_then_all_of_it_once(reelle, troupe, client_de):
    drh = client_de(troupe.drh_departement)
    siens = Cadre.objects.filter(matricule__in=["A1", "A2", "A3"])

    mort = mourir_au_milieu(reelle, confirmer_une_liste(reelle, drh, *LIGNES))
    assert not siens.exists()
    assert tache_de(ECRIRE).etat == Tache.Etat.EN_COURS

    dit_dans_la_minute(reelle, drh, ECRIRE, mort)
    attendre(lambda: tache_de(ECRIRE).etat == Tache.Etat.REUSSIE, 60)
    assert siens.count() == 3
    assert tache_de(ECRIRE).essais == 2


def test_a_worker_killed_while_a_document_is_signed_leaves_a_draft_then_one_number(
    reelle, troupe, client_de
):
    dgs, jour = troupe.dgs_departement, timezone.localdate()
    with transaction.atomic():
        document = actions.preparer(
            acteur=dgs, genre="note", jour=jour, **proposer(dgs, jour, None)
        )
    client = client_de(dgs)

    def signer():
        adresse = f"/pilotage/publications/{document.pk}/signer/"
        assert reelle.demander(adresse, client, {}).statut == 302

    # As the kernel does when memory is short: the child that prints, not its master.
    mort = mourir_au_milieu(reelle, signer, reelle.tuer_les_enfants)
    document.refresh_from_db()
    assert (document.est_signe, document.numero) == (False, None)

    dit_dans_la_minute(reelle, client, actions.SIGNER, mort)
    attendre(lambda: DocumentElus.objects.get(pk=document.pk).est_signe, 90)
    document.refresh_from_db()
    assert document.numero == 1
    assert bytes(document.pdf).startswith(b"%PDF")
    assert EntreeJournal.objects.filter(acte="document.signe").count() == 1


def deposer(destinataire):
    """A mail that waits for the clock, as if Redis had lost its message."""
    return Courriel.objects.create(
        destinataire=destinataire,
        objet="Objet",
        corps="Corps",
        cle=destinataire,
        depose_le=timezone.now() - OUBLIE,
    )


def vieillir(courriel):
    """Forty minutes later."""
    Courriel.objects.filter(pk=courriel.pk).update(pris_le=timezone.now() - MORT)


def test_a_worker_killed_while_the_mail_server_hangs_sends_the_mail_later_and_once(reelle):
    reelle.smtp.humeur = "se fige"
    courriel = deposer("fige@essais.example")
    attendre(lambda: Courriel.objects.get(pk=courriel.pk).etat == E.EN_COURS)
    reelle.tuer("worker")
    reelle.smtp.humeur = "prend"
    reelle.lancer("worker")
    vieillir(courriel)

    attendre(lambda: Courriel.objects.get(pk=courriel.pk).etat == E.ENVOYE)
    assert reelle.recus() == {"fige@essais.example": 1}


def test_a_worker_killed_after_the_yes_sends_again_what_may_have_been_lost_under_one_identity(
    reelle,
):
    """Nobody can know: at least once, and by its Message-ID the copy is recognised."""
    reelle.smtp.avant_de_dire_oui = lambda: reelle.tuer("worker")
    courriel = deposer("peut-etre@essais.example")
    attendre(lambda: "worker" not in reelle.processus)
    reelle.smtp.avant_de_dire_oui = None
    assert Courriel.objects.get(pk=courriel.pk).etat == E.EN_COURS
    reelle.lancer("worker")
    vieillir(courriel)

    attendre(lambda: Courriel.objects.get(pk=courriel.pk).etat == E.ENVOYE)
    assert len(reelle.smtp.recus) == 2
    assert len(set(reelle.smtp.recus)) == 1
