"""All that the page « Mon parcours » reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre, Candidature
from collectivites.communs.calendrier import minuit
from collectivites.communs.typographie import capitale
from opportunites.models import Demande, Mobilite, Proposition
from parcours.models import (
    Immersion,
    Inscription,
    InscriptionSession,
    RendezVousCoaching,
    SuiviEtape,
)
from parcours.regles import duree_texte, jours_texte

Etat = Candidature.Etat
Avancee = Candidature.Avancee


@dataclass(frozen=True)
class RendezVous:
    """The next thing in the diary: a step, a session, a coaching. `agenda`: its calendar file;
    `absence`: where to say « je ne pourrai pas venir »."""

    quand: datetime
    fin: datetime | None
    titre: str
    lieu: str
    agenda: str
    texte: str
    absence: str = ""
    #: Whole days: it has no hour.
    journees: bool = False


@dataclass
class Dossier:
    """All that the page reads."""

    cadre: Cadre
    inscription: Inscription | None = None
    suivis: list[SuiviEtape] = field(default_factory=list)
    #: Those that await an answer, the most pressing first.
    propositions: list[Proposition] = field(default_factory=list)
    #: Once a proposition is accepted.
    mobilite: Mobilite | None = None
    voeux: int = 0
    postes_a_lire: int = 0
    #: Confirmed or waiting, in sessions to come; and those to give one's opinion of.
    places: list[InscriptionSession] = field(default_factory=list)
    #: Asked, agreed or signed, not over.
    immersions: list[Immersion] = field(default_factory=list)
    #: The next one.
    coaching: RendezVousCoaching | None = None
    #: The next conversation agreed with the host of a poste.
    rencontre: Demande | None = None

    @property
    def candidature(self) -> Candidature:
        return self.cadre.candidature

    @property
    def accord(self) -> str:
        """What « retenu » takes at its end; both when the civility is not known."""
        if self.cadre.civilite == Cadre.Civilite.HOMME:
            return ""
        return "e" if self.cadre.civilite == Cadre.Civilite.FEMME else "(e)"

    @property
    def heures(self) -> str:
        """What the programme asks of one's time; empty before a promotion, and once it is broken off."""
        if self.inscription is None or self.inscription.etat == Inscription.Etat.INTERROMPUE:
            return ""
        E = SuiviEtape.Etat
        etapes = [s for s in self.suivis if s.etat != E.ANNULEE and not s.etape.est_immersion]
        prevues = sum(s.etape.duree_minutes for s in etapes)
        faites = sum(s.etape.duree_minutes for s in etapes if s.etat == E.FAITE)
        if prevues == faites:
            return f"Les {duree_texte(prevues)} du programme, hors immersion, sont faites."
        if not faites:
            return (
                f"Le programme demande {duree_texte(prevues)}, hors immersion, toutes devant vous."
            )
        return (
            f"Le programme demande {duree_texte(prevues)}, hors immersion : {duree_texte(faites)} "
            f"faites, {duree_texte(prevues - faites)} devant vous."
        )

    @property
    def _immersions_a_venir(self) -> list[RendezVous]:
        """Agreed to, and not begun: whole days."""
        return [
            RendezVous(
                minuit(i.debut),
                None,
                f"Immersion, {i.collectivite_accueil.nom_court}",
                i.lieu or i.service,
                reverse("parcours:immersion_ics", args=[i.pk]),
                f"{capitale(jours_texte(i.dates))}.",
                journees=True,
            )
            for i in self.immersions
            if i.est_accordee and i.debut > timezone.localdate()
        ]

    @property
    def prochain(self) -> RendezVous | None:
        """The next appointment, whatever its kind."""
        drh = "Un empêchement ? Prévenez votre direction des ressources humaines."
        a_venir = [
            RendezVous(
                s.quand,
                s.fin,
                s.etape.intitule,
                s.lieu,
                reverse("parcours:agenda_ics", args=[s.pk]),
                drh,
            )
            for s in self.suivis
            if s.est_a_venir and s.quand and not s.etape.est_immersion
        ]
        a_venir += [
            RendezVous(
                p.session.debut,
                None if p.session.journee_entiere else p.session.fin,
                p.session.prestation.intitule,
                p.session.lieu,
                reverse("parcours:place_ics", args=[p.pk]),
                "Un empêchement ? Annulez votre inscription, la place servira à quelqu’un.",
            )
            for p in self.places
            if p.est_assis and not p.session.est_commencee
        ]
        a_venir += self._immersions_a_venir
        if self.coaching is not None:
            a_venir.append(
                RendezVous(
                    self.coaching.debut,
                    self.coaching.fin,
                    "Coaching",
                    self.coaching.lieu,
                    reverse("parcours:agenda_coaching", args=[self.coaching.pk]),
                    "",
                    reverse("parcours:decliner_rendez_vous", args=[self.coaching.pk]),
                )
            )
        a_venir += self._rencontres()
        return min(a_venir, key=lambda r: r.quand, default=None)

    def _rencontres(self) -> list[RendezVous]:
        if self.rencontre is None or self.rencontre.rendez_vous_le is None:
            return []
        return [
            RendezVous(
                self.rencontre.rendez_vous_le,
                None,
                f"Conversation, {self.rencontre.opportunite.poste.annonce}",
                self.rencontre.rendez_vous_lieu,
                reverse("opportunites:agenda_rencontre", args=[self.rencontre.pk]),
                "Votre employeur actuel n’en sait rien. Un empêchement ? La page du poste dit qui appeler.",
            )
        ]

    @property
    def classe_des_postes(self) -> bool:
        """The postes of the four are open to whoever is, or has been, in a parcours."""
        return (
            self.candidature.etat == Etat.RETENU
            and self.candidature.avancee in {Avancee.EN_PARCOURS, Avancee.ACHEVE}
            and self.inscription is not None
        )
