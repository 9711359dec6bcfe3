"""« Mes données »: the pay sheets that both DRH signed on a person."""

from __future__ import annotations

from collections.abc import Iterable

from cadres.models import Cadre
from cadres.prises import Rubrique
from collectivites.communs.typographie import date_texte
from opportunites.models import FicheRemuneration
from opportunites.paie.calculs.fiche import figee


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """Each signed version, line by line. One query."""
    fiches = (
        FicheRemuneration.objects.signees()
        .filter(proposition__cadre=cadre)
        .select_related("proposition__opportunite__poste")
        .order_by("proposition", "version")
    )
    yield Rubrique(
        "remunerations", "Les fiches de rémunération signées", [_ligne(f) for f in fiches]
    )


def _ligne(fiche: FicheRemuneration) -> tuple[str, str]:
    gelee = figee(fiche)
    assert gelee is not None
    assert fiche.signee_le is not None
    lignes = "; ".join(
        f"{ligne.libelle}, {ligne.origine} puis {ligne.accueil}" for ligne in gelee.lignes
    )
    poste = fiche.proposition.opportunite.poste
    return (
        f"{poste.intitule}, version {fiche.version}",
        f"signée le {date_texte(fiche.signee_le)}. {lignes}",
    )
