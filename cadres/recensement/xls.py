"""Reader of the old .xls: values by python-calamine, after a look at the records themselves.

The look gives what calamine does not say (formulas, encryption, 1904 dates) and the bounds of each
sheet, since calamine allocates the whole rectangle between the first and the last cell.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from cadres.recensement.archive import MOT_DE_PASSE
from cadres.recensement.cellules import (
    APERCU,
    COLONNES_MAX,
    LIGNES_MAX,
    Cellule,
    Feuille,
    Formule,
    Scalaire,
)
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.ole import Conteneur

_ABIME = "Ce fichier est abîmé : il ne s'ouvre pas. Ouvrez-le dans votre tableur, enregistrez-le au format .xlsx, puis redéposez-le."
_MOT_DE_PASSE, _DATE_1904, _FEUILLE, _FORMULE, _DEBUT = 0x2F, 0x22, 0x85, 0x06, 0x809
_CELLULES = frozenset({0x06, 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0x205, 0xD6})
_SURFACE_MAX = 4_500_000  # cells of the rectangle that calamine would allocate


@dataclass(slots=True)
class _Apercu:
    """What the records of one sheet tell."""

    nom: str
    masquee: bool
    lignes: int = 0
    colonnes: int = 0
    formules: set[tuple[int, int]] = field(default_factory=set)


def _enregistrements(octets: bytes, position: int = 0) -> Iterator[tuple[int, int, bytes]]:
    while position + 4 <= len(octets):
        genre, taille = struct.unpack_from("<HH", octets, position)
        yield position, genre, octets[position + 4 : position + 4 + taille]
        position += 4 + taille


class SourceXls:
    def __init__(self, octets: bytes) -> None:
        try:
            conteneur = Conteneur(octets)
            if "EncryptedPackage" in conteneur.flux:
                raise FichierIllisible(MOT_DE_PASSE)
            nom = next((n for n in ("Workbook", "Book") if n in conteneur.flux), None)
            if nom is None:
                raise FichierIllisible(
                    "Ce fichier n'est pas un classeur. Déposez un fichier .xlsx, .xls, .ods ou .csv."
                )
            self.macros = any(n.startswith("_VBA_PROJECT") for n in conteneur.flux)
            self.date_1904 = False
            self._apercus = self._examiner(conteneur.lire(nom))
        except (struct.error, ValueError, KeyError, IndexError) as e:
            raise FichierIllisible(_ABIME) from e
        self._octets = octets
        self._classeur: CalamineWorkbook | None = None

    def apercus(self) -> list[Feuille]:
        return [self.complete(nom) for nom in self._apercus]

    def complete(self, nom: str) -> Feuille:
        apercu = self._apercus[nom]
        feuille = Feuille(nom, apercu.masquee)
        if apercu.lignes * apercu.colonnes > _SURFACE_MAX:
            feuille.tronquee = True
            return feuille
        for i, valeurs in enumerate(self._valeurs(nom)):
            if not feuille.ajouter(i + 1, self._cellules(apercu, i, valeurs), LIGNES_MAX + APERCU):
                break
        return feuille

    def _cellules(
        self, apercu: _Apercu, ligne: int, valeurs: list[object]
    ) -> Iterator[tuple[int, Cellule]]:
        for colonne, brute in enumerate(valeurs[: COLONNES_MAX + 1]):
            valeur = self._scalaire(brute)
            if (ligne, colonne) in apercu.formules:
                yield colonne, Formule("=…", valeur)
            elif valeur is not None and valeur != "":
                yield colonne, valeur

    def _scalaire(self, brute: object) -> Scalaire:
        if isinstance(brute, bool | str | int):
            return brute
        if isinstance(brute, float):
            return int(brute) if brute.is_integer() else brute
        if isinstance(brute, datetime):
            return brute if brute.hour or brute.minute else brute.date()
        if isinstance(brute, date):
            return brute
        return None if brute is None or isinstance(brute, timedelta) else str(brute)

    def _valeurs(self, nom: str) -> list[list[object]]:
        try:
            if self._classeur is None:
                self._classeur = CalamineWorkbook.from_filelike(io.BytesIO(self._octets))
            feuille = self._classeur.get_sheet_by_name(nom)
            lignes: list[list[object]] = [list(r) for r in feuille.to_python(skip_empty_area=False)]
        except (CalamineError, OSError, ValueError, KeyError, OverflowError) as e:
            raise FichierIllisible(_ABIME) from e
        except BaseException as e:  # a panic of the Rust reader is not an Exception
            if type(e).__name__ == "PanicException":
                raise FichierIllisible(_ABIME) from e
            raise
        return lignes

    def _examiner(self, octets: bytes) -> dict[str, _Apercu]:
        apercus: dict[str, _Apercu] = {}
        debuts: dict[int, _Apercu] = {}
        courant: _Apercu | None = None
        for position, genre, donnees in _enregistrements(octets):
            if genre == _MOT_DE_PASSE:
                raise FichierIllisible(MOT_DE_PASSE)
            if genre == _DATE_1904 and len(donnees) >= 2:
                self.date_1904 = donnees[0] == 1
            elif genre == _FEUILLE:
                debut, etat, sorte = struct.unpack_from("<IBB", donnees)
                if sorte == 0:
                    apercu = _Apercu(_nom_feuille(donnees), etat & 0x3 != 0)
                    apercus[apercu.nom] = debuts[debut] = apercu
            elif genre == _DEBUT:
                courant = debuts.get(position, courant)
            elif courant is not None and genre in _CELLULES and len(donnees) >= 4:
                ligne, colonne = struct.unpack_from("<HH", donnees)
                courant.lignes = max(courant.lignes, ligne + 1)
                courant.colonnes = max(courant.colonnes, colonne + 1)
                if genre == _FORMULE:
                    courant.formules.add((ligne, colonne))
        return apercus


def _nom_feuille(donnees: bytes) -> str:
    longueur, large = donnees[6], donnees[7] & 1
    if large:
        return donnees[8 : 8 + 2 * longueur].decode("utf-16-le", "replace")
    return donnees[8 : 8 + longueur].decode("latin-1")
