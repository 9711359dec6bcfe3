"""The filters and the orders of the list of moves."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from collectivites.communs.filtres import Filtre, choix, rang_de
from opportunites.dossier.droit.textes import voies_admises
from opportunites.models import Mobilite
from opportunites.propositions.filtres import COTES


class MobiliteFiltre(Filtre):
    etat = choix("État", Mobilite.Etat.choices, "Tous les états")
    cote = choix("Sens", COTES, "Dans les deux sens", method="du_cote")
    voie = choix("Voie statutaire", voies_admises)
    champ_collectivite = "collectivite_accueil"
    champs_recherche = ("poste_accueil__recherche", "cadre__recherche")
    nom = "mobilité,mobilités"
    invite = "Personne, poste d’accueil…"
    TRIS = {
        "personne": "cadre__recherche",
        "de": "collectivite_origine__nom_court",
        "vers": "collectivite_accueil__nom_court",
        "poste": "poste_accueil__recherche",
        "voie": "voie",
        "effet": "date_effet",
        "etat": rang_de("etat", Mobilite.Etat.values),
    }

    class Meta:
        model = Mobilite
        fields: list[str] = []

    def du_cote(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        return lignes.filter(**{f"collectivite_{valeur}": self.acteur.collectivite})

    def par_defaut(self, lignes: QuerySet[Any]) -> QuerySet[Any]:
        """Those to certify, those that are prepared by their date, then what is over."""
        ouverte = Mobilite.Etat.OUVERTE
        echues = Q(etat=ouverte, date_effet__lte=timezone.localdate())
        return lignes.order_by(
            rang_de("etat", (ouverte,), echues=echues),
            Case(When(etat=ouverte, then=F("date_effet"))).asc(nulls_last=True),
            "-ouverte_le",
            "-pk",
        )
