"""What the tests of the coaching do over and over."""

from icalendar import Calendar

from cadres.candidature import actions
from parcours.coaching.actions import rendez_vous, synthese
from parcours.models import NoteCoaching
from tests.fabriques import il_y_a


def fiche(troupe):
    troupe.fiche_du_cadre.refresh_from_db()
    return troupe.fiche_du_cadre


def changer(troupe, vers):
    actions.confier(
        acteur=troupe.drh_departement,
        cadre=troupe.fiche_du_cadre,
        accompagnateur=vers.mandat if vers else None,
    )


def lisent(troupe, note):
    """Which of the three persons concerned read this note."""
    return {
        nom
        for nom in ("cadre", "accompagnateur", "autre_accompagnateur")
        if NoteCoaching.objects.visibles_par(getattr(troupe, nom)).filter(pk=note.pk).exists()
    }


def fixer(troupe, jours=3, acteur=None, **champs):
    return rendez_vous.fixer_rendez_vous(
        acteur=acteur or troupe.accompagnateur,
        cadre=troupe.fiche_du_cadre,
        **{
            "debut": il_y_a(-jours),
            "duree_minutes": 90,
            "lieu": "Salle 2",
            "malgre": True,
            **champs,
        },
    )


def rediger(troupe, acteur, texte, revision):
    return synthese.rediger_synthese(
        acteur=acteur, cadre=fiche(troupe), texte=texte, revision=revision
    )


def lire_agenda(contenu):
    """(method, events) of a calendar file, by a real parser."""
    calendrier = Calendar.from_ical(contenu)
    assert not calendrier.errors
    return str(calendrier["method"]), calendrier.walk("VEVENT")
