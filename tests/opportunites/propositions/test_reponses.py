"""Yes, no, too late: what each answer does, and what nobody else may read of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cadres.models import Candidature
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.models import Mobilite, Opportunite, Proposition
from opportunites.postes.actions import postes
from opportunites.propositions.actions import propositions as actions_propositions
from opportunites.propositions.actions import reponses
from tests.fabriques import (
    acteur_du_cadre,
    faire_cadre,
    faire_inscription,
    faire_opportunite,
    faire_proposition,
    faire_voeu,
)

pytestmark = pytest.mark.django_db
Etat, Retrait = Proposition.Etat, Proposition.Retrait


def etats(*propositions):
    return [Proposition.objects.get(pk=p.pk).etat for p in propositions]


def test_accepting_takes_one_deliberate_step_on_a_telephone(scene, client_de):
    proposition = faire_proposition(scene.opportunite, scene.cadre)
    client = client_de(scene.troupe.cadre)
    page = reverse("opportunites:proposition", args=[proposition.pk])

    lettre = client.get(page).content.decode()
    etape = client.get(f"{page}?reponse=oui").content.decode()
    fin = client.post(reverse("opportunites:accepter", args=[proposition.pk]), follow=True)

    assert f"{page}?reponse=oui" in lettre
    assert reverse("opportunites:refuser", args=[proposition.pk]) in lettre
    assert "ne vous portera pas préjudice" in lettre
    assert "Confirmer mon accord" in etape
    assert "Votre accord est enregistré" in fin.content.decode()


def test_accepting_opens_the_move_and_keeps_the_present_poste(scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre)

    mobilite = reponses.accepter(acteur=scene.troupe.cadre, proposition=proposition)

    scene.cadre.refresh_from_db()
    assert mobilite.collectivite_origine == scene.troupe.departement
    assert mobilite.collectivite_accueil == scene.troupe.region
    assert mobilite.poste_origine == scene.cadre.poste
    assert scene.cadre.collectivite == scene.troupe.departement
    assert Candidature.objects.get(cadre=scene.cadre).avancee == Candidature.Avancee.ENGAGEE
    assert etats(proposition) == [Etat.ACCEPTEE]


def test_accepting_closes_what_it_makes_impossible_with_a_kind_word(scene):
    troupe = scene.troupe
    mienne = faire_proposition(scene.opportunite, scene.cadre)
    ailleurs = faire_proposition(faire_opportunite(troupe.ville), scene.cadre)
    autrui = faire_cadre(troupe.ville, "retenu")
    de_l_autre = faire_proposition(scene.opportunite, autrui)

    reponses.accepter(acteur=troupe.cadre, proposition=mienne)

    assert etats(mienne, ailleurs, de_l_autre) == [Etat.ACCEPTEE, Etat.RETIREE, Etat.RETIREE]
    message = Courriel.objects.get(cadre_ref=autrui.pk)
    assert "accepté par une autre personne" in message.corps
    assert scene.cadre.nom not in message.corps
    # Nor does the journal tell the other who took the poste.
    ligne = EntreeJournal.objects.visibles_par(acteur_du_cadre(autrui)).get()
    assert ligne.auteur is None
    # The other host learns that the person is not available, not what they chose.
    adresse = troupe.drh_ville.utilisateur.email
    assert "n’est plus disponible" in Courriel.objects.get(destinataire=adresse).corps


def test_both_hr_directions_are_told_of_a_yes(scene):
    reponses.accepter(
        acteur=scene.troupe.cadre, proposition=faire_proposition(scene.opportunite, scene.cadre)
    )

    destinataires = set(Courriel.objects.values_list("destinataire", flat=True))
    assert {
        scene.troupe.drh_region.utilisateur.email,
        scene.troupe.drh_departement.utilisateur.email,
        scene.cadre.utilisateur.email,
    } <= destinataires


@pytest.mark.parametrize("qui", ["autre_cadre", "drh_region", "dgs_departement"])
def test_nobody_answers_for_the_person(scene, qui):
    proposition = faire_proposition(scene.opportunite, scene.cadre)

    with pytest.raises(PermissionDenied):
        reponses.accepter(acteur=getattr(scene.troupe, qui), proposition=proposition)
    with pytest.raises(PermissionDenied):
        reponses.refuser(acteur=getattr(scene.troupe, qui), proposition=proposition, motif="lieu")


def test_a_second_poste_is_not_accepted(scene):
    premiere = faire_proposition(scene.opportunite, scene.cadre)
    reponses.accepter(acteur=scene.troupe.cadre, proposition=premiere)
    seconde = faire_proposition(faire_opportunite(scene.troupe.ville), scene.cadre)

    with pytest.raises(ActionImpossible, match="déjà accepté une autre proposition"):
        reponses.accepter(acteur=scene.troupe.cadre, proposition=seconde)


def test_the_poste_withdrawn_while_the_cadre_clicks_says_so(scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre)
    postes.retirer_opportunite(acteur=scene.troupe.drh_region, opportunite=scene.opportunite)

    with pytest.raises(ActionImpossible, match="retirer ce poste"):
        reponses.accepter(acteur=scene.troupe.cadre, proposition=proposition)


def test_whoever_is_no_longer_retained_accepts_nothing(scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre)
    Candidature.objects.filter(cadre=scene.cadre).update(etat="non_retenu", avancee="")

    with pytest.raises(ActionImpossible, match="cadres retenus"):
        reponses.accepter(acteur=scene.troupe.cadre, proposition=proposition)


@pytest.mark.parametrize("nom", ["accepter", "refuser"])
def test_one_second_after_is_too_late_and_closes_it(scene, client_de, nom):
    proposition = faire_proposition(
        scene.opportunite,
        scene.cadre,
        envoyee_le=timezone.now() - timedelta(days=14),
        repondre_avant=timezone.now() - timedelta(seconds=1),
    )

    reponse = client_de(scene.troupe.cadre).post(
        reverse(f"opportunites:{nom}", args=[proposition.pk]), {"motif": "lieu"}, follow=True
    )

    assert "Le délai de réponse est passé" in reponse.content.decode()
    assert etats(proposition) == [Etat.EXPIREE]
    assert not Mobilite.objects.exists()


def test_the_action_itself_refuses_a_late_answer(scene):
    proposition = faire_proposition(
        scene.opportunite, scene.cadre, repondre_avant=timezone.now() - timedelta(seconds=1)
    )

    for geste in (reponses.accepter, lambda **k: reponses.refuser(motif="lieu", **k)):
        with (
            pytest.raises(ActionImpossible, match="délai de réponse est passé"),
            transaction.atomic(),
        ):
            geste(acteur=scene.troupe.cadre, proposition=proposition)


def test_the_clock_closes_the_late_ones_alone(scene):
    a_l_heure = faire_proposition(scene.opportunite, scene.cadre)
    tardive = faire_proposition(
        faire_opportunite(scene.troupe.ville),
        scene.cadre,
        repondre_avant=timezone.now() - timedelta(minutes=1),
    )

    assert reponses.expirer_propositions() == 1
    assert reponses.expirer_propositions() == 0
    assert etats(a_l_heure, tardive) == [Etat.ENVOYEE, Etat.EXPIREE]
    ligne = EntreeJournal.objects.get(acte="proposition.expiree")
    assert ligne.auteur is None


def test_the_task_and_the_command_do_what_the_clock_does(scene, capsys):
    from django.core.management import call_command

    from opportunites.branchements import taches

    faire_proposition(
        scene.opportunite, scene.cadre, repondre_avant=timezone.now() - timedelta(minutes=1)
    )
    call_command("echeances")

    assert "1 proposition(s) expirée(s)" in capsys.readouterr().out
    assert taches.expirer_propositions() == 0
    assert taches.lapser_reserves() == 0


def test_refusing_keeps_its_reason_from_everybody_else(scene, client_de):
    troupe = scene.troupe
    proposition = faire_proposition(scene.opportunite, scene.cadre)

    client_de(troupe.cadre).post(
        reverse("opportunites:refuser", args=[proposition.pk]),
        {"motif": "famille", "commentaire": "Mon fils entre au collège."},
    )

    proposition.refresh_from_db()
    assert (proposition.etat, proposition.raison_du_refus.code) == (Etat.REFUSEE, "famille")
    for nom in ("drh_region", "dgs_region", "drh_departement", "dgs_departement"):
        acteur = getattr(troupe, nom)
        client = client_de(acteur)
        for page in (
            reverse("opportunites:proposition", args=[proposition.pk]),
            reverse("opportunites:propositions"),
            reverse("opportunites:opportunite", args=[scene.opportunite.pk]),
        ):
            texte = client.get(page).content.decode().lower()
            assert "collège" not in texte
            assert "famil" not in texte
        for ligne in EntreeJournal.objects.visibles_par(acteur):
            assert "famil" not in f"{ligne.libelle} {ligne.motif} {ligne.details}".lower()
    assert not Courriel.objects.filter(corps__icontains="famil").exists()
    assert not EntreeJournal.objects.filter(motif__icontains="famil").exists()


def test_refusing_needs_a_coded_reason(scene, client_de):
    proposition = faire_proposition(scene.opportunite, scene.cadre)

    reponse = client_de(scene.troupe.cadre).post(
        reverse("opportunites:refuser", args=[proposition.pk]), {}
    )

    assert "Choisissez une raison" in reponse.content.decode()
    assert etats(proposition) == [Etat.ENVOYEE]


def test_a_refusal_leaves_the_poste_open_to_the_next(scene):
    troupe = scene.troupe
    reponses.refuser(
        acteur=troupe.cadre,
        proposition=faire_proposition(scene.opportunite, scene.cadre),
        motif="lieu",
    )
    suivant = faire_cadre(troupe.ville, "retenu")
    faire_inscription(suivant)
    faire_voeu(suivant, scene.opportunite)

    actions_propositions.proposer(
        acteur=troupe.drh_region, opportunite=scene.opportunite, cadre=suivant, pourquoi="…"
    )

    scene.opportunite.refresh_from_db()
    assert scene.opportunite.etat == Opportunite.Etat.PUBLIEE


def test_leaving_the_demarche_closes_everything_without_a_reason(scene):
    from cadres.candidature.actions import retirer

    troupe = scene.troupe
    acceptee = faire_proposition(scene.opportunite, scene.cadre)
    mobilite = reponses.accepter(acteur=troupe.cadre, proposition=acceptee)
    preparee = faire_proposition(faire_opportunite(troupe.ville), scene.cadre, "brouillon")
    Courriel.objects.all().delete()

    retirer(acteur=troupe.cadre)

    mobilite.refresh_from_db()
    assert mobilite.etat == Mobilite.Etat.ABANDONNEE
    assert etats(acceptee, preparee) == [Etat.RETIREE, Etat.RETIREE]
    assert not scene.cadre.voeux.exists()
    for courriel in Courriel.objects.filter(cadre_ref=None):
        assert "n’est plus disponible" in courriel.corps
        assert scene.cadre.nom not in courriel.corps
    assert Courriel.objects.filter(destinataire=troupe.drh_region.utilisateur.email).exists()
    assert Courriel.objects.filter(destinataire=troupe.drh_ville.utilisateur.email).exists()


def test_a_moment_too_late_the_letter_shows_no_button(scene, client_de):
    proposition = faire_proposition(
        scene.opportunite, scene.cadre, repondre_avant=timezone.now() - timedelta(minutes=1)
    )
    page = reverse("opportunites:proposition", args=[proposition.pk])
    client = client_de(scene.troupe.cadre)

    texte = client.get(page).content.decode()

    assert "Expirée" in texte
    assert "?reponse=oui" not in texte
    assert "Confirmer mon accord" not in client.get(f"{page}?reponse=oui").content.decode()
