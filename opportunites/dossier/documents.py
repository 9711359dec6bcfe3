"""Printed papers of a move, as HTML: `collectivites.communs.pdf` only prints them.

Each bears the name and the letter of a collectivité. Whoever holds the paper may be anybody: no
refusal reason, no date of titularisation, nothing of the team that is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from collectivites.communs.typographie import compter
from collectivites.models import Collectivite
from opportunites.dossier.droit.voies import (
    attend_une_reponse,
    echeances,
    mises_en_garde,
    toutes_les_voies,
)
from opportunites.models import Element, Mobilite, ReponseOrigine
from opportunites.propositions.documents import FEUILLE_DE_STYLE


def fiche_de_mouvement(
    mobilite: Mobilite, reponse: ReponseOrigine | None, lecteur: Collectivite, jour: date
) -> str:
    """Who goes where, by which route, on which dates. No query."""
    voie = toutes_les_voies()[mobilite.voie] if mobilite.voie else None
    recue = mobilite.demande_recue_le
    return render_to_string(
        "pdf/fiche_mouvement.html",
        {
            "titre": f"Fiche de mouvement : {mobilite.cadre.nom_complet}",
            "collectivite": lecteur,
            "mobilite": mobilite,
            "voie": voie,
            "gardes": mises_en_garde(mobilite, voie) if voie else [],
            "reponse": reponse,
            "attend_une_reponse": attend_une_reponse(mobilite),
            "echeances": echeances(mobilite, recue) if voie and recue else [],
            "jour": jour,
            "feuille_de_style": FEUILLE_DE_STYLE,
        },
    )


@dataclass(frozen=True)
class Groupe:
    """The items of one side."""

    titre: str
    elements: list[Element]

    @property
    def fait(self) -> str:
        nombre = sum(e.est_fait for e in self.elements)
        return f"{compter(nombre, 'point fait,points faits')} sur {len(self.elements)}"


def liste_a_faire(
    mobilite: Mobilite, elements: list[Element], lecteur: Collectivite, jour: date
) -> str:
    """The list, side by side. No query."""
    titres = {
        Element.Cote.ORIGINE: mobilite.collectivite_origine.nom,
        Element.Cote.ACCUEIL: mobilite.collectivite_accueil.nom,
        Element.Cote.CADRE: mobilite.cadre.nom_complet,
    }
    groupes = [
        Groupe(titre, [e for e in elements if e.cote == cote]) for cote, titre in titres.items()
    ]
    return render_to_string(
        "pdf/liste_a_faire.html",
        {
            "titre": f"Liste des points à faire : {mobilite.cadre.nom_complet}",
            "collectivite": lecteur,
            "mobilite": mobilite,
            "groupes": [g for g in groupes if g.elements],
            "jour": jour,
            "feuille_de_style": FEUILLE_DE_STYLE,
        },
    )
