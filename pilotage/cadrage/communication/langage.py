"""The shared words: which version is in force, and whether every employer approved it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from collectivites.models import Collectivite, Demarche
from pilotage.models import ApprobationElements, ElementsDeLangage


def courante(demarche: Demarche) -> ElementsDeLangage | None:
    """The last version, approved or not. One query."""
    return ElementsDeLangage.objects.de(demarche).select_related("redige_par__utilisateur").first()


def elements_de_langage_approuves(demarche: Demarche) -> str | None:
    """The words that every employer of the démarche approved, or None: not written, or a new version
    still waits for somebody. Two queries at most."""
    derniere = courante(demarche)
    if derniere is None:
        return None
    approbations = ApprobationElements.objects.filter(
        elements=derniere, collectivite=OuterRef("pk")
    )
    attend = Collectivite.objects.filter(~Exists(approbations), demarche=demarche).exists()
    return None if attend else derniere.texte
