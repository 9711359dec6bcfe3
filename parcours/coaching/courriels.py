"""What coach and cadre are told: a date, a change, never a word of what they wrote."""

from django.utils import timezone

from collectivites.models import Mandat
from collectivites.travaux.courriels import deposer
from parcours.models import Accompagnement, RendezVousCoaching, Sortie
from parcours.sessions import agenda
from parcours.suites import ecrire


def _fichier(rendez_vous: list[RendezVousCoaching], *, pour_le_cadre: bool) -> str:
    """The calendar file to attach; none when nothing changes in the calendar."""
    if not rendez_vous:
        return ""
    return agenda.calendrier_coaching(rendez_vous, pour_le_cadre=pour_le_cadre).decode()


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
        agenda=_fichier([rendez_vous], pour_le_cadre=True),
        deplace=deplace,
        par_la_personne=par_la_personne,
        accompagnateur=rendez_vous.accompagnement.accompagnateur.utilisateur,
    )


def prevenir_du_desistement(rendez_vous: RendezVousCoaching) -> None:
    """To the coach: the person will not come, the hour is free."""
    cadre = rendez_vous.accompagnement.cadre
    accompagnateur = rendez_vous.accompagnement.accompagnateur.utilisateur
    deposer(
        "coaching/desistement",
        demarche=cadre.collectivite.demarche,
        destinataire=accompagnateur.email,
        utilisateur=accompagnateur,
        cadre_ref=cadre.pk,
        cle=f"coaching.desistement:{rendez_vous.pk}:{rendez_vous.revision}",
        agenda=_fichier([rendez_vous], pour_le_cadre=False),
        cadre=cadre,
        rendez_vous=rendez_vous,
        accompagnateur=accompagnateur,
    )


def prevenir_du_choix(rendez_vous: RendezVousCoaching) -> None:
    """To the coach: one of their free hours is taken, and by whom."""
    cadre = rendez_vous.accompagnement.cadre
    accompagnateur = rendez_vous.accompagnement.accompagnateur.utilisateur
    deposer(
        "coaching/creneau_pris",
        demarche=cadre.collectivite.demarche,
        destinataire=accompagnateur.email,
        utilisateur=accompagnateur,
        cadre_ref=cadre.pk,
        cle=f"coaching.creneau:{rendez_vous.pk}",
        agenda=_fichier([rendez_vous], pour_le_cadre=False),
        cadre=cadre,
        rendez_vous=rendez_vous,
        accompagnateur=accompagnateur,
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
        agenda=_fichier(annules, pour_le_cadre=True),
    )


def liberer_accompagnateur(ferme: Accompagnement, annules: list[RendezVousCoaching]) -> None:
    """The coach who stops: which of their hours are free. Not why."""
    deposer(
        "coaching/fin_accompagnateur",
        demarche=ferme.cadre.collectivite.demarche,
        destinataire=ferme.accompagnateur.utilisateur.email,
        utilisateur=ferme.accompagnateur.utilisateur,
        cadre_ref=ferme.cadre_id,
        cle=f"coaching.fin:{ferme.pk}",
        agenda=_fichier(annules, pour_le_cadre=False),
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
