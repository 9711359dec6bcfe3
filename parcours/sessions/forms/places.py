"""A place in a session, given by one's HR."""

from typing import Any

from django import forms

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from parcours.models import Inscription, InscriptionSession, Session


class InscrireSessionForm(FormulaireQuatuor, forms.Form):
    """Some of one's own cadres, by their HR: all those chosen, or nobody."""

    cadres: Any = forms.ModelMultipleChoiceField(
        label="Cadres de votre collectivité",
        queryset=Cadre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un cadre."},
    )
    malgre = forms.BooleanField(label="Inscrire malgré un chevauchement", required=False)

    def __init__(self, *args: Any, acteur: Acteur, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deja = session.inscriptions.exclude(etat=InscriptionSession.Etat.ANNULEE)
        self.fields["cadres"].queryset = (  # type: ignore[attr-defined]
            Cadre.objects.geres_par(acteur)
            .filter(inscriptions__etat=Inscription.Etat.EN_COURS)
            .exclude(pk__in=deja.values("cadre"))
            .order_by("nom", "prenom", "pk")
        )
        self.fields["cadres"].label_from_instance = (  # type: ignore[attr-defined]
            lambda cadre: cadre.nom_liste
        )
