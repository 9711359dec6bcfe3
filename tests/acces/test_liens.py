"""No page offers what it then refuses: each link and each form that a role meets, from the home page
on, leads somewhere that is theirs, and that exists."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import resolve

from tests.acces.gestes import Formulaire, Gestes

#: One role on each side. The others meet the same templates: `make test-lourd` walks as them too.
ROLES = (
    "dgs",
    "drh",
    "gestionnaire",
    "accompagnateur",
    "cabinet",
    "cadre",
    pytest.param("autre_dgs", marks=pytest.mark.lourd),
    "autre_drh",
    pytest.param("autre_cadre", marks=pytest.mark.lourd),
)
#: Pages of one kind that are opened: their links differ by state, hardly by number.
DE_CHAQUE = 2
AILLEURS = ("/static/", "/media/", "/comptes/")


class Annule(Exception):
    """What a form wrote is undone."""


@pytest.fixture(autouse=True)
def _pdf_sans_dessin(monkeypatch):
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())


def marcher(client, regarder=lambda adresse, reponse: None):
    """(what was refused, the forms met), from the home page, by every link; `regarder` sees each answer."""
    vues, comptes, refus = set(), defaultdict(int), []
    formulaires: dict[tuple[str, str], tuple[str, Formulaire]] = {}
    suite = [("/", "the start")]
    while suite:
        adresse, venue_de = suite.pop(0)
        chemin = urlsplit(adresse).path
        if chemin in vues or chemin.startswith(AILLEURS):
            continue
        vues.add(chemin)
        nom = resolve(chemin).view_name
        comptes[nom] += 1
        if comptes[nom] > DE_CHAQUE:
            continue
        reponse = client.get(adresse)
        regarder(adresse, reponse)
        if reponse.status_code in {301, 302}:
            suite.insert(0, (reponse["Location"], venue_de))
        elif reponse.status_code >= 400:
            refus.append(f"{reponse.status_code} {adresse}, a link of {venue_de}")
        elif "html" in reponse["Content-Type"]:
            page = Gestes(adresse, reponse.content.decode())
            suite += [(lien, adresse) for lien in page.liens]
            for formulaire in page.formulaires:
                cible = urlsplit(formulaire.adresse).path
                if formulaire.pousse or formulaire.methode == "get":
                    formulaires.setdefault((formulaire.methode, cible), (adresse, formulaire))
    return refus, [*formulaires.values()]


def envoyer(client, formulaire):
    """As it stands when nobody has typed anything: refused kindly, or undone."""
    if formulaire.methode == "get":
        return client.get(formulaire.adresse, formulaire.champs)
    try:
        with transaction.atomic():
            reponse = client.post(formulaire.adresse, formulaire.champs)
            raise Annule
    except Annule:
        return reponse


@pytest.mark.toutes_les_pages
@pytest.mark.parametrize("persona", ROLES)
def test_every_link_and_every_form_of_every_page_answers(persona, scene, clients):
    client = clients[persona]
    client.raise_request_exception = False
    refus, formulaires = marcher(client)
    for page, formulaire in formulaires:
        if urlsplit(formulaire.adresse).path.startswith(AILLEURS):
            continue
        statut = envoyer(client, formulaire).status_code
        if statut >= 400 and statut != 422:
            refus.append(f"{statut} {formulaire.adresse}, a form of {page}")
    assert not refus, "\n".join(refus)
    # The firm reads, and prepares documents.
    assert len(formulaires) > (4 if persona == "cabinet" else 10)


def test_the_walk_sees_a_link_and_a_form_that_are_refused(scene, clients):
    page = Gestes(
        "/ici/",
        '<a href="/registre/999/">Elle</a><a href="https://ailleurs.example/">Ailleurs</a>'
        '<form method="post" action="/la/"><input name="a" value="1"><select name="b"><option value="x">'
        '</select><textarea name="c">Mot</textarea><button formaction="/bas/" name="d" value="2">'
        "</button></form>",
    )
    assert page.liens == ["/registre/999/"]
    assert page.formulaires == [
        Formulaire("post", "/bas/", {"a": ["1"], "b": ["x"], "c": ["Mot"], "d": ["2"]})
    ]
    assert clients["cadre"].get(page.liens[0]).status_code == 403
    assert envoyer(clients["cadre"], Formulaire("post", "/registre/confier/")).status_code == 403
