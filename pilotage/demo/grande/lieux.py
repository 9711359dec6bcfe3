"""Démarches, their four employers, directions, accounts, gates and promotions: few, written by the models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.files.storage import default_storage

from collectivites.models import Collectivite, Demarche, Direction, Mandat, Utilisateur
from collectivites.mots import Role
from parcours.models import EtapeProgramme, Promotion
from parcours.mots import NatureEtape
from pilotage.cadrage.regles.versions import poser_version
from pilotage.demo.cadrage.pieces import feuille
from pilotage.demo.calendrier import instant, jour
from pilotage.demo.organisation import DOMAINE, MOT_DE_PASSE
from pilotage.models import AccordElus, EngagementDGS, PassageJalon
from pilotage.mots import Jalon

CODE = "territoire"
EMPLOYEURS = (
    ("ville", "Ville de {}", "Ville"),
    ("agglomeration", "{} Agglomération", "Agglomération"),
    ("departement", "Département de {}", "Département"),
    ("region", "Région de {}", "Région"),
)
VILLES = (
    "Aubeterre Beauvallon Clairvaux Darnétal Estancourt Fontbrune Grandlieu Hautmont Issenheim Jonquières "
    "Kersaint Lormont Montclar Neuvic Ormesson Pierrefort Quincy Rochebrune Sauveterre Tréguier"
).split()
DIRECTIONS = (
    "Direction générale",
    "Finances",
    "Ressources humaines",
    "Systèmes d’information",
    "Bâtiments",
    "Voirie",
    "Urbanisme",
    "Solidarités",
    "Éducation",
    "Culture",
)
#: One account for each, at each employer.
ROLES = (Role.DGS, Role.DRH, Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR)
ETAPES = (
    (NatureEtape.SEMINAIRE, "Séminaire de lancement"),
    (NatureEtape.ENTRETIEN, "Entretien individuel"),
    (NatureEtape.ECOLE, "Conduire le changement"),
    (NatureEtape.BILAN, "Bilan final"),
)
#: People of one promotion; and as many promotions as a démarche has at most.
PLACES, PROMOTIONS_MAX = 40, 60


@dataclass(frozen=True)
class Lieux:
    """What was made, in the order of its keys, which follow one another: SQL finds them by counting."""

    demarches: list[Demarche]
    collectivites: list[Collectivite]
    directions: list[Direction]
    #: By role, one for each employer, in the same order.
    mandats: dict[str, list[Mandat]]
    promotions: list[Promotion]
    etapes: list[EtapeProgramme]
    mot_de_passe: str
    par_demarche: int

    @property
    def promotions_par_demarche(self) -> int:
        return len(self.promotions) // len(self.demarches)


def installer(nombre: int, par_demarche: int, inscrits: int) -> Lieux:
    """`nombre` démarches that will have so many cadres each, `inscrits` of them in promotions."""
    debut = jour(mois=-26).replace(day=1)
    demarches = Demarche.objects.bulk_create(
        Demarche(
            code=f"{CODE}-{k + 1}",
            nom=f"Parcours mobilité {_nom(k)}",
            date_debut=debut,
            date_fin=debut.replace(year=debut.year + 3),
            objectif_mobilites=max(36, min(30_000, par_demarche // 20)),
            est_demo=True,
        )
        for k in range(nombre)
    )
    for demarche in demarches:
        poser_version(demarche, depuis=instant(debut))
    collectivites = Collectivite.objects.bulk_create(
        Collectivite(
            demarche=demarche,
            code=code,
            nom=nom.format(_nom(k)),
            nom_court=court,
            domaine_courriel=f"{code}{k + 1}.example.fr",
        )
        for k, demarche in enumerate(demarches)
        for code, nom, court in EMPLOYEURS
    )
    directions = Direction.objects.bulk_create(
        Direction(collectivite=c, libelle=libelle) for c in collectivites for libelle in DIRECTIONS
    )
    mot_de_passe = make_password(MOT_DE_PASSE)
    mandats = _comptes(demarches, collectivites, mot_de_passe)
    _ouvrir_les_jalons(demarches, collectivites, mandats[Role.DGS])
    promotions, etapes = _promotions(demarches, inscrits)
    return Lieux(
        demarches,
        collectivites,
        directions,
        mandats,
        promotions,
        etapes,
        mot_de_passe,
        par_demarche,
    )


def _nom(k: int) -> str:
    tour, rang = divmod(k, len(VILLES))
    return VILLES[rang] + (f" {tour + 1}" if tour else "")


def adresse(role: str, code: str, k: int) -> str:
    """« drh.ville.12@demo.example »: of the twelfth démarche."""
    return f"{role}.{code}.{k + 1}@{DOMAINE}"


def _comptes(
    demarches: list[Demarche], collectivites: list[Collectivite], mot_de_passe: str
) -> dict[str, list[Mandat]]:
    mandats = {}
    for role in ROLES:
        comptes = Utilisateur.objects.bulk_create(
            Utilisateur(
                email=adresse(role, c.code, rang // len(EMPLOYEURS)),
                prenom=str(role.label).split()[0],
                nom=f"{c.nom_court} {rang // len(EMPLOYEURS) + 1}",
                password=mot_de_passe,
            )
            for rang, c in enumerate(collectivites)
        )
        mandats[str(role)] = Mandat.objects.bulk_create(
            Mandat(utilisateur=u, collectivite=c, role=role, debut=demarches[0].date_debut)
            for u, c in zip(comptes, collectivites, strict=True)
        )
    return mandats


def _ouvrir_les_jalons(
    demarches: list[Demarche], collectivites: list[Collectivite], dgs: list[Mandat]
) -> None:
    """The élus agreed, the DGS committed themselves, the gates are passed. One document for all."""
    piece = default_storage.save(
        "cadrage/accordelus/demonstration.pdf",
        feuille("deliberation.pdf", "Délibération de la démonstration"),
    )
    AccordElus.objects.bulk_create(
        AccordElus(
            collectivite=c,
            instance="Assemblée délibérante",
            le=jour(mois=-26),
            numero=f"{jour(mois=-26).year}-{c.pk}",
            piece=piece,
            nom_piece="Délibération.pdf",
            par=mandat,
        )
        for c, mandat in zip(collectivites, dgs, strict=True)
    )
    EngagementDGS.objects.bulk_create(
        EngagementDGS(collectivite=c, mandat=mandat, le=instant(jour(mois=-26)))
        for c, mandat in zip(collectivites, dgs, strict=True)
    )
    PassageJalon.objects.bulk_create(
        PassageJalon(demarche=d, jalon=jalon, rang=rang, le=instant(jour(mois=-25)))
        for d in demarches
        for jalon in Jalon
        for rang in range(1, (PROMOTIONS_MAX if jalon == Jalon.PROMOTION else 1) + 1)
    )


def _promotions(
    demarches: list[Demarche], inscrits: int
) -> tuple[list[Promotion], list[EtapeProgramme]]:
    """As many as hold them; of 40 people, or more where a démarche has more than sixty of them."""
    nombre = max(1, min(PROMOTIONS_MAX, -(-inscrits // PLACES)))
    # A guess is made of how many fall into each: a quarter more than the mean, and some.
    places = min(32_000, max(PLACES, -(-inscrits // nombre)) * 5 // 4 + PLACES)
    premiere = jour(mois=-25)
    promotions = Promotion.objects.bulk_create(
        Promotion(
            demarche=d,
            nom=f"Promotion {rang + 1}",
            date_debut=premiere + timedelta(days=rang * 10),
            date_fin=jour(mois=2) + timedelta(days=rang),
            places=places,
        )
        for d in demarches
        for rang in range(nombre)
    )
    etapes = EtapeProgramme.objects.bulk_create(
        EtapeProgramme(promotion=p, ordre=ordre, nature=nature, intitule=intitule)
        for p in promotions
        for ordre, (nature, intitule) in enumerate(ETAPES, start=1)
    )
    return promotions, etapes
