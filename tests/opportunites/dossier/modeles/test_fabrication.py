"""Letters: their values, one under the other in one document, each in its own in a zip."""

import io
import time
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from collectivites.refus import ActionImpossible
from opportunites.dossier.modeles.champs import exemples
from opportunites.dossier.modeles.fabrication import archiver, lignes, remplir, reunir
from tests.fabriques import faire_docx

VALEURS = exemples("arrete")
RIEN = lambda *_: None  # noqa: E731


def pour(nom):
    return {**VALEURS, "personne.nom": nom}


def test_a_value_is_text_whatever_it_holds():
    hostile = "O’Neill & fils <w:p> {{ 7*7 }} {% for %}\x00"
    texte = lignes(remplir(faire_docx("M. {{ personne.nom }}, bonjour"), pour(hostile)))
    assert texte == ["M. O’Neill & fils <w:p> {{ 7*7 }} {% for %}, bonjour"]


def test_the_lines_of_a_value_stay_lines():
    document = remplir(faire_docx("{{ personne.nom }}"), pour("Un\nDeux"))
    assert document.paragraphs[0].text == "Un\nDeux"


def test_thirty_letters_in_one_document_are_thirty_sections_within_ten_seconds():
    modele = faire_docx("Bonjour {{ personne.nom }}", "Au revoir", entete="{{ collectivite.nom }}")
    debut = time.process_time()
    document = Document(io.BytesIO(reunir(modele, [pour(f"N{i}") for i in range(30)], RIEN)))
    assert time.process_time() - debut < 10
    assert len(document.sections) == 30
    dits = [p.text for p in document.paragraphs if p.text.startswith("Bonjour")]
    assert dits == [f"Bonjour N{i}" for i in range(30)]
    for section in document.sections:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_a_header_that_names_each_person_wants_a_zip():
    modele = faire_docx("Bonjour", entete="{{ personne.nom }}")
    with pytest.raises(ActionImpossible, match="archive zip"):
        reunir(modele, [pour("A"), pour("B")], RIEN)
    with zipfile.ZipFile(io.BytesIO(archiver(modele, [("01 A", pour("A"))], RIEN))) as archive:
        assert lignes(archive.read("01 A.docx")) == ["A", "Bonjour"]


def test_a_numbered_list_starts_again_in_each_letter():
    document = Document()
    document.add_paragraph("{{ personne.nom }}")
    document.add_paragraph("Un point", style="List Number")
    liste = document.paragraphs[1]
    proprietes = liste._p.get_or_add_pPr().get_or_add_numPr()
    proprietes.get_or_add_numId().val = 1
    sortie = io.BytesIO()
    document.save(sortie)

    ensemble = Document(io.BytesIO(reunir(sortie.getvalue(), [pour("A"), pour("B")], RIEN)))

    numeros = [n.get(qn("w:val")) for n in ensemble.element.body.iter(qn("w:numId"))]
    assert len(set(numeros)) == 2
    nouvelle = next(
        n
        for n in ensemble.part.numbering_part.element.findall(qn("w:num"))
        if n.get(qn("w:numId")) == numeros[1]
    )
    assert len(nouvelle.findall(qn("w:lvlOverride"))) == 9


def test_a_table_at_the_end_of_a_letter_does_not_swallow_the_next():
    document = Document()
    document.add_paragraph("{{ personne.nom }}")
    document.add_table(rows=1, cols=1)
    sortie = io.BytesIO()
    document.save(sortie)
    ensemble = Document(io.BytesIO(reunir(sortie.getvalue(), [pour("A"), pour("B")], RIEN)))
    assert len(ensemble.sections) == 2
    assert len(ensemble.tables) == 2
