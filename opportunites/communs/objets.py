"""The object of an address, as the acteur may see it: 404 otherwise. Each is read in one query."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from cadres.models import Cadre
from collectivites.acteurs.acces import Requete
from opportunites.models import Avis, Opportunite, Reserve, Suivi, Voeu


def opportunite(request: Requete, pk: int) -> Opportunite:
    return get_object_or_404(
        Opportunite.objects.visibles_par(request.acteur).select_related(
            "poste__collectivite", "poste__direction"
        ),
        pk=pk,
    )


def voeu(request: Requete, pk: int) -> Voeu:
    return get_object_or_404(
        Voeu.objects.visibles_par(request.acteur).select_related(
            "cadre__collectivite", "opportunite__poste__collectivite"
        ),
        pk=pk,
    )


def avis(request: Requete, pk: int) -> Avis:
    return get_object_or_404(
        Avis.objects.visibles_par(request.acteur).select_related(
            "opportunite__poste__collectivite"
        ),
        pk=pk,
    )


def reserve(request: Requete, pk: int) -> Reserve:
    return get_object_or_404(
        Reserve.objects.visibles_par(request.acteur).select_related(
            "collectivite",
            "deposee_par__utilisateur",
            "proposition__cadre",
            "proposition__collectivite_origine",
            "proposition__opportunite__poste__collectivite",
        ),
        pk=pk,
    )


def suivi(request: Requete, pk: int) -> Suivi:
    return get_object_or_404(
        Suivi.objects.visibles_par(request.acteur).select_related(
            "mobilite__cadre", "mobilite__poste_accueil", "mobilite__collectivite_accueil"
        ),
        pk=pk,
    )


def ma_fiche(request: Requete) -> Cadre:
    """The file of the cadre who asks."""
    return get_object_or_404(
        Cadre.objects.visibles_par(request.acteur).select_related("candidature"),
        pk=request.acteur.cadre_id,
    )
