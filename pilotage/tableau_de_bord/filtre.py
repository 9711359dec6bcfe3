"""A promotion and a period: the part of the démarche that the exchange and the steps are read of.

Under a filter the figures are of fewer people, some of whom the reader knows by name: that they are in
a promotion. What their employers alone may know of them, that they received or accepted a proposition,
is then told of the others only where it names nobody (`masquer`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import MOIS, date_texte
from collectivites.models import Collectivite
from parcours.models import Promotion
from pilotage.indicateurs.entonnoir import Entonnoir, EtapeEntonnoir
from pilotage.indicateurs.secret import est_petit
from pilotage.indicateurs.sql import ENTIER, Perimetre

#: Known of the person's own employer, or of the two that a proposition concerns, and of no other.
RESERVEES = ("acheves", "proposes", "acceptees")
_RANGS = ("1er", "2e", "3e", "4e")


def periodes(debut: date, jour: date) -> list[tuple[str, str, date, date]]:
    """(key, label, first day, last day): the years of the démarche, then its quarters, the last first."""
    lues = []
    for annee in range(jour.year, debut.year - 1, -1):
        lues.append((str(annee), f"Année {annee}", date(annee, 1, 1), date(annee, 12, 31)))
        for rang in range(3, -1, -1):
            premier = date(annee, 3 * rang + 1, 1)
            dernier = (premier + timedelta(days=100)).replace(day=1) - timedelta(days=1)
            if premier <= jour and dernier >= debut:
                mois = f"{MOIS[premier.month - 1]} à {MOIS[dernier.month - 1]}"
                libelle = f"{annee}, {_RANGS[rang]} trimestre ({mois})"
                lues.append((f"{annee}-{rang + 1}", libelle, premier, dernier))
    return lues


class FiltreForm(FormulaireQuatuor, forms.Form):
    """Which part of the démarche to read."""

    promotion = forms.ChoiceField(label="Promotion", required=False)
    periode = forms.ChoiceField(label="Période", required=False)

    def __init__(
        self,
        donnees: QueryDict,
        *,
        promotions: Sequence[Promotion],
        periodes: Sequence[tuple[str, str, date, date]],
    ) -> None:
        super().__init__(donnees if {"promotion", "periode"} & set(donnees) else None)
        self.promotions = {str(p.pk): p for p in promotions}
        self.periodes = {cle: (libelle, du, au) for cle, libelle, du, au in periodes}
        par_annee = [
            (annee, [(cle, libelle) for cle, libelle, *_ in lues])
            for annee, lues in groupby(periodes, key=lambda lue: lue[0][:4])
        ]
        for nom, tout, choix in (
            ("promotion", "Toutes", [(cle, p.nom) for cle, p in self.promotions.items()]),
            ("periode", "Depuis le début", par_annee),
        ):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ChoiceField)
            champ.choices = [("", tout), *choix]


@dataclass(frozen=True)
class Filtre:
    """What was chosen, in words, and as it travels in addresses."""

    form: FiltreForm
    part: Perimetre = ENTIER
    texte: str = ""
    adresse: str = ""


def lire_filtre(
    donnees: QueryDict, promotions: Sequence[Promotion], debut: date, jour: date
) -> Filtre:
    """An unknown value chooses nothing, and its field says so."""
    form = FiltreForm(donnees, promotions=promotions, periodes=periodes(debut, jour))
    if not form.is_bound:
        return Filtre(form)
    form.is_valid()
    choix = {nom: cle for nom, cle in form.cleaned_data.items() if cle}
    promotion = form.promotions.get(choix.get("promotion", ""))
    periode = form.periodes.get(choix.get("periode", ""))
    part = Perimetre(
        promotion=promotion.pk if promotion else None,
        du=periode[1] if periode else None,
        au=periode[2] if periode else None,
    )
    textes = [promotion.nom] if promotion else []
    if periode:
        textes.append(f"du {date_texte(periode[1])} au {date_texte(periode[2])}")
    return Filtre(form, part, ", ".join(textes), f"?{urlencode(choix)}" if choix else "")


@dataclass(frozen=True)
class LigneDEtape:
    """A step as this reader is told it. `cellules`: (how many, whether theirs); None reads « n.c. »."""

    etape: EtapeEntonnoir
    total: int | None
    cellules: tuple[tuple[int | None, bool], ...]
    passage: int | None
    delai: float | None
    femmes: int | None


def masquer(
    entonnoir: Entonnoir, mienne: Collectivite, part: Perimetre, seuil: int
) -> list[LigneDEtape]:
    """The steps, whole; of a part, without what would tell something of a person that the reader knows.

    Of the others, who received a proposition or accepted one is told in one number, and only where
    neither those who did nor those who did not are few. Middles are of twice the threshold at least.
    """
    rang = next(i for i, c in enumerate(entonnoir.collectivites) if c.pk == mienne.pk)
    base = entonnoir.etape("en_parcours")
    lignes = []
    for etape in entonnoir.etapes:
        n = etape.par_collectivite
        ligne = LigneDEtape(
            etape,
            etape.total,
            tuple((nombre, i == rang) for i, nombre in enumerate(n)),
            None if part.du else etape.passage,
            etape.delai,
            etape.part_femmes,
        )
        if not part.est_entier:
            if etape.nb_delais < 2 * seuil:
                ligne = replace(ligne, delai=None)
            if etape.code in RESERVEES:
                autres = etape.total - n[rang]
                restent = base.total - base.par_collectivite[rang] - autres
                tait = est_petit(autres, seuil) or (part.promotion and autres and restent < seuil)
                ligne = replace(
                    ligne,
                    total=None if tait else etape.total,
                    cellules=tuple(
                        (nombre if i == rang or not autres else None, i == rang)
                        for i, nombre in enumerate(n)
                    ),
                    passage=None,
                    delai=None,
                    femmes=None,
                )
        lignes.append(ligne)
    # A rate would give the step that it leads to, or comes from.
    for i, ligne in enumerate(lignes[1:], 1):
        if ligne.total is None or lignes[i - 1].total is None:
            lignes[i] = replace(ligne, passage=None)
    return lignes
