"""From the draft to the paper that was handed over: numbered, kept, found again as it was."""

from __future__ import annotations

import hashlib
import io

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs import pdf
from collectivites.models import EntreeJournal, Tache
from collectivites.refus import ActionImpossible
from pilotage.models import DocumentElus
from pilotage.tableau_de_bord.publications import actions
from pilotage.tableau_de_bord.publications.noms import nommes
from pilotage.tableau_de_bord.publications.preparation import proposer
from tests import fabriques
from tests.pilotage.indicateurs.protection.test_arretes import faire_mobilites

PUBLICATIONS = "/pilotage/publications/"


@pytest.fixture
def sans_imprimante(monkeypatch):
    """A PDF as the HTML that it is made of: quicker."""
    monkeypatch.setattr(pdf, "produire", lambda html: html.encode())


def preparer(acteur, executer, genre="note", **textes) -> DocumentElus:
    jour = timezone.localdate()
    promotion = fabriques.faire_promotion(acteur.demarche) if genre == "bilan" else None
    with executer(execute=True):
        document = actions.preparer(
            acteur=acteur,
            genre=genre,
            jour=jour,
            promotion=promotion,
            **(proposer(acteur, jour, promotion) | textes),
        )
    document.refresh_from_db()
    return document


def signer(acteur, document, executer) -> DocumentElus:
    with executer(execute=True):
        actions.demander_la_signature(acteur=acteur, document=document)
    document.refresh_from_db()
    return document


def test_signed_it_bears_a_number_and_is_downloaded_as_it_was(
    troupe, client_de, sans_imprimante, django_capture_on_commit_callbacks
):
    faire_mobilites(troupe, 6)
    dgs = troupe.dgs_departement
    document = preparer(dgs, django_capture_on_commit_callbacks)
    assert b"(projet)" in bytes(document.projet)
    signe = signer(dgs, document, django_capture_on_commit_callbacks)
    assert signe.est_signe
    assert signe.reference == f"{timezone.localdate().year}-1"
    assert signe.reference.encode() in bytes(signe.pdf)
    faire_mobilites(troupe, 30)
    Cadre.objects.update(collectivite=troupe.ville)
    client = client_de(troupe.drh_departement)
    premier, second = (client.get(f"{PUBLICATIONS}{signe.pk}/document.pdf") for _ in range(2))
    assert premier.content == second.content == bytes(signe.pdf)
    assert hashlib.sha256(premier.content).hexdigest() == signe.empreinte
    assert "note-elus-departement-" in premier["Content-Disposition"]
    assert EntreeJournal.objects.filter(acte="document.signe").count() == 1


def test_numbers_follow_one_another_in_each_collectivite(
    troupe, sans_imprimante, django_capture_on_commit_callbacks
):
    numeros = []
    for acteur in (troupe.dgs_ville, troupe.dgs_ville, troupe.dgs_region):
        document = preparer(acteur, django_capture_on_commit_callbacks)
        numeros.append(signer(acteur, document, django_capture_on_commit_callbacks).numero)
    assert numeros == [1, 2, 1]


