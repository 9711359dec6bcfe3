"""What is printed of a move: its sheet, its list of things to do."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from collectivites.acteurs.acces import Requete, acces
from collectivites.communs import pdf
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.mots import ROLES_EMPLOYEUR, Role
from opportunites.communs import objets
from opportunites.dossier import documents
from opportunites.dossier.lecture import derniere_reponse
from opportunites.models import Element


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
@couteux
def fiche_mouvement(request: Requete, pk: int) -> HttpResponse:
    """Who goes where, by which route, on which dates."""
    mobilite = objets.mobilite(request.acteur, pk)
    html = documents.fiche_de_mouvement(
        mobilite, derniere_reponse(mobilite), request.acteur.collectivite, timezone.localdate()
    )
    return telechargement(pdf.produire(html), "application/pdf", f"mobilite-{pk}-fiche.pdf")


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
@couteux
def demande_de_depart(request: Requete, pk: int) -> HttpResponse:
    """The person's request, to be signed, or as it was made."""
    mobilite = objets.mobilite_avec_sa_voie(request.acteur, pk)
    html = documents.demande_de_depart(mobilite, timezone.localdate())
    return telechargement(pdf.produire(html), "application/pdf", f"mobilite-{pk}-demande.pdf")


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
@couteux
def liste_a_faire(request: Requete, pk: int) -> HttpResponse:
    """The list: whole for the employers; for the person, what is theirs."""
    mobilite = objets.mobilite(request.acteur, pk)
    elements = (
        Element.objects.visibles_par(request.acteur)
        .filter(mobilite=mobilite)
        .select_related("fait_par", "ajoute_par__collectivite")
    )
    html = documents.liste_a_faire(
        mobilite, list(elements), request.acteur.collectivite, timezone.localdate()
    )
    return telechargement(pdf.produire(html), "application/pdf", f"mobilite-{pk}-liste.pdf")
