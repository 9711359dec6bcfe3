"""What the clock does for the parcours. Each may run again, or twice at once, to no effect."""

from django.db import transaction

from collectivites.models import Utilisateur
from collectivites.travaux.arrets import genre_de_courriel
from collectivites.travaux.horloge import Rythme, a_l_heure, est_une_heure_decente
from collectivites.travaux.reponses import Reponse, a_la_reponse
from parcours.apres.evaluation import actions as evaluations
from parcours.apres.evaluation import rythme
from parcours.sessions.actions import abonnements, catalogue, reponses
from parcours.sessions.actions.abonnements import recoit


@a_l_heure("parcours.places_gardees", "place(s) gardée(s) rendue(s)")
def rendre_les_places_gardees() -> int:
    """Seats kept for a collectivité until yesterday go to those who wait."""
    with transaction.atomic():
        return catalogue.liberer_les_places_gardees()


@a_l_heure("parcours.evaluations_closes", "évaluation(s) dépouillée(s)")
def depouiller() -> int:
    """Past their last day: counted, published if they are enough."""
    return evaluations.depouiller_les_closes()


@a_l_heure(
    "parcours.evaluations",
    "évaluation(s) ouverte(s) ou courriel(s) d’invitation",
    rythme=Rythme.MATIN,
)
def evaluer() -> int:
    """What is due is opened; people are invited, then reminded once."""
    return rythme.ouvrir_les_dues() + rythme.inviter() if est_une_heure_decente() else 0


@a_la_reponse
def lire_une_reponse(reponse: Reponse) -> bool:
    """What a calendar answers to one of our invitations."""
    return reponses.recevoir(reponse)


@genre_de_courriel(
    "rappels", "de rappel avant vos rendez-vous", recoit=lambda qui: recoit(qui, "j7", "j1")
)
def arreter_les_rappels(utilisateur: Utilisateur) -> None:
    abonnements.arreter(utilisateur, "j7", "j1")


@genre_de_courriel(
    "invitations",
    "d’invitation : vos rendez-vous vous parviendront avec un fichier joint",
    recoit=lambda qui: recoit(qui, "invitations"),
)
def arreter_les_invitations(utilisateur: Utilisateur) -> None:
    abonnements.arreter(utilisateur, "invitations")
