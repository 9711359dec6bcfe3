"""What an acteur may do with a file. The same answer draws the button and guards the act.

`refus_x(acteur, cadre)` gives the reason in French, or None when the act is possible.
Each reads `cadre.candidature`: select it.
"""

from __future__ import annotations

from collections.abc import Callable

from cadres.models import Cadre, Candidature
from cadres.situations import est_des_siens
from collectivites.acteur import Acteur
from collectivites.roles import Acte, Role

Etat = Candidature.Etat

Refus = Callable[[Acteur, Cadre], str | None]

AILLEURS = "Ce cadre relève d’une autre collectivité."
RESERVE_RH = "Cet acte revient à la DRH de la collectivité."
#: From which states the person may still answer. The last one: they come back.
REPONDABLES = (Etat.INFORME, Etat.SANS_REPONSE, Etat.DESACCORD, Etat.RETIRE)
#: From which states leaving means something.
RETIRABLES = (Etat.INFORME, Etat.SANS_REPONSE, Etat.ACCORD, Etat.RETENU, Etat.NON_RETENU)


def _refus_employeur(acteur: Acteur, cadre: Cadre) -> str | None:
    if not acteur.est_employeur or not est_des_siens(acteur, cadre):
        return AILLEURS
    return None


def refus_modifier(acteur: Acteur, cadre: Cadre) -> str | None:
    """The HR direction of the employer."""
    if refus := _refus_employeur(acteur, cadre):
        return refus
    return None if acteur.est_rh else RESERVE_RH


def refus_informer(acteur: Acteur, cadre: Cadre) -> str | None:
    """The first message, or a new one while no answer has come. A no is never asked again."""
    if refus := refus_modifier(acteur, cadre):
        return refus
    if cadre.candidature.etat not in {Etat.RECENSE, Etat.INFORME, Etat.SANS_REPONSE}:
        return "Cette personne a déjà répondu : on ne lui repose pas la question."
    if not cadre.est_joignable:
        return (
            f"{cadre.nom_complet} n’a pas de courriel : ajoutez-le à sa fiche, "
            "puis envoyez le message."
        )
    return None


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
        return "Ce cadre est engagé dans un parcours : la décision ne se reprend plus ici."
    return None


def _refus_decider(acteur: Acteur, cadre: Cadre) -> str | None:
    if refus := _refus_employeur(acteur, cadre):
        return refus
    if not acteur.peut(Acte.RETENIR):
        return "Cette décision revient au DGS, ou à un DRH qui en a reçu délégation."
    return None


def refus_confier(acteur: Acteur, cadre: Cadre) -> str | None:
    """The employer, once the person has said yes: an accompagnateur sees nobody before."""
    if refus := _refus_employeur(acteur, cadre):
        return refus
    if cadre.candidature.etat not in Candidature.ETATS_PARTAGES:
        return "On confie un cadre à un accompagnateur après son oui."
    return None


def refus_repondre(acteur: Acteur, cadre: Cadre) -> str | None:
    """The person alone."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != cadre.pk:
        return "La réponse n’appartient qu’à la personne."
    if cadre.candidature.etat not in REPONDABLES:
        return "Votre réponse est déjà enregistrée."
    return None


def refus_retirer(acteur: Acteur, cadre: Cadre) -> str | None:
    """The person alone, any time."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != cadre.pk:
        return "Le retrait n’appartient qu’à la personne."
    if cadre.candidature.etat not in RETIRABLES:
        return "Vous n’êtes pas, ou plus, dans la démarche."
    return None


def peut_modifier(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_modifier(acteur, cadre) is None


def peut_informer(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_informer(acteur, cadre) is None


def peut_retenir(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_retenir(acteur, cadre) is None


def peut_ne_pas_retenir(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_ne_pas_retenir(acteur, cadre) is None


def peut_confier(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_confier(acteur, cadre) is None


def peut_repondre(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_repondre(acteur, cadre) is None


def peut_retirer(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_retirer(acteur, cadre) is None
