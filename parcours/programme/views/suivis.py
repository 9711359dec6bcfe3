"""One person's parcours: appointments, attendance, its end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces, retour
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.reponses import AGENDA, telechargement
from collectivites.communs.typographie import compter, date_texte, de, heure_texte
from collectivites.mots import ROLES_EMPLOYEUR, ROLES_RH, Role
from collectivites.refus import exiger, exiger_droit
from parcours.models import EtapeProgramme, Inscription, SuiviEtape
from parcours.programme import predicats, tableau
from parcours.programme.actions import inscriptions
from parcours.programme.actions import suivis as actions
from parcours.programme.forms import ImmersionFaiteForm, InterrompreForm, RendezVousForm
from parcours.sessions import agenda

ORGANISATEURS = (*ROLES_RH, Role.ACCOMPAGNATEUR)


@acces(*ROLES_EMPLOYEUR, Role.ACCOMPAGNATEUR)
def inscription(request: Requete, pk: int) -> HttpResponse:
    """The steps of one person, each with what may be done about it."""
    acteur = request.acteur
    inscription = _inscription(acteur, pk)
    exiger(predicats.refus_suivre(acteur, inscription))
    suivis = _suivis_de(inscription)
    conclut = predicats.refus_conclure(acteur, inscription) is None
    contexte = {
        "inscription": inscription,
        "cadre": inscription.cadre,
        "lignes": [_ligne(acteur, suivi) for suivi in suivis],
        "faites": sum(s.etat == SuiviEtape.Etat.FAITE for s in suivis),
        "conclut": conclut,
        "manques": predicats.manques(suivis) if conclut else [],
        "voit_promotion": acteur.est_employeur,
        "dit_la_suite": predicats.refus_dire_la_sortie(acteur, inscription) is None,
    }
    return render(request, "parcours/programme/inscription.html", contexte)


@acces(*ORGANISATEURS, methodes=LECTURE_ECRITURE)
def planifier(request: Requete, pk: int) -> HttpResponse:
    """A date and a place for one person's step."""
    suivi = _suivi(request.acteur, pk)
    exiger(predicats.refus_planifier(request.acteur, suivi))
    formulaire = _formulaire_de_date(request, suivi)
    if request.method == "POST" and formulaire.is_valid():
        suivi = actions.planifier(acteur=request.acteur, suivi=suivi, **formulaire.cleaned_data)
        messages.success(request, _planifie(suivi))
        return redirect("parcours:inscription", suivi.inscription_id)
    contexte = {"suivi": suivi, "cadre": suivi.inscription.cadre, "formulaire": formulaire}
    return render(request, "parcours/programme/planifier.html", contexte)


@acces(*ORGANISATEURS, methodes=ECRITURE)
def marquer(request: Requete, pk: int) -> HttpResponse:
    """Present, absent or excused: one tap."""
    suivi = _suivi(request.acteur, pk)
    exiger_droit(predicats.refus_organiser(request.acteur, suivi))
    etat, excusee = actions.PRESENCES.get(request.POST.get("presence", ""), ("", False))
    actions.marquer(acteur=request.acteur, suivi=suivi, etat=etat, excusee=excusee)
    constat = {"faite": "présence notée", "excuse": "absence excusée"}.get(
        request.POST["presence"], "absence notée"
    )
    cadre = suivi.inscription.cadre
    messages.success(request, f"{cadre.nom_complet}, {suivi.etape.intitule} : {constat}.")
    ancre = "a-noter" if request.acteur.role == Role.ACCOMPAGNATEUR else "etapes"
    return retour(request, reverse("parcours:inscription", args=[suivi.inscription_id]), ancre)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def presences(request: Requete, pk: int) -> HttpResponse:
    """The attendance sheet of a step, for one's own people. « Tous » marks all those expected."""
    acteur = request.acteur
    etape = get_object_or_404(
        EtapeProgramme.objects.visibles_par(acteur).select_related("promotion"), pk=pk
    )
    suivis = _suivis_geres(acteur, etape)
    marquables = [s for s in suivis if predicats.refus_marquer(acteur, s) is None]
    if request.method == "POST":
        notees = _presences_lues(request, marquables)
        nombre = actions.noter_presences(acteur=acteur, etape=etape, presences=notees)
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
    inscriptions.achever(acteur=request.acteur, inscription=inscription)
    messages.success(
        request,
        f"Le parcours {de(inscription.cadre.nom_complet)} est achevé. "
        "La suite : une proposition de poste.",
    )
    return redirect("parcours:inscription", inscription.pk)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def interrompre(request: Requete, pk: int) -> HttpResponse:
    """Says what is lost, asks why, then stops the parcours."""
    inscription = _inscription(request.acteur, pk)
    exiger_droit(predicats.refus_conclure(request.acteur, inscription))
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
    return telechargement(agenda.calendrier(suivi), AGENDA, "rendez-vous.ics")


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


def _suivis_de(inscription: Inscription) -> list[SuiviEtape]:
    """The steps of one person, in order; each bears the enrolment."""
    suivis = list(inscription.suivis.select_related("etape").order_by("etape__ordre", "pk"))
    for suivi in suivis:
        suivi.inscription = inscription
    return suivis


def _suivis_geres(acteur: Acteur, etape: EtapeProgramme) -> list[SuiviEtape]:
    """One's own people on a step, by name."""
    return list(
        SuiviEtape.objects.geres_par(acteur)
        .filter(etape=etape)
        .select_related("etape", "inscription__cadre__collectivite")
        .order_by("inscription__cadre__nom", "inscription__cadre__prenom", "pk")
    )


def _ligne(acteur: Acteur, suivi: SuiviEtape) -> dict[str, Any]:
    return {
        "suivi": suivi,
        "situation": tableau.situation(suivi),
        "planifiable": predicats.refus_planifier(acteur, suivi) is None,
        "marquable": predicats.refus_marquer(acteur, suivi) is None,
    }


def _planifie(suivi: SuiviEtape) -> str:
    """What was done, and what follows."""
    assert suivi.quand is not None
    if suivi.etape.est_immersion:
        return f"{suivi.etape.intitule} : {date_texte(suivi.quand)}. Notez maintenant la présence."
    quand = f"{date_texte(suivi.quand)}, {heure_texte(suivi.quand)}"
    suite = (
        f"{suivi.inscription.cadre.nom_complet} est prévenu par courriel."
        if suivi.quand > timezone.now()
        else "Notez maintenant la présence."
    )
    return f"{suivi.etape.intitule} : {quand}. {suite}"


def _formulaire_de_date(request: Requete, suivi: SuiviEtape) -> RendezVousForm | ImmersionFaiteForm:
    """An hour; for an immersion, a day that is past."""
    postees = donnees_postees(request)
    if suivi.etape.est_immersion:
        return ImmersionFaiteForm(postees, suivi=suivi, initial={"lieu": suivi.lieu})
    return RendezVousForm(postees, initial=_initial(suivi), promotion=suivi.etape.promotion)


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
    return next((cle for cle, valeur in actions.PRESENCES.items() if valeur == etat), "")


def _presences_lues(request: Requete, marquables: list[SuiviEtape]) -> dict[int, str]:
    """What the sheet says, row by row; « tous »: those expected were there."""
    if "tous" in request.POST:
        return {s.pk: "faite" for s in marquables if s.etat == SuiviEtape.Etat.PLANIFIEE}
    lues = {s.pk: request.POST.get(f"presence-{s.pk}", "") for s in marquables}
    return {pk: cle for pk, cle in lues.items() if cle in actions.PRESENCES}
