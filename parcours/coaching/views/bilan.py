"""The bilan of the cadre, what the coach reads of it, and the exit without a move."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.fiche.referentiels import COMPETENCES
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import metiers
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import date_texte
from collectivites.mots import ROLES_RH, CodeCollectivite, Role
from collectivites.refus import exiger
from parcours.coaching.actions import bilan as actions
from parcours.coaching.dossier import lire_le_bilan
from parcours.coaching.forms import BilanForm, SortieForm
from parcours.coaching.mur import derriere_le_mur
from parcours.models import Bilan, Inscription
from parcours.models.bilan import Choix
from parcours.programme.predicats import refus_dire_la_sortie

REMIS = "Votre bilan est remis. Votre employeur en connaît la date, rien d’autre."
GARDE = "Brouillon enregistré. Personne d’autre ne le lit."


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def mon_bilan(request: Requete) -> HttpResponse:
    """Draft, then handed over; a new version may follow."""
    inscription = _la_mienne(request.acteur)
    if inscription is None:
        return render(request, "parcours/programme/mon_bilan.html", {"inscription": None})
    bilan = _bilan(request.acteur, inscription)
    remis = bilan is not None and bilan.etat == Bilan.Etat.REMIS
    remettre = remis or "remettre" in request.POST
    formulaire = BilanForm(
        donnees_postees(request), initial=_initial(bilan) if bilan else None, remettre=remettre
    )
    if request.method == "POST" and formulaire.is_valid():
        actions.enregistrer_bilan(
            acteur=request.acteur,
            inscription=inscription,
            donnees=formulaire.cleaned_data,
            remettre=remettre,
        )
        messages.success(request, REMIS if remettre else GARDE)
        return redirect("parcours:mon_accompagnement")
    contexte = {"inscription": inscription, "bilan": bilan, "remis": remis, "form": formulaire}
    return render(request, "parcours/programme/mon_bilan.html", contexte)


@acces(Role.ACCOMPAGNATEUR)
@derriere_le_mur
def bilan(request: Requete, pk: int) -> HttpResponse:
    """What somebody entrusted handed over. `pk`: the enrolment's."""
    remis = get_object_or_404(
        Bilan.objects.visibles_par(request.acteur).select_related(
            "inscription__cadre__collectivite", "inscription__promotion"
        ),
        inscription=pk,
    )
    dit = lire_le_bilan(remis)
    contexte = {
        "bilan": remis,
        "cadre": remis.inscription.cadre,
        "lignes": lignes_du_bilan(dit),
        "competences": [COMPETENCES[c].libelle for c in dit.competences if c in COMPETENCES],
        "mots": dit.texte,
    }
    return render(request, "parcours/programme/bilan.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def sortie(request: Requete, pk: int) -> HttpResponse:
    """The exit without a move: a word, somebody, a day. `pk`: the enrolment's."""
    acteur = request.acteur
    inscription = get_object_or_404(
        Inscription.objects.visibles_par(acteur).select_related(
            "promotion", "cadre__candidature", "cadre__collectivite"
        ),
        pk=pk,
    )
    exiger(refus_dire_la_sortie(acteur, inscription))
    avec = f"{acteur.utilisateur.nom_complet}, ressources humaines"
    formulaire = SortieForm(donnees_postees(request), initial={"entretien_avec": avec})
    if request.method == "POST" and formulaire.is_valid():
        dite = actions.dire_la_sortie(
            acteur=acteur, inscription=inscription, **formulaire.cleaned_data
        )
        messages.success(
            request,
            f"{inscription.cadre.nom_complet} reçoit votre mot par courriel. "
            f"Prochain échange : {date_texte(dite.entretien_le)}.",
        )
        return redirect("parcours:inscription", inscription.pk)
    contexte = {"inscription": inscription, "cadre": inscription.cadre, "formulaire": formulaire}
    return render(request, "parcours/programme/sortie.html", contexte)


def lignes_du_bilan(dit: Choix) -> list[tuple[str, str]]:
    """The wishes, in words; what was not said is left out."""
    codes = dict(CodeCollectivite.choices)
    jours = dit.jours_teletravail
    lignes = [
        ("Où en est la personne", dit.ou_on_en_est),
        (
            "Disponible à partir du",
            date_texte(dit.disponible_des) if dit.disponible_des else "",
        ),
        ("Familles de métiers", " ; ".join(metiers.dire(d, d) for d in dit.domaines)),
        ("Collectivités", ", ".join(str(codes.get(c, c)) for c in dit.collectivites)),
        ("Voie", dit.en_voie),
        ("Distance", "" if dit.distance_km is None else f"{dit.distance_km}\u00a0km au plus"),
        (
            "Télétravail",
            "" if jours is None else f"{jours}\u00a0jour{'s' if jours > 1 else ''} par semaine",
        ),
    ]
    return [(titre, str(valeur)) for titre, valeur in lignes if valeur]


def _la_mienne(acteur: Acteur) -> Inscription | None:
    """The parcours of which one makes the bilan: the latest that was not interrupted."""
    inscription: Inscription | None = (
        Inscription.objects.visibles_par(acteur)
        .exclude(etat=Inscription.Etat.INTERROMPUE)
        .select_related("promotion", "cadre__candidature")
        .order_by("-inscrit_le", "-pk")
        .first()
    )
    return inscription


def _bilan(acteur: Acteur, inscription: Inscription) -> Bilan | None:
    bilan: Bilan | None = (
        Bilan.objects.visibles_par(acteur)
        .filter(inscription=inscription)
        .select_related("inscription")
        .first()
    )
    return bilan


def _initial(bilan: Bilan) -> dict[str, Any]:
    return asdict(lire_le_bilan(bilan))
