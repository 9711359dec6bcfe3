"""What a password must not be, beyond Django's own rules: what anybody in France would try first."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from collectivites.garanties import mur
from collectivites.models import Mandat

#: Rows of the keyboard, the service, the employers and their roles: beside the words of mots_courants.txt.
RACINES = frozenset(
    "admin administrateur azerty azertyuiop azertyuiopqsdfghjklm bienvenue bonjour cadre collectivite "
    "commune communaute demarche departement direction loiret mairie metropole mobilite motdepasse "
    "motdepasseprovisoire orleans password prefecture quatuor qsdfghjklm qwerty qwertyuiop region secret "
    "territoire utilisateur vacances ville wxcvbn janvier fevrier mars avril juin juillet aout septembre "
    "octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche printemps automne "
    "hiver".split()
)
COURANTS = Path(__file__).with_name("mots_courants.txt")
#: Letters, digits and signs that differ, at least.
DIFFERENTS_MIN = 5
#: A shorter part of a name says nobody.
SIEN_MIN = 4
_CHIFFRES_LUS = str.maketrans("013457@$", "oieastas")


@cache
def mots_courants() -> frozenset[str]:
    """Read once, at the first password that somebody chooses."""
    lignes = COURANTS.read_text(encoding="utf-8").splitlines()
    return RACINES | {ligne for ligne in lignes if not ligne.startswith("#")}


class MotDePasseDevinable:
    """Refuses a repetition, a common word and the person's own words, dressed with digits and signs."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(set(password.lower())) < DIFFERENTS_MIN:
            raise ValidationError(
                "Ce mot de passe répète trop les mêmes caractères.", code="password_repete"
            )
        lectures = _lectures(password)
        if any(_racine(mot) in mots_courants() for mot in lectures):
            raise ValidationError(
                "Ce mot de passe est un mot courant, suivi ou précédé de chiffres : c’est ce qui "
                "s’essaie en premier. Plusieurs mots sans rapport entre eux tiennent mieux.",
                code="password_devinable",
            )
        siens = mots_de(user)
        if any(_est_fait_de(mot, siens, mots_courants()) for mot in lectures):
            raise ValidationError(
                "Ce mot de passe est fait de votre nom, de votre adresse ou de celui de votre employeur : "
                "c’est ce qui s’essaie en premier. Choisissez des mots sans rapport avec vous.",
                code="password_personnel",
            )

    def get_help_text(self) -> str:
        return (
            "Ni un mot courant suivi de chiffres, ni une suite de touches du clavier, ni votre nom ou celui "
            "de votre employeur."
        )


@mur.partout()
def mots_de(personne: Any) -> frozenset[str]:
    """What anybody knows of the person: names, address, employers. One query, none for somebody new."""
    textes = [getattr(personne, champ, "") or "" for champ in ("prenom", "nom", "email")]
    if getattr(personne, "pk", None):
        mandats = Mandat.objects.filter(utilisateur=personne.pk)
        for noms in mandats.values_list(
            "collectivite__nom", "collectivite__nom_court", "collectivite__demarche__nom"
        ):
            textes += noms
    morceaux = {_lettres(m) for texte in textes for m in re.split(r"[\W\d_]+", texte)}
    morceaux |= {_lettres(texte) for texte in textes}
    return frozenset(m for m in morceaux if len(m) >= SIEN_MIN)


def _lectures(password: str) -> set[str]:
    """Its letters, once what surrounds them is gone, and once digits are read as letters."""
    nu = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
    return {_lettres(nu), _lettres(nu.translate(_CHIFFRES_LUS))}


def _lettres(texte: str) -> str:
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFD", texte.lower()))


def _racine(lettres: str) -> str:
    """A word said twice is said once."""
    moitie = lettres[: len(lettres) // 2]
    return moitie if moitie and moitie * 2 == lettres else lettres


def _est_fait_de(lettres: str, siens: frozenset[str], autres: frozenset[str]) -> bool:
    """Of nothing but known words, one of the person's own at least (« jeandupont », « villeorleans »)."""
    if not any(mot in lettres for mot in siens):
        return False
    faits = {0: False}  # where a word may end → whether one of them was the person's
    for fin in range(1, len(lettres) + 1):
        for debut in [d for d in faits if d < fin]:
            mot = lettres[debut:fin]
            if mot in siens or mot in autres:
                faits[fin] = faits.get(fin, False) or faits[debut] or mot in siens
    return faits.get(len(lettres), False)
