"""Promotions, sessions and immersions, and who is in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cadres.models import Cadre, Candidature
from collectivites.communs.calendrier import jours_ouvres
from collectivites.models import (
    Collectivite,
    Demarche,
)
from parcours.models import (
    EtapeProgramme,
    Immersion,
    Inscription,
    InscriptionSession,
    OffreImmersion,
    Prestation,
    Promotion,
    Session,
    SuiviEtape,
)
from tests.fabriques.cadrage import laisser_ouvrir_une_promotion
from tests.fabriques.fondations import numeros
from tests.fabriques.temps import dans, il_y_a

PROGRAMME = (
    (EtapeProgramme.Nature.SEMINAIRE, "Séminaire de lancement"),
    (EtapeProgramme.Nature.ENTRETIEN, "Entretien individuel"),
    (EtapeProgramme.Nature.BILAN, "Bilan final"),
)


def faire_promotion(demarche: Demarche, **champs: Any) -> Promotion:
    """A promotion that runs now, with a programme of three steps."""
    valeurs = {
        "nom": f"Promotion {next(numeros)}",
        "date_debut": dans(-30),
        "date_fin": dans(150),
        "places": 30,
    }
    laisser_ouvrir_une_promotion(demarche)
    promotion = Promotion.objects.create(demarche=demarche, **{**valeurs, **champs})
    EtapeProgramme.objects.bulk_create(
        EtapeProgramme(promotion=promotion, ordre=ordre, nature=nature, intitule=intitule)
        for ordre, (nature, intitule) in enumerate(PROGRAMME, start=1)
    )
    return promotion


def faire_inscription(
    cadre: Cadre, promotion: Promotion | None = None, etat: str = "en_cours", **champs: Any
) -> Inscription:
    """A retained cadre, enrolled, with one row to follow for each step."""
    if promotion is None:
        promotion = faire_promotion(cadre.collectivite.demarche)
    if etat != Inscription.Etat.EN_COURS:
        champs.setdefault("finie_le", il_y_a(1))
    inscription = Inscription.objects.create(
        cadre=cadre, promotion=promotion, etat=etat, **{"inscrit_le": il_y_a(30), **champs}
    )
    SuiviEtape.objects.bulk_create(
        SuiviEtape(inscription=inscription, etape=etape) for etape in promotion.etapes.all()
    )
    if cadre.candidature.etat == Candidature.Etat.RETENU and not cadre.candidature.avancee:
        cadre.candidature.avancee = Candidature.Avancee.EN_PARCOURS
        cadre.candidature.save(update_fields=["avancee"])
    return inscription


def faire_prestation(collectivite: Collectivite, **champs: Any) -> Prestation:
    """A module of the catalogue, offered by this collectivité."""
    valeurs = {"nature": Prestation.Nature.ECOLE, "intitule": f"Module {next(numeros)}"}
    return Prestation.objects.create(collectivite=collectivite, **{**valeurs, **champs})


def faire_session(prestation: Prestation, places: int = 2, **champs: Any) -> Session:
    """Three hours, in ten days unless `debut` says otherwise."""
    debut = champs.pop("debut", il_y_a(-10))
    valeurs = {
        "debut": debut,
        "fin": debut + timedelta(hours=3),
        "inscription_avant": debut,
        "capacite": places,
        "lieu": "Salle 204",
    }
    return Session.objects.create(prestation=prestation, **{**valeurs, **champs})


def faire_place(
    session: Session, cadre: Cadre, etat: str = "confirmee", **champs: Any
) -> InscriptionSession:
    """Somebody in a session, in the next free seat; or on its waiting list."""
    assis = etat in InscriptionSession.ETATS_ASSIS
    valeurs = {
        "place": session.inscriptions.filter(place__isnull=False).count() + 1 if assis else None,
        "confirmee_le": il_y_a(2) if assis else None,
    }
    return InscriptionSession.objects.create(
        session=session, cadre=cadre, etat=etat, **{**valeurs, **champs}
    )


def faire_offre_immersion(collectivite: Collectivite, **champs: Any) -> OffreImmersion:
    """Two places, over two months from the fifth one on: the days of `faire_immersion` are in it."""
    valeurs: dict[str, Any] = {
        "service": "Direction des lycées",
        "lieu": "Orléans",
        "fonctions": "Une commission, une équipe au travail.",
        "debut": dans(140),
        "fin": dans(200),
        "nb_jours": 5,
        "places": 2,
        "contact_nom": "Service mobilité",
    }
    return OffreImmersion.objects.create(collectivite=collectivite, **{**valeurs, **champs})


def faire_immersion(
    cadre: Cadre, accueil: Collectivite, etat: str = "demandee", **champs: Any
) -> Immersion:
    """Three days in a row, in five months; granted and signed as its state demands."""
    premier = dans(150)
    dates = jours_ouvres(premier, premier + timedelta(days=10))[:3]
    valeurs: dict[str, Any] = {
        "service": "Direction des lycées",
        "fonctions": "Le quotidien d’une direction.",
        "motivation": "Voir avant de choisir.",
        "jours": [jour.isoformat() for jour in dates],
        "nb_jours": len(dates),
        "debut": dates[0],
        "fin": dates[-1],
        "repondre_avant": dans(20),
        "montree_le": il_y_a(3),
    }
    if etat in {"accordee", "convention", "realisee"}:
        valeurs |= {"accord_origine_le": il_y_a(2), "accord_accueil_le": il_y_a(1), "revision": 1}
    if etat in {"convention", "realisee"}:
        valeurs["signee_le"] = dans(0)
    if etat in {"refusee", "reportee"}:
        valeurs["motif"] = "Service en réorganisation."
    return Immersion.objects.create(
        cadre=cadre,
        collectivite_origine=cadre.collectivite,
        collectivite_accueil=accueil,
        etat=etat,
        **{**valeurs, **champs},
    )
