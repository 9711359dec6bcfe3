"""Long work: one registry, one job row, run by Celery or in this process.

A piece of work is a function `travail(suivi, **parametres) -> dict` registered under a name. It
runs once, outside any page; what it returns is kept in the row, and a refusal of the domain
(`ActionImpossible`) becomes the row's error, in French.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections, transaction
from django.db.models import F
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur, delegations_de
from collectivites.chaine.maillons import chainer_partout
from collectivites.communs import lexique
from collectivites.garanties import mur
from collectivites.garanties.cache import redis_repond
from collectivites.garanties.integrite import traduire
from collectivites.models import Tache
from collectivites.mots import EtatTache
from collectivites.refus import ActionImpossible
from collectivites.travaux.battement import battre
from collectivites.travaux.horloge import Rythme, a_l_heure
from collectivites.travaux.numero import numero, sous_le_numero

logger = logging.getLogger(__name__)

Travail = Callable[..., dict[str, Any]]
_TRAVAUX: dict[str, Travail] = {}
#: Those that open their own transactions: they compute for long, and writers would wait.
_PAR_ETAPES: set[str] = set()
_DUREE_AVANCEMENT = 24 * 3600  # seconds during which the progress of a job may be read

IMPREVU = "Le travail s’est interrompu sans rien écrire. L’équipe technique est prévenue."

#: Queues, apart so that none waits for another: what somebody waits for in front of a page; what computes for
#: minutes. Mails and the clock have the default one.
_, TRAVAUX, CALCULS = settings.FILES

#: Nobody ever came for it: the broker lost the message, or no worker runs.
JAMAIS_COMMENCEE = timedelta(hours=2)


@dataclass(frozen=True)
class Suivi:
    """What a running job is handed: who asked, and where to say how far it is.

    Progress goes through the cache, so that it shows while the job's transaction is still open.
    """

    tache: Tache
    acteur: Acteur

    def avancer(self, fait: int, total: int) -> None:
        cache.set(_cle(self.tache), (fait, total), _DUREE_AVANCEMENT)


def travail(nom: str, *, par_etapes: bool = False) -> Callable[[Travail], Travail]:
    """Register a piece of long work under a stable name. It is one transaction, unless it goes
    `par_etapes`: it then says itself what holds when it stops halfway."""

    def inscrire(fonction: Travail) -> Travail:
        _TRAVAUX[nom] = fonction
        if par_etapes:
            _PAR_ETAPES.add(nom)
        return fonction

    return inscrire


def avancement(tache: Tache) -> tuple[int, int]:
    """(done, total) as last said by the job; (0, 0) when it has said nothing yet."""
    fait, total = cache.get(_cle(tache)) or (0, 0)
    return fait, total


def lancer(nom: str, *, acteur: Acteur, libelle: str, suite: str = "", **parametres: Any) -> Tache:
    """Record a job and start it once the current transaction is committed."""
    tache = Tache.objects.create(
        nom=nom, libelle=libelle, mandat=acteur.mandat, parametres=parametres, suite=suite
    )
    transaction.on_commit(lambda: offrir(tache), robust=True)
    return tache


def offrir(tache: Tache) -> None:
    """Start a job that waits."""
    file = CALCULS if tache.nom in _PAR_ETAPES else TRAVAUX
    demarrer(executer_tache, str(tache.pk), file=file)


def se_reprend(nom: str) -> bool:
    """Whether a job that stopped may run again from the start: it wrote nothing, being one transaction."""
    return nom in _TRAVAUX and nom not in _PAR_ETAPES


def demarrer(tache_celery: Any, *arguments: Any, file: str | None = None) -> None:
    """Run a Celery task where this installation runs them (`settings.TACHES_MODE`), in its turn of `file`.

    Without its broker the act that asked stands all the same: the clock offers again what waits
    (`reprise.balayer_taches`, `courriels.balayer_courriels`).
    """
    if settings.TACHES_MODE == "celery":
        redis_repond.appeler(lambda: tache_celery.apply_async(arguments, queue=file), None)
    elif settings.TACHES_MODE == "fil":
        quoi = (tache_celery, arguments, numero())
        threading.Thread(target=_dans_un_fil, args=quoi).start()
    else:
        tache_celery(*arguments)


def _dans_un_fil(tache_celery: Any, arguments: tuple[Any, ...], demande: str) -> None:
    try:
        with sous_le_numero(demande):
            tache_celery(*arguments)
    except Exception:
        logger.exception("A job failed in its thread")
    finally:
        connections.close_all()  # this thread's own


@shared_task(acks_late=True)
@mur.partout()
def executer_tache(identifiant: str) -> None:
    """Run the job once: a second delivery of the same message finds it taken."""
    maintenant = timezone.now()
    pris = Tache.objects.filter(pk=identifiant, etat=Tache.Etat.ATTENTE).update(
        etat=Tache.Etat.EN_COURS,
        commencee_le=maintenant,
        battue_le=maintenant,
        essais=F("essais") + 1,
    )
    if not pris:
        return
    tache = Tache.objects.select_related(
        "mandat__utilisateur", "mandat__collectivite__demarche"
    ).get(pk=identifiant)
    demarche = tache.mandat.collectivite.demarche
    with battre(tache), mur.pour(demarche.pk), lexique.pour(demarche.public, demarche.combien):
        _executer(tache)


def _executer(tache: Tache) -> None:
    acteur = Acteur(mandat=tache.mandat, delegations=delegations_de(tache.mandat))
    try:
        with nullcontext() if tache.nom in _PAR_ETAPES else transaction.atomic():
            resultat = _TRAVAUX[tache.nom](Suivi(tache, acteur), **tache.parametres)
            # In the same transaction: done and said to be done, or neither.
            _finir(tache, Tache.Etat.REUSSIE, resultat=resultat or {})
        return
    except Depassee:
        logger.warning("Job %s (%s) was given to another worker", tache.nom, tache.pk)
        return
    except (ActionImpossible, PermissionDenied) as refus:
        erreur = str(refus)
    except IntegrityError as violation:
        erreur = traduire(violation)
    except Exception:
        logger.exception("Job %s (%s) failed", tache.nom, tache.pk)
        erreur = IMPREVU
    with suppress(Depassee):
        _finir(tache, Tache.Etat.ECHOUEE, erreur=erreur)


class Depassee(Exception):
    """This worker was taken for dead, and the job given to another: nothing of it may be written."""


@a_l_heure(
    "collectivites.chainer_le_journal", "ligne(s) du journal chaînée(s)", rythme=Rythme.CONTINU
)
def chainer_le_journal() -> int:
    """The lines whose process died between their act and its chaining."""
    return chainer_partout()


def _finir(tache: Tache, etat: EtatTache, **champs: Any) -> None:
    """Raises Depassee when the job is no longer this worker's."""
    siennes = Tache.objects.filter(
        pk=tache.pk, etat=Tache.Etat.EN_COURS, essais=tache.essais
    ).update(etat=etat, finie_le=timezone.now(), **champs)
    if not siennes:
        raise Depassee


def _cle(tache: Tache) -> str:
    return f"tache:{tache.pk}"
