"""Acts of the steering room."""

from datetime import date

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.mots import Acte
from collectivites.refus import exiger
from pilotage.cadrage.feuille_de_route.predicats import refus_franchir, refus_preuve
from pilotage.models import EtapeRoute
from pilotage.mots import Actes


def franchir_etape(
    *, acteur: Acteur, etape: EtapeRoute, preuve: str, faite_le: date | None = None
) -> EtapeRoute:
    """Say that a step of the feuille de route is done, and what proves it."""
    etape = (
        EtapeRoute.objects.visibles_par(acteur)
        .select_related("collectivite")
        .select_for_update(of=("self",))
        .get(pk=etape.pk)
    )
    exiger(refus_franchir(acteur, etape))
    preuve, faite_le = preuve.strip(), faite_le or timezone.localdate()
    exiger(refus_preuve(preuve, faite_le))
    etape.faite_le = faite_le
    etape.faite_par = acteur.utilisateur
    etape.preuve = preuve
    etape.save(update_fields=["faite_le", "faite_par", "preuve"])
    journaliser(
        acteur=acteur,
        acte=Actes.ETAPE_ROUTE_FAITE,
        libelle=f"Étape faite : {etape.intitule}",
        objet=etape,
        collectivite=etape.collectivite,
        motif=preuve,
        delegue=Acte.FRANCHIR_ETAPE if etape.collectivite_id is None else None,
    )
    return etape
