"""What the coaching expects: attendance of the coach, presence of the cadre. One query each."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter
from collectivites.travaux.attentes import Attente
from parcours.models import RendezVousCoaching
from parcours.regles import RAPPEL, quand_et_ou


def coachings_a_noter(acteur: Acteur) -> list[Attente]:
    """Appointments that have begun: who came?"""
    passes = (
        RendezVousCoaching.objects.menes_par(acteur)
        .a_noter()
        .aggregate(nombre=Count("pk"), depuis=Min("debut"))
    )
    if not passes["nombre"]:
        return []
    return [
        Attente(
            f"Noter {compter(passes['nombre'], 'présence')} au coaching",
            "Rendez-vous passés.",
            reverse("parcours:accompagnements"),
            "Noter",
            timezone.localdate(passes["depuis"]),
        )
    ]


def coachings_de_la_semaine(acteur: Acteur) -> list[Attente]:
    """The cadre's coaching of the week."""
    proches = (
        RendezVousCoaching.objects.visibles_par(acteur)
        .a_venir()
        .filter(debut__lte=timezone.now() + RAPPEL)
    )
    return [
        Attente(
            "Coaching",
            f"{quand_et_ou(r.debut, r.lieu)}.",
            f"{reverse('parcours:mon_accompagnement')}#rendez-vous",
            "Voir",
            timezone.localdate(r.debut),
            rendez_vous=True,
        )
        for r in proches
    ]
