"""Typed for cadres, said for agents: the articles follow, the other meanings stay."""

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template import engines

from collectivites.communs import lexique
from collectivites.communs.typographie import compter
from collectivites.mots import Public
from mobility.gabarits import au_mot_du_public


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Le cadre répond", "L’agent répond"),
        ("la réponse du cadre", "la réponse de l’agent"),
        ("au cadre, ce cadre", "à l’agent, cet agent"),
        ("Ce cadre est retenu", "Cet agent est retenu"),
        ("beaucoup de cadres", "beaucoup d’agents"),
        ("des cadres, les cadres", "des agents, les agents"),
        ("un nouveau cadre", "un nouvel agent"),
        ("de nouveaux cadres", "de nouveaux agents"),
        ("Cadres retenus", "Agents retenus"),
        ("un cadre de la Ville", "un agent de la Ville"),
        ("CADRE", "Agent"),
        (
            "son cadre d’emplois, leurs cadres d'emplois",
            "son cadre d’emplois, leurs cadres d'emplois",
        ),
        ("le cadre de vie, le cadre légal", "le cadre de vie, le cadre légal"),
        ("dans le cadre de la démarche", "dans le cadre de la démarche"),
        ("en position hors cadres", "en position hors cadres"),
        ("il encadre, l’encadrement, un encadrant", "il encadre, l’encadrement, un encadrant"),
    ],
)
def test_the_word_and_what_stands_before_it(typed, said):
    assert lexique.dire(typed) == typed
    with lexique.pour(Public.AGENTS):
        assert lexique.dire(typed) == said


def test_counts_follow():
    with lexique.pour(Public.AGENTS):
        assert compter(3, "cadre retenu,cadres retenus") == "3\u00a0agents retenus"
        assert compter(1, "cadre") == "1\u00a0agent"


def rendre(source, **contexte):
    gabarit = engines["django"].engine.from_string(au_mot_du_public(source))
    from django.template import Context

    return gabarit.render(Context(contexte))


@pytest.mark.parametrize(
    ("source", "rendu"),
    [
        ("<p>Le cadre {{ x }}</p>", "<p>L’agent du cadre</p>"),
        ('<p class="cadre" id="cadres">Cadres</p>', '<p class="cadre" id="cadres">Agents</p>'),
        (
            '<a href="/cadres/" title="Vos cadres">x</a>',
            '<a href="/cadres/" title="Vos agents">x</a>',
        ),
        ('{% firstof "Aucun cadre" %}', "Aucun agent"),
        ('{% if x == "cadre" %}non{% endif %}du cadre', "de l’agent"),
        ("{# le cadre #}{{ x }}", "du cadre"),
        ("un cadre d’emplois, <b>ce cadre</b>", "un cadre d’emplois, <b>cet agent</b>"),
        (
            '<input aria-label="Cadre de {{ x }}" value="cadre">',
            '<input aria-label="Agent de du cadre" value="cadre">',
        ),
    ],
)
def test_what_a_template_types_follows_and_what_a_variable_holds_stays(source, rendu):
    with lexique.pour(Public.AGENTS):
        assert rendre(source, x="du cadre") == rendu


def test_nothing_changes_where_the_démarche_is_for_cadres():
    source = '<p title="Vos cadres">Le cadre {% firstof "Du cadre" %}</p>'
    assert rendre(source) == '<p title="Vos cadres">Le cadre Du cadre</p>'


def test_a_message_of_ours_follows_and_what_it_quotes_stays_escaped():
    with lexique.pour(Public.AGENTS):
        dit = rendre("{{ m|au_mot_du_public }}", m=Message(SUCCESS, "3 cadres <b>informés</b>."))
    assert dit == "3 agents &lt;b&gt;informés&lt;/b&gt;."


def test_the_number_of_employers_is_said_in_letters_and_only_when_it_is_known():
    source = "les {% nombre_employeurs %} collectivités, {% nombre_employeurs majuscule=True %}"
    assert rendre(source) == "les  collectivités, "
    for combien, dit in ((2, "deux"), (3, "trois"), (5, "cinq")):
        with lexique.pour(Public.CADRES, lambda n=combien: n):
            assert rendre(source) == f"les {dit} collectivités, {dit.capitalize()}"
