"""The feuille de route as it is read: one line a step, by act, in a list or along time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import MOIS
from collectivites.models import Collectivite
from pilotage.cadrage.feuille_de_route import predicats
from pilotage.cadrage.feuille_de_route.suivi import Route
from pilotage.models import ClotureEtape, EtapeRoute

#: value of ?voir= → its label
VUES = {"": "Ce qui reste", "retard": "En retard", "nous": "Avec nous", "toutes": "Toutes"}
#: value of ?forme= → its label
FORMES = {"": "Liste", "calendrier": "Calendrier"}
#: The width of the drawing of a line of the calendar, in its own unit.
LARGEUR = 1000


@dataclass(frozen=True)
class Ligne:
    """One step. `parts`: each employer that it awaits, with its closing or None."""

    etape: EtapeRoute
    parts: tuple[tuple[Collectivite, ClotureEtape | None], ...]
    toutes: bool
    forme: str
    mot: str
    a_marquer: bool
    a_rouvrir: bool
    a_modifier: bool
    manque: tuple[str, ...]
    #: Nobody answers for it any more: their mandat has ended.
    responsable_parti: bool

    @property
    def faites(self) -> int:
        return sum(cloture is not None for _, cloture in self.parts)

    @property
    def preuves(self) -> list[tuple[str, date, list[tuple[Collectivite, ClotureEtape]]]]:
        """What was said, once for those who said the same of the same day."""
        groupes: dict[tuple[str, date], list[tuple[Collectivite, ClotureEtape]]] = {}
        for c, cloture in self.parts:
            if cloture is not None:
                groupes.setdefault((cloture.preuve, cloture.faite_le), []).append((c, cloture))
        return [(preuve, jour, dites) for (preuve, jour), dites in groupes.items()]

    @property
    def porteur_unique(self) -> Collectivite | None:
        return self.parts[0][0] if len(self.parts) == 1 else None

    @property
    def en_attente(self) -> list[Collectivite]:
        return [c for c, cloture in self.parts if cloture is None]

    @property
    def commencee(self) -> bool:
        """Some have closed it, and not all."""
        return 0 < self.faites < len(self.parts)


class Lecture:
    """All the steps of the démarche, as one acteur may act on them. Six queries, whatever their number."""

    def __init__(self, acteur: Acteur, jour: date) -> None:
        self.acteur, self.jour = acteur, jour

    @cached_property
    def etapes(self) -> list[EtapeRoute]:
        """In the order of the acts, then in the one that people laid."""
        rangs = {code: rang for rang, code in enumerate(EtapeRoute.Phase.values)}
        lues = EtapeRoute.objects.visibles_par(self.acteur).select_related(
            "collectivite", "responsable__utilisateur"
        )
        return sorted(
            lues.prefetch_related("concernees", "apres"),
            key=lambda e: (rangs[e.phase], e.ordre, e.echeance, e.pk),
        )

    @cached_property
    def employeurs(self) -> list[Collectivite]:
        return list(Collectivite.objects.filter(demarche=self.acteur.demarche).order_by("pk"))

    @cached_property
    def clotures(self) -> dict[int, dict[int, ClotureEtape]]:
        lues = (
            ClotureEtape.objects.visibles_par(self.acteur)
            .en_vigueur()
            .select_related("par__utilisateur", "collectivite")
        )
        par_etape: dict[int, dict[int, ClotureEtape]] = {}
        for cloture in lues:
            par_etape.setdefault(cloture.etape_id, {})[cloture.collectivite_id] = cloture
        return par_etape

    def route(self) -> Route:
        restantes = [e for e in self.etapes if e.faite_le is None]
        retard = sum(e.echeance < self.jour for e in restantes)
        return Route(tuple(restantes), retard, len(restantes) - retard, ecrite=bool(self.etapes))

    def montrees(self, voir: str) -> list[Ligne]:
        return [self.ligne(e) for e in self.etapes if self._est_montree(e, voir)]

    def _est_montree(self, etape: EtapeRoute, voir: str) -> bool:
        if voir == "retard":
            return etape.faite_le is None and etape.echeance < self.jour
        if voir == "nous":
            return predicats.est_concerne(self.acteur, etape)
        return voir == "toutes" or etape.faite_le is None

    def ligne(self, etape: EtapeRoute) -> Ligne:
        closes = self.clotures.get(etape.pk, {})
        attendues = predicats.concernees(etape)
        parts = [
            (c, closes.get(c.pk)) for c in self.employeurs if attendues is None or c.pk in attendues
        ]
        manque = [a.intitule for a in etape.apres.all() if a.faite_le is None]
        acteur = self.acteur
        return Ligne(
            etape=etape,
            parts=tuple(parts),
            toutes=attendues is None,
            forme=self._forme(etape),
            mot=self._mot(etape),
            a_marquer=predicats.refus_franchir(acteur, etape, closes=closes, manque=manque) is None,
            a_rouvrir=predicats.refus_rouvrir(acteur, etape, closes=closes) is None,
            a_modifier=predicats.refus_modifier(acteur, etape) is None,
            manque=tuple(manque) if etape.faite_le is None else (),
            responsable_parti=etape.faite_le is None
            and etape.responsable is not None
            and etape.responsable.est_fini(self.jour),
        )

    def _forme(self, etape: EtapeRoute) -> str:
        if etape.faite_le is not None:
            return "fait"
        return "tard" if etape.echeance < self.jour else "vide"

    def _mot(self, etape: EtapeRoute) -> str:
        return {"fait": "Faite", "tard": "En retard", "vide": "À venir"}[self._forme(etape)]


def par_phase(lignes: list[Ligne]) -> list[tuple[str, str, list[Ligne]]]:
    """(label, code, its lines) of each act that has some."""
    return [
        (str(libelle), str(code), siennes)
        for code, libelle in EtapeRoute.Phase.choices
        if (siennes := [ligne for ligne in lignes if ligne.etape.phase == code])
    ]


# --- Along time ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Barre:
    """Where a step lies on its line, in units of LARGEUR. `jalon`: one day alone."""

    x: int
    largeur: int
    forme: str
    jalon: bool


@dataclass(frozen=True)
class Calendrier:
    """The same lines along time. `reperes`: months, evenly apart; `aujourdhui`: None out of sight."""

    lignes: list[tuple[Ligne, Barre]]
    reperes: list[str]
    aujourdhui: int | None
    largeur: int = LARGEUR


def calendrier(lignes: list[Ligne], jour: date) -> Calendrier | None:
    """None without a step. The first and last months are whole."""
    if not lignes:
        return None
    jours = [j for ligne in lignes for j in (ligne.etape.debut, ligne.etape.echeance) if j]
    debut = min(jours).replace(day=1)
    fin = (max(jours).replace(day=28) + timedelta(days=4)).replace(day=1)

    def place(quand: date) -> int:
        return round(LARGEUR * (quand - debut).days / max(1, (fin - debut).days))

    barres = []
    for ligne in lignes:
        etape = ligne.etape
        depart = place(etape.debut or etape.echeance)
        largeur = place(etape.echeance + timedelta(days=1)) - depart
        seul = etape.debut is None or etape.debut == etape.echeance
        barres.append((ligne, Barre(depart, max(largeur, 8), ligne.forme, seul)))
    reperes = [debut + (fin - debut) * n / 4 for n in range(4)]
    return Calendrier(
        barres,
        [f"{MOIS[r.month - 1]} {r.year}" for r in reperes],
        place(jour) if debut <= jour <= fin else None,
    )
