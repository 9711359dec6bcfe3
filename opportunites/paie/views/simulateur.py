"""The simulation of a cadre: any published poste, from what is known of her. Nothing is kept unless asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from opportunites.communs import objets
from opportunites.models import Estimation, Opportunite
from opportunites.mots import Voie
from opportunites.paie.actions.estimations import garder
from opportunites.paie.calculs.calcul import Calcul, Noms, date_du_calcul
from opportunites.paie.calculs.connu import Regimes, bornes, de_la_personne, du_poste, echelon_de
from opportunites.paie.forms.simulateur import SimulationForm, calculer
from opportunites.paie.presentation import ecrire
from opportunites.paie.voies import voies_pour
from opportunites.remuneration.erreurs import SaisieRefusee


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def simuler(request: Requete, pk: int) -> HttpResponse:
    """A POST keeps amounts out of addresses and of logs; it writes nothing, but for the button that asks."""
    opportunite = objets.opportunite(request.acteur, pk)
    cadre = objets.ma_fiche_avec_mon_poste(request.acteur)
    gardee = Estimation.objects.visibles_par(request.acteur).filter(opportunite=opportunite).first()
    formulaire = _formulaire(request, cadre, opportunite, gardee)
    calcul, manque = _resultat(formulaire)
    if "garder" in request.POST and calcul:
        garder(cadre=cadre, opportunite=opportunite, saisie=formulaire.cleaned_data)
        messages.success(request, "Votre estimation est gardée, pour vous seul.")
        return redirect("opportunites:simuler_la_paie", pk=pk)
    return render(
        request,
        "opportunites/paie/simulation.html",
        {
            "opportunite": opportunite,
            "poste": opportunite.poste,
            "formulaire": formulaire,
            "calcul": calcul,
            "ecrit": ecrire(calcul, pour_la_personne=True) if calcul else None,
            "net_apres_impot": _apres_impot(calcul, formulaire),
            "manque": manque,
            "voie": Voie(calcul.passage.voie).label if calcul else "",
            "jour": formulaire.jour,
            "gardee": gardee,
            "echelon": echelon_de(cadre, formulaire.jour),
        },
    )


@acces(Role.CADRE, methodes=ECRITURE)
def oublier_l_estimation(request: Requete, pk: int) -> HttpResponse:
    """What was kept for this poste, be it open still or not."""
    objets.estimation(request.acteur, pk).delete()
    messages.success(request, "Votre estimation est oubliée.")
    if objets.opportunites(request.acteur).filter(pk=pk).exists():
        return redirect("opportunites:simuler_la_paie", pk=pk)
    return redirect("opportunites:voeux")


def _formulaire(
    request: Requete, cadre: Cadre, opportunite: Opportunite, gardee: Estimation | None
) -> SimulationForm:
    poste = opportunite.poste
    regimes = Regimes.lire(cadre.collectivite, poste.collectivite)
    jour = _jour(opportunite)
    connu = de_la_personne(cadre, jour)
    origine = {
        **connu,
        **bornes(regimes.groupe(cadre.poste)),
        "avantages": regimes.avantages(cadre.collectivite_id),
    }
    accueil = {
        **du_poste(poste, regimes.groupe(poste)),
        "avantages": regimes.avantages(poste.collectivite_id),
    }
    donnees: Any = donnees_postees(request)
    if donnees is None and gardee is not None:
        donnees = gardee.saisie
    return SimulationForm(
        donnees,
        voies=voies_pour(cadre, poste),
        connu_origine=origine,
        connu_accueil=accueil,
        noms=Noms(cadre.collectivite.nom_court, poste.collectivite.nom_court, cadre.cadre_emplois),
        jour=jour,
        initial={"inm": connu["inm"], "nbi": connu["nbi"]},
    )


def _jour(opportunite: Opportunite) -> date:
    """The day of the prise de poste, if it is still to come."""
    aujourd_hui = timezone.localdate()
    return date_du_calcul(max(opportunite.date_prise_poste or aujourd_hui, aujourd_hui))


def _resultat(formulaire: SimulationForm) -> tuple[Calcul | None, str]:
    """At first, from what is known alone: what is missing is said in place of the result."""
    if formulaire.is_bound:
        return (formulaire.calcul if formulaire.is_valid() else None), ""
    donnees: dict[str, Any] = {"quotite": 100, **formulaire.initial}
    try:
        return calculer(formulaire, donnees), ""
    except SaisieRefusee as refusee:
        return None, refusee.refus[0].message


def _apres_impot(calcul: Calcul | None, formulaire: SimulationForm) -> Decimal | None:
    """Net of the proposed poste once the person's own rate is taken; of an exact month alone."""
    taux = formulaire.cleaned_data.get("taux") if formulaire.is_bound and calcul else None
    if calcul is None or taux is None:
        return None
    mois = calcul.comparaison.totaux.mois
    net, imposable = mois["net_avant_PAS"].accueil, mois["net_imposable"].accueil
    if not net.est_exact or net.bas is None or imposable.bas is None:
        return None
    return net.bas - (imposable.bas * taux / 100).quantize(Decimal("0.01"))
