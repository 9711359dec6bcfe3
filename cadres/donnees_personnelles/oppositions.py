"""The register of oppositions: recognising, in a list, somebody of whom nothing is kept.

Each key of the person (matricule, e-mail, name with first name) becomes a keyed hash, for one
collectivité: without the secret of the installation, which is not in the database, a hash tells
nothing, and two employers cannot compare theirs. What is close counts as the same, as in an import
(`recensement.rapprochement`): zeros lost, capitals, accents. A homonym with another matricule or
another e-mail is another person.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from cadres.models import Cadre, Opposition
from cadres.recensement.champs.noms import cle_nom
from cadres.recensement.personnes.comparaison import cle_matricule
from collectivites.models import Collectivite

OPPOSEE = (
    "Cette personne s’est opposée à être recensée. Si elle est de nouveau volontaire, dites-le "
    "dans « Qui en a eu l’idée » : son opposition sera levée, et elle confirmera elle-même."
)

OPPOSEE_AILLEURS = (
    "Ce nom, ce matricule ou ce courriel est celui d’une personne qui s’est opposée à être "
    "recensée. Rien n’est changé."
)


@dataclass(frozen=True)
class Empreintes:
    """The hashes of one identity, under one secret; "" for a key that is not known."""

    nom: str
    matricule: str
    courriel: str


def _secrets() -> list[str]:
    """The present secret first; former ones still recognise whom they hid."""
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def _empreintes(
    secret: str, collectivite_id: int, nom: str, prenom: str, matricule: str, courriel: str
) -> Empreintes:
    cle = hmac.digest(secret.encode(), f"quatuor.oppositions:{collectivite_id}".encode(), "sha256")

    def empreinte(genre: str, texte: str) -> str:
        return hmac.digest(cle, f"{genre}:{texte}".encode(), "sha256").hex() if texte else ""

    return Empreintes(
        nom=empreinte("nom", cle_nom(nom, prenom)),
        matricule=empreinte("matricule", cle_matricule(matricule)),
        courriel=empreinte("courriel", courriel.strip().lower()),
    )


def s_opposer(cadre: Cadre) -> None:
    """Keep the hashes of a person, just before everything that names them goes."""
    empreintes = _empreintes(
        settings.SECRET_KEY,
        cadre.collectivite_id,
        cadre.nom,
        cadre.prenom,
        cadre.matricule,
        cadre.courriel,
    )
    Opposition.objects.get_or_create(
        collectivite_id=cadre.collectivite_id,
        nom=empreintes.nom,
        matricule=empreintes.matricule,
        courriel=empreintes.courriel,
    )


class Oppositions:
    """Those of a collectivité, read once: `o(nom, prenom, matricule, courriel)` says if it is one."""

    def __init__(self, collectivite: Collectivite) -> None:
        self._collectivite_id = collectivite.pk
        self._par_cle: dict[str, list[Opposition]] = defaultdict(list)
        for opposition in Opposition.objects.filter(collectivite=collectivite):
            for cle in {opposition.nom, opposition.matricule, opposition.courriel} - {""}:
                self._par_cle[cle].append(opposition)

    def __bool__(self) -> bool:
        return bool(self._par_cle)

    def __call__(self, nom: str, prenom: str, matricule: str = "", courriel: str = "") -> bool:
        return any(self._trouver(nom, prenom, matricule, courriel))

    def lever(self, nom: str, prenom: str, matricule: str = "", courriel: str = "") -> bool:
        """The person volunteers again: nothing of their opposition stays. False: there was none."""
        levees = {o.pk for o in self._trouver(nom, prenom, matricule, courriel)}
        if levees:
            Opposition.objects.filter(pk__in=levees).delete()
        return bool(levees)

    def _trouver(
        self, nom: str, prenom: str, matricule: str, courriel: str
    ) -> Iterator[Opposition]:
        if not self._par_cle:
            return  # nearly all collectivités: not one hash is computed
        for secret in _secrets():
            siennes = _empreintes(secret, self._collectivite_id, nom, prenom, matricule, courriel)
            for cle in (siennes.matricule, siennes.courriel):
                yield from self._par_cle.get(cle, ()) if cle else ()
            for opposition in self._par_cle.get(siennes.nom, ()):
                if not _distincts(siennes, opposition):
                    yield opposition


def _distincts(siennes: Empreintes, opposition: Opposition) -> bool:
    """Homonyms are told apart by matricule, else by e-mail."""
    if siennes.matricule and opposition.matricule:
        return siennes.matricule != opposition.matricule
    return bool(
        siennes.courriel and opposition.courriel and siennes.courriel != opposition.courriel
    )
