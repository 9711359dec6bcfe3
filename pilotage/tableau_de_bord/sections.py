"""What each section of the page shows: figures, drawings, sentences, and the lists that they open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import INSECABLE, date_texte
from collectivites.models import Collectivite
from collectivites.mots import Role
from opportunites.dossier.bilans import enseignements, equipes_sans_plan
from opportunites.propositions.bilans import reserves_par_collectivite
from pilotage.cadrage.feuille_de_route.suivi import sur_la_route
from pilotage.indicateurs import anciennete, avenir
from pilotage.indicateurs.ensemble import Indicateurs, lire_suite
from pilotage.indicateurs.matrice import Equilibre
from pilotage.indicateurs.paie import CLASSES
from pilotage.indicateurs.trajectoire import Trajectoire
from pilotage.tableau_de_bord import constats, listes
from pilotage.tableau_de_bord.filtre import Filtre, masquer
from pilotage.tableau_de_bord.graphiques import barres, ecarts, tolerance, trajectoire
from pilotage.tableau_de_bord.graphiques.repere import ETROIT, LARGE


def vers_la_liste(quoi: str, filtre: Filtre | None = None) -> str:
    """The address of a list, of the part that is read."""
    return reverse("pilotage:liste", args=[quoi]) + (filtre.adresse if filtre else "")


def courbe(t: Trajectoire) -> dict[str, Any]:
    jalons = sorted({t.depart, *(j for j in trajectoire.graduations(t, t.fin, 6) if j <= t.jour)})
    return {
        "titre_courbe": constats.sur_la_trajectoire(t),
        "courbe_large": trajectoire.dessiner(t, LARGE),
        "courbe_etroite": trajectoire.dessiner(t, ETROIT),
        "jalons": [(j, t.effectives_le(j), t.prevues_le(j)) for j in (*jalons, t.jour)],
        "methode": constats.methode(t),
        "url_effectives": vers_la_liste(listes.EFFECTIVES),
        "url_engagees": vers_la_liste(listes.ENGAGEES),
    }


def echange(acteur: Acteur, indicateurs: Indicateurs, filtre: Filtre) -> dict[str, Any]:
    """The matrix; and, for a DGS, what the moves in preparation will make of the whole of it."""
    matrice, entier = indicateurs.echanges, filtre.part.est_entier
    maximum = max((n or 0 for ligne in matrice.cases for n in ligne), default=0)
    mouvements = indicateurs.a_venir
    avenirs = avenir.calculer(matrice, mouvements, indicateurs.jour) if entier else []

    def ton(n: int | None) -> str:
        """Three tones, by thirds of the largest cell; no tone for zero."""
        return "" if not n else f"k{-(-3 * n // maximum)}"

    def lien(quoi: str) -> str:
        return vers_la_liste(quoi, filtre) if quoi else ""

    return {
        "titre_echange": constats.sur_l_echange(matrice)
        if entier
        else constats.sur_une_part(matrice.total),
        "note_echange": constats.sur_la_tolerance(matrice, en_preparation=bool(mouvements))
        if entier
        else "La tolérance se juge sur toute la démarche : elle n’est pas dessinée ici.",
        "avenirs": [(constats.sur_l_avenir(a, indicateurs.jour), a.sort) for a in avenirs]
        if acteur.role == Role.DGS
        else [],
        "url_echange": lien(listes.EFFECTIVES),
        "nb_mobilites": matrice.total + matrice.internes,
        "lignes_echange": [
            {
                "bilan": bilan,
                "departs": lien(
                    listes.DEPARTS if bilan.collectivite == acteur.collectivite else ""
                ),
                "arrivees": lien(
                    listes.ARRIVEES if bilan.collectivite == acteur.collectivite else ""
                ),
                "cases": [
                    {
                        "n": n,
                        "ton": ton(n),
                        "lien": lien(_entre(acteur, bilan.collectivite, autre)),
                    }
                    for autre, n in zip(matrice.collectivites, ligne, strict=True)
                ],
                "tolerance": tolerance.dessiner(bilan) if entier else None,
                "alerte": entier and bilan.equilibre == Equilibre.HORS,
            }
            for bilan, ligne in zip(matrice.bilans, matrice.cases, strict=True)
        ],
    }


def _entre(acteur: Acteur, origine: Collectivite, accueil: Collectivite) -> str:
    """The list behind a cell, when one of its two sides is the reader's."""
    if acteur.collectivite == origine != accueil:
        return f"{listes.VERS}{accueil.pk}"
    if acteur.collectivite == accueil != origine:
        return f"{listes.DE}{origine.pk}"
    return ""


