"""Immersions: asked, answered by both employers, signed, done."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import pdf
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import AGENDA, telechargement
from collectivites.mots import ROLES_EMPLOYEUR, ROLES_RH, Role
from collectivites.refus import exiger, exiger_droit
from parcours import regles
from parcours.models import Immersion
from parcours.sessions import agenda, documents, predicats
from parcours.sessions.actions import immersions as actions
from parcours.sessions.etape import etape_a_remplir
from parcours.sessions.forms.immersions import ImmersionForm, ReponseImmersionForm, SignatureForm
from parcours.sessions.souhaits import SOUHAITS

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
                "attend": predicats.refus_repondre_immersion(acteur, i) is None,
            }
            for i in liste
        ],
        "est_cadre": acteur.role == Role.CADRE,
        "comptes": regles.cumul_maximal(
            jour for i in liste if i.etat in Immersion.ETATS_COMPTES for jour in i.dates
        ),
        "maximum": regles.IMMERSION_CUMUL_MAX,
        "souhaits": [souhait for souhaits in SOUHAITS for souhait in souhaits(acteur)],
        "etape": etape_a_remplir(acteur),
    }
    return render(request, "parcours/sessions/immersions.html", contexte)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def nouvelle_immersion(request: Requete) -> HttpResponse:
    """Where, when, to see what; the tool counts the working days."""
    formulaire = ImmersionForm(
        donnees_postees(request), acteur=request.acteur, initial=_deja_su(request)
    )
    if request.method == "POST" and formulaire.is_valid():
        immersion = actions.demander_immersion(acteur=request.acteur, **formulaire.demande)
        messages.success(
            request, "Votre demande est partie aux deux directions des ressources humaines."
        )
        return redirect("parcours:immersion", immersion.pk)
    contexte = {
        "formulaire": formulaire,
        "source": regles.IMMERSION_SOURCE,
        "etape": etape_a_remplir(request.acteur),
    }
    return render(request, "parcours/sessions/immersion_saisie.html", contexte)


@acces(*LECTEURS)
def immersion(request: Requete, pk: int) -> HttpResponse:
    """Where it stands, and what the reader may do about it."""
    acteur = request.acteur
    immersion = _immersion(acteur, pk)
    signe = predicats.refus_signer(acteur, immersion) is None
    contexte = {
        "immersion": immersion,
        "jours": regles.jours_texte(immersion.dates),
        "repond": predicats.refus_repondre_immersion(acteur, immersion) is None,
        "signature": SignatureForm() if signe else None,
        "constate": predicats.refus_constater(acteur, immersion) is None,
        "montre": predicats.refus_montrer_immersion(acteur, immersion) is None,
        "annule": predicats.refus_annuler_immersion(acteur, immersion) is None,
        "imprime": immersion.est_accordee,
        "agenda": immersion.est_accordee and acteur.role == Role.CADRE,
        "source": regles.IMMERSION_SOURCE,
    }
    return render(request, "parcours/sessions/immersion.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def repondre_immersion(request: Requete, pk: int) -> HttpResponse:
    """Yes, not now, or no."""
    acteur = request.acteur
    immersion = _immersion(acteur, pk)
    exiger(predicats.refus_repondre_immersion(acteur, immersion))
    formulaire = ReponseImmersionForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        _repondre(acteur, immersion, **formulaire.cleaned_data)
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
    exiger_droit(predicats.refus_signer(request.acteur, immersion))
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
    messages.success(request, "Votre immersion est annulée. Qui la connaissait en est prévenu.")
    return redirect("parcours:immersion", pk)


@acces(*LECTEURS)
@couteux
def convention_immersion(request: Requete, pk: int) -> HttpResponse:
    """The tripartite agreement, to sign."""
    immersion = _immersion(request.acteur, pk)
    if not immersion.est_accordee:
        raise Http404
    contenu = pdf.produire(documents.render_convention(immersion))
    return telechargement(contenu, "application/pdf", f"convention-immersion-{pk}.pdf")


@acces(Role.CADRE)
def immersion_ics(request: Requete, pk: int) -> HttpResponse:
    immersion = _immersion(request.acteur, pk)
    if not immersion.revision:
        raise Http404
    return telechargement(agenda.calendrier_immersion(immersion), AGENDA, "immersion.ics")


def _deja_su(request: Requete) -> dict[str, str]:
    """Where to, when the person comes from a poste whose host said yes."""
    return {champ: request.GET.get(champ, "")[:160] for champ in ("accueil", "service")}


def _immersion(acteur: Acteur, pk: int) -> Immersion:
    immersion: Immersion = get_object_or_404(
        Immersion.objects.visibles_par(acteur).select_related(
            "cadre__poste", "offre", "collectivite_origine", "collectivite_accueil"
        ),
        pk=pk,
    )
    return immersion


def _repondre(
    acteur: Acteur, immersion: Immersion, *, reponse: str, motif: str, apres: date | None
) -> None:
    if reponse == "accord":
        actions.accorder_immersion(acteur=acteur, immersion=immersion)
    elif reponse == "refus":
        actions.refuser_immersion(acteur=acteur, immersion=immersion, motif=motif)
    else:
        actions.reporter_immersion(acteur=acteur, immersion=immersion, motif=motif, apres=apres)
