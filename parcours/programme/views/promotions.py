"""The promotions of the démarche: the list, one page each, and who enters them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import decaler
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import accorder, compter
from collectivites.models import Collectivite
from collectivites.mots import ROLES_EMPLOYEUR, ROLES_RH, Acte
from collectivites.refus import Interdit, exiger
from parcours.models import Inscription, Promotion, Session, SuiviEtape
from parcours.programme import predicats, tableau
from parcours.programme.actions.inscriptions import cadres_a_inscrire
from parcours.programme.actions.inscriptions import inscrire as inscrire_cadres
from parcours.programme.actions.promotions import PROGRAMME_TYPE, ouvrir_promotion
from parcours.programme.forms import InscrireForm, PromotionForm
from parcours.programme.mois import mois_de, semaines

PAR_PAGE = 40
DATES_PAR_PAGE = 10


@acces(*ROLES_EMPLOYEUR)
def promotions(request: Requete) -> HttpResponse:
    """Every promotion, with its places and who holds them."""
    acteur = request.acteur
    liste = list(Promotion.objects.visibles_par(acteur).avec_places_prises())
    collectivites = list(Collectivite.objects.visibles_par(acteur))
    prises = _prises(Q(promotion__in=liste))
    lignes = [
        {
            "promotion": promotion,
            "libres": max(promotion.places - promotion.prises, 0),
            "repartition": tableau.places_par_collectivite(
                collectivites, prises.get(promotion.pk, {})
            ),
        }
        for promotion in liste
    ]
    refus = predicats.refus_ouvrir(acteur)
    contexte = {
        "lignes": lignes,
        "peut_ouvrir": refus is None,
        "ferme": "" if isinstance(refus, Interdit) else refus,
    }
    return render(request, "parcours/promotions/promotions.html", contexte)


@acces(acte=Acte.OUVRIR_PROMOTION, methodes=LECTURE_ECRITURE)
def nouvelle_promotion(request: Requete) -> HttpResponse:
    """A DGS opens a promotion, with the usual programme."""
    refus = predicats.refus_ouvrir(request.acteur)
    if refus is not None and request.method != "POST":
        messages.error(request, refus)
        return redirect("parcours:promotions")
    formulaire = PromotionForm(donnees_postees(request), acteur=request.acteur)
    if request.method == "POST" and formulaire.is_valid():
        promotion = ouvrir_promotion(acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(
            request,
            f"{promotion.nom} est ouverte, avec un programme de six étapes. Chaque direction des "
            "ressources humaines peut maintenant y inscrire ses cadres retenus.",
        )
        return redirect("parcours:promotion", promotion.pk)
    contexte = {"formulaire": formulaire, "programme": PROGRAMME_TYPE}
    return render(request, "parcours/promotions/nouvelle_promotion.html", contexte)


@acces(*ROLES_EMPLOYEUR)
def promotion(request: Requete, pk: int) -> HttpResponse:
    """Calendar, participants by step, places."""
    acteur = request.acteur
    promotion = get_object_or_404(
        Promotion.objects.visibles_par(acteur).avec_places_prises(), pk=pk
    )
    lignes, colonnes = _participants(acteur, promotion)
    dates = Paginator(_sessions(acteur, promotion), DATES_PAR_PAGE)
    contexte = {
        "promotion": promotion,
        "libres": max(promotion.places - promotion.prises, 0),
        "repartition": tableau.places_par_collectivite(
            Collectivite.objects.visibles_par(acteur),
            _prises(Q(promotion=promotion)).get(promotion.pk, {}),
        ),
        "colonnes": colonnes,
        "constats": tableau.constats(lignes, colonnes, promotion),
        **_vue(request, lignes),
        "page_sessions": dates.get_page(request.GET.get("dates")),
        "total": len(lignes),
        "peut_adapter": predicats.refus_adapter(acteur, promotion) is None,
        "peut_inscrire": predicats.refus_inscrire(acteur, promotion) is None,
        "note_presences": acteur.est_rh,
    }
    return render(request, "parcours/promotions/promotion.html", contexte)


@acces(*ROLES_EMPLOYEUR)
def calendrier(request: Requete, pk: int) -> HttpResponse:
    """A month of a promotion: its dates, one's own people's, the sessions. Nobody is named."""
    promotion = get_object_or_404(Promotion.objects.visibles_par(request.acteur), pk=pk)
    premier = mois_de(request.GET.get("mois", ""), promotion)
    avant, apres = decaler(premier, mois=-1), decaler(premier, mois=1)
    contexte = {
        "promotion": promotion,
        "premier": premier,
        "avant": avant if avant >= promotion.date_debut.replace(day=1) else None,
        "apres": apres if apres <= promotion.date_fin else None,
        "semaines": semaines(request.acteur, promotion, premier),
    }
    return render(request, "parcours/promotions/calendrier.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def inscrire(request: Requete, pk: int) -> HttpResponse:
    """Choose, among one's retained cadres, who enters the promotion."""
    acteur = request.acteur
    promotion = get_object_or_404(
        Promotion.objects.visibles_par(acteur).avec_places_prises(), pk=pk
    )
    exiger(predicats.refus_inscrire(acteur, promotion))
    libres = max(promotion.places - promotion.prises, 0)
    formulaire = InscrireForm(
        donnees_postees(request), acteur=acteur, promotion=promotion, libres=libres
    )
    if request.method == "POST" and formulaire.is_valid():
        faites = inscrire_cadres(acteur=acteur, promotion=promotion, **formulaire.cleaned_data)
        messages.success(
            request,
            f"{compter(len(faites), 'cadre')} {accorder(len(faites), 'inscrit')}. Chacun reçoit un "
            "courriel avec les dates déjà connues. Il reste à planifier les autres étapes.",
        )
        return redirect("parcours:promotion", promotion.pk)
    candidats = cadres_a_inscrire(acteur, promotion).select_related("poste", "direction")
    contexte = {
        "promotion": promotion,
        "libres": libres,
        "formulaire": formulaire,
        "candidats": list(candidats),
        "coches": set(request.POST.getlist("cadres")),
    }
    return render(request, "parcours/promotions/inscrire.html", contexte)


