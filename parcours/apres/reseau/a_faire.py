"""What the network expects of a cadre: to answer whoever asks them to be their mentor. One query."""

from __future__ import annotations

from django.urls import reverse

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import accorder, compter
from collectivites.travaux.attentes import Attente
from parcours.models import DemandeMentor


def mentors_a_repondre(acteur: Acteur) -> list[Attente]:
    """One line, which names nobody."""
    nombre = DemandeMentor.objects.a_repondre_par(acteur).count()
    if not nombre:
        return []
    demandent = f"{compter(nombre, 'personne')} {accorder(nombre, 'vous demande,vous demandent')}"
    return [
        Attente(
            "Répondre à une demande de mentor",
            f"{demandent} d’être son mentor."
            if nombre == 1
            else f"{demandent} d’être leur mentor.",
            f"{reverse('parcours:reseau')}#mentor",
            "Répondre",
        )
    ]
