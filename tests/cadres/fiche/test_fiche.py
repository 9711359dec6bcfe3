"""A person's page, listing and correcting, telling, deciding, entrusting."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.models import Cadre, Candidature, Consultation
from cadres.prises import SECTIONS
from collectivites.models import Courriel, EntreeJournal, Mandat, Poste, Utilisateur
from collectivites.mots import Acte, Role
from tests import fabriques

Etat = Candidature.Etat

DONNEES = {
    "origine": "recensement",
    "prenom": "Laurence",
    "nom": "Aubrémont",
    "courriel": "Laurence.Aubremont@loiret.example",
    "categorie": "A",
    "poste": "Cheffe de service Autonomie",
    "direction": "Solidarités",
    "date_entree_poste": "2015-06-01",
    "encadrement": "oui",
}


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_departement)


@pytest.fixture
def dgs(troupe, client_de):
    return client_de(troupe.dgs_departement)


def dit(reponse):
    return " ".join(str(m) for m in get_messages(reponse.wsgi_request))


def etat(cadre):
    return Candidature.objects.get(cadre=cadre).etat


def test_a_stranger_finds_nothing(troupe, client_de):
    cadre = fabriques.faire_cadre(troupe.departement)
    for qui in (troupe.drh_region, troupe.etranger_drh):
        client = client_de(qui)
        for chemin in ("", "modifier/"):
            assert client.get(f"/registre/{cadre.pk}/{chemin}").status_code == 404
        assert client.post(f"/registre/{cadre.pk}/informer/").status_code == 404


def test_another_employer_looks_but_does_not_touch(troupe, client_de):
    cadre = fabriques.faire_cadre(
        troupe.departement, "accord", matricule="SECRET1", motif_hors_public="Raison maison"
    )
    client = client_de(troupe.drh_region)
    texte = client.get(f"/registre/{cadre.pk}/").content.decode()
    for secret in ("SECRET1", cadre.courriel, "Raison maison", "Titulaire"):
        assert secret not in texte
    assert client.get(f"/registre/{cadre.pk}/modifier/").status_code == 403
    assert client_de(troupe.dgs_region).get(f"/registre/{cadre.pk}/retenir/").status_code == 403


def test_a_cadre_has_no_access_to_the_pages_of_the_registre(troupe, client_de):
    client = client_de(troupe.cadre)
    assert client.get(f"/registre/{troupe.fiche_du_cadre.pk}/").status_code == 403


def test_reading_leaves_a_trace_and_ones_own_reading_none(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement)
    drh.get(f"/registre/{cadre.pk}/")
    trace = Consultation.objects.get()
    assert (trace.cadre, trace.nature) == (cadre, Consultation.Nature.FICHE)
    assert trace.utilisateur == troupe.drh_departement.utilisateur


def test_the_accompagnateur_reads_whom_they_were_entrusted(troupe, client_de):
    client = client_de(troupe.accompagnateur)
    assert client.get(f"/registre/{troupe.fiche_du_cadre.pk}/").status_code == 200
    assert client.get(f"/registre/{troupe.fiche_de_l_autre_cadre.pk}/").status_code == 404


def test_a_page_costs_16_queries_at_most(troupe, drh, dgs):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    for client in (drh, dgs):
        with CaptureQueriesContext(connection) as requetes:
            client.get(f"/registre/{cadre.pk}/")
        assert len(requetes) <= 16


def test_the_later_acts_add_their_sections(troupe, drh, monkeypatch):
    cadre = fabriques.faire_cadre(troupe.departement)
    ajout = ("composants/page/encart.html", {"contenu": "Section d’un autre acte"})
    monkeypatch.setattr("cadres.fiche.views.fiche.SECTIONS", [*SECTIONS, lambda acteur, c: ajout])
    assert "Section d’un autre acte" in drh.get(f"/registre/{cadre.pk}/").content.decode()


# --- Listing and correcting -------------------------------------------------------------------


def test_a_drh_lists_somebody_who_is_not_told_yet(troupe, drh):
    assert drh.get("/registre/nouveau/").status_code == 200
    reponse = drh.post("/registre/nouveau/", DONNEES)
    cadre = Cadre.objects.get(nom="Aubrémont")
    assert reponse.url == f"/registre/{cadre.pk}/"
    assert (cadre.collectivite, cadre.courriel) == (
        troupe.departement,
        "laurence.aubremont@loiret.example",
    )
    assert cadre.poste.intitule == "Cheffe de service Autonomie"
    assert cadre.direction == cadre.poste.direction
    assert etat(cadre) == Etat.RECENSE
    assert not Courriel.objects.exists()
    ligne = EntreeJournal.objects.get(acte="cadre.recense")
    assert "Aubrémont" not in ligne.libelle


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("nom", "", "Écrivez le nom."),
        ("poste", "", "Écrivez l’intitulé"),
        ("courriel", "cadre@essais.example", "porte déjà ce courriel"),
        ("date_entree_poste", "2999-01-01", "à venir"),
        ("categorie", "Z", "Sélectionnez un choix valide"),
    ],
)
def test_a_wrong_field_says_what_to_write(drh, champ, valeur, message):
    reponse = drh.post("/registre/nouveau/", {**DONNEES, champ: valeur})
    assert message in str(reponse.context["formulaire"].errors[champ])
    assert not Cadre.objects.filter(nom="Aubrémont").exists()


def test_a_category_b_who_leads_nobody_needs_a_reason(drh):
    hors = {**DONNEES, "categorie": "B", "encadrement": "non"}
    reponse = drh.post("/registre/nouveau/", hors)
    assert "motif_hors_public" in reponse.context["formulaire"].errors
    drh.post("/registre/nouveau/", {**hors, "motif_hors_public": "Intérim de direction"})
    assert Cadre.objects.get(nom="Aubrémont").motif_hors_public == "Intérim de direction"


def test_a_homonym_is_told_apart_by_a_courriel(troupe, drh):
    fabriques.faire_cadre(troupe.departement, nom="Aubremont", prenom="Laurence")
    reponse = drh.post("/registre/nouveau/", {**DONNEES, "courriel": ""})
    assert "déjà au registre" in str(reponse.context["formulaire"].errors)
    assert drh.post("/registre/nouveau/", DONNEES).status_code == 302


def test_a_correction_says_which_fields_changed_and_keeps_the_poste(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement)
    poste = cadre.poste_id
    assert drh.get(f"/registre/{cadre.pk}/modifier/").status_code == 200
    drh.post(f"/registre/{cadre.pk}/modifier/", {**DONNEES, "matricule": cadre.matricule})
    cadre.refresh_from_db()
    # Another date of arrival and another title: another poste. The former one stays.
    assert cadre.poste_id != poste
    assert Poste.objects.filter(pk=poste).exists()
    assert "grade" in EntreeJournal.objects.get(acte="cadre.modifie").details["champs"]
    drh.post(
        f"/registre/{cadre.pk}/modifier/",
        {**DONNEES, "matricule": cadre.matricule, "poste": "Cheffe de service"},
    )
    apres = Cadre.objects.get(pk=cadre.pk)
    assert (apres.poste_id, apres.poste.intitule) == (cadre.poste_id, "Cheffe de service")
    assert "cheffe de service" in apres.recherche


def test_a_corrected_courriel_moves_an_unused_invitation_only(troupe, drh):
    neuf = fabriques.faire_cadre(troupe.departement)
    drh.post(f"/registre/{neuf.pk}/informer/")
    drh.post(f"/registre/{neuf.pk}/modifier/", {**DONNEES, "courriel": "juste@loiret.example"})
    neuf.refresh_from_db()
    assert neuf.utilisateur.email == "juste@loiret.example"
    actif = fabriques.faire_cadre(troupe.departement, "accord")
    adresse = actif.utilisateur.email
    drh.post(
        f"/registre/{actif.pk}/modifier/",
        {**DONNEES, "nom": "Autre", "courriel": "detourne@loiret.example"},
    )
    actif.refresh_from_db()
    assert actif.courriel == "detourne@loiret.example"
    assert actif.utilisateur.email == adresse


# --- Telling ----------------------------------------------------------------------------------


def test_informing_opens_the_account_and_sends_the_link(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement, prenom="Inès")
    drh.post(f"/registre/{cadre.pk}/informer/")
    cadre.refresh_from_db()
    assert etat(cadre) == Etat.INFORME
    assert cadre.utilisateur.email == cadre.courriel
    assert not cadre.utilisateur.has_usable_password()
    mandat = Mandat.objects.get(utilisateur=cadre.utilisateur)
    assert (mandat.role, mandat.collectivite) == (Role.CADRE, troupe.departement)
    courriel = Courriel.objects.get()
    assert courriel.destinataire == cadre.courriel
    assert "/invitation/" in courriel.corps
    assert "aucune conséquence" in courriel.corps
    assert "\u202f" not in courriel.corps


def test_informing_twice_the_same_day_is_one_mail(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement)
    for _ in range(2):
        drh.post(f"/registre/{cadre.pk}/informer/")
    assert Courriel.objects.count() == 1
    assert Mandat.objects.filter(utilisateur__email=cadre.courriel).count() == 1


def test_without_courriel_nobody_is_told(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement, courriel="")
    assert "ajoutez-le à sa fiche" in dit(drh.post(f"/registre/{cadre.pk}/informer/"))
    assert etat(cadre) == Etat.RECENSE


@pytest.mark.parametrize("deja", [Etat.ACCORD, Etat.DESACCORD, Etat.RETIRE, Etat.RETENU])
def test_an_answer_is_never_asked_again(troupe, drh, deja):
    cadre = fabriques.faire_cadre(troupe.departement, deja)
    assert "déjà répondu" in dit(drh.post(f"/registre/{cadre.pk}/informer/"))
    assert not Courriel.objects.exists()


def test_a_dgs_does_not_inform(troupe, dgs):
    cadre = fabriques.faire_cadre(troupe.departement)
    assert dgs.post(f"/registre/{cadre.pk}/informer/").status_code == 403


# --- Deciding ---------------------------------------------------------------------------------


def test_a_dgs_retains_and_the_person_reads_why(troupe, dgs):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    assert dgs.get(f"/registre/{cadre.pk}/retenir/").status_code == 200
    dgs.post(f"/registre/{cadre.pk}/retenir/", {"motif": "Votre expérience nous sera précieuse"})
    assert etat(cadre) == Etat.RETENU
    ligne = EntreeJournal.objects.get(acte="cadre.retenu")
    assert (ligne.auteur, ligne.cadre_ref) == (troupe.dgs_departement.utilisateur, cadre.pk)
    assert "précieuse" in Courriel.objects.get().corps


def test_not_retaining_takes_a_reason_and_may_be_reconsidered(troupe, dgs):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    url = f"/registre/{cadre.pk}/ne-pas-retenir/"
    assert dgs.get(url).status_code == 200
    assert dgs.post(url, {"motif": "  "}).status_code == 200
    assert etat(cadre) == Etat.ACCORD
    dgs.post(url, {"motif": "La promotion est complète"})
    assert etat(cadre) == Etat.NON_RETENU
    dgs.post(f"/registre/{cadre.pk}/retenir/", {})
    assert etat(cadre) == Etat.RETENU


@pytest.mark.parametrize("avant", [Etat.RECENSE, Etat.INFORME, Etat.DESACCORD, Etat.RETIRE])
def test_nobody_is_retained_before_their_yes(troupe, dgs, avant):
    cadre = fabriques.faire_cadre(troupe.departement, avant)
    for chemin in ("retenir", "ne-pas-retenir"):
        dgs.post(f"/registre/{cadre.pk}/{chemin}/", {"motif": "x"})
    assert etat(cadre) == avant


def test_whoever_is_in_a_parcours_is_not_sent_back_by_a_click(troupe, dgs):
    cadre = fabriques.faire_cadre(troupe.departement, "retenu", avancee="en_parcours")
    dgs.post(f"/registre/{cadre.pk}/ne-pas-retenir/", {"motif": "x"})
    assert etat(cadre) == Etat.RETENU


def test_a_drh_needs_a_delegation_to_retain(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    assert drh.post(f"/registre/{cadre.pk}/retenir/", {}).status_code == 403
    fabriques.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR)
    drh.post(f"/registre/{cadre.pk}/retenir/", {})
    assert etat(cadre) == Etat.RETENU
    assert EntreeJournal.objects.get(acte="cadre.retenu").delegation is not None


# --- Entrusting -------------------------------------------------------------------------------


def test_a_cadre_is_entrusted_after_their_yes_only(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    mandat = troupe.autre_accompagnateur.mandat
    drh.post(f"/registre/{cadre.pk}/confier/", {"accompagnateur": mandat.pk})
    cadre.refresh_from_db()
    assert cadre.accompagnateur == mandat
    drh.post(f"/registre/{cadre.pk}/confier/", {"accompagnateur": ""})
    cadre.refresh_from_db()
    assert cadre.accompagnateur is None
    muet = fabriques.faire_cadre(troupe.departement, "informe")
    drh.post(f"/registre/{muet.pk}/confier/", {"accompagnateur": mandat.pk})
    muet.refresh_from_db()
    assert muet.accompagnateur is None


def test_nobody_is_entrusted_to_a_stranger(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    for qui in (troupe.etranger_accompagnateur, troupe.drh_region):
        drh.post(f"/registre/{cadre.pk}/confier/", {"accompagnateur": qui.mandat.pk})
    cadre.refresh_from_db()
    assert cadre.accompagnateur is None
    assert Utilisateur.objects.filter(pk=troupe.etranger_accompagnateur.utilisateur.pk).exists()
