"""The cadre's own pages: answer, withdrawal, data."""

import json

import pytest

from cadres import prises
from cadres.fiche.actions import changer_de_poste, echanger_les_postes, marquer_avancee
from cadres.models import Cadre, Candidature, Consultation
from collectivites.models import Courriel, EntreeJournal, Mandat
from tests import fabriques

Etat = Candidature.Etat


@pytest.fixture
def muet(troupe, client_de):
    return client_de(troupe.cadre_muet)


def etat(cadre):
    return Candidature.objects.get(cadre=cadre).etat


def test_the_person_sees_what_is_held_and_two_equal_answers(troupe, muet):
    texte = muet.get("/ma-candidature/").content.decode()
    assert "Responsable de service (cadre_muet)" in texte
    assert texte.count('class="btn btn-choix"') == 2


@pytest.mark.parametrize(("reponse", "apres"), [("oui", Etat.ACCORD), ("non", Etat.DESACCORD)])
def test_the_answer_is_written_and_journaled(troupe, muet, reponse, apres):
    muet.post("/ma-candidature/", {"reponse": reponse})
    assert etat(troupe.fiche_du_cadre_muet) == apres
    assert EntreeJournal.objects.get().cadre_ref == troupe.fiche_du_cadre_muet.pk
    assert muet.get("/ma-candidature/").status_code == 200


def test_an_answer_that_is_neither_changes_nothing(troupe, muet):
    muet.post("/ma-candidature/", {"reponse": "peut-être"})
    assert etat(troupe.fiche_du_cadre_muet) == Etat.INFORME


def test_a_no_may_become_a_yes_and_a_yes_is_taken_back_by_withdrawing(troupe, muet):
    muet.post("/ma-candidature/", {"reponse": "non"})
    muet.post("/ma-candidature/", {"reponse": "oui"})
    assert etat(troupe.fiche_du_cadre_muet) == Etat.ACCORD
    muet.post("/ma-candidature/", {"reponse": "non"})
    assert etat(troupe.fiche_du_cadre_muet) == Etat.ACCORD
    assert muet.get("/ma-candidature/retirer/").status_code == 200
    muet.post("/ma-candidature/retirer/")
    assert etat(troupe.fiche_du_cadre_muet) == Etat.RETIRE


def test_a_yes_shows_the_name_elsewhere_and_a_withdrawal_hides_it(troupe, muet):
    def vu_de_la_region():
        visibles = Cadre.objects.visibles_par(troupe.drh_region)
        return visibles.filter(pk=troupe.fiche_du_cadre_muet.pk).exists()

    assert not vu_de_la_region()
    muet.post("/ma-candidature/", {"reponse": "oui"})
    assert vu_de_la_region()
    muet.post("/ma-candidature/retirer/")
    assert not vu_de_la_region()


def test_the_withdrawal_tells_the_later_acts_and_the_person(troupe, client_de, monkeypatch):
    recus = []
    branches = {**prises.RETRAIT._branches, "coaching": lambda **quoi: recus.append(quoi["cadre"])}
    monkeypatch.setattr(prises.RETRAIT, "_branches", branches)
    client_de(troupe.cadre).post("/ma-candidature/retirer/")
    assert recus == [troupe.fiche_du_cadre]
    assert Courriel.objects.filter(cle__contains="#cadres_retrait").count() == 1
    troupe.fiche_du_cadre.refresh_from_db()
    assert troupe.fiche_du_cadre.accompagnateur is None


@pytest.mark.parametrize("deja", ["oui", "retenu"])
def test_every_state_has_its_page(troupe, client_de, deja):
    for etat_ in Etat:
        cadre = fabriques.faire_cadre(troupe.region, etat_, avec_compte=True)
        client = client_de(fabriques.acteur_du_cadre(cadre))
        assert client.get("/ma-candidature/").status_code == 200, etat_
        assert client.get("/mes-donnees/").status_code == 200, etat_


def test_my_data_say_who_looked(troupe, client_de):
    client_de(troupe.drh_departement).get(f"/registre/{troupe.fiche_du_cadre.pk}/")
    client = client_de(troupe.cadre)
    texte = client.get("/mes-donnees/").content.decode()
    assert "Dora Fabre" in texte
    donnees = json.loads(client.get("/mes-donnees/telecharger/").content)
    assert donnees["consultations"][0]["qui"] == "Dora Fabre"
    assert donnees["donnees"]["identite"][2] == {"libelle": "Nom", "valeur": "Pasquier"}
    assert Consultation.objects.count() == 1  # reading one's own data leaves no trace


def test_my_data_are_mine(troupe, client_de):
    for qui in (troupe.drh_departement, troupe.dgs_departement, troupe.accompagnateur):
        client = client_de(qui)
        for url in ("/ma-candidature/", "/mes-donnees/", "/mes-donnees/telecharger/"):
            assert client.get(url).status_code == 403
    texte = client_de(troupe.autre_cadre).get("/mes-donnees/").content.decode()
    assert "Pasquier" not in texte


# --- A move that becomes effective --------------------------------------------------------------


def test_the_file_and_the_account_follow_the_move(troupe, client_de):
    cadre = troupe.fiche_du_cadre
    poste = fabriques.faire_poste(troupe.region, nb_agents_encadres=40)
    changer_de_poste(
        acteur=troupe.drh_region, cadre=cadre, poste=poste, date_effet=fabriques.dans(0)
    )
    cadre.refresh_from_db()
    assert (cadre.poste, cadre.collectivite, cadre.nb_agents) == (poste, troupe.region, 40)
    assert cadre.matricule == ""
    assert cadre.candidature.avancee == "effective"
    vivants = Mandat.objects.en_vigueur().filter(utilisateur=cadre.utilisateur)
    assert [m.collectivite for m in vivants] == [troupe.region]
    assert client_de(fabriques.acteur_du_cadre(cadre)).get("/mes-donnees/").status_code == 200


def test_an_exchange_gives_each_the_poste_of_the_other(troupe):
    ici, la = troupe.fiche_du_cadre, troupe.fiche_de_l_autre_cadre
    poste_ici, poste_la = ici.poste, la.poste
    jour = fabriques.dans(0)
    echanger_les_postes(
        acteur=troupe.drh_region, arrivees=[(ici, poste_la, jour), (la, poste_ici, jour)]
    )
    ici.refresh_from_db()
    la.refresh_from_db()
    assert (ici.poste, la.poste) == (poste_la, poste_ici)


def test_a_mandat_of_less_than_a_day_moves(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "retenu", avec_compte=False)
    cadre.utilisateur = fabriques.faire_utilisateur()
    cadre.save()
    fabriques.faire_mandat("cadre", troupe.departement, cadre.utilisateur, debut=fabriques.dans(0))
    changer_de_poste(
        acteur=troupe.drh_region,
        cadre=cadre,
        poste=fabriques.faire_poste(troupe.region),
        date_effet=fabriques.dans(0),
    )
    assert [m.collectivite for m in Mandat.objects.filter(utilisateur=cadre.utilisateur)] == [
        troupe.region
    ]


def test_an_advance_is_marked_without_a_line(troupe):
    marquer_avancee(cadre=troupe.fiche_du_cadre, avancee=Candidature.Avancee.ACHEVE)
    assert Candidature.objects.get(cadre=troupe.fiche_du_cadre).avancee == "acheve"
    assert not EntreeJournal.objects.exists()
