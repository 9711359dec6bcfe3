"""The figures as a table for analysts: one figure a row, with its day. From a `Publication` alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from collectivites.models import Collectivite
from pilotage.indicateurs.catalogue import INDICATEURS
from pilotage.indicateurs.entonnoir import ETAPES as LIBELLES
from pilotage.indicateurs.protection.publication import Chiffre, Publication
from pilotage.indicateurs.protection.releve import ETAPES, PAR_EMPLOYEUR
from pilotage.indicateurs.secret import NON_COMMUNIQUE

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


def _milieux(p: Publication, jour: str) -> Iterator[Rang]:
    for quand, mediane in zip(("au recensement", "aujourd’hui"), p.medianes, strict=True):
        detail = f"Ancienneté médiane {quand}"
        yield ("Ancienneté dans le poste", detail, ENSEMBLE, _nombre(mediane), "années", jour)


def _refus(p: Publication) -> Iterator[Rang]:
    quand = p.refus.jusqu_au.isoformat() if p.refus.jusqu_au else ""
    yield ("Refus", "Total", ENSEMBLE, _nombre(p.refus.total), "refus", quand)
    for motif, nombre in p.refus.motifs:
        yield ("Refus", motif.capitalize(), ENSEMBLE, nombre, "refus", quand)


def rsu(p: Publication, collectivite: Collectivite) -> list[tuple[str, str, str, Valeur]]:
    """What the rapport social unique of one employer may take: (theme, indicator, breakdown, value).
    Protected like the rest: an employer counts its own people from its own files."""
    theme = "Parcours professionnels"
    return [
        (theme, "Mobilités sortantes vers un autre employeur", "", _de(p.departs(collectivite))),
        (theme, "Mobilités entrantes d’un autre employeur", "", _de(p.arrivees(collectivite))),
        (
            theme,
            "Souhaits de mobilité exprimés (volontaires)",
            "",
            _de(p.etape("volontaires", collectivite)),
        ),
        (
            "Formation",
            "Personnes entrées dans un parcours",
            "",
            _de(p.etape("en_parcours", collectivite)),
        ),
        (
            "Égalité",
            "Part des femmes parmi les volontaires, tous employeurs",
            "sexe",
            _de(p.part_femmes("volontaires")),
        ),
        (
            "Égalité",
            "Part des femmes parmi les mobilités, tous employeurs",
            "sexe",
            _de(p.part_femmes("effectives")),
        ),
    ]


def _de(chiffre: Chiffre) -> Valeur:
    return _nombre(chiffre.valeur)


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
    """Three sheets: the figures, what each is, the lines that the RSU takes."""
    classeur = Workbook()
    donnees = classeur.active
    assert donnees is not None
    donnees.title = "Chiffres"
    donnees.append(ENTETE)
    for ligne in lignes(publication):
        *debut, quand = ligne
        donnees.append((*debut, date.fromisoformat(quand) if quand else None))
    dictionnaire = classeur.create_sheet("Dictionnaire")
    dictionnaire.append(("Indicateur", "Comment il se compte", "Unité", "Source"))
    for i in INDICATEURS:
        dictionnaire.append((i.nom, i.formule, i.unites, i.source))
    dictionnaire.append(
        (
            "n.c.",
            f"Non communiqué : moins de {publication.seuil} personnes, ou un chiffre qui permettrait d’en retrouver un aussi petit",
            "",
            "Règles de la démarche",
        )
    )
    feuille = classeur.create_sheet("RSU")
    feuille.append(("Thème", "Indicateur", "Ventilation", collectivite.nom))
    for rang in rsu(publication, collectivite):
        feuille.append(rang)
    for onglet in classeur.worksheets:
        onglet.freeze_panes = "A2"
        for rang_colonne, colonne in enumerate(onglet.columns, 1):
            colonne[0].font = Font(bold=True)
            largeur = max(len(str(cellule.value or "")) for cellule in colonne)
            onglet.column_dimensions[get_column_letter(rang_colonne)].width = min(60, largeur + 2)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()
