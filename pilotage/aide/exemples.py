"""Made-up people and figures for the sheet of components."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from collectivites.communs.formulaires import FormulaireQuatuor
from pilotage.demo.organisation import employeurs


class FormulaireExemple(FormulaireQuatuor, forms.Form):
    """Each kind of field, two of them wrong."""

    voie = forms.ChoiceField(
        label="Voie statutaire",
        choices=[("detachement", "Détachement de longue durée"), ("mutation", "Mutation")],
    )
    effet = forms.DateField(
        label="Date d’effet",
        error_messages={
            "invalid": "Cette date n’existe pas. Choisissez par exemple le 1er mars 2027."
        },
    )
    motif = forms.CharField(
        label="Motif de la réserve",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Lu par la DGS qui arbitre, et par elle seule.",
        error_messages={"required": "Dites en une phrase ce que le service perdrait."},
    )
    telephone = forms.CharField(label="Téléphone", required=False)
    piece = forms.FileField(label="Arrêté signé", required=False)
    avis = forms.ChoiceField(
        label="Votre avis",
        widget=forms.RadioSelect,
        choices=[("favorable", "Favorable"), ("reserve", "Avec réserve")],
    )
    prevenir = forms.BooleanField(label="Prévenir le cadre par courriel", required=False)


REMUNERATION = {
    "legende": "Euros bruts par mois",
    "lignes": [
        {"libelle": "Traitement indiciaire", "actuel": 3224.42, "propose": 3224.42, "ecart": 0},
        {"libelle": "NBI", "actuel": 123.07, "propose": 0, "ecart": -123.07},
        {"libelle": "IFSE", "actuel": 1000, "propose": 1280, "ecart": 280},
    ],
    "totaux": [
        {"libelle": "Brut", "actuel": 4347.49, "propose": 4504.42, "ecart": 156.93},
        {"libelle": "Net estimé", "actuel": 3532.57, "propose": 3661.58, "ecart": 129.01},
    ],
}
RAISONS = [
    {"forme": "fait", "mot": "Réuni", "texte": "Vous l’avez classé premier de vos souhaits."},
    {"forme": "losange", "mot": "Manque", "texte": "Formation de 3 jours à l’arrivée."},
    {"forme": "vide", "mot": "Inconnu", "texte": "Astreintes : à préciser par l’employeur."},
]
FRISE = [
    {"titre": "Entretien individuel", "texte": "14 janvier", "etat": "fait"},
    {"titre": "École du management", "texte": "4 séances sur 6", "etat": "ici"},
    {"titre": "Remise du bilan", "texte": "12 mars", "etat": "tard"},
    {"titre": "Immersion en Région", "texte": "du 5 au 7 avril", "etat": "a-venir"},
]
BILAN = [
    {"valeur": 12, "libelle": "nouveaux cadres", "url": "#bilan"},
    {"valeur": 23, "libelle": "fiches mises à jour", "url": "#bilan"},
    {"valeur": 1109, "libelle": "lignes inchangées"},
    {
        "valeur": 4,
        "libelle": "lignes à corriger",
        "url": "#bilan",
        "courant": True,
        "alerte": True,
    },
]
FILTRES = [
    {"libelle": "Échéance", "valeur": "avant le 30 septembre", "url": "#tables"},
    {"libelle": "Ancienneté", "valeur": "3 ans et plus", "url": "#tables"},
]


def contexte_exemples() -> dict[str, Any]:
    """Nothing is read from the database."""
    aujourdhui = timezone.localdate()
    midi = timezone.make_aware(datetime.combine(aujourdhui, time(9, 30)))
    quatre = employeurs()
    return {
        "collectivites": quatre,
        "region": quatre[3],
        "proche": aujourdhui + timedelta(4),
        "loin": aujourdhui + timedelta(22),
        "passe": aujourdhui - timedelta(10),
        "debut": midi + timedelta(8),
        "fin": midi + timedelta(8, hours=3),
        "formulaire": FormulaireExemple({"voie": "detachement", "effet": "31/02/2027"}),
        "vide": forms.Form(),
        "page": Paginator(range(142), 25).page(2),
        "lignes": [(c, n) for c, n in zip(quatre, (16, 15, 17, 15), strict=True)],
        "remuneration": REMUNERATION,
        "raisons": RAISONS,
        "frise": FRISE,
        "bilan": BILAN,
        "filtres": FILTRES,
        "souhaits": [
            {"pk": 1, "titre": "Direction adjointe Enfance-famille", "collectivite": quatre[2]},
            {"pk": 2, "titre": "Direction des lycées", "collectivite": quatre[3]},
            {"pk": 3, "titre": "Direction de l’urbanisme", "collectivite": quatre[1]},
        ],
        "journal": [
            {
                "quand": midi,
                "qui": "Olivier Prastel",
                "au_nom_de": "au nom de la DGS, Département du Loiret",
                "quoi": "Proposition envoyée à Nadège Costerin",
                "pourquoi": "deuxième souhait",
            },
            {"quand": midi, "qui": "Nadège Costerin", "quoi": "Souhaits classés"},
        ],
        "liens": _liens(aujourdhui),
        "etapes": ["Fichier", "Colonnes", "Diagnostic", "Import"],
        "perdu": ["3 souhaits classés.", "La proposition en cours : le poste redevient libre."],
        "garde": ["Votre identité et votre poste, tenus par votre employeur."],
        "fil": [("Accueil", "/")],
    }


def _liens(aujourdhui: date) -> list[dict[str, Any]]:
    return [
        {"libelle": "Ce que l’on sait de vous", "url": "#liens", "complement": "6 rubriques"},
        {
            "libelle": "Classer vos souhaits",
            "detail": "3 postes classés",
            "url": "#liens",
            "delai": aujourdhui + timedelta(18),
        },
    ]
