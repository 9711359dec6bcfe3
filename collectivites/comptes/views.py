"""Accounts and mandats: the pages that every role shares."""

from typing import cast

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from collectivites.acteurs import delegations as actions
from collectivites.acteurs.acces import (
    ECRITURE,
    LECTURE_ECRITURE,
    Requete,
    RequeteOuverte,
    acces,
    connecte,
    public,
    retour,
)
from collectivites.acteurs.acteur import CLE_SESSION, mandats_de
from collectivites.acteurs.predicats import refus_donner, refus_revoquer
from collectivites.communs.cles_de_liens import SANS_CLE
from collectivites.communs.formulaires import donnees_postees
from collectivites.comptes.adresses.views import vers_le_compte
from collectivites.comptes.continuer import page_locale
from collectivites.comptes.essais import reconnaitre_l_appareil
from collectivites.comptes.forms import DelegationForm, InvitationForm
from collectivites.comptes.fournisseurs.configuration import tous as fournisseurs
from collectivites.comptes.invitations import invite_du_lien, oublier_le_lien
from collectivites.comptes.second_facteur.exigence import a_un_second_facteur
from collectivites.comptes.session import cle_de_compte, reste, reste_du_jour
from collectivites.garanties import mur
from collectivites.models import Delegation, Tache, Utilisateur
from collectivites.mots import Role
from collectivites.travaux.arrets import genres_recus, lire_le_lien
from collectivites.travaux.battement import est_silencieuse
from collectivites.travaux.reprise import refus_reprendre, reprendre
from collectivites.travaux.taches import avancement


@public(methodes=LECTURE_ECRITURE)
@never_cache
def session(request: RequeteOuverte) -> JsonResponse:
    """Whose session it is, how many seconds remain, and a fresh token for the forms of the page.

    A POST is a use like another: it renews. Nobody logged in: no account, and no time left.
    """
    present = request.user.is_authenticated
    return JsonResponse(
        {
            "compte": cle_de_compte(request.user) if present else "",
            "reste": max(0, int(reste(request.session))) if present else 0,
            "jour": max(0, int(reste_du_jour(request.session))) if present else 0,
            "jeton": get_token(request),
        }
    )


@connecte()
def premier_mot_de_passe(request: RequeteOuverte) -> HttpResponse:
    """Whoever came in by a provider alone: their mailbox answers for the first password."""
    if cast(Utilisateur, request.user).has_usable_password():
        return redirect("account_change_password")
    messages.info(
        request, "Vous n’avez pas encore de mot de passe : un lien vous en fera choisir un."
    )
    return redirect("account_reset_password")


@connecte(methodes=ECRITURE)
def changer_mandat(request: RequeteOuverte) -> HttpResponse:
    """Choose in whose name one acts."""
    utilisateur = cast(Utilisateur, request.user)
    choisi = next(
        (m for m in mandats_de(utilisateur) if str(m.pk) == request.POST.get("mandat")), None
    )
    if choisi is None:
        messages.error(request, "Ce mandat n’est plus en vigueur.")
        return retour(request)
    request.session[CLE_SESSION] = choisi.pk
    messages.success(request, f"Vous agissez maintenant comme {choisi.libelle}.")
    return redirect(page_locale(request, request.POST.get("suite", "")) or "pilotage:accueil")


