"""Words of the sentences that the figures write: numbers in letters, the names of employers."""

from collectivites.communs.typographie import accorder, nombre_texte
from collectivites.models import Collectivite

EN_LETTRES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
).split()

#: code -> (with its article, after « de »)
NOMS = {
    "ville": ("la Ville", "de la Ville"),
    "agglomeration": ("l’Agglomération", "de l’Agglomération"),
    "departement": ("le Département", "du Département"),
    "region": ("la Région", "de la Région"),
}


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
    return NOMS[collectivite.code][0]


def de_la(collectivite: Collectivite) -> str:
    """« de la Ville », « du Département »."""
    return NOMS[collectivite.code][1]
