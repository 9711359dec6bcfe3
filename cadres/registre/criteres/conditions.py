"""Criteria written after the list, as conditions that the database asks of each cadre.

A criterion informs the decision to retain; it removes nobody. Each answers one of three ways for
a person: met, missed, or unknown (the file does not say, or it is not the reader's to know).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils.choices import flatten_choices

from cadres.candidature.rangs import PARTI, RANGS
from cadres.models import Cadre, Critere
from cadres.mots import Avancee, EtatCandidature
from cadres.requetes import avec_le_oui
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter

Genre = Critere.Genre

TENU, MANQUE, INCONNU = "tenu", "manque", "inconnu"

#: Fields of a file that another employer does not read: unknown, for its cadres.
_RESERVES = frozenset({Genre.STATUT, Genre.VISEE})

_CHAMPS: dict[str, str] = {
    Genre.ANCIENNETE: "date_entree_poste",
    Genre.CATEGORIE: "categorie",
    Genre.ENCADREMENT: "encadrement",
    Genre.AGENTS: "nb_agents",
    Genre.STATUT: "statut",
    Genre.PROFIL: "profil",
    Genre.DOMAINE: "domaine",
}
_NULLABLES = frozenset({Genre.ANCIENNETE, Genre.AGENTS, Genre.ENCADREMENT})


@dataclass(frozen=True)
class Condition:
    """A criterion ready to be asked: `tenu` and `inconnu` are conditions on a cadre."""

    genre: str
    valeurs: tuple[str, ...]
    tenu: Q
    inconnu: Q

    @property
    def cle(self) -> str:
        return f"critere_{self.genre}"

    @property
    def etat(self) -> Case:
        return Case(
            When(self.inconnu, then=Value(INCONNU)),
            When(self.tenu, then=Value(TENU)),
            default=Value(MANQUE),
            output_field=CharField(),
        )

    @property
    def libelle(self) -> str:
        """« Dans le poste depuis au moins 3 ans »."""
        nom = str(Genre(self.genre).label)
        if self.genre == Genre.ANCIENNETE:
            return f"{nom} {compter(int(self.valeurs[0]), 'an')}, le jour du recensement"
        if self.genre == Genre.AGENTS:
            return f"Encadre au moins {compter(int(self.valeurs[0]), 'agent')}"
        if self.genre == Genre.ENCADREMENT:
            return nom if self.valeurs[0] == "oui" else "N’encadre pas d’équipe"
        return f"{nom} : {' ou '.join(libelles_des_valeurs(self.genre, self.valeurs))}"

    @property
    def manque(self) -> str:
        """What is said of somebody who misses it: short, neutral, about the file."""
        return {
            Genre.ANCIENNETE: "dans le poste depuis moins longtemps",
            Genre.CATEGORIE: "autre catégorie",
            Genre.ENCADREMENT: "n’encadre pas d’équipe"
            if self.valeurs[0] == "oui"
            else "encadre une équipe",
            Genre.AGENTS: "encadre moins d’agents",
            Genre.STATUT: "autre statut",
            Genre.PROFIL: "autre profil",
            Genre.DOMAINE: "autre famille de métiers",
            Genre.VISEE: "autre visée",
        }[Genre(self.genre)]

    @property
    def inconnue(self) -> str:
        return {
            Genre.ANCIENNETE: "date d’entrée dans le poste inconnue, ou d’après le recensement",
            Genre.CATEGORIE: "catégorie inconnue",
            Genre.ENCADREMENT: "encadrement inconnu",
            Genre.AGENTS: "nombre d’agents inconnu",
            Genre.STATUT: "statut inconnu",
            Genre.PROFIL: "profil non précisé",
            Genre.DOMAINE: "famille de métiers inconnue",
            Genre.VISEE: "visée non précisée",
        }[Genre(self.genre)]


def libelles_des_valeurs(genre: str, valeurs: Iterable[str]) -> list[str]:
    if genre == Genre.VISEE:
        return [Cadre.visee_courte(v) for v in valeurs]
    champ = Cadre._meta.get_field(_CHAMPS[genre])
    choix = dict(flatten_choices(getattr(champ, "choices", None) or ()))
    return [str(choix.get(valeur, valeur)) for valeur in valeurs]


def condition(acteur: Acteur, genre: str, valeurs: Iterable[str]) -> Condition:
    """The question asked of each cadre. `valeurs` have been checked by the form."""
    valeurs = tuple(valeurs)
    champ = _CHAMPS.get(genre, "")
    vide: Any = {f"{champ}__isnull": True} if genre in _NULLABLES else {champ: ""}
    inconnu = Q(**vide)
    if genre == Genre.ANCIENNETE:
        tenu, change = _au_recensement(int(valeurs[0]))
        inconnu |= change
    elif genre == Genre.AGENTS:
        tenu = Q(nb_agents__gte=int(valeurs[0]))
        # Who leads nobody leads fewer than n: that is known, even without a number.
        inconnu &= Q(encadrement=True) | Q(encadrement__isnull=True)
    elif genre == Genre.ENCADREMENT:
        tenu = Q(encadrement=valeurs[0] == "oui")
    elif genre == Genre.VISEE:
        tenu = Q(*((v, True) for v in valeurs), _connector=Q.OR)
        inconnu = Q(**dict.fromkeys(Cadre.VISEES, False))
    else:
        tenu = Q(**{f"{champ}__in": valeurs})
    if genre in _RESERVES:
        inconnu |= ~Q(collectivite=acteur.collectivite)
    return Condition(genre, valeurs, tenu, inconnu)


def _au_recensement(annees: int) -> tuple[Q, Q]:
    """So many years in the poste on the day when each was listed (waiting makes nobody fit); and who
    entered another poste since: the file no longer tells of that day.

    Days are compared as numbers (20260301), which both databases compute alike, whatever the year.
    """
    entree, liste = _en_nombre("date_entree_poste"), _en_nombre("candidature__recense_le")
    return Q(LessThanOrEqual(entree + annees * 10_000, liste)), Q(GreaterThan(entree, liste))


def _en_nombre(champ: str) -> Any:
    return ExtractYear(champ) * 10_000 + ExtractMonth(champ) * 100 + ExtractDay(champ)


def ensemble(conditions: list[Condition]) -> dict[str, Q]:
    """All together: kept when all are met, missed when one is, else unknown."""
    tenu, manque = Q(), Q()
    for c in conditions:
        tenu &= c.tenu & ~c.inconnu
        manque |= ~c.tenu & ~c.inconnu
    if not conditions:
        return {TENU: Q(pk__isnull=False), MANQUE: Q(pk__isnull=True), INCONNU: Q(pk__isnull=True)}
    return {TENU: tenu, MANQUE: manque, INCONNU: ~tenu & ~manque}


def avec_etats(cadres: QuerySet[Cadre], conditions: list[Condition]) -> QuerySet[Cadre]:
    """Each cadre with what they answer to each criterion."""
    return cadres.annotate(**{c.cle: c.etat for c in conditions})


class Raison(NamedTuple):
    """Why a criterion is not held: missed, or not answered by the file."""

    etat: str
    mots: str

    @property
    def est_un_manque(self) -> bool:
        return self.etat == MANQUE


def raisons(cadre: Cadre, conditions: list[Condition]) -> list[Raison]:
    """The criteria that the person misses, or that their file does not answer."""
    trouvees = []
    for c in conditions:
        etat = getattr(cadre, c.cle)
        if etat != TENU:
            trouvees.append(Raison(etat, c.manque if etat == MANQUE else c.inconnue))
    return trouvees


# --- Who is looked at ---------------------------------------------------------------------------

POPULATIONS = {
    "": "Toute la liste, sauf qui a déjà changé de poste",
    "oui": "Ceux qui ont dit oui",
    "a_decider": "Ceux qui attendent votre décision",
}


def population(acteur: Acteur, choix: str) -> QuerySet[Cadre]:
    """The list against which the criteria are read: never more than the reader may see."""
    cadres = Cadre.objects.visibles_par(acteur)
    if choix == "oui":
        return cadres.filter(avec_le_oui())
    if choix == "a_decider":
        return cadres.filter(collectivite=acteur.collectivite, rang=RANGS[EtatCandidature.ACCORD])
    # Whoever left is no longer a candidate; whoever has moved was one, with another poste than the
    # one that their file says today.
    return cadres.filter(rang__lt=PARTI).exclude(candidature__avancee=Avancee.EFFECTIVE)
