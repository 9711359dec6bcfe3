"""Every address of the site, as the resolver knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

NOS_APPLICATIONS = ("collectivites", "cadres", "parcours", "opportunites", "pilotage")

#: The only rule that takes addresses out of the matrix: Django's admin, which has its own test.
HORS_MATRICE = ("admin",)


@dataclass(frozen=True)
class Adresse:
    """A name, the view behind it, and the parameters that it needs."""

    nom: str
    vue: Callable[..., Any]
    parametres: tuple[str, ...]
    route: str

    @property
    def est_a_nous(self) -> bool:
        return self.vue.__module__.split(".")[0] in NOS_APPLICATIONS

    @property
    def est_publique(self) -> bool:
        """As LoginRequiredMiddleware understands it."""
        return not getattr(self.vue, "login_required", True)

    def chemin(self, **valeurs: Any) -> str:
        return reverse(self.nom, kwargs=valeurs)


def _parcourir(
    motifs: list[Any], espace: str = "", route: str = "", recus: tuple[str, ...] = ()
) -> Iterator[Adresse]:
    for motif in motifs:
        ici, parametres = route + str(motif.pattern), (*recus, *_parametres(motif))
        if isinstance(motif, URLResolver):
            interne = f"{espace}{motif.namespace}:" if motif.namespace else espace
            if interne.split(":")[0] not in HORS_MATRICE:
                yield from _parcourir(motif.url_patterns, interne, ici, parametres)
        else:
            assert isinstance(motif, URLPattern)
            yield Adresse(f"{espace}{motif.name or '?'}", motif.callback, parametres, f"/{ici}")


def _parametres(motif: Any) -> tuple[str, ...]:
    if hasattr(motif.pattern, "converters") and motif.pattern.converters:
        return tuple(motif.pattern.converters)
    return tuple(motif.pattern.regex.groupindex)


def adresses() -> dict[str, Adresse]:
    """Name → address, in the order of the resolver; admin excepted."""
    return {adresse.nom: adresse for adresse in _parcourir(get_resolver().url_patterns)}