def entonnoir(acteur: Acteur, indicateurs: Indicateurs, filtre: Filtre) -> dict[str, Any]:
    lu, part = indicateurs.entonnoir, filtre.part
    seuil = acteur.demarche.seuil_secret
    pires = {e.code for e in lu.pertes()[:2]} if part.est_entier else set()
    lignes = masquer(lu, acteur.collectivite, part, seuil)
    return {
        "titre_entonnoir": constats.sur_les_pertes(lu) if part.est_entier else filtre.texte,
        "base_entonnoir": max(1, *(ligne.total or 0 for ligne in lignes)),
        "en_cours": lu.en_cours if part.est_entier else 0,
        "etapes_entonnoir": [
            {
                "ligne": ligne,
                "pire": ligne.etape.code in pires,
                "url": vers_la_liste(ligne.etape.code, filtre),
                "url_ensemble": vers_la_liste(f"{ligne.etape.code}{listes.ENSEMBLE}", filtre),
            }
            for ligne in lignes
        ],
    }


def annees(indicateurs: Indicateurs) -> dict[str, Any]:
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


def refus(indicateurs: Indicateurs) -> dict[str, Any]:
    lus, paie = indicateurs.refus, indicateurs.paie
    return {
        "titre_refus": constats.sur_la_paie(paie) or constats.sur_les_refus(lus),
        "ecarts": ecarts.dessiner(paie) if paie.est_lisible else None,
        "classes_ecarts": [
            (libelle, oui, non)
            for (libelle, *_), oui, non in zip(
                CLASSES, paie.acceptees.classes, paie.refusees.classes, strict=True
            )
        ],
        "medianes": constats.medianes(paie),
        "base_refus": max([1, *(n for _, n in lus.motifs)]),
    }


def suite(acteur: Acteur, indicateurs: Indicateurs) -> dict[str, Any]:
    """What comes next, and what the moves became at six and twelve months. Five queries."""
    lue = lire_suite(acteur)
    jour = timezone.localdate()
    return {
        "etapes_route": [
            (etape, _jour_mois(etape.echeance, jour), etape.echeance < jour)
            for etape in lue.route.etapes
        ],
        "titre_route": sur_la_route(lue.route),
        "sans_proposition": lue.sans_proposition,
        "equipes_sans_plan": equipes_sans_plan(acteur),
        "url_sans_proposition": vers_la_liste(listes.SANS_PROPOSITION),
        "url_sans_proposition_ensemble": vers_la_liste(listes.SANS_PROPOSITION + listes.ENSEMBLE),
        "url_sans_plan": vers_la_liste(listes.SANS_PLAN),
        "url_suivis": vers_la_liste(f"{listes.SUIVIS}0").removesuffix("0/"),
        "suivis": enseignements(acteur.demarche),
        **_postes_et_reserves(acteur, indicateurs),
    }


def _postes_et_reserves(acteur: Acteur, indicateurs: Indicateurs) -> dict[str, Any]:
    """What was pledged beside what is open; what became of the reserves. One query."""
    employeurs = [b.collectivite for b in indicateurs.postes]
    reserves = [b for b in reserves_par_collectivite(acteur.demarche, employeurs) if b.total]
    liens = (
        vers_la_liste(listes.OUVERTS),
        vers_la_liste(listes.POURVUS),
        reverse("opportunites:engagements"),
    )
    return {
        "postes": constats.sur_les_postes(indicateurs.postes, liens),
        "bilans_reserves": reserves,
        "reserves_en_attente": sum(b.en_attente for b in reserves),
        "reserves_total": sum(b.total for b in reserves),
        "url_reserves": vers_la_liste(listes.RESERVES),
    }


def _jour_mois(echeance: date, jour: date) -> str:
    """« 5 mars », « 4 mai 2027 » shortened when it is of another year."""
    if echeance.year == jour.year:
        return date_texte(echeance).removesuffix(f"{INSECABLE}{jour.year}")
    return date_texte(echeance, courte=True)
