"""Entering a promotion, and leaving it: at its end, before it, or by withdrawing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from cadres.fiche.actions import marquer_avancee
from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import INSECABLE, cite, compter, enumerer
from collectivites.journal import journaliser
from collectivites.refus import ActionImpossible
from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape
from parcours.programme import courriels
from parcours.programme.predicats import manques, peut_conclure, peut_inscrire
from parcours.sessions.actions.places import liberer_les_places_de

Avancee = Candidature.Avancee
DEPART = "Départ de la collectivité"
RETRAIT = "Retrait de la démarche, à la demande de la personne"


def cadres_a_inscrire(acteur: Acteur, promotion: Promotion) -> QuerySet[Cadre]:
    """The retained cadres of the acteur's own collectivité who have not begun a parcours."""
    if not acteur.est_rh:
        return Cadre.objects.none()
    deja = Inscription.objects.filter(cadre=OuterRef("pk"))
    return (
        Cadre.objects.geres_par(acteur)
        .filter(
            ~Exists(deja.filter(etat=Inscription.Etat.EN_COURS)),
            ~Exists(deja.filter(promotion=promotion, etat=Inscription.Etat.ACHEVEE)),
            candidature__etat=Candidature.Etat.RETENU,
            candidature__avancee=Avancee.AUCUNE,
        )
        .order_by("nom", "prenom", "pk")
    )


def inscrire(*, acteur: Acteur, promotion: Promotion, cadres: Iterable[Cadre]) -> list[Inscription]:
    """Enrol retained cadres. The promotion's row is held, so that its last place is given once."""
    promotion = (
        Promotion.objects.select_for_update(of=("self",))
        .select_related("demarche")
        .get(pk=promotion.pk)
    )
    if not peut_inscrire(acteur, promotion):
        raise ActionImpossible("Cette promotion ne reçoit plus d’inscription de votre part.")
    demandes = {cadre.pk: cadre for cadre in cadres}
    _verrouiller_candidatures(demandes)
    choisis = list(
        cadres_a_inscrire(acteur, promotion)
        .filter(pk__in=demandes)
        .select_related("candidature", "utilisateur", "collectivite")
    )
    if not demandes:
        raise ActionImpossible("Choisissez au moins un cadre.")
    if ecartes := sorted(
        demandes[pk].nom_complet for pk in demandes.keys() - {c.pk for c in choisis}
    ):
        raise ActionImpossible(
            f"{enumerer(ecartes)} ne peut pas être inscrit{INSECABLE}: seul un cadre de votre "
            "collectivité, retenu et sans parcours, entre dans une promotion."
        )
    _verifier_places(promotion, len(choisis))
    etapes = list(promotion.etapes.all())
    inscriptions = []
    for cadre in choisis:
        inscription = Inscription.objects.create(promotion=promotion, cadre=cadre)
        suivis = SuiviEtape.objects.bulk_create(_suivi(inscription, etape) for etape in etapes)
        marquer_avancee(cadre=cadre, avancee=Avancee.EN_PARCOURS)
        _journal(acteur, inscription, "inscription.faite", "Inscription à la promotion")
        courriels.annoncer_inscription(inscription, suivis)
        inscriptions.append(inscription)
    return inscriptions


def achever(*, acteur: Acteur, inscription: Inscription) -> Inscription:
    """The parcours is complete. Says what is missing when it is not."""
    inscription = _verrouiller(acteur, inscription)
    suivis = list(inscription.suivis.select_related("etape").order_by("etape__ordre"))
    if restent := manques(suivis):
        raise ActionImpossible(
            f"Le parcours ne peut pas encore s’achever. Il manque{INSECABLE}: "
            f"{enumerer(restent)}. Marquez chaque étape faite, ou excusez l’absence."
        )
    _finir(inscription, Inscription.Etat.ACHEVEE)
    if inscription.cadre.candidature.avancee == Avancee.EN_PARCOURS:
        marquer_avancee(cadre=inscription.cadre, avancee=Avancee.ACHEVE)
    _journal(acteur, inscription, "parcours.acheve", "Parcours achevé dans la promotion")
    courriels.annoncer_fin(inscription)
    return inscription


def interrompre(*, acteur: Acteur, inscription: Inscription, motif: str) -> Inscription:
    """Stop a parcours before its end, with the reason, which the person reads. Frees the place."""
    inscription = _verrouiller(acteur, inscription)
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi le parcours s’arrête. La personne le lira.")
    _interrompre(inscription, motif.strip())
    liberer_les_places_de(acteur=acteur, cadre=inscription.cadre)
    if inscription.cadre.candidature.avancee == Avancee.EN_PARCOURS:
        marquer_avancee(cadre=inscription.cadre, avancee=Avancee.AUCUNE)
    _journal(
        acteur, inscription, "parcours.interrompu", "Parcours interrompu dans la promotion", motif
    )
    courriels.annoncer_fin(inscription)
    return inscription


