"""What criteria would keep of a list, and who would fall out of it.

Everything is counted by the database, in one query whatever the number of criteria and cadres.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from cadres.models import Cadre
from cadres.registre.criteres.conditions import INCONNU, TENU, Condition, ensemble
from cadres.registre.criteres.hasard import probabilite_du_hasard
from collectivites.communs.typographie import INSECABLE, nombre_texte
from collectivites.models import Collectivite

#: Four-fifths rule: an unequal effect is presumed when one sex is kept at less than 80 % of the
#: rate of the other. Below this headcount of either, chance alone explains such a gap.
QUATRE_CINQUIEMES = 0.8
EFFECTIF_MIN = 10
#: Once in twenty: the usual level below which a gap is no longer put down to chance.
NIVEAU = 0.05


@dataclass
class Compte:
    """How many are kept, missed, unknown, in all and among women and men."""

    tenus: int = 0
    manques: int = 0
    inconnus: int = 0

    @property
    def total(self) -> int:
        return self.tenus + self.manques + self.inconnus

    @property
    def connus(self) -> int:
        return self.tenus + self.manques

    @property
    def taux(self) -> float | None:
        """Share kept, among those whose file says it; in hundredths."""
        return 100 * self.tenus / self.connus if self.connus else None

    def ajouter(self, autre: Compte) -> None:
        self.tenus += autre.tenus
        self.manques += autre.manques
        self.inconnus += autre.inconnus


@dataclass
class Effet:
    """What one criterion alone, or all together (`condition` None), would keep."""

    condition: Condition | None
    ensemble: Compte = field(default_factory=Compte)
    femmes: Compte = field(default_factory=Compte)
    hommes: Compte = field(default_factory=Compte)
    par_collectivite: dict[int, Compte] = field(default_factory=dict)

    @property
    def libelle(self) -> str:
        return self.condition.libelle if self.condition else "Tous les critères ensemble"

    @property
    def alerte(self) -> str:
        """The warning that the criterion works as a proxy for sex, or nothing."""
        f, h = self.femmes, self.hommes
        if min(f.connus, h.connus) < EFFECTIF_MIN:
            return ""
        taux_f, taux_h = f.taux or 0, h.taux or 0
        bas, haut = sorted((taux_f, taux_h))
        if bas >= QUATRE_CINQUIEMES * haut:
            return ""
        if probabilite_du_hasard(f.tenus, f.manques, h.tenus, h.manques) > NIVEAU:
            return ""  # so few people that chance makes as much
        qui = "les femmes" if taux_f < taux_h else "les hommes"
        return (
            f"Écarte nettement plus {qui} : {_part(f)} des femmes gardées, "
            f"{_part(h)} des hommes gardés. Le hasard seul ferait un tel écart moins d’une fois "
            "sur vingt (test exact de Fisher)."
        )

    def colonnes(self, collectivites: list[Collectivite]) -> list[Compte]:
        return [self.par_collectivite.get(c.pk, Compte()) for c in collectivites]


def _part(compte: Compte) -> str:
    return f"{nombre_texte(compte.taux or 0)}{INSECABLE}% ({compte.tenus} sur {compte.connus})"


def mesurer(cadres: QuerySet[Cadre], conditions: list[Condition]) -> list[Effet]:
    """Each criterion alone, then all together. One query, grouped by collectivité and sex."""
    tous = ensemble(conditions)
    questions = {c.cle: (c.tenu & ~c.inconnu, c.inconnu) for c in conditions}
    questions["tous"] = (tous[TENU], tous[INCONNU])
    agregats: dict[str, Any] = {"total": Count("pk")}
    for cle, (tenu, inconnu) in questions.items():
        agregats[f"{cle}_tenus"] = Count("pk", filter=tenu)
        agregats[f"{cle}_inconnus"] = Count("pk", filter=inconnu)
    effets = {cle: Effet(c) for cle, c in zip(questions, [*conditions, None], strict=True)}
    groupes: Any = cadres.order_by().values("collectivite_id", "civilite")
    for ligne in groupes.annotate(**agregats):
        for cle, effet in effets.items():
            tenus, inconnus = ligne[f"{cle}_tenus"], ligne[f"{cle}_inconnus"]
            compte = Compte(tenus, ligne["total"] - tenus - inconnus, inconnus)
            effet.ensemble.ajouter(compte)
            if ligne["civilite"] == Cadre.Civilite.FEMME:
                effet.femmes.ajouter(compte)
            elif ligne["civilite"] == Cadre.Civilite.HOMME:
                effet.hommes.ajouter(compte)
            effet.par_collectivite.setdefault(ligne["collectivite_id"], Compte()).ajouter(compte)
    return list(effets.values())
