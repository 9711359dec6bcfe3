"""Rows for the tests: each factory makes the smallest coherent thing that the database accepts.

`faire_cadre(collectivite, etat="accord")`: what a test cares about is said, the rest is made up.
Every other field of the model may be given by name.
"""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cadres.acteurs import acteur_du_mandat
from cadres.models import Cadre, Candidature
from collectivites.acteur import Acteur
from collectivites.models import (
    Collectivite,
    Delegation,
    Demarche,
    Mandat,
    Poste,
    Utilisateur,
)
from collectivites.roles import Role
from opportunites.models import (
    Avis,
    Demande,
    Element,
    Mobilite,
    Opportunite,
    Proposition,
    Reserve,
    Voeu,
)
from parcours.models import (
    EtapeProgramme,
    Immersion,
    Inscription,
    InscriptionSession,
    Prestation,
    Promotion,
    Session,
    SuiviEtape,
)
from parcours.regles import jours_ouvres

MOT_DE_PASSE = "quatuor-essais-2028"

COLLECTIVITES = (
    ("ville", "Ville d’Orléans", "Ville"),
    ("agglomeration", "Orléans Métropole", "Métropole"),
    ("departement", "Département du Loiret", "Département"),
    ("region", "Région Centre-Val de Loire", "Région"),
)

PROGRAMME = (
    (EtapeProgramme.Nature.SEMINAIRE, "Séminaire de lancement"),
    (EtapeProgramme.Nature.ENTRETIEN, "Entretien individuel"),
    (EtapeProgramme.Nature.BILAN, "Bilan final"),
)

_numeros = itertools.count(1)


@lru_cache(maxsize=1)
def _hachage() -> str:
    return make_password(MOT_DE_PASSE)


def il_y_a(jours: float) -> datetime:
    """The instant `jours` days ago (in the future when negative)."""
    return timezone.now() - timedelta(days=jours)


def dans(jours: int) -> date:
    """The day `jours` days from today (in the past when negative)."""
    return timezone.localdate() + timedelta(days=jours)


# --- Foundations ------------------------------------------------------------------------------


def faire_demarche(code: str = "", **champs: Any) -> Demarche:
    """A démarche of three years, begun a year ago. It has no collectivité yet."""
    n = next(_numeros)
    valeurs = {
        "code": code or f"demarche-{n}",
        "nom": f"Parcours mobilité {n}",
        "date_debut": dans(-365),
        "date_fin": dans(730),
    }
    return Demarche.objects.create(**{**valeurs, **champs})


def faire_collectivites(demarche: Demarche) -> dict[str, Collectivite]:
    """The four of a démarche, by code. One query."""
    return {
        c.code: c
        for c in Collectivite.objects.bulk_create(
            Collectivite(demarche=demarche, code=code, nom=nom, nom_court=court)
            for code, nom, court in COLLECTIVITES
        )
    }


def utilisateur(prenom: str = "", nom: str = "", **champs: Any) -> Utilisateur:
    """A person who is not saved yet; their password is MOT_DE_PASSE."""
    n = next(_numeros)
    valeurs = {
        "email": f"personne{n}@essais.example",
        "prenom": prenom or "Camille",
        "nom": nom or f"Personne{n}",
        "password": _hachage(),
    }
    return Utilisateur(**{**valeurs, **champs})


def faire_utilisateur(prenom: str = "", nom: str = "", **champs: Any) -> Utilisateur:
    personne = utilisateur(prenom, nom, **champs)
    personne.save()
    return personne


def faire_mandat(
    role: Role | str, collectivite: Collectivite, qui: Utilisateur | None = None, **champs: Any
) -> Mandat:
    """A mandat that began 100 days ago and has no end."""
    return Mandat.objects.create(
        utilisateur=qui or faire_utilisateur(),
        collectivite=collectivite,
        role=role,
        **{"debut": dans(-100), **champs},
    )


def faire_acteur(
    role: Role | str, collectivite: Collectivite, qui: Utilisateur | None = None, **champs: Any
) -> Acteur:
    """Somebody who acts under a new mandat. For a cadre with a file, see `acteur_du_cadre`."""
    return acteur_du_mandat(faire_mandat(role, collectivite, qui, **champs))


def faire_delegation(delegant: Acteur, delegataire: Acteur, *actes: str, **champs: Any) -> Acteur:
    """The delegataire, acting with the delegation that they have just received."""
    Delegation.objects.create(
        delegant=delegant.mandat,
        delegataire=delegataire.mandat,
        actes=list(actes),
        **{"fin": dans(30), **champs},
    )
    return acteur_du_mandat(delegataire.mandat)


def faire_poste(collectivite: Collectivite, intitule: str = "", **champs: Any) -> Poste:
    return Poste.objects.create(
        collectivite=collectivite, intitule=intitule or f"Poste {next(_numeros)}", **champs
    )


# --- Registre ---------------------------------------------------------------------------------


