"""Keys that lie elsewhere than in a foreign key: in texts, in JSON, in what a sealed text says of its owner.

`TRADUITES` says how each is put right, « app.Model.field » → (value, row, `Cles`) → value. `SANS_CLE` are
the fields that could hold one and hold none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

#: « app.Model » → former key → new one.
Cles = dict[str, dict[Any, Any]]
Traduction = Callable[[Any, dict[str, Any], Cles], Any]

COLLECTIVITE, CADRE, POSTE = "collectivites.Collectivite", "cadres.Cadre", "collectivites.Poste"
PROMOTION, DEMARCHE = "parcours.Promotion", "collectivites.Demarche"


def _la_sienne(modele: str) -> Traduction:
    """None for what is there no more: its number is somebody else's here."""
    return lambda valeur, _, cles: cles[modele].get(valeur)


def _objet(valeur: str, ligne: dict[str, Any], cles: Cles) -> str:
    par_label = {label.lower(): cartes for label, cartes in cles.items()}
    vers = par_label.get(ligne["objet_type"], {})
    return str(vers.get(int(valeur), "")) if valeur.isdigit() else ""


def _details(valeur: dict[str, Any], _: dict[str, Any], cles: Cles) -> dict[str, Any]:
    """Numbers of rows are no part of what is read of a line; the balances by employer are."""
    reste = {cle: v for cle, v in valeur.items() if cle not in {"ordre", "fiche_reunie"}}
    if "soldes" in reste:
        reste["soldes"] = _soldes(reste["soldes"], {}, cles)
    return reste


def _soldes(valeur: dict[str, Any], _: dict[str, Any], cles: Cles) -> dict[str, Any]:
    return {str(cles[COLLECTIVITE][int(cle)]): solde for cle, solde in valeur.items()}


#: As a run of the simulator names them: c12, p34.
_DU_SOLVEUR = re.compile(r"([cp])(\d+)")


def _du_solveur(valeur: Any, ligne: dict[str, Any], cles: Cles) -> Any:
    match valeur:
        case dict():
            return {
                _du_solveur(cle, ligne, cles): _du_solveur(v, ligne, cles)
                for cle, v in valeur.items()
            }
        case list():
            return [_du_solveur(v, ligne, cles) for v in valeur]
        case str() if dit := _DU_SOLVEUR.fullmatch(valeur):
            vers = cles[CADRE if dit[1] == "c" else POSTE].get(int(dit[2]))
            # Somebody who is there no more keeps a name that is nobody's.
            return f"{dit[1]}{vers or 0}"
    return valeur


def _promotions(valeur: Any, ligne: dict[str, Any], cles: Cles) -> Any:
    """« promotions » holds keys, in a list or as those of a dict; a figure is « promotions/12/etape »."""

    def une(cle: str) -> str:
        return str(cles[PROMOTION].get(int(cle), 0)) if cle.isdigit() else cle

    match valeur:
        case dict():
            lus = {cle: _promotions(v, ligne, cles) for cle, v in valeur.items()}
            match lus.get("promotions"):
                case dict() as siennes:
                    lus["promotions"] = {une(cle): v for cle, v in siennes.items()}
                case list() as siennes:
                    lus["promotions"] = [une(v) if isinstance(v, str) else v for v in siennes]
            return {_promotions(cle, ligne, cles): v for cle, v in lus.items()}
        case list():
            return [_promotions(v, ligne, cles) for v in valeur]
        case str() if valeur.startswith("promotions/"):
            debut, cle, *suite = valeur.split("/")
            return "/".join([debut, une(cle), *suite])
    return valeur


TRADUITES: dict[str, Traduction] = {
    "collectivites.EntreeJournal.cadre_ref": _la_sienne(CADRE),
    "collectivites.EntreeJournal.objet_id": _objet,
    "collectivites.EntreeJournal.details": _details,
    "opportunites.Campagne.soldes": _soldes,
    "opportunites.Simulation.parametres": _du_solveur,
    "opportunites.Simulation.entree": _du_solveur,
    "opportunites.Simulation.resultat": _du_solveur,
    "pilotage.ArreteDesChiffres.dits": _promotions,
    "pilotage.ArreteDesChiffres.releve": _promotions,
    "pilotage.ArreteDesChiffres.imprimees": _promotions,
    # Two files that were made one are taken apart where they were: the copy is full of keys.
    "cadres.Fusion.copie": lambda *_: {},
}
#: Fields of these kinds that hold words, dates or numbers of their own.
SANS_CLE = {
    "opportunites.ModeleWord.contenu",
    "opportunites.ModeleWord.champs",
    "opportunites.Fournee.contenu",
    "opportunites.Fournee.manques",
    "opportunites.DossierASigner.manifeste",
    "opportunites.RetourSigne.ecarts",
    "opportunites.RetourSigne.signatures",
    "cadres.VueRegistre.parametres",
    "opportunites.Alerte.parametres",
    "parcours.Evaluation.effectifs",
    "opportunites.Simulation.versions",
    "opportunites.LotDeRefus.effectifs",
    "opportunites.Regime.avantages",
    "opportunites.Estimation.saisie",
    "opportunites.Suivi.themes",
    "opportunites.FicheRemuneration.saisie_origine",
    "opportunites.FicheRemuneration.saisie_accueil",
    "opportunites.FicheRemuneration.resultat",
    "parcours.Immersion.jours",
    "parcours.InscriptionSession.plages_manquees",
    "parcours.Session.plages",
    "cadres.Critere.valeurs",
    "cadres.ColonnesRegistre.cles",
    "collectivites.Poste.cadres_emplois",
    "collectivites.Delegation.actes",
    "pilotage.ChangementRegle.avant",
    "pilotage.ChangementRegle.apres",
    "pilotage.DocumentElus.projet",
    "pilotage.DocumentElus.pdf",
}

#: For whom a text is sealed (`pour` of each model): what stands before the key, whose it is, what follows.
_DESTINATAIRES = [
    (re.compile(r"(cadre |refus:)(\d+)()"), CADRE),
    (re.compile(r"(refus:demarche:)(\d+)(:.*)"), DEMARCHE),
    (re.compile(r"(evaluation:)(\d+)()"), "parcours.Evaluation"),
]


def nouveau_destinataire(pour: str, cles: Cles) -> str:
    """Raises KeyError for one that is not of this démarche."""
    for forme, modele in _DESTINATAIRES:
        if dit := forme.fullmatch(pour):
            return f"{dit[1]}{cles[modele][int(dit[2])]}{dit[3]}"
    raise KeyError(pour)
