"""What leaves the house: the note for élus, and the figures as a table."""

from django.http import HttpResponse
from django.utils import timezone

from collectivites.acteurs.acces import Requete, acces
from collectivites.communs import pdf
from collectivites.communs.reponses import telechargement
from collectivites.mots import ROLES_EMPLOYEUR
from pilotage.indicateurs.catalogue import relever
from pilotage.indicateurs.ensemble import lire
from pilotage.indicateurs.publication import publier
from pilotage.tableau_de_bord.publications.export import en_csv
from pilotage.tableau_de_bord.publications.note import nom_du_fichier, render_note


@acces(*ROLES_EMPLOYEUR)
def note_elus(request: Requete) -> HttpResponse:
    """The note of the acteur's own collectivité, ready to hand over."""
    jour = timezone.localdate()
    collectivite = request.acteur.collectivite
    return telechargement(
        pdf.produire(render_note(collectivite, jour)),
        "application/pdf",
        nom_du_fichier(collectivite, jour),
    )


@acces(*ROLES_EMPLOYEUR)
def exporter_indicateurs(request: Requete) -> HttpResponse:
    """Aggregates of the démarche, small numbers hidden."""
    demarche, jour = request.acteur.demarche, timezone.localdate()
    return telechargement(
        en_csv(publier(lire(demarche, jour)), relever(demarche, jour)).encode(),
        "text/csv; charset=utf-8",
        f"indicateurs-{jour:%Y-%m-%d}.csv",
    )
