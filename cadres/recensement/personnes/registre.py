"""The existing records, by each key that may find them.

The key of our own export first, then the matricule, the e-mail, what named the person before a
mobility, and the name when nothing tells two persons apart. What is only likely is a question.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from cadres.recensement.champs.noms import cle_nom
from cadres.recensement.champs.texte import cle
from cadres.recensement.modeles import FicheExistante, LigneCadre
from cadres.recensement.personnes.cles import Cle, lire_cle
from cadres.recensement.personnes.comparaison import cle_matricule

Id = int | str


@dataclass(frozen=True, slots=True)
class Liberees:
    """Records that lose their matricule, or their e-mail, by this file (two people swap them)."""

    matricules: frozenset[Id] = frozenset()
    courriels: frozenset[Id] = frozenset()


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """A record; or (`champ`, `motif`) to correct; or neither, for somebody whom no key finds."""

    fiche: FicheExistante | None = None
    champ: str = ""
    motif: str = ""
    ancienne: bool = False  # found by a former identifier
    homonymes: tuple[FicheExistante, ...] = ()  # several, of whom any may be the person


class Registre:
    def __init__(self, fiches: Iterable[FicheExistante]) -> None:
        self.par_id: dict[str, FicheExistante] = {}
        self.par_matricule: dict[str, list[FicheExistante]] = defaultdict(list)
        self.par_courriel: dict[str, list[FicheExistante]] = defaultdict(list)
        self.par_nom: dict[str, list[FicheExistante]] = defaultdict(list)
        self._par_poste: dict[tuple[str, str], list[FicheExistante]] | None = None
        self.par_ancien: dict[str, list[FicheExistante]] = defaultdict(list)
        for fiche in fiches:
            self.par_id[str(fiche.id)] = fiche
            if fiche.matricule:
                self.par_matricule[cle_matricule(fiche.matricule)].append(fiche)
            if fiche.courriel:
                self.par_courriel[fiche.courriel.lower()].append(fiche)
            self.par_nom[cle_nom(fiche.nom, fiche.prenom)].append(fiche)
            for ancien in fiche.anciens_matricules:
                self.par_ancien[cle_matricule(ancien)].append(fiche)
            for ancien in fiche.anciens_courriels:
                self.par_ancien[ancien.lower()].append(fiche)

    def _par_matricule(self, cadre: LigneCadre) -> list[FicheExistante]:
        trouvees = (
            self.par_matricule.get(cle_matricule(cadre.matricule), []) if cadre.matricule else []
        )
        exactes = [f for f in trouvees if f.matricule == cadre.matricule]
        return exactes or trouvees

    def _par_courriel(self, cadre: LigneCadre) -> list[FicheExistante]:
        return self.par_courriel.get(cadre.courriel, []) if cadre.courriel else []

    def identite(self, cadre: LigneCadre) -> FicheExistante | None:
        """The record that the row speaks of, going by a key and the whole name: swaps need both."""
        if cadre.cle:
            cle_lue = lire_cle(cadre.cle)
            return self.par_id.get(cle_lue.fiche) if cle_lue else None
        for trouvees in (self._par_matricule(cadre), self._par_courriel(cadre)):
            if len(trouvees) == 1 and _meme_nom(cadre, trouvees[0]):
                return trouvees[0]
        return None

    def reperer(self, cadres: Iterable[LigneCadre]) -> tuple[Liberees, set[Id]]:
        """The keys that the file takes from their present holders; the records that its rows claim."""
        matricules: set[Id] = set()
        courriels: set[Id] = set()
        reclamees: set[Id] = set()
        for cadre in cadres if self.par_id else ():
            fiche = self.identite(cadre)
            if fiche is None:
                reclamees.update(f.id for f in self._par_matricule(cadre))
                continue
            reclamees.add(fiche.id)
            autre = cle_matricule(cadre.matricule)
            # A matricule that nobody holds is another question: the file may be wrong.
            if autre in self.par_matricule and autre != cle_matricule(fiche.matricule):
                matricules.add(fiche.id)
            if cadre.courriel and cadre.courriel != fiche.courriel.lower():
                courriels.add(fiche.id)
        return Liberees(frozenset(matricules), frozenset(courriels)), reclamees

    def chercher(self, cadre: LigneCadre, liberees: Liberees) -> Trouvaille:
        """Whom the row speaks of, as far as its keys tell."""
        matricules, courriels = self._par_matricule(cadre), self._par_courriel(cadre)
        sienne = self.identite(cadre)
        # A key that its holder gives up in this very file is free for the others.
        matricules = [f for f in matricules if f == sienne or f.id not in liberees.matricules]
        courriels = [f for f in courriels if f == sienne or f.id not in liberees.courriels]
        if cadre.cle and sienne is not None:
            return self.verifier(sienne, matricules, courriels)
        if len(matricules) > 1:
            return Trouvaille(
                None, "matricule", "Plusieurs fiches du registre portent ce matricule"
            )
        if matricules:
            return _du_matricule(cadre, matricules[0], courriels)
        if len(courriels) > 1:
            return Trouvaille(None, "courriel", "Plusieurs fiches du registre portent ce courriel")
        if courriels:
            return _du_courriel(cadre, courriels[0], liberees)
        ancienne = self._par_ancien(cadre)
        if ancienne is not None:
            return Trouvaille(ancienne, ancienne=True)
        return self._par_nom(cadre)

    @staticmethod
    def verifier(
        fiche: FicheExistante,
        matricules: Sequence[FicheExistante],
        courriels: Sequence[FicheExistante],
    ) -> Trouvaille:
        """A record known for certain, unless the row gives it what is somebody else's."""
        for champ, trouvees in (("matricule", matricules), ("courriel", courriels)):
            autre = next((f for f in trouvees if f.id != fiche.id), None)
            if autre is not None:
                motif = f"Ce {champ} est déjà celui d'une autre fiche du registre : {_qui(autre)}"
                return Trouvaille(None, champ, motif)
        return Trouvaille(fiche)

    def decidee(self, cadre: LigneCadre, fiche: FicheExistante, liberees: Liberees) -> Trouvaille:
        """The record that somebody said the row is, keys checked like any other."""
        matricules = [f for f in self._par_matricule(cadre) if f.id not in liberees.matricules]
        courriels = [f for f in self._par_courriel(cadre) if f.id not in liberees.courriels]
        return self.verifier(fiche, matricules, courriels)

    def _par_ancien(self, cadre: LigneCadre) -> FicheExistante | None:
        if not self.par_ancien:
            return None
        cles = [cle_matricule(cadre.matricule)] if cadre.matricule else []
        trouvees = {
            f.id: f
            for c in (*cles, cadre.courriel)
            for f in self.par_ancien.get(c, ())
            if c and _meme_nom(cadre, f)
        }
        return next(iter(trouvees.values())) if len(trouvees) == 1 else None

    def _par_nom(self, cadre: LigneCadre) -> Trouvaille:
        possibles = [
            f
            for f in self.par_nom.get(cle_nom(cadre.nom, cadre.prenom), ())
            if not distincts(cadre.matricule, f.matricule, cadre.courriel, f.courriel)
            # Who left is known by what named them then: with other keys, it is a question.
            and not (f.ailleurs and (cadre.matricule or cadre.courriel))
        ]
        if len(possibles) > 1:
            return Trouvaille(homonymes=tuple(possibles))
        return Trouvaille(possibles[0] if possibles else None)

    def ressemblantes(
        self, cadre: LigneCadre, reclamees: Set[Id]
    ) -> tuple[str, list[FicheExistante]]:
        """("nom" or "poste", records that may be the person) whom no other row of the file claims."""
        memes = [
            f
            for f in self.par_nom.get(cle_nom(cadre.nom, cadre.prenom), ())
            if f.id not in reclamees
        ]
        if memes or not cadre.poste:
            return "nom", memes
        siens = self._index_des_postes().get((cle(cadre.prenom), cle(cadre.poste)), ())
        return "poste", [
            f
            for f in siens
            if f.id not in reclamees
            and not f.partie
            and not (f.matricule and cadre.matricule and f.courriel and cadre.courriel)
        ]

    def _index_des_postes(self) -> dict[tuple[str, str], list[FicheExistante]]:
        """Only made for the first row whose name is not known."""
        if self._par_poste is None:
            self._par_poste = defaultdict(list)
            for fiche in self.par_id.values():
                if fiche.poste:
                    self._par_poste[cle(fiche.prenom), cle(fiche.poste)].append(fiche)
        return self._par_poste


