"""« Pourquoi pas ce vœu ? »: a reason where the rules forbid it, else its price, by solving again with
the pair imposed."""

from dataclasses import dataclass, replace

import numpy as np

from opportunites.mouvement.calcul.objectif import (
    GARDES,
    MOUVEMENTS,
    PLUS_GRAND_ECART,
    POINTS,
    SOMME,
)
from opportunites.mouvement.donnees import Cadre, Conduite, Couple, Decision
from opportunites.mouvement.normalisation import SANS_BORNE, normaliser, rangs_voulus
from opportunites.mouvement.resultat import IRREALISABLE, Resultat
from opportunites.mouvement.solveur import optimum, resoudre


@dataclass(frozen=True, slots=True)
class Reponse:
    code: str
    phrase: str
    #: Moves lost (a price), when it is possible.
    mouvements: int | None = None
    #: The run in which it is done.
    resultat: Resultat | None = None


_INTERDITS = {
    "non_demande": "ce poste n’est pas parmi les vœux de ce cadre",
    "moins_voulu": "ce vœu est classé après le poste occupé",
    "depart": "ce cadre quitte sa collectivité et n’est pas dans le mouvement",
    "retrait": "ce cadre s’est retiré du mouvement",
    "refus": "ce mouvement a été refusé ou écarté",
    "ferme": "ce poste est fermé au mouvement",
    "accueil": "l’accueil n’est pas favorable",
}


def interdit(resultat: Resultat, cadre: str, poste: str) -> str | None:
    """The code of the rule that keeps this wish out of the movement, if any."""
    probleme = resultat.instance.probleme
    lui: Cadre = next(c for c in probleme.cadres if c.id == cadre)
    decisions = {(d.statut, d.cadre, d.poste) for d in probleme.decisions}
    regles = {
        "non_demande": all(p != poste for p, _ in lui.voeux),
        "moins_voulu": poste not in rangs_voulus(lui),
        "depart": lui.part,
        "retrait": any(d.cadre == cadre and d.statut == "withdrawn" for d in probleme.decisions),
        "refus": ("refused", cadre, poste) in decisions,
        "ferme": any(p.id == poste and p.ferme for p in probleme.postes),
        "accueil": cadre not in probleme.avis.get(poste, {}),
    }
    return next((code for code, vrai in regles.items() if vrai), None)


def issue(resultat: Resultat, cadre: str, poste: str) -> str:
    """What became of a wish, without solving again: `servi`, `mieux_servi`, a rule (`interdit`),
    `attribue` (others have it), `titulaire_reste`, or `equilibre` (free, and the movement as a whole
    is better or only possible so)."""
    if resultat.affectation.get(cadre) == poste:
        return "servi"
    code = interdit(resultat, cadre, poste)
    if code is not None:
        return code
    instance = resultat.instance
    lui = next(c for c in instance.probleme.cadres if c.id == cadre)
    rangs = rangs_voulus(lui)
    obtenu = resultat.affectation.get(cadre)
    if obtenu is not None and rangs[obtenu] <= rangs[poste]:
        return "mieux_servi"
    p = instance.postes.index(poste)
    if poste in resultat.affectation.values():
        return "attribue"
    choix = resultat.solution.choix if resultat.solution is not None else None
    restent = (instance.origine == p) & ~instance.part
    if choix is not None:
        restent &= choix < 0
    return "titulaire_reste" if int(restent.sum()) >= int(instance.places[p]) else "equilibre"


def pourquoi_pas(
    resultat: Resultat, cadre: str, poste: str, conduite: Conduite | None = None
) -> Reponse:
    if resultat.affectation.get(cadre) == poste:
        return Reponse("servi", "ce vœu est servi")
    code = interdit(resultat, cadre, poste)
    if code is not None:
        return Reponse(code, f"impossible : {_INTERDITS[code]}")
    probleme = resultat.instance.probleme.avec_decisions(Decision(cadre, poste, "accepted"))
    autre = resoudre(probleme, resultat.mode, conduite)
    if autre.statut == IRREALISABLE:
        return Reponse(*_obstacle(autre, (cadre, poste), conduite or Conduite()))
    return _prix(resultat, autre)


def _obstacle(autre: Resultat, couple: Couple, conduite: Conduite) -> tuple[str, str]:
    """What would have to give way for the imposed pair to be possible."""
    instance = autre.instance
    acceptes = {
        (d.cadre, d.poste or "") for d in instance.probleme.decisions if d.statut == "accepted"
    }
    if acceptes - {couple}:
        seul = normaliser(instance.probleme.sans_acceptes(sorted(acceptes - {couple})))
        if optimum(seul, autre.mode, conduite) is not None:
            return "accepte", "impossible : un mouvement déjà accepté s’y oppose"
    if not instance.probleme.reglages.sans_plafond:
        libre = normaliser(instance.probleme.sans_plafond())
        if optimum(libre, autre.mode, conduite) is not None:
            return "plafonds", "impossible dans une chaîne ou une boucle assez courte"
    sans_tolerance = replace(
        instance,
        bas=np.full_like(instance.bas, -SANS_BORNE),
        haut=np.full_like(instance.haut, SANS_BORNE),
    )
    if optimum(sans_tolerance, autre.mode, conduite) is not None:
        return "equilibre", "impossible : l’équilibre entre collectivités ne serait plus tenu"
    sans_minimum = replace(instance, minimum=np.zeros_like(instance.minimum))
    if optimum(sans_minimum, autre.mode, conduite) is not None:
        return "critique", "impossible : un poste critique resterait vide"
    return "titulaire_reste", "impossible : personne ne peut libérer ce poste"


def _prix(resultat: Resultat, autre: Resultat) -> Reponse:
    perdus = resultat.mouvements - autre.mouvements
    reserve = "" if resultat.prouve and autre.prouve else " (calcul arrêté avant sa preuve)"

    def reponse(code: str, phrase: str) -> Reponse:
        return Reponse(code, phrase + reserve, perdus, autre)

    for nom, avant in resultat.vecteur.items():
        apres = autre.vecteur.get(nom, 0)
        if avant == apres:
            continue
        if isinstance(avant, list) or isinstance(apres, list) or nom in (SOMME, PLUS_GRAND_ECART):
            return reponse("possible", "possible, mais avec un équilibre moins bon")
        perte = avant - apres
        if perte < 0:
            return reponse("possible", "possible, et la solution trouvée y gagnerait")
        if nom == MOUVEMENTS:
            return reponse("possible", f"possible, mais {_nombre(perte, 'mouvement')} de moins")
        if nom == GARDES:
            gardees = _nombre(perte, "proposition déjà faite", "propositions déjà faites")
            return reponse("possible", f"possible, mais {gardees} de moins")
        quoi = "vœux moins bien classés" if nom == POINTS else "préférences des hôtes moins suivies"
        points = _nombre(perte, "point")
        return reponse("possible", f"possible, mais {quoi} au total ({points} de moins)")
    return reponse("egalite", "possible à égalité : le tirage au sort a départagé")


def _nombre(combien: int, un: str, plusieurs: str = "") -> str:
    return f"{combien} {(plusieurs or un + 's') if combien > 1 else un}"
