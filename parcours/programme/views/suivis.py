"""One person's parcours: appointments, attendance, its end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces, retour
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import compter, date_texte, de, heure_texte
from collectivites.mots import ROLES_EMPLOYEUR, ROLES_RH, Role
from parcours.coaching import predicats as droits_coaching
from parcours.models import EtapeProgramme, Inscription, SuiviEtape
from parcours.programme import predicats as droits
from parcours.programme import tableau
from parcours.programme.actions import inscriptions
from parcours.programme.actions import suivis as actions_suivis
from parcours.programme.forms import InterrompreForm, RendezVousForm
from parcours.sessions import agenda

ORGANISATEURS = (*ROLES_RH, Role.ACCOMPAGNATEUR)


@acces(*ROLES_EMPLOYEUR, Role.ACCOMPAGNATEUR)
def inscription(request: Requete, pk: int) -> HttpResponse:
    """The steps of one person, each with what may be done about it."""
    acteur = request.acteur
    inscription = _inscription(acteur, pk)
    if acteur.est_employeur:
        _refuser_autre_employeur(acteur, inscription)
    suivis = list(inscription.suivis.select_related("etape").order_by("etape__ordre", "pk"))
    for suivi in suivis:
        suivi.inscription = inscription
    lignes = [
        {
            "suivi": suivi,
            "situation": tableau.situation(suivi),
            "planifiable": droits.peut_planifier(acteur, suivi),
            "marquable": droits.peut_marquer(acteur, suivi),
        }
        for suivi in suivis
    ]
    conclut = droits.peut_conclure(acteur, inscription)
    contexte = {
        "inscription": inscription,
        "cadre": inscription.cadre,
        "lignes": lignes,
        "faites": sum(s.etat == SuiviEtape.Etat.FAITE for s in suivis),
        "conclut": conclut,
        "manques": droits.manques(suivis) if conclut else [],
        "voit_promotion": acteur.est_employeur,
        "dit_la_suite": droits_coaching.peut_dire_la_sortie(acteur, inscription),
    }
    return render(request, "parcours/programme/inscription.html", contexte)


@acces(*ORGANISATEURS, methodes=LECTURE_ECRITURE)
def planifier(request: Requete, pk: int) -> HttpResponse:
    """A date and a place for one person's step."""
    suivi = _suivi(request.acteur, pk)
    if request.method == "GET" and not droits.peut_planifier(request.acteur, suivi):
        raise PermissionDenied
    _refuser_hors_de_son_role(request.acteur, suivi)
    formulaire = RendezVousForm(
        donnees_postees(request), initial=_initial(suivi), promotion=suivi.etape.promotion
    )
    if request.method == "POST" and formulaire.is_valid():
        suivi = actions_suivis.planifier(
            acteur=request.acteur, suivi=suivi, **formulaire.cleaned_data
        )
        assert suivi.quand is not None
        suite = (
            f"{suivi.inscription.cadre.nom_complet} est prévenu par courriel."
            if suivi.quand > timezone.now()
            else "Notez maintenant la présence."
        )
        messages.success(
            request,
            f"{suivi.etape.intitule} : {date_texte(suivi.quand)}, {heure_texte(suivi.quand)}. "
            + suite,
        )
        return redirect("parcours:inscription", suivi.inscription_id)
    contexte = {"suivi": suivi, "cadre": suivi.inscription.cadre, "formulaire": formulaire}
    return render(request, "parcours/programme/planifier.html", contexte)


@acces(*ORGANISATEURS, methodes=ECRITURE)
def marquer(request: Requete, pk: int) -> HttpResponse:
    """Present, absent or excused: one tap."""
    suivi = _suivi(request.acteur, pk)
    _refuser_hors_de_son_role(request.acteur, suivi)
    etat, excusee = actions_suivis.PRESENCES.get(request.POST.get("presence", ""), ("", False))
    actions_suivis.marquer(acteur=request.acteur, suivi=suivi, etat=etat, excusee=excusee)
    constat = {"faite": "présence notée", "excuse": "absence excusée"}.get(
        request.POST["presence"], "absence notée"
    )
    cadre = suivi.inscription.cadre
    messages.success(request, f"{cadre.nom_complet}, {suivi.etape.intitule} : {constat}.")
    return retour(request, reverse("parcours:inscription", args=[suivi.inscription_id]))


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def presences(request: Requete, pk: int) -> HttpResponse:
    """The attendance sheet of a step, for one's own people. « Tous » marks all those expected."""
    acteur = request.acteur
    etape = get_object_or_404(
        EtapeProgramme.objects.visibles_par(acteur).select_related("promotion"), pk=pk
    )
    suivis = list(
        SuiviEtape.objects.geres_par(acteur)
        .filter(etape=etape)
        .select_related("etape", "inscription__cadre__collectivite")
        .order_by("inscription__cadre__nom", "inscription__cadre__prenom", "pk")
    )
    marquables = [suivi for suivi in suivis if droits.peut_marquer(acteur, suivi)]
    if request.method == "POST":
        notees = _presences_lues(request, marquables)
        nombre = actions_suivis.noter_presences(acteur=acteur, etape=etape, presences=notees)
        messages.success(request, f"{compter(nombre, 'présence,présences')} à jour.")
        return redirect("parcours:promotion", etape.promotion_id)
    contexte = {
        "etape": etape,
        "promotion": etape.promotion,
        "lignes": [{"suivi": suivi, "choix": _choix_de(suivi)} for suivi in marquables],
        "attendus": sum(s.etat == SuiviEtape.Etat.PLANIFIEE for s in marquables),
        "autres": len(suivis) - len(marquables),
    }
    return render(request, "parcours/programme/presences.html", contexte)


