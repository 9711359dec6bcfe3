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


class Actes(ActeJournal):
    ETAPE_ROUTE_FAITE = "route.etape_faite", "Étape de la feuille de route faite"
