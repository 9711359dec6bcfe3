"""Writing the criteria of a collectivité: journaled, unlike a reader's own views."""

from __future__ import annotations

from django.utils import timezone

from cadres.models import Critere
from cadres.mots import Actes
from cadres.registre.criteres import predicats
from cadres.registre.criteres.conditions import condition
from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Collectivite
from collectivites.refus import exiger


def ecrire_criteres(*, acteur: Acteur, criteres: dict[str, list[str]]) -> bool:
    """Replace the criteria of the collectivité (genre → values). False when nothing changed."""
    exiger(predicats.refus_ecrire_criteres(acteur))
    # Two colleagues writing at once: the second waits, then sees what the first wrote replaced.
    collectivite = Collectivite.objects.select_for_update().get(pk=acteur.collectivite.pk)
    avant = {c.genre: c.valeurs for c in Critere.objects.filter(collectivite=collectivite)}
    if avant == criteres:
        return False
    Critere.objects.filter(collectivite=collectivite).exclude(genre__in=criteres).delete()
    for genre, valeurs in criteres.items():
        if avant.get(genre) != valeurs:
            Critere.objects.update_or_create(
                collectivite=collectivite,
                genre=genre,
                defaults={
                    "valeurs": valeurs,
                    "auteur": acteur.utilisateur,
                    "ecrit_le": timezone.now(),
                },
            )
    libelles = [condition(acteur, genre, valeurs).libelle for genre, valeurs in criteres.items()]
    journaliser(
        acteur=acteur,
        acte=Actes.CRITERES_ECRITS,
        libelle="Critères : " + " ; ".join(libelles) if libelles else "Critères effacés",
        objet=collectivite,
        collectivite=collectivite,
        details={"avant": avant, "apres": criteres},
    )
    return True
