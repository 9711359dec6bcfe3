"""Figures for Prometheus: what waits, since when. Of the installation, never of a person nor a démarche.

Read from the database and the disk: the same whichever process answers. Requests are not counted here:
each process of gunicorn would have its own count, and the proxy's logs have them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import Count, Min
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from collectivites.garanties import mur
from collectivites.models import Courriel, Passage, Tache
from collectivites.travaux.battement import SILENCE
from collectivites.travaux.courriels import PEREMPTION
from collectivites.travaux.horloge import TOUR
from collectivites.travaux.reprise import ABANDONNEE
from collectivites.travaux.sante.etat import OK, lire_redis, place
from collectivites.travaux.taches import IMPREVU

Mesure = tuple[str, str, dict[str, Any]]


def est_admis(request: HttpRequest) -> bool:
    """Whoever has the token (`Authorization: Bearer …`), or comes from an address that was named."""
    jeton = settings.MESURES_JETON
    if jeton and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {jeton}"):
        return True
    # What no proxy has relayed comes from inside.
    relayee = "X-Forwarded-For" in request.headers
    adresse = get_adapter().get_client_ip(request) if relayee else request.META["REMOTE_ADDR"]
    try:
        return any(ip_address(adresse) in reseau for reseau in settings.MESURES_ADRESSES)
    except ValueError:  # a socket of the machine has no address
        return False


@mur.partout()
def exposer() -> str:
    """The text format of Prometheus, version 0.0.4."""
    lignes = []
    for nom, aide, valeurs in _mesures():
        lignes += [f"# HELP quatuor_{nom} {aide}", f"# TYPE quatuor_{nom} gauge"]
        lignes += [f"quatuor_{nom}{cle} {valeur}" for cle, valeur in valeurs.items()]
    return "\n".join(lignes) + "\n"


def _mesures() -> Iterator[Mesure]:
    maintenant = timezone.now()
    yield from _travaux(maintenant)
    yield from _courriels(maintenant)
    tours = Passage.objects.filter(nom__startswith=TOUR).values_list("nom", "quand")
    depuis = {_etiquette("rythme", nom.removeprefix(TOUR)): _age(maintenant, q) for nom, q in tours}
    yield "horloge_secondes", "Temps depuis le dernier tour de l’horloge.", depuis
    attend = int(Passage.objects.exclude(attente="").exists())
    yield "horloge_attend_confirmation", "Une purge attend quelqu’un.", {"": attend}
    yield "redis_repond", "1 si Redis répond ; 1 sans Redis.", {"": int(lire_redis() in _BIEN)}
    total, libre = place()
    yield "disque_octets", "Taille du disque des fichiers déposés.", {"": total}
    yield "disque_libre_octets", "Place libre sur ce disque.", {"": libre}


_BIEN = (OK, "non utilisé")


def _travaux(maintenant: datetime) -> Iterator[Mesure]:
    etats = (Tache.Etat.ATTENTE, Tache.Etat.EN_COURS)
    vivants = Tache.objects.filter(etat__in=etats)
    comptes = dict.fromkeys(etats, 0) | dict(vivants.values_list("etat").annotate(n=Count("pk")))
    nombre = {_etiquette("etat", etat): combien for etat, combien in comptes.items()}
    yield "travaux", "Travaux qui attendent ou tournent.", nombre
    plus_ancien = vivants.filter(etat=Tache.Etat.ATTENTE).aggregate(m=Min("creee_le"))["m"]
    attente = {"": _age(maintenant, plus_ancien)}
    yield "travail_attend_secondes", "Attente du plus ancien.", attente
    muets = vivants.filter(etat=Tache.Etat.EN_COURS, battue_le__lt=maintenant - SILENCE).count()
    yield "travaux_silencieux", "Travaux qui ne donnent plus signe de vie.", {"": muets}
    tombes = Tache.objects.filter(
        etat=Tache.Etat.ECHOUEE,
        erreur__in=(ABANDONNEE, IMPREVU),
        finie_le__gt=maintenant - timedelta(days=1),
    ).count()
    yield "travaux_interrompus", "Travaux interrompus depuis un jour.", {"": tombes}


def _courriels(maintenant: datetime) -> Iterator[Mesure]:
    non_partis = Courriel.objects.exclude(etat=Courriel.Etat.ENVOYE)
    vivants = non_partis.filter(depose_le__gt=maintenant - PEREMPTION)
    etats = (Courriel.Etat.A_ENVOYER, Courriel.Etat.EN_COURS, Courriel.Etat.ECHEC)
    trouves = vivants.order_by().values_list("etat").annotate(n=Count("pk"))
    comptes = dict.fromkeys(etats, 0) | dict(trouves)
    nombre = {_etiquette("etat", etat): combien for etat, combien in comptes.items()}
    yield "courriels", "Courriels qui ne sont pas partis.", nombre
    attente = {"": _age(maintenant, vivants.aggregate(m=Min("depose_le"))["m"])}
    yield "courriel_attend_secondes", "Attente du plus ancien.", attente
    perdus = non_partis.filter(depose_le__gt=maintenant - timedelta(days=30)).count()
    vivants_ = sum(comptes.values())
    yield "courriels_abandonnes", "Jamais partis, depuis trente jours.", {"": perdus - vivants_}


def _etiquette(nom: str, valeur: str) -> str:
    return f'{{{nom}="{valeur}"}}'


def _age(maintenant: datetime, quand: datetime | None) -> int:
    return int(abs(maintenant - quand).total_seconds()) if quand else 0
