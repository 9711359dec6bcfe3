"""The bilan of a promotion: read inside, told outside, the same figures on page, paper and table."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pypdf import PdfReader

from cadres.models import Cadre
from collectivites.communs import pdf
from pilotage.indicateurs.protection.arretes import arreter, publier
from pilotage.models import DocumentElus
from pilotage.tableau_de_bord.publications.documents import rendre
from tests import fabriques
from tests.pilotage.tableau_de_bord.publications.test_documents import document
from tests.pilotage.tableau_de_bord.test_listes import liens_de, suivre


@pytest.fixture
def promotion(troupe):
    """Forty enter, ten of each employer; half of them move. At each employer, six stop at each step
    before: no small number stands around them."""
    longue = fabriques.faire_promotion(troupe.demarche, nom="Promotion pilote")
    lieux = [troupe.ville, troupe.agglomeration, troupe.departement, troupe.region]
    for rang, lieu in enumerate(lieux):
        suivant = lieux[(rang + 1) % 4]
        for etat in ("recense", "accord", "retenu"):
            for _ in range(6):
                fabriques.faire_cadre(lieu, etat, avec_compte=False)
        for n in range(10):
            sexe = {"civilite": Cadre.Civilite.FEMME if n % 2 else Cadre.Civilite.HOMME}
            cadre = fabriques.faire_cadre(lieu, "retenu", avec_compte=False, **sexe)
            fabriques.faire_inscription(cadre, longue, "achevee")
            if n < 5:
                p = fabriques.faire_proposition(
                    fabriques.faire_opportunite(suivant), cadre, "realisee"
                )
                fabriques.faire_mobilite(p, "effective", date_effet=fabriques.dans(-9))
    return longue


def adresse(promotion) -> str:
    return f"/pilotage/promotions/{promotion.pk}/bilan/"


def test_page_paper_and_table_say_the_same(troupe, promotion, client_de):
    client = client_de(troupe.dgs_departement)
    lu = document(troupe.dgs_departement, "bilan")
    lu.save()
    p = publier(lu.arrete)
    dits = {c: p.promotion(str(promotion.pk), c).valeur for c in ("en_parcours", "effectives")}
    assert dits == {"en_parcours": 40, "effectives": 20}

    pages = PdfReader(io.BytesIO(pdf.produire(rendre(lu)))).pages
    texte = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert len(pages) == 1
    assert "40 personnes entrées en parcours" in texte
    assert "20 mobilités effectives" in texte
    assert not any(nom in texte for nom in Cadre.objects.values_list("nom", flat=True))

    export = client.get("/pilotage/indicateurs.csv").content.decode("utf-8-sig")
    lignes = {tuple(x[:2]): x[3] for x in csv.reader(io.StringIO(export), delimiter=";")}
    assert lignes["Promotions", "Promotion pilote, entrés en parcours"] == "40"
    assert lignes["Promotions", "Promotion pilote, effective"] == "20"

    page = client.get(adresse(promotion)).text
    liens = dict(liens_de(page))
    ensemble = f"/pilotage/liste/en_parcours-ensemble/?promotion={promotion.pk}"
    assert liens[ensemble] == 40
    for lien, nombre in liens.items():
        suivre(client, lien, nombre)


def test_it_is_prepared_from_its_page_and_signed_like_the_others(
    troupe, promotion, client_de, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(pdf, "produire", lambda html: html.encode())
    client = client_de(troupe.dgs_departement)
    preparer = f"/pilotage/publications/preparer/bilan/?promotion={promotion.pk}"
    assert preparer in client.get(adresse(promotion)).text
    initial = client.get(preparer).context["formulaire"].initial
    with django_capture_on_commit_callbacks(execute=True):
        client.post(preparer, initial)
    prepare = DocumentElus.objects.get()
    assert prepare.promotion == promotion
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/pilotage/publications/{prepare.pk}/signer/")
    reponse = client.get(f"/pilotage/publications/{prepare.pk}/document.pdf")
    assert "Promotion pilote" in reponse.content.decode()
    assert "promotion-pilote" in reponse["Content-Disposition"]
    assert "Bilan\u00a0: Promotion pilote" in client.get("/pilotage/publications/").text


@pytest.mark.parametrize("choix", ["", "?promotion=", "?promotion=x", "?promotion=0"])
def test_a_bilan_of_no_promotion_is_not_found(troupe, client_de, choix):
    page = client_de(troupe.dgs_ville).get(f"/pilotage/publications/preparer/bilan/{choix}")
    assert page.status_code == 404


def test_another_demarche_has_none(troupe, promotion, client_de):
    client = client_de(troupe.etranger_dgs)
    assert client.get(adresse(promotion)).status_code == 404
    preparer = f"/pilotage/publications/preparer/bilan/?promotion={promotion.pk}"
    assert client.get(preparer).status_code == 404


def test_the_database_ties_a_bilan_to_a_promotion(troupe, promotion):
    arrete = arreter(acteur=troupe.dgs_ville, jour=timezone.localdate())
    for genre, de in (("bilan", None), ("note", promotion)):
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentElus.objects.create(
                arrete=arrete,
                collectivite=troupe.ville,
                genre=genre,
                promotion=de,
                cree_par=troupe.dgs_ville.mandat,
            )
