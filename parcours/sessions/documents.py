"""The papers of the parcours, as HTML: here is where the tests look; `collectivites.communs.pdf` prints."""

from datetime import time

from django.template.loader import render_to_string
from django.utils import timezone

from collectivites.communs.typographie import capitale, date_texte
from collectivites.models import Collectivite, Mandat
from collectivites.mots import Role
from parcours.models import Immersion, InscriptionSession, Session
from parcours.regles import IMMERSION_SOURCE, jours_texte

FEUILLE_DE_STYLE = "static:css/document.css"
#: For those who come unannounced.
LIGNES_BLANCHES = 3
MIDI, APRES_MIDI = time(12), time(14)


def render_feuille(session: Session, places: list[InscriptionSession]) -> str:
    """The attendance sheet to sign; some blank rows for those who come unannounced.

    Reads `session.prestation.collectivite` and each `cadre.collectivite`: select them.
    """
    contexte = {
        "feuille_de_style": FEUILLE_DE_STYLE,
        "session": session,
        "prestation": session.prestation,
        "places": places,
        "colonnes": colonnes_a_signer(session),
        "blanches": range(LIGNES_BLANCHES),
        "jour": timezone.localdate(),
    }
    return render_to_string("pdf/feuille_presence.html", contexte)


def colonnes_a_signer(session: Session) -> list[str]:
    """One signature a half-day: a range that goes from the morning to the afternoon is signed twice."""
    colonnes = []
    for debut, fin in session.demi_journees:
        jour = f"{date_texte(debut, courte=True)}, " if session.plages else ""
        du_matin = session.journee_entiere or timezone.localtime(debut).time() < MIDI
        au_soir = session.journee_entiere or timezone.localtime(fin).time() > APRES_MIDI
        moments = [mot for mot, oui in (("matin", du_matin), ("après-midi", au_soir)) if oui]
        colonnes += [capitale(f"{jour}{moment}") for moment in moments or ["signature"]]
    return colonnes


def signataire_rh(collectivite: Collectivite) -> str:
    """Who signs for its HR direction; nobody's name when two people might."""
    noms = [
        mandat.utilisateur.nom_complet
        for mandat in Mandat.objects.en_vigueur()
        .filter(collectivite=collectivite, role=Role.DRH)
        .select_related("utilisateur")[:2]
    ]
    return noms[0] if len(noms) == 1 else ""


def render_attestation(place: InscriptionSession) -> str:
    """That somebody was there. Reads `session.prestation.collectivite` and `cadre`."""
    contexte = {
        "feuille_de_style": FEUILLE_DE_STYLE,
        "place": place,
        "cadre": place.cadre,
        "session": place.session,
        "prestation": place.session.prestation,
        "signataire": signataire_rh(place.session.prestation.collectivite),
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
        "signataires": {
            "origine": signataire_rh(immersion.collectivite_origine),
            "accueil": signataire_rh(immersion.collectivite_accueil),
        },
        "source": IMMERSION_SOURCE,
        "jour": timezone.localdate(),
    }
    return render_to_string("pdf/convention_immersion.html", contexte)
