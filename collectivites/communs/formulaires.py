"""How forms look: classes on the controls, French dates, and the renderer that carries them.

`FORM_RENDERER = "collectivites.communs.formulaires.Rendu"` gives every form of the site (allauth's too)
our field template and our classes, so a form is written as any Django form.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict

from collectivites.communs.lexique import dire


def donnees_postees(request: HttpRequest) -> QueryDict | None:
    """The data to bind a form with (an empty POST too, which must be told what is missing); None
    when the page is only read."""
    return request.POST if request.method == "POST" else None


_CASES = (widgets.CheckboxInput, widgets.RadioSelect, widgets.CheckboxSelectMultiple)


def classe_bootstrap(widget: widgets.Widget) -> str:
    """The Bootstrap class of a control; nothing for hidden ones."""
    if widget.is_hidden:
        return ""
    if isinstance(widget, _CASES):
        return "form-check-input"
    if isinstance(widget, widgets.Select):
        return "form-select"
    return "form-control"


def _mentionnes(form: Any) -> list[ChampLie]:
    return [champ for champ in form if isinstance(champ, ChampLie) and champ.se_mentionne]


def surtout_facultatif(form: Any) -> bool:
    """More optional fields than required ones: the few that are required are marked instead."""
    champs = _mentionnes(form)
    obligatoires = sum(champ.field.required for champ in champs)
    return len(champs) - obligatoires > obligatoires


def mention_obligatoire(form: Any) -> str:
    """What a form says above its fields of those that must be filled (RGAA 11.10)."""
    champs = _mentionnes(form)
    obligatoires = sum(champ.field.required for champ in champs)
    if not obligatoires:
        return "Rien n’est obligatoire." if len(champs) > 1 else ""
    if obligatoires == len(champs):
        return "Ce champ est obligatoire." if len(champs) == 1 else "Tout est obligatoire."
    if surtout_facultatif(form):
        return "Seul ce qui est marqué « (obligatoire) » l’est."
    return "Tout est obligatoire, sauf ce qui est marqué « (facultatif) »."


class ChampLie(BoundField):
    """A bound field whose control bears its class, and says when it is wrong."""

    def __init__(self, form: Any, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.label, self.help_text = dire(str(self.label)), dire(str(self.help_text or ""))

    @property
    def est_case(self) -> bool:
        """A single box: its label stands after it."""
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @property
    def est_groupe(self) -> bool:
        """Radio buttons or boxes: a fieldset."""
        return isinstance(self.field.widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple)

    @property
    def se_mentionne(self) -> bool:
        """A control whose label says whether it must be filled: not a box, nor what is hidden."""
        return not self.est_case and not self.is_hidden

    @property
    def montre_facultatif(self) -> bool:
        return self.se_mentionne and not self.field.required and not surtout_facultatif(self.form)

    @property
    def montre_obligatoire(self) -> bool:
        return self.se_mentionne and self.field.required and surtout_facultatif(self.form)

    @property
    def ancre(self) -> str:
        """Where the error summary sends: the control, or the first of its group."""
        return (f"{self.auto_id}_0" if self.est_groupe else self.id_for_label) or self.auto_id

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: widgets.Widget | None = None
    ) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        classes = [*str(widget.attrs.get("class", "")).split(), classe_bootstrap(widget)]
        if self.errors and not widget.is_hidden:
            classes.append("is-invalid")
        if toutes := " ".join(dict.fromkeys(c for c in classes if c)):
            attrs["class"] = toutes
        # allauth repeats its labels as placeholders.
        if type(self.form).__module__.startswith("allauth."):
            attrs["placeholder"] = False
        # A description on each box of a group would be read each time: the fieldset has it.
        if self.est_groupe:
            attrs.pop("aria-invalid", None)
        return attrs


class Rendu(TemplatesSetting):
    """Templates of `templates/django/forms/`, bound fields of ours."""

    bound_field_class = ChampLie


class SaisieDate(forms.DateInput):
    """The browser's own date field; its value travels as ISO 8601."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def format_value(self, value: Any) -> str | None:
        """A text that is no ISO date is dropped: the browser would refuse it aloud."""
        texte = super().format_value(value)
        try:
            date.fromisoformat(texte or "")
        except ValueError:
            return None
        return texte


class SaisieInstant(forms.DateTimeInput):
    """The browser's own date and time field."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class FormulaireQuatuor:
    """Mixin, before `forms.Form` or `forms.ModelForm`: native date fields.

    `titre_erreur`, where it is set, is the first line of the error summary
    (`composants/formulaires/formulaire.html`).
    """

    fields: dict[str, forms.Field]
    titre_erreur = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            if type(champ.widget) is forms.DateInput:
                champ.widget = SaisieDate(champ.widget.attrs)
            elif type(champ.widget) is forms.DateTimeInput:
                champ.widget = SaisieInstant(champ.widget.attrs)
