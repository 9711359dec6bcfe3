"""The filters and the orders of the lists; they live in the address of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from opportunites.models import Mobilite, Opportunite, Proposition, Voeu
from opportunites.postes.emplois import admettant, emplois_proposes

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

from collectivites.communs.filtres import Filtre, choix, mot, rang_de

OUI_NON = (("oui", "Oui"), ("non", "Non"))


class OpportuniteFiltre(Filtre):
    """The postes, as an employer reads them: how many ranked one is its own host's alone."""

    etat = choix("État", Opportunite.Etat.choices, "Tous les états")
    domaine = mot("Domaine de métier", "poste__domaine")
    emplois = choix("Cadre d’emplois admis", emplois_proposes, method="admettre")
    vacance = choix("Situation du poste", Opportunite.Vacance.choices)
    fonctionnel = choix("Emploi fonctionnel", OUI_NON, method="cocher_fonctionnel")
    contractuel = choix("Ouvert aux contractuels", OUI_NON, method="cocher_contractuel")
    lieu = mot("Lieu de travail", "poste__lieu")
    champ_collectivite = "poste__collectivite"
    champs_recherche = ("poste__recherche",)
    champ_direction = "poste__direction"
    nom = "poste,postes"
    invite = "Intitulé, domaine, direction…"
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
    TRIS = {cle: OpportuniteFiltre.TRIS[cle] for cle in ("poste", "collectivite", "prise")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.filters["etat"]  # they are all published

    def selon_mes_voeux(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        if valeur == "nouveaux":
            depuis = self.acteur.utilisateur.visite_precedente
            return lignes if depuis is None else lignes.filter(publiee_le__gt=depuis)
        classes = Exists(Voeu.objects.visibles_par(self.acteur).filter(opportunite=OuterRef("pk")))
        return lignes.filter(classes if valeur == "classes" else ~classes)


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


class MobiliteFiltre(Filtre):
    etat = choix("État", Mobilite.Etat.choices, "Tous les états")
    cote = choix("Sens", COTES, "Dans les deux sens", method="du_cote")
    voie = choix("Voie statutaire", Mobilite.Voie.choices)
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