def dates_de_la_candidature(etat: str) -> dict[str, datetime]:
    """The dates that a candidacy in this state must bear."""
    E = Candidature.Etat
    dates = {"recense_le": il_y_a(90)}
    if etat != E.RECENSE:
        dates["informe_le"] = il_y_a(80)
    if etat in {E.ACCORD, E.DESACCORD, E.RETENU, E.NON_RETENU, E.RETIRE}:
        dates["repondu_le"] = il_y_a(70)
    if etat in {E.RETENU, E.NON_RETENU}:
        dates["decide_le"] = il_y_a(60)
    if etat == E.RETIRE:
        dates["retire_le"] = il_y_a(50)
    return dates


def faire_cadre(
    collectivite: Collectivite,
    etat: str = "recense",
    *,
    avec_compte: bool | None = None,
    avancee: str = "",
    **champs: Any,
) -> Cadre:
    """A cadre in a poste, with their candidacy; once informed they have an account and a mandat.

    `avec_compte` says otherwise. `cadre.candidature` is at hand without a query.
    """
    n = next(_numeros)
    if avec_compte is None:
        avec_compte = etat != Candidature.Etat.RECENSE
    prenom, nom = champs.pop("prenom", "Dominique"), champs.pop("nom", f"Cadre{n:04}")
    courriel = champs.pop("courriel", f"cadre{n}@essais.example")
    if avec_compte and "utilisateur" not in champs:
        champs["utilisateur"] = faire_utilisateur(prenom, nom, email=courriel)
    if "poste" not in champs:
        champs["poste"] = faire_poste(collectivite, direction=champs.get("direction"))
    valeurs = {
        "matricule": f"M{n:05}",
        "civilite": Cadre.Civilite.FEMME,
        "categorie": Cadre.Categorie.A,
        "cadre_emplois": "Attachés territoriaux",
        "grade": "Attaché principal",
        "statut": Cadre.Statut.TITULAIRE,
        "date_entree_poste": dans(-2000),
        "encadrement": True,
        "nb_agents": 12,
        "profil": Cadre.Profil.EXPERIMENTE,
    }
    cadre = Cadre.objects.create(
        collectivite=collectivite,
        prenom=prenom,
        nom=nom,
        courriel=courriel,
        **{**valeurs, **champs},
    )
    Candidature.objects.create(
        cadre=cadre, etat=etat, avancee=avancee, **dates_de_la_candidature(etat)
    )
    if avec_compte and cadre.utilisateur:
        faire_mandat(Role.CADRE, collectivite, cadre.utilisateur)
    return cadre


def acteur_du_cadre(cadre: Cadre) -> Acteur:
    """The cadre, acting for themselves."""
    mandat = Mandat.objects.select_related("utilisateur", "collectivite__demarche").get(
        utilisateur=cadre.utilisateur, collectivite=cadre.collectivite, role=Role.CADRE
    )
    return acteur_du_mandat(mandat)


# --- Parcours ---------------------------------------------------------------------------------


def faire_promotion(demarche: Demarche, **champs: Any) -> Promotion:
    """A promotion that runs now, with a programme of three steps."""
    valeurs = {
        "nom": f"Promotion {next(_numeros)}",
        "date_debut": dans(-30),
        "date_fin": dans(150),
        "places": 30,
    }
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
    valeurs = {"nature": Prestation.Nature.ECOLE, "intitule": f"Module {next(_numeros)}"}
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


# --- Opportunités -----------------------------------------------------------------------------


def faire_opportunite(
    collectivite: Collectivite, *, publiee: bool = True, etat: str = "", **champs: Any
) -> Opportunite:
    """A poste open to the démarche: published, or still a draft."""
    E = Opportunite.Etat
    etat = etat or (E.PUBLIEE if publiee else E.BESOIN)
    if etat not in {E.BESOIN, E.RETIREE}:
        champs.setdefault("validee_le", champs.get("publiee_le") or il_y_a(22))
    if etat == E.TRANSMISE:
        champs = {"dve_numero": "V045260300001", "dve_transmise_le": dans(-21), **champs}
    if etat == E.CLOSE:
        champs.setdefault("voeux_clos_le", il_y_a(2))
    if etat in {E.PUBLIEE, E.CLOSE, E.POURVUE}:
        # Declared and published to all, for less than the month of publicity.
        champs = {
            "dve_numero": "V045260300002",
            "dve_transmise_le": dans(-20),
            "avis_publie_le": dans(-19),
            **champs,
        }
        champs.setdefault("publiee_le", il_y_a(20))
    if etat in {E.POURVUE, E.RETIREE}:
        champs.setdefault("close_le", il_y_a(1))
    if "poste" not in champs:
        champs["poste"] = faire_poste(collectivite)
    valeurs = {
        "presentation": "Un poste au cœur de la démarche.",
        "creee_le": il_y_a(25),
        "date_prise_poste": dans(90),
    }
    return Opportunite.objects.create(etat=etat, **{**valeurs, **champs})


