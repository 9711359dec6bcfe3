"""Moves, and the parts of their files: may this acteur?"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.mots import Role
from collectivites.refus import RESERVE_AUX_PARTIES, Interdit
from opportunites.communs.parties import (
    RESERVE_A_L_ACCUEIL,
    est_partie_au_dossier,
    refus_dossier_clos,
)
from opportunites.dossier.droit import delais
from opportunites.dossier.droit.voies import attend_une_reponse, est_acquis, toutes_les_voies
from opportunites.dossier.occupation import motif_d_attente, occupation
from opportunites.models import Element, Mobilite, Suivi
from opportunites.mots import Famille

#: The points of the list that the person's own request is, by route.
DEMANDES_DE_LA_PERSONNE = ("DEMANDE_DEPART", "DISPONIBILITE_DEMANDE")
RESERVE_A_L_ORIGINE = Interdit("Cet acte revient à l’employeur d’origine.")


def _refus_rh_d_une_partie(acteur: Acteur, mobilite: Mobilite) -> str | None:
    if not acteur.est_rh or not est_partie_au_dossier(acteur, mobilite):
        return RESERVE_AUX_PARTIES
    return None


def _refus_s_il_est_abandonne(mobilite: Mobilite) -> str | None:
    if mobilite.etat == Mobilite.Etat.ABANDONNEE:
        return "Ce dossier est abandonné : sa liste ne se modifie plus."
    return None


def refus_preparer(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of either side, while the file is open."""
    return _refus_rh_d_une_partie(acteur, mobilite) or refus_dossier_clos(mobilite)


def demande_impossible(
    acteur: Acteur, mobilite: Mobilite, voie: str, recue: date | None
) -> str | None:
    """The two months run from the person's own request (CGFP L511-3): made from their file, or on
    paper, which the origin alone has in hand. The form says it beside the date."""
    faite = mobilite.demande_faite_le
    if recue == mobilite.demande_recue_le:
        return None
    if faite is not None and (recue is None or recue < faite):
        return f"La personne a fait sa demande le {date_texte(faite)} : sa réception ne peut la précéder."
    if recue is None or acteur.collectivite.pk == mobilite.collectivite_origine_id:
        return None
    if toutes_les_voies()[voie].preavis == Famille.COMMUN and faite is None:
        return (
            "Les deux mois courent de la demande écrite de la personne (CGFP L511-3) : elle la fait "
            "depuis son dossier, ou son employeur date celle qu’il a reçue."
        )
    if toutes_les_voies()[voie].preavis == Famille.COMMUN and delais.est_acquise(
        recue, timezone.localdate()
    ):
        return (
            "Deux mois ont passé depuis ce jour : le silence de l’employeur d’origine vaudrait "
            "accord. C’est à lui de dater une demande aussi ancienne."
        )
    return None


