"""The postes open to the démarche: for the employers that open them, for the cadres who look."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.models import Cadre
from collectivites.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteur import Acteur
from collectivites.models import Poste
from collectivites.roles import Role
from collectivites.typographie import compter
from opportunites import actions, predicats
from opportunites.filtres import OpportuniteFiltre, PosteOuvertFiltre
from opportunites.forms import OpportuniteForm
from opportunites.lecture_poste import pour_l_accueil, pour_le_cadre
from opportunites.models import VOEUX_MAX, Opportunite, Proposition, Voeu
from opportunites.raisons import raisons
from opportunites.views import objets
from opportunites.views.listes import donnees_postees, page_de, rendre_liste
from parcours.models import Inscription

#: How many of their postes a DRH is shown at once when they choose one: they search otherwise.
POSTES_MONTRES = 20

#: Postes a page for the cadre, who reads them on a telephone.
AU_CADRE = 12


def _visibles(acteur: Acteur) -> QuerySet[Opportunite]:
    visibles: QuerySet[Opportunite] = Opportunite.objects.visibles_par(acteur).select_related(
        "poste__collectivite", "poste__direction"
    )
    return visibles


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, Role.CADRE)
def opportunites(request: Requete) -> HttpResponse:
    """The open postes. Employers see who wants theirs, as a number; cadres why one may suit."""
    acteur = request.acteur
    lignes = _visibles(acteur)
    if acteur.est(Role.CADRE):
        return _postes_ouverts(request, lignes.filter(etat=Opportunite.Etat.PUBLIEE))
    filtre = OpportuniteFiltre(request.GET, queryset=_avec_comptes(acteur, lignes), acteur=acteur)
    return rendre_liste(
        request,
        "opportunites/opportunites.html",
        "opportunites/_opportunites.html",
        filtre,
        page=page_de(request, filtre.qs),
        acteur=acteur,
    )


def _avec_comptes(acteur: Acteur, lignes: QuerySet[Opportunite]) -> QuerySet[Opportunite]:
    """How many people ranked each poste, and how many were proposed it: the host's alone."""
    sien = {"opportunite": OuterRef("pk"), "opportunite__poste__collectivite": acteur.collectivite}

    def compte(rangees: QuerySet[Any]) -> Coalesce:
        total = rangees.order_by().values("opportunite").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(total), 0)

    vivantes = Proposition.objects.filter(etat__in=Proposition.ETATS_VIVANTS, **sien)
    return lignes.annotate(
        nb_voeux=compte(Voeu.objects.visibles_par(acteur).filter(**sien)),
        nb_propositions=compte(vivantes),
    )


def _postes_ouverts(request: Requete, lignes: QuerySet[Opportunite]) -> HttpResponse:
    acteur = request.acteur
    filtre = PosteOuvertFiltre(request.GET, queryset=lignes, acteur=acteur)
    cadre = objets.ma_fiche(request)
    rangs = _mes_rangs(acteur)
    page = page_de(request, filtre.qs, par_page=AU_CADRE)
    postes = [
        {
            "opportunite": opportunite,
            "raisons": raisons(cadre, opportunite),
            "rang": rangs.get(opportunite.pk),
            "refus": predicats.refus_exprimer_voeu(acteur, opportunite, cadre, len(rangs)),
        }
        for opportunite in page
    ]
    return rendre_liste(
        request,
        "opportunites/postes_ouverts.html",
        "opportunites/_postes_ouverts.html",
        filtre,
        page=page,
        postes=postes,
        nb_voeux=len(rangs),
        voeux_max=VOEUX_MAX,
    )


