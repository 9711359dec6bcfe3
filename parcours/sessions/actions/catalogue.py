"""The catalogue: what each collectivité offers, and the dates that it opens."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import accorder, cite, compter
from collectivites.journal import journaliser
from collectivites.models import Collectivite
from collectivites.refus import ActionImpossible
from parcours.models import InscriptionSession, Prestation, Session
from parcours.sessions import courriels
from parcours.sessions.actions.places import asseoir_les_suivants, places_de, verrouiller_session
from parcours.sessions.predicats import peut_editer, peut_offrir, peut_organiser_session

CHAMPS_PRESTATION = (
    "nature",
    "intitule",
    "description",
    "par_le_cabinet",
    "prestataire",
    "format",
    "duree_minutes",
    "lieu",
    "cout",
    "prerequis",
)
CHAMPS_SESSION = (
    "debut",
    "fin",
    "journee_entiere",
    "lieu",
    "capacite",
    "inscription_avant",
    "places_gardees",
    "gardees_jusquau",
    "animateur",
)
#: A change of these moves the event of those who are enrolled.
CHAMPS_DU_RENDEZ_VOUS = ("debut", "fin", "journee_entiere", "lieu")


def creer_prestation(*, acteur: Acteur, donnees: dict[str, Any]) -> Prestation:
    """Offer a service to the four, in the name of one's collectivité."""
    if not peut_offrir(acteur):
        raise ActionImpossible("Le catalogue se remplit par les ressources humaines.")
    prestation = Prestation.objects.create(collectivite=acteur.collectivite, **donnees)
    _journal(acteur, prestation, "prestation.offerte", "ajoutée au catalogue")
    return prestation


def modifier_prestation(
    *, acteur: Acteur, prestation: Prestation, donnees: dict[str, Any]
) -> Prestation:
    prestation = _verrouiller(acteur, prestation)
    for champ in CHAMPS_PRESTATION:
        setattr(prestation, champ, donnees.get(champ, getattr(prestation, champ)))
    prestation.save(update_fields=CHAMPS_PRESTATION)
    _journal(acteur, prestation, "prestation.modifiee", "modifiée")
    return prestation


def archiver_prestation(*, acteur: Acteur, prestation: Prestation) -> Prestation:
    """Take it off the catalogue, or put it back. Its sessions to come keep it there."""
    prestation = _verrouiller(acteur, prestation)
    if prestation.est_archivee:
        prestation.archivee_le = None
    elif a_venir := prestation.sessions.a_venir().count():
        raise ActionImpossible(
            f"Il reste {compter(a_venir, 'session')} à venir. Tenez-les ou annulez-les d’abord."
        )
    else:
        prestation.archivee_le = timezone.now()
    prestation.save(update_fields=["archivee_le"])
    fait = "archivée" if prestation.est_archivee else "remise au catalogue"
    _journal(acteur, prestation, "prestation.archivee", fait)
    return prestation


def ouvrir_session(*, acteur: Acteur, prestation: Prestation, donnees: dict[str, Any]) -> Session:
    """Give a prestation a date, a place and seats."""
    prestation = _verrouiller(acteur, prestation)
    if prestation.est_archivee:
        raise ActionImpossible("Cette prestation est archivée : elle n’ouvre plus de session.")
    if donnees["debut"] <= timezone.now():
        raise ActionImpossible("Cette date est passée : personne ne pourrait s’inscrire.")
    session = Session(prestation=prestation, **donnees)
    _verifier_les_places_gardees(session)
    session.save()
    _journal(acteur, prestation, "session.ouverte", f"ouverte, {session.quand}", session)
    return session


def modifier_session(*, acteur: Acteur, session: Session, donnees: dict[str, Any]) -> Session:
    """Move it, or change its seats. Those enrolled keep their place and receive the new date."""
    session = _session(acteur, session)
    avant = {champ: getattr(session, champ) for champ in CHAMPS_DU_RENDEZ_VOUS}
    for champ in CHAMPS_SESSION:
        setattr(session, champ, donnees.get(champ, getattr(session, champ)))
    if session.debut <= timezone.now():
        raise ActionImpossible("La nouvelle date est passée.")
    places = places_de(session)
    assises = [place for place in places if place.est_assis]
    if session.capacite < len(assises):
        raise ActionImpossible(
            f"{compter(len(assises), 'personne')} {accorder(len(assises), 'est,sont')} déjà "
            f"{accorder(len(assises), 'inscrite')} : la session ne peut pas compter moins de places."
        )
    _verifier_les_places_gardees(session)
    _rasseoir(assises, session.capacite)
    session.save(update_fields=CHAMPS_SESSION)
    if any(getattr(session, champ) != valeur for champ, valeur in avant.items()):
        for place in places:
            place.session = session
            place.revision += 1
        InscriptionSession.objects.bulk_update(places, ["revision"])
        for place in places:
            courriels.annoncer_deplacement(place)
        _journal(
            acteur, session.prestation, "session.deplacee", f"déplacée, {session.quand}", session
        )
    else:
        _journal(acteur, session.prestation, "session.modifiee", "modifiée", session)
    asseoir_les_suivants(session)
    return session


