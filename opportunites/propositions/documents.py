"""The letter of a proposition, as HTML: `collectivites.communs.pdf` only prints it.

Whoever holds the paper may be anybody: it bears what the host says, and nothing of the person's.
"""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string

from opportunites.models import Proposition
from opportunites.propositions.cartes import decrire
from opportunites.propositions.raisons import raisons

FEUILLE_DE_STYLE = "static:css/papiers.css"
PHRASE_SANS_PREJUDICE = (
    "Vous êtes libre d’accepter ou de refuser. Un refus n’a aucune conséquence pour vous ; sa "
    "raison reste privée."
)


def lettre_de_proposition(
    proposition: Proposition, jour: date, *, pour_la_personne: bool = True
) -> str:
    """The letter of the host to the person, or what the employer that they would leave reads of it:
    its own text, never the person's. No query when everything is selected."""
    opportunite = proposition.opportunite
    return render_to_string(
        "pdf/lettre_proposition.html",
        {
            "titre": f"Proposition de poste : {opportunite.poste.annonce}",
            "collectivite": opportunite.poste.collectivite,
            "proposition": proposition,
            "pour_la_personne": pour_la_personne,
            "pourquoi": proposition.pourquoi
            if pour_la_personne
            else proposition.pourquoi_employeur,
            "poste": opportunite.poste,
            "cadre": proposition.cadre,
            "description": decrire(opportunite),
            "raisons": raisons(proposition.cadre, opportunite, None),
            "remuneration": opportunite.remuneration_annoncee,
            "contact": opportunite.contact,
            "signataire": proposition.validee_par,
            "sans_prejudice": PHRASE_SANS_PREJUDICE,
            "jour": jour,
            "feuille_de_style": FEUILLE_DE_STYLE,
        },
    )
