"""A look at every XML part of an .xlsx before openpyxl builds objects from it.

openpyxl keeps each row as a tree, fills the gaps between rows one by one, and trusts the order of
cells: this pass, which keeps nothing, makes sure that these habits stay cheap and lose no cell.
"""

import contextlib
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from openpyxl.xml.constants import ARC_SHARED_STRINGS

from cadres.recensement.erreurs import BOMBE, FichierAbime, FichierIllisible
from cadres.recensement.fichiers.archive import lire_debut, lire_xml
from cadres.recensement.fichiers.cellules import COLONNES_MAX, FUSION_MIN, LIGNES_MAX

ELEMENTS_MAX = 4_000_000  # XML elements in the whole workbook: 20,000 rows of 100 cells, two each
ELEMENTS_HORS_LIGNES_MAX = 500_000  # those that openpyxl keeps until the end of the part
ELEMENTS_PAR_LIGNE_MAX = 66_000  # 16,384 cells, four elements each
ETENDUE_MAX = 20_000_000  # rows of all sheets, gaps included: openpyxl hands those over too
_BLANCS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
LIGNE_MAX, COLONNE_MAX = 1_048_576, 16_384  # Excel's own limits
JOUR_MAX = 2_958_465  # 31/12/9999
NUMEROS_MAX = 50_000  # row numbers noted in a part: more than the rows that may be read
#: What a cell of each type may hold to be read in the same way by every reader; None: any text.
_CONTENUS = {"n": "0123456789.eE+-", "s": "0123456789", "b": "01", "str": None, "inlineStr": None}
_DANS_UNE_LIGNE = frozenset({"c", "v", "is", "t"})
_FUSION = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


@dataclass(slots=True)
class Partie:
    """What openpyxl does not say of a sheet that it reads as a stream."""

    pleines: int = 0  # rows that hold something
    masquees: set[int] = field(default_factory=set)
    fusionnees: set[int] = field(default_factory=set)
    cellules: int = 0
    colonnes: int = 0  # the farthest one
    derniere: int = 0  # number of the last row, gaps included


def controler(archive: zipfile.ZipFile) -> "Controle":
    """What the workbook holds. Raises when it is damaged or too heavy to be opened."""
    controle = Controle()
    for nom in archive.namelist():
        controle.debut_de_partie(nom)
        if nom.lower().endswith((".xml", ".rels")):
            lire_xml(archive, nom, controle)
        elif lire_debut(archive, nom).strip(_BLANCS)[:1] in {b"<", b""}:  # whatever its name
            with contextlib.suppress(FichierAbime):  # or a drawing in loose XML, which nobody reads
                lire_xml(archive, nom, controle)
    controle.debut_de_partie("")
    return controle


