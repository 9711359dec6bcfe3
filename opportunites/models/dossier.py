"""What a move's file is made of: answers of the origin, things to do, the team left, what became."""

from __future__ import annotations

from pathlib import PurePosixPath
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collectivites.models import Mandat, Utilisateur
from opportunites import mots
from opportunites.dossier.requetes import (
    ElementQuerySet,
    ImpactQuerySet,
    ReponseQuerySet,
    SuiviQuerySet,
)
from opportunites.models.mobilite import Mobilite

#: The code of the line of the checklist that asks for the new matricule and e-mail.
IDENTIFIANTS = "IDENTIFIANTS"


def chemin_de_la_piece(reponse: ReponseOrigine, nom: str) -> str:
    """Under MEDIA_ROOT, which no URL serves; the name given by the person is kept in the row."""
    return f"mobilites/{reponse.mobilite_id}/{uuid4().hex}{PurePosixPath(nom).suffix.lower()}"


class ReponseOrigine(models.Model):
    """One answer of the employer of origin. Never rewritten: the last one is in force."""

    class Motif(models.TextChoices):
        """The only grounds of a refusal (CGFP L511-3; L512-7 and following for the last)."""

        SERVICE = "service", "Les nécessités du service"
        HATVP = "hatvp", "Un avis de la Haute Autorité pour la transparence de la vie publique"
        MISE_A_DISPOSITION = (
            "mad",
            "La décision de ne pas mettre la personne à disposition (mise à disposition seulement)",
        )

    mobilite = models.ForeignKey(Mobilite, models.CASCADE, related_name="reponses")
    sens = models.CharField("réponse", max_length=10, choices=mots.Reponse)
    #: The day of the request that it answers: another request may be met by silence too.
    demande_recue_le = models.DateField("demande reçue le", null=True, blank=True)
    date_convenue = models.DateField("date convenue", null=True, blank=True)
    motif = models.CharField("motif légal", max_length=10, choices=Motif, blank=True)
    texte = models.TextField("explication", blank=True)
    piece = models.FileField("pièce", upload_to=chemin_de_la_piece, max_length=200, blank=True)
    nom_piece = models.CharField("nom de la pièce", max_length=120, blank=True)
    #: A refusal is the autorité territoriale's: it signs, the DRH only records it here.
    signataire = models.CharField("signée par", max_length=120, blank=True)
    notifie_le = models.DateField("notifiée à la personne le", null=True, blank=True)
    par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True, blank=True)
    le = models.DateTimeField("enregistrée le", default=timezone.now)

    objects = ReponseQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse de l’employeur d’origine"
        ordering = ["-le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sens=mots.Reponse.REFUS) | (~Q(motif="") & ~Q(piece="")),
                name="reponse_refus_motive_et_prouve",
                violation_error_message="Un refus porte son motif légal et sa pièce.",
            ),
            models.CheckConstraint(
                condition=Q(sens=mots.Reponse.REFUS) | Q(motif=""),
                name="reponse_motif_si_refus",
                violation_error_message="Seul un refus porte un motif légal.",
            ),
            models.CheckConstraint(
                condition=~Q(sens__in=[mots.Reponse.ACCORD, mots.Reponse.DATE])
                | Q(date_convenue__isnull=False),
                name="reponse_accord_date",
                violation_error_message="Un accord porte la date convenue.",
            ),
            models.CheckConstraint(
                condition=Q(sens=mots.Reponse.TACITE) | Q(par__isnull=False),
                name="reponse_a_un_auteur",
                violation_error_message="Seul le silence répond sans auteur.",
            ),
            models.UniqueConstraint(
                fields=["mobilite", "demande_recue_le"],
                condition=Q(sens=mots.Reponse.TACITE),
                name="reponse_un_silence_par_demande",
                violation_error_message="L’accord par silence est déjà constaté sur cette demande.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_sens_display()


class Element(models.Model):
    """One thing to do for a move, and who does it.

    From `referentiels/checklist.csv`, it follows the date of effect (`jours`); added by hand by one
    of the two HR directions (`ajoute_par`), it keeps the date it was given.
    """

    Cote = mots.CoteElement

    mobilite = models.ForeignKey(Mobilite, models.CASCADE, related_name="elements")
    code = models.CharField("code", max_length=30)
    ordre = models.PositiveSmallIntegerField("ordre")
    libelle = models.CharField("à faire", max_length=200)
    cote = models.CharField("à la charge de", max_length=10, choices=Cote)
    jours = models.SmallIntegerField("jours autour de la date d’effet", null=True, blank=True)
    echeance = models.DateField("à faire avant le", null=True, blank=True)
    reserve_au_drh = models.BooleanField("signature du DRH", default=False)
    source = models.CharField("source", max_length=120, blank=True)
    confiance = models.CharField("confiance", max_length=1, blank=True)
    ajoute_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True, blank=True)
    fait_le = models.DateTimeField("fait le", null=True, blank=True)
    fait_par = models.ForeignKey(
        Utilisateur, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ElementQuerySet.as_manager()

    class Meta:
        verbose_name = "point du dossier"
        verbose_name_plural = "points du dossier"
        ordering = ["mobilite_id", F("echeance").asc(nulls_last=True), "ordre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mobilite", "code"],
                name="element_unique_par_mobilite",
                violation_error_message="Ce point est déjà dans la liste.",
            ),
            models.CheckConstraint(
                condition=Q(fait_le__isnull=True, fait_par__isnull=True)
                | Q(fait_le__isnull=False, fait_par__isnull=False),
                name="element_fait_par_quelqu_un",
                violation_error_message="Un point fait porte son auteur et sa date.",
            ),
            models.CheckConstraint(
                condition=Q(ajoute_par__isnull=True, jours__isnull=False)
                | Q(ajoute_par__isnull=False, jours__isnull=True, echeance__isnull=False),
                name="element_date_par_la_regle_ou_par_son_auteur",
                violation_error_message="Un point ajouté porte son auteur et sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(libelle=""),
                name="element_a_un_libelle",
                violation_error_message="Dites ce qui est à faire.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def est_ajoute(self) -> bool:
        return self.ajoute_par_id is not None

    @property
    def est_des_identifiants(self) -> bool:
        """Done on a page of its own (`dossier/views/arrivee.py`)."""
        return self.code == IDENTIFIANTS

    @property
    def est_fait(self) -> bool:
        return self.fait_le is not None

    @property
    def est_en_retard(self) -> bool:
        return (
            not self.est_fait and self.echeance is not None and self.echeance < timezone.localdate()
        )

    @property
    def est_a_verifier(self) -> bool:
        return self.confiance == "M"


class Impact(models.Model):
    """What the team that is left will live, and how it is covered. The origin's affair alone."""

    Plan = mots.Plan

    class Risque(models.TextChoices):
        FAIBLE = "faible", "Faible"
        MOYEN = "moyen", "Moyen"
        ELEVE = "eleve", "Élevé"

    mobilite = models.OneToOneField(Mobilite, models.CASCADE, related_name="impact")
    plan = models.CharField(
        "plan de remplacement", max_length=15, choices=Plan, default=Plan.A_PREVOIR
    )
    remplacement_le = models.DateField("remplacement attendu le", null=True, blank=True)
    recouvrement_jours = models.PositiveSmallIntegerField(
        "jours de recouvrement", null=True, blank=True
    )
    interim = models.CharField("intérim assuré par", max_length=160, blank=True)
    risque = models.CharField("risque pour le service", max_length=10, choices=Risque)
    precision = models.TextField("ce qui est en jeu", blank=True)
    maj_le = models.DateTimeField("mis à jour le", default=timezone.now)
    maj_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")

    objects = ImpactQuerySet.as_manager()

    class Meta:
        verbose_name = "impact organisationnel"
        verbose_name_plural = "impacts organisationnels"
        ordering = ["-maj_le", "-pk"]

    def __str__(self) -> str:
        return self.get_plan_display()

    @property
    def est_couvert(self) -> bool:
        return self.plan != self.Plan.A_PREVOIR

    @property
    def jours_sans_titulaire(self) -> int | None:
        """Days between the departure and the replacement; 0 when they overlap. Reads `mobilite`."""
        effet = self.mobilite.date_effet
        if self.remplacement_le is None or effet is None:
            return None
        return max((self.remplacement_le - effet).days, 0)


class Suivi(models.Model):
    """Six and twelve months later: still there, well, and what we learn. One row per voice."""

    Cote = mots.CoteSuivi

    class Bilan(models.TextChoices):
        TRES_BIEN = "tres_bien", "Très bien"
        BIEN = "bien", "Bien"
        MITIGE = "mitige", "De façon mitigée"
        DIFFICILE = "difficile", "Difficilement"

    class Theme(models.TextChoices):
        """Lessons are coded, so that they can be counted without naming anybody."""

        PASSATION = "passation", "La passation a compté"
        ACCUEIL = "accueil", "L’accueil dans l’équipe a compté"
        FONCTIONS = "fonctions", "Les fonctions différaient de l’annonce"
        REMUNERATION = "remuneration", "La rémunération a posé question"
        OUTILS = "outils", "Les outils et les accès ont manqué au début"
        CALENDRIER = "calendrier", "Le calendrier était trop serré"
        CULTURE = "culture", "La culture de l’institution demande du temps"
        PARCOURS = "parcours", "Le parcours avait bien préparé ce poste"

    MOIS = (6, 12)

    mobilite = models.ForeignKey(Mobilite, models.CASCADE, related_name="suivis")
    mois = models.PositiveSmallIntegerField("mois après la prise de poste")
    cote = models.CharField("qui répond", max_length=10, choices=Cote)
    echeance = models.DateField("à renseigner à partir du")
    en_poste = models.BooleanField("toujours dans ce poste", null=True, blank=True)
    bilan = models.CharField("cela se passe", max_length=10, choices=Bilan, blank=True)
    themes = models.JSONField("enseignements", default=list, blank=True)
    note = models.TextField("précision", blank=True)
    renseigne_le = models.DateTimeField("renseigné le", null=True, blank=True)
    renseigne_par = models.ForeignKey(
        Mandat, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = SuiviQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi après mobilité"
        verbose_name_plural = "suivis après mobilité"
        ordering = ["echeance", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mobilite", "mois", "cote"],
                name="suivi_mobilite_unique",
                violation_error_message="Ce suivi existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(mois__in=[6, 12]),
                name="suivi_six_ou_douze_mois",
                violation_error_message="Le suivi se fait à six et à douze mois.",
            ),
            models.CheckConstraint(
                condition=Q(renseigne_le__isnull=True, renseigne_par__isnull=True)
                | (
                    Q(
                        renseigne_le__isnull=False,
                        renseigne_par__isnull=False,
                        en_poste__isnull=False,
                    )
                    & ~Q(bilan="")
                ),
                name="suivi_renseigne_complet",
                violation_error_message="Un suivi renseigné dit si la personne est en poste, et comment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mois} mois, {self.get_cote_display()}"
