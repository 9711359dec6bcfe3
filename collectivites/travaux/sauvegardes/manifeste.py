"""What an archive says that it holds, signed by the installation that made it."""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from django.conf import settings

NOM = "manifeste.json"
FORMAT = 1


class Empreinte(NamedTuple):
    """Of a table: its lines, and the sum of what they hold. Of a file: its bytes, and their SHA-256."""

    nombre: int
    somme: str


@dataclass
class Manifeste:
    """`migrations`: the last of each application, as the base had them."""

    fait_le: str
    moteur: str
    migrations: dict[str, str]
    tables: dict[str, Empreinte] = field(default_factory=dict)
    fichiers: dict[str, Empreinte] = field(default_factory=dict)
    format: int = FORMAT

    def ecrire(self) -> bytes:
        contenu = asdict(self)
        return _texte(
            {**contenu, "signature": _signature(contenu, settings.QUATUOR_CLES_JOURNAL[0])}
        )

    def ecarts(self, tables: dict[str, Empreinte], fichiers: dict[str, Empreinte]) -> list[str]:
        """In French, what is not as it was; nothing when all is."""
        return [
            *_ecarts("table", "ligne(s)", self.tables, tables),
            *_ecarts("fichier", "octet(s)", self.fichiers, fichiers),
        ]


def lire(octets: bytes) -> Manifeste | None:
    """None when it bears no signature of one of our keys."""
    try:
        contenu = json.loads(octets)
        signature = contenu.pop("signature")
        connue = any(
            hmac.compare_digest(signature, _signature(contenu, cle))
            for cle in settings.QUATUOR_CLES_JOURNAL
        )
        if not connue or contenu["format"] != FORMAT:
            return None
        for cle in ("tables", "fichiers"):
            contenu[cle] = {nom: Empreinte(*valeur) for nom, valeur in contenu[cle].items()}
        return Manifeste(**contenu)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _signature(contenu: dict[str, Any], cle: str) -> str:
    return hmac.digest(cle.encode(), b"sauvegarde:" + _texte(contenu), "sha256").hex()


def _texte(contenu: dict[str, Any]) -> bytes:
    return json.dumps(contenu, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _ecarts(
    quoi: str, unite: str, dits: dict[str, Empreinte], lus: dict[str, Empreinte]
) -> list[str]:
    absents = [f"{quoi} {nom} : absent" for nom in sorted(dits.keys() - lus.keys())]
    en_plus = [f"{quoi} {nom} : en plus" for nom in sorted(lus.keys() - dits.keys())]
    autres = [
        f"{quoi} {nom} : {lus[nom].nombre} {unite} au lieu de {dits[nom].nombre}"
        if lus[nom].nombre != dits[nom].nombre
        else f"{quoi} {nom} : {lus[nom].nombre} {unite}, mais au contenu différent"
        for nom in sorted(dits.keys() & lus.keys())
        if lus[nom] != dits[nom]
    ]
    return [*absents, *en_plus, *autres]
