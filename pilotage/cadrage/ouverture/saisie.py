"""What an operator has written so far: kept in the session, step by step, until the démarche is open.

What was typed is kept, right or wrong, never what it means: each step is read again by its form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict

from collectivites.models import Utilisateur
from pilotage.cadrage.ouverture.forms import DemarcheForm, DirectionsForm, EmployeursForm

CLE = "ouverture"
ETAPES = ("demarche", "employeurs", "directions")


def garder(request: HttpRequest, etape: str, donnees: QueryDict) -> None:
    """Right or wrong: leaving the page for another one loses nothing."""
    lues = {c: donnees.getlist(c) for c in donnees if c != "csrfmiddlewaretoken"}
    request.session[CLE] = {**request.session.get(CLE, {}), etape: lues}


def oublier(request: HttpRequest) -> None:
    request.session.pop(CLE, None)


def _gardees(request: HttpRequest, etape: str) -> QueryDict | None:
    listes = request.session.get(CLE, {}).get(etape)
    if listes is None:
        return None
    donnees = QueryDict(mutable=True)
    for champ, valeurs in listes.items():
        donnees.setlist(champ, valeurs)
    return donnees


class Saisie:
    """The three forms, as far as they are filled."""

    def __init__(self, request: HttpRequest, par: Utilisateur) -> None:
        self.request, self.par = request, par

    def demarche(self, donnees: QueryDict | None = None) -> DemarcheForm:
        return DemarcheForm(donnees if donnees is not None else _gardees(self.request, "demarche"))

    def employeurs(self, donnees: QueryDict | None = None) -> EmployeursForm:
        gardees = _gardees(self.request, "employeurs")
        return EmployeursForm(donnees if donnees is not None else gardees)

    def directions(self, donnees: QueryDict | None = None) -> DirectionsForm:
        employeurs = self.employeurs()
        presents = employeurs.employeurs() if employeurs.is_valid() else []
        gardees = _gardees(self.request, "directions")
        # An employer added since: its blocks are empty, they are not « to be corrected » yet.
        codes = {e["code"] for e in presents}
        if donnees is None and gardees is not None and not _connues(codes, gardees):
            return DirectionsForm(initial=gardees.dict(), employeurs=presents, par=self.par)
        return DirectionsForm(
            donnees if donnees is not None else gardees, employeurs=presents, par=self.par
        )

    def premiere_a_reprendre(self) -> str | None:
        """The first step that is not right yet; None when all may be read over."""
        formulaires: Iterable[tuple[str, Any]] = (
            ("demarche", self.demarche()),
            ("employeurs", self.employeurs()),
            ("directions", self.directions()),
        )
        return next((etape for etape, form in formulaires if not form.is_valid()), None)


def _connues(codes: set[str], donnees: QueryDict) -> bool:
    return all(f"{code}_dgs_courriel" in donnees for code in codes)
