"""A proposition that one can weigh: two texts, questions, a name on the letter, the way back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.communs.lecteurs import QUI_LIT
from opportunites.models import Mobilite, Question
from opportunites.propositions.actions import propositions, questions, reponses
from opportunites.propositions.documents import lettre_de_proposition
from tests import fabriques as f

pytestmark = pytest.mark.django_db

VOEU = "Vous l’avez classé parmi vos vœux."
ORIGINE = "Son expérience répond au poste."


@pytest.fixture
def proposition(scene):
    return f.faire_proposition(
        scene.opportunite, scene.cadre, pourquoi=VOEU, pourquoi_employeur=ORIGINE
    )


def page(client_de, acteur, proposition):
    reponse = client_de(acteur).get(reverse("opportunites:proposition", args=[proposition.pk]))
    return " ".join(reponse.content.decode().replace("\u00a0", " ").split())


def test_the_employer_left_reads_its_own_text_alone(scene, proposition, client_de, monkeypatch):
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())
    lettre = reverse("opportunites:lettre_proposition", args=[proposition.pk])
    troupe = scene.troupe

    for acteur in (troupe.drh_departement, troupe.dgs_departement):
        for lu in (
            page(client_de, acteur, proposition),
            client_de(acteur).get(lettre).content.decode(),
        ):
            assert ORIGINE in lu
            assert "classé" not in lu
    for acteur in (troupe.drh_region, troupe.cadre):
        assert VOEU in page(client_de, acteur, proposition)
        assert VOEU in client_de(acteur).get(lettre).content.decode()


def test_no_page_of_propositions_says_that_it_was_a_wish(scene, proposition, client_de):
    for acteur in (scene.troupe.drh_departement, scene.troupe.drh_ville):
        liste = client_de(acteur).get(reverse("opportunites:propositions")).content.decode()
        assert "classé" not in liste


def test_the_texts_change_until_it_is_sent(scene, client_de):
    prete = f.faire_proposition(scene.opportunite, scene.cadre, "validee")
    adresse = reverse("opportunites:modifier_textes", args=[prete.pk])
    client_de(scene.troupe.drh_region).post(
        adresse, {"pourquoi": "Autrement dit.", "pourquoi_employeur": ORIGINE}
    )

    prete.refresh_from_db()
    assert (prete.pourquoi, prete.pourquoi_employeur) == ("Autrement dit.", ORIGINE)
    propositions.envoyer(
        acteur=scene.troupe.drh_region, proposition=prete, repondre_avant=f.il_y_a(-9)
    )
    with pytest.raises(ActionImpossible, match="ne change plus"):
        propositions.modifier_textes(
            acteur=scene.troupe.drh_region,
            proposition=prete,
            pourquoi="Trop tard",
            pourquoi_employeur="",
        )


def test_whoever_refused_the_poste_is_not_offered_it_again(scene, client_de):
    f.faire_proposition(scene.opportunite, scene.cadre, "refusee")

    reponse = client_de(scene.troupe.drh_region).get(
        reverse("opportunites:proposer", args=[scene.opportunite.pk])
    )

    avant, apart = reponse.content.decode().split("Qui n’est pas dans cette liste")
    assert scene.cadre.nom not in avant
    assert scene.cadre.nom in apart


def test_the_host_chooses_knowing_rank_and_opinion(scene, client_de):
    f.faire_avis(scene.opportunite, scene.cadre)

    reponse = client_de(scene.troupe.drh_region).get(
        reverse("opportunites:proposer", args=[scene.opportunite.pk])
    )

    assert f"{scene.cadre.nom_complet}, 1er vœu, avis favorable" in reponse.content.decode()


def test_a_question_stays_between_the_person_and_the_host(scene, proposition, client_de):
    troupe = scene.troupe
    client_de(troupe.cadre).post(
        reverse("opportunites:questionner", args=[proposition.pk]), {"texte": "Et les astreintes ?"}
    )
    question = Question.objects.get()
    client_de(troupe.drh_region).post(
        reverse("opportunites:repondre_question", args=[question.pk]), {"reponse": "Deux par an."}
    )

    assert "Deux par an." in page(client_de, troupe.cadre, proposition)
    for acteur in (troupe.drh_departement, troupe.dgs_departement):
        lu = page(client_de, acteur, proposition)
        assert "astreintes" not in lu
        assert "Deux par an" not in lu
        lignes = EntreeJournal.objects.filter(acte__startswith="proposition.question")
        assert not lignes.visibles_par(acteur).exists()
    assert {c.destinataire for c in Courriel.objects.filter(objet__icontains="question")} == {
        troupe.drh_region.utilisateur.email,
        troupe.cadre.utilisateur.email,
    }


def test_one_question_at_a_time_while_the_answer_is_awaited(scene, proposition):
    questions.questionner(acteur=scene.troupe.cadre, proposition=proposition, texte="Où ?")

    with pytest.raises(ActionImpossible, match="attend déjà"):
        questions.questionner(acteur=scene.troupe.cadre, proposition=proposition, texte="Quand ?")


def test_the_letter_names_who_to_call_how_much_and_who_signs(scene, proposition):
    opportunite = proposition.opportunite
    opportunite.contact_nom, opportunite.contact_telephone = "Jeanne Martin", "02 38 00 00 00"
    opportunite.remuneration = "selon grille"
    proposition.validee_par = scene.troupe.dgs_region.mandat

    lettre = lettre_de_proposition(proposition, timezone.localdate())

    for dit in ("Jeanne Martin, 02 38 00 00 00", "selon grille", "Rose Carlier"):
        assert dit in lettre


# --- The way back -------------------------------------------------------------------------------


def test_the_way_back_is_on_the_page_and_in_the_mail_that_follow_a_yes(
    scene, proposition, client_de
):
    client = client_de(scene.troupe.cadre)
    suite = client.post(reverse("opportunites:accepter", args=[proposition.pk]), follow=True)

    retour = reverse("opportunites:annuler_reponse", args=[proposition.pk])
    assert retour in suite.content.decode()
    mail = Courriel.objects.get(destinataire=scene.troupe.cadre.utilisateur.email)
    assert "revenir sur votre accord" in mail.corps
    assert reverse("opportunites:proposition", args=[proposition.pk]) in mail.corps


def test_a_day_later_the_page_offers_no_way_back(scene, client_de):
    acceptee = f.faire_proposition(
        scene.opportunite, scene.cadre, "acceptee", repondue_le=f.il_y_a(1)
    )
    mobilite = f.faire_mobilite(acceptee)

    vue = client_de(scene.troupe.cadre).get(reverse("opportunites:mobilite", args=[mobilite.pk]))

    assert "revenir sur votre accord" not in vue.content.decode()
    assert Mobilite.objects.count() == 1


def test_a_no_and_its_undoing_are_mailed_to_the_person(scene, proposition):
    troupe = scene.troupe
    reponses.refuser(acteur=troupe.cadre, proposition=proposition, motif="lieu")
    reponses.annuler_reponse(acteur=troupe.cadre, proposition=proposition)

    courriels = Courriel.objects.filter(destinataire=troupe.cadre.utilisateur.email).order_by("pk")
    assert [c.objet for c in courriels] == [
        "Votre réponse est enregistrée",
        "Votre réponse est reprise",
    ]
    assert "Vous avez refusé le poste" in courriels[0].corps
    assert not Courriel.objects.filter(corps__icontains="le lieu").exists()


# --- Said once ----------------------------------------------------------------------------------


def test_the_page_on_ones_data_says_who_reads_what(client, db):
    lu = " ".join(client.get("/vos-donnees/").content.decode().replace("\u00a0", " ").split())

    for qui, voit in QUI_LIT:
        assert qui in lu
        assert voit.replace("’", "’") in lu
