"""Statutory routes of a move, and the dates that each one implies.

Facts come from `referentiels/*.csv`: each line bears its legal source and how sure we are of it
(V: read again in the text; M: from memory, to be checked before any legal use).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from cadres.models import Cadre
from opportunites.raisons import cadre_emplois_admis

if TYPE_CHECKING:
    from opportunites.models import Mobilite

_DOSSIER = Path(__file__).resolve().parent / "referentiels"


@dataclass(frozen=True)
class Voie:
    """One route, as the reference file tells it. `preavis` names its family of delays."""

    code: str
    libelle: str
    publics: frozenset[str]
    articles: str
    qui_decide: str
    qui_paie: str
    duree: str
    effet: str
    preavis: str
    a_savoir: str
    source: str
    confiance: str

    @property
    def est_a_verifier(self) -> bool:
        return self.confiance != "V"


@dataclass(frozen=True)
class Delai:
    """A legal delay that runs from the day the origin received the request."""

    code: str
    preavis: str
    nombre: int
    unite: str
    libelle: str
    texte: str
    confiance: str

    def date_depuis(self, depart: date) -> date:
        """Months count from a day to the same day (« de quantième à quantième »)."""
        if self.unite == "mois":
            return depart + relativedelta(months=self.nombre)
        return depart + timedelta(days=self.nombre)


@dataclass(frozen=True)
class Echeance:
    """A date that was computed, with its rule."""

    quand: date
    libelle: str
    regle: str
    est_a_verifier: bool


def _lire(nom: str) -> list[dict[str, str]]:
    with (_DOSSIER / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


@cache
def toutes_les_voies() -> dict[str, Voie]:
    return {
        ligne["code"]: Voie(publics=frozenset(ligne.pop("publics").split("|")), **ligne)
        for ligne in _lire("voies_mobilite.csv")
    }


@cache
def tous_les_delais() -> tuple[Delai, ...]:
    return tuple(
        Delai(
            code=ligne["code"],
            preavis=ligne["preavis"],
            nombre=int(ligne["delai"]),
            unite=ligne["unite"],
            libelle=ligne["libelle"],
            texte=ligne["texte"],
            confiance=ligne["confiance"],
        )
        for ligne in _lire("delais.csv")
    )


def voies_possibles(mobilite: Mobilite) -> list[Voie]:
    """The routes that the person's statut and the two employers admit; all, if it is unknown.

    Reads `cadre`, `collectivite_origine`, `collectivite_accueil`, `poste_accueil`: select them.
    """
    statut = mobilite.cadre.statut
    voies = toutes_les_voies()
    possibles = [v for v in voies.values() if not statut or statut in v.publics]
    if not _partagent_leur_administration(mobilite):
        possibles = [v for v in possibles if v.code != "AFFECTATION_INTERNE"]
    if not mobilite.poste_accueil.emploi_fonctionnel:
        possibles = [v for v in possibles if v.code != "DETACHEMENT_EF"]
    # The most usual first: within one administration there is no transfer at all.
    en_tete = ("AFFECTATION_INTERNE", "DETACHEMENT_EF")
    return sorted(possibles, key=lambda v: v.code not in en_tete)


def _partagent_leur_administration(mobilite: Mobilite) -> bool:
    groupe = mobilite.collectivite_origine.groupe_employeur
    return bool(groupe) and groupe == mobilite.collectivite_accueil.groupe_employeur


def precautions(mobilite: Mobilite) -> list[str]:
    """What the two DRH should check before they choose a route."""
    cadre, poste = mobilite.cadre, mobilite.poste_accueil
    phrases = []
    if not cadre.statut:
        phrases.append(
            "Le statut de la personne n’est pas connu\u00a0: toutes les voies sont montrées. "
            "Complétez sa fiche avant de choisir."
        )
    if cadre.statut == Cadre.Statut.STAGIAIRE:
        phrases.append("Un stagiaire ne peut être ni muté ni détaché avant sa titularisation.")
    if cadre.statut in {Cadre.Statut.CDI, Cadre.Statut.CDD} and not poste.ouvert_contractuel:
        phrases.append("Ce poste n’a pas été ouvert aux contractuels.")
    if cadre.statut == Cadre.Statut.TITULAIRE and cadre_emplois_admis(cadre, poste) is False:
        phrases.append(
            "Le poste n’admet pas le cadre d’emplois de la personne\u00a0: une mutation suppose le "
            "même\u00a0; pensez au détachement ou à l’intégration directe."
        )
    return phrases


def echeances(voie: str, reception: date) -> list[Echeance]:
    """The dates that follow from a request received on `reception`, soonest first."""
    famille = toutes_les_voies()[voie].preavis if voie else ""
    dates = [
        Echeance(d.date_depuis(reception), d.libelle, d.texte, d.confiance != "V")
        for d in tous_les_delais()
        if d.preavis == famille
    ]
    return sorted(dates, key=lambda e: e.quand)