def exportes_de(cadre: LigneCadre) -> Cle | None:
    return lire_cle(cadre.cle) if cadre.cle else None


def distincts(matricule_a: str, matricule_b: str, courriel_a: str, courriel_b: str) -> bool:
    """Two persons of the same name are told apart by matricule, else by e-mail."""
    if matricule_a and matricule_b:
        return cle_matricule(matricule_a) != cle_matricule(matricule_b)
    return bool(courriel_a and courriel_b and courriel_a.lower() != courriel_b.lower())


def _du_matricule(
    cadre: LigneCadre, fiche: FicheExistante, courriels: Sequence[FicheExistante]
) -> Trouvaille:
    trouvaille = Registre.verifier(fiche, (), courriels)
    if trouvaille.fiche is not None and _noms_etrangers(cadre, fiche):
        motif = "Ce matricule est déjà celui d'une autre personne du registre"
        return Trouvaille(None, "matricule", f"{motif} : {_qui(fiche)}")
    return trouvaille


def _du_courriel(cadre: LigneCadre, fiche: FicheExistante, liberees: Liberees) -> Trouvaille:
    if cadre.matricule and fiche.matricule and fiche.id not in liberees.matricules:
        motif = "Ce courriel est déjà celui d'une fiche d'un autre matricule"
        return Trouvaille(None, "courriel", f"{motif} : {_qui(fiche)}")
    if _noms_etrangers(cadre, fiche):
        motif = "Ce courriel est déjà celui d'une autre personne du registre"
        return Trouvaille(None, "courriel", f"{motif} : {_qui(fiche)}")
    return Trouvaille(fiche)


def _qui(fiche: FicheExistante) -> str:
    """The reader is of the same employer: they may know whose it is."""
    return f"{fiche.prenom} {fiche.nom}"


def _meme_nom(cadre: LigneCadre, fiche: FicheExistante) -> bool:
    return cle_nom(cadre.nom, cadre.prenom) == cle_nom(fiche.nom, fiche.prenom)


def _noms_etrangers(cadre: LigneCadre, fiche: FicheExistante) -> bool:
    """Neither the name nor the first name agrees: the key is somebody else's."""
    nom_c, _, prenom_c = cle_nom(cadre.nom, cadre.prenom).partition("|")
    nom_f, _, prenom_f = cle_nom(fiche.nom, fiche.prenom).partition("|")
    return nom_c != nom_f and prenom_c != prenom_f
