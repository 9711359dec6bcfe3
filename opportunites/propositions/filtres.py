"""The filters and the orders of the list of propositions."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from collectivites.communs.filtres import Filtre, choix, rang_de
from opportunites.models import Proposition

#: From whose side: the reader's collectivité hosts, or is left.
COTES = (("accueil", "Vers nous"), ("origine", "De chez nous"))


class PropositionFiltre(Filtre):
    etat = choix("État", Proposition.Etat.choices, "Tous les états")
    cote = choix("Sens", COTES, "Dans les deux sens", method="du_cote")
    champ_collectivite = "opportunite__poste__collectivite"
    champs_recherche = ("opportunite__poste__recherche", "cadre__recherche")
    nom = "proposition,propositions"
    invite = "Poste, personne…"
    TRIS = {
        "poste": "opportunite__poste__recherche",
        "personne": "cadre__recherche",
        "de": "collectivite_origine__nom_court",
        "vers": "opportunite__poste__collectivite__nom_court",
        "etat": rang_de("etat", Proposition.Etat.values),
        "reponse": "repondre_avant",
    }

    class Meta:
        model = Proposition
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.acteur.cadre_id is not None:
            del self.filters["cote"]  # they are all theirs

    def du_cote(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        if valeur == "origine":
            return lignes.filter(collectivite_origine=self.acteur.collectivite)
        return lignes.filter(opportunite__poste__collectivite=self.acteur.collectivite)

    def par_defaut(self, lignes: QuerySet[Any]) -> QuerySet[Any]:
        """Late ones, what awaits somebody by its date, then what is over, the last first."""
        E = Proposition.Etat
        tardives = Q(etat=E.ENVOYEE, repondre_avant__lte=timezone.now())
        vivantes = (E.ENVOYEE, E.VALIDEE, E.BROUILLON, E.ACCEPTEE)
        return lignes.order_by(
            rang_de("etat", vivantes, tardives=tardives),
            Case(When(etat=E.ENVOYEE, then=F("repondre_avant"))),
            "-creee_le",
            "-pk",
        )