class Controle(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.formules = self.valeurs = False
        #: Nothing in rows and texts but the plainest cells: see `xlsx_dense`.
        self.simple = True
        self.texte_le_plus_long = self.texte = 0  # characters, of a shared string
        self.attendu: str | None = None  # characters that the cell being read may hold
        self.valeur = self.style = ""
        self.conserve = self.blanc_final = False  # blanks around the text being read
        self.sans_texte = False  # a shared string that holds nothing, which calamine may not count
        self.styles_sans_jour: set[str] = set()  # of cells whose number is no whole day
        self.total = self.hors_lignes = self.lignes_larges = self.etendue = 0
        self.profondeur = 0  # inside a row, or inside a shared string
        self.parties: dict[str, Partie] = defaultdict(Partie)
        self.nom = self.chiffres = ""
        self.pleine = self.masquee = False  # the row being read
        self.debut_de_partie("")

    def debut_de_partie(self, nom: str) -> None:
        self._clore_ligne()
        self.nom = nom
        self.profondeur = self.dans_la_ligne = self.ligne = self.colonne = 0
        self.indices: dict[str, int] = {}  # letters of a column -> number, computed once

    def startElement(self, nom: str, attributs: AttributesImpl) -> None:
        if ":" in nom:
            nom = nom.rpartition(":")[2]
            self.simple &= not self.profondeur and nom not in {"row", "si"}
        self.total += 1
        if self.profondeur:
            self.profondeur += 1
            self.dans_la_ligne += 1
            if nom == "t":
                self.texte, self.conserve = 0, attributs.get("xml:space") == "preserve"
            if nom == "c":
                self._cellule(attributs.get("r", ""))
                self._contenu(attributs.get("t", "n"))
                self.style = attributs.get("s", "0")
            elif nom == "v" or nom == "is":
                self.valeurs = self.pleine = True
            elif nom == "f":
                self.formules = self.pleine = True
            if nom not in _DANS_UNE_LIGNE and (nom == "rPh" or self.ligne):
                self.simple = False
        elif nom == "row":
            self._ligne(attributs.get("r", ""))
            self.masquee = attributs.get("hidden", "0") in {"1", "true"}
        elif nom == "si":
            self.profondeur, self.dans_la_ligne = 1, 0
            self.texte, self.attendu, self.conserve, self.sans_texte = 0, None, False, True
            self.simple &= self.nom == ARC_SHARED_STRINGS
        else:
            self.hors_lignes += 1
            if nom == "mergeCell":
                self._fusion(attributs.get("ref", ""))
        if (
            self.total > ELEMENTS_MAX
            or self.hors_lignes > ELEMENTS_HORS_LIGNES_MAX
            or self.dans_la_ligne > ELEMENTS_PAR_LIGNE_MAX
            or self.etendue > ETENDUE_MAX
            or self.lignes_larges > LIGNES_MAX
        ):
            raise FichierIllisible(BOMBE)

    def endElement(self, _nom: str) -> None:
        if self.profondeur:
            self.profondeur -= 1
            if self.blanc_final or (self.sans_texte and not self.profondeur):
                self.simple = self.blanc_final = self.sans_texte = False

    def characters(self, contenu: str) -> None:
        if not self.profondeur:
            return
        if self.attendu is None:
            self._texte(contenu)
            return
        self.simple &= not contenu.strip(self.attendu)
        self.valeur += contenu  # a text may come in several pieces
        if not self.valeur.isdigit() or len(self.valeur) > 7 or int(self.valeur) > JOUR_MAX:
            self.styles_sans_jour.add(self.style)

    def _texte(self, contenu: str) -> None:
        self.sans_texte = False
        blancs = not self.texte and contenu[0].isspace()
        if "_x" in contenu or contenu[-1] == "_" or (blancs and not self.conserve):
            self.simple = False  # « _x000D_ », maybe cut in two
        self.blanc_final = contenu[-1].isspace() and not self.conserve
        self.texte += len(contenu)
        if self.texte > self.texte_le_plus_long:
            self.texte_le_plus_long = self.texte

    def _clore_ligne(self) -> None:
        if self.pleine:
            partie = self.parties[self.nom]
            partie.pleines += 1
            if self.masquee and len(partie.masquees) < NUMEROS_MAX:
                partie.masquees.add(self.ligne)
        self.pleine = self.masquee = False

    def _fusion(self, reference: str) -> None:
        m = _FUSION.fullmatch(reference)
        if m is None or m[2] != m[4] or _numero(m[3]) - _numero(m[1]) + 1 < FUSION_MIN:
            return
        fusionnees = self.parties[self.nom].fusionnees
        if len(fusionnees) < NUMEROS_MAX:
            fusionnees.add(int(m[2]))

    def _ligne(self, reference: str) -> None:
        self._clore_ligne()
        numero = int(reference) if reference else self.ligne + 1
        self.simple &= reference == str(numero)
        self.chiffres = reference
        self.parties[self.nom].derniere = numero
        if not self.ligne < numero <= LIGNE_MAX:
            raise ValueError("rows out of order")
        self.etendue += numero - self.ligne
        self.ligne, self.colonne = numero, 0
        self.profondeur, self.dans_la_ligne = 1, 0

    def _cellule(self, reference: str) -> None:
        lettres = reference.rstrip("0123456789")
        numero = self.indices.get(lettres)
        if numero is None:
            numero = self.indices[lettres] = _numero(lettres)
        numero = numero or self.colonne + 1
        if not self.colonne < numero <= COLONNE_MAX:
            raise ValueError("cells out of order")
        if numero > COLONNES_MAX >= self.colonne:
            self.lignes_larges += 1
        self.colonne = numero
        partie = self.parties[self.nom]
        partie.cellules += 1
        if numero > partie.colonnes:
            partie.colonnes = numero
        if reference[len(lettres) :] != self.chiffres or not lettres:
            self.simple = False

    def _contenu(self, genre: str) -> None:
        if genre not in _CONTENUS:  # an error, a date in letters
            self.simple = False
        else:
            self.attendu = _CONTENUS[genre]
        self.texte, self.valeur, self.conserve = 0, "", False


def _numero(lettres: str) -> int:
    """Number from 1 of a column such as « AB », 0 when the reference is left out."""
    numero = 0
    for lettre in lettres.upper():
        if not "A" <= lettre <= "Z":
            raise ValueError(lettres)
        numero = numero * 26 + ord(lettre) - 64
    return numero
