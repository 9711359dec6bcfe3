"""The identity providers of this installation, as its settings describe them
(`mobility.reglages.fournisseurs`)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import capfirst


@dataclass(frozen=True)
class Fournisseur:
    """`signe`: what it says of a person comes in a JWT. `siret`: the claim of the employer, "" when it
    answers for one house alone. `acr`: the levels that are accepted, all of them when empty;
    `acr_fort`: those that are a second factor. `reauthentifie`: asked to, it makes a person prove again
    who they are."""

    nom: str
    titre: str
    client: str
    secret: str
    serveur: str
    alg: str = "RS256"
    signe: bool = False
    siret: str = ""
    acr: tuple[str, ...] | list[str] = ()
    acr_fort: tuple[str, ...] | list[str] = ()
    scope: str = "openid"
    reauthentifie: bool = True
    est_proconnect: bool = False

    def __str__(self) -> str:
        return self.titre

    @property
    def en_tete(self) -> str:
        """As a sentence begins: « L’annuaire de l’agglomération »."""
        return capfirst(self.titre)


def tous() -> list[Fournisseur]:
    return [Fournisseur(**valeurs) for valeurs in settings.FOURNISSEURS]


def trouver(nom: str) -> Fournisseur | None:
    return next((f for f in tous() if f.nom == nom), None)
