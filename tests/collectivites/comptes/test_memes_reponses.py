"""Whether an account exists is told neither by what is answered, nor by the time that it takes."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collectivites.comptes import forms
from collectivites.models import Courriel

CONNEXION, OUBLI = "/comptes/connexion/", "/comptes/mot-de-passe/oublie/"
QUI = ("connu", "inconnu", "invite", "ferme", "double")


@pytest.fixture
def adresses(troupe):
    """An account, nobody, somebody who has not come yet, a closed account, one with a second factor."""
    from tests.outils.cle import donner_un_second_facteur

    comptes = dict(
        zip(
            ("connu", "invite", "ferme", "double"),
            (
                troupe.drh_ville.utilisateur,
                troupe.cadre_muet.utilisateur,
                troupe.dgs_region.utilisateur,
                troupe.dgs_departement.utilisateur,
            ),
            strict=True,
        )
    )
    for nom, compte in comptes.items():
        compte.set_password(None if nom == "invite" else "une phrase que je sais")
        compte.is_active = nom != "ferme"
        compte.save()
    donner_un_second_facteur(comptes["double"])
    return {"inconnu": "personne@ailleurs.example", **{n: c.email for n, c in comptes.items()}}


@pytest.fixture
def travail(monkeypatch):
    """`travail(geste)`: the page, and what it cost: passwords hashed, statements, calls of the cache."""
    haches, appels = [], []
    hacher = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *a, **k: haches.append(1) or hacher(*a, **k)
    )
    for nom in ("get", "set", "add", "delete"):
        vrai = getattr(cache, nom)
        monkeypatch.setattr(
            cache, nom, lambda *a, _vrai=vrai, _nom=nom, **k: appels.append(_nom) or _vrai(*a, **k)
        )

    def mesurer(geste):
        haches.clear()
        appels.clear()
        with CaptureQueriesContext(connection) as requetes:
            page = geste()
        return page, (len(haches), len(requetes), tuple(appels))

    return mesurer


def sans_l_adresse(page, adresse):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.text.replace(adresse, "…"))


def test_un_mot_de_passe_faux_coute_et_dit_la_meme_chose_a_tous(adresses, travail):
    def essayer(nom):
        return Client().post(CONNEXION, {"login": adresses[nom], "password": "faux"})

    essayer("inconnu")  # what a process reads once
    vus = {}
    for nom in QUI:
        page, cout = travail(lambda nom=nom: essayer(nom))
        vus[nom] = (page.status_code, cout, len(sans_l_adresse(page, adresses[nom])))
    assert len(set(vus.values())) == 1, vus
    assert vus["connu"][1][0] >= 1  # a password was hashed, for nobody too


def test_un_mot_de_passe_oublie_prend_et_dit_la_meme_chose_a_tous(adresses, monkeypatch, settings):
    """The clock of the form is ours: each case costs its own time, and the answer comes at the same one."""
    settings.DUREE_DE_L_OUBLI = 0.5
    attentes = {}
    for rang, nom in enumerate(QUI):
        cout = 0.05 * rang
        instants = iter([100.0, 100.0 + cout])
        monkeypatch.setattr(forms, "monotonic", lambda i=instants: next(i))
        monkeypatch.setattr(
            forms, "sleep", lambda s, n=nom, c=cout: attentes.update({n: round(s + c, 6)})
        )
        reponse = Client().post(OUBLI, {"email": adresses[nom]})
        assert (reponse.status_code, reponse.headers["Location"]) == (302, f"{OUBLI}envoye/")
    monkeypatch.undo()

    assert attentes == dict.fromkeys(QUI, 0.5)
    recus = set(Courriel.objects.values_list("destinataire", flat=True))
    assert recus == {adresses[n] for n in ("connu", "invite", "double")}
