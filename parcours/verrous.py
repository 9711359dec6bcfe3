"""Rows of the parcours, locked in one order everywhere: here nothing is judged.

The promotion and its steps; the persons (their candidacies, by `cadres.fiche.verrous`); their
enrolments, then the rows of each step; a session, then its places. Several rows of one kind, by
ascending key. What is one person's alone (an immersion, and all that is behind the wall) is only
locked with the person held, and needs no place of its own.

An act may skip a level and never goes back up: two acts that need the same rows then wait for one
another instead of embracing. The persons come before what is theirs because leaving the démarche,
which starts there, ends all of it.
"""

from __future__ import annotations

from cadres.fiche.verrous import prendre, verrouiller
from cadres.models import Cadre
from parcours.models import (
    Accompagnement,
    Bilan,
    CreneauCoaching,
    EtapeProgramme,
    Immersion,
    Inscription,
    InscriptionSession,
    NoteCoaching,
    NotePrivee,
    Objectif,
    OffreImmersion,
    Prestation,
    Promotion,
    RendezVousCoaching,
    Session,
    SuiviEtape,
    Synthese,
)
from parcours.mots import EtatInscription
from parcours.sessions.requetes import ImmersionQuerySet

# --- The programme --------------------------------------------------------------------------------


def promotion(pk: int) -> Promotion:
    """Held throughout by whoever enters it: its last place is given once."""
    return Promotion.objects.select_for_update(of=("self",)).select_related("demarche").get(pk=pk)


def etape(etape: EtapeProgramme) -> EtapeProgramme:
    """The promotion, then the step, which bears it."""
    tenue = promotion(etape.promotion_id)
    verrouillee: EtapeProgramme = tenue.etapes.select_for_update().get(pk=etape.pk)
    verrouillee.promotion = tenue
    return verrouillee


def inscription(inscription: Inscription) -> Inscription:
    """The person, then their enrolment, which bears their file."""
    cadre = verrouiller(inscription.cadre_id)
    verrouillee = (
        Inscription.objects.select_for_update(of=("self",))
        .select_related("promotion__demarche")
        .get(pk=inscription.pk)
    )
    verrouillee.cadre = cadre
    return verrouillee


def inscription_en_cours(cadre: Cadre) -> Inscription | None:
    """The live parcours of a person who is locked already; it bears their file."""
    trouvee: Inscription | None = (
        Inscription.objects.select_for_update(of=("self",))
        .select_related("promotion__demarche")
        .filter(cadre=cadre, etat=EtatInscription.EN_COURS)
        .first()
    )
    if trouvee is not None:
        trouvee.cadre = cadre
    return trouvee


def suivi(suivi: SuiviEtape) -> SuiviEtape:
    """The enrolment, then the row of the step."""
    list(
        Inscription.objects.select_for_update(of=("self",))
        .filter(pk=suivi.inscription_id)
        .values_list("pk")
    )
    return (
        SuiviEtape.objects.select_for_update(of=("self",))
        .select_related("etape", "inscription__promotion__demarche")
        .select_related("inscription__cadre__utilisateur")
        .select_related("inscription__cadre__collectivite__demarche")
        .get(pk=suivi.pk)
    )


def suivis_vivants(etape: EtapeProgramme) -> list[SuiviEtape]:
    """The rows of a step, itself locked, for those in the parcours: the enrolments, then the rows."""
    en_cours = Inscription.objects.filter(
        promotion=etape.promotion_id, etat=EtatInscription.EN_COURS
    )
    list(en_cours.select_for_update().order_by("pk").values_list("pk"))
    suivis = list(
        etape.suivis.select_for_update(of=("self",))
        .filter(inscription__etat=EtatInscription.EN_COURS)
        .select_related("inscription__cadre__utilisateur")
        .select_related("inscription__cadre__collectivite__demarche")
        .order_by("pk")
    )
    for suivi in suivis:
        suivi.etape = etape
    return suivis


# --- Sessions and immersions ----------------------------------------------------------------------


def prestation(pk: int) -> Prestation:
    return (
        Prestation.objects.select_for_update(of=("self",)).select_related("collectivite").get(pk=pk)
    )


def session(pk: int) -> Session:
    """Held throughout by whoever takes, gives back or moves a seat."""
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("prestation__collectivite__demarche", "animateur")
        .get(pk=pk)
    )


def place(place: InscriptionSession) -> InscriptionSession:
    """The session, then the place, which bears it."""
    tenue = session(place.session_id)
    verrouillee = (
        InscriptionSession.objects.select_for_update(of=("self",))
        .select_related("cadre__utilisateur", "cadre__collectivite__demarche")
        .get(pk=place.pk)
    )
    verrouillee.session = tenue
    return verrouillee


def places_de(session: Session) -> list[InscriptionSession]:
    """Those whom a change of the session, itself locked, concerns, in the order they asked."""
    places = list(
        InscriptionSession.objects.select_for_update(of=("self",))
        .filter(session=session, etat__in=InscriptionSession.ETATS_VIVANTS)
        .select_related("cadre__utilisateur", "cadre__collectivite__demarche")
        .order_by("demandee_le", "pk")
    )
    for place in places:
        place.session = session
    return places