@acces(*ROLES_RH, methodes=ECRITURE)
def achever(request: Requete, pk: int) -> HttpResponse:
    """The parcours is complete."""
    inscription = _inscription(request.acteur, pk)
    _refuser_autre_employeur(request.acteur, inscription)
    inscriptions.achever(acteur=request.acteur, inscription=inscription)
    messages.success(
        request,
        f"Le parcours {de(inscription.cadre.nom_complet)} est achevé. "
        "La suite : une proposition de poste.",
    )
    return redirect("parcours:inscription", inscription.pk)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def interrompre(request: Requete, pk: int) -> HttpResponse:
    """Says what is lost, asks why, then stops the parcours."""
    inscription = _inscription(request.acteur, pk)
    _refuser_autre_employeur(request.acteur, inscription)
    formulaire = InterrompreForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        inscriptions.interrompre(
            acteur=request.acteur, inscription=inscription, **formulaire.cleaned_data
        )
        messages.success(
            request,
            f"Le parcours {de(inscription.cadre.nom_complet)} est interrompu, sa place est libre. "
            "La personne est prévenue.",
        )
        return redirect("parcours:promotion", inscription.promotion_id)
    contexte = {
        "inscription": inscription,
        "formulaire": formulaire,
        "a_venir": inscription.suivis.a_venir().count(),
    }
    return render(request, "parcours/programme/interrompre.html", contexte)


@acces(Role.CADRE)
def agenda_ics(request: Requete, pk: int) -> HttpResponse:
    """The calendar file of one's own appointment."""
    suivi = _suivi(request.acteur, pk)
    if suivi.quand is None:
        raise Http404
    return HttpResponse(
        agenda.calendrier(suivi),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rendez-vous.ics"'},
    )


def _inscription(acteur: Acteur, pk: int) -> Inscription:
    inscription: Inscription = get_object_or_404(
        Inscription.objects.visibles_par(acteur).select_related(
            "promotion", "cadre__collectivite", "cadre__poste", "cadre__candidature"
        ),
        pk=pk,
    )
    return inscription


def _suivi(acteur: Acteur, pk: int) -> SuiviEtape:
    suivi: SuiviEtape = get_object_or_404(
        SuiviEtape.objects.visibles_par(acteur).select_related(
            "etape__promotion", "inscription__cadre__collectivite"
        ),
        pk=pk,
    )
    return suivi


def _refuser_hors_de_son_role(acteur: Acteur, suivi: SuiviEtape) -> None:
    """Another's step: 403. One's own, in a parcours that is over: the action says so in words."""
    vivante = suivi.inscription.etat == Inscription.Etat.EN_COURS
    if vivante and not droits.peut_organiser(acteur, suivi):
        raise PermissionDenied


def _refuser_autre_employeur(acteur: Acteur, inscription: Inscription) -> None:
    if inscription.cadre.collectivite_id != acteur.collectivite.pk:
        raise PermissionDenied


def _initial(suivi: SuiviEtape) -> dict[str, Any]:
    """The date it has; else the common one, if it is still to come."""
    commune = suivi.etape.date_prevue
    quand = suivi.quand or (commune if commune and commune > timezone.now() else None)
    return {
        "quand": quand and timezone.localtime(quand),
        "lieu": suivi.lieu or suivi.etape.lieu,
    }


def _choix_de(suivi: SuiviEtape) -> str:
    """The key of PRESENCES that the row already says; nothing while nobody said it."""
    etat = (suivi.etat, suivi.excusee)
    return next((cle for cle, valeur in actions_suivis.PRESENCES.items() if valeur == etat), "")


def _presences_lues(request: Requete, marquables: list[SuiviEtape]) -> dict[int, str]:
    """What the sheet says, row by row; « tous »: those expected were there."""
    if "tous" in request.POST:
        return {s.pk: "faite" for s in marquables if s.etat == SuiviEtape.Etat.PLANIFIEE}
    lues = {s.pk: request.POST.get(f"presence-{s.pk}", "") for s in marquables}
    return {pk: cle for pk, cle in lues.items() if cle in actions_suivis.PRESENCES}
