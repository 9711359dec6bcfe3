"""The feuille de route: what must be done, by whom, before when; and what people do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import date_texte
from collectivites.mots import ROLES_EMPLOYEUR, Acte, Role
from collectivites.refus import ActionImpossible
from opportunites.communs.pieces import telecharger_la_piece
from pilotage.cadrage.feuille_de_route import actions, gabarit, predicats
from pilotage.cadrage.feuille_de_route.forms import EtapeFaiteForm, EtapeForm
from pilotage.cadrage.feuille_de_route.lecture import (
    FORMES,
    VUES,
    Lecture,
    calendrier,
    par_phase,
)
from pilotage.cadrage.feuille_de_route.suivi import sur_la_route
from pilotage.cadrage.formulaires import MotifForm
from pilotage.cadrage.reponses import refuser
from pilotage.models import ClotureEtape, EtapeRoute
from pilotage.models.communs import LECTEURS

ROUTE = "pilotage:feuille_de_route"


@acces(*LECTEURS, Role.CABINET)
def feuille_de_route(request: Requete) -> HttpResponse:
    """All the steps, by act, in a list or along time."""
    acteur, jour = request.acteur, timezone.localdate()
    lecture = Lecture(acteur, jour)
    voir = request.GET.get("voir", "")
    voir = voir if voir in VUES else ""
    forme = request.GET.get("forme", "")
    montrees = lecture.montrees(voir)
    contexte = {
        "titre": sur_la_route(lecture.route()),
        "voir": voir,
        "vues": VUES.items(),
        "forme": forme if forme in FORMES else "",
        "formes": FORMES.items(),
        "montrees": montrees,
        "phases": par_phase(montrees),
        "calendrier": calendrier(montrees, jour) if forme == "calendrier" else None,
        "faites": sum(e.faite_le is not None for e in lecture.etapes),
        "total": len(lecture.etapes),
        "peut_ecrire": predicats.refus_ecrire(acteur) is None,
        "lit_les_preuves": acteur.role in LECTEURS,
    }
    return render(request, "pilotage/cadrage/feuille_de_route/feuille_de_route.html", contexte)


def _etape(acteur: Acteur, pk: int) -> EtapeRoute:
    etape: EtapeRoute = get_object_or_404(
        EtapeRoute.objects.visibles_par(acteur)
        .select_related("collectivite", "responsable__utilisateur", "demarche")
        .prefetch_related("concernees"),
        pk=pk,
    )
    return etape


@acces(*ROLES_EMPLOYEUR, methodes=ECRITURE)
def poser_le_gabarit(request: Requete) -> HttpResponse:
    """Begin with the usual steps."""
    gabarit.poser_le_gabarit(request.acteur.demarche, request.acteur)
    messages.success(
        request, "Les étapes habituelles sont posées. Relisez leurs dates et leurs responsables."
    )
    return redirect(ROUTE)


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def nouvelle_etape(request: Requete) -> HttpResponse:
    """Write a step."""
    formulaire = EtapeForm(donnees_postees(request), acteur=request.acteur)
    if request.method == "POST" and formulaire.is_valid():
        actions.ajouter_etape(acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(
            request, "L’étape est dans la feuille de route des collectivités concernées."
        )
        return redirect(ROUTE)
    contexte = {"formulaire": formulaire, "etape": None}
    return render(request, "pilotage/cadrage/feuille_de_route/etape.html", contexte)


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def modifier_etape(request: Requete, pk: int) -> HttpResponse:
    """Change a step, or take it away."""
    acteur, etape = request.acteur, _etape(request.acteur, pk)
    if reponse := refuser(request, predicats.refus_modifier(acteur, etape), ROUTE):
        return reponse
    formulaire = EtapeForm(
        donnees_postees(request), acteur=acteur, etape=etape, initial=_valeurs(acteur, etape)
    )
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_etape(acteur=acteur, etape=etape, **formulaire.cleaned_data)
        messages.success(request, "L’étape est modifiée.")
        return redirect(ROUTE)
    contexte = {
        "formulaire": formulaire,
        "etape": etape,
        "refus_retirer": predicats.refus_retirer(
            acteur,
            etape,
            ecrite=etape.clotures.exists(),
            suivantes=etape.suivantes.values_list("intitule", flat=True),
        ),
    }
    return render(request, "pilotage/cadrage/feuille_de_route/etape.html", contexte)


def _valeurs(acteur: Acteur, etape: EtapeRoute) -> dict[str, Any]:
    """What the form opens on. No employer named means all of them."""
    attendues = predicats.concernees(etape)
    employeurs = acteur.demarche.collectivites.values_list("pk", flat=True)
    return {
        "intitule": etape.intitule,
        "phase": etape.phase,
        "concernees": [pk for pk in employeurs if attendues is None or pk in attendues],
        "responsable": etape.responsable_id,
        "debut": etape.debut,
        "echeance": etape.echeance,
        "apres": list(etape.apres.values_list("pk", flat=True)),
        "pour_les_elus": etape.pour_les_elus,
    }


@acces(*ROLES_EMPLOYEUR, methodes=ECRITURE)
def retirer_etape(request: Requete, pk: int) -> HttpResponse:
    """Take a step away."""
    actions.retirer_etape(acteur=request.acteur, etape=_etape(request.acteur, pk))
    messages.success(request, "L’étape n’est plus dans la feuille de route.")
    return redirect(ROUTE)


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def ordonner_etapes(request: Requete) -> HttpResponse:
    """Order the steps of each act: by drag, by keyboard, without script too."""
    acteur = request.acteur
    if request.method == "POST":
        _ordonner(request)
        return redirect("pilotage:etapes_ordre")
    lignes = Lecture(acteur, timezone.localdate()).montrees("toutes")
    phases = [
        (libelle, code, [_souhait(ligne.etape) for ligne in siennes])
        for libelle, code, siennes in par_phase(lignes)
    ]
    return render(request, "pilotage/cadrage/feuille_de_route/ordre.html", {"phases": phases})


def _ordonner(request: Requete) -> None:
    """`ordre` = keys in their order; or `monter`, `descendre` = one key."""
    for nom, vers in (("monter", -1), ("descendre", 1)):
        if nom in request.POST:
            pk = request.POST[nom]
            etape = _etape(request.acteur, int(pk) if pk.isdecimal() else 0)
            actions.deplacer(acteur=request.acteur, etape=etape, vers=vers)
            return
    cles = request.POST.get("ordre", "").split(",")
    if not all(cle.isdecimal() for cle in cles):
        raise ActionImpossible("Cet ordre ne se lit pas : rechargez la page.")
    actions.ranger(acteur=request.acteur, ordre=[int(cle) for cle in cles])


def _souhait(etape: EtapeRoute) -> dict[str, Any]:
    return {
        "pk": etape.pk,
        "titre": etape.intitule,
        "detail": f"Pour le {date_texte(etape.echeance)}",
        "collectivite": etape.collectivite,
        "url": "",
    }


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def etape_faite(request: Requete, pk: int) -> HttpResponse:
    """Say, for one's employer, that a step is done, on which day, and what proves it."""
    acteur, etape = request.acteur, _etape(request.acteur, pk)
    refus = predicats.refus_franchir(
        acteur,
        etape,
        closes=etape.clotures.en_vigueur().values_list("collectivite", flat=True),
        manque=actions.manques(etape),
    )
    if reponse := refuser(request, refus, ROUTE):
        return reponse
    formulaire = EtapeFaiteForm(donnees_postees(request), request.FILES or None, acteur=acteur)
    if request.method == "POST" and formulaire.is_valid():
        actions.franchir_etape(acteur=acteur, etape=etape, **formulaire.cleaned_data)
        messages.success(request, _suite(etape))
        return redirect(ROUTE)
    contexte = {
        "ligne": Lecture(acteur, timezone.localdate()).ligne(etape),
        "formulaire": formulaire,
    }
    return render(request, "pilotage/cadrage/feuille_de_route/etape_faite.html", contexte)


