"""What the person may ask: to know, to correct, to say their skills, to be forgotten."""

import json
import re
from datetime import datetime

import pytest
from django.core import mail
from django.urls import reverse

from cadres.candidature import actions as actions_candidature
from cadres.donnees_personnelles import actions as actions_donnees_personnelles
from cadres.donnees_personnelles import effacement
from cadres.models import Cadre, Candidature, CompetenceDite, DemandeCorrection
from cadres.registre.a_faire import a_faire
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from tests import fabriques

Etat = Candidature.Etat
DEMANDE = {"champ": "poste", "explication": "Je suis cheffe de service depuis mars."}


@pytest.fixture
def claire(troupe, client_de):
    return client_de(troupe.cadre)


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_departement)


@pytest.fixture
def demande(troupe):
    return actions_donnees_personnelles.demander_correction(acteur=troupe.cadre, **DEMANDE)


# --- The form of the file -----------------------------------------------------------------------


def champs(cadre, **changements):
    return {
        "civilite": "F",
        "prenom": cadre.prenom,
        "nom": cadre.nom,
        "courriel": cadre.courriel,
        "matricule": cadre.matricule,
        "categorie": "A",
        "poste": cadre.poste.intitule,
        "encadrement": "oui",
        **changements,
    }


def test_aims_and_field_are_written_read_and_journaled(troupe, drh, claire):
    cadre = troupe.fiche_du_cadre
    url = f"/registre/{cadre.pk}/modifier/"
    texte = drh.get(url).content.decode()
    assert '<option value="Directeur des finances">' in texte
    assert "non vérifiée ligne à ligne" in texte
    drh.post(
        url,
        champs(cadre, visees=["vise_promotion", "vise_mobilite"], domaine="Directeur juridique"),
    )
    cadre.refresh_from_db()
    assert cadre.visees == ["Promotion", "Mobilité latérale"]
    assert cadre.famille_de_metiers == "Affaires juridiques et commande publique"
    assert "promotion" in EntreeJournal.objects.get(acte="cadre.modifie").libelle
    assert "Promotion, Mobilité latérale" in drh.get(f"/registre/{cadre.pk}/").content.decode()
    assert "Promotion, Mobilité latérale" in claire.get("/mes-donnees/").content.decode()


def test_a_family_outside_the_list_is_refused_but_an_old_word_is_left_alone(troupe, drh):
    cadre = troupe.fiche_du_cadre
    url = f"/registre/{cadre.pk}/modifier/"
    assert "pas dans la liste" in drh.post(url, champs(cadre, domaine="Plongée")).content.decode()
    Cadre.objects.filter(pk=cadre.pk).update(domaine="AUTRE", domaine_autre="Plongée")

    assert drh.post(url, champs(cadre, domaine="Plongée")).status_code == 302
    cadre.refresh_from_db()
    assert cadre.famille_de_metiers == "Plongée"
    drh.post(url, champs(cadre, domaine="Finances"))
    cadre.refresh_from_db()
    assert (cadre.domaine, cadre.domaine_autre) == ("ORG04", "")


def test_a_slip_of_the_pen_is_answered_with_the_nearest_family(troupe, drh):
    cadre = troupe.fiche_du_cadre
    page = drh.post(f"/registre/{cadre.pk}/modifier/", champs(cadre, domaine="Finnances"))

    assert "Vouliez-vous dire « Finances et contrôle de gestion » ?" in (
        page.content.decode().replace("\u00a0", " ")
    )


# --- Skills -------------------------------------------------------------------------------------


def test_the_person_states_their_skills_and_takes_one_back(troupe, claire):
    assert claire.get("/mes-donnees/competences/").status_code == 200
    claire.post("/mes-donnees/competences/", {"MGT01": "4", "GES14": "2", "REL20": ""})
    dites = dict(CompetenceDite.objects.values_list("code", "niveau"))
    assert dites == {"MGT01": 4, "GES14": 2}
    claire.post("/mes-donnees/competences/", {"MGT01": "3"})
    assert dict(CompetenceDite.objects.values_list("code", "niveau")) == {"MGT01": 3}
    assert "Fixer un cap" in claire.get("/mes-donnees/").content.decode()


