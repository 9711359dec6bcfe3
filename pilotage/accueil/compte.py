"""What waits for somebody, kept a minute from page to page: its number, for the badge of the menu; its lines,
for the home pages of an employer, which ask for them in twenty queries.

Every decision of a démarche writes a line of the journal, and what is kept is kept under the state of that
journal, as the database has it: what another process decided is seen at the next page. The day is in the key
as well. What is no decision (an import given up) is forgotten by whoever did it (`OubliMiddleware`); what
a clock alone brings waits a minute. The lines name people: they are sealed for one mandat, and kept only
where every process shares one cache.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import OuterRef, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.acteurs.acces import LECTURE, RequeteOuverte
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.requetes_pretes import RequetePrete
from collectivites.garanties import mur, secret
from collectivites.models import Demarche, MaillonJournal, Mandat
from collectivites.travaux.attentes import Attente
from pilotage.accueil.a_faire import attentes_de

DUREE = 60  # seconds

_MAILLONS = MaillonJournal.objects.filter(demarche=OuterRef("pk"))
#: The last link of the chain, and those that have no place yet: a line that is committed changes one of
#: them, in whatever order transactions end.
_JOURNAL = RequetePrete(
    lambda demarche: Demarche.objects.filter(pk=demarche).values_list(
        Subquery(_MAILLONS.filter(numero__isnull=False).order_by("-numero").values("numero")[:1]),
        Subquery(
            _MAILLONS.filter(numero=None)
            .order_by()
            .values("demarche")
            .annotate(attendent=Sum("entree_id"))
            .values("attendent")
        ),
    ),
    demarche=int,
)


@dataclass(frozen=True)
class Gardees:
    """`etat`: of what they were read from; `lignes`: sealed, b"" where their number alone is kept."""

    etat: str
    nombre: int
    lignes: bytes


def compter_les_attentes(acteur: Acteur) -> int:
    """The number of lines of « À faire »."""
    gardees = _gardees(acteur)
    return gardees.nombre if gardees else len(lister_les_attentes(acteur))


def compte_garde(acteur: Acteur) -> int | None:
    """Their number, if it is kept: a page that has it does not ask for it once it is there. None for whoever
    has several mandats, which are asked for together, and when the base does not answer."""
    if acteur.autres_mandats:
        return None
    try:
        gardees = _gardees(acteur)
    except DatabaseError:  # the page that says so is made too
        return None
    return gardees.nombre if gardees else None


def lister_les_attentes(acteur: Acteur) -> list[Attente]:
    """The lines themselves."""
    garder = acteur.est_employeur and bool(settings.REDIS_URL)
    if garder and (gardees := _gardees(acteur)):
        with suppress(secret.Illisible):  # sealed by a key that has gone
            return _ouvrir(acteur, gardees.lignes)
    etat = _etat(acteur)  # before reading: what is decided meanwhile is another
    attentes = attentes_de(acteur)
    lignes = _sceller(acteur, attentes) if garder else b""
    cache.set(_cle(acteur), Gardees(etat, len(attentes), lignes), DUREE)
    return attentes


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


class OubliMiddleware:
    """Whoever has just done something, whatever it is, finds nothing of before. After `ActeurMiddleware`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        acteur = cast(RequeteOuverte, request).acteur
        if request.method not in LECTURE and acteur is not None:
            cache.set(_dernier_acte(acteur), time.time_ns(), DUREE)
        return reponse


def _dernier_acte(acteur: Acteur) -> str:
    return f"a_faire:acte:{acteur.utilisateur.pk}"


def _cle(acteur: Acteur) -> str:
    return f"a_faire:{acteur.mandat.pk}"


def _gardees(acteur: Acteur) -> Gardees | None:
    """What is kept for this mandat, if nothing has changed since; a query when there is something."""
    gardees: Gardees | None = cache.get(_cle(acteur))
    return gardees if gardees and gardees.etat == _etat(acteur) else None


def _etat(acteur: Acteur) -> str:
    """The day, the journal of the démarche, what the person did last."""
    (journal,) = _JOURNAL(demarche=acteur.demarche.pk)
    return "-".join(map(str, (timezone.localdate(), *journal, cache.get(_dernier_acte(acteur), 0))))


def _sceller(acteur: Acteur, attentes: list[Attente]) -> bytes:
    lignes = json.dumps([asdict(attente) for attente in attentes], default=date.isoformat)
    return secret.sceller_octets(lignes.encode(), pour=f"a_faire:{acteur.mandat.pk}")


def _ouvrir(acteur: Acteur, scellees: bytes) -> list[Attente]:
    lignes = json.loads(secret.ouvrir_octets(scellees, pour=f"a_faire:{acteur.mandat.pk}"))
    return [
        Attente(**{**ligne, "echeance": echeance and date.fromisoformat(echeance)})
        for ligne in lignes
        for echeance in [ligne["echeance"]]
    ]
