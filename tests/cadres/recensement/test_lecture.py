"""Formats, encodings, separators, sheets, formulas, date systems."""

import io
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.cellules import Formule
from cadres.recensement.fichiers.lecture import lire
from tests.cadres.recensement.aide import FICHIERS, JOUR, octets_csv, octets_ods, octets_xlsx

TABLE = [
    ["Nom", "Prénom", "Direction"],
    ["LE GOFF", "Éléonore", "DGA Aménagement, habitat, mobilités"],
    ["Nuñez", "Noël", "DGA Éducation, jeunesse"],
]


def noms(octets: bytes, nom: str = "x.csv") -> list[tuple[str, str]]:
    diag = diagnostiquer(lire(octets, nom), existants=[], aujourdhui=JOUR)
    return [(c.nom, c.prenom) for c in diag.nouveaux]


@pytest.mark.parametrize(
    "encodage",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman", "cp850"],
)
@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_chaque_encodage_et_chaque_separateur(encodage: str, separateur: str) -> None:
    lu = noms(octets_csv(TABLE, encodage, separateur))
    assert lu == [("Le Goff", "Éléonore"), ("Nuñez", "Noël")]


def test_l_indication_sep_d_excel_n_est_pas_une_ligne() -> None:
    classeur = lire(b"sep=,\r\n" + octets_csv(TABLE, sep=","), "x.csv")
    assert classeur.entete.ligne == 1
    assert len(classeur.donnees) == 2


def test_les_lignes_vides_comptent_dans_les_numeros() -> None:
    octets = octets_csv([["Titre"], [], TABLE[0], [], TABLE[1]])
    diag = diagnostiquer(lire(octets, "x.csv"), existants=[], aujourdhui=JOUR)
    assert diag.ligne_entete == 3
    assert [c.ligne for c in diag.nouveaux] == [5]
    assert diag.nb_vides == 1


def test_le_format_vient_du_contenu_et_non_du_nom() -> None:
    assert lire(octets_xlsx(TABLE), "cadres.csv").format == "xlsx"
    assert lire(octets_csv(TABLE), "cadres.txt").format == "csv"


def test_la_feuille_qui_ressemble_a_une_liste_est_choisie() -> None:
    classeur = Workbook()
    classeur.active.append(["Fruit", "Prix"])
    agents = classeur.create_sheet("Agents")
    for ligne in TABLE:
        agents.append(ligne)
    tampon = io.BytesIO()
    classeur.save(tampon)
    lu = lire(tampon.getvalue(), "x.xlsx")
    assert lu.feuille == "Agents"
    assert lu.messages == (
        "Feuille lue\u00a0: «\u00a0Agents\u00a0». Non lue\u00a0: «\u00a0Sheet\u00a0».",
    )


def test_une_feuille_visible_passe_avant_une_feuille_masquee() -> None:
    classeur = Workbook()
    classeur.active.title = "Ancienne"
    classeur.active.sheet_state = "hidden"
    visible = classeur.create_sheet("Actuelle")
    for ligne in TABLE:
        classeur["Ancienne"].append([*ligne, "x"])
        visible.append(ligne)
    classeur["Ancienne"]["D1"] = "Grade"
    classeur.active = 1
    tampon = io.BytesIO()
    classeur.save(tampon)
    assert lire(tampon.getvalue(), "x.xlsx").feuille == "Actuelle"


def test_un_ancien_xls_est_lu_avec_ses_dates_et_ses_formules() -> None:
    diag = diagnostiquer(lire(FICHIERS / "ancien.xls"), existants=[], aujourdhui=JOUR)
    premiere, seconde = diag.nouveaux
    assert (premiere.ligne, premiere.nom, premiere.matricule) == (4, "Le Goff", "00123")
    assert premiere.date_entree_poste == date(2016, 3, 18)
    assert (seconde.matricule, seconde.nb_agents) == ("456", 3)
    assert [(a.ligne, a.colonne) for a in diag.a_corriger] == [(6, "Nom")]


def test_une_formule_donne_son_dernier_resultat_dans_toute_colonne_et_le_dit() -> None:
    def cellule(texte: str, formule: str = "") -> str:
        return f'<table:table-cell {formule} office:value-type="string"><text:p>{texte}</text:p></table:table-cell>'

    lignes = [
        [cellule("Nom"), cellule("Prénom"), cellule("Direction")],
        [cellule("MARTIN"), cellule("Agathe"), cellule("DGA Culture", 'table:formula="of:=[.Z1]"')],
        [cellule("PETIT", 'table:formula="of:=[.Z2]"'), cellule("Luc"), cellule("DGA Culture")],
    ]
    xml = "".join(f"<table:table-row>{''.join(ligne)}</table:table-row>" for ligne in lignes)
    classeur = lire(octets_ods(xml), "x.ods")
    assert classeur.donnees[0][1][2] == Formule("=[.Z1]", "DGA Culture")
    diag = diagnostiquer(classeur, existants=[], aujourdhui=JOUR)
    assert [(c.nom, c.direction) for c in diag.nouveaux] == [
        ("Martin", "DGA Culture"),
        ("Petit", "DGA Culture"),
    ]
    assert diag.a_corriger == ()
    assert [a.lignes for a in diag.avertissements if a.code == "formule"] == [(2, 3)]


def test_une_formule_sans_resultat_laisse_le_champ_vide_et_le_dit() -> None:
    octets = octets_xlsx([["Nom", "Prénom", "Direction"], ["MARTIN", "Agathe", "=Z1"]])
    diag = diagnostiquer(lire(octets, "x.xlsx"), existants=[], aujourdhui=JOUR)
    assert [c.direction for c in diag.nouveaux] == [""]
    assert [(a.colonne, a.valeur) for a in diag.laissees] == [("Direction", "=Z1")]


@pytest.mark.parametrize("valeur", ["=1+1", "+33", "-MARTIN", "@SUM(A1)", "'=1+1"])
def test_un_nom_de_csv_qui_commence_comme_une_formule_est_refuse(valeur: str) -> None:
    octets = octets_csv([["Nom", "Prénom"], [valeur, "Agathe"]])
    diag = diagnostiquer(lire(octets, "x.csv"), existants=[], aujourdhui=JOUR)
    assert [a.motif for a in diag.a_corriger] == ["Une formule n’est pas acceptée ici"]


def test_les_dates_du_systeme_1904() -> None:
    classeur = Workbook()
    classeur.epoch = CALENDAR_MAC_1904
    feuille = classeur.active
    feuille.append(["Nom", "Prénom", "Date d'affectation"])
    feuille.append(["MARTIN", "Agathe", date(2016, 3, 18)])
    feuille.append(["PETIT", "Luc", (date(2016, 3, 18) - date(1904, 1, 1)).days])
    tampon = io.BytesIO()
    classeur.save(tampon)
    diag = diagnostiquer(lire(tampon.getvalue(), "x.xlsx"), existants=[], aujourdhui=JOUR)
    assert [c.date_entree_poste for c in diag.nouveaux] == [date(2016, 3, 18)] * 2
