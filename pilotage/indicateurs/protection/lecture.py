"""Reads the true counts that the engine protects. Three queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count

from cadres.models import Cadre
from collectivites.models import Collectivite, Demarche
from opportunites.models import Mobilite
from pilotage.indicateurs import entonnoir
from pilotage.indicateurs.protection.releve import ETAPES, Releve, Tableau

#: (origin, host, civility, promotion, date of effect, how many)
Mouvement = tuple[int, int, str, int | None, date | None, int]


def lire_mouvements(demarche: Demarche) -> list[Mouvement]:
    """Effective moves, by who went where and when. One query."""
    return list(
        Mobilite.objects.filter(
            collectivite_accueil__demarche=demarche, etat=Mobilite.Etat.EFFECTIVE
        )
        .order_by()
        .annotate(promotion=entonnoir.derniere_promotion())
        .values_list(
            "collectivite_origine_id",
            "collectivite_accueil_id",
            "cadre__civilite",
            "promotion",
            "date_effet",
        )
        .annotate(nombre=Count("pk"))
    )


def lire_releve(
    demarche: Demarche, collectivites: Sequence[Collectivite], mouvements: Iterable[Mouvement]
) -> Releve:
    """Two queries: the steps, the open files."""
    rangs = {c.pk: rang for rang, c in enumerate(collectivites)}
    lignes = entonnoir.lire_effectifs(demarche, par_promotion=True)
    promotions = sorted({int(str(x["promotion"])) for x in lignes if x["promotion"] is not None})

    def etapes(civilite: str | None = None, promotion: int | None = None) -> Tableau:
        tableau = [[0] * len(rangs) for _ in ETAPES]
        for ligne in lignes:
            if civilite in (None, ligne["civilite"]) and promotion in (None, ligne["promotion"]):
                for k, code in enumerate(ETAPES):
                    tableau[k][rangs[int(str(ligne["depart"]))]] += int(str(ligne[code]))
        return tuple(map(tuple, tableau))

    def matrice(civilite: str | None = None, promotion: int | None = None) -> Tableau:
        tableau = [[0] * len(rangs) for _ in rangs]
        for origine, accueil, sexe, suivie, _, nombre in mouvements:
            if civilite in (None, sexe) and promotion in (None, suivie):
                tableau[rangs[origine]][rangs[accueil]] += nombre
        return tuple(map(tuple, tableau))

    ouvertes = Mobilite.objects.filter(
        collectivite_accueil__demarche=demarche, etat=Mobilite.Etat.OUVERTE
    )
    return Releve(
        employeurs=tuple(c.code for c in collectivites),
        etapes=etapes(),
        femmes=etapes(Cadre.Civilite.FEMME),
        hommes=etapes(Cadre.Civilite.HOMME),
        mouvements=matrice(),
        mouvements_femmes=matrice(Cadre.Civilite.FEMME),
        mouvements_hommes=matrice(Cadre.Civilite.HOMME),
        engagees=ouvertes.count(),
        promotions=tuple(map(str, promotions)),
        etapes_promotions=tuple(etapes(promotion=p) for p in promotions),
        mouvements_promotions=tuple(matrice(promotion=p) for p in promotions),
    )
