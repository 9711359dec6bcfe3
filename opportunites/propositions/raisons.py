"""Why a poste may suit a person: facts met, near, missing or unknown, each with the rule that says so.
Never a score (GDPR art. 22)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from cadres.models import Cadre
from collectivites.communs import metiers
from collectivites.communs.typographie import compter, en_lettres, sans_accents
from collectivites.models import Poste
from opportunites.models import Opportunite


class Verdict(Enum):
    """The word, and the shape that stands beside it."""

    REUNI = ("Réuni", "fait")
    PROCHE = ("Proche", "demi")
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
        _famille(cadre, poste),
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
            return Raison(
                Verdict.MANQUE, f"{fait} : une équipe d’une autre taille, {_plus_que_l_echelle()}."
            )
        return Raison(Verdict.REUNI, f"{fait} : une équipe de taille comparable.")
    if cadre.encadrement:
        return Raison(
            Verdict.INCONNU,
            f"Encadrement exercé, sans que le nombre d’agents soit connu ; ce poste en compte "
            f"{poste.nb_agents_encadres}.",
        )
    if cadre.encadrement is None and cadre.nb_agents is None:
        return Raison(
            Verdict.INCONNU,
            f"Ce poste encadre {attendu} ; l’expérience d’encadrement n’est pas connue.",
        )
    return Raison(
        Verdict.MANQUE, f"Ce poste encadre {attendu} ; pas d’équipe encadrée aujourd’hui."
    )


def _plus_que_l_echelle() -> str:
    return f"plus de {en_lettres(AUTRE_ECHELLE)} fois plus grande"


def _famille(cadre: Cadre, poste: Poste) -> Raison | None:
    """The same family is met; another of the same champ is near; a text outside the list, unknown."""
    if not poste.domaine:
        return None
    voulue, exercee = poste.famille_de_metiers, cadre.famille_de_metiers
    if not cadre.domaine:
        return Raison(
            Verdict.INCONNU,
            f"Famille de métiers du poste : {voulue}. Celle de la fiche n’est pas connue.",
        )
    if metiers.AUTRE in {poste.domaine, cadre.domaine}:
        if sans_accents(voulue) == sans_accents(exercee):
            return Raison(Verdict.REUNI, f"Même famille de métiers : {voulue}.")
        return Raison(
            Verdict.INCONNU,
            f"Famille de métiers du poste : {voulue}. Aujourd’hui : {exercee}. Hors de la liste "
            "commune, elles ne se comparent pas.",
        )
    match metiers.proximite(poste.domaine, cadre.domaine):
        case metiers.Proximite.MEME:
            return Raison(Verdict.REUNI, f"Même famille de métiers : {voulue}.")
        case metiers.Proximite.PROCHE:
            champ = metiers.FAMILLES[poste.domaine].champ
            return Raison(
                Verdict.PROCHE,
                f"Famille de métiers proche : {voulue}. Aujourd’hui : {exercee}. Toutes deux sont du "
                f"champ « {champ} ».",
            )
    return Raison(
        Verdict.MANQUE,
        f"Autre famille de métiers : {voulue}. Aujourd’hui : {exercee}, d’un autre champ.",
    )


def _calendrier(opportunite: Opportunite) -> Raison | None:
    if opportunite.date_prise_poste is None:
        return Raison(Verdict.INCONNU, "L’employeur doit préciser la date de prise de poste.")
    return None
