"""Writes the démarche of Valbrune: its rules, its people, its promotion, its poste."""

from __future__ import annotations

from datetime import date, timedelta

from cadres.candidature.acteurs import acteur_du_mandat
from cadres.models import Cadre, Candidature
from cadres.mots import Actes as ActesCadres
from cadres.registre.criteres.actions import ecrire_criteres
from collectivites.communs import metiers
from collectivites.models import (
    Collectivite,
    Demarche,
    Direction,
    EntreeJournal,
    Mandat,
    Poste,
    Utilisateur,
)
from collectivites.mots import Categorie, Filiere, Public, Role
from opportunites.models import Avis, Opportunite, Voeu
from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape
from parcours.mots import Actes as ActesParcours
from pilotage.cadrage.regles.versions import poser_version
from pilotage.demo.cadrage import ecriture as cadrage
from pilotage.demo.calendrier import instant, jour, ouvre
from pilotage.demo.chapitres.chronique import inviter
from pilotage.demo.journal import ligne
from pilotage.demo.organisation import DOMAINE, Lieu
from pilotage.demo.valbrune.recit import (
    AGENTS,
    CODE,
    COMPTE_AGENT,
    COMPTES,
    EMPLOYEURS,
    POSTE,
    VALBRUNE,
    Agent,
)

Etat = Candidature.Etat
Nature = EtapeProgramme.Nature
#: nature, title, days after the start, minutes, place
PROGRAMME = (
    (Nature.SEMINAIRE, "Journée de lancement", 0, 360, "Hôtel d’agglomération"),
    (Nature.ENTRETIEN, "Entretien de parcours", 40, 60, "Maison des services"),
    (Nature.ECOLE, "Atelier : dire ce que l’on sait faire", 75, 210, "Maison des services"),
    (Nature.BILAN, "Bilan final", 200, 90, "Hôtel de ville"),
)
MOTIF = "Votre envie de changer de métier correspond à ce que la démarche propose."


def installer(mot_de_passe: str) -> Lieu:
    """All of it. `mot_de_passe`: hashed, that of every account of the demonstration."""
    lieu = _fonder(mot_de_passe)
    cadrage.fonder(lieu, VALBRUNE)
    cadres = {agent: _recenser(lieu, agent) for agent in AGENTS}
    promotion = _former(lieu, [cadres[a] for a in AGENTS if a.inscrit])
    _proposer(lieu, [cadres[a] for a in AGENTS if a.inscrit and a.code != POSTE[0]])
    cadrage.raconter(lieu, VALBRUNE)
    _raconter(lieu, promotion)
    inviter(lieu)
    for mandat in (lieu.mandat("ville", Role.DRH), lieu.mandat("agglomeration", Role.DRH)):
        ecrire_criteres(
            acteur=acteur_du_mandat(mandat), criteres={"anciennete": ["3"], "categorie": ["B", "C"]}
        )
    return lieu


def _fonder(mot_de_passe: str) -> Lieu:
    debut = jour(mois=-8).replace(day=1)
    demarche = Demarche.objects.create(
        code=CODE,
        nom="Passerelles Valbrune",
        date_debut=debut,
        date_fin=debut.replace(year=debut.year + 3),
        objectif_mobilites=12,
        public=Public.AGENTS,
        categories=",".join((Categorie.B, Categorie.C)),
        filieres=",".join((Filiere.ADMINISTRATIVE, Filiere.TECHNIQUE)),
        est_demo=True,
    )
    poser_version(demarche, depuis=instant(debut))
    lieu = Lieu(demarche, mot_de_passe=mot_de_passe)
    for code, nom, court, domaine, directions in EMPLOYEURS:
        employeur = Collectivite.objects.create(
            demarche=demarche, code=code, nom=nom, nom_court=court, domaine_courriel=domaine
        )
        lieu.collectivites[code] = employeur
        lieu.directions[code] = [
            Direction.objects.create(collectivite=employeur, libelle=libelle)
            for libelle in directions
        ]
    for compte, prenom, nom, code, role in COMPTES:
        personne = Utilisateur.objects.create(
            email=f"{compte}@{DOMAINE}", prenom=prenom, nom=nom, password=mot_de_passe
        )
        lieu.mandats[f"{role}.{code}"] = Mandat.objects.create(
            utilisateur=personne, collectivite=lieu.collectivites[code], role=role, debut=debut
        )
    return lieu


