"""All that Quatuor holds on a person, in words: the page « mes données » and its download."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cadres.candidature.situations import libelle_etat
from cadres.donnees_personnelles.conservation import regle_de
from cadres.donnees_personnelles.purge import echeance_de
from cadres.fiche.referentiels import NIVEAUX
from cadres.models import Cadre, CompetenceDite, Consultation, DemandeCorrection
from cadres.mots import Actes, EtatCorrection, Origine
from cadres.prises import DONNEES, Rubrique
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import accorde, date_texte, enumerer
from collectivites.comptes.fournisseurs.actions import noms_lies
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Role

#: Shown on the page; the download holds all.
MODIFICATIONS_MAX = 20
#: As a program reads them: codes and instants.
_CANDIDATURE = (
    "etat",
    "avancee",
    "origine",
    "recense_le",
    "informe_le",
    "repondu_le",
    "decide_le",
    "motif_decision",
    "retire_le",
    "sans_rappel_depuis",
    "effacement_demande_le",
    "ne_plus_recenser",
)
_CORRECTION = ("champ", "etat", "deposee_le", "explication", "reponse", "repondue_le")


def _oui_non(valeur: bool | None) -> str:
    return {True: "Oui", False: "Non"}.get(valeur, "")  # type: ignore[arg-type]


def identite_et_poste(cadre: Cadre) -> list[Rubrique]:
    """Who the person is, and the poste they hold. No query."""
    return [
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
                ("Famille de métiers", cadre.famille_de_metiers),
                (
                    "Profil, selon votre DRH (lu par les autres employeurs)",
                    cadre.get_profil_display(),
                ),
            ],
        ),
    ]


def rubriques_de(cadre: Cadre) -> list[Rubrique]:
    """What the registre holds, then what each later act holds. Empty lines are kept: they say
    that nothing is held."""
    candidature = cadre.candidature
    rubriques = [
        *identite_et_poste(cadre),
        Rubrique(
            "candidature",
            "Votre place dans la démarche",
            [
                ("Situation", libelle_etat(cadre)),
                ("Avancée", candidature.get_avancee_display() if candidature.avancee else ""),
                ("Qui en a eu l’idée", _origine(cadre)),
                ("Ce que votre DRH vise pour vous", ", ".join(cadre.visees)),
                ("Raison de votre recensement hors public visé", cadre.motif_hors_public),
                (
                    "Accompagnateur",
                    cadre.accompagnateur.utilisateur.nom_complet if cadre.accompagnateur else "",
                ),
                ("Recensement", candidature.recense_le),
                ("Information", candidature.informe_le),
                ("Réponse", candidature.repondu_le),
                ("Décision", candidature.decide_le),
                ("Motif de la décision", candidature.motif_decision),
                ("Retrait", candidature.retire_le),
                ("Départ de la collectivité", cadre.parti_le),
                ("Motif du départ", cadre.get_motif_depart_display()),
                ("Effacement demandé", candidature.effacement_demande_le),
                (
                    "Ne plus être recensé ensuite",
                    "Oui" if candidature.ne_plus_recenser else "",
                ),
                ("Plus de rappel, à votre demande", candidature.sans_rappel_depuis),
            ],
            [{champ: getattr(candidature, champ) for champ in _CANDIDATURE}],
        ),
    ]
    rubriques += [_anciens(cadre), _competences(cadre), _corrections(cadre), _compte(cadre)]
    for fournir in DONNEES:
        rubriques += fournir(cadre)
    return rubriques


def _origine(cadre: Cadre) -> str:
    if cadre.candidature.origine == Origine.VOLONTARIAT:
        return "Vous-même, volontaire"
    return accorde(cadre, "Votre DRH, qui vous a recensé")


def _anciens(cadre: Cadre) -> Rubrique:
    return Rubrique(
        "anciens_identifiants",
        "Vos identifiants chez un ancien employeur",
        [
            (
                ancien.get_nature_display(),
                f"{ancien.valeur}, {ancien.collectivite.nom}, "
                f"jusqu’au {date_texte(ancien.jusqu_au)}",
            )
            for ancien in cadre.anciens_identifiants.select_related("collectivite")
        ],
    )


def _competences(cadre: Cadre) -> Rubrique:
    niveaux = dict(NIVEAUX)
    dites = list(CompetenceDite.objects.filter(cadre=cadre))
    return Rubrique(
        "competences",
        "Les compétences que vous avez dites",
        [(dite.competence.libelle, niveaux[dite.niveau]) for dite in dites],
        [{"code": dite.code, "niveau": dite.niveau, "dite_le": dite.dite_le} for dite in dites],
    )


def _corrections(cadre: Cadre) -> Rubrique:
    lignes: list[tuple[str, Any]] = []
    demandes = list(DemandeCorrection.objects.filter(cadre=cadre))
    for demande in demandes:
        texte = f"{demande.get_etat_display()}, demandée le {date_texte(demande.deposee_le)}"
        texte += f"\n« {demande.explication} »"
        if demande.reponse:
            texte += f"\nRéponse de la DRH : « {demande.reponse} »"
        lignes.append((demande.get_champ_display(), texte))
    machine = [{champ: getattr(demande, champ) for champ in _CORRECTION} for demande in demandes]
    return Rubrique("corrections", "Vos demandes de correction", lignes, machine)


def _compte(cadre: Cadre) -> Rubrique:
    compte = cadre.utilisateur
    lignes: list[tuple[str, Any]] = []
    if compte is not None:
        lignes = [
            ("Adresse de connexion", compte.email),
            ("Ouvert le", compte.date_joined),
            ("Dernière connexion", compte.last_login),
        ]
        if lies := noms_lies(compte):
            lignes.append(("Entre aussi avec", enumerer(lies)))
    return Rubrique("compte", "Votre compte", lignes)


def conservation_de(cadre: Cadre) -> dict[str, Any]:
    """Until when the file names the person, and by which rule."""
    regle = regle_de(cadre.candidature.etat)
    return {"echeance": echeance_de(cadre), "regle": regle}


def decisions_de(acteur: Acteur) -> list[dict[str, Any]]:
    """What was decided of the person, newest first: the journal's lines that are theirs to read.
    One query."""
    return [
        {
            "quand": ligne.quand,
            "quoi": ligne.libelle,
            "qui": ligne.auteur.nom_complet if ligne.auteur else "Quatuor",
            "role": f"{Role(ligne.role).label}" if ligne.role else "",
            "motif": ligne.motif,
            "modifie_la_fiche": ligne.acte == Actes.MODIFIE,
        }
        for ligne in EntreeJournal.objects.visibles_par(acteur).select_related("auteur")
    ]


def modifications_parmi(decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who changed what in the person's file, newest first."""
    return [ligne for ligne in decisions if ligne["modifie_la_fiche"]][:MODIFICATIONS_MAX]


