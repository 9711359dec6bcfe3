"""Behind the wall: the page of the coach on one person, the same person's own page, and the acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces, retour
from collectivites.acteur import Acteur
from collectivites.erreurs import ActionImpossible
from collectivites.roles import Role
from collectivites.typographie import date_texte, heure_texte
from parcours import agenda, droits_coaching
from parcours.actions import coaching as actions
from parcours.dossier_coaching import dossier, lire
from parcours.forms_coaching import NoteForm, ObjectifForm, RendezVousCoachingForm, SyntheseForm
from parcours.models import (
    Accompagnement,
    NoteCoaching,
    Objectif,
    RendezVousCoaching,
    Synthese,
)
from parcours.mur import derriere_le_mur
from parcours.saisie import donnees_postees

LES_DEUX = (Role.CADRE, Role.ACCOMPAGNATEUR)
PRESENCES_DITES = {
    "faite": "présence notée",
    "absent": "absence notée",
    "excuse": "absence excusée",
}


# --- The two pages ------------------------------------------------------------------------------


@acces(Role.ACCOMPAGNATEUR)
@derriere_le_mur
def accompagnement(request: Requete, pk: int) -> HttpResponse:
    """One person entrusted: appointments, objectives, notes, synthesis, bilan. `pk`: the cadre's."""
    cadre = _cadre(request.acteur, pk)
    return render(request, "parcours/accompagnement.html", dossier(request.acteur, cadre))


@acces(Role.CADRE)
@derriere_le_mur
def mon_accompagnement(request: Requete) -> HttpResponse:
    """The same, for the person, with what they alone decide."""
    cadre = _les_cadres(request.acteur).first()
    if cadre is None:
        return render(request, "parcours/mon_accompagnement.html", {"cadre": None})
    return render(request, "parcours/mon_accompagnement.html", dossier(request.acteur, cadre))


@acces(Role.CADRE, methodes=ECRITURE)
def decider_des_notes(request: Requete, pk: int) -> HttpResponse:
    """« choix=transmettre »: today's coach reads the earlier notes; anything else seals them."""
    accompagnement = get_object_or_404(
        Accompagnement.objects.visibles_par(request.acteur).select_related("cadre__candidature"),
        pk=pk,
    )
    transmettre = request.POST.get("choix") == "transmettre"
    actions.decider_des_notes(
        acteur=request.acteur, accompagnement=accompagnement, transmettre=transmettre
    )
    messages.success(
        request,
        "Vos notes sont transmises. Vous pouvez revenir sur ce choix."
        if transmettre
        else "Vos notes sont scellées : personne d’autre que vous ne les lit.",
    )
    return redirect(f"{reverse('parcours:mon_accompagnement')}#precedents")


# --- Appointments -------------------------------------------------------------------------------


@acces(Role.ACCOMPAGNATEUR, methodes=LECTURE_ECRITURE)
def nouveau_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    """A date for somebody entrusted. `pk`: the cadre's."""
    cadre = _cadre(request.acteur, pk)
    formulaire = RendezVousCoachingForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        try:
            fixe = actions.fixer_rendez_vous(
                acteur=request.acteur, cadre=cadre, **formulaire.cleaned_data
            )
        except ActionImpossible as refus:
            formulaire.add_error("debut", refus.message)
        else:
            messages.success(request, _dire(fixe))
            return redirect(_page(request.acteur, cadre))
    contexte = {"cadre": cadre, "formulaire": formulaire, "rendez_vous": None}
    return render(request, "parcours/rendez_vous_coaching.html", contexte)


