"""What the tests of the sessions do over and over."""

from parcours.sessions.actions import places as actions_places
from tests.fabriques import acteur_du_cadre


def sinscrire(cadre, session, **options):
    return actions_places.inscrire_a_session(
        acteur=acteur_du_cadre(cadre), session=session, cadre=cadre, **options
    )


def donnees(session, **champs):
    return {
        "debut": session.debut,
        "fin": session.fin,
        "lieu": session.lieu,
        "capacite": session.capacite,
        "inscription_avant": session.inscription_avant,
        **champs,
    }
