"""Small random campaigns with everything the schema allows, as raw JSON."""

import random


def cas_au_hasard(graine, cadres=8):
    h = random.Random(graine)
    n = h.randint(2, cadres)
    collectivites = [{"id": c, "nom": c, **_tolerance(h)} for c in "VADR"[: h.randint(2, 4)]]
    if h.random() < 0.3:
        for c in collectivites:
            c["credit"] = h.randint(-1, 1)
    postes = [
        {
            "id": f"p{k}",
            "collectivite": h.choice(collectivites)["id"],
            "capacity": 2 if h.random() < 0.2 else 1,
            "closed": h.random() < 0.06,
        }
        for k in range(n + h.randint(0, 2))
    ]
    places = [p["id"] for p in postes for _ in range(p["capacity"])]
    h.shuffle(places)
    tous = []
    for k in range(n):
        poste = places.pop() if h.random() < 0.85 else None
        tous.append(
            {
                "id": f"c{k}",
                "tirage": h.randint(1, n),
                "poste": poste,
                "home": None if h.random() < 0.4 else h.choice(collectivites)["id"],
                "leaving": poste is not None and h.random() < 0.12,
                "wishes": [
                    {"poste": h.choice(postes)["id"], "rank": h.randint(1, 4)}
                    for _ in range(h.randint(1, 4))
                ],
            }
        )
    tenus = [c["poste"] for c in tous if c["poste"] and not c["leaving"]]
    for p in postes:
        if h.random() < 0.15:
            p["min_fill"] = min(p["capacity"], tenus.count(p["id"]) or int(h.random() < 0.2))
    avis = {
        p["id"]: [{"cadre": c["id"], "rank": h.randint(1, 3)} for c in tous if h.random() < 0.75]
        for p in postes
    }
    return {
        "schema": "mouvement/1",
        "collectivites": collectivites,
        "postes": postes,
        "cadres": tous,
        "host": avis,
        "decisions": _decisions(h, tous),
        "config": {
            "max_rank": h.choice([3, 8]),
            "host_max_rank": 5,
            "count_exits": h.random() < 0.3,
            "max_cycle": h.choice([None, 0, 2, 3, 3, 4]),
            "max_chain": h.choice([None, 0, 1, 2, 3, 3]),
        },
    }


def _tolerance(h):
    tau = h.choice([None, 0, 1, 1, 2])
    return {} if tau is None else {"balance_min": -tau, "balance_max": tau}


def _decisions(h, cadres):
    decisions = []
    for cadre in cadres:
        if h.random() < 0.3:
            statut = h.choice(["accepted", "refused", "withdrawn", "proposed", "proposed"])
            poste = h.choice(cadre["wishes"])["poste"]
            decisions.append({"cadre": cadre["id"], "poste": poste, "status": statut})
    return decisions