@acces(Role.ACCOMPAGNATEUR, methodes=LECTURE_ECRITURE)
def deplacer_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    """Another date or place."""
    rendez_vous = _rendez_vous(request.acteur, pk)
    cadre = rendez_vous.accompagnement.cadre
    if request.method == "GET" and rendez_vous.etat != RendezVousCoaching.Etat.PREVU:
        raise PermissionDenied
    formulaire = RendezVousCoachingForm(
        donnees_postees(request),
        initial={
            "debut": timezone.localtime(rendez_vous.debut),
            "duree_minutes": rendez_vous.duree_minutes,
            "lieu": rendez_vous.lieu,
        },
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            deplace = actions.deplacer_rendez_vous(
                acteur=request.acteur, rendez_vous=rendez_vous, **formulaire.cleaned_data
            )
        except ActionImpossible as refus:
            formulaire.add_error("debut", refus.message)
        else:
            messages.success(request, _dire(deplace))
            return redirect(_page(request.acteur, cadre))
    contexte = {"cadre": cadre, "formulaire": formulaire, "rendez_vous": rendez_vous}
    return render(request, "parcours/rendez_vous_coaching.html", contexte)


@acces(Role.ACCOMPAGNATEUR, methodes=ECRITURE)
def annuler_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    rendez_vous = _rendez_vous(request.acteur, pk)
    actions.annuler_rendez_vous(acteur=request.acteur, rendez_vous=rendez_vous)
    cadre = rendez_vous.accompagnement.cadre
    messages.success(request, f"Rendez-vous annulé. {cadre.nom_complet} reçoit un courriel.")
    return redirect(_page(request.acteur, cadre))


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def decliner_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    """« Je ne pourrai pas venir »: asked once, then the hour is free."""
    rendez_vous = get_object_or_404(
        RendezVousCoaching.objects.visibles_par(request.acteur).select_related(
            "accompagnement__cadre", "accompagnement__accompagnateur__utilisateur"
        ),
        pk=pk,
    )
    if request.method == "POST":
        actions.decliner_rendez_vous(acteur=request.acteur, rendez_vous=rendez_vous)
        accompagnateur = rendez_vous.accompagnement.accompagnateur.utilisateur
        messages.success(
            request, f"Rendez-vous annulé. {accompagnateur.nom_complet} reçoit un courriel."
        )
        return redirect(f"{reverse('parcours:mon_accompagnement')}#rendez-vous")
    if not droits_coaching.peut_decliner(request.acteur, rendez_vous):
        raise PermissionDenied
    contexte = {
        "rendez_vous": rendez_vous,
        "accompagnateur": rendez_vous.accompagnement.accompagnateur.utilisateur,
    }
    return render(request, "parcours/decliner_rendez_vous.html", contexte)


@acces(Role.ACCOMPAGNATEUR, methodes=ECRITURE)
def noter_rendez_vous(request: Requete, pk: int) -> HttpResponse:
    """Present, absent or excused: one tap."""
    rendez_vous = _rendez_vous(request.acteur, pk)
    presence = request.POST.get("presence", "")
    actions.noter_rendez_vous(acteur=request.acteur, rendez_vous=rendez_vous, presence=presence)
    cadre = rendez_vous.accompagnement.cadre
    messages.success(request, f"{cadre.nom_complet}, coaching : {PRESENCES_DITES[presence]}.")
    return retour(request, reverse("parcours:accompagnements"))


@acces(*LES_DEUX)
def agenda_ics(request: Requete, pk: int) -> HttpResponse:
    """The calendar file of one appointment."""
    rendez_vous = get_object_or_404(
        RendezVousCoaching.objects.visibles_par(request.acteur).select_related("accompagnement"),
        pk=pk,
    )
    return HttpResponse(
        agenda.calendrier_coaching([rendez_vous], pour_le_cadre=request.acteur.role == Role.CADRE),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="coaching.ics"'},
    )


# --- Notes and objectives -----------------------------------------------------------------------


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def ecrire_note(request: Requete, pk: int) -> HttpResponse:
    """A new note. `pk`: the cadre's."""
    cadre = _ou_ecrire(request.acteur, pk)
    formulaire = NoteForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.ecrire_note(acteur=request.acteur, cadre=cadre, **formulaire.cleaned_data)
        messages.success(request, "Note enregistrée. Vous deux la lisez, personne d’autre.")
        return redirect(f"{_page(request.acteur, cadre)}#notes")
    return _formulaire(request, cadre, formulaire, "Écrire une note", "Enregistrer la note")


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def modifier_note(request: Requete, pk: int) -> HttpResponse:
    """One's own note, corrected."""
    note = _ma_note(request.acteur, pk)
    cadre = note.accompagnement.cadre
    formulaire = NoteForm(donnees_postees(request), initial={"texte": lire(note)})
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_note(acteur=request.acteur, note=note, **formulaire.cleaned_data)
        messages.success(request, "Note corrigée.")
        return redirect(f"{_page(request.acteur, cadre)}#notes")
    return _formulaire(request, cadre, formulaire, "Corriger une note", "Enregistrer la note")


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def detruire_note(request: Requete, pk: int) -> HttpResponse:
    """One's own note: says what is lost, then destroys it."""
    note = _ma_note(request.acteur, pk)
    cadre = note.accompagnement.cadre
    if request.method == "POST":
        actions.detruire_note(acteur=request.acteur, note=note)
        messages.success(request, "Note détruite.")
        return redirect(f"{_page(request.acteur, cadre)}#notes")
    contexte = {"note": note, "cadre": cadre, "page": _page(request.acteur, cadre)}
    return render(request, "parcours/detruire_note.html", contexte)


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def poser_objectif(request: Requete, pk: int) -> HttpResponse:
    """A new objective. `pk`: the cadre's."""
    cadre = _ou_ecrire(request.acteur, pk)
    formulaire = ObjectifForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.poser_objectif(acteur=request.acteur, cadre=cadre, **formulaire.cleaned_data)
        messages.success(request, "Objectif posé.")
        return redirect(f"{_page(request.acteur, cadre)}#objectifs")
    return _formulaire(request, cadre, formulaire, "Poser un objectif", "Poser l’objectif")


@acces(*LES_DEUX, methodes=ECRITURE)
def cocher_objectif(request: Requete, pk: int) -> HttpResponse:
    """Reached, or not yet."""
    objectif = get_object_or_404(
        Objectif.objects.visibles_par(request.acteur).select_related(
            "accompagnement__cadre__candidature"
        ),
        pk=pk,
    )
    cadre = objectif.accompagnement.cadre
    objectif = actions.cocher_objectif(acteur=request.acteur, objectif=objectif)
    messages.success(request, "Objectif atteint." if objectif.atteint_le else "Objectif rouvert.")
    return redirect(f"{_page(request.acteur, cadre)}#objectifs")


# --- The synthesis ------------------------------------------------------------------------------


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def rediger_synthese(request: Requete, pk: int) -> HttpResponse:
    """The common draft. `pk`: the cadre's. Whoever was overtaken keeps what they typed."""
    cadre = _ou_ecrire(request.acteur, pk)
    synthese = _synthese_en_cours(request.acteur, cadre)
    if synthese is not None and synthese.publiee_le is not None:
        raise PermissionDenied
    revision = synthese.revision if synthese else 0
    initial = {"texte": lire(synthese) if synthese else "", "revision": revision}
    formulaire = SyntheseForm(donnees_postees(request), initial=initial)
    depassee = ""
    if request.method == "POST" and formulaire.is_valid():
        if formulaire.cleaned_data["revision"] == revision:
            actions.rediger_synthese(acteur=request.acteur, cadre=cadre, **formulaire.cleaned_data)
            messages.success(request, "Synthèse enregistrée, entre vous deux.")
            return redirect(f"{_page(request.acteur, cadre)}#synthese")
        depassee = lire(synthese) if synthese else ""
        formulaire.add_error(
            "texte",
            "L’autre personne a enregistré une version entre-temps : elle est ci-dessous. "
            "Reprenez-la dans votre texte, puis enregistrez.",
        )
        saisie = request.POST.copy()
        saisie["revision"] = str(revision)
        formulaire.data = saisie
    contexte = {
        "cadre": cadre,
        "formulaire": formulaire,
        "depassee": depassee,
        "page": _page(request.acteur, cadre),
    }
    return render(request, "parcours/rediger_synthese.html", contexte)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def publier_synthese(request: Requete, pk: int) -> HttpResponse:
    """Shows exactly what will be read, and by whom; then publishes that, and nothing else."""
    synthese = _synthese(request.acteur, pk)
    if not droits_coaching.peut_publier(request.acteur, synthese):
        raise PermissionDenied
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        actions.publier_synthese(
            acteur=request.acteur,
            synthese=synthese,
            revision=int(revision) if revision.isdecimal() else -1,
        )
        messages.success(
            request,
            "Votre synthèse est publiée : votre DRH et votre DGS peuvent la lire. "
            "Vous pouvez la retirer à tout moment.",
        )
        return redirect(f"{reverse('parcours:mon_accompagnement')}#synthese")
    contexte = {
        "synthese": synthese,
        "cadre": synthese.accompagnement.cadre,
        "accompagnateur": synthese.accompagnement.accompagnateur.utilisateur,
        "texte_publie": lire(synthese),
        "jour": timezone.localdate(),
    }
    return render(request, "parcours/publier_synthese.html", contexte)


@acces(Role.CADRE, methodes=ECRITURE)
def depublier_synthese(request: Requete, pk: int) -> HttpResponse:
    """It comes back behind the wall."""
    synthese = _synthese(request.acteur, pk)
    actions.depublier_synthese(acteur=request.acteur, synthese=synthese)
    messages.success(request, "Votre synthèse est retirée : votre employeur ne la lit plus.")
    return redirect(f"{reverse('parcours:mon_accompagnement')}#synthese")


@acces(Role.DRH, Role.DGS)
@derriere_le_mur
def synthese_publiee(request: Requete, pk: int) -> HttpResponse:
    """What the cadre let their own DRH and DGS read."""
    synthese = get_object_or_404(
        Synthese.objects.publiees_pour(request.acteur).select_related(
            "accompagnement__cadre__collectivite", "accompagnement__accompagnateur__utilisateur"
        ),
        pk=pk,
    )
    contexte = {
        "cadre": synthese.accompagnement.cadre,
        "accompagnateur": synthese.accompagnement.accompagnateur.utilisateur,
        "texte_publie": lire(synthese),
        "jour": synthese.publiee_le,
    }
    return render(request, "parcours/synthese_publiee.html", contexte)


# --- Finding ------------------------------------------------------------------------------------


def _les_cadres(acteur: Acteur) -> Any:
    return Cadre.objects.visibles_par(acteur).select_related(
        "candidature", "collectivite", "poste", "accompagnateur__utilisateur"
    )


def _cadre(acteur: Acteur, pk: int) -> Cadre:
    cadre: Cadre = get_object_or_404(_les_cadres(acteur), pk=pk)
    return cadre


def _ou_ecrire(acteur: Acteur, pk: int) -> Cadre:
    cadre = _cadre(acteur, pk)
    if not droits_coaching.peut_ecrire(acteur, cadre):
        raise PermissionDenied
    return cadre


def _page(acteur: Acteur, cadre: Cadre) -> str:
    if acteur.role == Role.CADRE:
        return reverse("parcours:mon_accompagnement")
    return reverse("parcours:accompagnement", args=[cadre.pk])


def _rendez_vous(acteur: Acteur, pk: int) -> RendezVousCoaching:
    rendez_vous: RendezVousCoaching = get_object_or_404(
        RendezVousCoaching.objects.menes_par(acteur).select_related(
            "accompagnement__cadre__collectivite", "accompagnement__cadre__candidature"
        ),
        pk=pk,
    )
    return rendez_vous


def _ma_note(acteur: Acteur, pk: int) -> NoteCoaching:
    """A note that one reads, and wrote: else 404, or 403."""
    note: NoteCoaching = get_object_or_404(
        NoteCoaching.objects.visibles_par(acteur).select_related(
            "accompagnement__cadre__candidature", "accompagnement__cadre__collectivite"
        ),
        pk=pk,
    )
    if not droits_coaching.peut_reprendre(acteur, note):
        raise PermissionDenied
    return note


def _synthese(acteur: Acteur, pk: int) -> Synthese:
    synthese: Synthese = get_object_or_404(
        Synthese.objects.visibles_par(acteur).select_related(
            "accompagnement__cadre__candidature",
            "accompagnement__cadre__collectivite",
            "accompagnement__accompagnateur__utilisateur",
        ),
        pk=pk,
    )
    return synthese


def _synthese_en_cours(acteur: Acteur, cadre: Cadre) -> Synthese | None:
    synthese: Synthese | None = (
        Synthese.objects.visibles_par(acteur)
        .filter(accompagnement__cadre=cadre, accompagnement__fin__isnull=True)
        .select_related("accompagnement__cadre__candidature")
        .first()
    )
    return synthese


def _formulaire(
    request: Requete, cadre: Cadre, formulaire: Any, titre_page: str, verbe: str
) -> HttpResponse:
    contexte = {
        "cadre": cadre,
        "formulaire": formulaire,
        "titre_page": titre_page,
        "verbe": verbe,
        "page": _page(request.acteur, cadre),
    }
    return render(request, "parcours/ecrire.html", contexte)


def _dire(rendez_vous: RendezVousCoaching) -> str:
    quand = f"{date_texte(rendez_vous.debut)}, {heure_texte(rendez_vous.debut)}"
    if rendez_vous.est_a_venir:
        nom = rendez_vous.accompagnement.cadre.nom_complet
        return f"Rendez-vous le {quand}. {nom} reçoit un courriel."
    return f"Rendez-vous du {quand} enregistré. Notez maintenant la présence."
