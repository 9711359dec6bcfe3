"""Immersions: asked, answered by both employers, signed, done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import pdf
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.reponses import AGENDA, telechargement
from collectivites.mots import ROLES_EMPLOYEUR, ROLES_RH, Role
from parcours import regles
from parcours.models import Immersion
from parcours.sessions import agenda, documents
from parcours.sessions import predicats as droits
from parcours.sessions.actions import immersions as actions
from parcours.sessions.forms import ImmersionForm, ReponseImmersionForm, SignatureForm

LECTEURS = (Role.CADRE, *ROLES_EMPLOYEUR)


@acces(*LECTEURS)
def immersions(request: Requete) -> HttpResponse:
    """One's own; for an employer, those of its cadres and those that it receives."""
    acteur = request.acteur
    liste = list(
        Immersion.objects.visibles_par(acteur)
        .select_related("cadre", "collectivite_origine", "collectivite_accueil")
        .order_by("-debut", "-pk")[:200]
    )
    contexte = {
        "lignes": [
            {
                "immersion": i,
                "jours": regles.jours_texte(i.dates),
                "attend": droits.peut_repondre_immersion(acteur, i),
            }
            for i in liste
        ],
        "est_cadre": acteur.role == Role.CADRE,
        "comptes": regles.cumul_maximal(
            jour for i in liste if i.etat in Immersion.ETATS_COMPTES for jour in i.dates
        ),
        "maximum": regles.IMMERSION_CUMUL_MAX,
    }
    return render(request, "parcours/sessions/immersions.html", contexte)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def nouvelle_immersion(request: Requete) -> HttpResponse:
    """Where, when, to see what; the tool counts the working days."""
    formulaire = ImmersionForm(donnees_postees(request), acteur=request.acteur)
    if request.method == "POST" and formulaire.is_valid():
        donnees = formulaire.cleaned_data
        immersion = actions.demander_immersion(
            acteur=request.acteur,
            **{
                champ: donnees[champ]
                for champ in (
                    "accueil",
                    "jours",
                    "service",
                    "lieu",
                    "fonctions",
                    "motivation",
                    "delai_reduit",
                )
            },
        )
        messages.success(
            request, "Votre demande est partie aux deux directions des ressources humaines."
        )
        return redirect("parcours:immersion", immersion.pk)
    contexte = {"formulaire": formulaire, "source": regles.IMMERSION_SOURCE}
    return render(request, "parcours/sessions/immersion_saisie.html", contexte)


@acces(*LECTEURS)
def immersion(request: Requete, pk: int) -> HttpResponse:
    """Where it stands, and what the reader may do about it."""
    acteur = request.acteur
    immersion = _immersion(acteur, pk)
    contexte = {
        "immersion": immersion,
        "jours": regles.jours_texte(immersion.dates),
        "repond": droits.peut_repondre_immersion(acteur, immersion),
        "signature": SignatureForm() if droits.peut_signer(acteur, immersion) else None,
        "constate": droits.peut_constater(acteur, immersion),
        "annule": droits.peut_annuler_immersion(acteur, immersion),
        "imprime": droits.peut_imprimer_convention(immersion),
        "agenda": droits.peut_imprimer_convention(immersion) and acteur.role == Role.CADRE,
        "source": regles.IMMERSION_SOURCE,
    }
    return render(request, "parcours/sessions/immersion.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def repondre_immersion(request: Requete, pk: int) -> HttpResponse:
    """Yes, not now, or no."""
    acteur = request.acteur
    immersion = _immersion(acteur, pk)
    if request.method == "GET" and not droits.peut_repondre_immersion(acteur, immersion):
        raise PermissionDenied
    formulaire = ReponseImmersionForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        donnees = formulaire.cleaned_data
        if donnees["reponse"] == "accord":
            actions.accorder_immersion(acteur=acteur, immersion=immersion)
        elif donnees["reponse"] == "refus":
            actions.refuser_immersion(acteur=acteur, immersion=immersion, motif=donnees["motif"])
        else:
            actions.reporter_immersion(
                acteur=acteur, immersion=immersion, motif=donnees["motif"], apres=donnees["apres"]
            )
        messages.success(request, "Votre réponse est enregistrée.")
        return redirect("parcours:immersion", pk)
    contexte = {
        "formulaire": formulaire,
        "immersion": immersion,
        "jours": regles.jours_texte(immersion.dates),
    }
    return render(request, "parcours/sessions/repondre_immersion.html", contexte)


@acces(*ROLES_RH, methodes=ECRITURE)
def signer_immersion(request: Requete, pk: int) -> HttpResponse:
    immersion = _immersion(request.acteur, pk)
    if immersion.collectivite_origine_id != request.acteur.collectivite.pk:
        raise PermissionDenied
    formulaire = SignatureForm(request.POST)
    if not formulaire.is_valid():
        messages.error(request, "Écrivez le jour où la convention a été signée.")
        return redirect("parcours:immersion", pk)
    actions.signer_convention(
        acteur=request.acteur,
        immersion=immersion,
        signee_le=formulaire.cleaned_data["signee_le"],
    )
    messages.success(request, "La convention est signée. La personne est prévenue.")
    return redirect("parcours:immersion", pk)


@acces(*ROLES_RH, methodes=ECRITURE)
def constater_immersion(request: Requete, pk: int) -> HttpResponse:
    actions.constater_immersion(acteur=request.acteur, immersion=_immersion(request.acteur, pk))
    messages.success(request, "L’immersion est réalisée.")
    return redirect("parcours:immersion", pk)


@acces(Role.CADRE, methodes=ECRITURE)
def annuler_immersion(request: Requete, pk: int) -> HttpResponse:
    actions.annuler_immersion(acteur=request.acteur, immersion=_immersion(request.acteur, pk))
    messages.success(request, "Votre immersion est annulée. Les deux employeurs sont prévenus.")
    return redirect("parcours:immersion", pk)


@acces(*LECTEURS)
def convention_immersion(request: Requete, pk: int) -> HttpResponse:
    """The tripartite agreement, to sign."""
    immersion = _immersion(request.acteur, pk)
    if not droits.peut_imprimer_convention(immersion):
        raise Http404
    contenu = pdf.produire(documents.render_convention(immersion))
    return telechargement(contenu, "application/pdf", f"convention-immersion-{pk}.pdf")


@acces(Role.CADRE)
def immersion_ics(request: Requete, pk: int) -> HttpResponse:
    immersion = _immersion(request.acteur, pk)
    if not immersion.revision:
        raise Http404
    return telechargement(agenda.calendrier_immersion(immersion), AGENDA, "immersion.ics")


def _immersion(acteur: Acteur, pk: int) -> Immersion:
    immersion: Immersion = get_object_or_404(
        Immersion.objects.visibles_par(acteur).select_related(
            "cadre__poste", "collectivite_origine", "collectivite_accueil"
        ),
        pk=pk,
    )
    return immersion
