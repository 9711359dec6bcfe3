"""Bad input: a clear French message in a moment, and never another exception."""

import struct
import time
import zlib
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.cellules import TAILLE_MAX
from cadres.recensement.fichiers.lecture import lire
from tests.cadres.recensement.aide import (
    EXEMPLES,
    FICHIERS,
    JOUR,
    avec_parties,
    octets_csv,
    octets_ods,
    octets_xlsx,
    octets_zip,
)

BONNE_LIGNE = [["Nom", "Prénom", "Mail"], ["MARTIN", "Agathe", "agathe.martin@ville.example.fr"]]
VRAI = octets_xlsx(BONNE_LIGNE)


def refus(octets: bytes, nom: str = "cadres.csv") -> str:
    with pytest.raises(FichierIllisible) as refus_recu:
        diagnostiquer(lire(octets, nom), existants=[], aujourdhui=JOUR)
    return str(refus_recu.value).replace("\u00a0", " ")


def png() -> bytes:
    def bloc(genre: bytes, contenu: bytes) -> bytes:
        somme = struct.pack(">I", zlib.crc32(genre + contenu))
        return struct.pack(">I", len(contenu)) + genre + contenu + somme

    entete = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", pixels) + bloc(b"IEND", b"")


@pytest.mark.parametrize("octets", [b"", b"   \r\n\r\n", b"\xef\xbb\xbf"])
def test_un_fichier_vide(octets: bytes) -> None:
    assert refus(octets) == "Ce fichier est vide."


def test_un_classeur_sans_rien() -> None:
    assert refus(octets_xlsx([]), "vide.xlsx") == "Ce fichier est vide."


@pytest.mark.parametrize("nom", ["photo.csv", "photo.xlsx"])
def test_une_image_renommee(nom: str) -> None:
    assert refus(png(), nom).startswith("Ce fichier est une image, pas un tableur.")


@pytest.mark.parametrize(
    ("debut", "genre"), [(b"%PDF-1.7\n", "un document PDF"), (b"\x1f\x8b\x08", "une archive")]
)
def test_un_document_d_un_autre_genre(debut: bytes, genre: str) -> None:
    assert genre in refus(debut + b"\x00" * 100, "x.csv")


def test_une_archive_quelconque() -> None:
    assert refus(octets_zip({"lisez-moi.txt": b"bonjour"}), "x.xlsx").startswith(
        "Ce fichier est une archive"
    )


def test_un_document_word() -> None:
    octets = octets_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<d/>"})
    assert refus(octets, "x.xlsx").startswith("Ce fichier est un document")


def test_des_octets_quelconques_nommes_xlsx() -> None:
    assert "n’est pas un classeur" in refus(b"bonjour tout le monde", "x.xlsx")


def test_des_octets_quelconques_nommes_csv() -> None:
    assert "n’est pas du texte" in refus(bytes(range(256)) * 40, "x.csv")


def test_une_page_web_nommee_xls() -> None:
    assert "page web" in refus(b"<html><table><tr><td>Nom</td></tr></table></html>", "x.xls")


def test_un_tout_autre_tableau() -> None:
    assert refus(b"Fruit;Prix\nPomme;2\nPoire;3\n").startswith("Aucune ligne d’en-tête")


def test_une_liste_sans_ligne() -> None:
    assert "aucune ligne d’agent" in refus(octets_csv(BONNE_LIGNE[:1]))


def test_une_liste_sans_prenom_nomme_ce_qui_manque() -> None:
    assert "« Prénom »" in refus(octets_csv([["Nom", "Mail"], ["MARTIN", "a@b.fr"]]))


def test_un_fichier_de_50_mo(tmp_path: Path) -> None:
    gros = tmp_path / "gros.csv"
    with gros.open("wb") as fichier:
        fichier.truncate(50 * 1024 * 1024)
    debut = time.process_time()
    with pytest.raises(FichierIllisible, match="trop gros"):
        lire(gros)
    assert time.process_time() - debut < 1
    assert refus(b"x" * (TAILLE_MAX + 1)).startswith("Ce fichier est trop gros : 20 Mo au plus.")


def test_un_fichier_absent(tmp_path: Path) -> None:
    with pytest.raises(FichierIllisible, match="ne peut pas être ouvert"):
        lire(tmp_path / "absent.csv")


def test_une_bombe_zip_n_est_pas_decompressee() -> None:
    bombe = avec_parties(VRAI, xl__worksheets__sheet1_o_xml=b" " * (210 * 1024 * 1024))
    assert len(bombe) < 1024 * 1024
    debut = time.process_time()
    assert "beaucoup trop gros une fois décompressé" in refus(bombe, "x.xlsx")
    assert time.process_time() - debut < 1


