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


class Actes(ActeJournal):
    ETAPE_ROUTE_FAITE = "route.etape_faite", "Étape de la feuille de route faite"
    CHIFFRES_ARRETES = "chiffres.arretes", "Chiffres de la démarche arrêtés"
    DOCUMENT_SIGNE = "document.signe", "Document pour les élus signé"
