"""What the clock does: propositions are recalled, then expire; unarbitrated reserves lapse; the
silence of an origin becomes a yes; dead runs of the simulator are told; files that no row names go,
and estimations of pay a year after they were kept."""

from collectivites.travaux.horloge import Rythme, a_l_heure
from opportunites.campagne.actions import simulations
from opportunites.campagne.calcul import travail  # noqa: F401  registers the job
from opportunites.communs import pieces
from opportunites.dossier.actions import depart
from opportunites.dossier.modeles import actions as modeles
from opportunites.dossier.modeles import travaux  # noqa: F401  registers the job
from opportunites.paie.actions import estimations
from opportunites.propositions.actions import comptes, propositions, reponses, reserves


@a_l_heure("opportunites.expirer_propositions", "proposition(s) expirée(s)", rythme=Rythme.CONTINU)
def expirer_propositions() -> int:
    """An answer after the date is refused anyway; this tells those concerned."""
    return reponses.expirer_propositions()


@a_l_heure("opportunites.rappeler_propositions", "rappel(s) de réponse", rythme=Rythme.CONTINU)
def rappeler_propositions() -> int:
    """Seven days then two days before the date, once each."""
    return propositions.rappeler_propositions()


@a_l_heure("opportunites.lapser_reserves", "réserve(s) caduque(s)")
def lapser_reserves() -> int:
    """A reserve may be arbitrated until the end of its day."""
    return reserves.lapser_reserves()


@a_l_heure("opportunites.publier_les_lots", "lot(s) de refus publié(s)")
def publier_les_lots() -> int:
    """The reasons of refusals, once a quarter is over and they are enough."""
    return comptes.publier_les_lots()


@a_l_heure("opportunites.constater_silences", "accord(s) acquis par silence")
def constater_silences() -> int:
    """Two months after the request, the silence of the origin is a yes (CGFP L511-3)."""
    return depart.constater_silences()


@a_l_heure("opportunites.simulations_mortes", "simulation(s) interrompue(s)", rythme=Rythme.CONTINU)
def simulations_mortes() -> int:
    """A run whose job died is told, so that another may start."""
    return simulations.constater_les_mortes()


@a_l_heure("opportunites.oublier_les_estimations", "estimation(s) de paie oubliée(s)")
def oublier_les_estimations() -> int:
    """A year after somebody asked to keep one, or once its poste is filled."""
    return estimations.oublier_les_vieilles()


@a_l_heure(
    "opportunites.oublier_les_lettres", "fournée(s) de lettres oubliée(s)", rythme=Rythme.CONTINU
)
def oublier_les_lettres() -> int:
    """Letters made from a Word model, a day after they were asked for."""
    return modeles.oublier_les_vieilles()


@a_l_heure("opportunites.balayer_les_pieces", "pièce(s) orpheline(s) effacée(s)")
def balayer_les_pieces() -> int:
    """A document is written before its act is sure: what an undone act left goes a day later."""
    return pieces.balayer()
