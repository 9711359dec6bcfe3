"""The postes open to the démarche: for the employers that open them, for the cadres who look."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.listes import page_de, rendre_liste
from collectivites.communs.typographie import compter
from collectivites.mots import Role
from collectivites.refus import exiger
from opportunites.communs import objets
from opportunites.communs.parties import est_l_accueil
from opportunites.communs.pieces import telecharger_la_piece
from opportunites.models import VOEUX_MAX, Alerte, Opportunite
from opportunites.postes.actions import postes as actions
from opportunites.postes.filtres import OpportuniteFiltre, PosteOuvertFiltre
from opportunites.postes.forms.opportunite import OpportuniteForm
from opportunites.postes.liste import a_ouvrir, avec_comptes, pour_choisir, vacance_probable
from opportunites.postes.page import pour_l_accueil, pour_le_cadre
from opportunites.postes.predicats import refus_modifier_opportunite

#: How many of their postes a DRH is shown at once when they choose one: they search otherwise.
POSTES_MONTRES = 20

BESOIN_ENREGISTRE = (
    "Le besoin est enregistré. Relisez-le, puis publiez le poste : "
    "les cadres ne le voient pas encore."
)

#: What a cadre may order the postes by.
TRIS_DITS = (
    ("", "les plus récents"),
    ("domaine", "famille de métiers"),
    ("poste", "intitulé"),
    ("collectivite", "collectivité"),
    ("prise", "prise de poste"),
)

#: Postes a page for the cadre, who reads them on a telephone.
AU_CADRE = 12


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, Role.CADRE)
def opportunites(request: Requete) -> HttpResponse:
    """The open postes. Employers see who wants theirs, as a number; cadres why one may suit."""
    acteur = request.acteur
    lignes = objets.opportunites(acteur)
    if acteur.est(Role.CADRE):
        return _postes_ouverts(request, lignes.filter(etat=Opportunite.Etat.PUBLIEE))
    filtre = OpportuniteFiltre(request.GET, queryset=avec_comptes(acteur, lignes), acteur=acteur)
    return rendre_liste(
        request,
        "opportunites/postes/opportunites.html",
        "opportunites/postes/_opportunites.html",
        filtre,
        page=page_de(request, filtre.qs),
        acteur=acteur,
    )


def _postes_ouverts(request: Requete, lignes: QuerySet[Opportunite]) -> HttpResponse:
    filtre = PosteOuvertFiltre(request.GET, queryset=lignes, acteur=request.acteur)
    page = page_de(request, filtre.qs, par_page=AU_CADRE)
    postes, nb_voeux = pour_choisir(request.acteur, page, objets.ma_fiche(request.acteur))
    return rendre_liste(
        request,
        "opportunites/postes/postes_ouverts.html",
        "opportunites/postes/_postes_ouverts.html",
        filtre,
        page=page,
        postes=postes,
        nb_voeux=nb_voeux,
        voeux_max=VOEUX_MAX,
        alerte=Alerte.objects.visibles_par(request.acteur).first(),
        tris=TRIS_DITS,
    )


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, Role.CADRE)
def opportunite(request: Requete, pk: int) -> HttpResponse:
    """One poste. Its host sees who ranked it; a cadre, why it may suit; another employer, it."""
    acteur = request.acteur
    opportunite = objets.opportunite(acteur, pk)
    contexte: dict[str, Any] = {"opportunite": opportunite, "poste": opportunite.poste}
    if acteur.est(Role.CADRE):
        return render(
            request,
            "opportunites/postes/poste_ouvert.html",
            contexte | pour_le_cadre(acteur, opportunite, objets.ma_fiche(acteur)),
        )
    contexte |= {"accueil": est_l_accueil(acteur, opportunite)}
    if contexte["accueil"]:
        contexte |= pour_l_accueil(acteur, opportunite)
    return render(request, "opportunites/postes/opportunite.html", contexte)


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, Role.CADRE)
def fiche_de_poste(request: Requete, pk: int) -> HttpResponse:
    """The document that the host joined, always downloaded."""
    opportunite = objets.opportunite_avec_sa_fiche(request.acteur, pk)
    return telecharger_la_piece(opportunite.piece, opportunite.nom_piece)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def nouvelle_opportunite(request: Requete) -> HttpResponse:
    """Choose a poste of one's own (`?poste=`), or describe a new one (`?poste=nouveau`)."""
    choix = request.GET.get("poste", "")
    if not choix and request.method != "POST":
        return _choisir_le_poste(request)
    poste = objets.poste(request.acteur, int(choix)) if choix.isdecimal() else None
    formulaire = OpportuniteForm(
        donnees_postees(request),
        request.FILES or None,
        instance=poste,
        acteur=request.acteur,
        initial=vacance_probable(poste),
    )
    if request.method == "POST" and formulaire.is_valid():
        # The form has already put its values on `poste`: the action reads it again, locked.
        ouverte = actions.ouvrir_opportunite(
            acteur=request.acteur, poste=poste, donnees=formulaire.cleaned_data
        )
        messages.success(request, BESOIN_ENREGISTRE)
        return redirect("opportunites:opportunite", pk=ouverte.pk)
    contexte = {"formulaire": formulaire, "poste": poste}
    return render(request, "opportunites/postes/nouvelle_opportunite.html", contexte)


def _choisir_le_poste(request: Requete) -> HttpResponse:
    recherche = request.GET.get("q", "").strip()[:80]
    contexte = {
        "postes": a_ouvrir(request.acteur, recherche)[:POSTES_MONTRES],
        "recherche": recherche,
        "au_plus": POSTES_MONTRES,
    }
    return render(request, "opportunites/postes/choisir_poste.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def modifier(request: Requete, pk: int) -> HttpResponse:
    """Correct the description of an open poste."""
    opportunite = objets.opportunite(request.acteur, pk)
    exiger(refus_modifier_opportunite(request.acteur, opportunite))
    formulaire = OpportuniteForm(
        donnees_postees(request),
        request.FILES or None,
        acteur=request.acteur,
        opportunite=opportunite,
    )
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_opportunite(
            acteur=request.acteur, opportunite=opportunite, donnees=formulaire.cleaned_data
        )
        messages.success(request, "La description du poste est à jour.")
        return redirect("opportunites:opportunite", pk=pk)
    contexte = {"formulaire": formulaire, "opportunite": opportunite}
    return render(request, "opportunites/postes/modifier_opportunite.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def publier(request: Requete, pk: int) -> HttpResponse:
    """Show the poste to the promotions."""
    opportunite = objets.opportunite(request.acteur, pk)
    actions.publier(acteur=request.acteur, opportunite=opportunite)
    messages.success(
        request, "Le poste est publié. Les cadres en parcours le voient et peuvent le classer."
    )
    return redirect("opportunites:opportunite", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def retirer(request: Requete, pk: int) -> HttpResponse:
    """Withdraw the poste, and its unanswered propositions."""
    opportunite = objets.opportunite(request.acteur, pk)
    closes = actions.retirer_opportunite(
        acteur=request.acteur,
        opportunite=opportunite,
        motif=request.POST.get("motif", "").strip()[:500],
    )
    suite = f" {compter(closes, 'proposition close,propositions closes')}." if closes else ""
    messages.success(request, f"Le poste est retiré de la démarche.{suite}")
    return redirect("opportunites:opportunites")
