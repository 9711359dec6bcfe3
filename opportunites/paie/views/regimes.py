"""The régime indemnitaire of one's collectivité: read, typed, imported, exported."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cadres.recensement.fichiers.tableur import TYPES_MIME, ecrire_tableur
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.mots import ROLES_EMPLOYEUR, Role
from opportunites.models import Regime
from opportunites.paie.actions.regimes import enregistrer_un_regime
from opportunites.paie.forms.champs import initial_des_avantages
from opportunites.paie.forms.regimes import (
    GroupesForm,
    ImportRegimeForm,
    RegimeForm,
    groupes_saisis,
)
from opportunites.paie.predicats import refus_enregistrer_un_regime
from opportunites.paie.tableur import entetes, rangees
from opportunites.remuneration.baremes.fraicheur import ChiffreARevoir, chiffres_a_revoir
from opportunites.remuneration.baremes.lecture import baremes
from opportunites.remuneration.comparaison.avantages import AVANTAGES


@acces(*ROLES_EMPLOYEUR)
def regime(request: Requete) -> HttpResponse:
    """The one in force, then the dates of those before it."""
    regimes = list(_siens(request))
    courant = regimes[0] if regimes else None
    contexte = {
        "regime": courant,
        "groupes": list(courant.groupes.all()) if courant else [],
        "avantages": _avantages(courant),
        "anciens": regimes[1:],
        "peut_enregistrer": refus_enregistrer_un_regime(request.acteur) is None,
        "collectivite": request.acteur.collectivite,
    }
    return render(request, "opportunites/paie/regime.html", contexte)


def _siens(request: Requete) -> Any:
    return (
        Regime.objects.visibles_par(request.acteur)
        .filter(collectivite=request.acteur.collectivite)
        .order_by("-deliberee_le")
        .prefetch_related("groupes")
    )


def _avantages(regime: Regime | None) -> list[tuple[str, str, str]]:
    """Label, amount, unit."""
    if regime is None:
        return []
    return [
        (a.libelle, regime.avantages[code], str(a.unite))
        for code, a in AVANTAGES.items()
        if code in regime.avantages
    ]


@acces(Role.DRH, methodes=LECTURE_ECRITURE)
def saisir_regime(request: Requete) -> HttpResponse:
    """A délibération typed by hand, from the one before."""
    courant = _siens(request).first()
    donnees = donnees_postees(request)
    formulaire = RegimeForm(donnees, initial=_initial(courant))
    lignes = [model_to_dict(g) for g in courant.groupes.all()] if courant else _MODELE
    groupes = GroupesForm(donnees, initial=lignes, prefix="groupes")
    if request.method == "POST" and all([formulaire.is_valid(), groupes.is_valid()]):
        enregistrer_un_regime(
            acteur=request.acteur,
            deliberee_le=formulaire.cleaned_data["deliberee_le"],
            reference=formulaire.cleaned_data["reference"],
            groupes=groupes_saisis(groupes),
            avantages=formulaire.avantages(),
        )
        messages.success(request, "Le régime indemnitaire est enregistré.")
        return redirect("opportunites:regime")
    contexte = {"formulaire": formulaire, "groupes": groupes}
    return render(request, "opportunites/paie/saisir_regime.html", contexte)


#: A common use, not a rule: each collectivité names its own groups.
_MODELE = [{"code": code} for code in ("A1", "A2", "A3", "A4")]


def _initial(regime: Regime | None) -> dict[str, Any]:
    if regime is None:
        return {}
    return {
        "deliberee_le": regime.deliberee_le,
        "reference": regime.reference,
        **initial_des_avantages(regime.avantages),
    }


@acces(Role.DRH, methodes=LECTURE_ECRITURE)
def importer_regime(request: Requete) -> HttpResponse:
    """A spreadsheet: all its faults at once, or the whole of it recorded."""
    formulaire = ImportRegimeForm(donnees_postees(request), request.FILES or None)
    if request.method == "POST" and formulaire.is_valid():
        enregistrer_un_regime(
            acteur=request.acteur,
            deliberee_le=formulaire.cleaned_data["deliberee_le"],
            reference=formulaire.cleaned_data["reference"],
            groupes=formulaire.groupes,
        )
        messages.success(request, "Le tableur est lu, et le régime indemnitaire enregistré.")
        return redirect("opportunites:regime")
    return render(request, "opportunites/paie/importer_regime.html", {"formulaire": formulaire})


@acces(*ROLES_EMPLOYEUR)
@couteux
def exporter_regime(request: Requete) -> HttpResponse:
    """The groups in force; without any, the columns alone, as a model to fill in."""
    courant = _siens(request).first()
    lignes = rangees(list(courant.groupes.all())) if courant else []
    contenu = b"".join(ecrire_tableur(entetes(), lignes, "xlsx", titre="Régime indemnitaire"))
    nom = f"regime-indemnitaire-{request.acteur.collectivite.code}.xlsx"
    return telechargement(contenu, TYPES_MIME["xlsx"], nom)


@acces(*ROLES_EMPLOYEUR)
def chiffres(request: Requete) -> HttpResponse:
    """The figures that nobody has verified for more than twelve months."""
    jour = timezone.localdate()
    a_revoir = chiffres_a_revoir(baremes(), jour)
    contexte = {
        "anciens": _par_source([c for c in a_revoir if c.verifie_le]),
        "jamais": _par_source([c for c in a_revoir if not c.verifie_le]),
        "jour": jour,
        "empreinte": baremes().empreinte,
    }
    return render(request, "opportunites/paie/chiffres.html", contexte)


def _d_un_trait(noms: list[str]) -> str:
    """« Attaché territorial 1, 2, 3 »: what only its last number tells apart is named once."""
    rangs: dict[str, list[str]] = {}
    for nom in noms:
        debut, _, rang = nom.rpartition(" ")
        rangs.setdefault(debut if rang.isdecimal() and debut else nom, []).append(
            rang if rang.isdecimal() and debut else ""
        )
    return " ; ".join(
        f"{debut} {', '.join(r for r in suite if r)}".strip() for debut, suite in rangs.items()
    )


def _par_source(chiffres: list[ChiffreARevoir]) -> list[tuple[ChiffreARevoir, str, str]]:
    """One row for the figures of one source, which are read again together: their names, their lines."""
    groupes: dict[tuple[str, str, str], list[ChiffreARevoir]] = {}
    for chiffre in chiffres:
        groupes.setdefault((chiffre.fichier, chiffre.source, chiffre.constat), []).append(chiffre)
    return [
        (
            groupe[0],
            _d_un_trait([c.designation.strip() for c in groupe]),
            ", ".join(str(c.ligne) for c in groupe),
        )
        for groupe in groupes.values()
    ]
