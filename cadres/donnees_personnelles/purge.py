"""Keeping no longer than the rules say: each night, or `manage.py purger`.

What it does is journaled in numbers, without a name. A dry run counts the very same rows.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cadres.donnees_personnelles import conservation
from cadres.donnees_personnelles.conservation import ETATS_SORTIS, PAR_ETAT, seuil
from cadres.donnees_personnelles.effacement import anonymiser, empechement
from cadres.fiche.predicats import DELAI_SEPARATION
from cadres.fiche.verrous import verrouiller
from cadres.models import (
    Cadre,
    Candidature,
    CompetenceDite,
    Consultation,
    Fusion,
    ImportCadres,
    Opposition,
)
from cadres.mots import Actes, EtatImport
from cadres.requetes import presents
from collectivites.communs.calendrier import fin_du_jour
from collectivites.communs.typographie import compter
from collectivites.comptes.connexions.liste import purger_les_sessions
from collectivites.journal import journaliser
from collectivites.models import Courriel, Demarche, Tache

logger = logging.getLogger(__name__)

#: Rows a statement.
PAR_LOT = 500
CONTACTS = ("recense_le", "informe_le", "repondu_le", "decide_le", "retire_le")
#: What is counted → its words, as the journal and the operator read them.
UNITES = {
    "fiches": "fiche anonymisée,fiches anonymisées",
    "competences": "compétence supprimée,compétences supprimées",
    "visees": "fiche sans visée,fiches sans visée",
    "consultations": "lecture oubliée,lectures oubliées",
    "courriels": "courriel vidé,courriels vidés",
    "imports": "import vidé,imports vidés",
    "fusions": "copie de fiche réunie oubliée,copies de fiches réunies oubliées",
    "oppositions": "opposition oubliée,oppositions oubliées",
    "taches": "travail oublié,travaux oubliés",
}

#: démarche (None: no démarche in particular) → what was done there, by kind.
Bilan = dict[int | None, Counter[str]]


def purger(
    *, a_blanc: bool = False, aujourdhui: date | None = None, demandes_seules: bool = False
) -> Counter[str]:
    """Do, or only count (`a_blanc`), all that is due; `demandes_seules`: what the persons themselves
    asked for, and nothing that is due by its date. A second run finds nothing.
    """
    jour = aujourdhui or timezone.localdate()
    bilan: Bilan = {}
    dus = echus(jour, demandes=True)
    if not demandes_seules:
        dus += echus(jour, demandes=False)
    _anonymiser(bilan, dus, jour, a_blanc)
    for menage in () if demandes_seules else _menages(jour):
        _nettoyer(bilan, menage, a_blanc)
    total: Counter[str] = Counter()
    for comptes in bilan.values():
        total.update(comptes)
    if not a_blanc:
        _journaliser(bilan)
        _oublier_les_sessions()
        if total["fiches"]:
            _recouvrir()
    return total


def dire(total: Counter[str]) -> str:
    """« 3 fiches anonymisées, 1 import vidé »."""
    return ", ".join(compter(total[cle], formes) for cle, formes in UNITES.items() if total[cle])


# --- The people ---------------------------------------------------------------------------------


def _anonymiser(bilan: Bilan, dus: list[tuple[int, int]], jour: date, a_blanc: bool) -> None:
    for cadre_id, demarche_id in dus:
        try:
            with transaction.atomic():
                fait = _est_du(cadre_id, jour, agir=not a_blanc)
        except DatabaseError:
            logger.exception("The file %s could not be anonymised", cadre_id)
            continue
        if fait:
            bilan.setdefault(demarche_id, Counter())["fiches"] += 1


def echus(jour: date, *, demandes: bool) -> list[tuple[int, int]]:
    """(cadre, démarche) of the files to forget: the person asked for it (`demandes`), or else the
    rules do."""
    demandee = Q(candidature__effacement_demande_le__isnull=False)
    return _fiches(demandee if demandes else ~demandee & _a_terme(jour))


def _a_terme(jour: date) -> Q:
    dus = Q()
    for etat, regle in PAR_ETAT.items():
        avant = fin_du_jour(seuil(regle, jour))
        condition = Q(candidature__etat=etat)
        for champ in CONTACTS:
            condition &= Q(**{f"candidature__{champ}__isnull": True}) | Q(
                **{f"candidature__{champ}__lte": avant}
            )
        dus |= condition
    return dus | ~Q(candidature__etat__in=PAR_ETAT) & Q(
        collectivite__demarche__date_fin__lte=seuil(conservation.DEMARCHE, jour)
    )


def _fiches(dus: Q) -> list[tuple[int, int]]:
    return list(
        Cadre.objects.filter(dus, presents(), candidature__isnull=False)
        .order_by("pk")
        .values_list("pk", "collectivite__demarche_id")
    )


def _est_du(cadre_id: int, jour: date, *, agir: bool) -> bool:
    """Under lock, it is still due and nothing runs: then forget the person."""
    try:
        cadre = verrouiller(cadre_id)
    except Cadre.DoesNotExist:
        return False
    candidature = cadre.candidature
    demande = candidature.effacement_demande_le is not None
    if not demande and _echeance(cadre, candidature) > jour:
        return False
    if empechement(cadre):
        return False
    if agir:
        anonymiser(cadre)
    return True


def _echeance(cadre: Cadre, candidature: Candidature) -> date:
    return conservation.echeance(
        candidature.etat,
        [getattr(candidature, champ) for champ in CONTACTS],
        cadre.collectivite.demarche.date_fin,
    )


def echeance_de(cadre: Cadre) -> date:
    """The day from which the file may no longer name the person. Reads its candidacy."""
    return _echeance(cadre, cadre.candidature)


# --- The rest -----------------------------------------------------------------------------------

Faire = Callable[[QuerySet[Any]], object]


def _supprimer(lignes: QuerySet[Any]) -> object:
    return lignes.delete()


@dataclass(frozen=True)
class _Menage:
    """Rows of one kind that are due, the path to their démarche, and what is done to them."""

    cle: str
    lignes: QuerySet[Any]
    chemin: str
    faire: Faire = _supprimer


def _avant(regle: conservation.Regle, jour: date) -> datetime:
    return fin_du_jour(seuil(regle, jour))


def _vider_les_courriels(lignes: QuerySet[Any]) -> int:
    return lignes.update(
        corps="", objet="", agenda="", destinataire="", expediteur="", repondre_a=""
    )


def _menages(jour: date) -> tuple[_Menage, ...]:
    visees = Q(*((champ, True) for champ in Cadre.VISEES), _connector=Q.OR)
    tout_courriel = Courriel.objects.exclude(corps="", destinataire="")
    # Deposited and never read: the server stopped in between, and the bytes are still there.
    laisses = Q(etat=EtatImport.DEPOSE, tache__etat=Tache.Etat.ECHOUEE)
    imports_pleins = ImportCadres.objects.filter(
        ~Q(diagnostic={}) | Q(contenu__isnull=False) | ~Q(ecrits={})
    )
    fin_d_opposition = seuil(conservation.OPPOSITIONS, jour)
    return (
        _Menage(
            "competences",
            CompetenceDite.objects.filter(cadre__candidature__etat__in=ETATS_SORTIS),
            "cadre__collectivite__demarche_id",
        ),
        _Menage(
            "visees",
            Cadre.objects.filter(visees, candidature__etat__in=ETATS_SORTIS),
            "collectivite__demarche_id",
            lambda lignes: lignes.update(**dict.fromkeys(Cadre.VISEES, False)),
        ),
        _Menage(
            "consultations",
            Consultation.objects.filter(quand__lte=_avant(conservation.CONSULTATIONS, jour)),
            "collectivite__demarche_id",
        ),
        _Menage(
            "courriels",
            tout_courriel.filter(depose_le__lte=_avant(conservation.COURRIELS, jour)),
            "demarche_id",
            _vider_les_courriels,
        ),
        _Menage(
            "imports",
            imports_pleins.filter(Q(depose_le__lte=_avant(conservation.IMPORTS, jour)) | laisses),
            "collectivite__demarche_id",
            _vider_les_imports,
        ),
        _Menage(
            "fusions",
            Fusion.objects.exclude(copie={}).filter(
                le__lte=fin_du_jour(jour - DELAI_SEPARATION - timedelta(days=1))
            ),
            "collectivite__demarche_id",
            lambda lignes: lignes.update(copie={}),
        ),
        _Menage(
            "oppositions",
            Opposition.objects.filter(collectivite__demarche__date_fin__lte=fin_d_opposition),
            "collectivite__demarche_id",
        ),
        _Menage(
            "taches",
            Tache.objects.filter(
                etat__in=Tache.ETATS_FINIS, finie_le__lte=_avant(conservation.TACHES, jour)
            ),
            "mandat__collectivite__demarche_id",
        ),
    )


def _vider_les_imports(lignes: QuerySet[Any]) -> None:
    """What waited for a decision no longer does; the mapping of the columns is kept."""
    lignes.filter(etat__in=(EtatImport.DEPOSE, EtatImport.DIAGNOSTIQUE)).update(
        etat=EtatImport.ABANDONNE, resume={}
    )
    lignes.update(diagnostic={}, contenu=None, corrections={}, ecrits={})


def _nettoyer(bilan: Bilan, menage: _Menage, a_blanc: bool) -> None:
    with transaction.atomic():
        dues = list(menage.lignes.order_by("pk").values_list("pk", menage.chemin))
        for _, demarche_id in dues:
            bilan.setdefault(demarche_id, Counter())[menage.cle] += 1
        if a_blanc:
            return
        cles = [pk for pk, _ in dues]
        for debut in range(0, len(cles), PAR_LOT):
            lot = cles[debut : debut + PAR_LOT]
            menage.faire(menage.lignes.model._default_manager.filter(pk__in=lot))


def _journaliser(bilan: Bilan) -> None:
    """One line a démarche: how many of what, and nobody's name."""
    for demarche in Demarche.objects.filter(pk__in=[pk for pk in bilan if pk]).order_by("pk"):
        comptes = bilan[demarche.pk]
        journaliser(
            acteur=None,
            demarche=demarche,
            acte=Actes.PURGE,
            libelle=f"Durées de conservation : {dire(comptes)}",
            objet=demarche,
            collectivite=None,
            details=dict(comptes),
        )


def _oublier_les_sessions() -> None:
    """Expired sessions hold the messages of the last pages, with the names that they said."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    purger_les_sessions()


def _recouvrir() -> None:
    """SQLite leaves the erased bytes in its file until it is rewritten; PostgreSQL vacuums alone."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as curseur:
            curseur.execute("VACUUM")
            curseur.execute("PRAGMA wal_checkpoint(TRUNCATE)")
