"""What of the parcours stands in calendars: each thing, and the events that it makes there.

An event keeps its UID for life, and its SEQUENCE grows: importing it again moves it, and a file
whose method is CANCEL removes it.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from icalendar import Event

from cadres.prises import Prise
from collectivites.acteurs.acteur import Acteur
from parcours.models import (
    EtapeProgramme,
    Immersion,
    InscriptionSession,
    RendezVousCoaching,
    Session,
    SuiviEtape,
)
from parcours.sessions.evenements import evenement, fichier

#: What the rooms above add to the calendar that one subscribes to: `branche(acteur)`.
DATES: Prise[Callable[[Acteur], Iterable[Event]]] = Prise("opportunites")
#: What is personal says nothing to whoever shares the calendar: an assistant, a chief.
TITRE_NEUTRE = "Rendez-vous"
TITRE_DU_JOUR = "En mission"


def calendrier(suivi: SuiviEtape) -> bytes:
    """The file of an appointment. Reads `etape.promotion`: select it."""
    return fichier([evenement_suivi(suivi)])


def calendrier_place(place: InscriptionSession) -> bytes:
    """The file of a place in a session. Reads `session.prestation`: select it."""
    return fichier(evenements_place(place))


def calendrier_immersion(immersion: Immersion) -> bytes:
    """The file of an immersion, one event a run of days. Reads `collectivite_accueil`."""
    return fichier(evenements_immersion(immersion))


def calendrier_coaching(rendez_vous: Iterable[RendezVousCoaching], *, pour_le_cadre: bool) -> bytes:
    """The file of one appointment, or of those that fall together. Reads `accompagnement`."""
    return fichier([evenement_coaching(r, pour_le_cadre=pour_le_cadre) for r in rendez_vous])


def evenement_jour(identite: str, revision: int, titre: str, jour: date, url: str) -> Event:
    """A whole day, which is nobody's own."""
    return evenement(
        identite, revision, titre, jour, jour + timedelta(days=1),
        lieu="", texte="", url=url, annule=False,
    )  # fmt: skip


def evenement_suivi(suivi: SuiviEtape) -> Event:
    assert suivi.quand is not None
    assert suivi.fin is not None
    return evenement(
        str(suivi.uid_agenda),
        suivi.revision,
        TITRE_NEUTRE if suivi.etape.est_personnelle else suivi.etape.intitule,
        suivi.quand,
        suivi.fin,
        lieu=suivi.lieu,
        texte="" if suivi.etape.est_personnelle else suivi.etape.promotion.nom,
        url=reverse("pilotage:mon_parcours"),
        prive=suivi.etape.est_personnelle,
        annule=suivi.etat == SuiviEtape.Etat.ANNULEE,
    )


def evenements_place(
    place: InscriptionSession, avant: Iterable[tuple[date, date]] = ()
) -> list[Event]:
    """One event for each half-day. Cancelled unless the person holds a seat of a session that
    takes place; so are those that the session counted before (`avant`), and counts no more."""
    session = place.session
    annule = not place.est_assis or session.etat == Session.Etat.ANNULEE
    texte = session.prestation.get_nature_display()
    bornes = _bornes(session)
    prevues = [(borne, annule) for borne in bornes]
    prevues += [(borne, True) for borne in [*avant][len(bornes) :]]
    return _evenements_de_session(session, place.uid_agenda, place.revision, texte, prevues)


def evenements_animation(session: Session) -> list[Event]:
    """The same session, in the calendar of whoever runs or organises it."""
    annule = session.etat == Session.Etat.ANNULEE
    texte = "Vous animez, ou organisez, cette session."
    prevues = [(borne, annule) for borne in _bornes(session)]
    return _evenements_de_session(session, session.uid_agenda, 0, texte, prevues)


def _evenements_de_session(
    session: Session,
    identite: UUID,
    revision: int,
    texte: str,
    prevues: list[tuple[tuple[date, date], bool]],
) -> list[Event]:
    """`prevues`: each range, and whether it is cancelled. The first keeps the UID that the session had
    before it counted several."""
    return [
        evenement(
            f"{identite}-{rang}" if rang else str(identite),
            revision,
            session.prestation.intitule,
            debut,
            fin,
            lieu=session.lieu,
            texte=texte,
            url=reverse("parcours:session", args=[session.pk]),
            annule=annule,
        )
        for rang, ((debut, fin), annule) in enumerate(prevues)
    ]


def evenements_immersion(immersion: Immersion) -> list[Event]:
    """One event for each run of days: they need not be in a row."""
    return [
        evenement(
            f"{immersion.uid_agenda}-{premier:%Y%m%d}",
            immersion.revision,
            TITRE_DU_JOUR,
            premier,
            dernier + timedelta(days=1),
            lieu=immersion.lieu,
            texte="",
            prive=True,
            url=reverse("parcours:immersion", args=[immersion.pk]),
            annule=not immersion.est_accordee,
        )
        for premier, dernier in _d_affilee(immersion.dates)
    ]


def _d_affilee(jours: list[date]) -> list[tuple[date, date]]:
    """The first and the last day of each run."""
    debuts = [b for a, b in pairwise([date.min, *jours]) if b - a > timedelta(days=1)]
    fins = [a for a, b in pairwise([*jours, date.max]) if b - a > timedelta(days=1)]
    return list(zip(debuts, fins, strict=True))


def evenement_etape(etape: EtapeProgramme) -> Event:
    """A common date of a promotion, for whoever organises it. Reads `promotion`."""
    assert etape.date_prevue is not None
    return evenement(
        str(etape.uid_agenda),
        0,
        etape.intitule,
        etape.date_prevue,
        etape.date_prevue + timedelta(minutes=etape.duree_minutes),
        lieu=etape.lieu,
        texte=etape.promotion.nom,
        url=reverse("parcours:promotion", args=[etape.promotion_id]),
        annule=False,
    )


def evenement_coaching(rendez_vous: RendezVousCoaching, *, pour_le_cadre: bool) -> Event:
    """A date, a place: calendars are shared, so it says neither what nor whom. Reads
    `accompagnement`."""
    return evenement(
        str(rendez_vous.uid_agenda),
        rendez_vous.revision,
        TITRE_NEUTRE,
        rendez_vous.debut,
        rendez_vous.fin,
        lieu=rendez_vous.lieu or rendez_vous.lien_visio,
        texte=rendez_vous.lien_visio,
        url=reverse("parcours:mon_accompagnement")
        if pour_le_cadre
        else reverse("parcours:accompagnement", args=[rendez_vous.accompagnement.cadre_id]),
        annule=rendez_vous.etat == RendezVousCoaching.Etat.ANNULE,
        prive=True,
    )


def evenement_confidentiel(
    identite: UUID, revision: int, debut: datetime, *, lieu: str, url: str, annule: bool
) -> Event:
    """An hour that the present employer knows nothing of: « Rendez-vous », private."""
    return evenement(
        str(identite),
        revision,
        TITRE_NEUTRE,
        debut,
        debut + timedelta(hours=1),
        lieu=lieu,
        texte="",
        url=url,
        annule=annule,
        prive=True,
    )


def _bornes(session: Session) -> list[tuple[date, date]]:
    """Each range: instants, or days when the session lasts the whole day (the end is excluded)."""
    if session.journee_entiere and not session.plages:
        return [(timezone.localdate(session.debut), timezone.localdate(session.fin))]
    return [*session.demi_journees]
