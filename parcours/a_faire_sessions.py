"""What the sessions and the immersions expect of each role. One query each."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from collectivites.acteur import Acteur
from collectivites.attentes import Attente
from collectivites.typographie import INSECABLE
from parcours.models import Immersion, InscriptionSession, Session
from parcours.regles import jours_texte

#: A cadre is reminded of a session this long before it.
RAPPEL = timedelta(days=7)


def feuilles_a_noter(acteur: Acteur) -> list[Attente]:
    """Sessions that have begun and whose sheet is not closed: their HR, or who runs them."""
    sessions = (
        Session.objects.tenues_par(acteur)
        .a_noter()
        .filter(inscriptions__etat="confirmee")
        .select_related("prestation")
        .order_by("debut", "pk")
        .distinct()[:10]
    )
    return [
        Attente(
            f"Noter les présences{INSECABLE}: {session.prestation.intitule}",
            f"{session.quand[0].upper()}{session.quand[1:]}.",
            reverse("parcours:feuille_session", args=[session.pk]),
            "Noter",
            timezone.localdate(session.debut),
        )
        for session in sessions
    ]


def immersions_a_repondre(acteur: Acteur) -> list[Attente]:
    """A month to answer each request."""
    immersions = (
        Immersion.objects.a_repondre_par(acteur)
        .select_related("cadre", "collectivite_accueil")
        .order_by("repondre_avant", "pk")[:10]
    )
    return [
        Attente(
            f"Répondre à une demande d’immersion{INSECABLE}: {immersion.cadre.nom_complet}",
            f"{immersion.collectivite_accueil.nom_court}, {jours_texte(immersion.dates)}.",
            reverse("parcours:repondre_immersion", args=[immersion.pk]),
            "Répondre",
            immersion.repondre_avant,
        )
        for immersion in immersions
    ]


def sessions_de_la_semaine(acteur: Acteur) -> list[Attente]:
    """Where the cadre is expected within a week."""
    maintenant = timezone.now()
    places = (
        InscriptionSession.objects.visibles_par(acteur)
        .vivantes()
        .assises()
        .filter(session__debut__gt=maintenant, session__debut__lte=maintenant + RAPPEL)
        .select_related("session__prestation")
        .order_by("session__debut", "pk")
    )
    return [
        Attente(
            place.session.prestation.intitule,
            f"{place.session.quand[0].upper()}{place.session.quand[1:]}"
            f"{f', {place.session.lieu}' if place.session.lieu else ''}.",
            reverse("parcours:session", args=[place.session_id]),
            "Voir",
            timezone.localdate(place.session.debut),
        )
        for place in places
    ]