def _recenser(lieu: Lieu, agent: Agent) -> Cadre:
    employeur, rang = lieu.collectivites[agent.code], AGENTS.index(agent)
    technique = agent.cadre_emplois.startswith(("Adjoint technique", "Technicien", "Agent de"))
    direction = lieu.directions[agent.code][1 if technique else 0]
    poste = Poste.objects.create(
        collectivite=employeur,
        direction=direction,
        intitule=agent.poste,
        cadres_emplois=[agent.cadre_emplois],
        nb_agents_encadres=agent.equipe,
        **metiers.colonnes(agent.domaine),
    )
    visiteur = rang == 0
    courriel = (
        f"{COMPTE_AGENT}@{DOMAINE}" if visiteur else f"agent{rang:02}@{employeur.domaine_courriel}"
    )
    cadre = Cadre.objects.create(
        collectivite=employeur,
        matricule=f"{4100 + 7 * rang}",
        civilite=Cadre.Civilite.FEMME if agent.civilite == "F" else Cadre.Civilite.HOMME,
        nom=agent.nom,
        prenom=agent.prenom,
        courriel=courriel,
        categorie=agent.categorie,
        cadre_emplois=agent.cadre_emplois,
        grade=agent.grade,
        echelon=str(3 + rang % 6),
        statut="titulaire",
        direction=direction,
        poste=poste,
        date_entree_poste=jour(jours=-int(365.25 * agent.ans)),
        encadrement=agent.equipe > 0,
        nb_agents=agent.equipe,
        **metiers.colonnes(agent.domaine),
        vise_mobilite=True,
        motif_hors_public=agent.hors,
    )
    recense = ouvre(jour(jours=-9) if agent.etat == Etat.INFORME else jour(mois=-5, jours=rang))
    if agent.etat != Etat.RECENSE:
        _ouvrir_le_compte(lieu, cadre, recense, visiteur=visiteur)
    _candidater(cadre, agent, recense)
    return cadre


def _ouvrir_le_compte(lieu: Lieu, cadre: Cadre, le: date, *, visiteur: bool) -> None:
    personne = Utilisateur.objects.create_user(cadre.courriel, prenom=cadre.prenom, nom=cadre.nom)
    if visiteur:
        Utilisateur.objects.filter(pk=personne.pk).update(password=lieu.mot_de_passe)
    Mandat.objects.create(
        utilisateur=personne, collectivite=cadre.collectivite, role=Role.CADRE, debut=le
    )
    cadre.utilisateur = personne
    cadre.save(update_fields=["utilisateur"])


def _candidater(cadre: Cadre, agent: Agent, recense: date) -> None:
    retenu = agent.etat == Etat.RETENU
    repondu = agent.etat in {Etat.ACCORD, Etat.DESACCORD, Etat.RETENU}
    Candidature.objects.create(
        cadre=cadre,
        etat=agent.etat,
        avancee=Candidature.Avancee.EN_PARCOURS if retenu else Candidature.Avancee.AUCUNE,
        recense_le=instant(recense),
        informe_le=None if agent.etat == Etat.RECENSE else instant(recense + timedelta(days=2)),
        repondu_le=instant(recense + timedelta(days=9)) if repondu else None,
        decide_le=instant(ouvre(recense + timedelta(days=16))) if retenu else None,
        motif_decision=MOTIF if retenu else "",
    )


