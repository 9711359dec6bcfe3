"""The family of métiers of a cadre, and what they are nominated for."""

import re

from cadres.recensement.champs.lu import Lu
from cadres.recensement.champs.texte import cle
from collectivites.communs import metiers

_VISEES = (
    ("vise_promotion", re.compile(r"\b(?:promo\w*|niveau superieur|evolution)\b")),
    ("vise_mobilite", re.compile(r"\b(?:mobilites?(?: laterales?)?|laterale?s?|meme niveau)\b")),
    ("vise_developpement", re.compile(r"\b(?:dev\w*|mission|immersion|formation)\b")),
)
_AUCUNE = frozenset({"aucune", "aucun", "rien", "non"})


def lire_domaine(texte: str) -> Lu:
    """The label of a family, from what it is called; a text that none means is kept, and said."""
    if len(texte) > metiers.AUTRE_MAX:
        return Lu(motif="Trop long pour une famille de métiers", suggestion="Voir la liste")
    code, autre = metiers.lire(texte)
    mentions = ("famille_hors_liste",) if autre else ()
    return Lu(metiers.dire(code, autre), mentions=mentions)


def lire_visees(texte: str) -> Lu:
    """« Promotion, mobilité latérale » as the names of the fields, in their order, between spaces."""
    nu = cle(texte)
    if nu in _AUCUNE:
        return Lu("-")
    visees = [champ for champ, motif in _VISEES if motif.search(nu)]
    if visees:
        return Lu(" ".join(visees))
    return Lu(motif="Visée inconnue", suggestion="Promotion, mobilité latérale ou développement")
