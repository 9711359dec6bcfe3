"""Nobody of the démarche is named in what élus read: the words typed are looked for in the registre."""

from __future__ import annotations

import re

from cadres.models import Cadre
from collectivites.models import Demarche
from collectivites.mots import CodeCollectivite

_COMMUNS = {str(libelle).lower() for libelle in CodeCollectivite.labels}


def nommes(texte: str, demarche: Demarche) -> list[str]:
    """The surnames of people of the registre found in a text, as written in it. One query.

    A word that opens a sentence is one only beside a first name: « Petit retard » names nobody.
    """
    candidats = _noms_possibles(texte)
    if not candidats:
        return []
    trouves = Cadre.objects.filter(
        collectivite__demarche=demarche,
        nom__in={forme for mot in candidats for forme in (mot, mot.upper(), mot.title())},
    ).values_list("nom", "prenom")
    vus = []
    for nom, prenom in trouves:
        dans_la_phrase = candidats.get(nom.lower().title(), candidats.get(nom))
        if dans_la_phrase or prenom.lower() in texte.lower():
            vus.append(nom)
    return sorted(set(vus))


def _noms_possibles(texte: str) -> dict[str, bool]:
    """Words with a capital → whether they stand inside a sentence."""
    noms: dict[str, bool] = {}
    for trouve in re.finditer(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", texte):
        mot = trouve.group()
        if not mot[0].isupper() or mot.lower() in _COMMUNS:
            continue
        avant = texte[: trouve.start()].rstrip()
        dedans = bool(avant) and avant[-1] not in ".!?:»"
        for forme in {mot, mot.title()}:
            noms[forme] = noms.get(forme, False) or dedans
    return noms
