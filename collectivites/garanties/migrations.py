"""A constraint is laid on a base that lives: the rows that break it are counted and told first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint
from django.db.models import CheckConstraint, Count, UniqueConstraint

#: Keys shown; the count is whole.
MONTREES = 20


class PoserUneContrainte(AddConstraint):
    """`AddConstraint`, which says which rows stop it, where a database would only say that some do."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        modele = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, modele):
            self.controler(modele, schema_editor.connection.alias)
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def controler(self, modele: Any, base: str) -> None:
        lignes = modele._base_manager.using(base).order_by()
        contrainte = self.constraint
        if isinstance(contrainte, CheckConstraint):
            fautives = lignes.exclude(contrainte.condition)
        elif isinstance(contrainte, UniqueConstraint) and contrainte.fields:
            if contrainte.condition is not None:
                lignes = lignes.filter(contrainte.condition)
            doubles = lignes.values(*contrainte.fields).annotate(n=Count("pk")).filter(n__gt=1)
            fautives = lignes.none()
            for double in doubles:
                double.pop("n")
                if None not in double.values():
                    fautives = fautives | lignes.filter(**double)
        else:
            return
        cles = list(fautives.order_by("pk").values_list("pk", flat=True))
        if cles:
            raise CommandError(
                f"« {contrainte.name} » ne peut pas être posée : {len(cles)} ligne(s) de "
                f"{modele._meta.db_table} ne la respectent pas (id : "
                f"{', '.join(map(str, cles[:MONTREES]))}{'…' if len(cles) > MONTREES else ''}). "
                f"Règle : {contrainte.violation_error_message} Corrigez ces lignes, puis relancez "
                "« migrate » : rien n’a été changé par cette étape."
            )
