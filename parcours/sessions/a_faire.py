"""What the sessions and the immersions expect of each role. One query each."""

from __future__ import annotations

from datetime import date

from django.db.models import DateField, DateTimeField, Exists, F, OuterRef, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import capitale
from collectivites.travaux.attentes import Attente
from parcours.models import Immersion, InscriptionSession, Session
from parcours.regles import RAPPEL, quand_et_ou
from parcours.sessions.etape import a_demander_avant, etape_a_remplir


def feuilles_a_noter(acteur: Acteur) -> list[Attente]:
    """Sessions that have begun and whose sheet is not closed: their HR, or who runs them."""
    sessions = (
        Session.objects.tenues_par(acteur)
        .a_noter()
        .filter(inscriptions__etat=InscriptionSession.Etat.CONFIRMEE)
        .select_related("prestation")
        .order_by("debut", "pk")
        .distinct()[:10]
    )
    return [
        _feuille(
            session.pk,
            session.prestation.intitule,
            f"{capitale(session.quand)}.",
            timezone.localdate(session.debut),
        )
        for session in sessions
    ]


def a_faire_des_rh(acteur: Acteur) -> list[Attente]:
    """Sheets to note, and immersions to answer within their month: one query for both."""
    colonnes = ("genre", "pk", "titre", "ou", "instant", "jour")
    feuilles = (
        Session.objects.tenues_par(acteur)
        .a_noter()
        .filter(
            Exists(
                InscriptionSession.objects.filter(
                    session=OuterRef("pk"), etat=InscriptionSession.Etat.CONFIRMEE
                )
            )
        )
        .order_by()
        .annotate(
            genre=Value("session"),
            titre=F("prestation__intitule"),
            ou=F("lieu"),
            instant=F("debut"),
            jour=Value(None, DateField()),
        )
        .values_list(*colonnes)
    )
    demandes = (
        Immersion.objects.a_repondre_par(acteur)
        .order_by()
        .annotate(
            genre=Value("immersion"),
            titre=Concat("cadre__prenom", Value(" "), "cadre__nom"),
            ou=F("collectivite_accueil__nom_court"),
            instant=Value(None, DateTimeField()),
            jour=F("repondre_avant"),
        )
        .values_list(*colonnes)
    )
    return [
        _feuille(pk, titre, f"{quand_et_ou(instant, ou)}.", timezone.localdate(instant))
        if genre == "session"
        else _demande(pk, titre, ou, jour)
        for genre, pk, titre, ou, instant, jour in feuilles.union(demandes, all=True)
    ]


def _feuille(pk: int, titre: str, detail: str, jour: date) -> Attente:
    return Attente(
        f"Noter les présences : {titre}",
        detail,
        reverse("parcours:feuille_session", args=[pk]),
        "Noter",
        jour,
    )


def _demande(pk: int, qui: str, accueil: str, repondre_avant: date) -> Attente:
    return Attente(
        f"Répondre à une demande d’immersion : {qui}",
        f"Accueil : {accueil}.",
        reverse("parcours:repondre_immersion", args=[pk]),
        "Répondre",
        repondre_avant,
    )


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
            f"{capitale(place.session.quand)}"
            f"{f', {place.session.lieu}' if place.session.lieu else ''}.",
            reverse("parcours:session", args=[place.session_id]),
            "Voir",
            timezone.localdate(place.session.debut),
            rendez_vous=True,
        )
        for place in places
    ]


def immersions_a_montrer(acteur: Acteur) -> list[Attente]:
    """The host said yes: the person's employer is told when they decide it."""
    accordees = (
        Immersion.objects.visibles_par(acteur)
        .a_venir()
        .filter(montree_le__isnull=True, accord_accueil_le__isnull=False)
        .order_by("debut", "pk")
    )
    return [
        Attente(
            "Prévenir votre employeur de votre immersion",
            f"{immersion.service} : l’accueil est d’accord. Votre employeur n’en sait rien.",
            reverse("parcours:immersion", args=[immersion.pk]),
            "Décider",
            immersion.debut,
        )
        for immersion in accordees
    ]


def immersion_a_demander(acteur: Acteur) -> list[Attente]:
    """The step of the parcours that only the person can begin, once its period is said."""
    suivi = etape_a_remplir(acteur)
    if suivi is None or not suivi.etape.periode:
        return []
    avant = a_demander_avant(suivi.etape)
    return [
        Attente(
            "Demander votre immersion",
            f"{capitale(suivi.etape.periode)}, de 2 à 10 jours que vous choisissez.",
            reverse("parcours:immersions"),
            "Demander",
            avant if avant and avant >= timezone.localdate() else None,
        )
    ]
