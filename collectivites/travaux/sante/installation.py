"""What an installation still lacks, in the words of whoever makes it (`manage.py installer`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from redis import Redis, RedisError

from collectivites.communs.typographie import enumerer
from collectivites.garanties import mur
from collectivites.travaux.sante.etat import OK, SANS, lire_la_preparation

#: Codes of second factors, links and sessions are told by the hour.
ECART = timedelta(seconds=5)
MENTIONS = {
    "editeur": "QUATUOR_EDITEUR",
    "publication": "QUATUOR_PUBLICATION",
    "hebergeur": "QUATUOR_HEBERGEUR",
    "dpo": "QUATUOR_DPO",
}
#: As it is read, where it is not the key.
NOMS = {"executeur": "exécuteur", "depots": "fichiers déposés"}
#: To be seen to, by whoever has already opened.
LEGERS = {"disque", "courriels"}


@dataclass(frozen=True)
class Point:
    """`grave`: nobody should be let in before it is settled."""

    nom: str
    manque: str = ""
    grave: bool = True


@mur.partout()
def points() -> list[Point]:
    """One for each thing looked at; an empty `manque` where all is well."""
    preparation = lire_la_preparation().lignes
    etats = {
        "base": "La base ne répond pas (DATABASE_URL).",
        "migrations": "La base n’est pas à jour : manage.py migrate.",
        "redis": "Redis ne répond pas (REDIS_URL).",
        "executeur": "Aucun exécuteur ne répond : celery -A mobility worker.",
        "horloge": "L’horloge ne sonne pas : celery -A mobility beat, ou cron.",
        "depots": "Le dépôt des fichiers ne répond pas (QUATUOR_S3_…).",
        "disque": "Le disque des documents est presque plein.",
        "courriels": "Des courriels attendent depuis longtemps.",
    }
    lus = [
        Point(NOMS.get(cle, cle), "" if preparation[cle] in {OK, SANS} else dit, cle not in LEGERS)
        for cle, dit in etats.items()
        if cle in preparation
    ]
    if preparation["base"] != OK:
        return lus
    return [*lus, *_de_production(), _heure(), _courrier(), _sauvegarde(), _mentions()]


def _de_production() -> list[Point]:
    return [
        Point(
            "PostgreSQL",
            "" if connection.vendor == "postgresql" else "SQLite sert à l’essai, non à plusieurs.",
        ),
        Point(
            "HTTPS",
            ""
            if settings.SESSION_COOKIE_SECURE
            else "Les mots de passe passent en clair : un mandataire devant, QUATUOR_HTTPS=1.",
        ),
        Point(
            "second facteur",
            ""
            if settings.SECOND_FACTEUR
            else "Il n’est exigé de personne : QUATUOR_SECOND_FACTEUR=1.",
        ),
    ]


def _heure() -> Point:
    """The base's and Redis's, against this machine's."""
    autres: dict[str, datetime] = {}
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SELECT clock_timestamp()")
            autres["de la base"] = curseur.fetchone()[0]
    if settings.REDIS_URL:
        try:
            secondes, _ = Redis.from_url(settings.REDIS_URL, socket_timeout=2).time()
            autres["de Redis"] = datetime.fromtimestamp(secondes, UTC)
        except RedisError:
            pass  # told above
    maintenant = datetime.now(UTC)
    loin = [nom for nom, heure in autres.items() if abs(heure - maintenant) > ECART]
    manque = (
        f"L’heure d’ici n’est pas celle {enumerer(loin)} : réglez les horloges." if loin else ""
    )
    return Point("heure", manque)


def _courrier() -> Point:
    """Whether the mail server lets us in; nothing is sent."""
    liaison = get_connection()
    try:
        liaison.open()
        liaison.close()
    except OSError as erreur:
        return Point("courriel", f"Le serveur de courriel n’a pas répondu ({erreur}) : EMAIL_HOST.")
    return Point("courriel")


def _sauvegarde() -> Point:
    manque = "Rien ne peut être sauvegardé : QUATUOR_SAUVEGARDE_POUR, puis manage.py sauvegarder."
    return Point("sauvegarde", "" if settings.SAUVEGARDE_POUR else manque)


def _mentions() -> Point:
    vides = [nom for cle, nom in MENTIONS.items() if not settings.MENTIONS[cle]]
    manque = f"Les mentions légales sont incomplètes : {', '.join(vides)}." if vides else ""
    return Point("mentions légales", manque, grave=False)
