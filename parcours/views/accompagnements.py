"""The accompagnateur's page: the agenda, attendance in two taps, and the people entrusted."""

from django.http import HttpResponse
from django.shortcuts import render

from cadres.models import Cadre
from collectivites.acces import Requete, acces
from collectivites.roles import Role
from parcours import droits
from parcours.models import EtapeProgramme, Inscription, SuiviEtape

#: The agenda shows this many appointments to come.
A_VENIR = 30


@acces(Role.ACCOMPAGNATEUR)
def accompagnements(request: Requete) -> HttpResponse:
    """Nothing of pay, nothing of anybody else: only the people entrusted whose yes holds."""
    acteur = request.acteur
    suivis = list(
        SuiviEtape.objects.geres_par(acteur)
        .select_related("etape", "inscription__promotion", "inscription__cadre__collectivite")
        .order_by("quand", "etape__ordre", "pk")
    )
    for suivi in suivis:
        suivi.marquable = droits.peut_marquer(acteur, suivi)
    prevus = [s for s in suivis if s.etat == SuiviEtape.Etat.PLANIFIEE]
    cadres = list(Cadre.objects.visibles_par(acteur).select_related("collectivite", "poste"))
    vivantes = {
        i.cadre_id: i
        for i in Inscription.objects.visibles_par(acteur)
        .filter(etat=Inscription.Etat.EN_COURS)
        .select_related("promotion")
    }
    personnes = []
    for cadre in cadres:
        siens = [s for s in suivis if s.inscription.cadre_id == cadre.pk]
        personnes.append(
            {
                "cadre": cadre,
                "inscription": vivantes.get(cadre.pk),
                "a_planifier": [s for s in siens if s.etat == SuiviEtape.Etat.A_PLANIFIER],
                "manques": [s for s in siens if s.etat == SuiviEtape.Etat.ABSENT and not s.excusee],
                "faits": sum(s.etat == SuiviEtape.Etat.FAITE for s in siens),
                "total": len(siens),
                "prochain": next((s for s in siens if s.est_a_venir), None),
            }
        )
    contexte = {
        "a_noter": [s for s in prevus if s.marquable],
        "a_venir": [s for s in prevus if not s.marquable][:A_VENIR],
        "personnes": personnes,
        "a_planifier": sum(len(p["a_planifier"]) + len(p["manques"]) for p in personnes),
        "natures": [EtapeProgramme.Nature(n).label for n in EtapeProgramme.NATURES_ACCOMPAGNEES],
    }
    return render(request, "parcours/accompagnements.html", contexte)
