"""Reader of .xlsx: one streaming pass per sheet, values and formulas together, no evaluation.

Values, cached results and formulas come out of the same pass, and no cell is allocated that the
file does not hold: a lone cell in XFD1048576 costs nothing.
"""

import posixpath
import zipfile
from collections.abc import Callable
from datetime import date, datetime

from cadres.recensement.archive import Assez, lire_debut, lire_xml
from cadres.recensement.cellules import (
    APERCU,
    FORMATS_DATE,
    LIGNES_MAX,
    TEXTE_MAX,
    Cellule,
    Feuille,
    Formule,
    Scalaire,
    depuis_serie,
    est_format_date,
    nombre,
)
from cadres.recensement.erreurs import FichierIllisible

_MACROS = ("vbaproject.bin", "xl/macrosheets/")


def contient_macros(archive: zipfile.ZipFile) -> bool:
    noms = [n.lower() for n in archive.namelist()]
    if any(marque in nom for nom in noms for marque in _MACROS):
        return True
    return b"macroEnabled" in lire_debut(archive, "[Content_Types].xml")


def _rien(*_: object) -> None:
    return None


def _colonne(reference: str) -> int:
    """Index from 0 of a reference such as « AB12 »."""
    indice = 0
    for lettre in reference:
        if not "A" <= lettre <= "Z":
            break
        indice = indice * 26 + ord(lettre) - 64
    if not 1 <= indice <= 16_384:
        raise ValueError(reference)
    return indice - 1


class SourceXlsx:
    """A workbook whose parts are read on demand."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.date_1904 = False
        self._parties: dict[str, tuple[str, bool]] = {}  # sheet name -> (part, hidden)
        self._noms = set(archive.namelist())
        self._classeur()
        self._styles_date: frozenset[str] = self._lire_styles()
        self._chaines: list[str] | None = None

    def apercus(self) -> list[Feuille]:
        return [self._lire(nom, APERCU) for nom in self._parties]

    def complete(self, nom: str) -> Feuille:
        return self._lire(nom, LIGNES_MAX + APERCU)

    def _classeur(self) -> None:
        principale = self._relation("_rels/.rels", "/officeDocument") or "xl/workbook.xml"
        if principale not in self._noms:
            raise FichierIllisible(
                "Ce fichier n'est pas un classeur. Déposez un fichier .xlsx, .xls, .ods ou .csv."
            )
        dossier, fichier = posixpath.split(principale)
        cibles = self._relations(f"{dossier}/_rels/{fichier}.rels", dossier)

        def debut(nom: str, attributs: dict[str, str]) -> None:
            if nom == "workbookPr":
                self.date_1904 = attributs.get("date1904") in {"1", "true"}
            elif nom == "sheet":
                identifiant = next((v for k, v in attributs.items() if k.endswith(":id")), "")
                partie = cibles.get(identifiant, ("", ""))[0]
                if partie in self._noms and "worksheet" in cibles[identifiant][1]:
                    masquee = attributs.get("state", "visible") != "visible"
                    self._parties[attributs.get("name", partie)] = (partie, masquee)

        lire_xml(self.archive, principale, debut, _rien, _rien)

    def _relations(self, partie: str, dossier: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (part, type)."""
        cibles: dict[str, tuple[str, str]] = {}
        if partie not in self._noms:
            return cibles

        def debut(nom: str, attributs: dict[str, str]) -> None:
            if nom == "Relationship" and attributs.get("TargetMode") != "External":
                cible = posixpath.normpath(
                    posixpath.join("/" + dossier, attributs.get("Target", ""))
                )
                cibles[attributs.get("Id", "")] = (cible.lstrip("/"), attributs.get("Type", ""))

        lire_xml(self.archive, partie, debut, _rien, _rien)
        return cibles

    def _relation(self, partie: str, suffixe: str) -> str:
        for cible, genre in self._relations(partie, "").values():
            if genre.endswith(suffixe):
                return cible
        return ""

    def _lire_styles(self) -> frozenset[str]:
        """The cell style numbers whose number format is a date."""
        partie = "xl/styles.xml"
        dates: set[str] = set()
        formats: dict[str, bool] = {}
        dans_xfs = False
        rang = 0

        def debut(nom: str, attributs: dict[str, str]) -> None:
            nonlocal dans_xfs, rang
            if nom == "numFmt":
                formats[attributs.get("numFmtId", "")] = est_format_date(
                    attributs.get("formatCode", "")
                )
            elif nom == "cellXfs":
                dans_xfs = True
            elif nom == "xf" and dans_xfs:
                code = attributs.get("numFmtId", "0")
                if formats.get(code, code.isdecimal() and int(code) in FORMATS_DATE):
                    dates.add(str(rang))
                rang += 1

        def fin(nom: str) -> None:
            nonlocal dans_xfs
            if nom == "cellXfs":
                dans_xfs = False

        if partie in self._noms:
            lire_xml(self.archive, partie, debut, fin, _rien)
        return frozenset(dates)

    def _lire_chaines(self) -> list[str]:
        if self._chaines is not None:
            return self._chaines
        lecteur = _LecteurChaines()
        if "xl/sharedStrings.xml" in self._noms:
            lire_xml(
                self.archive, "xl/sharedStrings.xml", lecteur.debut, lecteur.fin, lecteur.texte
            )
        self._chaines = lecteur.chaines
        return self._chaines

    def _lire(self, nom: str, maximum: int) -> Feuille:
        partie, masquee = self._parties[nom]
        feuille = Feuille(nom, masquee)
        lecteur = _LecteurFeuille(feuille, maximum, self._scalaire)
        lire_xml(self.archive, partie, lecteur.debut, lecteur.fin, lecteur.texte)
        return feuille

    def _scalaire(self, genre: str, style: str, brut: str) -> Scalaire:
        if genre == "s":
            chaines = self._lire_chaines()
            rang = int(brut) if brut else -1
            return chaines[rang] if 0 <= rang < len(chaines) else None
        if genre in {"str", "inlineStr", "e"}:
            return brut or None
        if not brut:
            return None
        if genre == "b":
            return brut.strip() in {"1", "true"}
        if genre == "d":
            return _date_iso(brut)
        valeur = nombre(brut)
        if style in self._styles_date and not isinstance(valeur, str):
            return depuis_serie(valeur, self.date_1904) or valeur
        return valeur


