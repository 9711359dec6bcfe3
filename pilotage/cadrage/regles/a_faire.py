"""A rule that waits for the agreement of a DGS."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from collectivites.acteurs.acteur import Acteur
from collectivites.travaux.attentes import Attente
from pilotage.cadrage.regles.valeurs import dire
from pilotage.models import ChangementRegle
from pilotage.mots import Regle


def changements_a_lire(acteur: Acteur) -> QuerySet[Any]:
    """The changes that the acteur's employer has not agreed to."""
    return (
        ChangementRegle.objects.visibles_par(acteur)
        .filter(etat=ChangementRegle.Etat.PROPOSE)
        .exclude(accords__collectivite=acteur.collectivite)
    )


def attentes_regles(acteur: Acteur) -> list[Attente]:
    """One query; asked only of a DGS for whom something waits."""
    changements = changements_a_lire(acteur).select_related("propose_par__utilisateur")
    return [
        Attente(
            titre=f"Accepter ou refuser un changement : {Regle(c.regle).label.lower()}",
            detail=f"{c.propose_par.utilisateur.nom_complet} propose : « {dire(Regle(c.regle), c.apres)} » "
            f"au lieu de « {dire(Regle(c.regle), c.avant)} ». Rien ne change sans votre accord.",
            url=f"{reverse('pilotage:regles')}#{c.regle}",
            bouton="Lire et répondre",
            echeance=None,
        )
        for c in changements
    ]
