"""The papers: the sheet to sign, the certificate, the agreement, and their PDFs."""

import io
import re

import pytest
from django.urls import reverse

from parcours.models import InscriptionSession
from parcours.sessions import documents
from tests.fabriques import (
    faire_immersion,
    faire_inscription,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
    il_y_a,
)

pytestmark = pytest.mark.django_db
E = InscriptionSession.Etat


@pytest.fixture
def promotion(troupe):
    promotion = faire_promotion(troupe.demarche)
    faire_inscription(troupe.fiche_du_cadre, promotion)
    faire_inscription(troupe.fiche_de_l_autre_cadre, promotion)
    return promotion


@pytest.fixture
def session(troupe, promotion):
    return faire_session(faire_prestation(troupe.departement, intitule="Module"))


def lien(nom, objet):
    return reverse(f"parcours:{nom}", args=[objet.pk])


def nu(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")


def test_the_sheet_to_sign_names_each_person_once(troupe, session):
    places = [faire_place(session, troupe.fiche_du_cadre)]

    feuille = nu(documents.render_feuille(session, places))

    assert feuille.count(troupe.fiche_du_cadre.nom_liste) == 1
    assert "Signature" in feuille
    assert "Module" in feuille


def test_the_certificate_says_who_what_and_when(troupe, session):
    place = faire_place(session, troupe.fiche_du_cadre, "present")

    attestation = nu(documents.render_attestation(place))

    assert "atteste que Madame Claire Pasquier" in attestation
    assert "Module" in attestation


def test_the_agreement_names_the_three_and_its_source(troupe):
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region, "accordee")

    convention = nu(documents.render_convention(immersion))

    for attendu in (
        "décret n° 2022-1043",
        "Département du Loiret",
        "Région Centre-Val de Loire",
        "Claire Pasquier",
        "3 jours ouvrés",
        "n’engage ni l’agent",
    ):
        assert attendu in convention


@pytest.mark.lent
def test_the_three_pdfs_are_tagged_french_and_readable(troupe, client_de, promotion):
    from pypdf import PdfReader

    session = faire_session(
        faire_prestation(troupe.departement, intitule="Module lent"), debut=il_y_a(1)
    )
    place = faire_place(session, troupe.fiche_du_cadre, "present")
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region, "accordee")
    client = client_de(troupe.drh_departement)
    for adresse, attendu in (
        (lien("feuille_pdf", session), "Feuille de présence"),
        (lien("attestation", place), "Attestation de présence"),
        (lien("convention_immersion", immersion), "Convention d’immersion"),
    ):
        reponse = client.get(adresse)
        assert reponse["Content-Type"] == "application/pdf"
        document = PdfReader(io.BytesIO(reponse.content))
        racine = document.trailer["/Root"]
        assert racine["/Lang"] == "fr"
        assert racine["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in racine
        assert b"pdfuaid" in racine["/Metadata"].get_data()
        contenu = document.pages[0].extract_text().replace("\u00a0", " ")
        assert attendu in contenu
        assert "Pasquier" in contenu
