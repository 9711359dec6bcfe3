"""The job of a run: reads, solves with a time limit and an ear for « arrêter », writes.

Reading and writing are each one transaction; solving holds none, so that nobody waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from collectivites.refus import ActionImpossible
from collectivites.travaux.taches import IMPREVU, Suivi, travail
from opportunites.campagne.calcul import resolution
from opportunites.campagne.calcul.changements import empreinte
from opportunites.campagne.calcul.instance import construire
from opportunites.campagne.mots import EtatSimulation
from opportunites.models import Simulation
from opportunites.mouvement.donnees import (
    CalculAnnule,
    CalculImpossible,
    CalculInterrompu,
    Conduite,
    FauteDeSchema,
)

NOM = "opportunites.simuler"
#: Seconds between two looks at whether somebody asked to stop.
ECOUTE = 0.5
_MEMOIRE = 3600  # seconds during which a request to stop is kept


def demander_l_arret(simulation: Simulation) -> None:
    """Heard by the job at its next look."""
    cache.set(_cle(simulation.pk), True, _MEMOIRE)


def _cle(pk: int) -> str:
    return f"simulation:{pk}:arret"


@travail(NOM, par_etapes=True)
def simuler(suivi: Suivi, *, simulation: int) -> dict[str, Any]:
    """What the job does."""
    en_cours = _commencer(simulation)
    if en_cours is None:
        return {"bilan": "Cette simulation est arrêtée."}
    try:
        resultat = resolution.calculer(
            en_cours.entree, en_cours.parametres, _conduite(en_cours, suivi)
        )
    except CalculAnnule:
        _finir(en_cours, EtatSimulation.ANNULEE)
        return {"bilan": "La simulation est arrêtée."}
    except (CalculImpossible, CalculInterrompu, FauteDeSchema) as arret:
        _finir(en_cours, EtatSimulation.ECHOUEE, erreur=_mots(arret))
        raise ActionImpossible(_mots(arret)) from arret
    except Exception:
        _finir(en_cours, EtatSimulation.ECHOUEE, erreur=IMPREVU)
        raise
    _finir(
        en_cours,
        EtatSimulation.CALCULEE,
        resultat=resultat,
        versions=resultat["reponse"]["versions"],
    )
    return {"bilan": "La simulation est calculée."}


def _mots(arret: Exception) -> str:
    if isinstance(arret, FauteDeSchema):
        return f"Les données de la campagne se contredisent : {arret.message}."
    texte = str(arret).strip() or "le temps accordé n’a pas suffi à trouver une solution"
    return f"{texte[:1].upper()}{texte[1:].rstrip('.')}."


@transaction.atomic
def _commencer(pk: int) -> Simulation | None:
    """None when it was stopped before it began."""
    ligne: Simulation = (
        Simulation.objects.select_for_update(of=("self",))
        .select_related("campagne__demarche")
        .get(pk=pk)
    )
    if ligne.etat != EtatSimulation.ATTENTE:
        return None
    ligne.entree = construire(ligne.campagne, ligne.parametres)
    ligne.empreinte = empreinte(ligne.entree)
    ligne.etat = EtatSimulation.EN_COURS
    ligne.save(update_fields=["entree", "empreinte", "etat"])
    return ligne


@transaction.atomic
def _finir(simulation: Simulation, etat: EtatSimulation, **champs: Any) -> None:
    """Unless it was said dead meanwhile: what was told stays told."""
    Simulation.objects.filter(pk=simulation.pk, etat=EtatSimulation.EN_COURS).update(
        etat=etat, finie_le=timezone.now(), **champs
    )


def _conduite(simulation: Simulation, suivi: Suivi) -> Conduite:
    return Conduite(
        limite=float(simulation.parametres["limite"]),
        annuler=_oreille(simulation.pk),
        progres=lambda _, part: suivi.avancer(round(100 * part), 100),
    )


def _oreille(pk: int) -> Callable[[], bool]:
    """Asks the cache now and then: the solver asks very often."""
    prochaine, dit = 0.0, False

    def annuler() -> bool:
        nonlocal prochaine, dit
        if not dit and time.monotonic() >= prochaine:
            dit = bool(cache.get(_cle(pk)))
            prochaine = time.monotonic() + ECOUTE
        return dit

    return annuler
