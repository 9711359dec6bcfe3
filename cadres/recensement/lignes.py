"""From the cells of one row to a clean `LigneCadre`, or to the list of what must be corrected."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cadres.recensement.champs.grades import (
    Grade,
    chercher_grades,
    echelon_hors_grille,
    est_territorial,
    suggerer_grade,
)
from cadres.recensement.champs.noms import cle_nom, deux_noms, separer
from cadres.recensement.champs.texte import cle, nettoyer, sans_mot, tronquer, typographie
from cadres.recensement.champs.valeurs import Lu, lire_valeur, semble_formule
from cadres.recensement.colonnes import texte_brut
from cadres.recensement.fichiers.cellules import Cellule, Formule, depuis_serie
from cadres.recensement.modeles import (
    CHAMPS_CADRE,
    CHAMPS_COMPOSES,
    CHAMPS_IDENTITE,
    Anomalie,
    LigneCadre,
    Valeur,
    libelle_colonne,
)

#: (nom, prénom, matricule, courriel) → this person objected to being listed.
EstOppose = Callable[[str, str, str, str], bool]
VALEUR_MONTREE = 200  # characters of a wrong value that are shown and stored


@dataclass(slots=True)
class LigneBrute:
    """The kept cells of a row, as text. `mentions`: codes of warnings found while extracting."""

    numero: int
    valeurs: dict[str, str]
    mentions: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Contexte:
    """What cleaning needs to know besides the row."""

    colonnes: Mapping[str, str]  # field -> heading in the file
    aujourdhui: date
    domaine_courriel: str = ""
    est_oppose: EstOppose | None = None
    #: E-mails of those who act for an employer → the name (`cle_nom`) of their holder.
    adresses_prises: Mapping[str, str] = field(default_factory=dict)

    def libelle(self, champ: str) -> str:
        return libelle_colonne(self.colonnes, champ)


@dataclass(slots=True)
class Nettoyage:
    """The outcome for one row: a `cadre`, or at least one anomaly."""

    brute: LigneBrute
    cadre: LigneCadre | None
    anomalies: list[Anomalie]
    #: What could be read of who it is: (nom, prénom, matricule, courriel).
    identite: tuple[str, str, str, str]


def extraire(
    numero: int,
    cellules: list[Cellule],
    positions: Mapping[int, str],
    date_1904: bool,
    secours: Sequence[int] = (),
) -> LigneBrute:
    """Only the kept columns are looked at: nothing of the others goes further.

    `secours`: columns that give the name where the name in use is blank, as HR exports leave it
    for whoever bears their birth name.
    """
    brute = LigneBrute(numero, {})
    for indice, champ in positions.items():
        cellule = cellules[indice] if indice < len(cellules) else None
        if cellule is not None:
            texte = _texte(champ, cellule, date_1904, brute.mentions)
            if texte:
                brute.valeurs[champ] = texte
    for indice in secours if "nom" not in brute.valeurs else ():
        cellule = cellules[indice] if indice < len(cellules) else None
        texte = "" if cellule is None else _texte("nom", cellule, date_1904, brute.mentions)
        if texte and not sans_mot(texte):
            brute.valeurs = {"nom": texte} | brute.valeurs
            break
    return brute


def _texte(champ: str, cellule: Cellule, date_1904: bool, mentions: set[str]) -> str:
    if isinstance(cellule, Formule):
        if champ in CHAMPS_IDENTITE or cellule.valeur is None:
            return nettoyer(cellule.texte)
        mentions.add("formule")
        cellule = cellule.valeur
    if isinstance(cellule, int | float) and not isinstance(cellule, bool):
        if champ == "matricule":
            mentions.add("matricule_nombre")
        elif champ == "date_entree_poste" and date_1904:
            return texte_brut(depuis_serie(cellule, date_1904=True) or cellule)
    return nettoyer(texte_brut(cellule))


def nettoyer_ligne(brute: LigneBrute, contexte: Contexte) -> Nettoyage:
    """Read every value, then check that they agree with one another."""
    return _Nettoyeur(brute, contexte).nettoyer()


class _Nettoyeur:
    def __init__(self, brute: LigneBrute, contexte: Contexte) -> None:
        self.brute = brute
        self.contexte = contexte
        self.valeurs: dict[str, Valeur] = {}
        self.anomalies: list[Anomalie] = []

    def nettoyer(self) -> Nettoyage:
        textes = self._identite()
        for champ in CHAMPS_CADRE:
            texte = textes.get(champ, "")
            if texte:
                self._lire(champ, texte)
        self._obligatoires()
        self._adresse()
        self._grade()
        self._echelon()
        self._encadrement()
        cadre = None if self.anomalies else self._cadre()
        if cadre is not None:
            self._mentions(cadre)
        nom, prenom, matricule, courriel = (
            str(self.valeurs.get(champ) or "")
            for champ in ("nom", "prenom", "matricule", "courriel")
        )
        return Nettoyage(self.brute, cadre, self.anomalies, (nom, prenom, matricule, courriel))

    def refuser(self, champ: str, texte: str, lu: Lu) -> None:
        self.anomalies.append(
            Anomalie(
                ligne=self.brute.numero,
                champ=champ,
                colonne=self.contexte.libelle(champ),
                valeur=tronquer(texte, VALEUR_MONTREE),
                motif=typographie(lu.motif),
                suggestion=lu.suggestion if lu.applicable else typographie(lu.suggestion),
                applicable=lu.applicable,
            )
        )

    def _lire(self, champ: str, texte: str) -> None:
        lu = lire_valeur(champ, texte, self.contexte.aujourdhui)
        if lu.motif:
            self.refuser(champ, texte, lu)
        elif lu.valeur is not None:
            self.valeurs[champ] = lu.valeur
            self.brute.mentions.update(lu.mentions)

    def _identite(self) -> dict[str, str]:
        """The texts by field, « Nom et prénom » separated unless already corrected."""
        textes = self.brute.valeurs
        compose = next((c for c in CHAMPS_COMPOSES if c in textes), None)
        if compose is None or ("nom" in textes and "prenom" in textes):
            return textes
        texte = textes[compose]
        if semble_formule(compose, texte):
            self.refuser(compose, texte, Lu(motif="Une formule n'est pas acceptée ici"))
            return textes
        separes = separer(texte, prenom_dabord=compose == "prenom_nom")
        if separes is None:
            self.refuser(
                compose,
                texte,
                Lu(
                    motif="Deux noms dans la cellule : seul le nom d'usage est gardé"
                    if deux_noms(texte)
                    else "Le nom et le prénom ne se distinguent pas",
                    suggestion="Écrire « NOM, Prénom »",
                ),
            )
            return textes
        return {"nom": separes[0], "prenom": separes[1]} | textes

    def _obligatoires(self) -> None:
        refuses = {a.champ for a in self.anomalies}
        if not refuses.isdisjoint(CHAMPS_COMPOSES):
            return  # one column for both: one thing to correct
        for champ, motif in (("nom", "Le nom manque"), ("prenom", "Le prénom manque")):
            if champ not in self.valeurs and champ not in refuses:
                self.refuser(champ, "", Lu(motif=motif, suggestion="À saisir"))

    def _adresse(self) -> None:
        courriel = str(self.valeurs.get("courriel") or "")
        a_qui = self.contexte.adresses_prises.get(courriel)
        if a_qui is None:
            return
        sien = cle_nom(str(self.valeurs.get("nom", "")), str(self.valeurs.get("prenom", "")))
        if a_qui != sien:
            motif = "Adresse d'une autre personne, qui agit pour un employeur"
            self.refuser("courriel", courriel, Lu(None, motif, "Saisir celle de la personne"))

    def _grade(self) -> None:
        texte = str(self.valeurs.pop("grade", ""))
        if not texte:
            return
        cadre = str(self.valeurs.get("cadre_emplois", ""))
        categorie = str(self.valeurs.get("categorie", ""))
        grade, lu = resoudre_grade(texte, cadre, categorie)
        if grade is None:
            self.refuser("grade", texte, lu)
            return
        self.valeurs["grade"] = grade.grade
        if not cadre and grade.cadre_emplois:
            self.valeurs["cadre_emplois"] = grade.cadre_emplois
        if not categorie:
            if not any(a.champ == "categorie" for a in self.anomalies):
                self.valeurs["categorie"] = grade.categorie
        elif categorie[0] != grade.categorie[0]:
            motif = f"La catégorie ne correspond pas au grade « {grade.grade} »"
            lettre = grade.categorie
            self.refuser("categorie", categorie, Lu(None, motif, lettre, applicable=True))

    def _echelon(self) -> None:
        grade, echelon = self.valeurs.get("grade"), self.valeurs.get("echelon")
        if isinstance(grade, str) and isinstance(echelon, str):
            conseil = echelon_hors_grille(grade, echelon)
            if conseil:
                motif = f"Cet échelon n'existe pas dans la grille du grade « {grade} »"
                self.refuser("echelon", echelon, Lu(None, motif, conseil))

    def _encadrement(self) -> None:
        encadrement, nombre = self.valeurs.get("encadrement"), self.valeurs.get("nb_agents")
        if isinstance(encadrement, int) and not isinstance(encadrement, bool):
            if nombre is None:
                nombre = self.valeurs["nb_agents"] = encadrement
            encadrement = self.valeurs["encadrement"] = encadrement > 0
        if not isinstance(nombre, int):
            return
        if encadrement is None:
            self.valeurs["encadrement"] = nombre > 0
        elif encadrement is False and nombre > 0:
            lu = Lu(None, f"« Non », mais {nombre} agents encadrés", "Oui", applicable=True)
            self.refuser("encadrement", self.brute.valeurs.get("encadrement", ""), lu)
        elif encadrement is True and nombre == 0:
            self.brute.mentions.add("encadrement_sans_agent")

    def _cadre(self) -> LigneCadre:
        valeurs = {c: v for c, v in self.valeurs.items() if v is not None}
        return LigneCadre(ligne=self.brute.numero, **valeurs)  # type: ignore[arg-type]

    def _mentions(self, cadre: LigneCadre) -> None:
        mentions = self.brute.mentions
        domaine = self.contexte.domaine_courriel.lower().lstrip("@")
        if not cadre.courriel:
            mentions.add("sans_courriel")
        elif domaine and not ("." + cadre.courriel.rpartition("@")[2]).endswith("." + domaine):
            mentions.add("courriel_exterieur")
        if not cadre.categorie:
            mentions.add("sans_categorie")


def resoudre_grade(texte: str, cadre_emplois: str, categorie: str) -> tuple[Grade | None, Lu]:
    """The one grade that a text means, given what else the row says; or why there is none."""
    candidats = chercher_grades(texte)
    if cadre_emplois:
        du_cadre = [g for g in candidats if g.cadre_emplois == cadre_emplois]
        if not du_cadre:
            du_cadre = [
                g
                for g in chercher_grades(f"{cadre_emplois} {texte}")
                if g.cadre_emplois == cadre_emplois
            ]
        if candidats and not du_cadre:
            proche = suggerer_grade(texte, cadre_emplois)
            motif = f"Ce grade n'est pas du cadre d'emplois « {cadre_emplois} »"
            return None, Lu(None, motif, proche, applicable=bool(proche))
        candidats = tuple(du_cadre)
    if len(candidats) > 1:
        candidats = _departager(candidats, texte, categorie)
    if len(candidats) == 1:
        return candidats[0], Lu()
    if candidats:
        noms = list(dict.fromkeys(g.grade for g in candidats))
        if len(noms) == 1:
            return Grade(candidats[0].categorie, "", noms[0]), Lu()
        return None, Lu(
            None, "Ce grade existe dans plusieurs cadres d'emplois", " ou ".join(noms[:4])
        )
    proche = suggerer_grade(texte, cadre_emplois)
    return None, Lu(None, "Grade inconnu du référentiel", proche, applicable=bool(proche))


def _departager(candidats: tuple[Grade, ...], texte: str, categorie: str) -> tuple[Grade, ...]:
    if categorie:
        memes = tuple(g for g in candidats if g.categorie[0] == categorie[0])
        candidats = memes or candidats
    exacts = tuple(g for g in candidats if cle(g.grade) == cle(texte))
    if not exacts and est_territorial(texte):  # « DIR TERRITORIAL »
        exacts = tuple(g for g in candidats if est_territorial(g.grade))
    return exacts if len(exacts) == 1 else candidats
