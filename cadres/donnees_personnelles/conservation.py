"""How long what is held on a person is kept: the rules alone, without database.

Sources: `referentiels/durees_conservation.csv`, whose categories are quoted. The page « vos
données » and the purge both read these rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cadres.mots import EtatCandidature as Etat
from collectivites.communs.calendrier import decaler
from collectivites.communs.typographie import accorder

PROJET = "choix de la démarche"


@dataclass(frozen=True)
class Regle:
    """`mois`: how many months after `depuis`. `source`: a category of the CSV, or PROJET."""

    cle: str
    quoi: str
    mois: int
    depuis: str
    sort: str
    source: str

    @property
    def duree(self) -> str:
        """« 2 ans », « 3 mois »."""
        if self.mois == 0:
            return "aussitôt"
        if self.mois % 12:
            return f"{self.mois} mois"
        annees = self.mois // 12
        return f"{annees} {accorder(annees, 'an')}"


_NON_RETENUE = "Candidature non retenue (CV, lettre, notes, évaluations)"
_SOUHAITS = "Souhaits de mobilité d’un agent non suivis d’effet"
_VOEUX = "Vœux et candidatures à un poste pourvu"
_PROFIL = "Profil de compétences, appétences, réponses de diagnostic"
_TRACES = "Journaux de connexion et d’accès"

SORTIE = Regle(
    "sortie",
    "La fiche d’une personne retirée ou non retenue",
    24,
    "le dernier contact",
    "anonymisée",
    _NON_RETENUE,
)
REFUS = Regle(
    "refus",
    "La fiche d’une personne qui a dit non, ou n’a pas répondu",
    12,
    "le dernier contact",
    "anonymisée",
    _SOUHAITS,
)
SANS_SUITE = Regle(
    "sans_suite",
    "La fiche d’une personne recensée que personne n’a informée",
    12,
    "le recensement",
    "anonymisée",
    _SOUHAITS,
)
DEMARCHE = Regle(
    "demarche",
    "La fiche d’une personne engagée dans la démarche, mobilité faite ou non",
    24,
    "la fin de la démarche",
    "anonymisée",
    _VOEUX,
)
COMPETENCES = Regle(
    "competences",
    "Les compétences et les visées, à la sortie de la démarche",
    0,
    "la sortie",
    "supprimées",
    _PROFIL,
)
CONSULTATIONS = Regle(
    "consultations", "Qui a lu une fiche, et quand", 36, "la lecture", "supprimé", _TRACES
)
COURRIELS = Regle(
    "courriels", "Le texte et l’adresse des courriels", 12, "l’envoi", "supprimés", _TRACES
)
IMPORTS = Regle(
    "imports",
    "Les lignes d’un tableur lu, restées à confirmer, à corriger ou à annuler",
    3,
    "le dépôt",
    "supprimées",
    PROJET,
)
ESTIMATIONS = Regle(
    "estimations",
    "L’estimation de rémunération qu’une personne a demandé de garder",
    12,
    "le jour où elle l’a gardée",
    "supprimée",
    PROJET,
)
OPPOSITIONS = Regle(
    "oppositions",
    "L’empreinte, sans nom, de qui ne veut plus être recensé",
    0,
    "la fin de la démarche",
    "supprimée",
    PROJET,
)
TACHES = Regle("taches", "Le suivi des travaux longs", 3, "leur fin", "supprimé", PROJET)

REGLES = (
    SORTIE,
    REFUS,
    SANS_SUITE,
    DEMARCHE,
    COMPETENCES,
    CONSULTATIONS,
    COURRIELS,
    IMPORTS,
    ESTIMATIONS,
    OPPOSITIONS,
    TACHES,
)

#: State of a candidacy → the rule of its file. The other states follow the démarche.
PAR_ETAT: dict[str, Regle] = {
    Etat.RECENSE: SANS_SUITE,
    Etat.DESACCORD: REFUS,
    Etat.SANS_REPONSE: REFUS,
    Etat.NON_RETENU: SORTIE,
    Etat.RETIRE: SORTIE,
}
#: Out of the démarche: what the person said of themselves has no purpose left.
ETATS_SORTIS = (Etat.DESACCORD, Etat.SANS_REPONSE, Etat.NON_RETENU, Etat.RETIRE)


def regle_de(etat: str) -> Regle:
    """The rule of the file of somebody in that state."""
    return PAR_ETAT.get(etat, DEMARCHE)


def seuil(regle: Regle, aujourdhui: date) -> date:
    """What began on this day, or before, has lasted long enough."""
    return decaler(aujourdhui, mois=-regle.mois)


def dernier_contact(dates: Iterable[datetime | None]) -> date | None:
    """The latest of the dates at which the person was told, answered, decided of, or came back."""
    connues = [timezone.localdate(quand) for quand in dates if quand is not None]
    return max(connues, default=None)


def echeance(etat: str, contacts: Iterable[datetime | None], fin_demarche: date) -> date:
    """The day from which the file may no longer name the person."""
    regle = regle_de(etat)
    depuis = fin_demarche if regle is DEMARCHE else dernier_contact(contacts)
    return decaler(depuis or fin_demarche, mois=regle.mois)
