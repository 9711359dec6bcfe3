"""Printed papers: what they say, what they never say, and one real print of each."""

import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from collectivites.communs import pdf
from opportunites.dossier import documents
from opportunites.dossier.droit import checklist
from opportunites.propositions.documents import lettre_de_proposition
from tests.fabriques import dans, faire_mobilite, faire_opportunite, faire_proposition

pytestmark = pytest.mark.django_db

AUJOURDHUI = timezone.localdate


def texte(html):
    corps = html.split("<body>")[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", corps)).replace("\u00a0", " ")


@pytest.fixture
def proposition(scene):
    scene.opportunite.poste.missions = "Piloter les lycées."
    scene.opportunite.poste.save()
    return faire_proposition(scene.opportunite, scene.cadre)


@pytest.fixture
def mobilite(scene):
    mobilite = faire_mobilite(
        faire_proposition(scene.opportunite, scene.cadre, "acceptee"),
        voie="AFFECTATION_INTERNE",
        date_effet=dans(60),
        titularise_le=dans(-500),
        cet_jours="12.5",
    )
    checklist.mettre_a_jour(mobilite)
    return mobilite


def test_the_letter(scene, proposition):
    html = lettre_de_proposition(proposition, AUJOURDHUI())
    lettre = texte(html)

    assert f"le poste de « {scene.opportunite.poste.intitule} (F/H) »" in lettre
    assert "nous avons le plaisir de vous proposer ce poste" in lettre
    assert "Un refus n’a aucune conséquence pour vous" in lettre
    assert "faite sous réserve de publicité, ne vaut pas nomination" in lettre
    assert 'class="ini region"' in html


def test_a_letter_that_is_sent_is_no_working_paper(scene, proposition):
    proposition.envoyee_le = timezone.now()
    html = lettre_de_proposition(proposition, AUJOURDHUI())
    assert "Document de travail" not in html
    assert f"P-{proposition.pk}" in html


def test_a_demand_that_is_made_is_no_working_paper_and_has_a_reference(mobilite):
    for faite, dit in (
        (None, "Projet de demande"),
        (timezone.now(), "Demande de départ, référence"),
    ):
        mobilite.demande_faite_le = faite
        html = documents.demande_de_depart(mobilite, AUJOURDHUI())
        assert "Document de travail" not in html
        assert f"{dit}" in texte(html)
        assert f"M-{mobilite.pk}" in html


def test_the_letter_before_its_date_is_known(scene, proposition):
    proposition.repondre_avant = None

    assert "vous sera donnée" in lettre_de_proposition(proposition, AUJOURDHUI())


def test_the_sheet_has_its_caution_and_hides_what_it_must(mobilite):
    fiche = texte(
        documents.fiche_de_mouvement(mobilite, None, mobilite.collectivite_origine, AUJOURDHUI())
    )

    assert "À vérifier : cette voie est décrite de mémoire" in fiche
    assert "Solde : 12,5 jours" in fiche
    assert "Visas" in fiche
    assert "itularis" not in fiche


def test_the_list_says_who_and_when(mobilite):
    elements = list(mobilite.elements.all())
    liste = texte(
        documents.liste_a_faire(mobilite, elements, mobilite.collectivite_accueil, AUJOURDHUI())
    )

    assert "0 point fait sur" in liste
    assert "Signer la feuille de rémunération (DRH d’origine)" in liste
    assert liste.index("Département du Loiret") < liste.index("Préparer le badge")


@pytest.mark.parametrize("nom", ["fiche_mouvement", "liste_a_faire"])
@pytest.mark.parametrize(
    ("qui", "statut"),
    [("drh_region", 200), ("dgs_departement", 200), ("cadre", 200), ("drh_ville", 404),
     ("etranger_drh", 404), ("accompagnateur", 403)],
)  # fmt: skip
def test_who_prints(scene, mobilite, client_de, monkeypatch, nom, qui, statut):
    monkeypatch.setattr(pdf, "produire", lambda html: html.encode())

    reponse = client_de(getattr(scene.troupe, qui)).get(
        reverse(f"opportunites:{nom}", args=[mobilite.pk])
    )

    assert reponse.status_code == statut
    if statut == 200 and qui == "cadre" and nom == "liste_a_faire":
        assert "Prendre la décision d’affectation" not in reponse.content.decode()


@pytest.mark.parametrize(
    ("etat", "qui", "statut"),
    [
        ("brouillon", "drh_region", 404),
        ("validee", "drh_region", 200),
        ("validee", "cadre", 404),
        ("validee", "drh_departement", 404),
        ("envoyee", "cadre", 200),
        ("envoyee", "drh_departement", 200),
        ("envoyee", "drh_ville", 404),
    ],
)
def test_who_prints_the_letter(scene, client_de, monkeypatch, etat, qui, statut):
    monkeypatch.setattr(pdf, "produire", lambda html: html.encode())
    proposition = faire_proposition(faire_opportunite(scene.troupe.region), scene.cadre, etat)

    reponse = client_de(getattr(scene.troupe, qui)).get(
        reverse("opportunites:lettre_proposition", args=[proposition.pk])
    )

    assert reponse.status_code == statut


@pytest.mark.parametrize("nom", ["fiche_mouvement", "liste_a_faire"])
def test_a_paper_costs_few_queries(
    scene, mobilite, client_de, monkeypatch, nom, django_assert_max_num_queries
):
    monkeypatch.setattr(pdf, "produire", lambda html: html.encode())
    client = client_de(scene.troupe.drh_region)

    with django_assert_max_num_queries(10):
        client.get(reverse(f"opportunites:{nom}", args=[mobilite.pk]))


@pytest.mark.lent
def test_the_real_papers_are_tagged_and_in_french(scene, mobilite, proposition_imprimee):
    from pypdf import PdfReader

    papiers = {
        "Fiche de mouvement": documents.fiche_de_mouvement(
            mobilite, None, mobilite.collectivite_origine, AUJOURDHUI()
        ),
        "Liste des points à faire": documents.liste_a_faire(
            mobilite, list(mobilite.elements.all()), mobilite.collectivite_accueil, AUJOURDHUI()
        ),
        "Proposition de poste": proposition_imprimee,
    }
    for titre, html in papiers.items():
        document = PdfReader(io.BytesIO(pdf.produire(html)))
        racine = document.trailer["/Root"]
        assert racine["/Lang"] == "fr"
        assert racine["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in racine
        assert b"pdfuaid" in racine["/Metadata"].get_data()
        assert document.metadata.title.startswith(titre)
        assert len(document.pages) <= 2
        contenu = "".join(page.extract_text() for page in document.pages)
        assert scene.cadre.nom in contenu


@pytest.fixture
def proposition_imprimee(scene):
    autre = faire_proposition(faire_opportunite(scene.troupe.ville), scene.cadre)
    return lettre_de_proposition(autre, AUJOURDHUI())
