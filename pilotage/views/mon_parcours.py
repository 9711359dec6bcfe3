"""The cadre's own page: what is expected of me, where I stand, what is proposed to me."""

from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre, Candidature
from cadres.predicats import REPONDABLES, peut_retirer
from collectivites.acces import Requete, acces
from collectivites.acteur import Acteur
from collectivites.roles import Role
from collectivites.typographie import compter
from opportunites.cartes import cartes_en_attente
from opportunites.models import Mobilite, Opportunite, Proposition
from parcours.models import (
    Immersion,
    Inscription,
    InscriptionSession,
    RendezVousCoaching,
    SuiviEtape,
)
from pilotage import fil


@acces(Role.CADRE)
def mon_parcours(request: Requete) -> HttpResponse:
    """Telephone first; at most twelve queries, the acteur's own included."""
    acteur = request.acteur
    cadre = (
        Cadre.objects.visibles_par(acteur)
        .annotate(nb_voeux=Count("voeux"))
        .select_related("candidature", "collectivite", "accompagnateur__utilisateur")
        .first()
    )
    if cadre is None:
        return render(request, "pilotage/mon_parcours.html", {"dossier": None})
    cartes = cartes_en_attente(acteur)
    dossier = _charger(acteur, cadre, [carte.proposition for carte in cartes])
    attendus = fil.attendus(dossier)
    contexte = {
        "dossier": dossier,
        "cadre": cadre,
        "cartes": cartes,
        "attendus": attendus,
        "phrase": fil.phrase_attendus(len(attendus), mobilite=dossier.mobilite is not None),
        "situation": fil.situation(dossier),
        "etapes": fil.frise(dossier),
        "prochain": dossier.prochain,
        "sessions": fil.sessions(dossier),
        "en_parcours": dossier.candidature.etat == Candidature.Etat.RETENU
        and dossier.candidature.avancee == Candidature.Avancee.EN_PARCOURS,
        "repondable": cadre.candidature.etat in REPONDABLES,
        "liens_postes": _liens_postes(dossier),
        "liens_donnees": _liens_donnees(acteur, cadre),
    }
    return render(request, "pilotage/mon_parcours.html", contexte)


def _charger(acteur: Acteur, cadre: Cadre, propositions: list[Proposition]) -> fil.Dossier:
    # A programme has one step at least: the latest enrolment comes with its steps, in one query.
    tous = list(
        SuiviEtape.objects.visibles_par(acteur)
        .select_related("etape", "inscription__promotion")
        .order_by("-inscription__inscrit_le", "-inscription_id", "etape__ordre", "pk")
    )
    inscription: Inscription | None = tous[0].inscription if tous else None
    suivis = [s for s in tous if inscription is not None and s.inscription_id == inscription.pk]
    dossier = fil.Dossier(cadre, inscription, suivis, propositions)
    if inscription is not None and inscription.etat == Inscription.Etat.EN_COURS:
        dossier.places = _places(acteur)
        dossier.immersions = list(
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
    if cadre.accompagnateur_id is not None:
        dossier.coaching = RendezVousCoaching.objects.visibles_par(acteur).a_venir().first()
    if dossier.candidature.avancee in {
        Candidature.Avancee.ENGAGEE,
        Candidature.Avancee.EFFECTIVE,
    }:
        dossier.mobilite = (
            Mobilite.objects.visibles_par(acteur)
            .exclude(etat=Mobilite.Etat.ABANDONNEE)
            .select_related("poste_accueil", "collectivite_accueil")
            .first()
        )
    if dossier.classe_des_postes:
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
    """To come; and, for a month, those that one attended and said nothing of."""
    Etat = InscriptionSession.Etat
    a_venir = Q(
        etat__in=InscriptionSession.ETATS_VIVANTS,
        session__etat="ouverte",
        session__fin__gt=timezone.now(),
    )
    a_dire = Q(
        etat=Etat.PRESENT,
        avis__isnull=True,
        session__debut__gt=timezone.now() - timedelta(days=31),
    )
    return list(
        InscriptionSession.objects.visibles_par(acteur)
        .filter(a_venir | a_dire)
        .select_related("session__prestation")
        .order_by("session__debut", "pk")
    )


def _liens_postes(dossier: fil.Dossier) -> list[dict[str, str]]:
    """To the open postes and the wishes, once they are open to the person."""
    if not dossier.classe_des_postes:
        return []
    return [
        {
            "libelle": "Mes vœux",
            "url": reverse("opportunites:voeux"),
            "complement": compter(dossier.voeux, "poste classé,postes classés"),
        },
        {
            "libelle": "Postes ouverts",
            "url": reverse("opportunites:opportunites"),
            "complement": f"{dossier.postes_a_lire} à lire" if dossier.postes_a_lire else "",
        },
    ]


def _liens_donnees(acteur: Acteur, cadre: Cadre) -> list[dict[str, str]]:
    donnees = reverse("cadres:mes_donnees")
    liens = [
        {
            "libelle": "Ce que l’on sait de vous",
            "url": donnees,
            "complement": "et qui a consulté votre dossier",
        },
        {
            "libelle": "Tout télécharger",
            "url": reverse("cadres:telecharger_mes_donnees"),
            "complement": "",
        },
    ]
    if peut_retirer(acteur, cadre):
        liens.append(
            {
                "libelle": "Me retirer de la démarche",
                "url": reverse("cadres:retirer"),
                "complement": "à tout moment",
            }
        )
    return liens
