"""A diagnosis as JSON-safe values, and back. Small: the empty fields of 20,000 rows are left out."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from cadres.recensement.modeles import (
    CHAMPS_CADRE,
    Anomalie,
    Avertissement,
    Changement,
    ColonneEcartee,
    Doublon,
    FeuillePossible,
    Inchange,
    LigneCadre,
    LigneIgnoree,
    LigneRejetee,
    MiseAJour,
    Valeur,
)
from cadres.recensement.personnes.modeles import (
    Absent,
    AutreEmployeur,
    Candidat,
    CelluleVidee,
    Conflit,
    Question,
    Reponse,
)

if TYPE_CHECKING:
    from cadres.recensement.resultat import Diagnostic

VERSION = 2
Json = dict[str, Any]
_DATES = frozenset({"date_entree_poste"})
#: Groups of which each item is a flat record.
_PLATS: dict[str, type[Any]] = {
    "colonnes_ecartees": ColonneEcartee,
    "a_corriger": Anomalie,
    "laissees": Anomalie,
    "doublons": Doublon,
    "ignorees": LigneIgnoree,
    "conflits": Conflit,
    "videes": CelluleVidee,
    "absents": Absent,
    "feuilles": FeuillePossible,
}
_SIMPLES = (
    *("nom_fichier", "format", "feuille", "ligne_entete", "nb_lignes", "nb_vides"),
    "sans_masquees",
)
_DES_LIGNES_VALIDES = ("laissees", "conflits", "videes")
_TUPLES = ("opposes", "messages", "masquees")
#: The values of these are of the field that `champ` names.
_VALEURS = frozenset({"avant", "apres", "exporte", "actuel", "fichier"})


def vers_json(diagnostic: "Diagnostic") -> Json:
    objet: Json = {"version": VERSION, "correspondance": dict(diagnostic.correspondance)}
    objet |= {nom: getattr(diagnostic, nom) for nom in _SIMPLES}
    objet |= {nom: list(getattr(diagnostic, nom)) for nom in _TUPLES}
    objet |= {nom: [_plat(o) for o in getattr(diagnostic, nom)] for nom in _PLATS}
    # Once written, a row leaves the diagnosis: what was said of it goes with it.
    restantes = {c.ligne for c in diagnostic.lignes_valides}
    objet |= {n: [o for o in objet[n] if o["ligne"] in restantes] for n in _DES_LIGNES_VALIDES}
    return objet | {
        "nouveaux": [_cadre_vers(c) for c in diagnostic.nouveaux],
        "mis_a_jour": [
            {
                "cadre": _cadre_vers(m.cadre),
                "fiche_id": m.fiche_id,
                "changements": [_plat(c) for c in m.changements],
            }
            for m in diagnostic.mis_a_jour
        ],
        "inchanges": [
            {"cadre": _cadre_vers(i.cadre), "fiche_id": i.fiche_id} for i in diagnostic.inchanges
        ],
        "hors_public": [_cadre_vers(c) for c in diagnostic.hors_public],
        "rejets": [{"ligne": r.ligne, "valeurs": dict(r.valeurs)} for r in diagnostic.rejets],
        "avertissements": [
            {"code": a.code, "message": a.message, "lignes": list(a.lignes)}
            for a in diagnostic.avertissements
        ],
        "questions": [
            {
                "cadre": _cadre_vers(q.cadre),
                "raison": q.raison,
                "candidats": [
                    _plat(c) | {"reponses": [_plat(r) for r in c.reponses]} for c in q.candidats
                ],
            }
            for q in diagnostic.questions
        ],
        "autres_employeurs": [
            {"nom": a.nom, "lignes": list(a.lignes)} for a in diagnostic.autres_employeurs
        ],
        "decisions": [[ligne, qui] for ligne, qui in diagnostic.decisions.items()],
        "reponses": [[*cle, qui] for cle, qui in diagnostic.reponses.items()],
    }


def depuis_json(objet: Json) -> Json:
    """The arguments of the `Diagnostic`. One written before a group existed has none of it."""
    if objet.get("version") not in {1, VERSION}:
        raise ValueError("diagnosis of another version")
    arguments: Json = {nom: objet[nom] for nom in _SIMPLES if nom in objet}
    arguments |= {nom: tuple(objet.get(nom, ())) for nom in _TUPLES}
    arguments |= {nom: _depuis_plats(classe, objet.get(nom, ())) for nom, classe in _PLATS.items()}
    return arguments | {
        "correspondance": objet["correspondance"],
        "nouveaux": tuple(_cadre_depuis(c) for c in objet["nouveaux"]),
        "mis_a_jour": tuple(
            MiseAJour(
                _cadre_depuis(m["cadre"]),
                m["fiche_id"],
                _depuis_plats(Changement, m["changements"]),
            )
            for m in objet["mis_a_jour"]
        ),
        "inchanges": tuple(
            Inchange(_cadre_depuis(i["cadre"]), i["fiche_id"]) for i in objet["inchanges"]
        ),
        "hors_public": tuple(_cadre_depuis(c) for c in objet["hors_public"]),
        "rejets": tuple(LigneRejetee(r["ligne"], r["valeurs"]) for r in objet["rejets"]),
        "avertissements": tuple(
            Avertissement(a["code"], a["message"], tuple(a["lignes"]))
            for a in objet["avertissements"]
        ),
        "questions": tuple(
            Question(
                _cadre_depuis(q["cadre"]),
                q["raison"],
                tuple(
                    Candidat(**c | {"reponses": _depuis_plats(Reponse, c["reponses"])})
                    for c in q["candidats"]
                ),
            )
            for q in objet.get("questions", ())
        ),
        "autres_employeurs": tuple(
            AutreEmployeur(a["nom"], tuple(a["lignes"])) for a in objet.get("autres_employeurs", ())
        ),
        "decisions": dict(objet.get("decisions", ())),
        "reponses": {(ligne, champ): qui for ligne, champ, qui in objet.get("reponses", ())},
    }


def _plat(objet: Any) -> Json:
    return {f.name: _vers(getattr(objet, f.name)) for f in fields(objet)}


def _depuis_plats(classe: type[Any], objets: Iterable[Json]) -> tuple[Any, ...]:
    return tuple(
        classe(**{n: _depuis(o["champ"], v) if n in _VALEURS else v for n, v in o.items()})
        for o in objets
    )


def _vers(valeur: Any) -> Any:
    return valeur.isoformat() if isinstance(valeur, date) else valeur


def _depuis(champ: str, valeur: Valeur) -> Valeur:
    if champ in _DATES and isinstance(valeur, str) and valeur:
        return date.fromisoformat(valeur)
    return valeur


def _cadre_vers(cadre: LigneCadre) -> Json:
    objet: Json = {"ligne": cadre.ligne}
    for champ in (*CHAMPS_CADRE, "cle"):
        valeur = getattr(cadre, champ)
        if valeur is not None and valeur != "":
            objet[champ] = _vers(valeur)
    return objet


def _cadre_depuis(objet: Json) -> LigneCadre:
    return LigneCadre(**objet | {c: _depuis(c, objet[c]) for c in _DATES & objet.keys()})
