"""Immersions: asked by the cadre, granted by both employers, signed by three, done."""

from datetime import date
from typing import Any

from django.utils import timezone

from cadres.fiche.verrous import verrouiller
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.models import Immersion
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
    """The cadre asks. They are locked: two requests at once are counted together."""
    cadre = verrouiller(acteur.cadre_id) if acteur.cadre_id is not None else None
    exiger(predicats.refus_demander_immersion(acteur, cadre))
    assert cadre is not None
    exiger(predicats.refus_de_lieu(cadre, accueil))
    aujourdhui, jours = timezone.localdate(), sorted(set(jours))
    exiger(
        predicats.refus_de_dates(
            jours,
            jours_deja_comptes(cadre.pk),
            aujourdhui=aujourdhui,
            delai_reduit=delai_reduit,
        )
    )
    immersion = Immersion.objects.create(
        cadre=cadre,
        collectivite_origine=cadre.collectivite,
        collectivite_accueil=accueil,
        service=service,
        lieu=lieu,
        fonctions=fonctions,
        motivation=motivation,
        jours=[jour.isoformat() for jour in jours],
        nb_jours=len(jours),
        debut=jours[0],
        fin=jours[-1],
        repondre_avant=reponse_attendue_le(aujourdhui),
        delai_reduit=not est_demandee_a_temps(jours[0], aujourdhui),
    )
    libelle = _libelle(immersion, "demandée")
    noter(acteur, immersion, Actes.IMMERSION_DEMANDEE, libelle, **_engage(immersion))
    courriels.demander_une_reponse(immersion)
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
    libelle = _libelle(immersion, f"accord donné{suite}")
    noter(acteur, immersion, Actes.IMMERSION_ACCORDEE, libelle, **_engage(immersion))
    if immersion.est_accordee:
        planifier_l_etape(acteur, immersion)
    courriels.annoncer_reponse(immersion)
    return immersion


def refuser_immersion(*, acteur: Acteur, immersion: Immersion, motif: str) -> Immersion:
    """With the reason, which the person reads."""
    immersion = _ecarter(acteur, immersion, EtatImmersion.REFUSEE, motif)
    libelle = _libelle(immersion, "refusée")
    noter(acteur, immersion, Actes.IMMERSION_REFUSEE, libelle, **_engage(immersion), motif=motif)
    return immersion


def reporter_immersion(
    *, acteur: Acteur, immersion: Immersion, motif: str, apres: date | None = None
) -> Immersion:
    """Not now: the person asks again, at other dates."""
    immersion = _ecarter(acteur, immersion, EtatImmersion.REPORTEE, motif, apres)
    libelle = _libelle(immersion, "reportée")
    noter(acteur, immersion, Actes.IMMERSION_REPORTEE, libelle, **_engage(immersion), motif=motif)
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
    libelle = _libelle(immersion, "convention signée")
    noter(acteur, immersion, Actes.IMMERSION_SIGNEE, libelle, **_engage(immersion))
    courriels.annoncer_convention(immersion)
    return immersion


def constater_immersion(*, acteur: Acteur, immersion: Immersion) -> Immersion:
    """It took place: the step of the programme that asked for one is done."""
    immersion = verrous.immersion(immersion)
    exiger(predicats.refus_constater(acteur, immersion))
    immersion.etat = EtatImmersion.REALISEE
    immersion.save(update_fields=["etat"])
    libelle = _libelle(immersion, "réalisée")
    noter(acteur, immersion, Actes.IMMERSION_REALISEE, libelle, **_engage(immersion))
    marquer_l_etape(acteur, immersion)
    return immersion


def annuler_immersion(*, acteur: Acteur, immersion: Immersion) -> Immersion:
    """The person gives it up, before it begins."""
    immersion = verrous.immersion(immersion)
    exiger(predicats.refus_annuler_immersion(acteur, immersion))
    immersion.etat = EtatImmersion.ANNULEE
    immersion.revision += 1
    immersion.save(update_fields=["etat", "revision"])
    libelle = _libelle(immersion, "annulée par la personne")
    noter(acteur, immersion, Actes.IMMERSION_ANNULEE, libelle, **_engage(immersion))
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


def _libelle(immersion: Immersion, fait: str) -> str:
    return f"Immersion du {jours_texte(immersion.dates)}, {fait}"


def _engage(immersion: Immersion) -> dict[str, Any]:
    """Whom its lines are about, and the employer that they engage: the one that sent the person,
    even after a move."""
    return {"cadre": immersion.cadre, "collectivite": immersion.collectivite_origine}
