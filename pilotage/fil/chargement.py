"""The rows of « Mon parcours », read in as few queries as the person's state asks for."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from opportunites.models import Demande, Mobilite, Opportunite, Proposition
from parcours.models import (
    Evaluation,
    Immersion,
    Inscription,
    InscriptionSession,
    RendezVousCoaching,
    Session,
    SuiviEtape,
)
from pilotage.fil.dossier import Dossier

Avancee = Candidature.Avancee


def charger(acteur: Acteur, cadre: Cadre, propositions: list[Proposition]) -> Dossier:
    """What the page reads, among what the acteur sees. `cadre` is annotated with `nb_voeux`."""
    # A programme has one step at least: the latest enrolment comes with its steps, in one query.
    tous = list(
        SuiviEtape.objects.visibles_par(acteur)
        .select_related("etape", "inscription__promotion")
        .order_by("-inscription__inscrit_le", "-inscription_id", "etape__ordre", "pk")
    )
    inscription: Inscription | None = tous[0].inscription if tous else None
    suivis = [s for s in tous if inscription is not None and s.inscription_id == inscription.pk]
    dossier = Dossier(cadre, inscription, suivis, propositions)
    if inscription is not None and inscription.etat != Inscription.Etat.INTERROMPUE:
        dossier.places = _places(acteur)
        dossier.immersions = _immersions(acteur)
    if cadre.accompagnateur_id is not None:
        dossier.coaching = RendezVousCoaching.objects.visibles_par(acteur).a_venir().first()
    if dossier.candidature.avancee in {Avancee.ENGAGEE, Avancee.EFFECTIVE}:
        dossier.mobilite = _mobilite(acteur)
    if dossier.classe_des_postes:
        dossier.rencontre = _rencontre(acteur)
        dossier.voeux = cadre.nb_voeux  # type: ignore[attr-defined]
        dossier.postes_a_lire = (
            Opportunite.objects.visibles_par(acteur)
            .filter(etat=Opportunite.Etat.PUBLIEE)
            .exclude(poste__collectivite=acteur.collectivite)
            .exclude(voeux__cadre=cadre)
            .count()
        )
    return dossier


def _places(acteur: Acteur) -> list[InscriptionSession]:
    """To come; and those that one attended and is asked to evaluate."""
    Etat = InscriptionSession.Etat
    a_venir = Q(
        etat__in=InscriptionSession.ETATS_VIVANTS,
        session__etat=Session.Etat.OUVERTE,
        session__fin__gt=timezone.now(),
    )
    a_evaluer = Evaluation.objects.ouvertes().sans_reponse_de(acteur.cadre_id)
    a_dire = Q(Exists(a_evaluer.filter(session=OuterRef("session"))), etat=Etat.PRESENT)
    return list(
        InscriptionSession.objects.visibles_par(acteur)
        .filter(a_venir | a_dire)
        .select_related("session__prestation")
        .order_by("session__debut", "pk")
    )


def _immersions(acteur: Acteur) -> list[Immersion]:
    """Asked, agreed or signed, and not over."""
    return list(
        Immersion.objects.visibles_par(acteur)
        .filter(
            fin__gte=timezone.localdate(),
            etat__in=[
                Immersion.Etat.DEMANDEE,
                Immersion.Etat.ACCORDEE,
                Immersion.Etat.CONVENTION,
            ],
        )
        .select_related("collectivite_accueil")
        .order_by("debut", "pk")
    )


def _rencontre(acteur: Acteur) -> Demande | None:
    return (
        Demande.objects.visibles_par(acteur)
        .filter(etat=Demande.Etat.ACCEPTEE, rendez_vous_le__gt=timezone.now())
        .select_related("opportunite__poste")
        .order_by("rendez_vous_le")
        .first()
    )


def _mobilite(acteur: Acteur) -> Mobilite | None:
    return (
        Mobilite.objects.visibles_par(acteur)
        .exclude(etat=Mobilite.Etat.ABANDONNEE)
        .select_related("poste_accueil", "collectivite_accueil")
        .first()
    )
