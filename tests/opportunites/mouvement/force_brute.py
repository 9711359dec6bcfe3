"""The specification by enumeration, from the raw JSON: shares nothing with the solver.

Every cadre stays or takes one of their wishes; each combination is judged whole.
"""

import itertools
from collections import Counter


def options(cas, cadre):
    """The moves that this cadre may make, as (rank, poste)."""
    if cadre.get("leaving"):
        return []
    postes = {p["id"]: p for p in cas["postes"]}
    meilleur = {}
    for voeu in cadre.get("wishes", []):
        rang = meilleur.get(voeu["poste"])
        meilleur[voeu["poste"]] = voeu["rank"] if rang is None else min(rang, voeu["rank"])
    coupure = meilleur.get(cadre["poste"], 10**9)
    statuts = {(d["status"], d["cadre"], d.get("poste")) for d in cas.get("decisions", [])}
    if any(s == "withdrawn" and c == cadre["id"] for s, c, _ in statuts):
        return []
    return sorted(
        (rang, poste)
        for poste, rang in meilleur.items()
        if poste != cadre["poste"]
        and rang < coupure
        and not postes[poste].get("closed")
        and ("refused", cadre["id"], poste) not in statuts
        and any(a["cadre"] == cadre["id"] for a in cas["host"].get(poste, []))
    )


def resoudre(cas, boucle, chaine, mode="moves_first"):
    """(status, assignment, objective) of the canonical optimum."""
    cadres = sorted(cas["cadres"], key=lambda c: (c["tirage"], c["id"]))
    choix = [[*options(cas, c), None] for c in cadres]
    acceptes = {
        (d["cadre"], d["poste"]) for d in cas.get("decisions", []) if d["status"] == "accepted"
    }
    meilleur, retenu = None, None
    for combinaison in itertools.product(*choix):
        affectation = {c["id"]: o[1] for c, o in zip(cadres, combinaison, strict=True) if o}
        if not acceptes <= set(affectation.items()) or not _possible(cas, affectation):
            continue
        valeur = _valeur(cas, affectation, mode)
        # Staying comes last; then the smallest (rank, poste).
        cle = (valeur, tuple((1, 0, "") if o is None else (0, *o) for o in combinaison))
        if meilleur is not None and not (
            cle[0] > meilleur[0] or (cle[0] == meilleur[0] and cle[1] < meilleur[1])
        ):
            continue
        if _dans_les_plafonds(cas, affectation, boucle, chaine):
            meilleur, retenu = cle, affectation
    if meilleur is None:
        return "infeasible", None, None
    return "optimal", retenu, meilleur[0]


def soldes(cas, affectation):
    chez = {p["id"]: p["collectivite"] for p in cas["postes"]}
    solde = dict.fromkeys((c["id"] for c in cas["collectivites"]), 0)
    for cadre in cas["cadres"]:
        origine = chez[cadre["poste"]] if cadre["poste"] else cadre.get("home")
        if cadre["id"] in affectation:
            arrivee = chez[affectation[cadre["id"]]]
            if arrivee != origine:
                solde[arrivee] += 1
                if origine:
                    solde[origine] -= 1
        elif cadre.get("leaving") and origine and cas["config"].get("count_exits"):
            solde[origine] -= 1
    return solde


def _possible(cas, affectation):
    occupes = Counter(affectation.values())
    for cadre in cas["cadres"]:
        if cadre["id"] not in affectation and not cadre.get("leaving") and cadre["poste"]:
            occupes[cadre["poste"]] += 1
    for poste in cas["postes"]:
        if not poste.get("min_fill", 0) <= occupes[poste["id"]] <= poste.get("capacity", 1):
            return False
    solde = soldes(cas, affectation)
    for c in cas["collectivites"]:
        ecart = solde[c["id"]] + c.get("credit", 0)
        if c.get("balance_min") is not None and ecart < c["balance_min"]:
            return False
        if c.get("balance_max") is not None and ecart > c["balance_max"]:
            return False
    return True


def _valeur(cas, affectation, mode):
    """To be maximised."""
    config = cas["config"]
    points = hotes = gardes = 0
    for cadre in cas["cadres"]:
        poste = affectation.get(cadre["id"])
        if poste is None:
            continue
        rang = min(v["rank"] for v in cadre["wishes"] if v["poste"] == poste)
        avis = min(a["rank"] for a in cas["host"][poste] if a["cadre"] == cadre["id"])
        points += max(1, config.get("max_rank", 8) + 1 - rang)
        hotes += max(1, config.get("host_max_rank", 5) + 1 - avis)
        gardes += {"cadre": cadre["id"], "poste": poste, "status": "proposed"} in cas["decisions"]
    ecarts = [
        abs(soldes(cas, affectation)[c["id"]] + c.get("credit", 0)) for c in cas["collectivites"]
    ]
    credits_en_vigueur = any(c.get("credit") for c in cas["collectivites"])
    equilibre = sorted(ecarts, reverse=True) if credits_en_vigueur else [sum(ecarts)]
    tete = [len(affectation), gardes] if mode == "moves_first" else [gardes, len(affectation)]
    return (*tete, points, hotes, *(-e for e in equilibre))


def _dans_les_plafonds(cas, affectation, boucle, chaine):
    """Whether some way of saying who takes whose place gives only short chains and rings."""
    if boucle is None and chaine is None:
        return True
    origine = {c["id"]: c["poste"] for c in cas["cadres"]}
    par_poste = []
    for poste in cas["postes"]:
        arrives = [c for c, p in affectation.items() if p == poste["id"]]
        partis = [c for c in affectation if origine[c] == poste["id"]]
        restent = [
            c["id"]
            for c in cas["cadres"]
            if c["poste"] == poste["id"] and not c.get("leaving") and c["id"] not in affectation
        ]
        libres = poste.get("capacity", 1) - len(restent) - len(partis)
        places = partis + [None] * min(libres, len(arrives))
        if arrives:
            par_poste.append(
                [
                    dict(zip(arrives, p, strict=True))
                    for p in set(itertools.permutations(places, len(arrives)))
                ]
            )
    for pari in itertools.product(*par_poste):
        sources = {c: s for part in pari for c, s in part.items()}
        if all(_longueur_permise(c, sources, boucle, chaine) for c in sources):
            return True
    return not par_poste


def _longueur_permise(cadre, sources, boucle, chaine):
    longueur, ici = 1, sources[cadre]
    while ici is not None and ici != cadre:
        longueur, ici = longueur + 1, sources[ici]
    plafond = chaine if ici is None else boucle
    return plafond is None or longueur <= plafond
