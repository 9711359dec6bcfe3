"""What this room adds to « Mes immersions »: those spoken of from a poste."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from opportunites.communs.courriels import lien_opportunite
from opportunites.models import Demande
from parcours.sessions.souhaits import Souhait


def souhaits(acteur: Acteur) -> Iterable[Souhait]:
    """The person's own requests, the latest first. Their present employer reads none."""
    if acteur.role != Role.CADRE:
        return []
    demandes = (
        Demande.objects.visibles_par(acteur)
        .filter(nature=Demande.Nature.IMMERSION)
        .select_related("opportunite__poste__collectivite", "opportunite__poste__direction")
        .order_by("-deposee_le", "-pk")
    )
    return [
        Souhait(
            demande.opportunite.poste.intitule,
            lien_opportunite(demande.opportunite),
            demande.opportunite.poste.collectivite.nom,
            demande.get_etat_display(),
            adresse_de_la_suite(demande),
        )
        for demande in demandes
    ]


def adresse_de_la_suite(demande: Demande) -> str:
    """Once the host said yes, the person asks for their days: its place is already written."""
    if demande.nature != Demande.Nature.IMMERSION or demande.etat != Demande.Etat.ACCEPTEE:
        return ""
    poste = demande.opportunite.poste
    service = poste.direction.libelle if poste.direction else ""
    return f"{reverse('parcours:nouvelle_immersion')}?" + urlencode(
        {"accueil": poste.collectivite_id, "service": service}
    )
