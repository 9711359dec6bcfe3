"""What a reader keeps of the list for themselves: views and columns. None of it is journaled."""

from __future__ import annotations

from cadres.models import ColonnesRegistre, VueRegistre
from cadres.registre import predicats
from cadres.registre.colonnes import COLONNES
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Mandat
from collectivites.refus import ActionImpossible, exiger

#: Beyond, a list of views helps nobody.
VUES_MAX = 20


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