def interrompre_apres_retrait(*, cadre: Cadre, acteur: Acteur, **_: Any) -> None:
    """Plugged into `cadres.prises.RETRAIT`: the person has left the démarche, their parcours ends with it."""
    inscription = (
        Inscription.objects.select_for_update(of=("self",))
        .select_related("promotion__demarche", "cadre__collectivite")
        .filter(cadre=cadre, etat=Inscription.Etat.EN_COURS)
        .first()
    )
    if inscription is None:
        return
    # Who left the employer has not withdrawn: the person reads these words.
    _interrompre(inscription, DEPART if cadre.parti_le else RETRAIT)
    liberer_les_places_de(acteur=acteur, cadre=cadre)
    _journal(
        acteur,
        inscription,
        "parcours.interrompu",
        "Départ de la personne, parcours interrompu dans la promotion"
        if cadre.parti_le
        else "Retrait de la personne, parcours interrompu dans la promotion",
    )


def _verrouiller_candidatures(cadres: Iterable[int]) -> None:
    """Always before the enrolments: a withdrawal locks in that order as well."""
    list(
        Candidature.objects.select_for_update(of=("self",))
        .filter(cadre__in=list(cadres))
        .order_by("pk")
        .values_list("pk")
    )


def _verifier_places(promotion: Promotion, demandees: int) -> None:
    prises = promotion.inscriptions.exclude(etat=Inscription.Etat.INTERROMPUE).count()
    libres = max(promotion.places - prises, 0)
    if demandees <= libres:
        return
    if not libres:
        raise ActionImpossible(f"La promotion {cite(promotion.nom)} est complète.")
    raise ActionImpossible(
        f"Il reste {compter(libres, 'place')} dans la promotion {cite(promotion.nom)}, "
        f"et vous en demandez {demandees}. Personne n’a été inscrit."
    )


def _suivi(inscription: Inscription, etape: EtapeProgramme) -> SuiviEtape:
    """The row of a step; at the common date when there is one to come."""
    suivi = SuiviEtape(inscription=inscription, etape=etape)
    if etape.date_prevue and etape.date_prevue > timezone.now():
        suivi.etat, suivi.quand = SuiviEtape.Etat.PLANIFIEE, etape.date_prevue
        suivi.lieu, suivi.revision = etape.lieu, 1
    return suivi


def _verrouiller(acteur: Acteur, inscription: Inscription) -> Inscription:
    _verrouiller_candidatures([inscription.cadre_id])
    inscription = (
        Inscription.objects.select_for_update(of=("self",))
        .select_related("promotion__demarche", "cadre__candidature", "cadre__utilisateur")
        .select_related("cadre__collectivite")
        .get(pk=inscription.pk)
    )
    if inscription.etat != Inscription.Etat.EN_COURS:
        raise ActionImpossible("Ce parcours est déjà terminé.")
    if not peut_conclure(acteur, inscription):
        raise ActionImpossible(
            "Seule la direction des ressources humaines du cadre conclut son parcours."
        )
    return inscription


def _finir(inscription: Inscription, etat: str, motif: str = "") -> None:
    inscription.etat, inscription.finie_le, inscription.motif_fin = etat, timezone.now(), motif
    inscription.save(update_fields=["etat", "finie_le", "motif_fin"])


def _interrompre(inscription: Inscription, motif: str) -> None:
    """End it, cancel what was to come, and tell the accompagnateur whose hours are freed."""
    restants = inscription.suivis.filter(
        etat__in=[SuiviEtape.Etat.A_PLANIFIER, SuiviEtape.Etat.PLANIFIEE]
    )
    accompagnateur = inscription.cadre.accompagnateur
    annules = list(
        restants.a_venir()
        .filter(etape__nature__in=EtapeProgramme.NATURES_ACCOMPAGNEES)
        .select_related("etape")
        .order_by("quand")
    )
    restants.update(etat=SuiviEtape.Etat.ANNULEE)
    _finir(inscription, Inscription.Etat.INTERROMPUE, motif)
    if accompagnateur is not None and annules:
        courriels.prevenir_accompagnateur(inscription, accompagnateur, annules)


def _journal(
    acteur: Acteur, inscription: Inscription, acte: str, debut: str, motif: str = ""
) -> None:
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"{debut} {cite(inscription.promotion.nom)}",
        objet=inscription,
        collectivite=inscription.cadre.collectivite,
        cadre_ref=inscription.cadre_id,
        motif=motif,
    )
