"""How a comparison is said and laid out: one sentence, three blocks, what is not known in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from collectivites.communs.typographie import enumerer, euros_texte, nombre_texte
from opportunites.paie.calculs.calcul import Calcul
from opportunites.remuneration.comparaison.avantages import Unite
from opportunites.remuneration.comparaison.blocs import Bloc
from opportunites.remuneration.comparaison.comparaison import (
    Comparaison,
    LigneComparee,
    Paire,
    SousTotal,
    Totaux,
)
from opportunites.remuneration.intervalle import Intervalle

NET = "net_avant_PAS"
PAR_AN = "par an"
EXACTE = "Estimation, avant impôt : seul l’arrêté de l’employeur d’accueil fixe la paie."
ENTRE_DEUX_BORNES = (
    "Estimation, avant impôt, entre deux bornes : ce qui n’est pas connu n’est jamais compté pour "
    "zéro."
)


@dataclass(frozen=True)
class Rangee:
    """A row of the table, already in words."""

    libelle: str
    periode: str
    actuel: str
    propose: str
    ecart: str
    #: the difference over a year; empty for days and hours
    ecart_an: str
    #: adds up the rows above it
    sous_total: bool = False


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
    #: the difference of net as if she had no children; empty when she has none
    hors_famille: str
    prudences: tuple[str, ...]
    inconnus_origine: str
    inconnus_accueil: str
    tus: str


def ecrire(calcul: Calcul, *, pour_la_personne: bool) -> Ecrit:
    comparaison = calcul.comparaison
    totaux = comparaison.totaux if pour_la_personne else comparaison.hors_famille
    du_poste = (
        comparaison.net_du_poste if pour_la_personne else comparaison.net_du_poste_hors_famille
    )
    lignes = _lignes(comparaison, pour_la_personne)
    avec_enfants = pour_la_personne and comparaison.origine.situation.enf > 0
    return Ecrit(
        phrase(totaux.mois[NET].ecart, du_poste, "vous" if pour_la_personne else "la personne"),
        EXACTE if totaux.mois[NET].ecart.est_exact else ENTRE_DEUX_BORNES,
        _blocs(comparaison, lignes, pour_la_personne),
        _totaux(totaux),
        ecart_en_mots(comparaison.hors_famille.mois[NET].ecart) if avec_enfants else "",
        (*comparaison.prudences, *((calcul.plafond,) if calcul.plafond else ())),
        enumerer(_de_la_paie(comparaison.origine.inconnus)),
        enumerer(_de_la_paie(comparaison.accueil.inconnus)),
        enumerer([ligne.libelle.lower() for ligne in lignes if _tue(ligne)]),
    )


def phrase(ecart: Intervalle, du_poste: Intervalle, qui: str = "vous") -> str:
    """« Net par mois : +142 €, dont +96 € qui tiennent au poste et non à vous. »"""
    if ecart.haut is None and ecart.bas is None:
        return "L’écart de net ne peut pas encore être calculé"
    debut = f"Net par mois : {ecart_en_mots(ecart)}"
    if not ecart.est_exact or not du_poste.est_exact or not ecart.bas:
        return debut
    suite = f"qui tiennent au poste et non à {qui}"
    if ecart_en_mots(ecart) == ecart_en_mots(du_poste):
        return f"{debut}, {suite}"
    return f"{debut}, dont {ecart_en_mots(du_poste)} {suite}"


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


def _de_la_paie(libelles: tuple[str, ...]) -> list[str]:
    """What is off the payslip says « inconnu » in its own block."""
    return [mot for mot in libelles if mot in {"IFSE", "CIA", "NBI", "prime de responsabilité"}]


def _lignes(comparaison: Comparaison, pour_la_personne: bool) -> list[LigneComparee]:
    """All but those that are exactly zero on both sides, which say nothing."""
    return [
        ligne
        for bloc in Bloc
        for ligne in comparaison.du_bloc(bloc, vue_de_la_personne=pour_la_personne)
        if not _nulle(ligne)
    ]


def _nulle(ligne: LigneComparee) -> bool:
    paire = ligne.mois or ligne.an
    return all(cote.est_exact and not cote.bas for cote in (paire.origine, paire.accueil))


def _tue(ligne: LigneComparee) -> bool:
    """Off the payslip, and unknown on both sides: named in one sentence under the table."""
    return ligne.bloc is Bloc.HORS_BULLETIN and all(
        cote == Intervalle.inconnu() for cote in (ligne.an.origine, ligne.an.accueil)
    )


def _blocs(
    comparaison: Comparaison, lignes: list[LigneComparee], pour_la_personne: bool
) -> tuple[BlocEcrit, ...]:
    """Each block adds up; what is off the payslip enters neither the gross nor the net."""
    blocs = []
    for bloc in Bloc:
        rangees = tuple(_rangee(li) for li in lignes if li.bloc is bloc and not _tue(li))
        if rangees:
            sous_total = comparaison.sous_total(bloc, vue_de_la_personne=pour_la_personne)
            blocs.append(BlocEcrit(str(bloc), (*rangees, *_sous_totaux(sous_total))))
    return tuple(blocs)


def _sous_totaux(sous_total: SousTotal) -> tuple[Rangee, ...]:
    return tuple(
        replace(_ecrite(libelle, PAR_AN if annuelle else "", paire, an), sous_total=True)
        for libelle, paire, an, annuelle in sous_total.rangees()
    )


def _rangee(ligne: LigneComparee) -> Rangee:
    """Euros a month are what the table is about: only another unit is said."""
    if ligne.unite is not Unite.EUROS_PAR_AN:
        return _ecrite(ligne.libelle, str(ligne.unite), ligne.an, decimales=1)
    if ligne.mois is None:
        return _ecrite(ligne.libelle, PAR_AN, ligne.an)
    return _ecrite(ligne.libelle, "", ligne.mois, ligne.an)


def _totaux(totaux: Totaux) -> tuple[Rangee, ...]:
    return (
        _ecrite("Brut", "", totaux.mois["brut"], totaux.an["brut"]),
        _ecrite("Net avant impôt", "", totaux.mois[NET], totaux.an[NET]),
        _ecrite("Net avant impôt", PAR_AN, totaux.an[NET]),
    )


def _ecrite(
    libelle: str, periode: str, paire: Paire, an: Paire | None = None, *, decimales: int = 0
) -> Rangee:
    """`an`: the same over a year, where `paire` is of a month."""
    annuelle = an or (paire if periode == PAR_AN else None)
    return Rangee(
        libelle,
        periode,
        en_colonne(paire.origine, decimales),
        en_colonne(paire.accueil, decimales),
        en_colonne(paire.ecart, decimales, signe=True),
        en_colonne(annuelle.ecart, signe=True) if annuelle else "",
    )


def en_colonne(plage: Intervalle, decimales: int = 0, *, signe: bool = False) -> str:
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
