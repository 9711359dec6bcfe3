"""Who is who: rows of the file among themselves, then against the registre.

Matricule first, then e-mail, then name when nothing tells two persons apart. Homonyms with
different matricules or different e-mails are two people.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from cadres.recensement.champs.noms import cle_nom
from cadres.recensement.champs.texte import nombre_accents, typographie
from cadres.recensement.modeles import (
    CHAMPS,
    CHAMPS_CADRE,
    Anomalie,
    Changement,
    Doublon,
    FicheExistante,
    Inchange,
    LigneCadre,
    MiseAJour,
    Valeur,
    libelle_colonne,
)

#: Rounds to settle which keys a file really frees; beyond, none is taken as free.
ESSAIS = 4


@dataclass(slots=True)
class Rapprochement:
    nouveaux: list[LigneCadre] = field(default_factory=list)
    mis_a_jour: list[MiseAJour] = field(default_factory=list)
    inchanges: list[Inchange] = field(default_factory=list)
    hors_public: list[LigneCadre] = field(default_factory=list)
    anomalies: list[Anomalie] = field(default_factory=list)
    doublons: list[Doublon] = field(default_factory=list)
    homonymes: list[int] = field(default_factory=list)
    opposes: list[int] = field(default_factory=list)


def cle_matricule(matricule: str) -> str:
    """Spreadsheets eat leading zeros: « 00782 » and 782 are the same agent."""
    return matricule.casefold().replace(" ", "").lstrip("0")


@dataclass(frozen=True, slots=True)
class Liberees:
    """Records that lose their matricule, or their e-mail, by this file (two people swap them)."""

    matricules: frozenset[int | str] = frozenset()
    courriels: frozenset[int | str] = frozenset()


class Registre:
    """The existing records, by each key that may find them."""

    def __init__(self, fiches: Iterable[FicheExistante]) -> None:
        self.par_matricule: dict[str, list[FicheExistante]] = defaultdict(list)
        self.par_courriel: dict[str, list[FicheExistante]] = defaultdict(list)
        self.par_nom: dict[str, list[FicheExistante]] = defaultdict(list)
        for fiche in fiches:
            if fiche.matricule:
                self.par_matricule[cle_matricule(fiche.matricule)].append(fiche)
            if fiche.courriel:
                self.par_courriel[fiche.courriel.lower()].append(fiche)
            self.par_nom[cle_nom(fiche.nom, fiche.prenom)].append(fiche)

    def _par_matricule(self, cadre: LigneCadre) -> list[FicheExistante]:
        trouvees = (
            self.par_matricule.get(cle_matricule(cadre.matricule), []) if cadre.matricule else []
        )
        exactes = [f for f in trouvees if f.matricule == cadre.matricule]
        return exactes or trouvees

    def identite(self, cadre: LigneCadre) -> FicheExistante | None:
        """The record that the row speaks of, going by a key and the whole name: swaps need both."""
        for trouvees in (self._par_matricule(cadre), self._par_courriel(cadre)):
            if len(trouvees) == 1 and _meme_nom(cadre, trouvees[0]):
                return trouvees[0]
        return None

    def liberees(self, cadres: Iterable[LigneCadre]) -> "Liberees":
        """The keys that the file takes away from their present holders."""
        matricules, courriels = set(), set()
        for cadre in cadres:
            fiche = self.identite(cadre)
            if fiche is None:
                continue
            autre = cle_matricule(cadre.matricule)
            # A matricule that nobody holds is another question: the file may be wrong.
            if autre in self.par_matricule and autre != cle_matricule(fiche.matricule):
                matricules.add(fiche.id)
            if cadre.courriel and cadre.courriel != fiche.courriel.lower():
                courriels.add(fiche.id)
        return Liberees(frozenset(matricules), frozenset(courriels))

    def _par_courriel(self, cadre: LigneCadre) -> list[FicheExistante]:
        return self.par_courriel.get(cadre.courriel, []) if cadre.courriel else []

    def chercher(
        self, cadre: LigneCadre, liberees: "Liberees"
    ) -> tuple[FicheExistante | None, str, str]:
        """(the record, "", ""), (None, "", "") for somebody new, or (None, field, reason)."""
        matricules, courriels = self._par_matricule(cadre), self._par_courriel(cadre)
        sienne = self.identite(cadre)
        # A key that its holder gives up in this very file is free for the others.
        matricules = [f for f in matricules if f == sienne or f.id not in liberees.matricules]
        courriels = [f for f in courriels if f == sienne or f.id not in liberees.courriels]
        if len(matricules) > 1:
            return None, "matricule", "Plusieurs fiches du registre portent ce matricule"
        if matricules:
            return self._verifier(cadre, matricules[0], courriels)
        if len(courriels) > 1:
            return None, "courriel", "Plusieurs fiches du registre portent ce courriel"
        if courriels:
            fiche = courriels[0]
            if cadre.matricule and fiche.matricule and fiche.id not in liberees.matricules:
                return (
                    None,
                    "courriel",
                    "Ce courriel est déjà celui d'une fiche d'un autre matricule",
                )
            if _noms_etrangers(cadre, fiche):
                return (
                    None,
                    "courriel",
                    "Ce courriel est déjà celui d'une autre personne du registre",
                )
            return fiche, "", ""
        return self._par_nom(cadre)

    @staticmethod
    def _verifier(
        cadre: LigneCadre, fiche: FicheExistante, courriels: Sequence[FicheExistante]
    ) -> tuple[FicheExistante | None, str, str]:
        if any(f.id != fiche.id for f in courriels):
            return None, "courriel", "Ce courriel est déjà celui d'une autre fiche du registre"
        if _noms_etrangers(cadre, fiche):
            return None, "matricule", "Ce matricule est déjà celui d'une autre personne du registre"
        return fiche, "", ""

    def _par_nom(self, cadre: LigneCadre) -> tuple[FicheExistante | None, str, str]:
        possibles = [
            f
            for f in self.par_nom.get(cle_nom(cadre.nom, cadre.prenom), ())
            if not _distincts(cadre.matricule, f.matricule, cadre.courriel, f.courriel)
        ]
        if len(possibles) > 1:
            return None, "nom", "Plusieurs fiches du registre portent ce nom"
        return (possibles[0] if possibles else None), "", ""

    def a_un_homonyme(self, cadre: LigneCadre) -> bool:
        return cle_nom(cadre.nom, cadre.prenom) in self.par_nom


def _distincts(matricule_a: str, matricule_b: str, courriel_a: str, courriel_b: str) -> bool:
    """Two persons of the same name are told apart by matricule, else by e-mail."""
    if matricule_a and matricule_b:
        return cle_matricule(matricule_a) != cle_matricule(matricule_b)
    return bool(courriel_a and courriel_b and courriel_a.lower() != courriel_b.lower())


def _meme_nom(cadre: LigneCadre, fiche: FicheExistante) -> bool:
    return cle_nom(cadre.nom, cadre.prenom) == cle_nom(fiche.nom, fiche.prenom)


def _noms_etrangers(cadre: LigneCadre, fiche: FicheExistante) -> bool:
    """Neither the name nor the first name agrees: the key is somebody else's."""
    nom_c, _, prenom_c = cle_nom(cadre.nom, cadre.prenom).partition("|")
    nom_f, _, prenom_f = cle_nom(fiche.nom, fiche.prenom).partition("|")
    return nom_c != nom_f and prenom_c != prenom_f


