"""The figures of a day, protected, kept, and read again: the one maker of a `Publication`.

An arrêté is of the whole démarche and of one day. Every document, table and page that is handed over
reads the same one; the next is protected together with all those before it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Collectivite, Demarche
from collectivites.refus import exiger
from parcours.models import Promotion
from pilotage import mots
from pilotage.indicateurs import anciennete, entonnoir, refus, trajectoire
from pilotage.indicateurs.catalogue import relever
from pilotage.indicateurs.matrice import Bilan, Equilibre
from pilotage.indicateurs.protection.lecture import Mouvement, lire_mouvements, lire_releve
from pilotage.indicateurs.protection.moteur import (
    EFFECTIVES,
    ENGAGEES,
    Jour,
    Moteur,
    figures,
    valeur,
)
from pilotage.indicateurs.protection.publication import SCEAU, Chiffre, Publication
from pilotage.indicateurs.protection.releve import ETAPES, Releve, aligner
from pilotage.indicateurs.protection.reseau import TOUS, Cle
from pilotage.indicateurs.protection.serie import prolonger
from pilotage.indicateurs.protection.vue import ECHANGES
from pilotage.models import ArreteDesChiffres

RESERVE_AUX_EMPLOYEURS = "Les chiffres de la démarche se préparent chez les employeurs."


def refus_arreter(acteur: Acteur) -> str | None:
    return None if acteur.est_employeur else RESERVE_AUX_EMPLOYEURS


def arreter(*, acteur: Acteur, jour: date) -> ArreteDesChiffres:
    """The arrêté of `jour`: the one that stands, or a new one. Two at once make one."""
    exiger(refus_arreter(acteur))
    demarche = Demarche.objects.select_for_update(of=("self",)).get(pk=acteur.demarche.pk)
    anterieurs = list(ArreteDesChiffres.objects.filter(demarche=demarche).order_by("jour"))
    if anterieurs and anterieurs[-1].jour >= jour:
        return anterieurs[-1]
    arrete = _etablir(demarche, jour, anterieurs)
    arrete.cree_par = acteur.mandat
    arrete.save()
    journaliser(
        acteur=acteur,
        acte=mots.Actes.CHIFFRES_ARRETES,
        libelle=f"Chiffres de la démarche arrêtés, n° {arrete.numero}",
        objet=arrete,
        collectivite=None,
    )
    return arrete


def apercu(demarche: Demarche, jour: date) -> Publication:
    """What `arreter` would tell on `jour`, without writing anything."""
    anterieurs = list(ArreteDesChiffres.objects.filter(demarche=demarche).order_by("jour"))
    if anterieurs and anterieurs[-1].jour >= jour:
        return publier(anterieurs[-1])
    return publier(_etablir(demarche, jour, anterieurs))


def dernier(demarche: Demarche) -> ArreteDesChiffres | None:
    return ArreteDesChiffres.objects.filter(demarche=demarche).order_by("-jour").first()


def _secret(demarche: Demarche) -> bytes:
    """What chooses, among the figures that would do, the one that is hidden with a small one."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"arretes:{demarche.pk}".encode(), "sha256")


def _etablir(
    demarche: Demarche, jour: date, anterieurs: Sequence[ArreteDesChiffres]
) -> ArreteDesChiffres:
    collectivites = list(Collectivite.objects.filter(demarche=demarche))
    mouvements = lire_mouvements(demarche)
    releve = lire_releve(demarche, collectivites, mouvements)
    cles = {_nom(cle, releve): cle for cle in _figures(releve)}
    jours = [
        Jour(
            aligner(Releve.de_json(a.releve), releve.employeurs, releve.promotions),
            frozenset(cles[nom] for nom in a.imprimees if nom in cles),
        )
        for a in anterieurs
    ]
    moteur = Moteur(releve, jours, demarche.seuil_secret, _secret(demarche))
    imprimees = moteur.imprimables()
    avant: Mapping[str, Any] = anterieurs[-1].dits if anterieurs else {}
    dits = {
        "chiffres": _chiffres(releve, imprimees, avant.get("chiffres", {}), jour),
        "serie": _serie(avant.get("serie", []), mouvements, releve, imprimees, jour, demarche),
        **_a_part(demarche, jour),
    }
    return ArreteDesChiffres(
        demarche=demarche,
        numero=(max((a.numero for a in anterieurs), default=0)) + 1,
        jour=jour,
        dits=dits,
        releve=releve.en_json(),
        imprimees=sorted(_nom(cle, releve) for cle in imprimees),
        cree_le=timezone.now(),
    )


