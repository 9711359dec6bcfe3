"""Seats of a session: taken, waited for, given back, and what came of them.

The session's row is held throughout, so that its last seat is given once; were it not, the number
of the seat, unique in the database, would still refuse the second.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite, date_texte, enumerer
from collectivites.journal import journaliser
from collectivites.models import Collectivite
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from parcours.models import Immersion, Inscription, InscriptionSession, Session, SuiviEtape
from parcours.regles import quand_et_ou
from parcours.sessions import courriels
from parcours.sessions.predicats import (
    peut_annuler_place,
    peut_donner_son_avis,
    peut_noter_presences,
)

Etat = InscriptionSession.Etat
#: A step lasts at most this long (see EtapeForm): how far back an overlap is looked for.
_PLUS_LONGUE_ETAPE = timedelta(minutes=7200)


class Chevauchement(ActionImpossible):
    """The person is expected elsewhere at that time. May be passed over."""


def verrouiller_session(session: Session) -> Session:
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("prestation__collectivite__demarche", "animateur")
        .get(pk=session.pk)
    )


def places_de(session: Session) -> list[InscriptionSession]:
    """Those whom a change of the session concerns, locked, in the order they asked."""
    return list(
        InscriptionSession.objects.select_for_update(of=("self",))
        .filter(session=session, etat__in=InscriptionSession.ETATS_VIVANTS)
        .select_related("cadre__utilisateur", "cadre__collectivite__demarche")
        .select_related("session__prestation")
        .order_by("demandee_le", "pk")
    )


def chevauchements(
    cadre_id: int, debut: datetime, fin: datetime, sauf: int | None = None
) -> list[str]:
    """What the person is already expected at, in that time. Three queries."""
    textes = [
        f"{place.session.prestation.intitule}, {place.session.quand}"
        for place in InscriptionSession.objects.vivantes()
        .assises()
        .filter(cadre=cadre_id, session__debut__lt=fin, session__fin__gt=debut)
        .exclude(session=sauf)
        .select_related("session__prestation")
    ]
    suivis = SuiviEtape.objects.filter(
        inscription__cadre=cadre_id,
        etat=SuiviEtape.Etat.PLANIFIEE,
        quand__lt=fin,
        quand__gt=debut - _PLUS_LONGUE_ETAPE,
    ).select_related("etape")
    textes += [
        f"{suivi.etape.intitule}, {quand_et_ou(suivi.quand).lower()}"
        for suivi in suivis
        if suivi.quand and suivi.fin and suivi.fin > debut
    ]
    premier = timezone.localdate(debut)
    dernier = timezone.localdate(fin - timedelta(microseconds=1))
    immersions = Immersion.objects.filter(
        cadre=cadre_id, debut__lte=dernier, fin__gte=premier, etat__in=Immersion.ETATS_COMPTES
    )
    textes += [
        f"immersion, {date_texte(jour)}"
        for immersion in immersions
        for jour in immersion.dates
        if premier <= jour <= dernier
    ]
    return textes


def inscrire_a_session(
    *, acteur: Acteur, session: Session, cadre: Cadre, malgre_chevauchement: bool = False
) -> InscriptionSession:
    """A seat if there is one, else the waiting list. The person asks, or their HR for them."""
    # In the order of a withdrawal: the candidacy, then the session.
    candidature = Candidature.objects.select_for_update(of=("self",)).get(cadre=cadre.pk)
    session = verrouiller_session(session)
    cadre = Cadre.objects.select_related("collectivite__demarche", "utilisateur").get(pk=cadre.pk)
    _verifier_la_demande(acteur, session, cadre, candidature)
    conflits = chevauchements(cadre.pk, session.debut, session.fin, sauf=session.pk)
    if conflits and not malgre_chevauchement:
        raise Chevauchement(
            f"À la même heure, il y a déjà : {enumerer(conflits)}. "
            "Confirmez l’inscription malgré cela, ou choisissez une autre session."
        )
    asseoir_les_suivants(session)  # nobody passes before those who wait
    siege = _siege_libre(session, cadre.collectivite_id)
    place = InscriptionSession.objects.create(
        session=session,
        cadre=cadre,
        etat=Etat.ATTENTE if siege is None else Etat.CONFIRMEE,
        place=siege,
        confirmee_le=None if siege is None else timezone.now(),
    )
    fait = "inscription" if place.est_assis else "inscription sur liste d’attente"
    _journal(acteur, place, "place.demandee", fait)
    courriels.annoncer_inscription(place, par_sa_drh=acteur.role != Role.CADRE)
    return place


def annuler_place(*, acteur: Acteur, place: InscriptionSession) -> InscriptionSession:
    """Give the seat back: the first who waits, and may have it, gets it at once."""
    session = verrouiller_session(place.session)
    place = _place(place)
    place.session = session
    if not peut_annuler_place(acteur, place):
        raise ActionImpossible("Cette inscription ne s’annule plus.")
    _quitter(place)
    _journal(acteur, place, "place.annulee", "inscription annulée")
    courriels.annoncer_desistement(place, par_sa_drh=acteur.role != Role.CADRE)
    asseoir_les_suivants(session)
    return place


def liberer_les_places_de(*, acteur: Acteur, cadre: Cadre) -> int:
    """The person leaves the parcours: their seats and their immersions to come are given back."""
    places = InscriptionSession.objects.vivantes().filter(
        cadre=cadre, session__debut__gt=timezone.now()
    )
    liberees = 0
    for pk, session_id in sorted(places.values_list("pk", "session"), key=lambda p: p[1]):
        session = verrouiller_session(Session(pk=session_id))
        place = _place(InscriptionSession(pk=pk))
        place.session = session
        if place.est_vivante:
            _quitter(place)
            _journal(acteur, place, "place.annulee", "place rendue, parcours terminé")
            courriels.annoncer_desistement(place, par_sa_drh=False)
            asseoir_les_suivants(session)
            liberees += 1
    immersions = Immersion.objects.select_for_update(of=("self",)).filter(
        cadre=cadre,
        etat__in=[Immersion.Etat.DEMANDEE, Immersion.Etat.ACCORDEE, Immersion.Etat.CONVENTION],
        debut__gt=timezone.localdate(),
    )
    for immersion in immersions.select_related(
        "cadre__utilisateur", "collectivite_accueil__demarche", "collectivite_origine"
    ).order_by("pk"):
        immersion.etat = Immersion.Etat.ANNULEE
        immersion.revision += 1
        immersion.save(update_fields=["etat", "revision"])
        courriels.annoncer_immersion_annulee(immersion)
    return liberees


def asseoir_les_suivants(session: Session) -> int:
    """Give the free seats to those who wait, in the order they asked. The session is locked."""
    if session.etat != Session.Etat.OUVERTE or session.est_commencee:
        return 0
    assis = 0
    for place in places_de(session):
        if place.etat != Etat.ATTENTE:
            continue
        siege = _siege_libre(session, place.cadre.collectivite_id)
        if siege is None:
            continue  # the seats left may be kept for somebody else who waits
        place.session = session
        place.etat, place.place, place.confirmee_le = Etat.CONFIRMEE, siege, timezone.now()
        place.revision += 1
        place.save(update_fields=["etat", "place", "confirmee_le", "revision"])
        courriels.annoncer_place_liberee(place)
        assis += 1
    return assis


def noter_feuille(*, acteur: Acteur, session: Session, presences: Mapping[int, str]) -> int:
    """Who came. Once everybody is noted, the session was held. Returns how many rows changed."""
    session = verrouiller_session(session)
    if not peut_noter_presences(acteur, session):
        raise ActionImpossible("La feuille de cette session ne se remplit pas encore, ou plus.")
    assises = list(
        InscriptionSession.objects.select_for_update(of=("self",))
        .filter(session=session, place__isnull=False)
        .select_related("cadre__collectivite__demarche", "cadre__candidature")
        .order_by("pk")
    )
    changees = 0
    for place in assises:
        place.session = session
        etat = presences.get(place.pk, place.etat)
        if etat == place.etat or etat not in InscriptionSession.ETATS_PASSES:
            continue
        if place.avis is not None:
            raise ActionImpossible(
                f"{place.cadre.nom_complet} a donné son avis sur cette session : sa présence est "
                "acquise."
            )
        place.etat = Etat(etat)
        place.save(update_fields=["etat"])
        _journal(acteur, place, "place.notee", place.get_etat_display().lower())
        changees += 1
    # Nobody else may note those who withdrew since: they do not keep the sheet open.
    attendues = [p for p in assises if p.cadre.candidature.etat in Candidature.ETATS_PARTAGES]
    if session.est_commencee and all(p.etat != Etat.CONFIRMEE for p in attendues):
        session.etat = Session.Etat.TENUE
        session.save(update_fields=["etat"])
    return changees


def donner_son_avis(
    *, acteur: Acteur, place: InscriptionSession, avis: int, commentaire: str = ""
) -> InscriptionSession:
    """What somebody who came thought of it."""
    place = _place(place)
    if not peut_donner_son_avis(acteur, place):
        raise ActionImpossible("Seul qui est venu donne son avis, une fois.")
    place.avis, place.commentaire, place.avis_le = avis, commentaire.strip(), timezone.now()
    place.save(update_fields=["avis", "commentaire", "avis_le"])
    return place


def _verifier_la_demande(
    acteur: Acteur, session: Session, cadre: Cadre, candidature: Candidature
) -> None:
    if acteur.role == Role.CADRE:
        permis = cadre.pk == acteur.cadre_id
    else:
        permis = acteur.est_rh and cadre.collectivite_id == acteur.collectivite.pk
    if not permis or session.prestation.collectivite.demarche_id != acteur.demarche.pk:
        raise ActionImpossible("Chacun s’inscrit, ou est inscrit par sa propre collectivité.")
    en_parcours = (
        candidature.etat == Candidature.Etat.RETENU
        and Inscription.objects.filter(cadre=cadre, etat=Inscription.Etat.EN_COURS).exists()
    )
    if not en_parcours:
        raise ActionImpossible("Les sessions sont ouvertes aux cadres qui suivent un parcours.")
    if not session.est_inscriptible:
        raise ActionImpossible("Les inscriptions à cette session sont closes.")
    if session.inscriptions.filter(cadre=cadre).exclude(etat=Etat.ANNULEE).exists():
        raise ActionImpossible("Cette personne est déjà inscrite à cette session.")


def _siege_libre(session: Session, collectivite_id: int) -> int | None:
    """The number of a seat that this collectivité may have now; None: to wait."""
    assises = list(
        session.inscriptions.filter(place__isnull=False).values_list("place", "cadre__collectivite")
    )
    libres = session.capacite - len(assises)
    if session.garde_des_places:
        tenues = Counter(collectivite for _, collectivite in assises)
        autres = Collectivite.objects.filter(
            demarche=session.prestation.collectivite.demarche_id
        ).exclude(pk=collectivite_id)
        libres -= sum(
            max(session.places_gardees - tenues[pk], 0)
            for pk in autres.values_list("pk", flat=True)
        )
    if libres <= 0:
        return None
    numeros = {numero for numero, _ in assises}
    return next(n for n in count(1) if n not in numeros)


def _place(place: InscriptionSession) -> InscriptionSession:
    return (
        InscriptionSession.objects.select_for_update(of=("self",))
        .select_related("session__prestation", "cadre__utilisateur")
        .select_related("cadre__collectivite__demarche")
        .get(pk=place.pk)
    )


def _quitter(place: InscriptionSession) -> None:
    place.etat, place.place, place.annulee_le = Etat.ANNULEE, None, timezone.now()
    place.revision += 1
    place.save(update_fields=["etat", "place", "annulee_le", "revision"])


def _journal(acteur: Acteur, place: InscriptionSession, acte: str, fait: str) -> None:
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"Session {cite(place.session.prestation.intitule)}, {fait}",
        objet=place,
        collectivite=place.cadre.collectivite,
        cadre_ref=place.cadre_id,
    )
