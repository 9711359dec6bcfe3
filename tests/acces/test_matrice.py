"""Every address × every persona × GET and POST: the answer is the one of `matrice.csv`.

Each request is undone before the next one. What is refused writes nothing; a GET writes nothing
either, but the session and the trace of the files that were read, which is never missing: see
`lectures`. No answer shows a secret of the
scene to somebody who must not know it.
"""

import os
import re
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.shortcuts import resolve_url
from django.urls import get_resolver

from tests.acces.adresses import adresses
from tests.acces.lectures import lectures_tues
from tests.acces.matrice import METHODES, PERSONAS, contenu, ecrire, lire
from tests.acces.parametres import PARAMETRES

# As in production: under the role of the site, which the policies bind.
pytestmark = [pytest.mark.matrice, pytest.mark.usefixtures("requetes_du_site")]

ADRESSES = adresses()
ATTENDU = lire()
EN_ECRITURE = os.environ.get("QUATUOR_MATRICE") == "ecrire"

REFUS = {"403", "404", "405", "login"}
#: What reading may write, from the middleware: the session, and who read which file.
ECRIT_EN_LISANT = {"django_session", "cadres_consultation"}


@contextmanager
def ecritures():
    """The tables written to by the block."""
    tables = set()

    def regarder(execute, sql, params, many, context):
        if trouve := re.match(
            r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', sql, re.IGNORECASE
        ):
            tables.add(trouve.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(regarder):
        yield tables


def repondre(client, methode, chemin, regarder=lambda texte: None):
    """The answer to one request, as the matrix writes it, the tables that it wrote to, its text;
    `regarder` sees a page that opens, before what it wrote is undone."""
    with transaction.atomic():
        with ecritures() as tables:
            reponse = client.get(chemin) if methode == "GET" else client.post(chemin)
            texte = contenu(reponse)
        if methode == "GET" and reponse.status_code == 200:
            regarder(texte)
        transaction.set_rollback(True)
    va_au_login = reponse.status_code == 302 and reponse["Location"].startswith(
        f"{resolve_url(settings.LOGIN_URL)}?next="
    )
    statut = "login" if va_au_login else str(reponse.status_code)
    return statut, tables, texte


@pytest.fixture(autouse=True)
def _pdf_lisible(monkeypatch):
    """A PDF as the HTML that it is made of: quicker, and its secrets can be read."""
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())


# --- The table and the resolver say the same --------------------------------------------------


def test_every_address_has_a_name():
    assert not [a.route for a in ADRESSES.values() if a.nom.endswith("?")]


def test_the_table_has_a_line_for_each_address_and_method_and_no_other():
    if EN_ECRITURE:
        pytest.skip("the table is being written")
    assert sorted(ATTENDU) == sorted((nom, m) for nom in ADRESSES for m in METHODES)


def test_each_line_has_an_answer_for_each_persona():
    assert {tuple(reponses) for reponses in ATTENDU.values()} <= {tuple(PERSONAS)}


def test_each_parameter_is_sampled():
    avec = {nom for nom, adresse in ADRESSES.items() if adresse.parametres}

    assert avec - PARAMETRES.keys() == set(), "add them to PARAMETRES, in parametres.py"


def test_nobody_meets_a_crash():
    assert not [cle for cle, r in ATTENDU.items() if any(x.startswith("5") for x in r.values())]


def test_an_address_that_is_not_public_sends_nobody_to_the_login_page():
    for (nom, methode), reponses in ATTENDU.items():
        if nom in ADRESSES and not ADRESSES[nom].est_publique:
            assert reponses["anonyme"] == "login", (nom, methode)


# --- The walk ---------------------------------------------------------------------------------


#: (page, what it says) → who else reads it there, because the person said yes to it there.
DIT_PAR_ELLE = {("parcours:reseau", "Pasquier"): {"autre_cadre"}}


