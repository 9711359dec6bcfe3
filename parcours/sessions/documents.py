"""The papers of the parcours, as HTML: here is where the tests look; `collectivites.communs.pdf` prints."""

from django.template.loader import render_to_string
from django.utils import timezone

from parcours.models import Immersion, InscriptionSession, Session
from parcours.regles import IMMERSION_SOURCE, jours_texte

FEUILLE_DE_STYLE = "static:css/document.css"


def render_feuille(session: Session, places: list[InscriptionSession]) -> str:
    """The attendance sheet to sign; some blank rows for those who come unannounced.

    Reads `session.prestation.collectivite` and each `cadre.collectivite`: select them.
    """
    contexte = {
        "feuille_de_style": FEUILLE_DE_STYLE,
        "session": session,
        "prestation": session.prestation,
        "places": places,
        "jour": timezone.localdate(),
    }
    return render_to_string("pdf/feuille_presence.html", contexte)


def render_attestation(place: InscriptionSession) -> str:
    """That somebody was there. Reads `session.prestation.collectivite` and `cadre`."""
    contexte = {
        "feuille_de_style": FEUILLE_DE_STYLE,
        "place": place,
        "cadre": place.cadre,
        "session": place.session,
        "prestation": place.session.prestation,
        "jour": timezone.localdate(),
    }
    return render_to_string("pdf/attestation.html", contexte)


def render_convention(immersion: Immersion) -> str:
    """The tripartite agreement of an immersion, ready for three signatures."""
    contexte = {
        "feuille_de_style": FEUILLE_DE_STYLE,
        "immersion": immersion,
        "cadre": immersion.cadre,
        "origine": immersion.collectivite_origine,
        "accueil": immersion.collectivite_accueil,
        "jours": jours_texte(immersion.dates),
        "source": IMMERSION_SOURCE,
        "jour": timezone.localdate(),
    }
    return render_to_string("pdf/convention_immersion.html", contexte)
