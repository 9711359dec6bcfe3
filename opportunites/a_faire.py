"""What waits for somebody here: to answer, validate, send, arbitrate, prepare, make effective."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from collectivites.attentes import Attente
from collectivites.roles import Acte, Role
from collectivites.typographie import jour_de
from opportunites.models import Mobilite, Opportunite, Proposition, Reserve, Voeu

if TYPE_CHECKING:
    from collectivites.acteur import Acteur

#: « À faire » is no list of everything: the pages of the app hold the rest.
AU_PLUS = 20


def a_faire(acteur: Acteur) -> list[Attente]:
    """At most three queries, four for a DRH who has received every delegation."""
    if acteur.est(Role.CADRE):
        return [*_repondre(acteur), *_classer(acteur)]
    if not acteur.est_employeur:
        return []
    return [
        *_arbitrer(acteur),
        *_propositions(acteur),
        *_mobilites(acteur),
        *_brouillons(acteur),
    ]


def _repondre(acteur: Acteur) -> list[Attente]:
    attendues = (
        Proposition.objects.visibles_par(acteur)
        .filter(etat=Proposition.Etat.ENVOYEE, repondre_avant__gt=timezone.now())
        .select_related("opportunite__poste__collectivite")
        .order_by("repondre_avant")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Répondre à une proposition",
            detail=_poste(proposition.opportunite),
            url=reverse("opportunites:proposition", args=[proposition.pk]),
            bouton="Lire et répondre",
            echeance=jour_de(proposition.repondre_avant),
        )
        for proposition in attendues
        if proposition.repondre_avant
    ]


def _classer(acteur: Acteur) -> list[Attente]:
    """Postes are open, and the cadre has ranked none. Two queries."""
    ouverts = (
        Opportunite.objects.visibles_par(acteur)
        .filter(etat=Opportunite.Etat.PUBLIEE)
        .exclude(poste__collectivite=acteur.collectivite)
    )
    if Voeu.objects.visibles_par(acteur).exists() or not ouverts.exists():
        return []
    return [
        Attente(
            titre="Classer les postes qui vous tentent",
            detail="Des postes sont ouverts. Vos vœux ne sont jamais montrés à votre employeur.",
            url=reverse("opportunites:opportunites"),
            bouton="Voir les postes ouverts",
        )
    ]


def _propositions(acteur: Acteur) -> list[Attente]:
    """Of one's own postes: to validate, when one may; to send, once validated."""
    etats = [Proposition.Etat.VALIDEE]
    if acteur.peut(Acte.VALIDER_PROPOSITION):
        etats.append(Proposition.Etat.BROUILLON)
    if acteur.est(Role.DGS):
        etats.remove(Proposition.Etat.VALIDEE)  # its HR direction sends
    miennes = (
        Proposition.objects.visibles_par(acteur)
        .filter(opportunite__poste__collectivite=acteur.collectivite, etat__in=etats)
        .select_related("opportunite__poste__collectivite", "cadre")
        .order_by("creee_le")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Valider une proposition"
            if proposition.etat == Proposition.Etat.BROUILLON
            else "Envoyer une proposition",
            detail=f"{proposition.cadre.nom_complet}, {proposition.opportunite.poste.intitule}",
            url=reverse("opportunites:proposition", args=[proposition.pk]),
            bouton="Valider" if proposition.etat == Proposition.Etat.BROUILLON else "Envoyer",
        )
        for proposition in miennes
    ]


def _mobilites(acteur: Acteur) -> list[Attente]:
    """Files without route or date, for both sides; moves to certify, for the host."""
    if not acteur.est_rh:
        return []
    a_preparer = Q(voie="") | Q(date_effet__isnull=True)
    a_constater = Q(collectivite_accueil=acteur.collectivite, date_effet__lte=timezone.localdate())
    ouvertes = (
        Mobilite.objects.visibles_par(acteur)
        .filter(a_preparer | a_constater, etat=Mobilite.Etat.OUVERTE)
        .select_related("cadre", "poste_accueil")
        .order_by("ouverte_le")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Constater une mobilité" if prete else "Préparer une mobilité",
            detail=f"{mobilite.cadre.nom_complet}, {mobilite.poste_accueil.intitule}",
            url=reverse("opportunites:mobilite", args=[mobilite.pk]),
            bouton="Constater" if prete else "Préparer",
            echeance=mobilite.date_effet if prete else None,
        )
        for mobilite in ouvertes
        for prete in [bool(mobilite.voie and mobilite.date_effet)]
    ]


def _arbitrer(acteur: Acteur) -> list[Attente]:
    if not acteur.peut(Acte.ARBITRER_RESERVE):
        return []
    attendues = (
        Reserve.objects.visibles_par(acteur)
        .filter(etat=Reserve.Etat.DEPOSEE, echeance__gte=timezone.localdate())
        .exclude(deposee_par=acteur.mandat)
        .select_related("collectivite", "proposition__opportunite__poste__collectivite")
        .order_by("echeance")[:AU_PLUS]
    )
    return [
        Attente(
            titre=f"Arbitrer une réserve\u00a0: {reserve.get_sujet_display().lower()}",
            detail=f"Déposée par {reserve.collectivite.nom_court}, "
            f"{_poste(reserve.proposition.opportunite)}",
            url=reverse("opportunites:arbitrer_reserve", args=[reserve.pk]),
            bouton="Arbitrer",
            echeance=reserve.echeance,
        )
        for reserve in attendues
    ]


def _brouillons(acteur: Acteur) -> list[Attente]:
    if not acteur.est_rh:
        return []
    brouillons = (
        Opportunite.objects.visibles_par(acteur)
        .filter(poste__collectivite=acteur.collectivite, etat=Opportunite.Etat.BROUILLON)
        .select_related("poste")
        .order_by("creee_le")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Publier un poste",
            detail=opportunite.poste.intitule,
            url=reverse("opportunites:opportunite", args=[opportunite.pk]),
            bouton="Relire et publier",
        )
        for opportunite in brouillons
    ]


def _poste(opportunite: Opportunite) -> str:
    return f"{opportunite.poste.intitule}, {opportunite.poste.collectivite.nom_court}"
