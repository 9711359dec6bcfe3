"""Pay: what each collectivité deliberated, and the sheet that both employers sign for a proposition."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import Collectivite, Mandat
from opportunites.models.opportunite import Opportunite
from opportunites.models.proposition import Proposition
from opportunites.paie.requetes import EstimationQuerySet, FicheQuerySet, RegimeQuerySet


class Regime(models.Model):
    """The régime indemnitaire of a collectivité, as one délibération fixed it. Amounts of a text,
    never of a person."""

    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="regimes")
    deliberee_le = models.DateField("date de la délibération")
    reference = models.CharField("référence de la délibération", max_length=80, blank=True)
    #: code of an `avantages.AVANTAGES` → its amount, written as a number
    avantages = models.JSONField("avantages hors bulletin", default=dict, blank=True)
    enregistre_le = models.DateTimeField("enregistré le", default=timezone.now)
    enregistre_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")

    objects = RegimeQuerySet.as_manager()

    class Meta:
        verbose_name = "régime indemnitaire"
        verbose_name_plural = "régimes indemnitaires"
        ordering = ["collectivite_id", "-deliberee_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["collectivite", "deliberee_le"],
                name="regime_un_par_deliberation",
                violation_error_message="Un régime est déjà enregistré pour cette délibération.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collectivite}, {self.deliberee_le}"


def _en_ordre(prefixe: str) -> Q:
    """Minimum, indicatif and maximum follow one another, each of them facultative."""
    bas, milieu, haut = (f"{prefixe}_{nom}" for nom in ("min", "indicatif", "max"))
    condition = Q()
    for petit, grand in ((bas, milieu), (milieu, haut), (bas, haut)):
        condition &= (
            Q(**{f"{petit}__isnull": True})
            | Q(**{f"{grand}__isnull": True})
            | Q(**{f"{petit}__lte": F(grand)})
        )
    for nom in (bas, milieu, haut):
        condition &= Q(**{f"{nom}__isnull": True}) | Q(**{f"{nom}__gte": 0})
    return condition


def _montant(libelle: str) -> models.DecimalField:
    return models.DecimalField(libelle, max_digits=9, decimal_places=2, null=True, blank=True)


class GroupeIndemnitaire(models.Model):
    """A local group of a régime; euros a year. Empty: the délibération does not say."""

    regime = models.ForeignKey(Regime, models.CASCADE, related_name="groupes")
    code = models.CharField("groupe", max_length=10)
    libelle = models.CharField("fonctions", max_length=120, blank=True)
    ifse_min = _montant("IFSE, minimum annuel")
    ifse_indicatif = _montant("IFSE, montant indicatif annuel")
    ifse_max = _montant("IFSE, maximum annuel")
    cia_min = _montant("CIA, minimum annuel")
    cia_indicatif = _montant("CIA, montant indicatif annuel")
    cia_max = _montant("CIA, maximum annuel")

    class Meta:
        verbose_name = "groupe indemnitaire"
        verbose_name_plural = "groupes indemnitaires"
        ordering = ["regime_id", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "code"],
                name="groupe_unique_par_regime",
                violation_error_message="Ce groupe est déjà dans cette délibération.",
            ),
            models.CheckConstraint(
                condition=_en_ordre("ifse"),
                name="groupe_ifse_en_ordre",
                violation_error_message=(
                    "Pour l’IFSE, le minimum, l’indicatif et le maximum se suivent en croissant."
                ),
            ),
            models.CheckConstraint(
                condition=_en_ordre("cia"),
                name="groupe_cia_en_ordre",
                violation_error_message=(
                    "Pour le CIA, le minimum, l’indicatif et le maximum se suivent en croissant."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class FicheRemuneration(models.Model):
    """One version of the pay sheet of a proposition.

    Each DRH fills in its side, then signs. The first signature freezes the result, with the print of
    the barèmes it was computed with; a correction before the second one lifts it. Signed by both, a
    version never changes again: the next one does. No child, no tax rate is ever kept here.
    """

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="fiches")
    version = models.PositiveSmallIntegerField("version", default=1)
    saisie_origine = models.JSONField("saisie de l’origine", default=dict, blank=True)
    saisie_accueil = models.JSONField("saisie de l’accueil", default=dict, blank=True)
    resultat = models.JSONField("résultat figé", default=dict, blank=True)
    empreinte = models.CharField("empreinte des barèmes", max_length=64, blank=True)
    #: Monthly difference of gross, family left out, at both ends; for the statistics of the démarche.
    ecart_brut_bas = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    ecart_brut_haut = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    ouverte_le = models.DateTimeField("ouverte le", default=timezone.now)
    signee_origine_le = models.DateTimeField("signée par l’origine le", null=True, blank=True)
    signee_origine_par = models.ForeignKey(
        Mandat, models.PROTECT, related_name="+", null=True, blank=True
    )
    signee_accueil_le = models.DateTimeField("signée par l’accueil le", null=True, blank=True)
    signee_accueil_par = models.ForeignKey(
        Mandat, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = FicheQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche de rémunération"
        verbose_name_plural = "fiches de rémunération"
        ordering = ["proposition_id", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposition", "version"],
                name="fiche_version_unique",
                violation_error_message="Cette version de la fiche existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["proposition"],
                condition=Q(signee_origine_le__isnull=True) | Q(signee_accueil_le__isnull=True),
                name="fiche_une_version_a_signer",
                violation_error_message="Une version de cette fiche attend déjà ses signatures.",
            ),
            models.CheckConstraint(
                condition=Q(signee_origine_le__isnull=True, signee_origine_par__isnull=True)
                | Q(signee_origine_le__isnull=False, signee_origine_par__isnull=False),
                name="fiche_signature_de_l_origine",
                violation_error_message="La signature de l’origine porte son auteur et sa date.",
            ),
            models.CheckConstraint(
                condition=Q(signee_accueil_le__isnull=True, signee_accueil_par__isnull=True)
                | Q(signee_accueil_le__isnull=False, signee_accueil_par__isnull=False),
                name="fiche_signature_de_l_accueil",
                violation_error_message="La signature de l’accueil porte son auteur et sa date.",
            ),
            models.CheckConstraint(
                condition=Q(signee_origine_le__isnull=True, signee_accueil_le__isnull=True)
                | ~Q(empreinte=""),
                name="fiche_signee_est_figee",
                violation_error_message="Une fiche signée est figée avec ses barèmes.",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def est_signee(self) -> bool:
        """By both."""
        return self.signee_origine_le is not None and self.signee_accueil_le is not None

    @property
    def est_interne(self) -> bool:
        """Within one employer: its DRH fills in both sides. Reads `proposition`, its poste."""
        accueil = self.proposition.opportunite.poste.collectivite_id
        return self.proposition.collectivite_origine_id == accueil

    @property
    def est_complete(self) -> bool:
        """Both sides have been filled in."""
        return bool(self.saisie_origine) and bool(self.saisie_accueil)

    @property
    def signee_le(self) -> datetime | None:
        """The day of the second signature."""
        if self.signee_origine_le is None or self.signee_accueil_le is None:
            return None
        return max(self.signee_origine_le, self.signee_accueil_le)


class Estimation(models.Model):
    """What a cadre typed to estimate her pay on a poste, kept because she asked for it, for herself.

    Neither child nor tax rate. No result: it is computed again at each reading.
    """

    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="estimations")
    opportunite = models.ForeignKey(Opportunite, models.CASCADE, related_name="+")
    saisie = models.JSONField("ce qui a été saisi", default=dict, blank=True)
    gardee_le = models.DateTimeField("gardée le", default=timezone.now)

    objects = EstimationQuerySet.as_manager()

    class Meta:
        verbose_name = "estimation gardée"
        verbose_name_plural = "estimations gardées"
        ordering = ["cadre_id", "-gardee_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "opportunite"],
                name="estimation_une_par_poste",
                violation_error_message="Une estimation est déjà gardée pour ce poste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
