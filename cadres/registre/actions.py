"""What is written against the list: criteria (journaled), and a reader's own views (not)."""

from __future__ import annotations

from django.utils import timezone

from cadres.models import ColonnesRegistre, Critere, VueRegistre
from cadres.mots import Actes
from cadres.registre import predicats
from cadres.registre.colonnes import COLONNES
from cadres.registre.criteres import condition
from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Collectivite, Mandat
from collectivites.refus import ActionImpossible, exiger

#: Beyond, a list of views helps nobody.
VUES_MAX = 20


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
        libelle="Critères\u00a0: " + "\u00a0; ".join(libelles) if libelles else "Critères effacés",
        objet=collectivite,
        collectivite=collectivite,
        details={"avant": avant, "apres": criteres},
    )
    return True


def enregistrer_vue(*, acteur: Acteur, nom: str, parametres: str) -> VueRegistre:
    """Keep a view under a name; the same name replaces it."""
    exiger(predicats.refus_garder(acteur))
    # The row of the mandat: two tabs saving at once do not pass the limit together.
    Mandat.objects.select_for_update().get(pk=acteur.mandat.pk)
    vues = VueRegistre.objects.filter(mandat=acteur.mandat)
    if vues.exclude(nom=nom).count() >= VUES_MAX:
        raise ActionImpossible(
            f"Vous gardez déjà {VUES_MAX} vues. Supprimez-en une avant d’en garder une autre."
        )
    vue, _ = VueRegistre.objects.update_or_create(
        mandat=acteur.mandat, nom=nom, defaults={"parametres": parametres}
    )
    return vue


def choisir_colonnes(*, acteur: Acteur, cles: list[str]) -> None:
    """Remember the columns of the table under the mandat; unknown keys are left out."""
    exiger(predicats.refus_garder(acteur))
    connues = [colonne.cle for colonne in COLONNES if colonne.cle in cles]
    ColonnesRegistre.objects.update_or_create(mandat=acteur.mandat, defaults={"cles": connues})


def supprimer_vue(*, acteur: Acteur, vue: VueRegistre) -> None:
    """Forget one of one's own views."""
    VueRegistre.objects.visibles_par(acteur).filter(pk=vue.pk).delete()
