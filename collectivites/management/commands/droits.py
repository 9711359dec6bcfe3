"""Writes docs/droits.md: for each address, who may call it, from the rule of its view."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import URLPattern, get_resolver

from collectivites.acteurs.acces import Regle
from collectivites.mots import Role

FICHIER = Path(settings.BASE_DIR) / "docs" / "droits.md"

GENRES = {
    "public": "tout le monde",
    "authentifie": "toute personne connectée",
    "superutilisateur": "exploitants",
}

EN_TETE = """\
# Droits : who may call what

Written by `manage.py droits` from the rule that each view declares (`collectivites.acteurs.acces`); a test
keeps it in step. Do not edit it by hand.

- **tout le monde**: without an account. **toute personne connectée**: with or without a mandat.
  **exploitants**: superusers, who have no other right in the pages of the démarche.
- ✓: the role is admitted. Which *objects* it then finds is decided by `visibles_par`, and by it
  alone: what is not yours answers 404, what is yours to see but not to do answers 403.
- *Acte*: an act of the DGS; a DRH takes it under a live delegation that names it.
- *Preuve récente*: a password or a second factor given less than fifteen minutes ago
  (`collectivites.comptes.preuve`).
- A page asked for with another method answers 405. Without an account, any other page sends to the
  login page. The admin is for the exploitants, for repair.
- Statuses of every address × role × method, strangers included: `tests/acces/matrice.csv`.
"""


def _vues(motifs: list[Any], espace: str = "", route: str = "") -> Iterator[tuple[str, str, Any]]:
    """(application, route, view) of all that has a rule."""
    for motif in motifs:
        ici = route + str(motif.pattern)
        if not isinstance(motif, URLPattern):
            yield from _vues(motif.url_patterns, motif.namespace or espace, ici)
        elif hasattr(motif.callback, "acces"):
            yield espace, f"/{ici}", motif


def _ligne(route: str, motif: Any) -> str:
    regle: Regle = motif.callback.acces
    methodes = " ".join(m for m in regle.methodes if m != "HEAD")
    vue = f"{motif.callback.__module__}.{motif.callback.__name__}"
    if regle.genre == "mandat":
        admis = ["✓" if role in regle.roles else "" for role in Role]
        if regle.acte:
            admis[0] = "✓"
    else:
        admis = [f"*{GENRES[regle.genre]}*", *[""] * (len(Role) - 1)]
    cases = [f"`{route}`", f"`{vue}`", methodes, *admis, regle.acte.label if regle.acte else ""]
    cases.append("oui" if regle.preuve else "")
    return f"| {' | '.join(cases)} |"


def document() -> str:
    """The whole text."""
    titres = [
        "adresse",
        "vue",
        "méthodes",
        *(str(role.label) for role in Role),
        "acte",
        "preuve récente",
    ]
    morceaux, application = [EN_TETE], None
    for espace, route, motif in sorted(_vues(get_resolver().url_patterns), key=lambda v: v[:2]):
        if espace != application:
            application = espace
            morceaux.append(f"\n## {application}\n")
            morceaux += [f"| {' | '.join(titres)} |", f"|{' --- |' * len(titres)}"]
        morceaux.append(_ligne(route, motif))
    return "\n".join(morceaux) + "\n"


class Command(BaseCommand):
    help = "Writes docs/droits.md from the rules that the views declare."

    def handle(self, *args: Any, **options: Any) -> None:
        FICHIER.write_text(document(), encoding="utf-8")
        self.stdout.write(f"{FICHIER.name}: written")
