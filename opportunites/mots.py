"""Words of the room: the states of its objects, and the acts that it writes in the journal.

A state is drawn with a shape beside its word (`composants/statut.html`): each enum says its own.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from collectivites.mots import ActeJournal

# --- Postes and wishes ----------------------------------------------------------------------------


class EtatOpportunite(models.TextChoices):
    BESOIN = "besoin", "Besoin"
    VALIDEE = "validee", "Besoin validé"
    TRANSMISE = "transmise", "DVE transmise"
    PUBLIEE = "publiee", "Publiée"
    CLOSE = "close", "Close aux vœux"
    POURVUE = "pourvue", "Pourvue"
    RETIREE = "retiree", "Retirée"

    @property
    def forme(self) -> str:
        return {
            EtatOpportunite.BESOIN: "vide",
            EtatOpportunite.PUBLIEE: "plein",
            EtatOpportunite.POURVUE: "fait",
            EtatOpportunite.RETIREE: "clos",
        }.get(self, "demi")


#: The host prepares it; nobody else sees it.
POSTES_INTERNES = (EtatOpportunite.BESOIN, EtatOpportunite.VALIDEE, EtatOpportunite.TRANSMISE)
#: Shown to the démarche, and may be proposed and accepted.
POSTES_OUVERTS = (EtatOpportunite.PUBLIEE, EtatOpportunite.CLOSE)
POSTES_VIVANTS = (*POSTES_INTERNES, *POSTES_OUVERTS)
POSTES_FINIS = (EtatOpportunite.POURVUE, EtatOpportunite.RETIREE)


class Vacance(models.TextChoices):
    VACANT = "vacant", "Vacant"
    A_UNE_DATE = "a_une_date", "Vacant à une date"
    SUSCEPTIBLE = "susceptible", "Susceptible d’être vacant"


class SensAvis(models.TextChoices):
    FAVORABLE = "favorable", "Nous pourrions vous accueillir"
    DEFAVORABLE = "defavorable", "Pas sur ce poste"


class EtatSollicitation(models.TextChoices):
    """A host asks somebody who did not rank its poste whether it would interest them."""

    POSEE = "posee", "Réponse attendue"
    OUI = "oui", "Poste ajouté aux vœux"
    NON = "non", "Pas de suite"

    @property
    def forme(self) -> str:
        return {EtatSollicitation.POSEE: "losange", EtatSollicitation.OUI: "plein"}.get(
            self, "clos"
        )


class EtatDemande(models.TextChoices):
    DEPOSEE = "deposee", "Réponse attendue"
    ACCEPTEE = "acceptee", "Acceptée"
    DECLINEE = "declinee", "Déclinée"
    SANS_SUITE = "sans_suite", "Sans suite"
    RETIREE = "retiree", "Retirée par vous"

    @property
    def forme(self) -> str:
        return {EtatDemande.DEPOSEE: "losange", EtatDemande.ACCEPTEE: "plein"}.get(self, "clos")


# --- Propositions and réserves --------------------------------------------------------------------


class EtatProposition(models.TextChoices):
    BROUILLON = "brouillon", "À valider"
    VALIDEE = "validee", "Validée, à envoyer"
    ENVOYEE = "envoyee", "Réponse attendue"
    ACCEPTEE = "acceptee", "Acceptée"
    REFUSEE = "refusee", "Refusée"
    EXPIREE = "expiree", "Expirée"
    RETIREE = "retiree", "Retirée"
    REALISEE = "realisee", "Mobilité effective"

    @property
    def forme(self) -> str:
        return {
            EtatProposition.BROUILLON: "vide",
            EtatProposition.VALIDEE: "demi",
            EtatProposition.ENVOYEE: "losange",
            EtatProposition.ACCEPTEE: "plein",
            EtatProposition.REALISEE: "fait",
        }.get(self, "clos")


class AccordDgs(models.TextChoices):
    """May the DGS of the host, who also serves the person's employer, learn of the proposition before
    it is sent? The empty value: nobody asked."""

    DEMANDE = "demande", "Question posée à la personne"
    OUI = "oui", "La personne est d’accord"
    NON = "non", "La personne préfère que non"


#: The host prepares it; nobody else knows of it yet.
PROPOSITIONS_INTERNES = (EtatProposition.BROUILLON, EtatProposition.VALIDEE)
#: No answer yet.
PROPOSITIONS_SANS_REPONSE = (*PROPOSITIONS_INTERNES, EtatProposition.ENVOYEE)
#: Answered by the person.
PROPOSITIONS_REPONDUES = (
    EtatProposition.ACCEPTEE,
    EtatProposition.REFUSEE,
    EtatProposition.REALISEE,
)
#: Sent for sure (one that was withdrawn may not have been).
PROPOSITIONS_PARTIES = (
    EtatProposition.ENVOYEE,
    EtatProposition.ACCEPTEE,
    EtatProposition.REFUSEE,
    EtatProposition.EXPIREE,
    EtatProposition.REALISEE,
)
#: Still going somewhere.
PROPOSITIONS_VIVANTES = (*PROPOSITIONS_SANS_REPONSE, EtatProposition.ACCEPTEE)


class MotifRefus(models.TextChoices):
    """Why a person refuses: theirs alone (`RaisonDuRefus`), and counted by closed batches."""

    CONTENU = "contenu", "Le contenu du poste"
    REMUNERATION = "remuneration", "La rémunération"
    LIEU = "lieu", "Le lieu"
    CALENDRIER = "calendrier", "Le calendrier"
    FAMILLE = "famille", "La situation familiale"
    AUTRE = "autre", "Une autre raison"


class RetraitProposition(models.TextChoices):
    """Why it was withdrawn, in the words that its cadre reads."""

    EMPLOYEUR = "employeur", "L’employeur a retiré sa proposition"
    POSTE_POURVU = "poste_pourvu", "Le poste a été accepté par une autre personne"
    POSTE_RETIRE = "poste_retire", "Le poste n’est plus ouvert à la démarche"
    AUTRE_ACCEPTEE = "autre_acceptee", "Vous avez accepté un autre poste"
    CADRE_RETIRE = "cadre_retire", "Vous vous êtes retiré de la démarche"
    ABANDON = "abandon", "La mobilité n’a pas abouti"


class EtatReserve(models.TextChoices):
    DEPOSEE = "deposee", "À arbitrer"
    COMPLEMENT = "complement", "Complément demandé"
    LEVEE = "levee", "Levée"
    RETENUE = "retenue", "Retenue"
    CADUQUE = "caduque", "Caduque, faute d’arbitrage"

    @property
    def forme(self) -> str:
        return {
            EtatReserve.DEPOSEE: "losange",
            EtatReserve.COMPLEMENT: "demi",
            EtatReserve.LEVEE: "fait",
            EtatReserve.RETENUE: "plein",
            EtatReserve.CADUQUE: "clos",
        }[self]


#: Still awaits a DGS.
RESERVES_OUVERTES = (EtatReserve.DEPOSEE, EtatReserve.COMPLEMENT)

# --- Moves and their files ------------------------------------------------------------------------


class EtatMobilite(models.TextChoices):
    OUVERTE = "ouverte", "En préparation"
    EFFECTIVE = "effective", "Effective"
    ABANDONNEE = "abandonnee", "Abandonnée"

    @property
    def forme(self) -> str:
        return {
            EtatMobilite.OUVERTE: "demi",
            EtatMobilite.EFFECTIVE: "fait",
            EtatMobilite.ABANDONNEE: "clos",
        }[self]


class Voie(models.TextChoices):
    """The statutory routes that a rule names; `dossier.droit.textes` lists those one may choose."""

    MUTATION = "MUTATION", "Mutation"
    DETACHEMENT_LONG = "DETACHEMENT_LONG", "Détachement de longue durée"
    DETACHEMENT_COURT = "DETACHEMENT_COURT", "Détachement de courte durée"
    DETACHEMENT_EF = "DETACHEMENT_EF", "Détachement sur emploi fonctionnel"
    INTEGRATION_DIRECTE = "INTEGRATION_DIRECTE", "Intégration directe"
    MAD = "MAD", "Mise à disposition"
    AFFECTATION_INTERNE = "AFFECTATION_INTERNE", "Changement d’affectation interne"
    SERVICE_COMMUN = "SERVICE_COMMUN", "Transfert dans un service commun"
    CONTRAT_CDD = "CONTRAT_CDD", "Nouveau contrat"
    PORTABILITE_CDI = "PORTABILITE_CDI", "Portabilité du CDI"
    DISPONIBILITE = "DISPONIBILITE", "Disponibilité"


class Famille(StrEnum):
    """How one leaves on a route, hence the delays (columns `preavis`, `famille` of the CSV files)."""

    COMMUN = "commun"
    CONVENTION = "convention"
    DEMISSION = "demission"
    AUCUNE = "aucun"


class Services(models.TextChoices):
    """A contractuel's seniority: it decides of the notice (décret 88-145, art. 39)."""

    MOINS_6_MOIS = "moins_6_mois", "Moins de six mois"
    MOINS_2_ANS = "moins_2_ans", "De six mois à deux ans"
    DEUX_ANS = "2_ans", "Deux ans ou plus"


