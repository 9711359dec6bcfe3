"""The acts on several cadres, by their name: at once, or by a job when they are many."""

from __future__ import annotations

from typing import Any

from cadres.candidature.actions import (
    PLUSIEURS_MAX,
    Groupe,
    confier_plusieurs,
    decider_plusieurs,
    informer_plusieurs,
    sur_plusieurs,
)
from cadres.candidature.predicats import Refus
from cadres.fiche.actions import modifier
from cadres.fiche.predicats import refus_modifier
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import accorder, compter
from collectivites.models import Mandat, Tache
from collectivites.refus import ActionImpossible
from collectivites.travaux.taches import Suivi, lancer, travail

Options = dict[str, Any]


def agir_en_nombre(*, acteur: Acteur, acte: str, cadres: list[int], options: Options) -> Groupe:
    """One act on so many cadres; each predicate is asked again."""
    if acte == "informer":
        return informer_plusieurs(acteur=acteur, cadres=cadres)
    if acte == "confier":
        mandat = options["accompagnateur"]
        choisi = Mandat.objects.select_related("utilisateur").get(pk=mandat) if mandat else None
        return confier_plusieurs(acteur=acteur, cadres=cadres, accompagnateur=choisi)
    if acte in {"retenir", "ne_pas_retenir"}:
        return decider_plusieurs(
            acteur=acteur, cadres=cadres, retenus=acte == "retenir", motif=options["motif"]
        )
    if acte == "changer":
        return changer_plusieurs(acteur=acteur, cadres=cadres, valeurs=options["valeurs"])
    raise ActionImpossible("Cet acte ne se fait pas sur plusieurs cadres.")


def changer_plusieurs(*, acteur: Acteur, cadres: list[int], valeurs: Options) -> Groupe:
    """The same values in several files: each is corrected as by hand, with its own line."""
    refus = refus_changer(valeurs)
    return sur_plusieurs(
        cadres,
        lambda cadre: refus(acteur, cadre),
        lambda cadre: modifier(acteur=acteur, cadre=cadre, donnees=valeurs),
    )


def refus_changer(valeurs: Options) -> Refus:
    """What guards it, for those values. The predicate reads `cadre.direction`."""

    def refus(acteur: Acteur, cadre: Cadre) -> str | None:
        if raison := refus_modifier(acteur, cadre):
            return raison
        actuelles = {champ: getattr(cadre, champ) for champ in valeurs if champ != "direction"}
        if "direction" in valeurs:
            actuelles["direction"] = cadre.direction.libelle if cadre.direction else ""
        return DEJA_AINSI if actuelles == valeurs else None

    return refus


def lancer_en_nombre(
    *, acteur: Acteur, acte: str, cadres: list[int], options: Options, suite: str
) -> Tache:
    """The same, by a job: thousands of mails do not hold a page."""
    return lancer(
        "cadres.agir_en_nombre",
        acteur=acteur,
        libelle=f"{_TITRES[acte]} {compter(len(cadres), 'cadre')}",
        suite=suite,
        acte=acte,
        cadres=cadres,
        options=options,
    )


@travail("cadres.agir_en_nombre")
def agir_par_lots(
    suivi: Suivi, *, acte: str, cadres: list[int], options: Options
) -> dict[str, Any]:
    """What the job does: all of it, or nothing."""
    faits = laisses = 0
    for debut in range(0, len(cadres), PLUSIEURS_MAX):
        lot = cadres[debut : debut + PLUSIEURS_MAX]
        groupe = agir_en_nombre(acteur=suivi.acteur, acte=acte, cadres=lot, options=options)
        faits += len(groupe.faits)
        laisses += len(groupe.laisses)
        suivi.avancer(debut + len(lot), len(cadres))
    bilan = phrase(acte, faits, options)
    if laisses:
        bilan += f" {compter(laisses, 'cadre')} {accorder(laisses, 'laissé')} de côté."
    return {"faits": faits, "laisses": laisses, "bilan": bilan}


DEJA_AINSI = "Sa fiche dit déjà cela."
_TITRES = {
    "changer": "Modifier",
    "informer": "Informer",
    "retenir": "Retenir",
    "ne_pas_retenir": "Ne pas retenir",
    "confier": "Confier",
}


def phrase(acte: str, n: int, options: Options) -> str:
    """What happened to so many cadres, and what comes next."""
    cadres = compter(n, "cadre")
    if acte == "changer":
        fiches = f"{compter(n, 'fiche')} {accorder(n, 'modifiée')}"
        return f"{fiches}. Le journal garde, fiche par fiche, les champs changés."
    if acte == "informer":
        return (
            f"{cadres} {accorder(n, 'informé')} par courriel. Leur réponse apparaîtra ici ; "
            "aucune autre collectivité ne voit leur nom avant leur oui."
        )
    if acte == "retenir":
        return (
            f"{cadres} {accorder(n, 'retenu')}. "
            "Chacun en est prévenu, et peut être inscrit à une promotion."
        )
    if acte == "ne_pas_retenir":
        return f"{cadres} non {accorder(n, 'retenu')}. Chacun en est prévenu et lit le motif."
    if mandat := options.get("accompagnateur"):
        nom = Mandat.objects.select_related("utilisateur").get(pk=mandat).utilisateur.nom_complet
        return f"{cadres} {accorder(n, 'confié')} à {nom}."
    return f"{cadres} sans accompagnateur désormais."
