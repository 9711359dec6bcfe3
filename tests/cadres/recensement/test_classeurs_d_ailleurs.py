"""Workbooks as other programs write them: each kind of cell is read, and none is lost in silence."""

import io
import time
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers import xls as lecteur_xls
from cadres.recensement.fichiers.cellules import Formule
from cadres.recensement.fichiers.lecture import lire
from tests.cadres.recensement.aide import (
    FICHIERS,
    JOUR,
    PRINCIPAL,
    avec_parties,
    ligne_xlsx,
    octets_xlsx,
    octets_xlsx_brut,
    octets_zip,
)

ENTETE = ligne_xlsx("Nom", "Prénom", "Direction")


def seule_ligne(octets: bytes) -> list[object]:
    ((_, cellules),) = lire(octets, "x.xlsx").donnees
    return cellules


def refus(octets: bytes, nom: str = "x.xlsx") -> str:
    with pytest.raises(FichierIllisible) as refus_recu:
        lire(octets, nom)
    return str(refus_recu.value).replace("\u00a0", " ")


def enregistrer(classeur: Workbook) -> bytes:
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


# --- xlsx -------------------------------------------------------------------------------------


def test_un_export_sans_references_ni_styles() -> None:
    octets = octets_xlsx_brut(ENTETE + ligne_xlsx("MARTIN", "Agathe", "DGA Culture"))
    assert lire(octets, "x.xlsx").lignes[1] == (2, ["MARTIN", "Agathe", "DGA Culture"])


def test_des_textes_partages_riches_et_annotes_de_leur_lecture() -> None:
    chaines = (
        "<si><t>MARTIN</t><rPh sb='0' eb='1'><t>martin</t></rPh></si>"
        "<si><r><t>Aga</t></r><r><rPr><b/></rPr><t>the</t></r></si>"
        '<si><t xml:space="preserve"> DGA </t></si>'
    )
    ligne = "<row>" + "".join(f'<c t="s"><v>{i}</v></c>' for i in range(3)) + "</row>"
    assert seule_ligne(octets_xlsx_brut(ENTETE + ligne, chaines=chaines)) == [
        "MARTIN",
        "Agathe",
        " DGA ",
    ]


def test_les_nombres_les_booleens_les_erreurs_et_les_dates() -> None:
    valeurs = (
        '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#REF!</v></c><c><v>7.0</v></c>'
        '<c><v>2.5</v></c><c><v>1E3</v></c><c s="1"><v>42447</v></c><c s="1"><v>42447.5</v></c>'
        '<c t="d"><v>2016-03-18T00:00:00</v></c><c><v>123456789012345678</v></c><c t="str"><v>A</v></c>'
    )
    nom = '<c t="inlineStr"><is><t>A</t></is></c>'
    octets = octets_xlsx_brut(
        f"{ENTETE}<row>{nom}{nom}{valeurs}</row>",
        formats='<xf numFmtId="14" applyNumberFormat="1"/>',
    )
    assert seule_ligne(octets)[2:] == [
        *(True, False, "#REF!", 7, 2.5, 1000, date(2016, 3, 18), datetime(2016, 3, 18, 12)),
        *(date(2016, 3, 18), "123456789012345678", "A"),
    ]


def test_chaque_genre_de_formule_est_une_formule_et_un_texte_n_en_est_pas_une() -> None:
    ligne = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>=1+1</t></is></c><c r="B2" t="str"><f>"Aga"&amp;"the"</f><v>Agathe</v></c>'
        '<c r="C2"><f t="shared" ref="C2:D2" si="0">A1+1</f><v>3</v></c><c r="D2"><f t="shared" si="0"/><v>4</v></c>'
        '<c r="E2" t="str"><f t="array" ref="E2">A1:A2</f><v>x</v></c></row>'
    )
    assert seule_ligne(octets_xlsx_brut(ENTETE + ligne)) == [
        "=1+1",
        Formule('="Aga"&"the"', "Agathe"),
        Formule("=A1+1", 3),
        Formule("=B1+1", 4),
        Formule("=A1:A2", "x"),
    ]


def test_une_formule_matricielle_enregistree_par_une_bibliotheque() -> None:
    classeur = Workbook()
    classeur.active.append(["Nom", "Prénom", "Direction"])
    classeur.active.append(["MARTIN", "Agathe"])
    classeur.active["C2"] = ArrayFormula("C2", "=A1:A2")
    assert seule_ligne(enregistrer(classeur))[2] == Formule("=A1:A2", None)


