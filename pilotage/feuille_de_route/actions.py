"""Acts of the steering room."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import INSECABLE
from collectivites.journal import journaliser
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible
from pilotage.feuille_de_route.predicats import peut_franchir
from pilotage.models import EtapeRoute


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
    if etape.faite_le is not None:
        raise ActionImpossible("Cette étape est déjà marquée comme faite.")
    if not peut_franchir(acteur, etape):
        raise PermissionDenied
    preuve = preuve.strip()
    if not preuve:
        raise ActionImpossible("Dites en une ligne ce qui prouve que l’étape est faite.")
    etape.faite_le = faite_le or timezone.localdate()
    if etape.faite_le > timezone.localdate():
        raise ActionImpossible("Une étape ne peut pas être faite dans l’avenir.")
    etape.faite_par = acteur.utilisateur
    etape.preuve = preuve
    etape.save(update_fields=["faite_le", "faite_par", "preuve"])
    journaliser(
        acteur=acteur,
        acte="route.etape_faite",
        libelle=f"Étape faite{INSECABLE}: {etape.intitule}",
        objet=etape,
        collectivite=etape.collectivite,
        motif=preuve,
        delegue=Acte.FRANCHIR_ETAPE if etape.collectivite_id is None else None,
    )
    return etape
