"""What an employer writes to its people: read before it leaves, in its own words."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from cadres.candidature import actions as candidature
from cadres.models import Cadre, Candidature
from collectivites.communs.calendrier import minuit
from collectivites.models import Collectivite, Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from tests import fabriques


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_departement)


def plat(texte):
    return texte.replace("\u00a0", " ")


@pytest.fixture
def recense(troupe):
    return fabriques.faire_cadre(troupe.departement, "recense", courriel="nina@essais.example")


def test_the_message_is_read_before_it_leaves(troupe, drh, recense):
    page = plat(drh.get(f"/registre/{recense.pk}/informer/").text)

    assert "Dora Fabre, DRH du Département du Loiret via Quatuor" in page
    assert "nina@essais.example" in page
    assert f"Bonjour {recense.prenom}" in page
    assert "/invitation/" not in page, "the key is the person's alone"
    assert not Courriel.objects.exists()


def test_what_leaves_is_what_was_read(troupe, drh, recense):
    lu = plat(drh.get(f"/registre/{recense.pk}/informer/").context["courriel"].corps)
    drh.post(f"/registre/{recense.pk}/informer/")

    parti = plat(Courriel.objects.get().corps).partition("\n--\n")[0]
    avant, _, apres = lu.partition("(ici, son lien personnel")
    assert parti.startswith(avant)
    assert parti.strip().endswith(apres.partition("seule)")[2].strip())


def test_whoever_may_not_be_told_has_no_page_to_send_from(troupe, drh):
    page = f"/registre/{troupe.fiche_du_cadre.pk}/"
    reponse = drh.get(f"{page}informer/", follow=True)

    assert reponse.redirect_chain[-1][0] == page
    assert "déjà répondu" in reponse.text


def test_several_are_told_after_the_message_was_read(troupe, drh, recense):
    page = drh.post("/registre/informer/", {"choix": [recense.pk]})

    assert f"Bonjour {recense.prenom}" in plat(page.text)
    assert not Courriel.objects.exists()


# --- The words of the direction -------------------------------------------------------------------

MOTS = {
    "ouverture_invitation": "Nous nous connaissons, et je pense à vous.",
    "signature": "La DRH du Loiret\nPoste 12 34",
    "courriel_reponse": "drh@loiret.example",
}


def test_the_drh_writes_the_words_of_the_mails(troupe, drh, recense):
    assert drh.post("/mots-de-l-employeur/", MOTS).status_code == 302
    drh.post(f"/registre/{recense.pk}/informer/")

    corps = Courriel.objects.get().corps
    assert "Nous nous connaissons, et je pense à vous." in corps
    assert "Dora Fabre\nLa DRH du Loiret\nPoste 12 34" in corps
    assert EntreeJournal.objects.filter(acte="employeur.mots_ecrits").exists()


def test_they_are_tried_before_they_are_kept(troupe, drh):
    page = drh.post("/mots-de-l-employeur/", {**MOTS, "apercu": "oui"})

    assert "Nous nous connaissons" in page.context["courriel"].corps
    assert Collectivite.objects.get(pk=troupe.departement.pk).signature == ""


def test_a_wrong_address_is_said_beside_its_field_and_nothing_is_lost(troupe, drh):
    page = drh.post("/mots-de-l-employeur/", {**MOTS, "courriel_reponse": "pas une adresse"})

    assert page.context["formulaire"].errors.keys() == {"courriel_reponse"}
    assert "Nous nous connaissons" in page.text
    assert Collectivite.objects.get(pk=troupe.departement.pk).signature == ""


# --- Answers are confirmed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reponse", "dit"),
    [("oui", "Jusqu’à ce soir"), ("non", "Si vous changez d’avis")],
)
def test_a_yes_and_a_no_are_confirmed_with_the_way_back(troupe, client_de, reponse, dit):
    client_de(troupe.cadre_muet).post("/ma-candidature/", {"reponse": reponse})

    courriel = Courriel.objects.get()
    assert courriel.objet == "Votre réponse est enregistrée"
    assert dit in courriel.corps
    assert f"{settings.QUATUOR_SITE}/ma-candidature/" in courriel.corps


def test_a_yes_is_taken_back_the_same_day(troupe, client_de):
    Candidature.objects.filter(cadre=troupe.fiche_du_cadre_muet).update(informe_le=timezone.now())
    client = client_de(troupe.cadre_muet)
    client.post("/ma-candidature/", {"reponse": "oui"})
    assert "Reprendre mon oui" in client.get("/ma-candidature/").text

    reponse = client.post("/ma-candidature/reprendre/", follow=True)

    assert "votre réponse ?" in plat(reponse.text)
    etat = Candidature.objects.get(cadre=troupe.fiche_du_cadre_muet)
    assert (etat.etat, etat.repondu_le) == (Candidature.Etat.INFORME, None)
    assert Courriel.objects.filter(objet="Votre réponse est reprise").count() == 1


def test_after_the_closing_of_the_question_it_stays_open_without_a_reminder(troupe):
    Candidature.objects.filter(cadre=troupe.fiche_du_cadre_muet).update(
        etat=Candidature.Etat.SANS_REPONSE, informe_le=minuit(fabriques.dans(-60))
    )
    candidature.repondre(acteur=troupe.cadre_muet, accord=True)
    candidature.reprendre_le_oui(acteur=troupe.cadre_muet)

    etat = Candidature.objects.get(cadre=troupe.fiche_du_cadre_muet).etat
    assert etat == Candidature.Etat.SANS_REPONSE


@pytest.mark.parametrize(("heure", "possible"), [("23:59", True), ("00:01", False)])
def test_a_yes_is_taken_back_until_midnight_of_paris(troupe, heure, possible):
    midi = timezone.localtime().replace(hour=12, minute=0)
    with time_machine.travel(midi, tick=False):
        candidature.repondre(acteur=troupe.cadre_muet, accord=True)
    h, m = map(int, heure.split(":"))
    quand = midi.replace(hour=h, minute=m) + timedelta(days=0 if possible else 1)
    with time_machine.travel(quand, tick=False):
        if possible:
            candidature.reprendre_le_oui(acteur=troupe.cadre_muet)
        else:
            with pytest.raises(ActionImpossible, match="le jour même"):
                candidature.reprendre_le_oui(acteur=troupe.cadre_muet)


def test_a_yes_that_was_decided_of_is_no_longer_taken_back(troupe):
    with pytest.raises(ActionImpossible):
        candidature.reprendre_le_oui(acteur=troupe.cadre)


def test_a_yes_taken_back_is_no_more_in_the_eyes_of_others(troupe):
    candidature.repondre(acteur=troupe.cadre_muet, accord=True)
    candidature.reprendre_le_oui(acteur=troupe.cadre_muet)

    vus = Cadre.objects.visibles_par(troupe.drh_region)
    assert not vus.filter(pk=troupe.fiche_du_cadre_muet.pk).exists()


@pytest.mark.parametrize(
    ("acte", "dit"),
    [("retenir", "a décidé de vous retenir"), ("ne-pas-retenir", "ne vous retient pas cette fois")],
)
def test_a_decision_is_read_before_it_leaves(troupe, client_de, acte, dit):
    """By one, or by several at once: the very message, around the words that are being typed."""
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    dgs = client_de(troupe.dgs_departement)
    seul = dgs.get(f"/registre/{cadre.pk}/{acte}/").content.decode()
    envoi = {"choix": cadre.pk, "decision": acte.replace("-", "_")}
    plusieurs = dgs.post("/registre/decider/", envoi).content.decode()
    for page in (seul, plusieurs):
        assert dit in page
        assert "(ici, ce que vous écrivez sur cette page)" in page
        assert cadre.courriel in page
    assert not Courriel.objects.exists()