def test_une_dimension_fausse_ne_cache_aucune_cellule() -> None:
    octets = octets_xlsx_brut(
        ENTETE + ligne_xlsx("MARTIN", "Agathe", "DGA Culture"), avant='<dimension ref="A1:B1"/>'
    )
    assert seule_ligne(octets) == ["MARTIN", "Agathe", "DGA Culture"]


def test_des_cellules_fusionnees_gardent_leur_valeur_a_leur_place() -> None:
    classeur = load_workbook(
        io.BytesIO(octets_xlsx([["Titre"], ["Nom", "Prénom"], ["MARTIN", "Agathe"]]))
    )
    classeur.active.merge_cells("A1:C1")
    lu = lire(enregistrer(classeur), "x.xlsx")
    assert lu.lignes == ((1, ["Titre"]), (2, ["Nom", "Prénom"]), (3, ["MARTIN", "Agathe"]))


def test_la_seule_feuille_est_masquee_et_on_le_dit() -> None:
    classeur = load_workbook(io.BytesIO(octets_xlsx([["Nom", "Prénom"], ["MARTIN", "Agathe"]])))
    classeur.create_sheet("Vide")
    classeur.active.sheet_state = "veryHidden"
    assert lire(enregistrer(classeur), "x.xlsx").messages == (
        "La feuille lue est masquée dans le classeur.",
    )


@pytest.mark.parametrize(
    ("lignes", "message"),
    [
        ('<row r="3"/><row r="2"/>', "abîmé"),
        ('<row><c r="B9"/><c r="A9"/></row>', "abîmé"),
        ('<row r="10000000000000"/>', "abîmé"),
        ('<row><c r="ZZZZ9"/></row>', "abîmé"),
        ('<row r="9"><c r="A9" t="s"><v>12</v></c></row>', "abîmé"),
        ('<row r="9"><c r="XFD9"><v>0</v></c></row>', "trop de colonnes"),
        ("<row>" + "<z/>" * 70_000 + "</row>", "trop gros"),
        ("</sheetData><sheetData>" + "<z/>" * 500_001, "trop gros"),
    ],
)
def test_ce_que_la_bibliotheque_perdrait_ou_paierait_cher_est_refuse(
    lignes: str, message: str
) -> None:
    assert message in refus(octets_xlsx_brut(ENTETE + ligne_xlsx("MARTIN", "Agathe") + lignes))


def test_une_partie_est_controlee_quel_que_soit_son_nom() -> None:
    octets = octets_xlsx_brut(ENTETE + ligne_xlsx("MARTIN", "Agathe"))
    ailleurs = _remplacer(octets, "sheet1.xml", "sheet1.png", "")
    assert seule_ligne(ailleurs) == ["MARTIN", "Agathe"]
    lourde = _remplacer(ailleurs, "</row>", "</row><row>" + "<z/>" * 70_000 + "</row>", "")
    assert "trop gros" in refus(lourde)


def test_un_dessin_en_xml_approximatif_n_empeche_pas_de_lire() -> None:
    octets = octets_xlsx_brut(ENTETE + ligne_xlsx("MARTIN", "Agathe"))
    dessin = avec_parties(octets, xl__dessin_o_vml=b"<xml><br></xml>", xl__vide_o_bin=b"")
    assert seule_ligne(dessin) == ["MARTIN", "Agathe"]


def test_des_cellules_seulement_mises_en_forme_au_loin_ne_comptent_pas() -> None:
    ligne = ligne_xlsx("MARTIN", "Agathe").replace("</row>", '<c r="XFD2"/></row>')
    assert seule_ligne(octets_xlsx_brut(ENTETE + ligne)) == ["MARTIN", "Agathe"]


def test_cent_feuilles_dont_une_cellule_est_au_bout_du_monde() -> None:
    classeur = Workbook()
    for _ in range(99):
        classeur.create_sheet()["A1048576"] = "x"
    debut = time.process_time()
    assert "trop gros" in refus(enregistrer(classeur))
    assert time.process_time() - debut < 3


def test_un_classeur_sans_feuille() -> None:
    assert "n’est pas un classeur" in refus(octets_xlsx_brut("", feuilles=0))


def test_un_classeur_de_cent_une_feuilles() -> None:
    assert "trop de feuilles" in refus(octets_xlsx_brut(ENTETE, feuilles=101))


def test_un_classeur_que_la_bibliotheque_ne_voit_pas_n_est_pas_dit_vide() -> None:
    octets = octets_xlsx_brut(ENTETE + ligne_xlsx("MARTIN", "Agathe"))
    assert refus(octets_xlsx_brut("")) == "Ce fichier est vide."
    assert "abîmé" in refus(_remplacer(octets, PRINCIPAL, 'xmlns="autre"', "xl/sheet1.xml"))
    strict = _remplacer(
        octets, PRINCIPAL, 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"', ""
    )
    assert "« Open XML strict »" in refus(strict)