# --- What is told ---------------------------------------------------------------------------------


def _figures(releve: Releve) -> list[Cle]:
    return figures(len(releve.employeurs), len(releve.promotions))


def _nom(cle: Cle, releve: Releve) -> str:
    """The lasting name of a figure: codes of steps, employers and promotions, never their ranks."""
    genre, premier, second = cle
    employeurs = releve.employeurs
    if cle in _MOBILITES:
        return _MOBILITES[cle]
    if genre in ("depart", "arrivee"):
        return f"{genre}s/{employeurs[premier]}"
    if genre == "sexe":
        return f"femmes/{ETAPES[premier]}"
    if genre == "promotion":
        return f"promotions/{releve.promotions[second]}/{ETAPES[premier]}"
    return f"etapes/{ETAPES[premier]}/{'ensemble' if second == TOUS else employeurs[second]}"


_MOBILITES = {
    EFFECTIVES: "mobilites/effectives",
    ECHANGES: "mobilites/entre_employeurs",
    ENGAGEES: "mobilites/engagees",
}


def _chiffres(
    releve: Releve, imprimees: Iterable[Cle], avant: Mapping[str, Any], jour: date
) -> dict[str, Any]:
    """Each figure with its day: of today, of the last time that it could be told, or neither."""
    dites = set(imprimees)
    chiffres = {}
    for cle in _figures(releve):
        nom = _nom(cle, releve)
        if cle not in dites:
            chiffres[nom] = avant.get(nom, [None, None])
            continue
        n = valeur(releve, cle)
        if cle[0] == "sexe":
            tous = valeur(releve, ("etape", cle[1], TOUS))
            if not tous:
                chiffres[nom] = [None, None]
                continue
            n = round(100 * n / tous)
        chiffres[nom] = [n, jour.isoformat()]
    return chiffres


def _serie(
    avant: list[list[Any]],
    mouvements: Iterable[Mouvement],
    releve: Releve,
    imprimees: Iterable[Cle],
    jour: date,
    demarche: Demarche,
) -> list[list[Any]]:
    """Cumulative moves by day: the former points, and today's when it is told."""
    if EFFECTIVES not in set(imprimees):
        return avant
    if avant:
        return [*avant, [jour.isoformat(), releve.effectives]]
    points = prolonger(mouvements, jour, demarche.seuil_secret)
    return [[quand.isoformat(), n] for quand, n in points]


def _a_part(demarche: Demarche, jour: date) -> dict[str, Any]:
    """Middles, never somebody's own figure: of twice the threshold at least, and rounded."""
    assez = 2 * demarche.seuil_secret
    a = anciennete.lire(demarche, jour)
    medianes = (a.mediane_avant, a.mediane_apres) if a.effectif >= assez else (None, None)
    par_etape: dict[str, dict[int, int]] = {}
    for code, jours, nombre in entonnoir.lire_delais(demarche):
        du_code = par_etape.setdefault(code, {})
        du_code[jours] = du_code.get(jours, 0) + nombre
    delais = {
        code: round((entonnoir.mediane(effectifs) or 0) / 7)
        for code, effectifs in par_etape.items()
        if code in ETAPES and sum(effectifs.values()) >= assez
    }
    promotions = list(Promotion.objects.filter(demarche=demarche).order_by("date_debut", "pk"))
    return {
        "seuil": demarche.seuil_secret,
        "medianes": [None if m is None else round(2 * m) / 2 for m in medianes],
        "delais": delais,
        "depart": min([p.date_debut for p in promotions], default=demarche.date_debut).isoformat(),
        "promotions": [[str(p.pk), p.nom] for p in promotions],
        "debut": demarche.date_debut.isoformat(),
        "fin": demarche.date_fin.isoformat(),
        "objectif": demarche.objectif_mobilites,
        "tolerance": demarche.tolerance_solde,
        "refus": refus.en_json(refus.lire(demarche)),
        "autres": [
            [r.indicateur.nom, r.valeur, r.indicateur.unites] for r in relever(demarche, jour)
        ],
    }


