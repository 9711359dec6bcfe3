"""Every page of every role: nothing in the console, nobody else called, no barrier, no overflow.

The pages are those that the matrix of `tests/acces` opens with a 200 to each persona.
"""

import re
from collections import defaultdict

import pytest
from playwright.sync_api import expect

from tests.acces.adresses import adresses
from tests.acces.matrice import PERSONAS, lire
from tests.acces.parametres import PARAMETRES
from tests.navigateur.visite import visiter

#: The longest visits first: the other browsers are then not kept waiting at the end.
VISITEURS = (
    "drh",
    "cadre",
    "dgs",
    "accompagnateur",
    "anonyme",
    "autre_dgs",
    "autre_drh",
    "gestionnaire",
    "superutilisateur",
)
#: What those see that the others have not shown already: as host, or as an employer next door.
SEULEMENT = {
    "autre_dgs": "opportunites:",
    "autre_drh": "opportunites:",
    "gestionnaire": "cadres:",
}
#: The pages that anybody opens are the same for all who are logged in: once without, once with.
PAGES_COMMUNES = {"anonyme", "cadre"}
#: Two addresses may bear one title: the same page after a choice.
MEME_TITRE: frozenset[str] = frozenset()


def chemins(persona, scene):
    """(name, path) of the pages that open to the persona."""
    attendu = lire()
    for nom, adresse in adresses().items():
        reponses = attendu.get((nom, "GET"), {})
        if reponses.get(persona) != "200" or not nom.startswith(SEULEMENT.get(persona, "")):
            continue
        if adresse.est_publique and persona not in PAGES_COMMUNES:
            continue
        valeurs = PARAMETRES[nom](scene) if adresse.parametres else {}
        yield nom, adresse.chemin(**valeurs)


@pytest.mark.parametrize("persona", VISITEURS)
def test_every_page_of(persona, troupe, scene, ouvrir, client_de):
    qui = getattr(troupe, PERSONAS[persona]) if PERSONAS[persona] else None
    client, page = client_de(qui), ouvrir(qui)
    fautes, titres = [], defaultdict(list)
    for nom, chemin in chemins(persona, scene):
        reponse = client.head(chemin)
        reponse.close()
        if not reponse.headers.get("Content-Type", "").startswith("text/html"):
            continue  # a file: its own tests open it
        if "attachment" in reponse.headers.get("Content-Disposition", ""):
            continue  # a page to keep: its own tests read it
        titre, vues = visiter(page, chemin)
        fautes += [f"{nom} ({chemin}): {faute}" for faute in vues]
        titres[titre].append(nom)
    fautes += [
        f"same title « {titre} »: {noms}"
        for titre, noms in titres.items()
        if len(set(noms) - MEME_TITRE) > 1
    ]
    assert not fautes, "\n" + "\n".join(fautes)
    assert titres, "no page was visited"


@pytest.mark.parametrize(
    ("qui", "chemin", "statut"),
    [
        (None, "/nulle-part/", 404),
        ("drh_departement", "/nulle-part/", 404),
        ("drh_departement", "/delegations/nouvelle/", 403),
        ("cadre", "/registre/", 403),
        ("ancien_drh", "/registre/", 403),
    ],
)
def test_a_page_that_says_no_is_as_good_as_another(troupe, ouvrir, qui, chemin, statut):
    page = ouvrir(getattr(troupe, qui) if qui else None)

    _, fautes = visiter(page, chemin, statut)

    assert not fautes, "\n".join(fautes)


def test_the_menu_says_how_many_things_wait(troupe, scene, ouvrir):
    page = ouvrir(troupe.drh_departement)
    page.goto("/")
    attentes = page.locator(".q-tache").count()

    assert attentes
    expect(page.locator(".q-nav .q-compte")).to_have_text(re.compile(rf"^{attentes}\D"))
    assert page.temoin.lever() == []