def test_un_xlsb() -> None:
    octets = octets_zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"})
    assert refus(octets).startswith("Le format .xlsb n’est pas accepté.")


def test_une_propriete_que_la_bibliotheque_refuse_ne_compte_pas() -> None:
    octets = octets_xlsx([["Nom", "Prénom", "Depuis"], ["MARTIN", "Agathe", date(2016, 3, 18)]])
    fausse = _remplacer(
        octets, "coreProperties xmlns", 'coreProperties inconnue="1" xmlns', "docProps/core.xml"
    )
    assert fausse != octets
    with pytest.raises(TypeError, match="inconnue"):
        load_workbook(io.BytesIO(fausse))
    assert seule_ligne(fausse) == ["MARTIN", "Agathe", date(2016, 3, 18)]


# --- xls --------------------------------------------------------------------------------------


def test_un_xls_de_1904_masque_avec_chaque_genre_de_cellule() -> None:
    lu = lire(FICHIERS / "types_1904.xls")
    assert lu.messages == ("La feuille lue est masquée dans le classeur.",)
    assert [cellules for _, cellules in lu.donnees] == [
        ["NUÑEZ", "Zoé", date(2016, 3, 18), Formule("=…", None), True, 7],
        ["PETIT", "Luc", None, "#REF!", None, 2.5],
    ]


def test_le_nom_tire_d_une_formule_est_refuse_en_xls_comme_ailleurs() -> None:
    diag = diagnostiquer(lire(FICHIERS / "ancien.xls"), existants=[], aujourdhui=JOUR)
    assert [a.motif for a in diag.a_corriger] == ["Une formule n’est pas acceptée ici"]


@pytest.mark.parametrize("nom", ["lien_sans_fin.xls", "textes_sans_fin.xls"])
def test_un_xls_qui_demande_des_milliards_d_entrees(
    nom: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One record announces 65,536 × 65,536 linked cells, the other two billion texts."""
    monkeypatch.setattr(lecteur_xls, "MEMOIRE_MAX", 128 * 1024 * 1024)
    assert "abîmé" in refus((FICHIERS / nom).read_bytes(), nom)


def test_un_xls_trop_long_a_lire_est_abandonne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lecteur_xls, "SECONDES_MAX", 0.001)
    assert "abîmé" in refus((FICHIERS / "ancien.xls").read_bytes(), "ancien.xls")


@pytest.mark.parametrize("reste", [0.1, 0.5, 0.9])
def test_un_xls_coupe(reste: float) -> None:
    octets = (FICHIERS / "ancien.xls").read_bytes()
    assert "abîmé" in refus(octets[: int(len(octets) * reste)], "ancien.xls")


@pytest.mark.parametrize(
    ("nom", "message"), [("Book", "trop ancien"), ("Autre", "pas un classeur")]
)
def test_un_document_ole_sans_classeur(nom: str, message: str) -> None:
    octets = (FICHIERS / "ancien.xls").read_bytes()
    assert message in refus(nommer(octets, 1, nom), "ancien.xls")


def test_un_xls_avec_des_macros() -> None:
    octets = nommer((FICHIERS / "ancien.xls").read_bytes(), 2, "_VBA_PROJECT_CUR")
    assert "macros" in refus(octets, "ancien.xls")


def nommer(octets: bytes, rang: int, nom: str) -> bytes:
    """The OLE directory with its entry `rang` named so, as the next one of the first."""
    repertoire = octets.index("Root Entry".encode("utf-16-le"))
    entree, premiere = repertoire + 128 * rang, repertoire + 128
    code = nom.encode("utf-16-le") + b"\0\0"
    edite = bytearray(octets)
    edite[entree : entree + 66] = code.ljust(64, b"\0") + len(code).to_bytes(2, "little")
    if rang > 1:
        edite[entree + 66] = 1  # a folder, without neighbours
        edite[entree + 68 : entree + 80] = b"\xff" * 12
        edite[premiere + 72 : premiere + 76] = rang.to_bytes(4, "little")
    return bytes(edite)


def _remplacer(octets: bytes, avant: str, apres: str, partie: str) -> bytes:
    """The same archive, one part of it or all of them edited."""
    archive = zipfile.ZipFile(io.BytesIO(octets))
    return octets_zip(
        {
            n.replace(avant, apres): archive.read(n).replace(avant.encode(), apres.encode())
            if partie in {n, ""}
            else archive.read(n)
            for n in archive.namelist()
        }
    )