def test_the_database_refuses_to_rewrite_a_signed_document(
    troupe, sans_imprimante, django_capture_on_commit_callbacks
):
    document = preparer(troupe.dgs_ville, django_capture_on_commit_callbacks)
    signer(troupe.dgs_ville, document, django_capture_on_commit_callbacks)
    ligne = DocumentElus.objects.filter(pk=document.pk)
    for change in ({"pdf": b"autre"}, {"etat": "projet"}, {"numero": 7}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ligne.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ligne.delete()
    ligne.update(tache=None)  # the job that made it may be forgotten


def test_a_signed_document_is_not_rewritten(
    troupe, client_de, sans_imprimante, django_capture_on_commit_callbacks
):
    document = preparer(troupe.dgs_ville, django_capture_on_commit_callbacks)
    signer(troupe.dgs_ville, document, django_capture_on_commit_callbacks)
    with pytest.raises(ActionImpossible, match="il reste tel"):
        actions.modifier(acteur=troupe.dgs_ville, document=document, retard="Autre chose.")


def test_a_drh_prepares_and_does_not_sign(
    troupe, client_de, sans_imprimante, django_capture_on_commit_callbacks
):
    document = preparer(troupe.drh_departement, django_capture_on_commit_callbacks)
    client = client_de(troupe.drh_departement)
    assert client.post(f"{PUBLICATIONS}{document.pk}/signer/").status_code == 403
    page = client.get(f"{PUBLICATIONS}{document.pk}/").content.decode()
    assert "Signer et garder" not in page
    assert "signé par le DGS" in page


def test_a_printer_that_fails_says_so_and_the_draft_stays(
    troupe, client_de, monkeypatch, django_capture_on_commit_callbacks
):
    def tomber(html):
        raise RuntimeError("no printer")

    monkeypatch.setattr(pdf, "produire", tomber)
    document = preparer(troupe.dgs_ville, django_capture_on_commit_callbacks)
    assert Tache.objects.get(pk=document.tache_id).etat == "echouee"
    page = client_de(troupe.dgs_ville).get(f"{PUBLICATIONS}{document.pk}/").content.decode()
    assert "n’a pas pu être imprimé" in page
    assert "Récrire" in page
    assert client_de(troupe.dgs_ville).get(PUBLICATIONS).status_code == 200
    with pytest.raises(ActionImpossible, match="pas encore imprimé"):
        actions.demander_la_signature(acteur=troupe.dgs_ville, document=document)


def test_rewriting_keeps_the_figures_of_its_arrete(
    troupe, sans_imprimante, django_capture_on_commit_callbacks
):
    document = preparer(troupe.dgs_ville, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        actions.modifier(acteur=troupe.dgs_ville, document=document, retard="Nous avançons.")
    apres = DocumentElus.objects.get(pk=document.pk)
    assert apres.arrete_id == document.arrete_id
    assert "Nous avançons." in bytes(apres.projet).decode()


# --- Nobody is named ------------------------------------------------------------------------------


def test_a_paragraph_that_names_somebody_is_refused_and_nothing_is_lost(troupe, client_de):
    cadre = fabriques.faire_cadre(troupe.ville, "accord", nom="Fléchambault", avec_compte=False)
    donnees = proposer(troupe.dgs_ville, timezone.localdate())
    donnees["retard"] = f"Le départ de Mme {cadre.nom} a pris du temps."
    reponse = client_de(troupe.dgs_ville).post(f"{PUBLICATIONS}preparer/note/", donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert "c’est le nom d’une personne recensée" in page
    assert "a pris du temps" in page
    assert not DocumentElus.objects.exists()


@pytest.mark.parametrize(
    ("phrase", "trouve"),
    [
        ("Mme PETIT est partie.", True),
        ("Le départ de Petit.", True),
        ("Petit retard sur le calendrier.", False),
        ("Un petit retard.", False),
    ],
)
def test_a_common_word_is_not_taken_for_a_name(troupe, phrase, trouve):
    fabriques.faire_cadre(troupe.ville, "accord", nom="Petit", prenom="Odile", avec_compte=False)
    assert bool(nommes(phrase, troupe.demarche)) is trouve


# --- On paper -------------------------------------------------------------------------------------

PAGES = {"fiche": 1, "note": 2, "annexe": 2}


def alternatives(noeud) -> list[str]:
    """The alternative texts of the figures of a tagged PDF."""
    noeud = noeud.get_object()
    if isinstance(noeud, list):
        return [t for enfant in noeud for t in alternatives(enfant)]
    if not isinstance(noeud, dict) or "/S" not in noeud:
        return []
    ici = [str(noeud.get("/Alt", ""))] if noeud["/S"] == "/Figure" else []
    return ici + (alternatives(noeud["/K"]) if "/K" in noeud else [])


@pytest.mark.lent
@pytest.mark.parametrize("genre", PAGES)
def test_the_pdf_is_tagged_in_french_of_its_pages_and_names_nobody(
    troupe, genre, django_capture_on_commit_callbacks
):
    from pypdf import PdfReader

    faire_mobilites(troupe, 6)
    faire_mobilites(troupe, 5, vers=troupe.ville, de=troupe.region)
    long = "Une phrase de longueur moyenne, comme on en écrit dans une note. " * 12
    document = preparer(
        troupe.dgs_departement,
        django_capture_on_commit_callbacks,
        genre,
        retard=long[:500] if genre == "fiche" else long,
        langage=long,
    )
    lu = PdfReader(io.BytesIO(bytes(document.projet)))
    assert len(lu.pages) == PAGES[genre]
    racine = lu.trailer["/Root"]
    assert racine["/Lang"] == "fr"
    assert racine["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in racine["/Metadata"].get_data()
    assert "Mobilités cumulées" in str(alternatives(racine["/StructTreeRoot"]["/K"]))
    contenu = " ".join(page.extract_text() for page in lu.pages).replace("\u00a0", " ")
    assert "11 mobilités sont effectives" in contenu
    assert f"Page 1 sur {PAGES[genre]}" in contenu
    for nom, prenom in Cadre.objects.values_list("nom", "prenom"):
        assert nom not in contenu
        assert f"{prenom} " not in contenu or len(prenom) < 4
    assert lu.pages[0].mediabox.height == pytest.approx(841.89, abs=0.1)
