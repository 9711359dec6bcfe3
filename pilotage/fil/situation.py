"""Where the person stands, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cadres.models import Candidature
from collectivites.communs.typographie import compter, date_texte
from opportunites.models import Mobilite
from parcours.models import Inscription, SuiviEtape
from pilotage.fil.dossier import Dossier

Etat = Candidature.Etat
Avancee = Candidature.Avancee
Genre = Literal["info", "succes", "attente"]


@dataclass(frozen=True)
class Situation:
    """A sentence, what it means for the person, and its tone."""

    titre: str
    texte: str
    genre: Genre = "info"


#: What is said alike to everybody in that state.
POUR_TOUS = {
    Etat.INFORME: Situation(
        "Votre collectivité vous propose d’entrer dans la démarche.",
        "Dites oui ou non, librement. Avant un oui, aucune autre collectivité ne voit votre "
        "nom. Un non ne vous portera pas préjudice.",
        "attente",
    ),
    Etat.SANS_REPONSE: Situation(
        "Vous n’avez pas répondu, et c’est votre droit.",
        "Rien n’est décidé sans vous. Si la démarche vous tente, vous pouvez encore dire oui.",
    ),
    Etat.DESACCORD: Situation(
        "Vous avez dit non, et nous le respectons.",
        "Rien d’autre ne vous est demandé, et cela ne vous portera pas préjudice. Aucune autre "
        "collectivité ne voit votre nom. Si vous changez d’avis, vous pouvez encore dire oui.",
    ),
}


def situation(dossier: Dossier) -> Situation:
    """The sentence of the page. Every state of a candidacy has its own."""
    if dossier.candidature.etat == Etat.RETENU:
        return _situation_mobilite(dossier) or _situation_retenu(dossier)
    return POUR_TOUS.get(Etat(dossier.candidature.etat)) or _situation_candidature(dossier)


def _situation_candidature(dossier: Dossier) -> Situation:
    candidature, e = dossier.candidature, dossier.accord
    if candidature.etat == Etat.RECENSE:
        return Situation(
            f"Votre collectivité vous a recensé{e}.",
            "Votre direction des ressources humaines vous écrira pour vous proposer la démarche. "
            "Aucune autre collectivité ne voit votre nom.",
        )
    if candidature.etat == Etat.ACCORD:
        return Situation(
            "Vous avez dit oui, merci.",
            "La direction générale de votre collectivité décide maintenant qui est retenu. Vous "
            f"serez prévenu{e} par courriel, et pouvez vous retirer à tout moment.",
            "succes",
        )
    if candidature.etat == Etat.NON_RETENU:
        motif = candidature.motif_decision
        return Situation(
            f"Vous n’êtes pas retenu{e} cette fois.",
            "Cette décision ne change rien à votre poste, ni à la suite de votre carrière. "
            + (f"Le motif donné : {motif}" if motif else "")
            + " Vous pouvez en parler avec votre direction des ressources humaines.",
        )
    if dossier.cadre.parti_le:
        return Situation(
            "Votre collectivité a noté votre départ.",
            "Votre place dans la démarche est refermée. Si c’est une erreur, dites-le à votre "
            "direction des ressources humaines : elle peut annuler ce départ.",
        )
    return Situation(
        f"Vous vous êtes retiré{e} de la démarche.",
        f"{_depuis(candidature.retire_le)}Cela ne vous portera pas préjudice, et votre poste ne "
        "change pas. Si vous souhaitez revenir, il suffit de dire de nouveau oui.",
    )


def _situation_mobilite(dossier: Dossier) -> Situation | None:
    avancee, mobilite = dossier.candidature.avancee, dossier.mobilite
    if avancee == Avancee.EFFECTIVE:
        return Situation(
            "Vous avez pris votre nouveau poste.",
            f"{_destination(mobilite)}Nous ferons le point avec vous à 6 et à 12 mois.",
            "succes",
        )
    if avancee == Avancee.ENGAGEE:
        quand = (
            f"Votre prise de poste est prévue le {date_texte(mobilite.date_effet)}. "
            if mobilite and mobilite.date_effet
            else "Les deux directions des ressources humaines préparent votre dossier. "
        )
        return Situation(
            "Votre mobilité se prépare.",
            f"{_destination(mobilite)}{quand}Vous gardez votre poste jusqu’à ce jour.",
            "succes",
        )
    return None


def _situation_retenu(dossier: Dossier) -> Situation:
    avancee, e = dossier.candidature.avancee, dossier.accord
    if avancee == Avancee.ACHEVE and not dossier.propositions:
        return Situation(
            "Votre parcours est achevé, bravo.",
            "Aucune proposition ne vous attend pour l’instant. Vos vœux restent lus par les "
            "employeurs qui ouvrent des postes, et vous gardez le vôtre.",
            "succes",
        )
    if avancee == Avancee.ACHEVE:
        return Situation(
            "Votre parcours est achevé, et un poste vous est proposé.",
            "Prenez le temps de le lire. Un refus ne vous portera pas préjudice.",
            "succes",
        )
    if dossier.inscription is None:
        return Situation(
            f"Vous êtes retenu{e}.",
            "Votre direction des ressources humaines vous inscrira dans une promotion. Vous serez "
            f"prévenu{e} par courriel, et vos rendez-vous s’afficheront ici.",
            "succes",
        )
    if dossier.inscription.etat == Inscription.Etat.INTERROMPUE:
        return Situation(
            "Votre parcours est interrompu.",
            f"{_depuis(dossier.inscription.finie_le)}{dossier.inscription.motif_fin} Vous restez "
            "dans la démarche et pourrez entrer dans une autre promotion.",
        )
    promotion = dossier.inscription.promotion
    faites = sum(s.etat == SuiviEtape.Etat.FAITE for s in dossier.suivis)
    return Situation(
        "Vous êtes en parcours.",
        f"{promotion.nom}, jusqu’au {date_texte(promotion.date_fin)}. "
        f"{faites} sur {compter(len(dossier.suivis), 'étape')} "
        f"{'faite' if faites < 2 else 'faites'}.",
    )


def _depuis(quand: datetime | None) -> str:
    return f"Depuis le {date_texte(quand)}. " if quand else ""


def _destination(mobilite: Mobilite | None) -> str:
    if mobilite is None:
        return ""
    lieu = f"{mobilite.poste_accueil.intitule}, {mobilite.collectivite_accueil.nom}"
    if mobilite.etat == Mobilite.Etat.EFFECTIVE and mobilite.date_effet:
        return f"{lieu}, depuis le {date_texte(mobilite.date_effet)}. "
    return f"{lieu}. "
