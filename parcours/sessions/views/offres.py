"""Offers of immersion: what a service opens, who asks for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.models import Cadre
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import ROLES_EMPLOYEUR, ROLES_RH, Role
from collectivites.refus import exiger, exiger_droit
from parcours import regles
from parcours.models import Immersion, OffreImmersion
from parcours.sessions import predicats
from parcours.sessions.actions import immersions
from parcours.sessions.actions import offres as actions
from parcours.sessions.forms.offres import DemandeSurOffreForm, OffreImmersionForm

LECTEURS = (Role.CADRE, *ROLES_EMPLOYEUR)
#: Offers of a page: a démarche has some dozens.
MONTREES = 100


@acces(*LECTEURS)
def offres_immersion(request: Requete) -> HttpResponse:
    """Those that may still be asked for; one's own, closed ones too."""
    acteur = request.acteur
    liste = (
        OffreImmersion.objects.visibles_par(acteur)
        .a_venir()
        .avec_prises()
        .select_related("collectivite")
        .order_by("debut", "pk")[:MONTREES]
    )
    contexte = {
        "offres": [(offre, max(0, offre.places - offre.prises)) for offre in liste],
        "est_cadre": acteur.role == Role.CADRE,
        "peut_offrir": predicats.refus_offrir(acteur) is None,
    }
    return render(request, "parcours/sessions/offres_immersion.html", contexte)


@acces(*LECTEURS)
def offre_immersion(request: Requete, pk: int) -> HttpResponse:
    """What one would see there; for its employer, who asked."""
    acteur = request.acteur
    offre = _offre(acteur, pk)
    demandes = Immersion.objects.visibles_par(acteur).filter(offre=offre).select_related("cadre")
    contexte = {
        "offre": offre,
        "libres": max(0, offre.places - offre.prises),
        "demandes": [
            (i, regles.jours_texte(i.dates), predicats.refus_repondre_immersion(acteur, i) is None)
            for i in demandes.order_by("debut", "pk")
        ],
        "refus": predicats.refus_demander_sur_offre(acteur, _ma_fiche(acteur), offre)
        if acteur.role == Role.CADRE
        else None,
        "est_cadre": acteur.role == Role.CADRE,
        "tient": predicats.refus_tenir_l_offre(acteur, offre) is None,
        "source": regles.IMMERSION_SOURCE,
    }
    return render(request, "parcours/sessions/offre_immersion.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def nouvelle_offre_immersion(request: Requete) -> HttpResponse:
    formulaire = OffreImmersionForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        offre = actions.faire_une_offre(acteur=request.acteur, donnees=formulaire.cleaned_data)
        messages.success(
            request, "L’offre est publiée : les cadres des autres collectivités la lisent."
        )
        return redirect("parcours:offre_immersion", offre.pk)
    contexte = {"formulaire": formulaire, "source": regles.IMMERSION_SOURCE}
    return render(request, "parcours/sessions/offre_immersion_saisie.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def modifier_offre_immersion(request: Requete, pk: int) -> HttpResponse:
    offre = _offre(request.acteur, pk)
    exiger(predicats.refus_tenir_l_offre(request.acteur, offre))
    formulaire = OffreImmersionForm(donnees_postees(request), instance=offre)
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_l_offre(
            acteur=request.acteur, offre=offre, donnees=formulaire.cleaned_data
        )
        messages.success(request, "L’offre est modifiée.")
        return redirect("parcours:offre_immersion", pk)
    contexte = {"formulaire": formulaire, "offre": offre, "source": regles.IMMERSION_SOURCE}
    return render(request, "parcours/sessions/offre_immersion_saisie.html", contexte)


@acces(*ROLES_RH, methodes=ECRITURE)
def clore_offre_immersion(request: Requete, pk: int) -> HttpResponse:
    offre = actions.clore_l_offre(acteur=request.acteur, offre=_offre(request.acteur, pk))
    suite = "ne se demande plus" if offre.est_close else "se demande de nouveau"
    messages.success(request, f"Cette offre {suite}.")
    return redirect("parcours:offre_immersion", pk)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def demander_offre_immersion(request: Requete, pk: int) -> HttpResponse:
    """One's own days in the period; the host alone is told."""
    acteur = request.acteur
    offre = _offre(acteur, pk)
    exiger(predicats.refus_demander_sur_offre(acteur, _ma_fiche(acteur), offre))
    formulaire = DemandeSurOffreForm(donnees_postees(request), acteur=acteur, offre=offre)
    if request.method == "POST" and formulaire.is_valid():
        immersion = immersions.demander_sur_offre(acteur=acteur, offre=offre, **formulaire.demande)
        messages.success(
            request, "Votre demande est partie à l’accueil. Votre employeur n’en sait rien."
        )
        return redirect("parcours:immersion", immersion.pk)
    contexte = {"formulaire": formulaire, "offre": offre, "source": regles.IMMERSION_SOURCE}
    return render(request, "parcours/sessions/demander_offre_immersion.html", contexte)


@acces(Role.CADRE, methodes=ECRITURE)
def montrer_immersion(request: Requete, pk: int) -> HttpResponse:
    """The person lets their employer know."""
    immersion = get_object_or_404(Immersion.objects.visibles_par(request.acteur), pk=pk)
    exiger_droit(predicats.refus_montrer_immersion(request.acteur, immersion))
    immersions.montrer_immersion(acteur=request.acteur, immersion=immersion)
    messages.success(
        request,
        "Votre employeur est prévenu. Il a un mois pour répondre ; vous recevrez sa réponse.",
    )
    return redirect("parcours:immersion", pk)


def _ma_fiche(acteur: Acteur) -> Cadre | None:
    return Cadre.objects.filter(pk=acteur.cadre_id or 0).select_related("collectivite").first()


def _offre(acteur: Acteur, pk: int) -> OffreImmersion:
    offre: OffreImmersion = get_object_or_404(
        OffreImmersion.objects.visibles_par(acteur).avec_prises().select_related("collectivite"),
        pk=pk,
    )
    return offre
