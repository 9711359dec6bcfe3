"""Reading `mouvement/1`: a fault says the JSON path where it is, and nothing is guessed.

Keys that the schema does not know are left alone (the instances bear a title, what is expected…).
"""

import json
from typing import Any

from opportunites.mouvement.donnees import (
    SCHEMA,
    STATUTS,
    Cadre,
    Collectivite,
    Decision,
    FauteDeSchema,
    Poste,
    Probleme,
    Reglages,
)

#: Beyond, it is a slip of the keyboard; and costs stay far from 64 bits.
RANG_LIMITE = 1_000
NOMBRE_LIMITE = 1_000_000
TIRAGE_LIMITE = 2**62


def lire(texte: str | bytes) -> Probleme:
    try:
        brut = json.loads(texte)
    except (ValueError, RecursionError) as erreur:
        raise FauteDeSchema("$", "ce n’est pas du JSON lisible") from erreur
    return valider(brut)


def valider(brut: Any) -> Probleme:
    racine = _Noeud("$", _objet("$", brut))
    if racine.brut("schema") != SCHEMA:
        raise FauteDeSchema("$.schema", f"« {SCHEMA} » est attendu")
    collectivites = tuple(_collectivite(n) for n in racine.noeuds("collectivites"))
    connues = _uniques("collectivites", collectivites)
    postes = tuple(_poste(n, connues) for n in racine.noeuds("postes"))
    places = {p.id: p.places for p in postes}
    _uniques("postes", postes)
    cadres = tuple(_cadre(n, connues, places.keys()) for n in racine.noeuds("cadres"))
    personnes = _uniques("cadres", cadres)
    _titulaires(cadres, places)
    return Probleme(
        collectivites=collectivites,
        postes=postes,
        cadres=cadres,
        avis=_avis(racine, personnes, places.keys()),
        decisions=tuple(
            _decision(n, personnes, places.keys())
            for n in racine.noeuds("decisions", facultatif=True)
        ),
        reglages=_reglages(racine),
    )


class _Noeud:
    """One JSON object and where it is."""

    def __init__(self, chemin: str, valeurs: dict[str, Any]) -> None:
        self.chemin = chemin
        self.valeurs = valeurs

    def brut(self, cle: str) -> Any:
        return self.valeurs.get(cle)

    def faute(self, cle: str, message: str) -> FauteDeSchema:
        return FauteDeSchema(f"{self.chemin}.{cle}", message)

    def noeuds(self, cle: str, facultatif: bool = False) -> "list[_Noeud]":
        if cle not in self.valeurs and facultatif:
            return []
        return _liste(f"{self.chemin}.{cle}", self.brut(cle))

    def texte(self, cle: str) -> str:
        valeur = self.brut(cle)
        if not isinstance(valeur, str) or not valeur:
            raise self.faute(cle, "un texte non vide est attendu")
        return valeur

    def entier(self, cle: str, bas: int, haut: int, defaut: int | None = None) -> int:
        if cle not in self.valeurs and defaut is not None:
            return defaut
        valeur = self.brut(cle)
        if not isinstance(valeur, int) or isinstance(valeur, bool):
            raise self.faute(cle, "un nombre entier est attendu")
        if not bas <= valeur <= haut:
            raise self.faute(cle, f"{valeur} n’est pas entre {bas} et {haut}")
        return valeur

    def entier_ou_rien(self, cle: str, bas: int, haut: int) -> int | None:
        return None if self.brut(cle) is None else self.entier(cle, bas, haut)

    def oui(self, cle: str) -> bool:
        valeur = self.valeurs.get(cle, False)
        if not isinstance(valeur, bool):
            raise self.faute(cle, "true ou false est attendu")
        return valeur

    def connu(self, cle: str, parmi: Any, quoi: str) -> str:
        valeur = self.texte(cle)
        if valeur not in parmi:
            raise self.faute(cle, f"{quoi} « {valeur} » n’existe pas dans ce fichier")
        return valeur


def _objet(chemin: str, valeur: Any) -> dict[str, Any]:
    if not isinstance(valeur, dict):
        raise FauteDeSchema(chemin, "un objet JSON est attendu")
    return valeur


def _liste(chemin: str, valeur: Any) -> list[_Noeud]:
    if not isinstance(valeur, list):
        raise FauteDeSchema(chemin, "une liste est attendue")
    return [
        _Noeud(f"{chemin}[{rang}]", _objet(f"{chemin}[{rang}]", element))
        for rang, element in enumerate(valeur)
    ]


def _uniques(cle: str, objets: tuple[Any, ...]) -> set[str]:
    vus: set[str] = set()
    for rang, objet in enumerate(objets):
        if objet.id in vus:
            raise FauteDeSchema(f"$.{cle}[{rang}].id", f"« {objet.id} » est déjà pris")
        vus.add(objet.id)
    return vus


