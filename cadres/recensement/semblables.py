"""The same wrong value on many rows: corrected once, for all of them."""

from collections import defaultdict
from dataclasses import dataclass

from cadres.recensement.champs.texte import cle
from cadres.recensement.modeles import Anomalie
from cadres.recensement.resultat import Diagnostic


@dataclass(frozen=True, slots=True)
class Semblables:
    """Rows that hold the same value for the same reason. `exige`: they wait for a correction."""

    champ: str
    colonne: str
    valeur: str
    motif: str
    suggestion: str
    applicable: bool
    exige: bool
    lignes: tuple[int, ...]


def grouper(diagnostic: Diagnostic) -> tuple[Semblables, ...]:
    """What must be corrected, then what was left empty; the most frequent first."""
    groupes: dict[tuple[bool, str, str, str], list[Anomalie]] = defaultdict(list)
    for exige, anomalies in ((True, diagnostic.a_corriger), (False, diagnostic.laissees)):
        for anomalie in anomalies:
            signe = cle(anomalie.valeur) or anomalie.valeur
            groupes[exige, anomalie.champ, signe, anomalie.motif].append(anomalie)
    rangs = sorted(groupes.items(), key=lambda g: (not g[0][0], -len(g[1]), g[1][0].ligne))
    return tuple(
        Semblables(
            premiere.champ,
            premiere.colonne,
            premiere.valeur,
            premiere.motif,
            premiere.suggestion,
            premiere.applicable,
            exige,
            tuple(a.ligne for a in anomalies),
        )
        for (exige, *_), anomalies in rangs
        for premiere in anomalies[:1]
    )


def corrections_semblables(
    diagnostic: Diagnostic, ligne: int, champ: str, valeur: str
) -> dict[tuple[int, str], str]:
    """« Appliquer à toutes les lignes semblables »: the correction of one row, for its whole group.

    Names, matricules and e-mails are each person's own: there, the row alone.
    """
    if champ not in _PERSONNELS:
        for groupe in grouper(diagnostic):
            if groupe.champ == champ and ligne in groupe.lignes:
                return {(autre, champ): valeur for autre in groupe.lignes}
    return {(ligne, champ): valeur}


def corrections_suggerees(diagnostic: Diagnostic) -> dict[tuple[int, str], str]:
    """« Appliquer toutes les suggestions »: those that may replace the value as they are."""
    return {
        (a.ligne, a.champ): a.suggestion
        for a in (*diagnostic.a_corriger, *diagnostic.laissees)
        if a.applicable
    }


_PERSONNELS = frozenset({"nom", "prenom", "nom_prenom", "prenom_nom", "matricule", "courriel"})
