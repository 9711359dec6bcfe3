"""A yes and a no can be taken back for 24 hours: one coherent state, and everybody told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cadres.models import Candidature
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.dossier.actions import depart, mobilites
from opportunites.models import Mobilite, Proposition, RaisonDuRefus
from opportunites.postes.actions import postes
from opportunites.propositions.actions import propositions, reponses
from tests.fabriques import (
    acteur_du_cadre,
    dans,
    faire_avis,
    faire_cadre,
    faire_opportunite,
    faire_proposition,
    faire_voeu,
    il_y_a,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposition(scene):
    return faire_proposition(scene.opportunite, scene.cadre)


def relire(proposition):
    return Proposition.objects.get(pk=proposition.pk)


def test_a_yes_taken_back_gives_up_the_move_and_awaits_an_answer_again(scene, proposition):
    cadre = scene.troupe.cadre
    mobilite = reponses.accepter(acteur=cadre, proposition=proposition)

    reponses.annuler_reponse(acteur=cadre, proposition=proposition)

    mobilite.refresh_from_db()
    reprise = relire(proposition)
    assert mobilite.etat == Mobilite.Etat.ABANDONNEE
    assert "24" in mobilite.motif_abandon
    assert (reprise.etat, reprise.repondue_le) == ("envoyee", None)
    assert reprise.repondre_avant == proposition.repondre_avant
    assert Candidature.objects.get(cadre=scene.cadre).avancee == "en_parcours"
    assert EntreeJournal.objects.filter(acte="proposition.reponse_reprise").count() == 1
    # Both directions are told, since both were told of the yes.
    prevenus = Courriel.objects.filter(objet__startswith="Réponse reprise")
    assert {c.destinataire for c in prevenus} == {
        scene.troupe.drh_region.utilisateur.email,
        scene.troupe.drh_departement.utilisateur.email,
    }


def test_a_yes_may_come_again_and_opens_another_file(scene, proposition):
    cadre = scene.troupe.cadre
    premiere = reponses.accepter(acteur=cadre, proposition=proposition)
    reponses.annuler_reponse(acteur=cadre, proposition=proposition)

    seconde = reponses.accepter(acteur=cadre, proposition=proposition)

    premiere.refresh_from_db()
    assert (premiere.etat, seconde.etat) == ("abandonnee", "ouverte")
    assert list(proposition.mobilites.all()) == [seconde, premiere]
    assert relire(proposition).etat == "acceptee"


def test_what_the_origin_answered_to_the_first_yes_does_not_answer_the_second(
    scene, proposition, client_de
):
    troupe = scene.troupe
    premiere = reponses.accepter(acteur=troupe.cadre, proposition=proposition)
    mobilites.preparer_mobilite(
        acteur=troupe.drh_region,
        mobilite=premiere,
        voie="MUTATION",
        date_effet=dans(95),
        demande_recue_le=dans(0),
    )
    depart.accorder_le_depart(
        acteur=troupe.drh_departement, mobilite=premiere, date_convenue=dans(10)
    )
    reponses.annuler_reponse(acteur=troupe.cadre, proposition=proposition)

    seconde = reponses.accepter(acteur=troupe.cadre, proposition=proposition)

    neuf = ("voie", "demande_recue_le", "reponse_origine", "date_convenue", "date_effet")
    assert [getattr(seconde, champ) for champ in neuf] == ["", None, "", None, None]
    assert not seconde.reponses.exists()
    assert not seconde.elements.exists()
    # What was said is not lost: it stays where it was said, and the new file leads there.
    assert premiere.reponses.get().date_convenue == dans(10)
    page = client_de(troupe.drh_departement).get(f"/mobilites/{seconde.pk}/").content.decode()
    assert f'href="/mobilites/{premiere.pk}/"' in page
    assert "ne vaut pas ici" in page


def test_both_directions_are_told_of_the_second_yes_as_of_the_first(scene, proposition):
    cadre = scene.troupe.cadre
    for _ in range(2):
        reponses.accepter(acteur=cadre, proposition=proposition)
        reponses.annuler_reponse(acteur=cadre, proposition=proposition)

    ouverts = Courriel.objects.filter(cle__contains="-ouverte-")
    assert ouverts.filter(utilisateur=scene.troupe.drh_region.utilisateur).count() == 2
    assert ouverts.filter(utilisateur=scene.troupe.drh_departement.utilisateur).count() == 2


def test_a_no_taken_back_forgets_its_reason(scene, proposition):
    cadre = scene.troupe.cadre
    reponses.refuser(acteur=cadre, proposition=proposition, motif="lieu", commentaire="Loin.")

    reponses.annuler_reponse(acteur=cadre, proposition=proposition)

    reprise = relire(proposition)
    assert reprise.etat == "envoyee"
    assert not RaisonDuRefus.objects.exists()
    assert reponses.accepter(acteur=cadre, proposition=proposition).etat == "ouverte"


def test_others_closed_by_the_yes_do_not_come_back_by_themselves(scene, proposition):
    autre = faire_proposition(faire_opportunite(scene.troupe.ville), scene.cadre)
    rival = faire_proposition(scene.opportunite, faire_cadre(scene.troupe.ville, "retenu"))
    reponses.accepter(acteur=scene.troupe.cadre, proposition=proposition)

    reponses.annuler_reponse(acteur=scene.troupe.cadre, proposition=proposition)

    assert relire(autre).etat == relire(rival).etat == "retiree"
    courriel = Courriel.objects.filter(objet__startswith="Réponse reprise").first()
    assert "ne sont pas rouvertes" in courriel.corps


def test_after_24_hours_it_is_said(scene):
    proposition = faire_proposition(
        scene.opportunite,
        scene.cadre,
        "refusee",
        repondue_le=timezone.now() - timedelta(hours=24, seconds=1),
    )

    with pytest.raises(ActionImpossible, match="24 heures"):
        reponses.annuler_reponse(acteur=scene.troupe.cadre, proposition=proposition)


def test_the_date_to_answer_that_passed_meanwhile_is_put_back(scene):
    """One answered at the last minute: they have until the end of the 24 hours."""
    repondue = timezone.now() - timedelta(hours=3)
    proposition = faire_proposition(
        scene.opportunite,
        scene.cadre,
        "refusee",
        repondue_le=repondue,
        envoyee_le=il_y_a(10),
        repondre_avant=timezone.now() - timedelta(hours=1),
    )

    reponses.annuler_reponse(acteur=scene.troupe.cadre, proposition=proposition)

    assert relire(proposition).repondre_avant == repondue + timedelta(hours=24)
    assert reponses.expirer_propositions() == 0


@pytest.mark.parametrize("pourquoi", ["pris", "retire", "repropose", "engage"])
def test_a_no_is_not_taken_back_when_the_world_has_moved(scene, proposition, pourquoi):
    t = scene.troupe
    reponses.refuser(acteur=t.cadre, proposition=proposition, motif="lieu")
    if pourquoi == "pris":
        autre = faire_cadre(t.ville, "retenu")
        reponses.accepter(
            acteur=acteur_du_cadre(autre), proposition=faire_proposition(scene.opportunite, autre)
        )
    elif pourquoi == "retire":
        postes.retirer_opportunite(acteur=t.drh_region, opportunite=scene.opportunite)
    elif pourquoi == "repropose":
        faire_proposition(scene.opportunite, scene.cadre, "brouillon")
    else:
        ailleurs = faire_proposition(faire_opportunite(t.ville), scene.cadre)
        reponses.accepter(acteur=t.cadre, proposition=ailleurs)

    with pytest.raises(ActionImpossible):
        reponses.annuler_reponse(acteur=t.cadre, proposition=proposition)
    assert relire(proposition).etat == "refusee"


@pytest.mark.parametrize("qui", ["autre_cadre", "drh_region", "dgs_departement"])
def test_the_answer_is_the_person_s(scene, proposition, qui):
    reponses.refuser(acteur=scene.troupe.cadre, proposition=proposition, motif="lieu")

    with pytest.raises(PermissionDenied):
        reponses.annuler_reponse(acteur=getattr(scene.troupe, qui), proposition=proposition)


def test_what_is_effective_or_unanswered_is_not_taken_back(scene, proposition):
    with pytest.raises(ActionImpossible, match="plus de réponse"):
        reponses.annuler_reponse(acteur=scene.troupe.cadre, proposition=proposition)


def test_the_page_says_what_will_not_come_back(scene, proposition, client_de):
    client = client_de(scene.troupe.cadre)
    adresse = reverse("opportunites:annuler_reponse", args=[proposition.pk])
    lettre = reverse("opportunites:proposition", args=[proposition.pk])
    assert adresse not in client.get(lettre).text
    client.post(reverse("opportunites:accepter", args=[proposition.pk]))

    assert adresse in client.get(lettre).text
    page = client.get(adresse).text
    assert "ne reviennent pas d’elles-mêmes" in page
    fin = client.post(adresse, follow=True)

    assert "Votre réponse est reprise" in fin.text
    assert relire(proposition).etat == "envoyee"


# --- Next candidate, reminders --------------------------------------------------------------------


def test_the_next_is_the_host_s_choice_then_the_wishes_never_twice(scene):
    t = scene.troupe
    a, b, c, d = (faire_cadre(t.ville, "retenu") for _ in range(4))
    for fiche in (a, b, c, d):
        faire_voeu(fiche, scene.opportunite)
    faire_avis(scene.opportunite, c, 1)
    faire_avis(scene.opportunite, b, None)
    faire_proposition(scene.opportunite, scene.cadre, "expiree")

    suite = []
    while (fiche := propositions.suivant(t.drh_region, scene.opportunite)) is not None:
        suite.append(fiche)
        faire_proposition(scene.opportunite, fiche, "refusee")

    assert suite == [c, a, d]


def test_one_click_prepares_the_draft_for_the_next(scene, client_de):
    suivant = faire_cadre(scene.troupe.ville, "retenu")
    faire_voeu(suivant, scene.opportunite)
    faire_avis(scene.opportunite, suivant, 1)
    expiree = faire_proposition(scene.opportunite, scene.cadre, "expiree")
    client = client_de(scene.troupe.drh_region)
    page = client.get(reverse("opportunites:proposition", args=[expiree.pk])).text
    adresse = reverse("opportunites:proposer_au_suivant", args=[expiree.pk])
    assert suivant.nom_complet in page
    assert adresse in page

    client.post(adresse)

    nouvelle = Proposition.objects.get(cadre=suivant)
    assert (nouvelle.etat, nouvelle.pourquoi) == (
        "brouillon",
        "Votre expérience répond à ce que l’équipe attend.",
    )
    with pytest.raises(ActionImpossible, match="déjà en cours"):
        propositions.proposer_au_suivant(acteur=scene.troupe.drh_region, proposition=expiree)


def test_reminders_come_seven_then_two_days_before_once_each(scene):
    maintenant = timezone.now()
    faire_proposition(
        scene.opportunite,
        scene.cadre,
        envoyee_le=maintenant - timedelta(days=1),
        repondre_avant=maintenant + timedelta(days=13),
    )

    recus = [
        propositions.rappeler_propositions(maintenant + timedelta(days=jour, minutes=1))
        for jour in range(14)
    ]

    assert recus == [0] * 6 + [1] + [0] * 4 + [1] + [0] * 2


def test_a_short_delay_is_not_recalled_at_once(scene):
    maintenant = timezone.now()
    faire_proposition(
        scene.opportunite,
        scene.cadre,
        envoyee_le=maintenant,
        repondre_avant=maintenant + timedelta(days=5),
    )

    assert propositions.rappeler_propositions(maintenant) == 0
    assert propositions.rappeler_propositions(maintenant + timedelta(days=3, hours=1)) == 1
