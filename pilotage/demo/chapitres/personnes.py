"""Invented people: names, grades and functions drawn from lists, always in the same order."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from cadres.models import Cadre
from collectivites.communs.typographie import sans_accents

FEMMES = (
    "Laurence Nadège Anne Fatou Inès Samira Sophie Émilie Claire Mireille Aïcha Véronique Delphine "
    "Sandrine Hélène Maëlle Corinne Françoise Élodie Nathalie Agnès Céline Raphaëlle Solène "
    "Gaëlle Béatrice Ludivine Pascale Valérie Karine Noémie Isabelle Marianne Yasmine Odile Estelle "
    "Bérénice Clotilde Ségolène Aurore"
).split()
HOMMES = (
    "Karim Thomas Yann Mathieu Bertrand Julien Olivier Renaud Marc François Stéphane Jérôme Loïc "
    "Benoît Rémi Étienne Gilles Hervé Cédric Xavier Arnaud Frédéric Didier Noël Gaël Mickaël "
    "Sébastien Raphaël Antoine Fabrice Vincent Hugues Joël Aurélien Ahmed Damien Ludovic Régis "
    "Philibert Amaury"
).split()
NOMS = (
    "Aubrémont Benhadria Costerin Delorbier Diakhaté Fallouard Guérindot Kerboulic Lescarpe Marlaux "
    "Ouldacher Rochenart Solignac Thévarne Vauquelet Brémontel Chastaigner Dufrançais Esquirou "
    "Fontenelle Garrigoux Hautebois Issarthel Jolivain Kermadec Lardenois Montségur Nivardier "
    "Orcel Pastoureaux Quérignac Roncevaux Sarrazac Tournadre Urvoas Valcourbe Wadoux Ygrand "
    "Zaouchi Amblard Bourdeilles Cazeneuvoy Desmazières Épinoux Florimont Grandchamp Hirigaray "
    "Jaubertie Lacassagne Maupertuis Noblecourt Ollivaud Périgaud Rambervil Sauvegrain Trévidic "
    "Vernoillet Althabé Beaucourtois Coatarmanac Dargencourt Ferrandez Gouyonnec Hamadouche "
    "Lafontan Mauchamp Nguyen-Roux Pellissane Rouvraye Sénéchault Taillandeau Vasselard Barbézieux "
    "Chantegrel Dieudonnat Fougerolle Gravelotte Langlumé Morvannec Pontcallec Richebourgeon "
    "Saint-Aubry Terraillon Villepreux Bellegarrigue Cormontreuil Duvalmont Escandre Froidefont "
    "Guesnerot Lhéritier Malvoisine Puyfontaine Réauvilliers Sainte-Colombe Tavernaux Verneuillet "
    "Abancourt Brissonneau Champlivaut Dorveaux Estourmel Fléchambault Gondrexange Hallencourt"
).split()

#: cadre d'emplois, grade, catégorie, how often
GRADES = (
    ("Attaché territorial", "Attaché", "A", 4),
    ("Attaché territorial", "Attaché principal", "A", 5),
    ("Attaché territorial", "Attaché hors classe", "A", 2),
    ("Ingénieur territorial", "Ingénieur", "A", 3),
    ("Ingénieur territorial", "Ingénieur principal", "A", 3),
    ("Ingénieur en chef territorial", "Ingénieur en chef", "A+", 2),
    ("Administrateur territorial", "Administrateur", "A+", 1),
    ("Conseiller socio-éducatif", "Conseiller socio-éducatif", "A", 2),
)

#: domaine, functions that exist in every collectivité of the demonstration
FONCTIONS = (
    (
        "Finances",
        "Directeur adjoint des finances|Responsable du budget|Chef de service Prospective",
    ),
    ("RH", "Chef de service Emploi et compétences|Directeur adjoint des ressources humaines"),
    ("Juridique", "Chef de service Commande publique|Responsable des affaires juridiques"),
    ("Numérique", "Chef de service Usages numériques|Responsable des infrastructures"),
    ("Technique", "Chef de service Patrimoine bâti|Responsable des moyens généraux"),
    ("Aménagement", "Chef de projet Renouvellement urbain|Responsable de l’habitat"),
    ("Environnement", "Chef de service Espaces naturels|Responsable de la transition énergétique"),
    ("Social", "Responsable de territoire|Chef de service Insertion|Chef de service Autonomie"),
    ("Education", "Chef de service Vie scolaire|Responsable de la restauration"),
    ("Culture", "Responsable de la lecture publique|Chef de service Action culturelle"),
    ("Direction générale", "Chargé de mission auprès de la direction générale"),
)

#: Where engineers and social workers are found; elsewhere, the function is an attaché's.
_DOMAINES = {
    "Ingénieur": {"Numérique", "Technique", "Aménagement", "Environnement"},
    "Conseiller socio-éducatif": {"Social", "Education"},
}
_AILLEURS = {
    "Ingénieur": ("Attaché territorial", "Attaché"),
    "Ingénieur principal": ("Attaché territorial", "Attaché principal"),
    "Ingénieur en chef": ("Administrateur territorial", "Administrateur"),
    "Conseiller socio-éducatif": ("Attaché territorial", "Attaché principal"),
}

_FEMININ = (
    ("Directeur adjoint", "Directrice adjointe"),
    ("Directeur", "Directrice"),
    ("Chef de projet", "Cheffe de projet"),
    ("Chef de service", "Cheffe de service"),
    ("Chargé de", "Chargée de"),
    ("Conseiller", "Conseillère"),
    ("Attaché", "Attachée"),
    ("Ingénieur", "Ingénieure"),
    ("Administrateur", "Administratrice"),
)


@dataclass(frozen=True)
class Personne:
    """One invented cadre, before they are given a collectivité."""

    civilite: str
    prenom: str
    nom: str
    cadre_emplois: str
    grade: str
    categorie: str
    domaine: str
    fonction: str
    echelon: str
    nb_agents: int
    anciennete_jours: int
    profil: str

    def courriel(self, domaine: str) -> str:
        local = ".".join(sans_accents(p).replace(" ", "-") for p in (self.prenom, self.nom))
        return f"{local}@{domaine}"


def au_feminin(fonction: str) -> str:
    """The function as a woman bears it."""
    for masculin, feminin in _FEMININ:
        if fonction.startswith(masculin):
            return fonction.replace(masculin, feminin, 1)
    return fonction


def grade_plausible(cadre_emplois: str, grade: str, domaine: str) -> tuple[str, str]:
    """What one may be in that domaine: nobody runs public reading as an engineer."""
    for corps, domaines in _DOMAINES.items():
        if cadre_emplois.startswith(corps) and domaine not in domaines:
            return _AILLEURS[grade]
    return cadre_emplois, grade


def personnes(hasard: random.Random) -> Iterator[Personne]:
    """As many people as there are family names, each different, always the same for one seed."""
    poids = [g[3] for g in GRADES]
    noms = list(NOMS)
    hasard.shuffle(noms)
    for rang, nom in enumerate(noms):
        femme = hasard.random() < 0.52
        prenom = hasard.choice(FEMMES if femme else HOMMES)
        cadre_emplois, grade, categorie, _ = hasard.choices(GRADES, poids)[0]
        domaine, fonctions = hasard.choice(FONCTIONS)
        fonction = hasard.choice(fonctions.split("|"))
        cadre_emplois, grade = grade_plausible(cadre_emplois, grade, domaine)
        encadres = 0 if fonction.startswith(("Chargé", "Chef de projet")) else hasard.randint(4, 60)
        yield Personne(
            civilite=Cadre.Civilite.FEMME if femme else Cadre.Civilite.HOMME,
            prenom=prenom,
            nom=nom,
            cadre_emplois=cadre_emplois,
            grade=grade,
            categorie=categorie,
            domaine=domaine,
            fonction=au_feminin(fonction) if femme else fonction,
            echelon=str(hasard.randint(2, 9)),
            nb_agents=encadres,
            anciennete_jours=int(365.25 * hasard.triangular(3, 18, 9)),
            profil=Cadre.Profil.HAUT_POTENTIEL if rang % 3 == 0 else Cadre.Profil.EXPERIMENTE,
        )
