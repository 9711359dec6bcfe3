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

LOURD = pytest.mark.lourd
#: Who visits which pages; the longest visits first: the other browsers are then not kept waiting at the
#: end. Elsewhere the templates are those that another one has shown: `make test-lourd` opens them too.
VISITES = (
    ("drh", "opportunites:"),
    ("drh", "cadres:"),
    ("cadre", ""),
    ("drh", "pilotage:"),
    ("drh", "parcours:"),
    ("dgs", "pilotage:"),
    ("drh", "collectivites:"),
    ("accompagnateur", ""),
    ("superutilisateur", ""),
    ("anonyme", ""),
    pytest.param("dgs", "", marks=LOURD),
    # As host, or as an employer next door.
    pytest.param("autre_dgs", "opportunites:", marks=LOURD),
    pytest.param("autre_drh", "opportunites:", marks=LOURD),
    pytest.param("gestionnaire", "cadres:", marks=LOURD),
)
#: The pages that anybody opens are the same for all who are logged in: once without, once with.
PAGES_COMMUNES = {"anonyme", "cadre"}
#: A link whose key goes to the session at the first click: the page is the one that it leads to.
SUIVIES = {"collectivites:invitation"}
#: Two addresses may bear one title: the same page after a choice.
MEME_TITRE: frozenset[str] = frozenset()


def chemins(persona, salle, scene):
    """(name, path) of the pages of a room that open to the persona."""
    attendu = lire()
    for nom, adresse in adresses().items():
        reponses = attendu.get((nom, "GET"), {})
        ouverte = reponses.get(persona) == ("302" if nom in SUIVIES else "200")
        if not ouverte or not nom.startswith(salle):
            continue
        if adresse.est_publique and persona not in PAGES_COMMUNES:
            continue
        valeurs = PARAMETRES[nom](scene) if adresse.parametres else {}
        yield nom, adresse.chemin(**valeurs)


#: address → is it a page to look at? Whoever opens it receives the same kind of thing.
PAGES: dict[str, bool] = {}


def est_une_page(client, nom, chemin):
    """A file, and a page to keep: their own tests open them."""
    if nom not in PAGES:
        # Nobody reads it: not to be drawn.
        with pytest.MonkeyPatch.context() as sans_dessin:
            sans_dessin.setattr("collectivites.communs.pdf.produire", lambda html: b"%PDF-")
            reponse = client.head(chemin)
            reponse.close()
        PAGES[nom] = reponse.headers.get("Content-Type", "").startswith("text/html") and (
            "attachment" not in reponse.headers.get("Content-Disposition", "")
        )
    return PAGES[nom]


@pytest.mark.parametrize(("persona", "salle"), VISITES)
def test_every_page_of(persona, salle, troupe, scene, ouvrir, client_de):
    qui = getattr(troupe, PERSONAS[persona]) if PERSONAS[persona] else None
    client, page = client_de(qui), ouvrir(qui)
    fautes, titres = [], defaultdict(list)
    for nom, chemin in chemins(persona, salle, scene):
        if not est_une_page(client, nom, chemin):
            continue
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


def test_no_room_is_left_unvisited():
    visitees = {visite[1] for visite in VISITES if visite[0] == "drh"}
    ouvertes = {
        f"{nom.partition(':')[0]}:"
        for (nom, methode), reponses in lire().items()
        if methode == "GET" and reponses["drh"] == "200" and ":" in nom
    }

    assert ouvertes == visitees


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
