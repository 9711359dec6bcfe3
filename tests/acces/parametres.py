"""Each parametrised address, and the object of the scene that it leads to.

An address without a line in PARAMETRES fails the suite.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from collectivites.comptes.invitations import lien_invitation
from collectivites.travaux.arrets import lien_d_arret
from tests.acces.scene import Scene


def _invitation(scene: Scene) -> dict[str, Any]:
    """An account that nobody of the cast holds: opening it changes nobody's session."""
    _, _, uid, jeton, _ = lien_invitation(scene.cadre_accord.utilisateur).rsplit("/", 4)
    return {"uid": uid, "jeton": jeton}


def _attente(scene: Scene) -> dict[str, Any]:
    """Nobody's key is in the session: « ce lien ne sert plus », whoever asks."""
    return {"uid": _invitation(scene)["uid"]}


def _arret(scene: Scene) -> dict[str, Any]:
    lien = lien_d_arret(scene.cadre_accord.utilisateur.pk, "resume")
    return {"jeton": lien.rsplit("/", 2)[-2]}


def _reinitialisation(scene: Scene) -> dict[str, Any]:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    personne = scene.cadre_accord.utilisateur
    return {
        "uidb36": user_pk_to_url_str(personne),
        "key": default_token_generator.make_token(personne),
    }


def _pk(nom: str) -> Callable[[Scene], dict[str, Any]]:
    def lire(scene: Scene) -> dict[str, Any]:
        objet: Any = scene
        for morceau in nom.split("."):
            objet = getattr(objet, morceau)
        return {"pk": objet.pk}

    return lire


_FICHE = _pk("troupe.fiche_du_cadre")
_IMPORT = _pk("importation")
_ETAPE = _pk("suivi.etape")
_INSCRIPTION = _pk("inscription")
_SUIVI = _pk("suivi")

