"""States of a proposition and of its réserves; why it is refused, or withdrawn."""

from django.db import models


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
