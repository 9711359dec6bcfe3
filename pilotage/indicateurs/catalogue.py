"""The figures, each declared once: its name, its formula in words, its unit, where it is read.

An indicator with `lire` is complete here: the page « Indicateurs » and the export show it as soon as
its line is added. Those without are the figures of the dashboard, which one protected table holds
together (`publication`): a new count of people that nests in them belongs there, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from collectivites.models import Demarche
from opportunites.models import Opportunite, Reserve
from opportunites.postes.bilans import postes_par_collectivite
from pilotage.indicateurs.secret import est_petit


@dataclass(frozen=True)
class Mesure:
    """A value, and how many people it speaks of; None when it speaks of nobody."""

    valeur: float | None
    effectif: int | None = None


@dataclass(frozen=True)
class Indicateur:
    """`lire` costs two queries at most."""

    nom: str
    formule: str
    unite: str
    source: str
    lire: Callable[[Demarche, date], Mesure] | None = None


def _ouverts(demarche: Demarche, jour: date) -> Mesure:
    ouverts = Opportunite.objects.filter(
        poste__collectivite__demarche=demarche, etat__in=Opportunite.ETATS_OUVERTS
    )
    return Mesure(ouverts.count())


def _promis(demarche: Demarche, jour: date) -> Mesure:
    restes = [bilan.reste for bilan in postes_par_collectivite(demarche)]
    return Mesure(sum(reste for reste in restes if reste is not None))


def _reserves(demarche: Demarche, jour: date) -> Mesure:
    deposees = Reserve.objects.filter(collectivite__demarche=demarche, etat=Reserve.Etat.DEPOSEE)
    return Mesure(deposees.count())


MOBILITES, ECHANGES, ETAPES = (
    "Dossiers de mobilité",
    "Mobilités effectives",
    "Candidatures, parcours",
)
INDICATEURS = (
    Indicateur(
        "Mobilités effectives",
        "Dossiers dont la prise de poste est constatée",
        "mobilités",
        MOBILITES,
    ),
    Indicateur(
        "Mobilités engagées",
        "Propositions acceptées, prise de poste à venir",
        "mobilités",
        MOBILITES,
    ),
    Indicateur(
        "Mobilités prévues à cette date",
        "L’objectif, au prorata des jours écoulés depuis la première promotion",
        "mobilités",
        "Règles de la démarche",
    ),
    Indicateur(
        "Échanges entre collectivités",
        "Mobilités effectives, de la collectivité quittée vers celle qui accueille",
        "mobilités",
        ECHANGES,
    ),
    Indicateur("Solde d’une collectivité", "Ses arrivées moins ses départs", "mobilités", ECHANGES),
    Indicateur(
        "Étapes du parcours",
        "Personnes qui ont atteint l’étape, par collectivité d’origine ; part des femmes",
        "cadres",
        ETAPES,
    ),
    Indicateur(
        "Délai d’une étape",
        "Médiane des jours entre l’étape et celle d’avant",
        "jours",
        ETAPES,
    ),
    Indicateur(
        "Ancienneté dans le poste",
        "Médiane des années dans le poste, au recensement et aujourd’hui",
        "années",
        "Date d’entrée dans le poste, donnée par l’employeur",
    ),
    Indicateur(
        "Raisons de refus",
        "Propositions refusées, par raison codée ; les raisons rares sont réunies",
        "refus",
        "Réponses des cadres",
    ),
    Indicateur(
        "Postes ouverts aux vœux",
        "Postes publiés à la démarche, ni pourvus ni retirés",
        "postes",
        "Opportunités",
        _ouverts,
    ),
    Indicateur(
        "Postes promis, pas encore ouverts",
        "Engagements des collectivités moins les postes qu’elles ont ouverts, sans compensation",
        "postes",
        "Engagements",
        _promis,
    ),
    Indicateur(
        "Réserves à arbitrer",
        "Réserves techniques déposées, ni arbitrées ni caduques",
        "réserves",
        "Réserves",
        _reserves,
    ),
)


@dataclass(frozen=True)
class Releve:
    """An indicator as it may be told. `valeur` is None wherever it reads « n.c. »."""

    indicateur: Indicateur
    valeur: float | None


def relever(demarche: Demarche, jour: date) -> Iterator[Releve]:
    """The indicators that are read here, under the threshold of the démarche."""
    for indicateur in INDICATEURS:
        if indicateur.lire is not None:
            mesure = indicateur.lire(demarche, jour)
            cache = mesure.effectif is not None and est_petit(
                mesure.effectif, demarche.seuil_secret
            )
            yield Releve(indicateur, None if cache else mesure.valeur)
