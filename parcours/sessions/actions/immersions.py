"""Immersions: asked by the cadre, granted by both employers, signed by three, done."""

from datetime import date
from typing import Any

from django.utils import timezone

from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.models import Immersion, OffreImmersion
from parcours.mots import Actes, EtatImmersion
from parcours.regles import est_demandee_a_temps, jours_texte, reponse_attendue_le
from parcours.sessions import courriels, predicats
from parcours.sessions.actions.etape_immersion import (
    liberer_l_etape,
    marquer_l_etape,
    planifier_l_etape,
)
from parcours.suites import noter


def jours_deja_comptes(cadre_id: int) -> list[date]:
    """The days of the person's other immersions: done, agreed or asked."""
    immersions = Immersion.objects.filter(cadre=cadre_id, etat__in=Immersion.ETATS_COMPTES)
    return [jour for immersion in immersions for jour in immersion.dates]


def demander_immersion(
    *,
    acteur: Acteur,
    accueil: Collectivite,
    jours: list[date],
    service: str,
    lieu: str,
    fonctions: str,
    motivation: str,
    delai_reduit: bool = False,
) -> Immersion:
    """The cadre asks both employers. They are locked: two requests at once are counted together."""
    cadre = verrouiller(acteur.cadre_id) if acteur.cadre_id is not None else None
    exiger(predicats.refus_demander_immersion(acteur, cadre))
    assert cadre is not None
    exiger(predicats.refus_de_lieu(cadre, accueil))
    immersion = _deposer(
        cadre,
        jours,
        delai_reduit=delai_reduit,
        collectivite_accueil=accueil,
        service=service,
        lieu=lieu,
        fonctions=fonctions,
        motivation=motivation,
        montree_le=timezone.now(),
    )
    _noter(acteur, immersion, Actes.IMMERSION_DEMANDEE, "demandée")
    courriels.demander_une_reponse(immersion)
    return immersion


def demander_sur_offre(
    *,
    acteur: Acteur,
    offre: OffreImmersion,
    jours: list[date],
    motivation: str,
    delai_reduit: bool = False,
) -> Immersion:
    """The cadre asks the host for days that it offers; their employer is told nothing yet. The offer is
    held: two people for its last place come one after the other."""
    cadre = verrouiller(acteur.cadre_id) if acteur.cadre_id is not None else None
    offre = verrous.offre(offre.pk)
    exiger(predicats.refus_demander_sur_offre(acteur, cadre, offre))
    assert cadre is not None
    exiger(predicats.refus_de_jours_de_l_offre(offre, sorted(set(jours))))
    immersion = _deposer(
        cadre,
        jours,
        delai_reduit=delai_reduit,
        offre=offre,
        collectivite_accueil=offre.collectivite,
        service=offre.service,
        lieu=offre.lieu,
        fonctions=offre.fonctions,
        motivation=motivation,
    )
    _noter(acteur, immersion, Actes.IMMERSION_DEMANDEE, "demandée à l’accueil")
    courriels.demander_a_l_accueil(immersion)
    return immersion


def montrer_immersion(*, acteur: Acteur, immersion: Immersion) -> Immersion:
    """The person lets their employer know: its month to answer, and the three months of notice, run from
    today."""
    immersion = verrous.immersion(immersion)
    exiger(predicats.refus_montrer_immersion(acteur, immersion))
    aujourdhui = timezone.localdate()
    immersion.montree_le = timezone.now()
    immersion.repondre_avant = reponse_attendue_le(aujourdhui)
    immersion.delai_reduit = not est_demandee_a_temps(immersion.debut, aujourdhui)
    immersion.save(update_fields=["montree_le", "repondre_avant", "delai_reduit"])
    _noter(acteur, immersion, Actes.IMMERSION_MONTREE, "montrée à l’employeur")
    courriels.demander_a_l_employeur(immersion)
    return immersion


def _deposer(cadre: Cadre, jours: list[date], *, delai_reduit: bool, **champs: Any) -> Immersion:
    """The row, once its days are those that the décret admits."""
    aujourdhui, jours = timezone.localdate(), sorted(set(jours))
    exiger(
        predicats.refus_de_dates(
            jours,
            jours_deja_comptes(cadre.pk),
            aujourdhui=aujourdhui,
            delai_reduit=delai_reduit,
        )
    )
    immersion: Immersion = Immersion.objects.create(
        cadre=cadre,
        collectivite_origine=cadre.collectivite,
        jours=[jour.isoformat() for jour in jours],
        nb_jours=len(jours),
        debut=jours[0],
        fin=jours[-1],
        repondre_avant=reponse_attendue_le(aujourdhui),
        delai_reduit=not est_demandee_a_temps(jours[0], aujourdhui),
        **champs,
    )
    return immersion


