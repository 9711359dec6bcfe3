"""The cadre's own pages: the answer, the withdrawal, the data held."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cadres.candidature import actions as candidature
from cadres.candidature.predicats import (
    refus_repondre,
    refus_reprendre_le_oui,
    refus_retirer,
)
from cadres.candidature.situations import reponse_souhaitee, situation_de
from cadres.donnees_personnelles import actions, effacement
from cadres.donnees_personnelles.donnees import (
    conservation_de,
    consultations_de,
    corrections_ouvertes,
    courriels_de,
    decisions_de,
    identite_et_poste,
    lectures_par_jour,
    modifications_parmi,
    rubriques_de,
    telechargement,
)
from cadres.donnees_personnelles.forms import CompetencesForm, CorrectionDonneesForm
from cadres.donnees_personnelles.predicats import refus_dire_ses_competences, refus_effacer
from cadres.models import Cadre, CompetenceDite
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import accorde, compter
from collectivites.mots import Role
from collectivites.refus import ActionImpossible

REPONSES = {"oui": True, "non": False}
CONSULTATIONS_MAX = 50
#: Decisions and mails shown on the page; the file to download holds all.
LIGNES_MAX = 30


def moi(request: Requete) -> Cadre:
    """The acteur's own file; 404 when they have none (any more)."""
    return get_object_or_404(
        Cadre.objects.visibles_par(request.acteur).select_related(
            "collectivite__demarche",
            "utilisateur",
            "candidature",
            "poste",
            "direction",
            "accompagnateur__utilisateur",
        )
    )


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def ma_candidature(request: Requete) -> HttpResponse:
    """What is proposed to me, and my answer."""
    cadre = moi(request)
    if request.method == "POST":
        return _repondre(request, cadre)
    contexte = {
        "cadre": cadre,
        "candidature": cadre.candidature,
        "situation": situation_de(request.acteur, cadre),
        "rubriques": identite_et_poste(cadre),
        "peut_repondre": refus_repondre(request.acteur, cadre) is None,
        "peut_retirer": refus_retirer(request.acteur, cadre) is None,
        "peut_reprendre": refus_reprendre_le_oui(request.acteur, cadre) is None,
        "avant": reponse_souhaitee(cadre.candidature),
    }
    return render(request, "cadres/candidature/ma_candidature.html", contexte)


def _repondre(request: Requete, cadre: Cadre) -> HttpResponse:
    accord = REPONSES.get(request.POST.get("reponse", ""))
    if accord is None:
        raise ActionImpossible("Répondez par oui ou par non.")
    candidature.repondre(acteur=request.acteur, accord=accord)
    if accord:
        messages.success(
            request,
            "Merci, votre oui est enregistré, et un courriel vous le confirme. Jusqu’à ce soir, "
            "vous pouvez le reprendre ici.\n\nVotre direction générale décide maintenant de la "
            "liste des cadres retenus. Un courriel vous dira sa décision, et vous pouvez vous "
            "retirer à tout moment.",
        )
    else:
        messages.success(
            request,
            "Votre non est enregistré, et un courriel vous le confirme. Il n’aura aucune "
            "conséquence pour vous, et votre nom ne sort pas de votre collectivité. Vous pourrez "
            "changer d’avis ici.",
        )
    return redirect("cadres:ma_candidature")


@acces(Role.CADRE, methodes=ECRITURE)
def reprendre_le_oui(request: Requete) -> HttpResponse:
    """The day of a yes: as if it had not been said."""
    candidature.reprendre_le_oui(acteur=request.acteur)
    messages.success(
        request,
        "Votre oui est repris : c’est comme s’il n’avait pas été dit. Les autres collectivités ne "
        "voient plus votre nom.",
    )
    return redirect("cadres:ma_candidature")


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def retirer(request: Requete) -> HttpResponse:
    """Leave the démarche: what is lost, what stays, then the act."""
    cadre = moi(request)
    if request.method == "POST":
        candidature.retirer(acteur=request.acteur)
        messages.success(
            request,
            f"Vous êtes {accorde(cadre, 'retiré')} de la démarche. Les autres collectivités ne voient plus votre nom. "
            "Vous gardez votre poste, et ce retrait n’a aucune conséquence pour vous.",
        )
        return redirect("cadres:ma_candidature")
    if refus := refus_retirer(request.acteur, cadre):
        messages.error(request, refus)
        return redirect("cadres:ma_candidature")
    return render(request, "cadres/candidature/retirer.html", {"cadre": cadre})


