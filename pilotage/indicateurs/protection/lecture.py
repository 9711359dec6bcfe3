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

#: (origin, host, civility, date of effect, how many)
Mouvement = tuple[int, int, str, date | None, int]


def lire_mouvements(demarche: Demarche) -> list[Mouvement]:
    """Effective moves, by who went where and when. One query."""
    return list(
        Mobilite.objects.filter(
            collectivite_accueil__demarche=demarche, etat=Mobilite.Etat.EFFECTIVE
        )
        .order_by()
        .values_list(
            "collectivite_origine_id", "collectivite_accueil_id", "cadre__civilite", "date_effet"
        )
        .annotate(nombre=Count("pk"))
    )


def lire_releve(
    demarche: Demarche, collectivites: Sequence[Collectivite], mouvements: Iterable[Mouvement]
) -> Releve:
    """Two queries: the steps, the open files."""
    rangs = {c.pk: rang for rang, c in enumerate(collectivites)}
    lignes = entonnoir.lire_effectifs(demarche)

    def etapes(civilite: str | None) -> Tableau:
        tableau = [[0] * len(rangs) for _ in ETAPES]
        for ligne in lignes:
            if civilite is None or ligne["civilite"] == civilite:
                for k, code in enumerate(ETAPES):
                    tableau[k][rangs[int(str(ligne["depart"]))]] += int(str(ligne[code]))
        return tuple(map(tuple, tableau))

    def matrice(civilite: str | None) -> Tableau:
        tableau = [[0] * len(rangs) for _ in rangs]
        for origine, accueil, sexe, _, nombre in mouvements:
            if civilite is None or sexe == civilite:
                tableau[rangs[origine]][rangs[accueil]] += nombre
        return tuple(map(tuple, tableau))

    ouvertes = Mobilite.objects.filter(
        collectivite_accueil__demarche=demarche, etat=Mobilite.Etat.OUVERTE
    )
    return Releve(
        employeurs=tuple(c.code for c in collectivites),
        etapes=etapes(None),
        femmes=etapes(Cadre.Civilite.FEMME),
        hommes=etapes(Cadre.Civilite.HOMME),
        mouvements=matrice(None),
        mouvements_femmes=matrice(Cadre.Civilite.FEMME),
        mouvements_hommes=matrice(Cadre.Civilite.HOMME),
        engagees=ouvertes.count(),
    )
