"""The synthesis: a draft of two people, that the cadre may publish, and take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from collectivites.refus import exiger
from parcours.coaching import predicats
from parcours.coaching.actions import synthese as actions
from parcours.coaching.dossier import lire
from parcours.coaching.forms import SyntheseForm
from parcours.coaching.mur import derriere_le_mur
from parcours.coaching.views.objets import (
    LES_DEUX,
    la_synthese,
    ou_ecrire,
    page_de,
    synthese_en_cours,
)
from parcours.models import Synthese


@acces(*LES_DEUX, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def rediger_synthese(request: Requete, pk: int) -> HttpResponse:
    """The common draft. `pk`: the cadre's. Whoever was overtaken keeps what they typed."""
    cadre = ou_ecrire(request.acteur, pk)
    synthese = synthese_en_cours(request.acteur, cadre)
    exiger(predicats.refus_rediger(request.acteur, cadre, synthese))
    enregistre, revision = (lire(synthese), synthese.revision) if synthese else ("", 0)
    formulaire = SyntheseForm(
        donnees_postees(request), initial={"texte": enregistre, "revision": revision}
    )
    contexte = {"cadre": cadre, "formulaire": formulaire, "page": page_de(request.acteur, cadre)}
    if request.method == "POST" and formulaire.is_valid():
        if formulaire.cleaned_data["revision"] == revision:
            actions.rediger_synthese(acteur=request.acteur, cadre=cadre, **formulaire.cleaned_data)
            messages.success(request, "Synthèse enregistrée, entre vous deux.")
            return redirect(f"{contexte['page']}#synthese")
        formulaire.dire_depasse(revision)
        contexte["depassee"] = enregistre
    return render(request, "parcours/ecrits/rediger_synthese.html", {"depassee": "", **contexte})


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def publier_synthese(request: Requete, pk: int) -> HttpResponse:
    """Shows exactly what will be read, and by whom; then publishes that, and nothing else."""
    synthese = la_synthese(request.acteur, pk)
    exiger(predicats.refus_publier(request.acteur, synthese))
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        actions.publier_synthese(
            acteur=request.acteur,
            synthese=synthese,
            revision=int(revision) if revision.isdecimal() else -1,
        )
        messages.success(
            request,
            "Votre synthèse est publiée : votre DRH et votre DGS peuvent la lire. "
            "Vous pouvez la retirer à tout moment.",
        )
        return redirect(f"{reverse('parcours:mon_accompagnement')}#synthese")
    contexte = {"synthese": synthese, **_a_lire(synthese), "jour": timezone.localdate()}
    return render(request, "parcours/ecrits/publier_synthese.html", contexte)


@acces(Role.CADRE, methodes=ECRITURE)
def depublier_synthese(request: Requete, pk: int) -> HttpResponse:
    """It comes back behind the wall."""
    synthese = la_synthese(request.acteur, pk)
    actions.depublier_synthese(acteur=request.acteur, synthese=synthese)
    messages.success(request, "Votre synthèse est retirée : votre employeur ne la lit plus.")
    return redirect(f"{reverse('parcours:mon_accompagnement')}#synthese")


@acces(Role.DRH, Role.DGS)
@derriere_le_mur
def synthese_publiee(request: Requete, pk: int) -> HttpResponse:
    """What the cadre let their own DRH and DGS read."""
    synthese = get_object_or_404(
        Synthese.objects.publiees_pour(request.acteur).select_related(
            "accompagnement__cadre__collectivite", "accompagnement__accompagnateur__utilisateur"
        ),
        pk=pk,
    )
    contexte = {**_a_lire(synthese), "jour": synthese.publiee_le}
    return render(request, "parcours/ecrits/synthese_publiee.html", contexte)


def _a_lire(synthese: Synthese) -> dict[str, Any]:
    """The paper, as its readers have it; its date is the page's to say."""
    return {
        "cadre": synthese.accompagnement.cadre,
        "accompagnateur": synthese.accompagnement.accompagnateur.utilisateur,
        "texte_publie": lire(synthese),
    }
