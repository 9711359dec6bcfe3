"""Seats of a session: taken, waited for, given back, and what came of them.

The session's row is held throughout, so that its last seat is given once; were it not, the number
of the seat, unique in the database, would still refuse the second.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite, compter, date_texte, enumerer
from collectivites.models import Collectivite
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.models import Immersion, InscriptionSession, Session, SuiviEtape
from parcours.mots import Actes
from parcours.regles import quand_et_ou
from parcours.sessions import courriels, predicats
from parcours.suites import noter

Etat = InscriptionSession.Etat
#: A step lasts at most this long (see EtapeForm): how far back an overlap is looked for.
_PLUS_LONGUE_ETAPE = timedelta(minutes=7200)


class Chevauchement(ActionImpossible):
    """The person is expected elsewhere at that time. May be passed over."""


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
        if any(d < fin and f > debut for d, f in place.session.demi_journees)
    ]
    suivis = (
        SuiviEtape.objects.datees()
        .filter(
            inscription__cadre=cadre_id,
            etat=SuiviEtape.Etat.PLANIFIEE,
            quand__lt=fin,
            quand__gt=debut - _PLUS_LONGUE_ETAPE,
        )
        .select_related("etape")
    )
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
    cadre = verrouiller(cadre.pk)
    session = verrous.session(session.pk)
    exiger(predicats.refus_demander_place(acteur, session, cadre))
    conflits = chevauchements_de_la_session(cadre.pk, session)
    if conflits and not malgre_chevauchement:
        raise Chevauchement(
            f"À la même heure, {cadre.nom_complet} a déjà : {enumerer(conflits)}. "
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
    noter(acteur, place, Actes.PLACE_DEMANDEE, _libelle(place, fait), cadre=cadre)
    if not session.est_commencee:
        courriels.annoncer_inscription(place, par_sa_drh=acteur.role != Role.CADRE)
    return place


def inscrire_plusieurs(
    *, acteur: Acteur, session: Session, cadres: Iterable[Cadre], malgre_chevauchement: bool = False
) -> list[InscriptionSession]:
    """Several of one's own people: all of them, or nobody. In the order of their names, which is
    that of the seats."""
    return [
        inscrire_a_session(
            acteur=acteur,
            session=session,
            cadre=cadre,
            malgre_chevauchement=malgre_chevauchement,
        )
        for cadre in cadres
    ]


def chevauchements_de_la_session(cadre_id: int, session: Session) -> list[str]:
    """What the person is already expected at, half-day by half-day."""
    return list(
        dict.fromkeys(
            texte
            for debut, fin in session.demi_journees
            for texte in chevauchements(cadre_id, debut, fin, sauf=session.pk)
        )
    )


def annuler_place(*, acteur: Acteur, place: InscriptionSession) -> InscriptionSession:
    """Give the seat back: the first who waits, and may have it, gets it at once."""
    place = verrous.place(place)
    exiger(predicats.refus_annuler_place(acteur, place))
    quitter(place)
    libelle = _libelle(place, "inscription annulée")
    noter(acteur, place, Actes.PLACE_ANNULEE, libelle, cadre=place.cadre)
    courriels.annoncer_desistement(place, par_sa_drh=acteur.role != Role.CADRE)
    asseoir_les_suivants(place.session)
    return place


def liberer_les_places_de(*, acteur: Acteur, cadre: Cadre) -> int:
    """The person, locked, leaves the parcours: their seats and their immersions to come are given
    back. Returns how many seats."""
    places = InscriptionSession.objects.vivantes().filter(
        cadre=cadre, session__debut__gt=timezone.now()
    )
    liberees = sum(_rendre(acteur, place) for place in places.order_by("session_id", "pk"))
    for immersion in verrous.immersions_a_venir(cadre):
        immersion.etat = Immersion.Etat.ANNULEE
        immersion.revision += 1
        immersion.save(update_fields=["etat", "revision"])
        courriels.annoncer_immersion_annulee(immersion)
    return liberees


def _rendre(acteur: Acteur, place: InscriptionSession) -> bool:
    """Whether the seat was still theirs once the session is locked."""
    place = verrous.place(place)
    if not place.est_vivante:
        return False
    quitter(place)
    libelle = _libelle(place, "place rendue, parcours terminé")
    noter(acteur, place, Actes.PLACE_ANNULEE, libelle, cadre=place.cadre)
    courriels.annoncer_desistement(place, par_sa_drh=False)
    asseoir_les_suivants(place.session)
    return True


def asseoir_les_suivants(session: Session) -> int:
    """Give the free seats to those who wait, in the order they asked. The session is locked."""
    if session.etat != Session.Etat.OUVERTE or session.est_commencee:
        return 0
    assis = 0
    for place in verrous.places_de(session):
        if place.etat != Etat.ATTENTE:
            continue
        siege = _siege_libre(session, place.cadre.collectivite_id)
        if siege is None:
            continue  # the seats left may be kept for somebody else who waits
        place.etat, place.place, place.confirmee_le = Etat.CONFIRMEE, siege, timezone.now()
        place.revision += 1
        place.save(update_fields=["etat", "place", "confirmee_le", "revision"])
        courriels.annoncer_place_liberee(place)
        assis += 1
    return assis


def noter_feuille(
    *,
    acteur: Acteur,
    session: Session,
    presences: Mapping[int, str],
    manquees: Mapping[int, list[int]] | None = None,
) -> int:
    """Who came, and which half-days they missed (`manquees`: place → ranks). Once everybody is noted, the session was held. Returns how many rows changed."""
    session = verrous.session(session.pk)
    exiger(predicats.refus_noter_presences(acteur, session))
    assises = verrous.places_assises(session)
    changees = sum(
        _noter_une_place(
            acteur,
            place,
            presences.get(place.pk, place.etat),
            (manquees or {}).get(place.pk, place.plages_manquees),
        )
        for place in assises
    )
    # Nobody else may note those who withdrew since: they do not keep the sheet open.
    attendues = [p for p in assises if p.cadre.candidature.oui_tient]
    if session.est_commencee and all(p.etat != Etat.CONFIRMEE for p in attendues):
        session.etat = Session.Etat.TENUE
        session.save(update_fields=["etat"])
    return changees


def _noter_une_place(
    acteur: Acteur, place: InscriptionSession, etat: str, manquees: list[int]
) -> bool:
    """Whether the row changed."""
    if etat not in InscriptionSession.ETATS_PASSES:
        return False
    manquees = sorted(set(manquees)) if etat == Etat.PRESENT else []
    if len(manquees) >= len(place.session.demi_journees):
        raise ActionImpossible(
            f"{place.cadre.nom_complet} a manqué chaque demi-journée : notez l’absence."
        )
    if etat == place.etat and manquees == place.plages_manquees:
        return False
    place.etat, place.plages_manquees = Etat(etat), manquees
    place.save(update_fields=["etat", "plages_manquees"])
    fait = place.get_etat_display().lower()
    if manquees:
        fait += f", sauf {compter(len(manquees), 'demi-journée')}"
    libelle = _libelle(place, fait)
    noter(acteur, place, Actes.PLACE_NOTEE, libelle, cadre=place.cadre)
    return True


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


def quitter(place: InscriptionSession) -> None:
    place.etat, place.place, place.annulee_le = Etat.ANNULEE, None, timezone.now()
    place.revision += 1
    place.save(update_fields=["etat", "place", "annulee_le", "revision"])


def _libelle(place: InscriptionSession, fait: str) -> str:
    return f"Session {cite(place.session.prestation.intitule)}, {fait}"
