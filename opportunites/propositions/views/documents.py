"""What is printed: the letter of a proposition, the sheet of a move, its list of things to do."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from collectivites.acteurs.acces import Requete, acces
from collectivites.communs import pdf
from collectivites.mots import Role
from opportunites.dossier import documents
from opportunites.dossier.lecture import derniere_reponse
from opportunites.dossier.views.mobilites import EMPLOYEURS, trouver
from opportunites.models import Element, Proposition


@acces(*EMPLOYEURS, Role.CADRE)
def lettre_proposition(request: Requete, pk: int) -> HttpResponse:
    """From its validation on."""
    proposition = get_object_or_404(
        Proposition.objects.visibles_par(request.acteur)
        .filter(validee_le__isnull=False)
        .select_related(
            "cadre__candidature",
            "collectivite_origine",
            "opportunite__poste__collectivite__demarche",
            "opportunite__poste__direction",
        ),
        pk=pk,
    )
    html = documents.lettre_de_proposition(proposition, timezone.localdate())
    return _telecharger(html, f"proposition-{proposition.pk}.pdf")


@acces(*EMPLOYEURS, Role.CADRE)
def fiche_mouvement(request: Requete, pk: int) -> HttpResponse:
    """Who goes where, by which route, on which dates."""
    mobilite = trouver(request, pk)
    html = documents.fiche_de_mouvement(
        mobilite, derniere_reponse(mobilite), request.acteur.collectivite, timezone.localdate()
    )
    return _telecharger(html, f"mobilite-{mobilite.pk}-fiche.pdf")


@acces(*EMPLOYEURS, Role.CADRE)
def liste_a_faire(request: Requete, pk: int) -> HttpResponse:
    """The list: whole for the employers; for the person, what is theirs."""
    mobilite = trouver(request, pk)
    elements = (
        Element.objects.visibles_par(request.acteur)
        .filter(mobilite=mobilite)
        .select_related("fait_par", "ajoute_par__collectivite")
    )
    html = documents.liste_a_faire(
        mobilite, list(elements), request.acteur.collectivite, timezone.localdate()
    )
    return _telecharger(html, f"mobilite-{mobilite.pk}-liste.pdf")


def _telecharger(html: str, nom: str) -> HttpResponse:
    return HttpResponse(
        pdf.produire(html),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )
