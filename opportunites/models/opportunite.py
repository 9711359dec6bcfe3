"""A poste opened to the démarche, from the need to the person who takes it."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import ClassVar
from uuid import uuid4

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collectivites.communs.typographie import date_texte, euros_texte, nombre_texte
from collectivites.models import Mandat, Poste
from opportunites import mots
from opportunites.postes.requetes import OpportuniteQuerySet

#: Least publicity of a vacancy: regulatory part of the CGFP (ex-décret 2018-1351, article 4); L313-4
#: asks for the publicity itself.
PUBLICITE_MOIS = 1


def chemin_de_la_fiche(opportunite: Opportunite, nom: str) -> str:
    """Under MEDIA_ROOT, which no URL serves; the name given by the host is kept in the row."""
    return f"postes/{uuid4().hex}{PurePosixPath(nom).suffix.lower()}"


class Opportunite(models.Model):
    """A poste, vacant or about to be, from the need to the person who takes it.

    Two calendars meet here: the démarche's (`publiee_le`: the cadres of the promotions see it), and
    the law's (`dve_…`: the vacancy is declared, then published to all for a month at least).
    """

    Etat = mots.EtatOpportunite
    Vacance = mots.Vacance
    ETATS_INTERNES: ClassVar = mots.POSTES_INTERNES
    ETATS_OUVERTS: ClassVar = mots.POSTES_OUVERTS
    ETATS_VIVANTS: ClassVar = mots.POSTES_VIVANTS

    poste = models.ForeignKey(Poste, models.PROTECT, related_name="opportunites")
    etat = models.CharField("état", max_length=12, choices=Etat, default=Etat.BESOIN)
    presentation = models.TextField("présentation", blank=True)
    vacance = models.CharField(
        "situation du poste", max_length=12, choices=Vacance, default=Vacance.VACANT
    )
    vacant_le = models.DateField("vacant à partir du", null=True, blank=True)
    date_prise_poste = models.DateField("prise de poste souhaitée", null=True, blank=True)
    numero = models.CharField("numéro du poste", max_length=40, blank=True)
    responsable = models.CharField("fonction du responsable direct", max_length=120, blank=True)
    contact_nom = models.CharField("personne à contacter", max_length=120, blank=True)
    contact_telephone = models.CharField("son téléphone", max_length=40, blank=True)
    contact_courriel = models.EmailField("son courriel", blank=True)
    voeux_avant = models.DateField("dernier jour pour le classer", null=True, blank=True)
    remuneration_min = models.PositiveIntegerField(
        "rémunération, à partir de", null=True, blank=True
    )
    remuneration_max = models.PositiveIntegerField("rémunération, jusqu’à", null=True, blank=True)
    remuneration = models.CharField("rémunération, en mots", max_length=200, blank=True)
    piece = models.FileField(
        "fiche de poste", upload_to=chemin_de_la_fiche, max_length=200, blank=True
    )
    nom_piece = models.CharField("nom de la fiche de poste", max_length=120, blank=True)
    dve_numero = models.CharField("numéro de la déclaration de vacance", max_length=40, blank=True)
    dve_transmise_le = models.DateField("déclaration transmise le", null=True, blank=True)
    avis_publie_le = models.DateField("avis de vacance publié le", null=True, blank=True)
    #: The rule of the démarche when the notice was published: a later change leaves it as it was.
    publicite_mois = models.PositiveSmallIntegerField("mois de publicité", default=PUBLICITE_MOIS)
    urgence_le = models.DateTimeField("urgence déclarée le", null=True, blank=True)
    urgence_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True, blank=True)
    urgence_motif = models.TextField("motif de l’urgence", blank=True)
    urgence_fin = models.DateField("publicité accomplie le, en urgence", null=True, blank=True)
    creee_le = models.DateTimeField("créée le", default=timezone.now)
    validee_le = models.DateTimeField("besoin validé le", null=True, blank=True)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True)
    voeux_clos_le = models.DateTimeField("close aux vœux le", null=True, blank=True)
    close_le = models.DateTimeField("finie le", null=True, blank=True)

    objects = OpportuniteQuerySet.as_manager()

    class Meta:
        verbose_name = "opportunité"
        ordering = ["-publiee_le", "-pk"]
        # The order of the list: a page of it is read without sorting the rest.
        indexes = [models.Index(fields=["-publiee_le", "-id"], name="opportunite_ordre")]
        constraints = [
            models.UniqueConstraint(
                fields=["poste"],
                condition=Q(etat__in=mots.POSTES_VIVANTS),
                name="opportunite_une_ouverte_par_poste",
                violation_error_message="Ce poste est déjà ouvert à la démarche.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=[mots.EtatOpportunite.BESOIN, mots.EtatOpportunite.RETIREE])
                | Q(validee_le__isnull=False),
                name="opportunite_validee_a_une_date",
                violation_error_message="Un besoin validé porte sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(etat=mots.EtatOpportunite.TRANSMISE)
                | (~Q(dve_numero="") & Q(dve_transmise_le__isnull=False)),
                name="opportunite_transmise_a_son_numero",
                violation_error_message=(
                    "Une déclaration de vacance transmise porte son numéro et sa date."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=[*mots.POSTES_OUVERTS, mots.EtatOpportunite.POURVUE])
                | Q(publiee_le__isnull=False),
                name="opportunite_publiee_a_une_date",
                violation_error_message="Une opportunité publiée porte sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=mots.POSTES_INTERNES) | Q(publiee_le__isnull=True),
                name="opportunite_non_publiee_sans_date",
                violation_error_message="Un poste qui n’est pas publié ne porte pas cette date.",
            ),
            models.CheckConstraint(
                condition=~Q(etat=mots.EtatOpportunite.CLOSE) | Q(voeux_clos_le__isnull=False),
                name="opportunite_close_aux_voeux_datee",
                violation_error_message="Un poste clos aux vœux porte la date de cette clôture.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=mots.POSTES_FINIS, close_le__isnull=False)
                | (~Q(etat__in=mots.POSTES_FINIS) & Q(close_le__isnull=True)),
                name="opportunite_close_a_une_date",
                violation_error_message="Une opportunité finie porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(publiee_le__isnull=True)
                | Q(validee_le__isnull=True)
                | Q(publiee_le__gte=F("validee_le")),
                name="opportunite_validee_puis_publiee",
                violation_error_message="La publication suit la validation du besoin.",
            ),
            models.CheckConstraint(
                condition=Q(close_le__isnull=True)
                | Q(publiee_le__isnull=True)
                | Q(close_le__gte=F("publiee_le")),
                name="opportunite_publiee_puis_finie",
                violation_error_message="La fin d’une opportunité suit sa publication.",
            ),
            models.CheckConstraint(
                condition=Q(avis_publie_le__isnull=True)
                | Q(
                    dve_transmise_le__isnull=False,
                    avis_publie_le__gte=F("dve_transmise_le"),
                ),
                name="opportunite_dve_puis_avis",
                violation_error_message=(
                    "L’avis de vacance se publie une fois la déclaration transmise."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    urgence_le__isnull=True,
                    urgence_par__isnull=True,
                    urgence_motif="",
                    urgence_fin__isnull=True,
                )
                | (
                    Q(
                        urgence_le__isnull=False,
                        urgence_par__isnull=False,
                        urgence_fin__isnull=False,
                    )
                    & ~Q(urgence_motif="")
                ),
                name="opportunite_urgence_complete",
                violation_error_message="Une urgence porte son motif, son auteur et sa date.",
            ),
            models.CheckConstraint(
                condition=Q(urgence_fin__isnull=True)
                | Q(avis_publie_le__isnull=False, urgence_fin__gt=F("avis_publie_le")),
                name="opportunite_urgence_apres_l_avis",
                violation_error_message=(
                    "Même en urgence, la publicité dure au moins un jour après l’avis."
                ),
            ),
            models.CheckConstraint(
                condition=Q(remuneration_min__isnull=True)
                | Q(remuneration_max__isnull=True)
                | Q(remuneration_max__gte=F("remuneration_min")),
                name="opportunite_fourchette_croissante",
                violation_error_message="La rémunération va du plus bas au plus haut montant.",
            ),
            models.CheckConstraint(
                condition=Q(dve_transmise_le__isnull=True) | ~Q(dve_numero=""),
                name="opportunite_dve_numerotee",
                violation_error_message="Indiquez le numéro de la déclaration de vacance.",
            ),
            models.CheckConstraint(
                condition=~Q(vacance=mots.Vacance.A_UNE_DATE) | Q(vacant_le__isnull=False),
                name="opportunite_vacance_datee",
                violation_error_message="Indiquez le jour à partir duquel le poste est vacant.",
            ),
        ]

    def __str__(self) -> str:
        return self.poste.intitule

    @property
    def est_ouverte(self) -> bool:
        return self.etat in self.ETATS_OUVERTS

    @property
    def fin_du_mois(self) -> date | None:
        """First day after the month of publicity; None while the notice is unpublished."""
        if self.avis_publie_le is None:
            return None
        return self.avis_publie_le + relativedelta(months=self.publicite_mois)

    @property
    def fin_publicite(self) -> date | None:
        """First day on which the publicity is over: after a month, or when the urgency says."""
        return self.urgence_fin or self.fin_du_mois

    @property
    def est_urgente(self) -> bool:
        return self.urgence_le is not None

    @property
    def urgence(self) -> str:
        """« Publicité abrégée pour urgence… », with its motive; empty without urgency."""
        if self.urgence_le is None:
            return ""
        motif = " ".join(self.urgence_motif.split()).rstrip(". ")
        return (
            f"Publicité abrégée pour urgence, déclarée le {date_texte(self.urgence_le)}\u00a0: "
            f"«\u00a0{motif}\u00a0»"
        )

    @property
    def sous_reserve(self) -> bool:
        """Whether whatever is proposed is « sous réserve de publicité » (today)."""
        fin = self.fin_publicite
        return fin is None or fin > timezone.localdate()

    @property
    def publicite(self) -> str:
        """Where the publicity stands, in one sentence, for everybody who reads of the poste."""
        fin = self.fin_publicite
        if fin is None:
            return "Sous réserve de publicité\u00a0: l’avis de vacance n’est pas encore publié."
        assert self.avis_publie_le is not None
        publie = f"avis de vacance publié le {date_texte(self.avis_publie_le)}"
        suite = f" {self.urgence}." if self.est_urgente else ""
        if self.sous_reserve:
            jusque = f"jusqu’au {date_texte(fin)} au moins"
            return f"Sous réserve de publicité\u00a0: {publie}, {jusque}.{suite}"
        return f"Publicité accomplie\u00a0: {publie}.{suite}"

    @property
    def contact(self) -> str:
        """« Jeanne Martin, 02 38 00 00 00, jeanne.martin@… »; empty without a name."""
        if not self.contact_nom:
            return ""
        faits = (self.contact_nom, self.contact_telephone, self.contact_courriel)
        return ", ".join(fait for fait in faits if fait)

    @property
    def remuneration_annoncee(self) -> str:
        """Gross euros a year, in the host's words when it prefers words; empty when it says nothing."""
        bas, haut = self.remuneration_min, self.remuneration_max
        if bas and haut:
            montant = f"de {nombre_texte(bas)} à {euros_texte(haut, 0)} bruts par an"
        elif bas or haut:
            mot = "à partir de" if bas else "jusqu’à"
            montant = f"{mot} {euros_texte(bas or haut or 0, 0)} bruts par an"
        else:
            return self.remuneration
        return f"{montant}, {self.remuneration}" if self.remuneration else montant

    @property
    def voeux_passes(self) -> bool:
        """Whether the last day to rank it is over."""
        return self.voeux_avant is not None and self.voeux_avant < timezone.localdate()

    @property
    def situation(self) -> str:
        """« Vacant à partir du 1er mars 2027 ». Never who holds the poste."""
        if self.vacance == self.Vacance.A_UNE_DATE and self.vacant_le:
            return f"Vacant à partir du {date_texte(self.vacant_le)}"
        return self.get_vacance_display()
