"""Words of a move and of its file: routes, answers of the origin, who does what."""

from enum import StrEnum

from django.db import models


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
