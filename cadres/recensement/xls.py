"""Reader of the old .xls (BIFF8, Excel 97 to 2003): the records that hold values, and no other.

Written here because the readers at hand either do not tell formulas from values, or bring the whole
process down on a damaged file (an allocation sized by the file itself). Every size is checked
against the bytes that are really there.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from cadres.recensement.archive import MOT_DE_PASSE
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
)
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.ole import Conteneur

_ABIME = "Ce fichier est abîmé : il ne s'ouvre pas. Ouvrez-le dans votre tableur, enregistrez-le au format .xlsx, puis redéposez-le."
_TROP_ANCIEN = "Ce classeur est d'un format trop ancien. Enregistrez-le au format .xlsx."
_FORMULE, _FIN, _DATE_1904, _PROTEGE, _SUITE = 0x06, 0x0A, 0x22, 0x2F, 0x3C
_FEUILLE, _MULRK, _XF, _CHAINES, _CHAINE, _DEBUT = 0x85, 0xBD, 0xE0, 0xFC, 0xFD, 0x809
_NOMBRE, _TEXTE, _BOOLEEN, _RESULTAT, _RK, _FORMAT = 0x203, 0x204, 0x205, 0x207, 0x27E, 0x41E
_ERREURS = {
    0: "#NUL!",
    7: "#DIV/0!",
    15: "#VALEUR!",
    23: "#REF!",
    29: "#NOM?",
    36: "#NOMBRE!",
    42: "#N/A",
}

_Enregistrement = tuple[int, bytes]


def _enregistrements(octets: bytes, position: int = 0) -> Iterator[_Enregistrement]:
    while position + 4 <= len(octets):
        genre, taille = struct.unpack_from("<HH", octets, position)
        yield genre, octets[position + 4 : position + 4 + taille]
        position += 4 + taille


class _Fil:
    """Bytes of a record and of its continuations; a text cut in two starts again with a flag."""

    def __init__(self, morceaux: list[bytes]) -> None:
        self.morceaux = morceaux
        self.rang = self.place = 0

    def avancer(self) -> bool:
        """False at the very end."""
        while self.rang < len(self.morceaux) and self.place >= len(self.morceaux[self.rang]):
            self.rang += 1
            self.place = 0
        return self.rang < len(self.morceaux)

    def octets(self, nombre: int) -> bytes:
        lus: list[bytes] = []
        while nombre > 0 and self.avancer():
            morceau = self.morceaux[self.rang][self.place : self.place + nombre]
            lus.append(morceau)
            self.place += len(morceau)
            nombre -= len(morceau)
        if nombre > 0:
            raise ValueError("record cut short")
        return b"".join(lus)

    def chaine(self) -> str:
        longueur, drapeau = struct.unpack("<HB", self.octets(3))
        (riches,) = struct.unpack("<H", self.octets(2)) if drapeau & 8 else (0,)
        (etendue,) = struct.unpack("<I", self.octets(4)) if drapeau & 4 else (0,)
        texte = self._caracteres(longueur, drapeau & 1)
        self.octets(4 * riches)
        self.octets(etendue)
        return texte

    def _caracteres(self, nombre: int, large: int) -> str:
        lus: list[str] = []
        rang = self.rang
        while nombre > 0:
            if not self.avancer():
                raise ValueError("text cut short")
            if self.rang != rang:
                rang = self.rang
                large = self.octets(1)[0] & 1
                continue
            reste = len(self.morceaux[rang]) - self.place
            pris = min(nombre, max(1, reste // (1 + large)))
            lus.append(_decoder(self.octets(pris * (1 + large)), large))
            nombre -= pris
        return "".join(lus)


def _decoder(octets: bytes, large: int) -> str:
    return octets.decode("utf-16-le", "replace") if large else octets.decode("latin-1")


@dataclass(slots=True)
class _Global:
    """What the first part of the workbook says of all sheets."""

    feuilles: dict[str, tuple[int, bool]] = field(default_factory=dict)  # name -> (place, hidden)
    chaines: list[str] = field(default_factory=list)
    formats: dict[int, bool] = field(default_factory=dict)  # number format -> is a date
    styles: list[int] = field(default_factory=list)  # cell style -> number format
    date_1904: bool = False


class SourceXls:
    def __init__(self, octets: bytes) -> None:
        try:
            conteneur = Conteneur(octets)
            if "EncryptedPackage" in conteneur.flux:
                raise FichierIllisible(MOT_DE_PASSE)
            if "Workbook" not in conteneur.flux:
                raise FichierIllisible(
                    _TROP_ANCIEN
                    if "Book" in conteneur.flux
                    else "Ce fichier n'est pas un classeur. Déposez un fichier .xlsx, .xls, .ods ou .csv."
                )
            self.macros = any(n.startswith("_VBA_PROJECT") for n in conteneur.flux)
            self._octets = conteneur.lire("Workbook")
            self._global = _lire_global(self._octets)
        except (struct.error, ValueError, LookupError) as e:
            raise FichierIllisible(_ABIME) from e
        self.date_1904 = self._global.date_1904

    def apercus(self) -> list[Feuille]:
        return [self._lire(nom, APERCU) for nom in self._global.feuilles]

    def complete(self, nom: str) -> Feuille:
        return self._lire(nom, LIGNES_MAX + APERCU)

    def _lire(self, nom: str, maximum: int) -> Feuille:
        debut, masquee = self._global.feuilles[nom]
        feuille = Feuille(nom, masquee)
        lecteur = _LecteurFeuille(self._global, maximum)
        try:
            lecteur.lire(_enregistrements(self._octets, debut))
        except (struct.error, ValueError, LookupError) as e:
            raise FichierIllisible(_ABIME) from e
        for ligne, cellules in sorted(lecteur.lignes.items()):
            feuille.ajouter(ligne + 1, sorted(cellules.items()), maximum)
        feuille.tronquee = feuille.tronquee or lecteur.tronquee
        return feuille


def _lire_global(octets: bytes) -> _Global:
    lu = _Global()
    suites: list[bytes] | None = None
    for rang, (genre, donnees) in enumerate(_enregistrements(octets)):
        if genre == _SUITE and suites is not None:
            suites.append(donnees)
            continue
        if rang == 0 and (genre != _DEBUT or donnees[:2] != b"\x00\x06"):
            raise FichierIllisible(_TROP_ANCIEN)
        if genre == _CHAINES:
            suites = [donnees[8:]]
        elif genre != _SUITE and suites is not None:
            lu.chaines = _lire_chaines(suites)
            suites = None
        if genre == _FIN:
            break
        _noter(lu, genre, donnees)
    if suites is not None:
        lu.chaines = _lire_chaines(suites)
    return lu


def _lire_chaines(morceaux: list[bytes]) -> list[str]:
    fil = _Fil(morceaux)
    chaines: list[str] = []
    try:
        while fil.avancer():
            chaines.append(fil.chaine()[:TEXTE_MAX])
    except (ValueError, struct.error):
        pass  # what follows a damaged text cannot be told; the cells that need it stay empty
    return chaines


def _noter(lu: _Global, genre: int, donnees: bytes) -> None:
    if genre == _PROTEGE:
        raise FichierIllisible(MOT_DE_PASSE)
    if genre == _DATE_1904:
        lu.date_1904 = donnees[:1] == b"\x01"
    elif genre == _FORMAT:
        numero, longueur, drapeau = struct.unpack_from("<HHB", donnees)
        code = _decoder(donnees[5 : 5 + longueur * (1 + (drapeau & 1))], drapeau & 1)
        lu.formats[numero] = est_format_date(code)
    elif genre == _XF:
        lu.styles.append(struct.unpack_from("<H", donnees, 2)[0])
    elif genre == _FEUILLE:
        debut, etat, sorte, longueur, drapeau = struct.unpack_from("<IBBBB", donnees)
        if sorte == 0:
            large = drapeau & 1
            nom = _decoder(donnees[8 : 8 + longueur * (1 + large)], large)
            lu.feuilles[nom] = (debut, etat & 3 != 0)


class _LecteurFeuille:
    """The cells of one sheet, by row; nothing is allocated between them."""

    def __init__(self, commun: _Global, maximum: int) -> None:
        self.commun = commun
        self.maximum = maximum
        self.lignes: dict[int, dict[int, Cellule]] = {}
        self.tronquee = False
        self._attente: tuple[int, int] | None = None  # of a formula whose text result follows

    def lire(self, enregistrements: Iterator[_Enregistrement]) -> None:
        profondeur = 0  # a chart inside the sheet has its own records
        for genre, donnees in enregistrements:
            if genre == _DEBUT:
                profondeur += 1
            elif genre == _FIN:
                profondeur -= 1
                if profondeur <= 0:
                    return
            elif profondeur == 1 and len(donnees) >= 3:
                self._cellule(genre, donnees)
            if self.tronquee:
                return

    def _cellule(self, genre: int, donnees: bytes) -> None:
        if genre == _RESULTAT:
            if self._attente is not None:
                ligne, colonne = self._attente
                self._poser(ligne, colonne, Formule("=…", _Fil([donnees]).chaine()[:TEXTE_MAX]))
                self._attente = None
        elif genre == _MULRK:
            ligne, colonne = struct.unpack_from("<HH", donnees)
            for i in range((len(donnees) - 6) // 6):
                style, brut = struct.unpack_from("<HI", donnees, 4 + 6 * i)
                self._poser(ligne, colonne + i, self._nombre(_rk(brut), style))
        elif genre in _LECTEURS:
            ligne, colonne, style = struct.unpack_from("<HHH", donnees)
            self._poser(ligne, colonne, self._valeur(genre, donnees, style, (ligne, colonne)))

    def _valeur(self, genre: int, donnees: bytes, style: int, place: tuple[int, int]) -> Cellule:
        if genre == _FORMULE:
            return Formule("=…", self._resultat(donnees[6:14], style, place))
        if genre == _NOMBRE:
            return self._nombre(struct.unpack_from("<d", donnees, 6)[0], style)
        if genre == _RK:
            return self._nombre(_rk(struct.unpack_from("<I", donnees, 6)[0]), style)
        if genre == _CHAINE:
            (rang,) = struct.unpack_from("<I", donnees, 6)
            return self.commun.chaines[rang] if rang < len(self.commun.chaines) else None
        if genre == _TEXTE:
            return _Fil([donnees[6:]]).chaine()[:TEXTE_MAX]
        valeur, erreur = struct.unpack_from("<BB", donnees, 6)
        return _ERREURS.get(valeur, "#N/A") if erreur else valeur == 1

    def _resultat(self, octets: bytes, style: int, place: tuple[int, int]) -> Scalaire:
        """The stored result of a formula; a text comes in a record of its own."""
        if octets[6:8] != b"\xff\xff":
            return self._nombre(struct.unpack("<d", octets)[0], style)
        if octets[0] == 0:
            self._attente = place
        if octets[0] == 1:
            return octets[2] == 1
        return _ERREURS.get(octets[2], "#N/A") if octets[0] == 2 else None

    def _nombre(self, valeur: float, style: int) -> Scalaire:
        if valeur != valeur or abs(valeur) > 1e15:
            return str(valeur)
        if style < len(self.commun.styles):
            numero = self.commun.styles[style]
            if self.commun.formats.get(numero, numero in FORMATS_DATE):
                return depuis_serie(valeur, self.commun.date_1904) or valeur
        return int(valeur) if float(valeur).is_integer() else valeur

    def _poser(self, ligne: int, colonne: int, valeur: Cellule) -> None:
        if valeur is None or valeur == "":
            return
        if ligne not in self.lignes:
            if len(self.lignes) >= self.maximum:
                self.tronquee = True
                return
            self.lignes[ligne] = {}
        self.lignes[ligne][colonne] = valeur


_LECTEURS = frozenset({_FORMULE, _NOMBRE, _RK, _CHAINE, _TEXTE, _BOOLEEN})


def _rk(brut: int) -> float:
    """Numbers packed in 30 bits: an integer or the head of a double, in hundredths or not."""
    if brut & 2:
        entier = brut >> 2
        valeur = float(entier - (1 << 30) if entier & (1 << 29) else entier)
    else:
        (valeur,) = struct.unpack("<d", struct.pack("<Q", (brut & 0xFFFFFFFC) << 32))
    return valeur / 100 if brut & 1 else valeur
