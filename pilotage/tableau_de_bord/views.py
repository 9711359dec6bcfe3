"""The DGS's page: an argument in eight figures, and the decisions that it calls for."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acces import Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import INSECABLE, compter, date_texte, heure_texte
from collectivites.models import Collectivite
from collectivites.mots import ROLES_EMPLOYEUR, Role
from opportunites.dossier.bilans import equipes_sans_plan
from opportunites.postes.bilans import postes_par_collectivite
from opportunites.propositions.bilans import reserves_par_collectivite
from pilotage.accueil.a_faire import attentes_de, delegations_connues
from pilotage.cadrage.feuille_de_route.suivi import sur_la_route
from pilotage.indicateurs import anciennete, avenir
from pilotage.indicateurs.arrete import Arrete, lire_arrete
from pilotage.indicateurs.catalogue import INDICATEURS, relever
from pilotage.indicateurs.ensemble import Indicateurs, lire_suite
from pilotage.indicateurs.matrice import Equilibre
from pilotage.indicateurs.paie import CLASSES
from pilotage.indicateurs.trajectoire import Trajectoire
from pilotage.tableau_de_bord import constats, listes
from pilotage.tableau_de_bord.graphiques import barres, ecarts, tolerance, trajectoire
from pilotage.tableau_de_bord.graphiques.repere import ETROIT, LARGE

#: As many decisions as stand beside the burn-up; the others are on the home page.
DECISIONS = 3


@acces(*ROLES_EMPLOYEUR)
def tableau_de_bord(request: Requete) -> HttpResponse:
    """Where the démarche stands. The DRH and the gestionnaire read it without the decisions."""
    acteur = request.acteur
    arrete = lire_arrete(acteur.demarche, timezone.localdate(), frais="actualiser" in request.GET)
    indicateurs = arrete.indicateurs
    contexte = {
        "indicateurs": indicateurs,
        "these": constats.these(indicateurs),
        "voit_les_regles": acteur.est(Role.DGS, Role.DRH),
        "situation": _situation(acteur, arrete),
        "arrete": arrete.quand is not None,
        **_decisions(acteur),
        **_courbe(indicateurs.trajectoire),
        **_echange(acteur, indicateurs),
        **_entonnoir(acteur, indicateurs),
        **_anciennete(indicateurs),
        **_refus(indicateurs),
        **_suite(acteur),
        **_postes_et_reserves(acteur),
    }
    return render(request, "pilotage/tableau_de_bord/tableau_de_bord.html", contexte)


@acces(*ROLES_EMPLOYEUR)
def liste(request: Requete, quoi: str) -> HttpResponse:
    """The rows behind a figure of the reader's own employer, as many as it says."""
    lue = listes.lire(request.acteur, quoi)
    contexte = {"liste": lue, "sous_titre": compter(len(lue.rangs), "ligne")}
    return render(request, "pilotage/tableau_de_bord/liste.html", contexte)


@acces(*ROLES_EMPLOYEUR)
def indicateurs(request: Requete) -> HttpResponse:
    """Every figure with its formula in words, its unit and its source; those that stand alone here
    with their value."""
    valeurs = {
        releve.indicateur: releve.valeur
        for releve in relever(request.acteur.demarche, timezone.localdate())
    }
    lignes = [(i, i in valeurs, valeurs.get(i)) for i in INDICATEURS]
    contexte = {"lignes": lignes, "seuil": request.acteur.demarche.seuil_secret}
    return render(request, "pilotage/tableau_de_bord/indicateurs.html", contexte)


def _situation(acteur: Acteur, arrete: Arrete) -> str:
    """Of which day these figures are, and of which hour when they are not of this minute."""
    heure = f" à {heure_texte(arrete.quand)}" if arrete.quand else ""
    return (
        f"{acteur.demarche.nom}. Situation arrêtée au {date_texte(arrete.indicateurs.jour)}{heure}."
    )


def _decisions(acteur: Acteur) -> dict[str, Any]:
    """A DGS's decisions; the others read who decides, and find their own work on the home page."""
    connues = delegations_connues(acteur)
    delegations = [d for d in connues if d.vivante]
    if acteur.role != Role.DGS:
        return {"decide": False, "delegations": delegations}
    attentes = attentes_de(acteur, connues)
    return {
        "decide": True,
        "delegations": delegations,
        "decisions": attentes[:DECISIONS],
        "autres_decisions": max(0, len(attentes) - DECISIONS),
        "titre_decisions": constats.decisions(attentes),
    }


def _courbe(t: Trajectoire) -> dict[str, Any]:
    jalons = sorted({t.depart, *(j for j in trajectoire.graduations(t, t.fin, 6) if j <= t.jour)})
    return {
        "titre_courbe": constats.sur_la_trajectoire(t),
        "courbe_large": trajectoire.dessiner(t, LARGE),
        "courbe_etroite": trajectoire.dessiner(t, ETROIT),
        "jalons": [(j, t.effectives_le(j), t.prevues_le(j)) for j in (*jalons, t.jour)],
        "methode": constats.methode(t),
    }


