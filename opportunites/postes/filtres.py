"""The filters and the orders of the lists; they live in the address of the page."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, When

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.filtres import FORMULAIRE, Filtre, choix, mot, rang_de
from collectivites.communs.metiers.formulaire import FamilleFilter
from opportunites.models import Opportunite, Voeu
from opportunites.postes.emplois import admettant, emplois_proposes

OUI_NON = (("oui", "Oui"), ("non", "Non"))


class OpportuniteFiltre(Filtre):
    """The postes, as an employer reads them: how many ranked one is its own host's alone."""

    etat = choix("État", Opportunite.Etat.choices, "Tous les états")
    domaine = FamilleFilter(formulaire=FORMULAIRE, prefixe="poste__")
    emplois = choix("Cadre d’emplois admis", emplois_proposes, method="admettre")
    vacance = choix("Situation du poste", Opportunite.Vacance.choices)
    fonctionnel = choix("Emploi fonctionnel", OUI_NON, method="cocher_fonctionnel")
    contractuel = choix("Ouvert aux contractuels", OUI_NON, method="cocher_contractuel")
    lieu = mot("Lieu de travail", "poste__lieu")
    champ_collectivite = "poste__collectivite"
    champs_recherche = ("poste__recherche",)
    champ_direction = "poste__direction"
    nom = "poste,postes"
    invite = "Intitulé, famille de métiers, direction…"
    TRIS = {
        "poste": "poste__recherche",
        "collectivite": "poste__collectivite__nom_court",
        "etat": rang_de("etat", Opportunite.Etat.values),
        "prise": "date_prise_poste",
        "voeux": lambda acteur: _les_miens(acteur, "nb_voeux"),
        "propositions": lambda acteur: _les_miens(acteur, "nb_propositions"),
    }

    class Meta:
        model = Opportunite
        fields: list[str] = []

    def admettre(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        return admettant(lignes, "poste__cadres_emplois", valeur)

    def cocher_fonctionnel(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        return lignes.filter(poste__emploi_fonctionnel=valeur == "oui")

    def cocher_contractuel(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        return lignes.filter(poste__ouvert_contractuel=valeur == "oui")

    def par_defaut(self, lignes: QuerySet[Any]) -> QuerySet[Any]:
        """Those still prepared, then the last published: the order of an index."""
        return lignes.order_by(F("publiee_le").desc(nulls_first=True), "-pk")


def _les_miens(acteur: Acteur, compte: str) -> Case:
    """What another host does not tell must not show through the order either."""
    return Case(When(poste__collectivite=acteur.collectivite, then=F(compte)))


class PosteOuvertFiltre(OpportuniteFiltre):
    """The published postes, as a cadre reads them: what they ranked, what is new to them."""

    miens = choix(
        "Mes vœux",
        (
            ("classes", "Les postes que j’ai classés"),
            ("autres", "Ceux que je n’ai pas classés"),
            ("nouveaux", "Les nouveaux depuis ma dernière visite"),
        ),
        "Tous les postes",
        method="selon_mes_voeux",
    )
    TRIS = {
        **{cle: OpportuniteFiltre.TRIS[cle] for cle in ("poste", "collectivite", "prise")},
        "domaine": "poste__domaine",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.filters["etat"]  # they are all published

    def selon_mes_voeux(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        if valeur == "nouveaux":
            depuis = self.acteur.utilisateur.visite_precedente
            return lignes if depuis is None else lignes.filter(publiee_le__gt=depuis)
        classes = Exists(Voeu.objects.visibles_par(self.acteur).filter(opportunite=OuterRef("pk")))
        return lignes.filter(classes if valeur == "classes" else ~classes)
