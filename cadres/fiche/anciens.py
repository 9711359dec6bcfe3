"""What a former employer named a person by: kept as such, never written back, no mail sent to it."""

from __future__ import annotations

from datetime import date

from cadres.models import AncienIdentifiant, Cadre
from cadres.mots import NatureIdentifiant as Nature


def ceder_les_identifiants(cadre: Cadre, quittee: int, date_effet: date) -> None:
    """What the employer that is left gave becomes former. The file is locked; the caller saves it."""
    for nature, valeur in ((Nature.MATRICULE, cadre.matricule), (Nature.COURRIEL, cadre.courriel)):
        if valeur:
            AncienIdentifiant.objects.update_or_create(
                cadre=cadre,
                nature=nature,
                valeur=valeur,
                defaults={"collectivite_id": quittee, "jusqu_au": date_effet},
            )
    cadre.matricule = cadre.courriel = ""


def est_ancien_courriel(cadre: Cadre, courriel: str) -> bool:
    """An address that a former employer gave. One query."""
    return AncienIdentifiant.objects.filter(
        cadre=cadre, nature=Nature.COURRIEL, valeur__iexact=courriel
    ).exists()


def identifiants_manquants(cadre: Cadre) -> bool:
    """The person came from elsewhere, and the file still lacks what their employer gives them. One
    query at most: a file that lacks nothing asks none."""
    manquants = [
        nature
        for nature, valeur in (
            (Nature.MATRICULE, cadre.matricule),
            (Nature.COURRIEL, cadre.courriel),
        )
        if not valeur
    ]
    return (
        bool(manquants)
        and AncienIdentifiant.objects.filter(cadre=cadre, nature__in=manquants).exists()
    )
