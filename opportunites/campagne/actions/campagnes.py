"""A campaign is opened, its dates move together, it is closed: each time people are told once."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.utils import timezone

from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.journal import journaliser
from collectivites.mots import Acte, Role
from collectivites.refus import ActionImpossible, exiger
from opportunites.campagne.agenda import AVANCEES, fichier
from opportunites.campagne.issues import dire_les_issues
from opportunites.campagne.mots import Etape
from opportunites.campagne.predicats import (
    cloture_impossible,
    deplacement_impossible,
    refus_clore,
    refus_deplacer,
    refus_ouvrir_campagne,
)
from opportunites.communs.courriels import prevenir_l_employeur, prevenir_le_cadre
from opportunites.models import Campagne, Mobilite
from opportunites.mots import Actes


def courante(acteur: Acteur) -> Campagne | None:
    """The open campaign of the démarche. One query."""
    ouverte: Campagne | None = (
        Campagne.objects.visibles_par(acteur).ouvertes().select_related("demarche").first()
    )
    return ouverte


def ouvrir_campagne(*, acteur: Acteur, nom: str, dates: dict[str, date]) -> Campagne:
    """Set its dates and draw its lot, once."""
    exiger(refus_ouvrir_campagne(acteur, courante(acteur)))
    jours = [dates[etape.value] for etape in Etape]
    if jours != sorted(jours) or len(set(jours)) < len(jours):
        raise ActionImpossible("Les dates d’une campagne se suivent.")
    exiger(cloture_impossible(dates[Etape.VOEUX_AU.value]))
    campagne = Campagne.objects.create(
        demarche=acteur.demarche,
        nom=nom,
        graine=secrets.token_hex(8),
        creee_par=acteur.mandat,
        **dates,
    )
    _noter(acteur, campagne, Actes.CAMPAGNE_OUVERTE, f"Campagne ouverte : {nom}")
    _annoncer(campagne)
    return campagne


def deplacer(*, acteur: Acteur, campagne: Campagne, etape: Etape, jour: date) -> Campagne:
    """Move one date: those that follow move by as many days."""
    campagne = verrouiller(campagne.pk)
    exiger(refus_deplacer(acteur, campagne))
    exiger(deplacement_impossible(campagne, etape, jour))
    decalage = jour - getattr(campagne, etape.value)
    suivantes = list(Etape)[list(Etape).index(etape) :]
    for suivante in suivantes:
        setattr(campagne, suivante.value, getattr(campagne, suivante.value) + decalage)
    campagne.revision += 1
    campagne.save(update_fields=["revision", *(e.value for e in suivantes)])
    _noter(
        acteur,
        campagne,
        Actes.CAMPAGNE_DEPLACEE,
        f"{etape.label} : {date_texte(jour)}, et ce qui suit",
        details={"etape": etape.value, "jours": decalage.days},
    )
    _annoncer(campagne)
    return campagne


def clore(*, acteur: Acteur, campagne: Campagne) -> int:
    """Answer every wish, keep the balances for the next campaign. Returns how many wishes."""
    campagne = verrouiller(campagne.pk)
    exiger(refus_clore(acteur, campagne))
    reponses = dire_les_issues(campagne)
    campagne.close_le = timezone.now()
    campagne.soldes = soldes_de(campagne)
    campagne.save(update_fields=["close_le", "soldes"])
    _noter(
        acteur,
        campagne,
        Actes.CAMPAGNE_CLOSE,
        f"Campagne close : {campagne.nom}",
        details={"voeux": len(reponses), "soldes": campagne.soldes},
    )
    for cadre, siennes in reponses.items():
        prevenir_le_cadre(
            "campagne/issues", cadre, f"campagne-{campagne.pk}-issues-{cadre.pk}",
            campagne=campagne, issues=siennes,
        )  # fmt: skip
    return sum(len(siennes) for siennes in reponses.values())


def soldes_de(campagne: Campagne) -> dict[str, int]:
    """Arrivals minus departures that the campaign's linked propositions brought, by collectivité."""
    soldes = {str(c.pk): 0 for c in campagne.demarche.collectivites.all()}
    obtenues = Mobilite.objects.filter(proposition__maillon__ensemble__campagne=campagne).exclude(
        etat=Mobilite.Etat.ABANDONNEE
    )
    for origine, accueil in obtenues.values_list(
        "collectivite_origine_id", "collectivite_accueil_id"
    ):
        soldes[str(accueil)] += 1
        soldes[str(origine)] -= 1
    return soldes


def verrouiller(pk: int) -> Campagne:
    """The campaign is locked before persons: nobody who holds a person asks for it."""
    ligne: Campagne = (
        Campagne.objects.select_for_update(of=("self",)).select_related("demarche").get(pk=pk)
    )
    return ligne


def _noter(
    acteur: Acteur,
    campagne: Campagne,
    acte: Actes,
    libelle: str,
    *,
    details: dict[str, Any] | None = None,
) -> None:
    """A line that the whole démarche reads."""
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=libelle,
        objet=campagne,
        collectivite=None,
        details=details,
        delegue=Acte.SIMULER_MOUVEMENT,
    )


def _annoncer(campagne: Campagne) -> None:
    """Those who may wish, with the dates for their calendar, and each employer. Once a revision: the
    key of a mail holds it."""
    cle = f"campagne-{campagne.pk}-dates-{campagne.revision}"
    agenda = fichier(campagne, Role.CADRE)
    retenus = Cadre.objects.filter(
        collectivite__demarche=campagne.demarche,
        candidature__etat=Candidature.Etat.RETENU,
        candidature__avancee__in=AVANCEES,
    ).select_related("utilisateur", "collectivite__demarche")
    for cadre in retenus.order_by("pk"):
        prevenir_le_cadre(
            "campagne/dates_cadre", cadre, f"{cle}-cadre-{cadre.pk}",
            campagne=campagne, agenda=agenda,
        )  # fmt: skip
    for collectivite in campagne.demarche.collectivites.order_by("pk"):
        for role in (Role.DGS, Role.DRH):
            prevenir_l_employeur(
                "campagne/dates", collectivite, cle, role,
                campagne=campagne, agenda=fichier(campagne, role),
            )  # fmt: skip