def _mes_rangs(acteur: Acteur) -> dict[int, int]:
    return dict(Voeu.objects.visibles_par(acteur).values_list("opportunite_id", "rang"))


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, Role.CADRE)
def opportunite(request: Requete, pk: int) -> HttpResponse:
    """One poste. Its host sees who ranked it; a cadre, why it may suit; another employer, it."""
    acteur = request.acteur
    opportunite = objets.opportunite(request, pk)
    contexte: dict[str, Any] = {"opportunite": opportunite, "poste": opportunite.poste}
    if acteur.est(Role.CADRE):
        return render(
            request,
            "opportunites/poste_ouvert.html",
            contexte | pour_le_cadre(acteur, opportunite, objets.ma_fiche(request)),
        )
    contexte |= {"accueil": predicats.est_l_accueil(acteur, opportunite)}
    if contexte["accueil"]:
        contexte |= pour_l_accueil(acteur, opportunite)
    return render(request, "opportunites/opportunite.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def nouvelle_opportunite(request: Requete) -> HttpResponse:
    """Choose a poste of one's own (`?poste=`), or describe a new one (`?poste=nouveau`)."""
    choix = request.GET.get("poste", "")
    if not choix and request.method != "POST":
        return _choisir_le_poste(request)
    poste = None
    if choix.isdecimal():
        poste = get_object_or_404(Poste.objects.visibles_par(request.acteur), pk=int(choix))
    tenu = poste is not None and Cadre.objects.filter(poste=poste).exists()
    formulaire = OpportuniteForm(
        donnees_postees(request),
        instance=poste,
        acteur=request.acteur,
        initial={"vacance": Opportunite.Vacance.SUSCEPTIBLE} if tenu else None,
    )
    if request.method == "POST" and formulaire.is_valid():
        # The form has already put its values on `poste`: the action reads it again, locked.
        ouverte = actions.ouvrir_opportunite(
            acteur=request.acteur, poste=poste, donnees=formulaire.cleaned_data
        )
        messages.success(
            request,
            "Le besoin est enregistré. Relisez-le, puis publiez le poste\u00a0: "
            "les cadres ne le voient pas encore.",
        )
        return redirect("opportunites:opportunite", pk=ouverte.pk)
    return render(
        request,
        "opportunites/nouvelle_opportunite.html",
        {"formulaire": formulaire, "poste": poste},
    )


def _choisir_le_poste(request: Requete) -> HttpResponse:
    recherche = request.GET.get("q", "").strip()[:80]
    deja = Opportunite.objects.filter(poste=OuterRef("pk"), etat__in=Opportunite.ETATS_VIVANTS)
    postes = (
        Poste.objects.visibles_par(request.acteur)
        .filter(~Exists(deja))
        .select_related("direction")
        .annotate(
            est_tenu=Exists(Cadre.objects.filter(poste=OuterRef("pk"))),
            # Its own HR direction knows who is in a promotion; nobody else reads this page.
            susceptible=Exists(
                Inscription.objects.filter(
                    cadre__poste=OuterRef("pk"), etat=Inscription.Etat.EN_COURS
                )
            ),
        )
        .order_by("est_tenu", "-susceptible", "intitule", "pk")
        .chercher(recherche)
    )
    contexte = {
        "postes": postes[:POSTES_MONTRES],
        "recherche": recherche,
        "au_plus": POSTES_MONTRES,
    }
    return render(request, "opportunites/choisir_poste.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def modifier(request: Requete, pk: int) -> HttpResponse:
    """Correct the description of an open poste."""
    opportunite = objets.opportunite(request, pk)
    predicats.exiger(predicats.refus_modifier_opportunite(request.acteur, opportunite))
    formulaire = OpportuniteForm(
        donnees_postees(request), acteur=request.acteur, opportunite=opportunite
    )
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_opportunite(
            acteur=request.acteur, opportunite=opportunite, donnees=formulaire.cleaned_data
        )
        messages.success(request, "La description du poste est à jour.")
        return redirect("opportunites:opportunite", pk=pk)
    contexte = {"formulaire": formulaire, "opportunite": opportunite}
    return render(request, "opportunites/modifier_opportunite.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def publier(request: Requete, pk: int) -> HttpResponse:
    """Show the poste to the promotions."""
    opportunite = objets.opportunite(request, pk)
    actions.publier(acteur=request.acteur, opportunite=opportunite)
    messages.success(
        request, "Le poste est publié. Les cadres en parcours le voient et peuvent le classer."
    )
    return redirect("opportunites:opportunite", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def retirer(request: Requete, pk: int) -> HttpResponse:
    """Withdraw the poste, and its unanswered propositions."""
    opportunite = objets.opportunite(request, pk)
    closes = actions.retirer_opportunite(
        acteur=request.acteur,
        opportunite=opportunite,
        motif=request.POST.get("motif", "").strip()[:500],
    )
    suite = f" {compter(closes, 'proposition close,propositions closes')}." if closes else ""
    messages.success(request, f"Le poste est retiré de la démarche.{suite}")
    return redirect("opportunites:opportunites")
