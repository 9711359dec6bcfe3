"""Forms of a file: listing and correcting, a departure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from cadres.candidature.comptes import refus_adresse
from cadres.donnees_personnelles.oppositions import OPPOSEE, OPPOSEE_AILLEURS, Oppositions
from cadres.fiche.predicats import DEPART_A_VENIR
from cadres.fiche.public import public_de
from cadres.fiche.statutaire import cadres_d_emplois, grades, lire_la_situation
from cadres.models import Cadre
from cadres.mots import Origine
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.metiers.formulaire import AIDE, AvecLaFamille, FamilleField
from collectivites.communs.typographie import sans_accents
from collectivites.models import Direction

#: Days: a retirement is known a year ahead, rarely more.
LOINTAIN = 5 * 366
OUI_NON = (("", "Non précisé"), ("oui", "Oui"), ("non", "Non"))


class CadreForm(AvecLaFamille, FormulaireQuatuor, forms.ModelForm):
    """One person, as the HR direction knows them. Serves listing and correcting."""

    poste = forms.CharField(label="Poste occupé", max_length=200)
    direction = forms.CharField(label="Direction", max_length=160, required=False)
    encadrement = forms.TypedChoiceField(
        label="Encadre une équipe",
        choices=OUI_NON,
        required=False,
        coerce=lambda valeur: valeur == "oui",
        empty_value=None,
    )
    domaine = FamilleField(help_text=AIDE)
    visees = forms.MultipleChoiceField(
        label="Ce que vous visez pour elle",
        choices=tuple(Cadre.VISEES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Plusieurs visées sont possibles. La personne les lira.",
    )
    origine = forms.ChoiceField(
        label="Qui en a eu l’idée",
        choices=(
            (Origine.RECENSEMENT, "La DRH, qui recense cette personne"),
            (Origine.VOLONTARIAT, "La personne elle-même, volontaire"),
        ),
        initial=Origine.RECENSEMENT,
        widget=forms.RadioSelect,
        help_text="Volontaire ou non, elle seule donne son oui, par le message que vous enverrez.",
    )

    class Meta:
        model = Cadre
        fields = [
            "civilite",
            "prenom",
            "nom",
            "courriel",
            "matricule",
            "categorie",
            "cadre_emplois",
            "grade",
            "echelon",
            "statut",
            "direction",
            "poste",
            "date_entree_poste",
            "encadrement",
            "nb_agents",
            "domaine",
            "profil",
            "motif_hors_public",
        ]
        help_texts = {
            "courriel": "Sans courriel, la personne ne peut pas être informée.",
            "profil": "Votre intention pour cette personne. Elle la lira.",
            "motif_hors_public": (
                "À remplir pour qui n’est pas du public visé : pourquoi cette personne ?"
            ),
        }
        error_messages = {
            "nom": {"required": "Écrivez le nom."},
            "prenom": {"required": "Écrivez le prénom."},
            "courriel": {"invalid": "Écrivez une adresse complète, comme prenom.nom@loiret.fr."},
        }

    #: The chapters of the form, in order.
    GROUPES = (
        ("La personne", ("civilite", "prenom", "nom", "courriel", "matricule")),
        ("Son poste", ("poste", "direction", "date_entree_poste", "encadrement", "nb_agents")),
        (
            "Sa situation statutaire",
            ("categorie", "cadre_emplois", "grade", "echelon", "statut"),
        ),
        ("Pourquoi elle", ("origine", "profil", "visees", "domaine", "motif_hors_public")),
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        cadre = kwargs.get("instance")
        if cadre is not None:
            kwargs["initial"] = {
                "poste": cadre.poste.intitule if cadre.poste else "",
                "direction": cadre.direction.libelle if cadre.direction else "",
                "encadrement": {True: "oui", False: "non"}.get(cadre.encadrement, ""),
                "visees": [champ for champ in Cadre.VISEES if getattr(cadre, champ)],
            }
        super().__init__(*args, **kwargs)
        self.acteur = acteur
        self.directions = list(
            Direction.objects.visibles_par(acteur).values_list("libelle", flat=True)
        )
        if cadre is not None:
            del self.fields["origine"]  # said once, when the person is listed
        self.fields["poste"].error_messages["required"] = "Écrivez l’intitulé du poste occupé."
        self.fields["direction"].widget.attrs["list"] = "directions"
        self.dire_la_famille()
        self.fields["cadre_emplois"].widget.attrs["list"] = "cadres-emplois"
        self.fields["grade"].widget.attrs["list"] = "grades"
        self.fields["nb_agents"].widget.attrs["min"] = 0
        for nom in ("civilite", "categorie", "statut", "profil"):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ChoiceField)
            champ.choices = [
                ("", "Non précisé"),
                *(getattr(Cadre._meta.get_field(nom), "choices", None) or ()),
            ]

    @property
    def cadres_emplois(self) -> list[str]:
        return cadres_d_emplois()

    @property
    def grades(self) -> list[tuple[str, str]]:
        return grades()

    def groupes(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (titre, [self[nom] for nom in noms if nom in self.fields])
            for titre, noms in self.GROUPES
        ]

    def clean_courriel(self) -> str:
        courriel = self.cleaned_data["courriel"].strip().lower()
        if courriel and self._autres().filter(courriel__iexact=courriel).exists():
            raise forms.ValidationError("Un autre cadre du registre porte déjà ce courriel.")
        return courriel

    def clean_matricule(self) -> str:
        matricule = self.cleaned_data["matricule"].strip()
        if matricule and self._autres().filter(matricule=matricule).exists():
            raise forms.ValidationError("Un autre cadre du registre porte déjà ce matricule.")
        return matricule

    def clean_date_entree_poste(self) -> Any:
        jour = self.cleaned_data["date_entree_poste"]
        if jour and jour > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir : écrivez celle du poste occupé.")
        return jour

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        visees = donnees.pop("visees", None)
        if visees is not None:
            donnees |= {champ: champ in visees for champ in Cadre.VISEES}
        public = public_de(self.acteur.demarche)
        admis = public.admet(
            donnees.get("categorie") or "",
            donnees.get("cadre_emplois") or "",
            encadre=bool(donnees.get("encadrement")),
        )
        if not admis and not donnees.get("motif_hors_public"):
            self.add_error(
                "motif_hors_public",
                f"Cette personne est hors du public visé ({public.hors}). "
                "Dites pourquoi elle est recensée"
                f"{'.' if public.agents else ', ou précisez son encadrement.'}",
            )
        if not self.instance.pk and self._est_homonyme(donnees):
            self.add_error(
                None,
                f"{donnees['prenom']} {donnees['nom']} est déjà au registre. S’il s’agit d’un "
                "homonyme, donnez son courriel ou son matricule.",
            )
        self._verifier_l_adresse(donnees)
        self._verifier_les_oppositions(donnees)
        lues, refus = lire_la_situation(donnees, self.instance)
        for champ, raison in refus.items():
            self.add_error(champ, raison)
        return donnees | lues

    def _verifier_l_adresse(self, donnees: dict[str, Any]) -> None:
        """An address that the file already bears is left alone."""
        courriel = donnees.get("courriel") or ""
        if not courriel or courriel == self.instance.courriel.lower():
            return
        nom, prenom = donnees.get("nom") or "", donnees.get("prenom") or ""
        if refus := refus_adresse(self.acteur.collectivite, courriel, nom, prenom):
            self.add_error("courriel", refus)

    def _verifier_les_oppositions(self, donnees: dict[str, Any]) -> None:
        """The actions refuse as well: here, nothing that was typed is lost."""
        qui = [donnees.get(champ) or "" for champ in ("nom", "prenom", "matricule", "courriel")]
        if self.instance.pk:
            change = any(
                getattr(self.instance, champ) != valeur
                for champ, valeur in zip(
                    ("nom", "prenom", "matricule", "courriel"), qui, strict=True
                )
            )
            if change and Oppositions(self.instance.collectivite)(*qui):
                self.add_error(None, OPPOSEE_AILLEURS)
        elif donnees.get("origine") != Origine.VOLONTARIAT and Oppositions(
            self.acteur.collectivite
        )(*qui):
            self.add_error("origine", OPPOSEE)

    def _est_homonyme(self, donnees: dict[str, Any]) -> bool:
        """Same name, and nothing to tell the two persons apart."""
        if not donnees.get("nom") or not donnees.get("prenom"):
            return False
        if donnees.get("courriel") or donnees.get("matricule"):
            return False
        debut = sans_accents(f"{donnees['nom']} {donnees['prenom']}")
        return self._autres().filter(recherche__startswith=f"{debut} ").exists()

    def _autres(self) -> Any:
        return Cadre.objects.geres_par(self.acteur).exclude(pk=self.instance.pk)

    def _post_clean(self) -> None:
        """The action writes, on a locked row: the instance stays as it was read."""


class DepartForm(FormulaireQuatuor, forms.Form):
    jour = forms.DateField(
        label="Quitte la collectivité le",
        help_text="Passée ou à venir. À venir, le départ prend effet de lui-même ce jour-là.",
        error_messages={"required": "Donnez la date du départ."},
    )
    motif = forms.ChoiceField(
        label="Motif",
        choices=Cadre.Depart.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un motif."},
    )

    def clean_jour(self) -> date:
        jour: date = self.cleaned_data["jour"]
        if jour.year < 2000:
            raise forms.ValidationError("Cette date est trop ancienne : vérifiez l’année.")
        if jour > timezone.localdate() + timedelta(days=LOINTAIN):
            raise forms.ValidationError("Cette date est trop lointaine : cinq ans au plus.")
        return jour

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        jour = donnees.get("jour")
        if jour and jour > timezone.localdate() and donnees.get("motif") == Cadre.Depart.DECES:
            self.add_error("jour", DEPART_A_VENIR)
        return donnees
