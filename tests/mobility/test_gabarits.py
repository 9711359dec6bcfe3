"""What the template loader sends of the lines of a template."""

import pytest
from django.template import engines
from django.template.loader import get_template

PAGE = "<p>\n  Cadres 26 à 50 sur\n    {{ total }}\n</p>\n"
SANS_RETRAIT = "<p> Cadres 26 à 50 sur 142 </p> "


@pytest.fixture
def rendre(settings, tmp_path):
    """Renders a template of that name and source; a new engine reads the changed settings."""

    def _rendre(nom, source=PAGE, *, debug=False):
        (tmp_path / nom).write_text(source, encoding="utf-8")
        moteur = settings.TEMPLATES[0]
        options = {**moteur["OPTIONS"], "debug": debug}
        settings.TEMPLATES = [{**moteur, "DIRS": [tmp_path], "OPTIONS": options}]
        return get_template(nom).render({"total": 142})

    return _rendre


def test_a_sentence_cut_over_two_lines_is_sent_as_it_was_typed(rendre):
    assert rendre("page.html") == SANS_RETRAIT


def test_no_break_spaces_are_kept(rendre):
    assert rendre("page.html", "a\u00a0\n  \u00a0: b") == "a\u00a0 \u00a0: b"


def test_a_mail_keeps_its_lines(rendre):
    assert rendre("courriel.txt") == PAGE.replace("{{ total }}", "142")


def test_in_debug_lines_keep_their_numbers(rendre):
    assert rendre("page.html", debug=True) == PAGE.replace("{{ total }}", "142")


def test_the_pages_of_errors_are_found_where_django_looks_for_them():
    assert engines["django"].get_template("404.html").origin.name.endswith("erreurs/404.html")
