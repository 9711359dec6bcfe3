"""« Mon parcours » on paper, as HTML: here is where the tests look; `collectivites.communs.pdf` prints."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from parcours.models import Immersion, InscriptionSession
from parcours.regles import jours_texte
from pilotage.fil.dossier import Dossier
from pilotage.fil.frise import frise

FEUILLE_DE_STYLE = "static:css/papiers.css"
_MOTS = {"fait": "Passée", "ici": "En cours"}


def rendre_mon_parcours(acteur: Acteur, dossier: Dossier) -> str:
    """Steps, sessions that one attended, immersions done: all that the person's employer knows too."""
    seances = (
        InscriptionSession.objects.visibles_par(acteur)
        .filter(cadre=dossier.cadre, etat=InscriptionSession.Etat.PRESENT)
        .select_related("session__prestation__collectivite")
        .order_by("session__debut", "pk")
    )
    immersions = (
        Immersion.objects.visibles_par(acteur)
        .filter(cadre=dossier.cadre, etat=Immersion.Etat.REALISEE)
        .select_related("collectivite_accueil")
        .order_by("debut", "pk")
    )
    contexte = {
        "feuille_de_style": FEUILLE_DE_STYLE,
        "cadre": dossier.cadre,
        "promotion": dossier.inscription and dossier.inscription.promotion,
        "etapes": [
            {**e, "mot": _MOTS.get(e["etat"], "À venir")}
            for e in frise(dossier)
            if e["titre"] != "Une mobilité"
        ],
        "heures": dossier.heures,
        "seances": seances,
        "immersions": [(i, jours_texte(i.dates)) for i in immersions],
        "jour": timezone.localdate(),
    }
    return render_to_string("pdf/mon_parcours.html", contexte)