def corrections_ouvertes(rubriques: list[Rubrique]) -> int:
    """How many of the demands of a chapter that is already read await their answer."""
    demandes = next(r for r in rubriques if r.cle == "corrections").machine
    return sum(demande["etat"] == EtatCorrection.OUVERTE for demande in demandes)


def courriels_de(acteur: Acteur) -> list[Courriel]:
    """The mails that the person was sent, newest first."""
    return list(Courriel.objects.visibles_par(acteur))


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


def lectures_par_jour(consultations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same, a line a person and a day: what they read, at what hour last. Newest first."""
    jours: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for ligne in consultations:
        cle = (timezone.localdate(ligne["quand"]), ligne["qui"], ligne["role"])
        jours.setdefault(cle, []).append(ligne)
    return [
        {
            "quand": lignes[0]["quand"],
            "qui": qui,
            "role": role,
            "quoi": list(dict.fromkeys(ligne["nature"] for ligne in lignes)),
        }
        for (_, qui, role), lignes in jours.items()
    ]


def telechargement(acteur: Acteur, cadre: Cadre) -> dict[str, Any]:
    """The same, for machines, with the journal's lines and the mails."""
    return {
        "demarche": acteur.demarche.nom,
        "donnees": {
            rubrique.cle: [
                {cle: _iso(valeur) for cle, valeur in ligne.items()}
                for ligne in rubrique.machine
                or [{"libelle": libelle, "valeur": valeur} for libelle, valeur in rubrique.lignes]
            ]
            for rubrique in rubriques_de(cadre)
        },
        "conservation": {
            cle: _iso(getattr(valeur, "quoi", valeur))
            for cle, valeur in conservation_de(cadre).items()
        },
        "decisions": [
            {cle: _iso(ligne[cle]) for cle in ("quand", "quoi", "qui", "motif")}
            for ligne in decisions_de(acteur)
        ],
        "consultations": [
            {cle: _iso(valeur) for cle, valeur in ligne.items()}
            for ligne in consultations_de(acteur)
        ],
        "courriels": [
            {
                "quand": courriel.depose_le.isoformat(),
                "adresse": courriel.destinataire,
                "objet": courriel.objet,
                "texte": courriel.corps,
            }
            for courriel in courriels_de(acteur)
        ],
    }


def _iso(valeur: Any) -> Any:
    return valeur.isoformat() if isinstance(valeur, date | datetime) else valeur
