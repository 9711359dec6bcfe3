"""What a folder to sign holds, its fingerprints and how long it is kept: the readable page and the JSON say
the same thing, from here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cadres.donnees_personnelles import conservation
from cadres.donnees_personnelles.purge import echeance_de
from cadres.fiche.referentiels import lire as lire_referentiel
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from opportunites.dossier.droit.voies import toutes_les_voies
from opportunites.dossier.signature.retour import empreinte
from opportunites.models import DossierASigner, Mobilite

SCHEMA = "quatuor/dossier-a-signer/1"
NOM = "manifeste.json"


@dataclass(frozen=True)
class Piece:
    """A file of the folder, as it travels inside the PDF."""

    nom: str
    description: str
    contenu: bytes

    def decrire(self) -> dict[str, Any]:
        return {
            "nom": self.nom,
            "description": self.description,
            "octets": len(self.contenu),
            "sha256": empreinte(self.contenu),
        }


def conservation_de(cadre: Cadre) -> dict[str, str]:
    """Until when Quatuor keeps what names the person, and what its reference file says of the sequel."""
    regle = conservation.regle_de(cadre.candidature.etat)
    ligne = next(
        (
            ligne
            for ligne in lire_referentiel("durees_conservation")
            if ligne["categorie"] == regle.source
        ),
        {},
    )
    return {
        "jusqu_au": echeance_de(cadre).isoformat(),
        "regle": f"{regle.duree} après {regle.depuis}",
        "categorie": regle.source,
        "archivage": ligne.get("archivage_intermediaire", ""),
        "sort_final": ligne.get("sort_final", regle.sort),
        "fondement": ligne.get("source", ""),
        "confiance": ligne.get("confiance", ""),
    }


def etablir(
    acteur: Acteur, mobilite: Mobilite, reference: str, pieces: Iterable[Piece]
) -> dict[str, Any]:
    """The manifest that travels inside the PDF: it cannot hold the fingerprint of the PDF itself."""
    voie = toutes_les_voies()[mobilite.voie]
    assert mobilite.date_effet is not None
    return {
        "schema": SCHEMA,
        "reference": reference,
        "demarche": acteur.demarche.nom,
        "mobilite": f"M-{mobilite.pk}",
        "personne": mobilite.cadre.nom_complet,
        "origine": mobilite.collectivite_origine.nom,
        "accueil": mobilite.collectivite_accueil.nom,
        "voie": voie.libelle,
        "date_effet": mobilite.date_effet.isoformat(),
        "fait_le": timezone.now().isoformat(timespec="seconds"),
        "fait_par": acteur.mandat.libelle,
        "pieces": [piece.decrire() for piece in pieces],
        "conservation": conservation_de(mobilite.cadre),
    }


def en_json(manifeste: dict[str, Any]) -> bytes:
    return json.dumps(manifeste, ensure_ascii=False, indent=2).encode()


def complet(dossier: DossierASigner) -> dict[str, Any]:
    """For the archive: with the fingerprint of the folder, and of each signed file that came back."""
    return {
        **dossier.manifeste,
        "dossier": {"nom": nom_du_dossier(dossier), "sha256": dossier.empreinte},
        "retours": [
            {
                "nom": nom_du_retour(dossier, rang),
                "sha256": retour.empreinte,
                "constat": retour.get_constat_display(),
                "ecarts": retour.ecarts,
                "signatures": retour.signatures,
                "remis_le": retour.depose_le.isoformat(timespec="seconds"),
            }
            for rang, retour in enumerate(retours_de(dossier), 1)
        ],
    }


def retours_de(dossier: DossierASigner) -> list[Any]:
    """What came back, in the order in which it did."""
    return list(dossier.retours.order_by("depose_le", "pk"))


def nom_du_dossier(dossier: DossierASigner) -> str:
    return f"{dossier.reference}.pdf"


def nom_du_retour(dossier: DossierASigner, rang: int) -> str:
    return f"{dossier.reference}-signe-{rang}.pdf"
