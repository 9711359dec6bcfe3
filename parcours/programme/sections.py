"""What the parcours adds to a person's page, to the registre, and to « mes données »."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from cadres.models import Cadre, Candidature
from cadres.prises import Etape, Rubrique
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte, heure_texte
from parcours.models import Inscription, Promotion, SuiviEtape
from parcours.programme import tableau
from parcours.regles import jours_texte


def section_parcours(acteur: Acteur, cadre: Cadre) -> tuple[str, dict[str, Any]] | None:
    """The steps of the person's latest parcours; what to do when they have none. Two queries."""
    inscription = (
        Inscription.objects.visibles_par(acteur)
        .filter(cadre=cadre)
        .select_related("promotion")
        .order_by("-inscrit_le", "-pk")
        .first()
    )
    if inscription is None:
        a_inscrire = (
            acteur.est_rh
            and cadre.collectivite_id == acteur.collectivite.pk
            and cadre.candidature.etat == Candidature.Etat.RETENU
        )
        return (
            ("parcours/programme/_section_fiche.html", {"parcours": None}) if a_inscrire else None
        )
    if acteur.est_employeur and cadre.collectivite_id != acteur.collectivite.pk:
        # Of another employer's person, one sees that they are in the démarche, and where.
        return "parcours/programme/_section_fiche.html", {
            "parcours": inscription,
            "parcours_masque": True,
        }
    suivis = inscription.suivis.select_related("etape").order_by("etape__ordre", "pk")
    contexte = {
        "parcours": inscription,
        "parcours_masque": False,
        "parcours_lignes": [tableau.situation(suivi) for suivi in suivis],
    }
    return "parcours/programme/_section_fiche.html", contexte


def prochaines_etapes(acteur: Acteur, cadres: list[Cadre]) -> dict[int, Etape]:
    """The next appointment of one's own people in a parcours. One query for a page."""
    if not acteur.est_employeur:
        return {}
    siens = [
        cadre.pk
        for cadre in cadres
        if cadre.collectivite_id == acteur.collectivite.pk
        and cadre.candidature.avancee == Candidature.Avancee.EN_PARCOURS
    ]
    if not siens:
        return {}
    suivis = (
        SuiviEtape.objects.filter(
            inscription__cadre__in=siens,
            inscription__etat=Inscription.Etat.EN_COURS,
            etat=SuiviEtape.Etat.PLANIFIEE,
        )
        .select_related("etape", "inscription")
        .order_by("quand", "pk")
    )
    etapes: dict[int, Etape] = {}
    for suivi in suivis:
        if suivi.quand is not None:
            etapes.setdefault(
                suivi.inscription.cadre_id,
                _prochaine(suivi, suivi.quand),
            )
    return etapes


def _prochaine(suivi: SuiviEtape, quand: datetime) -> Etape:
    """An appointment to come; or, once its hour has passed, the attendance to note."""
    jour = timezone.localdate(quand)
    if quand > timezone.now():
        return Etape(suivi.etape.intitule, jour, jour=True)
    return Etape(f"Présence à noter : {suivi.etape.intitule}", jour)


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """What the parcours holds on the person: their promotions, and each step."""
    suivis = (
        SuiviEtape.objects.filter(inscription__cadre=cadre)
        .select_related("etape", "inscription__promotion")
        .order_by("inscription__inscrit_le", "inscription_id", "etape__ordre", "pk")
    )
    lignes: list[tuple[str, Any]] = []
    vues: set[int] = set()
    for suivi in suivis:
        inscription = suivi.inscription
        if inscription.pk not in vues:
            vues.add(inscription.pk)
            lignes.append((inscription.promotion.nom, _texte_inscription(inscription)))
        lignes.append((suivi.etape.intitule, _texte_suivi(suivi)))
    yield Rubrique("parcours", "Votre parcours", lignes)
    yield Rubrique("sessions", "Vos sessions", _lignes_sessions(cadre))
    yield Rubrique("evaluations", "Vos évaluations sans nom", _lignes_evaluations(cadre))
    yield Rubrique("immersions", "Vos immersions", _lignes_immersions(cadre))


def _lignes_sessions(cadre: Cadre) -> list[tuple[str, Any]]:
    """Each place asked for, and what came of it."""
    places = cadre.places.select_related("session__prestation").order_by("session__debut", "pk")
    lignes: list[tuple[str, Any]] = []
    for place in places:
        texte = f"{place.get_etat_display()}, {place.session.quand}"
        lignes.append((place.session.prestation.intitule, texte))
    return lignes


def _lignes_evaluations(cadre: Cadre) -> list[tuple[str, Any]]:
    """That one has answered, until it is closed. What one said is nobody's."""
    participations = cadre.participations.select_related(
        "evaluation__promotion", "evaluation__session__prestation"
    ).order_by("evaluation_id")
    return [
        (
            p.evaluation.sujet,
            "vous avez répondu ; cette ligne s’efface à la clôture, le "
            f"{date_texte(p.evaluation.lisible_le)}. Votre réponse ne vous est plus rattachée",
        )
        for p in participations
    ]


def _lignes_immersions(cadre: Cadre) -> list[tuple[str, Any]]:
    immersions = cadre.immersions.select_related("collectivite_accueil").order_by("debut", "pk")
    return [
        (
            f"{immersion.service}, {immersion.collectivite_accueil.nom_court}",
            f"{immersion.get_etat_display()}, {jours_texte(immersion.dates)}. "
            f"{immersion.fonctions} {immersion.motivation} {immersion.motif}".strip(),
        )
        for immersion in immersions
    ]


def _texte_inscription(inscription: Inscription) -> str:
    texte = f"{inscription.get_etat_display()}, depuis le {date_texte(inscription.inscrit_le)}"
    if inscription.finie_le:
        texte += f", terminé le {date_texte(inscription.finie_le)}"
    return f"{texte}. {inscription.motif_fin}".strip()


def _texte_suivi(suivi: SuiviEtape) -> str:
    etat = "Absence excusée" if suivi.excusee else suivi.get_etat_display()
    if suivi.quand is None:
        return str(etat)
    if suivi.etape.est_immersion:  # its days and its place are the immersion's
        return f"{etat}, à partir du {date_texte(suivi.quand)}"
    quand = f"{date_texte(suivi.quand)}, {heure_texte(suivi.quand)}"
    return f"{etat}, {quand}{f', {suivi.lieu}' if suivi.lieu else ''}"


def places_libres(acteur: Acteur) -> list[tuple[str, int]]:
    """Plugged into `cadres.prises.PLACES`: the promotions that one may still enter."""
    ouvertes = Promotion.objects.visibles_par(acteur).avec_places_libres()
    return [(promotion.nom, promotion.places - promotion.prises) for promotion in ouvertes]
