"""The pay sheet on paper, as HTML: `collectivites.communs.pdf` only prints it."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string

from collectivites.models import Collectivite
from opportunites.models import FicheRemuneration
from opportunites.paie.calculs.fiche import figee
from opportunites.paie.lecture import blocs_figes
from opportunites.remuneration.comparaison.maintien import PHRASE

FEUILLE_DE_STYLE = "static:css/papiers.css"


def fiche_de_remuneration(
    fiche: FicheRemuneration, lecteur: Collectivite, jour: date, *, pour_la_personne: bool
) -> str:
    """What was signed, and nothing else. No query when everything is selected."""
    gelee = figee(fiche)
    assert gelee is not None
    return render_to_string(
        "pdf/fiche_remuneration.html",
        {
            "titre": f"Fiche de rémunération : {fiche.proposition.cadre.nom_complet}",
            "collectivite": lecteur,
            "fiche": fiche,
            "proposition": fiche.proposition,
            "poste": fiche.proposition.opportunite.poste,
            "blocs": blocs_figes(gelee, pour_la_personne=pour_la_personne),
            "prudences": gelee.prudences,
            "date_des_taux": date.fromisoformat(gelee.date),
            "maintien": fiche.saisie_accueil.get("maintien_deliberation"),
            "phrase_maintien": PHRASE,
            "jour": jour,
            "feuille_de_style": FEUILLE_DE_STYLE,
        },
    )