#: name of the address → the parameters that lead to the scene's object
PARAMETRES: dict[str, Callable[[Scene], dict[str, Any]]] = {
    "account_reset_password_from_key": _reinitialisation,
    "mfa_remove_webauthn": _pk("cle"),
    "collectivites:arreter_courriels": _arret,
    "collectivites:invitation": _invitation,
    # None is configured: these do not exist. `tests/collectivites/comptes/fournisseurs` has two.
    **{
        f"collectivites:fournisseur_{geste}": lambda _: {"nom": "proconnect"}
        for geste in ("entrer", "lier", "delier", "confirmer", "retour", "sortie")
    },
    "collectivites:rejoindre": _attente,
    "collectivites:tache": _pk("tache"),
    "collectivites:reprendre_tache": _pk("tache"),
    "pilotage:document_elus": _pk("document_elus"),
    "pilotage:document_pdf": _pk("document_elus"),
    "pilotage:modifier_document": _pk("document_elus"),
    "pilotage:bilan_promotion": _pk("promotion"),
    "pilotage:preparer_document": lambda _: {"genre": "note"},
    "pilotage:signer_document": _pk("document_elus"),
    "collectivites:finir_acces": lambda s: {"pk": s.troupe.drh_departement.mandat.pk},
    "collectivites:revoquer_delegation": _pk("delegation"),
    "pilotage:demarche_ouverte": _pk("troupe.demarche"),
    "pilotage:nommer_direction": _pk("troupe.departement"),
    **dict.fromkeys(
        [f"pilotage:{nom}" for nom in ("reinviter", "finir_direction", "changer_adresse")],
        _pk("troupe.dgs_departement.mandat"),
    ),
    "pilotage:finir_cabinet": _pk("troupe.cabinet.mandat"),
    "pilotage:document_cabinet": _pk("document"),
    "pilotage:retirer_document": _pk("document"),
    "pilotage:proposer_regle": lambda _: {"regle": "tolerance"},
    **dict.fromkeys(
        [f"pilotage:{nom}_regle" for nom in ("accepter", "refuser", "retirer")],
        _pk("changement"),
    ),
    "cadres:fiche": _FICHE,
    "cadres:modifier": _FICHE,
    "cadres:cellule": lambda s: {"pk": s.troupe.fiche_du_cadre.pk, "colonne": "poste"},
    "cadres:confier": _FICHE,
    "cadres:signaler_depart": _FICHE,
    "cadres:annuler_depart": _FICHE,
    "cadres:renoncer_au_depart": _FICHE,
    "cadres:reunir": _FICHE,
    "cadres:separer": _pk("reunion"),
    "cadres:enlever": _pk("cadre_recense"),
    "cadres:informer": _pk("cadre_recense"),
    "cadres:retenir": _pk("cadre_accord"),
    "cadres:ne_pas_retenir": _pk("cadre_accord"),
    "cadres:supprimer_vue": _pk("vue"),
    "cadres:confirmer_adresse": lambda _s: {"jeton": "perime"},
    "cadres:importation": _IMPORT,
    "cadres:corriger_import": _IMPORT,
    "cadres:colonnes_import": _IMPORT,
    "cadres:confirmer_import": _IMPORT,
    "cadres:abandonner_import": _IMPORT,
    "cadres:fichier_a_corriger": _IMPORT,
    "cadres:diagnostic_entier": _IMPORT,
    "cadres:relire_import": _IMPORT,
    "cadres:repondre_import": _IMPORT,
    "cadres:suggestions_import": _IMPORT,
    "cadres:annuler_import": _IMPORT,
    "cadres:correction": _pk("correction"),
    "parcours:promotion": _pk("promotion"),
    "parcours:calendrier": _pk("promotion"),
    "parcours:inscrire": _pk("promotion"),
    "parcours:programme": _pk("promotion"),
    "parcours:modifier_etape": _ETAPE,
    "parcours:fixer_etape": _ETAPE,
    "parcours:deplacer_etape": _ETAPE,
    "parcours:retirer_etape": _ETAPE,
    "parcours:presences": _ETAPE,
    "parcours:inscription": _INSCRIPTION,
    "parcours:achever": _INSCRIPTION,
    "parcours:interrompre": _INSCRIPTION,
    "parcours:planifier": _SUIVI,
    "parcours:marquer": _pk("suivi_planifie"),
    "parcours:agenda_ics": _pk("suivi_planifie"),
    "parcours:accompagnement": _FICHE,
    "parcours:nouveau_rendez_vous": _FICHE,
    "parcours:ecrire_note": _FICHE,
    "parcours:poser_objectif": _FICHE,
    "parcours:rediger_synthese": _FICHE,
    "parcours:deplacer_rendez_vous": _pk("coaching.rendez_vous"),
    "parcours:annuler_rendez_vous": _pk("coaching.rendez_vous"),
    "parcours:decliner_rendez_vous": _pk("coaching.rendez_vous"),
    "parcours:noter_rendez_vous": _pk("coaching.rendez_vous_passe"),
    "parcours:agenda_coaching": _pk("coaching.rendez_vous"),
    "parcours:modifier_note": _pk("coaching.note"),
    "parcours:ecrire_note_privee": _FICHE,
    "parcours:modifier_note_privee": _pk("coaching.note_privee"),
    "parcours:retirer_creneau": _pk("coaching.creneau"),
    "parcours:prendre_creneau": _pk("coaching.creneau"),
    "parcours:detruire_note": _pk("coaching.note"),
    "parcours:cocher_objectif": _pk("coaching.objectif"),
    "parcours:publier_synthese": _pk("coaching.synthese"),
    "parcours:depublier_synthese": _pk("coaching.synthese"),
    "parcours:synthese_publiee": _pk("coaching.synthese_publiee"),
    "parcours:decider_des_notes": _pk("coaching.precedent"),
    "parcours:bilan": _INSCRIPTION,
    "parcours:sortie": _pk("coaching.inscription_achevee"),
    **dict.fromkeys(
        [
            f"parcours:{nom}"
            for nom in (
                "prestation",
                "modifier_prestation",
                "archiver_prestation",
                "nouvelle_session",
            )
        ],
        _pk("prestation"),
    ),
    **dict.fromkeys(
        [f"parcours:{nom}_session" for nom in ("modifier", "dedoubler", "annuler", "inscrire")],
        _pk("session"),
    ),
    "parcours:session": _pk("session_passee"),
    "parcours:feuille_session": _pk("session_passee"),
    "parcours:feuille_pdf": _pk("session_passee"),
    "parcours:sinscrire": _pk("session_libre"),
    "parcours:annuler_place": _pk("place"),
    "parcours:place_ics": _pk("place"),
    "parcours:evaluer": _pk("evaluation"),
    "parcours:demander_mentor": _pk("presence_ancienne"),
    "parcours:repondre_mentor": _pk("demande_de_mentor"),
    "parcours:cesser_mentor": _pk("demande_de_mentor"),
    "pilotage:evaluation": _pk("evaluation_publiee"),
    "parcours:rendre_place": lambda scene: {"jeton": scene.jeton_place},
    "parcours:attestation": _pk("place_passee"),
    "parcours:immersion": _pk("immersion"),
    "parcours:montrer_immersion": _pk("immersion_cachee"),
    "parcours:offre_immersion": _pk("offre_immersion"),
    "parcours:modifier_offre_immersion": _pk("offre_immersion"),
    "parcours:clore_offre_immersion": _pk("offre_immersion"),
    "parcours:demander_offre_immersion": _pk("offre_immersion"),
    "parcours:repondre_immersion": _pk("immersion"),
    "parcours:annuler_immersion": _pk("immersion"),
    "parcours:signer_immersion": _pk("immersion_accordee"),
    "parcours:convention_immersion": _pk("immersion_accordee"),
    "parcours:immersion_ics": _pk("immersion_accordee"),
    "parcours:constater_immersion": _pk("immersion_signee"),
    "parcours:flux_agenda": lambda scene: {"jeton": scene.jeton_agenda},
    "opportunites:opportunite": _pk("opportunite"),
    "opportunites:modifier_opportunite": _pk("opportunite"),
    "opportunites:publier": _pk("brouillon"),
    "opportunites:retirer_opportunite": _pk("opportunite"),
    "opportunites:valider_besoin": _pk("brouillon"),
    "opportunites:publicite": _pk("opportunite"),
    "opportunites:clore_aux_voeux": _pk("opportunite"),
    "opportunites:rouvrir_aux_voeux": _pk("opportunite"),
    "opportunites:demander": _pk("ouverte_ailleurs"),
    "opportunites:repondre_demande": _pk("demande"),
    "opportunites:donner_avis": _pk("voeu_recu"),
    "opportunites:classer_avis": _pk("avis"),
    "opportunites:annuler_reponse": _pk("proposition_refusee"),
    "opportunites:proposer_au_suivant": _pk("proposition_expiree"),
    "opportunites:completer_reserve": _pk("reserve_a_completer"),
    "opportunites:piece_reserve": _pk("reserve_a_completer"),
    "opportunites:exprimer_voeu": _pk("opportunite"),
    "opportunites:retirer_voeu": _pk("voeu"),
    "opportunites:proposer": _pk("opportunite"),
    "opportunites:proposition": _pk("proposition_recue"),
    "opportunites:valider_proposition": _pk("proposition_a_valider"),
    "opportunites:envoyer_proposition": _pk("proposition_validee"),
    "opportunites:retirer_proposition": _pk("proposition_validee"),
    "opportunites:accepter": _pk("proposition_recue"),
    "opportunites:refuser": _pk("proposition_recue"),
    "opportunites:deposer_reserve": _pk("proposition_recue"),
    "opportunites:arbitrer_reserve": _pk("reserve"),
    "opportunites:mobilite": _pk("mobilite"),
    "opportunites:preparer_mobilite": _pk("mobilite"),
    "opportunites:rendre_effective": _pk("mobilite"),
    "opportunites:identifiants": _pk("mobilite"),
    "opportunites:abandonner_mobilite": _pk("mobilite"),
    "opportunites:repondre_a_la_demande": _pk("mobilite"),
    "opportunites:impact": _pk("mobilite"),
    "opportunites:fiche_mouvement": _pk("mobilite"),
    "opportunites:liste_a_faire": _pk("mobilite"),
    "opportunites:cocher_element": _pk("element"),
    "opportunites:ajouter_element": _pk("mobilite"),
    "opportunites:retirer_element": _pk("element_ajoute"),
    "opportunites:urgence": _pk("opportunite"),
    "opportunites:lever_urgence": _pk("opportunite_urgente"),
    "opportunites:piece_reponse": _pk("reponse_origine"),
    "opportunites:suivi": _pk("suivi_mobilite"),
    "opportunites:modele_fourni": lambda _: {"code": "arrete-mutation"},
    **{
        f"opportunites:{page}": _pk("modele")
        for page in (
            *("modele", "apercu_modele", "document_modele", "retirer_modele"),
            "faire_les_lettres",
        )
    },
    "opportunites:faire_signer": _pk("mobilite"),
    **{
        f"opportunites:{page}": _pk("dossier_a_signer")
        for page in (
            *("dossier_a_signer", "dossier_pdf", "manifeste_json", "archive_du_dossier"),
            "remettre_signe",
        )
    },
    "opportunites:retour_pdf": _pk("retour_signe"),
    "opportunites:fournee": _pk("fournee"),
    "opportunites:telecharger_fournee": _pk("fournee"),
    "opportunites:fiche_de_poste": _pk("opportunite"),
    "opportunites:interroger": _pk("opportunite"),
    "opportunites:repondre_sollicitation": _pk("sollicitation"),
    "opportunites:retirer_demande": _pk("demande_faite"),
    "opportunites:agenda_rencontre": _pk("demande_tenue"),
    "opportunites:demander_accord": _pk("proposition_a_valider"),
    "opportunites:repondre_accord": _pk("proposition_soumise"),
    "opportunites:modifier_textes": _pk("proposition_validee"),
    "opportunites:questionner": _pk("proposition_recue"),
    "opportunites:repondre_question": _pk("question"),
    "opportunites:lettre_proposition": _pk("proposition_recue"),
    **dict.fromkeys(
        [
            f"opportunites:{nom}"
            for nom in (
                "simulation",
                "relancer_simulation",
                "arreter_simulation",
                "reparer_mouvement",
                "decider_mouvement",
                "reprendre_decision",
                "pourquoi_pas",
                "preparer_propositions",
            )
        ],
        _pk("simulation"),
    ),
    "opportunites:demander_le_depart": _pk("mobilite"),
    "opportunites:demande_de_depart": _pk("mobilite"),
    "opportunites:simuler_la_paie": _pk("ouverte_ailleurs"),
    "opportunites:oublier_l_estimation": _pk("ouverte_ailleurs"),
    "opportunites:ouvrir_fiche": _pk("proposition_recue"),
    **dict.fromkeys(
        [f"opportunites:{nom}" for nom in ("fiche_remuneration", "fiche_pdf")], _pk("fiche_signee")
    ),
    **dict.fromkeys(
        [f"opportunites:{nom}" for nom in ("saisir_fiche", "signer_fiche")], _pk("fiche_a_signer")
    ),
    "pilotage:liste": lambda scene: {"quoi": "recenses"},
    "pilotage:guide": lambda scene: {"nom": "cadre"},
    **dict.fromkeys(
        [f"pilotage:etape_{nom}" for nom in ("faite", "modifier", "retirer")],
        _pk("cadrage.etape"),
    ),
    "pilotage:etape_rouverte": _pk("cadrage.close"),
    "pilotage:etape_preuve": _pk("cadrage.cloture"),
    "pilotage:jalons_franchir": lambda scene: {"jalon": "lancement"},
    **dict.fromkeys(
        ["pilotage:elus_information", "pilotage:elus_retirer_information"],
        _pk("cadrage.information"),
    ),
    **dict.fromkeys(
        ["pilotage:elus_accord", "pilotage:elus_retirer_accord"], _pk("cadrage.accord")
    ),
    **dict.fromkeys(
        ["pilotage:communication_modifier", "pilotage:communication_support"],
        _pk("cadrage.action"),
    ),
    "pilotage:langage_approuver": _pk("cadrage.elements"),
}
