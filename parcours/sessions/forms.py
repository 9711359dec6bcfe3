"""Forms of the catalogue, of the sessions and of the immersions."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import jours_ouvres, minuit
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import date_texte
from collectivites.models import Collectivite, Mandat
from collectivites.mots import Role
from parcours.models import (
    Inscription,
    InscriptionSession,
    PreferencesRappel,
    Prestation,
    Session,
)
from parcours.regles import IMMERSION_PREAVIS_MOIS, est_demandee_a_temps, refus_de_jours
from parcours.sessions.actions.immersions import jours_deja_comptes


class PrestationForm(FormulaireQuatuor, forms.ModelForm):
    """What is offered, and to whom it suits."""

    class Meta:
        model = Prestation
        fields = (
            "intitule",
            "nature",
            "description",
            "par_le_cabinet",
            "prestataire",
            "format",
            "duree_minutes",
            "lieu",
            "cout",
            "prerequis",
        )
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "prestataire": "Une école, un service, un cabinet. Pas de nom de personne.",
            "cout": "Par exemple « gratuit pour les quatre » ou « 90 € par personne ».",
            "prerequis": "Ce qu’il faut avoir fait, ou rien.",
        }

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur

    def clean_intitule(self) -> str:
        intitule: str = self.cleaned_data["intitule"]
        memes = Prestation.objects.filter(
            collectivite=self.acteur.collectivite, intitule=intitule, archivee_le=None
        ).exclude(pk=self.instance.pk)
        if memes.exists():
            raise forms.ValidationError("Votre collectivité offre déjà une prestation de ce nom.")
        return intitule


class SessionForm(FormulaireQuatuor, forms.Form):
    """A date, a place, seats."""

    debut = forms.DateTimeField(label="Début", widget=forms.DateTimeInput())
    fin = forms.DateTimeField(label="Fin", widget=forms.DateTimeInput())
    journee_entiere = forms.BooleanField(
        label="Toute la journée (les heures ne comptent pas)", required=False
    )
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    capacite = forms.IntegerField(label="Places", min_value=1, max_value=500, initial=12)
    inscription_avant = forms.DateTimeField(
        label="Inscriptions jusqu’au",
        widget=forms.DateTimeInput(),
        required=False,
        help_text="Sans date : jusqu’au début de la session.",
    )
    places_gardees = forms.IntegerField(
        label="Places gardées pour chaque collectivité",
        min_value=0,
        max_value=100,
        initial=0,
        required=False,
        help_text="Pour que les quatre aient leur chance. Zéro : premier arrivé, premier servi.",
    )
    gardees_jusquau = forms.DateField(
        label="Gardées jusqu’au", widget=forms.DateInput(), required=False
    )
    animateur: Any = forms.ModelChoiceField(
        label="Accompagnateur qui l’anime",
        queryset=Mandat.objects.none(),
        required=False,
        empty_label="Personne du cabinet",
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["animateur"].queryset = (  # type: ignore[attr-defined]
            Mandat.objects.en_vigueur()
            .filter(collectivite__demarche=acteur.demarche, role=Role.ACCOMPAGNATEUR)
            .select_related("utilisateur", "collectivite")
            .order_by("utilisateur__nom")
        )
        self.fields["animateur"].label_from_instance = (  # type: ignore[attr-defined]
            lambda mandat: mandat.utilisateur.nom_complet
        )

    @staticmethod
    def initial_de(session: Session) -> dict[str, Any]:
        """The fields of a session; an all-day one shows its last day, not the midnight after."""
        fin = session.fin - timedelta(minutes=1) if session.journee_entiere else session.fin
        return {
            **{champ: getattr(session, champ) for champ in SessionForm.base_fields},
            "debut": timezone.localtime(session.debut),
            "fin": timezone.localtime(fin),
            "inscription_avant": timezone.localtime(session.inscription_avant),
        }

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and donnees.get("journee_entiere"):
            debut = minuit(timezone.localdate(debut))
            fin = minuit(timezone.localdate(fin) + timedelta(days=1))
            donnees |= {"debut": debut, "fin": fin}
        if debut and debut <= timezone.now():
            self.add_error("debut", "Cette date est passée.")
        if debut and fin and fin <= debut:
            self.add_error("fin", "Choisissez une fin après le début.")
        donnees["inscription_avant"] = donnees.get("inscription_avant") or debut
        if debut and donnees["inscription_avant"] > debut:
            self.add_error("inscription_avant", "Les inscriptions se ferment avant le début.")
        donnees["places_gardees"] = donnees.get("places_gardees") or 0
        if donnees["places_gardees"] and not donnees.get("gardees_jusquau"):
            self.add_error("gardees_jusquau", "Dites jusqu’à quel jour.")
        return donnees


class MotifForm(FormulaireQuatuor, forms.Form):
    """Why a session is cancelled: those enrolled read it."""

    motif = forms.CharField(
        label="Pourquoi la session est annulée",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Les inscrits lisent ce motif.",
    )


class DedoublerForm(FormulaireQuatuor, forms.Form):
    """The second date, and who goes there."""

    debut = forms.DateTimeField(label="Début", widget=forms.DateTimeInput())
    fin = forms.DateTimeField(label="Fin", widget=forms.DateTimeInput())
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    capacite = forms.IntegerField(label="Places", min_value=1, max_value=500)
    transferees = forms.MultipleChoiceField(
        label="Qui passe dans la seconde session",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Chacun reçoit la nouvelle date. Qui attendait y a une place.",
    )

    def __init__(self, *args: Any, places: list[InscriptionSession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["transferees"].choices = [  # type: ignore[attr-defined]
            (str(p.pk), f"{p.cadre.nom_liste}, {p.get_etat_display().lower()}") for p in places
        ]

    def clean_transferees(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["transferees"]]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and debut <= timezone.now():
            self.add_error("debut", "Cette date est passée.")
        if debut and fin and fin <= debut:
            self.add_error("fin", "Choisissez une fin après le début.")
        if len(donnees.get("transferees") or ()) > (donnees.get("capacite") or 0):
            self.add_error("capacite", "Il y a moins de places que de personnes cochées.")
        return donnees


class InscrireSessionForm(FormulaireQuatuor, forms.Form):
    """One of one's own cadres, by their HR."""

    cadre: Any = forms.ModelChoiceField(
        label="Cadre de votre collectivité", queryset=Cadre.objects.none(), empty_label="Choisir"
    )
    malgre = forms.BooleanField(label="Inscrire malgré un chevauchement", required=False)

    def __init__(self, *args: Any, acteur: Acteur, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deja = session.inscriptions.exclude(etat=InscriptionSession.Etat.ANNULEE)
        self.fields["cadre"].queryset = (  # type: ignore[attr-defined]
            Cadre.objects.geres_par(acteur)
            .filter(inscriptions__etat=Inscription.Etat.EN_COURS)
            .exclude(pk__in=deja.values("cadre"))
            .order_by("nom", "prenom", "pk")
        )
        self.fields["cadre"].label_from_instance = (  # type: ignore[attr-defined]
            lambda cadre: cadre.nom_liste
        )


class AvisForm(FormulaireQuatuor, forms.Form):
    """What somebody who came thought of it."""

    avis = forms.TypedChoiceField(
        label="Cette session vous a-t-elle été utile ?",
        choices=[(v, t) for v, t in reversed(InscriptionSession.Avis.choices)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    commentaire = forms.CharField(
        label="Ce que vous en retenez",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Lu par la collectivité qui offre la session, avec votre nom.",
    )


JOURS_DE_LA_SEMAINE = [
    (0, "Lundi"),
    (1, "Mardi"),
    (2, "Mercredi"),
    (3, "Jeudi"),
    (4, "Vendredi"),
]


class ImmersionForm(FormulaireQuatuor, forms.Form):
    """Where, when, to see what."""

    accueil: Any = forms.ModelChoiceField(
        label="Collectivité d’accueil", queryset=Collectivite.objects.none(), empty_label="Choisir"
    )
    service = forms.CharField(label="Direction ou service", max_length=160)
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    fonctions = forms.CharField(
        label="Fonctions que vous souhaitez observer",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    motivation = forms.CharField(
        label="Pourquoi cette immersion",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Les deux directions des ressources humaines le lisent.",
    )
    debut = forms.DateField(label="Premier jour", widget=forms.DateInput())
    fin = forms.DateField(label="Dernier jour", widget=forms.DateInput())
    semaine = forms.TypedMultipleChoiceField(
        label="Jours de la semaine",
        choices=JOURS_DE_LA_SEMAINE,
        coerce=int,
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
        help_text="De 2 à 10 jours ouvrés, consécutifs ou non. Les jours fériés ne comptent pas.",
    )
    delai_reduit = forms.BooleanField(
        label=f"Demander l’accord des deux employeurs pour un délai de moins de "
        f"{IMMERSION_PREAVIS_MOIS} mois",
        required=False,
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur
        self.fields["accueil"].queryset = Collectivite.objects.visibles_par(  # type: ignore[attr-defined]
            acteur
        ).exclude(pk=acteur.collectivite.pk)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if not (debut and fin):
            return donnees
        if fin < debut:
            self.add_error("fin", "Choisissez un jour après le premier.")
            return donnees
        if (fin - debut).days > 366:
            self.add_error("fin", "Ces dates sont trop éloignées l’une de l’autre.")
            return donnees
        jours = jours_ouvres(debut, fin, donnees.get("semaine") or [])
        donnees["jours"] = jours
        if refus := self._refus(jours):
            self.add_error("fin", refus)
        elif not donnees.get("delai_reduit") and not est_demandee_a_temps(
            jours[0], timezone.localdate()
        ):
            self.add_error(
                "delai_reduit",
                f"Le premier jour, {date_texte(jours[0])}, est à moins de "
                f"{IMMERSION_PREAVIS_MOIS} mois. Cochez cette case, ou choisissez plus tard.",
            )
        return donnees

    def _refus(self, jours: list[date]) -> str | None:
        if jours and jours[0] <= timezone.localdate():
            return "Choisissez des jours à venir."
        cadre = self.acteur.cadre_id
        return refus_de_jours(jours, jours_deja_comptes(cadre) if cadre else [])


class ReponseImmersionForm(FormulaireQuatuor, forms.Form):
    """Yes; no, and why; not now, and why."""

    reponse = forms.ChoiceField(
        label="Votre réponse",
        choices=[("accord", "Accorder"), ("report", "Reporter"), ("refus", "Refuser")],
        widget=forms.RadioSelect,
    )
    motif = forms.CharField(
        label="Pourquoi",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Obligatoire pour un report ou un refus. La personne le lit.",
    )
    apres = forms.DateField(label="Possible à partir du", widget=forms.DateInput(), required=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("reponse") in {"report", "refus"} and not donnees.get("motif"):
            self.add_error("motif", "Dites pourquoi. La personne le lira.")
        return donnees


class SignatureForm(FormulaireQuatuor, forms.Form):
    """The day on which the third signature was laid."""

    signee_le = forms.DateField(label="Convention signée le", widget=forms.DateInput())


class RappelsForm(FormulaireQuatuor, forms.ModelForm):
    """What one wishes to receive by mail."""

    class Meta:
        model = PreferencesRappel
        fields = ("j7", "j1", "resume")
