"""The figures, each declared once: its name, its formula in words, its unit, where it is read.

An indicator with `lire` is complete here: the page « Indicateurs » and the export show it as soon as
its line is added. Those without are the figures of the dashboard, which one protected table holds
together (`publication`): a new count of people that nests in them belongs there, not here. Nor what
moves with each of them: a poste that is filled is somebody's move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from collectivites.communs.typographie import accorder
from collectivites.models import Demarche
from opportunites.models import Opportunite, Reserve
from opportunites.postes.bilans import postes_par_collectivite
from parcours.models import Immersion
from pilotage.indicateurs.secret import est_petit


@dataclass(frozen=True)
class Mesure:
    """A value, and how many people it speaks of; None when it speaks of nobody."""

    valeur: float | None
    effectif: int | None = None


@dataclass(frozen=True)
class Indicateur:
    """`unite`: its singular, and its plural where an s does not make it. `ouvre`: the list behind it, and
    who reads it. `lire` costs two queries at most."""

    nom: str
    formule: str
    unite: str
    source: str
    ouvre: str
    lire: Callable[[Demarche, date], Mesure] | None = None

    @property
    def unites(self) -> str:
        """« postes »: as a column says it."""
        return accorder(2, self.unite)


def _ouverts(demarche: Demarche, jour: date) -> Mesure:
    ouverts = Opportunite.objects.filter(
        poste__collectivite__demarche=demarche, etat__in=Opportunite.ETATS_OUVERTS
    )
    return Mesure(ouverts.count())


def _engages(demarche: Demarche, jour: date) -> Mesure:
    return Mesure(sum(bilan.promis or 0 for bilan in postes_par_collectivite(demarche)))


def _promis(demarche: Demarche, jour: date) -> Mesure:
    restes = [bilan.reste for bilan in postes_par_collectivite(demarche)]
    return Mesure(sum(reste for reste in restes if reste is not None))


def _reserves(demarche: Demarche, jour: date) -> Mesure:
    deposees = Reserve.objects.filter(collectivite__demarche=demarche, etat=Reserve.Etat.DEPOSEE)
    return Mesure(deposees.count())


def _immersions(demarche: Demarche, jour: date) -> Mesure:
    faites = Immersion.objects.realisees_dans(demarche)
    return Mesure(faites.count(), effectif=faites.values("cadre").distinct().count())


MOBILITES, ECHANGES, ETAPES = (
    "Dossiers de mobilité",
    "Mobilités effectives",
    "Candidatures, parcours",
)
TOUTES = "La liste entière ; nommées, celles de votre employeur"
AUCUNE = "Aucune liste : "
INDICATEURS = (
    Indicateur(
        "Mobilités effectives",
        "Dossiers dont la prise de poste est constatée",
        "mobilité",
        MOBILITES,
        TOUTES,
    ),
    Indicateur(
        "Mobilités engagées",
        "Propositions acceptées, prise de poste à venir",
        "mobilité",
        MOBILITES,
        TOUTES,
    ),
    Indicateur(
        "Mobilités prévues à cette date",
        "L’objectif, au prorata des jours écoulés depuis la première promotion",
        "mobilité",
        "Règles de la démarche",
        f"{AUCUNE}c’est un calcul",
    ),
    Indicateur(
        "Mobilités projetées",
        "Effectives et engagées, plus le rythme des douze derniers mois jusqu’au terme ; "
        "l’éventail couvre huit chances sur dix",
        "mobilité",
        MOBILITES,
        f"{AUCUNE}c’est une estimation",
    ),
    Indicateur(
        "Échanges entre collectivités",
        "Mobilités effectives, de la collectivité quittée vers celle qui accueille",
        "mobilité",
        ECHANGES,
        "Les départs et les arrivées de votre employeur",
    ),
    Indicateur(
        "Solde d’une collectivité",
        "Ses arrivées moins ses départs",
        "mobilité",
        ECHANGES,
        f"{AUCUNE}c’est une différence",
    ),
    Indicateur(
        "Solde à venir",
        "Le solde, après chaque jour où une mobilité en préparation prend effet",
        "mobilité",
        MOBILITES,
        f"{AUCUNE}lue des DGS seuls",
    ),
    Indicateur(
        "Étapes du parcours",
        "Personnes qui ont atteint l’étape, par collectivité d’origine ; part des femmes. "
        "D’une période : personnes qui l’ont franchie ces jours-là",
        "cadre",
        ETAPES,
        TOUTES,
    ),
    Indicateur(
        "Délai d’une étape",
        "Médiane des jours entre l’étape et celle d’avant",
        "jour",
        ETAPES,
        f"{AUCUNE}c’est une médiane",
    ),
    Indicateur(
        "Participants sans proposition",
        "Parcours achevé depuis 8 semaines, sans proposition reçue depuis 8 semaines ni en cours",
        "cadre",
        "Parcours, propositions",
        TOUTES,
    ),
    Indicateur(
        "Équipes sans plan de remplacement",
        "Départs en préparation de votre employeur, dont le remplacement n’est pas prévu",
        "équipe",
        MOBILITES,
        "Les départs de votre employeur",
    ),
    Indicateur(
        "Ancienneté dans le poste",
        "Médiane des années dans le poste, au recensement et aujourd’hui",
        "année",
        "Date d’entrée dans le poste, donnée par l’employeur",
        f"{AUCUNE}la date d’entrée se lit chez l’employeur",
    ),
    Indicateur(
        "Suivi à six et douze mois",
        "Réponses de l’accueil et de la personne ; toujours en poste ; va bien ou très bien",
        "réponse",
        "Suivis après mobilité",
        "Les réponses de votre employeur",
    ),
    Indicateur(
        "Raisons de refus",
        "Propositions refusées, par raison codée ; les raisons rares sont réunies",
        "refus,refus",
        "Réponses des cadres, par trimestres clos",
        f"{AUCUNE}la raison reste à la personne",
    ),
    Indicateur(
        "Écarts de paie",
        "Propositions répondues, selon l’écart de brut mensuel de la fiche que les deux DRH ont signée",
        "proposition",
        "Fiches de rémunération signées",
        f"{AUCUNE}la paie d’une personne ne se lit pas ici",
    ),
    Indicateur(
        "Postes ouverts aux vœux",
        "Postes publiés à la démarche, ni pourvus ni retirés",
        "poste",
        "Opportunités",
        "La liste entière",
        _ouverts,
    ),
    Indicateur(
        "Postes pourvus",
        "Postes de la démarche dont quelqu’un a pris la place",
        "poste",
        "Opportunités",
        TOUTES.replace("nommées, celles", "nommés, ceux"),
    ),
    Indicateur(
        "Postes promis",
        "Postes que chaque collectivité s’est engagée à ouvrir",
        "poste",
        "Engagements",
        "Les engagements, collectivité par collectivité",
        _engages,
    ),
    Indicateur(
        "Postes promis, pas encore ouverts",
        "Engagements des collectivités moins les postes qu’elles ont ouverts, sans compensation",
        "poste",
        "Engagements",
        "Les engagements, collectivité par collectivité",
        _promis,
    ),
    Indicateur(
        "Réserves à arbitrer",
        "Réserves techniques déposées, ni arbitrées ni caduques",
        "réserve",
        "Réserves",
        "La liste entière ; détaillées, celles de votre employeur",
        _reserves,
    ),
    Indicateur(
        "Immersions réalisées",
        "Immersions constatées, d’un employeur de la démarche chez un autre",
        "immersion",
        "Immersions",
        "Celles de vos cadres, et celles que vous accueillez",
        _immersions,
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
