"""« Mon parcours »: where a cadre stands, in kind words, and the timeline « vous êtes ici ».

Built from rows already loaded: nothing here asks the database, nothing writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.urls import reverse

from cadres.models import Cadre, Candidature
from collectivites.typographie import INSECABLE, compter, date_texte, heure_texte, jour_de
from opportunites.models import Mobilite, Proposition
from parcours.models import (
    Immersion,
    Inscription,
    InscriptionSession,
    RendezVousCoaching,
    SuiviEtape,
)
from parcours.regles import jours_texte
from pilotage.phrases import capitale, en_lettres

Etat = Candidature.Etat
Avancee = Candidature.Avancee
E = SuiviEtape.Etat
Genre = Literal["info", "succes", "attente"]


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

    @property
    def candidature(self) -> Candidature:
        return self.cadre.candidature

    @property
    def accord(self) -> str:
        """What « retenu » takes at its end; both when the civility is not known."""
        return {"F": "e", "M": ""}.get(self.cadre.civilite, "(e)")

    @property
    def prochain(self) -> RendezVous | None:
        """The next appointment, whatever its kind."""
        drh = "Un empêchement ? Prévenez votre direction des ressources humaines."
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
            if s.est_a_venir and s.quand
        ]
        a_venir += [
            RendezVous(
                p.session.debut,
                None if p.session.journee_entiere else p.session.fin,
                p.session.prestation.intitule,
                p.session.lieu,
                reverse("parcours:place_ics", args=[p.pk]),
                "Un empêchement ? Annulez votre inscription, la place servira à quelqu’un.",
            )
            for p in self.places
            if p.est_assis and not p.session.est_commencee
        ]
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
        return min(a_venir, key=lambda r: r.quand, default=None)

    @property
    def classe_des_postes(self) -> bool:
        """The postes of the four are open to whoever is, or has been, in a parcours."""
        return (
            self.candidature.etat == Etat.RETENU
            and self.candidature.avancee in {Avancee.EN_PARCOURS, Avancee.ACHEVE}
            and self.inscription is not None
        )


@dataclass(frozen=True)
class Situation:
    """A sentence, what it means for the person, and its tone."""

    titre: str
    texte: str
    genre: Genre = "info"


# --- What is expected of me ---------------------------------------------------------------------


def attendus(dossier: Dossier) -> list[dict[str, Any]]:
    """The rows of « liens.html »: answers due, each with its date when it has one."""
    lignes: list[dict[str, Any]] = []
    if dossier.candidature.etat in {Etat.INFORME, Etat.SANS_REPONSE}:
        lignes.append(
            {
                "libelle": "Dire oui ou non à la démarche",
                "detail": "Vous êtes libre de votre réponse, et pouvez en changer.",
                "url": reverse("cadres:ma_candidature"),
            }
        )
    lignes += [
        {
            "libelle": "Répondre à une proposition",
            "detail": proposition.opportunite.poste.intitule,
            "url": f"#proposition-{proposition.pk}",
            "delai": proposition.repondre_avant,
        }
        for proposition in dossier.propositions
    ]
    if dossier.classe_des_postes and not dossier.voeux and dossier.postes_a_lire:
        lignes.append(
            {
                "libelle": "Classer les postes qui vous tentent",
                "detail": f"{compter(dossier.postes_a_lire, 'poste ouvert,postes ouverts')}. "
                "Votre employeur ne voit jamais vos vœux.",
                "url": reverse("opportunites:opportunites"),
            }
        )
    return lignes


def phrase_attendus(nombre: int) -> str:
    """« Deux réponses sont attendues de vous. »"""
    if not nombre:
        return "Rien n’est attendu de vous aujourd’hui."
    if nombre == 1:
        return "Une réponse est attendue de vous."
    return f"{capitale(en_lettres(nombre))} réponses sont attendues de vous."


def sessions(dossier: Dossier) -> list[dict[str, Any]]:
    """The rows of « liens.html »: sessions one is in, waits for, or may say a word of; immersions."""
    lignes: list[dict[str, Any]] = [
        {
            "libelle": place.session.prestation.intitule,
            "url": reverse("parcours:session", args=[place.session_id]),
            "detail": f"{place.session.quand[0].upper()}{place.session.quand[1:]}",
            "complement": "votre avis ?"
            if place.etat == InscriptionSession.Etat.PRESENT
            else "place confirmée"
            if place.est_assis
            else "sur liste d’attente",
        }
        for place in dossier.places
    ]
    lignes += [
        {
            "libelle": f"Immersion, {immersion.collectivite_accueil.nom_court}",
            "url": reverse("parcours:immersion", args=[immersion.pk]),
            "detail": jours_texte(immersion.dates),
            "complement": immersion.get_etat_display().lower(),
        }
        for immersion in dossier.immersions
    ]
    return lignes


# --- Where I stand, in words --------------------------------------------------------------------


def situation(dossier: Dossier) -> Situation:
    """The sentence of the page. Every state of a candidacy has its own."""
    if dossier.candidature.etat == Etat.RETENU:
        return _situation_retenu(dossier)
    return _situation_candidature(dossier)


def _situation_candidature(dossier: Dossier) -> Situation:
    candidature, e = dossier.candidature, dossier.accord
    if candidature.etat == Etat.RECENSE:
        return Situation(
            f"Votre collectivité vous a recensé{e}.",
            "Votre direction des ressources humaines vous écrira pour vous proposer la démarche. "
            "Aucune autre collectivité ne voit votre nom.",
        )
    if candidature.etat == Etat.INFORME:
        return Situation(
            "Votre collectivité vous propose d’entrer dans la démarche.",
            "Dites oui ou non, librement. Avant un oui, aucune autre collectivité ne voit votre "
            "nom. Un non ne vous portera pas préjudice.",
            "attente",
        )
    if candidature.etat == Etat.SANS_REPONSE:
        return Situation(
            "Vous n’avez pas répondu, et c’est votre droit.",
            "Rien n’est décidé sans vous. Si la démarche vous tente, vous pouvez encore dire oui.",
        )
    if candidature.etat == Etat.DESACCORD:
        return Situation(
            "Vous avez dit non, et nous le respectons.",
            "Rien d’autre ne vous est demandé, et cela ne vous portera pas préjudice. Aucune autre "
            "collectivité ne voit votre nom. Si vous changez d’avis, vous pouvez encore dire oui.",
        )
    if candidature.etat == Etat.ACCORD:
        return Situation(
            "Vous avez dit oui, merci.",
            "La direction générale de votre collectivité décide maintenant qui est retenu. Vous "
            f"serez prévenu{e} par courriel, et pouvez vous retirer à tout moment.",
            "succes",
        )
    if candidature.etat == Etat.NON_RETENU:
        motif = candidature.motif_decision
        return Situation(
            f"Vous n’êtes pas retenu{e} cette fois.",
            "Cette décision ne change rien à votre poste, ni à la suite de votre carrière. "
            + (f"Le motif donné{INSECABLE}: {motif}" if motif else "")
            + " Vous pouvez en parler avec votre direction des ressources humaines.",
        )
    if dossier.cadre.parti_le:
        return Situation(
            "Votre collectivité a noté votre départ.",
            "Votre place dans la démarche est refermée. Si c’est une erreur, dites-le à votre "
            "direction des ressources humaines\u00a0: elle peut annuler ce départ.",
        )
    return Situation(
        f"Vous vous êtes retiré{e} de la démarche.",
        f"{_depuis(candidature.retire_le)}Cela ne vous portera pas préjudice, et votre poste ne "
        "change pas. Si vous souhaitez revenir, il suffit de dire de nouveau oui.",
    )


def _situation_retenu(dossier: Dossier) -> Situation:
    avancee, mobilite, e = dossier.candidature.avancee, dossier.mobilite, dossier.accord
    if avancee == Avancee.EFFECTIVE:
        return Situation(
            "Vous avez pris votre nouveau poste.",
            f"{_destination(mobilite)}Nous ferons le point avec vous à 6 et à 12 mois.",
            "succes",
        )
    if avancee == Avancee.ENGAGEE:
        quand = (
            f"Votre prise de poste est prévue le {date_texte(mobilite.date_effet)}. "
            if mobilite and mobilite.date_effet
            else "Les deux directions des ressources humaines préparent votre dossier. "
        )
        return Situation(
            "Votre mobilité se prépare.",
            f"{_destination(mobilite)}{quand}Vous gardez votre poste jusqu’à ce jour.",
            "succes",
        )
    if avancee == Avancee.ACHEVE and not dossier.propositions:
        return Situation(
            "Votre parcours est achevé, bravo.",
            "Aucune proposition ne vous attend pour l’instant. Vos vœux restent lus par les "
            "employeurs qui ouvrent des postes, et vous gardez le vôtre.",
            "succes",
        )
    if avancee == Avancee.ACHEVE:
        return Situation(
            "Votre parcours est achevé, et un poste vous est proposé.",
            "Prenez le temps de le lire. Un refus ne vous portera pas préjudice.",
            "succes",
        )
    if dossier.inscription is None:
        return Situation(
            f"Vous êtes retenu{e}.",
            "Votre direction des ressources humaines vous inscrira dans une promotion. Vous serez "
            f"prévenu{e} par courriel, et vos rendez-vous s’afficheront ici.",
            "succes",
        )
    if dossier.inscription.etat == Inscription.Etat.INTERROMPUE:
        return Situation(
            "Votre parcours est interrompu.",
            f"{_depuis(dossier.inscription.finie_le)}{dossier.inscription.motif_fin} Vous restez "
            "dans la démarche et pourrez entrer dans une autre promotion.",
        )
    promotion = dossier.inscription.promotion
    faites = sum(s.etat == E.FAITE for s in dossier.suivis)
    return Situation(
        "Vous êtes en parcours.",
        f"{promotion.nom}, jusqu’au {date_texte(promotion.date_fin)}. "
        f"{faites} sur {compter(len(dossier.suivis), 'étape')} "
        f"{'faite' if faites < 2 else 'faites'}.",
    )


def _depuis(quand: datetime | None) -> str:
    return f"Depuis le {date_texte(quand)}. " if quand else ""


def _destination(mobilite: Mobilite | None) -> str:
    if mobilite is None:
        return ""
    lieu = f"{mobilite.poste_accueil.intitule}, {mobilite.collectivite_accueil.nom}"
    if mobilite.etat == Mobilite.Etat.EFFECTIVE and mobilite.date_effet:
        return f"{lieu}, depuis le {date_texte(mobilite.date_effet)}. "
    return f"{lieu}. "


# --- The timeline -------------------------------------------------------------------------------


def frise(dossier: Dossier) -> list[dict[str, str]]:
    """From listed to moved. Exactly one row says « vous êtes ici »; whoever has left stops there."""
    lignes = [*_debut(dossier)]
    if lignes[-1]["etat"] == "ici":
        return [*lignes, *_promesse(dossier)]
    if dossier.candidature.etat == Etat.RETIRE:
        faites = [_ligne(s.etape.intitule, s.quand) for s in dossier.suivis if s.etat == E.FAITE]
        parti = dossier.cadre.parti_le
        retrait = _ligne(
            "Votre collectivité a noté votre départ"
            if parti
            else f"Vous vous êtes retiré{dossier.accord}",
            dossier.candidature.retire_le, "ici"
        )
        return [*lignes, *faites, retrait]
    lignes += _parcours(dossier)
    lignes.append(_mobilite(dossier, ici=all(ligne["etat"] != "ici" for ligne in lignes)))
    return lignes


def _ligne(titre: str, quand: date | datetime | str | None, etat: str = "fait") -> dict[str, str]:
    texte = quand if isinstance(quand, str) else date_texte(quand, courte=True) if quand else ""
    return {"titre": titre, "texte": texte, "etat": etat}


def _debut(dossier: Dossier) -> list[dict[str, str]]:
    """Listed, answered, decided: up to the row where the candidacy stands."""
    c, e = dossier.candidature, dossier.accord
    recense = _ligne(f"Votre collectivité vous a recensé{e}", c.recense_le)
    if c.etat == Etat.RECENSE:
        return [{**recense, "etat": "ici"}]
    if c.etat in {Etat.INFORME, Etat.SANS_REPONSE}:
        return [recense, _ligne("Votre réponse", "oui ou non, librement", "ici")]
    if c.etat == Etat.DESACCORD:
        return [recense, _ligne("Vous avez dit non", c.repondu_le, "ici")]
    oui = [_ligne("Vous avez dit oui", c.repondu_le)] if c.repondu_le else []
    if c.etat == Etat.ACCORD:
        decision = [_ligne("Décision de votre direction générale", "en attente", "ici")]
    elif c.etat == Etat.NON_RETENU:
        decision = [_ligne(f"Non retenu{e} cette fois", c.decide_le, "ici")]
    else:
        decision = (
            [_ligne(f"Retenu{e} par votre direction générale", c.decide_le)] if c.decide_le else []
        )
    return [recense, *oui, *decision]


def _promesse(dossier: Dossier) -> list[dict[str, str]]:
    """What would come next, for whoever is still on the way."""
    if dossier.candidature.etat not in {Etat.RECENSE, Etat.INFORME, Etat.SANS_REPONSE, Etat.ACCORD}:
        return []
    return [
        _ligne("Un parcours de quelques mois", "avec d’autres cadres", "a-venir"),
        _ligne("Une mobilité", "si vous acceptez un poste", "a-venir"),
    ]


def _parcours(dossier: Dossier) -> list[dict[str, str]]:
    """The steps; « ici » is the first that is not behind the person."""
    inscription, avancee = dossier.inscription, dossier.candidature.avancee
    if inscription is None:
        if avancee:
            return []
        return [_ligne("Entrée dans une promotion", "date à venir", "ici")]
    if inscription.etat == Inscription.Etat.INTERROMPUE:
        faites = [_ligne(s.etape.intitule, s.quand) for s in dossier.suivis if s.etat == E.FAITE]
        if avancee:
            return faites
        return [*faites, _ligne("Parcours interrompu", inscription.finie_le, "ici")]
    lignes = []
    reste_ici = avancee == Avancee.EN_PARCOURS
    for suivi in dossier.suivis:
        if suivi.etat == E.ANNULEE:
            continue
        ligne = _etape(suivi)
        if ligne["etat"] != "fait" and reste_ici:
            ligne, reste_ici = {**ligne, "etat": "ici"}, False
        lignes.append(ligne)
    return lignes


def _etape(suivi: SuiviEtape) -> dict[str, str]:
    intitule = suivi.etape.intitule
    if suivi.etat == E.FAITE:
        return _ligne(intitule, suivi.quand)
    if suivi.etat == E.ABSENT and suivi.excusee:
        return _ligne(intitule, "absence excusée")
    if suivi.etat == E.ABSENT:
        return _ligne(intitule, "à replanifier", "tard")
    if suivi.etat == E.PLANIFIEE and suivi.quand:
        quand = f"{date_texte(suivi.quand, courte=True)}, {heure_texte(suivi.quand)}"
        return _ligne(intitule, quand, "a-venir")
    return _ligne(intitule, "date à fixer", "a-venir")


def _mobilite(dossier: Dossier, *, ici: bool) -> dict[str, str]:
    """The last row: where the démarche leads."""
    avancee, mobilite = dossier.candidature.avancee, dossier.mobilite
    etat = "ici" if ici else "a-venir"
    if avancee == Avancee.EFFECTIVE:
        quand = mobilite.date_effet if mobilite else None
        return _ligne("Votre nouveau poste", quand, etat)
    if avancee == Avancee.ENGAGEE:
        prevue = mobilite.date_effet if mobilite else None
        texte = f"prévue le {date_texte(jour_de(prevue))}" if prevue else "en préparation"
        return _ligne("Votre mobilité", texte, etat)
    if dossier.propositions:
        return _ligne("Une mobilité", "un poste vous est proposé", etat)
    return _ligne("Une mobilité", "si vous acceptez un poste", etat)
