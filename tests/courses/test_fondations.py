"""Scarce things of the foundations, under real threads: a mandat, a mail, a job, a revocation."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acces import CONCURRENCE
from collectivites.acteurs.delegations import revoquer_delegation
from collectivites.comptes.connexions.magasin import SessionStore
from collectivites.garanties.gardes import MESSAGES_DES_GARDES
from collectivites.models import Courriel, Delegation, EntreeJournal, Mandat, Tache, Utilisateur
from collectivites.mots import Acte, Role
from collectivites.travaux.courriels import deposer, envoyer_courriel
from collectivites.travaux.taches import executer_tache, travail
from tests import fabriques
from tests.courses.depart import courir, se_croiser

pytestmark = [pytest.mark.course, pytest.mark.django_db(transaction=True)]


def test_without_a_lock_two_revocations_both_believe_that_they_did_it(troupe):
    fabriques.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR)
    rencontre = se_croiser()

    def revoquer_sans_verrou(_):
        delegation = Delegation.objects.get()
        assert delegation.revoquee_le is None
        rencontre()
        delegation.revoquee_le = timezone.now()
        delegation.save()

    course = courir(2, revoquer_sans_verrou)

    assert len(course.reussites) == 2


def test_a_delegation_is_revoked_once(troupe):
    fabriques.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR)
    delegation = Delegation.objects.get()

    course = courir(
        10, lambda _: revoquer_delegation(acteur=troupe.dgs_departement, delegation=delegation)
    )

    assert not course.fautes
    assert len(course.reussites) == 1
    assert course.messages == {"Cette délégation est déjà éteinte.": 9}
    assert EntreeJournal.objects.filter(acte="delegation.revoquee").count() == 1


def test_the_same_mandat_is_given_once(troupe):
    """PostgreSQL may cut a deadlock among those who wait: they are told to try again."""
    qui = fabriques.faire_utilisateur()

    course = courir(20, lambda _: fabriques.faire_mandat(Role.DRH, troupe.region, qui))

    assert not course.fautes
    assert len(course.reussites) == 1
    assert len(course.refus) == 19
    assert set(course.refus) <= {MESSAGES_DES_GARDES["mandat_sans_chevauchement"], CONCURRENCE}
    assert Mandat.objects.filter(utilisateur=qui).count() == 1


def test_a_mail_is_deposited_once_under_its_key_and_sent_once(troupe, monkeypatch):
    monkeypatch.setattr(
        "collectivites.travaux.courriels.render_to_string", lambda *_: "Objet\n\nBonjour.\n"
    )

    course = courir(
        10,
        lambda _: deposer(
            "essai", demarche=troupe.demarche, destinataire="a@essais.example", cle="une-fois"
        ),
    )

    assert not course.fautes
    assert not course.refus
    assert Courriel.objects.count() == 1
    assert len(mail.outbox) == 1


def test_ten_workers_send_a_mail_once(troupe):
    courriel = Courriel.objects.create(
        demarche=troupe.demarche, destinataire="a@essais.example", objet="o", corps="c", cle="k"
    )

    course = courir(10, lambda _: envoyer_courriel(courriel.pk))

    assert not course.fautes
    assert len(mail.outbox) == 1


def test_ten_workers_run_a_job_once(troupe, monkeypatch):
    passages = []
    monkeypatch.setattr("collectivites.travaux.taches._TRAVAUX", {})
    travail("compter")(lambda suivi: passages.append(1) or {"n": 1})
    tache = Tache.objects.create(nom="compter", libelle="x", mandat=troupe.drh_ville.mandat)

    course = courir(10, lambda _: executer_tache(str(tache.pk)))

    tache.refresh_from_db()
    assert not course.fautes
    assert passages == [1]
    assert tache.etat == Tache.Etat.REUSSIE


def test_what_another_connection_withdraws_is_refused_at_the_very_next_request(troupe, client_de):
    fabriques.faire_delegation(
        troupe.dgs_departement, troupe.drh_departement, Acte.SIMULER_MOUVEMENT
    )
    qui = [troupe.drh_ville, troupe.drh_region, troupe.drh_agglomeration, troupe.drh_departement]
    pages = ["/registre/", "/registre/", "/registre/", reverse("opportunites:atelier")]
    clients = [client_de(acteur) for acteur in qui]

    def demander():
        return [client.get(page).status_code for client, page in zip(clients, pages, strict=True)]

    avant = [demander(), demander()]  # all that a request may keep is kept
    sa_session = clients[2].session.session_key

    def retirer(_):
        Mandat.objects.filter(pk=troupe.drh_ville.mandat.pk).update(fin=fabriques.dans(-1))
        Utilisateur.objects.filter(pk=troupe.drh_region.utilisateur.pk).update(is_active=False)
        SessionStore(sa_session).delete()
        Delegation.objects.update(revoquee_le=timezone.now())

    assert not courir(1, retirer).fautes

    assert avant == [[200, 200, 200, 200]] * 2
    assert demander() == [403, 302, 302, 403]
