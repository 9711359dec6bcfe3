"""Finding a person's name in what others wrote: texts, and the diagnosis of a staff list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from collectivites.communs.typographie import sans_accents
from collectivites.garanties.gardes import EFFACE

_LISTES = ("nouveaux", "mis_a_jour", "inchanges", "hors_public", "rejets", "questions")
_AUTRES = ("a_corriger", "ignorees", "doublons", "laissees", "conflits", "videes")


@dataclass(frozen=True)
class Traces:
    """By what a person is known, before it is forgotten."""

    pk: int
    nom: str
    prenom: str
    matricule: str
    courriels: frozenset[str]

    def motif(self) -> re.Pattern[str]:
        """The e-mails, the full name in either order, « Mme Nom »; the case does not matter."""
        nom, prenom = (r"\s+".join(map(re.escape, t.split())) for t in (self.nom, self.prenom))
        formes = [re.escape(courriel) for courriel in self.courriels]
        if nom and prenom:
            formes += [rf"{prenom}\s+{nom}", rf"{nom}\s*,?\s+{prenom}"]
        if nom:
            formes.append(rf"(?:Mme|M\.|Mr|Madame|Monsieur)\s+{nom}")
        # Nothing to look for matches nowhere.
        return re.compile(rf"(?<!\w)(?:{'|'.join(formes) or '(?!)'})(?!\w)", re.IGNORECASE)

    def effacer(self, texte: str) -> str:
        """The text without the person."""
        return self.motif().sub(EFFACE, texte)

    def _est_la_ligne(self, valeurs: dict[str, Any]) -> bool:
        """A row of a staff list that speaks of the person."""
        textes = {sans_accents(v) for v in valeurs.values() if isinstance(v, str)}
        if any(sans_accents(courriel) in textes for courriel in self.courriels):
            return True
        if self.matricule and valeurs.get("matricule") == self.matricule:
            return True
        nom, prenom = sans_accents(self.nom), sans_accents(self.prenom)
        return {nom, prenom} <= textes or bool(
            textes & {f"{nom} {prenom}", f"{prenom} {nom}", f"{nom}, {prenom}"}
        )

    def elaguer(self, diagnostic: dict[str, Any]) -> dict[str, Any]:
        """The diagnosis without the rows of the person; the same object when there are none."""
        lignes = set()
        for groupe in _LISTES:
            for element in diagnostic.get(groupe, ()):
                fiche = element.get("cadre", element)
                fiches = [element, *element.get("candidats", ())]
                if any(f.get("fiche_id") == self.pk for f in fiches) or self._est_la_ligne(
                    fiche.get("valeurs", fiche)
                ):
                    lignes.add(fiche["ligne"])
        ignorees = {
            element["ligne"]
            for element in diagnostic.get("ignorees", ())
            if self.effacer(element["contenu"]) != element["contenu"]
        }
        absents = diagnostic.get("absents", [])
        autres = [absent for absent in absents if absent["fiche_id"] != self.pk]
        if not lignes | ignorees and len(autres) == len(absents):
            return diagnostic
        return (
            diagnostic
            | {"absents": autres}
            | {
                groupe: [
                    element
                    for element in diagnostic.get(groupe, ())
                    if element.get("cadre", element)["ligne"] not in lignes | ignorees
                ]
                for groupe in (*_LISTES, *_AUTRES)
            }
        )
