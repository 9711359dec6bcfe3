"""A constraint is laid on a base that lives: the rows that break it are counted and told first."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.management.base import CommandError
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import BaseConstraint, CheckConstraint, Count, UniqueConstraint

#: Keys shown; the count is whole.
MONTREES = 20


class PoserDesContraintes(Operation):
    """Several constraints at once, once the rows that stop them are told, where a database would only say
    that some do.

    SQLite makes a table again for each change of it: here once, whatever the number. The first `migrate`
    of an installation, and every test of the migrations, would take twice the time otherwise.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, contraintes: list[tuple[str, BaseConstraint]]) -> None:
        self.contraintes = contraintes

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, [self.contraintes], {}

    def describe(self) -> str:
        return f"Pose {len(self.contraintes)} contrainte(s)"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        for nom, contrainte in self.contraintes:
            state.add_constraint(app_label, nom.lower(), contrainte)

    def _par_modele(self, app_label: str, schema_editor: Any, state: ProjectState) -> Any:
        """(model, its constraints), for those of this base."""
        alias = schema_editor.connection.alias
        for nom, groupe in groupby(sorted(self.contraintes, key=_modele), key=_modele):
            modele = state.apps.get_model(app_label, nom)
            if self.allow_migrate_model(alias, modele):
                yield modele, [contrainte for _, contrainte in groupe]

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for modele, contraintes in self._par_modele(app_label, schema_editor, to_state):
            for contrainte in contraintes:
                controler(modele, contrainte, schema_editor.connection.alias)
            if schema_editor.connection.vendor == "sqlite":
                schema_editor._remake_table(modele)
            else:
                for contrainte in contraintes:
                    schema_editor.add_constraint(modele, contrainte)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for modele, contraintes in self._par_modele(app_label, schema_editor, to_state):
            if schema_editor.connection.vendor == "sqlite":
                schema_editor._remake_table(modele)
            else:
                for contrainte in contraintes:
                    schema_editor.remove_constraint(modele, contrainte)


def _modele(posee: tuple[str, BaseConstraint]) -> str:
    return posee[0].lower()


def controler(modele: Any, contrainte: BaseConstraint, base: str) -> None:
    """Raises CommandError, with their keys, for the rows that break it."""
    lignes = modele._base_manager.using(base).order_by()
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
