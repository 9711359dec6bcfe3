"""The columns of the registre: on screen, in the export, and for whom.

Of another collectivité's cadre, one reads who they are, the poste they hold, their profile, and
that they are in the démarche: the other columns stay empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cadres.candidature.situations import est_des_siens
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte


@dataclass(frozen=True)
class Colonne:
    """`tri`: its key of sorting; `texte`: its plain text, for the cells without a drawing."""

    cle: str
    libelle: str
    court: str = ""
    tri: str = ""
    classe: str = ""
    reservee: bool = False
    texte: Callable[[Cadre], Any] | None = None

    @property
    def se_corrige(self) -> bool:
        """Its cells show fields of the file, which its HR direction types."""
        return self.cle in CORRIGEES

    @property
    def entete(self) -> str:
        return self.court or self.libelle


def _encadrement(cadre: Cadre) -> str:
    if cadre.nb_agents is not None:
        return str(cadre.nb_agents)
    return {True: "Oui", False: "Non"}.get(cadre.encadrement, "")  # type: ignore[arg-type]


def _depart(cadre: Cadre) -> str:
    if cadre.parti_le is None:
        return ""
    return f"{date_texte(cadre.parti_le, courte=True)}, {cadre.get_motif_depart_display().lower()}"


def _accompagnateur(cadre: Cadre) -> str:
    return cadre.accompagnateur.utilisateur.nom_complet if cadre.accompagnateur else ""


COLONNES: tuple[Colonne, ...] = (
    Colonne("collectivite", "Collectivité", tri="collectivite"),
    Colonne("poste", "Poste et direction", "Poste occupé", tri="poste"),
    Colonne(
        "anciennete", "Dans le poste depuis", "Dans le poste", tri="anciennete", classe="n q-fin"
    ),
    Colonne("situation", "Situation", tri="situation"),
    Colonne("etape", "Prochaine étape", tri="etape"),
    Colonne("echeance", "Échéance", tri="echeance", classe="n q-dt"),
    Colonne(
        "categorie",
        "Catégorie",
        tri="categorie",
        classe="q-fin",
        texte=lambda c: c.categorie,
    ),
    Colonne(
        "cadre_emplois",
        "Cadre d’emplois",
        tri="cadre_emplois",
        classe="q-fin",
        texte=lambda c: c.cadre_emplois,
    ),
    Colonne("agents", "Agents encadrés", tri="agents", classe="n q-fin", texte=_encadrement),
    Colonne(
        "profil", "Profil", tri="profil", classe="q-fin", texte=lambda c: c.get_profil_display()
    ),
    Colonne(
        "domaine",
        "Famille de métiers",
        tri="domaine",
        classe="q-fin",
        texte=lambda c: c.famille_de_metiers,
    ),
    Colonne(
        "statut",
        "Statut",
        tri="statut",
        classe="q-fin",
        reservee=True,
        texte=lambda c: c.get_statut_display(),
    ),
    Colonne(
        "echelon",
        "Échelon",
        tri="echelon",
        classe="n q-fin",
        reservee=True,
        texte=lambda c: c.echelon,
    ),
    Colonne(
        "courriel",
        "Courriel",
        tri="courriel",
        classe="q-fin",
        reservee=True,
        texte=lambda c: c.courriel,
    ),
    Colonne(
        "matricule",
        "Matricule",
        tri="matricule",
        classe="q-fin",
        reservee=True,
        texte=lambda c: c.matricule,
    ),
    Colonne(
        "accompagnateur",
        "Accompagnateur",
        tri="accompagnateur",
        classe="q-fin",
        reservee=True,
        texte=_accompagnateur,
    ),
    Colonne(
        "depart",
        "Départ de la collectivité",
        "Départ",
        tri="depart",
        classe="q-fin",
        reservee=True,
        texte=_depart,
    ),
)
#: A column of the screen → the fields of the file that its cells show. The others are told, not typed.
CORRIGEES: dict[str, tuple[str, ...]] = {
    "poste": ("poste", "direction"),
    "anciennete": ("date_entree_poste",),
    "categorie": ("categorie",),
    "cadre_emplois": ("cadre_emplois",),
    "agents": ("encadrement", "nb_agents"),
    "profil": ("profil",),
    "domaine": ("domaine",),
    "statut": ("statut",),
    "echelon": ("echelon",),
    "courriel": ("courriel",),
    "matricule": ("matricule",),
}
PAR_DEFAUT = ("collectivite", "poste", "anciennete", "situation", "etape", "echeance")


def colonnes_choisies(cles: Any) -> list[Colonne]:
    """The columns of those keys, in the order of the table; the default ones without any."""
    voulues = set(cles) if isinstance(cles, list | tuple) else set(PAR_DEFAUT)
    return [colonne for colonne in COLONNES if colonne.cle in voulues]


def cellule(acteur: Acteur, colonne: Colonne, cadre: Cadre) -> str:
    """The text of a plain cell; empty when it is not the reader's."""
    if colonne.texte is None or (colonne.reservee and not est_des_siens(acteur, cadre)):
        return ""
    return str(colonne.texte(cadre) or "")