@acces(Role.CADRE)
def mes_donnees(request: Requete) -> HttpResponse:
    """All that is held on me, and who looked."""
    cadre = moi(request)
    toutes = consultations_de(request.acteur)
    consultations = lectures_par_jour(toutes)
    peut_dire = refus_dire_ses_competences(request.acteur, cadre) is None
    rubriques = rubriques_de(cadre)
    decisions = decisions_de(request.acteur)
    contexte = {
        "cadre": cadre,
        "candidature": cadre.candidature,
        "rubriques": rubriques,
        "rubriques_vides": [
            r.titre
            for r in rubriques
            if not r.lignes and not (r.cle == "competences" and peut_dire)
        ],
        "ouvertes": corrections_ouvertes(rubriques),
        "conservation": conservation_de(cadre),
        "consultations": consultations[:CONSULTATIONS_MAX],
        "autres_consultations": max(0, len(consultations) - CONSULTATIONS_MAX),
        "personnes": len({ligne["qui"] for ligne in consultations}),
        "modifications": modifications_parmi(decisions),
        "decisions": decisions[:LIGNES_MAX],
        "courriels": courriels_de(request.acteur)[:LIGNES_MAX],
        "peut_retirer": refus_retirer(request.acteur, cadre) is None,
        "peut_effacer": refus_effacer(request.acteur, cadre) is None,
        "peut_dire": peut_dire,
    }
    return render(request, "cadres/donnees_personnelles/mes_donnees.html", contexte)


@acces(Role.CADRE)
def telecharger_mes_donnees(request: Requete) -> HttpResponse:
    """The same, as a file for machines."""
    reponse = JsonResponse(
        telechargement(request.acteur, moi(request)),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    reponse["Content-Disposition"] = 'attachment; filename="mes-donnees-quatuor.json"'
    return reponse


@acces(Role.CADRE)
def lire_mes_donnees(request: Requete) -> HttpResponse:
    """The same, as one file to read: it asks nothing of any site."""
    cadre = moi(request)
    contexte = {
        "cadre": cadre,
        "demarche": request.acteur.demarche,
        "rubriques": rubriques_de(cadre),
        "conservation": conservation_de(cadre),
        "decisions": decisions_de(request.acteur),
        "consultations": consultations_de(request.acteur),
        "courriels": courriels_de(request.acteur),
        "le": timezone.now(),
    }
    reponse = render(request, "cadres/donnees_personnelles/mes_donnees_fichier.html", contexte)
    reponse["Content-Disposition"] = 'attachment; filename="mes-donnees-quatuor.html"'
    return reponse


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def mes_competences(request: Requete) -> HttpResponse:
    """How far my skills go, in my own words: nobody else writes them."""
    cadre = moi(request)
    if refus := refus_dire_ses_competences(request.acteur, cadre):
        messages.error(request, refus)
        return redirect("cadres:mes_donnees")
    dites = dict(CompetenceDite.objects.filter(cadre=cadre).values_list("code", "niveau"))
    formulaire = CompetencesForm(donnees_postees(request), initial=dites)
    if formulaire.is_valid():
        combien = actions.dire_ses_competences(
            acteur=request.acteur, niveaux=formulaire.cleaned_data
        )
        messages.success(
            request,
            f"C’est enregistré : {compter(combien, 'compétence')}."
            if combien
            else "C’est enregistré : aucune compétence n’est dite.",
        )
        suite = request.POST.get("suite", "")
        if suite.isdecimal():  # a part of the list: the next one is where the person goes on
            return redirect(f"{reverse('cadres:mes_competences')}#domaine-{int(suite[:2])}")
        return redirect("cadres:mes_donnees")
    contexte = {"formulaire": formulaire, "cadre": cadre}
    return render(request, "cadres/candidature/mes_competences.html", contexte)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def demander_correction(request: Requete) -> HttpResponse:
    """Say what is wrong in my file."""
    cadre = moi(request)
    formulaire = CorrectionDonneesForm(donnees_postees(request))
    if formulaire.is_valid():
        actions.demander_correction(
            acteur=request.acteur,
            champ=formulaire.cleaned_data["champ"],
            explication=formulaire.cleaned_data["explication"],
        )
        messages.success(
            request,
            "Votre demande est partie à votre direction des ressources humaines. "
            "Elle vous répond dans le mois, par courriel et ici.",
        )
        return redirect("cadres:mes_donnees")
    contexte = {"formulaire": formulaire, "cadre": cadre}
    return render(request, "cadres/donnees_personnelles/demander_correction.html", contexte)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE, preuve=True)
def effacer(request: Requete) -> HttpResponse:
    """Ask for no trace to be kept: what goes, what stays, then the act."""
    cadre = moi(request)
    if refus := refus_effacer(request.acteur, cadre):
        messages.error(request, refus)
        return redirect("cadres:mes_donnees")
    if request.method == "POST":
        effacement.demander_effacement(
            acteur=request.acteur, ne_plus_recenser=request.POST.get("ne_plus_recenser") == "oui"
        )
        messages.success(
            request,
            "Votre demande est enregistrée. Vos données seront effacées cette nuit ; "
            "d’ici là, vous pouvez encore y renoncer.",
        )
        return redirect("cadres:mes_donnees")
    return render(request, "cadres/donnees_personnelles/effacer.html", {"cadre": cadre})


@acces(Role.CADRE, methodes=ECRITURE)
def renoncer_effacement(request: Requete) -> HttpResponse:
    """Think again, in time."""
    effacement.renoncer_a_l_effacement(acteur=request.acteur)
    messages.success(request, "L’effacement est annulé : vos données sont gardées.")
    return redirect("cadres:mes_donnees")
