"""Words of the steering room: the acts of the feuille de route, what it writes in the journal."""

from django.db import models

from collectivites.mots import ActeJournal


class Phase(models.TextChoices):
    """The acts of the démarche, in the order in which it plays them."""

    CADRAGE = "cadrage", "Cadrage"
    RECENSEMENT = "recensement", "Recensement"
    PARCOURS = "parcours", "Parcours"
    OPPORTUNITES = "opportunites", "Opportunités"
    MOBILITE = "mobilite", "Mobilité"


class GenreDocument(models.TextChoices):
    """What is written for élus. The annex has two legal forms, by the kind of employer."""

    FICHE = "fiche", "Fiche"
    NOTE = "note", "Note aux élus"
    ANNEXE = "annexe", "Annexe à la délibération"


class EtatDocument(models.TextChoices):
    """Where a document for élus stands."""

    PROJET = "projet", "Projet"
    SIGNE = "signe", "Signé"


class Jalon(models.TextChoices):
    """The gates, in the order in which they are passed."""

    LANCEMENT = "lancement", "Lancement"
    PROMOTION = "promotion", "Ouverture d’une promotion"
    PROPOSITIONS = "propositions", "Ouverture des propositions"


class MoyenInformation(models.TextChoices):
    """How élus were told."""

    ASSEMBLEE = "assemblee", "En séance de l’assemblée"
    COMMISSION = "commission", "En commission"
    BUREAU = "bureau", "En bureau ou en exécutif"
    REUNION = "reunion", "En réunion de travail"
    COURRIER = "courrier", "Par courrier"


class PublicVise(models.TextChoices):
    """To whom one speaks."""

    ELUS = "elus", "Élus"
    CADRES = "cadres", "Cadres"
    AGENTS = "agents", "Agents"
    PRESSE = "presse", "Presse"
    PARTENAIRES = "partenaires", "Partenaires"


PUBLICS_EXTERNES = frozenset({PublicVise.PRESSE, PublicVise.PARTENAIRES})


class EtatCommunication(models.TextChoices):
    """Where an action of the plan stands."""

    PREVUE = "prevue", "Prévue"
    FAITE = "faite", "Faite"
    ANNULEE = "annulee", "Annulée"


class Actes(ActeJournal):
    ROUTE_POSEE = "route.posee", "Feuille de route posée depuis le modèle"
    ETAPE_ROUTE_AJOUTEE = "route.etape_ajoutee", "Étape ajoutée à la feuille de route"
    ETAPE_ROUTE_MODIFIEE = "route.etape_modifiee", "Étape de la feuille de route modifiée"
    ETAPES_ROUTE_RANGEES = "route.etapes_rangees", "Ordre de la feuille de route changé"
    ETAPE_ROUTE_RETIREE = "route.etape_retiree", "Étape retirée de la feuille de route"
    ETAPE_ROUTE_FAITE = "route.etape_faite", "Étape de la feuille de route faite"
    CHIFFRES_ARRETES = "chiffres.arretes", "Chiffres de la démarche arrêtés"
    DOCUMENT_SIGNE = "document.signe", "Document pour les élus signé"
    ETAPE_ROUTE_ROUVERTE = "route.etape_rouverte", "Étape de la feuille de route rouverte"
    JALON_FRANCHI = "jalon.franchi", "Jalon franchi"
    DGS_ENGAGE = "jalon.dgs_engage", "Engagement d’un DGS"
    CRITERES_RENONCES = "jalon.criteres_renonces", "Renonciation aux critères"
    ELUS_INFORMES = "elus.informes", "Information des élus"
    ELUS_INFORMATION_RETIREE = "elus.information_retiree", "Information des élus retirée"
    ELUS_ACCORD = "elus.accord", "Accord des élus enregistré"
    ELUS_ACCORD_RETIRE = "elus.accord_retire", "Accord des élus retiré"
    COMMUNICATION_AJOUTEE = "communication.ajoutee", "Action de communication ajoutée"
    COMMUNICATION_MODIFIEE = "communication.modifiee", "Action de communication modifiée"
    LANGAGE_ECRIT = "langage.ecrit", "Éléments de langage rédigés"
    LANGAGE_APPROUVE = "langage.approuve", "Éléments de langage approuvés"
