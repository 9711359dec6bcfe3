"""The tags that draw components, written in a template without `{% load %}`."""

import re

from django.template import Context, Template
from django.urls import reverse


def rendre(gabarit, **contexte):
    return Template(gabarit).render(Context(contexte))


def etapes(html):
    return re.findall(r'<a href="([^"]+)">([^<]+)</a>', html)


def test_the_way_back_leads_to_each_route_with_its_arguments():
    html = rendre('{% fil "Registre" "cadres:registre" nom "cadres:fiche" 7 %}', nom="Anne <Dupré>")
    assert etapes(html) == [
        (reverse("cadres:registre"), "Registre"),
        (reverse("cadres:fiche", args=[7]), "Anne &lt;Dupré&gt;"),
    ]


def test_the_way_back_takes_an_address_as_well():
    html = rendre('{% fil "Sessions" ici "Aide" "pilotage:aide" %}', ici="/sessions/?voir=toutes")
    assert etapes(html) == [("/sessions/?voir=toutes", "Sessions"), ("/aide/", "Aide")]


def test_a_badge_brings_no_space_with_it():
    html = rendre('({% statut "fait" "Réuni" %}, {% collectivite rien %})', rien=None)
    assert re.sub(r"<[^>]+>", "", html) == "(Réuni, )"


def test_a_text_is_written_apart_then_given_to_a_tag():
    html = rendre(
        "{% texte as quoi %} Parcours de <b>{{ nom }}</b> {% endtexte %}"
        "{% entete quoi %}{% endentete %}",
        nom="L & M",
    )
    assert "<h1" in html
    assert ">Parcours de <b>L &amp; M</b></h1>" in html


def test_an_empty_state_without_an_address_has_no_button():
    assert "btn" not in rendre('{% vide "Rien" "Rien à faire." action="Ouvrir" %}')
