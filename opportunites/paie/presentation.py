"""How a comparison is said and laid out: one sentence, three blocks, what is not known in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from collectivites.communs.typographie import enumerer, euros_texte, nombre_texte
from opportunites.paie.calculs.calcul import Calcul
from opportunites.remuneration.bulletin.codes import CODES
from opportunites.remuneration.comparaison.avantages import Unite
from opportunites.remuneration.comparaison.blocs import Bloc
from opportunites.remuneration.comparaison.comparaison import Comparaison, LigneComparee, Paire
from opportunites.remuneration.intervalle import Intervalle

NET = "net_avant_PAS"


@dataclass(frozen=True)
class Rangee:
    """A row of the table, already in words."""

    libelle: str
    periode: str
    actuel: str
    propose: str
    ecart: str


@dataclass(frozen=True)
class BlocEcrit:
    titre: str
    rangees: tuple[Rangee, ...]


@dataclass(frozen=True)
class Ecrit:
    """What the page shows of a comparison. `pour_la_personne`: with her family, and what is hers."""

    phrase: str
    reserve: str
    blocs: tuple[BlocEcrit, ...]
    totaux: tuple[Rangee, ...]
    hors_famille: tuple[Rangee, ...]
    prudences: tuple[str, ...]
    inconnus_origine: str
    inconnus_accueil: str


def ecrire(calcul: Calcul, *, pour_la_personne: bool) -> Ecrit:
    comparaison = calcul.comparaison
    totaux = comparaison.totaux if pour_la_personne else comparaison.hors_famille
    du_poste = (
        comparaison.net_du_poste if pour_la_personne else comparaison.net_du_poste_hors_famille
    )
    avec_enfants = comparaison.origine.situation.enf > 0
    return Ecrit(
        phrase(totaux.mois[NET].ecart, du_poste),
        _reserve(comparaison),
        _blocs(comparaison, pour_la_personne),
        _totaux(totaux.mois, "par mois") + _totaux(totaux.an, "par an"),
        _totaux(comparaison.hors_famille.mois, "par mois")
        if pour_la_personne and avec_enfants
        else (),
        (*comparaison.prudences, *((calcul.plafond,) if calcul.plafond else ())),
        enumerer(list(_inconnus(comparaison.origine.inconnus, pour_la_personne))),
        enumerer(list(_inconnus(comparaison.accueil.inconnus, pour_la_personne))),
    )


def phrase(ecart: Intervalle, du_poste: Intervalle) -> str:
    """« Net par mois : +142 €, dont +96 € qui tiennent au poste et non à vous. »"""
    if ecart.haut is None and ecart.bas is None:
        return "L’écart de net ne peut pas encore être calculé"
    debut = f"Net par mois : {ecart_en_mots(ecart)}"
    if not ecart.est_exact or not du_poste.est_exact or ecart == du_poste:
        return debut
    return f"{debut}, dont {ecart_en_mots(du_poste)} qui tiennent au poste et non à vous"


def ecart_en_mots(ecart: Intervalle) -> str:
    """Signed, to the euro: « +142 € », « entre −20 € et +310 € », « au moins −80 € »."""

    def euros(valeur: Decimal) -> str:
        return euros_texte(valeur, 0, signe=True)

    if ecart.bas is None and ecart.haut is None:
        return "inconnu"
    if ecart.bas is None:
        assert ecart.haut is not None
        return f"au plus {euros(ecart.haut)}"
    if ecart.haut is None:
        return f"au moins {euros(ecart.bas)}"
    if euros(ecart.bas) == euros(ecart.haut):
        return euros(ecart.bas)
    return f"entre {euros(ecart.bas)} et {euros(ecart.haut)}"


def _reserve(comparaison: Comparaison) -> str:
    """Why the sentence is a range, and how to make it narrower."""
    ecart = comparaison.totaux.mois[NET].ecart
    if ecart.est_exact:
        return "Estimation, avant impôt : seul l’arrêté de l’employeur d’accueil fixe la paie."
    return (
        "Estimation, avant impôt, entre deux bornes : ce qui n’est pas connu n’est jamais compté "
        "pour zéro."
    )


def _inconnus(libelles: tuple[str, ...], pour_la_personne: bool) -> tuple[str, ...]:
    """Of the payslip: what is off it says « inconnu » on its own line."""
    return tuple(
        mot for mot in libelles if mot in {"IFSE", "CIA", "NBI", "prime de responsabilité"}
    )


def _blocs(comparaison: Comparaison, pour_la_personne: bool) -> tuple[BlocEcrit, ...]:
    blocs = []
    for bloc in Bloc:
        lignes = comparaison.du_bloc(bloc, vue_de_la_personne=pour_la_personne)
        rangees = tuple(_rangee(ligne) for ligne in lignes if not _sans_objet(ligne))
        if rangees:
            blocs.append(BlocEcrit(str(bloc), rangees))
    return tuple(blocs)


def _sans_objet(ligne: LigneComparee) -> bool:
    """A line that is exactly zero on both sides says nothing."""
    paire = ligne.mois or ligne.an
    return all(cote.est_exact and not cote.bas for cote in (paire.origine, paire.accueil))


def _rangee(ligne: LigneComparee) -> Rangee:
    paire = ligne.mois or ligne.an
    if ligne.unite is not Unite.EUROS_PAR_AN:
        return _ecrite(ligne.libelle, str(ligne.unite), paire, 1)
    return _ecrite(ligne.libelle, "par mois" if ligne.mois else "par an", paire)


def _totaux(paires: dict[str, Paire], periode: str) -> tuple[Rangee, ...]:
    return tuple(
        _ecrite(_court_libelle(code), periode, paire)
        for code, paire in paires.items()
        if code != "net_imposable" or periode == "par an"
    )


def _court_libelle(code: str) -> str:
    return {"brut": "Brut", NET: "Net avant impôt"}.get(code, CODES[code].libelle)


def _ecrite(libelle: str, periode: str, paire: Paire, decimales: int = 2) -> Rangee:
    return Rangee(
        libelle,
        periode,
        en_colonne(paire.origine, decimales),
        en_colonne(paire.accueil, decimales),
        en_colonne(paire.ecart, decimales, signe=True),
    )


def en_colonne(plage: Intervalle, decimales: int = 2, *, signe: bool = False) -> str:
    """Short, for a narrow column; the unit is that of the table."""

    def ecrit(valeur: Decimal) -> str:
        entier = decimales == 1 and valeur == valeur.to_integral_value()
        return nombre_texte(valeur, 0 if entier else decimales, signe=signe)

    if plage.est_exact:
        assert plage.bas is not None
        return ecrit(plage.bas)
    if plage.haut is None and (plage.bas is None or (plage.bas == 0 and not signe)):
        return "inconnu"
    if plage.haut is None:
        assert plage.bas is not None
        return f"au moins {ecrit(plage.bas)}"
    if plage.bas is None:
        return f"au plus {ecrit(plage.haut)}"
    return f"{ecrit(plage.bas)} à {ecrit(plage.haut)}"
