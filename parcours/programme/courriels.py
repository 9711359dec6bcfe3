"""What the people in a parcours are told, and when: never twice, never about the past."""

from collections.abc import Sequence

from django.utils import timezone

from collectivites.models import Mandat
from collectivites.travaux.courriels import deposer
from parcours.models import Inscription, Promotion, SuiviEtape
from parcours.sessions import agenda
from parcours.suites import dire_une_date, ecrire


def annoncer_inscription(inscription: Inscription, suivis: list[SuiviEtape]) -> None:
    """You enter a promotion; here are the dates already known."""
    promotion = inscription.promotion
    a_venir = [s for s in suivis if s.est_a_venir]
    ecrire(
        "programme/inscription",
        inscription.cadre,
        f"parcours.inscription:{inscription.pk}",
        promotion=promotion,
        rendez_vous=a_venir,
        evenements=[agenda.evenement_suivi(s) for s in a_venir if not s.etape.est_immersion],
    )


def annoncer_rendez_vous(suivi: SuiviEtape, promotion: Promotion, *, deplace: bool) -> None:
    """A date is given or moved. Nothing is said of a date that is past: it was only recorded."""
    if suivi.quand is None or suivi.quand <= timezone.now():
        return
    ecrire(
        "programme/etape_deplacee" if deplace else "programme/etape_planifiee",
        suivi.inscription.cadre,
        f"parcours.rendez_vous:{suivi.pk}:{suivi.revision}",
        evenements=[agenda.evenement_suivi(suivi)],
        suivi=suivi,
        promotion=promotion,
    )


def annoncer_etape_retiree(suivi: SuiviEtape, promotion: Promotion) -> None:
    """The step leaves the programme: the appointment that one had, cancelled, leaves the calendar."""
    ecrire(
        "programme/etape_retiree",
        suivi.inscription.cadre,
        f"parcours.etape_retiree:{suivi.pk}",
        suivi=suivi,
        promotion=promotion,
        evenements=[agenda.evenement_suivi(suivi)],
    )


def annoncer_fin(inscription: Inscription, annules: Sequence[SuiviEtape] = ()) -> None:
    """The parcours is achieved, or was interrupted and why: the appointments to come (`annules`) leave
    the calendar."""
    achevee = inscription.etat == Inscription.Etat.ACHEVEE
    ecrire(
        "programme/acheve" if achevee else "programme/interrompu",
        inscription.cadre,
        f"parcours.fin:{inscription.pk}",
        inscription=inscription,
        promotion=inscription.promotion,
        evenements=[agenda.evenement_suivi(suivi) for suivi in annules],
    )


def vider_l_agenda(inscription: Inscription, annules: Sequence[SuiviEtape]) -> None:
    """Who withdrew knows why: what is cancelled leaves their calendar."""
    for suivi in annules:
        dire_une_date(
            inscription.cadre,
            f"parcours.annule:{suivi.pk}:{suivi.revision}",
            agenda.evenement_suivi(suivi),
        )


def prevenir_accompagnateur(
    inscription: Inscription, accompagnateur: Mandat, annules: list[SuiviEtape]
) -> None:
    """The appointments of somebody who leaves are cancelled: their accompagnateur keeps the hours."""
    deposer(
        "programme/rendez_vous_annules",
        demarche=inscription.promotion.demarche,
        destinataire=accompagnateur.utilisateur.email,
        utilisateur=accompagnateur.utilisateur,
        cadre_ref=inscription.cadre_id,
        cle=f"parcours.annules:{inscription.pk}",
        cadre=inscription.cadre,
        annules=annules,
        accompagnateur=accompagnateur.utilisateur,
    )
