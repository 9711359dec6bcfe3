"""What a poste of the demo says of itself: whom to call, where, who leads, how much."""

from typing import Any

from collectivites.communs.typographie import sans_accents
from collectivites.models import Poste

#: Whom to call about a poste (invented), where it is, who leads it.
CONTACTS = {
    "ville": ("Solène Aubertin", "02 38 00 10 10", "Hôtel de ville, place de l’Étape"),
    "agglomeration": ("Matthieu Corvisart", "02 38 00 20 20", "Espace Saint-Marc"),
    "departement": ("Inès Delaporte", "02 38 00 30 30", "Hôtel du département, rue Eugène-Vignat"),
    "region": ("Bastien Ferrand", "02 38 00 40 40", "Hôtel de région, rue Saint-Pierre-Lentin"),
}
#: Gross euros a year, by groupe IFSE (invented, plausible).
FOURCHETTES = {"A1": (68_000, 82_000), "A2": (58_000, 70_000), "A3": (50_000, 60_000)}


def annonce(poste: Poste) -> dict[str, Any]:
    """What a cadre needs to choose: whom to call, who leads, how much."""
    nom, telephone, _ = CONTACTS[poste.collectivite.code]
    prenom, famille = sans_accents(nom).split()
    bas, haut = FOURCHETTES.get(poste.groupe_ifse, (46_000, 54_000))
    return {
        "numero": f"P-{poste.pk:04}",
        "responsable": "Directrice ou directeur général adjoint",
        "contact_nom": nom,
        "contact_telephone": telephone,
        "contact_courriel": f"{prenom}.{famille}@demo.example",
        "remuneration_min": bas,
        "remuneration_max": haut,
        "remuneration": "selon l’expérience",
    }