def places_assises(session: Session) -> list[InscriptionSession]:
    """Those who hold a seat of a session that is locked, with the state of their candidacy."""
    places = list(
        InscriptionSession.objects.select_for_update(of=("self",))
        .filter(session=session)
        .assises()
        .select_related("cadre__collectivite__demarche", "cadre__candidature")
        .order_by("pk")
    )
    for place in places:
        place.session = session
    return places


def immersion(immersion: Immersion) -> Immersion:
    """The person first: an immersion that took place marks a step of their parcours."""
    prendre([immersion.cadre_id])
    return _immersions().get(pk=immersion.pk)


def offre(pk: int) -> OffreImmersion:
    """After the person, when one asks: held throughout by whoever takes a place, or changes how many."""
    return (
        OffreImmersion.objects.select_for_update(of=("self",))
        .select_related("collectivite__demarche")
        .get(pk=pk)
    )


def immersions_a_venir(cadre: Cadre) -> list[Immersion]:
    """Those that a person who is locked already may still give up."""
    return list(_immersions().filter(cadre=cadre).a_venir().order_by("pk"))


def _immersions() -> ImmersionQuerySet:
    immersions: ImmersionQuerySet = (
        Immersion.objects.select_for_update(of=("self",))
        .select_related("cadre__utilisateur", "cadre__collectivite__demarche")
        .select_related("collectivite_origine", "collectivite_accueil__demarche")
    )
    return immersions


# --- Behind the wall ------------------------------------------------------------------------------


def accompagnement(accompagnement: Accompagnement) -> Accompagnement:
    """The person, then the accompagnement, which bears their file."""
    cadre = verrouiller(accompagnement.cadre_id)
    verrouille = Accompagnement.objects.select_for_update(of=("self",)).get(pk=accompagnement.pk)
    verrouille.cadre = cadre
    return verrouille


def accompagnement_ouvert(cadre: Cadre) -> Accompagnement | None:
    """Today's accompagnement of a person who is locked already; it bears their file."""
    ouvert: Accompagnement | None = (
        Accompagnement.objects.select_for_update(of=("self",))
        .select_related("accompagnateur__utilisateur")
        .filter(cadre=cadre, fin__isnull=True)
        .first()
    )
    if ouvert is not None:
        ouvert.cadre = cadre
    return ouvert


def rendez_vous(rendez_vous: RendezVousCoaching) -> RendezVousCoaching:
    """The person, then the appointment."""
    prendre([rendez_vous.accompagnement.cadre_id])
    return (
        RendezVousCoaching.objects.select_for_update(of=("self",))
        .select_related("accompagnement__cadre__candidature")
        .select_related("accompagnement__cadre__utilisateur")
        .select_related("accompagnement__cadre__collectivite__demarche")
        .select_related("accompagnement__accompagnateur__utilisateur")
        .get(pk=rendez_vous.pk)
    )


def rendez_vous_a_venir(accompagnement: Accompagnement) -> list[RendezVousCoaching]:
    """Those to come of an accompagnement that is locked already."""
    a_venir = list(accompagnement.rendez_vous.select_for_update().a_venir().order_by("debut", "pk"))
    for rendez_vous in a_venir:
        rendez_vous.accompagnement = accompagnement
    return a_venir


def creneau(pk: int) -> CreneauCoaching:
    """A free hour; whoever picks it is locked already."""
    return (
        CreneauCoaching.objects.select_for_update(of=("self",))
        .select_related("accompagnateur__utilisateur")
        .get(pk=pk)
    )


def note_privee(note: NotePrivee) -> NotePrivee:
    """The person, then the coach's note."""
    prendre([note.accompagnement.cadre_id])
    return (
        NotePrivee.objects.select_for_update(of=("self",))
        .select_related("accompagnement__cadre__candidature")
        .get(pk=note.pk)
    )


def note(note: NoteCoaching) -> NoteCoaching:
    """The person, then the note."""
    prendre([note.accompagnement.cadre_id])
    return (
        NoteCoaching.objects.select_for_update(of=("self",))
        .select_related("accompagnement__cadre__candidature")
        .get(pk=note.pk)
    )


def objectif(pk: int) -> Objectif:
    """An objective; its person is locked already."""
    return Objectif.objects.select_for_update(of=("self",)).get(pk=pk)


def synthese(synthese: Synthese) -> Synthese:
    """The person, then the synthesis."""
    prendre([synthese.accompagnement.cadre_id])
    return (
        Synthese.objects.select_for_update(of=("self",))
        .select_related("accompagnement__cadre__candidature")
        .select_related("accompagnement__cadre__collectivite")
        .get(pk=synthese.pk)
    )


def synthese_de(accompagnement: Accompagnement) -> Synthese | None:
    """The synthesis of an accompagnement whose person is locked already, if it was begun."""
    trouvee: Synthese | None = (
        Synthese.objects.select_for_update(of=("self",))
        .filter(accompagnement=accompagnement)
        .first()
    )
    if trouvee is not None:
        trouvee.accompagnement = accompagnement
    return trouvee


def bilan_de(inscription: Inscription) -> Bilan | None:
    """The bilan of an enrolment that is locked already, if it was begun."""
    trouve: Bilan | None = (
        Bilan.objects.select_for_update(of=("self",)).filter(inscription=inscription).first()
    )
    if trouve is not None:
        trouve.inscription = inscription
    return trouve
