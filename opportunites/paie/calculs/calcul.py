"""All that a sheet or a simulation says, from what both sides typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from opportunites.paie.calculs.postes import poste_d_accueil, poste_d_origine
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine, SaisiePoste
from opportunites.remuneration.baremes.fraicheur import est_a_revoir
from opportunites.remuneration.baremes.grilles import Echelon
from opportunites.remuneration.baremes.lecture import DEBUT_BULLETIN, Baremes, baremes
from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.bulletin.codes import Genre
from opportunites.remuneration.bulletin.lignes import Ligne
from opportunites.remuneration.comparaison.annee_mobilite import (
    AnneeDeMobilite,
    CiaDeLAnnee,
    RegleCia,
    annee_de_mobilite,
)
from opportunites.remuneration.comparaison.comparaison import Comparaison, comparer
from opportunites.remuneration.comparaison.maintien import Maintien
from opportunites.remuneration.comparaison.voies import Passage
from opportunites.remuneration.cout_employeur import ANNEES, CoutAnnuel, couts
from opportunites.remuneration.erreurs import Refus, SaisieRefusee, refuser
from opportunites.remuneration.regime_indemnitaire import depassement_du_plafond

#: What a délibération may say of the CIA of somebody who was not there all year.
REGLES_CIA = {
    "": RegleCia.INCONNUE,
    "prorata": RegleCia.PRORATA,
    "presence": RegleCia.PRESENCE,
    "aucun": RegleCia.AUCUN,
}


@dataclass(frozen=True)
class Noms:
    """Of the two employers, and of the person's cadre d'emplois."""

    origine: str
    accueil: str
    cadre_emplois: str = ""


@dataclass(frozen=True)
class Calcul:
    """`couts` is for employers alone; `maintien` is what the host intends, where it said it."""

    comparaison: Comparaison
    passage: Passage
    echelon_origine: Echelon | None
    annee: AnneeDeMobilite
    couts: tuple[CoutAnnuel, ...]
    maintien: Maintien | None
    plafond: str

    @property
    def formules(self) -> tuple[tuple[Ligne, str], ...]:
        """The lines of the proposed payslip at its lower bound: what each rests on, its source, and
        why it should be read again there."""
        aujourd_hui = timezone.localdate()
        bas, _ = self.comparaison.accueil.au_moins()
        bulletin = calculer(bas, projection=True)
        return tuple(
            (ligne, a_relire(ligne, aujourd_hui))
            for ligne in bulletin.lignes
            if ligne.genre in {Genre.GAIN, Genre.RETENUE} and ligne.montant
        )


def a_relire(ligne: Ligne, aujourd_hui: date) -> str:
    """Empty for a line whose figures were all verified within the year."""
    if ligne.confiance == "M":
        return "de mémoire, à vérifier"
    if any(est_a_revoir(valeur.verifie_le, aujourd_hui) for valeur in ligne.valeurs):
        return "non vérifié depuis plus de douze mois"
    return ""


def calculer_tout(
    origine: SaisieOrigine,
    accueil: SaisieAccueil,
    noms: Noms,
    aujourd_hui: date,
    *,
    enfants: int = 0,
) -> Calcul:
    """Both postes at the date of effect: a difference that a change of rate would make is no part of
    it. Raises `SaisieRefusee`."""
    textes = baremes()
    jour = accueil.date_effet or date_du_calcul(aujourd_hui, textes)
    ici, echelon = poste_d_origine(origine, noms.origine, jour, textes, enfants)
    la, passage = poste_d_accueil(accueil, noms.accueil, ici, echelon, textes)
    return Calcul(
        comparer(ici, la, textes, projection=True),
        passage,
        echelon,
        annee_de_mobilite(
            ici,
            la,
            jour,
            _cia_de_l_origine(origine, jour),
            cia_de_l_annee(accueil, jour),
            textes,
            projection=True,
        ),
        tuple(couts(la, ANNEES, textes)),
        maintien(accueil),
        _plafond(la.ifse.haut, noms.cadre_emplois, textes),
    )


def cia_de_l_annee(saisie: SaisiePoste, jour: date) -> CiaDeLAnnee:
    """The CIA of one end, its dates checked against the year of the move."""
    refus = [
        Refus(
            cle,
            f"Le mouvement est de {jour.year} : donnez une date du 1er janvier au "
            f"31 décembre {jour.year}.",
        )
        for cle in ("cia_verse_le", "cia_present_le")
        if (date_dite := getattr(saisie, cle)) and date_dite.year != jour.year
    ]
    if saisie.cia_regle == "presence" and saisie.cia_present_le is None:
        refus.append(Refus("cia_present_le", "Donnez la date à laquelle il faut être présent."))
    if refus:
        raise SaisieRefusee(*refus)
    return CiaDeLAnnee(REGLES_CIA[saisie.cia_regle], saisie.cia_verse_le, saisie.cia_present_le)


def _cia_de_l_origine(origine: SaisieOrigine, jour: date) -> CiaDeLAnnee:
    """Typed by the other DRH: at fault here is the date of effect, which is read beside it."""
    try:
        return cia_de_l_annee(origine, jour)
    except SaisieRefusee as refusee:
        raise refuser(
            "date",
            "L’employeur d’origine a donné, pour son CIA, une date d’une autre année : choisissez "
            "une date d’effet de cette année-là, ou demandez-lui de corriger son côté.",
        ) from refusee


def date_du_calcul(voulue: date, textes: Baremes | None = None) -> date:
    """The day asked for, within those that the barèmes know."""
    textes = textes or baremes()
    return min(max(voulue, DEBUT_BULLETIN), textes.dernier_jour)


def maintien(accueil: SaisieAccueil) -> Maintien | None:
    """What the host said it intends; None: it said nothing."""
    if not accueil.maintien_deliberation or accueil.maintien_du is None:
        return None
    envisage = Maintien(
        accueil.ifse, accueil.maintien_deliberation, accueil.maintien_du, accueil.maintien_mois
    )
    envisage.controler()
    return envisage


def _plafond(ifse: Decimal | None, cadre_emplois: str, textes: Baremes) -> str:
    """Information, never a block: beyond what the State gives its first group."""
    if ifse is None:
        return ""
    return depassement_du_plafond(textes, cadre_emplois, 1, ifse * 12)
