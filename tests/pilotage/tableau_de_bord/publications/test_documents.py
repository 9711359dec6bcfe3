"""The documents for élus: plain words, this employer's, nobody in them."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from cadres.models import Cadre
from collectivites.communs import pdf
from collectivites.models import Collectivite, Demarche, Utilisateur
from opportunites.models import Opportunite
from parcours.models import Promotion
from pilotage.indicateurs.protection.arretes import apercu, arreter
from pilotage.indicateurs.protection.publication import NonProtege
from pilotage.models import DocumentElus, EtapeRoute
from pilotage.mots import GenreDocument
from pilotage.tableau_de_bord.publications import phrases
from pilotage.tableau_de_bord.publications.documents import rendre, titre_du_genre
from pilotage.tableau_de_bord.publications.gardien import rendre_publie
from pilotage.tableau_de_bord.publications.preparation import proposer
from tests import fabriques
from tests.pilotage.indicateurs.protection.test_arretes import faire_mobilites


def document(acteur, genre="note", **champs) -> DocumentElus:
    jour = timezone.localdate()
    promotion = Promotion.objects.filter(demarche=acteur.demarche).first()
    if genre != GenreDocument.BILAN:
        promotion = None
    elif promotion is None:
        promotion = fabriques.faire_promotion(acteur.demarche)
    return DocumentElus(
        arrete=arreter(acteur=acteur, jour=jour),
        collectivite=acteur.collectivite,
        genre=genre,
        promotion=promotion,
        cree_par=acteur.mandat,
        **(proposer(acteur, jour, promotion) | champs),
    )


def texte(html: str) -> str:
    corps = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<body>")[1]))
    return corps.replace("\u00a0", " ")


def lire(acteur, genre="note", **champs) -> str:
    return texte(rendre(document(acteur, genre, **champs)))


def une_etape(troupe, intitule, jours, lieu=None, pour_les_elus=True):
    return EtapeRoute.objects.create(
        demarche=troupe.demarche,
        phase="mobilite",
        intitule=intitule,
        collectivite=lieu,
        pour_les_elus=pour_les_elus,
        echeance=fabriques.dans(jours),
    )


def test_the_note_follows_the_skeleton(troupe):
    note = lire(troupe.dgs_departement)
    for titre in (
        "Objet",
        "En bref",
        "Pourquoi le Département s’y est engagé",
        "Où en est-on",
        "Ce qui l’explique, et ce que nous faisons",
        "Points d’attention",
        "Ce qui est demandé",
        "Éléments de langage",
        "Contact",
        "Données agrégées, arrêtées au",
    ):
        assert titre in note


@pytest.mark.parametrize(
    ("qui", "titre", "article"),
    [
        ("dgs_ville", "Note explicative de synthèse", "L. 2121-12"),
        ("dgs_agglomeration", "Note explicative de synthèse", "L. 5211-1"),
        ("dgs_departement", "Rapport du président au conseil départemental", "L. 3121-19"),
        ("dgs_region", "Rapport du président au conseil régional", "L. 4132-18"),
    ],
)
def test_the_annex_takes_the_legal_form_of_its_assembly(troupe, qui, titre, article):
    annexe = lire(getattr(troupe, qui), "annexe")
    assert titre in annexe
    assert article in annexe


def test_it_is_written_for_this_collectivite(troupe):
    note = lire(troupe.dgs_region)
    assert "la Région s’y est engagée" in note
    assert "Région Centre-Val de Loire" in note
    assert "les lycées" in note


def noms_de_la_base() -> set[str]:
    """Surnames of every account, cadre and person to write to, whatever the démarche."""
    noms = {*Utilisateur.objects.values_list("nom", flat=True)}
    noms |= {*Cadre.objects.values_list("nom", flat=True)}
    for contact in Opportunite.objects.values_list("contact_nom", flat=True):
        noms |= {*contact.split()}
    return {nom for nom in noms if nom}


@pytest.mark.parametrize("genre", GenreDocument.values)
def test_the_printed_pages_name_nobody_but_who_signs_and_who_is_to_be_asked(troupe, genre):
    faire_mobilites(troupe, 6)
    lu = document(troupe.dgs_departement, genre)
    pages = PdfReader(io.BytesIO(pdf.produire(rendre(lu)))).pages
    texte_lu = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    assert len(noms_de_la_base()) > 10
    assert "mobilités" in texte_lu, "the text of the PDF must be readable"
    attendus = f"{lu.signataire} {lu.contact}"
    trouves = {n for n in noms_de_la_base() if re.search(rf"\b{re.escape(n)}\b", texte_lu)}
    assert {nom for nom in trouves if nom not in attendus} == set()


def test_five_moves_are_told_and_drawn(troupe):
    faire_mobilites(troupe, 5)
    html = rendre(document(troupe.dgs_departement))
    assert "5 mobilités sont effectives" in texte(html)
    assert "<svg" in html


def test_four_moves_are_neither_told_nor_drawn(troupe):
    faire_mobilites(troupe, 4)
    html = rendre(document(troupe.dgs_departement))
    assert "<svg" not in html
    assert "encore trop peu nombreuses" in texte(html)
    assert "n.c." in html


def test_the_four_documents_of_a_day_tell_the_same_figures(troupe):
    faire_mobilites(troupe, 6)
    faire_mobilites(troupe, 5, vers=troupe.ville, de=troupe.region)
    tableaux = {
        rendre(document(getattr(troupe, qui), genre)).split("<tbody>")[1].split("</tbody>")[0]
        for qui in ("dgs_ville", "dgs_region")
        for genre in ("note", "annexe")
    }
    assert len(tableaux) == 1


# --- Steps: this employer's, none hidden, none of another's ---------------------------------------


def test_a_late_step_of_its_own_elus_is_a_point_of_attention(troupe):
    une_etape(troupe, "Calage avec les élus régionaux", -40, troupe.region)
    assert "Calage avec les élus régionaux : prévu le" in lire(troupe.dgs_region)
    assert "élus régionaux" not in lire(troupe.dgs_ville)


def test_a_chore_of_the_hr_is_not_told_to_elus(troupe):
    une_etape(troupe, "Listes pour la promotion 3", 10, troupe.departement, pour_les_elus=False)
    assert "promotion 3" not in lire(troupe.dgs_departement)


def test_the_press_conference_of_another_is_not_asked_of_them(troupe):
    une_etape(troupe, "Conférence de presse", 10, troupe.ville)
    assert "onférence de presse" in lire(troupe.dgs_ville)
    assert "onférence de presse" not in lire(troupe.dgs_region)


def test_without_a_step_nothing_says_that_all_is_done(troupe):
    EtapeRoute.objects.all().delete()
    for genre in ("fiche", "note", "annexe"):
        lu = lire(troupe.dgs_departement, genre)
        assert "Toutes les étapes" not in lu
        assert "feuille de route" in lu


# --- Words ----------------------------------------------------------------------------------------

DEBUT = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("jours", "dit"),
    [
        (0, "premier point"),
        (249, "premier point"),
        (250, "point d’étape"),
        (399, "point d’étape"),
        (400, "point à mi-parcours"),
        (600, "point à mi-parcours"),
        (601, "point d’étape"),
        (849, "point d’étape"),
        (850, "point avant le bilan"),
        (1000, "point avant le bilan"),
        (1001, "bilan"),
    ],
)
def test_halfway_is_said_halfway_only(jours, dit):
    class P:
        jour = DEBUT + timedelta(days=jours)
        debut, fin = DEBUT, DEBUT + timedelta(days=1000)

    assert phrases.moment(P) == dit


@pytest.mark.parametrize(
    ("mediane", "dit"),
    [
        (9.5, "plus de neuf ans"),
        (9.0, "neuf ans"),
        (1.5, "plus d’un an"),
        (11.5, "plus de onze ans"),
        (0.5, "moins d’un an"),
    ],
)
def test_years_are_said_in_french(mediane, dit):
    assert phrases.annees(mediane) == dit


@pytest.mark.parametrize(
    ("texte_long", "place", "dit"),
    [
        ("Une phrase. Une autre.", 22, "Une phrase. Une autre."),
        ("Une phrase. Une autre.", 21, "Une phrase."),
        ("Sans point ni virgule", 10, "Sans point"),
    ],
)
def test_long_elements_of_language_are_cut_at_a_sentence(texte_long, place, dit):
    assert phrases.abreger(texte_long, place) == dit


def test_a_single_employer_is_not_said_to_exchange(db):
    demarche = Demarche.objects.create(
        code="seule", nom="Seule", date_debut=date(2026, 1, 1), date_fin=date(2029, 1, 1)
    )
    ville = Collectivite.objects.create(
        demarche=demarche, code="ville", nom="Ville seule", nom_court="Ville"
    )
    acteur = fabriques.faire_acteur("dgs", ville)
    lu = lire(acteur)
    assert "Mobilité des cadres dans la Ville" in lu
    assert "collectivités" not in lu.split("Éléments de langage")[0].split("En bref")[1]


# --- The door -------------------------------------------------------------------------------------


@pytest.mark.parametrize("valeur", [3, 4.5, [7], {"n": 2}, object()])
def test_a_bare_number_does_not_reach_a_published_template(troupe, valeur):
    publication = apercu(troupe.demarche, timezone.localdate())
    with pytest.raises(NonProtege):
        rendre_publie("pdf/elus/note.html", publication, {"nombre": valeur})


def test_a_published_template_reads_a_publication(troupe):
    with pytest.raises(NonProtege):
        rendre_publie("pdf/elus/note.html", {"effectives": 3}, {})


def test_it_asks_for_nothing_outside(troupe):
    adresses = re.findall(r"(?:href|src)=\"([^\"]+)\"", rendre(document(troupe.dgs_departement)))
    assert adresses == ["static:css/note.css"]


@pytest.mark.parametrize(
    "adresse",
    [
        "https://ailleurs.example/a.css",
        "file:///etc/passwd",
        "static:../mobility/settings.py",
        "static:js/theme.js",
        "static:css/absent.css",
        "/etc/passwd",
    ],
)
def test_only_our_style_and_fonts_are_read(adresse):
    from django.core.exceptions import SuspiciousFileOperation

    with pytest.raises((pdf.AdresseRefusee, SuspiciousFileOperation)):
        pdf.chemin_local(adresse)


def test_a_document_that_asks_for_another_host_is_not_printed():
    with pytest.raises(pdf.AdresseRefusee, match=r"ailleurs\.example"):
        pdf.produire('<html><body><img src="https://ailleurs.example/x.png"></body></html>')


def test_each_kind_has_its_title(troupe):
    assert {titre_du_genre(g, troupe.ville) for g in GenreDocument} == {
        "Fiche pour les élus",
        "Note aux élus",
        "Note explicative de synthèse",
        "Bilan de promotion",
    }
