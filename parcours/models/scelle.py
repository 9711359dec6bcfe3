"""A row that holds a text behind the wall."""

from django.db import models

from collectivites.garanties import secret


class TexteScelle(models.Model):
    """The column holds ciphertext only, and so do SQL, its logs, a dump and a fixture.

    `texte` is a property: what is read in clear never stays on the instance, nor in its repr.
    Who may call it is decided by `visibles_par`.
    """

    scelle = models.TextField("texte scellé", blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def pour(self) -> str:
        """For whom it is sealed: the cadre."""
        raise NotImplementedError

    @property
    def texte(self) -> str:
        return secret.ouvrir(self.scelle, pour=self.pour()) if self.scelle else ""

    @texte.setter
    def texte(self, valeur: str) -> None:
        self.scelle = secret.sceller(valeur, pour=self.pour()) if valeur else ""
