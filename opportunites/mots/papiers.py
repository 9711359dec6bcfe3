"""Words of the papers that leave the house: a collectivité's own Word models, and what is signed."""

from django.db import models


class GenreModele(models.TextChoices):
    """What a Word model is for: it says which fields it may name, and of whom."""

    LETTRE = "lettre", "Lettre de proposition"
    ARRETE = "arrete", "Arrêté"
    CONVENTION = "convention", "Convention"
    ATTESTATION = "attestation", "Attestation de parcours"


class FormeLettres(models.TextChoices):
    """How letters made together are handed over."""

    DOCX = "docx", "Un seul document Word, les lettres à la suite"
    ZIP = "zip", "Une archive zip, un document Word par personne"


class ConstatRetour(models.TextChoices):
    """What a signed file is, held against the one that was sent."""

    INTACT = "intact", "Le fichier envoyé, octet pour octet, puis les signatures"
    COMPLETE = "complete", "Tout le contenu envoyé, avec des ajouts"
    NUMERISE = "numerise", "Une numérisation : son contenu ne se compare pas"
    MODIFIE = "modifie", "Un contenu qui diffère de celui envoyé"


#: Kept only if somebody says that they read what differs.
CONSTATS_A_ASSUMER = (ConstatRetour.NUMERISE, ConstatRetour.MODIFIE)
