"""What waits in the files of the moves: a request to answer, points of the list, a team without
plan, a follow-up that is due. Two queries for a cadre, three for the RH, one for a DGS."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from collectivites.attentes import Attente
from collectivites.roles import Role
from collectivites.typographie import compter, date_texte
from opportunites import delais
from opportunites.models import Element, Mobilite, Suivi
from opportunites.voies import attend_une_reponse, famille, obstacle

if TYPE_CHECKING:
    from collectivites.acteur import Acteur

AU_PLUS = 20
#: What is due within this many days is shown; the file has the rest.
HORIZON = timedelta(days=14)
#: A team must have its plan two months before the departure at the latest.
HORIZON_PLAN = timedelta(days=60)


def attentes_du_dossier(acteur: Acteur) -> list[Attente]:
    """Everything of the files, for any role."""
    if acteur.est(Role.CADRE):
        return [*_points(acteur), *_suivis(acteur)]
    if acteur.est(Role.DGS):
        return _equipes(acteur)
    if acteur.est_rh:
        return [*_mobilites(acteur), *_points(acteur), *_suivis(acteur)]
    return []


def _mobilites(acteur: Acteur) -> list[Attente]:
    """Open files: without route or date, for both sides; to certify, for the host; a request to
    answer and a team to cover, for the origin. One query."""
    ouvertes = (
        Mobilite.objects.visibles_par(acteur)
        .filter(etat=Mobilite.Etat.OUVERTE)
        .select_related("cadre", "poste_accueil", "impact")
        .order_by("ouverte_le", "pk")[:AU_PLUS]
    )
    return [attente for mobilite in ouvertes for attente in _du_dossier(acteur, mobilite)]


def _du_dossier(acteur: Acteur, mobilite: Mobilite) -> Iterator[Attente]:
    qui_et_ou = f"{mobilite.cadre.nom_complet}, {mobilite.poste_accueil.intitule}"
    page = reverse("opportunites:mobilite", args=[mobilite.pk])
    effet = mobilite.date_effet
    if not mobilite.voie or effet is None:
        yield Attente("Préparer une mobilité", qui_et_ou, page, "Préparer")
    elif (
        acteur.collectivite.pk == mobilite.collectivite_accueil_id
        and effet <= timezone.localdate()
        and obstacle(mobilite, effet) is None
    ):
        yield Attente("Constater une mobilité", qui_et_ou, page, "Constater", effet)
    if mobilite.voie and acteur.collectivite.pk == mobilite.collectivite_origine_id:
        yield from _a_l_origine(mobilite, qui_et_ou)


def _a_l_origine(mobilite: Mobilite, qui_et_ou: str) -> Iterator[Attente]:
    recue = mobilite.demande_recue_le
    if recue and not mobilite.reponse_origine and attend_une_reponse(mobilite):
        tacite = famille(mobilite) == "commun"
        yield Attente(
            titre="Répondre à une demande de départ",
            detail=f"{mobilite.cadre.nom_complet}, reçue le {date_texte(recue)}"
            + (". Sans réponse, l’accord est acquis" if tacite else ""),
            url=reverse("opportunites:repondre_a_la_demande", args=[mobilite.pk]),
            bouton="Répondre",
            echeance=delais.acceptation_tacite(recue) if tacite else None,
        )
    impact = getattr(mobilite, "impact", None)
    if impact is None or not impact.est_couvert:
        yield Attente(
            titre="Prévoir le remplacement dans l’équipe quittée",
            detail=qui_et_ou,
            url=reverse("opportunites:impact", args=[mobilite.pk]),
            bouton="Prévoir",
            echeance=mobilite.date_effet,
        )


def _equipes(acteur: Acteur) -> list[Attente]:
    """For the DGS of the origin: teams that will soon be left without a plan. One query."""
    limite = timezone.localdate() + HORIZON_PLAN
    decouvertes = (
        Mobilite.objects.visibles_par(acteur)
        .sans_plan()
        .filter(collectivite_origine=acteur.collectivite, date_effet__lte=limite)
        .select_related("cadre", "poste_origine")
        .order_by("date_effet", "pk")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Une équipe reste sans plan de remplacement",
            detail=f"Départ de {mobilite.cadre.nom_complet}"
            + (f", {mobilite.poste_origine.intitule}" if mobilite.poste_origine else ""),
            url=reverse("opportunites:mobilite", args=[mobilite.pk]),
            bouton="Voir le dossier",
            echeance=mobilite.date_effet,
        )
        for mobilite in decouvertes
    ]


def _points(acteur: Acteur) -> list[Attente]:
    """The points of one file are one line, with the date of the first. One query."""
    attendus = (
        Element.objects.a_la_charge_de(acteur)
        .attendus(timezone.localdate() + HORIZON)
        .values("mobilite_id", "mobilite__cadre__prenom", "mobilite__cadre__nom")
        .annotate(nombre=Count("pk"), premiere=Min("echeance"), exemple=Min("libelle"))
        .order_by("premiere", "mobilite_id")[:AU_PLUS]
    )
    attentes = []
    for ligne in attendus:
        qui = f"{ligne['mobilite__cadre__prenom']} {ligne['mobilite__cadre__nom']}"
        seul = ligne["nombre"] == 1
        points = compter(ligne["nombre"], "point")
        attentes.append(
            Attente(
                titre=ligne["exemple"] if seul else f"{points} à faire pour une mobilité",
                detail="Votre mobilité" if acteur.est(Role.CADRE) else f"Mobilité de {qui}",
                url=reverse("opportunites:mobilite", args=[ligne["mobilite_id"]]) + "#liste",
                bouton="Ouvrir la liste",
                echeance=ligne["premiere"],
            )
        )
    return attentes


def _suivis(acteur: Acteur) -> list[Attente]:
    """Six or twelve months have passed. One query."""
    dus = (
        Suivi.objects.visibles_par(acteur)
        .attendus(timezone.localdate())
        .filter(mobilite__etat=Mobilite.Etat.EFFECTIVE)
        .select_related("mobilite__cadre", "mobilite__poste_accueil")
        .order_by("echeance", "pk")[:AU_PLUS]
    )
    pour_soi = acteur.est(Role.CADRE)
    return [
        Attente(
            titre=f"Dire comment cela se passe, {suivi.mois} mois après",
            detail=suivi.mobilite.poste_accueil.intitule
            if pour_soi
            else f"{suivi.mobilite.cadre.nom_complet}, {suivi.mobilite.poste_accueil.intitule}",
            url=reverse("opportunites:suivi", args=[suivi.pk]),
            bouton="Répondre en trois questions",
            echeance=suivi.echeance + timedelta(days=30),
        )
        for suivi in dus
    ]
