"""Immersions: asked by the cadre, granted by both employers, signed by three, done."""

from datetime import date

from django.utils import timezone

from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import est_ouvre
from collectivites.journal import journaliser
from collectivites.models import Collectivite
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from parcours.models import Immersion, Inscription
from parcours.programme.actions.suivis import valider_l_immersion
from parcours.regles import (
    IMMERSION_PREAVIS_MOIS,
    est_demandee_a_temps,
    jours_texte,
    refus_de_jours,
    reponse_attendue_le,
)
from parcours.sessions import courriels
from parcours.sessions.predicats import (
    peut_annuler_immersion,
    peut_constater,
    peut_repondre_immersion,
    peut_signer,
)

Etat = Immersion.Etat


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
    """The cadre asks. The candidacy is locked: two requests at once are counted together."""
    candidature = (
        Candidature.objects.select_for_update(of=("self",))
        .filter(cadre=acteur.cadre_id, etat=Candidature.Etat.RETENU)
        .first()
    )
    en_cours = Inscription.objects.filter(cadre=acteur.cadre_id, etat=Inscription.Etat.EN_COURS)
    if acteur.role != Role.CADRE or candidature is None or not en_cours.exists():
        raise ActionImpossible("Une immersion se demande pendant son parcours.")
    cadre = Cadre.objects.select_related("collectivite__demarche", "utilisateur").get(
        pk=candidature.cadre_id
    )
    aujourdhui = timezone.localdate()
    _verifier_le_lieu(cadre, accueil)
    jours = sorted(set(jours))
    if not all(map(est_ouvre, jours)) or (jours and jours[0] <= aujourdhui):
        raise ActionImpossible("Choisissez des jours ouvrés, à venir.")
    if refus := refus_de_jours(jours, jours_deja_comptes(cadre.pk)):
        raise ActionImpossible(refus)
    a_temps = est_demandee_a_temps(jours[0], aujourdhui)
    if not a_temps and not delai_reduit:
        raise ActionImpossible(
            f"Une immersion se demande {IMMERSION_PREAVIS_MOIS} mois avant. Plus près, il faut "
            "l’accord des deux employeurs : dites que vous le demandez."
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
        delai_reduit=not a_temps,
    )
    _journal(acteur, immersion, "immersion.demandee", "demandée")
    courriels.demander_une_reponse(immersion)
    return immersion


def accorder_immersion(*, acteur: Acteur, immersion: Immersion) -> Immersion:
    """One employer agrees; the second agreement grants it. A short notice is agreed to as well."""
    immersion = _a_repondre(acteur, immersion)
    maintenant = timezone.now()
    if immersion.debut <= timezone.localdate(maintenant):
        raise ActionImpossible("Le premier jour est passé : refusez, ou reportez.")
    if immersion.collectivite_origine_id == acteur.collectivite.pk:
        immersion.accord_origine_le = maintenant
    else:
        immersion.accord_accueil_le = maintenant
    if immersion.accord_origine_le and immersion.accord_accueil_le:
        immersion.etat = Etat.ACCORDEE
        immersion.revision += 1
    immersion.save(update_fields=["accord_origine_le", "accord_accueil_le", "etat", "revision"])
    suite = ", délai réduit accepté" if immersion.delai_reduit else ""
    _journal(acteur, immersion, "immersion.accordee", f"accord donné{suite}")
    courriels.annoncer_reponse(immersion)
    return immersion


def refuser_immersion(*, acteur: Acteur, immersion: Immersion, motif: str) -> Immersion:
    """With the reason, which the person reads."""
    return _ecarter(acteur, immersion, Etat.REFUSEE, motif, None)


def reporter_immersion(
    *, acteur: Acteur, immersion: Immersion, motif: str, apres: date | None = None
) -> Immersion:
    """Not now: the person asks again, at other dates."""
    return _ecarter(acteur, immersion, Etat.REPORTEE, motif, apres)


