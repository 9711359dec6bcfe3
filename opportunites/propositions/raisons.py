"""Why a poste may suit a person: facts met, missing or unknown. Never a score (GDPR art. 22)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from cadres.fiche.referentiels import domaine_de
from cadres.models import Cadre
from collectivites.communs.typographie import compter, sans_accents
from collectivites.models import Poste
from opportunites.models import Opportunite


class Verdict(Enum):
    """The word, and the shape that stands beside it."""

    REUNI = ("Réuni", "fait")
    MANQUE = ("Manque", "losange")
    INCONNU = ("Inconnu", "vide")


@dataclass(frozen=True)
class Raison:
    """One fact. `texte` reads the same for the cadre and for the host."""

    verdict: Verdict
    texte: str

    @property
    def mot(self) -> str:
        return self.verdict.value[0]

    @property
    def forme(self) -> str:
        return self.verdict.value[1]


#: A team so many times as large is not the same experience: it is said, not counted as met.
AUTRE_ECHELLE = 3


def ordinal(rang: int) -> str:
    return "1er" if rang == 1 else f"{rang}e"


def _cle(cadre_emplois: str) -> str:
    """« Attachés territoriaux », « Attaché territorial » and « Attaché » are one."""
    mots = re.findall(r"[a-z]+", sans_accents(cadre_emplois).replace("’", "'"))
    return " ".join(re.sub(r"[sx]$", "", m) for m in mots if not m.startswith("territor"))


def cadre_emplois_admis(cadre: Cadre, poste: Poste) -> bool | None:
    """None when the poste or the person's file does not say."""
    if not cadre.cadre_emplois or not poste.cadres_emplois:
        return None
    return _cle(cadre.cadre_emplois) in {_cle(admis) for admis in poste.cadres_emplois}


def raisons(cadre: Cadre, opportunite: Opportunite, rang: int | None = None) -> list[Raison]:
    """What is known to favour this poste or not. Reads `opportunite.poste`: select it."""
    poste = opportunite.poste
    liste = [
        _voeu(rang),
        _cadre_emplois(cadre, poste),
        _statut(cadre, poste),
        _encadrement(cadre, poste),
        _domaine(cadre, poste),
        _calendrier(opportunite),
    ]
    trouvees = [raison for raison in liste if raison is not None]
    ordre = list(Verdict)
    return sorted(trouvees, key=lambda r: ordre.index(r.verdict))


def _voeu(rang: int | None) -> Raison | None:
    if rang is None:
        return None
    mot = "premier" if rang == 1 else ordinal(rang)
    return Raison(Verdict.REUNI, f"Ce poste est le {mot} de vos vœux.")


def _cadre_emplois(cadre: Cadre, poste: Poste) -> Raison:
    admis = " ou ".join(poste.cadres_emplois)
    match cadre_emplois_admis(cadre, poste):
        case True:
            return Raison(Verdict.REUNI, f"Cadre d’emplois admis : {admis}.")
        case False:
            return Raison(
                Verdict.MANQUE,
                f"Cadre d’emplois attendu : {admis}. Aujourd’hui : {cadre.cadre_emplois}.",
            )
    if not poste.cadres_emplois:
        return Raison(Verdict.INCONNU, "L’employeur n’a pas dit quels cadres d’emplois il admet.")
    return Raison(
        Verdict.INCONNU,
        f"Cadre d’emplois attendu : {admis}. Celui de la fiche n’est pas connu.",
    )


def _statut(cadre: Cadre, poste: Poste) -> Raison | None:
    if cadre.statut in {Cadre.Statut.CDI, Cadre.Statut.CDD}:
        if poste.ouvert_contractuel:
            return Raison(Verdict.REUNI, "Poste ouvert aux contractuels.")
        return Raison(Verdict.MANQUE, "Le poste n’est pas ouvert aux contractuels.")
    if cadre.statut == Cadre.Statut.STAGIAIRE:
        return Raison(Verdict.MANQUE, "Une mutation suppose d’être titularisé.")
    if not cadre.statut and not poste.ouvert_contractuel:
        return Raison(
            Verdict.INCONNU, "Poste réservé aux titulaires ; le statut n’est pas renseigné."
        )
    return None


def _encadrement(cadre: Cadre, poste: Poste) -> Raison | None:
    if poste.nb_agents_encadres is None:
        return Raison(Verdict.INCONNU, "L’employeur doit préciser l’équipe à encadrer.")
    if poste.nb_agents_encadres == 0:
        return None
    attendu = compter(poste.nb_agents_encadres, "agent")
    if cadre.nb_agents:
        encadres = compter(cadre.nb_agents, "agent encadré,agents encadrés")
        fait = f"{encadres} aujourd’hui, {poste.nb_agents_encadres} sur ce poste"
        if poste.nb_agents_encadres > cadre.nb_agents * AUTRE_ECHELLE:
            return Raison(Verdict.MANQUE, f"{fait} : une équipe d’une autre taille.")
        return Raison(Verdict.REUNI, f"{fait}.")
    if cadre.encadrement:
        return Raison(Verdict.REUNI, f"Encadrement exercé ; ce poste compte {attendu}.")
    if cadre.encadrement is None and cadre.nb_agents is None:
        return Raison(
            Verdict.INCONNU,
            f"Ce poste encadre {attendu} ; l’expérience d’encadrement n’est pas connue.",
        )
    return Raison(
        Verdict.MANQUE, f"Ce poste encadre {attendu} ; pas d’équipe encadrée aujourd’hui."
    )


def _domaine(cadre: Cadre, poste: Poste) -> Raison | None:
    if not poste.domaine:
        return None
    if not cadre.domaine:
        return Raison(
            Verdict.INCONNU,
            f"Domaine du poste : {poste.domaine}. Le domaine exercé n’est pas connu.",
        )
    if sans_accents(domaine_de(cadre.domaine)) == sans_accents(domaine_de(poste.domaine)):
        return Raison(Verdict.REUNI, f"Même domaine : {poste.domaine}.")
    return Raison(
        Verdict.MANQUE,
        f"Domaine nouveau : {poste.domaine}. Aujourd’hui : {cadre.domaine}.",
    )


def _calendrier(opportunite: Opportunite) -> Raison | None:
    if opportunite.date_prise_poste is None:
        return Raison(Verdict.INCONNU, "L’employeur doit préciser la date de prise de poste.")
    return None
