from parcours.views.accompagnements import accompagnements
from parcours.views.programme import (
    deplacer_etape,
    fixer_etape,
    modifier_etape,
    programme,
    retirer_etape,
)
from parcours.views.promotions import inscrire, nouvelle_promotion, promotion, promotions
from parcours.views.suivis import (
    achever,
    agenda_ics,
    inscription,
    interrompre,
    marquer,
    planifier,
    presences,
)

__all__ = [
    "accompagnements",
    "achever",
    "agenda_ics",
    "deplacer_etape",
    "fixer_etape",
    "inscription",
    "inscrire",
    "interrompre",
    "marquer",
    "modifier_etape",
    "nouvelle_promotion",
    "planifier",
    "presences",
    "programme",
    "promotion",
    "promotions",
    "retirer_etape",
]
