"""A field with choices holds one of them: a Check constraint for each, in each of our models.

Nobody writes them: a model that is declared receives its own, so that none is forgotten, and
`makemigrations` sees them. Connected before any model exists (`collectivites.apps`).
"""

from __future__ import annotations

from typing import Any

from django.db.models import CheckConstraint, Field, IntegerField, Q
from django.db.models.signals import class_prepared

APPLICATIONS = ("collectivites", "cadres", "parcours", "opportunites", "pilotage")
#: Closed by a reference file, to which a line is added without a migration (docs/recettes.md).
REFERENTIELS = {("mobilite", "voie")}


def contrainte_de(modele: Any, champ: Field[Any, Any]) -> CheckConstraint:
    valeurs = {valeur for valeur, _ in champ.flatchoices}
    if champ.blank and not champ.null:
        valeurs.add("")
    condition = Q((f"{champ.name}__in", sorted(valeurs, key=str)))
    if isinstance(champ, IntegerField) and valeurs == {*range(min(valeurs), max(valeurs) + 1)}:
        # A list of single digits in a CHECK stops Django from reading the columns of an SQLite table.
        condition = Q((f"{champ.name}__range", (min(valeurs), max(valeurs))))
    if champ.null:
        condition = Q((f"{champ.name}__isnull", True)) | condition
    return CheckConstraint(
        condition=condition,
        name=f"{modele._meta.model_name}_{champ.name}_choisi",
        violation_error_message=(
            f"La valeur de « {champ.verbose_name} » est inconnue ({modele._meta.verbose_name})."
        ),
    )


def fermer_les_choix(sender: Any, **_: Any) -> None:
    """Not for the models of a migration, which say their constraints themselves."""
    options = sender._meta
    if options.app_label not in APPLICATIONS or sender.__module__ == "__fake__":
        return
    for champ in options.concrete_fields:
        if (options.model_name, champ.name) in REFERENTIELS:
            continue
        if champ.choices and champ.model is sender:
            contrainte = contrainte_de(sender, champ)
            if contrainte.name not in {c.name for c in options.constraints}:
                options.constraints = [*options.constraints, contrainte]
    if options.constraints:
        # What `makemigrations` reads: only the options that a Meta has written.
        options.original_attrs["constraints"] = options.constraints


def brancher() -> None:
    class_prepared.connect(fermer_les_choix, dispatch_uid="quatuor.choix")
