"""Offers of the four, and immersions, each of which its step of the parcours follows: asked, agreed, signed,
done; two are answers to an offer, of which the present employer knows nothing yet."""

from datetime import date, datetime, timedelta

from cadres.models import Cadre
from collectivites.communs import metiers
from collectivites.communs.calendrier import jours_ouvres
from parcours.models import EtapeProgramme, Immersion, Inscription, OffreImmersion, SuiviEtape
from parcours.regles import reponse_attendue_le
from pilotage.demo.calendrier import instant, jour, ouvre
from pilotage.demo.organisation import Lieu

E = Immersion.Etat
#: Where each employer receives.
SERVICES = {
    "ville": "DGA Culture, sports, rayonnement",
    "agglomeration": "DGA Aménagement, habitat, mobilités",
    "departement": "DGA Solidarités",
    "region": "DGA Lycées et jeunesse",
}
#: Employer, service, family of métiers, what one sees there, (from, to) in days, days each, places, contact.
OFFRES = (
    ("departement", "Maison du Département d’Orléans Nord", "Social",
     "Une commission d’insertion, une réunion de territoire, une matinée à l’accueil.",
     (100, 170), 5, 3, "Anaïs Corbier"),
    ("region", "Direction des lycées, pôle travaux", "Technique",
     "Le comité de pilotage d’un chantier, la préparation d’une commission permanente.",
     (110, 190), 4, 2, "Loïc Trémois"),
    ("agglomeration", "Direction de l’eau", "Eau",
     "La régie au quotidien, un conseil d’exploitation, une astreinte racontée.",
     (95, 150), 3, 1, "Nadège Pautrat"),
    ("ville", "Réseau de lecture publique", "Culture",
     "L’ouverture d’une médiathèque, un comité d’acquisition, une soirée.",
     (120, 210), 5, 4, "Rémi Chastaing"),
)  # fmt: skip
#: Offer, rank among those in a parcours, has the host said yes.
SUR_OFFRE = ((0, 6, True), (1, 7, False))

#: Rank among those in a parcours, state, days from today.
EN_COURS = (
    (0, E.DEMANDEE, 54),
    (3, E.ACCORDEE, 40),
    (5, E.CONVENTION, 20),
    (9, E.REALISEE, -20),
    (11, E.REALISEE, -27),
)


def accorder(lieu: Lieu, cadres: list[Cadre]) -> None:
    """Those of the promotion under way, then those that the first one did."""
    offres = [_offre(lieu, *offre) for offre in OFFRES]
    for numero, rang, d_accord in SUR_OFFRE:
        _repondre_a_l_offre(cadres[rang], offres[numero], d_accord=d_accord)
    for rang, etat, jours in EN_COURS:
        _immersion(lieu, cadres[rang], etat, ouvre(jour(jours=jours)))
    faites = SuiviEtape.objects.filter(
        inscription__etat=Inscription.Etat.ACHEVEE,
        etape__nature=EtapeProgramme.Nature.IMMERSION,
        quand__isnull=False,
    ).select_related("inscription__cadre__collectivite")
    for suivi in faites.order_by("pk"):
        assert suivi.quand is not None
        _immersion(lieu, suivi.inscription.cadre, E.REALISEE, suivi.quand.date())


def _offre(
    lieu: Lieu,
    code: str,
    service: str,
    famille: str,
    fonctions: str,
    periode: tuple[int, int],
    nb_jours: int,
    places: int,
    contact: str,
) -> OffreImmersion:
    return OffreImmersion.objects.create(
        collectivite=lieu.collectivites[code],
        service=service,
        **metiers.colonnes(famille),
        lieu="Orléans",
        fonctions=fonctions,
        debut=ouvre(jour(jours=periode[0])),
        fin=ouvre(jour(jours=periode[1])),
        nb_jours=nb_jours,
        places=places,
        contact_nom=contact,
        contact_telephone="02 38 00 45 45",
        publiee_le=instant(jour(jours=-12)),
    )


def _repondre_a_l_offre(cadre: Cadre, offre: OffreImmersion, *, d_accord: bool) -> None:
    """Asked of the host alone, who may have said yes."""
    dates = jours_ouvres(offre.debut, offre.fin)[:2]
    Immersion.objects.create(
        cadre=cadre,
        offre=offre,
        collectivite_origine=cadre.collectivite,
        collectivite_accueil=offre.collectivite,
        service=offre.service,
        lieu=offre.lieu,
        fonctions=offre.fonctions,
        motivation="Je connais ce métier de loin : je veux le voir de près avant d’en parler.",
        jours=[d.isoformat() for d in dates],
        nb_jours=len(dates),
        debut=dates[0],
        fin=dates[-1],
        demandee_le=instant(jour(jours=-6)),
        repondre_avant=reponse_attendue_le(jour(jours=-6)),
        accord_accueil_le=instant(jour(jours=-2)) if d_accord else None,
    )


def _immersion(lieu: Lieu, cadre: Cadre, etat: str, premier: date) -> None:
    """Three working days at the employer that comes after one's own."""
    codes = list(SERVICES)
    code = codes[(codes.index(cadre.collectivite.code) + 1 + cadre.pk % 3) % 4]
    dates = jours_ouvres(premier, premier + timedelta(days=14))[:3]
    demandee = min(dates[0] - timedelta(days=100), jour(jours=-5))
    if etat == E.DEMANDEE:
        demandee = jour(jours=-5)
    accord = None if etat == E.DEMANDEE else instant(demandee + timedelta(days=3))
    Immersion.objects.create(
        cadre=cadre,
        collectivite_origine=cadre.collectivite,
        collectivite_accueil=lieu.collectivites[code],
        service=SERVICES[code],
        lieu="Orléans",
        fonctions="Le quotidien d’une direction, ses arbitrages, ses instances.",
        motivation="Vérifier, avant de formuler un vœu, que ce métier me convient.",
        jours=[d.isoformat() for d in dates],
        nb_jours=len(dates),
        debut=dates[0],
        fin=dates[-1],
        etat=etat,
        demandee_le=instant(demandee),
        montree_le=instant(demandee),
        repondre_avant=reponse_attendue_le(demandee),
        delai_reduit=(dates[0] - demandee).days < 92,
        accord_origine_le=accord,
        accord_accueil_le=accord,
        signee_le=dates[0] - timedelta(days=10) if etat in {E.CONVENTION, E.REALISEE} else None,
        revision=0 if etat == E.DEMANDEE else 1,
    )
    if etat != E.DEMANDEE:
        _porter_sur_l_etape(cadre, etat, instant(dates[0], 9))


def _porter_sur_l_etape(cadre: Cadre, etat: str, quand: datetime) -> None:
    faite = etat == E.REALISEE
    SuiviEtape.objects.filter(
        inscription__cadre=cadre, etape__nature=EtapeProgramme.Nature.IMMERSION
    ).update(
        etat=SuiviEtape.Etat.FAITE if faite else SuiviEtape.Etat.PLANIFIEE,
        quand=quand,
        lieu="Orléans",
    )
