"""From the texts of one row to a clean `LigneCadre`, and what was left out or must be corrected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cadres.recensement.champs.grades import echelon_hors_grille, resoudre_grade
from cadres.recensement.champs.lu import Lu
from cadres.recensement.champs.noms import cle_nom, deux_noms, nettoyer_nom, separer
from cadres.recensement.champs.texte import tronquer, typographie
from cadres.recensement.champs.valeurs import FORMULE, lire_valeur, semble_formule
from cadres.recensement.lignes.extraction import LigneBrute
from cadres.recensement.modeles import (
    CHAMPS_CADRE,
    CHAMPS_COMPOSES,
    CHAMPS_EXIGES,
    CHAMPS_NOMS,
    CHAMPS_VISEES,
    Anomalie,
    LigneCadre,
    Valeur,
    afficher,
    libelle_colonne,
)
from cadres.recensement.personnes.public import PublicVise

#: (nom, prénom, matricule, courriel) → this person objected to being listed.
EstOppose = Callable[[str, str, str, str], bool]
VALEUR_MONTREE = 200  # characters of a wrong value that are shown and stored
_LUS = frozenset({*CHAMPS_CADRE, "visees"})
#: What is missing is counted: the mention of each field, when the clean row has none.
_MANQUES = (
    ("courriel", "sans_courriel"),
    ("categorie", "sans_categorie"),
    ("poste", "sans_poste"),
    ("direction", "sans_direction"),
    ("date_entree_poste", "sans_date"),
    ("domaine", "sans_domaine"),
)


@dataclass(slots=True)
class Contexte:
    """What cleaning needs to know besides the row."""

    colonnes: Mapping[str, str]  # field -> heading in the file
    aujourdhui: date
    domaine_courriel: str = ""
    est_oppose: EstOppose | None = None
    #: E-mails of those who act for an employer → the name (`cle_nom`) of their holder.
    adresses_prises: Mapping[str, str] = field(default_factory=dict)
    #: Those of them whose holder the reader may know (their own employer's) → how they are named.
    adresses_nommees: Mapping[str, str] = field(default_factory=dict)
    public: PublicVise = field(default_factory=PublicVise)

    def libelle(self, champ: str) -> str:
        return libelle_colonne(self.colonnes, champ)


@dataclass(slots=True)
class Nettoyage:
    """The outcome for one row: a `cadre` (`anomalies`: what was left empty), or what to correct."""

    brute: LigneBrute
    cadre: LigneCadre | None
    anomalies: list[Anomalie]
    #: What could be read of who it is: (nom, prénom, matricule, courriel).
    identite: tuple[str, str, str, str]


def nettoyer_ligne(brute: LigneBrute, contexte: Contexte) -> Nettoyage:
    """Read every value, then check that they agree with one another."""
    return _Nettoyeur(brute, contexte).nettoyer()


def codes_manquants(champs_connus: Mapping[str, object]) -> set[str]:
    """The mentions of what is not missing, since the registre holds it."""
    return {code for champ, code in _MANQUES if champs_connus.get(champ)}


class _Nettoyeur:
    def __init__(self, brute: LigneBrute, contexte: Contexte) -> None:
        self.brute = brute
        self.contexte = contexte
        self.valeurs: dict[str, Valeur] = {}
        self.anomalies: list[Anomalie] = []
        self.bloque = False
        #: Cells that the file gives back as they were exported: nothing to judge in them.
        self.intacts: set[str] = set()

    def nettoyer(self) -> Nettoyage:
        for champ, texte in self._identite().items():
            if champ in _LUS:
                self._lire(champ, texte)
        self._obligatoires()
        if self.contexte.adresses_prises:
            self._adresse()
        if "visees" in self.valeurs:
            self._visees()
        self._grade()
        self._echelon()
        self._encadrement()
        cadre = None if self.bloque else self._cadre()
        if cadre is not None:
            self._mentions(cadre)
        nom, prenom, matricule, courriel = (
            str(self.valeurs.get(champ) or "")
            for champ in ("nom", "prenom", "matricule", "courriel")
        )
        anomalies = self.anomalies
        if anomalies:
            qui = tronquer(f"{prenom} {nom}".strip() or self._qui(), VALEUR_MONTREE)
            anomalies = [replace(a, qui=qui) for a in anomalies]
        return Nettoyage(self.brute, cadre, anomalies, (nom, prenom, matricule, courriel))

    def _qui(self) -> str:
        textes = self.brute.valeurs
        return " ".join(
            nettoyer_nom(textes[c]) for c in ("prenom", "nom", *CHAMPS_COMPOSES) if c in textes
        )

    def refuser(self, champ: str, texte: str, lu: Lu, *, exige: bool | None = None) -> None:
        """Note a value that cannot be used; the row stays unless the field is required."""
        if exige is None:
            exige = champ in (CHAMPS_NOMS if "erreur_calcul" in lu.mentions else CHAMPS_EXIGES)
        self.bloque = self.bloque or exige
        self.brute.mentions.update(lu.mentions)
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
        cle = self.brute.cle
        if cle is not None and champ in cle.exportes:
            exporte = cle.exportes[champ]
            if texte == afficher(champ, exporte):
                self.valeurs[champ] = exporte
                self.intacts.add(champ)
                return
        lu = lire_valeur(champ, texte, self.contexte.aujourdhui)
        if lu.motif:
            self.refuser(champ, texte, lu)
        elif lu.valeur is not None:
            self.valeurs[champ] = lu.valeur
            if lu.mentions:
                self.brute.mentions.update(lu.mentions)

    def _identite(self) -> dict[str, str]:
        """The texts by field, « Nom et prénom » separated unless already corrected."""
        textes = self.brute.valeurs
        if "nom" in textes and "prenom" in textes:
            return textes
        compose = next((c for c in CHAMPS_COMPOSES if c in textes), None)
        if compose is None:
            return textes
        texte = textes[compose]
        if semble_formule(compose, texte):
            self.refuser(compose, texte, FORMULE)
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
        if self.valeurs.get("nom") and self.valeurs.get("prenom"):
            return
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
            motif = "Adresse d'une autre personne, qui agit pour votre collectivité"
            if nom := self.contexte.adresses_nommees.get(courriel):
                motif += f" : {nom}"
            lu = Lu(None, motif, "Saisir celle de la personne")
            self.refuser("courriel", courriel, lu, exige=True)

    def _visees(self) -> None:
        visees = str(self.valeurs.pop("visees")).split()
        for champ in CHAMPS_VISEES:
            self.valeurs.setdefault(champ, champ in visees)

    def _grade(self) -> None:
        if "grade" not in self.valeurs or "grade" in self.intacts:
            return
        texte = str(self.valeurs.pop("grade"))
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
        if {"grade", "echelon"} <= self.intacts:
            return
        if isinstance(grade, str) and isinstance(echelon, str):
            conseil = echelon_hors_grille(grade, echelon)
            if conseil:
                motif = f"Cet échelon n'existe pas dans la grille du grade « {grade} »"
                self.refuser("echelon", echelon, Lu(None, motif, conseil))
                del self.valeurs["echelon"]

    def _encadrement(self) -> None:
        if {"encadrement", "nb_agents"} & self.valeurs.keys() <= self.intacts:
            return  # nothing was written there: nothing to conclude
        encadrement, nombre = self.valeurs.get("encadrement"), self.valeurs.get("nb_agents")
        if isinstance(nombre, bool):  # « Oui » in the column of the number
            del self.valeurs["nb_agents"]
            self.valeurs.setdefault("encadrement", nombre)
            return
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
        cle = self.brute.valeurs.get("cle", "") if self.brute.cle is not None else ""
        return LigneCadre(ligne=self.brute.numero, cle=cle, **valeurs)  # type: ignore[arg-type]

    def _mentions(self, cadre: LigneCadre) -> None:
        mentions = self.brute.mentions
        mentions.update([code for champ, code in _MANQUES if not getattr(cadre, champ)])
        domaine = self.contexte.domaine_courriel
        if cadre.courriel and domaine:
            domaine = domaine.lower().lstrip("@")
            if not ("." + cadre.courriel.rpartition("@")[2]).endswith("." + domaine):
                mentions.add("courriel_exterieur")
