"""The file of a move, for the two employers and for the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from collectivites.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteur import Acteur
from collectivites.roles import Role
from collectivites.typographie import date_texte
from opportunites import actions, predicats
from opportunites.filtres import MobiliteFiltre
from opportunites.forms_dossier import MobiliteForm
from opportunites.models import Element, Impact, Mobilite, ReponseOrigine, Reserve, Suivi
from opportunites.predicats.dossier import (
    refus_cocher,
    refus_documenter_l_impact,
    refus_renseigner_suivi,
    refus_repondre_a_la_demande,
)
from opportunites.views.listes import donnees_postees, page_de, rendre_liste
from opportunites.voies import (
    attend_une_reponse,
    echeances,
    indemnite,
    obstacle,
    precautions,
    toutes_les_voies,
    voies_possibles,
)

EMPLOYEURS = (Role.DGS, Role.DRH, Role.GESTIONNAIRE)


def _visibles(acteur: Acteur) -> QuerySet[Mobilite]:
    visibles: QuerySet[Mobilite] = Mobilite.objects.visibles_par(acteur).select_related(
        "cadre",
        "collectivite_origine",
        "collectivite_accueil",
        "poste_origine",
        "poste_accueil__direction",
        "poste_accueil__collectivite",
        "proposition",
    )
    return visibles


def trouver(request: Requete, pk: int) -> Mobilite:
    return get_object_or_404(_visibles(request.acteur), pk=pk)


@acces(*EMPLOYEURS)
def mobilites(request: Requete) -> HttpResponse:
    """The moves from and to one's collectivité."""
    acteur = request.acteur
    filtre = MobiliteFiltre(request.GET, queryset=_visibles(acteur), acteur=acteur)
    return rendre_liste(
        request,
        "opportunites/mobilites.html",
        "opportunites/_mobilites.html",
        filtre,
        page=page_de(request, filtre.qs),
        aujourdhui=timezone.localdate(),
    )


@acces(*EMPLOYEURS, Role.CADRE)
def mobilite(request: Requete, pk: int) -> HttpResponse:
    """Where the move stands, its route, its dates and their rules."""
    acteur = request.acteur
    dossier = trouver(request, pk)
    cotes = _cotes(acteur, dossier)
    contexte: dict[str, Any] = {
        "mobilite": dossier,
        "voie": toutes_les_voies()[dossier.voie] if dossier.voie else None,
        "echeances": echeances_de(dossier),
        "attend_une_reponse": attend_une_reponse(dossier),
        "reponses": list(
            ReponseOrigine.objects.visibles_par(acteur)
            .filter(mobilite=dossier)
            .select_related("par__utilisateur")
        ),
        "indemnite": indemnite(dossier),
        "obstacle": _obstacle(dossier),
        "cotes": cotes,
        "reste": sum(cote.reste for cote in cotes),
        "total": sum(len(cote.points) for cote in cotes),
        "impact": Impact.objects.visibles_par(acteur)
        .filter(mobilite=dossier)
        .select_related("mobilite", "maj_par__utilisateur")
        .first(),
        "est_l_origine": acteur.est_employeur
        and acteur.collectivite.pk == dossier.collectivite_origine_id,
        "suivis": _suivis(acteur, dossier),
        "reserves": Reserve.objects.visibles_par(acteur)
        .filter(proposition=dossier.proposition)
        .select_related("collectivite"),
        "pour_le_cadre": acteur.est(Role.CADRE),
        "peut_preparer": predicats.refus_preparer(acteur, dossier) is None,
        "peut_constater": predicats.refus_rendre_effective(acteur, dossier) is None,
        "peut_abandonner": predicats.refus_abandonner(acteur, dossier) is None,
        "peut_reserver": predicats.refus_deposer_reserve_sur(acteur, dossier) is None,
        "peut_repondre": refus_repondre_a_la_demande(acteur, dossier) is None,
        "peut_documenter": refus_documenter_l_impact(acteur, dossier) is None,
    }
    return render(request, "opportunites/mobilite.html", contexte)


def echeances_de(dossier: Mobilite) -> dict[str, Any]:
    """The dates that the route implies, from the request, or else estimated from the agreement."""
    depart = dossier.demande_recue_le or timezone.localdate(dossier.ouverte_le)
    return {
        "depart": depart,
        "estimees": dossier.demande_recue_le is None,
        "lignes": echeances(dossier, depart),
    }


