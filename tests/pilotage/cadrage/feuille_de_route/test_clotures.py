"""A step of several is done when each has said so; what was said may be taken back, with a reason."""

from __future__ import annotations

import pytest

from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from pilotage.cadrage.feuille_de_route import actions
from pilotage.models import ClotureEtape
from tests import fabriques as f

URL = "/feuille-de-route/"


@pytest.fixture(autouse=True)
def _depot(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def clore(acteur, etape, jours=0, preuve="Compte rendu"):
    return actions.franchir_etape(
        acteur=acteur, etape=etape, preuve=preuve, piece=f.faire_piece(), faite_le=f.dans(jours)
    )


def relue(etape):
    etape.refresh_from_db()
    return etape


def les_quatre(troupe):
    return troupe.dgs_ville, troupe.dgs_agglomeration, troupe.dgs_departement, troupe.dgs_region


def test_a_step_of_the_four_is_closed_by_each_of_the_four(troupe):
    etape = f.faire_etape(troupe.demarche)
    for rang, dgs in enumerate(les_quatre(troupe)):
        assert relue(etape).faite_le is None
        clore(dgs, etape, jours=-rang)
    assert relue(etape).faite_le == f.dans(0)
    assert EntreeJournal.objects.filter(acte="route.etape_faite").count() == 4


def test_a_step_of_two_awaits_those_two(troupe):
    etape = f.faire_etape(troupe.demarche)
    etape.concernees.set([troupe.departement, troupe.region])
    clore(troupe.dgs_region, etape)
    assert relue(etape).faite_le is None
    clore(troupe.dgs_departement, etape, jours=-3)
    assert relue(etape).faite_le == f.dans(0)


def test_nobody_closes_for_the_others_nor_twice(troupe):
    etape = f.faire_etape(troupe.demarche)
    clore(troupe.dgs_region, etape)
    with pytest.raises(ActionImpossible, match="déjà marqué"):
        clore(troupe.dgs_region, etape)
    assert ClotureEtape.objects.count() == 1


def test_it_is_written_with_its_proof_its_document_and_the_journal(troupe, client_de):
    etape = f.faire_etape(troupe.demarche, troupe.region)
    reponse = client_de(troupe.dgs_region).post(
        f"{URL}{etape.pk}/faite/",
        {
            "faite_le": f.dans(0).isoformat(),
            "preuve": "Délibération 12",
            "piece": f.faire_piece("delib.pdf"),
        },
    )
    assert reponse.url == URL
    cloture = ClotureEtape.objects.get()
    assert (cloture.preuve, cloture.nom_piece) == ("Délibération 12", "delib.pdf")
    ligne = EntreeJournal.objects.get(acte="route.etape_faite")
    assert (ligne.motif, ligne.auteur) == ("Délibération 12", troupe.dgs_region.utilisateur)


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ({"faite_le": ""}, "obligatoire"),
        ({"faite_le": "2999-01-01"}, "dans l’avenir"),
        ({"faite_le": "2020-01-01"}, "La démarche commence le"),
        ({"preuve": " "}, "obligatoire"),
        ({"piece": None}, "Choisissez un fichier"),
        ({"piece": "exe"}, "ni un PDF"),
    ],
)
def test_a_form_that_is_wrong_says_what_to_write(troupe, client_de, saisie, dit):
    etape = f.faire_etape(troupe.demarche, troupe.region)
    donnees = {
        "faite_le": f.dans(0).isoformat(),
        "preuve": "Oui",
        "piece": f.faire_piece(),
    } | saisie
    if donnees["piece"] == "exe":
        donnees["piece"] = f.faire_piece("preuve.pdf")
        donnees["piece"].file.seek(0)
        donnees["piece"].file.write(b"MZ\x90\x00")
        donnees["piece"].file.seek(0)
    donnees = {cle: valeur for cle, valeur in donnees.items() if valeur is not None}
    reponse = client_de(troupe.dgs_region).post(f"{URL}{etape.pk}/faite/", donnees)
    page = reponse.content.decode().replace("\u00a0", " ")
    assert reponse.status_code == 200
    assert "invalid-feedback" in page
    assert relue(etape).faite_le is None
    assert not ClotureEtape.objects.exists()


@pytest.mark.parametrize(("ecart", "passe"), [(0, True), (-1, False)])
def test_the_first_day_of_the_demarche_is_a_day_of_it(troupe, ecart, passe):
    debut = (troupe.demarche.date_debut - f.dans(0)).days
    etape = f.faire_etape(troupe.demarche, troupe.region)
    if passe:
        clore(troupe.dgs_region, etape, jours=debut + ecart)
        assert relue(etape).faite_le == troupe.demarche.date_debut
    else:
        with pytest.raises(ActionImpossible, match="vérifiez l’année"):
            clore(troupe.dgs_region, etape, jours=debut + ecart)


def test_a_step_waits_for_those_that_it_comes_after(troupe):
    avant = f.faire_etape(troupe.demarche, troupe.region, intitule="Note")
    apres = f.faire_etape(troupe.demarche, troupe.region, intitule="Lancement")
    apres.apres.add(avant)
    with pytest.raises(ActionImpossible, match="Note"):
        clore(troupe.dgs_region, apres)
    clore(troupe.dgs_region, avant)
    clore(troupe.dgs_region, apres)
    with pytest.raises(ActionImpossible, match="Lancement"):
        actions.rouvrir_etape(acteur=troupe.dgs_region, etape=avant, motif="Erreur")


def test_it_is_taken_back_with_a_reason_and_what_was_said_stays(troupe, client_de):
    etape = f.faire_etape(troupe.demarche)
    for dgs in les_quatre(troupe):
        clore(dgs, etape)
    chemin = f"{URL}{etape.pk}/rouverte/"
    assert "invalid-feedback" in client_de(troupe.dgs_region).post(chemin).content.decode()
    assert relue(etape).faite_le is not None
    client_de(troupe.dgs_region).post(chemin, {"motif": "Le document n’est pas le bon"})
    assert relue(etape).faite_le is None
    annulee = ClotureEtape.objects.get(annulee_le__isnull=False)
    assert (annulee.collectivite, annulee.annulee_par) == (troupe.region, troupe.dgs_region.mandat)
    ligne = EntreeJournal.objects.get(acte="route.etape_rouverte")
    assert ligne.motif == "Le document n’est pas le bon"
    clore(troupe.dgs_region, etape)
    assert relue(etape).faite_le == f.dans(0)


@pytest.mark.parametrize("nom", ["drh_region", "gestionnaire_region", "cadre"])
def test_only_a_dgs_takes_back(troupe, client_de, nom):
    etape = f.faire_etape(troupe.demarche, troupe.region)
    clore(troupe.dgs_region, etape)
    reponse = client_de(getattr(troupe, nom)).post(f"{URL}{etape.pk}/rouverte/", {"motif": "x"})
    assert reponse.status_code == 403
    assert relue(etape).faite_le is not None
