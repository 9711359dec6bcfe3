"""What an acteur may do with a file. The same answer draws the button and guards the act.

`refus_x(acteur, cadre)` gives the reason in French, or None when the act is possible.
Each reads `cadre.candidature`: select it.
"""

from __future__ import annotations

from collections.abc import Callable

from cadres.candidature.situations import est_des_siens
from cadres.models import Cadre, Candidature, DemandeCorrection
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Acte, Role

Etat = Candidature.Etat

Refus = Callable[[Acteur, Cadre], str | None]

AILLEURS = "Ce cadre relève d’une autre collectivité."
EFFACEMENT_DEMANDE = "Cette personne a demandé l’effacement de ses données."
SANS_COURRIEL = (
    "Cette personne n’a pas de courriel\u00a0: ajoutez-le à sa fiche, puis envoyez le message."
)
PARTI = "Cette personne a quitté la collectivité."
RESERVE_RH = "Cet acte revient à la DRH de la collectivité."
#: From which states the person may still answer. The last one: they come back.
REPONDABLES = (Etat.INFORME, Etat.SANS_REPONSE, Etat.DESACCORD, Etat.RETIRE)
#: From which states leaving means something.
RETIRABLES = (Etat.INFORME, Etat.SANS_REPONSE, Etat.ACCORD, Etat.RETENU, Etat.NON_RETENU)


#: Out of the démarche: nothing that is kept serves it any more.
EFFACABLES = (Etat.DESACCORD, Etat.SANS_REPONSE, Etat.NON_RETENU, Etat.RETIRE)


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
    if cadre.parti_le:
        return PARTI
    if cadre.candidature.etat not in {Etat.RECENSE, Etat.INFORME, Etat.SANS_REPONSE}:
        return "Cette personne a déjà répondu : on ne lui repose pas la question."
    if cadre.candidature.effacement_demande_le is not None:
        return EFFACEMENT_DEMANDE
    if not cadre.est_joignable:
        return SANS_COURRIEL
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
    if cadre.parti_le:
        return PARTI
    if cadre.candidature.effacement_demande_le is not None:
        return EFFACEMENT_DEMANDE
    return None


def refus_signaler_depart(acteur: Acteur, cadre: Cadre) -> str | None:
    """The HR direction of the employer, once; a move of the démarche says itself who leaves."""
    if refus := refus_modifier(acteur, cadre):
        return refus
    if cadre.parti_le:
        return "Le départ de cette personne est déjà signalé."
    candidature = cadre.candidature
    if candidature.etat == Etat.RETENU and candidature.avancee == Candidature.Avancee.ENGAGEE:
        return (
            "Cette personne part par une mobilité de la démarche\u00a0: son dossier le dira. "
            "Si elle part autrement, abandonnez d’abord cette mobilité."
        )
    return None


def refus_annuler_depart(acteur: Acteur, cadre: Cadre) -> str | None:
    """The HR direction of the employer, as long as the person has not asked to be forgotten."""
    if refus := refus_modifier(acteur, cadre):
        return refus
    if not cadre.parti_le:
        return "Aucun départ n’est signalé pour cette personne."
    if cadre.candidature.effacement_demande_le is not None:
        return EFFACEMENT_DEMANDE
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
    if cadre.parti_le:
        return "Votre collectivité a noté votre départ\u00a0: si c’est une erreur, dites-le à votre DRH."
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


def refus_effacer(acteur: Acteur, cadre: Cadre) -> str | None:
    """The person alone, once they are out of the démarche."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != cadre.pk:
        return "Cette demande n’appartient qu’à la personne."
    if cadre.candidature.etat not in EFFACABLES:
        return "Retirez-vous d’abord de la démarche : vos données seront effacées ensuite."
    if cadre.candidature.effacement_demande_le is not None:
        return "L’effacement est déjà demandé."
    return None


def refus_dire_ses_competences(acteur: Acteur, cadre: Cadre) -> str | None:
    """The person alone, as long as the démarche has a use for it."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != cadre.pk:
        return "Ces compétences n’appartiennent qu’à la personne."
    if cadre.candidature.etat in EFFACABLES:
        return "Vous n’êtes pas, ou plus, dans la démarche."
    return None


def refus_repondre_a_une_correction(acteur: Acteur, demande: DemandeCorrection) -> str | None:
    """The HR direction of the employer, once."""
    if refus := refus_modifier(acteur, demande.cadre):
        return refus
    if demande.etat != DemandeCorrection.Etat.OUVERTE:
        return "Cette demande a déjà sa réponse."
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


def peut_signaler_depart(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_signaler_depart(acteur, cadre) is None


def peut_annuler_depart(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_annuler_depart(acteur, cadre) is None


def peut_repondre(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_repondre(acteur, cadre) is None


def peut_retirer(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_retirer(acteur, cadre) is None


# --- What can never be a criterion --------------------------------------------------------------

#: (name of the ground, words that betray it, unaccented). CGFP L131-1 and L131-2.
INTERDITS: tuple[tuple[str, str], ...] = (
    (
        "L’âge",
        r"\b(ages?|agee?s?|naissances?|nee?s? (en|avant|apres)|jeunes?|seniors?|vieux|retraites?)\b|^(?!.*(poste|anciennet|experien|metier|grade|management)).*\b[2-7][0-9] ans\b",
    ),
    (
        "Le sexe",
        r"\b(sexe|genre|civilite|femmes?|hommes?|feminin|masculin|parite|madame|monsieur)\b",
    ),
    (
        "La famille",
        r"\b(famill\w+|enfants?|mari[eé]\w*|mariage|couples?|conjoint\w*|celibat\w*|divorc\w*|mere|pere|parents?|grossesse|enceinte|maternite|paternite|garde)\b",
    ),
    (
        "La santé",
        r"\b(sante|malad\w+|handicap\w*|rqth|invalid\w*|arrets?|absenteisme|absences?|apte|inapte|aptitude medicale|apparence|physique)\b",
    ),
    (
        "L’origine",
        r"\b(origines?|nationalite|etranger\w*|ethni\w*|race|patronyme|accent|lieu de naissance)\b",
    ),
    (
        "L’opinion ou la religion",
        r"\b(opinions?|politi\w+ personnelle|parti|syndi\w+|religi\w+|croyan\w+|philosophi\w+|greve\w*)\b",
    ),
    (
        "L’orientation ou l’identité de genre",
        r"\b(orientation sexuelle|homosexu\w*|identite de genre)\b",
    ),
)


def refus_ecrire_criteres(acteur: Acteur) -> str | None:
    """The DGS and the DRH write the criteria of their collectivité."""
    if not acteur.est(Role.DGS, Role.DRH):
        return "Les critères sont écrits par le DGS et la DRH de la collectivité."
    return None


def peut_effacer(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_effacer(acteur, cadre) is None


def peut_dire_ses_competences(acteur: Acteur, cadre: Cadre) -> bool:
    return refus_dire_ses_competences(acteur, cadre) is None
