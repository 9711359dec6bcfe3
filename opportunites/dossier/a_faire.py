"""What waits in the files of the moves: a request to answer, points of the list, a team without
plan, a follow-up that is due. One query, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite, compter, date_texte, de
from collectivites.mots import Role
from collectivites.travaux.attentes import Attente
from opportunites.communs.attentes import AU_PLUS
from opportunites.dossier.droit import delais
from opportunites.dossier.droit.voies import attend_une_reponse, famille
from opportunites.dossier.occupation import Occupation, motif_d_attente, occupations
from opportunites.models import Element, Mobilite, Suivi
from opportunites.models.dossier import IDENTIFIANTS
from opportunites.mots import Famille

#: What is due within this many days is shown; the file has the rest.
HORIZON = timedelta(days=14)


def attentes_du_dossier(acteur: Acteur) -> list[Attente]:
    """Everything of the files. One query, two when a poste is still held. Not for a DGS, who decides
    nothing there: a team without a plan is told by the dashboard."""
    if not acteur.est_rh and not acteur.est(Role.CADRE):
        return []
    dossiers = list(_dossiers(acteur))
    places = occupations([d for d in dossiers if _est_a_constater(acteur, d)])
    return [a for d in dossiers for a in _du_dossier(acteur, d, places.get(d.pk))]


def _dossiers(acteur: Acteur) -> QuerySet[Any]:
    """The files in which something waits: those that are open, for the RH; those with points that
    are due, or a follow-up. `points` and `suivi` say so on each row."""
    aujourdhui = timezone.localdate()
    points = (
        Element.objects.a_la_charge_de(acteur)
        .attendus(aujourdhui + HORIZON)
        .filter(mobilite=OuterRef("pk"))
        .order_by("echeance", "ordre")
    )
    suivis = (
        Suivi.objects.visibles_par(acteur)
        .attendus(aujourdhui)
        .filter(mobilite=OuterRef("pk"), mobilite__etat=Mobilite.Etat.EFFECTIVE)
        .order_by("echeance", "pk")
    )
    attend = Q(points__isnull=False) | Q(suivi__isnull=False)
    if acteur.est_rh:
        attend |= Q(etat=Mobilite.Etat.OUVERTE)
    dossiers: QuerySet[Any] = (
        Mobilite.objects.visibles_par(acteur)
        .annotate(
            points=Subquery(
                points.order_by().values("mobilite").annotate(n=Count("pk")).values("n")
            ),
            premier_point=Subquery(points.values("libelle")[:1]),
            premiere_echeance=Subquery(points.values("echeance")[:1]),
            identifiants_dus=Exists(points.filter(code=IDENTIFIANTS)),
            suivi=Subquery(suivis.values("pk")[:1]),
            suivi_mois=Subquery(suivis.values("mois")[:1]),
            suivi_echeance=Subquery(suivis.values("echeance")[:1]),
        )
        .filter(attend)
        .select_related("cadre", "poste_accueil__titulaire", "impact")
        .order_by("ouverte_le", "pk")[:AU_PLUS]
    )
    return dossiers


def _est_a_constater(acteur: Acteur, mobilite: Mobilite) -> bool:
    """By the host, whose day has come."""
    return (
        acteur.est_rh
        and acteur.collectivite.pk == mobilite.collectivite_accueil_id
        and mobilite.etat == Mobilite.Etat.OUVERTE
        and motif_d_attente(mobilite) is None
    )


def _du_dossier(acteur: Acteur, dossier: Any, place: Occupation | None) -> Iterator[Attente]:
    """`dossier`: a row of `_dossiers`; `place`: who holds its poste, when it is to certify."""
    if acteur.est_rh and dossier.etat == Mobilite.Etat.OUVERTE:
        yield from _pour_les_rh(acteur, dossier, place)
    if dossier.identifiants_dus and dossier.etat == Mobilite.Etat.EFFECTIVE:
        yield Attente(
            titre="Saisir un nouveau matricule et un nouveau courriel",
            detail=f"{dossier.cadre.nom_complet}, {dossier.poste_accueil.intitule}",
            sans_nom=dossier.poste_accueil.intitule,
            url=reverse("opportunites:identifiants", args=[dossier.pk]),
            bouton="Saisir",
            echeance=dossier.date_effet,
        )
    if dossier.points:
        yield _points(acteur, dossier)
    if dossier.suivi:
        yield _suivi(acteur, dossier)


def _pour_les_rh(acteur: Acteur, mobilite: Mobilite, place: Occupation | None) -> Iterator[Attente]:
    """Without route or date, without request, or after a refusal: both sides. To certify: the host.
    To answer and cover: the origin."""
    ou = mobilite.poste_accueil.intitule
    qui_et_ou = f"{mobilite.cadre.nom_complet}, {ou}"
    page = reverse("opportunites:mobilite", args=[mobilite.pk])

    def dire(titre: str, bouton: str, suite: str = "", qui: str = "") -> Attente:
        return Attente(
            titre,
            f"{qui_et_ou}{suite}{qui}",
            page,
            bouton,
            mobilite.date_effet,
            sans_nom=f"{ou}{suite}{'son titulaire' if qui else ''}",
        )

    if not mobilite.voie or mobilite.date_effet is None:
        yield replace(dire("Préparer une mobilité", "Préparer"), echeance=None)
    elif attend_une_reponse(mobilite) and mobilite.demande_recue_le is None:
        yield dire("Dater la demande de départ", "Dater la demande")
    elif mobilite.reponse_origine == Mobilite.Reponse.REFUS:
        yield dire("Convenir d’une date, après un refus", "Ouvrir")
    elif place is not None and place.refus is not None and place.titulaire is not None:
        titulaire = place.titulaire.nom_complet
        yield dire(
            "Libérer un poste, puis constater", "Voir que faire", ", que tient encore ", titulaire
        )
    elif place is not None:
        yield dire("Constater une mobilité", "Constater")
    if mobilite.voie and acteur.collectivite.pk == mobilite.collectivite_origine_id:
        yield from _a_l_origine(mobilite, qui_et_ou)


def _a_l_origine(mobilite: Mobilite, qui_et_ou: str) -> Iterator[Attente]:
    recue = mobilite.demande_recue_le
    if recue and not mobilite.reponse_origine and attend_une_reponse(mobilite):
        tacite = famille(mobilite) == Famille.COMMUN
        suite = ". Sans réponse, l’accord est acquis" if tacite else ""
        yield Attente(
            titre="Répondre à une demande de départ",
            detail=f"{mobilite.cadre.nom_complet}, reçue le {date_texte(recue)}{suite}",
            sans_nom=f"{mobilite.poste_accueil.intitule}, reçue le {date_texte(recue)}{suite}",
            url=reverse("opportunites:repondre_a_la_demande", args=[mobilite.pk]),
            bouton="Répondre",
            echeance=delais.acceptation_tacite(recue) if tacite else None,
        )
    impact = getattr(mobilite, "impact", None)
    if impact is None or not impact.est_couvert:
        yield Attente(
            titre="Prévoir le remplacement dans l’équipe quittée",
            detail=qui_et_ou,
            sans_nom=mobilite.poste_accueil.intitule,
            url=reverse("opportunites:impact", args=[mobilite.pk]),
            bouton="Prévoir",
            echeance=mobilite.date_effet,
        )


def _points(acteur: Acteur, dossier: Any) -> Attente:
    """The points of one file are one line, with the date of the first."""
    seul = dossier.points == 1
    return Attente(
        titre=dossier.premier_point
        if seul
        else f"{compter(dossier.points, 'point')} à faire pour une mobilité",
        detail="Votre mobilité"
        if acteur.est(Role.CADRE)
        else f"Mobilité {de(dossier.cadre.nom_complet)}",
        sans_nom="Votre mobilité"
        if acteur.est(Role.CADRE)
        else f"Mobilité vers {cite(dossier.poste_accueil.intitule)}",
        url=reverse("opportunites:mobilite", args=[dossier.pk]) + "#liste",
        bouton="Ouvrir la liste",
        echeance=dossier.premiere_echeance,
    )


def _suivi(acteur: Acteur, dossier: Any) -> Attente:
    """Six or twelve months have passed; a month is given to say how it goes."""
    poste = dossier.poste_accueil.intitule
    return Attente(
        titre=f"Dire comment cela se passe, {dossier.suivi_mois} mois après",
        detail=poste if acteur.est(Role.CADRE) else f"{dossier.cadre.nom_complet}, {poste}",
        sans_nom=poste,
        url=reverse("opportunites:suivi", args=[dossier.suivi]),
        bouton="Répondre en trois questions",
        echeance=dossier.suivi_echeance + timedelta(days=30),
    )