@pytest.mark.parametrize(
    ("suite", "vers"),
    [
        ("2", "/mes-donnees/competences/#domaine-2"),
        ("", "/mes-donnees/"),
        ("//ailleurs.example", "/mes-donnees/"),
    ],
)
def test_a_part_of_the_skills_is_kept_and_one_goes_on_with_the_next(claire, suite, vers):
    page = claire.get("/mes-donnees/competences/").content.decode()
    assert 'name="suite" value="2"' in page
    assert 'id="domaine-2"' in page  # where the button of the first part leads

    reponse = claire.post("/mes-donnees/competences/", {"MGT01": "4", "suite": suite})

    assert reponse["Location"] == vers
    assert CompetenceDite.objects.get().niveau == 4


def test_a_level_out_of_the_scale_is_refused(troupe, claire):
    reponse = claire.post("/mes-donnees/competences/", {"MGT01": "9"})
    assert reponse.status_code == 200
    assert not CompetenceDite.objects.exists()


def test_skills_are_read_at_home_before_the_yes_and_elsewhere_after_it(troupe, client_de):
    actions_donnees_personnelles.dire_ses_competences(
        acteur=troupe.cadre_muet, niveaux={"MGT01": 4}
    )
    url = f"/registre/{troupe.fiche_du_cadre_muet.pk}/"
    assert "Fixer un cap" in client_de(troupe.drh_departement).get(url).content.decode()
    assert client_de(troupe.drh_region).get(url).status_code == 404
    actions_candidature.repondre(acteur=troupe.cadre_muet, accord=True)
    assert "Fixer un cap" in client_de(troupe.drh_region).get(url).content.decode()
    actions_candidature.retirer(acteur=troupe.cadre_muet)
    assert not CompetenceDite.objects.exists()
    with pytest.raises(ActionImpossible):
        actions_donnees_personnelles.dire_ses_competences(
            acteur=troupe.cadre_muet, niveaux={"MGT01": 4}
        )


# --- Corrections --------------------------------------------------------------------------------


