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
from dataclasses import asdict
from datetime import date
from typing import cast

from django.conf import settings
from django.core.cache import cache
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


def compter_les_attentes(acteur: Acteur) -> int:
    """The number of lines of « À faire »."""
    gardees = cache.get(_cle(acteur))
    return len(lister_les_attentes(acteur)) if gardees is None else int(gardees[0])


def lister_les_attentes(acteur: Acteur) -> list[Attente]:
    """The lines themselves."""
    cle = _cle(acteur)  # before reading: what is decided meanwhile has another
    if acteur.est_employeur and settings.REDIS_URL and (gardees := cache.get(cle)):
        try:
            return _ouvrir(acteur, gardees[1])
        except secret.Illisible:
            pass  # sealed by a key that has gone
    attentes = attentes_de(acteur)
    scellees = _sceller(acteur, attentes) if acteur.est_employeur and settings.REDIS_URL else b""
    cache.set(cle, (len(attentes), scellees), DUREE)
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
    (journal,) = _JOURNAL(demarche=acteur.demarche.pk)
    etat = "-".join(map(str, (timezone.localdate(), *journal, cache.get(_dernier_acte(acteur), 0))))
    return f"a_faire:{acteur.mandat.pk}:{etat}"


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
