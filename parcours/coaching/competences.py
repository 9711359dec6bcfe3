"""Reference lists of the parcours. The skills are those of the registre (`cadres.fiche.referentiels`)."""

from cadres.fiche.referentiels import COMPETENCES, Competence

__all__ = ["COMPETENCES", "Competence", "competences_par_domaine"]


def competences_par_domaine() -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a form, grouped."""
    groupes: dict[str, list[tuple[str, str]]] = {}
    for competence in COMPETENCES.values():
        groupes.setdefault(competence.domaine, []).append((competence.code, competence.libelle))
    return list(groupes.items())