class Reponse(models.TextChoices):
    """What the origin said of the request, last; the rows of `ReponseOrigine` keep them all."""

    ACCORD = "accord", "Accord"
    DATE = "date", "Accord sur une date négociée"
    REFUS = "refus", "Refus motivé"
    TACITE = "tacite", "Accord acquis par silence"


#: The origin has said yes, or is held to have.
REPONSES_FAVORABLES = (Reponse.ACCORD, Reponse.DATE, Reponse.TACITE)


class CoteElement(models.TextChoices):
    """Who has a thing to do."""

    ORIGINE = "origine", "Employeur d’origine"
    ACCUEIL = "accueil", "Employeur d’accueil"
    CADRE = "cadre", "La personne"


class CoteSuivi(models.TextChoices):
    """Who says how it goes."""

    ACCUEIL = "accueil", "L’employeur d’accueil"
    CADRE = "cadre", "La personne"


class Plan(models.TextChoices):
    """How the team that is left will be covered."""

    A_PREVOIR = "a_prevoir", "Rien n’est encore prévu"
    RECRUTEMENT = "recrutement", "Un recrutement"
    ARRIVEE = "arrivee", "Une arrivée par la démarche de mobilité"
    INTERIM = "interim", "Un intérim, puis un recrutement"
    REORGANISATION = "reorganisation", "Une réorganisation de l’équipe"
    SANS = "sans", "Le poste n’est pas remplacé"


