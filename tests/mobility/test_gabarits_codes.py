"""`make check` sees a code typed in a template, and an `est_…` that nobody defines."""

import pytest

from scripts.gabarits_codes import defauts, definis


@pytest.mark.sans_base
@pytest.mark.parametrize(
    "gabarit",
    [
        '{% if proposition.etat == "envoyee" %}',
        '{% if "envoyee" == proposition.etat %}',
        '{% elif not x and y.etat != "faite" %}',
        '{{ mot }}{% if cadre.civilite == "F" %}e{% endif %}',
        "{% if proposition.est_envoyeee %}",
    ],
)
def test_a_code_or_a_slip_is_told(gabarit):
    assert defauts(gabarit, definis())


@pytest.mark.sans_base
@pytest.mark.parametrize(
    "gabarit",
    ['{% if proposition.est_envoyee %}<p class="est_fort">', '{{ cadre|accorde:"inscrit" }}'],
)
def test_what_the_house_writes_passes(gabarit):
    assert not defauts(gabarit, definis())