def test_a_request_reaches_the_drh_and_the_answer_comes_back(
    troupe, claire, drh, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        claire.post("/mes-donnees/correction/", DEMANDE)
    demande = DemandeCorrection.objects.get()
    assert mail.outbox[-1].to == [troupe.drh_departement.utilisateur.email]
    assert DEMANDE["explication"] not in mail.outbox[-1].body
    attente = next(a for a in a_faire(troupe.drh_departement) if "correction" in a.titre)
    assert attente.url == f"/corrections/{demande.pk}/"
    assert attente.echeance is not None
    texte = drh.get(attente.url).content.decode()
    assert DEMANDE["explication"] in texte
    assert (
        "Une correction est demandée"
        in drh.get(f"/registre/{troupe.fiche_du_cadre.pk}/").content.decode()
    )
    with django_capture_on_commit_callbacks(execute=True):
        drh.post(attente.url, {"decision": "faite", "reponse": "C’est fait, merci."})
    demande.refresh_from_db()
    assert demande.etat == "faite"
    assert mail.outbox[-1].to == [troupe.fiche_du_cadre.courriel]
    assert "C’est fait, merci." in claire.get("/mes-donnees/").content.decode()
    actes = set(EntreeJournal.objects.values_list("acte", flat=True))
    assert actes == {"correction.demandee", "correction.faite"}
    assert not any("correction" in a.titre for a in a_faire(troupe.drh_departement))


def test_a_refusal_says_why(troupe, drh, demande):
    reponse = drh.post(f"/corrections/{demande.pk}/", {"decision": "refusee", "reponse": " "})
    assert "la personne le lira" in reponse.content.decode()
    demande.refresh_from_db()
    assert demande.etat == "ouverte"
    with pytest.raises(ActionImpossible):
        actions_donnees_personnelles.repondre_a_une_correction(
            acteur=troupe.drh_departement, demande=demande, faite=False, reponse=""
        )


def test_an_answer_is_given_once(troupe, demande):
    dire = {"acteur": troupe.drh_departement, "demande": demande, "reponse": "Fait."}
    actions_donnees_personnelles.repondre_a_une_correction(faite=True, **dire)
    with pytest.raises(ActionImpossible, match="déjà sa réponse"):
        actions_donnees_personnelles.repondre_a_une_correction(faite=False, **dire)


def test_two_open_requests_on_one_point_are_one(troupe, claire, demande):
    reponse = claire.post("/mes-donnees/correction/", DEMANDE, follow=True)
    assert "attend déjà la réponse" in reponse.content.decode()
    assert DemandeCorrection.objects.count() == 1


def test_a_request_is_read_by_its_hr_direction_alone(troupe, client_de, demande):
    url = f"/corrections/{demande.pk}/"
    for qui, statut in (
        (troupe.drh_region, 404),
        (troupe.etranger_drh, 404),
        (troupe.dgs_departement, 403),
        (troupe.accompagnateur, 403),
        (troupe.cadre, 403),
        (troupe.gestionnaire_departement, 200),
    ):
        assert client_de(qui).get(url).status_code == statut


def test_an_empty_request_asks_for_words(claire):
    texte = claire.post("/mes-donnees/correction/", {}).content.decode()
    assert "Choisissez ce qui est faux." in texte
    texte = claire.post(
        "/mes-donnees/correction/", {"champ": "poste", "explication": "x" * 2001}
    ).content.decode()
    assert "caractères au plus" in texte


# --- The copies ---------------------------------------------------------------------------------


def test_the_copy_to_read_asks_nothing_of_any_site(troupe, claire, drh, demande):
    drh.get(f"/registre/{troupe.fiche_du_cadre.pk}/")
    reponse = claire.get("/mes-donnees/a-lire.html")
    texte = reponse.content.decode()
    assert "attachment" in reponse["Content-Disposition"]
    assert not re.search(r'(?:src|href)="|url\(|@import|<script', texte)
    for mot in ("Pasquier", "Dora Fabre", DEMANDE["explication"], "Jusqu’à quand"):
        assert mot in texte


def test_the_copy_for_machines_holds_the_mails_and_the_rule(troupe, claire):
    Courriel.objects.create(
        demarche=troupe.demarche,
        destinataire=troupe.cadre.utilisateur.email,
        utilisateur=troupe.cadre.utilisateur,
        objet="Objet",
        corps="Texte du message",
        cle="k",
    )
    donnees = json.loads(claire.get("/mes-donnees/telecharger/").content)
    assert donnees["courriels"][0]["texte"] == "Texte du message"
    assert set(donnees["conservation"]) == {"echeance", "regle"}
    assert {"identite", "poste", "candidature", "competences", "corrections", "compte"} <= set(
        donnees["donnees"]
    )


@pytest.mark.parametrize(("civilite", "mot"), [("F", "Retirée"), ("M", "Retiré")])
def test_the_words_agree_with_the_person(troupe, client_de, civilite, mot):
    cadre = fabriques.faire_cadre(troupe.region, Etat.RETIRE, civilite=civilite)
    texte = client_de(fabriques.acteur_du_cadre(cadre)).get("/mes-donnees/").content.decode()
    assert f"{mot} à sa demande" in texte


# --- Being forgotten, asked for -----------------------------------------------------------------


def test_leaving_comes_before_being_forgotten(troupe, claire):
    assert claire.get("/mes-donnees/effacer/").url == "/mes-donnees/"
    claire.post("/mes-donnees/effacer/")
    assert Candidature.objects.get(cadre=troupe.fiche_du_cadre).effacement_demande_le is None
    claire.post("/ma-candidature/retirer/")
    assert claire.get("/mes-donnees/effacer/").status_code == 200
    claire.post("/mes-donnees/effacer/")
    assert "effacées cette nuit" in claire.get("/mes-donnees/").content.decode()
    assert Courriel.objects.filter(cle__contains="#cadres_effacement").count() == 1


def test_the_person_may_think_again_or_come_back(troupe, claire):
    claire.post("/ma-candidature/retirer/")
    claire.post("/mes-donnees/effacer/")
    claire.post("/mes-donnees/effacer/renoncer/")
    assert Candidature.objects.get(cadre=troupe.fiche_du_cadre).effacement_demande_le is None
    claire.post("/mes-donnees/effacer/")
    claire.post("/ma-candidature/", {"reponse": "oui"})
    candidature = Candidature.objects.get(cadre=troupe.fiche_du_cadre)
    assert (candidature.etat, candidature.effacement_demande_le) == (Etat.ACCORD, None)


def test_nobody_is_retained_who_asked_to_be_forgotten(troupe, client_de):
    cadre = fabriques.faire_cadre(troupe.departement, Etat.NON_RETENU)
    effacement.demander_effacement(acteur=fabriques.acteur_du_cadre(cadre))
    with pytest.raises(ActionImpossible, match="effacement"):
        actions_candidature.retenir(acteur=troupe.dgs_departement, cadre=cadre)
    texte = client_de(troupe.drh_departement).get(f"/registre/{cadre.pk}/").content.decode()
    assert "Effacement demandé" in texte


def test_all_that_every_room_holds_costs_42_queries_at_most(
    troupe, claire, django_assert_max_num_queries
):
    actions_donnees_personnelles.dire_ses_competences(
        acteur=troupe.cadre, niveaux={"MGT01": 4, "GES14": 2}
    )
    for nom in ("mes_donnees", "lire_mes_donnees", "mes_competences", "demander_correction"):
        with django_assert_max_num_queries(42):
            assert claire.get(reverse(f"cadres:{nom}")).status_code == 200


# --- The page says all, and says it once ----------------------------------------------------------


def test_decisions_and_mails_are_on_the_page_too(troupe, claire):
    claire.post("/ma-candidature/retirer/")
    page = claire.get("/mes-donnees/").text.replace("\u00a0", " ")

    assert "Retrait de la démarche, à la demande de la personne" in page
    assert "Votre demande est enregistrée" in page


def test_what_is_not_held_takes_one_line_and_not_ten(troupe, claire):
    page = claire.get("/mes-donnees/").text

    assert ">rien<" not in page
    assert "Rien n’est gardé sous" in page


def test_the_word_that_other_employers_read_is_spelled_out(troupe, claire):
    page = claire.get("/ma-candidature/").text

    assert "Profil, selon votre DRH (lu par les autres employeurs)" in page
    assert "Expérimenté" in page


def test_the_copy_for_machines_has_codes_and_instants(troupe, claire):
    donnees = json.loads(claire.get("/mes-donnees/telecharger/").content)["donnees"]

    [candidature] = donnees["candidature"]
    assert candidature["etat"] == "retenu"
    assert datetime.fromisoformat(candidature["repondu_le"])


def test_several_readings_of_a_day_are_one_line(troupe, claire, client_de):
    drh = client_de(troupe.drh_departement)
    for _ in range(3):
        drh.get(f"/registre/{troupe.fiche_du_cadre.pk}/")
    drh.get(f"/registre/{troupe.fiche_du_cadre.pk}/retenir/")
    drh.get("/registre/exporter/?format=csv&q=Pasquier")

    [ligne] = claire.get("/mes-donnees/").context["consultations"]
    assert ligne["qui"] == "Dora Fabre"
    assert set(ligne["quoi"]) >= {"Fiche lue"}
