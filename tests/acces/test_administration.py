"""What an operator sees: no name of a cadre, on any page, and every word with its accents."""

import re
from collections import Counter
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib import admin

from cadres.models import Cadre
from collectivites.models import Demarche, Mandat, Utilisateur
from collectivites.mots import Role

LIEN = re.compile(r'href="([^"#]+)')
#: Labels that Django makes of a field without a name of its own.
SANS_ACCENT = re.compile(
    r"\b(?:demarches?|collectivites?|delegant|delegataire|role|libelle|perimetre|delegations?|prenom)\b",
    re.IGNORECASE,
)


#: Pages of one shape: « the row 12 », « the row 13 »…
MEMES = 3


def parcourir(client, departs):
    """Address → its text, from link to link inside the admin and the operator's own pages; orders
    and filters of a list apart, three rows of each kind."""
    a_lire, lues, formes = [*departs], {}, Counter()
    while a_lire:
        adresse = a_lire.pop()
        chemin, forme = urlsplit(adresse).path, re.sub(r"\d+|[0-9a-f-]{36}", "N", adresse)
        if adresse in lues or formes[forme] >= MEMES:
            continue
        reponse = client.get(adresse)
        if reponse.status_code != 200 or "html" not in reponse["Content-Type"]:
            continue
        formes[forme] += 1
        texte = unescape(reponse.content.decode())
        lues[adresse] = texte
        for lien in LIEN.findall(texte):
            suivant = urlsplit(urljoin(chemin, lien)).path
            if suivant.startswith(("/admin/", "/demarches/")) and "logout" not in suivant:
                a_lire.append(suivant)
    return lues


@pytest.fixture(scope="module")
def pages(scene, clients, django_db_blocker):
    client = clients["superutilisateur"]
    departs = ["/admin/", "/demarches/", "/"]
    cadre = scene.troupe.fiche_du_cadre
    with django_db_blocker.unblock():
        for modele in admin.site._registry:
            base = f"/admin/{modele._meta.app_label}/{modele._meta.model_name}/"
            # As somebody would who looks for a person, or who knows the key of their account.
            departs += [base, f"{base}?q={cadre.nom}"]
            if modele is Utilisateur:
                departs.append(f"{base}{cadre.utilisateur_id}/change/")
        return parcourir(client, departs)


def test_no_cadre_has_a_name_in_the_admin_nor_in_the_pages_of_the_operator(pages, scene):
    assert len(pages) > 40, "the walk reads the pages of the rows too"
    directions = set(
        Mandat.objects.exclude(role=Role.CADRE).values_list("utilisateur__nom", flat=True)
    )
    cadres = Cadre.objects.exclude(nom__in=directions)
    tus = {c.nom for c in cadres} | {c.courriel for c in cadres if c.courriel}
    tus |= set(Utilisateur.objects.filter(fiches__in=cadres).values_list("email", flat=True))
    assert scene.troupe.fiche_du_cadre.nom in tus
    for adresse, texte in pages.items():
        # What was searched for stands in the field where it was typed.
        texte = re.sub(r'(?:value|href|action)="[^"]*"', "", texte)
        trouves = {nom for nom in tus if re.search(rf"\b{re.escape(nom)}\b", texte)}
        assert not trouves, f"{adresse}: {trouves}"


def test_the_labels_have_their_accents(pages):
    for adresse, texte in pages.items():
        visible = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", texte, flags=re.DOTALL)
        if adresse.startswith("/admin/"):
            assert not (faute := SANS_ACCENT.search(visible)), f"{adresse}: {faute[0]}"


def test_the_rules_of_a_démarche_mandats_and_addresses_are_not_written_there(scene, clients):
    client = clients["superutilisateur"]
    demarche = scene.troupe.demarche
    mandat = scene.troupe.dgs_region.mandat
    for base in ("demarche", "mandat", "collectivite"):
        assert client.get(f"/admin/collectivites/{base}/add/").status_code == 403
    assert (
        client.post(
            f"/admin/collectivites/demarche/{demarche.pk}/change/", {"seuil_secret": "9"}
        ).status_code
        == 403
    )
    assert (
        client.post(
            f"/admin/collectivites/demarche/{demarche.pk}/delete/", {"post": "yes"}
        ).status_code
        == 403
    )
    assert (
        client.post(f"/admin/collectivites/mandat/{mandat.pk}/change/", {"role": "drh"}).status_code
        == 403
    )
    compte = scene.troupe.dgs_region.utilisateur
    client.post(
        f"/admin/collectivites/utilisateur/{compte.pk}/change/",
        {"email": "pris@ailleurs.example", "is_active": "on", "is_superuser": "on"},
    )
    compte.refresh_from_db()
    assert not compte.is_superuser
    assert compte.email != "pris@ailleurs.example"
    assert Demarche.objects.get(pk=demarche.pk).seuil_secret == demarche.seuil_secret
    cadre = scene.troupe.cadre.utilisateur
    page = client.get(f"/admin/collectivites/utilisateur/{cadre.pk}/change/")
    assert page.status_code == 302, "as if it did not exist"
