"""The live data of a campaign, as the solver reads them (schema `mouvement/1`).

What is read: who holds a poste that is in play, the wishes made in time, the hosts' favourable
opinions with their ranks, departures announced, what was answered to propositions, earlier balances,
the draw. Nothing else of a person: no age, family, health, and no guess about what they would answer.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from cadres.models import Cadre
from cadres.requetes import avec_le_oui
from collectivites.communs.calendrier import fin_du_jour
from opportunites.campagne.calcul.parametres import Parametres
from opportunites.models import Avis, Campagne, Opportunite, Proposition, Voeu
from opportunites.mots import RetraitProposition, Vacance
from opportunites.mouvement.donnees import SCHEMA
from opportunites.propositions.predicats import refus_disponible

Entree = dict[str, Any]
Couple = tuple[int, int]  # (cadre, poste)
Etat = Proposition.Etat

#: A poste whose holder is said to be going, or gone, is free whatever becomes of them.
LIBRES = (Vacance.VACANT, Vacance.A_UNE_DATE)
#: Ranks given to a proposition whose wish or opinion is gone: behind all others.
RANG_SANS_VOEU, RANG_SANS_AVIS = 8, 5


def cle_cadre(pk: int) -> str:
    return f"c{pk}"


def cle_poste(pk: int) -> str:
    return f"p{pk}"


def numero(cle: str) -> int:
    """The key in our database: `c12` → 12."""
    return int(cle[1:])


def lot(graine: str, cadre: int) -> int:
    """Published: anybody may compute it again, nobody could choose it."""
    return int.from_bytes(hashlib.sha256(f"{graine}:{cadre}".encode()).digest()[:6], "big")


@dataclass
class _Lues:
    """Rows, read in a fixed number of queries."""

    opportunites: dict[int, Opportunite]
    voeux: list[Voeu]
    avis: dict[int, list[Avis]]
    propositions: list[Proposition]
    cadres: dict[int, Cadre]
    ecartes: int
    #: pairs that are imposed, asked to be kept, or banned
    acceptes: set[Couple] = field(default_factory=set)
    proposes: set[Couple] = field(default_factory=set)
    refuses: set[Couple] = field(default_factory=set)
    #: cadre → poste accepted in a campaign that is closed: as if they sat there already
    acquis: dict[int, int] = field(default_factory=dict)


def construire(campagne: Campagne, parametres: Parametres) -> Entree:
    """Schema `mouvement/1`, with `constats`: what was left out, as numbers."""
    lues = _lire(campagne)
    _trier_les_propositions(lues)
    codes = {c.pk: c.code for c in campagne.demarche.collectivites.all()}
    voeux = _voeux(lues)
    personnes = _personnes(lues, voeux)
    postes = {c.poste.pk: c.poste for c in personnes if c.poste is not None}
    postes |= {o.poste_id: o.poste for o in lues.opportunites.values()}
    return {
        "schema": SCHEMA,
        "collectivites": _collectivites(campagne, parametres),
        "postes": [
            {"id": cle_poste(pk), "collectivite": codes[poste.collectivite_id]}
            for pk, poste in sorted(postes.items())
        ],
        "cadres": [_cadre(c, campagne, lues, voeux.get(c.pk, {}), codes) for c in personnes],
        "host": _accueils(lues, voeux),
        "decisions": _decisions(lues, parametres),
        "config": {
            "max_cycle": parametres["boucle_max"],
            "max_chain": parametres["chaine_max"],
        },
        "constats": _constats(lues, voeux),
    }


def _lire(campagne: Campagne) -> _Lues:
    ouvertes = Opportunite.objects.filter(
        poste__collectivite__demarche=campagne.demarche, etat__in=Opportunite.ETATS_OUVERTS
    ).select_related("poste")
    opportunites = {o.pk: o for o in ouvertes.order_by("pk")}
    en_temps = Voeu.objects.filter(
        avec_le_oui("cadre__"),
        cadre__collectivite__demarche=campagne.demarche,
        exprime_le__lte=fin_du_jour(campagne.voeux_au),
    ).select_related("cadre__candidature", "cadre__poste")
    tous = list(en_temps.order_by("cadre_id", "rang"))
    voeux = [v for v in tous if v.opportunite_id in opportunites]
    fermes = [v for v in tous if v.opportunite_id not in opportunites]
    avis: dict[int, list[Avis]] = defaultdict(list)
    for a in Avis.objects.filter(opportunite__in=opportunites, sens=Avis.Sens.FAVORABLE):
        avis[a.opportunite_id].append(a)
    propositions = list(
        Proposition.objects.filter(opportunite__in=opportunites)
        .select_related("cadre__candidature", "cadre__poste", "maillon__ensemble__campagne")
        .order_by("pk")
    )
    titulaires = Cadre.objects.filter(
        poste__in=[o.poste_id for o in opportunites.values()], parti_le__isnull=True
    ).select_related("candidature", "poste")
    cadres = {c.pk: c for c in titulaires}
    cadres |= {v.cadre_id: v.cadre for v in voeux}
    cadres |= {p.cadre_id: p.cadre for p in propositions if p.etat in Proposition.ETATS_VIVANTS}
    return _Lues(
        opportunites,
        voeux,
        dict(avis),
        propositions,
        cadres,
        sum(refus_disponible(v.cadre) is None for v in fermes),
    )


def _trier_les_propositions(lues: _Lues) -> None:
    """What was answered. A draft that hangs on no chain is its host's own secret: not read."""
    lues.acquis = _acquis(lues)
    for p in lues.propositions:
        if p.cadre_id in lues.acquis:
            continue
        couple = (p.cadre_id, lues.opportunites[p.opportunite_id].poste_id)
        if p.etat == Etat.ACCEPTEE:
            lues.acceptes.add(couple)
        elif p.etat == Etat.ENVOYEE or (p.est_vivante and hasattr(p, "maillon")):
            lues.proposes.add(couple)
        elif p.etat in {Etat.REFUSEE, Etat.EXPIREE} or (
            p.etat == Etat.RETIREE
            and p.envoyee_le is not None
            and p.motif_retrait in {RetraitProposition.EMPLOYEUR, RetraitProposition.ABANDON}
        ):
            lues.refuses.add(couple)
    lues.refuses -= lues.acceptes | lues.proposes


