"""Reader of .csv: encoding and separator found from the content."""

import csv
import io
from collections import Counter
from itertools import islice

from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.cellules import (
    APERCU,
    COLONNES_MAX,
    LIGNES_MAX,
    TEXTE_MAX,
    Feuille,
)

_SEPARATEURS = ";\t,|"
_FRANCAIS = frozenset("éèêëàâäçîïôöùûüœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ’«»°€–—…“”ñáíóúãõ²\u00a0")
_MARQUES = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PAS_DU_TEXTE = (
    "Ce fichier n'est pas un tableau : son contenu n'est pas du texte. "
    "Déposez un fichier .xlsx, .xls, .ods ou .csv."
)
NOMS_ENCODAGES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}


def decoder(octets: bytes) -> tuple[str, str]:
    """The text and the encoding it was written in; French letters decide between 8-bit ones."""
    for marque, encodage in _MARQUES:
        if octets.startswith(marque):
            return _essayer(octets, encodage), encodage
    debut = octets[:2000]
    if debut.count(0) > len(debut) // 4:
        encodage = "utf-16-le" if debut[1::2].count(0) > debut[::2].count(0) else "utf-16-be"
        return _essayer(octets, encodage), encodage
    try:
        return octets.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return max(
        ((octets.decode(e, "replace"), e) for e in ("cp1252", "mac_roman", "cp850")),
        key=lambda paire: _vraisemblance(paire[0]),
    )


def _essayer(octets: bytes, encodage: str) -> str:
    try:
        return octets.decode(encodage)
    except UnicodeDecodeError as e:
        raise FichierIllisible(_PAS_DU_TEXTE) from e


def _vraisemblance(texte: str) -> int:
    compte = Counter(texte[:200_000])
    return sum(
        n if c in _FRANCAIS else -n for c, n in compte.items() if c > "\x7f"
    ) - 10 * compte.get("\ufffd", 0)


def _verifier_texte(texte: str) -> None:
    debut = texte[:20_000]
    controles = sum(c < " " and c not in "\t\r\n\x0b\x0c\x1a" for c in debut)
    if "\x00" in texte[:1_000_000] or controles > len(debut) // 200:
        raise FichierIllisible(_PAS_DU_TEXTE)
    tete = debut.lstrip("\ufeff \t\r\n")[:200].lower()
    if tete.startswith(("<!doctype html", "<html", "<?xml", "<table")):
        raise FichierIllisible(
            "Ce fichier est une page web ou un document XML, pas un tableur. "
            "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx."
        )


def _separateur(texte: str) -> str:
    """The separator under which most of the first rows have the same number of cells (≥ 2)."""
    meilleur, meilleure_note = ";", (0, 0)
    for separateur in _SEPARATEURS:
        lecteur = csv.reader(io.StringIO(texte[:200_000], newline=""), delimiter=separateur)
        try:
            comptes = Counter(len(ligne) for ligne in islice(lecteur, 60) if len(ligne) > 1)
        except csv.Error:
            continue
        if comptes:
            largeur, fois = max(comptes.items(), key=lambda p: (p[1], p[0]))
            if (fois, largeur) > meilleure_note:
                meilleur, meilleure_note = separateur, (fois, largeur)
    return meilleur


class SourceCsv:
    """The one sheet of a text file."""

    date_1904 = False

    def __init__(self, octets: bytes, nom: str) -> None:
        texte, self.encodage = decoder(octets)
        _verifier_texte(texte)
        premiere, _, reste = texte.partition("\n")
        if premiere.lower().startswith("sep=") and len(premiere.strip()) == 5:
            self.separateur, texte = premiere[4], reste  # a hint that Excel does not count as a row
        else:
            self.separateur = _separateur(texte)
        self.nom = nom
        self._feuille: Feuille | None = None
        self._texte = texte

    def apercus(self) -> list[Feuille]:
        return [self.complete(self.nom)]

    def complete(self, nom: str) -> Feuille:
        if self._feuille is None:
            self._feuille = self._lire()
        return self._feuille

    def _lire(self) -> Feuille:
        feuille = Feuille(self.nom, active=True)
        flux = io.StringIO(self._texte, newline="")
        numero = 0
        try:
            for ligne in csv.reader(flux, delimiter=self.separateur):
                numero += 1
                cellules = enumerate(ligne[: COLONNES_MAX + 50])
                pleines = ((i, v[:TEXTE_MAX]) for i, v in cellules if v and not v.isspace())
                if not feuille.ajouter(numero, pleines, LIGNES_MAX + APERCU):
                    break
        except csv.Error as e:
            raise FichierIllisible(
                f"La ligne {numero + 1} du fichier ne se lit pas : un guillemet y est peut-être resté ouvert."
            ) from e
        return feuille
