"""Correcting a file from its row: the fields that a cell of the sheet shows, under the rules of the form.

The whole form is asked, filled from the file, so that there is one set of rules; what the cell shows is
all that is written, so that a colleague who corrects another field meanwhile loses nothing.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from cadres.fiche.forms import CadreForm
from cadres.models import Cadre
from cadres.registre.colonnes import CORRIGEES as CHAMPS
from collectivites.acteurs.acteur import Acteur


class CelluleForm(CadreForm):
    """A CadreForm of which one cell is typed."""

    def __init__(
        self, saisie: QueryDict | None, *, acteur: Acteur, cadre: Cadre, colonne: str
    ) -> None:
        self.colonne = colonne
        # Two cells may be open at once: their fields do not bear the same names.
        options: dict[str, Any] = {"acteur": acteur, "instance": cadre, "prefix": f"c{cadre.pk}"}
        super().__init__(**options)
        self.fields[CHAMPS[colonne][0]].widget.attrs["autofocus"] = True
        if saisie is not None:
            self.data, self.is_bound = self._completee(saisie), True

    @property
    def saisis(self) -> list[forms.BoundField]:
        return [self[nom] for nom in CHAMPS[self.colonne]]

    @property
    def ailleurs(self) -> list[tuple[str, str]]:
        """What the rules ask of the other fields: it is not typed here."""
        return [
            (str(self.fields[nom].label) if nom in self.fields else "", str(raison))
            for nom, raisons in self.errors.items()
            if nom not in CHAMPS[self.colonne]
            for raison in raisons
        ]

    def saisies(self) -> dict[str, Any]:
        """What the cell says, and nothing else of the file."""
        noms = [*CHAMPS[self.colonne]]
        if "domaine" in noms:
            noms.append("domaine_autre")  # its second column, which no control shows
        return {nom: self.cleaned_data[nom] for nom in noms}

    def _completee(self, saisie: QueryDict) -> MultiValueDict[str, Any]:
        """The fields of the cell as they were typed, all the others as the file has them."""
        data: MultiValueDict[str, Any] = MultiValueDict()
        for champ in self:
            cle = champ.html_name
            if champ.name in CHAMPS[self.colonne]:
                data.setlist(cle, saisie.getlist(cle))
                continue
            valeur = champ.value()
            data.setlist(cle, valeur if isinstance(valeur, list) else [valeur])
        return data
