"""The list behind a figure: the same rows that it counts, for whoever may read them.

A figure of one's own employer alone has a list: who is where, at another, is that employer's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.models import Collectivite
from opportunites.models import Mobilite
from pilotage.indicateurs.entonnoir import CODES, ETAPES, candidatures_de
from pilotage.indicateurs.suivi import en_attente

SANS_PROPOSITION = "sans-proposition"
DEPARTS, ARRIVEES = "departs", "arrivees"
#: « vers-12 », « de-12 »: moves from mine to another, from another to mine.
VERS, DE = "vers-", "de-"


@dataclass(frozen=True)
class Rang:
    """One row. Nameless when the reader may not open the file any more: it counts all the same."""

    nom: str
    url: str
    precision: str


@dataclass(frozen=True)
class Liste:
    titre: str
    rangs: list[Rang]


def lire(acteur: Acteur, quoi: str) -> Liste:
    """The list behind a figure of the acteur's own employer. Three queries at most; 404 for another."""
    mienne = acteur.collectivite
    if quoi in CODES:
        libelle = next(libelle for code, libelle, _ in ETAPES if code == quoi)
        lignes = candidatures_de(mienne, quoi)
        return Liste(f"{libelle}, d’origine {mienne.nom}", _personnes(acteur, lignes))
    if quoi == SANS_PROPOSITION:
        lignes = en_attente(acteur, timezone.now()).filter(cadre__collectivite=mienne)
        return Liste("Sans proposition depuis 8 semaines", _personnes(acteur, lignes))
    return _mobilites(acteur, quoi)


def _personnes(acteur: Acteur, candidatures: Any) -> list[Rang]:
    cles = list(candidatures.values_list("cadre", flat=True))
    visibles = Cadre.objects.visibles_par(acteur).select_related("poste", "collectivite")
    lisibles = visibles.filter(pk__in=cles, anonymise_le=None).in_bulk()
    rangs = [_personne(lisibles.get(cle)) for cle in cles]
    return sorted(rangs, key=lambda rang: (not rang.url, rang.nom))


def _personne(cadre: Cadre | None) -> Rang:
    if cadre is None:
        return Rang("Une personne dont la fiche ne vous est plus ouverte", "", "")
    poste = f"{cadre.poste.intitule}, " if cadre.poste else ""
    url = reverse("cadres:fiche", args=[cadre.pk])
    return Rang(f"{cadre.nom} {cadre.prenom}", url, f"{poste}{cadre.collectivite.nom}")


def _mobilites(acteur: Acteur, quoi: str) -> Liste:
    """Effective moves that leave the acteur's employer or reach it, from or to another one."""
    mienne = acteur.collectivite
    partent = quoi == DEPARTS or quoi.startswith(VERS)
    cotes = ("origine", "accueil") if partent else ("accueil", "origine")
    lignes = Mobilite.objects.visibles_par(acteur).filter(
        etat=Mobilite.Etat.EFFECTIVE, **{f"collectivite_{cotes[0]}": mienne}
    )
    sens = "Départs" if partent else "Arrivées"
    autre = _autre(acteur, quoi)
    if autre is None:
        lignes = lignes.exclude(**{f"collectivite_{cotes[1]}": mienne})
        titre = f"{sens}, mobilités effectives"
    else:
        lignes = lignes.filter(**{f"collectivite_{cotes[1]}": autre})
        titre = f"{sens}, {'vers' if partent else 'depuis'} {autre.nom}"
    lignes = lignes.select_related("cadre", "poste_accueil").order_by("date_effet", "pk")
    return Liste(titre, [_mobilite(ligne) for ligne in lignes])


def _autre(acteur: Acteur, quoi: str) -> Collectivite | None:
    """The other employer that the address names; None for the margins."""
    if quoi in (DEPARTS, ARRIVEES):
        return None
    cle = quoi.removeprefix(VERS).removeprefix(DE)
    autres: Iterable[Collectivite] = Collectivite.objects.visibles_par(acteur)
    autre = next((c for c in autres if str(c.pk) == cle and c != acteur.collectivite), None)
    if autre is None or not quoi.startswith((VERS, DE)):
        raise Http404
    return autre


def _mobilite(mobilite: Mobilite) -> Rang:
    quand = f", le {date_texte(mobilite.date_effet)}" if mobilite.date_effet else ""
    return Rang(
        f"{mobilite.cadre.nom} {mobilite.cadre.prenom}",
        reverse("opportunites:mobilite", args=[mobilite.pk]),
        f"{mobilite.poste_accueil.intitule}{quand}",
    )
