"""A run in a page of French text."""

from opportunites.mouvement.calcul.objectif import PLUS_GRAND_ECART
from opportunites.mouvement.composantes import Composante
from opportunites.mouvement.envie import rapport
from opportunites.mouvement.explications import Libelles, expliquer
from opportunites.mouvement.resultat import IRREALISABLE, Resultat

MOINS = "\N{MINUS SIGN}"


def bilan(resultat: Resultat, libelles: Libelles | None = None) -> str:
    if resultat.statut == IRREALISABLE:
        return "\n".join(_irrealisable(resultat))
    lignes = [_titre(resultat), ""]
    phrases = expliquer(resultat, libelles)
    for numero, composante in enumerate(resultat.composantes, 1):
        lignes.append(f"{numero}. {_genre(composante)}")
        lignes += [
            f"   {phrases[resultat.instance.cadres[i]]['phrase']}" for i in composante.cadres
        ]
    lignes += ["", f"Soldes : {_soldes(resultat)} ({_critere(resultat)})."]
    lignes.append(
        f"Points des cadres : {resultat.points} ; points des hôtes : {resultat.points_hotes}."
    )
    envies = rapport(resultat, libelles)
    if envies:
        lignes += ["", "Préférences d’hôtes non suivies :"]
        lignes += [f"   {envie['phrase']}" for envie in envies]
    return "\n".join(lignes)


def _titre(resultat: Resultat) -> str:
    nombre = resultat.mouvements
    pluriel = "s" if nombre > 1 else ""
    mouvements = f"{nombre} mouvement{pluriel}"
    garde = resultat.mode == "kept_first"
    if not resultat.prouve and (garde or resultat.borne > nombre):
        return f"{mouvements} trouvé{pluriel} dans le temps donné ; {resultat.borne} au plus."
    reserve = (
        "" if resultat.departage else " Le temps a manqué pour départager toutes les égalités."
    )
    if garde:
        return f"{mouvements} : le plus possible en gardant les propositions déjà faites.{reserve}"
    return f"{mouvements} : le maximum possible.{reserve}"


def _genre(composante: Composante) -> str:
    nombre = len(composante.cadres)
    genre = "Boucle" if composante.boucle else "Chaîne"
    return f"{genre} de {nombre} mouvement{'s' if nombre > 1 else ''}"


def _soldes(resultat: Resultat) -> str:
    noms = {c.id: c.nom for c in resultat.instance.probleme.collectivites}
    return ", ".join(f"{noms[c]} {_signe(solde)}" for c, solde in resultat.soldes.items())


def _signe(nombre: int) -> str:
    if nombre == 0:
        return "0"
    return f"{'+' if nombre > 0 else MOINS}{abs(nombre)}"


def _critere(resultat: Resultat) -> str:
    if resultat.critere == PLUS_GRAND_ECART:
        return "avec les crédits des campagnes passées, les plus grands écarts d’abord"
    return f"écart total {resultat.desequilibre}"


def _irrealisable(resultat: Resultat) -> list[str]:
    lignes = ["Aucune solution."]
    lignes += [f"Le mouvement accepté {c} → {p} ne peut pas tenir." for c, p in resultat.tombes]
    return lignes + [f"{raison[0].upper()}{raison[1:]}." for raison in resultat.raisons]
