"""States of a poste opened to the démarche, of the questions and of the meetings around it."""

from django.db import models


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