@pytest.mark.parametrize("nom", sorted(ADRESSES))
def test_address(nom, scene, clients):
    adresse = ADRESSES[nom]
    chemin = adresse.chemin(**PARAMETRES[nom](scene) if adresse.parametres else {})
    obtenu = {methode: {} for methode in METHODES}
    for persona, client in clients.items():
        for methode in METHODES:
            cookies = client.cookies.copy()
            tues = []
            reponse, tables, texte = repondre(
                *(client, methode, chemin),
                lambda texte, qui=persona, tues=tues: tues.extend(
                    lectures_tues(nom, qui, texte, scene)
                ),
            )
            client.cookies = cookies
            obtenu[methode][persona] = reponse
            qui = f"{methode} {nom} by {persona}: {reponse}"
            assert not reponse.startswith("5"), qui
            assert not tues, f"{qui}, which notes no reading of: {', '.join(tues)}"
            if methode == "GET":
                assert tables <= ECRIT_EN_LISANT, f"{qui}, which wrote to {tables}"
            for secret, admis in scene.secrets.items():
                assert (
                    persona in admis | DIT_PAR_ELLE.get((nom, secret), set()) or secret not in texte
                ), f"{qui}, which shows « {secret} »"
            if reponse in REFUS:
                assert tables <= {"django_session"}, f"{qui}, which wrote to {tables}"
    if EN_ECRITURE:
        matrice = {cle: r for cle, r in lire().items() if cle[0] in ADRESSES}
        ecrire(matrice | {(nom, methode): obtenu[methode] for methode in METHODES})
        return
    for methode in METHODES:
        assert obtenu[methode] == ATTENDU.get((nom, methode)), f"{methode} {nom}"


#: Mail programs post there, without a session (RFC 8058): the signed address is the proof. Browsers
#: report there by themselves.
SANS_JETON = {"collectivites:arreter_courriels", "collectivites:rapport_de_securite"}


@pytest.mark.parametrize("nom", sorted(ADRESSES.keys() - SANS_JETON))
def test_a_post_without_its_token_is_rejected(nom, scene, client_de):
    """By whoever may do most there, and by nobody."""
    adresse = ADRESSES[nom]
    chemin = adresse.chemin(**PARAMETRES[nom](scene) if adresse.parametres else {})
    attendu = ATTENDU.get((nom, "POST"), {})
    admis = next((p for p, r in attendu.items() if r not in REFUS), "dgs")
    for persona in {"anonyme", admis}:
        qui = PERSONAS[persona]
        client = client_de(getattr(scene.troupe, qui) if qui else None, enforce_csrf_checks=True)
        reponse, tables, _ = repondre(client, "POST", chemin)
        assert reponse in {"403", "405"}, f"{persona}: {reponse}"
        assert not tables


# --- The admin: out of the matrix by rule, closed to all but the operators ---------------------


def pages_de_l_administration():
    from django.contrib import admin

    pages = ["/admin/"]
    for modele in admin.site._registry:
        base = f"/admin/{modele._meta.app_label}/{modele._meta.model_name}/"
        pages += [base, f"{base}add/"]
    return pages


def test_the_admin_has_its_own_prefix():
    espaces = {
        motif.namespace for motif in get_resolver().url_patterns if hasattr(motif, "namespace")
    }

    assert "admin" in espaces


@pytest.mark.parametrize("persona", sorted(PERSONAS))
def test_the_admin_is_the_operators_alone(persona, clients):
    reponse, *_ = repondre(clients[persona], "GET", "/admin/")

    assert (reponse == "200") is (persona == "superutilisateur")
    assert reponse in {"200", "302", "403", "404", "login"}


def test_no_page_of_the_admin_crashes(scene, clients):
    for page in pages_de_l_administration():
        assert repondre(clients["superutilisateur"], "GET", page)[0] in {"200", "403"}, page


# --- The secrets of the scene -----------------------------------------------------------------


@pytest.mark.parametrize("persona", ["drh", "autre_drh", "cadre"])
def test_a_secret_is_read_by_somebody(persona, scene, clients):
    """Or else its absence elsewhere would prove nothing."""
    lus = ""
    for nom, adresse in ADRESSES.items():
        if adresse.est_a_nous and ATTENDU.get((nom, "GET"), {}).get(persona) == "200":
            chemin = adresse.chemin(**PARAMETRES[nom](scene) if adresse.parametres else {})
            lus += repondre(clients[persona], "GET", chemin)[2]
    attendus = {secret for secret, admis in scene.secrets.items() if persona in admis}

    assert {secret for secret in scene.secrets if secret in lus} == attendus
