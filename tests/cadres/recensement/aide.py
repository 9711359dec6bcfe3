"""Small tables for the tests of the import."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.modeles import FicheExistante
from cadres.recensement.resultat import Diagnostic

EXEMPLES = Path(__file__).resolve().parents[3] / "docs" / "exemples" / "recensement"
FICHIERS = Path(__file__).resolve().parent / "fichiers"
JOUR = date(2026, 11, 23)
"""The day on which the tests read: « in the future » means after it."""


def octets_csv(
    lignes: Iterable[Sequence[object]], encodage: str = "utf-8", sep: str = ";"
) -> bytes:
    tampon = io.StringIO()
    csv.writer(tampon, delimiter=sep).writerows(lignes)
    return tampon.getvalue().encode(encodage)


def octets_xlsx(lignes: Iterable[Sequence[object]], titre: str = "Cadres") -> bytes:
    classeur = Workbook()
    feuille = classeur.active
    assert feuille is not None
    feuille.title = titre
    for ligne in lignes:
        feuille.append(list(ligne))
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def octets_zip(parties: dict[str, bytes]) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parties.items():
            archive.writestr(nom, contenu)
    return tampon.getvalue()


def avec_parties(octets: bytes, **ajouts: bytes) -> bytes:
    """The same workbook with parts added or replaced; « __ » stands for « / », « _o_ » for « . »."""
    archive = zipfile.ZipFile(io.BytesIO(octets))
    parties = {n: archive.read(n) for n in archive.namelist()}
    return octets_zip(
        parties | {n.replace("__", "/").replace("_o_", "."): v for n, v in ajouts.items()}
    )


PRINCIPAL = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_PAQUET = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_GENRE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def octets_xlsx_brut(
    lignes: str, *, avant: str = "", chaines: str = "", feuilles: int = 1, formats: str = ""
) -> bytes:
    """A minimal .xlsx as other programs write it, around rows given as XML: no reference needed."""
    feuille = f"<worksheet {PRINCIPAL}>{avant}<sheetData>{lignes}</sheetData></worksheet>"
    declaration = f'<sheet name="F" sheetId="1" r:id="r1" xmlns:r="{_DOCUMENT}"/>' * feuilles
    parties = {
        "workbook": "sheet.main",
        "sheet1": "worksheet",
        "strings": "sharedStrings",
        "styles": "styles",
    }
    genres = "".join(
        f'<Override PartName="/xl/{n}.xml" ContentType="{_GENRE}.{g}+xml"/>'
        for n, g in parties.items()
    )
    return octets_zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PAQUET}/content-types">{genres}</Types>'.encode(),
            "xl/workbook.xml": f"<workbook {PRINCIPAL}><sheets>{declaration}</sheets></workbook>".encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{_PAQUET}/relationships"><Relationship Id="r1"'
                f' Type="{_DOCUMENT}/worksheet" Target="sheet1.xml"/></Relationships>'
            ).encode(),
            "xl/sheet1.xml": feuille.encode(),
            "xl/strings.xml": f"<sst {PRINCIPAL}>{chaines}</sst>".encode(),
            "xl/styles.xml": (
                f"<styleSheet {PRINCIPAL}><fills><fill/></fills><cellXfs>"
                f"<xf/>{formats}</cellXfs></styleSheet>"
            ).encode(),
        }
    )


def ligne_xlsx(*textes: str) -> str:
    """One row of inline texts, without references."""
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{t}</t></is></c>' for t in textes) + "</row>"


def octets_ods(corps: str) -> bytes:
    """A minimal .ods around the rows given as XML."""
    contenu = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>'
        f'<office:spreadsheet><table:table table:name="F">{corps}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return octets_zip(
        {"mimetype": b"", "content.xml": contenu.encode(), "META-INF/manifest.xml": b"<m/>"}
    )


def diagnostic_de(
    lignes: Iterable[Sequence[object]], existants: Iterable[FicheExistante] = (), **options: object
) -> Diagnostic:
    """The diagnosis of a table whose first row is its header (so data begin on row 2)."""
    classeur = lire(octets_csv(lignes), "essai.csv")
    return diagnostiquer(classeur, existants=existants, aujourdhui=JOUR, **options)  # type: ignore[arg-type]


def ecrire_dans_le_registre(
    diagnostic: Diagnostic, existants: Iterable[FicheExistante] = ()
) -> list[FicheExistante]:
    """What a confirmation does, in memory: `hors_public` is written as well."""
    fiches = {fiche.id: fiche for fiche in existants}
    for maj in diagnostic.mis_a_jour:
        avant = fiches[maj.fiche_id]
        valeurs = {c: getattr(avant, c) for c in maj.cadre.valeurs()}
        valeurs |= {c.champ: c.apres for c in maj.changements}
        fiches[maj.fiche_id] = FicheExistante(id=maj.fiche_id, **valeurs)
    for cadre in (*diagnostic.nouveaux, *diagnostic.hors_public):
        identifiant = f"n{len(fiches)}"
        fiches[identifiant] = FicheExistante(id=identifiant, **cadre.valeurs())  # type: ignore[arg-type]
    return list(fiches.values())
