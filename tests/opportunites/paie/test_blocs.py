"""Who reads each block of a sheet: one table, every block against every role that opens it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.fabriques import faire_proposition, faire_reserve
from tests.fabriques.paie import faire_fiche_signee, ouvrir_fiche

#: each reads the page; `dgs` while a réserve on pay waits
LECTEURS = {
    "personne": "cadre",
    "drh_origine": "drh_departement",
    "drh_accueil": "drh_region",
    "dgs_origine": "dgs_departement",
    "dgs_accueil": "dgs_region",
}
TOUS = set(LECTEURS)
EMPLOYEURS = TOUS - {"personne"}

#: block → words that only it prints, who reads them on the page, and on the paper (None: not printed)
BLOCS = {
    "la phrase": ("Net par mois", TOUS, None),
    "ce qui suit la personne": ("Traitement indiciaire brut", TOUS, TOUS),
    "ce qui tient au poste": ("1 234,56 €", TOUS, TOUS),
    "hors bulletin": ("1 111,00 €", TOUS, TOUS),
    "somme de ce qui tient au poste": ("Ensemble, CIA compris", TOUS, TOUS),
    "somme hors bulletin de la personne": ("2 975,19 €", {"personne"}, {"personne"}),
    "somme hors bulletin des employeurs": ("au moins 1 111,00 €", EMPLOYEURS, EMPLOYEURS),
    "participation à la mutuelle": ("987,65 €", {"personne"}, {"personne"}),
    "participation à la prévoyance": ("876,54 €", {"personne"}, {"personne"}),
    "supplément familial": ("Supplément familial de traitement", {"personne"}, set()),
    "enfants à ajouter": ("Enfants ouvrant droit", {"personne"}, set()),
    "totaux sans la famille": ("Totaux hors éléments familiaux", TOUS, TOUS),
    "maintien de l’IFSE": ("délibération n° 2025-114", TOUS, TOUS),
    "aucun texte ne le garantit": ("Aucun texte ne garantit", TOUS, TOUS),
    "année du mouvement": ("L’année du mouvement", TOUS, None),
    "coût du poste": ("Ce que le poste coûtera à l’accueil", EMPLOYEURS, set()),
    "trajectoire de la CNRACL": ("43,65 %", EMPLOYEURS, set()),
    "formules et sources": ("Formules, sources et dates", TOUS, None),
    "signatures": ("Barèmes ", TOUS, TOUS),
    "la réserve arbitrée": ("arbitrer une réserve", {"dgs_origine", "dgs_accueil"}, None),
}


@pytest.fixture
def fiche(scene):
    troupe = scene.troupe
    signee = faire_fiche_signee(
        faire_proposition(scene.opportunite, scene.cadre),
        troupe.drh_departement,
        troupe.drh_region,
        accueil={
            "ifse_bas": Decimal("1234.56"),
            "avantages": {
                "mutuelle": Decimal("987.65"),
                "prevoyance": Decimal("876.54"),
                "prime_annee": Decimal(1111),
            },
            "maintien_deliberation": "délibération n° 2025-114",
            "maintien_du": date(2025, 6, 26),
        },
    )
    faire_reserve(signee.proposition, troupe.drh_departement, sujet="remuneration")
    return signee


def _lisible(reponse):
    assert reponse.status_code == 200
    return " ".join(reponse.content.decode().replace("\u00a0", " ").split())


def _lus_par(nom, client_de, troupe, adresse, rang):
    """The blocks that a reader finds, beside those that the table gives them."""
    texte = _lisible(client_de(getattr(troupe, LECTEURS[nom])).get(adresse))
    prevus = {bloc: ligne[rang] for bloc, ligne in BLOCS.items() if ligne[rang] is not None}
    lus = {bloc for bloc in prevus if BLOCS[bloc][0] in texte}
    return lus, {bloc for bloc, lecteurs in prevus.items() if nom in lecteurs}


@pytest.mark.parametrize("nom", LECTEURS)
def test_each_block_of_the_page_has_its_readers(fiche, scene, client_de, nom):
    adresse = reverse("opportunites:fiche_remuneration", args=[fiche.pk]) + "?enfants=2"
    lus, prevus = _lus_par(nom, client_de, scene.troupe, adresse, 1)
    assert lus == prevus


@pytest.mark.parametrize("nom", LECTEURS)
def test_each_block_of_the_paper_has_its_readers(fiche, scene, client_de, monkeypatch, nom):
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())
    adresse = reverse("opportunites:fiche_pdf", args=[fiche.pk])
    lus, prevus = _lus_par(nom, client_de, scene.troupe, adresse, 2)
    assert lus == prevus


@pytest.mark.parametrize("nom", LECTEURS)
def test_a_sheet_costs_ten_queries_at_most_to_each_reader(
    fiche, scene, client_de, django_assert_max_num_queries, nom
):
    client = client_de(getattr(scene.troupe, LECTEURS[nom]))
    adresse = reverse("opportunites:fiche_remuneration", args=[fiche.pk])
    client.get(adresse)
    with django_assert_max_num_queries(10):
        client.get(adresse)


@pytest.mark.parametrize("qui", ["drh_departement", "drh_region"])
def test_a_form_costs_ten_queries_at_most(scene, client_de, django_assert_max_num_queries, qui):
    fiche = ouvrir_fiche(scene.troupe.drh_region, faire_proposition(scene.opportunite, scene.cadre))
    client = client_de(getattr(scene.troupe, qui))
    adresse = reverse("opportunites:saisir_fiche", args=[fiche.pk])
    client.get(adresse)
    with django_assert_max_num_queries(10):
        client.get(adresse)
    with django_assert_max_num_queries(10):
        client.post(adresse, {})


@pytest.mark.parametrize("nom", ["saisir_regime", "importer_regime", "chiffres_de_paie"])
def test_the_pages_of_a_regime_cost_ten_queries_at_most(
    scene, client_de, django_assert_max_num_queries, nom
):
    client = client_de(scene.troupe.drh_region)
    adresse = reverse(f"opportunites:{nom}")
    client.get(adresse)
    with django_assert_max_num_queries(10):
        client.get(adresse)
