"""A staff list sent by a DRH, between its deposit and its confirmation."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres import mots
from cadres.requetes import ImportCadresQuerySet
from collectivites.communs.etats import dit_son_etat
from collectivites.communs.typographie import compter
from collectivites.models import Collectivite, Mandat, Tache


@dit_son_etat
class ImportCadres(models.Model):
    """One file. Its bytes are dropped as soon as they are read: only the diagnosis is kept."""

    Etat: TypeAlias = mots.EtatImport

    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="imports")
    mandat = models.ForeignKey(Mandat, models.PROTECT, related_name="imports")
    nom_fichier = models.CharField("fichier", max_length=200)
    contenu = models.BinaryField("contenu", null=True)
    etat = models.CharField(
        "état", max_length=12, choices=mots.EtatImport, default=mots.EtatImport.DEPOSE
    )
    diagnostic = models.JSONField("diagnostic", default=dict)
    correspondance = models.JSONField("correspondance des colonnes", default=dict)
    corrections = models.JSONField("corrections saisies", default=dict)
    resume = models.JSONField("résumé", default=dict)
    tache = models.ForeignKey(Tache, models.SET_NULL, related_name="+", null=True)
    depose_le = models.DateTimeField("déposé le", default=timezone.now)
    confirme_le = models.DateTimeField("confirmé le", null=True)
    #: What was written, to be able to undo it (cadres.imports.retour); dropped with that possibility.
    ecrits = models.JSONField("ce qui a été écrit", default=dict)
    annule_le = models.DateTimeField("annulé le", null=True)

    objects = ImportCadresQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-depose_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat="confirme", confirme_le__isnull=False)
                | (~Q(etat="confirme") & Q(confirme_le__isnull=True)),
                name="import_confirme_a_une_date",
                violation_error_message="Un import confirmé porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(annule_le__isnull=True) | Q(etat="confirme"),
                name="import_annule_apres_confirmation",
                violation_error_message="Seul un import confirmé s’annule.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom_fichier

    @property
    def situation(self) -> str:
        """« À confirmer », « Importé », « Annulé »."""
        return "Annulé" if self.annule_le is not None else str(_SITUATIONS[self.etat][1])

    @property
    def forme(self) -> str:
        """The shape of its badge."""
        return "clos" if self.annule_le is not None else _SITUATIONS[self.etat][0]

    @property
    def comptes(self) -> str:
        """« 3 nouveaux, 12 mises à jour »: what it wrote, "" for one that wrote nothing."""
        if self.etat != mots.EtatImport.CONFIRME:
            return ""
        dits = [
            compter(self.resume.get(cle, 0), formes)
            for cle, formes in (
                ("nouveaux", "nouveau cadre,nouveaux cadres"),
                ("mis_a_jour", "mise à jour,mises à jour"),
            )
            if self.resume.get(cle)
        ]
        return ", ".join(dits) or "Rien à écrire"


_SITUATIONS: dict[str, tuple[str, str]] = {
    mots.EtatImport.DEPOSE: ("demi", "En lecture"),
    mots.EtatImport.DIAGNOSTIQUE: ("losange", "À confirmer"),
    mots.EtatImport.CONFIRME: ("fait", "Importé"),
    mots.EtatImport.ABANDONNE: ("clos", "Abandonné"),
    mots.EtatImport.ILLISIBLE: ("tard", "Illisible"),
}
