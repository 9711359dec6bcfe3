"""The matricule and the e-mail that a new employer gives: asked of its HR direction, never guessed."""

from __future__ import annotations

from cadres.candidature import connexion
from cadres.fiche.actions import modifier
from cadres.fiche.anciens import est_ancien_courriel
from cadres.fiche.verrous import verrouiller
from cadres.models import AncienIdentifiant, Cadre
from cadres.mots import NatureIdentifiant as Nature
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible

TOUJOURS_ANCIEN = (
    "C’est l’adresse que donnait l’ancien employeur. Donnez la nouvelle, ou dites que la personne "
    "garde celle-ci."
)


def saisir_les_identifiants(
    *, acteur: Acteur, cadre: Cadre, matricule: str, courriel: str, garde_l_adresse: bool = False
) -> list[str]:
    """The new employer says what names the person there. Returns the fields that changed.

    `garde_l_adresse`: the address of the former employer is still the person's (a shared mail
    system): it stops being a former one.
    """
    donnees = {c: v for c, v in (("matricule", matricule), ("courriel", courriel)) if v}
    if not donnees:
        raise ActionImpossible("Donnez le nouveau matricule, le nouveau courriel, ou les deux.")
    if courriel and est_ancien_courriel(cadre, courriel) and not garde_l_adresse:
        raise ActionImpossible(TOUJOURS_ANCIEN)
    changes = modifier(acteur=acteur, cadre=cadre, donnees=donnees)
    for nature, valeur in ((Nature.MATRICULE, matricule), (Nature.COURRIEL, courriel)):
        if valeur:  # in use again, it is a former one no more
            AncienIdentifiant.objects.filter(
                cadre=cadre, nature=nature, valeur__iexact=valeur
            ).delete()
    if courriel:
        connexion.demander(verrouiller(cadre.pk), de=acteur)
    return changes
