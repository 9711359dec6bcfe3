"""Words of the foundations: employers, roles, the acts of a DGS, the states of jobs and mails, the
acts of the journal."""

from django.db import models


class CodeCollectivite(models.TextChoices):
    """The kinds of employer, and the codes used on the command line: one of each in a démarche."""

    VILLE = "ville", "Ville"
    AGGLOMERATION = "agglomeration", "Agglomération"
    DEPARTEMENT = "departement", "Département"
    REGION = "region", "Région"
    ETABLISSEMENT = "etablissement", "Établissement public"


class Public(models.TextChoices):
    """Whom a démarche is for."""

    CADRES = "cadres", "Les cadres : catégories A et A+, et qui encadre"
    AGENTS = "agents", "Tous les agents, par catégorie et par filière"


class Categorie(models.TextChoices):
    """Of a cadre d’emplois."""

    A = "A", "Catégorie A"
    B = "B", "Catégorie B"
    C = "C", "Catégorie C"


class Filiere(models.TextChoices):
    """The families of cadres d’emplois of the fonction publique territoriale."""

    ADMINISTRATIVE = "administrative", "Administrative"
    TECHNIQUE = "technique", "Technique"
    CULTURELLE = "culturelle", "Culturelle"
    SPORTIVE = "sportive", "Sportive"
    ANIMATION = "animation", "Animation"
    MEDICO_SOCIALE = "medico_sociale", "Médico-sociale"
    POLICE = "police", "Police municipale"
    POMPIERS = "pompiers", "Sapeurs-pompiers"


class Role(models.TextChoices):
    """The role that a mandat gives its holder in one collectivité."""

    DGS = "dgs", "DGS"
    DRH = "drh", "DRH"
    GESTIONNAIRE = "gestionnaire", "Gestionnaire RH"
    ACCOMPAGNATEUR = "accompagnateur", "Accompagnateur"
    CABINET = "cabinet", "Cabinet conseil"
    CADRE = "cadre", "Cadre"


#: The roles that prepare and follow files: what a DRH may do day to day, a gestionnaire may too.
ROLES_RH = frozenset({Role.DRH, Role.GESTIONNAIRE})
#: The roles that see the registre of their collectivité.
ROLES_EMPLOYEUR = frozenset({Role.DGS, Role.DRH, Role.GESTIONNAIRE})


class Acte(models.TextChoices):
    """Acts that only a DGS takes, or a DRH under a live delegation that names the act."""

    RETENIR = "retenir", "Retenir ou ne pas retenir un cadre"
    OUVRIR_PROMOTION = "ouvrir_promotion", "Ouvrir une promotion"
    VALIDER_PROPOSITION = "valider_proposition", "Valider une proposition de poste"
    ARBITRER_RESERVE = "arbitrer_reserve", "Arbitrer une réserve technique"
    FRANCHIR_ETAPE = "franchir_etape", "Franchir une étape de la feuille de route"
    SIMULER_MOUVEMENT = "simuler", "Simuler le mouvement, et en préparer les propositions"


class EtatTache(models.TextChoices):
    """Where a piece of long work stands."""

    ATTENTE = "attente", "En attente"
    EN_COURS = "en_cours", "En cours"
    REUSSIE = "reussie", "Terminée"
    ECHOUEE = "echouee", "Interrompue"


class EtatCourriel(models.TextChoices):
    """Where a mail of the outbox stands."""

    A_ENVOYER = "a_envoyer", "À envoyer"
    EN_COURS = "en_cours", "Envoi en cours"
    ENVOYE = "envoye", "Envoyé"
    ECHEC = "echec", "Échec"


class ActeJournal(models.TextChoices):
    """What a line of the journal may say was done. Each room declares its own, with their French
    labels, as a subclass in its `mots`: an act without a label cannot be written."""

    @property
    def est_une_decision(self) -> bool:
        """False for what the journal keeps apart: reminders, preparation, upkeep."""
        return True


def actes_du_journal() -> dict[str, str]:
    """Code → label of every act that some room declares."""
    return {acte.value: str(acte.label) for actes in ActeJournal.__subclasses__() for acte in actes}


def actes_de_suivi() -> list[str]:
    """Codes of what is no decision."""
    return [
        acte.value
        for actes in ActeJournal.__subclasses__()
        for acte in actes
        if not acte.est_une_decision
    ]


class Actes(ActeJournal):
    DELEGATION_DONNEE = "delegation.donnee", "Délégation donnée"
    DELEGATION_REVOQUEE = "delegation.revoquee", "Délégation révoquée"
    ACCES_OUVERT = "acces.ouvert", "Accès donné à un collègue"
    ACCES_FINI = "acces.fini", "Fin d’accès d’un collègue"
    DEMARCHE_ARRIVEE = "demarche.arrivee", "Démarche venue d’une autre installation"
