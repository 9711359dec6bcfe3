"""Acts on several cadres: said first (how many, who not and why), done after."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from cadres.candidature import actions as candidature
from cadres.candidature import predicats
from cadres.candidature.forms import ConfierForm, NePasRetenirForm, RetenirForm
from cadres.candidature.messages import apercu, apercu_decision
from cadres.fiche.forms import CadreForm
from cadres.fiche.predicats import refus_modifier
from cadres.fiche.views.fiche import trouver_des_siens
from cadres.registre import en_nombre
from cadres.registre.criteres.eclairage import eclairer
from cadres.registre.demande import CLES_DE_LISTE, parametres_de_vue
from cadres.registre.en_nombre import phrase
from cadres.registre.forms import ChangerForm
from cadres.registre.selection import Partage, a_change, partager, selection_de
from cadres.registre.views.liste import CLE_SELECTION
from collectivites.acteurs.acces import ECRITURE, Requete, acces
from collectivites.communs.typographie import accorder, compter
from collectivites.mots import Acte, Role


@acces(acte=Acte.RETENIR, methodes=ECRITURE, preuve=True)
def decider_plusieurs(request: Requete) -> HttpResponse:
    """Retain several, or not: the list and the reason first, then the act."""
    retenus = request.POST.get("decision") != "ne_pas_retenir"
    refus = predicats.refus_retenir if retenus else predicats.refus_ne_pas_retenir
    partage = _partage(request, refus)
    donnees = request.POST if "confirme" in request.POST else None
    formulaire = RetenirForm(donnees) if retenus else NePasRetenirForm(donnees)
    if _confirme(request, partage) and formulaire.is_valid():
        return _agir(
            request,
            partage,
            "retenir" if retenus else "ne_pas_retenir",
            {"motif": formulaire.cleaned_data["motif"]},
        )
    contexte = {
        "formulaire": formulaire,
        "suite": _suite(request),
        "depuis": request.POST.get("depuis", ""),
        "decision": "retenir" if retenus else "ne_pas_retenir",
        **_contexte(request, partage),
    }
    if partage.possibles:
        premier = trouver_des_siens(request, partage.possibles[0].pk)
        courriel = apercu_decision(request.acteur, premier, retenu=retenus)
        contexte |= {"premier": premier, "courriel": courriel}
        montres = partage.choisis.montres
        contexte |= eclairer(request.acteur, montres, partage.possibles if retenus else [])
    return render(request, "cadres/registre/decider_plusieurs.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def informer_plusieurs(request: Requete) -> HttpResponse:
    """Tell several cadres that they are listed: who will be told first, then the mails."""
    partage = _partage(request, predicats.refus_informer)
    if _confirme(request, partage):
        return _agir(request, partage, "informer", {})
    contexte = _contexte(request, partage)
    if partage.possibles:
        premier = trouver_des_siens(request, partage.possibles[0].pk)
        contexte |= {"premier": premier, "courriel": apercu(request.acteur, premier)}
    return render(request, "cadres/registre/informer_plusieurs.html", contexte)


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def confier_plusieurs(request: Requete) -> HttpResponse:
    """Entrust several cadres to one accompagnateur: who, then to whom, then the act."""
    partage = _partage(request, predicats.refus_confier)
    formulaire = ConfierForm(
        request.POST if "confirme" in request.POST else None,
        mandats=candidature.accompagnateurs(request.acteur),
    )
    if _confirme(request, partage) and formulaire.is_valid():
        choisi = formulaire.cleaned_data["accompagnateur"]
        return _agir(request, partage, "confier", {"accompagnateur": choisi.pk if choisi else None})
    contexte = {"formulaire": formulaire, **_contexte(request, partage)}
    return render(request, "cadres/registre/confier_plusieurs.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def changer_plusieurs(request: Requete) -> HttpResponse:
    """Domaine, profil, visées, direction of several: what changes, for whom, then the act."""
    formulaire = ChangerForm(request.POST if "relire" in request.POST else None)
    valeurs = formulaire.valeurs() if formulaire.is_valid() else {}
    partage = _partage(request, en_nombre.refus_changer(valeurs) if valeurs else refus_modifier)
    lu = json.dumps(valeurs, sort_keys=True)
    # What was typed after the list was shown is shown again, not done.
    if valeurs and request.POST.get("lu") == lu and _confirme(request, partage):
        return _agir(request, partage, "changer", {"valeurs": valeurs})
    contexte = {
        "formulaire": formulaire,
        "relu": bool(valeurs),
        "suite": _suite(request),
        "lu": lu,
        "listes": CadreForm(acteur=request.acteur),
        **_contexte(request, partage),
        # Those whom these values leave aside may be reached by others.
        "choix": ",".join(request.POST.getlist("choix")),
    }
    return render(request, "cadres/registre/changer_plusieurs.html", contexte)


def _partage(request: Requete, refus: predicats.Refus) -> Partage:
    return partager(request.acteur, selection_de(request.acteur, request.POST), refus)


def _confirme(request: Requete, partage: Partage) -> bool:
    """Said yes to exactly those who were shown."""
    if "confirme" not in request.POST:
        return False
    if avis := a_change(request.POST, partage):
        messages.warning(request, avis)
        return False
    return True


def _contexte(request: Requete, partage: Partage) -> dict[str, object]:
    """The two groups, and what the confirmation sends back: the same filters, or the keys."""
    return {
        "partage": partage,
        "possibles": partage.possibles,
        "laisses": partage.laisses,
        "tous": bool(request.POST.get("tous")),
        "parametres": request.POST.get("parametres", ""),
        "choix": ",".join(map(str, partage.cles)),
        "en_fond": len(partage.possibles) > candidature.PLUSIEURS_MAX,
    }


def _agir(
    request: Requete, partage: Partage, acte: str, options: en_nombre.Options
) -> HttpResponse:
    """Now, or by a job when they are many. The selection starts afresh."""
    request.session[CLE_SELECTION] = request.session.get(CLE_SELECTION, 0) + 1
    if len(partage.cles) > candidature.PLUSIEURS_MAX:
        tache = en_nombre.lancer_en_nombre(
            acteur=request.acteur,
            acte=acte,
            cadres=partage.cles,
            options=options,
            suite=_suite(request),
        )
        return redirect("collectivites:tache", tache.pk)
    laisses = list(partage.laisses)
    if partage.cles:
        groupe = en_nombre.agir_en_nombre(
            acteur=request.acteur, acte=acte, cadres=partage.cles, options=options
        )
        laisses += groupe.laisses
        if groupe.faits:
            messages.success(request, phrase(acte, len(groupe.faits), options))
    if laisses:
        n = len(laisses)
        exemples = " ; ".join(f"{c.nom_complet} : {raison}" for c, raison in laisses[:3])
        messages.warning(
            request, f"{compter(n, 'cadre')} {accorder(n, 'laissé')} de côté.\n\n{exemples}"
        )
    return redirect(_suite(request))


def _suite(request: Requete) -> str:
    """Back to the page where they were chosen, its filters and its order with it."""
    if request.POST.get("depuis") == "criteres":
        return reverse("cadres:criteres")
    garde = parametres_de_vue(QueryDict(request.POST.get("parametres", "")), CLES_DE_LISTE)
    return reverse("cadres:registre") + (f"?{garde}" if garde else "")