def accorder_immersion(*, acteur: Acteur, immersion: Immersion) -> Immersion:
    """One employer agrees; the second agreement grants it. A short notice is agreed to as well."""
    immersion = verrous.immersion(immersion)
    exiger(predicats.refus_accorder_immersion(acteur, immersion))
    maintenant = timezone.now()
    if immersion.collectivite_origine_id == acteur.collectivite.pk:
        immersion.accord_origine_le = maintenant
    else:
        immersion.accord_accueil_le = maintenant
    if immersion.accord_origine_le and immersion.accord_accueil_le:
        immersion.etat = EtatImmersion.ACCORDEE
        immersion.revision += 1
    immersion.save(update_fields=["accord_origine_le", "accord_accueil_le", "etat", "revision"])
    suite = ", délai réduit accepté" if immersion.delai_reduit else ""
    _noter(acteur, immersion, Actes.IMMERSION_ACCORDEE, f"accord donné{suite}")
    if immersion.est_accordee:
        planifier_l_etape(acteur, immersion)
    courriels.annoncer_reponse(immersion)
    return immersion


def refuser_immersion(*, acteur: Acteur, immersion: Immersion, motif: str) -> Immersion:
    """With the reason, which the person reads."""
    immersion = _ecarter(acteur, immersion, EtatImmersion.REFUSEE, motif)
    _noter(acteur, immersion, Actes.IMMERSION_REFUSEE, "refusée", motif=motif)
    return immersion


def reporter_immersion(
    *, acteur: Acteur, immersion: Immersion, motif: str, apres: date | None = None
) -> Immersion:
    """Not now: the person asks again, at other dates."""
    immersion = _ecarter(acteur, immersion, EtatImmersion.REPORTEE, motif, apres)
    _noter(acteur, immersion, Actes.IMMERSION_REPORTEE, "reportée", motif=motif)
    return immersion


def signer_convention(*, acteur: Acteur, immersion: Immersion, signee_le: date) -> Immersion:
    """The tripartite agreement bears its three signatures."""
    immersion = verrous.immersion(immersion)
    exiger(predicats.refus_signer(acteur, immersion))
    if signee_le > timezone.localdate() or signee_le > immersion.debut:
        raise ActionImpossible("La convention est signée avant le premier jour, et pas à l’avance.")
    immersion.etat, immersion.signee_le = EtatImmersion.CONVENTION, signee_le
    immersion.revision += 1
    immersion.save(update_fields=["etat", "signee_le", "revision"])
    _noter(acteur, immersion, Actes.IMMERSION_SIGNEE, "convention signée")
    courriels.annoncer_convention(immersion)
    return immersion


def constater_immersion(*, acteur: Acteur, immersion: Immersion) -> Immersion:
    """It took place: the step of the programme that asked for one is done."""
    immersion = verrous.immersion(immersion)
    exiger(predicats.refus_constater(acteur, immersion))
    immersion.etat = EtatImmersion.REALISEE
    immersion.save(update_fields=["etat"])
    _noter(acteur, immersion, Actes.IMMERSION_REALISEE, "réalisée")
    marquer_l_etape(acteur, immersion)
    return immersion


def annuler_immersion(*, acteur: Acteur, immersion: Immersion) -> Immersion:
    """The person gives it up, before it begins."""
    immersion = verrous.immersion(immersion)
    exiger(predicats.refus_annuler_immersion(acteur, immersion))
    immersion.etat = EtatImmersion.ANNULEE
    immersion.revision += 1
    immersion.save(update_fields=["etat", "revision"])
    _noter(acteur, immersion, Actes.IMMERSION_ANNULEE, "annulée par la personne")
    liberer_l_etape(immersion)
    courriels.annoncer_immersion_annulee(immersion)
    return immersion


def _ecarter(
    acteur: Acteur, immersion: Immersion, etat: EtatImmersion, motif: str, apres: date | None = None
) -> Immersion:
    immersion = verrous.immersion(immersion)
    exiger(predicats.refus_repondre_immersion(acteur, immersion))
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi. La personne le lira.")
    immersion.etat, immersion.motif, immersion.reporter_apres = etat, motif.strip(), apres
    immersion.revision += 1
    immersion.save(update_fields=["etat", "motif", "reporter_apres", "revision"])
    courriels.annoncer_reponse(immersion)
    return immersion


def _noter(acteur: Acteur, immersion: Immersion, acte: Actes, fait: str, **suite: Any) -> None:
    """A line about the person, which engages the employer that sends them, even after a move. While it
    knows nothing: what the person does is theirs alone, what the host does engages the host."""
    if not immersion.est_montree:
        suite["reserve_a_la_personne"] = acteur.role == Role.CADRE
    noter(
        acteur,
        immersion,
        acte,
        f"Immersion du {jours_texte(immersion.dates)}, {fait}",
        cadre=immersion.cadre,
        collectivite=immersion.collectivite_origine
        if immersion.est_montree
        else immersion.collectivite_accueil,
        **suite,
    )