def annuler_session(*, acteur: Acteur, session: Session, motif: str) -> Session:
    """Everybody is told why, and their calendar is cleared."""
    session = _session(acteur, session)
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi la session est annulée. Les inscrits le liront.")
    session.etat, session.motif = Session.Etat.ANNULEE, motif.strip()
    session.save(update_fields=["etat", "motif"])
    places = places_de(session)
    maintenant = timezone.now()
    for place in places:
        place.session = session
        place.etat, place.place, place.annulee_le = "annulee", None, maintenant
        place.revision += 1
    InscriptionSession.objects.bulk_update(places, ["etat", "place", "annulee_le", "revision"])
    for place in places:
        courriels.annoncer_annulation_de_session(place)
    _journal(acteur, session.prestation, "session.annulee", "annulée", session, motif)
    return session


def dedoubler_session(
    *,
    acteur: Acteur,
    session: Session,
    debut: datetime,
    fin: datetime,
    lieu: str,
    capacite: int,
    transferees: list[int],
) -> Session:
    """Split a session: a second date takes some of those enrolled, and frees seats in the first.

    `transferees`: the inscriptions that move, confirmed or waiting; those who waited get a seat.
    """
    session = _session(acteur, session)
    if debut <= timezone.now():
        raise ActionImpossible("La seconde date est passée.")
    partants = [place for place in places_de(session) if place.pk in set(transferees)]
    if len(partants) > capacite:
        raise ActionImpossible(
            f"La seconde session compte {compter(capacite, 'place')}, et vous y envoyez "
            f"{compter(len(partants), 'personne')}."
        )
    seconde = Session.objects.create(
        prestation=session.prestation,
        debut=debut,
        fin=fin,
        lieu=lieu,
        capacite=capacite,
        inscription_avant=debut,
        animateur=session.animateur,
    )
    maintenant = timezone.now()
    for numero, place in enumerate(partants, start=1):
        place.session, place.etat, place.place = seconde, InscriptionSession.Etat.CONFIRMEE, numero
        place.confirmee_le = place.confirmee_le or maintenant
        place.revision += 1
    InscriptionSession.objects.bulk_update(
        partants, ["session", "etat", "place", "confirmee_le", "revision"]
    )
    for place in partants:
        courriels.annoncer_transfert(place)
    _journal(
        acteur,
        session.prestation,
        "session.dedoublee",
        f"dédoublée, {seconde.quand}, {compter(len(partants), 'personne')}",
        session,
    )
    asseoir_les_suivants(session)
    return seconde


def liberer_les_places_gardees(*, jour: date | None = None) -> int:
    """Called by the clock: the day has passed, the kept places go to the waiting lists."""
    jour = jour or timezone.localdate()
    sessions = Session.objects.a_venir().filter(
        gardees_jusquau__lt=jour, places_gardees__gt=0, inscriptions__etat="attente"
    )
    assis = 0
    for pk in sorted(set(sessions.values_list("pk", flat=True))):
        assis += asseoir_les_suivants(verrouiller_session(Session(pk=pk)))
    return assis


def _verrouiller(acteur: Acteur, prestation: Prestation) -> Prestation:
    prestation = (
        Prestation.objects.select_for_update(of=("self",))
        .select_related("collectivite")
        .get(pk=prestation.pk)
    )
    if not peut_editer(acteur, prestation):
        raise ActionImpossible(
            f"Cette prestation est tenue par {prestation.collectivite.nom_court}."
        )
    return prestation


def _session(acteur: Acteur, session: Session) -> Session:
    session = verrouiller_session(session)
    if not peut_organiser_session(acteur, session):
        raise ActionImpossible(
            "Une session se change par la collectivité qui l’offre, avant qu’elle commence."
        )
    return session


def _verifier_les_places_gardees(session: Session) -> None:
    combien = Collectivite.objects.filter(
        demarche=session.prestation.collectivite.demarche_id
    ).count()
    if session.places_gardees * combien > session.capacite:
        raise ActionImpossible(
            f"Garder {compter(session.places_gardees, 'place')} à chacune des {combien} "
            f"collectivités en demande {session.places_gardees * combien}, et la session en "
            f"compte {session.capacite}."
        )


def _rasseoir(assises: list[InscriptionSession], capacite: int) -> None:
    """Nobody keeps a seat number above the new capacity."""
    libres = iter(sorted(set(range(1, capacite + 1)) - {place.place for place in assises}))
    for place in assises:
        if place.place is not None and place.place > capacite:
            place.place = next(libres)
            place.save(update_fields=["place"])


def _journal(
    acteur: Acteur,
    prestation: Prestation,
    acte: str,
    fait: str,
    session: Session | None = None,
    motif: str = "",
) -> None:
    quoi = "Session" if session else "Prestation"
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"{quoi} {cite(prestation.intitule)} {fait}"[:300],
        objet=session or prestation,
        collectivite=prestation.collectivite,
        motif=motif,
    )
