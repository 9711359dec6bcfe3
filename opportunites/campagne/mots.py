"""Words of the campaign of movement: its steps, the states of a run, what became of a wish."""

from django.db import models


class Etape(models.TextChoices):
    """The dates of a campaign, in the order that they keep. The value is the field's name."""

    VOEUX_DU = "voeux_du", "Ouverture des vœux"
    VOEUX_AU = "voeux_au", "Clôture des vœux"
    AVIS_AU = "avis_au", "Fin des avis des employeurs"
    SIMULATION_AU = "simulation_au", "Fin des simulations"
    PROPOSITIONS_AU = "propositions_au", "Envoi des propositions au plus tard"
    REPONSES_AU = "reponses_au", "Fin des réponses"


class EtatSimulation(models.TextChoices):
    ATTENTE = "attente", "En attente"
    EN_COURS = "en_cours", "En cours"
    CALCULEE = "calculee", "Calculée"
    ANNULEE = "annulee", "Arrêtée"
    ECHOUEE = "echouee", "Interrompue"


SIMULATIONS_VIVANTES = (EtatSimulation.ATTENTE, EtatSimulation.EN_COURS)


class Scenario(models.TextChoices):
    MOUVEMENTS = "mouvements", "Le plus de mouvements"
    ENVIE = "envie", "Au moins 85 % des mouvements, le moins d’envie"


class Genre(models.TextChoices):
    CHAINE = "chaine", "Chaîne"
    BOUCLE = "boucle", "Échange"


class Issue(models.TextChoices):
    """What became of a wish at the close of a campaign, in the words that the person reads. No
    sentence names, nor points to, anybody else."""

    SERVI = "servi", "Votre vœu est servi."
    DECLINE = "decline", "Ce poste vous a été proposé, et vous ne l’avez pas retenu."
    PROPOSE = (
        "propose",
        "Ce poste vous était proposé à la clôture de la campagne : la réponse vous appartient.",
    )
    AUTRE_POSTE = "autre_poste", "Vous rejoignez un autre poste de la campagne."
    RETIRE = "retire", "L’employeur a retiré ce poste de la démarche."
    ACCUEIL = (
        "accueil",
        "L’employeur du poste n’a pas donné d’avis favorable. Sa raison est sur la page du poste.",
    )
    SANS_AVIS = (
        "sans_avis",
        "L’employeur du poste ne s’est pas prononcé pendant la campagne. Il vous doit une réponse : "
        "demandez-la-lui.",
    )
    ATTRIBUE = "attribue", "Le poste a été attribué à une autre personne."
    AMONT = (
        "amont",
        "Ce poste vous était destiné dans une suite de mouvements. L’un d’eux, en amont, ne s’est "
        "pas fait : le poste n’a pas été libéré.",
    )
    TITULAIRE = "titulaire", "La personne qui tient ce poste y reste."
    EQUILIBRE = (
        "equilibre",
        "Le poste était possible pour vous. L’ensemble des mouvements, et l’équilibre entre les "
        "collectivités, n’ont pas permis de le retenir cette fois.",
    )
