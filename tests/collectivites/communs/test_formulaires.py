"""Forms as they are written in pages: labels, tied errors, classes, without a word in the forms."""

import re

import pytest
from django import forms
from django.template import Context, Engine
from django.template.loader import get_template
from django.test import RequestFactory

from collectivites.communs.formulaires import FormulaireQuatuor


class Essai(FormulaireQuatuor, forms.Form):
    nom = forms.CharField(label="Nom", help_text="Tel qu’il figure à l’arrêté.")
    effet = forms.DateField(label="Date d’effet")
    telephone = forms.CharField(label="Téléphone", required=False)
    avis = forms.ChoiceField(label="Avis", widget=forms.RadioSelect, choices=[("o", "Oui")])
    prevenir = forms.BooleanField(label="Prévenir", required=False)
    jeton = forms.CharField(widget=forms.HiddenInput, required=False)


def balise(html: str, nom: str) -> str:
    """The tag of the control called `nom`."""
    return re.search(rf"<(?:input|select|textarea)[^>]*name=\"{nom}\"[^>]*>", html).group()


def formulaire(donnees=None):
    return get_template("composants/formulaires/formulaire.html").render(
        {"form": Essai(donnees)}, RequestFactory().get("/")
    )


def test_chaque_champ_a_son_libelle_et_sa_classe():
    html = formulaire()
    for nom, classe in [
        ("nom", "form-control"),
        ("effet", "form-control"),
        ("prevenir", "form-check-input"),
    ]:
        assert f'class="{classe}"' in balise(html, nom)
        assert f'for="id_{nom}"' in html
    assert 'type="date"' in balise(html, "effet")
    assert "class" not in balise(html, "jeton")
    assert html.count(">(facultatif)<") == 1
    assert re.search(r"<legend>\s*Avis\s*</legend>", html)


def test_les_erreurs_sont_liees_aux_champs_et_resumees():
    html = formulaire({"effet": "31/02/2027"})
    nom = balise(html, "nom")
    assert 'aria-invalid="true"' in nom
    assert 'aria-describedby="id_nom_helptext id_nom_error"' in nom
    assert 'id="id_nom_helptext"' in html
    assert 'id="id_nom_error"' in html
    assert "3 champs sont à reprendre." in html
    for ancre in ("id_nom", "id_effet", "id_avis_0"):
        assert f'href="#{ancre}"' in html
        assert f'id="{ancre}"' in html
    # A value that the browser's own field would refuse is dropped.
    assert "value" not in balise(html, "effet")


def test_une_date_valide_est_gardee():
    assert 'value="2027-03-01"' in balise(formulaire({"effet": "2027-03-01"}), "effet")


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_les_pages_d_erreur_s_ecrivent_sans_contexte(code):
    html = get_template(f"{code}.html").render()
    assert html.count("<h1") == 1
    assert "Quatuor</title>" in html
    assert "\u202f" not in html


class Long(FormulaireQuatuor, forms.Form):
    nom = forms.CharField(label="Nom")
    lieu = forms.CharField(label="Lieu", required=False)
    suite = forms.CharField(label="Suite", required=False)


class Court(FormulaireQuatuor, forms.Form):
    nom = forms.CharField(label="Nom")
    prenom = forms.CharField(label="Prénom")
    lieu = forms.CharField(label="Lieu", required=False)


class Seul(FormulaireQuatuor, forms.Form):
    note = forms.CharField(label="Note")


@pytest.mark.parametrize(
    ("form", "phrase", "obligatoires", "facultatifs"),
    [
        (Long, "Seul ce qui est marqué « (obligatoire) » l’est.", 1, 0),
        (Court, "Tout est obligatoire, sauf ce qui est marqué « (facultatif) ».", 0, 1),
        (Seul, "Ce champ est obligatoire.", 0, 0),
    ],
)
def test_what_must_be_filled_is_said_with_the_fewest_marks(form, phrase, obligatoires, facultatifs):
    html = Engine.get_default().from_string("{% formulaire f %}").render(Context({"f": form()}))

    assert phrase in html
    assert html.count(">(obligatoire)<") == obligatoires
    assert html.count(">(facultatif)<") == facultatifs
