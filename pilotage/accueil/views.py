"""The first page of everybody: what waits for them, then what changed since they last came."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import Requete, RequeteOuverte, acces, connecte, public
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import capitale, compter_en_lettres, delai_avant
from collectivites.models import Mandat
from collectivites.mots import Role
from collectivites.travaux.attentes import Attente, cle_d_echeance
from pilotage.accueil.compte import (
    attentes_sous_les_autres_mandats,
    compter_les_attentes,
    compter_sous_les_autres_mandats,
    lister_les_attentes,
)
from pilotage.accueil.plan import plan
from pilotage.journal.lignes import Ligne, lire
from pilotage.journal.requetes import RELATIONS, lignes_de

#: As many as a screen holds; the journal has them all.
CHANGEMENTS = 8


@connecte()
def accueil(request: RequeteOuverte) -> HttpResponse:
    """« À faire », for every role; a kind word for who has no live mandat."""
    acteur = request.acteur
    if acteur is None:
        return render(request, "pilotage/accueil/sans_mandat.html")
    attentes = lister_les_attentes(acteur)
    ailleurs = attentes_sous_les_autres_mandats(acteur)
    contexte = {
        "titre": titre_des_attentes([*attentes, *(a for _, siennes in ailleurs for a in siennes)]),
        "taches": sous_chaque_mandat(attentes, ailleurs),
        "compte_a_faire": None if acteur.autres_mandats else len(attentes),
        "mon_role": acteur.libelle if acteur.autres_mandats else "",
        # One amber button: the first thing to do; an appointment only says when.
        "principale": next((a for a in attentes if not a.rendez_vous), None),
        "changements": changements(acteur),
        "suite": PAGE_SUIVANTE[acteur.role],
        "lit_le_journal": acteur.est_employeur,
    }
    return render(request, "pilotage/accueil/accueil.html", contexte)


@acces()
def compte_a_faire(request: Requete) -> HttpResponse:
    """How many things wait: the badge of the menu, asked for once the page is there."""
    if not request.htmx:
        return redirect("pilotage:accueil")  # no page of its own
    contexte = {
        "compte": compter_les_attentes(request.acteur),
        "autres": compter_sous_les_autres_mandats(request.acteur),
    }
    return render(request, "pilotage/accueil/compte_a_faire.html", contexte)


@acces()
def suivante(request: Requete) -> HttpResponse:
    """After a decision: the next thing to do, if it is not on this very page. Asked for by the page
    that says what was done."""
    if not request.htmx:
        return redirect("pilotage:accueil")  # no page of its own
    ici = request.htmx.current_url_abs_path or ""
    restent = [a for a in lister_les_attentes(request.acteur) if not a.rendez_vous]
    contexte = {
        "attente": next((a for a in restent if a.url.partition("#")[0] != ici), None),
        "restent": len(restent),
    }
    return render(request, "pilotage/accueil/suivante.html", contexte)


#: Where to go when nothing waits: (label, view)
PAGE_SUIVANTE = {
    Role.DGS: ("Ouvrir le pilotage", "pilotage:tableau_de_bord"),
    Role.DRH: ("Ouvrir le registre", "cadres:registre"),
    Role.GESTIONNAIRE: ("Ouvrir le registre", "cadres:registre"),
    Role.ACCOMPAGNATEUR: ("Ouvrir mes accompagnements", "parcours:accompagnements"),
    Role.CABINET: ("Ouvrir la feuille de route", "pilotage:feuille_de_route"),
    Role.CADRE: ("Ouvrir mon parcours", "pilotage:mon_parcours"),
}


def sous_chaque_mandat(
    attentes: list[Attente], ailleurs: list[tuple[Mandat, list[Attente]]]
) -> list[tuple[Attente, Mandat | None]]:
    """One list for all the hats of a person, the most pressing first: each line with the mandat under
    which it is done, None when it is the present one."""
    lignes: list[tuple[Attente, Mandat | None]] = [(a, None) for a in attentes]
    lignes += [(a, mandat) for mandat, siennes in ailleurs for a in siennes]
    return sorted(lignes, key=lambda ligne: cle_d_echeance(ligne[0]))


def titre_des_attentes(attentes: list[Attente]) -> str:
    """« Trois choses à faire, la première sous 7 jours »."""
    if not attentes:
        return "Rien ne vous attend aujourd’hui"
    debut = capitale(
        compter_en_lettres(len(attentes), "chose à faire,choses à faire", feminin=True)
    )
    retards = sum(a.en_retard for a in attentes)
    if retards == len(attentes):
        return f"{debut}, en retard"
    if retards:
        return f"{debut}, dont {compter_en_lettres(retards, 'en retard,en retard', feminin=True)}"
    echeance = min((a.echeance for a in attentes if a.echeance), default=None)
    if echeance is None:
        return debut
    jours = delai_avant(echeance)
    quand = "aujourd’hui" if jours.jours == 0 else f"sous {jours.texte}"
    rang = "la première " if len(attentes) > 1 else ""
    return f"{debut}, {rang}{quand}"


def changements(acteur: Acteur) -> list[Ligne]:
    """What others decided since the acteur's previous visit. Five queries at most."""
    depuis = acteur.utilisateur.visite_precedente
    if depuis is None:
        return []
    lignes = (
        lignes_de(acteur)
        .filter(quand__gt=depuis)
        .exclude(auteur=acteur.utilisateur)
        .select_related(*RELATIONS)
    )
    return lire(acteur, lignes[:CHANGEMENTS])


@public()
def plan_du_site(request: RequeteOuverte) -> HttpResponse:
    """The site map: a second way to each page, beside the navigation."""
    return render(request, "pilotage/accueil/plan.html", {"branches": plan(request.acteur)})