def _acquis(lues: _Lues) -> dict[int, int]:
    """Moves under way of earlier campaigns. Their balances are in the credits already: imposed again,
    they would count twice. One whose new poste is still held stays an accepted move."""
    en_route = {
        p.cadre_id: lues.opportunites[p.opportunite_id]
        for p in lues.propositions
        if p.etat == Etat.ACCEPTEE
        and hasattr(p, "maillon")
        and not p.maillon.ensemble.campagne.est_ouverte
    }
    tenus = {c.poste_id: c.pk for c in lues.cadres.values() if c.poste_id is not None}
    while tenus_encore := [
        cadre
        for cadre, o in en_route.items()
        if o.vacance not in LIBRES and tenus.get(o.poste_id, cadre) not in en_route
    ]:
        for cadre in tenus_encore:
            del en_route[cadre]
    return {cadre: o.poste_id for cadre, o in en_route.items()}


def _voeux(lues: _Lues) -> dict[int, dict[int, int]]:
    """cadre → poste → rank: of those who may still move, and of those who are already out."""
    engages = {cadre for cadre, _ in lues.acceptes} | lues.acquis.keys()
    voeux: dict[int, dict[int, int]] = defaultdict(dict)
    for v in lues.voeux:
        poste = lues.opportunites[v.opportunite_id].poste_id
        garde = (v.cadre_id, poste) in lues.acceptes
        if garde or (v.cadre_id not in engages and refus_disponible(v.cadre) is None):
            voeux[v.cadre_id][poste] = v.rang
    for cadre, poste in lues.acceptes | lues.proposes:
        voeux[cadre].setdefault(poste, RANG_SANS_VOEU)
    return voeux


def _personnes(lues: _Lues, voeux: dict[int, dict[int, int]]) -> list[Cadre]:
    """Those who wish, and those who hold a poste in play."""
    en_jeu = {o.poste_id for o in lues.opportunites.values()}
    return sorted(
        (
            c
            for c in lues.cadres.values()
            if c.pk in voeux or c.pk in lues.acquis or c.poste_id in en_jeu
        ),
        key=lambda c: c.pk,
    )


def _cadre(
    cadre: Cadre,
    campagne: Campagne,
    lues: _Lues,
    voeux: dict[int, int],
    codes: dict[int, str],
) -> dict[str, Any]:
    if cadre.pk in lues.acquis:
        return _arrive(cadre, campagne, lues, codes)
    libre = any(
        o.poste_id == cadre.poste_id and o.vacance in LIBRES for o in lues.opportunites.values()
    )
    # Whoever is going and wishes nothing leaves; whoever wishes is placed as if they held nothing.
    part = libre and not voeux
    tient = cadre.poste_id is not None and (part or not libre)
    return {
        "id": cle_cadre(cadre.pk),
        "tirage": lot(campagne.graine, cadre.pk),
        "poste": cle_poste(cadre.poste_id) if tient and cadre.poste_id else None,
        "home": codes[cadre.collectivite_id],
        "leaving": part,
        "wishes": [{"poste": cle_poste(p), "rank": r} for p, r in sorted(voeux.items())],
    }