def _collectivite(n: _Noeud) -> Collectivite:
    bas = n.entier_ou_rien("balance_min", -NOMBRE_LIMITE, NOMBRE_LIMITE)
    haut = n.entier_ou_rien("balance_max", -NOMBRE_LIMITE, NOMBRE_LIMITE)
    if bas is not None and haut is not None and bas > haut:
        raise n.faute("balance_max", f"{haut} est plus petit que balance_min, {bas}")
    identifiant = n.texte("id")
    nom = n.texte("nom") if "nom" in n.valeurs else identifiant
    credit = n.entier("credit", -NOMBRE_LIMITE, NOMBRE_LIMITE, 0)
    return Collectivite(identifiant, nom, bas, haut, credit)


def _poste(n: _Noeud, collectivites: set[str]) -> Poste:
    identifiant = n.texte("id")
    places = n.entier("capacity", 1, NOMBRE_LIMITE, 1)
    minimum = n.entier("min_fill", 0, NOMBRE_LIMITE, 0)
    if minimum > places:
        raise n.faute("min_fill", f"{minimum} dépasse le nombre de places, {places}")
    collectivite = n.connu("collectivite", collectivites, "la collectivité")
    return Poste(identifiant, collectivite, places, minimum, n.oui("closed"))


def _cadre(n: _Noeud, collectivites: set[str], postes: Any) -> Cadre:
    poste = None if n.brut("poste") is None else n.connu("poste", postes, "le poste")
    employeur = (
        None if n.brut("home") is None else n.connu("home", collectivites, "la collectivité")
    )
    voeux = tuple(
        (v.connu("poste", postes, "le poste"), v.entier("rank", 1, RANG_LIMITE))
        for v in n.noeuds("wishes", facultatif=True)
    )
    tirage = n.entier_ou_rien("tirage", -TIRAGE_LIMITE, TIRAGE_LIMITE)
    return Cadre(n.texte("id"), tirage, poste, employeur, n.oui("leaving"), voeux)


def _titulaires(cadres: tuple[Cadre, ...], places: dict[str, int]) -> None:
    """Whoever leaves may overlap with who follows; two who stay do not share one place."""
    reste = dict(places)
    for rang, cadre in enumerate(cadres):
        if cadre.poste is None or cadre.part:
            continue
        reste[cadre.poste] -= 1
        if reste[cadre.poste] < 0:
            raise FauteDeSchema(
                f"$.cadres[{rang}].poste",
                f"le poste « {cadre.poste} » est tenu par plus de cadres qu’il n’a de places",
            )


def _avis(racine: _Noeud, cadres: set[str], postes: Any) -> dict[str, dict[str, int]]:
    avis: dict[str, dict[str, int]] = {}
    for poste, liste in _objet("$.host", racine.valeurs.get("host", {})).items():
        chemin = f"$.host[{json.dumps(poste, ensure_ascii=False)}]"
        if poste not in postes:
            raise FauteDeSchema(chemin, f"le poste « {poste} » n’existe pas dans ce fichier")
        rangs = avis.setdefault(poste, {})
        for n in _liste(chemin, liste):
            cadre = n.connu("cadre", cadres, "le cadre")
            rang = n.entier("rank", 1, RANG_LIMITE)
            rangs[cadre] = min(rang, rangs.get(cadre, rang))
    return avis


def _decision(n: _Noeud, cadres: set[str], postes: Any) -> Decision:
    statut = n.texte("status")
    if statut not in STATUTS:
        raise n.faute("status", f"« {statut} » n’est pas l’un de {', '.join(sorted(STATUTS))}")
    sans_poste = statut == "withdrawn" and n.brut("poste") is None
    poste = None if sans_poste else n.connu("poste", postes, "le poste")
    return Decision(n.connu("cadre", cadres, "le cadre"), poste, statut)


def _reglages(racine: _Noeud) -> Reglages:
    n = _Noeud("$.config", _objet("$.config", racine.valeurs.get("config", {})))
    defaut = Reglages()

    def plafond(cle: str, valeur: int | None) -> int | None:
        return n.entier_ou_rien(cle, 0, NOMBRE_LIMITE) if cle in n.valeurs else valeur

    return Reglages(
        rang_max=n.entier("max_rank", 1, RANG_LIMITE, defaut.rang_max),
        rang_hote_max=n.entier("host_max_rank", 1, RANG_LIMITE, defaut.rang_hote_max),
        compter_departs=n.oui("count_exits"),
        boucle_max=plafond("max_cycle", defaut.boucle_max),
        chaine_max=plafond("max_chain", defaut.chaine_max),
    )
