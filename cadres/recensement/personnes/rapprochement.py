"""Who is who: rows of the file among themselves, then against the registre.

Nothing is asserted of two people who only look alike: it is asked, with both sides, and the answers
come back as `decisions`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import attrgetter

from cadres.recensement.champs.noms import cle_nom
from cadres.recensement.champs.texte import typographie
from cadres.recensement.modeles import (
    CHAMPS_CADRE,
    Anomalie,
    Doublon,
    FicheExistante,
    Inchange,
    LigneCadre,
    MiseAJour,
    libelle_colonne,
)
from cadres.recensement.personnes.comparaison import cle_matricule, comparer
from cadres.recensement.personnes.modeles import AUTRE_PERSONNE, CelluleVidee, Conflit, Question
from cadres.recensement.personnes.public import PublicVise
from cadres.recensement.personnes.questions import demander
from cadres.recensement.personnes.registre import (
    Id,
    Liberees,
    Registre,
    Trouvaille,
    distincts,
    exportes_de,
)

#: Rounds to settle which keys a file really frees; beyond, none is taken as free.
ESSAIS = 4

Decisions = Mapping[int, Id]
"""Row -> id of the record that it is, or `AUTRE_PERSONNE`."""
Reponses = Mapping[tuple[int, str], str]
"""(row, field) of a conflict -> `DU_FICHIER` or `DU_REGISTRE`."""


@dataclass(slots=True)
class Rapprochement:
    nouveaux: list[LigneCadre] = field(default_factory=list)
    mis_a_jour: list[MiseAJour] = field(default_factory=list)
    inchanges: list[Inchange] = field(default_factory=list)
    hors_public: list[LigneCadre] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    conflits: list[Conflit] = field(default_factory=list)
    videes: list[CelluleVidee] = field(default_factory=list)
    anomalies: list[Anomalie] = field(default_factory=list)
    doublons: list[Doublon] = field(default_factory=list)
    opposes: list[int] = field(default_factory=list)
    anciens: list[int] = field(default_factory=list)  # rows recognised by a former identifier
    #: Rows of our export whose record is no longer there: nothing is written of them.
    disparues: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reglages:
    """What `rapprocher` needs to know besides the rows and the records."""

    colonnes: Mapping[str, str]  # field -> heading, to name what must be corrected
    #: Tells those who objected to being listed: of them, only the row number is kept.
    est_oppose: Callable[[str, str, str, str], bool] | None = None
    decisions: Decisions = field(default_factory=dict)
    reponses: Reponses = field(default_factory=dict)
    #: Row -> fields whose value could not be used: an emptied cell is another thing.
    laissees: Mapping[int, Collection[str]] = field(default_factory=dict)
    public: PublicVise = field(default_factory=PublicVise)


_VALEURS = attrgetter(*CHAMPS_CADRE)


class _DansLeFichier:
    """Exact duplicates and contradictions between rows of the same file."""

    def __init__(self) -> None:
        self.vus: dict[tuple[object, ...], int] = {}
        self.matricules: dict[str, LigneCadre] = {}
        self.courriels: dict[str, LigneCadre] = {}
        self.noms: dict[str, list[LigneCadre]] = defaultdict(list)

    def doublon(self, cadre: LigneCadre) -> int:
        """The row of which this one is an exact copy, 0 if none."""
        premiere = self.vus.setdefault(_VALEURS(cadre), cadre.ligne)
        return premiere if premiere != cadre.ligne else 0

    def conflit(self, cadre: LigneCadre) -> tuple[str, str]:
        """(field, reason) when an earlier row claims the same identity; else the row is noted."""
        matricule = cle_matricule(cadre.matricule)
        homonymes = self.noms[cle_nom(cadre.nom, cadre.prenom)]
        if matricule and matricule in self.matricules:
            return "matricule", f"Déjà porté par {_ligne(self.matricules[matricule])}"
        if cadre.courriel and cadre.courriel in self.courriels:
            return "courriel", f"Déjà porté par {_ligne(self.courriels[cadre.courriel])}"
        for autre in homonymes if not cadre.cle else ():
            if not distincts(cadre.matricule, autre.matricule, cadre.courriel, autre.courriel):
                return "nom", f"Même nom et même prénom que la ligne {autre.ligne}"
        if matricule:
            self.matricules[matricule] = cadre
        if cadre.courriel:
            self.courriels[cadre.courriel] = cadre
        homonymes.append(cadre)
        return "", ""


def _ligne(cadre: LigneCadre) -> str:
    return f"la ligne {cadre.ligne} : {cadre.prenom} {cadre.nom}"


_CONSEILS = {
    "matricule": "Garder une seule des deux lignes, ou corriger le matricule",
    "courriel": "Garder une seule des deux lignes, ou corriger le courriel",
    "nom": "Indiquer le matricule ou le courriel, s'il y a bien deux personnes",
}


def rapprocher(
    cadres: Sequence[LigneCadre], existants: Iterable[FicheExistante], reglages: Reglages
) -> Rapprochement:
    """Sort clean rows into groups."""
    registre = Registre(existants)
    liberees, reclamees = registre.reperer(cadres)
    est_oppose = reglages.est_oppose
    opposes = {
        c.ligne
        for c in cadres
        if est_oppose and est_oppose(c.nom, c.prenom, c.matricule, c.courriel)
    }
    for _ in range(ESSAIS):
        resultat = _Passage(registre, reglages, liberees, reclamees, opposes).trier(cadres)
        tenues = _tenues(resultat, liberees)
        if tenues == liberees:
            return resultat
        # The row that gave a key up is itself refused: its key is not free after all.
        liberees = tenues
    return _Passage(registre, reglages, Liberees(), reclamees, opposes).trier(cadres)


def _tenues(resultat: Rapprochement, liberees: Liberees) -> Liberees:
    """Those of the promised keys that the rows kept really give up."""
    changes = {
        champ: {
            maj.fiche_id
            for maj in resultat.mis_a_jour
            if any(changement.champ == champ for changement in maj.changements)
        }
        for champ in ("matricule", "courriel")
    }
    return Liberees(
        liberees.matricules & changes["matricule"], liberees.courriels & changes["courriel"]
    )


class _Passage:
    """One way through the rows, for what the file is thought to free."""

    def __init__(
        self,
        registre: Registre,
        reglages: Reglages,
        liberees: Liberees,
        reclamees: Set[Id],
        opposes: Set[int],
    ) -> None:
        self.registre, self.reglages, self.liberees = registre, reglages, liberees
        self.reclamees, self.opposes = reclamees, opposes
        self.resultat = Rapprochement()
        self.touchees: dict[Id, int] = {}

    def trier(self, cadres: Sequence[LigneCadre]) -> Rapprochement:
        fichier = _DansLeFichier()
        for cadre in cadres:
            premiere = fichier.doublon(cadre)
            if premiere:
                self.resultat.doublons.append(Doublon(cadre.ligne, premiere))
                continue
            champ, motif = fichier.conflit(cadre)
            if motif:
                self._ecarter(cadre, Trouvaille(None, champ, motif))
            else:
                self._chercher(cadre)
        return self.resultat

    def _chercher(self, cadre: LigneCadre) -> None:
        if cadre.cle and self.registre.identite(cadre) is None:
            self.resultat.disparues.append(cadre.ligne)
            return
        trouvaille = self.registre.chercher(cadre, self.liberees)
        if trouvaille.fiche is None and not trouvaille.motif:
            if cadre.ligne in self.opposes:
                self.resultat.opposes.append(cadre.ligne)
                return
            trouvaille = self._demander(cadre, trouvaille)
            if trouvaille.homonymes:
                return  # asked
        fiche = trouvaille.fiche
        if fiche is not None and fiche.id in self.touchees:
            motif = f"Même fiche du registre que la ligne {self.touchees[fiche.id]}"
            trouvaille = Trouvaille(fiche, "nom", motif)
        if trouvaille.motif:
            self._ecarter(cadre, trouvaille)
            return
        if fiche is not None:
            self.touchees[fiche.id] = cadre.ligne
            if trouvaille.ancienne:
                self.resultat.anciens.append(cadre.ligne)
        self._classer(cadre, fiche)

    def _demander(self, cadre: LigneCadre, trouvaille: Trouvaille) -> Trouvaille:
        """What was decided of somebody whom no key finds; a question when nothing was."""
        if trouvaille.homonymes:
            raison, possibles = "nom", list(trouvaille.homonymes)
        else:
            raison, possibles = self.registre.ressemblantes(cadre, self.reclamees)
        possibles = [f for f in possibles if f.id not in self.touchees]
        if not possibles:
            return Trouvaille()
        decision = self.reglages.decisions.get(cadre.ligne)
        if decision == AUTRE_PERSONNE:
            return Trouvaille()
        choisie = next((f for f in possibles if str(f.id) == str(decision)), None)
        if choisie is not None:
            return self.registre.decidee(cadre, choisie, self.liberees)
        self.resultat.questions.append(demander(cadre, raison, possibles))
        return Trouvaille(homonymes=tuple(possibles))

    def _ecarter(self, cadre: LigneCadre, trouvaille: Trouvaille) -> None:
        if cadre.ligne in self.opposes and trouvaille.fiche is None:
            self.resultat.opposes.append(cadre.ligne)
            return
        colonnes = self.reglages.colonnes
        self.resultat.anomalies.append(
            _anomalie(cadre, trouvaille.champ, trouvaille.motif, colonnes)
        )

    def _classer(self, cadre: LigneCadre, fiche: FicheExistante | None) -> None:
        resultat = self.resultat
        if fiche is None:
            admis = self.reglages.public.admet(
                cadre.categorie, cadre.cadre_emplois, encadre=cadre.encadrement is True
            )
            (resultat.nouveaux if admis else resultat.hors_public).append(cadre)
            return
        if fiche.partie:  # an old list may still name who left: only a person says they are back
            resultat.inchanges.append(Inchange(cadre, fiche.id))
            return
        cle = exportes_de(cadre)
        laissees = self.reglages.laissees.get(cadre.ligne, ())
        colonnes: Collection[str] = self.reglages.colonnes
        comparaison = comparer(
            cadre,
            fiche,
            [c for c in colonnes if c not in laissees] if laissees else colonnes,
            exportes=cle.exportes if cle else None,
            reponses={
                c: r for (ligne, c), r in self.reglages.reponses.items() if ligne == cadre.ligne
            }
            if self.reglages.reponses
            else None,
        )
        resultat.conflits += comparaison.conflits
        resultat.videes += comparaison.videes
        if comparaison.changements:
            resultat.mis_a_jour.append(MiseAJour(cadre, fiche.id, comparaison.changements))
        else:
            resultat.inchanges.append(Inchange(cadre, fiche.id))


def _anomalie(cadre: LigneCadre, champ: str, motif: str, colonnes: Mapping[str, str]) -> Anomalie:
    conseil = _CONSEILS[champ]
    if champ == "nom":  # what is missing is what would tell them apart
        champ = next(
            (c for c in ("matricule", "courriel") if c in colonnes and not getattr(cadre, c)), "nom"
        )
    return Anomalie(
        ligne=cadre.ligne,
        champ=champ,
        colonne=libelle_colonne(colonnes, champ),
        valeur=str(getattr(cadre, champ)),
        motif=typographie(motif),
        suggestion=typographie(conseil),
        qui=f"{cadre.prenom} {cadre.nom}",
    )
