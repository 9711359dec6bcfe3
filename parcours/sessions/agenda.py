"""Calendar files (RFC 5545 and 5546), for Outlook, Thunderbird or a telephone.

An event keeps its UID for life, and its SEQUENCE grows: importing it again moves it, and a file
whose method is CANCEL removes it.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

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

#: What the rooms above add to the calendar that one subscribes to: `branche(acteur)`.
DATES: Prise[Callable[[Acteur], Iterable[Event]]] = Prise("opportunites")
#: What is personal says nothing to whoever shares the calendar: an assistant, a chief.
TITRE_NEUTRE = "Rendez-vous"
TITRE_DU_JOUR = "En mission"


def calendrier(suivi: SuiviEtape) -> bytes:
    """The file of an appointment. Reads `etape.promotion`: select it."""
    return _fichier([evenement_suivi(suivi)])


def calendrier_place(place: InscriptionSession) -> bytes:
    """The file of a place in a session. Reads `session.prestation`: select it."""
    return _fichier(evenements_place(place))


def calendrier_immersion(immersion: Immersion) -> bytes:
    """The file of an immersion, one event a run of days. Reads `collectivite_accueil`."""
    return _fichier(evenements_immersion(immersion))


def calendrier_coaching(rendez_vous: Iterable[RendezVousCoaching], *, pour_le_cadre: bool) -> bytes:
    """The file of one appointment, or of those that fall together. Reads `accompagnement`."""
    return _fichier([evenement_coaching(r, pour_le_cadre=pour_le_cadre) for r in rendez_vous])


def calendrier_jours(jours: Iterable[Event]) -> bytes:
    """A file of whole days (`evenement_jour`): dates of a campaign."""
    return _fichier(list(jours))


def evenement_jour(identite: str, revision: int, titre: str, jour: date, url: str) -> Event:
    """A whole day, which is nobody's own."""
    return _evenement(
        identite, revision, titre, jour, jour + timedelta(days=1),
        lieu="", texte="", url=url, annule=False,
    )  # fmt: skip


def flux(evenements: Iterable[Event]) -> bytes:
    """A calendar to subscribe to: no method, a name, and how often to come back."""
    agenda = _calendrier()
    agenda.add("x-wr-calname", "Quatuor")
    agenda.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    agenda.add("x-published-ttl", "PT4H")
    for evenement in evenements:
        agenda.add_component(evenement)
    contenu: bytes = agenda.to_ical()
    return contenu


def evenement_suivi(suivi: SuiviEtape) -> Event:
    assert suivi.quand is not None
    assert suivi.fin is not None
    return _evenement(
        f"suivi-{suivi.pk}",
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


def evenements_place(place: InscriptionSession) -> list[Event]:
    """One event for each half-day. Cancelled unless the person holds a seat of a session that
    takes place."""
    session = place.session
    annule = not place.est_assis or session.etat == Session.Etat.ANNULEE
    return _evenements_de_session(
        session,
        f"place-{place.pk}",
        place.revision,
        session.prestation.get_nature_display(),
        annule=annule,
    )


def evenements_animation(session: Session) -> list[Event]:
    """The same session, in the calendar of whoever runs or organises it."""
    annule = session.etat == Session.Etat.ANNULEE
    texte = "Vous animez, ou organisez, cette session."
    return _evenements_de_session(session, f"session-{session.pk}", 0, texte, annule=annule)


def _evenements_de_session(
    session: Session, identite: str, revision: int, texte: str, *, annule: bool
) -> list[Event]:
    """The first range keeps the UID that the session had before it counted several."""
    bornes = [_bornes(session)] if not session.plages else session.demi_journees
    return [
        _evenement(
            f"{identite}-{rang}" if rang else identite,
            revision,
            session.prestation.intitule,
            debut,
            fin,
            lieu=session.lieu,
            texte=texte,
            url=reverse("parcours:session", args=[session.pk]),
            annule=annule,
        )
        for rang, (debut, fin) in enumerate(bornes)
    ]


def evenements_immersion(immersion: Immersion) -> list[Event]:
    """One all-day event for each day: they need not be in a row."""
    return [
        _evenement(
            f"immersion-{immersion.pk}-{jour.isoformat()}",
            immersion.revision,
            TITRE_DU_JOUR,
            jour,
            jour + timedelta(days=1),
            lieu=immersion.lieu,
            texte="",
            prive=True,
            url=reverse("parcours:immersion", args=[immersion.pk]),
            annule=not immersion.est_accordee,
        )
        for jour in immersion.dates
    ]


def evenement_etape(etape: EtapeProgramme) -> Event:
    """A common date of a promotion, for whoever organises it. Reads `promotion`."""
    assert etape.date_prevue is not None
    return _evenement(
        f"etape-{etape.pk}",
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
    return _evenement(
        f"coaching-{rendez_vous.pk}",
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


def calendrier_confidentiel(
    identite: str, revision: int, debut: datetime, *, lieu: str, url: str, annule: bool
) -> bytes:
    """The file of an hour that the present employer knows nothing of: « Rendez-vous », private."""
    evenement = _evenement(
        identite,
        revision,
        "Rendez-vous",
        debut,
        debut + timedelta(hours=1),
        lieu=lieu,
        texte="",
        url=url,
        annule=annule,
    )
    evenement.add("class", "PRIVATE")
    return _fichier([evenement])


def _bornes(session: Session) -> tuple[date, date]:
    """Instants, or days when the session lasts the whole day (the end is excluded)."""
    if session.journee_entiere:
        return timezone.localdate(session.debut), timezone.localdate(session.fin)
    return session.debut, session.fin


def _evenement(
    identite: str,
    revision: int,
    titre: str,
    debut: date,
    fin: date,
    *,
    lieu: str,
    texte: str,
    url: str,
    annule: bool,
    prive: bool = False,
) -> Event:
    """Instants are written in UTC: no time zone to describe, no doubt about summer time."""
    site = settings.QUATUOR_SITE.rstrip("/")
    evenement = Event()
    evenement.add("uid", f"{identite}@{urlsplit(site).hostname or 'quatuor'}")
    evenement.add("sequence", revision)
    evenement.add("summary", titre)
    evenement.add("dtstamp", timezone.now())
    evenement.add("dtstart", debut.astimezone(UTC) if isinstance(debut, datetime) else debut)
    evenement.add("dtend", fin.astimezone(UTC) if isinstance(fin, datetime) else fin)
    evenement.add("status", "CANCELLED" if annule else "CONFIRMED")
    if prive:
        evenement.add("class", "PRIVATE")
    if lieu:
        evenement.add("location", lieu)
    if texte:
        evenement.add("description", texte)
    evenement.add("url", f"{site}{url}")
    evenement.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    return evenement


def _calendrier() -> Calendar:
    agenda = Calendar()
    agenda.add("prodid", "-//Quatuor//Parcours//FR")
    agenda.add("version", "2.0")
    return agenda


def _fichier(evenements: list[Event]) -> bytes:
    """A file to import: it publishes the events, or cancels them."""
    agenda = _calendrier()
    annule = all(str(evenement["status"]) == "CANCELLED" for evenement in evenements)
    agenda.add("method", "CANCEL" if annule else "PUBLISH")
    for evenement in evenements:
        agenda.add_component(evenement)
    contenu: bytes = agenda.to_ical()
    return contenu
