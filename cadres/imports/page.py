"""What the page of a diagnosis shows: what waits for somebody first, then what will be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cadres.fiche.public import public_de
from cadres.imports.forms import ColonnesForm, LectureForm
from cadres.imports.lecture import fichier_garde
from cadres.imports.predicats import refus_annuler
from cadres.imports.retour import obstacles, phrase_des_obstacles
from cadres.models import ImportCadres
from cadres.recensement.avertissements import phrase_lignes
from cadres.recensement.resultat import Diagnostic
from cadres.recensement.semblables import Semblables, corrections_suggerees, grouper
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import compter

#: Rows shown of each list; the rest is counted, and the whole diagnosis can be downloaded.
EXTRAIT = 50
EXTRAIT_A_DECIDER = 200
#: Rows of a group that are named; the rest is counted.
LIGNES_DITES = 3

#: Why a row is nobody's.
RAISONS = {
    "total": "total",
    "vacant": "poste vacant",
    "entete": "en-tête répété",
    "section": "titre de section",
    "page": "numéro de page",
}


@dataclass(frozen=True)
class Lot:
    """The same value for the same reason, and whose rows hold it, as far as it could be read."""

    groupe: Semblables
    noms: Mapping[int, str]

    @property
    def nombre(self) -> int:
        return len(self.groupe.lignes)

    @property
    def premiere(self) -> int:
        return self.groupe.lignes[0]

    @property
    def personnes(self) -> list[tuple[int, str]]:
        return [(ligne, self.noms.get(ligne, "")) for ligne in self.groupe.lignes[:EXTRAIT]]

    @property
    def dites(self) -> list[tuple[int, str]]:
        return self.personnes[:LIGNES_DITES]

    @property
    def reste(self) -> int:
        return max(0, self.nombre - LIGNES_DITES)


def contexte_diagnostic(ligne: ImportCadres, diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "diagnostic": diagnostic,
        "chiffres": _chiffres(diagnostic),
        **_a_decider(diagnostic),
        **_a_ecrire(diagnostic),
        **_a_savoir(diagnostic),
        "hors_public": diagnostic.hors_public[:EXTRAIT_A_DECIDER],
        "pourquoi_hors": public_de(ligne.collectivite.demarche).hors,
        "sans_effet": diagnostic.sans_effet,
        "ecartees": diagnostic.colonnes_ecartees,
        "form_colonnes": ColonnesForm(importation=ligne),
        "form_lecture": LectureForm(diagnostic=diagnostic),
        "peut_relire": fichier_garde(ligne) is not None,
    }


def _chiffres(diagnostic: Diagnostic) -> list[dict[str, Any]]:
    """The counts at the head of the page, each leading to its group when it has one."""

    def chiffre(nombre: int, un: str, plusieurs: str, groupe: str = "") -> dict[str, Any]:
        return {
            "valeur": nombre,
            "libelle": plusieurs if nombre > 1 else un,
            "url": f"#{groupe}" if groupe and nombre else "",
        }

    a_corriger = diagnostic.nb_lignes_a_corriger
    valeurs = compter(len(diagnostic.a_corriger), "valeur")
    rares = [
        chiffre(
            len(diagnostic.questions), "personne à reconnaître", "personnes à reconnaître", "qui"
        ),
        chiffre(
            len(diagnostic.conflits),
            "cellule changée des deux côtés",
            "cellules changées des deux côtés",
            "conflits",
        ),
    ]
    return [
        chiffre(
            len(diagnostic.nouveaux), dire("nouveau cadre"), dire("nouveaux cadres"), "nouveaux"
        ),
        chiffre(len(diagnostic.mis_a_jour), "fiche mise à jour", "fiches mises à jour", "maj"),
        chiffre(diagnostic.nb_inchangees, "ligne inchangée", "lignes inchangées"),
        *(r | {"alerte": True, "courant": True} for r in rares if r["valeur"]),
        chiffre(a_corriger, "ligne à corriger", f"lignes à corriger, {valeurs}", "corr")
        | {"alerte": bool(a_corriger), "courant": bool(a_corriger)},
    ]


def _a_decider(diagnostic: Diagnostic) -> dict[str, Any]:
    """Values to correct, people to recognise, cells changed on both sides."""
    groupes = grouper(diagnostic)
    noms = {a.ligne: a.qui for a in (*diagnostic.a_corriger, *diagnostic.laissees) if a.qui}
    exigees = [Lot(g, noms) for g in groupes if g.exige]
    laissees = [Lot(g, noms) for g in groupes if not g.exige]
    cadres = {c.ligne: c for c in diagnostic.lignes_valides}
    return {
        "a_corriger": exigees[:EXTRAIT_A_DECIDER],
        "autres_a_corriger": max(0, len(exigees) - EXTRAIT_A_DECIDER),
        "laissees": laissees[:EXTRAIT_A_DECIDER],
        "autres_laissees": max(0, len(laissees) - EXTRAIT_A_DECIDER),
        "nb_suggestions": len(corrections_suggerees(diagnostic)),
        "questions": diagnostic.questions[:EXTRAIT],
        "autres_questions": max(0, len(diagnostic.questions) - EXTRAIT),
        "nb_reponses": len(diagnostic.decisions) + len(diagnostic.reponses),
        "conflits": [(c, cadres[c.ligne]) for c in diagnostic.conflits[:EXTRAIT_A_DECIDER]],
        "autres_conflits": max(0, len(diagnostic.conflits) - EXTRAIT_A_DECIDER),
    }


def _a_ecrire(diagnostic: Diagnostic) -> dict[str, Any]:
    changements = [
        (maj.cadre, changement) for maj in diagnostic.mis_a_jour for changement in maj.changements
    ]
    return {
        "changements": changements[:EXTRAIT],
        "autres_changements": max(0, len(changements) - EXTRAIT),
        "nouveaux": diagnostic.nouveaux[:EXTRAIT],
        "autres_nouveaux": max(0, len(diagnostic.nouveaux) - EXTRAIT),
    }


def _a_savoir(diagnostic: Diagnostic) -> dict[str, Any]:
    cadres = {c.ligne: c for c in diagnostic.lignes_valides}
    return {
        "avertissements": [
            (a.message, phrase_lignes(a.lignes) if a.lignes else "")
            for a in diagnostic.avertissements
        ],
        "doublons": [(d.ligne, d.premiere) for d in diagnostic.doublons[:EXTRAIT]],
        "autres_doublons": max(0, len(diagnostic.doublons) - EXTRAIT),
        "ignorees": [
            (i.ligne, RAISONS.get(i.raison, "commentaire")) for i in diagnostic.ignorees[:EXTRAIT]
        ],
        "autres_ignorees": max(0, len(diagnostic.ignorees) - EXTRAIT),
        "videes": [(v, cadres[v.ligne]) for v in diagnostic.videes[:EXTRAIT]],
        "autres_videes": max(0, len(diagnostic.videes) - EXTRAIT),
        "absents": diagnostic.absents[:EXTRAIT],
        "autres_absents": max(0, len(diagnostic.absents) - EXTRAIT),
        "ailleurs": [
            (a.nom, len(a.lignes), phrase_lignes(a.lignes)) for a in diagnostic.autres_employeurs
        ],
        "lignes_opposees": phrase_lignes(diagnostic.opposes) if diagnostic.opposes else "",
    }


def contexte_resultat(acteur: Acteur, ligne: ImportCadres) -> dict[str, Any]:
    """What came of a file: what is left of it, and whether it can be undone (or why it cannot)."""
    refus = refus_annuler(acteur, ligne)
    trouves = obstacles(ligne) if refus is None else []
    return {
        "diagnostic": Diagnostic.depuis_json(ligne.diagnostic) if ligne.diagnostic else None,
        "peut_annuler": refus is None and not trouves,
        "annulation_refusee": phrase_des_obstacles(trouves) if trouves else "",
    }
