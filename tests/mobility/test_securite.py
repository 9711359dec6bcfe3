"""docs/securite.md says what is true: every requirement answered, every test that it names is there."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.urls import reverse

from scripts import securite
from tests.mobility.test_reglages import PRODUCTION, lire

RACINE = Path(settings.BASE_DIR)
#: OWASP ASVS 5.0.0, levels 1 and 2: how many requirements in each chapter.
PAR_CHAPITRE = dict(
    enumerate([27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7], start=1)
)
CHEMIN = re.compile(r"`([\w./-]+\.(?:py|js|css|html|json|txt|toml|yml|md)|\.dockerignore)`")
APPLICATIONS = ("collectivites", "cadres", "parcours", "opportunites", "pilotage", "mobility")


@cache
def fonctions(chemin):
    """The functions of a file of tests, as it is written."""
    arbre = ast.parse((RACINE / chemin).read_text(encoding="utf-8"))
    return {n.name for n in ast.walk(arbre) if isinstance(n, ast.FunctionDef)}


def absents(lignes):
    return [
        test
        for ligne in lignes
        for test in ligne.tests
        if not (RACINE / test.split("::")[0]).is_file()
        or test.split("::")[1] not in fonctions(test.split("::")[0])
    ]


@pytest.mark.sans_base
def test_les_253_exigences_ont_une_reponse():
    toutes = securite.exigences()

    assert len(toutes) == len({e.numero for e in toutes}) == sum(PAR_CHAPITRE.values()) == 253
    assert Counter(e.chapitre for e in toutes) == PAR_CHAPITRE
    assert Counter(e.niveau for e in toutes) == {"1": 70, "2": 183}
    assert securite.CHAPITRES.keys() == PAR_CHAPITRE.keys()
    assert toutes == sorted(toutes, key=lambda e: [int(n) for n in e.numero.split(".")])
    for e in toutes:
        assert e.reponse in securite.REPONSES, e.numero
        assert e.sujet, e.numero
        assert len(e.explication) >= 4, f"{e.numero}: how, why, or what is missing"
        assert not e.test or e.reponse == "fait", f"{e.numero}: a test shows what is done"


@pytest.mark.sans_base
def test_chaque_test_nomme_existe_et_chaque_fichier_aussi():
    assert not absents([*securite.exigences(), *securite.constats()])
    for e in securite.exigences():
        cites = CHEMIN.findall(e.explication)
        assert all((RACINE / chemin).exists() for chemin in cites), e.numero
        assert e.reponse != "fait" or e.test or cites, f"{e.numero}: done, and where?"


@pytest.mark.sans_base
def test_un_test_qui_n_existe_pas_se_voit():
    vrai = "tests/mobility/test_securite.py::test_un_test_qui_n_existe_pas_se_voit"
    ligne = securite.exigences()[0]._replace(
        test=f"{vrai} ; {vrai}_du_tout ; tests/nulle_part.py::x"
    )

    assert absents([ligne]) == [f"{vrai}_du_tout", "tests/nulle_part.py::x"]


@pytest.mark.sans_base
def test_chaque_constat_est_ferme_par_un_test_ou_dit_ce_qui_reste():
    tous = securite.constats()

    assert [c.constat for c in tous] == [
        *(f"H{n}" for n in range(1, 5)),
        *(f"M{n}" for n in range(5, 13)),
        *(f"L{n}" for n in range(1, 11)),
    ]
    for c in tous:
        assert c.etat in {"fermé", "en partie", "ouvert"}, c.constat
        assert c.explication, c.constat
        assert c.etat != "fermé" or c.test, c.constat


@pytest.mark.sans_base
def test_le_document_suit_ses_tableaux():
    assert securite.DOCUMENT.read_text(encoding="utf-8") == securite.document(), (
        "scripts/securite.py"
    )


# --- What some answers rest upon --------------------------------------------------------------------


@pytest.mark.sans_base
def test_ce_qui_est_dit_sans_objet_n_est_pas_installe():
    """GraphQL, WebSocket, LDAP, SAML, tokens of ours for others: the day one of them comes, its requirements
    are to be answered."""
    paquets = (RACINE / "requirements" / "base.txt").read_text(encoding="utf-8")
    poses = {ligne.split("==")[0] for ligne in paquets.splitlines() if "==" in ligne}

    assert not poses & {"channels", "daphne", "django-oauth-toolkit", "graphene-django"}
    assert not poses & {"django-auth-ldap", "ldap3", "strawberry-graphql", "pysaml2", "pymemcache"}
    assert "allauth.idp.oidc" not in settings.INSTALLED_APPS


@pytest.mark.sans_base
def test_nos_scripts_n_ecrivent_pas_de_html():
    interdit = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
        r"|postMessage|addEventListener\(\s*[\"']message"
    )
    scripts = list((RACINE / "static" / "js").glob("*.js"))

    assert scripts
    assert not [s.name for s in scripts if interdit.search(s.read_text(encoding="utf-8"))]


@pytest.mark.sans_base
def test_chaque_formulaire_nomme_ses_champs():
    tout = re.compile(r"fields\s*=\s*[\"']__all__[\"']|^\s+exclude\s*=\s*[\[(]", re.MULTILINE)
    sources = [f for a in APPLICATIONS for f in (RACINE / a).rglob("*.py")]

    assert not [str(f) for f in sources if tout.search(f.read_text(encoding="utf-8"))]


def test_ce_qui_est_tape_en_html_reste_du_texte(troupe, client_de):
    fiche = troupe.fiche_du_cadre
    fiche.nom = "<img src=x onerror=alert(1)>{{ 7|add:7 }}"
    fiche.save()
    client = client_de(troupe.drh_departement)

    for page in (
        client.get(reverse("cadres:registre"), {"q": "onerror"}),
        client.get(reverse("cadres:fiche", args=[fiche.pk])),
        client_de(troupe.cadre).get(reverse("cadres:mes_donnees")),
    ):
        assert "<img src=x" not in page.text
        assert "&lt;img src=x onerror" in page.text
        assert "{{ 7|add:7 }}" in page.text


def test_les_mots_de_passe_sont_haches_lentement(tmp_path):
    """ASVS 5.0, appendix C: 600,000 rounds of PBKDF2-HMAC-SHA-256 at least."""
    (premier, *_) = lire(tmp_path, "PASSWORD_HASHERS", **PRODUCTION)["PASSWORD_HASHERS"]

    assert premier == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    assert PBKDF2PasswordHasher.algorithm == "pbkdf2_sha256"
    assert PBKDF2PasswordHasher.iterations >= 600_000


@pytest.mark.sans_base
def test_l_image_ne_prend_ni_les_tests_ni_les_outils():
    """What .dockerignore leaves out, and the packages of production alone."""
    ignores = (RACINE / ".dockerignore").read_text(encoding="utf-8").split()
    image = (RACINE / "Dockerfile").read_text(encoding="utf-8")

    assert {".git", ".env", "tests", "node_modules"} <= set(ignores)
    # What the site reads of the documents as it runs.
    assert {"!docs/guide", "!docs/accessibilite"} <= set(ignores)
    assert "requirements/base.txt" in image
    assert "dev.txt" not in image
    assert "\nUSER quatuor\n" in image
