"""Cadres and their candidacies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cadres.candidature.acteurs import acteur_du_mandat
from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.models import (
    Collectivite,
    Mandat,
)
from collectivites.mots import Role
from tests.fabriques.fondations import faire_mandat, faire_poste, faire_utilisateur, numeros
from tests.fabriques.temps import dans, midi


def dates_de_la_candidature(etat: str) -> dict[str, datetime]:
    """The dates that a candidacy in this state must bear."""
    E = Candidature.Etat
    dates = {"recense_le": midi(-90)}
    if etat != E.RECENSE:
        dates["informe_le"] = midi(-80)
    if etat in {E.ACCORD, E.DESACCORD, E.RETENU, E.NON_RETENU, E.RETIRE}:
        dates["repondu_le"] = midi(-70)
    if etat in {E.RETENU, E.NON_RETENU}:
        dates["decide_le"] = midi(-60)
    if etat == E.RETIRE:
        dates["retire_le"] = midi(-50)
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
    n = next(numeros)
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
