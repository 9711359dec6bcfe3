"""What the parcours forgets with a person, and what holds their file back."""

from typing import Any

from cadres.donnees_personnelles.traces import Traces
from cadres.models import Cadre
from parcours.apres.reseau.actions import oublier as quitter_le_reseau
from parcours.coaching.actions.destruction import detruire_les_ecrits
from parcours.models import AbonnementAgenda, Inscription, Parole, Participation


def apres_l_anonymisation(*, cadre: Cadre, traces: Traces, **_: Any) -> None:
    """Plugged into `cadres.prises.OUBLI`: nothing of the wall outlives the person.

    The secret address of their calendar goes too, even when the account stays for another mandat.
    What they chose to receive goes with the account: a colleague's choice stays theirs. What they
    answered to an evaluation is nobody's; their name, if somebody wrote it there, goes.
    """
    detruire_les_ecrits(cadre=cadre)
    Participation.objects.filter(cadre=cadre).delete()
    _effacer_des_paroles(cadre, traces)
    quitter_le_reseau(cadre=cadre)
    if cadre.utilisateur_id is not None:
        AbonnementAgenda.objects.filter(utilisateur=cadre.utilisateur_id).delete()


def _effacer_des_paroles(cadre: Cadre, traces: Traces) -> None:
    paroles = Parole.objects.filter(evaluation__demarche=cadre.collectivite.demarche_id)
    for parole in paroles.iterator():
        texte = traces.effacer(parole.texte)
        if texte != parole.texte:
            parole.texte = texte
            parole.save(update_fields=["texte"])


def empechement(cadre: Cadre) -> str:
    """A parcours under way is ended first."""
    if Inscription.objects.filter(cadre=cadre, etat=Inscription.Etat.EN_COURS).exists():
        return "Un parcours est encore en cours : il doit d’abord s’achever ou s’interrompre."
    return ""
