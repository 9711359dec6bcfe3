"""The papers: the sheet to sign, the certificate, the agreement, and their PDFs."""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from parcours.models import InscriptionSession
from parcours.sessions import documents
from tests.fabriques import (
    faire_immersion,
    faire_inscription,
    faire_mandat,
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
    assert "une signature par demi-journée" in feuille
    assert f"référence S-{session.pk}" in feuille
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


@pytest.mark.parametrize(
    ("debut", "fin", "colonnes"),
    [
        (9, 17, ["Matin", "Après-midi"]),
        (9, 12, ["Matin"]),
        (14, 17, ["Après-midi"]),
        (12, 14, ["Signature"]),  # a lunch
    ],
)
def test_a_whole_day_is_signed_twice(session, debut, fin, colonnes):
    jour = timezone.localtime(session.debut)
    session.debut = jour.replace(hour=debut, minute=0, second=0, microsecond=0)
    session.fin = jour.replace(hour=fin, minute=0, second=0, microsecond=0)
    assert documents.colonnes_a_signer(session) == colonnes


def test_two_half_days_of_two_days_say_their_day(session):
    jour = timezone.localtime(session.debut).replace(hour=9, minute=0)
    plages = [(jour, jour.replace(hour=12)), (jour + timedelta(days=7), None)]
    plages[1] = (plages[1][0], plages[1][0].replace(hour=12))
    session.plages = [[d.isoformat(), f.isoformat()] for d, f in plages]
    colonnes = documents.colonnes_a_signer(session)
    assert len(colonnes) == len(set(colonnes)) == 2
    assert all(colonne.endswith(", matin") for colonne in colonnes)


def test_papers_bear_a_reference_and_who_signs(troupe, session):
    place = faire_place(session, troupe.fiche_du_cadre, "present")
    attestation = nu(documents.render_attestation(place))
    assert f"référence A-{place.pk}" in attestation
    assert troupe.drh_departement.utilisateur.nom_complet in attestation
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region, "accordee")
    convention = nu(documents.render_convention(immersion))
    assert f"référence I-{immersion.pk}" in convention
    assert troupe.drh_region.utilisateur.nom_complet in convention
    assert f"Madame {troupe.fiche_du_cadre.nom_complet}" in convention


def test_nobody_signs_in_the_place_of_two(troupe, session):
    """Two DRH in office, an absence and its interim: neither is chosen for them."""
    faire_mandat("drh", troupe.departement)
    assert documents.signataire_rh(troupe.departement) == ""
