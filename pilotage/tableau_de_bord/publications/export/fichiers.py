"""The figures as a table for analysts: one figure a row, with its day. From a `Publication` alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cadres.recensement.fichiers.tableur import nommer
from collectivites.models import Collectivite
from pilotage.indicateurs.entonnoir import ETAPES as LIBELLES
from pilotage.indicateurs.protection.publication import Chiffre, Publication
from pilotage.indicateurs.protection.releve import ETAPES, PAR_EMPLOYEUR, PAR_PROMOTION
from pilotage.indicateurs.secret import NON_COMMUNIQUE
from pilotage.tableau_de_bord.publications.export import rsu
from pilotage.tableau_de_bord.publications.export.dictionnaire import dictionnaire_des_donnees

ENTETE = ("Indicateur", "Détail", "Collectivité", "Valeur", "Unité", "Au")
ENSEMBLE = "Ensemble"
PARTS = (*PAR_EMPLOYEUR, "effectives")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Valeur = int | float | str
Rang = tuple[str, str, str, Valeur, str, str]


def lignes(p: Publication) -> Iterator[Rang]:
    """All the rows, in the order of the documents."""
    jour = p.jour.isoformat()
    yield ("Situation", "Numéro de l’arrêté", ENSEMBLE, p.numero, "", jour)
    yield ("Situation", "Seuil du secret", ENSEMBLE, p.seuil, "personnes", jour)
    yield from _mobilites(p, jour)
    yield from _etapes(p)
    yield from _promotions(p)
    yield from _milieux(p, jour)
    yield from _refus(p)
    for nom, n, unite in p.autres:
        yield ("Autres indicateurs", nom, ENSEMBLE, _nombre(n), unite, jour)


def _chiffre(famille: str, detail: str, qui: str, chiffre: Chiffre, unite: str) -> Rang:
    quand = chiffre.au.isoformat() if chiffre.au else ""
    return (famille, detail, qui, _nombre(chiffre.valeur), unite, quand)


def _nombre(valeur: float | None) -> Valeur:
    return NON_COMMUNIQUE if valeur is None else valeur


def _mobilites(p: Publication, jour: str) -> Iterator[Rang]:
    for detail, nom in (
        ("Effectives", "mobilites/effectives"),
        ("Effectives, d’un employeur à un autre", "mobilites/entre_employeurs"),
        ("Engagées", "mobilites/engagees"),
    ):
        yield _chiffre("Mobilités", detail, ENSEMBLE, p.chiffre(nom), "mobilités")
    t = p.trajectoire
    prevues = t.jour.isoformat()
    yield ("Mobilités", "Prévues à cette date", ENSEMBLE, t.prevues, "mobilités", prevues)
    yield ("Mobilités", "Visées", ENSEMBLE, p.objectif, "mobilités", jour)
    for quand, n in t.effectives:
        yield ("Courbe", "Mobilités cumulées", ENSEMBLE, n, "mobilités", quand.isoformat())
    for c in p.collectivites:
        yield _chiffre("Échanges", "Départs", c.nom, p.departs(c), "mobilités")
    for c in p.collectivites:
        yield _chiffre("Échanges", "Arrivées", c.nom, p.arrivees(c), "mobilités")


def _etapes(p: Publication) -> Iterator[Rang]:
    libelles = {code: libelle for code, libelle, _ in LIBELLES}
    for code in ETAPES:
        if code in PAR_EMPLOYEUR:
            for c in p.collectivites:
                yield _chiffre("Étapes", libelles[code], c.nom, p.etape(code, c), "personnes")
        if code != "effectives":  # it is told among the moves
            yield _chiffre("Étapes", libelles[code], ENSEMBLE, p.etape(code), "personnes")
        if code in PARTS:
            part = f"{libelles[code]}, part des femmes"
            yield _chiffre("Étapes", part, ENSEMBLE, p.part_femmes(code), "%")
        if code in p.delais:
            jour = p.jour.isoformat()
            detail = f"{libelles[code]}, délai médian"
            yield ("Étapes", detail, ENSEMBLE, p.delais[code], "semaines", jour)


def _promotions(p: Publication) -> Iterator[Rang]:
    libelles = {code: libelle for code, libelle, _ in LIBELLES}
    for cle, nom in p.promotions:
        for code in PAR_PROMOTION:
            detail = f"{nom}, {libelles[code].lower()}"
            yield _chiffre("Promotions", detail, ENSEMBLE, p.promotion(cle, code), "personnes")


def _milieux(p: Publication, jour: str) -> Iterator[Rang]:
    for quand, mediane in zip(("au recensement", "aujourd’hui"), p.medianes, strict=True):
        detail = f"Ancienneté médiane {quand}"
        yield ("Ancienneté dans le poste", detail, ENSEMBLE, _nombre(mediane), "années", jour)


def _refus(p: Publication) -> Iterator[Rang]:
    quand = p.refus.jusqu_au.isoformat() if p.refus.jusqu_au else ""
    yield ("Refus", "Total", ENSEMBLE, _nombre(p.refus.total), "refus", quand)
    for motif, nombre in p.refus.motifs:
        yield ("Refus", motif.capitalize(), ENSEMBLE, nombre, "refus", quand)


# --- Files ----------------------------------------------------------------------------------------


def en_csv(publication: Publication) -> str:
    """Semicolons and a byte order mark: a French spreadsheet opens it as it is."""
    sortie = io.StringIO()
    sortie.write("\ufeff")
    tableau = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    tableau.writerow(ENTETE)
    for *debut, valeur, unite, quand in lignes(publication):
        texte = f"{valeur:.1f}".replace(".", ",") if isinstance(valeur, float) else str(valeur)
        tableau.writerow((*debut, texte, unite, quand))
    return sortie.getvalue()


def en_xlsx(publication: Publication, collectivite: Collectivite) -> bytes:
    """Three sheets: the figures, what each column and figure is, the lines that the RSU takes."""
    classeur = Workbook()
    nommer(classeur, "Chiffres de la démarche")
    donnees = classeur.active
    assert donnees is not None
    donnees.title = "Chiffres"
    donnees.append(ENTETE)
    for ligne in lignes(publication):
        *debut, quand = ligne
        donnees.append((*debut, date.fromisoformat(quand) if quand else None))
    dictionnaire = classeur.create_sheet("Dictionnaire")
    for rang in dictionnaire_des_donnees(publication):
        dictionnaire.append(rang)
    feuille = classeur.create_sheet("RSU")
    feuille.append((*rsu.ENTETE[:4], collectivite.nom, *rsu.ENTETE[5:]))
    for reponse in rsu.rsu(publication, collectivite):
        feuille.append(reponse)
    for onglet in classeur.worksheets:
        _habiller(onglet)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _habiller(onglet: Worksheet) -> None:
    onglet.freeze_panes = "A2"
    onglet.print_title_rows = "1:1"
    for rang, colonne in enumerate(onglet.columns, 1):
        colonne[0].font = Font(bold=True)
        largeur = max(len(str(cellule.value or "")) for cellule in colonne)
        onglet.column_dimensions[get_column_letter(rang)].width = min(60, largeur + 2)
        for cellule in colonne:
            cellule.alignment = Alignment(vertical="top", wrap_text=largeur > 58)
