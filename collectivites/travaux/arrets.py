"""Stopping one kind of mail, without an account: the signed link at the foot of each mail to somebody.

Each room registers its kinds from its `taches` module, with where the choice is kept. A link never
ages: a mail is read months later. It opens nothing and names nobody: it can only stop a kind of mail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from collectivites.models import Utilisateur

_SEL = "quatuor.arrets"
#: In a link: no kind in particular, its reader chooses.
TOUS = "tous"


@dataclass(frozen=True)
class Genre:
    """A kind of mail that one may stop. `quoi` completes « Ne plus recevoir … »; `recoit`: whether they
    would receive some; `su`: who learns that it was stopped, when somebody does."""

    cle: str
    quoi: str
    recoit: Callable[[Utilisateur], bool]
    su: str
    arreter: Callable[[Utilisateur], None]


_GENRES: dict[str, Genre] = {}


def genre_de_courriel(
    cle: str, quoi: str, *, recoit: Callable[[Utilisateur], bool], su: str = ""
) -> Callable[[Callable[[Utilisateur], None]], Callable[[Utilisateur], None]]:
    """Register what stops a kind of mail for somebody. Doing it twice changes nothing."""

    def inscrire(arreter: Callable[[Utilisateur], None]) -> Callable[[Utilisateur], None]:
        _GENRES[cle] = Genre(cle, quoi, recoit, su, arreter)
        return arreter

    return inscrire


def genre(cle: str) -> Genre:
    return _GENRES[cle]


def genres_recus(utilisateur: Utilisateur) -> list[Genre]:
    """What they may still stop."""
    return [genre for genre in _GENRES.values() if genre.recoit(utilisateur)]


def lien_d_arret(utilisateur_id: int, cle: str = TOUS) -> str:
    """The absolute address where that person stops that kind of mail, or chooses which."""
    jeton = signing.Signer(salt=_SEL).sign(f"{utilisateur_id}.{cle}")
    chemin = reverse("collectivites:arreter_courriels", args=[jeton])
    return f"{settings.QUATUOR_SITE.rstrip('/')}{chemin}"


def lire_le_lien(jeton: str) -> tuple[Utilisateur, Genre | None] | None:
    """Whose mails, and which (None: to be chosen); nothing for a forged link, a kind that is gone, a
    forgotten person."""
    try:
        pk, _, cle = signing.Signer(salt=_SEL).unsign(jeton).partition(".")
    except signing.BadSignature:
        return None
    personne = Utilisateur.objects.filter(pk=int(pk), is_active=True).first()
    trouve = _GENRES.get(cle)
    return (personne, trouve) if personne is not None and (trouve or cle == TOUS) else None