# --- The journal ----------------------------------------------------------------------------------


class Actes(ActeJournal):
    AVIS_CLASSE = "avis.classe", "Candidats classés par l’employeur du poste"
    AVIS_DONNE = "avis.donne", "Avis de l’employeur du poste"
    CAMPAGNE_CLOSE = "campagne.close", "Campagne de mouvement close"
    CAMPAGNE_DEPLACEE = "campagne.deplacee", "Dates de la campagne de mouvement déplacées"
    CAMPAGNE_OUVERTE = "campagne.ouverte", "Campagne de mouvement ouverte"
    DEMANDE_ACCEPTEE = "demande.acceptee", "Demande de rencontre acceptée"
    DEMANDE_DECLINEE = "demande.declinee", "Demande de rencontre déclinée"
    DEMANDE_DEPOSEE = "demande.deposee", "Demande de rencontre faite"
    DEMANDE_RETIREE = "demande.retiree", "Demande de rencontre retirée"
    ENGAGEMENT_PRIS = "engagement.pris", "Postes promis à la démarche"
    ENSEMBLE_PREPARE = "ensemble.prepare", "Propositions liées préparées"
    ENSEMBLE_REPARE = "ensemble.repare", "Mouvement réparé après des réponses"
    FICHE_OUVERTE = "fiche.ouverte", "Fiche de rémunération ouverte"
    FICHE_SAISIE = "fiche.saisie", "Fiche de rémunération remplie"
    FICHE_SIGNEE = "fiche.signee", "Fiche de rémunération signée par la DRH"
    MOBILITE_ABANDONNEE = "mobilite.abandonnee", "Mobilité abandonnée"
    MOBILITE_DEMANDEE = "mobilite.demandee", "Demande de départ faite par la personne"
    MOBILITE_EFFECTIVE = "mobilite.effective", "Mobilité effective"
    MOBILITE_IMPACT = "mobilite.impact", "Impact sur l’équipe quittée"
    MOBILITE_ORIGINE_ACCORD = "mobilite.origine_accord", "Accord de l’employeur d’origine"
    MOBILITE_ORIGINE_DATE = (
        "mobilite.origine_date",
        "Accord de l’employeur d’origine sur une autre date",
    )
    MOBILITE_ORIGINE_REFUS = "mobilite.origine_refus", "Refus motivé de l’employeur d’origine"
    MOBILITE_ORIGINE_TACITE = (
        "mobilite.origine_tacite",
        "Accord de l’employeur d’origine, acquis par deux mois de silence",
    )
    MOBILITE_POINT_AJOUTE = "mobilite.point_ajoute", "Point ajouté à un dossier de mobilité"
    MOBILITE_POINT_RETIRE = "mobilite.point_retire", "Point retiré d’un dossier de mobilité"
    MOBILITE_PREPAREE = "mobilite.preparee", "Mobilité préparée"
    MOBILITE_SIGNATURE = "mobilite.signature", "Signature du DRH apposée"
    MOBILITE_SIGNATURE_RETIREE = "mobilite.signature_retiree", "Signature du DRH retirée"
    OPPORTUNITE_CLOSE = "opportunite.close", "Poste clos aux vœux"
    OPPORTUNITE_MODIFIEE = "opportunite.modifiee", "Poste ouvert modifié"
    OPPORTUNITE_OUVERTE = "opportunite.ouverte", "Poste ouvert"
    OPPORTUNITE_PUBLICITE = "opportunite.publicite", "Publicité de la vacance suivie"
    OPPORTUNITE_PUBLIEE = "opportunite.publiee", "Poste publié"
    OPPORTUNITE_RETIREE = "opportunite.retiree", "Poste retiré"
    OPPORTUNITE_ROUVERTE = "opportunite.rouverte", "Poste rouvert aux vœux"
    OPPORTUNITE_URGENCE = "opportunite.urgence", "Publicité abrégée pour urgence"
    OPPORTUNITE_URGENCE_LEVEE = "opportunite.urgence_levee", "Urgence levée"
    OPPORTUNITE_VALIDEE = "opportunite.validee", "Besoin validé"
    PROPOSITION_ACCORD_DEMANDE = (
        "proposition.accord_demande",
        "Question posée avant de faire valider une proposition",
    )
    PROPOSITION_ACCORD_DONNE = (
        "proposition.accord_donne",
        "Réponse à la question posée avant la validation",
    )
    PROPOSITION_ACCEPTEE = "proposition.acceptee", "Proposition acceptée"
    PROPOSITION_ENVOYEE = "proposition.envoyee", "Proposition envoyée"
    PROPOSITION_EXPIREE = "proposition.expiree", "Proposition expirée"
    PROPOSITION_MODIFIEE = "proposition.modifiee", "Texte d’une proposition modifié"
    PROPOSITION_PREPAREE = "proposition.preparee", "Proposition préparée"
    PROPOSITION_QUESTION = "proposition.question", "Question sur une proposition"
    PROPOSITION_QUESTION_REPONDUE = (
        "proposition.question_repondue",
        "Réponse à une question sur une proposition",
    )
    PROPOSITION_REFUSEE = "proposition.refusee", "Proposition refusée"
    PROPOSITION_REPONSE_REPRISE = (
        "proposition.reponse_reprise",
        "Réponse à une proposition reprise",
    )
    PROPOSITION_RETIREE = "proposition.retiree", "Proposition retirée"
    PROPOSITION_VALIDEE = "proposition.validee", "Proposition validée"
    REGIME_ENREGISTRE = "regime.enregistre", "Régime indemnitaire enregistré"
    RESERVE_CADUQUE = "reserve.caduque", "Réserve caduque"
    RESERVE_COMPLEMENT_DEMANDE = (
        "reserve.complement_demande",
        "Complément demandé sur une réserve",
    )
    RESERVE_COMPLETEE = "reserve.completee", "Réserve complétée"
    RESERVE_DEPOSEE = "reserve.deposee", "Réserve déposée"
    RESERVE_LEVEE = "reserve.levee", "Réserve levée"
    RESERVE_RETENUE = "reserve.retenue", "Réserve retenue"
    SOLLICITATION_POSEE = "sollicitation.posee", "Personne interrogée sur un poste"
    SOLLICITATION_REPONDUE = "sollicitation.repondue", "Réponse d’une personne interrogée"
    SIMULATION_ARRETEE = "simulation.arretee", "Simulation du mouvement arrêtée"
    SIMULATION_DECISION = "simulation.decision", "Mouvement gardé, écarté ou imposé"
    SIMULATION_LANCEE = "simulation.lancee", "Simulation du mouvement lancée"
    VOEU_CLASSE = "voeu.classe", "Vœux classés"
    VOEU_EXPRIME = "voeu.exprime", "Vœu exprimé"
    VOEU_RETIRE = "voeu.retire", "Vœu retiré"
