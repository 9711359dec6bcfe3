"""What coach and cadre are told: a date, a change, never a word of what they wrote."""

from typing import Any

from django.utils import timezone
from icalendar import Event

from collectivites.models import Mandat
from parcours.invitations import deposer_avec
from parcours.models import Accompagnement, RendezVousCoaching, Sortie
from parcours.sessions import agenda
from parcours.suites import ecrire


def _dates(rendez_vous: list[RendezVousCoaching], *, pour_le_cadre: bool) -> list[Event]:
    """What changes in the calendar of one of the two."""
    return [agenda.evenement_coaching(r, pour_le_cadre=pour_le_cadre) for r in rendez_vous]


def annoncer_rendez_vous(
    rendez_vous: RendezVousCoaching, *, deplace: bool = False, par_la_personne: bool = False
) -> None:
    """A date is given, moved or cancelled. Nothing of a date that is past."""
    if rendez_vous.debut <= timezone.now():
        return
    annule = rendez_vous.etat == RendezVousCoaching.Etat.ANNULE
    ecrire(
        "coaching/rendez_vous_annule" if annule else "coaching/rendez_vous",
        rendez_vous.accompagnement.cadre,
        f"coaching.rendez_vous:{rendez_vous.pk}:{rendez_vous.revision}",
        rendez_vous=rendez_vous,
        evenements=_dates([rendez_vous], pour_le_cadre=True),
        deplace=deplace,
        par_la_personne=par_la_personne,
        accompagnateur=rendez_vous.accompagnement.accompagnateur.utilisateur,
    )


def noter_chez_l_accompagnateur(rendez_vous: RendezVousCoaching) -> None:
    """The hour that the coach gave, moved or took back, in their own calendar."""
    if rendez_vous.debut > timezone.now():
        occasion = f"coaching.note:{rendez_vous.pk}:{rendez_vous.revision}"
        annule = rendez_vous.etat == RendezVousCoaching.Etat.ANNULE
        _a_l_accompagnateur("coaching/date_notee", rendez_vous, occasion, annule=annule)


def prevenir_du_desistement(rendez_vous: RendezVousCoaching) -> None:
    """To the coach: the person will not come, the hour is free."""
    occasion = f"coaching.desistement:{rendez_vous.pk}:{rendez_vous.revision}"
    _a_l_accompagnateur("coaching/desistement", rendez_vous, occasion)


def prevenir_du_choix(rendez_vous: RendezVousCoaching) -> None:
    """To the coach: one of their free hours is taken, and by whom."""
    _a_l_accompagnateur("coaching/creneau_pris", rendez_vous, f"coaching.creneau:{rendez_vous.pk}")


def _a_l_accompagnateur(
    gabarit: str, rendez_vous: RendezVousCoaching, cle: str, **contexte: Any
) -> None:
    cadre = rendez_vous.accompagnement.cadre
    accompagnateur = rendez_vous.accompagnement.accompagnateur.utilisateur
    deposer_avec(
        gabarit,
        _dates([rendez_vous], pour_le_cadre=False),
        demarche=cadre.collectivite.demarche,
        destinataire=accompagnateur.email,
        utilisateur=accompagnateur,
        cadre_ref=cadre.pk,
        cle=cle,
        cadre=cadre,
        rendez_vous=rendez_vous,
        accompagnateur=accompagnateur,
        **contexte,
    )


def annoncer_changement(
    ferme: Accompagnement, nouveau: Mandat, annules: list[RendezVousCoaching]
) -> None:
    """Somebody else accompanies you: your notes stay yours, and you decide whether they follow."""
    ecrire(
        "coaching/changement",
        ferme.cadre,
        f"coaching.changement:{ferme.pk}",
        ancien=ferme.accompagnateur.utilisateur,
        nouveau=nouveau.utilisateur,
        annules=len(annules),
        evenements=_dates(annules, pour_le_cadre=True),
    )


def liberer_accompagnateur(ferme: Accompagnement, annules: list[RendezVousCoaching]) -> None:
    """The coach who stops: which of their hours are free. Not why."""
    deposer_avec(
        "coaching/fin_accompagnateur",
        demarche=ferme.cadre.collectivite.demarche,
        destinataire=ferme.accompagnateur.utilisateur.email,
        utilisateur=ferme.accompagnateur.utilisateur,
        cadre_ref=ferme.cadre_id,
        cle=f"coaching.fin:{ferme.pk}",
        evenements=_dates(annules, pour_le_cadre=False),
        cadre=ferme.cadre,
        annules=annules,
        accompagnateur=ferme.accompagnateur.utilisateur,
    )


def annoncer_sortie(sortie: Sortie) -> None:
    """The kind step: the mail says the words, who, and the next day."""
    ecrire(
        "programme/sortie",
        sortie.inscription.cadre,
        f"parcours.sortie:{sortie.pk}",
        sortie=sortie,
        promotion=sortie.inscription.promotion,
    )
