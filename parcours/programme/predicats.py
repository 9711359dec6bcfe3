"""Who may do what in a parcours. The same predicates draw the buttons and guard the acts."""

from __future__ import annotations

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Acte, Role
from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape

E = SuiviEtape.Etat


def peut_ouvrir(acteur: Acteur) -> bool:
    """A DGS, or a DRH under a live delegation."""
    return acteur.peut(Acte.OUVRIR_PROMOTION)


def peut_adapter(acteur: Acteur, promotion: Promotion) -> bool:
    """The programme is common: the HR of any of the four adapts it, until the last day."""
    return acteur.est_rh and promotion.demarche_id == acteur.demarche.pk and not promotion.est_close


def peut_inscrire(acteur: Acteur, promotion: Promotion) -> bool:
    """The HR of the démarche, each for its own cadres, until the last day."""
    return peut_adapter(acteur, promotion)


def peut_organiser(acteur: Acteur, suivi: SuiviEtape) -> bool:
    """The HR of the cadre's collectivité; the accompagnateur, for what they run themselves.

    Reads `inscription.cadre` and `etape`: select them. In SQL: `SuiviEtapeQuerySet.geres_par`.
    """
    cadre = suivi.inscription.cadre
    if suivi.inscription.etat != Inscription.Etat.EN_COURS:
        return False
    if acteur.est_rh:
        return cadre.collectivite_id == acteur.collectivite.pk
    return (
        acteur.role == Role.ACCOMPAGNATEUR
        and cadre.accompagnateur_id == acteur.mandat.pk
        and suivi.etape.nature in EtapeProgramme.NATURES_ACCOMPAGNEES
    )


def peut_planifier(acteur: Acteur, suivi: SuiviEtape) -> bool:
    """A step that is not done may be given a date, or another one after an absence."""
    return suivi.etat in {E.A_PLANIFIER, E.PLANIFIEE, E.ABSENT} and peut_organiser(acteur, suivi)


def peut_marquer(acteur: Acteur, suivi: SuiviEtape) -> bool:
    """From the day of the appointment on. What was marked may be corrected."""
    return (
        suivi.etat in {E.PLANIFIEE, *SuiviEtape.ETATS_PASSES}
        and suivi.quand is not None
        and timezone.localdate(suivi.quand) <= timezone.localdate()
        and peut_organiser(acteur, suivi)
    )


def peut_conclure(acteur: Acteur, inscription: Inscription) -> bool:
    """End a parcours, at its end or before it: the HR of the cadre's collectivité."""
    return (
        acteur.est_rh
        and inscription.etat == Inscription.Etat.EN_COURS
        and inscription.cadre.collectivite_id == acteur.collectivite.pk
    )


def manques(suivis: list[SuiviEtape]) -> list[str]:
    """The steps that keep a parcours from being achieved: neither done, excused nor cancelled."""
    return [
        suivi.etape.intitule
        for suivi in suivis
        if not (suivi.etat in {E.FAITE, E.ANNULEE} or (suivi.etat == E.ABSENT and suivi.excusee))
    ]
