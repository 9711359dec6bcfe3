"""What an operator types, step by step."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

ETAPE_1, ETAPE_2, ETAPE_3, RELIRE = (
    "/demarches/ouvrir/",
    "/demarches/ouvrir/employeurs/",
    "/demarches/ouvrir/directions/",
    "/demarches/ouvrir/relire/",
)
#: Two employers that share their DGS.
VILLE_ET_METROPOLE = {
    "ville_nom": "Ville de Sologne",
    "ville_nom_court": "Ville",
    "ville_siren": "214 502 346",
    "ville_domaine_courriel": "@sologne.example",
    "ville_groupe_employeur": "sologne",
    "agglomeration_nom": "Sologne Agglomération",
    "agglomeration_nom_court": "Agglo",
    "agglomeration_siren": "244500468",
    "agglomeration_groupe_employeur": "sologne",
}


def demarche(**champs: object) -> dict[str, object]:
    jour = timezone.localdate()
    return {
        "nom": "Mobilités de Sologne",
        "date_debut": jour.isoformat(),
        "date_fin": (jour + timedelta(days=3 * 365)).isoformat(),
        "objectif_mobilites": "24",
        "tolerance_solde": "1",
        "seuil_secret": "5",
        "publicite_mois": "1",
        "rappel_jours": "7",
        "public": "cadres",
        **champs,
    }


def directions(**champs: str) -> dict[str, str]:
    """Anne Roy directs both; one DRH each."""
    saisie = {}
    for cle, (prenom, nom) in {
        "ville_dgs": ("Anne", "Roy"),
        "agglomeration_dgs": ("Anne", "Roy"),
        "ville_drh": ("Luc", "Petit"),
        "agglomeration_drh": ("Zoé", "Lemoine"),
    }.items():
        saisie |= {
            f"{cle}_prenom": prenom,
            f"{cle}_nom": nom,
            f"{cle}_courriel": f"{prenom}.{nom}@sologne.example".lower().replace("é", "e"),
        }
    return {**saisie, **champs}


def jusqu_a_la_relecture(client: object) -> None:
    for adresse, saisie in (
        (ETAPE_1, demarche()),
        (ETAPE_2, VILLE_ET_METROPOLE),
        (ETAPE_3, directions()),
    ):
        reponse = client.post(adresse, saisie)
        assert reponse.status_code == 302, reponse.content.decode()
