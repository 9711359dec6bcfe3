"""Who may write behind the wall, their candidature locked."""

from __future__ import annotations

from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible
from parcours.coaching import predicats as droits_coaching
from parcours.coaching.actions.accompagnements import en_cours
from parcours.models import Accompagnement

DERRIERE_LE_MUR = "Ces écrits n’appartiennent qu’à la personne et à son accompagnateur."


def ou_ecrire(acteur: Acteur, cadre: Cadre) -> Accompagnement:
    """Today's accompagnement, its cadre locked, if the acteur may write there."""
    cadre = verrouiller(cadre.pk)
    if not droits_coaching.peut_ecrire(acteur, cadre):
        raise ActionImpossible(DERRIERE_LE_MUR)
    return en_cours(cadre)


def exige(texte: str, sinon: str) -> str:
    texte = texte.replace("\r\n", "\n").strip()
    if not texte:
        raise ActionImpossible(sinon)
    return texte


def verrouiller_candidature(cadre_id: int) -> None:
    list(
        Candidature.objects.select_for_update(of=("self",)).filter(cadre=cadre_id).values_list("pk")
    )
