"""What the simulator reads, what it never reads, who decides: one list, which the rules page publishes
and which tests hold to the data that a run is really given, and to the journal.
"""

from __future__ import annotations

from dataclasses import dataclass

from collectivites.mots import Role
from opportunites.mots import Actes


@dataclass(frozen=True)
class Lecture:
    """`cles`: where it stands in `mouvement/1`, as paths."""

    phrase: str
    cles: tuple[str, ...]


LUES = (
    Lecture("Les postes ouverts à la démarche, et leur employeur.", ("postes.collectivite",)),
    Lecture(
        "Qui tient un de ces postes, chez quel employeur, et les départs que celui-ci annonce.",
        ("cadres.poste", "cadres.home", "cadres.leaving"),
    ),
    Lecture(
        "Les vœux que les personnes retenues ont faits avant leur clôture, et leur rang au jour du calcul.",
        ("cadres.wishes.poste", "cadres.wishes.rank"),
    ),
    Lecture(
        "Les avis favorables des employeurs sur les vœux pour leurs postes, et leur rang.",
        ("host.cadre", "host.rank"),
    ),
    Lecture(
        "Les réponses données aux propositions, et ce que des DGS ont gardé, écarté ou imposé.",
        ("decisions.cadre", "decisions.poste", "decisions.status"),
    ),
    Lecture(
        "Ce que chaque collectivité a gagné ou donné dans les campagnes précédentes, et l’écart toléré.",
        ("collectivites.credit", "collectivites.balance_min", "collectivites.balance_max"),
    ),
    Lecture(
        "Les longueurs admises des chaînes et des échanges.",
        ("config.max_chain", "config.max_cycle"),
    ),
    Lecture("Le tirage de la campagne, qui règle les égalités.", ("cadres.tirage",)),
)
#: What names things, and what is counted for the page: no rule bears on them.
REPERES = ("schema", "collectivites.id", "collectivites.nom", "postes.id", "cadres.id", "constats")

#: In words → the fields of a person's file that hold it (none: Quatuor holds nothing of it).
JAMAIS: dict[str, tuple[str, ...]] = {
    "l’âge": (),
    "la famille": (),
    "la santé": (),
    "le sexe": ("civilite",),
    "le nom": ("nom", "prenom"),
    "le grade": ("categorie", "cadre_emplois", "grade", "echelon", "statut"),
    "l’ancienneté": ("date_entree_poste",),
    "le profil": ("profil", "domaine", "encadrement", "nb_agents"),
}


@dataclass(frozen=True)
class Decideur:
    """The act as the journal writes it, and who alone may be its author."""

    acte: Actes
    roles: tuple[Role, ...]
    phrase: str


#: DGS, or a DRH under delegation.
CONDUISENT = (Role.DGS, Role.DRH)
DECIDENT = (
    Decideur(
        Actes.ENSEMBLE_PREPARE,
        CONDUISENT,
        "Un DGS, ou un DRH qui en a reçu délégation, choisit ce qui devient une proposition.",
    ),
    Decideur(
        Actes.SIMULATION_DECISION,
        CONDUISENT,
        "Il peut garder, écarter ou imposer une mobilité : sa raison est au journal.",
    ),
    Decideur(
        Actes.PROPOSITION_VALIDEE,
        CONDUISENT,
        "Le DGS de chaque poste valide la proposition, ou un DRH qui en a reçu délégation.",
    ),
    Decideur(
        Actes.PROPOSITION_ACCEPTEE,
        (Role.CADRE,),
        "La personne accepte, elle seule.",
    ),
    Decideur(
        Actes.PROPOSITION_REFUSEE,
        (Role.CADRE,),
        "Elle refuse, elle seule ; la raison de son refus reste la sienne.",
    ),
)