def _echange(acteur: Acteur, indicateurs: Indicateurs) -> dict[str, Any]:
    """The matrix; and, for a DGS, what the moves in preparation will make of it."""
    matrice = indicateurs.matrice
    maximum = max((n or 0 for ligne in matrice.cases for n in ligne), default=0)
    mouvements = indicateurs.a_venir
    avenirs = avenir.calculer(matrice, mouvements, indicateurs.jour)

    def ton(n: int | None) -> str:
        """Three tones, by thirds of the largest cell; no tone for zero."""
        return "" if not n else f"k{-(-3 * n // maximum)}"

    return {
        "titre_echange": constats.sur_l_echange(matrice),
        "note_echange": constats.sur_la_tolerance(matrice, en_preparation=bool(mouvements)),
        "avenirs": [(constats.sur_l_avenir(a, indicateurs.jour), a.sort) for a in avenirs]
        if acteur.role == Role.DGS
        else [],
        "lignes_echange": [
            {
                "bilan": bilan,
                "mienne": bilan.collectivite == acteur.collectivite,
                "cases": [
                    {"n": n, "ton": ton(n), "lien": _lien(acteur, bilan.collectivite, autre)}
                    for autre, n in zip(matrice.collectivites, ligne, strict=True)
                ],
                "tolerance": tolerance.dessiner(bilan),
                "alerte": bilan.equilibre == Equilibre.HORS,
            }
            for bilan, ligne in zip(matrice.bilans, matrice.cases, strict=True)
        ],
    }


def _lien(acteur: Acteur, origine: Collectivite, accueil: Collectivite) -> str:
    """The list behind a cell, when one of its two sides is the reader's."""
    if acteur.collectivite == origine != accueil:
        return f"{listes.VERS}{accueil.pk}"
    if acteur.collectivite == accueil != origine:
        return f"{listes.DE}{origine.pk}"
    return ""


def _entonnoir(acteur: Acteur, indicateurs: Indicateurs) -> dict[str, Any]:
    entonnoir = indicateurs.entonnoir
    pires = {e.code for e in entonnoir.pertes()[:2]}
    return {
        "titre_entonnoir": constats.sur_les_pertes(entonnoir),
        "base_entonnoir": max(1, *(e.total for e in entonnoir.etapes)),
        "etapes_entonnoir": [
            (
                e,
                e.code in pires,
                [
                    (n, c == acteur.collectivite)
                    for c, n in zip(entonnoir.collectivites, e.par_collectivite, strict=True)
                ],
            )
            for e in entonnoir.etapes
        ],
    }


def _anciennete(indicateurs: Indicateurs) -> dict[str, Any]:
    a = indicateurs.anciennete
    return {
        "titre_anciennete": constats.sur_l_anciennete(a),
        "barres": barres.avant_apres(
            [(court, long) for court, long, _ in anciennete.CLASSES],
            a.avant,
            a.apres,
            ("au recensement", "aujourd’hui"),
            "années dans le poste",
            f"Ancienneté dans le poste de {a.effectif} {dire('cadres recensés')}, avant et après",
        ),
        "classes_anciennete": [
            (long, avant, apres)
            for (_, long, _), avant, apres in zip(anciennete.CLASSES, a.avant, a.apres, strict=True)
        ],
    }


def _refus(indicateurs: Indicateurs) -> dict[str, Any]:
    refus, paie = indicateurs.refus, indicateurs.paie
    return {
        "titre_refus": constats.sur_la_paie(paie) or constats.sur_les_refus(refus),
        "ecarts": ecarts.dessiner(paie) if paie.est_lisible else None,
        "classes_ecarts": [
            (libelle, oui, non)
            for (libelle, *_), oui, non in zip(
                CLASSES, paie.acceptees.classes, paie.refusees.classes, strict=True
            )
        ],
        "medianes": constats.medianes(paie),
        "base_refus": max([1, *(n for _, n in refus.motifs)]),
    }


def _suite(acteur: Acteur) -> dict[str, Any]:
    suite = lire_suite(acteur)
    jour = timezone.localdate()
    return {
        "etapes_route": [
            (etape, _jour_mois(etape.echeance, jour), etape.echeance < jour)
            for etape in suite.route.etapes
        ],
        "titre_route": sur_la_route(suite.route),
        "sans_proposition": suite.sans_proposition,
        "equipes_sans_plan": equipes_sans_plan(acteur),
        "url_sans_proposition": reverse("pilotage:liste", args=[listes.SANS_PROPOSITION]),
    }


def _postes_et_reserves(acteur: Acteur) -> dict[str, Any]:
    """What was pledged beside what is open; what became of the reserves. Two queries."""
    postes = postes_par_collectivite(acteur.demarche)
    employeurs = [b.collectivite for b in postes]
    reserves = [b for b in reserves_par_collectivite(acteur.demarche, employeurs) if b.total]
    return {
        "postes": constats.sur_les_postes(postes),
        "bilans_reserves": reserves,
        "reserves_en_attente": sum(b.en_attente for b in reserves),
        "reserves_total": sum(b.total for b in reserves),
    }


def _jour_mois(echeance: date, jour: date) -> str:
    """« 5 mars », « 4 mai 2027 » shortened when it is of another year."""
    if echeance.year == jour.year:
        return date_texte(echeance).removesuffix(f"{INSECABLE}{jour.year}")
    return date_texte(echeance, courte=True)
