"""The person in the registre, and the trace of who looked at their file."""

from typing import Any, ClassVar, TypeAlias

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from cadres import mots
from cadres.requetes import CadreQuerySet, ConsultationQuerySet
from collectivites.communs.typographie import sans_accents
from collectivites.models import Collectivite, Demarche, Direction, Mandat, Poste, Utilisateur
from collectivites.models.familles import AvecFamille, famille_dite

#: Characters. An entry of an index holds 2,700 bytes on PostgreSQL, and a character up to four.
RECHERCHE_MAX = 600


class Cadre(AvecFamille):
    """A senior member of staff listed by their collectivité. No birth date, ever (CGFP L131-1)."""

    class Categorie(models.TextChoices):
        A_PLUS = "A+", "A+"
        A = "A", "A"
        B = "B", "B"
        C = "C", "C"

    class Statut(models.TextChoices):
        TITULAIRE = "titulaire", "Titulaire"
        STAGIAIRE = "stagiaire", "Stagiaire"
        CDI = "cdi", "Contractuel en CDI"
        CDD = "cdd", "Contractuel en CDD"

    class Profil(models.TextChoices):
        HAUT_POTENTIEL = "haut_potentiel", "Haut potentiel"
        EXPERIMENTE = "experimente", "Expérimenté"

    class Civilite(models.TextChoices):
        FEMME = "F", "Madame"
        HOMME = "M", "Monsieur"

    Depart: TypeAlias = mots.MotifDepart

    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="cadres")
    #: One account may follow its bearer from a démarche to another: one file in each.
    utilisateur = models.ForeignKey(
        Utilisateur, models.SET_NULL, related_name="fiches", null=True, blank=True
    )
    matricule = models.CharField("matricule", max_length=40, blank=True)
    civilite = models.CharField("civilité", max_length=1, choices=Civilite, blank=True)
    nom = models.CharField("nom", max_length=80)
    prenom = models.CharField("prénom", max_length=80)
    courriel = models.EmailField("courriel professionnel", max_length=254, blank=True)
    categorie = models.CharField("catégorie", max_length=2, choices=Categorie, blank=True)
    cadre_emplois = models.CharField("cadre d’emplois", max_length=120, blank=True)
    grade = models.CharField("grade", max_length=120, blank=True)
    echelon = models.CharField("échelon", max_length=20, blank=True)
    statut = models.CharField("statut", max_length=10, choices=Statut, blank=True)
    direction = models.ForeignKey(
        Direction, models.PROTECT, related_name="cadres", null=True, blank=True
    )
    poste = models.OneToOneField(
        Poste, models.PROTECT, related_name="titulaire", null=True, blank=True
    )
    date_entree_poste = models.DateField("dans le poste depuis", null=True, blank=True)
    encadrement = models.BooleanField("encadre une équipe", null=True, blank=True)
    nb_agents = models.PositiveIntegerField("agents encadrés", null=True, blank=True)
    profil = models.CharField("profil", max_length=20, choices=Profil, blank=True)
    #: What the HR direction nominates the person for; several at once are possible.
    vise_promotion = models.BooleanField("promotion", default=False)
    vise_mobilite = models.BooleanField("mobilité latérale", default=False)
    vise_developpement = models.BooleanField("développement", default=False)
    motif_hors_public = models.CharField(
        "raison de l’admission hors public visé", max_length=300, blank=True
    )
    accompagnateur = models.ForeignKey(
        Mandat,
        models.PROTECT,
        related_name="cadres_confies",
        null=True,
        blank=True,
        verbose_name="accompagnateur",
    )
    #: Left the employer, the HR direction says. `depart_signale_le`: when it said so.
    parti_le = models.DateField("parti le", null=True, blank=True)
    motif_depart = models.CharField(
        "motif du départ", max_length=15, choices=mots.MotifDepart, blank=True
    )
    depart_signale_le = models.DateTimeField("départ signalé le", null=True, blank=True)
    #: A departure known in advance: the clock makes it true on that day.
    depart_prevu_le = models.DateField("départ prévu le", null=True, blank=True)
    motif_depart_prevu = models.CharField(
        "motif du départ prévu", max_length=15, choices=mots.MotifDepart, blank=True
    )
    recherche = models.TextField(editable=False, default="")
    #: Copies that the database itself keeps true (cadres.models.gardes), so that one index serves the
    #: registre. `rang`: the situation, as a place in the journey (cadres.candidature.rangs). Never write them.
    demarche = models.ForeignKey(
        Demarche, models.PROTECT, related_name="+", null=True, editable=False, db_index=False
    )
    rang = models.PositiveSmallIntegerField(default=0, editable=False)
    cree_le = models.DateTimeField("listé le", default=timezone.now)
    anonymise_le = models.DateTimeField("anonymisé le", null=True, blank=True)

    #: field → what it means, in the words that the person reads
    VISEES: ClassVar = {
        "vise_promotion": "Promotion : un poste de niveau supérieur",
        "vise_mobilite": "Mobilité latérale : un poste de même niveau, ailleurs",
        "vise_developpement": "Développement : une mission, une immersion, une formation",
    }

    objects = CadreQuerySet.as_manager()

    class Meta:
        verbose_name = "cadre"
        ordering = ["nom", "prenom", "pk"]
        # The registre reads its indexes alone, then the 25 rows of a page: what a filter asks is
        # included. The search inside `recherche` has its own on PostgreSQL: see cadres.models.gardes.
        indexes = [
            models.Index(
                fields=["demarche", "recherche", "id"],
                include=[
                    "collectivite",
                    "rang",
                    "anonymise_le",
                    "categorie",
                    "encadrement",
                    "date_entree_poste",
                    "nb_agents",
                    "profil",
                    "civilite",
                ],
                name="cadre_ordre",
            ),
            models.Index(
                fields=["collectivite", "recherche", "id"],
                include=["rang", "anonymise_le"],
                name="cadre_ordre_chez_soi",
            ),
            models.Index(
                fields=["collectivite", "rang", "recherche", "id"],
                include=["anonymise_le"],
                name="cadre_ordre_situation",
            ),
            models.Index(
                fields=["demarche", "date_entree_poste", "recherche", "id"],
                include=["collectivite", "rang", "anonymise_le", "categorie", "encadrement"],
                name="cadre_ordre_anciennete",
            ),
            # What « à faire » counts, and the families in use: each index holds those rows alone.
            models.Index(
                fields=["collectivite"],
                condition=Q(rang=0, anonymise_le__isnull=True) & ~Q(courriel=""),
                name="cadre_a_informer",
            ),
            models.Index(
                fields=["collectivite"],
                condition=Q(rang=0, anonymise_le__isnull=True, courriel=""),
                name="cadre_injoignable",
            ),
            # What a filter asks for by a value that the démarche uses: few values, hence small indexes.
            models.Index(fields=["demarche", "cadre_emplois"], name="cadre_par_cadre_emplois"),
            models.Index(fields=["demarche", "grade"], name="cadre_par_grade"),
            models.Index(fields=["demarche", "domaine"], name="cadre_par_domaine"),
            models.Index(
                fields=["collectivite", "domaine"],
                condition=Q(anonymise_le__isnull=True) & ~Q(domaine=""),
                name="cadre_domaine",
            ),
        ]
        constraints = [
            famille_dite("cadre"),
            models.UniqueConstraint(
                "collectivite",
                Lower("courriel"),
                condition=~Q(courriel=""),
                name="cadre_courriel_unique",
                violation_error_message="Un cadre de la collectivité porte déjà ce courriel.",
            ),
            models.UniqueConstraint(
                fields=["collectivite", "matricule"],
                condition=~Q(matricule=""),
                name="cadre_matricule_unique",
                violation_error_message="Un cadre de la collectivité porte déjà ce matricule.",
            ),
            models.UniqueConstraint(
                fields=["utilisateur", "demarche"],
                name="cadre_un_dossier_par_compte",
                violation_error_message="Ce compte suit déjà un dossier dans cette démarche.",
            ),
            models.CheckConstraint(
                condition=Q(parti_le__isnull=True, motif_depart="", depart_signale_le__isnull=True)
                | (
                    Q(parti_le__isnull=False, depart_signale_le__isnull=False) & ~Q(motif_depart="")
                ),
                name="cadre_depart_complet",
                violation_error_message="Un départ porte sa date et son motif.",
            ),
            models.CheckConstraint(
                condition=Q(depart_prevu_le__isnull=True, motif_depart_prevu="")
                | (
                    Q(depart_prevu_le__isnull=False, parti_le__isnull=True)
                    & ~Q(motif_depart_prevu="")
                ),
                name="cadre_depart_prevu_complet",
                violation_error_message="Un départ prévu porte sa date et son motif, avant le départ.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom_complet

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.recherche = self.calculer_recherche()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "recherche"}
        super().save(*args, **kwargs)

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}"

    @property
    def nom_liste(self) -> str:
        """« Aubrémont, Laurence »: as in an alphabetical list."""
        return f"{self.nom}, {self.prenom}"

    @classmethod
    def visee_courte(cls, champ: str) -> str:
        """« Promotion », « Mobilité latérale »: what comes before the explanation."""
        return str(cls.VISEES[champ]).partition(" :")[0]

    @property
    def visees(self) -> list[str]:
        """The aims stated for the person, in short."""
        return [self.visee_courte(champ) for champ in self.VISEES if getattr(self, champ)]

    @property
    def est_une_femme(self) -> bool:
        return self.civilite == self.Civilite.FEMME

    @property
    def est_joignable(self) -> bool:
        return bool(self.courriel)

    @property
    def anciennete_poste(self) -> float | None:
        """Years in the present poste, or None when the date is unknown."""
        if self.date_entree_poste is None:
            return None
        return (timezone.localdate() - self.date_entree_poste).days / 365.25

    def calculer_recherche(self) -> str:
        """The text that a search looks into, and the order of the list: it starts with the name.

        It holds only what every reader of the file may know: neither matricule nor courriel.
        Reads `poste` and `direction`: select them.
        """
        morceaux = [
            self.nom,
            self.prenom,
            self.nom,  # so that « prénom nom » is found as well
            self.poste.intitule if self.poste else "",
            self.direction.libelle if self.direction else "",
            self.grade,
        ]
        return sans_accents(" ".join(morceaux))[:RECHERCHE_MAX]