def _former(lieu: Lieu, cadres: list[Cadre]) -> Promotion:
    depart = ouvre(jour(mois=-3))
    promotion = Promotion.objects.create(
        demarche=lieu.demarche,
        nom="Promotion 1",
        date_debut=depart,
        date_fin=ouvre(jour(mois=5)),
        places=8,
        ouverte_le=instant(ouvre(depart - timedelta(days=28))),
    )
    inscriptions = [
        Inscription.objects.create(
            promotion=promotion, cadre=cadre, inscrit_le=promotion.ouverte_le
        )
        for cadre in cadres
    ]
    for ordre, (nature, intitule, jours, minutes, place) in enumerate(PROGRAMME, start=1):
        le = instant(ouvre(depart + timedelta(days=jours)), 9)
        etape = EtapeProgramme.objects.create(
            promotion=promotion,
            ordre=ordre,
            nature=nature,
            intitule=intitule,
            date_prevue=None if nature == Nature.ENTRETIEN else le,
            duree_minutes=minutes,
            lieu=place,
        )
        faite = le.date() < jour()
        for rang, inscription in enumerate(inscriptions):
            SuiviEtape.objects.create(
                inscription=inscription,
                etape=etape,
                etat=SuiviEtape.Etat.FAITE if faite else SuiviEtape.Etat.PLANIFIEE,
                quand=le + timedelta(hours=rang) if nature == Nature.ENTRETIEN else le,
                lieu=place,
            )
    return promotion


def _proposer(lieu: Lieu, cadres: list[Cadre]) -> None:
    """One poste, published; those of the other employer rank it, and read what it says of them."""
    code, intitule, corps, domaine, missions = POSTE
    publiee = ouvre(jour(jours=-20))
    opportunite = Opportunite.objects.create(
        poste=Poste.objects.create(
            collectivite=lieu.collectivites[code],
            direction=lieu.directions[code][0],
            intitule=intitule,
            cadres_emplois=list(corps),
            **metiers.colonnes(domaine),
            missions=missions,
            lieu="Hôtel d’agglomération",
            jours_teletravail=1,
        ),
        etat=Opportunite.Etat.PUBLIEE,
        presentation="Une équipe de quatre personnes, qui forme elle-même ses nouveaux collègues.",
        date_prise_poste=jour(mois=3).replace(day=1),
        numero="VB-014",
        responsable="Responsable de la commande publique",
        contact_nom="Pascal Vignaude",
        contact_telephone="02 00 00 41 41",
        contact_courriel=f"drh.agglo-valbrune@{DOMAINE}",
        remuneration="selon le grade et l’expérience",
        creee_le=instant(publiee - timedelta(days=6)),
        validee_le=instant(publiee - timedelta(days=2)),
        publiee_le=instant(publiee),
        dve_numero=f"V000{publiee:%y%m}00014001",
        dve_transmise_le=publiee,
        avis_publie_le=publiee + timedelta(days=1),
    )
    for rang, cadre in enumerate(cadres[:2]):
        Voeu.objects.create(
            cadre=cadre, opportunite=opportunite, rang=1, exprime_le=instant(jour(jours=-8 + rang))
        )
    Avis.objects.create(
        opportunite=opportunite,
        cadre=cadres[0],
        sens=Avis.Sens.FAVORABLE,
        rang=1,
        motif="Vous savez tenir un délai et expliquer une règle : le reste s’apprend ici.",
        donne_le=instant(jour(jours=-3)),
    )


def _raconter(lieu: Lieu, promotion: Promotion) -> None:
    """The decisions of the past: who was retained, and that the promotion opened."""
    retenues = Candidature.objects.filter(
        cadre__collectivite__in=lieu.collectivites.values(), decide_le__isnull=False
    ).select_related("cadre__collectivite")
    lignes = [
        ligne(
            lieu.mandat(candidature.cadre.collectivite.code, Role.DGS),
            ActesCadres.RETENU,
            "Agent retenu",
            candidature,
            candidature.decide_le,
            cadre_ref=candidature.cadre_id,
            motif=candidature.motif_decision,
        )
        for candidature in retenues
    ]
    ouverte = ligne(
        lieu.mandat("agglomeration", Role.DGS),
        ActesParcours.PROMOTION_OUVERTE,
        f"{promotion.nom} ouverte, {promotion.places} places",
        promotion,
        promotion.ouverte_le,
        collectivite=None,
    )
    EntreeJournal.objects.bulk_create([*lignes, ouverte])
