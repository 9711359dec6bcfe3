"""calamine reads a plain .xlsx in the place of openpyxl: the same cells, or openpyxl reads it."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers import xlsx, xlsx_dense
from cadres.recensement.fichiers.archive import ouvrir
from cadres.recensement.fichiers.cellules import APERCU, Feuille
from cadres.recensement.fichiers.tableur import ecrire_tableur
from tests.cadres.recensement.aide import (
    EXEMPLES,
    PRINCIPAL,
    avec_parties,
    octets_xlsx,
    octets_xlsx_brut,
)
from tests.cadres.recensement.listes_logiciels import LISTES
from tests.cadres.recensement.test_classeurs_d_ailleurs import enregistrer

Lecture = tuple[list[Feuille], list[Feuille], bool] | str


def lue(octets: bytes) -> tuple[Lecture, bool]:
    """Every sheet, beginning and whole, or what is said of the file; whether calamine read it."""
    try:
        source = xlsx.SourceXlsx(octets, ouvrir(octets))
        apercus = source.apercus()
        entieres = [source.complete(f.nom) for f in apercus]
    except FichierIllisible as e:
        return str(e), False
    return (apercus, entieres, source.date_1904), source._dense is not None


@pytest.fixture
def des_deux_facons(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], bool]:
    """Reads a workbook by both, compares cells and their types; says whether calamine served."""

    def lire(octets: bytes) -> bool:
        notre, dense = lue(octets)
        with monkeypatch.context() as sans:
            sans.setattr(xlsx, "convient", lambda *_: False)
            reference, par_calamine = lue(octets)
        assert not par_calamine
        assert repr(notre) == repr(reference)  # 1, 1.0 and True are equal, their types are not
        return dense

    return lire


Deux = Callable[[bytes], bool]
TEXTES = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


@pytest.mark.parametrize("chemin", sorted(EXEMPLES.glob("*.xlsx")), ids=lambda c: c.name)
def test_les_exemples(des_deux_facons: Deux, chemin: Any) -> None:
    des_deux_facons(chemin.read_bytes())


@pytest.mark.parametrize("fabrique", LISTES, ids=lambda f: f.__name__)
def test_les_listes_des_logiciels(des_deux_facons: Deux, fabrique: Callable[[], Any]) -> None:
    if (liste := fabrique()).nom.endswith(".xlsx"):
        des_deux_facons(liste.octets)


def test_notre_propre_export(des_deux_facons: Deux) -> None:
    lignes = [[f"{i:05}", "Zoé", date(2020, 1, 1 + i % 28), i, i / 4, None] for i in range(200)]
    octets = b"".join(ecrire_tableur(["Matricule", "P", "D", "N", "Q", "V"], lignes, "xlsx"))
    assert des_deux_facons(octets)


SIMPLES: list[Any] = [
    *("00123", " deux  blancs ", "l1\nl2", "été 𝒳 « » < & >", "+33 6", "1,5", "", "VRAI", "12/03/2019"),
    *(0, 1, -7, 1.0, 1.5, 1e-9, 123456789012345, 999_999_999_999_999, 0.1 + 0.2, -0.0),
    *(True, False, None, date(1985, 12, 31), date(2028, 2, 29), datetime(2026, 3, 1)),
]  # fmt: skip


def test_les_valeurs_d_une_liste_ordinaire(des_deux_facons: Deux) -> None:
    assert des_deux_facons(
        octets_xlsx([["Nom", "Prénom"], SIMPLES, [], [None, None, "x"], SIMPLES])
    )


@pytest.mark.parametrize("format_", ["0%", "0.00%", "#,##0.00", "# ##0", '_-* #,##0.00\\ "€"_-', "@", "dd/mm/yyyy",
    "[$-40C]d mmmm yyyy;@", "yyyy\\-mm\\-dd", "mm-dd-yy", "dd/mm/yyyy hh:mm", "DD/MM/YYYY", "0.00E+00"])  # fmt: skip
@pytest.mark.parametrize(
    "valeur", [0.25, 1, 45000, 45000.5, 45000.999999999, 30, 59.5, -1, 3e6, 2958465, 2958466, "a"]
)
def test_un_format_de_nombre_ne_change_pas_ce_qui_est_lu(
    des_deux_facons: Deux, format_: str, valeur: float | str
) -> None:
    classeur = Workbook()
    classeur.active.append(["Nom", "x", valeur])
    classeur.active["C1"].number_format = format_
    des_deux_facons(enregistrer(classeur))


@pytest.mark.parametrize("valeur", [
    time(8, 30), timedelta(hours=30), datetime(2026, 3, 1, 8, 30), date(1900, 1, 5), 10**15, 12345678901234567890, 1e300,
    "=1+1", "#N/A", "_x000D_a", "a_x0041_", CellRichText("a", TextBlock(InlineFont(b=True), "b"), " c"),
], ids=str)  # fmt: skip
def test_ce_que_les_deux_liraient_autrement(des_deux_facons: Deux, valeur: Any) -> None:
    classeur = Workbook()
    classeur.active.append(["Nom", valeur])
    assert not des_deux_facons(enregistrer(classeur))


def test_le_calendrier_de_1904(des_deux_facons: Deux) -> None:
    classeur = Workbook()
    classeur.epoch = CALENDAR_MAC_1904
    classeur.active.append(["Nom", date(2020, 5, 6)])
    assert not des_deux_facons(enregistrer(classeur))


@pytest.mark.parametrize("cellule", [
    '<c r="A2" t="d"><v>2020-01-02</v></c>', '<c r="A2" t="e"><v>#REF!</v></c>', '<c r="A2"><v>abc</v></c>',
    '<c r="A2" t="str"><v> a </v></c>', '<c r="A2" t="inlineStr"><is><t> a </t></is></c>', '<c r="A2"><v> 12 </v></c>', '<c r="A2"><v>nan</v></c>', '<c r="A2" t="b"><v>true</v></c>', '<c r="B7"><v>1</v></c>',
    '<c><v>1</v></c>', '<c r="A2" t="str"><v><![CDATA[a]]></v></c>', '<c r="A2"><v>1<!-- 2 -->3</v></c>',
    '<c r="A2" t="s"><v>99</v></c>', '<c r="A2" t="s"><v>-1</v></c>', '<c r="A2" t="str"><v>a\r\nb&#13;</v></c>',
    '<c r="A2" t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c>', '<c r="A2" t="z"><v>1</v></c>',
    '<c r="A2"><f>1+1</f><v>2</v></c>', '<x:c xmlns:x="a" r="A2"><v>1</v></x:c>', '<c r="A2" s="99" t="b"><v>7</v></c>',
])  # fmt: skip
def test_une_cellule_inhabituelle_est_pour_openpyxl(des_deux_facons: Deux, cellule: str) -> None:
    assert not des_deux_facons(
        _brut(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{cellule}</row>')
    )


@pytest.mark.parametrize("cellule", [
    '<c r="A2" t="str"><v>a  b</v></c>', '<c r="A2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', '<c r="A2"><v>1E3</v></c>',
    '<c r="A2"/>', '<c r="A2"><v/></c>', '<c r="A2" s="99"><v>45000</v></c>',
    '<c r="A2" t="b"><v>1</v></c>', '<c r="A2"><v>007</v></c>', '<c r="A2" t="str"><v>a&amp;b&#10;é</v></c>',
    '<c r="C2"><v>1.0</v></c>', '<c r="A2" t="inlineStr"><is/></c>', '<c r="A2"><v>.5</v></c>', '<c r="A2"><v>-0</v></c>',
])  # fmt: skip
def test_une_cellule_simple_est_lue_par_calamine(des_deux_facons: Deux, cellule: str) -> None:
    assert des_deux_facons(
        _brut(
            f'<row r="5"><c r="C5"><v>1</v></c></row><row r="7">{cellule.replace("2", "7", 1)}</row>'
        )
    )


@pytest.mark.parametrize(("chaine", "dense"), [
    ("<si><t>a</t></si>", True), ("<si><r><t>Aga</t></r><r><rPr><b/></rPr><t>the</t></r></si>", True), ("<si><t/></si><si><t>b</t></si>", False), ("<si/><si><t>b</t></si>", False),
    ('<si><t xml:space="preserve"> a </t></si>', True), ("<si><t>a  b</t></si>", True), ("<si><t>00123</t></si>", True),
    ("<si><t> a </t></si>", False), ("<si><t>a </t></si>", False), ("<si><t>a_x000D_</t></si>", False),
    ("<si><t>a</t><rPh sb='0' eb='1'><t>b</t></rPh></si>", False), ("<si><t><![CDATA[a]]></t></si>", False),
    ("<si>\n<t>a</t>\n</si>", False),
])  # fmt: skip
def test_les_textes_partages(des_deux_facons: Deux, chaine: str, dense: bool) -> None:
    lignes = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in (1, 2))
    if chaine.count("<si") == 2:  # the second must not take the place of the first
        lignes += '<row r="3"><c r="A3" t="s"><v>1</v></c></row>'
    octets = _brut(lignes)
    genres = ouvrir(octets).read("[Content_Types].xml").replace(b"</Types>", TEXTES + b"</Types>")
    ranges = avec_parties(
        octets,
        **{"[Content_Types]_o_xml": genres},
        xl__sharedStrings_o_xml=f"<sst {PRINCIPAL}>{chaine}</sst>".encode(),
    )
    assert des_deux_facons(ranges) is dense


def test_un_autre_encodage_est_pour_openpyxl(des_deux_facons: Deux) -> None:
    feuille = f"<worksheet {PRINCIPAL}><sheetData>" + (
        '<row r="1"><c r="A1" t="str"><v>Ã©tÃ©</v></c></row></sheetData></worksheet>'
    )
    latin = b'<?xml version="1.0" encoding="iso-8859-1"?>' + feuille.encode("latin-1")
    for octets in (latin, ('<?xml version="1.0" encoding="utf-16"?>' + feuille).encode("utf-16")):
        assert not des_deux_facons(
            avec_parties(octets_xlsx([["a"]]), xl__worksheets__sheet1_o_xml=octets)
        )


def test_des_textes_ranges_ailleurs_sont_pour_openpyxl(des_deux_facons: Deux) -> None:
    octets = octets_xlsx_brut(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', chaines="<si><t>a</t></si>"
    )
    assert not des_deux_facons(octets)


def test_feuilles_masquees_lignes_masquees_et_fusions(des_deux_facons: Deux) -> None:
    classeur = Workbook()
    for rang in range(3):
        feuille = classeur.create_sheet(f"F{rang}") if rang else classeur.active
        for n in range(APERCU * rang + 3):
            feuille.append([None, f"Nom {n}", n, date(2020, 1, 1)])
        feuille.merge_cells("B2:E2")
        feuille.row_dimensions[3].hidden = True
    classeur["F1"].sheet_state = "hidden"
    classeur.active = 2
    assert des_deux_facons(enregistrer(classeur))


@pytest.mark.parametrize("graine", range(25))
def test_des_classeurs_au_hasard(des_deux_facons: Deux, graine: int) -> None:
    alea = random.Random(graine)
    classeur = Workbook()
    for _ in range(alea.randint(0, 2)):
        classeur.create_sheet()
    for feuille in classeur.worksheets:
        for ligne in range(1, alea.randint(2, 90)):
            for colonne in alea.sample(range(1, 16), alea.randint(0, 12)):
                cellule = feuille.cell(
                    ligne * alea.choice([1, 1, 1, 2]), colonne, alea.choice(SIMPLES)
                )
                if alea.random() < 0.05:
                    cellule.number_format = alea.choice(
                        ["0%", "dd/mm/yyyy", "General", "[$-40C]d mmmm yyyy;@"]
                    )
    des_deux_facons(enregistrer(classeur))


def test_un_texte_long_partage_par_mille_cellules_n_est_pas_recopie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    octets = octets_xlsx([["x" * 5_000] * 10] * 10)
    assert lue(octets)[1]
    monkeypatch.setattr(xlsx_dense, "CARACTERES_MAX", 499_999)
    assert not lue(octets)[1]


def test_un_rectangle_presque_vide_n_est_pas_alloue(des_deux_facons: Deux) -> None:
    loin = '<row r="1"><c r="A1"><v>1</v></c></row><row r="20000"><c r="GR20000"><v>1</v></c></row>'
    assert not des_deux_facons(_brut(loin))


def _brut(lignes: str) -> bytes:
    feuille = f"<worksheet {PRINCIPAL}><sheetData>{lignes}</sheetData></worksheet>"
    return avec_parties(
        octets_xlsx([["texte partagé"]]), xl__worksheets__sheet1_o_xml=feuille.encode()
    )
