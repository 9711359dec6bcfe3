"""A proposition as its cadre reads it: a letter, with its reasons and its date."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter, date_texte
from opportunites.communs import objets
from opportunites.models import Opportunite, Proposition, Question, Voeu
from opportunites.propositions.raisons import Raison, raisons


@dataclass(frozen=True)
class Carte:
    """What `_carte_proposition.html` shows. Without `repond`, no button."""

    proposition: Proposition
    raisons: list[Raison]
    repond: bool

    @property
    def ident(self) -> str:
        return f"proposition-{self.proposition.pk}"

    @property
    def description(self) -> str:
        opportunite = self.proposition.opportunite
        a_dire = opportunite.sous_reserve or opportunite.est_urgente
        publicite = f" {opportunite.publicite}" if a_dire else ""
        return f"{decrire(opportunite)}{publicite}"

    @property
    def accepter(self) -> str:
        return f"{self._url}?reponse=oui" if self.repond else ""

    @property
    def refuser(self) -> str:
        if not self.repond:
            return ""
        return reverse("opportunites:refuser", args=[self.proposition.pk])

    @property
    def _url(self) -> str:
        return reverse("opportunites:proposition", args=[self.proposition.pk])


def decrire(opportunite: Opportunite) -> str:
    """« DGA Solidarités. 60 agents, groupe IFSE A2, 1 jour de télétravail. Prise de poste… »."""
    poste = opportunite.poste
    faits = []
    if poste.nb_agents_encadres:
        faits.append(compter(poste.nb_agents_encadres, "agent encadré,agents encadrés"))
    if poste.groupe_ifse:
        faits.append(f"groupe IFSE {poste.groupe_ifse}")
    if poste.jours_teletravail:
        faits.append(
            compter(poste.jours_teletravail, "jour de télétravail,jours de télétravail")
            + " par semaine"
        )
    if poste.emploi_fonctionnel:
        faits.append("emploi fonctionnel")
    if poste.nbi_points:
        faits.append(f"NBI de {compter(poste.nbi_points, 'point')}")
    phrases = [poste.direction.libelle if poste.direction else "", poste.lieu, ", ".join(faits)]
    if opportunite.responsable:
        phrases.append(f"Responsable direct : {opportunite.responsable}")
    if opportunite.remuneration_annoncee:
        phrases.append(f"Rémunération annoncée : {opportunite.remuneration_annoncee}")
    if opportunite.vacance != Opportunite.Vacance.VACANT:
        phrases.append(opportunite.situation)
    if opportunite.date_prise_poste:
        phrases.append(f"Prise de poste le {date_texte(opportunite.date_prise_poste)}")
    return " ".join(f"{phrase[0].upper()}{phrase[1:]}." for phrase in phrases if phrase)


def carte(acteur: Acteur, proposition: Proposition) -> Carte:
    """The card of one proposition of the acteur, who is its cadre. One query."""
    rangs = _rangs(acteur)
    return _carte(proposition, proposition.cadre, rangs)


def cartes_en_attente(acteur: Acteur) -> list[Carte]:
    """The propositions that await the cadre's answer, most pressing first. Two queries."""
    if acteur.cadre_id is None:
        return []
    attendues = list(
        objets.propositions(acteur)
        .filter(etat=Proposition.Etat.ENVOYEE, repondre_avant__gt=timezone.now())
        .order_by("repondre_avant", "pk")
    )
    rangs = _rangs(acteur) if attendues else {}
    return [_carte(proposition, proposition.cadre, rangs) for proposition in attendues]


def _rangs(acteur: Acteur) -> dict[int, int]:
    return dict(Voeu.objects.visibles_par(acteur).values_list("opportunite_id", "rang"))


def _carte(proposition: Proposition, cadre: Cadre, rangs: dict[int, int]) -> Carte:
    return Carte(
        proposition=proposition,
        raisons=raisons(cadre, proposition.opportunite, rangs.get(proposition.opportunite_id)),
        repond=proposition.etat == Proposition.Etat.ENVOYEE and not proposition.est_tardive,
    )


def questions_de(acteur: Acteur, proposition: Proposition) -> list[Question]:
    """One query."""
    return list(
        Question.objects.visibles_par(acteur)
        .filter(proposition=proposition)
        .select_related("repondue_par__utilisateur")
    )
