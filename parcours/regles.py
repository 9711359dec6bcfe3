"""Rules shared by the forms, which say them beside the field, and by the actions, which hold them."""

from datetime import datetime, timedelta

from django.utils import timezone

from collectivites.typographie import INSECABLE, date_texte, heure_texte
from parcours.models import Promotion

#: An interview may precede the launch, a bilan may follow the last session: beyond, it is a slip.
MARGE = timedelta(days=92)


def date_hors_promotion(promotion: Promotion, quand: datetime) -> str | None:
    """Why this appointment cannot belong to the promotion, or None."""
    jour = timezone.localdate(quand)
    if promotion.date_debut - MARGE <= jour <= promotion.date_fin + MARGE:
        return None
    return (
        f"Le {date_texte(jour)} est loin de la promotion, qui va du "
        f"{date_texte(promotion.date_debut)} au {date_texte(promotion.date_fin)}. "
        "Vérifiez l’année."
    )


def cite(texte: str) -> str:
    """« texte », between quotation marks that do not break."""
    return f"«{INSECABLE}{texte}{INSECABLE}»"


def enumerer(elements: list[str]) -> str:
    """« a, b et c »."""
    if len(elements) < 2:
        return "".join(elements)
    return f"{', '.join(elements[:-1])} et {elements[-1]}"


def quand_et_ou(quand: datetime, lieu: str = "") -> str:
    """« Mardi 23 mars 2027, 9 h 30, salle 204 »."""
    texte = f"{date_texte(quand, jour_semaine=True)}, {heure_texte(quand)}"
    return f"{texte[0].upper()}{texte[1:]}{f', {lieu}' if lieu else ''}"
