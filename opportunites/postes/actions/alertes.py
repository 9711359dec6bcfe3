"""New postes that answer a filter the person kept: one mail a day at most, to whoever asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cadres.candidature.acteurs import acteur_du_mandat
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur, mandats_de
from collectivites.mots import Role
from collectivites.refus import exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import prevenir_le_cadre
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


def prevenir_des_nouveaux_postes(maintenant: datetime | None = None) -> int:
    """Write to whoever has new postes to read. Returns how many mails were written."""
    maintenant = maintenant or timezone.now()
    ecrits = 0
    for pk in list(Alerte.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            alerte = (
                Alerte.objects.select_for_update(of=("self",))
                .select_related("cadre__utilisateur", "cadre__collectivite__demarche")
                .filter(pk=pk)
                .first()
            )
            if alerte is not None:
                ecrits += _prevenir(alerte, maintenant)
    return ecrits


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


def _prevenir(alerte: Alerte, maintenant: datetime) -> bool:
    acteur = _acteur(alerte.cadre)
    if acteur is None:
        return False
    nouveaux = list(
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
    if not nouveaux:
        return False
    adresse = reverse("opportunites:opportunites")
    courriel = prevenir_le_cadre(
        "propositions/alerte",
        alerte.cadre,
        f"alerte-{alerte.pk}-{maintenant:%Y%m%d}",
        postes=[o.poste for o in nouveaux[:NOMMES]],
        et_d_autres=len(nouveaux) > NOMMES,
        lien=f"{adresse}?{alerte.parametres}" if alerte.parametres else adresse,
    )
    if courriel is None:
        return False  # already written to today: what is new waits for tomorrow
    alerte.depuis = maintenant
    alerte.save(update_fields=["depuis"])
    return True
