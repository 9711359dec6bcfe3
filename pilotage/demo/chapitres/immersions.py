"""Immersions, each of which its step of the parcours follows: asked, agreed, signed, done."""

from datetime import date, datetime, timedelta

from cadres.models import Cadre
from collectivites.communs.calendrier import jours_ouvres
from parcours.models import EtapeProgramme, Immersion, Inscription, SuiviEtape
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
