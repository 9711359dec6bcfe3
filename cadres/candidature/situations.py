"""Where a cadre stands, in words and a shape, and what comes next: as each reader may know it.

Another collectivité knows that the person is in the démarche, and nothing finer: neither their
answer's date, nor a proposition, nor a move in preparation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from cadres.candidature.rangs import ORDRE, RANGS
from cadres.models import Cadre, Candidature
from cadres.mots import Avancee
from cadres.mots import EtatCandidature as Etat
from cadres.prises import PROCHAINES_ETAPES, Etape
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import plus_tard
from collectivites.communs.typographie import accorde

#: As many reminders as a person receives; `rappels_de` says when.
NB_RAPPELS = 2
#: When the question is closed kindly: they may still answer.
DELAI_REPONSE = timedelta(days=21)


def rappels_de(jours: int) -> tuple[timedelta, ...]:
    """When a person is reminded, in a démarche whose rhythm is of so many days (`Demarche.rappel_jours`):
    always before the answer that was promised to be waited for."""
    return tuple(timedelta(days=jours * rang) for rang in range(1, NB_RAPPELS + 1))


PARTAGE = "partage"
_PARTI = ("clos", "Parti de la collectivité", "Partie de la collectivité")

#: key → (shape, masculine, feminine)
_SITUATIONS: dict[str, tuple[str, str, str]] = {
    Etat.RECENSE: ("vide", "Recensé, à informer", "Recensée, à informer"),
    Etat.INFORME: ("losange", "Informé, réponse attendue", "Informée, réponse attendue"),
    Etat.ACCORD: ("vide", "A dit oui", "A dit oui"),
    Etat.DESACCORD: ("clos", "A dit non", "A dit non"),
    Etat.SANS_REPONSE: ("clos", "Sans réponse", "Sans réponse"),
    Etat.RETENU: ("demi", "Retenu", "Retenue"),
    Etat.NON_RETENU: ("clos", "Non retenu", "Non retenue"),
    Etat.RETIRE: ("clos", "Retiré à sa demande", "Retirée à sa demande"),
    Avancee.EN_PARCOURS: ("demi", "En parcours", "En parcours"),
    Avancee.ACHEVE: ("demi", "Parcours achevé", "Parcours achevé"),
    Avancee.ENGAGEE: ("plein", "Mobilité engagée", "Mobilité engagée"),
    Avancee.EFFECTIVE: ("fait", "Mobilité effective", "Mobilité effective"),
    PARTAGE: ("vide", "Dans la démarche", "Dans la démarche"),
}

#: The choices of the filter, in the order of the journey.
CHOIX: list[tuple[str, str]] = [
    *((cle, _SITUATIONS[cle][1]) for cle in ORDRE[:-1]),
    (Etat.RETIRE, "Parti, ou retiré à sa demande"),
    (PARTAGE, "Dans la démarche (autres collectivités)"),
]

_ETAPES: dict[str, str] = {
    Etat.INFORME: "Son oui ou son non",
    Etat.ACCORD: "Décision de retenir",
    Etat.RETENU: "Inscription à une promotion",
    Avancee.EN_PARCOURS: "Suite du parcours",
    Avancee.ACHEVE: "Proposition de poste",
    Avancee.ENGAGEE: "Prise de poste",
    Avancee.EFFECTIVE: "Entretiens à 6 et 12 mois",
}


@dataclass(frozen=True)
class Situation:
    """A key of the filter, a shape and a word."""

    cle: str
    forme: str
    libelle: str


def fin_du_delai(informe_le: datetime) -> datetime:
    """When the question is closed. The one place that counts the days given to answer."""
    return plus_tard(informe_le, DELAI_REPONSE)


def jour_de_reponse(informe_le: datetime) -> date:
    """The day that people are told: that on which the question is closed."""
    return fin_du_delai(informe_le).date()


def informe_il_y_a(delai: timedelta, maintenant: datetime) -> datetime:
    """Whoever was told at that instant, or before, reaches the end of `delai` now."""
    return plus_tard(maintenant, -delai)


def reponse_souhaitee(candidature: Candidature) -> date | None:
    """The day by which the person may answer, told to them; None once it is over: a free answer
    is never late."""
    if candidature.etat != Etat.INFORME or candidature.informe_le is None:
        return None
    jour = jour_de_reponse(candidature.informe_le)
    return jour if jour >= timezone.localdate() else None


def est_des_siens(acteur: Acteur, cadre: Cadre) -> bool:
    """Whether the acteur reads the file as its employer, or is the person."""
    if acteur.est_employeur:
        return cadre.collectivite_id == acteur.collectivite.pk
    return acteur.cadre_id is not None and acteur.cadre_id == cadre.pk


def cle_situation(candidature: Candidature) -> str:
    """The withdrawal wins over how far the person had come."""
    if candidature.etat == Etat.RETENU and candidature.avancee:
        return candidature.avancee
    return candidature.etat


def situation_de(acteur: Acteur, cadre: Cadre) -> Situation:
    """Reads `cadre.candidature`: select it."""
    cle = cle_situation(cadre.candidature) if est_des_siens(acteur, cadre) else PARTAGE
    forme, masculin, feminin = _SITUATIONS[cle]
    if cadre.parti_le and cle != PARTAGE:
        cle, (forme, masculin, feminin) = Etat.RETIRE, _PARTI
    return Situation(cle, forme, accorde(cadre, masculin, feminin))


def libelle_etat(cadre: Cadre) -> str:
    """« Retenue »: the state of the candidacy, in words that agree with the person."""
    _, masculin, feminin = _PARTI if cadre.parti_le else _SITUATIONS[cadre.candidature.etat]
    return accorde(cadre, masculin, feminin)


def en_situation(acteur: Acteur, cle: str) -> Q:
    """The cadres whom the acteur sees in that situation: the filter says no more than the table."""
    siens = Q(collectivite=acteur.collectivite)
    return ~siens if cle == PARTAGE else siens & Q(rang=RANGS[cle])


def prochaine_etape(acteur: Acteur, cadre: Cadre) -> Etape:
    """What comes next according to the candidacy alone."""
    if not est_des_siens(acteur, cadre) or cadre.parti_le:
        return Etape("")
    candidature = cadre.candidature
    cle = cle_situation(candidature)
    if cle == Etat.RECENSE:
        return Etape("Message d’information" if cadre.est_joignable else "Courriel à compléter")
    echeance = None
    if cle == Etat.INFORME and candidature.informe_le:
        echeance = jour_de_reponse(candidature.informe_le)
    return Etape(_ETAPES.get(cle, ""), echeance)


def prochaines_etapes(acteur: Acteur, cadres: list[Cadre]) -> dict[int, Etape]:
    """The next step of each cadre of a page; the later acts know better than the candidacy."""
    etapes = {cadre.pk: prochaine_etape(acteur, cadre) for cadre in cadres}
    for fournir in PROCHAINES_ETAPES:
        etapes.update(fournir(acteur, cadres))
    return etapes
