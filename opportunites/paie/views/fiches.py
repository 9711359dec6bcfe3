"""The pay sheet of a proposition: read, filled in, signed, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs import pdf
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.mots import Role
from collectivites.refus import exiger
from opportunites.communs import objets
from opportunites.models import FicheRemuneration
from opportunites.paie import documents, predicats
from opportunites.paie.actions import fiches as actions
from opportunites.paie.forms.fiches import AccueilForm, OrigineForm
from opportunites.paie.lecture import lire, pour_les_employeurs, valeurs_initiales


@acces(Role.DRH, methodes=ECRITURE)
def ouvrir_fiche(request: Requete, pk: int) -> HttpResponse:
    """The first version, or the next one."""
    fiche = actions.ouvrir_une_version(
        acteur=request.acteur, proposition=objets.proposition(request.acteur, pk)
    )
    messages.success(
        request,
        f"La version {fiche.version} de la fiche est ouverte. Remplissez votre côté ; l’autre DRH "
        "remplit le sien.",
    )
    return redirect("opportunites:fiche_remuneration", pk=fiche.pk)


@acces(Role.CADRE, Role.DRH, Role.DGS)
def fiche_remuneration(request: Requete, pk: int) -> HttpResponse:
    """One version. The person adds her children (`?enfants=2`), which nobody keeps."""
    fiche = objets.fiche(request.acteur, pk)
    contexte = lire(request.acteur, fiche, _enfants(request))
    return render(request, "opportunites/paie/fiche.html", contexte)


def _enfants(request: Requete) -> int:
    brut = request.GET.get("enfants", "")
    return min(int(brut), 20) if brut.isascii() and brut.isdecimal() and len(brut) < 4 else 0


@acces(Role.DRH, methodes=LECTURE_ECRITURE)
def saisir_fiche(request: Requete, pk: int) -> HttpResponse:
    """The acteur's own side; within one employer, `?cote=origine` for the other one."""
    fiche = objets.fiche(request.acteur, pk)
    exiger(predicats.refus_saisir(request.acteur, fiche))
    accueil = predicats.est_du_cote_de_l_accueil(request.acteur, fiche)
    if request.GET.get("cote") == "origine" and fiche.est_interne:
        accueil = False
    formulaire = _formulaire(request, fiche, accueil=accueil)
    if request.method == "POST" and formulaire.is_valid():
        if isinstance(formulaire, AccueilForm):
            actions.saisir_l_accueil(acteur=request.acteur, fiche=fiche, saisie=formulaire.saisie())
        else:
            actions.saisir_l_origine(acteur=request.acteur, fiche=fiche, saisie=formulaire.saisie())
        messages.success(request, "Votre côté de la fiche est enregistré. Relisez, puis signez.")
        return redirect("opportunites:fiche_remuneration", pk=pk)
    contexte = {
        "fiche": fiche,
        "poste": fiche.proposition.opportunite.poste,
        "formulaire": formulaire,
        "accueil": accueil,
        "signee": bool(fiche.empreinte),
    }
    return render(request, "opportunites/paie/saisir.html", contexte)


def _formulaire(
    request: Requete, fiche: FicheRemuneration, *, accueil: bool
) -> AccueilForm | OrigineForm:
    genre: Any = AccueilForm if accueil else OrigineForm
    formulaire: AccueilForm | OrigineForm = genre(
        donnees_postees(request),
        fiche=fiche,
        initial=valeurs_initiales(fiche, accueil=accueil),
    )
    return formulaire


@acces(Role.DRH, methodes=ECRITURE)
def signer_fiche(request: Requete, pk: int) -> HttpResponse:
    """In person."""
    fiche = actions.signer(acteur=request.acteur, fiche=objets.fiche(request.acteur, pk))
    suite = (
        "Les deux DRH ont signé : la fiche est figée, et la personne peut la lire."
        if fiche.est_signee
        else "Votre signature est apposée. Il manque celle de l’autre DRH."
    )
    messages.success(request, suite)
    return redirect("opportunites:fiche_remuneration", pk=pk)


@acces(Role.CADRE, Role.DRH, Role.DGS)
@couteux
def fiche_pdf(request: Requete, pk: int) -> HttpResponse:
    """As it was signed; the employers' paper has nothing that is the person's alone."""
    fiche = objets.fiche_figee(request.acteur, pk)
    html = documents.fiche_de_remuneration(
        fiche,
        request.acteur.collectivite,
        timezone.localdate(),
        pour_la_personne=not pour_les_employeurs(request.acteur),
    )
    nom = f"remuneration-{fiche.proposition_id}-v{fiche.version}.pdf"
    return telechargement(pdf.produire(html), "application/pdf", nom)
