"""What can never be a criterion, recognised in the words of whoever writes it (CGFP L131-1, L131-2)."""

from __future__ import annotations

import re

from collectivites.communs.typographie import sans_accents

#: (name of the ground, words that betray it, unaccented)
_INTERDITS: tuple[tuple[str, str], ...] = (
    (
        "L’âge",
        r"\b(ages?|agee?s?|naissances?|nee?s? (en|avant|apres)|jeunes?|seniors?|vieux|retraites?)\b|^(?!.*(poste|anciennet|experien|metier|grade|management)).*\b[2-7][0-9] ans\b",
    ),
    (
        "Le sexe",
        r"\b(sexe|genre|civilite|femmes?|hommes?|feminin|masculin|parite|madame|monsieur)\b",
    ),
    (
        "La famille",
        r"\b(famill\w+|enfants?|mari[eé]\w*|mariage|couples?|conjoint\w*|celibat\w*|divorc\w*|mere|pere|parents?|grossesse|enceinte|maternite|paternite|garde)\b",
    ),
    (
        "La santé",
        r"\b(sante|malad\w+|handicap\w*|rqth|invalid\w*|arrets?|absenteisme|absences?|apte|inapte|aptitude medicale)\b",
    ),
    ("L’apparence physique", r"\b(apparence|physique)\b"),
    (
        "L’origine",
        r"\b(origines?|nationalite|etranger\w*|ethni\w*|race|patronyme|accent|lieu de naissance)\b",
    ),
    (
        "L’opinion ou la religion",
        r"\b(opinions?|politi\w+ personnelle|parti|syndi\w+|religi\w+|croyan\w+|philosophi\w+|greve\w*)\b",
    ),
    (
        "L’orientation ou l’identité de genre",
        r"\b(orientation sexuelle|homosexu\w*|identite de genre)\b",
    ),
)
_LOI = (
    "Code général de la fonction publique, articles L131-1 et L131-2. "
    "Ce qui compte se dit autrement : l’ancienneté dans le poste, le métier exercé, "
    "l’équipe encadrée."
)
NON_MESURABLE = (
    "Le registre ne sait pas mesurer ce critère. Dites-le avec ceux de la page, ou décidez cadre "
    "par cadre, en écrivant votre motif."
)


def motif_interdit(texte: str) -> str:
    """Why these words cannot be a criterion; empty when they name nothing forbidden."""
    mots = sans_accents(texte)
    for nom, motif in _INTERDITS:
        if re.search(motif, mots):
            return f"{nom} ne peut pas être un critère. {_LOI}"
    return ""
