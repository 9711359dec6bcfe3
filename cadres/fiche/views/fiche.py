"""One cadre: their page, listing and correcting, and the acts on their candidacy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from cadres.candidature import actions as candidature
from cadres.candidature.forms import ConfierForm
from cadres.candidature.predicats import (
    Refus,
    refus_confier,
    refus_informer,
    refus_ne_pas_retenir,
    refus_retenir,
)
from cadres.candidature.situations import est_des_siens, prochaines_etapes, situation_de
from cadres.donnees_personnelles.consultations import noter_consultations
from cadres.fiche import actions
from cadres.fiche.forms import CadreForm
from cadres.fiche.predicats import (
    refus_annuler_depart,
    refus_enlever,
    refus_modifier,
    refus_renoncer_au_depart_prevu,
    refus_separer,
    refus_signaler_depart,
    refus_suivre,
)
from cadres.fiche.referentiels import NIVEAUX
from cadres.models import (
    AncienIdentifiant,
    Cadre,
    CompetenceDite,
    Consultation,
    DemandeCorrection,
    Fusion,
)
from cadres.mots import EtatCorrection
from cadres.prises import SECTIONS
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import de
from collectivites.models import EntreeJournal
from collectivites.mots import Role
from collectivites.refus import exiger_droit

JOURNAL_MAX = 30


#: What few files have: asked with the file itself, so that the others cost no query.
_QUI_EXISTENT = {
    "a_reunions": Exists(Fusion.objects.filter(garde=OuterRef("pk"), defaite_le__isnull=True)),
    "a_anciens": Exists(AncienIdentifiant.objects.filter(cadre=OuterRef("pk"))),
    "a_competences": Exists(CompetenceDite.objects.filter(cadre=OuterRef("pk"))),
    "a_corrections": Exists(
        DemandeCorrection.objects.filter(cadre=OuterRef("pk"), etat=EtatCorrection.OUVERTE)
    ),
}


#: The acts of the page, and what guards each: a button is drawn when it refuses nothing.
_GESTES: dict[str, Refus] = {
    "modifier": refus_modifier,
    "informer": refus_informer,
    "retenir": refus_retenir,
    "ne_pas_retenir": refus_ne_pas_retenir,
    "confier": refus_confier,
    "signaler_depart": refus_signaler_depart,
    "annuler_depart": refus_annuler_depart,
    "renoncer_au_depart": refus_renoncer_au_depart_prevu,
    "enlever": refus_enlever,
}


def trouver(request: Requete, pk: int, **annotations: Any) -> Cadre:
    """The cadre, if the acteur may see them; 404 otherwise."""
    return get_object_or_404(
        Cadre.objects.visibles_par(request.acteur)
        .annotate(**annotations)
        .select_related(
            "collectivite__demarche",
            "candidature",
            "poste",
            "direction",
            "utilisateur",
            "accompagnateur__utilisateur",
        ),
        pk=pk,
    )


def trouver_des_siens(request: Requete, pk: int) -> Cadre:
    """The same, but another employer's cadre is only looked at: 403."""
    cadre = trouver(request, pk)
    exiger_droit(refus_suivre(request.acteur, cadre))
    return cadre


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR)
def fiche(request: Requete, pk: int) -> HttpResponse:
    """A person's page. Reading it leaves a trace that the person can read."""
    acteur = request.acteur
    cadre = trouver(request, pk, **_QUI_EXISTENT)
    noter_consultations(request, [cadre], Consultation.Nature.FICHE)
    siens = est_des_siens(acteur, cadre)
    contexte: dict[str, Any] = {
        "cadre": cadre,
        "candidature": cadre.candidature,
        "siens": siens,
        "situation": situation_de(acteur, cadre),
        "etape": prochaines_etapes(acteur, [cadre])[cadre.pk],
        "peut": {nom: refus(acteur, cadre) is None for nom, refus in _GESTES.items()},
        "competences": _competences(cadre) if getattr(cadre, "a_competences", False) else [],
        "corrections": DemandeCorrection.objects.visibles_par(acteur).filter(
            cadre=cadre, etat=EtatCorrection.OUVERTE
        )
        if siens and acteur.est_rh and getattr(cadre, "a_corrections", False)
        else [],
        "reunions": [
            reunion
            for reunion in cadre.fusions.select_related("par__utilisateur", "garde__candidature")
            if refus_separer(acteur, reunion) is None
        ]
        if siens and getattr(cadre, "a_reunions", False)
        else [],
        "anciens": cadre.anciens_identifiants.select_related("collectivite")
        if siens and getattr(cadre, "a_anciens", False)
        else [],
        "sections": _sections(request, cadre),
        "journal": lignes_du_journal(request, cadre),
    }
    if contexte["peut"]["confier"]:
        contexte["form_confier"] = ConfierForm(
            mandats=candidature.accompagnateurs(acteur),
            initial={"accompagnateur": cadre.accompagnateur_id},
        )
    return render(request, "cadres/fiche/fiche.html", contexte)


