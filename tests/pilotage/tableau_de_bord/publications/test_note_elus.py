"""The note for élus: one page, plain words, nobody in it."""

from __future__ import annotations

import io
import re

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs import pdf
from pilotage.tableau_de_bord.publications.note import render_note
from tests import fabriques


def lire_note(collectivite) -> str:
    return render_note(collectivite, timezone.localdate())


def texte(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<body>")[1])).replace(
        "\u00a0", " "
    )


def faire_mobilites(troupe, nombre, vers=None, de=None):
    """`nombre` effective moves, from the Département to the Région unless said otherwise."""
    for _ in range(nombre):
        cadre = fabriques.faire_cadre(de or troupe.departement, "retenu", avec_compte=False)
        p = fabriques.faire_proposition(
            fabriques.faire_opportunite(vers or troupe.region), cadre, "realisee"
        )
        fabriques.faire_mobilite(p, "effective")


def test_it_follows_the_skeleton(troupe):
    note = texte(lire_note(troupe.departement))
    for titre in (
        "Objet",
        "En bref",
        "Pourquoi le Département s’y est engagé",
        "Où en est-on",
        "Ce qui est demandé",
        "Contact",
        "Données agrégées, arrêtées au",
    ):
        assert titre in note


def test_it_is_written_for_this_collectivite(troupe):
    assert "la Région s’y est engagée" in lire_note(troupe.region)
    assert "Région Centre-Val de Loire" in lire_note(troupe.region)
    assert "les lycées" in lire_note(troupe.region)


def test_it_names_nobody(troupe):
    faire_mobilites(troupe, 6)
    note = lire_note(troupe.departement)
    noms = set(Cadre.objects.values_list("nom", flat=True))
    noms |= {a.utilisateur.nom for a in (troupe.dgs_departement, troupe.drh_departement)}
    assert not [nom for nom in noms if nom in note]


def test_five_moves_are_told(troupe):
    faire_mobilites(troupe, 5)
    assert "5 cadres ont changé d’employeur" in texte(lire_note(troupe.departement))
    assert "<svg" in lire_note(troupe.departement)


def test_four_moves_are_not_told_nor_drawn(troupe):
    faire_mobilites(troupe, 4)
    note = lire_note(troupe.departement)
    assert "<svg" not in note
    assert "changé d’employeur</strong>" not in note
    assert "n.c." in note
    assert "mobilités effectives, sur 36 visées" in texte(note)


def test_a_small_number_of_open_files_is_neither_told_nor_drawn(troupe):
    faire_mobilites(troupe, 6)
    cadre = fabriques.faire_cadre(troupe.ville, "retenu", avec_compte=False)
    p = fabriques.faire_proposition(fabriques.faire_opportunite(troupe.region), cadre, "acceptee")
    fabriques.faire_mobilite(p, "ouverte", date_effet=fabriques.dans(40))
    note = lire_note(troupe.departement)
    assert "7 avec les engagées" not in texte(note)
    assert "avec les dossiers engagés" not in note


def test_a_collectivite_with_few_moves_cannot_be_found_by_subtraction(troupe):
    faire_mobilites(troupe, 6)
    faire_mobilites(troupe, 2, vers=troupe.ville, de=troupe.region)
    rangee = lire_note(troupe.departement).split("Ont changé d’employeur")[1].split("</tr>")[0]
    cases = re.findall(r"<td[^>]*>\s*([^<]+?)\s*</td>", rangee)
    assert cases[-1] == "8"
    assert cases.count("n.c.") >= 2


def test_a_stranger_sees_nothing_of_it(troupe):
    faire_mobilites(troupe, 6)
    assert "6 cadres" not in texte(lire_note(troupe.autre_departement))


def test_it_asks_for_nothing_outside(troupe):
    adresses = re.findall(r"(?:href|src)=\"([^\"]+)\"", lire_note(troupe.departement))
    assert adresses == ["static:css/note.css"]


@pytest.mark.parametrize("nombre", [0, 1, 12])
def test_the_queries_do_not_grow(troupe, nombre):
    from django.db import connection

    faire_mobilites(troupe, nombre)
    with CaptureQueriesContext(connection) as requetes:
        lire_note(troupe.departement)
    assert len(requetes) == 10


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


def alternatives(noeud) -> list[str]:
    """The alternative texts of the figures of a tagged PDF."""
    noeud = noeud.get_object()
    if isinstance(noeud, list):
        return [texte for enfant in noeud for texte in alternatives(enfant)]
    if not isinstance(noeud, dict) or "/S" not in noeud:
        return []
    ici = [str(noeud.get("/Alt", ""))] if noeud["/S"] == "/Figure" else []
    return ici + (alternatives(noeud["/K"]) if "/K" in noeud else [])


@pytest.mark.lent
def test_the_pdf_is_one_tagged_page_in_french(troupe, client_de):
    from pypdf import PdfReader

    faire_mobilites(troupe, 6)
    faire_mobilites(troupe, 5, vers=troupe.ville, de=troupe.region)
    fabriques_etapes(troupe)
    reponse = client_de(troupe.dgs_departement).get("/pilotage/note-elus.pdf")
    assert reponse["Content-Type"] == "application/pdf"
    assert "note-elus-departement-" in reponse["Content-Disposition"]
    document = PdfReader(io.BytesIO(reponse.content))
    assert len(document.pages) == 1
    racine = document.trailer["/Root"]
    assert racine["/Lang"] == "fr"
    assert racine["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in racine
    assert document.metadata.title.startswith("Note aux élus, Département du Loiret")
    assert b"pdfuaid" in racine["/Metadata"].get_data()
    assert "Mobilités cumulées" in str(alternatives(racine["/StructTreeRoot"]["/K"]))
    contenu = document.pages[0].extract_text().replace("\u00a0", " ")
    assert "11 cadres ont changé d’employeur" in contenu
    assert re.search(r"11\s?effectives", contenu)
    assert document.pages[0].mediabox.height == pytest.approx(841.89, abs=0.1)


def fabriques_etapes(troupe):
    """As much as the note may have to say at its foot."""
    from pilotage.models import EtapeRoute

    for jours, lieu, externe in ((10, troupe.departement, False), (20, None, True)):
        EtapeRoute.objects.create(
            demarche=troupe.demarche,
            phase="mobilite",
            intitule="Conférence de presse commune, à mi-parcours, à l’hôtel du Département",
            collectivite=lieu,
            externe=externe,
            echeance=fabriques.dans(jours),
        )


def test_the_pdf_is_for_employers(troupe, client_de):
    assert client_de(troupe.cadre).get("/pilotage/note-elus.pdf").status_code == 403
    assert client_de(troupe.accompagnateur).get("/pilotage/note-elus.pdf").status_code == 403
