"""What the registre expects of each reader."""

import pytest

from cadres.models import Candidature, ImportCadres
from cadres.registre import bornes
from cadres.registre.a_faire import a_faire
from collectivites.mots import Acte
from tests import fabriques


def titres(acteur):
    return [attente.titre.replace("\u00a0", " ") for attente in a_faire(acteur)]


def test_a_drh_informs_completes_reminds_and_confirms(troupe, django_assert_max_num_queries):
    fabriques.faire_cadre(troupe.region)
    fabriques.faire_cadre(troupe.region)
    fabriques.faire_cadre(troupe.region, courriel="")
    fabriques.faire_cadre(troupe.region, "informe")
    ImportCadres.objects.create(
        collectivite=troupe.region,
        mandat=troupe.drh_region.mandat,
        nom_fichier="cadres.xlsx",
        etat=ImportCadres.Etat.DIAGNOSTIQUE,
    )
    with django_assert_max_num_queries(3):
        trouves = titres(troupe.drh_region)
    assert trouves == [
        "Confirmer ou abandonner un import",
        "Informer 2 cadres de leur recensement",
        "Compléter le courriel de 1 cadre",
        "Appeler un cadre sans réponse",
    ]
    assert titres(troupe.gestionnaire_region) == trouves


def test_a_dgs_decides_and_a_delegated_drh_too(troupe):
    fabriques.faire_cadre(troupe.region, "accord")
    assert titres(troupe.dgs_region) == ["Décider de retenir 1 cadre"]
    assert titres(troupe.drh_region) == []
    delegue = fabriques.faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.RETENIR)
    assert titres(delegue) == ["Décider de retenir 1 cadre"]


def test_a_cadre_answers_by_a_date_and_is_never_late(troupe):
    (attente,) = a_faire(troupe.cadre_muet)
    assert attente.titre == "Dire oui ou non à la démarche"
    assert attente.echeance is None  # told 80 days ago

    Candidature.objects.filter(cadre=troupe.cadre_muet.cadre_id).update(
        informe_le=fabriques.midi(-1)
    )
    (attente,) = a_faire(troupe.cadre_muet)
    assert attente.jours == 20
    assert titres(troupe.cadre) == []


def test_counting_stops_where_an_exact_number_says_nothing_more(troupe, monkeypatch):
    monkeypatch.setattr(bornes, "COMPTE_MAX", 2)
    for courriel in ("a@x.example", "b@x.example", "c@x.example", ""):
        fabriques.faire_cadre(troupe.region, courriel=courriel)
    assert titres(troupe.drh_region) == [
        "Informer plus de 2 cadres de leur recensement",
        "Compléter le courriel de 1 cadre",
    ]


@pytest.mark.parametrize("qui", ["accompagnateur", "etranger_drh", "dgs_ville"])
def test_others_wait_for_nothing(troupe, qui):
    fabriques.faire_cadre(troupe.region, "accord")
    assert titres(getattr(troupe, qui)) == []
