"""The pay sheet on paper, as HTML: `collectivites.communs.pdf` only prints it."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string

from collectivites.models import Collectivite
from opportunites.models import FicheRemuneration
from opportunites.mots import Voie
from opportunites.paie.calculs.calcul import maintien
from opportunites.paie.calculs.fiche import figee
from opportunites.paie.calculs.saisie import SaisieAccueil
from opportunites.paie.lecture import table_figee
from opportunites.remuneration.comparaison.maintien import PHRASE
from opportunites.remuneration.comparaison.voies import effet

FEUILLE_DE_STYLE = "static:css/papiers.css"


def fiche_de_remuneration(
    fiche: FicheRemuneration, lecteur: Collectivite, jour: date, *, pour_la_personne: bool
) -> str:
    """What was signed, and nothing else. No query when everything is selected."""
    gelee, accueil = figee(fiche), SaisieAccueil.depuis_json(fiche.saisie_accueil)
    assert gelee is not None
    return render_to_string(
        "pdf/fiche_remuneration.html",
        {
            "titre": f"Fiche de rémunération : {fiche.proposition.cadre.nom_complet}",
            "collectivite": lecteur,
            "fiche": fiche,
            "proposition": fiche.proposition,
            "poste": fiche.proposition.opportunite.poste,
            "table": table_figee(gelee, pour_la_personne=pour_la_personne),
            "prudences": gelee.prudences,
            "date_des_taux": date.fromisoformat(gelee.date),
            "maintien": maintien(accueil),
            "voie": Voie(accueil.voie).label,
            "effet": effet(accueil.voie),
            "phrase_maintien": PHRASE,
            "jour": jour,
            "feuille_de_style": FEUILLE_DE_STYLE,
        },
    )
