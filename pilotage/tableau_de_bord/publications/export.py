"""The figures as a table to open in a spreadsheet: aggregates only, secrets kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from collectivites.communs.typographie import date_texte
from pilotage.indicateurs.anciennete import CLASSES
from pilotage.indicateurs.catalogue import Releve
from pilotage.indicateurs.publication import Publication
from pilotage.indicateurs.secret import NON_COMMUNIQUE

ENTETE = ("Indicateur", "Détail", "Collectivité", "Valeur", "Unité")
ENSEMBLE = "Ensemble"

Rang = tuple[str, str, str, str, str]


def en_csv(publication: Publication, releves: Iterable[Releve]) -> str:
    """Semicolons and a byte order mark: a French spreadsheet opens it as it is."""
    sortie = io.StringIO()
    sortie.write("\ufeff")
    tableau = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    tableau.writerow(ENTETE)
    tableau.writerows(lignes(publication))
    for releve in releves:
        nom, unite = releve.indicateur.nom, releve.indicateur.unite
        tableau.writerow(("Autres indicateurs", nom, ENSEMBLE, _texte(releve.valeur), unite))
    return sortie.getvalue()


def lignes(publication: Publication) -> Iterator[Rang]:
    """All the rows, in the order of the steering page."""
    yield ("Situation", "Arrêtée au", ENSEMBLE, date_texte(publication.jour), "")
    yield ("Situation", "Seuil du secret", ENSEMBLE, str(publication.seuil), "cadres")
    yield from _objectif(publication)
    yield from _echanges(publication)
    yield from _etapes(publication)
    yield from _anciennete(publication)
    refus = publication.refus
    yield ("Refus", "Total", ENSEMBLE, _texte(refus.total), "refus")
    for motif, nombre in refus.motifs:
        yield ("Refus", motif.capitalize(), ENSEMBLE, str(nombre), "refus")


def _texte(valeur: float | None) -> str:
    if valeur is None:
        return NON_COMMUNIQUE
    return f"{valeur:.1f}".replace(".", ",") if isinstance(valeur, float) else str(valeur)


def _objectif(p: Publication) -> Iterator[Rang]:
    t = p.trajectoire
    for detail, valeur in (
        ("Effectives", p.effectives),
        ("Engagées", p.engagees),
        ("Prévues à cette date", t.prevues),
        ("Visées", t.objectif),
    ):
        yield ("Mobilités", detail, ENSEMBLE, _texte(valeur), "mobilités")


def _echanges(p: Publication) -> Iterator[Rang]:
    for origine, ligne in zip(p.collectivites, p.matrice.cases, strict=True):
        for accueil, nombre in zip(p.collectivites, ligne, strict=True):
            if origine != accueil:
                detail = f"Vers {accueil.nom}"
                yield ("Échanges", detail, origine.nom, _texte(nombre), "mobilités")
    for detail, marges in (("Départs", p.matrice.lignes), ("Arrivées", p.matrice.colonnes)):
        for collectivite, nombre in zip(p.collectivites, marges, strict=True):
            yield ("Échanges", detail, collectivite.nom, _texte(nombre), "mobilités")
    yield ("Échanges", "Départs", ENSEMBLE, _texte(p.matrice.total), "mobilités")


def _etapes(p: Publication) -> Iterator[Rang]:
    for etape in p.etapes:
        for collectivite, nombre in zip(p.collectivites, etape.ligne.cases, strict=True):
            yield ("Étapes", etape.libelle, collectivite.nom, _texte(nombre), "cadres")
        yield ("Étapes", etape.libelle, ENSEMBLE, _texte(etape.ligne.total), "cadres")
        part = _texte(etape.part_femmes)
        yield ("Étapes", f"{etape.libelle}, part des femmes", ENSEMBLE, part, "%")
        if etape.code != "recenses":
            delai = _texte(etape.delai)
            yield ("Étapes", f"{etape.libelle}, délai médian", ENSEMBLE, delai, "jours")


def _anciennete(p: Publication) -> Iterator[Rang]:
    for quand, ligne, mediane in (
        ("au recensement", p.anciennete_avant, p.mediane_avant),
        ("aujourd’hui", p.anciennete_apres, p.mediane_apres),
    ):
        nom = f"Ancienneté dans le poste {quand}"
        for (_, classe, _), nombre in zip(CLASSES, ligne.cases, strict=True):
            yield (nom, classe.capitalize(), ENSEMBLE, _texte(nombre), "cadres")
        yield (nom, "Médiane", ENSEMBLE, _texte(mediane), "années")
