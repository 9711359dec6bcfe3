"""What the parcours forgets with a person, and what holds their file back."""

from typing import Any

from cadres.models import Cadre
from parcours.actions.coaching import detruire_les_ecrits
from parcours.models import Inscription


def apres_l_anonymisation(*, cadre: Cadre, **_: Any) -> None:
    """Receiver of `cadres.signaux.cadre_anonymise`: nothing of the wall outlives the person."""
    detruire_les_ecrits(cadre=cadre)


def empechement(cadre: Cadre) -> str:
    """A parcours under way is ended first."""
    if Inscription.objects.filter(cadre=cadre, etat=Inscription.Etat.EN_COURS).exists():
        return "Un parcours est encore en cours : il doit d’abord s’achever ou s’interrompre."
    return ""