class Consultation(models.Model):
    """Somebody read or exported a person's file. The person reads this list."""

    class Nature(models.TextChoices):
        FICHE = "fiche", "Fiche lue"
        EXPORT = "export", "Exporté dans un tableur"
        LISTE = "liste", "Nom lu dans une liste"
        CANDIDATURE = "candidature", "Décision préparée"
        CORRECTION = "correction", "Demande de correction lue"
        PARCOURS = "parcours", "Parcours lu"
        SEANCE = "seance", "Présence à une session lue"
        IMMERSION = "immersion", "Immersion lue"
        ACCOMPAGNEMENT = "accompagnement", "Accompagnement lu"
        SYNTHESE = "synthese", "Synthèse lue"
        VOEU = "voeu", "Vœu lu, avec son rang"
        DEMANDE = "demande", "Demande de rencontre lue"
        SOLLICITATION = "sollicitation", "Question d’un employeur, et votre réponse, lues"
        PROPOSITION = "proposition", "Proposition lue"
        QUESTION = "question", "Question que vous posez lue"
        ACCORD = "accord", "Votre accord, pour qu’un DGS l’apprenne, lu"
        MOBILITE = "mobilite", "Dossier de mobilité lu"
        DOCUMENT = "document", "Document ouvert"
        MOUVEMENT = "mouvement", "Mouvement simulé lu, avec votre nom"

    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="consultations")
    utilisateur = models.ForeignKey(Utilisateur, models.PROTECT, related_name="+")
    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    nature = models.CharField(max_length=15, choices=Nature)
    quand = models.DateTimeField(default=timezone.now)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "consultation"
        ordering = ["-quand", "-pk"]
        indexes = [models.Index(fields=["cadre", "-quand"])]

    def __str__(self) -> str:
        return f"{self.quand:%Y-%m-%d} {self.nature}"
