"""« Mes données »: the sheets that both DRH signed on a person, the estimations that she kept."""

from __future__ import annotations

from collections.abc import Iterable

from cadres.models import Cadre
from cadres.prises import Rubrique
from collectivites.communs.typographie import date_texte
from opportunites.models import Estimation, FicheRemuneration
from opportunites.paie.calculs.fiche import figee


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """Each signed version, line by line. Two queries."""
    fiches = (
        FicheRemuneration.objects.signees()
        .filter(proposition__cadre=cadre)
        .select_related("proposition__opportunite__poste")
        .order_by("proposition", "version")
    )
    yield Rubrique(
        "remunerations", "Les fiches de rémunération signées", [_ligne(f) for f in fiches]
    )
    estimations = Estimation.objects.filter(cadre=cadre).select_related("opportunite__poste")
    yield Rubrique(
        "estimations",
        "Les estimations de rémunération que vous avez gardées",
        [
            (
                e.opportunite.poste.intitule,
                f"gardée le {date_texte(e.gardee_le)} : "
                + ", ".join(f"{nom} {valeur}" for nom, valeur in e.saisie.items()),
            )
            for e in estimations
        ],
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
