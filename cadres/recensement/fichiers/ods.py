"""Reader of .ods: one streaming pass over content.xml; repetitions are bounded, not expanded."""

import contextlib
import zipfile
from datetime import datetime
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from cadres.recensement.erreurs import (
    BOMBE,
    MOT_DE_PASSE,
    TROP_DE_FEUILLES,
    FichierAbime,
    FichierIllisible,
)
from cadres.recensement.fichiers.archive import lire_debut, lire_xml
from cadres.recensement.fichiers.cellules import (
    APERCU,
    COLONNES_MAX,
    FEUILLES_MAX,
    FUSION_MIN,
    LIGNES_MAX,
    TEXTE_MAX,
    Cellule,
    Feuille,
    Formule,
    Scalaire,
    nombre,
)

ELEMENTS_MAX = 12_000_000  # XML elements: 20,000 rows of 200 cells, three each


def contient_macros(archive: zipfile.ZipFile) -> bool:
    """Basic or script modules; the empty library lists that LibreOffice leaves are harmless."""
    return any(
        (nom.startswith("Basic/") and nom.count("/") > 1 and not nom.endswith(("/", "-lb.xml")))
        or (nom.startswith("Scripts/") and not nom.endswith("/"))
        for nom in archive.namelist()
    )


class SourceOds:
    """All sheets are read in one pass: they share one XML part."""

    date_1904 = False  # dates are written in ISO form

    def __init__(self, archive: zipfile.ZipFile) -> None:
        if b"encryption-data" in lire_debut(archive, "META-INF/manifest.xml"):
            raise FichierIllisible(MOT_DE_PASSE)
        lecteur = _Lecteur()
        lire_xml(archive, "content.xml", lecteur)
        self._feuilles = {feuille.nom: feuille for feuille in lecteur.feuilles}
        active = _active(archive)
        if active in self._feuilles:
            self._feuilles[active].active = True

    def apercus(self) -> list[Feuille]:
        return list(self._feuilles.values())

    def complete(self, nom: str) -> Feuille:
        return self._feuilles[nom]


class _Reglages(ContentHandler):
    """« ActiveTable » of the settings: on which sheet the workbook opens."""

    def __init__(self) -> None:
        super().__init__()
        self.dedans = False
        self.active = ""

    def startElement(self, _nom: str, attributs: AttributesImpl) -> None:
        self.dedans = attributs.get("config:name") == "ActiveTable" and not self.active

    def endElement(self, _nom: str) -> None:
        self.dedans = False

    def characters(self, contenu: str) -> None:
        if self.dedans:
            self.active = (self.active + contenu)[:TEXTE_MAX]


def _active(archive: zipfile.ZipFile) -> str:
    reglages = _Reglages()
    with contextlib.suppress(FichierAbime):  # nobody's staff list is in there
        lire_xml(archive, "settings.xml", reglages)
    return reglages.active


def _scalaire(attributs: AttributesImpl, texte: str) -> Scalaire:
    genre = attributs.get("office:value-type", "")
    if genre in {"float", "percentage", "currency"}:
        return nombre(attributs.get("office:value", texte))
    if genre == "boolean":
        return attributs.get("office:boolean-value") == "true"
    if genre == "date":
        brut = attributs.get("office:date-value", "")
        try:
            moment = datetime.fromisoformat(brut)
        except ValueError:
            return texte or brut or None
        return moment if moment.hour or moment.minute else moment.date()
    return (attributs.get("office:string-value") or texte)[:TEXTE_MAX] or None


def _repetition(attributs: AttributesImpl, nom: str) -> int:
    brut = attributs.get(nom, "1")
    return max(1, int(brut)) if brut.isdecimal() and len(brut) < 9 else 1