# --- Read again -----------------------------------------------------------------------------------


def publier(arrete: ArreteDesChiffres) -> Publication:
    """The publication of an arrêté, always the same. One query."""
    dits = arrete.dits
    chiffres = {
        nom: Chiffre(n, date.fromisoformat(au) if au else None, SCEAU)
        for nom, (n, au) in dits["chiffres"].items()
    }
    employeurs = arrete.releve["employeurs"]
    par_code = {c.code: c for c in Collectivite.objects.filter(demarche=arrete.demarche_id)}
    collectivites = tuple(par_code[code] for code in employeurs)
    avant, apres = dits["medianes"]
    return Publication(
        numero=arrete.numero,
        jour=arrete.jour,
        seuil=dits["seuil"],
        debut=date.fromisoformat(dits["debut"]),
        fin=date.fromisoformat(dits["fin"]),
        objectif=dits["objectif"],
        collectivites=collectivites,
        promotions=tuple((cle, nom) for cle, nom in dits.get("promotions", ())),
        chiffres=chiffres,
        trajectoire=_trajectoire(arrete, chiffres["mobilites/engagees"]),
        medianes=(avant, apres),
        delais=dits["delais"],
        equilibre=_equilibre(collectivites, chiffres, dits["tolerance"]),
        refus=refus.de_json(dits["refus"]),
        autres=tuple((nom, n, unite) for nom, n, unite in dits["autres"]),
        sceau=SCEAU,
    )


def _trajectoire(arrete: ArreteDesChiffres, engagees: Chiffre) -> trajectoire.Trajectoire:
    """Drawn from the points that are told, and from nothing else: the projection too."""
    dits = arrete.dits
    debut, fin, depart = (date.fromisoformat(dits[nom]) for nom in ("debut", "fin", "depart"))
    serie = tuple((date.fromisoformat(quand), n) for quand, n in dits["serie"])
    jour = serie[-1][0] if serie else arrete.jour
    depart = min(max(depart, debut), fin - timedelta(days=1))
    recentes = sum(
        n - avant
        for (_, avant), (quand, n) in pairwise(((debut, 0), *serie))
        if quand > jour - trajectoire.FENETRE
    )
    total = serie[-1][1] if serie else 0
    objectif = dits["objectif"]
    return trajectoire.Trajectoire(
        debut=debut,
        fin=fin,
        jour=jour,
        depart=depart,
        objectif=objectif,
        effectives=serie,
        engagees=(),
        prevues=trajectoire.prevues_le(jour, depart, fin, objectif),
        projection=trajectoire.projeter(total, jour, fin, depart, jour, recentes),
    )


def _equilibre(
    collectivites: Sequence[Collectivite], chiffres: Mapping[str, Chiffre], tolerance: int
) -> Equilibre | None:
    """From the margins that are told, all of one day; None when one of them is not."""
    soldes, jours = [], set()
    for c in collectivites:
        departs, arrivees = chiffres[f"departs/{c.code}"], chiffres[f"arrivees/{c.code}"]
        if departs.valeur is None or arrivees.valeur is None:
            return None
        jours |= {departs.au, arrivees.au}
        soldes.append(Bilan(c, departs.valeur, arrivees.valeur, tolerance))
    if len(jours) != 1 or not any(b.departs for b in soldes):
        return None
    constats = {b.equilibre for b in soldes}
    return next(e for e in (Equilibre.HORS, Equilibre.LIMITE, Equilibre.DANS) if e in constats)