def _arrive(cadre: Cadre, campagne: Campagne, lues: _Lues, codes: dict[int, str]) -> dict[str, Any]:
    """Whoever holds a poste since an earlier campaign, though they have not joined it yet."""
    poste = lues.acquis[cadre.pk]
    [accueil] = {o.poste.collectivite_id for o in lues.opportunites.values() if o.poste_id == poste}
    return {
        "id": cle_cadre(cadre.pk),
        "tirage": lot(campagne.graine, cadre.pk),
        "poste": cle_poste(poste),
        "home": codes[accueil],
        "leaving": False,
        "wishes": [],
    }


def _accueils(lues: _Lues, voeux: dict[int, dict[int, int]]) -> dict[str, Any]:
    hotes: dict[int, dict[int, int]] = defaultdict(dict)
    for pk, avis in lues.avis.items():
        poste = lues.opportunites[pk].poste_id
        for a in avis:
            if poste in voeux.get(a.cadre_id, {}) and a.rang is not None:
                hotes[poste][a.cadre_id] = a.rang
    for cadre, poste in lues.acceptes | lues.proposes:
        hotes[poste].setdefault(cadre, RANG_SANS_AVIS)
    return {
        cle_poste(poste): [{"cadre": cle_cadre(c), "rank": r} for c, r in sorted(rangs.items())]
        for poste, rangs in sorted(hotes.items())
    }


def _decisions(lues: _Lues, parametres: Parametres) -> list[dict[str, Any]]:
    """Answers first; what a DGS decided never overrides one."""

    def lignes(couples: Iterable[Couple], statut: str) -> list[dict[str, Any]]:
        return [
            {"cadre": cle_cadre(c), "poste": cle_poste(p), "status": statut}
            for c, p in sorted(couples)
        ]

    presents = set(lues.cadres)
    postes = {o.poste_id for o in lues.opportunites.values()}
    pris = lues.acceptes | lues.refuses
    voulues = {
        (d["cadre"], d["poste"]): d["status"]
        for d in parametres["decisions"]
        if d["cadre"] in presents and d["poste"] in postes
    }
    reste = {couple: statut for couple, statut in voulues.items() if couple not in pris}
    return [
        *lignes(lues.acceptes, "accepted"),
        *lignes((c for c in lues.refuses if c[0] in presents), "refused"),
        *lignes(lues.proposes - set(reste), "proposed"),
        *(ligne for couple, statut in sorted(reste.items()) for ligne in lignes([couple], statut)),
    ]


def _collectivites(campagne: Campagne, parametres: Parametres) -> list[dict[str, Any]]:
    cumules = cumuls(campagne)
    lignes = []
    for c in campagne.demarche.collectivites.order_by("pk"):
        tolerance = parametres["tolerances"].get(c.code)
        bornes = {} if tolerance is None else {"balance_min": -tolerance, "balance_max": tolerance}
        lignes.append({"id": c.code, "nom": c.nom_court, "credit": cumules[c.pk], **bornes})
    return lignes


def cumuls(campagne: Campagne) -> Counter[int]:
    """What each collectivité gained or gave in the campaigns closed before this one."""
    total: Counter[int] = Counter()
    closes = Campagne.objects.filter(Q(demarche=campagne.demarche), close_le__isnull=False).exclude(
        pk=campagne.pk
    )
    for soldes in closes.values_list("soldes", flat=True):
        for collectivite, solde in soldes.items():
            total[int(collectivite)] += solde
    return total


def _constats(lues: _Lues, voeux: dict[int, dict[int, int]]) -> dict[str, int]:
    favorables = {
        (a.cadre_id, lues.opportunites[pk].poste_id)
        for pk, liste in lues.avis.items()
        for a in liste
    }
    couples = {(cadre, poste) for cadre, siens in voeux.items() for poste in siens}
    return {
        "cadres": len(voeux),
        "postes": len(lues.opportunites),
        "vacants": sum(o.vacance in LIBRES for o in lues.opportunites.values()),
        "voeux": len(couples),
        "sans_accueil": len(couples - favorables - lues.acceptes - lues.proposes),
        "postes_fermes": lues.ecartes,
    }
