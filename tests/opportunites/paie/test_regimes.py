"""The régime indemnitaire of each employer: typed, imported with its diagnosis, compared."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadres.recensement.fichiers.tableur import ecrire_tableur
from collectivites.models import EntreeJournal
from opportunites.models import GroupeIndemnitaire, Regime
from opportunites.paie.tableur import diagnostiquer, entetes
from tests.fabriques.paie import faire_regime

ENTETE = "Groupe;Fonctions;IFSE min;IFSE indicatif;IFSE max;CIA max\n"


def tableur(texte, nom="regime.csv"):
    return SimpleUploadedFile(nom, texte.encode())


def deposer(client, texte, jour="2025-06-26"):
    return client.post(
        reverse("opportunites:importer_regime"),
        {"deliberee_le": jour, "reference": "n° 12", "fichier": tableur(texte)},
    )


def test_a_spreadsheet_is_recorded_whole(troupe, client_de):
    texte = ENTETE + "A1;Direction générale;15 000;22 800,50;32000 €;3000\nA2;;;;20400;\n"

    assert deposer(client_de(troupe.drh_ville), texte).status_code == 302

    a1, a2 = GroupeIndemnitaire.objects.order_by("code")
    assert (a1.ifse_min, a1.ifse_indicatif, a1.ifse_max) == (15000, Decimal("22800.50"), 32000)
    assert (a2.ifse_min, a2.cia_max) == (None, None)
    assert a1.regime.collectivite == troupe.ville
    assert EntreeJournal.objects.filter(acte="regime.enregistre").count() == 1


def test_each_fault_is_told_with_its_line_and_nothing_is_written(troupe, client_de):
    texte = ENTETE + "A1;;15000;12000;32000;\nA2;;beaucoup;;1;\n;;1;;2;\nA1;;;;5;\nA3;;-4;;9;\n"

    page = deposer(client_de(troupe.drh_ville), texte).content.decode().replace("\u00a0", " ")

    for dit in (
        "Ligne 2 : pour l’IFSE, le minimum, l’indicatif et le maximum se suivent en croissant",
        "Ligne 3 : IFSE minimum annuel, « beaucoup » n’est pas un montant",
        "Ligne 4 : le groupe n’est pas nommé",
        "Ligne 5 : le groupe « A1 » est déjà plus haut",
        "Ligne 6 : IFSE minimum annuel",
    ):
        assert dit in page
    assert not Regime.objects.exists()


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (b"%PDF-1.7", "document PDF"),
        (b"\x89PNG\r\n\x1a\n", "une image"),
        (b"", "vide"),
        (b"Nom;Prenom\nA;B\n", "colonnes n’ont pas été reconnues"),
        (ENTETE.encode(), "aucune ligne"),
    ],
)
def test_what_is_no_such_table_is_said_so(contenu, dit):
    diagnostic = diagnostiquer(contenu, "regime.csv")
    assert not diagnostic.groupes
    assert dit in diagnostic.erreurs[0].replace("\u00a0", " ")


def test_what_is_exported_is_imported_again(troupe, client_de):
    faire_regime(troupe.drh_ville, {"A2": (9_600, 13_800, 20_400)})
    reponse = client_de(troupe.dgs_ville).get(reverse("opportunites:exporter_regime"))
    (groupe,) = diagnostiquer(reponse.content, "regime.xlsx").groupes
    assert (groupe.code, groupe.ifse_max, groupe.cia_max) == ("A2", 20_400, 2_000)


def test_a_model_without_any_row_has_the_columns():
    octets = b"".join(ecrire_tableur(entetes(), [], "xlsx"))
    assert "aucune ligne" in diagnostiquer(octets, "modele.xlsx").erreurs[0]


def test_the_same_date_replaces_and_another_one_follows(troupe, client_de):
    client = client_de(troupe.drh_ville)
    deposer(client, ENTETE + "A1;;1;2;3;\n")
    deposer(client, ENTETE + "A1;;1;2;4;\n")
    assert [g.ifse_max for g in GroupeIndemnitaire.objects.all()] == [4]

    deposer(client, ENTETE + "A1;;1;2;5;\n", jour="2026-06-26")
    assert Regime.objects.count() == 2
    assert Regime.objects.en_vigueur().get().deliberee_le == date(2026, 6, 26)


def formulaire(**champs):
    return {
        "deliberee_le": "2025-06-26",
        "reference": "n° 12",
        "groupes-TOTAL_FORMS": "2",
        "groupes-INITIAL_FORMS": "0",
        "groupes-0-code": "A1",
        "groupes-0-ifse_max": "30000",
        "av_titres_restaurant": "990",
        **champs,
    }


def test_it_is_typed_by_hand_too(troupe, client_de):
    client_de(troupe.drh_ville).post(reverse("opportunites:saisir_regime"), formulaire())

    regime = Regime.objects.get()
    assert regime.avantages == {"titres_restaurant": "990"}
    assert regime.groupes.get().ifse_max == 30_000


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"deliberee_le": "2099-01-01"}, "date passée"),
        ({"groupes-0-ifse_min": "40000"}, "se suivent en croissant"),
        ({"groupes-1-code": "A1"}, "déjà plus haut"),
        ({"groupes-1-ifse_max": "5"}, "Nommez ce groupe"),
        ({"groupes-0-code": "", "groupes-0-ifse_max": ""}, "au moins un groupe"),
        ({"av_titres_restaurant": "-1"}, "supérieure ou égale à 0"),
    ],
)
def test_what_is_typed_wrong_is_said_and_nothing_is_lost(troupe, client_de, champs, dit):
    page = client_de(troupe.drh_ville).post(
        reverse("opportunites:saisir_regime"), formulaire(**champs)
    )
    assert dit in page.content.decode().replace("\u00a0", " ")
    assert "n° 12" in page.content.decode().replace("\u00a0", " ")
    assert not Regime.objects.exists()


# --- Side by side ---------------------------------------------------------------------------------


def test_the_four_are_compared_group_by_group_in_a_picture(troupe, client_de):
    faire_regime(troupe.drh_ville, {"A2": (9_600, 13_800, 20_400), "A3": (1, 2, 3)})
    faire_regime(troupe.drh_region, {"A2": (12_000, 16_800, 26_400)})

    page = client_de(troupe.dgs_departement).get(reverse("pilotage:comparer_regimes"))
    texte = page.content.decode().replace("\u00a0", " ")

    assert "Groupe A2 : le maximum d’IFSE varie de 6 000 € par an" in texte
    assert "pas de groupe de ce nom" in texte
    assert troupe.departement.nom in texte
    assert 'role="img"' in texte


def test_with_nothing_recorded_it_says_what_to_do(troupe, client_de):
    page = client_de(troupe.dgs_departement).get(reverse("pilotage:comparer_regimes"))
    assert "Aucune délibération" in page.content.decode()


def test_another_demarche_reads_none_of_it(troupe, client_de):
    faire_regime(troupe.drh_ville, {"A2": (9_600, 13_800, 20_400)})
    page = client_de(troupe.etranger_dgs).get(reverse("pilotage:comparer_regimes"))
    assert "Aucune délibération" in page.content.decode()


@pytest.mark.parametrize("nom", ["opportunites:regime", "pilotage:comparer_regimes"])
def test_a_page_costs_ten_queries_at_most(troupe, client_de, nom, django_assert_max_num_queries):
    for drh in (troupe.drh_ville, troupe.drh_region, troupe.drh_departement):
        faire_regime(drh, {f"A{n}": (n, n + 1, n + 2) for n in range(1, 6)})
    client = client_de(troupe.drh_ville)
    client.get(reverse(nom))
    with django_assert_max_num_queries(10):
        client.get(reverse(nom))


def test_the_figures_to_read_again_are_on_one_page(troupe, client_de):
    page = client_de(troupe.drh_ville).get(reverse("opportunites:chiffres_de_paie"))
    texte = page.content.decode()
    assert "jamais vérifié" in texte
    assert "q-a-verifier" in texte
    assert "rifseep_plafonds.csv" in texte