@sensitive_post_parameters()
@public(methodes=LECTURE_ECRITURE)
@never_cache
def invitation(request: RequeteOuverte, uid: str, jeton: str) -> HttpResponse:
    """The link of an invitation mail: choose a password, and come in."""
    invite = invite_du_lien(request, uid, jeton)
    if invite is None:
        return render(request, "collectivites/invitation_perimee.html", status=410)
    if jeton != SANS_CLE:
        apres = {"suite": request.GET["suite"]} if "suite" in request.GET else None
        return redirect(reverse("collectivites:invitation", args=[uid, SANS_CLE], query=apres))
    if invite.adresse_a_confirmer:
        return vers_le_compte(request, uid)
    formulaire = InvitationForm(invite, donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        formulaire.save()
        oublier_le_lien(request)
        if a_un_second_facteur(invite):
            return redirect("account_login")
        login(request, invite, backend=settings.AUTHENTICATION_BACKENDS[-1])
        record_authentication(request, invite, "password")
        reponse = redirect(page_locale(request, request.GET.get("suite", "")) or "pilotage:accueil")
        reconnaitre_l_appareil(reponse, invite)
        return reponse
    roles = [mandat.libelle for mandat in mandats_de(invite) if mandat.role != Role.CADRE]
    contexte = {
        "formulaire": formulaire,
        "invite": invite,
        "roles": roles,
        "uid": uid,
        "suite": request.GET.get("suite", ""),
        "fournisseurs": fournisseurs(),
    }
    return render(request, "collectivites/invitation.html", contexte)


# Programs that read mail send this POST, without a session nor its token (RFC 8058): the signed link is
# the proof, and it can only stop a kind of mail.
@public(methodes=LECTURE_ECRITURE)
@csrf_exempt
@mur.partout()
def arreter_courriels(request: RequeteOuverte, jeton: str) -> HttpResponse:
    """The link at the foot of a mail: a button, then no more mail of that kind. POST `genre`: another
    kind, that the page offers as well."""
    lu = lire_le_lien(jeton)
    if lu is None:
        raise Http404
    personne, genre = lu
    recus = genres_recus(personne)
    if request.method == "POST":
        genre = next((g for g in recus if g.cle == request.POST.get("genre")), genre)
        if genre is None:
            raise Http404
        genre.arreter(personne)
    contexte = {
        "genre": genre,
        "fait": request.method == "POST",
        "personne": personne,
        "autres": [g for g in genres_recus(personne) if g != genre],
    }
    return render(request, "collectivites/arreter_courriels.html", contexte)


@acces()
def tache(request: Requete, pk: str) -> HttpResponse:
    """A piece of long work: how far it is, and what came of it. The page asks itself again."""
    travail = get_object_or_404(Tache.objects.visibles_par(request.acteur), pk=pk)
    fait, total = avancement(travail)
    bilan = travail.resultat.get("bilan", "")
    contexte = {
        "tache": travail,
        "fait": fait,
        "total": total,
        "bilan": bilan,
        "silencieuse": est_silencieuse(travail),
        "peut_reprendre": refus_reprendre(request.acteur, travail) is None,
    }
    return render(request, "collectivites/tache.html", contexte)


@acces(methodes=ECRITURE)
def reprendre_tache(request: Requete, pk: str) -> HttpResponse:
    """Run again a job that its server let down."""
    travail = get_object_or_404(Tache.objects.visibles_par(request.acteur), pk=pk)
    reprendre(acteur=request.acteur, tache=travail)
    return redirect("collectivites:tache", pk)


@acces(Role.DGS, Role.DRH)
def delegations(request: Requete) -> HttpResponse:
    """The delegations given and received in the collectivité, live first."""
    liste = Delegation.objects.visibles_par(request.acteur).select_related(
        "delegant__utilisateur", "delegataire__utilisateur", "delegant__collectivite"
    )
    decisions = actions.decisions_sous(request.acteur, liste)
    lignes = [(d, refus_revoquer(request.acteur, d) is None, decisions.get(d.pk, 0)) for d in liste]
    contexte = {"lignes": lignes, "peut_donner": refus_donner(request.acteur) is None}
    return render(request, "collectivites/delegations.html", contexte)


@acces(Role.DGS, methodes=LECTURE_ECRITURE, preuve=True)
def nouvelle_delegation(request: Requete) -> HttpResponse:
    """A DGS delegates named acts to a DRH; `?renouveler=` proposes a former delegation again."""
    formulaire = DelegationForm(
        donnees_postees(request),
        acteur=request.acteur,
        initial=actions.a_renouveler(request.acteur, request.GET.get("renouveler", "")),
    )
    if request.method == "POST" and formulaire.is_valid():
        delegation = actions.donner_delegation(acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(
            request,
            f"Délégation donnée à {delegation.delegataire.utilisateur.nom_complet}. "
            "Elle se voit sur votre page de pilotage, et vous pouvez y mettre fin à tout moment.",
        )
        return redirect("collectivites:delegations")
    return render(request, "collectivites/nouvelle_delegation.html", {"formulaire": formulaire})


@acces(Role.DGS, methodes=ECRITURE)
def revoquer_delegation(request: Requete, pk: int) -> HttpResponse:
    """A DGS ends a delegation at once."""
    delegation = get_object_or_404(Delegation.objects.visibles_par(request.acteur), pk=pk)
    actions.revoquer_delegation(acteur=request.acteur, delegation=delegation)
    messages.success(request, "La délégation est révoquée, dès maintenant.")
    return redirect("collectivites:delegations")
