"""Reference lists of the parcours. The skills are those of the registre (`cadres.fiche.referentiels`)."""

from cadres.fiche.referentiels import COMPETENCES, Competence

__all__ = ["COMPETENCES", "DOMAINES", "Competence", "competences_par_domaine"]

#: As postes and files of the registre name them, and how a person reads them.
DOMAINES = (
    ("Direction générale", "Direction générale"),
    ("Finances", "Finances"),
    ("RH", "Ressources humaines"),
    ("Juridique", "Affaires juridiques et achats"),
    ("Numérique", "Numérique"),
    ("Technique", "Bâtiments et moyens techniques"),
    ("Aménagement", "Aménagement et habitat"),
    ("Environnement", "Environnement et énergie"),
    ("Social", "Action sociale"),
    ("Education", "Éducation"),
    ("Culture", "Culture"),
)


def competences_par_domaine() -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a form, grouped."""
    groupes: dict[str, list[tuple[str, str]]] = {}
    for competence in COMPETENCES.values():
        groupes.setdefault(competence.domaine, []).append((competence.code, competence.libelle))
    return list(groupes.items())
