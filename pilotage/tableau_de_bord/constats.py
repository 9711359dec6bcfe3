"""The sentences that the figures write: titles that change with the data, never « Indicateurs »."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from collectivites.communs.lexique import dire
from collectivites.communs.typographie import (
    INSECABLE,
    MOIS,
    accorder,
    capitale,
    compter,
    compter_en_lettres,
    date_texte,
    delai_avant,
    en_lettres,
    enumerer,
    euros_texte,
    nombre_texte,
)
from collectivites.travaux.attentes import Attente
from opportunites.postes.bilans import BilanPostes
from pilotage.indicateurs.anciennete import Anciennete
from pilotage.indicateurs.avenir import Avenir
from pilotage.indicateurs.ensemble import Indicateurs
from pilotage.indicateurs.entonnoir import Entonnoir
from pilotage.indicateurs.matrice import Bilan, Equilibre, Matrice
from pilotage.indicateurs.paie import Paie
from pilotage.indicateurs.refus import Refus
from pilotage.indicateurs.trajectoire import Rythme, Trajectoire

_DEUX_POINTS = " : "


def mois_annee(jour: date) -> str:
    """« juin 2028 »."""
    return f"{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"


def these(indicateurs: Indicateurs) -> SafeString:
    """Moves, objective, date, pace; then the balance. The first thing that a DGS reads."""
    t = indicateurs.trajectoire
    # The title never turns its line between the two.
    avant = "d’ici" if t.jour <= t.fin else "en"
    quand = f"{avant}{INSECABLE}{mois_annee(t.fin)}"
    return format_html(
        "<span><strong>{}</strong> sur {} {}{}.</span> <span>{}</span>",
        compter(t.nb_effectives, "mobilité effective,mobilités effectives"),
        compter(t.objectif, "visée"),
        quand,
        f"{_DEUX_POINTS}{t.rythme.value}",
        equilibre(t.rythme, indicateurs.matrice),
    )


def equilibre(rythme: Rythme, matrice: Matrice) -> str:
    """The balance, said against the pace when one is good and the other is not."""
    if not matrice.total:
        return ""
    sujet = "L’équilibre entre collectivités"
    if matrice.equilibre == Equilibre.DANS:
        return f"{sujet} est respecté." if rythme.est_bon else f"{sujet}, lui, est respecté."
    suite = {
        Equilibre.LIMITE: "n’a plus de marge",
        Equilibre.HORS: "n’est pas tenu",
    }[matrice.equilibre]
    return f"{sujet}, lui, {suite}." if rythme.est_bon else f"{sujet} {suite} non plus."


def sur_la_trajectoire(t: Trajectoire) -> str:
    """« Une mobilité d’avance sur la trajectoire, et cinq déjà engagées »."""
    if t.rythme == Rythme.A_VENIR:
        return "La trajectoire commence : aucune mobilité n’est encore attendue"
    if t.avance == 0:
        debut = "Juste sur la trajectoire"
    else:
        sens = "d’avance" if t.avance > 0 else "de retard"
        debut = (
            f"{capitale(compter_en_lettres(abs(t.avance), 'mobilité', feminin=True))} {sens} "
            "sur la trajectoire"
        )
    if not t.nb_engagees:
        return debut
    liaison = "et" if t.avance >= 0 else "mais"
    engagees = (
        f"{en_lettres(t.nb_engagees, feminin=True)} déjà {accorder(t.nb_engagees, 'engagée')}"
    )
    return f"{debut}, {liaison} {engagees}"


def methode(t: Trajectoire) -> str:
    """How the projection is made, in words that a reader may check."""
    base = (
        "La trajectoire convenue est une droite : de l’ouverture de la première promotion à "
        "l’objectif, le dernier jour de la démarche. "
    )
    if t.projection is None:
        suite = "Il n’y a pas encore assez de recul, ou de temps devant soi, pour projeter."
    else:
        suite = (
            "La projection prolonge le rythme des douze derniers mois à partir des dossiers déjà "
            "engagés ; l’éventail couvre huit chances sur dix. C’est une estimation."
        )
    return f"{base}{suite}"


def decisions(attentes: list[Attente]) -> str:
    """« Trois décisions, la première sous 7 jours »."""
    if not attentes:
        return "Aucune décision attendue de vous aujourd’hui"
    debut = capitale(compter_en_lettres(len(attentes), "décision", feminin=True))
    retards = sum(attente.en_retard for attente in attentes)
    if retards:
        return f"{debut}, dont {compter_en_lettres(retards, 'en retard,en retard', feminin=True)}"
    echeance = attentes[0].echeance
    if echeance is None:
        return debut
    delai = delai_avant(echeance)
    quand = "aujourd’hui" if delai.jours == 0 else f"sous {delai.texte}"
    return f"{debut}, {'la première ' if len(attentes) > 1 else ''}{quand}"


def _solde(bilan: Bilan, *, avec_nom: bool) -> str:
    verbe = "gagne" if bilan.solde > 0 else "perd"
    nombre = abs(bilan.solde)
    if avec_nom:
        return f"{bilan.collectivite.la} {verbe} {compter_en_lettres(nombre, 'cadre')}"
    return f"{bilan.collectivite.la} en {verbe} {en_lettres(nombre)}"


def sur_l_echange(matrice: Matrice) -> str:
    """« Oui, à la limite : la Ville perd deux cadres, la Région en gagne deux »."""
    if not matrice.total:
        return "Aucune mobilité effective pour l’instant"
    if matrice.equilibre == Equilibre.DANS:
        return f"Oui{_DEUX_POINTS}{dire('chacun reçoit à peu près autant de cadres')} qu’il en voit partir"
    debut = "Oui, à la limite" if matrice.equilibre == Equilibre.LIMITE else "Non"
    bilans = sorted(matrice.au_bord(), key=lambda b: b.solde)
    soldes = [_solde(b, avec_nom=rang == 0) for rang, b in enumerate(bilans)]
    return f"{debut}{_DEUX_POINTS}{', '.join(soldes)}"


def sur_une_part(total: int) -> str:
    """« Neuf mobilités d’un employeur à un autre », of a promotion or of a period."""
    if not total:
        return "Aucune mobilité effective ici"
    nombre = capitale(
        compter_en_lettres(total, "mobilité effective,mobilités effectives", feminin=True)
    )
    return f"{nombre} d’un employeur à un autre"


def sur_l_avenir(avenir: Avenir, jour: date) -> str:
    """« la Ville sera à −3 le 24 décembre, à −1 le 24 janvier 2027 »."""
    etapes = [
        f"à {nombre_texte(solde, signe=True)} {_quand(quand, jour)}"
        for quand, solde in avenir.soldes
    ]
    return f"{avenir.collectivite.la} sera {', '.join(etapes)}"


def _quand(quand: date, jour: date) -> str:
    if quand == jour:
        return "dès que l’arrivée sera constatée"
    dite = date_texte(quand)
    return f"le {dite.removesuffix(f'{INSECABLE}{jour.year}')}"


def sur_la_tolerance(matrice: Matrice, *, en_preparation: bool) -> str:
    """The tolerance in words, and what would break it, unless moves in preparation say more."""
    ecart = f"{compter_en_lettres(matrice.tolerance, 'cadre')} d’écart"
    debut = f"Tolérance convenue{_DEUX_POINTS}{ecart}."
    if en_preparation:
        return f"{debut} Des mobilités en préparation vont encore changer ces soldes."
    if matrice.equilibre != Equilibre.LIMITE:
        return debut
    bilan = min(matrice.au_bord(), key=lambda b: b.solde)
    if bilan.solde < 0:
        return (
            f"{debut} Un départ de plus {bilan.collectivite.de_la} sans arrivée l’en ferait sortir."
        )
    return (
        f"{debut} Une arrivée de plus pour {bilan.collectivite.la} sans départ l’en ferait sortir."
    )


def sur_les_pertes(entonnoir: Entonnoir) -> str:
    """« Au volontariat d’abord, puis au moment d’accepter un poste »."""
    if not entonnoir.etape("recenses").total:
        return "Personne n’est encore recensé"
    pertes = entonnoir.pertes()
    if not pertes:
        return "Nulle part pour l’instant"
    debut = capitale(pertes[0].perte)
    return f"{debut} d’abord, puis {pertes[1].perte}" if len(pertes) > 1 else debut


def sur_l_anciennete(anciennete: Anciennete) -> str:
    """« Ancienneté médiane dans le poste : 9,7 ans au recensement, 8,6 aujourd’hui »."""
    avant, apres = anciennete.mediane_avant, anciennete.mediane_apres
    if avant is None or apres is None:
        return "L’ancienneté dans le poste n’est pas encore connue"
    return (
        f"Ancienneté médiane dans le poste{_DEUX_POINTS}{nombre_texte(round(avant, 1), 1)}"
        f"{INSECABLE}{accorder(avant, 'an')} au recensement, {nombre_texte(round(apres, 1), 1)} "
        "aujourd’hui"
    )


def sur_la_paie(paie: Paie) -> str:
    """« Souvent : 12 refus sur 16 portaient sur un poste moins payé »; empty when it cannot be told."""
    total, baisse = paie.refusees.total, paie.refusees.en_baisse
    if not total or baisse is None:
        return ""
    part = baisse / total
    debut = "Souvent" if part >= 0.5 else "Parfois" if part >= 0.2 else "Rarement"
    return f"{debut}{_DEUX_POINTS}{baisse} refus sur {total} portaient sur un poste moins payé"


def medianes(paie: Paie) -> str:
    """« Écart médian : +110 € acceptées, −80 € refusées »: what may be told of it."""
    dites = [
        f"{euros_texte(reponses.mediane, 0, signe=True)} pour les propositions {nom}"
        for nom, reponses in (("acceptées", paie.acceptees), ("refusées", paie.refusees))
        if reponses.mediane is not None
    ]
    return f"Écart médian de brut{_DEUX_POINTS}{', '.join(dites)}." if dites else ""


def sur_les_refus(refus: Refus) -> str:
    """Whether pay is the brake, without a number that would name somebody."""
    if refus.total is None:
        return "Les motifs des refus ne sont pas encore communiqués"
    total = compter(refus.total, "refus,refus")
    if refus.remuneration is None:
        return f"Rarement{_DEUX_POINTS}sur {total}, peu ou pas invoquent la rémunération"
    part = refus.remuneration / refus.total
    debut = "Souvent" if part >= 0.5 else "Parfois" if part >= 0.2 else "Rarement"
    return f"{debut}{_DEUX_POINTS}{refus.remuneration} refus sur {refus.total} invoquent la rémunération"


def sur_les_postes(
    bilans: Sequence[BilanPostes], liens: Sequence[str] = ("", "", "")
) -> SafeString:
    """« 42 postes ouverts aujourd’hui, 18 pourvus ; 48 promis, dont 2 encore à ouvrir par la Ville. »
    What one employer opened beyond its pledge does not pay for another's. `liens`: where each of the
    three numbers is counted."""
    ouverts = sum(b.ouverts - b.pourvus for b in bilans)
    pourvus = sum(b.pourvus for b in bilans)
    promis = sum(b.promis or 0 for b in bilans)
    dus = [f"{b.reste} encore à ouvrir par {b.collectivite.la}" for b in bilans if b.reste]
    return format_html(
        "{} aujourd’hui, {} ; {}{}.",
        _lie(ouverts, "poste ouvert,postes ouverts", liens[0]),
        _lie(pourvus, "pourvu", liens[1]),
        _lie(promis, "promis,promis", liens[2]) if promis else "aucun promis encore",
        f", dont {enumerer(dus)}" if dus else "",
    )


def _lie(nombre: int, formes: str, lien: str) -> SafeString | str:
    texte = compter(nombre, formes)
    return format_html('<a href="{}">{}</a>', lien, texte) if lien and nombre else texte
