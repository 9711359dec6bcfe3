"""Scenarios side by side, and today's practice (one poste after another) on the same data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from cadres.models import Cadre
from collectivites.communs.typographie import compter
from collectivites.models import Collectivite
from opportunites.campagne.calcul.instance import numero
from opportunites.campagne.ecran.effectifs import secrets
from opportunites.campagne.ecran.lecture import trouves, tus
from opportunites.campagne.mots import Scenario
from opportunites.models import Simulation

#: Half of the height of a drawing of balances, and what one move takes of it at most.
DEMI, PAS = 18, 7


@dataclass(frozen=True)
class Barre:
    """A balance, drawn over or under its axis."""

    code: str
    initiale: str
    nom: str
    solde: int
    y: int
    haut: int
    texte_y: int


@dataclass(frozen=True)
class Part:
    """How many of them it serves. `nombre` None: not told."""

    libelle: str
    nombre: int | None
    collectivite: Collectivite | None = None


@dataclass(frozen=True)
class Ligne:
    """`simulation` None: today's practice."""

    simulation: Simulation | None
    nom: str
    precision: str
    mouvements: int
    premiers: int
    chaine: int
    boucle: int
    restent: int
    barres: list[Barre]
    sexes: list[Part]
    employeurs: list[Part]
    perime: bool = False


def comparer(
    simulations: Iterable[Simulation],
    collectivites: list[Collectivite],
    seuil: int,
    sues: Container[tuple[int, int]] = (),
) -> list[Ligne]:
    """The first of `simulations` gives the reference: same data, same day. `sues`: see
    `lecture.Scenario`. Two queries."""
    simulations = [s for s in simulations if s.resultat.get("resume")]
    if not simulations:
        return []
    courante = simulations[0]
    comptes = _Comptes(simulations, collectivites, seuil, sues)
    return [
        *_pratique_actuelle(courante, collectivites, comptes),
        *(
            _ligne(
                s,
                nommer(s),
                precision(s),
                s.resultat["resume"],
                collectivites,
                *comptes.servis(s, s.resultat["resume"], nommes=True),
                perime=s.empreinte_des_donnees != courante.empreinte_des_donnees,
            )
            for s in simulations
        ),
    ]


def _pratique_actuelle(
    simulation: Simulation, collectivites: list[Collectivite], comptes: _Comptes
) -> list[Ligne]:
    """Held to the same tolerance, then as it is: nobody looks at balances today."""
    return [
        _ligne(
            None,
            "Un poste après l’autre",
            precision,
            simulation.resultat[cle],
            collectivites,
            *comptes.servis(simulation, simulation.resultat[cle], nommes=False),
        )
        for cle, precision in (
            ("reference", "pratique actuelle, dans le même écart toléré"),
            ("reference_sans_limite", "pratique actuelle, sans regarder les soldes"),
        )
    ]


class _Comptes:
    """Whom each line serves, by sex and by employer, without pointing to anybody."""

    def __init__(
        self,
        simulations: list[Simulation],
        collectivites: list[Collectivite],
        seuil: int,
        sues: Container[tuple[int, int]],
    ) -> None:
        cles = {cle for s in simulations for cle in _tous(s)}
        self.collectivites, self.seuil = collectivites, seuil
        self.sues, self.lies = sues, trouves(simulations[0].campagne_id)
        self.sexes = dict(
            Cadre.objects.filter(pk__in=map(numero, cles)).values_list("pk", "civilite")
        )

    def servis(
        self, simulation: Simulation, resume: dict[str, Any], *, nommes: bool
    ) -> tuple[list[Part], list[Part]]:
        """Those of a scenario are named beside, and whoever is not named there is not counted. Those
        whom today's practice would serve are not: small numbers of them are not told, nor what
        subtraction would give."""
        servis = resume.get("servis", ())  # a run of an earlier version kept none
        if nommes:
            sans_nom = tus(simulation, self.lies, self.sues)
            servis = [cle for cle in servis if cle not in sans_nom]
        chez = {c["id"]: c["home"] for c in simulation.entree["cadres"]}
        sexes = Counter(self.sexes.get(numero(cle), "") for cle in servis)
        employeurs = Counter(chez[cle] for cle in servis)
        par_sexe = {cle: sexes[cle] for cle in ("F", "M")}
        par_employeur = {c.code: employeurs[c.code] for c in self.collectivites}
        caches = (
            [set(), set()]
            if nommes
            else [
                secrets(par_sexe, self.seuil),
                secrets(par_employeur, self.seuil),
            ]
        )
        return (
            (
                [
                    Part(mot, None if cle in caches[0] else par_sexe[cle])
                    for cle, mot in (("F", "femme"), ("M", "homme"))
                ],
                [
                    Part(c.nom_court, None if c.code in caches[1] else par_employeur[c.code], c)
                    for c in self.collectivites
                ],
            )
            if servis
            else ([], [])
        )


def _tous(simulation: Simulation) -> set[str]:
    cles = ("resume", "reference", "reference_sans_limite")
    return {c for cle in cles for c in simulation.resultat[cle].get("servis", ())}


def nommer(simulation: Simulation) -> str:
    """« Écart de 2, chaînes de 5 » : what was asked."""
    p = simulation.parametres
    tolerances = set(p["tolerances"].values())
    if len(tolerances) > 1:
        ecart = "Écarts propres à chacune"
    else:
        (tolerance,) = tolerances
        ecart = "Sans limite d’écart" if tolerance is None else f"Écart de {tolerance} au plus"
    chaines = "chaînes sans limite" if p["chaine_max"] is None else f"chaînes de {p['chaine_max']}"
    return f"{ecart}, {chaines}"


def precision(simulation: Simulation) -> str:
    p = simulation.parametres
    morceaux = []
    if p["scenario"] == Scenario.ENVIE:
        morceaux.append("le moins d’envie")
    if simulation.est_une_reparation:
        morceaux.append("réparation")
    if p["decisions"]:
        morceaux.append(compter(len(p["decisions"]), "décision"))
    if p["boucle_max"] != 3:
        morceaux.append(
            "échanges sans limite" if p["boucle_max"] is None else f"échanges à {p['boucle_max']}"
        )
    return ", ".join(morceaux)


def _ligne(
    simulation: Simulation | None,
    nom: str,
    precision: str,
    resume: dict[str, Any],
    collectivites: list[Collectivite],
    sexes: list[Part],
    employeurs: list[Part],
    *,
    perime: bool = False,
) -> Ligne:
    rangs = {int(r): n for r, n in resume["rangs"].items()}
    return Ligne(
        simulation=simulation,
        nom=nom,
        precision=precision,
        mouvements=resume["mouvements"],
        premiers=sum(n for r, n in rangs.items() if r <= 2),
        chaine=resume["chaine"],
        boucle=resume["boucle"],
        restent=resume["restent"],
        barres=[_barre(c, resume["soldes"].get(c.code, 0)) for c in collectivites],
        sexes=sexes,
        employeurs=employeurs,
        perime=perime,
    )


def _barre(collectivite: Collectivite, solde: int) -> Barre:
    haut = min(abs(solde) * PAS, DEMI - 4)
    return Barre(
        code=collectivite.code[0],
        initiale=collectivite.initiale,
        nom=collectivite.nom_court,
        solde=solde,
        y=DEMI - haut if solde > 0 else DEMI,
        haut=haut,
        texte_y=DEMI + 14 if solde > 0 else DEMI - 5,
    )
