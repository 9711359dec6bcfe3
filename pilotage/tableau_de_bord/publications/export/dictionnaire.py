"""What each column holds, and what each figure is: a table one may read without the application."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.indicateurs.catalogue import INDICATEURS
from pilotage.indicateurs.protection.publication import Publication
from pilotage.indicateurs.secret import NON_COMMUNIQUE

ENTETE = ("Nom", "Ce que c’est", "Unité", "Source")
COLONNES = (
    ("Colonne « Indicateur »", "Famille du chiffre, décrite plus bas"),
    ("Colonne « Détail »", "Le chiffre dans sa famille : une étape, un sens, un motif"),
    (
        "Colonne « Collectivité »",
        "L’employeur dont on parle, ou « Ensemble » : tous ceux de la démarche",
    ),
    (
        "Colonne « Valeur »",
        "Un nombre, ou « n.c. » : une ligne est un chiffre, jamais une personne",
    ),
    ("Colonne « Unité »", "Ce que le nombre compte"),
    (
        "Colonne « Au »",
        "Le jour auquel le chiffre est vrai ; plus ancien que l’arrêté s’il a trop peu changé depuis",
    ),
)
#: Each family of the first column, and the figures of the catalogue that it holds.
FAMILLES = (
    ("Situation", "L’arrêté dont viennent les chiffres, et le seuil du secret"),
    ("Mobilités", "Effectives, engagées, prévues et visées, de toute la démarche"),
    ("Courbe", "Mobilités cumulées, aux seuls jours où leur nombre pouvait être dit"),
    ("Échanges", "Départs vers un autre employeur et arrivées, mobilités effectives"),
    (
        "Étapes",
        "Personnes qui ont atteint l’étape, par employeur d’origine ; part des femmes ; délai médian",
    ),
    (
        "Promotions",
        "Personnes de chaque promotion qui ont atteint l’étape ; la dernière suivie, pour qui en suivit deux",
    ),
    ("Ancienneté dans le poste", "Médianes, à la demi-année, des mêmes personnes avant et après"),
    ("Refus", "Motifs publiés par trimestres clos, les rares réunis"),
    ("Autres indicateurs", "Postes, engagements et réserves : personne n’y est compté"),
)


def dictionnaire_des_donnees(publication: Publication) -> Iterator[tuple[str, str, str, str]]:
    """The rows of the sheet, heading first."""
    yield ENTETE
    for nom, dit in COLONNES:
        yield (nom, dit, "", "")
    for nom, dit in FAMILLES:
        yield (f"Famille « {nom} »", dit, "", "Arrêté des chiffres")
    for i in INDICATEURS:
        yield (i.nom, i.formule, i.unites, i.source)
    yield (
        NON_COMMUNIQUE,
        f"Non communiqué : moins de {publication.seuil} personnes, ou un chiffre qui permettrait d’en "
        "retrouver un aussi petit",
        "",
        "Règles de la démarche",
    )
