"""The accompagnateur's page: the agenda, attendance in two taps, and the people entrusted."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from cadres.models import Cadre
from collectivites.acces import Requete, acces
from collectivites.roles import Role
from parcours import droits
from parcours.models import Inscription, SuiviEtape

#: The agenda shows this many appointments to come.
A_VENIR = 30


@dataclass(frozen=True)
class Personne:
    """Somebody entrusted, with the appointments that they have with the accompagnateur."""

    cadre: Cadre
    inscription: Inscription | None
    suivis: list[SuiviEtape]

    @property
    def a_planifier(self) -> list[SuiviEtape]:
        return [s for s in self.suivis if s.etat == SuiviEtape.Etat.A_PLANIFIER]

    @property
    def manques(self) -> list[SuiviEtape]:
        return [s for s in self.suivis if s.etat == SuiviEtape.Etat.ABSENT and not s.excusee]

    @property
    def faits(self) -> int:
        return sum(1 for s in self.suivis if s.etat == SuiviEtape.Etat.FAITE)

    @property
    def prochain(self) -> SuiviEtape | None:
        """The list comes in order of date."""
        return next((s for s in self.suivis if s.est_a_venir), None)


@acces(Role.ACCOMPAGNATEUR)
def accompagnements(request: Requete) -> HttpResponse:
    """Nothing of pay, nothing of anybody else: only the people entrusted whose yes holds."""
    acteur = request.acteur
    suivis = list(
        SuiviEtape.objects.geres_par(acteur)
        .select_related("etape", "inscription__promotion", "inscription__cadre__collectivite")
        .order_by("quand", "etape__ordre", "pk")
    )
    prevus = [s for s in suivis if s.etat == SuiviEtape.Etat.PLANIFIEE]
    a_noter = [s for s in prevus if droits.peut_marquer(acteur, s)]
    cadres = list(Cadre.objects.visibles_par(acteur).select_related("collectivite", "poste"))
    vivantes = {
        i.cadre_id: i
        for i in Inscription.objects.visibles_par(acteur)
        .filter(etat=Inscription.Etat.EN_COURS)
        .select_related("promotion")
    }
    personnes = [
        Personne(
            cadre,
            vivantes.get(cadre.pk),
            [s for s in suivis if s.inscription.cadre_id == cadre.pk],
        )
        for cadre in cadres
    ]
    contexte = {
        "a_noter": a_noter,
        "largeur": 6 if a_noter else 12,
        "a_venir": [s for s in prevus if s not in a_noter][:A_VENIR],
        # Those who wait for a date first.
        "personnes": sorted(
            (p for p in personnes if p.inscription),
            key=lambda p: not (p.a_planifier or p.manques),
        ),
        "sans_parcours": [p.cadre for p in personnes if not p.inscription],
        "a_planifier": any(p.a_planifier or p.manques for p in personnes),
    }
    return render(request, "parcours/accompagnements.html", contexte)