def test_un_milliard_de_rires() -> None:
    bombe = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert "abîmé" in refus(avec_parties(VRAI, xl__worksheets__sheet1_o_xml=bombe), "x.xlsx")


def test_une_cellule_au_bout_du_monde_ne_coute_rien() -> None:
    """A reader that allocates the whole rectangle would need 17 billion cells."""
    feuille = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1" t="str"><v>Nom</v></c>'
        b'<c r="B1" t="str"><v>Pr\xc3\xa9nom</v></c></row><row r="1048576">'
        b'<c r="A1048576" t="str"><v>MARTIN</v></c><c r="B1048576" t="str"><v>Agathe</v></c>'
        b'<c r="XFD1048576"/></row></sheetData></worksheet>'
    )
    classeur = lire(avec_parties(VRAI, xl__worksheets__sheet1_o_xml=feuille), "x.xlsx")
    diag = diagnostiquer(classeur, existants=[], aujourdhui=JOUR)
    assert [c.ligne for c in diag.nouveaux] == [1_048_576]


def test_des_lignes_repetees_un_million_de_fois_en_ods() -> None:
    cellules = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>'
        for t in ("Nom", "Prénom")
    )
    lignes = f'<table:table-row>{cellules}</table:table-row><table:table-row table:number-rows-repeated="1048575">{cellules}</table:table-row>'
    assert "trop de lignes" in refus(octets_ods(lignes), "x.ods")


def test_20_000_lignes_passent_et_une_de_plus_est_refusee() -> None:
    lignes = [["Nom", "Prénom"], *(["MARTIN", "Agathe"] for _ in range(20_000))]
    assert len(lire(octets_csv(lignes), "x.csv").donnees) == 20_000
    assert "20 000 au plus" in refus(octets_csv([*lignes, ["PETIT", "Luc"]]))


def test_trop_de_colonnes() -> None:
    large = [*BONNE_LIGNE[0], *(f"c{i}" for i in range(300))]
    assert "trop de colonnes" in refus(octets_csv([large, [*BONNE_LIGNE[1], *range(300)]]))


@pytest.mark.parametrize("nom", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_un_classeur_avec_macros(nom: str) -> None:
    octets = avec_parties(VRAI, **{nom.replace("/", "__").replace(".", "_o_"): b"x"})
    assert refus(octets, "x.xlsm").startswith("Ce classeur contient des macros")


def test_un_classeur_ods_avec_macros() -> None:
    octets = octets_zip({"content.xml": b"<a/>", "Basic/Standard/Module1.xml": b"<m/>"})
    assert "macros" in refus(octets, "x.ods")


def test_un_classeur_protege_par_un_mot_de_passe() -> None:
    assert "mot de passe" in refus((FICHIERS / "protege.xlsx").read_bytes(), "protege.xlsx")


def test_un_ods_chiffre() -> None:
    manifeste = b"<m><manifest:encryption-data/></m>"
    octets = octets_zip({"content.xml": b"\x01\x02", "META-INF/manifest.xml": manifeste})
    assert "mot de passe" in refus(octets, "x.ods")


@pytest.mark.parametrize("nom", ["ville.xlsx", "departement.ods"])
@pytest.mark.parametrize("reste", [0.1, 0.5, 0.9])
def test_un_fichier_coupe(nom: str, reste: float) -> None:
    octets = (EXEMPLES / nom).read_bytes()
    assert "abîmé" in refus(octets[: int(len(octets) * reste)], nom)


def test_un_guillemet_reste_ouvert_ne_fait_pas_planter() -> None:
    diag = diagnostiquer(
        lire('Nom;Prénom\n"MARTIN;Agathe\nPETIT;Luc\n'.encode(), "x.csv"),
        existants=[],
        aujourdhui=JOUR,
    )
    assert diag.nouveaux == ()
    assert diag.nb_lignes_a_corriger == 1


def test_toutes_les_lignes_fausses_sont_toutes_montrees() -> None:
    lignes = [["Nom", "Prénom", "Catégorie"], *(["MARTIN", "Agathe", f"Z{i}"] for i in range(50))]
    diag = diagnostiquer(lire(octets_csv(lignes), "x.csv"), existants=[], aujourdhui=JOUR)
    assert diag.nouveaux == ()
    assert [a.ligne for a in diag.a_corriger] == list(range(2, 52))


def test_lire_ne_suit_aucun_lien_et_n_evalue_aucune_formule() -> None:
    """The ville's HYPERLINK points to a closed port; openpyxl agrees that it is still a formula."""
    feuille = load_workbook(EXEMPLES / "ville.xlsx")["Cadres"]
    assert feuille["C36"].value == "=1+1"
    ligne = dict(lire(EXEMPLES / "ville.xlsx").lignes)[36]
    assert type(ligne[2]).__name__ == "Formule"