def _suite(etape: EtapeRoute) -> str:
    etape.refresh_from_db(fields=["faite_le"])
    if etape.faite_le is not None:
        return "L’étape est faite. La décision est au journal, avec son document."
    return (
        "C’est dit pour votre collectivité, avec son document. L’étape sera faite quand les autres "
        "l’auront dit aussi."
    )


@acces(acte=Acte.FRANCHIR_ETAPE, methodes=LECTURE_ECRITURE)
def etape_rouverte(request: Requete, pk: int) -> HttpResponse:
    """Take back, with a reason, what one's employer said of a step."""
    acteur, etape = request.acteur, _etape(request.acteur, pk)
    refus = predicats.refus_rouvrir(
        acteur,
        etape,
        closes=etape.clotures.en_vigueur().values_list("collectivite", flat=True),
        suivantes_faites=etape.suivantes.filter(faite_le__isnull=False).values_list(
            "intitule", flat=True
        ),
    )
    if reponse := refuser(request, refus, ROUTE):
        return reponse
    formulaire = MotifForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.rouvrir_etape(acteur=acteur, etape=etape, **formulaire.cleaned_data)
        messages.success(request, "L’étape est rouverte pour votre collectivité.")
        return redirect(ROUTE)
    contexte = {"etape": etape, "formulaire": formulaire}
    return render(request, "pilotage/cadrage/feuille_de_route/etape_rouverte.html", contexte)


@acces(*LECTEURS)
def preuve(request: Requete, pk: int) -> HttpResponse:
    """The document that shows that a step is done. Not the firm's to read: it may name somebody."""
    cloture = get_object_or_404(
        ClotureEtape.objects.visibles_par(request.acteur).exclude(piece=""), pk=pk
    )
    return telecharger_la_piece(cloture.piece, cloture.nom_piece)
