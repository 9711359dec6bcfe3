"""The mails that the demo's letter box shows from the first minute: invitations to the sessions of its cadre."""

from django.utils import timezone

from parcours.models import InscriptionSession
from parcours.sessions.courriels import annoncer_inscription
from pilotage.demo.organisation import COMPTE_CADRE


def inviter() -> int:
    """The seats to come of the demo's cadre. Returns how many."""
    places = (
        InscriptionSession.objects.vivantes()
        .assises()
        .filter(session__debut__gt=timezone.now(), cadre__utilisateur__email=COMPTE_CADRE)
        .select_related(
            "session__prestation", "cadre__utilisateur", "cadre__collectivite__demarche"
        )
    )
    for place in places:
        annoncer_inscription(place, par_sa_drh=False)
    return len(places)