def _date_iso(brut: str) -> date | datetime | str:
    try:
        moment = datetime.fromisoformat(brut.rstrip("Z"))
    except ValueError:
        return brut
    return moment if moment.hour or moment.minute else moment.date()


class _LecteurChaines:
    """Handlers of the shared strings; phonetic readings are left out."""

    def __init__(self) -> None:
        self.chaines: list[str] = []
        self.morceaux: list[str] = []
        self.actif = self.phonetique = False

    def debut(self, nom: str, _attributs: dict[str, str]) -> None:
        if nom == "si":
            self.morceaux = []
        elif nom == "rPh":
            self.phonetique = True
        elif nom == "t":
            self.actif = not self.phonetique

    def fin(self, nom: str) -> None:
        if nom == "t":
            self.actif = False
        elif nom == "rPh":
            self.phonetique = False
        elif nom == "si":
            self.chaines.append("".join(self.morceaux)[:TEXTE_MAX])

    def texte(self, contenu: str) -> None:
        if self.actif:
            self.morceaux.append(contenu)


class _LecteurFeuille:
    """Handlers of one sheet part."""

    def __init__(
        self, feuille: Feuille, maximum: int, scalaire: Callable[[str, str, str], Scalaire]
    ) -> None:
        self.feuille = feuille
        self.maximum = maximum
        self.scalaire = scalaire
        self.numero = 0
        self.colonne = -1
        self.colonnes: dict[str, int] = {}  # letters -> index, computed once
        self.ligne: list[tuple[int, Cellule]] = []
        self.genre = self.style = ""
        self.morceaux: list[str] = []
        self.formule: list[str] | None = None
        self.cible: list[str] | None = None
        self.phonetique = False

    def debut(self, nom: str, attributs: dict[str, str]) -> None:
        if nom == "c":
            reference = attributs.get("r")
            if reference:
                lettres = reference.rstrip("0123456789")
                indice = self.colonnes.get(lettres)
                if indice is None:
                    indice = self.colonnes[lettres] = _colonne(lettres)
                self.colonne = indice
            else:
                self.colonne += 1
            self.genre = attributs.get("t", "n")
            self.style = attributs.get("s", "")
            self.morceaux = []
            self.formule = None
        elif nom in {"v", "t"}:
            self.cible = None if self.phonetique else self.morceaux
        elif nom == "f":
            self.formule = self.cible = []
        elif nom == "row":
            self.numero = int(attributs.get("r", self.numero + 1))
            self.colonne = -1
            self.ligne = []
        elif nom == "rPh":
            self.phonetique = True

    def fin(self, nom: str) -> None:
        if nom == "c":
            lue = self.scalaire(self.genre, self.style, "".join(self.morceaux)[:TEXTE_MAX])
            valeur: Cellule = lue
            if self.formule is not None:
                valeur = Formule("=" + "".join(self.formule)[:TEXTE_MAX], lue)
            if valeur is not None:
                self.ligne.append((self.colonne, valeur))
        elif nom in {"v", "t", "f"}:
            self.cible = None
        elif nom == "row":
            self.ligne.sort(key=_rang)
            if not self.feuille.ajouter(self.numero, self.ligne, self.maximum):
                raise Assez
        elif nom == "rPh":
            self.phonetique = False

    def texte(self, contenu: str) -> None:
        if self.cible is not None:
            self.cible.append(contenu)


def _rang(paire: tuple[int, Cellule]) -> int:
    return paire[0]
