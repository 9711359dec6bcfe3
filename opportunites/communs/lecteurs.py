"""« Qui lira ce vœu » : told to the person before they speak, from the rule that opens it.

`QUI_LIT` is the table of « Vos données » ; the guide and the screens say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from cadres.models import Cadre
from collectivites.acteurs.ecart import lecteurs_chez, tenus_a_part
from collectivites.communs.typographie import enumerer
from collectivites.models import Collectivite, Mandat
from collectivites.mots import ROLES_EMPLOYEUR, Role

#: Who, and what they read of a person.
QUI_LIT = (
    (
        "Votre DRH et votre DGS",
        "Votre fiche, votre parcours, et une proposition dès qu’elle vous est envoyée : le poste, sa "
        "date, votre oui ou votre non. Jamais la liste de vos vœux, ni vos demandes de rencontre, ni ce "
        "que l’employeur du poste vous écrit. Qui sert aussi un autre employeur ne les lit pas davantage "
        "à ce titre.",
    ),
    (
        "Les autres collectivités",
        "Rien avant votre oui. Ensuite : qui vous êtes, votre poste et votre profil.",
    ),
    (
        "Les DGS de la démarche, et le DRH à qui l’un d’eux l’a délégué",
        "Dans une campagne de mouvement, les mobilités que la simulation trouve possibles ensemble, avec "
        "les noms. Jamais un vœu qu’elle ne sert pas.",
    ),
    (
        "L’employeur d’un poste",
        "Votre vœu pour ce poste et son rang, vos demandes et vos questions sur ce poste, la "
        "proposition qu’il vous fait. La page du poste nomme qui les lira.",
    ),
    (
        "Vous, et personne d’autre",
        "La raison d’un refus et ses mots : ils sont scellés. La raison compte dans un total de la "
        "démarche, publié par trimestres clos et par cinq refus au moins.",
    ),
    (
        "La personne qui vous accompagne",
        "Vos rendez-vous. Votre employeur n’en connaît que les dates et la présence. Jamais vos vœux "
        "ni vos propositions.",
    ),
    ("Les élus", "Des nombres d’ensemble, jamais assez petits pour désigner quelqu’un."),
)


@dataclass(frozen=True)
class Lecteurs:
    """Who, at the host, reads what the person tells it; `a_part`: who there does not."""

    accueil: Collectivite
    lisent: tuple[Mandat, ...]
    a_part: tuple[Mandat, ...]

    @property
    def noms(self) -> str:
        """« Diane Aubry (DGS) et Viviane Delmas (DRH) ». Empty when nobody reads."""
        return enumerer([_nom(mandat) for mandat in self.lisent])

    @property
    def noms_a_part(self) -> str:
        return enumerer([_nom(mandat) for mandat in self.a_part])


def _nom(mandat: Mandat) -> str:
    return f"{mandat.utilisateur.nom_complet} ({Role(mandat.role).label})"


def lecteurs(cadre: Cadre, accueil: Collectivite) -> Lecteurs:
    """Two queries."""
    lisent = tuple(lecteurs_chez(accueil.pk, cadre.collectivite))
    tous = Mandat.objects.en_vigueur().filter(
        collectivite=accueil,
        role__in=ROLES_EMPLOYEUR,
        utilisateur__in=tenus_a_part(cadre.collectivite, accueil.pk).values("utilisateur"),
    )
    a_part = tuple(tous.select_related("utilisateur").order_by("role", "pk"))
    return Lecteurs(accueil, lisent, a_part)
