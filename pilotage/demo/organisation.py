"""The four collectivités, their directions, the accounts and the mandats."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.hashers import make_password

from collectivites.communs import metiers
from collectivites.models import Collectivite, Delegation, Demarche, Direction, Mandat, Utilisateur
from collectivites.mots import Acte, Role
from pilotage.cadrage.regles.versions import poser_version
from pilotage.demo.calendrier import instant, jour

DONNEES = Path(__file__).parent / "donnees"
CODE = "centre-val-de-loire"
MOT_DE_PASSE = "quatuor-demo-2028"
DOMAINE = "demo.example"

#: code in demo_collectivites.csv → our code, short name, mail domain
CODES = {
    "ORL": ("ville", "Ville", "ville.example.fr"),
    "OM": ("agglomeration", "Agglomération", "metropole.example.fr"),
    "LOIRET": ("departement", "Département", "loiret.example.fr"),
    "CVL": ("region", "Région", "region.example.fr"),
}

#: account, first name, name, mandats (collectivité, role)
COMPTES: tuple[tuple[str, str, str, tuple[tuple[str, Role], ...]], ...] = (
    ("dgs.ville", "Marc", "Estoril", (("ville", Role.DGS), ("agglomeration", Role.DGS))),
    ("dgs.departement", "Hélène", "Vaubrun", (("departement", Role.DGS),)),
    ("dgs.region", "Aïcha", "Belmonde", (("region", Role.DGS),)),
    ("drh.ville", "Claire", "Vaubert", (("ville", Role.DRH),)),
    ("drh.agglomeration", "Renaud", "Lestac", (("agglomeration", Role.DRH),)),
    ("drh.departement", "Olivier", "Prastel", (("departement", Role.DRH),)),
    ("drh.region", "Diane", "Solenn", (("region", Role.DRH),)),
    ("accompagnateur", "Mireille", "Talandier", (("agglomeration", Role.ACCOMPAGNATEUR),)),
)
COMPTE_CADRE = f"cadre@{DOMAINE}"
#: Of the second démarche, that of all agents (`pilotage.demo.valbrune`).
COMPTES_VALBRUNE = (
    "dgs.valbrune",
    "dgs.agglo-valbrune",
    "drh.valbrune",
    "drh.agglo-valbrune",
    "agent.valbrune",
)
ADRESSES = (
    *(f"{nom}@{DOMAINE}" for nom, *_ in COMPTES[:7]),
    COMPTE_CADRE,
    f"accompagnateur@{DOMAINE}",
    *(f"{nom}@{DOMAINE}" for nom in COMPTES_VALBRUNE),
    f"admin@{DOMAINE}",
)


@dataclass
class Lieu:
    """What the rest of the demonstration needs to know of the organisation."""

    demarche: Demarche
    collectivites: dict[str, Collectivite] = field(default_factory=dict)
    directions: dict[str, list[Direction]] = field(default_factory=dict)
    mandats: dict[str, Mandat] = field(default_factory=dict)
    mot_de_passe: str = ""

    def mandat(self, code: str, role: Role) -> Mandat:
        return self.mandats[f"{role}.{code}"]


#: A domaine as people write it → words of the perimeters where it belongs, the best first.
_PERIMETRES = {
    "Finances": ("Finances",),
    "RH": ("RH",),
    "Juridique": ("Commande publique", "Juridique", "juridiques", "RH"),
    "Numérique": ("Systèmes d'information", "Numérique"),
    "Technique": ("Bâtiments", "Patrimoine bâti", "Voirie"),
    "Aménagement": ("Urbanisme", "Aménagement", "Habitat"),
    "Environnement": ("Énergie", "Biodiversité", "Espaces verts", "Aménagement"),
    "Social": ("Insertion", "Petite enfance", "Formation professionnelle", "Habitat"),
    "Education": ("Éducation", "Lycées", "Restauration", "Collèges", "Enseignement supérieur"),
    "Culture": ("Culture", "Lecture publique", "Patrimoine", "Tourisme"),
    "Direction générale": ("Direction générale",),
}


def direction_de(directions: list[Direction], domaine: str) -> Direction | None:
    """Where a poste of that domaine stands, when one of the perimeters says so."""
    code = metiers.reconnaitre(domaine)
    mots = next((m for d, m in _PERIMETRES.items() if metiers.reconnaitre(d) == code), ())
    for mot in mots:
        for direction in directions:
            if mot.replace("'", "’") in direction.perimetre.replace("'", "’"):
                return direction
    return None


def lire(nom: str) -> list[dict[str, str]]:
    """The rows of one of the demonstration's tables (invented, plausible)."""
    with (DONNEES / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


def employeurs() -> list[Collectivite]:
    """The four employers, not saved: those of the demonstration, and of the sheet of components."""
    quatre = []
    for ligne in lire("demo_collectivites.csv"):
        code, nom_court, domaine = CODES[ligne["code"]]
        quatre.append(
            Collectivite(
                code=code,
                nom=ligne["nom"].replace("'", "’"),
                nom_court=nom_court,
                groupe_employeur=ligne["groupe_employeur"],
                siren=ligne["siren"],
                population=int(ligne["population"]),
                domaine_courriel=domaine,
            )
        )
    return quatre


def installer() -> Lieu:
    """Create the démarche, its employers, the accounts and one delegation that ends soon."""
    debut = jour(mois=-26).replace(day=1)
    demarche = Demarche.objects.create(
        code=CODE,
        nom="Parcours mobilité Centre-Val de Loire",
        date_debut=debut,
        date_fin=debut.replace(year=debut.year + 3),
        objectif_mobilites=36,
        tolerance_solde=2,
        seuil_secret=5,
        est_demo=True,
    )
    poser_version(demarche, depuis=instant(debut))
    lieu = Lieu(demarche, mot_de_passe=make_password(MOT_DE_PASSE))
    for collectivite in employeurs():
        collectivite.demarche = demarche
        collectivite.save()
        lieu.collectivites[collectivite.code] = collectivite
    for ligne in lire("demo_directions.csv"):
        code = CODES[ligne["collectivite_de_rattachement"]][0]
        direction = Direction.objects.create(
            collectivite=lieu.collectivites[code],
            libelle=ligne["libelle"],
            perimetre=ligne["perimetre"],
        )
        lieu.directions.setdefault(code, []).append(direction)
    _comptes(lieu)
    return lieu


def dater_les_visites() -> None:
    """The accounts of the demo came ten days ago: « ce qui a changé » has something to tell."""
    venus = instant(jour(jours=-10))
    Utilisateur.objects.filter(email__in=ADRESSES).update(last_login=venus, visite_precedente=venus)


def _comptes(lieu: Lieu) -> None:
    debut = lieu.demarche.date_debut
    for nom_compte, prenom, nom, mandats in COMPTES:
        utilisateur = Utilisateur.objects.create(
            email=f"{nom_compte}@{DOMAINE}", prenom=prenom, nom=nom, password=lieu.mot_de_passe
        )
        for code, role in mandats:
            lieu.mandats[f"{role}.{code}"] = Mandat.objects.create(
                utilisateur=utilisateur,
                collectivite=lieu.collectivites[code],
                role=role,
                debut=debut,
            )
    Utilisateur.objects.create(
        email=f"admin@{DOMAINE}",
        prenom="Équipe",
        nom="technique",
        password=lieu.mot_de_passe,
        is_staff=True,
        is_superuser=True,
    )
    Delegation.objects.create(
        delegant=lieu.mandat("departement", Role.DGS),
        delegataire=lieu.mandat("departement", Role.DRH),
        actes=[Acte.VALIDER_PROPOSITION],
        debut=jour(mois=-6),
        fin=jour(jours=16),
        motif="Pendant la préparation du budget",
    )
