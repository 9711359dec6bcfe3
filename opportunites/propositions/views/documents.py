"""What is printed of a proposition: its letter."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from collectivites.acteurs.acces import Requete, acces
from collectivites.communs import pdf
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.mots import ROLES_EMPLOYEUR, Role
from opportunites.communs import objets
from opportunites.propositions.documents import lettre_de_proposition
from opportunites.propositions.predicats import est_confident


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
@couteux
def lettre_proposition(request: Requete, pk: int) -> HttpResponse:
    """From its validation on."""
    proposition = objets.proposition_validee(request.acteur, pk)
    pour_la_personne = request.acteur.est(Role.CADRE) or est_confident(request.acteur, proposition)
    html = lettre_de_proposition(
        proposition, timezone.localdate(), pour_la_personne=pour_la_personne
    )
    return telechargement(pdf.produire(html), "application/pdf", f"proposition-{pk}.pdf")
