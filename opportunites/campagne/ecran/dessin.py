"""Chains and exchanges as drawings: boxes are postes, each arrow is a person who joins one.

Two drawings of each: in a row, and in a column for a narrow screen. Numbers in, coordinates out; the
template `opportunites/campagne/_dessin.html` writes them. The words are in `label` for who does not see it, and
in the table that follows.
"""

from __future__ import annotations

from dataclasses import dataclass

from opportunites.campagne.ecran.composantes import Composante, Mouvement

#: A box, and the arrow between two.
LARGE, HAUT, ENTRE = 164, 72, 54
#: In a column.
LARGE_ETROIT, HAUT_ETROIT, ENTRE_ETROIT = 292, 64, 40
#: Under a row, or beside a column: the way back of an exchange.
RETOUR = 34
#: Characters that a line of a box holds: its font is 13 units high.
LIGNE, LIGNE_ETROITE = 20, 40


@dataclass(frozen=True)
class Boite:
    x: int
    y: int
    large: int
    haut: int
    titre: str
    lignes: list[tuple[int, str]]
    code: str
    initiale: str
    vacante: bool

    @property
    def texte_x(self) -> int:
        return self.x + 18

    @property
    def titre_y(self) -> int:
        return self.y + 22

    @property
    def pastille_x(self) -> int:
        return self.x + self.large - 26

    @property
    def lettre_x(self) -> int:
        return self.x + self.large - 16


@dataclass(frozen=True)
class Fleche:
    trait: str
    pointe: str
    texte: str
    x: int
    y: int
    ancre: str = "g-mil"


@dataclass(frozen=True)
class Dessin:
    largeur: int
    hauteur: int
    label: str
    boites: list[Boite]
    fleches: list[Fleche]


def dessiner(composante: Composante, *, etroit: bool = False) -> Dessin:
    """From the poste that is freed last to the vacant one: the way people go."""
    partants = list(reversed(composante.mouvements))
    cases = [_case(m) for m in partants]
    if not composante.boucle:
        cases.append(_vacante(partants[-1]))
    pas = (HAUT_ETROIT + ENTRE_ETROIT) if etroit else (LARGE + ENTRE)
    boites = [_boite(case, rang * pas, etroit) for rang, case in enumerate(cases)]
    fleches = [
        _fleche(boites[n], m.rang, etroit) for n, m in enumerate(partants[: len(boites) - 1])
    ]
    if composante.boucle:
        fleches.append(_retour(boites, partants[-1].rang, etroit))
    retour = RETOUR if composante.boucle else 0
    longueur = len(cases) * pas - (ENTRE_ETROIT if etroit else ENTRE)
    return Dessin(
        largeur=LARGE_ETROIT + retour if etroit else longueur,
        hauteur=longueur if etroit else HAUT + retour,
        label=_label(composante),
        boites=boites,
        fleches=fleches,
    )


@dataclass(frozen=True)
class _Case:
    titre: str
    poste: str
    code: str
    initiale: str
    vacante: bool = False


def _case(mouvement: Mouvement) -> _Case:
    poste = mouvement.depuis.intitule if mouvement.depuis else "sans poste aujourd’hui"
    origine = mouvement.origine
    return _Case(mouvement.nom_court, poste, origine.code[0], origine.initiale)


def _vacante(mouvement: Mouvement) -> _Case:
    accueil = mouvement.vers.collectivite
    return _Case(
        mouvement.condition,
        mouvement.vers.intitule,
        accueil.code[0],
        accueil.initiale,
        vacante=True,
    )


def _boite(case: _Case, place: int, etroit: bool) -> Boite:
    x, y = (1, place + 1) if etroit else (place + 1, 1)
    large, haut = (LARGE_ETROIT, HAUT_ETROIT) if etroit else (LARGE, HAUT)
    lignes = couper(case.poste, LIGNE_ETROITE if etroit else LIGNE, 1 if etroit else 2)
    return Boite(
        x=x,
        y=y,
        large=large - 2,
        haut=haut - 2,
        titre=couper(case.titre, 30 if etroit else 16, 1)[0],
        lignes=[(y + 42 + 17 * n, ligne) for n, ligne in enumerate(lignes)],
        code=case.code,
        initiale=case.initiale,
        vacante=case.vacante,
    )


def _fleche(depart: Boite, rang: int, etroit: bool) -> Fleche:
    if etroit:
        x, y = depart.x + 40, depart.y + depart.haut
        fin = y + ENTRE_ETROIT
        return Fleche(
            f"M{x} {y + 3}V{fin - 8}",
            f"M{x - 6} {fin - 9}l6 10l6 -10z",
            f"vœu {rang}",
            x + 16,
            y + 25,
            "",
        )
    x, y = depart.x + depart.large, depart.y + depart.haut // 2
    fin = x + ENTRE
    return Fleche(
        f"M{x + 4} {y}H{fin - 8}", f"M{fin - 9} {y - 6}l10 6l-10 6z", f"vœu {rang}", x + 27, y - 9
    )


def _retour(boites: list[Boite], rang: int, etroit: bool) -> Fleche:
    tete, queue = boites[-1], boites[0]
    if etroit:
        droite = tete.x + tete.large
        y0, y1 = tete.y + tete.haut // 2, queue.y + queue.haut // 2
        return Fleche(
            f"M{droite + 3} {y0}h16V{y1}h-9",
            f"M{droite + 11} {y1 - 6}l-10 6l10 6z",
            f"vœu {rang}",
            droite - 4,
            tete.y - 14,
            "g-fin",
        )
    bas = tete.y + tete.haut
    x0, x1 = tete.x + tete.large // 2, queue.x + queue.large // 2
    return Fleche(
        f"M{x0} {bas + 3}v14H{x1}v-7",
        f"M{x1 - 6} {bas + 11}l6 -10l6 10z",
        f"vœu {rang}",
        (x0 + x1) // 2,
        bas + 32,
    )


def couper(texte: str, largeur: int, lignes: int) -> list[str]:
    """Whole words on so many lines; what is left out is said by an ellipsis."""
    coupees = [""]
    for mot in texte.split():
        essai = f"{coupees[-1]} {mot}".strip()
        if len(essai) <= largeur or not coupees[-1]:
            coupees[-1] = essai
        else:
            coupees.append(mot)
    gardees = coupees[:lignes]
    if len(coupees) > lignes:
        gardees[-1] = f"{gardees[-1][: largeur - 1].rstrip(' ,')}…"
    return [ligne if len(ligne) <= largeur else f"{ligne[: largeur - 1]}…" for ligne in gardees]


def _label(composante: Composante) -> str:
    """All of it, in words."""
    trajets = [
        f"{m.nom_court} rejoint {m.vers.intitule}, {m.vers.collectivite.nom_court}"
        for m in composante.mouvements
    ]
    return f"{composante.titre} : {' ; '.join(trajets)}."
