"""The catalogue: what each collectivité offers, and the dates that it opens."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import accorder, cite, compter
from collectivites.models import Collectivite
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.models import InscriptionSession, Prestation, Session
from parcours.mots import Actes
from parcours.sessions import courriels, predicats
from parcours.sessions.actions.places import asseoir_les_suivants
from parcours.suites import noter

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
    "plages",
    "lieu",
    "capacite",
    "inscription_avant",
    "places_gardees",
    "gardees_jusquau",
    "animateur",
)
#: A change of these moves the event of those who are enrolled.
CHAMPS_DU_RENDEZ_VOUS = ("debut", "fin", "journee_entiere", "plages", "lieu")


def creer_prestation(*, acteur: Acteur, donnees: dict[str, Any]) -> Prestation:
    """Offer a service to the four, in the name of one's collectivité."""
    exiger(predicats.refus_offrir(acteur))
    prestation = Prestation.objects.create(collectivite=acteur.collectivite, **donnees)
    libelle = f"Prestation {cite(prestation.intitule)} ajoutée au catalogue"
    noter(acteur, prestation, Actes.PRESTATION_OFFERTE, libelle, collectivite=acteur.collectivite)
    return prestation


def modifier_prestation(
    *, acteur: Acteur, prestation: Prestation, donnees: dict[str, Any]
) -> Prestation:
    prestation = verrous.prestation(prestation.pk)
    exiger(predicats.refus_editer(acteur, prestation))
    for champ in CHAMPS_PRESTATION:
        setattr(prestation, champ, donnees.get(champ, getattr(prestation, champ)))
    prestation.save(update_fields=CHAMPS_PRESTATION)
    libelle = f"Prestation {cite(prestation.intitule)} modifiée"
    noter(acteur, prestation, Actes.PRESTATION_MODIFIEE, libelle, collectivite=acteur.collectivite)
    return prestation


def archiver_prestation(*, acteur: Acteur, prestation: Prestation) -> Prestation:
    """Take it off the catalogue, or put it back. Its sessions to come keep it there."""
    prestation = verrous.prestation(prestation.pk)
    exiger(predicats.refus_archiver(acteur, prestation))
    prestation.archivee_le = None if prestation.est_archivee else timezone.now()
    prestation.save(update_fields=["archivee_le"])
    fait = "archivée" if prestation.est_archivee else "remise au catalogue"
    libelle = f"Prestation {cite(prestation.intitule)} {fait}"
    noter(acteur, prestation, Actes.PRESTATION_ARCHIVEE, libelle, collectivite=acteur.collectivite)
    return prestation


def ouvrir_session(
    *, acteur: Acteur, prestation: Prestation, donnees: dict[str, Any], deja_tenue: bool = False
) -> Session:
    """Give a prestation a date, a place and seats; a past date is recorded when it is said so."""
    prestation = verrous.prestation(prestation.pk)
    exiger(predicats.refus_ouvrir_session(acteur, prestation))
    if donnees["debut"] <= timezone.now() and not deja_tenue:
        raise ActionImpossible("Cette date est passée : personne ne pourrait s’inscrire.")
    session = Session(prestation=prestation, **donnees)
    _verifier_les_places_gardees(session)
    session.save()
    fait = "enregistrée" if session.est_commencee else "ouverte"
    libelle = f"Session {cite(session.prestation.intitule)} {fait}, {session.quand}"
    noter(acteur, session, Actes.SESSION_OUVERTE, libelle, collectivite=acteur.collectivite)
    return session


def modifier_session(*, acteur: Acteur, session: Session, donnees: dict[str, Any]) -> Session:
    """Move it, or change its seats. Those enrolled keep their place and receive the new date."""
    session = verrous.session(session.pk)
    exiger(predicats.refus_organiser_session(acteur, session))
    avant = {champ: getattr(session, champ) for champ in CHAMPS_DU_RENDEZ_VOUS}
    demi_journees = session.demi_journees
    for champ in CHAMPS_SESSION:
        setattr(session, champ, donnees.get(champ, getattr(session, champ)))
    if session.debut <= timezone.now():
        raise ActionImpossible("La nouvelle date est passée.")
    places = verrous.places_de(session)
    assises = [place for place in places if place.est_assis]
    _verifier_la_capacite(session, len(assises))
    _verifier_les_places_gardees(session)
    _rasseoir(assises, session.capacite)
    session.save(update_fields=CHAMPS_SESSION)
    if any(getattr(session, champ) != valeur for champ, valeur in avant.items()):
        _annoncer_le_deplacement(places, demi_journees)
        libelle = f"Session {cite(session.prestation.intitule)} déplacée, {session.quand}"
        noter(acteur, session, Actes.SESSION_DEPLACEE, libelle, collectivite=acteur.collectivite)
    else:
        libelle = f"Session {cite(session.prestation.intitule)} modifiée"
        noter(acteur, session, Actes.SESSION_MODIFIEE, libelle, collectivite=acteur.collectivite)
    asseoir_les_suivants(session)
    return session


