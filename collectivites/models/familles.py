"""What has a family of métiers: a poste, the file of a person."""

from django.db import models
from django.db.models import CheckConstraint, Q

from collectivites.communs import metiers


class AvecFamille(models.Model):
    """`domaine`: a code of the closed list, or `AUTRE` with what somebody wrote, kept as it is."""

    domaine = models.CharField(
        "famille de métiers", max_length=8, choices=metiers.CHOIX, blank=True
    )
    domaine_autre = models.CharField(
        "famille hors de la liste", max_length=metiers.AUTRE_MAX, blank=True
    )

    class Meta:
        abstract = True

    @property
    def famille_de_metiers(self) -> str:
        """In words, as people read it; "" when it is not known."""
        return metiers.dire(self.domaine, self.domaine_autre)

    @famille_de_metiers.setter
    def famille_de_metiers(self, texte: str) -> None:
        self.domaine, self.domaine_autre = metiers.lire(texte)


def famille_dite(modele: str) -> CheckConstraint:
    """A text is kept beside `AUTRE`, and beside nothing else."""
    return CheckConstraint(
        condition=(Q(domaine=metiers.AUTRE) & ~Q(domaine_autre=""))
        | (~Q(domaine=metiers.AUTRE) & Q(domaine_autre="")),
        name=f"{modele}_famille_dite",
        violation_error_message="Une famille hors de la liste est dite en quelques mots.",
    )
