"""Words of the sentences that the figures write: numbers in letters, the names of employers."""

from collectivites.communs.typographie import accorder, avec_article, de_avec_article, nombre_texte
from collectivites.models import Collectivite

EN_LETTRES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
).split()


def en_lettres(nombre: int, *, feminin: bool = False) -> str:
    """« trois », « une », « 17 »: numbers up to sixteen are written out."""
    if nombre == 1:
        return "une" if feminin else "un"
    return EN_LETTRES[nombre] if 0 <= nombre < len(EN_LETTRES) else nombre_texte(nombre)


def compter_en_lettres(nombre: int, formes: str, *, feminin: bool = False) -> str:
    """« deux cadres », « aucune étape »."""
    if nombre == 0:
        return f"{'aucune' if feminin else 'aucun'} {accorder(0, formes)}"
    return f"{en_lettres(nombre, feminin=feminin)} {accorder(nombre, formes)}"


def la(collectivite: Collectivite) -> str:
    """« la Ville », « le Département »."""
    return avec_article(collectivite.get_code_display())


def de_la(collectivite: Collectivite) -> str:
    """« de la Ville », « du Département »."""
    return de_avec_article(collectivite.get_code_display())
