"""The diagnosis of a staff list: what would be written, what must be corrected, what is left out.

Self-sufficient: `serialisation` takes it to JSON and back, so that the uploaded file (which holds birth
dates and the like) need not be kept between the upload and the confirmation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cadres.recensement import serialisation
from cadres.recensement.champs.texte import typographie
from cadres.recensement.modeles import (
    CHAMPS,
    Anomalie,
    Avertissement,
    ColonneEcartee,
    Doublon,
    FeuillePossible,
    Inchange,
    LigneCadre,
    LigneIgnoree,
    LigneRejetee,
    MiseAJour,
)
from cadres.recensement.personnes.modeles import (
    Absent,
    AutreEmployeur,
    CelluleVidee,
    Conflit,
    Question,
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    nom_fichier: str
    format: str
    feuille: str
    ligne_entete: int
    nb_lignes: int  # rows of people: neither empty, nor a total, a comment or a repeated header
    nb_vides: int
    correspondance: Mapping[str, str]  # heading -> field ("" when the DRH chose to leave it out)
    colonnes_ecartees: tuple[ColonneEcartee, ...] = ()
    nouveaux: tuple[LigneCadre, ...] = ()
    mis_a_jour: tuple[MiseAJour, ...] = ()
    inchanges: tuple[Inchange, ...] = ()
    hors_public: tuple[LigneCadre, ...] = ()
    a_corriger: tuple[Anomalie, ...] = ()
    rejets: tuple[LigneRejetee, ...] = ()
    doublons: tuple[Doublon, ...] = ()
    ignorees: tuple[LigneIgnoree, ...] = ()
    #: Rows of people who objected to being listed: their numbers alone.
    opposes: tuple[int, ...] = ()
    avertissements: tuple[Avertissement, ...] = ()
    messages: tuple[str, ...] = ()
    #: Values of rows that are ready which could not be used: the field is left empty, or as it is.
    laissees: tuple[Anomalie, ...] = ()
    #: Rows of which nothing is written until somebody says whether it is the same person.
    questions: tuple[Question, ...] = ()
    #: What was answered: row -> id of a record, or `AUTRE_PERSONNE`; (row, field) -> whose value.
    decisions: Mapping[int, int | str] = field(default_factory=dict)
    reponses: Mapping[tuple[int, str], str] = field(default_factory=dict)
    #: Cells changed here and there since the export: nothing is written of them unanswered.
    conflits: tuple[Conflit, ...] = ()
    videes: tuple[CelluleVidee, ...] = ()
    absents: tuple[Absent, ...] = ()
    autres_employeurs: tuple[AutreEmployeur, ...] = ()
    #: Rows hidden in the file (by a filter, or by hand), and whether they were left aside.
    masquees: tuple[int, ...] = ()
    sans_masquees: bool = False
    feuilles: tuple[FeuillePossible, ...] = ()

    @property
    def lignes_valides(self) -> list[LigneCadre]:
        """Every clean row, in the order of the file."""
        cadres = [*self.nouveaux, *self.hors_public]
        cadres += [m.cadre for m in self.mis_a_jour]
        cadres += [i.cadre for i in self.inchanges]
        cadres += [q.cadre for q in self.questions]
        return sorted(cadres, key=lambda c: c.ligne)

    @property
    def pret(self) -> int:
        """Rows that a confirmation would write or find already written, `hors_public` aside."""
        return len(self.nouveaux) + len(self.mis_a_jour) + len(self.inchanges)

    @property
    def sans_effet(self) -> bool:
        """Clean rows, all of which the registre already holds as they are."""
        autres = self.nouveaux or self.mis_a_jour or self.hors_public or self.questions
        return bool(self.inchanges) and not autres

    @property
    def nb_lignes_a_corriger(self) -> int:
        return len(self.rejets)

    @property
    def nb_inchangees(self) -> int:
        """Rows that say nothing else than the registre: neither an emptied cell nor a conflict."""
        autres = {v.ligne for v in self.videes} | {c.ligne for c in self.conflits}
        return sum(i.cadre.ligne not in autres for i in self.inchanges)

    @property
    def colonnes(self) -> dict[str, str]:
        """Field -> heading."""
        return {champ: colonne for colonne, champ in self.correspondance.items() if champ in CHAMPS}

    @property
    def decompte(self) -> str:
        """Where each row went, so that the numbers add up: « 65 lignes : 64 prêtes, 1 répétée »."""
        parties = [
            (self.pret, "prête", "prêtes"),
            (len(self.hors_public), "hors public visé", "hors public visé"),
            (len(self.questions), "à reconnaître", "à reconnaître"),
            (self.nb_lignes_a_corriger, "à corriger", "à corriger"),
            (len(self.doublons), "répétée", "répétées"),
            (len(self.opposes), "laissée de côté (opposition)", "laissées de côté (opposition)"),
        ]
        dites = [f"{n} {un if n == 1 else des}" for n, un, des in parties if n]
        lignes = f"{self.nb_lignes} {'lignes' if self.nb_lignes > 1 else 'ligne'}"
        return typographie(f"{lignes} : {', '.join(dites)}" if dites else lignes)

    @property
    def phrase_masquees(self) -> str:
        """What became of the rows that the file hides; "" when there are none."""
        nombre = len(self.masquees)
        if not nombre:
            return ""
        seule = nombre == 1
        lignes = "1 ligne masquée" if seule else f"{nombre} lignes masquées"
        if self.sans_masquees:
            sort = "est laissée de côté" if seule else "sont laissées de côté"
        else:
            sort = "est reprise comme les autres" if seule else "sont reprises comme les autres"
        return typographie(f"{lignes} dans le fichier, par un filtre ou à la main, {sort}.")

    def resume_json(self) -> Json:
        """What the command line prints with --json; the rarer counts only where there are some."""
        resume: Json = {
            "nouveaux": len(self.nouveaux),
            "mis_a_jour": len(self.mis_a_jour),
            "inchanges": len(self.inchanges),
            "hors_public": len(self.hors_public),
            "a_corriger": [
                {"ligne": a.ligne, "colonne": a.colonne, "valeur": a.valeur, "motif": a.motif}
                for a in self.a_corriger
            ],
            "colonnes_ecartees": [c.colonne for c in self.colonnes_ecartees],
        }
        rares = {
            "opposes": self.opposes,
            "questions": self.questions,
            "conflits": self.conflits,
            "valeurs_laissees": self.laissees,
        }
        return resume | {nom: len(groupe) for nom, groupe in rares.items() if groupe}

    def vers_json(self) -> Json:
        """Everything, as JSON-safe values; `depuis_json` gives the same diagnosis back."""
        return serialisation.vers_json(self)

    @classmethod
    def depuis_json(cls, objet: Json) -> "Diagnostic":
        return cls(**serialisation.depuis_json(objet))
