"""A lively catalogue: sessions held and to come, one full with people waiting, and immersions."""

from datetime import timedelta

from cadres.models import Cadre, Candidature
from collectivites.mots import Role
from parcours.models import Inscription, InscriptionSession, Prestation, Session
from pilotage.demo.calendrier import instant, jour, ouvre
from pilotage.demo.chapitres import immersions
from pilotage.demo.organisation import COMPTE_CADRE, Lieu

N = Prestation.Nature
F = Prestation.Format
Place = InscriptionSession.Etat
#: collectivité, nature, title, description, by the firm, run by, format, minutes, place, cost, prerequisites
PRESTATIONS = (
    (
        "departement",
        N.ECOLE,
        "Conduire un changement d’organisation",
        "Une journée autour d’un cas réel, apporté par les participants.",
        False,
        "École interne du Département",
        F.PRESENCE,
        420,
        "Hôtel du Département, salle 204",
        "Gratuit pour les quatre",
        "Encadrer une équipe",
    ),
    (
        "region",
        N.ECOLE,
        "Piloter une politique publique par l’évaluation",
        "Poser une question évaluative, choisir ses données, rendre compte aux élus.",
        False,
        "Mission évaluation de la Région",
        F.MIXTE,
        360,
        "Hôtel de Région, salle Jeanne-d’Arc",
        "Gratuit pour les quatre",
        "",
    ),
    (
        "ville",
        N.ATELIER,
        "Prendre la parole devant un conseil",
        "Exercices filmés, par groupes de huit.",
        False,
        "Service formation de la Ville",
        F.PRESENCE,
        210,
        "Hôtel de Ville, salle des mariages",
        "60 € par personne",
        "",
    ),
    (
        "agglomeration",
        N.CODEVELOPPEMENT,
        "Codéveloppement entre pairs",
        "Six personnes, six situations de travail, une méthode.",
        True,
        "Cabinet d’accompagnement",
        F.PRESENCE,
        180,
        "Cabinet, rue Bannier",
        "Compris dans le marché",
        "S’engager pour trois séances",
    ),
    (
        "agglomeration",
        N.COACHING,
        "Vivier de coachs internes",
        "Trois entretiens avec un coach formé, d’une autre collectivité que la vôtre.",
        False,
        "Coachs internes de la Métropole",
        F.MIXTE,
        90,
        "",
        "Gratuit pour les quatre",
        "",
    ),
    (
        "departement",
        N.IMMERSION,
        "Accueil en immersion : maisons du Département",
        "Deux à cinq jours auprès d’une responsable de territoire.",
        False,
        "Direction des solidarités",
        F.PRESENCE,
        420,
        "Montargis ou Pithiviers",
        "",
        "",
    ),
)


def garnir(lieu: Lieu) -> None:
    """Call it once the promotions are under way."""
    cadres = _participants()
    _sessions(lieu, _prestations(lieu), cadres)
    immersions.accorder(lieu, cadres)


def _prestations(lieu: Lieu) -> list[Prestation]:
    return [
        Prestation.objects.create(
            collectivite=lieu.collectivites[code],
            nature=nature,
            intitule=intitule,
            description=description,
            par_le_cabinet=cabinet,
            prestataire=prestataire,
            format=forme,
            duree_minutes=minutes,
            lieu=place,
            cout=cout,
            prerequis=prerequis,
        )
        for code, nature, intitule, description, cabinet, prestataire, forme, minutes, place, cout, prerequis in PRESTATIONS
    ]


def _participants() -> list[Cadre]:
    """Those in a parcours; the account that visitors try is among those who come."""
    cadres = list(
        Cadre.objects.filter(
            inscriptions__etat=Inscription.Etat.EN_COURS, candidature__etat=Candidature.Etat.RETENU
        )
        .select_related("collectivite", "utilisateur")
        .order_by("pk")
    )
    vedette = next(
        (c for c in cadres if c.utilisateur and c.utilisateur.email == COMPTE_CADRE), None
    )
    if vedette is not None:
        cadres.remove(vedette)
        cadres.insert(3, vedette)
    return cadres


def _sessions(lieu: Lieu, prestations: list[Prestation], cadres: list[Cadre]) -> None:
    conduire, piloter, parler, codev, *_ = prestations
    passee = _session(conduire, jours=-24, heure=9, places=12)
    _asseoir(passee, cadres[:11], Place.PRESENT, absents=2)
    _session_tenue(passee)
    recente = _session(piloter, jours=-6, heure=10, places=20)
    _asseoir(recente, cadres[2:11], Place.PRESENT)
    _session_tenue(recente)
    a_noter = _session(codev, jours=-2, heure=14, places=6)
    a_noter.animateur = lieu.mandat("agglomeration", Role.ACCOMPAGNATEUR)
    a_noter.save()
    _asseoir(a_noter, cadres[4:10], Place.CONFIRMEE)
    complete = _session(parler, jours=9, heure=9, places=8)
    _asseoir(complete, cadres[2:13], Place.CONFIRMEE)
    suivante = _session(codev, jours=20, heure=14, places=6)
    suivante.animateur = lieu.mandat("agglomeration", Role.ACCOMPAGNATEUR)
    suivante.save()
    _asseoir(suivante, cadres[10:14], Place.CONFIRMEE)
    gardee = _session(conduire, jours=34, heure=9, places=12)
    _en_deux_demi_journees(gardee)
    gardee.places_gardees, gardee.gardees_jusquau = 2, jour(jours=15)
    gardee.save()
    _asseoir(gardee, cadres[14:18], Place.CONFIRMEE)
    _session(piloter, jours=41, heure=10, places=20)


def _session(prestation: Prestation, *, jours: int, heure: int, places: int) -> Session:
    debut = instant(ouvre(jour(jours=jours)), heure)
    return Session.objects.create(
        prestation=prestation,
        debut=debut,
        fin=debut + timedelta(minutes=prestation.duree_minutes),
        lieu=prestation.lieu,
        capacite=places,
        inscription_avant=debut - timedelta(days=2),
    )


def _en_deux_demi_journees(session: Session) -> None:
    """A morning, and the afternoon of the next day."""
    lendemain = session.debut + timedelta(days=1, hours=5)
    session.plages = [
        [debut.isoformat(), (debut + timedelta(minutes=210)).isoformat()]
        for debut in (session.debut, lendemain)
    ]
    session.fin = lendemain + timedelta(minutes=210)


def _asseoir(session: Session, cadres: list[Cadre], etat: str, *, absents: int = 0) -> None:
    """In order; those beyond the last seat wait."""
    demandee = session.inscription_avant - timedelta(days=20)
    for rang, cadre in enumerate(cadres, start=1):
        attend = rang > session.capacite
        InscriptionSession.objects.create(
            session=session,
            cadre=cadre,
            etat=Place.ATTENTE if attend else Place.ABSENT if rang <= absents else etat,
            place=None if attend else rang,
            demandee_le=demandee + timedelta(hours=3 * rang),
            confirmee_le=None if attend else demandee + timedelta(hours=3 * rang),
        )


def _session_tenue(session: Session) -> None:
    session.etat = Session.Etat.TENUE
    session.save()