class _Lecteur(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.elements = 0
        self.feuilles: list[Feuille] = []
        self.profondeur = 0  # of table:table; a table inside a cell is not a sheet
        self.numero = 0
        self.repetition_ligne = 1
        self.masquee = self.fusionnee = False  # the row being read
        self.colonne = 0
        self.ligne: list[tuple[int, Cellule]] = []
        self.attributs: AttributesImpl | None = None
        self.paragraphes: list[str] = []
        self.dans_p = False
        self.annotation = 0

    def startElement(self, nom: str, attributs: AttributesImpl) -> None:
        self.elements += 1
        if self.elements > ELEMENTS_MAX:
            raise FichierIllisible(BOMBE)
        nom = nom.rpartition(":")[2]
        if nom == "table":
            self._debut_table(attributs)
        elif self.profondeur != 1:
            return
        elif nom == "table-row":
            self.numero += 1
            self.repetition_ligne = _repetition(attributs, "table:number-rows-repeated")
            self.masquee = attributs.get("table:visibility", "visible") != "visible"
            self.fusionnee = False
            self.colonne = 0
            self.ligne = []
        elif nom in {"table-cell", "covered-table-cell"}:
            self.attributs = attributs
            if "table:number-columns-spanned" in attributs:
                etendue = _repetition(attributs, "table:number-columns-spanned")
                self.fusionnee = self.fusionnee or etendue >= FUSION_MIN
            self.paragraphes = []
        elif nom == "annotation":
            self.annotation += 1
        elif self.attributs is not None and not self.annotation:
            self._debut_texte(nom, attributs)

    def _debut_table(self, attributs: AttributesImpl) -> None:
        self.profondeur += 1
        if self.profondeur == 1:
            if len(self.feuilles) >= FEUILLES_MAX:
                raise FichierIllisible(TROP_DE_FEUILLES)
            self.feuilles.append(Feuille(attributs.get("table:name", "Feuille")))
            self.numero = 0

    def _debut_texte(self, nom: str, attributs: AttributesImpl) -> None:
        if nom == "p":
            self.dans_p = True
            if self.paragraphes:
                self.paragraphes.append("\n")
        elif nom in {"s", "tab", "line-break"}:
            self.paragraphes.append(" " * min(_repetition(attributs, "text:c"), 100))

    def endElement(self, nom: str) -> None:
        nom = nom.rpartition(":")[2]
        if nom == "table":
            self.profondeur -= 1
        elif self.profondeur != 1:
            return
        elif nom == "annotation":
            self.annotation -= 1
        elif nom == "p" and not self.annotation:
            self.dans_p = False
        elif nom in {"table-cell", "covered-table-cell"}:
            self._fin_cellule()
        elif nom == "table-row":
            self._fin_ligne()

    def _fin_cellule(self) -> None:
        attributs = self.attributs or AttributesImpl({})
        repetition = _repetition(attributs, "table:number-columns-repeated")
        lue = _scalaire(attributs, "".join(self.paragraphes))
        valeur: Cellule = lue
        if "table:formula" in attributs:
            formule = attributs["table:formula"].partition("=")[2]
            valeur = Formule("=" + formule[:TEXTE_MAX], lue)
        if valeur is not None:
            derniere = min(self.colonne + repetition, COLONNES_MAX + 1)
            self.ligne.extend(
                (i, valeur) for i in range(self.colonne, max(derniere, self.colonne + 1))
            )
        self.colonne += repetition
        self.attributs = None

    def _fin_ligne(self) -> None:
        feuille = self.feuilles[-1]
        if self.ligne:
            for i in range(self.repetition_ligne):
                numero = self.numero + i
                if not feuille.ajouter(numero, self.ligne, LIGNES_MAX + APERCU):
                    break
                if self.masquee:
                    feuille.masquees.add(numero)
                if self.fusionnee:
                    feuille.fusionnees.add(numero)
        self.numero += self.repetition_ligne - 1

    def characters(self, contenu: str) -> None:
        if self.dans_p and not self.annotation and self.attributs is not None:
            self.paragraphes.append(contenu)
