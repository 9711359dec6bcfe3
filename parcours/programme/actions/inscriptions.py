"""Entering a promotion, and leaving it: at its end, before it, or by withdrawing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from cadres.fiche.actions import marquer_avancee
from cadres.fiche.verrous import prendre
from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite, enumerer
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape
from parcours.mots import Actes
from parcours.programme import courriels, predicats
from parcours.sessions.actions.places import liberer_les_places_de
from parcours.suites import noter

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
    """Enrol retained cadres: all of them, or nobody."""
    promotion = verrous.promotion(promotion.pk)
    exiger(predicats.refus_inscrire(acteur, promotion))
    choisis = _inscriptibles(acteur, promotion, {cadre.pk: cadre for cadre in cadres})
    exiger(predicats.refus_faute_de_place(promotion, _places_libres(promotion), len(choisis)))
    etapes = list(promotion.etapes.all())
    return [_inscrire(acteur, promotion, cadre, etapes) for cadre in choisis]


def achever(*, acteur: Acteur, inscription: Inscription) -> Inscription:
    """The parcours is complete. Says what is missing when it is not."""
    inscription = verrous.inscription(inscription)
    suivis = list(inscription.suivis.select_related("etape").order_by("etape__ordre"))
    exiger(predicats.refus_achever(acteur, inscription, suivis))
    _finir(inscription, Inscription.Etat.ACHEVEE)
    if inscription.cadre.candidature.avancee == Avancee.EN_PARCOURS:
        marquer_avancee(cadre=inscription.cadre, avancee=Avancee.ACHEVE)
    libelle = _dans_la_promotion(inscription, "Parcours achevé")
    noter(acteur, inscription, Actes.PARCOURS_ACHEVE, libelle, cadre=inscription.cadre)
    courriels.annoncer_fin(inscription)
    return inscription


def interrompre(*, acteur: Acteur, inscription: Inscription, motif: str) -> Inscription:
    """Stop a parcours before its end, with the reason, which the person reads. Frees the place."""
    inscription = verrous.inscription(inscription)
    exiger(predicats.refus_conclure(acteur, inscription))
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi le parcours s’arrête. La personne le lira.")
    annules = _interrompre(inscription, motif.strip())
    liberer_les_places_de(acteur=acteur, cadre=inscription.cadre)
    if inscription.cadre.candidature.avancee == Avancee.EN_PARCOURS:
        marquer_avancee(cadre=inscription.cadre, avancee=Avancee.AUCUNE)
    libelle = _dans_la_promotion(inscription, "Parcours interrompu")
    acte = Actes.PARCOURS_INTERROMPU
    noter(acteur, inscription, acte, libelle, cadre=inscription.cadre, motif=motif)
    courriels.annoncer_fin(inscription, annules)
    return inscription


def interrompre_apres_retrait(*, cadre: Cadre, acteur: Acteur, **_: Any) -> None:
    """Plugged into `cadres.prises.RETRAIT`: the person has left the démarche, their parcours ends with it."""
    inscription = verrous.inscription_en_cours(cadre)
    if inscription is None:
        return
    # Who left the employer has not withdrawn: the person reads these words.
    annules = _interrompre(inscription, DEPART if cadre.parti_le else RETRAIT)
    courriels.vider_l_agenda(inscription, annules)
    liberer_les_places_de(acteur=acteur, cadre=cadre)
    cause = "Départ" if cadre.parti_le else "Retrait"
    libelle = _dans_la_promotion(inscription, f"{cause} de la personne, parcours interrompu")
    noter(acteur, inscription, Actes.PARCOURS_INTERROMPU, libelle, cadre=cadre)


def _inscriptibles(acteur: Acteur, promotion: Promotion, demandes: dict[int, Cadre]) -> list[Cadre]:
    """The cadres asked for, locked, if every one of them may enter."""
    if not demandes:
        raise ActionImpossible("Choisissez au moins un cadre.")
    prendre(demandes)
    choisis = list(
        cadres_a_inscrire(acteur, promotion)
        .filter(pk__in=demandes)
        .select_related("candidature", "utilisateur", "collectivite__demarche")
    )
    ecartes = demandes.keys() - {cadre.pk for cadre in choisis}
    if noms := sorted(demandes[pk].nom_complet for pk in ecartes):
        raise ActionImpossible(
            f"{enumerer(noms)} ne peut pas être inscrit : seul un cadre de votre "
            "collectivité, retenu et sans parcours, entre dans une promotion."
        )
    return choisis


def _places_libres(promotion: Promotion) -> int:
    prises = promotion.inscriptions.exclude(etat=Inscription.Etat.INTERROMPUE).count()
    return max(promotion.places - prises, 0)


def _inscrire(
    acteur: Acteur, promotion: Promotion, cadre: Cadre, etapes: list[EtapeProgramme]
) -> Inscription:
    inscription = Inscription.objects.create(promotion=promotion, cadre=cadre)
    suivis = SuiviEtape.objects.bulk_create(_suivi(inscription, etape) for etape in etapes)
    marquer_avancee(cadre=cadre, avancee=Avancee.EN_PARCOURS)
    libelle = f"Inscription à la promotion {cite(promotion.nom)}"
    noter(acteur, inscription, Actes.INSCRIPTION_FAITE, libelle, cadre=cadre)
    courriels.annoncer_inscription(inscription, suivis)
    return inscription


def _suivi(inscription: Inscription, etape: EtapeProgramme) -> SuiviEtape:
    """The row of a step; at the common date when there is one to come."""
    suivi = SuiviEtape(inscription=inscription, etape=etape)
    if etape.date_prevue and etape.date_prevue > timezone.now():
        suivi.etat, suivi.quand = SuiviEtape.Etat.PLANIFIEE, etape.date_prevue
        suivi.lieu, suivi.revision = etape.lieu, 1
    return suivi


def _finir(inscription: Inscription, etat: str, motif: str = "") -> None:
    inscription.etat, inscription.finie_le, inscription.motif_fin = etat, timezone.now(), motif
    inscription.save(update_fields=["etat", "finie_le", "motif_fin"])


def _interrompre(inscription: Inscription, motif: str) -> list[SuiviEtape]:
    """End it, cancel what was to come, and tell the accompagnateur whose hours are freed. Returns the
    appointments that fall."""
    restants = inscription.suivis.filter(
        etat__in=[SuiviEtape.Etat.A_PLANIFIER, SuiviEtape.Etat.PLANIFIEE]
    )
    accompagnateur = inscription.cadre.accompagnateur
    annules = list(restants.a_venir().datees().select_related("etape__promotion").order_by("quand"))
    restants.update(etat=SuiviEtape.Etat.ANNULEE, revision=F("revision") + 1)
    for suivi in annules:
        suivi.etat, suivi.revision = SuiviEtape.Etat.ANNULEE, suivi.revision + 1
    accompagnes = [s for s in annules if s.etape.nature in EtapeProgramme.NATURES_ACCOMPAGNEES]
    _finir(inscription, Inscription.Etat.INTERROMPUE, motif)
    if accompagnateur is not None and accompagnes:
        courriels.prevenir_accompagnateur(inscription, accompagnateur, accompagnes)
    return annules


def _dans_la_promotion(inscription: Inscription, fait: str) -> str:
    return f"{fait} dans la promotion {cite(inscription.promotion.nom)}"
