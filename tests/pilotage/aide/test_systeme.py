"""The sheet of components uses each of them: if one breaks, it breaks here first."""

import re

from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template
from django.test import RequestFactory

from collectivites.communs.habillage import habiller_html
from pilotage.aide.exemples import contexte_exemples


def page() -> str:
    request = RequestFactory().get("/systeme/")
    request.user, request.acteur = AnonymousUser(), None
    return habiller_html(
        get_template("systeme/composants.html").render(contexte_exemples(), request)
    )


def test_la_feuille_se_rend_sans_rien_d_interdit():
    html = page()
    assert html.count("<h1") == 1
    # Strict policy: nothing inline. And the fonts have no U+202F.
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|data:image|\u202f", html)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)


def test_les_identifiants_sont_uniques():
    ids = re.findall(r'\sid="([^"]+)"', page())
    assert len(ids) == len(set(ids))


def test_les_signes_doubles_sont_precedes_d_une_insecable():
    # Text only; « Claire : » in a tag's attribute is read aloud, never broken.
    texte = re.sub(r"<[^>]+>", "|", page())
    assert re.findall(r"\S* [:;!?»%€][^|]{0,20}", texte) == []
