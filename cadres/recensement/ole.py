"""Just enough of the OLE2 container (MS-CFB) to look into an .xls before opening it.

Used to tell an encrypted .xlsx and a workbook with macros, and to reach the records that `xls` reads.
Every chain is bounded by the size of the file.
"""

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIN = 0xFFFFFFFA  # this sector number and above are marks, not sectors


class Conteneur:
    """Directory and streams of an OLE2 file. Raises ValueError when it is damaged."""

    def __init__(self, octets: bytes) -> None:
        if len(octets) < 512 or octets[:8] != SIGNATURE:
            raise ValueError("not an OLE2 file")
        self._octets = octets
        (puissance,) = struct.unpack_from("<H", octets, 30)
        if puissance not in {9, 12}:
            raise ValueError("sector size")
        self._taille = 1 << puissance
        racine, _, self._seuil, mini, _, difat, _ = struct.unpack_from("<7I", octets, 48)
        self._fat = self._lire_fat(difat)
        repertoire = self._chaine(racine)
        self.flux: dict[str, tuple[int, int]] = {}  # name -> (first sector, size)
        debut_mini = 0
        for position in range(0, len(repertoire) - 127, 128):
            nom, genre, debut, taille = self._entree(repertoire, position)
            if genre == 5:
                debut_mini = debut
            if genre:
                self.flux.setdefault(nom, (debut, taille))
        self._mini_fat = self._entiers(self._chaine(mini))
        self._mini = self._chaine(debut_mini)

    def lire(self, nom: str) -> bytes:
        debut, taille = self.flux[nom]
        if taille < self._seuil:
            return self._suivre(self._mini, self._mini_fat, debut, 64, 0)[:taille]
        return self._chaine(debut)[:taille]

    @staticmethod
    def _entree(repertoire: bytes, position: int) -> tuple[str, int, int, int]:
        longueur, genre = struct.unpack_from("<HB", repertoire, position + 64)
        nom = repertoire[position : position + max(0, min(longueur, 64) - 2)]
        debut, taille = struct.unpack_from("<II", repertoire, position + 116)
        return nom.decode("utf-16-le", "replace"), genre, debut, taille

    def _lire_fat(self, difat: int) -> list[int]:
        secteurs = list(struct.unpack_from("<109I", self._octets, 76))
        vus = 0
        while difat < _FIN and vus < 1_000:
            bloc = self._entiers(self._secteur(difat))
            if not bloc:
                break
            secteurs += bloc[:-1]
            difat = bloc[-1]
            vus += 1
        fat: list[int] = []
        for secteur in secteurs:
            if secteur < _FIN:
                fat += self._entiers(self._secteur(secteur))
                if len(fat) * self._taille > 2 * len(self._octets) + self._taille * 1024:
                    break
        return fat

    def _secteur(self, numero: int) -> bytes:
        debut = (numero + 1) * self._taille
        return self._octets[debut : debut + self._taille]

    @staticmethod
    def _entiers(octets: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(octets) // 4}I", octets[: len(octets) // 4 * 4]))

    def _chaine(self, debut: int) -> bytes:
        return self._suivre(self._octets, self._fat, debut, self._taille, 1)

    @staticmethod
    def _suivre(octets: bytes, fat: list[int], secteur: int, taille: int, decalage: int) -> bytes:
        """Follow a chain of sectors; a loop stops when it has gone through as many as there are."""
        morceaux: list[bytes] = []
        while secteur < len(fat) and len(morceaux) <= len(fat):
            debut = (secteur + decalage) * taille
            morceaux.append(octets[debut : debut + taille])
            secteur = fat[secteur]
        return b"".join(morceaux)
