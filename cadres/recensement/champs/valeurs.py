"""One function per kind of value: the clean value, or the reason why it cannot be used."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from cadres.recensement.champs.courriels import lire_courriel
from cadres.recensement.champs.dates import lire_date
from cadres.recensement.champs.domaines import lire_domaine, lire_visees
from cadres.recensement.champs.grades import chercher_cadre_emplois, suggerer_cadre_emplois
from cadres.recensement.champs.lu import Lu
from cadres.recensement.champs.noms import (
    LONGUEUR_NOM,
    deux_noms,
    nettoyer_nom,
    nom_valide,
    plusieurs_prenoms,
    sans_civilite,
)
from cadres.recensement.champs.statuts import lire_statut
from cadres.recensement.champs.texte import cle, est_vide
from cadres.recensement.modeles import CHAMPS_IDENTITE, CHAMPS_VISEES

LONGUEUR_TEXTE = 200
LONGUEUR_MATRICULE = 30
AGENTS_MAX = 20_000


_TIRETS = frozenset({"-", "--", "---", "–", "—", "/", "."})
FORMULE = Lu(motif="Une formule n'est pas acceptée ici", suggestion="Saisir la valeur elle-même")
_FORMULE_IDENTITE = re.compile(r"'?[=+@\t-]")
_FORMULE_AILLEURS = re.compile(r"'?(?:=|[+@-]\s*[A-Za-zÀ-ÿ_.]+\s*\(|@)")
_ERREUR_TABLEUR = re.compile(
    r"#(?:REF|VALEUR|VALUE|NOM|NAME|N/A|NUL|NULL|DIV/0|NOMBRE|NUM)[!?]?", re.IGNORECASE
)


def semble_formule(champ: str, texte: str) -> bool:
    """Text that a spreadsheet would evaluate: anything so led in an identity, a call elsewhere."""
    if not texte or texte[0] not in "=+-@'\t":
        return False
    motif = _FORMULE_IDENTITE if champ in CHAMPS_IDENTITE else _FORMULE_AILLEURS
    return motif.match(texte) is not None


_NUMERO = re.compile(r"(?:'(?=\d)|n\s?[°º]\s*)", re.IGNORECASE)
_SCIENTIFIQUE = re.compile(r"\d+[.,]?\d*E\+?\d+", re.IGNORECASE)


def _matricule(texte: str) -> Lu:
    if texte.isalnum() and len(texte) <= 9:
        return Lu(texte)  # nearly all of them
    texte = _NUMERO.sub("", texte, count=1) if _NUMERO.match(texte) else texte
    texte = re.sub(r"(?<=^\d)(\d*)\.0$", r"\1", texte)  # « 782.0 »: a number of another program
    if _SCIENTIFIQUE.fullmatch(texte):
        return Lu(
            motif="Le tableur a arrondi ce matricule",
            suggestion="Mettre la colonne au format Texte, puis saisir le matricule",
        )
    if len(texte) > LONGUEUR_MATRICULE or not re.fullmatch(r"[\w ./-]+", texte):
        return Lu(motif="Ce matricule contient des caractères inattendus, ou il est trop long")
    return Lu(texte)


def _nom(texte: str) -> Lu:
    nom = nettoyer_nom(sans_civilite(texte))
    if usage := deux_noms(texte):
        return Lu(
            motif="Deux noms dans la cellule : seul le nom d'usage est gardé",
            suggestion=nettoyer_nom(usage),
            applicable=True,
        )
    if nom_valide(nom):
        return Lu(nom)
    if len(nom) > LONGUEUR_NOM:
        return Lu(motif="Ce nom est trop long")
    sans = nettoyer_nom(re.sub(r"\(.*?\)|\d+|[*?!]+", " ", texte))
    proposable = nom_valide(sans) and sans != nom
    return Lu(
        motif="Ce nom contient des caractères inattendus",
        suggestion=sans if proposable else "",
        applicable=proposable,
    )


def _categorie(texte: str) -> Lu:
    nu = re.sub(
        r"^(?:agents?|cadres?|categorie|cat|de|\s)+\b|\s*(?:titulaire|contractuel)$", "", cle(texte)
    )
    nu = re.sub(r"^a (?:plus|sup(?:erieure?)?)$", "a+", nu.strip())
    nu = re.sub(r"\s+", "", nu).upper().replace("APLUS", "A+")
    if nu in {"A", "A+", "B", "C"}:
        return Lu(nu)
    return Lu(motif="Catégorie inconnue", suggestion="A+, A, B ou C")


def _cadre_emplois(texte: str) -> Lu:
    trouve = chercher_cadre_emplois(texte)
    if trouve:
        return Lu(trouve)
    proche = suggerer_cadre_emplois(texte)
    return Lu(
        motif="Cadre d'emplois inconnu du référentiel", suggestion=proche, applicable=bool(proche)
    )


_SUFFIXE_ECHELON = re.compile(
    r"(?:echelon|echel|ech|no|n)\b|(?<=\d)\s*(?:er|eme|ieme|me|e|nd)\b|^e(?=\s?\d)"
)
_HORS_ECHELLE = re.compile(r"(?:hors echelle |h ?e ?)([a-g])\s*(b(?:is)?)?\s*(?:chevron )?([1-3])?")


def _echelon(texte: str) -> Lu:
    nu = " ".join(_SUFFIXE_ECHELON.sub(" ", cle(texte)).split())
    if nu.isdecimal() and nu.isascii() and 1 <= int(nu) <= 20:
        return Lu(str(int(nu)))
    if re.fullmatch(r"\d{1,2} 0+", nu):  # « 5,0 »
        return Lu(str(int(nu.split()[0])))
    if nu in {"special", "es", "spe"}:
        return Lu("spécial")
    if nu in {"exceptionnel", "exceptionnelle", "classe exceptionnelle"}:
        return Lu("exceptionnel")
    if nu in {"eleve", "stagiaire"}:
        return Lu("élève")
    if m := _HORS_ECHELLE.fullmatch(nu):
        return Lu(f"HE{m[1].upper()}{'bis' if m[2] else ''}{m[3] or ''}")
    return Lu(motif="Échelon inconnu", suggestion="Un nombre, « spécial » ou « HEA »")


def _civilite(texte: str) -> Lu:
    nu = cle(texte)
    if nu in {"m", "mr", "monsieur", "h", "homme", "masculin", "masc", "1"}:
        return Lu("M")
    if nu in {"mme", "madame", "mlle", "mademoiselle", "f", "femme", "feminin", "fem", "2", "me"}:
        return Lu("F")
    return Lu(motif="Civilité inconnue", suggestion="Mme ou M.")


def _prenom(texte: str) -> Lu:
    ensemble = plusieurs_prenoms(texte)
    lu = _nom(ensemble)
    if ensemble == texte or lu.motif:
        return lu
    return Lu(lu.valeur, mentions=("prenoms",))


def _texte_libre(texte: str) -> Lu:
    if len(texte) > LONGUEUR_TEXTE:
        return Lu(motif=f"Ce texte est trop long : {LONGUEUR_TEXTE} caractères au plus")
    return Lu(texte)


_OUI = frozenset(
    {"o", "oui", "x", "vrai", "true", "y", "yes", "encadrant", "encadrante", "encadre", "ok", "v"}
    | {"1", "manager", "encadrement direct", "encadrement superieur", "encadrement intermediaire"}
    | {"encadrement de proximite", "encadrement strategique", "encadrement operationnel"}
)
_NON = frozenset(
    {"n", "non", "faux", "false", "no", "sans", "aucun", "non encadrant", "pas d encadrement"}
    | {"0", "sans encadrement", "aucun encadrement"}
)


def _nb_agents(texte: str) -> Lu:
    nu = re.sub(r"\s*(?:agents?|personnes?|pers|etp)\.?$", "", texte.lower())
    nu = re.sub(r"(?<=\d)[\s](?=\d{3}\b)|[.,]0+$", "", nu)
    if nu.isdecimal() and nu.isascii() and len(nu) < 8 and int(nu) <= AGENTS_MAX:
        return Lu(int(nu))
    if cle(nu) in {"aucun", "zero"}:
        return Lu(0)
    if cle(nu) in _OUI | _NON:  # our own export says so where it knows no number
        return Lu(cle(nu) in _OUI)
    return Lu(motif="Nombre d'agents incompréhensible", suggestion="Un nombre entier, ou rien")


def _encadrement(texte: str) -> Lu:
    """A boolean, or a number of agents: then the integer itself. « 1 » and « 0 » say yes and no."""
    if texte in {"✓", "✔", "☑", "☒"}:
        return Lu(True)
    nu = cle(texte)
    if nu in _OUI:
        return Lu(True)
    if nu in _NON:
        return Lu(False)
    nombre = _nb_agents(re.sub(r"^(?:oui|o)\b\W*|\W+$", "", texte, flags=re.IGNORECASE))
    if type(nombre.valeur) is int:
        return Lu(nombre.valeur)
    return Lu(motif="Encadrement incompréhensible", suggestion="Oui, non, ou le nombre d'agents")


def _oui_non(texte: str) -> Lu:
    lu = _encadrement(texte)
    if isinstance(lu.valeur, bool):
        return lu
    return Lu(motif="Oui ou non incompréhensible", suggestion="Oui, ou non")


def _profil(texte: str) -> Lu:
    nu = cle(texte)
    if nu in {"hp", "haut potentiel", "hauts potentiels", "haute potentielle", "potentiel"}:
        return Lu("haut_potentiel")
    if nu in {
        "experimente",
        "experimentee",
        "exp",
        "cadre experimente",
        "experience",
        "confirme",
        "confirmee",
    }:
        return Lu("experimente")
    return Lu(motif="Profil inconnu", suggestion="Haut potentiel ou expérimenté")


_LECTEURS: dict[str, Callable[[str], Lu]] = {
    "matricule": _matricule,
    "civilite": _civilite,
    "nom": _nom,
    "prenom": _prenom,
    "courriel": lire_courriel,
    "categorie": _categorie,
    "cadre_emplois": _cadre_emplois,
    "grade": Lu,  # read with its cadre d'emplois, see `lignes`
    "echelon": _echelon,
    "statut": lire_statut,
    "poste": _texte_libre,
    "direction": _texte_libre,
    "encadrement": _encadrement,
    "nb_agents": _nb_agents,
    "profil": _profil,
    "domaine": lire_domaine,
    "visees": lire_visees,
    **dict.fromkeys(CHAMPS_VISEES, _oui_non),
}


def lire_valeur(champ: str, texte: str, aujourdhui: date) -> Lu:
    """The clean value of a text already trimmed. An empty one is `Lu(None)`, without a reason.

    Postes, dates, categories… come back thousands of times in a file: they are cached. Identities
    are not.
    """
    return (_lire if champ in CHAMPS_IDENTITE else _lire_en_cache)(champ, texte, aujourdhui)


def _lire(champ: str, texte: str, aujourdhui: date) -> Lu:
    if not texte:
        return Lu()
    if texte[0] == "#" and _ERREUR_TABLEUR.fullmatch(texte):
        return Lu(
            motif="Le tableur affichait une erreur de calcul",
            suggestion="Saisir la valeur elle-même",
            mentions=("erreur_calcul",),
        )
    if texte in _TIRETS if champ in {"nom", "prenom"} else est_vide(texte):
        return Lu()  # somebody may be called Nr
    if semble_formule(champ, texte):
        return FORMULE
    if champ == "date_entree_poste":
        lue = lire_date(texte, aujourdhui)
        mentions = (lue.mention,) if lue.mention else ()
        return Lu(lue.valeur, lue.motif, lue.suggestion, lue.applicable, mentions)
    return _LECTEURS[champ](texte)


_lire_en_cache = lru_cache(maxsize=8192)(_lire)