def annuler_session(*, acteur: Acteur, session: Session, motif: str) -> Session:
    """Everybody is told why, and their calendar is cleared."""
    session = verrous.session(session.pk)
    exiger(predicats.refus_organiser_session(acteur, session))
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi la session est annulée. Les inscrits le liront.")
    maintenant = timezone.now()
    session.etat, session.motif = Session.Etat.ANNULEE, motif.strip()
    session.annulee_le = maintenant
    session.save(update_fields=["etat", "motif", "annulee_le"])
    places = verrous.places_de(session)
    for place in places:
        place.etat, place.place = InscriptionSession.Etat.ANNULEE, None
        place.annulee_le = maintenant
        place.revision += 1
    InscriptionSession.objects.bulk_update(places, ["etat", "place", "annulee_le", "revision"])
    for place in places:
        courriels.annoncer_annulation_de_session(place)
    libelle = f"Session {cite(session.prestation.intitule)} annulée"
    noter(
        acteur,
        session,
        Actes.SESSION_ANNULEE,
        libelle,
        collectivite=acteur.collectivite,
        motif=motif,
    )
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
    session = verrous.session(session.pk)
    exiger(predicats.refus_organiser_session(acteur, session))
    if debut <= timezone.now():
        raise ActionImpossible("La seconde date est passée.")
    partants = [place for place in verrous.places_de(session) if place.pk in set(transferees)]
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
    _transferer(partants, seconde)
    fait = f"dédoublée, {seconde.quand}, {compter(len(partants), 'personne')}"
    libelle = f"Session {cite(session.prestation.intitule)} {fait}"
    noter(acteur, session, Actes.SESSION_DEDOUBLEE, libelle, collectivite=acteur.collectivite)
    asseoir_les_suivants(session)
    return seconde


def liberer_les_places_gardees(*, jour: date | None = None) -> int:
    """Called by the clock: the day has passed, the kept places go to the waiting lists."""
    jour = jour or timezone.localdate()
    sessions = Session.objects.a_venir().filter(
        gardees_jusquau__lt=jour,
        places_gardees__gt=0,
        inscriptions__etat=InscriptionSession.Etat.ATTENTE,
    )
    assis = 0
    for pk in sorted(set(sessions.values_list("pk", flat=True))):
        assis += asseoir_les_suivants(verrous.session(pk))
    return assis


def _verifier_la_capacite(session: Session, assis: int) -> None:
    if session.capacite < assis:
        raise ActionImpossible(
            f"{compter(assis, 'personne')} {accorder(assis, 'est,sont')} déjà "
            f"{accorder(assis, 'inscrite')} : la session ne peut pas compter moins de places."
        )


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


def _annoncer_le_deplacement(
    places: list[InscriptionSession], avant: list[tuple[datetime, datetime]]
) -> None:
    """A new event for each, then the mail that carries it."""
    for place in places:
        place.revision += 1
    InscriptionSession.objects.bulk_update(places, ["revision"])
    for place in places:
        courriels.annoncer_deplacement(place, avant)


def _transferer(partants: list[InscriptionSession], seconde: Session) -> None:
    """They all have a seat in the second session, numbered in the order they asked."""
    maintenant = timezone.now()
    avant = {place.pk: place.session.demi_journees for place in partants if place.est_assis}
    for numero, place in enumerate(partants, start=1):
        place.session, place.etat, place.place = seconde, InscriptionSession.Etat.CONFIRMEE, numero
        place.confirmee_le = place.confirmee_le or maintenant
        place.revision += 1
    InscriptionSession.objects.bulk_update(
        partants, ["session", "etat", "place", "confirmee_le", "revision"]
    )
    for place in partants:
        courriels.annoncer_transfert(place, avant.get(place.pk, []))
