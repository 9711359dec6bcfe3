"""One object of each kind, the Département's or the named cadre's, and an address for each.

A parametrised address without a line in PARAMETRES fails the suite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cadres.actions.imports import diagnostiquer_import
from cadres.models import ImportCadres
from collectivites.comptes import lien_invitation
from collectivites.journal import journaliser
from collectivites.models import Delegation, Tache
from collectivites.roles import Acte
from opportunites.models import Mobilite, Opportunite, Proposition, Reserve, Voeu
from parcours.models import (
    Accompagnement,
    EtapeProgramme,
    Inscription,
    NoteCoaching,
    Objectif,
    Promotion,
    RendezVousCoaching,
    SuiviEtape,
    Synthese,
)
from pilotage.models import EtapeRoute
from tests import fabriques, fabriques_coaching
from tests.troupe import Troupe


NOTE = "Je doute de rester dans ce service."
OBJECTIF = "Oser dire non à mon directeur"
SYNTHESE = "Brouillon de synthèse, entre nous deux."
MOTS_DU_BILAN = "Je ne veux plus de réunions le soir."
LIEU = "Cabinet Jourdan, troisième étage"
SYNTHESE_PUBLIEE = "Prête à encadrer une équipe plus large."


@dataclass
class Coaching:
    """Behind the wall, `cadre` and `accompagnateur`; then somebody whose parcours is complete."""

    rendez_vous: RendezVousCoaching
    rendez_vous_passe: RendezVousCoaching
    note: NoteCoaching
    objectif: Objectif
    synthese: Synthese
    precedent: Accompagnement
    synthese_publiee: Synthese
    inscription_achevee: Inscription


@dataclass
class Scene:
    """See `monter`. What is « entrante » concerns the Département as host."""

    troupe: Troupe
    delegation: Delegation
    tache: Tache
    cadre_recense: Any
    cadre_accord: Any
    importation: ImportCadres
    promotion: Promotion
    inscription: Inscription
    suivi: SuiviEtape
    suivi_planifie: SuiviEtape
    opportunite: Opportunite
    brouillon: Opportunite
    ouverte_ailleurs: Opportunite
    voeu: Voeu
    proposition_a_valider: Proposition
    proposition_validee: Proposition
    proposition_recue: Proposition
    reserve: Reserve
    mobilite: Mobilite
    etape_route: EtapeRoute
    coaching: Coaching
    #: a text → the personas who may read it, on whatever page
    secrets: dict[str, set[str]]


LES_DEUX = {"cadre", "accompagnateur"}
EMPLOYEUR = {"dgs", "drh", "gestionnaire"}
VOISINS = {"autre_dgs", "autre_drh", "autre_gest"}
COMMENTAIRE = "Mon conjoint change de ville."
RESERVE_A_LA_PERSONNE = "Ce que moi seule dois lire."


def monter(troupe: Troupe) -> Scene:
    """The cadre of the Département is in a promotion, ranked a poste of the Région, received a
    proposition for it, and moves to the Ville. The Département opens two postes, and prepares two
    propositions for cadres of the Région."""
    f = fabriques
    departement, region = troupe.departement, troupe.region
    f.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.FRANCHIR_ETAPE)
    promotion = f.faire_promotion(troupe.demarche, nom="Promotion 2027")
    inscription = f.faire_inscription(troupe.fiche_du_cadre, promotion)
    f.faire_inscription(troupe.fiche_de_l_autre_cadre, promotion)
    opportunite = f.faire_opportunite(departement)
    ouverte_ailleurs = f.faire_opportunite(region)
    voeu = f.faire_voeu(troupe.fiche_du_cadre, ouverte_ailleurs)
    f.faire_voeu(troupe.fiche_de_l_autre_cadre, opportunite)
    deuxieme = f.faire_cadre(region, "retenu")
    f.faire_inscription(deuxieme, promotion)
    recue = f.faire_proposition(ouverte_ailleurs, troupe.fiche_du_cadre)
    f.faire_proposition(
        f.faire_opportunite(region),
        troupe.fiche_du_cadre,
        "refusee",
        motif_refus=Proposition.Motif.FAMILLE,
        commentaire_refus=COMMENTAIRE,
    )
    journaliser(
        acteur=troupe.cadre,
        acte="voeu.exprime",
        libelle=RESERVE_A_LA_PERSONNE,
        objet=voeu,
        collectivite=departement,
        cadre_ref=troupe.fiche_du_cadre.pk,
        reserve_a_la_personne=True,
    )
    acceptee = f.faire_proposition(
        f.faire_opportunite(troupe.ville), troupe.fiche_du_cadre, "acceptee"
    )
    return Scene(
        troupe=troupe,
        delegation=Delegation.objects.get(),
        tache=Tache.objects.create(
            nom="x", libelle="Import", mandat=troupe.drh_departement.mandat, etat="en_cours"
        ),
        cadre_recense=f.faire_cadre(departement, "recense", nom="Silencieux"),
        cadre_accord=f.faire_cadre(departement, "accord"),
        importation=_importation(troupe),
        promotion=promotion,
        inscription=inscription,
        suivi=inscription.suivis.get(etape__nature=EtapeProgramme.Nature.ENTRETIEN),
        suivi_planifie=_planifier(inscription),
        opportunite=opportunite,
        brouillon=f.faire_opportunite(departement, publiee=False),
        ouverte_ailleurs=ouverte_ailleurs,
        voeu=voeu,
        proposition_a_valider=f.faire_proposition(
            opportunite, troupe.fiche_de_l_autre_cadre, "brouillon"
        ),
        proposition_validee=f.faire_proposition(opportunite, deuxieme, "validee"),
        proposition_recue=recue,
        reserve=f.faire_reserve(recue, troupe.drh_departement),
        mobilite=f.faire_mobilite(acceptee),
        etape_route=EtapeRoute.objects.create(
            demarche=troupe.demarche,
            collectivite=departement,
            phase=EtapeRoute.Phase.CADRAGE,
            intitule="Note stratégique",
            echeance=f.dans(10),
        ),
        coaching=_coaching(troupe, inscription, promotion),
        secrets={
            # Not told yet, or no answer yet: their own employer alone.
            "Silencieux": EMPLOYEUR,
            troupe.fiche_du_cadre_muet.nom: EMPLOYEUR,
            # Their yes holds: the démarche knows who they are, and nobody else.
            troupe.fiche_du_cadre.nom: EMPLOYEUR | VOISINS | {"accompagnateur", "cadre"},
            # Why somebody refused, and what the journal keeps for them.
            COMMENTAIRE: {"cadre"},
            RESERVE_A_LA_PERSONNE: {"cadre"},
            # Behind the wall: the two, nobody else.
            **dict.fromkeys((NOTE, OBJECTIF, SYNTHESE, MOTS_DU_BILAN, LIEU), LES_DEUX),
            # The person published it, for their own DRH and DGS.
            SYNTHESE_PUBLIEE: {"dgs", "drh", "accompagnateur"},
        },
    )


def _coaching(troupe: Troupe, inscription: Inscription, promotion: Promotion) -> Coaching:
    f, c = fabriques, fabriques_coaching
    fiche, coach = troupe.fiche_du_cadre, troupe.accompagnateur
    precedent = c.faire_accompagnement(
        fiche,
        troupe.autre_accompagnateur.mandat,
        debut=f.il_y_a(60),
        fin=f.il_y_a(30),
        motif_fin="changement",
    )
    c.faire_note(precedent, troupe.cadre.utilisateur, "Avec la précédente, nous avions commencé.")
    actuel = c.faire_accompagnement(fiche)
    c.faire_bilan(inscription, MOTS_DU_BILAN, domaines=["Finances"])
    autre = f.faire_cadre(
        troupe.departement, "retenu", avancee="acheve", accompagnateur=coach.mandat
    )
    achevee = f.faire_inscription(autre, promotion, "achevee")
    return Coaching(
        rendez_vous=c.faire_coaching(actuel, 3, lieu=LIEU),
        rendez_vous_passe=c.faire_coaching(actuel, -2, lieu=LIEU),
        note=c.faire_note(actuel, coach.utilisateur, NOTE),
        objectif=c.faire_objectif(actuel, coach.utilisateur, OBJECTIF),
        synthese=c.faire_synthese(actuel, coach.utilisateur, SYNTHESE),
        precedent=precedent,
        synthese_publiee=c.faire_synthese(
            c.faire_accompagnement(autre), coach.utilisateur, SYNTHESE_PUBLIEE, troupe.departement
        ),
        inscription_achevee=achevee,
    )


LISTE = """Matricule;Nom;Prénom;Courriel;Catégorie;Poste;En poste depuis
D-9001;Valette;Yann;yann.valette@loiret.example;A;Chef de service;01/09/2020
D-9002;Wagner;Zoé;pas-un-courriel;A+;Directrice;31/02/2021
D-9003;;Sans-Nom;;A;Chargé de mission;
"""


def _importation(troupe: Troupe) -> ImportCadres:
    """A staff list that has been read, and waits to be confirmed: good rows and bad ones."""
    importation = ImportCadres.objects.create(
        collectivite=troupe.departement,
        mandat=troupe.drh_departement.mandat,
        nom_fichier="departement.csv",
        contenu=LISTE.encode(),
    )
    diagnostiquer_import(importation_id=importation.pk)
    importation.refresh_from_db()
    return importation


def _planifier(inscription: Inscription) -> SuiviEtape:
    """The last step, which had its hour yesterday: it may be marked."""
    suivi: SuiviEtape = inscription.suivis.order_by("-etape__ordre").first()
    suivi.etat, suivi.quand, suivi.lieu = suivi.Etat.PLANIFIEE, fabriques.il_y_a(1), "Orléans"
    suivi.save()
    return suivi


def _invitation(scene: Scene) -> dict[str, Any]:
    """An account that nobody of the cast holds: opening it changes nobody's session."""
    _, _, uid, jeton, _ = lien_invitation(scene.cadre_accord.utilisateur).rsplit("/", 4)
    return {"uid": uid, "jeton": jeton}


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
    "collectivites:invitation": _invitation,
    "collectivites:tache": _pk("tache"),
    "collectivites:revoquer_delegation": _pk("delegation"),
    "cadres:fiche": _FICHE,
    "cadres:modifier": _FICHE,
    "cadres:confier": _FICHE,
    "cadres:informer": _pk("cadre_recense"),
    "cadres:retenir": _pk("cadre_accord"),
    "cadres:ne_pas_retenir": _pk("cadre_accord"),
    "cadres:importation": _IMPORT,
    "cadres:corriger_import": _IMPORT,
    "cadres:colonnes_import": _IMPORT,
    "cadres:confirmer_import": _IMPORT,
    "cadres:abandonner_import": _IMPORT,
    "cadres:fichier_a_corriger": _IMPORT,
    "parcours:promotion": _pk("promotion"),
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
    "parcours:noter_rendez_vous": _pk("coaching.rendez_vous_passe"),
    "parcours:agenda_coaching": _pk("coaching.rendez_vous"),
    "parcours:modifier_note": _pk("coaching.note"),
    "parcours:detruire_note": _pk("coaching.note"),
    "parcours:cocher_objectif": _pk("coaching.objectif"),
    "parcours:publier_synthese": _pk("coaching.synthese"),
    "parcours:depublier_synthese": _pk("coaching.synthese"),
    "parcours:synthese_publiee": _pk("coaching.synthese_publiee"),
    "parcours:decider_des_notes": _pk("coaching.precedent"),
    "parcours:bilan": _INSCRIPTION,
    "parcours:sortie": _pk("coaching.inscription_achevee"),
    "opportunites:opportunite": _pk("opportunite"),
    "opportunites:modifier_opportunite": _pk("opportunite"),
    "opportunites:publier": _pk("brouillon"),
    "opportunites:retirer_opportunite": _pk("opportunite"),
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
    "opportunites:abandonner_mobilite": _pk("mobilite"),
    "pilotage:etape_faite": _pk("etape_route"),
}
