"""What was found, as people read it: moves, and the chains and exchanges that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cadres.models import Cadre
from collectivites.communs.typographie import compter_en_lettres, enumerer
from collectivites.models import Collectivite, Poste

#: Somebody who was forgotten since.
INCONNU = "une personne"


@dataclass(frozen=True)
class Mouvement:
    """One person who leaves a poste for another. `repere`: « A2 »."""

    repere: str
    cadre: Cadre | None
    depuis: Poste | None
    origine: Collectivite
    vers: Poste
    rang: int
    accueil: int
    condition: str
    phrase: str
    decision: dict[str, Any] | None
    #: « accepted », « proposed » or "": what is already out.
    reponse: str = ""
    #: The reader may know which: the proposition is theirs to see.
    sue: bool = False

    @property
    def nom(self) -> str:
        return f"{self.cadre.nom}, {self.cadre.prenom}" if self.cadre else INCONNU

    @property
    def nom_court(self) -> str:
        return f"{self.cadre.prenom[:1]}. {self.cadre.nom}" if self.cadre else INCONNU


@dataclass(frozen=True)
class Composante:
    """`mouvements`: from the vacant poste down; in an exchange, each takes the place of the one
    before, and the first that of the last. `libere`: the poste left vacant at the end of a chain."""

    numero: int
    boucle: bool
    lettre: str
    mouvements: list[Mouvement]

    @property
    def est_nouvelle(self) -> bool:
        """Something of it is still to be proposed."""
        return any(m.reponse not in {"accepted", "proposed"} for m in self.mouvements)

    @property
    def titre(self) -> str:
        n = len(self.mouvements)
        if self.boucle:
            return f"Échange {self.lettre}, {compter_en_lettres(n, 'mobilité', feminin=True)}"
        return f"Chaîne {self.lettre}, {compter_en_lettres(n, 'mobilité', feminin=True)}"

    @property
    def personnes(self) -> str:
        return enumerer([m.nom_court for m in self.mouvements])

    @property
    def suite(self) -> str:
        if self.boucle:
            return "une seule date limite, une seule date d’effet"
        dernier = self.mouvements[-1].depuis
        if dernier is None:
            return "ne libère aucun poste"
        fin = "" if len(self.mouvements) == 1 else "à la fin "
        return f"libère {fin}« {dernier.intitule} », {dernier.collectivite.nom_court}"


def lettre(n: int) -> str:
    """A, B… Z, AA, AB…"""
    lettres = ""
    n += 1
    while n:
        n, reste = divmod(n - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres
