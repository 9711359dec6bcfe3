"""What a password must not be, beyond Django's own rules: what anybody in France would try first."""

import re

from django.core.exceptions import ValidationError

#: The stems that lists of stolen passwords show most in France, and rows of the keyboard.
RACINES = frozenset(
    "admin administrateur amour azerty azertyuiop azertyuiopqsdfghjklm bienvenue bonjour cadre chocolat "
    "collectivite coucou demarche departement direction doudou football france jetaime loiret loulou "
    "mairie marseille metropole mobilite motdepasse motdepasseprovisoire orleans password princesse "
    "quatuor qsdfghjklm qwerty qwertyuiop region secret soleil vacances ville wxcvbn".split()
)
#: Letters, digits and signs that differ, at least.
DIFFERENTS_MIN = 5
_CHIFFRES_LUS = str.maketrans("013457@$", "oieastas")


class MotDePasseDevinable:
    """Refuses a repetition, and a common word dressed with digits and signs."""

    def validate(self, password: str, user: object = None) -> None:
        if len(set(password.lower())) < DIFFERENTS_MIN:
            raise ValidationError(
                "Ce mot de passe répète trop les mêmes caractères.", code="password_repete"
            )
        nu = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
        if _racine(nu) in RACINES or _racine(nu.translate(_CHIFFRES_LUS)) in RACINES:
            raise ValidationError(
                "Ce mot de passe est un mot courant, suivi ou précédé de chiffres : c’est ce qui "
                "s’essaie en premier. Plusieurs mots sans rapport entre eux tiennent mieux.",
                code="password_devinable",
            )

    def get_help_text(self) -> str:
        return "Ni un mot courant suivi de chiffres, ni une suite de touches du clavier."


def _racine(mot: str) -> str:
    """The letters, once what surrounds them is gone; a word said twice is said once."""
    lettres = re.sub(r"[\W\d_]+", "", mot)
    moitie = lettres[: len(lettres) // 2]
    return moitie if moitie and moitie * 2 == lettres else lettres
