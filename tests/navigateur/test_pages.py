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

#: Who visits which pages; the longest visits first: the other browsers are then not kept waiting at the
#: end. A visit leaves out what one above it has opened, `make test-lourd` none.
VISITES = (
    ("drh", "opportunites:"),
    ("cadre", ""),
    ("drh", "cadres:"),
    ("drh", "pilotage:"),
    ("drh", "parcours:"),
    ("dgs", ""),
    ("accompagnateur", ""),
    ("superutilisateur", ""),
    ("anonyme", ""),
    ("drh", "collectivites:"),
)
EN_ENTIER = (
    *(("dgs", ""), ("accompagnateur", ""), ("superutilisateur", "")),
    # As host, or as an employer next door.
    *(("autre_dgs", "opportunites:"), ("autre_drh", "opportunites:"), ("gestionnaire", "cadres:")),
)
#: Under one address, what each role sees is another page: each looks at it.
SELON_LE_ROLE = {
    "cadres:fiche",
    "opportunites:mobilite",
    "opportunites:proposition",
    "parcours:mon_agenda",
    "parcours:session",
    "pilotage:accueil",
    "pilotage:tableau_de_bord",
}
#: The pages that anybody opens are the same for all who are logged in: once without, once with.
PAGES_COMMUNES = {"anonyme", "cadre"}
#: A link whose key goes to the session at the first click: the page is the one that it leads to.
SUIVIES = {"collectivites:invitation"}
#: Two addresses may bear one title: the same page after a choice.
MEME_TITRE: frozenset[str] = frozenset()


def noms(persona, salle):
    """Names of the pages of a room that open to the persona."""
    attendu = lire()
    for nom, adresse in adresses().items():
        reponse = attendu.get((nom, "GET"), {}).get(persona)
        commune = not adresse.est_publique or persona in PAGES_COMMUNES
        if nom.startswith(salle) and commune and reponse == ("302" if nom in SUIVIES else "200"):
            yield nom


def pas_encore_vues(persona, salle):
    """Those that no visit above this one opens."""
    avant = VISITES[: VISITES.index((persona, salle))]
    vues = {nom for visite in avant for nom in noms(*visite)} - SELON_LE_ROLE
    # Opened by nobody, then by somebody: not the same bar above them.
    if persona == "anonyme":
        vues = set()
    return [nom for nom in noms(persona, salle) if nom not in vues]


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


@pytest.mark.parametrize(
    ("persona", "salle", "lesquelles"),
    [
        *(pytest.param(*visite, pas_encore_vues, id="-".join(visite)) for visite in VISITES),
        *(pytest.param(*visite, noms, marks=pytest.mark.lourd) for visite in EN_ENTIER),
    ],
)
def test_every_page_of(persona, salle, lesquelles, troupe, scene, ouvrir, client_de):
    qui = getattr(troupe, PERSONAS[persona]) if PERSONAS[persona] else None
    client, page = client_de(qui), ouvrir(qui)
    fautes, titres = [], defaultdict(list)
    for nom in lesquelles(persona, salle):
        adresse = adresses()[nom]
        chemin = adresse.chemin(**(PARAMETRES[nom](scene) if adresse.parametres else {}))
        if not est_une_page(client, nom, chemin):
            continue
        titre, vues = visiter(page, chemin)
        fautes += [f"{nom} ({chemin}): {faute}" for faute in vues]
        titres[titre].append(nom)
    fautes += [
        f"same title « {titre} »: {memes}"
        for titre, memes in titres.items()
        if len(set(memes) - MEME_TITRE) > 1
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