def signer_convention(*, acteur: Acteur, immersion: Immersion, signee_le: date) -> Immersion:
    """The tripartite agreement bears its three signatures."""
    immersion = _verrouiller(immersion)
    if not peut_signer(acteur, immersion):
        raise ActionImpossible("La convention se signe après les deux accords, par l’employeur.")
    if signee_le > timezone.localdate() or signee_le > immersion.debut:
        raise ActionImpossible("La convention est signée avant le premier jour, et pas à l’avance.")
    immersion.etat, immersion.signee_le = Etat.CONVENTION, signee_le
    immersion.revision += 1
    immersion.save(update_fields=["etat", "signee_le", "revision"])
    _journal(acteur, immersion, "immersion.signee", "convention signée")
    courriels.annoncer_convention(immersion)
    return immersion


def constater_immersion(*, acteur: Acteur, immersion: Immersion) -> Immersion:
    """It took place: the step of the programme that asked for one is done."""
    immersion = _verrouiller(immersion)
    if not peut_constater(acteur, immersion):
        raise ActionImpossible("Une immersion se constate après son dernier jour.")
    immersion.etat = Etat.REALISEE
    immersion.save(update_fields=["etat"])
    _journal(acteur, immersion, "immersion.realisee", "réalisée")
    valider_l_immersion(acteur=acteur, immersion=immersion)
    return immersion


def annuler_immersion(*, acteur: Acteur, immersion: Immersion) -> Immersion:
    """The person gives it up, before it begins."""
    immersion = _verrouiller(immersion)
    if not peut_annuler_immersion(acteur, immersion):
        raise ActionImpossible("Cette immersion ne s’annule plus.")
    immersion.etat = Etat.ANNULEE
    immersion.revision += 1
    immersion.save(update_fields=["etat", "revision"])
    _journal(acteur, immersion, "immersion.annulee", "annulée par la personne")
    courriels.annoncer_immersion_annulee(immersion)
    return immersion


def _ecarter(
    acteur: Acteur, immersion: Immersion, etat: Etat, motif: str, apres: date | None
) -> Immersion:
    immersion = _a_repondre(acteur, immersion)
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi. La personne le lira.")
    immersion.etat, immersion.motif, immersion.reporter_apres = etat, motif.strip(), apres
    immersion.revision += 1
    immersion.save(update_fields=["etat", "motif", "reporter_apres", "revision"])
    _journal(acteur, immersion, f"immersion.{etat}", immersion.get_etat_display().lower(), motif)
    courriels.annoncer_reponse(immersion)
    return immersion


def _verifier_le_lieu(cadre: Cadre, accueil: Collectivite) -> None:
    if accueil.demarche_id != cadre.collectivite.demarche_id:
        raise ActionImpossible("Choisissez une collectivité de la démarche.")
    if accueil.pk == cadre.collectivite_id:
        raise ActionImpossible("Une immersion se fait chez un autre employeur que le vôtre.")


def _verrouiller(immersion: Immersion) -> Immersion:
    return (
        Immersion.objects.select_for_update(of=("self",))
        .select_related("cadre__utilisateur", "collectivite_origine")
        .select_related("collectivite_accueil__demarche")
        .get(pk=immersion.pk)
    )


def _a_repondre(acteur: Acteur, immersion: Immersion) -> Immersion:
    immersion = _verrouiller(immersion)
    if not peut_repondre_immersion(acteur, immersion):
        raise ActionImpossible("Cette demande n’attend plus de réponse de votre part.")
    return immersion


def _journal(acteur: Acteur, immersion: Immersion, acte: str, fait: str, motif: str = "") -> None:
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"Immersion du {jours_texte(immersion.dates)}, {fait}"[:300],
        objet=immersion,
        collectivite=immersion.collectivite_origine,
        cadre_ref=immersion.cadre_id,
        motif=motif,
    )
