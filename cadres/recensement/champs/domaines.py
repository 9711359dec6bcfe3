"""The field of work of a cadre, and what they are nominated for."""

import re

from cadres.fiche.referentiels import domaine_reconnu
from cadres.recensement.champs.lu import Lu
from cadres.recensement.champs.texte import cle

_VISEES = (
    ("vise_promotion", re.compile(r"\b(?:promo\w*|niveau superieur|evolution)\b")),
    ("vise_mobilite", re.compile(r"\b(?:mobilites?(?: laterales?)?|laterale?s?|meme niveau)\b")),
    ("vise_developpement", re.compile(r"\b(?:dev\w*|mission|immersion|formation)\b")),
)
_AUCUNE = frozenset({"aucune", "aucun", "rien", "non"})


def lire_domaine(texte: str) -> Lu:
    """A field of the list, from its label, its short name or the title of a métier."""
    if domaine := domaine_reconnu(texte):
        return Lu(domaine)
    return Lu(motif="Ce domaine de métier n'est pas dans la liste", suggestion="Voir la liste")


def lire_visees(texte: str) -> Lu:
    """« Promotion, mobilité latérale » as the names of the fields, in their order, between spaces."""
    nu = cle(texte)
    if nu in _AUCUNE:
        return Lu("-")
    visees = [champ for champ, motif in _VISEES if motif.search(nu)]
    if visees:
        return Lu(" ".join(visees))
    return Lu(motif="Visée inconnue", suggestion="Promotion, mobilité latérale ou développement")
