"""« Les règles de la démarche »: each rule, since when, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import avec_article, enumerer
from collectivites.models import Collectivite, Mandat
from collectivites.mots import Role
from pilotage.cadrage.regles.predicats import refus_proposer, refus_repondre, refus_retirer
from pilotage.cadrage.regles.valeurs import CHAMPS, EFFETS, dire, lire
from pilotage.models import ChangementRegle, VersionRegles
from pilotage.mots import Regle

Etat = ChangementRegle.Etat


@dataclass(frozen=True)
class Attendu:
    """A change that waits, as the acteur sees it."""

    changement: ChangementRegle
    avant: str
    apres: str
    #: « la Région, et le Département »: whose agreement is still missing.
    manquent: str
    #: Those of them where no DGS is left to give it.
    sans_dgs: str
    accords: list[str]
    peut_repondre: bool
    peut_retirer: bool


@dataclass(frozen=True)
class LigneRegle:
    regle: Regle
    texte: str
    effet: str
    #: The day from which it reads so; None: since the opening.
    depuis: date | None
    attendu: Attendu | None


@dataclass(frozen=True)
class Passe:
    changement: ChangementRegle
    avant: str
    apres: str


def page(acteur: Acteur) -> dict[str, Any]:
    """Six queries, whatever the changes."""
    demarche = acteur.demarche
    changements = list(
        ChangementRegle.objects.visibles_par(acteur)
        .select_related(
            "propose_par__utilisateur",
            "propose_par__collectivite",
            "clos_par__utilisateur",
            "clos_par__collectivite",
        )
        .prefetch_related("accords__collectivite", "accords__par__utilisateur")
    )
    employeurs = list(demarche.collectivites.order_by("pk"))
    diriges = set(
        Mandat.objects.en_vigueur()
        .filter(collectivite__in=employeurs, role=Role.DGS)
        .values_list("collectivite_id", flat=True)
    )
    attendus = {
        c.regle: _attendu(acteur, c, employeurs, diriges)
        for c in changements
        if c.etat == Etat.PROPOSE
    }
    depuis = {
        c.regle: timezone.localdate(c.clos_le)
        for c in reversed(changements)
        if c.etat == Etat.EN_VIGUEUR and c.clos_le
    }
    return {
        "lignes": [
            LigneRegle(
                regle=regle,
                texte=dire(regle, lire(demarche, CHAMPS[regle])),
                effet=EFFETS[regle],
                depuis=depuis.get(regle.value),
                attendu=attendus.get(regle.value),
            )
            for regle in Regle
        ],
        "passes": [_passe(c) for c in changements if c.etat != Etat.PROPOSE],
        "peut_proposer": refus_proposer(acteur) is None,
        "ouverte_le": _ouverture(acteur),
        "demarche": demarche,
    }


def _ouverture(acteur: Acteur) -> date | None:
    premiere = VersionRegles.objects.visibles_par(acteur).order_by("pk").first()
    return timezone.localdate(premiere.depuis) if premiere else None


def _attendu(
    acteur: Acteur,
    changement: ChangementRegle,
    employeurs: list[Collectivite],
    diriges: set[int],
) -> Attendu:
    accords = list(changement.accords.all())
    deja = {a.collectivite_id for a in accords}
    manquent = [e for e in employeurs if e.pk not in deja]
    return Attendu(
        changement=changement,
        avant=dire(Regle(changement.regle), changement.avant),
        apres=dire(Regle(changement.regle), changement.apres),
        manquent=_noms(manquent),
        sans_dgs=_noms([e for e in manquent if e.pk not in diriges]),
        accords=[f"{a.par.utilisateur.nom_complet}, {a.collectivite.nom}" for a in accords],
        peut_repondre=refus_repondre(acteur, changement, deja) is None,
        peut_retirer=refus_retirer(acteur, changement) is None,
    )


def _passe(changement: ChangementRegle) -> Passe:
    regle = Regle(changement.regle)
    return Passe(changement, dire(regle, changement.avant), dire(regle, changement.apres))


def _noms(employeurs: list[Collectivite]) -> str:
    return enumerer([avec_article(e.nom) for e in employeurs])