def faire_urgence(acteur: Acteur, **champs: Any) -> Opportunite:
    """A poste of the acteur's, whose publicity ends before its month."""
    return faire_opportunite(
        acteur.collectivite,
        urgence_le=il_y_a(1),
        urgence_par=acteur.mandat,
        urgence_motif="La direction est sans responsable depuis lundi.",
        **{"urgence_fin": dans(3), **champs},
    )


def faire_voeu(cadre: Cadre, opportunite: Opportunite, rang: int | None = None) -> Voeu:
    """A wish, ranked last unless said otherwise."""
    if rang is None:
        rang = Voeu.objects.filter(cadre=cadre).count() + 1
    return Voeu.objects.create(cadre=cadre, opportunite=opportunite, rang=rang)


def faire_avis(opportunite: Opportunite, cadre: Cadre, rang: int | None = 1) -> Avis:
    """What the host says of somebody who ranked its poste; without a rank, no."""
    return Avis.objects.create(
        opportunite=opportunite,
        cadre=cadre,
        sens=Avis.Sens.FAVORABLE if rang else Avis.Sens.DEFAVORABLE,
        rang=rang,
        motif="Votre expérience répond à ce que l’équipe attend.",
    )


def faire_demande(
    cadre: Cadre, opportunite: Opportunite, nature: str = "entretien", **champs: Any
) -> Demande:
    """A conversation asked for, to be answered within ten days."""
    return Demande.objects.create(
        cadre=cadre, opportunite=opportunite, nature=nature, **{"echeance": dans(10), **champs}
    )


def faire_proposition(
    opportunite: Opportunite, cadre: Cadre, etat: str = "envoyee", **champs: Any
) -> Proposition:
    """A proposition of that poste to that cadre, with the dates of its state."""
    E = Proposition.Etat
    valeurs: dict[str, Any] = {
        "pourquoi": "Votre expérience de l’encadrement répond au poste.",
        "creee_le": il_y_a(15),
        "collectivite_origine": cadre.collectivite,
    }
    if etat != E.BROUILLON:
        valeurs["validee_le"] = il_y_a(14)
    if etat not in {E.BROUILLON, E.VALIDEE, E.RETIREE}:
        valeurs |= {"envoyee_le": il_y_a(10), "repondre_avant": il_y_a(-10)}
    if etat == E.EXPIREE:
        valeurs["repondre_avant"] = il_y_a(1)
    if etat in {E.ACCEPTEE, E.REFUSEE, E.REALISEE}:
        valeurs["repondue_le"] = il_y_a(5)
    if etat in {E.REFUSEE, E.EXPIREE, E.RETIREE, E.REALISEE}:
        valeurs["close_le"] = il_y_a(1)
    if etat == E.REFUSEE:
        valeurs["motif_refus"] = Proposition.Motif.LIEU
    return Proposition.objects.create(
        opportunite=opportunite, cadre=cadre, etat=etat, **{**valeurs, **champs}
    )


def faire_reserve(
    proposition: Proposition, deposee_par: Acteur, etat: str = "deposee", **champs: Any
) -> Reserve:
    """A reserve filed by the DRH of the cadre's employer, to be arbitrated within two weeks."""
    if etat not in Reserve.ETATS_OUVERTS:
        champs.setdefault("arbitree_le", il_y_a(1))
    valeurs = {
        "sujet": Reserve.Sujet.CALENDRIER,
        "texte": "Le service perdrait son seul chef de projet avant le budget.",
        "echeance": dans(14),
    }
    return Reserve.objects.create(
        proposition=proposition,
        deposee_par=deposee_par.mandat,
        collectivite=deposee_par.collectivite,
        etat=etat,
        **{**valeurs, **champs},
    )


def faire_mobilite(proposition: Proposition, etat: str = "ouverte", **champs: Any) -> Mobilite:
    """The file of an accepted proposition. Effective: by mutation, a month ago."""
    cadre, poste = proposition.cadre, proposition.opportunite.poste
    valeurs: dict[str, Any] = {
        "collectivite_origine": cadre.collectivite,
        "collectivite_accueil": poste.collectivite,
        "poste_origine": cadre.poste,
        "poste_accueil": poste,
        "ouverte_le": il_y_a(5),
    }
    if etat == Mobilite.Etat.EFFECTIVE:
        valeurs |= {
            "voie": Mobilite.Voie.MUTATION,
            "date_effet": dans(-30),
            "effective_le": il_y_a(30),
            "anciennete_origine_jours": 2000,
        }
    return Mobilite.objects.create(
        proposition=proposition, cadre=cadre, etat=etat, **{**valeurs, **champs}
    )


def faire_point(mobilite: Mobilite, acteur: Acteur, **champs: Any) -> Element:
    """A thing to do, added by hand by the acteur's direction."""
    valeurs: dict[str, Any] = {
        "code": f"ajout-{next(_numeros)}",
        "ordre": 1000,
        "libelle": "Rendre la voiture de service",
        "cote": Element.Cote.ORIGINE,
        "echeance": dans(40),
        "ajoute_par": acteur.mandat,
    }
    return Element.objects.create(mobilite=mobilite, **{**valeurs, **champs})
