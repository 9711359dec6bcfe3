"""What one keeps of the table: columns, views, a spreadsheet."""

import gc

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.donnees_personnelles import consultations
from cadres.models import Cadre, ColonnesRegistre, Consultation, VueRegistre
from cadres.registre import actions, tris
from cadres.registre.views import liste
from cadres.registre.views.export import ligne_export
from tests import fabriques
from tests.cadres.registre.aide import URL, dit


def test_columns_are_chosen_and_remembered(troupe, drh):
    drh.post("/registre/colonnes/", {"colonnes": ["courriel", "statut", "inconnue"]})
    texte = drh.get(URL).content.decode()
    assert "cadre@essais.example" in texte
    assert "autre.cadre@essais.example" not in texte  # another employer's
    assert "Situation</th>" not in texte


def test_chosen_columns_outlive_the_session_and_belong_to_one_mandat(troupe, client_de):
    def colonnes(client):
        return [colonne.cle for colonne in client.get(URL).context["colonnes"]]

    client = client_de(troupe.drh_departement)
    client.post("/registre/colonnes/", {"colonnes": ["statut", "courriel", "inconnue"]})
    client.logout()
    client = client_de(troupe.drh_departement)
    assert colonnes(client) == ["statut", "courriel"]
    assert len(colonnes(client_de(troupe.gestionnaire_departement))) == 6

    client.post("/registre/colonnes/", {"colonnes": ["poste"]})
    assert colonnes(client) == ["poste"]
    assert ColonnesRegistre.objects.get().cles == ["poste"]
    assert colonnes(client_de(troupe.drh_departement)) == ["poste"]  # in every browser, at once

    with pytest.raises(PermissionDenied):
        actions.choisir_colonnes(acteur=troupe.cadre, cles=["poste"])


@pytest.mark.parametrize("format_", ["csv", "xlsx", "ods"])
def test_the_export_is_what_is_seen_and_each_person_knows_it(troupe, drh, format_):
    cadre = fabriques.faire_cadre(troupe.departement, nom="=Dupont", prenom="Eva")
    fabriques.faire_cadre(troupe.departement, nom="Autre")
    reponse = drh.get("/registre/exporter/", {"q": "dupont", "format": format_})
    contenu = b"".join(reponse.streaming_content)
    assert reponse["Content-Disposition"].endswith(f'.{format_}"')
    if format_ == "csv":
        texte = contenu.decode("utf-8-sig")
        assert texte.count("\r\n") + texte.count("\n") >= 2
        assert "Eva" in texte
        assert "Autre" not in texte
        assert "\n=" not in texte
    assert list(Consultation.objects.values_list("cadre", "nature")) == [
        (cadre.pk, Consultation.Nature.EXPORT)
    ]


def test_exported_again_the_same_day_says_no_more_the_next_day_it_does(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement, nom="Dupont")
    for _ in range(2):
        b"".join(drh.get("/registre/exporter/", {"q": "dupont", "format": "csv"}).streaming_content)
    assert Consultation.objects.filter(cadre=cadre).count() == 1
    Consultation.objects.update(quand=fabriques.il_y_a(1))
    b"".join(drh.get("/registre/exporter/", {"q": "dupont", "format": "csv"}).streaming_content)
    assert Consultation.objects.filter(cadre=cadre).count() == 2


@pytest.mark.parametrize("format_", ["csv", "xlsx", "ods"])
def test_what_is_in_memory_does_not_grow_with_the_list(troupe, drh, format_, monkeypatch):
    """Read, written and noted by lots; whole before its first byte, and not a row left behind."""
    for _ in range(24):
        fabriques.faire_cadre(troupe.departement, nom="Lot")
    monkeypatch.setattr(liste, "PAR_LOT", 4)
    monkeypatch.setattr(tris, "PAR_LOT", 4)
    monkeypatch.setattr(consultations, "PAR_LOT", 4)
    vivants = []

    def compter(*arguments):
        gc.collect()
        vivants.append(sum(isinstance(o, Cadre) and o.nom == "Lot" for o in gc.get_objects()))
        return ligne_export(*arguments)

    monkeypatch.setattr(liste, "ligne_export", compter)
    reponse = drh.get("/registre/exporter/", {"q": "lot", "format": format_})
    assert len(vivants) == 24
    assert max(vivants) <= 9, "the lot, and what the cursor holds"
    assert Consultation.objects.filter(nature=Consultation.Nature.EXPORT).count() == 24
    with CaptureQueriesContext(connection) as requetes:
        assert b"".join(reponse.streaming_content)
    assert not requetes.captured_queries


