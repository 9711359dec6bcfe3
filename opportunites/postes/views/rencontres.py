"""Opinions of the host on its candidates; first meetings asked for, and answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.reponses import telechargement
from collectivites.mots import Role
from collectivites.refus import exiger
from opportunites.communs import objets
from opportunites.communs.lecteurs import lecteurs
from opportunites.models import Avis, Demande
from opportunites.postes.actions import avis as actions_avis
from opportunites.postes.actions import demandes
from opportunites.postes.forms.rencontres import AvisForm, DemandeForm, ReponseDemandeForm
from opportunites.postes.predicats import refus_demander, refus_donner_avis, refus_repondre_demande
from opportunites.propositions.raisons import raisons


@acces(Role.DGS, Role.DRH, methodes=LECTURE_ECRITURE)
def donner_avis(request: Requete, pk: int) -> HttpResponse:
    """Say of somebody who ranked the poste (`pk`: their vœu) whether one would take them, and why."""
    voeu = objets.voeu(request.acteur, pk)
    opportunite, cadre = voeu.opportunite, voeu.cadre
    exiger(refus_donner_avis(request.acteur, opportunite))
    siens = Avis.objects.visibles_par(request.acteur).filter(opportunite=opportunite, cadre=cadre)
    formulaire = AvisForm(donnees_postees(request), ancien=siens.first())
    if request.method == "POST" and formulaire.is_valid():
        donnees = formulaire.cleaned_data
        actions_avis.donner_avis(
            acteur=request.acteur, opportunite=opportunite, cadre=cadre, **donnees
        )
        messages.success(request, "Votre avis est enregistré. La personne peut en lire la raison.")
        return redirect("opportunites:opportunite", pk=opportunite.pk)
    contexte = {
        "formulaire": formulaire,
        "voeu": voeu,
        "opportunite": opportunite,
        "raisons": raisons(cadre, opportunite),
    }
    return render(request, "opportunites/propositions/donner_avis.html", contexte)


@acces(Role.DGS, Role.DRH, methodes=ECRITURE)
def classer_avis(request: Requete, pk: int) -> HttpResponse:
    """POST `monter` (the key of an opinion): one step up among those the host would take."""
    avis = objets.avis(request.acteur, pk)
    exiger(refus_donner_avis(request.acteur, avis.opportunite))
    ordre = list(
        Avis.objects.visibles_par(request.acteur)
        .filter(opportunite=avis.opportunite, rang__isnull=False)
        .order_by("rang")
        .values_list("pk", flat=True)
    )
    if avis.pk in ordre and (ici := ordre.index(avis.pk)) > 0:
        ordre[ici - 1], ordre[ici] = ordre[ici], ordre[ici - 1]
        actions_avis.classer_avis(acteur=request.acteur, opportunite=avis.opportunite, ordre=ordre)
    return redirect("opportunites:opportunite", pk=avis.opportunite_id)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def demander(request: Requete, pk: int) -> HttpResponse:
    """Ask the host for a conversation or an immersion."""
    opportunite = objets.opportunite(request.acteur, pk)
    exiger(refus_demander(request.acteur, opportunite, objets.ma_fiche(request.acteur)))
    formulaire = DemandeForm(
        donnees_postees(request), initial={"nature": Demande.Nature.ENTRETIEN.value}
    )
    if request.method == "POST" and formulaire.is_valid():
        demande = demandes.demander(
            acteur=request.acteur, opportunite=opportunite, **formulaire.cleaned_data
        )
        messages.success(
            request,
            f"Votre demande est partie, à l’attention de l’employeur du poste. Votre employeur "
            f"actuel n’en est pas informé.{_suite(demande)}",
        )
        return redirect("opportunites:opportunite", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "opportunite": opportunite,
        "poste": opportunite.poste,
        "lecteurs": lecteurs(objets.ma_fiche(request.acteur), opportunite.poste.collectivite),
    }
    return render(request, "opportunites/propositions/demander.html", contexte)


def _suite(demande: Demande) -> str:
    if demande.nature != Demande.Nature.IMMERSION:
        return ""
    return " Une immersion suppose ensuite son accord : vous le demanderez le moment venu."


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def repondre_demande(request: Requete, pk: int) -> HttpResponse:
    """Accept or decline, with words that the person reads."""
    demande = objets.demande(request.acteur, pk)
    exiger(refus_repondre_demande(request.acteur, demande))
    formulaire = ReponseDemandeForm(donnees_postees(request), demande=demande)
    if request.method == "POST" and formulaire.is_valid():
        demandes.repondre_demande(acteur=request.acteur, demande=demande, **formulaire.cleaned_data)
        messages.success(request, "Votre réponse est partie.")
        return redirect("opportunites:opportunite", pk=demande.opportunite_id)
    contexte = {"formulaire": formulaire, "demande": demande, "opportunite": demande.opportunite}
    return render(request, "opportunites/propositions/repondre_demande.html", contexte)


@acces(Role.CADRE, methodes=ECRITURE)
def retirer_demande(request: Requete, pk: int) -> HttpResponse:
    """The person takes their request back."""
    demande = objets.demande(request.acteur, pk)
    demandes.retirer_demande(acteur=request.acteur, demande=demande)
    messages.success(request, "Votre demande est retirée. L’employeur du poste en est prévenu.")
    return redirect("opportunites:opportunite", pk=demande.opportunite_id)


@acces(Role.CADRE, Role.DRH, Role.GESTIONNAIRE)
def agenda_rencontre(request: Requete, pk: int) -> HttpResponse:
    """The calendar file of the conversation agreed on."""
    demande = objets.demande_avec_son_rendez_vous(request.acteur, pk)
    return telechargement(
        demandes.fichier_agenda(demande), "text/calendar; charset=utf-8", "rendez-vous.ics"
    )
