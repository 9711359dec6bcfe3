"""The status of an agent, out of what HR programs put in one column: status, position, contract, code.

What is certain is understood; a position says nothing of the status, and is no mistake; the rest is
left empty and said (CDI or CDD cannot be told from « NT », « contractuel » or an article of the code).
"""

import re

from cadres.recensement.champs.lu import Lu
from cadres.recensement.champs.texte import cle

_A_PRECISER = Lu(motif="Un contrat est à préciser", suggestion="CDI ou CDD")
_INCONNU = Lu(motif="Statut inconnu", suggestion="Titulaire, stagiaire, CDI ou CDD")
_FONCTIONNEL = Lu(
    motif="Un emploi fonctionnel n'est pas un statut", suggestion="Titulaire, stagiaire, CDI ou CDD"
)

_STATUTS = {
    **dict.fromkeys(["titulaire", "tit", "t", "titul", "fonctionnaire", "fonct", "fonctionnaire titulaire", "titulaire cnracl", "agent titulaire", "detache", "detachee", "detachement", "titulaire detache", "titulaire fpt"], "titulaire"),
    **dict.fromkeys(["stagiaire", "stag", "s", "fonctionnaire stagiaire", "stagiaire cnracl", "stgr"], "stagiaire"),
    **dict.fromkeys(["cdi", "c d i", "contractuel cdi", "contractuelle cdi", "non titulaire cdi", "agent en cdi", "contrat a duree indeterminee", "cont cdi", "cdi de droit public"], "cdi"),
    **dict.fromkeys(["cdd", "c d d", "contractuel cdd", "contractuelle cdd", "non titulaire cdd", "agent en cdd", "contrat a duree determinee", "cont cdd", "cdd de droit public", "contrat de projet"], "cdd"),
    # administrative positions, which say nothing of the status
    **dict.fromkeys(["activite", "en activite", "position d activite", "act", "present", "actif"], ""),
    **dict.fromkeys(["mad", "mad entrante", "mad sortante", "mise a dispo", "mis a dispo", "misadispo", "dispo"], ""),
}  # fmt: skip

_CONTENUS = tuple(
    (re.compile(motif), statut)
    for motif, statut in (
        (r"\bcdi\b|duree indeterminee|\bindetermine", "cdi"),
        (r"\bcdd\b|duree determinee|contrat de projet", "cdd"),
        (r"\bstagiaires?\b", "stagiaire"),
        # positions: neither a status nor a mistake
        (r"^(?:mad|mise? a dispo\w*)\b", ""),
        (
            r"^(?:agents? |fonctionnaires? )?(?:titulaires?|tit)\b|^fonctionnaires?\b|detach",
            "titulaire",
        ),
        (r"disposition\b|disponibilite|^conges? |hors cadres?", ""),
    )
)
_LES_DEUX = re.compile(r"\bcdi\b.*\bcdd\b|\bcdd\b.*\bcdi\b")
_CODE = re.compile(r"^\d{1,4} (?=[a-z])")  # « 01 - Titulaire »
_CONTRAT = re.compile(
    r"contract|non tit|\bcont\b|^a?nt$|^c$|\bcontrat\b|auxiliaire|vacataire|\bl ?33[23]\b|^art(?:icle)? |collaborateur"
    r"|remplacant|saisonnier|apprenti|^ant\b"
)
_EMPLOIS_FONCTIONNELS = re.compile(
    r"^(?:dgs|dga|dgst|dst|dgas)\b|emplois? fonctionnels?|^directeurs?(?:rice)? generale?(?: adjointe?)?"
)


def est_fonctionnel(texte: str) -> bool:
    """« DGS 40 à 80 000 hab. », « Emploi fonctionnel »: the poste of somebody, no grade, no status."""
    return _EMPLOIS_FONCTIONNELS.search(_CODE.sub("", cle(texte))) is not None


def lire_statut(texte: str) -> Lu:
    nu = _CODE.sub("", cle(texte))
    if nu in _STATUTS:
        return Lu(_STATUTS[nu])
    if not _LES_DEUX.search(nu):
        for motif, statut in _CONTENUS:
            if motif.search(nu):
                return Lu(statut)
    if _CONTRAT.search(nu):
        return _A_PRECISER
    return _FONCTIONNEL if est_fonctionnel(texte) else _INCONNU