def derniere_reponse(dossier: Mobilite) -> ReponseOrigine | None:
    """The answer of the origin that is in force. One query."""
    if not dossier.reponse_origine:
        return None
    return dossier.reponses.first()


def _obstacle(dossier: Mobilite) -> str | None:
    """What stands between an open file and its date, when there is one."""
    if dossier.etat != Mobilite.Etat.OUVERTE or not dossier.voie or dossier.date_effet is None:
        return None
    return obstacle(dossier, dossier.date_effet)


@dataclass(frozen=True)
class Cote:
    """The points of one side, each with whether the reader may tick it."""

    titre: str
    points: list[tuple[Element, bool]]

    @property
    def reste(self) -> int:
        return sum(not element.est_fait for element, _ in self.points)

    @property
    def est_au_lecteur(self) -> bool:
        return any(peut for _, peut in self.points)


def _cotes(acteur: Acteur, dossier: Mobilite) -> list[Cote]:
    """The list, side by side: the reader's own first. One query."""
    lignes = (
        Element.objects.visibles_par(acteur)
        .filter(mobilite=dossier)
        .select_related("fait_par")
        .order_by("jours", "ordre")
    )
    points: dict[str, list[tuple[Element, bool]]] = {cote: [] for cote in Element.Cote.values}
    for element in lignes:
        element.mobilite = dossier
        points[element.cote].append((element, refus_cocher(acteur, element) is None))
    titres = {
        Element.Cote.ORIGINE: dossier.collectivite_origine.nom,
        Element.Cote.ACCUEIL: dossier.collectivite_accueil.nom,
        Element.Cote.CADRE: "Vous" if acteur.est(Role.CADRE) else "La personne",
    }
    cotes = [Cote(titre, points[cote]) for cote, titre in titres.items() if points[cote]]
    return sorted(cotes, key=lambda c: not c.est_au_lecteur)


def _suivis(acteur: Acteur, dossier: Mobilite) -> list[tuple[Suivi, bool]]:
    """The reader's own follow-ups, each with whether it may be filled in. One query."""
    suivis = list(Suivi.objects.visibles_par(acteur).filter(mobilite=dossier).order_by("mois"))
    for suivi in suivis:
        suivi.mobilite = dossier
    return [(suivi, refus_renseigner_suivi(acteur, suivi) is None) for suivi in suivis]


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def preparer(request: Requete, pk: int) -> HttpResponse:
    """Choose the route and the date of effect."""
    dossier = trouver(request, pk)
    refus = predicats.refus_preparer(request.acteur, dossier)
    predicats.exiger_droit(refus)
    if refus is not None and request.method != "POST":
        messages.error(request, refus)
        return redirect("opportunites:mobilite", pk=pk)
    formulaire = MobiliteForm(donnees_postees(request), mobilite=dossier)
    if request.method == "POST" and formulaire.is_valid():
        donnees = formulaire.cleaned_data
        actions.preparer_mobilite(acteur=request.acteur, mobilite=dossier, **donnees)
        messages.success(
            request, f"Le dossier est à jour\u00a0: effet le {date_texte(donnees['date_effet'])}."
        )
        return redirect("opportunites:mobilite", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "mobilite": dossier,
        "voies": voies_possibles(dossier),
        "precautions": precautions(dossier),
    }
    return render(request, "opportunites/preparer_mobilite.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def rendre_effective(request: Requete, pk: int) -> HttpResponse:
    """The person has taken the poste."""
    actions.rendre_effective(acteur=request.acteur, mobilite=trouver(request, pk))
    messages.success(
        request,
        "La mobilité est effective. Le registre est à jour, et le poste est pourvu.",
    )
    return redirect("opportunites:mobilite", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def abandonner(request: Requete, pk: int) -> HttpResponse:
    """The move will not take place."""
    actions.abandonner_mobilite(
        acteur=request.acteur,
        mobilite=trouver(request, pk),
        motif=request.POST.get("motif", "")[:1000],
    )
    messages.success(
        request,
        "La mobilité est abandonnée. La personne garde son poste, et celui qui lui était proposé "
        "reste ouvert.",
    )
    return redirect("opportunites:mobilite", pk=pk)
