"""New postes that answer a filter the person kept: lines of their digest (`pilotage.accueil.recapitulatif`)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cadres.candidature.acteurs import acteur_du_mandat
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur, mandats_de
from collectivites.models import Utilisateur
from collectivites.mots import Role
from collectivites.refus import exiger
from collectivites.travaux.attentes import Attente
from opportunites.communs import verrous
from opportunites.communs.parties import refus_agir_pour_soi
from opportunites.models import Alerte, Opportunite
from opportunites.postes.filtres import PosteOuvertFiltre

#: How many postes a mail names.
NOMMES = 5
#: What is kept of the address: filters, neither the page nor the order.
HORS_FILTRE = ("page", "tri", "miens")


def garder(*, acteur: Acteur, parametres: str) -> Alerte:
    """Keep the filters of the page. No journal: it concerns nobody else."""
    exiger(refus_agir_pour_soi(acteur))
    cadre = verrous.le_sien(acteur)
    connus = PosteOuvertFiltre.base_filters
    demandes = QueryDict(parametres[:500].removeprefix("?"), mutable=True)
    for nom in list(demandes):
        if nom not in connus or nom in HORS_FILTRE or not demandes[nom]:
            del demandes[nom]
    alerte, _ = Alerte.objects.update_or_create(
        cadre=cadre,
        defaults={"parametres": demandes.urlencode()[:500], "depuis": timezone.now()},
    )
    return alerte


def arreter(*, acteur: Acteur) -> None:
    exiger(refus_agir_pour_soi(acteur))
    Alerte.objects.filter(cadre=verrous.le_sien(acteur)).delete()


def gardees_par(utilisateur: Utilisateur) -> QuerySet[Alerte]:
    return Alerte.objects.filter(cadre__utilisateur=utilisateur)


def gardees() -> QuerySet[Alerte]:
    """Those of people who have an account."""
    return Alerte.objects.filter(cadre__utilisateur__isnull=False).select_related(
        "cadre__utilisateur", "cadre__collectivite__demarche"
    )


def nouveaux_postes(pk: int, maintenant: datetime) -> list[Attente]:
    """What their digest says of the postes published since it last did, inside its transaction: told,
    they are no longer new."""
    alerte = gardees().select_for_update(of=("self",)).filter(pk=pk).first()
    acteur = None if alerte is None else _acteur(alerte.cadre)
    if alerte is None or acteur is None:
        return []
    nouveaux = _publies_depuis(alerte, acteur, maintenant)
    if nouveaux:
        alerte.depuis = maintenant
        alerte.save(update_fields=["depuis"])
    lignes = [
        Attente(
            opportunite.poste.annonce,
            opportunite.poste.collectivite.nom_court,
            reverse("opportunites:opportunite", args=[opportunite.pk]),
            "Lire",
        )
        for opportunite in nouveaux[:NOMMES]
    ]
    liste = f"{reverse('opportunites:opportunites')}?{alerte.parametres}".removesuffix("?")
    suite = (
        "Tous les postes de cette liste" if len(nouveaux) > NOMMES else "La liste, et son alerte"
    )
    return (
        [*lignes, Attente(suite, "C’est là que l’on arrête ces nouvelles.", liste, "Lire")]
        if lignes
        else []
    )


def _acteur(cadre: Cadre) -> Acteur | None:
    """The person, as a cadre of their employer, if they may still log in as one."""
    if cadre.utilisateur is None:
        return None
    siens = (
        m
        for m in mandats_de(cadre.utilisateur)
        if m.role == Role.CADRE and m.collectivite_id == cadre.collectivite_id
    )
    mandat = next(siens, None)
    return None if mandat is None else acteur_du_mandat(mandat)


def _publies_depuis(alerte: Alerte, acteur: Acteur, maintenant: datetime) -> list[Opportunite]:
    return list(
        PosteOuvertFiltre(
            QueryDict(alerte.parametres),
            queryset=Opportunite.objects.visibles_par(acteur)
            .filter(
                etat=Opportunite.Etat.PUBLIEE,
                publiee_le__gt=alerte.depuis,
                publiee_le__lte=maintenant,
            )
            .exclude(poste__collectivite=alerte.cadre.collectivite_id)
            .select_related("poste__collectivite"),
            acteur=acteur,
        ).qs[: NOMMES + 1]
    )