def _competences(cadre: Cadre) -> list[tuple[str, list[str]]]:
    """[(level, skills)], the highest level first. Whoever sees the file sees them."""
    niveaux = dict(NIVEAUX)
    groupes: dict[str, list[str]] = {}
    for dite in CompetenceDite.objects.filter(cadre=cadre):
        groupes.setdefault(niveaux[dite.niveau], []).append(dite.competence.libelle)
    return list(groupes.items())


def _sections(request: Requete, cadre: Cadre) -> list[str]:
    """The sections of the later acts, each only if it is the reader's."""
    rendues: list[str] = []
    for section in SECTIONS:
        if reponse := section(request.acteur, cadre):
            gabarit, contexte = reponse
            contexte = {"cadre": cadre, **contexte}
            rendues.append(render_to_string(gabarit, contexte, request=request))
    return rendues


def lignes_du_journal(request: Requete, cadre: Cadre) -> list[dict[str, object]]:
    """The journal's lines on this person that the reader may read, newest first."""
    lignes = (
        EntreeJournal.objects.visibles_par(request.acteur)
        .filter(cadre_ref__in=_ses_cles(cadre))
        .select_related("auteur", "au_nom_de", "delegation__delegant__utilisateur")[:JOURNAL_MAX]
    )
    return [
        {
            "quand": ligne.quand,
            "qui": ligne.auteur.nom_complet if ligne.auteur else "Quatuor",
            "au_nom_de": _au_nom_de(ligne),
            "quoi": ligne.libelle,
            "pourquoi": ligne.motif.rstrip("."),
        }
        for ligne in lignes
    ]


def _ses_cles(cadre: Cadre) -> list[int]:
    """The person's key, and those of the files that were made one with theirs."""
    if not getattr(cadre, "a_reunions", False):
        return [cadre.pk]
    copies = cadre.fusions.filter(defaite_le__isnull=True).values_list("copie__pk", flat=True)
    return [cadre.pk, *(pk for pk in copies if pk)]


def _au_nom_de(ligne: EntreeJournal) -> str:
    if ligne.au_nom_de is None:
        return ""
    texte = f"{Role(ligne.role).label}, {ligne.au_nom_de.nom}"
    if ligne.delegation is not None:
        texte += f", par délégation {de(ligne.delegation.delegant.utilisateur.nom_complet)}"
    return texte


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def recenser(request: Requete) -> HttpResponse:
    """List one person by hand."""
    formulaire = CadreForm(donnees_postees(request), acteur=request.acteur)
    if formulaire.is_valid():
        cadre = actions.recenser(acteur=request.acteur, donnees=formulaire.cleaned_data)
        messages.success(
            request,
            f"{cadre.nom_complet} est au registre. Aucune autre collectivité ne voit son nom. "
            + (
                "Il reste à l’informer."
                if cadre.est_joignable
                else "Ajoutez son courriel pour pouvoir l’informer."
            ),
        )
        return redirect("cadres:fiche", pk=cadre.pk)
    return render(request, "cadres/fiche/recenser.html", {"formulaire": formulaire})


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def modifier(request: Requete, pk: int) -> HttpResponse:
    """Correct a file."""
    cadre = trouver_des_siens(request, pk)
    formulaire = CadreForm(donnees_postees(request), instance=cadre, acteur=request.acteur)
    if formulaire.is_valid():
        changes = actions.modifier(
            acteur=request.acteur, cadre=cadre, donnees=formulaire.cleaned_data
        )
        messages.success(
            request,
            "La fiche est à jour ; le journal garde ce qui a changé."
            if changes
            else "Rien n’a changé.",
        )
        return redirect("cadres:fiche", pk=cadre.pk)
    contexte = {"formulaire": formulaire, "cadre": cadre}
    return render(request, "cadres/fiche/modifier.html", contexte)


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def confier(request: Requete, pk: int) -> HttpResponse:
    """Entrust a cadre to an accompagnateur of the démarche."""
    cadre = trouver_des_siens(request, pk)
    formulaire = ConfierForm(request.POST, mandats=candidature.accompagnateurs(request.acteur))
    if not formulaire.is_valid():
        messages.error(request, "Choisissez un accompagnateur dans la liste.")
        return redirect("cadres:fiche", pk=cadre.pk)
    choisi = formulaire.cleaned_data["accompagnateur"]
    candidature.confier(acteur=request.acteur, cadre=cadre, accompagnateur=choisi)
    messages.success(
        request,
        f"{choisi.utilisateur.nom_complet} accompagne maintenant {cadre.nom_complet}, "
        "et voit les dates de son parcours."
        if choisi
        else f"{cadre.nom_complet} n’a plus d’accompagnateur.",
    )
    return redirect("cadres:fiche", pk=cadre.pk)


def refuser(request: Requete, cadre: Cadre, raison: str) -> HttpResponse:
    """Back to the person's page, with the reason why the act is not possible now."""
    messages.error(request, raison)
    return redirect("cadres:fiche", pk=cadre.pk)
