"""What an evaluation expects of a cadre. One query."""

from __future__ import annotations

from django.urls import reverse

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite
from collectivites.travaux.attentes import Attente
from parcours.models import Evaluation


def evaluations_a_remplir(acteur: Acteur) -> list[Attente]:
    """Those that are open, and wait for the person's answer."""
    evaluations = (
        Evaluation.objects.visibles_par(acteur)
        .ouvertes()
        .sans_reponse_de(acteur.cadre_id)
        .select_related("promotion", "session__prestation")
        .order_by("jusqu_au", "pk")
    )
    return [
        Attente(
            f"Évaluer {cite(evaluation.sujet)}, sans nom",
            "Une minute. Personne ne saura ce que vous répondez.",
            reverse("parcours:evaluer", args=[evaluation.pk]),
            "Répondre",
            evaluation.jusqu_au,
        )
        for evaluation in evaluations
    ]
