"""Time that passes over a candidacy."""

from datetime import timedelta

from cadres.models import Candidature

Etat = Candidature.Etat


def vieillir(cadre, jours):
    """Push every date of a candidacy back."""
    candidature = Candidature.objects.get(cadre=cadre)
    for champ in ("recense_le", "informe_le", "repondu_le", "decide_le", "retire_le"):
        if valeur := getattr(candidature, champ):
            setattr(candidature, champ, valeur - timedelta(days=jours))
    candidature.save()