def test_a_view_keeps_filters_columns_and_order_for_its_owner(troupe, drh, client_de):
    drh.post("/registre/colonnes/", {"colonnes": ["courriel"]})
    gardes = drh.get(URL, {"categorie": "A", "tri": "-nom", "page": 2, "q": ""}).context[
        "parametres_de_vue"
    ]
    drh.post("/registre/vues/", {"nom": "Mes A", "parametres": gardes + "&intrus=1"})
    vue = VueRegistre.objects.get()
    assert vue.parametres == "categorie=A&tri=-nom&colonnes=courriel"
    drh.post("/registre/colonnes/", {"colonnes": ["poste"]})
    page = drh.get(f"{URL}?{vue.parametres}")
    assert [c.cle for c in page.context["colonnes"]] == ["courriel"]
    assert page.context["tri_courant"] == "-nom"
    assert "Mes A" in page.content.decode()
    lue = "Vue\u00a0: <b>Mes A</b>"
    assert lue in page.content.decode()
    # Whatever the order of the parameters, and whatever the page; but not with other filters.
    autrement = "tri=-nom&page=2&colonnes=courriel&categorie=A"
    assert lue in drh.get(f"{URL}?{autrement}").content.decode()
    assert lue not in drh.get(f"{URL}?{vue.parametres}&q=x").content.decode()
    collegue = client_de(troupe.dgs_departement)
    assert "Mes A" not in collegue.get(URL).content.decode()
    assert collegue.post(f"/registre/vues/{vue.pk}/supprimer/").status_code == 404
    drh.post("/registre/vues/", {"nom": "Mes A", "parametres": "categorie=B"})
    assert VueRegistre.objects.get().parametres == "categorie=B"
    drh.post(f"/registre/vues/{vue.pk}/supprimer/")
    assert not VueRegistre.objects.exists()


def test_views_have_a_name_and_a_limit(troupe, drh):
    assert "Donnez un nom" in dit(drh.post("/registre/vues/", {"nom": " "}))
    for n in range(20):
        drh.post("/registre/vues/", {"nom": f"Vue {n}"})
    assert "déjà 20 vues" in dit(drh.post("/registre/vues/", {"nom": "Une de trop"}))
    assert VueRegistre.objects.count() == 20


def test_choosing_columns_keeps_the_filters_and_gives_way(drh):
    origine = f"http://testserver{URL}?categorie=A&colonnes=poste"
    reponse = drh.post(
        "/registre/colonnes/", {"colonnes": ["statut"]}, headers={"referer": origine}
    )
    assert reponse.url == f"{URL}?categorie=A"


def test_only_the_chosen_rows_are_exported_as_they_are_seen(troupe, drh):
    un = fabriques.faire_cadre(troupe.departement, nom="Achoisir", courriel="a@essais.example")
    deux = fabriques.faire_cadre(troupe.region, "accord", nom="Bchoisir")
    fabriques.faire_cadre(troupe.departement, nom="Autre")
    cache = fabriques.faire_cadre(troupe.region, "informe", nom="Cachette")
    reponse = drh.post(
        "/registre/exporter/choisis/",
        {
            "choix": [un.pk, deux.pk, cache.pk],
            "format": "csv",
            "parametres": "tri=-nom&colonnes=courriel",
        },
    )
    lignes = b"".join(reponse.streaming_content).decode("utf-8-sig").splitlines()
    assert [ligne.split(";")[0].strip('"') for ligne in lignes] == ["Nom", "Bchoisir", "Achoisir"]
    assert "a@essais.example" in lignes[2]
    assert set(Consultation.objects.values_list("cadre", flat=True)) == {un.pk, deux.pk}
    assert "Cochez" in dit(drh.post("/registre/exporter/choisis/", {"choix": [cache.pk]}))
