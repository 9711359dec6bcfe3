"""How many things wait for somebody: the badge of the menu, kept a minute from page to page.

Every decision of the démarche writes a line of the journal, and each line forgets the counts of
the démarche: a badge never says what the home page has stopped saying.
"""

import time
from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db import transaction

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.acteurs.acteur import Acteur
from collectivites.garanties import mur
from collectivites.models import EntreeJournal, Mandat
from collectivites.travaux.attentes import Attente
from pilotage.accueil.a_faire import attentes_de

DUREE = 60  # seconds: what the calendar alone brings may wait that long


def compter_les_attentes(acteur: Acteur) -> int:
    """The number of lines of « À faire »."""
    compte: int | None = cache.get(_cle(acteur))
    return len(lister_les_attentes(acteur)) if compte is None else compte


def compter_sous_les_autres_mandats(acteur: Acteur) -> list[tuple[Mandat, int]]:
    """What waits for the same person under each of their other mandats; kept a minute as well."""
    return [(autre.mandat, compter_les_attentes(autre)) for autre in _sous_les_autres(acteur)]


def attentes_sous_les_autres_mandats(acteur: Acteur) -> list[tuple[Mandat, list[Attente]]]:
    """What waits for the same person under each of their other mandats: the lines themselves."""
    return [(autre.mandat, lister_les_attentes(autre)) for autre in _sous_les_autres(acteur)]


def _sous_les_autres(acteur: Acteur) -> Iterator[Acteur]:
    """The same person under each of their other mandats, which may be of another démarche."""
    mandats = [acteur.mandat, *acteur.autres_mandats]
    for mandat in acteur.autres_mandats:
        with mur.pour(mandat.collectivite.demarche_id):
            yield acteur_du_mandat(mandat, mandats)


def lister_les_attentes(acteur: Acteur) -> list[Attente]:
    """The lines themselves; their number is kept."""
    cle = _cle(acteur)  # before reading: what is decided meanwhile forgets this count too
    attentes = attentes_de(acteur)
    cache.set(cle, len(attentes), DUREE)
    return attentes


def oublier_les_comptes(*, instance: EntreeJournal, **_kwargs: Any) -> None:
    """Receiver of a new line of the journal: its démarche is counted anew once it is committed."""
    version = _version(instance.demarche_id)
    transaction.on_commit(lambda: cache.set(version, time.time_ns(), DUREE), robust=True)


def _cle(acteur: Acteur) -> str:
    return f"a_faire:{acteur.mandat.pk}:{cache.get(_version(acteur.demarche.pk), 0)}"


def _version(demarche: int) -> str:
    return f"a_faire:version:{demarche}"
