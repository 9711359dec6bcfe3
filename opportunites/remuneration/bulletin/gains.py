"""From the index to the gross: traitement, NBI, indemnité de résidence, SFT, primes, transfert primes/points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from opportunites.remuneration.baremes.lecture import Baremes, BaremeSft, Valeur
from opportunites.remuneration.bulletin.codes import Genre
from opportunites.remuneration.bulletin.lignes import Feuille
from opportunites.remuneration.bulletin.situation import Situation, Statut
from opportunites.remuneration.montants import ZERO, arrondi, somme
from opportunites.remuneration.textes import euros, fraction, nombre, taux

MOIS_PAR_AN = 12
SFT_SANS_INDICE = "dû seulement si la rémunération du contrat suit le point d’indice"
PRIMES = ("IFSE", "CIA_M", "CIA_AN", "AUTRES_PRIMES", "PRIME_RESP")


@dataclass(frozen=True)
class Pleins:
    """The month at full time, before any rounding."""

    point: Valeur
    traitement: Fraction
    nbi: Fraction

    @property
    def soumis(self) -> Fraction:
        return self.traitement + self.nbi

    def a_l_indice(self, inm: int) -> Fraction:
        return inm * Fraction(self.point.valeur) / MOIS_PAR_AN


def traitement_seul(s: Situation, baremes: Baremes) -> Decimal:
    """TIB, from 2010 on."""
    return arrondi(_pleins(s, _point(s, baremes)).traitement * s.part)


def _point(s: Situation, baremes: Baremes) -> Valeur:
    """The point in force, or the one typed in its place."""
    en_vigueur = baremes.point(s.date)
    if s.point is None:
        return en_vigueur
    return replace(en_vigueur, valeur=s.point, source="valeur saisie", debut=s.date, confiance="D")


def poser_gains(feuille: Feuille) -> None:
    """All gains, down to the gross."""
    s = feuille.situation
    pleins = _pleins(s, _point(s, feuille.baremes))
    _traitement(feuille, pleins)
    if s.statut is Statut.TITULAIRE:
        _nbi(feuille, pleins)
    _residence(feuille, pleins)
    _supplement_familial(feuille, pleins)
    _primes(feuille)
    if s.ind_csg:
        _saisie(feuille, "IND_CSG", s.ind_csg, Fraction(s.jours, 30))
    if s.statut is Statut.TITULAIRE:
        _transfert(feuille)
    feuille.totaliser("brut", Genre.GAIN, "somme des gains")


def _pleins(s: Situation, point: Valeur) -> Pleins:
    annuel = Fraction(point.valeur)
    if s.inm is not None:
        traitement = s.inm * annuel / MOIS_PAR_AN
    else:
        donne = s.tib if s.tib is not None else s.base
        assert donne is not None
        traitement = Fraction(donne)
    if s.base is not None and s.tib is not None:
        return Pleins(point, traitement, Fraction(s.base - s.tib))
    return Pleins(point, traitement, s.nbi * annuel / MOIS_PAR_AN)


def _reduit(s: Situation) -> str:
    """What the formula says of part-time and of a month begun or left."""
    quotite = f" × {fraction(s.quot)}" if s.quot != 1 else ""
    return quotite + (f" × {s.jours}/30" if s.jours != 30 else "")


def _traitement(feuille: Feuille, pleins: Pleins) -> None:
    s = feuille.situation
    montant = arrondi(pleins.traitement * s.part)
    if s.inm is None:
        feuille.poser("TIB", montant, f"traitement saisi{_reduit(s)}")
        return
    formule = f"{s.inm} points × {nombre(pleins.point.valeur)} € ÷ 12{_reduit(s)}"
    feuille.poser("TIB", montant, formule, pleins.point, entrees={"Indice majoré": str(s.inm)})


def _nbi(feuille: Feuille, pleins: Pleins) -> None:
    s = feuille.situation
    montant = arrondi(pleins.nbi * s.part)
    if s.nbi:
        formule = f"{s.nbi} points × {nombre(pleins.point.valeur)} € ÷ 12{_reduit(s)}"
        feuille.poser("NBI", montant, formule, pleins.point, entrees={"Points": str(s.nbi)})
    else:
        feuille.poser(
            "NBI",
            montant,
            f"base saisie moins traitement{_reduit(s)}" if montant else "aucun point",
        )


def _residence(feuille: Feuille, pleins: Pleins) -> None:
    s = feuille.situation
    if s.ir is not None:
        _saisie(feuille, "IR", s.ir, s.part)
        return
    zone = feuille.baremes.parametre(f"IR_ZONE_{s.zone}", s.date)
    minimal = feuille.baremes.parametre("INM_MINIMUM_TRAITEMENT", s.date)
    plancher = pleins.a_l_indice(int(minimal.valeur)) * s.part
    assiette = Fraction(feuille["TIB"] + feuille["NBI"])
    montant = arrondi(Fraction(zone.valeur) * max(assiette, plancher))
    retenue = "traitement et NBI" if assiette >= plancher else "indice minimal"
    feuille.poser(
        "IR",
        montant,
        f"{taux(zone.valeur)} × {euros(arrondi(max(assiette, plancher)))} ({retenue})",
        zone,
        minimal,
        entrees={"Zone": str(s.zone)},
    )


def _supplement_familial(feuille: Feuille, pleins: Pleins) -> None:
    s = feuille.situation
    if not s.enf:
        feuille.poser("SFT", ZERO, "aucun enfant")
        return
    bareme = _bareme_sft(s.enf, feuille.baremes, s.date)
    bas, haut = (pleins.a_l_indice(i) for i in (bareme.inm_plancher, bareme.inm_plafond))
    fixe, part = Fraction(bareme.part_fixe), Fraction(bareme.taux)
    assiette = min(max(pleins.soumis, bas), haut)
    minimum = fixe + part * bas
    montant = max((fixe + part * assiette) * s.quot, minimum) * Fraction(s.jours, 30)
    formule = euros(bareme.part_fixe)
    if part:
        formule += f" + {taux(bareme.taux)} × {euros(arrondi(assiette))}"
    if _reduit(s):
        formule = f"({formule})"
    feuille.poser(
        "SFT",
        arrondi(montant),
        formule + _reduit(s) + (", au moins le minimum du temps plein" if s.quot != 1 else ""),
        bareme.valeur,
        entrees={
            "Enfants": str(s.enf),
            "Indices retenus": f"de {bareme.inm_plancher} à {bareme.inm_plafond}",
        },
        prudence=SFT_SANS_INDICE if s.statut is Statut.CONTRACTUEL and s.inm is None else "",
    )


def _bareme_sft(enfants: int, baremes: Baremes, ce_jour: date) -> BaremeSft:
    bareme = baremes.sft(str(min(enfants, 3)), ce_jour)
    if enfants <= 3:
        return bareme
    suivant = baremes.sft("supplementaire", ce_jour)
    return replace(
        bareme,
        part_fixe=bareme.part_fixe + suivant.part_fixe * (enfants - 3),
        taux=bareme.taux + suivant.taux * (enfants - 3),
    )


def _primes(feuille: Feuille) -> None:
    s = feuille.situation
    saisies = {"IFSE": s.ifse, "CIA_M": s.cia_m, "AUTRES_PRIMES": s.primes}
    for code, montant in saisies.items():
        if montant or code == "IFSE":
            _saisie(feuille, code, montant, s.part)
    if s.cia_an:
        _saisie(feuille, "CIA_AN", s.cia_an, s.quot)
    if s.prime_resp:
        feuille.poser(
            "PRIME_RESP",
            arrondi(s.prime_resp * feuille["TIB"]),
            f"{taux(s.prime_resp)} × {euros(feuille['TIB'])} (traitement)",
            source=feuille.baremes.parametre("PRIME_RESPONSABILITE_MAX", s.date).source,
        )
    posees = [feuille.lignes[code] for code in PRIMES if code in feuille.lignes]
    feuille.poser(
        "primes",
        somme(feuille[ligne.code] for ligne in posees),
        " + ".join(ligne.libelle for ligne in posees),
        source="somme des lignes",
        confiance=feuille.confiance_de(posees),
    )


def _saisie(feuille: Feuille, code: str, montant: Decimal, part: Fraction) -> None:
    reduction = f" × {fraction(part)}" if part != 1 else ""
    feuille.poser(code, arrondi(Fraction(montant) * part), f"{euros(montant)}{reduction}")


def _transfert(feuille: Feuille) -> None:
    s = feuille.situation
    primes = feuille["primes"]
    valeurs: list[Valeur] = []
    if s.tpp is not None:
        plein = Fraction(s.tpp)
    else:
        valeurs.append(feuille.baremes.parametre(f"TPP_{s.cat}_ANNUEL", s.date))
        plein = Fraction(valeurs[0].valeur) / MOIS_PAR_AN
    abattement = arrondi(plein * s.part)
    feuille.poser(
        "TPP",
        -min(abattement, primes),
        f"le moindre de {euros(abattement)} et des primes, {euros(primes)}",
        *valeurs,
        entrees={"Catégorie": s.cat, "Part du mois plein": fraction(s.part)},
    )
