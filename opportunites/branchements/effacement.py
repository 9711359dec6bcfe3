"""What the opportunités forget with a person, and what holds their file back."""

from typing import Any

from cadres.models import Cadre
from opportunites.dossier.modeles.actions import oublier as oublier_les_lettres
from opportunites.dossier.signature.actions import oublier as oublier_les_signatures
from opportunites.models import (
    Alerte,
    Demande,
    Estimation,
    FicheRemuneration,
    IssueVoeu,
    Mobilite,
    Proposition,
    Question,
    RaisonDuRefus,
    Sollicitation,
    Voeu,
)
from opportunites.postes.actions.avis import oublier_les_avis


def apres_l_anonymisation(*, cadre: Cadre, **_: Any) -> None:
    """Plugged into `cadres.prises.OUBLI`: wishes serve nobody else."""
    oublier_les_avis(cadre)
    oublier_les_lettres(cadre)
    oublier_les_signatures(cadre)
    for modele in (Demande, Voeu, Sollicitation, Alerte, IssueVoeu, Estimation):
        modele._default_manager.filter(cadre=cadre).delete()
    Question.objects.filter(proposition__cadre=cadre).delete()
    RaisonDuRefus.objects.filter(proposition__cadre=cadre).delete()
    # What somebody was paid says nothing once nobody is behind it.
    FicheRemuneration.objects.filter(proposition__cadre=cadre).delete()


def empechement(cadre: Cadre) -> str:
    """A proposition or a move under way is ended first."""
    if Mobilite.objects.filter(cadre=cadre, etat=Mobilite.Etat.OUVERTE).exists():
        return "Une mobilité est encore en préparation : elle doit d’abord aboutir ou s’abandonner."
    vivantes = Proposition.objects.filter(cadre=cadre, etat__in=Proposition.ETATS_VIVANTS)
    if vivantes.exists():
        return "Une proposition est encore ouverte : elle doit d’abord se conclure."
    return ""
