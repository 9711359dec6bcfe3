"""The dates of a prestation: opened, moved, split, cancelled."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import minuit
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.models import Mandat
from collectivites.mots import Role
from parcours.models import InscriptionSession, Session
from parcours.sessions.forms import plages


class SessionForm(FormulaireQuatuor, forms.Form):
    """A date, a place, seats."""

    debut = forms.DateTimeField(label="Début", widget=forms.DateTimeInput())
    fin = forms.DateTimeField(label="Fin", widget=forms.DateTimeInput())
    journee_entiere = forms.BooleanField(
        label="Toute la journée (les heures ne comptent pas)", required=False
    )
    autres = forms.CharField(
        label="Autres demi-journées",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une par ligne, par exemple 24/03/2027 14:00-17:30. Elles s’ajoutent à la première.",
    )
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    capacite = forms.IntegerField(label="Places", min_value=1, max_value=500, initial=12)
    deja_tenue = forms.BooleanField(
        label="Cette session a déjà eu lieu : je l’enregistre", required=False
    )
    inscription_avant = forms.DateTimeField(
        label="Inscriptions jusqu’au",
        widget=forms.DateTimeInput(),
        required=False,
        help_text="Sans date : jusqu’au début de la session.",
    )
    places_gardees = forms.IntegerField(
        label="Places gardées pour chaque collectivité",
        min_value=0,
        max_value=100,
        initial=0,
        required=False,
        help_text="Pour que chaque collectivité ait sa chance. Zéro : premier arrivé, premier servi.",
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
            **{c: getattr(session, c) for c in SessionForm.base_fields if hasattr(session, c)},
            "debut": timezone.localtime(session.debut),
            "fin": timezone.localtime(session.demi_journees[0][1] if session.plages else fin),
            "autres": plages.en_lignes(session.demi_journees[1:]),
            "inscription_avant": timezone.localtime(session.inscription_avant),
        }

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and donnees.get("journee_entiere"):
            debut = minuit(timezone.localdate(debut))
            fin = minuit(timezone.localdate(fin) + timedelta(days=1))
            donnees |= {"debut": debut, "fin": fin}
        deja_tenue = donnees.pop("deja_tenue", False)
        self.est_deja_tenue = bool(deja_tenue)
        if debut and debut <= timezone.now() and not deja_tenue:
            self.add_error("debut", "Cette date est passée.")
        if debut and deja_tenue and not timedelta(0) < timezone.now() - debut < timedelta(days=366):
            self.add_error("debut", "Une session s’enregistre dans l’année qui la suit.")
        if debut and fin and fin <= debut:
            self.add_error("fin", "Choisissez une fin après le début.")
        elif debut and fin:
            debut = self._lire_les_demi_journees(donnees, debut, fin)
        donnees.pop("autres", None)
        donnees["inscription_avant"] = donnees.get("inscription_avant") or debut
        if debut and donnees["inscription_avant"] > debut:
            self.add_error("inscription_avant", "Les inscriptions se ferment avant le début.")
        donnees["places_gardees"] = donnees.get("places_gardees") or 0
        if donnees["places_gardees"] and not donnees.get("gardees_jusquau"):
            self.add_error("gardees_jusquau", "Dites jusqu’à quel jour.")
        return donnees

    def _lire_les_demi_journees(
        self, donnees: dict[str, Any], debut: datetime, fin: datetime
    ) -> datetime:
        """Puts `plages` and their bounds among the data; the beginning of the first."""
        donnees["plages"] = []
        if not donnees.get("autres"):
            return debut
        if donnees.get("journee_entiere"):
            self.add_error("autres", "Une journée entière n’a pas de demi-journées.")
            return debut
        try:
            toutes = plages.lire(donnees["autres"], avec=(debut, fin))
        except plages.Illisible as erreur:
            self.add_error("autres", str(erreur))
            return debut
        donnees["plages"] = [[d.isoformat(), f.isoformat()] for d, f in toutes]
        donnees |= {"debut": toutes[0][0], "fin": toutes[-1][1]}
        return toutes[0][0]


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
