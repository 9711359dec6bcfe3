"""All that Quatuor holds on a person, in words: the page « mes données » and its download."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cadres.models import Cadre, Consultation
from cadres.sections import DONNEES, Rubrique
from collectivites.acteur import Acteur
from collectivites.models import Courriel, EntreeJournal
from collectivites.roles import Role


def _oui_non(valeur: bool | None) -> str:
    return {True: "Oui", False: "Non"}.get(valeur, "")  # type: ignore[arg-type]


def rubriques_de(cadre: Cadre) -> list[Rubrique]:
    """What the registre holds, then what each later act holds. Empty lines are kept: they say
    that nothing is held."""
    candidature = cadre.candidature
    rubriques = [
        Rubrique(
            "identite",
            "Qui vous êtes",
            [
                ("Civilité", cadre.get_civilite_display()),
                ("Prénom", cadre.prenom),
                ("Nom", cadre.nom),
                ("Courriel professionnel", cadre.courriel),
                ("Matricule", cadre.matricule),
                ("Employeur", cadre.collectivite.nom),
            ],
        ),
        Rubrique(
            "poste",
            "Votre poste et votre situation",
            [
                ("Poste occupé", cadre.poste.intitule if cadre.poste else ""),
                ("Direction", cadre.direction.libelle if cadre.direction else ""),
                ("Dans le poste depuis", cadre.date_entree_poste),
                ("Encadre une équipe", _oui_non(cadre.encadrement)),
                ("Agents encadrés", cadre.nb_agents),
                ("Catégorie", cadre.categorie),
                ("Cadre d’emplois", cadre.cadre_emplois),
                ("Grade", cadre.grade),
                ("Échelon", cadre.echelon),
                ("Statut", cadre.get_statut_display()),
                ("Domaine de métier", cadre.domaine),
            ],
        ),
        Rubrique(
            "candidature",
            "Votre place dans la démarche",
            [
                ("Situation", candidature.get_etat_display()),
                ("Avancée", candidature.get_avancee_display() if candidature.avancee else ""),
                ("Origine", candidature.get_origine_display()),
                ("Profil retenu par votre DRH", cadre.get_profil_display()),
                ("Raison de votre recensement hors public visé", cadre.motif_hors_public),
                (
                    "Accompagnateur",
                    cadre.accompagnateur.utilisateur.nom_complet if cadre.accompagnateur else "",
                ),
                ("Recensé le", candidature.recense_le),
                ("Informé le", candidature.informe_le),
                ("Réponse donnée le", candidature.repondu_le),
                ("Décision prise le", candidature.decide_le),
                ("Motif de la décision", candidature.motif_decision),
                ("Retrait le", candidature.retire_le),
            ],
        ),
    ]
    for fournir in DONNEES:
        rubriques += fournir(cadre)
    return rubriques


def consultations_de(acteur: Acteur) -> list[dict[str, Any]]:
    """Who looked at the person's file, newest first."""
    lignes = Consultation.objects.visibles_par(acteur).select_related("utilisateur", "collectivite")
    return [
        {
            "quand": ligne.quand,
            "qui": ligne.utilisateur.nom_complet,
            "role": f"{Role(ligne.role).label}, {ligne.collectivite.nom}",
            "nature": ligne.get_nature_display(),
        }
        for ligne in lignes
    ]


def telechargement(acteur: Acteur, cadre: Cadre) -> dict[str, Any]:
    """The same, for machines, with the journal's lines and the mails."""
    return {
        "demarche": acteur.demarche.nom,
        "donnees": {
            rubrique.cle: [
                {"libelle": libelle, "valeur": _iso(valeur)} for libelle, valeur in rubrique.lignes
            ]
            for rubrique in rubriques_de(cadre)
        },
        "decisions": [
            {
                "quand": ligne.quand.isoformat(),
                "quoi": ligne.libelle,
                "qui": ligne.auteur.nom_complet if ligne.auteur else "Quatuor",
                "motif": ligne.motif,
            }
            for ligne in EntreeJournal.objects.visibles_par(acteur).select_related("auteur")
        ],
        "consultations": [
            {cle: _iso(valeur) for cle, valeur in ligne.items()}
            for ligne in consultations_de(acteur)
        ],
        "courriels": [
            {"quand": courriel.depose_le.isoformat(), "objet": courriel.objet}
            for courriel in Courriel.objects.visibles_par(acteur)
        ],
    }


def _iso(valeur: Any) -> Any:
    return valeur.isoformat() if isinstance(valeur, date | datetime) else valeur
