"""The page of a promotion, computed: who stands where on each step, who is late, who is free.

One pass over rows already loaded; nothing here asks the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from collectivites.communs.calendrier import fin_du_jour
from collectivites.communs.typographie import MOIS_COURTS, compter, enumerer
from collectivites.models import Collectivite
from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape

E = SuiviEtape.Etat


@dataclass(frozen=True)
class Cellule:
    """One person on one step: a shape, a word, and which step."""

    forme: str
    mot: str
    intitule: str


@dataclass
class Ligne:
    """One participant. `masquee`: of another employer, whose dates and attendance are its own."""

    inscription: Inscription
    masquee: bool = False
    cellules: list[Cellule] = field(default_factory=list)
    en_retard: bool = False
    a_rattraper: bool = False
    rien_de_planifie: bool = False
    faites: int = 0


@dataclass
class Colonne:
    """One step, with how many people have done it, have a date, wait for one."""

    etape: EtapeProgramme
    faites: int = 0
    planifiees: int = 0
    a_planifier: int = 0
    a_noter: int = 0
    absents: int = 0

    @property
    def commencee(self) -> bool:
        return bool(self.faites or self.absents)

    @property
    def verbe(self) -> str:
        """What its button does."""
        if self.etape.est_immersion:
            return "Période"
        return "Déplacer" if self.etape.date_prevue else "Fixer"

    @property
    def est_a_fixer(self) -> bool:
        """A common date would still reach somebody, or nobody has begun."""
        return bool(self.planifiees or self.a_planifier) or not self.commencee


def situation(suivi: SuiviEtape) -> Cellule:
    """Shape and word of a step; a planned one says its day. Reads `etape`: select it."""
    if suivi.est_a_noter:
        return Cellule("tard", "À noter", suivi.etape.intitule)
    if suivi.etat == E.PLANIFIEE and suivi.quand:
        return Cellule("demi", jour_court(suivi.quand), suivi.etape.intitule)
    if suivi.etat == E.ABSENT:
        return Cellule(
            "clos", "Absence excusée" if suivi.excusee else "Absence", suivi.etape.intitule
        )
    forme = {E.FAITE: "fait", E.A_PLANIFIER: "vide"}.get(E(suivi.etat), "clos")
    return Cellule(forme, suivi.get_etat_display(), suivi.etape.intitule)


def jour_court(quand: datetime) -> str:
    """« 23 mars »: the year goes without saying in a promotion of some months."""
    jour = timezone.localdate(quand)
    return f"{'1er' if jour.day == 1 else jour.day}\u00a0{MOIS_COURTS[jour.month - 1]}"


def est_en_retard(suivi: SuiviEtape, inscription: Inscription) -> bool:
    """An attendance nobody noted, or a common date gone by without one, since the person came in.

    Whoever enters after a common date has missed nothing: it is for their HR to give them another.
    """
    if suivi.est_a_noter:
        return True
    etape = suivi.etape
    terme = fin_du_jour(etape.periode_fin) if etape.periode_fin else etape.date_prevue
    return (
        suivi.etat == E.A_PLANIFIER
        and terme is not None
        and inscription.inscrit_le < terme < timezone.now()
    )


def est_a_rattraper(suivi: SuiviEtape) -> bool:
    """An absence that nobody excused, until another date is given."""
    return suivi.etat == E.ABSENT and not suivi.excusee


def dresser(
    inscriptions: Iterable[Inscription],
    etapes: list[EtapeProgramme],
    suivis: Iterable[SuiviEtape],
    siens: Collectivite | None = None,
) -> tuple[list[Ligne], list[Colonne]]:
    """The table and its columns. Only live parcours may be late or idle.

    `siens`: the reader's collectivité; of the others' people, one only sees that they are there.
    """
    colonnes = {etape.pk: Colonne(etape) for etape in etapes}
    par_inscription: dict[int, dict[int, SuiviEtape]] = defaultdict(dict)
    for suivi in suivis:
        suivi.etape = colonnes[suivi.etape_id].etape
        par_inscription[suivi.inscription_id][suivi.etape_id] = suivi
    lignes = [
        Ligne(inscription, masquee=True)
        if siens is not None and inscription.cadre.collectivite_id != siens.pk
        else _ligne(inscription, par_inscription[inscription.pk], colonnes)
        for inscription in inscriptions
    ]
    return lignes, list(colonnes.values())


def _ligne(
    inscription: Inscription, suivis: dict[int, SuiviEtape], colonnes: dict[int, Colonne]
) -> Ligne:
    vivante = inscription.etat == Inscription.Etat.EN_COURS
    ligne = Ligne(inscription)
    for pk, colonne in colonnes.items():
        suivi = suivis.get(pk)
        if suivi is None:
            ligne.cellules.append(Cellule("clos", "Non suivie", colonne.etape.intitule))
            continue
        ligne.cellules.append(situation(suivi))
        colonne.faites += suivi.etat == E.FAITE
        colonne.absents += suivi.etat == E.ABSENT
        ligne.faites += suivi.etat == E.FAITE
        if vivante:
            colonne.planifiees += suivi.est_a_venir
            colonne.a_planifier += suivi.etat == E.A_PLANIFIER
            colonne.a_noter += suivi.est_a_noter
            ligne.en_retard |= est_en_retard(suivi, inscription)
            ligne.a_rattraper |= est_a_rattraper(suivi)
    etats = list(suivis.values()) if vivante else []
    ligne.rien_de_planifie = any(
        s.etat == E.A_PLANIFIER and not s.etape.est_immersion for s in etats
    ) and not any(s.etat == E.PLANIFIEE for s in etats)
    return ligne


def constats(lignes: list[Ligne], colonnes: list[Colonne], promotion: Promotion) -> dict[str, str]:
    """The finding that heads each section of the page. `promotion` bears `prises`."""
    retards = sum(ligne.en_retard for ligne in lignes)
    rattrapages = sum(ligne.a_rattraper for ligne in lignes)
    libres = sum(ligne.rien_de_planifie for ligne in lignes)
    suivis = []
    if retards:
        suivis.append(f"{compter(retards, 'participant')} en retard")
    if rattrapages:
        suivis.append(f"{compter(rattrapages, 'absence')} à rattraper")
    if libres:
        suivis.append(f"{compter(libres, 'participant')} sans rendez-vous")
    maintenant = timezone.now()
    dates = [
        colonne.etape
        for colonne in colonnes
        if colonne.etape.date_prevue and colonne.etape.date_prevue > maintenant
    ]
    prochaine = min(dates, key=lambda etape: etape.date_prevue or maintenant, default=None)
    if prochaine is not None and prochaine.date_prevue:
        calendrier = (
            f"Prochaine date commune : {jour_court(prochaine.date_prevue)}, {prochaine.intitule}"
        )
    else:
        calendrier = "Aucune date commune à venir"
    sinon = "Chacun suit son parcours" if lignes else "Les participants"
    participants = enumerer(suivis) or sinon
    restantes = max(promotion.places - promotion.prises, 0)
    return {
        "calendrier": calendrier,
        "places": _places(promotion, restantes),
        "participants": participants,
    }


def _places(promotion: Promotion, restantes: int) -> str:
    """Once it is over, its places are nobody's any more."""
    if promotion.est_close:
        return f"Close : {compter(promotion.prises, 'place tenue,places tenues')}"
    return f"Il reste {compter(restantes, 'place')}" if restantes else "Complète"


def places_par_collectivite(
    collectivites: Iterable[Collectivite], prises: dict[int, int]
) -> list[tuple[Collectivite, int]]:
    """Each of the four and the places it holds, in the order of the démarche."""
    return [(c, prises.get(c.pk, 0)) for c in collectivites]