class _DansLeFichier:
    """Exact duplicates and contradictions between rows of the same file."""

    def __init__(self) -> None:
        self.vus: dict[LigneCadre, int] = {}
        self.matricules: dict[str, int] = {}
        self.courriels: dict[str, int] = {}
        self.noms: dict[str, list[LigneCadre]] = defaultdict(list)

    def doublon(self, cadre: LigneCadre) -> int:
        """The row of which this one is an exact copy, 0 if none."""
        premiere = self.vus.setdefault(replace(cadre, ligne=0), cadre.ligne)
        return premiere if premiere != cadre.ligne else 0

    def conflit(self, cadre: LigneCadre) -> tuple[str, str]:
        """(field, reason) when an earlier row claims the same identity; else the row is noted."""
        matricule = cle_matricule(cadre.matricule)
        homonymes = self.noms[cle_nom(cadre.nom, cadre.prenom)]
        if matricule and matricule in self.matricules:
            return "matricule", f"Déjà porté par la ligne {self.matricules[matricule]}"
        if cadre.courriel and cadre.courriel in self.courriels:
            return "courriel", f"Déjà porté par la ligne {self.courriels[cadre.courriel]}"
        for autre in homonymes:
            if not _distincts(cadre.matricule, autre.matricule, cadre.courriel, autre.courriel):
                return "nom", f"Même nom et même prénom que la ligne {autre.ligne}"
        if matricule:
            self.matricules[matricule] = cadre.ligne
        if cadre.courriel:
            self.courriels[cadre.courriel] = cadre.ligne
        homonymes.append(cadre)
        return "", ""


