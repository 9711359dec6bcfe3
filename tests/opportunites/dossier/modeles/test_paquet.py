"""A hostile document is refused before any library opens it, in a sentence that says what to do."""

import io
import zipfile

import pytest

from opportunites.dossier.modeles import fournis
from opportunites.dossier.modeles.paquet import (
    ABIME,
    BOMBE,
    TAILLE_MAX,
    TROP_LOURD,
    ModeleRefuse,
    controler,
)
from tests.fabriques import faire_docx

RELS = "word/_rels/document.xml.rels"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(scope="module")
def sain():
    return faire_docx("Bonjour {{ personne.nom }}")


def changer(octets, parties):
    """The same document with some parts replaced (a function), or added (bytes)."""
    sortie = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(octets)) as avant,
        zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as apres,
    ):
        for nom in avant.namelist():
            contenu = avant.read(nom)
            changement = parties.pop(nom, None)
            apres.writestr(nom, changement(contenu) if changement else contenu)
        for nom, contenu in parties.items():
            apres.writestr(nom, contenu)
    return sortie.getvalue()


def relier(genre, cible, externe=True):
    mode = ' TargetMode="External"' if externe else ""
    ajout = f'<Relationship Id="rId99" Type="{RELATION}/{genre}" Target="{cible}"{mode}/>'
    return {RELS: lambda c: c.replace(b"</Relationships>", f"{ajout}</Relationships>".encode())}


def dans_le_corps(xml):
    return {"word/document.xml": lambda c: c.replace(b"<w:body>", f"<w:body>{xml}".encode(), 1)}


def champ_de_word(code):
    return dans_le_corps(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def test_a_plain_document_passes(sain):
    controler(sain)
    for fourni in fournis.FOURNIS:
        controler(fournis.en_docx(fourni))


@pytest.mark.parametrize(
    ("parties", "dit"),
    [
        ({"word/vbaProject.bin": b"\xd0\xcf"}, "une macro"),
        ({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}, "un objet incorporé"),
        ({"word/activeX/activeX1.xml": b"<a/>"}, "un contrôle ActiveX"),
        (relier("attachedTemplate", "https://mechant.example/m.dotm"), "un modèle attaché"),
        (relier("image", "https://mechant.example/i.png"), "renvoie à « https://mechant.example"),
        (relier("hyperlink", "https://mechant.example/"), "renvoie à « https://mechant.example"),
        (relier("aFChunk", "autre.html", externe=False), "un autre document inséré"),
        (relier("subDocument", "autre.docx"), "un autre document inséré"),
        (relier("oleObject", "embeddings/a.bin", externe=False), "un objet incorporé"),
        (relier("package", "classeur.xlsx", externe=False), "un objet incorporé"),
        (
            champ_de_word(' INCLUDETEXT "https://mechant.example/" '),
            "un champ de Word « INCLUDETEXT »",
        ),
        (champ_de_word(" DDEAUTO c:\\\\cmd.exe "), "un champ de Word « DDEAUTO »"),
        (
            champ_de_word(" MERGEFIELD Nom "),
            "un champ de publipostage de Word (« MERGEFIELD Nom »)",
        ),
        (
            dans_le_corps('<w:p><w:fldSimple w:instr=" LINK Excel.Sheet "/></w:p>'),
            "un champ de Word « LINK »",
        ),
        (
            dans_le_corps(
                '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" '
                'src="//mechant.example/i.png"/></w:pict></w:r></w:p>'
            ),
            "renvoie à « //mechant.example/i.png »",
        ),
        (
            {
                "word/comments.xml": b'<w:comments xmlns:w="http://schemas.openxmlformats.org/'
                b'wordprocessingml/2006/main"><w:comment/></w:comments>'
            },
            "des commentaires",
        ),
        (
            {
                "[Content_Types].xml": lambda c: c.replace(
                    b"document.main", b"document.macroEnabled.main"
                )
            },
            "(.docm)",
        ),
        (
            {
                "word/document.xml": lambda c: (
                    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM '
                    b'"file:///etc/passwd">]>' + c.split(b"?>", 1)[1]
                )
            },
            ABIME,
        ),
        ({"word/document.xml": lambda c: c.decode().encode("utf-16")}, ABIME),
        ({"word/document.xml": lambda c: c[:-20]}, ABIME),
        ({"../../etc/passwd": b"x"}, ABIME),
        ({"word/document.xml": lambda c: c + b" " * (2 << 20)}, BOMBE),
        ({"word/media/i.png": b"\0" * (21 << 20)}, BOMBE),
        ({f"customXml/item{i}.bin": b"" for i in range(400)}, BOMBE),
    ],
)
def test_what_would_run_fetch_or_explode(sain, parties, dit):
    with pytest.raises(ModeleRefuse) as refus:
        controler(changer(sain, dict(parties)))
    assert dit in refus.value.message


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"%PDF-1.7", "n’est pas un document Word"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "ancien document Word (.doc)"),
        (b"PK\x03\x04" + b"x" * 200, ABIME),
        (b"PK\x03\x04" + b"\0" * TAILLE_MAX, TROP_LOURD),
    ],
)
def test_what_is_no_document_at_all(octets, dit):
    with pytest.raises(ModeleRefuse) as refus:
        controler(octets)
    assert dit in refus.value.message


def test_a_zip_that_lies_about_its_weight(sain):
    """zipfile stops at what the part announces, whose sum is then false."""
    menteur = bytearray(changer(sain, {"word/media/i.png": b"\0" * (1 << 20)}))
    taille = (1 << 20).to_bytes(4, "little")
    while (place := menteur.find(taille)) >= 0:
        menteur[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(ModeleRefuse, match="abîmé"):
        controler(bytes(menteur))


def test_page_numbers_and_dates_of_word_are_admitted(sain):
    for code in (" PAGE ", " NUMPAGES \\* MERGEFORMAT ", ' DATE \\@ "d MMMM yyyy" '):
        controler(changer(sain, champ_de_word(code)))
