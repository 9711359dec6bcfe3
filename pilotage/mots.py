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
    """What is written for élus. The annex has two legal forms, by the kind of employer; a bilan is of one
    promotion."""

    FICHE = "fiche", "Fiche"
    NOTE = "note", "Note aux élus"
    ANNEXE = "annexe", "Annexe à la délibération"
    BILAN = "bilan", "Bilan de promotion"


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


class Regle(models.TextChoices):
    """What the DGS of a démarche agreed, and change together alone."""

    OBJECTIF = "objectif", "Objectif"
    DEBUT = "debut", "Premier jour"
    FIN = "fin", "Dernier jour"
    TOLERANCE = "tolerance", "Tolérance de solde"
    SEUIL = "seuil", "Seuil du secret"
    PUBLICITE = "publicite", "Publicité des postes"
    RAPPELS = "rappels", "Rythme des rappels"
    PUBLIC = "public", "Public visé"


class EtatChangement(models.TextChoices):
    """Where the change of a rule stands."""

    PROPOSE = "propose", "Accords attendus"
    EN_VIGUEUR = "en_vigueur", "En vigueur"
    REFUSE = "refuse", "Refusé"
    RETIRE = "retire", "Retiré"

    @property
    def forme(self) -> str:
        return {"propose": "losange", "en_vigueur": "plein"}.get(self.value, "clos")


class Actes(ActeJournal):
    ROUTE_POSEE = "route.posee", "Feuille de route posée depuis le modèle"
    ETAPE_ROUTE_AJOUTEE = "route.etape_ajoutee", "Étape ajoutée à la feuille de route"
    ETAPE_ROUTE_MODIFIEE = "route.etape_modifiee", "Étape de la feuille de route modifiée"
    ETAPES_ROUTE_RANGEES = "route.etapes_rangees", "Ordre de la feuille de route changé"
    ETAPE_ROUTE_RETIREE = "route.etape_retiree", "Étape retirée de la feuille de route"
    DEMARCHE_OUVERTE = "demarche.ouverte", "Démarche ouverte"
    DIRECTION_NOMMEE = "demarche.direction_nommee", "DGS ou DRH nommé par l’exploitant"
    DIRECTION_FINIE = "demarche.direction_finie", "Fin de l’accès d’un DGS ou d’un DRH"
    ADRESSE_CHANGEE = "demarche.adresse_changee", "Adresse d’un DGS ou d’un DRH changée"
    SECOND_FACTEUR_RETIRE = (
        "demarche.second_facteur_retire",
        "Second facteur retiré par l’exploitant",
    )
    CABINET_INVITE = "cabinet.invite", "Cabinet conseil invité"
    CABINET_FINI = "cabinet.fini", "Fin de l’accès d’un cabinet conseil"
    CABINET_DOCUMENT = "cabinet.document", "Document déposé par le cabinet conseil"
    CABINET_RETRAIT = "cabinet.retrait", "Document du cabinet conseil retiré"
    REGLE_PROPOSEE = "regle.proposee", "Changement d’une règle proposé"
    REGLE_ACCORD = "regle.accord", "Accord sur le changement d’une règle"
    REGLE_EN_VIGUEUR = "regle.en_vigueur", "Règle changée, par l’accord de tous"
    REGLE_REFUSEE = "regle.refusee", "Changement d’une règle refusé"
    REGLE_RETIREE = "regle.retiree", "Changement d’une règle retiré"
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