def _vue(request: Requete, lignes: list[tableau.Ligne]) -> dict[str, Any]:
    """The participants that « voir » asks for, and the page of them."""
    voir = request.GET.get("voir", "")
    choix = _choix(lignes, request.acteur.collectivite)
    montrees = next((c["lignes"] for c in choix if c["cle"] == voir), lignes)
    lisibles = [ligne for ligne in montrees if not ligne.masquee]
    page = Paginator(lisibles, PAR_PAGE).get_page(request.GET.get("page"))
    masquees = [ligne for ligne in montrees if ligne.masquee]
    return {"page": page, "choix": choix, "voir": voir, "masquees": masquees}


def _participants(
    acteur: Acteur, promotion: Promotion
) -> tuple[list[tableau.Ligne], list[tableau.Colonne]]:
    """The table of who goes through the promotion, one's own people first."""
    inscriptions = (
        Inscription.objects.visibles_par(acteur)
        .filter(promotion=promotion)
        .exclude(etat=Inscription.Etat.INTERROMPUE)
        .select_related("cadre__collectivite")
        .order_by("cadre__nom", "cadre__prenom", "pk")
    )
    suivis = SuiviEtape.objects.visibles_par(acteur).filter(inscription__promotion=promotion)
    etapes = list(promotion.etapes.all())
    lignes, colonnes = tableau.dresser(inscriptions, etapes, suivis, acteur.collectivite)
    lignes.sort(key=lambda ligne: ligne.masquee)
    return lignes, colonnes


def _sessions(acteur: Acteur, promotion: Promotion) -> Any:
    """The sessions of the catalogue that fall in its period."""
    return (
        Session.objects.visibles_par(acteur)
        .pendant(promotion.date_debut, promotion.date_fin)
        .avec_places()
        .select_related("prestation__collectivite")
        .order_by("debut", "pk")
    )


def _prises(condition: Q) -> dict[int, dict[int, int]]:
    """Places held, by promotion then by collectivité. One query; names nobody."""
    prises: dict[int, dict[int, int]] = {}
    rangs = (
        Inscription.objects.filter(condition)
        .exclude(etat=Inscription.Etat.INTERROMPUE)
        .order_by()
        .values_list("promotion", "cadre__collectivite")
        .annotate(nombre=Count("pk"))
    )
    for promotion, collectivite, nombre in rangs:
        prises.setdefault(promotion, {})[collectivite] = nombre
    return prises


def _choix(lignes: list[tableau.Ligne], collectivite: Collectivite) -> list[dict[str, Any]]:
    """The ways to look at the participants; each says how many it would show."""
    return [
        {"cle": "", "libelle": "Tous", "lignes": lignes},
        {
            "cle": "retard",
            "libelle": "En retard",
            "lignes": [ligne for ligne in lignes if ligne.en_retard],
        },
        {
            "cle": "rattraper",
            "libelle": "Absences à rattraper",
            "lignes": [ligne for ligne in lignes if ligne.a_rattraper],
        },
        {
            "cle": "libres",
            "libelle": "Rien de planifié",
            "lignes": [ligne for ligne in lignes if ligne.rien_de_planifie],
        },
        {
            "cle": "miens",
            "libelle": collectivite.nom_court,
            "lignes": [
                ligne
                for ligne in lignes
                if ligne.inscription.cadre.collectivite_id == collectivite.pk
            ],
        },
    ]
