"""The journal as a file: a table for a spreadsheet, a paper for an inspector."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone

from cadres.recensement.fichiers.tableur import ecrire_tableur
from collectivites.acteurs.acteur import Acteur
from collectivites.chaine.verification import empreinte_du_journal
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import date_texte
from pilotage.journal.forms import FiltresJournal
from pilotage.journal.lignes import Ligne

#: Lines of a file: years of decisions, and a time that one waits.
LIGNES_MAX = 20_000
LIGNES_IMPRIMEES = 500
ENTETES = (
    "Quand",
    "Acte",
    "Décision",
    "Cadre concerné",
    "Par qui",
    "Qualité",
    "Au nom de",
    "Délégation",
    "Motif",
)
FEUILLE_DE_STYLE = "static:css/papiers.css"


def nom_du_fichier(extension: str) -> str:
    return f"journal-{timezone.localdate():%Y-%m-%d}.{extension}"


def en_csv(lignes: Iterable[Ligne]) -> bytes:
    """Semicolons and a byte order mark: a French spreadsheet opens it as it is."""
    return b"".join(
        ecrire_tableur([dire(e) for e in ENTETES], (_rang(ligne) for ligne in lignes), "csv")
    )


def _rang(ligne: Ligne) -> tuple[object, ...]:
    return (
        timezone.localtime(ligne.quand),
        ligne.acte,
        f"{ligne.quoi} ({ligne.actes})" if ligne.actes else ligne.quoi,
        ligne.cadre,
        ligne.qui,
        ligne.role,
        ligne.au_nom_de.nom if ligne.au_nom_de else "",
        ligne.delegation,
        ligne.pourquoi,
    )


def en_html(acteur: Acteur, lignes: list[Ligne], filtres: FiltresJournal, *, total: int) -> str:
    return render_to_string(
        "pdf/journal.html",
        {
            "titre": f"Journal des décisions : {acteur.collectivite.nom}",
            "collectivite": acteur.collectivite,
            "demarche": acteur.demarche,
            "lignes": lignes,
            "criteres": _criteres(filtres),
            "total": total,
            "empreinte": empreinte_du_journal(acteur.demarche),
            "lecteur": acteur,
            "jour": timezone.localdate(),
            "feuille_de_style": FEUILLE_DE_STYLE,
        },
    )


def _criteres(filtres: FiltresJournal) -> list[tuple[str, str]]:
    """What was asked for, in words: « Décidé par » → « Denis Bailly »."""
    criteres = []
    for nom, champ in filtres.fields.items():
        valeur = filtres.cleaned_data.get(nom)
        if nom != "lignes" and not valeur:
            continue
        if valeur is True:
            texte = "oui"
        elif hasattr(champ, "choices"):
            texte = str(dict(champ.choices).get(valeur or "", ""))
        else:
            texte = date_texte(valeur) if isinstance(valeur, date) else str(valeur)
        criteres.append((dire(str(champ.label)), texte))
    return criteres
