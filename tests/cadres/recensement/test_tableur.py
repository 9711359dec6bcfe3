"""Exports: faithful, and never a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cadres.recensement.fichiers.cellules import Formule
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.fichiers.tableur import TYPES_MIME, ecrire_tableur

DANGERS = ["=1+1", "+33 1", "-2", "@SUM(A1)", "\tx", "\r=1", '=HYPERLINK("http://x")']
ENTETES = ["Nom", "Prénom", "Poste", "=Entête"]


def ecrire(lignes: list[list[object]], format_: str) -> bytes:
    return b"".join(ecrire_tableur(ENTETES, lignes, format_))


@pytest.mark.parametrize("format_", ["xlsx", "csv", "ods"])
@pytest.mark.parametrize("danger", DANGERS)
def test_aucun_texte_ne_devient_une_formule(format_: str, danger: str) -> None:
    classeur = lire(ecrire([["Martin", "Agathe", danger, None]], format_), f"x.{format_}")
    _, cellules = classeur.donnees[0]
    assert not any(isinstance(c, Formule) for c in cellules)
    lue = cellules[2]
    assert isinstance(lue, str)
    assert lue.lstrip("'").strip() == danger.strip()
    if format_ == "csv":
        assert lue.startswith("'")


def test_openpyxl_voit_du_texte_et_non_une_formule() -> None:
    feuille = load_workbook(io.BytesIO(ecrire([["=1+1", "-2", -2, "ok"]], "xlsx"))).active
    assert [c.data_type for c in feuille[2]] == ["s", "s", "n", "s"]
    assert feuille["A2"].quotePrefix
    assert feuille["D1"].data_type == "s"


def test_un_xlsx_dit_son_titre_et_sa_langue_et_garde_son_entete_en_vue() -> None:
    octets = b"".join(ecrire_tableur(ENTETES, [["Martin", 1, 2, 3]], "xlsx", titre="Registre"))
    classeur = load_workbook(io.BytesIO(octets))
    feuille = classeur.active
    assert (classeur.properties.title, classeur.properties.language) == ("Registre", "fr-FR")
    assert (feuille.freeze_panes, feuille.print_title_rows) == ("A2", "$1:$1")


@pytest.mark.parametrize("format_", ["xlsx", "ods"])
def test_les_types_sont_gardes(format_: str) -> None:
    lignes: list[list[object]] = [
        ["Martin", "Agathe", date(2016, 3, 18), 12],
        ["Petit", "Luc", True, Decimal("1.5")],
    ]
    classeur = lire(ecrire(lignes, format_), f"x.{format_}")
    assert classeur.donnees[0][1] == ["Martin", "Agathe", date(2016, 3, 18), 12]
    assert classeur.donnees[1][1] == ["Petit", "Luc", "Oui", 1.5]


def test_le_csv_s_ouvre_dans_excel_en_francais() -> None:
    octets = ecrire([["Lefèvre", "Zoé", date(2016, 3, 18), Decimal("1234.50")]], "csv")
    assert octets.startswith(b"\xef\xbb\xbf")
    lignes = list(csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))
    assert lignes[1] == ["Lefèvre", "Zoé", "18/03/2016", "1234,50"]


@pytest.mark.parametrize("format_", ["xlsx", "csv", "ods"])
def test_les_caracteres_interdits_ne_font_pas_echouer(format_: str) -> None:
    classeur = lire(
        ecrire([["Mar\x00tin\x0b", "Aga\ud800the", "a\nb", "<&>\"'"]], format_), f"x.{format_}"
    )
    assert classeur.donnees[0][1] == ["Martin", "Agathe", "a\nb", "<&>\"'"]


def test_un_format_inconnu_est_une_erreur_de_programme() -> None:
    with pytest.raises(ValueError, match="format inconnu"):
        ecrire_tableur(ENTETES, [], "pdf")


def test_les_types_mime_couvrent_les_formats() -> None:
    assert set(TYPES_MIME) == {"xlsx", "csv", "ods"}
