"""What an acteur may do with a candidacy. The same answer draws the button and guards the act.

`refus_x(acteur, cadre)` gives the reason in French, or None when the act is possible.
Each reads `cadre.candidature`: select it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from cadres.candidature.rangs import RANGS
from cadres.fiche.predicats import EFFACEMENT_DEMANDE, PARTI, refus_modifier, refus_suivre
from cadres.models import Cadre
from cadres.mots import Avancee
from cadres.mots import EtatCandidature as Etat
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Acte, Role
from collectivites.refus import RESERVE_A_LA_PERSONNE, RESERVE_AU_DGS

Refus = Callable[[Acteur, Cadre], str | None]

SANS_COURRIEL = (
    "Cette personne n’a pas de courriel : ajoutez-le à sa fiche, puis envoyez le message."
)
SANS_RAPPEL = "Cette personne a demandé à ne plus recevoir de rappel : sa réponse viendra d’elle."
DEJA_REPONDU = "Votre réponse est déjà enregistrée."
HORS_DEMARCHE = "Vous n’êtes pas, ou plus, dans la démarche."
SANS_MOTIF = "Donnez le motif : la personne le lira."
PERSONNE_DE_COCHE = "Cochez d’abord au moins un cadre."
#: From which states the message may be sent. A no is never asked again.
INFORMABLES = (Etat.RECENSE, Etat.INFORME, Etat.SANS_REPONSE)
#: From which states the person may still answer. The last one: they come back.
REPONDABLES = (Etat.INFORME, Etat.SANS_REPONSE, Etat.DESACCORD, Etat.RETIRE)
#: From which states leaving means something.
RETIRABLES = (Etat.INFORME, Etat.SANS_REPONSE, Etat.ACCORD, Etat.RETENU, Etat.NON_RETENU)


# --- The employer -------------------------------------------------------------------------------


def refus_informer(acteur: Acteur, cadre: Cadre) -> str | None:
    """The first message, or a new one while no answer has come."""
    if refus := refus_modifier(acteur, cadre):
        return refus
    if cadre.parti_le:
        return PARTI
    if cadre.candidature.etat not in INFORMABLES:
        return "Cette personne a déjà répondu : on ne lui repose pas la question."
    if cadre.candidature.sans_rappel_depuis is not None:
        return SANS_RAPPEL
    if cadre.candidature.effacement_demande_le is not None:
        return EFFACEMENT_DEMANDE
    return None if cadre.est_joignable else SANS_COURRIEL


def refus_retenir(acteur: Acteur, cadre: Cadre) -> str | None:
    """The DGS (or under delegation), after the person's yes; a refusal may be reconsidered."""
    if refus := _refus_decider(acteur, cadre):
        return refus
    etat = cadre.candidature.etat
    if etat == Etat.RETENU:
        return "Ce cadre est déjà retenu."
    if etat not in {Etat.ACCORD, Etat.NON_RETENU}:
        return "On ne retient un cadre qu’après son oui."
    return None


def refus_ne_pas_retenir(acteur: Acteur, cadre: Cadre) -> str | None:
    """As for retaining; whoever is already in a parcours is not sent back by a click."""
    if refus := _refus_decider(acteur, cadre):
        return refus
    candidature = cadre.candidature
    if candidature.etat == Etat.NON_RETENU:
        return "La décision de ne pas retenir ce cadre est déjà prise."
    if candidature.etat not in {Etat.ACCORD, Etat.RETENU}:
        return "La décision se prend après le oui de la personne."
    if candidature.avancee:
        return "Ce cadre est engagé dans un parcours : la décision ne se reprend plus ici."
    return None


def _refus_decider(acteur: Acteur, cadre: Cadre) -> str | None:
    if refus := refus_suivre(acteur, cadre):
        return refus
    if not acteur.peut(Acte.RETENIR):
        return RESERVE_AU_DGS
    if cadre.parti_le:
        return PARTI
    if cadre.candidature.effacement_demande_le is not None:
        return EFFACEMENT_DEMANDE
    return None


def refus_confier(acteur: Acteur, cadre: Cadre) -> str | None:
    """The employer, once the person has said yes: an accompagnateur sees nobody before."""
    if refus := refus_suivre(acteur, cadre):
        return refus
    if not cadre.candidature.oui_tient:
        return "On confie un cadre à un accompagnateur après son oui."
    return None


# --- The person ---------------------------------------------------------------------------------


def refus_parler_pour_soi(acteur: Acteur) -> str | None:
    """Only a cadre who has a file says anything of themselves."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id is None:
        return RESERVE_A_LA_PERSONNE
    return None


def refus_parler_pour(acteur: Acteur, cadre: Cadre) -> str | None:
    """The person alone answers, leaves, or asks for anything about themselves."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != cadre.pk:
        return RESERVE_A_LA_PERSONNE
    return None


def refus_repondre(acteur: Acteur, cadre: Cadre) -> str | None:
    """A no may become a yes later, and whoever withdrew may come back."""
    if refus := refus_parler_pour(acteur, cadre):
        return refus
    if cadre.parti_le:
        return "Votre collectivité a noté votre départ : si c’est une erreur, dites-le à votre DRH."
    return None if cadre.candidature.etat in REPONDABLES else DEJA_REPONDU


def refus_dire_non(acteur: Acteur, cadre: Cadre) -> str | None:
    """Once is enough: a second no would only move its date."""
    if refus := refus_repondre(acteur, cadre):
        return refus
    if cadre.candidature.etat in {Etat.DESACCORD, Etat.RETIRE}:
        return DEJA_REPONDU
    return None


def refus_reprendre_le_oui(acteur: Acteur, cadre: Cadre) -> str | None:
    """The very day of the yes, as long as nothing was decided of it. Later, one withdraws."""
    if refus := refus_parler_pour(acteur, cadre):
        return refus
    candidature = cadre.candidature
    if candidature.etat != Etat.ACCORD or candidature.repondu_le is None:
        return "Il n’y a pas de oui à reprendre."
    if timezone.localdate(candidature.repondu_le) != timezone.localdate():
        return "Un oui se reprend le jour même. Vous pouvez vous retirer à tout moment."
    return None


def refus_retirer(acteur: Acteur, cadre: Cadre) -> str | None:
    """Any time."""
    if refus := refus_parler_pour(acteur, cadre):
        return refus
    return None if cadre.candidature.etat in RETIRABLES else HORS_DEMARCHE


def est_candidat(acteur: Acteur) -> bool:
    """Whether the person is a candidate of the démarche themselves, whatever the mandat under which
    they act: from their yes until their move is made. One query a request."""
    return Cadre.objects.filter(
        utilisateur=acteur.utilisateur,
        demarche=acteur.demarche,
        rang__gte=RANGS[Etat.ACCORD],
        rang__lt=RANGS[Avancee.EFFECTIVE],
    ).exists()