def refus_demander_le_depart(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The person, once the host has agreed and the route is chosen; once is enough."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != mobilite.cadre_id:
        return Interdit("Cette demande revient à la personne.")
    if refus := refus_dossier_clos(mobilite):
        return refus
    if not mobilite.voie or mobilite.date_effet is None:
        return "Les deux DRH doivent d’abord choisir la voie et la date."
    if toutes_les_voies()[mobilite.voie].preavis != Famille.COMMUN:
        return "Cette voie ne passe pas par une demande de départ."
    if mobilite.demande_faite_le is not None:
        return f"Vous avez fait votre demande le {date_texte(mobilite.demande_faite_le)}."
    if mobilite.demande_recue_le is not None:
        return (
            f"Votre employeur a daté du {date_texte(mobilite.demande_recue_le)} la réception de "
            "votre demande."
        )
    return None


def refus_abandonner(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of either side, while the file is open."""
    return _refus_rh_d_une_partie(acteur, mobilite) or refus_dossier_clos(mobilite)


def est_a_l_accueil_de(acteur: Acteur, mobilite: Mobilite) -> bool:
    """The HR direction of the employer that the person joins."""
    return acteur.est_rh and acteur.collectivite.pk == mobilite.collectivite_accueil_id


def refus_rendre_effective(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of the host, from the date of effect on, once the poste is free."""
    if not est_a_l_accueil_de(acteur, mobilite):
        return RESERVE_A_L_ACCUEIL
    if refus := refus_dossier_clos(mobilite):
        return refus
    return motif_d_attente(mobilite) or occupation(mobilite).refus


def refus_saisir_identifiants(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of the host, once the person is there and as long as they stay. Reads `cadre`."""
    if not est_a_l_accueil_de(acteur, mobilite):
        return RESERVE_A_L_ACCUEIL
    if mobilite.collectivite_origine_id == mobilite.collectivite_accueil_id:
        return "La personne n’a pas changé d’employeur : ses identifiants restent les siens."
    if mobilite.etat != Mobilite.Etat.EFFECTIVE:
        return "Constatez d’abord la mobilité : les identifiants changent ce jour-là."
    if mobilite.cadre.collectivite_id != mobilite.collectivite_accueil_id:
        return "Cette personne ne relève plus de votre collectivité."
    return None


def _rh_de_l_origine(acteur: Acteur, mobilite: Mobilite) -> bool:
    return acteur.est_rh and acteur.collectivite.pk == mobilite.collectivite_origine_id


def refus_repondre_a_la_demande(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of the origin, once the request is dated and as long as the file is open."""
    if not _rh_de_l_origine(acteur, mobilite):
        return RESERVE_A_L_ORIGINE
    if refus := refus_dossier_clos(mobilite):
        return refus
    if not mobilite.voie or not attend_une_reponse(mobilite):
        return (
            "Choisissez d’abord la voie : celle-ci n’attend pas de réponse."
            if mobilite.voie
            else "Choisissez d’abord la voie statutaire."
        )
    if mobilite.demande_recue_le is None:
        return "Renseignez d’abord le jour où la demande a été reçue."
    return None


def refus_opposer_un_refus(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """A refusal is for the DRH of the origin, before any agreement, on a route that admits one."""
    if refus := refus_repondre_a_la_demande(acteur, mobilite):
        return refus
    if not acteur.est(Role.DRH):
        return Interdit("Un refus s’enregistre par la DRH ; l’autorité territoriale le signe.")
    if mobilite.voie in {Mobilite.Voie.CONTRAT_CDD, Mobilite.Voie.PORTABILITE_CDI}:
        return "La personne démissionne : son employeur ne peut que convenir d’une date."
    if mobilite.reponse_origine in Mobilite.REPONSES_FAVORABLES:
        return "L’accord est déjà donné : il reste à convenir d’une date."
    if est_acquis(mobilite):
        return "Deux mois ont passé : l’accord est acquis, il reste à convenir d’une date."
    return None


def notification_impossible(mobilite: Mobilite, notifie_le: date) -> str | None:
    """Within the two months, their last day included; the form says it beside the date."""
    if notifie_le > timezone.localdate():
        return "Cette date est à venir."
    recue = mobilite.demande_recue_le
    if recue is None or toutes_les_voies()[mobilite.voie].preavis != Famille.COMMUN:
        return None
    if notifie_le < recue:
        return f"La demande a été reçue le {date_texte(recue)} : un refus ne peut la précéder."
    terme = delais.acceptation_tacite(recue)
    if notifie_le > terme:
        return f"Un refus se notifiait jusqu’au {date_texte(terme)} : l’accord est acquis."
    return None


def refus_documenter_l_impact(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of the origin; also once the person has left, since the team stays."""
    if not _rh_de_l_origine(acteur, mobilite):
        return RESERVE_A_L_ORIGINE
    if mobilite.etat == Mobilite.Etat.ABANDONNEE:
        return "Ce dossier est abandonné : la personne garde son poste."
    return None


def refus_cocher(acteur: Acteur, element: Element) -> str | None:
    """Whoever the item belongs to; a signature, the DRH in person. Reads `element.mobilite`."""
    mobilite = element.mobilite
    if element.cote == Element.Cote.CADRE:
        if not acteur.est(Role.CADRE) or acteur.cadre_id != mobilite.cadre_id:
            return Interdit("Ce point revient à la personne.")
        if element.code in DEMANDES_DE_LA_PERSONNE and mobilite.demande_recue_le is None:
            return "Faites votre demande depuis ce dossier : elle cochera ce point."
    else:
        proprietaire = (
            mobilite.collectivite_origine_id
            if element.cote == Element.Cote.ORIGINE
            else mobilite.collectivite_accueil_id
        )
        if not acteur.est_rh or acteur.collectivite.pk != proprietaire:
            return Interdit("Ce point revient à l’autre employeur.")
        if element.reserve_au_drh and not acteur.est(Role.DRH):
            return Interdit("Cette signature revient au DRH.")
    return _refus_s_il_est_abandonne(mobilite)


def refus_ajouter_element(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of either side; also after the arrival, where things remain to be done."""
    return _refus_rh_d_une_partie(acteur, mobilite) or _refus_s_il_est_abandonne(mobilite)


def refus_retirer_element(acteur: Acteur, element: Element) -> str | None:
    """The HR direction that added it, while it is not done. Reads `mobilite`, `ajoute_par`."""
    if element.ajoute_par is None:
        return "Ce point vient de la voie statutaire : il ne se retire pas."
    if not acteur.est_rh or acteur.collectivite.pk != element.ajoute_par.collectivite_id:
        return Interdit("Ce point se retire par la direction qui l’a ajouté.")
    if element.est_fait:
        return "Ce point est fait : il reste au dossier."
    return _refus_s_il_est_abandonne(element.mobilite)


def refus_renseigner_suivi(acteur: Acteur, suivi: Suivi) -> str | None:
    """The HR direction of the host, or the person, each for their voice, from its date on."""
    mobilite = suivi.mobilite
    if suivi.cote == Suivi.Cote.CADRE:
        if not acteur.est(Role.CADRE) or acteur.cadre_id != mobilite.cadre_id:
            return Interdit("Ce suivi revient à la personne.")
    elif not acteur.est_rh or acteur.collectivite.pk != mobilite.collectivite_accueil_id:
        return Interdit("Ce suivi revient à l’employeur d’accueil.")
    if suivi.echeance > timezone.localdate():
        return f"Ce suivi s’ouvre le {date_texte(suivi.echeance)}."
    return None
