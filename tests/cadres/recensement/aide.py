"""Small tables for the tests of the import."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from cadres.recensement import Diagnostic, FicheExistante, diagnostiquer, lire

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