_CONSEILS = {
    "matricule": "Garder une seule des deux lignes, ou corriger le matricule",
    "courriel": "Garder une seule des deux lignes, ou corriger le courriel",
    "nom": "Indiquer le matricule ou le courriel, s'il y a bien deux personnes",
}


def rapprocher(
    cadres: Sequence[LigneCadre],
    existants: Iterable[FicheExistante],
    colonnes: Mapping[str, str],
    est_oppose: Callable[[str, str, str, str], bool] | None = None,
) -> Rapprochement:
    """Sort clean rows into groups. `colonnes`: field -> heading, to name what must be corrected.

    `est_oppose` tells those who objected to being listed: of them, only the row number is kept.
    """
    registre = Registre(existants)
    liberees = registre.liberees(cadres)
    opposes = {
        c.ligne
        for c in cadres
        if est_oppose and est_oppose(c.nom, c.prenom, c.matricule, c.courriel)
    }
    for _ in range(ESSAIS):
        resultat = _trier(cadres, registre, liberees, colonnes, opposes)
        tenues = _tenues(resultat, liberees)
        if tenues == liberees:
            return resultat
        # The row that gave a key up is itself refused: its key is not free after all.
        liberees = tenues
    return _trier(cadres, registre, Liberees(), colonnes, opposes)


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


def _trier(
    cadres: Sequence[LigneCadre],
    registre: Registre,
    liberees: Liberees,
    colonnes: Mapping[str, str],
    opposes: Set[int],
) -> Rapprochement:
    fichier = _DansLeFichier()
    resultat = Rapprochement()
    touchees: dict[int | str, int] = {}
    for cadre in cadres:
        premiere = fichier.doublon(cadre)
        if premiere:
            resultat.doublons.append(Doublon(cadre.ligne, premiere))
            continue
        champ, motif = fichier.conflit(cadre)
        fiche = None
        if not motif:
            fiche, champ, motif = registre.chercher(cadre, liberees)
        if fiche is not None and fiche.id in touchees:
            champ, motif = "nom", f"Même fiche du registre que la ligne {touchees[fiche.id]}"
        if fiche is None and cadre.ligne in opposes:
            resultat.opposes.append(cadre.ligne)
            continue
        if motif:
            resultat.anomalies.append(_anomalie(cadre, champ, motif, colonnes))
            continue
        if fiche is not None:
            touchees[fiche.id] = cadre.ligne
        _classer(cadre, fiche, registre, resultat)
    return resultat


def _classer(
    cadre: LigneCadre, fiche: FicheExistante | None, registre: Registre, resultat: Rapprochement
) -> None:
    if fiche is None:
        if registre.a_un_homonyme(cadre):
            resultat.homonymes.append(cadre.ligne)
        (resultat.nouveaux if cadre.public_vise else resultat.hors_public).append(cadre)
        return
    # An old list may still name who left: only a person says that they are back.
    changements = () if fiche.partie else comparer(cadre, fiche)
    if changements:
        resultat.mis_a_jour.append(MiseAJour(cadre, fiche.id, changements))
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
    )


def comparer(cadre: LigneCadre, fiche: FicheExistante) -> tuple[Changement, ...]:
    """Field by field. An empty value of the file changes nothing."""
    changements = []
    for champ in CHAMPS_CADRE:
        avant, apres = getattr(fiche, champ), getattr(cadre, champ)
        if apres is not None and apres != "" and not _equivalents(champ, avant, apres):
            changements.append(Changement(champ, CHAMPS[champ], avant, apres))
    return tuple(changements)


def _equivalents(champ: str, avant: Valeur, apres: Valeur) -> bool:
    if avant == apres:
        return True
    if not isinstance(avant, str) or not isinstance(apres, str):
        return False
    if champ in {"nom", "prenom"}:
        return cle_nom(avant, "") == cle_nom(apres, "") and nombre_accents(apres) <= nombre_accents(
            avant
        )
    if champ == "matricule":
        return cle_matricule(avant) == cle_matricule(apres)
    if champ == "courriel":
        return avant.lower() == apres
    return " ".join(avant.replace("’", "'").split()) == " ".join(apres.replace("’", "'").split())
