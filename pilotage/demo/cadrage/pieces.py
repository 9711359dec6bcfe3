"""The documents of the demonstration: one page each, that any reader of PDF opens."""

from __future__ import annotations

from django.core.files.base import ContentFile

_CORPS = 12
_INTERLIGNE = 18


def feuille(nom: str, *lignes: str) -> ContentFile:
    """A one-page A4 of a few lines, in the reader's own Helvetica."""
    textes = " T* ".join(f"({_echapper(ligne)}) Tj" for ligne in lignes)
    dessin = f"BT /F1 {_CORPS} Tf {_INTERLIGNE} TL 70 770 Td {textes} ET".encode("cp1252")
    objets = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(dessin), dessin),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    corps, places = b"%PDF-1.4\n", []
    for numero, objet in enumerate(objets, start=1):
        places.append(len(corps))
        corps += b"%d 0 obj\n%s\nendobj\n" % (numero, objet)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    fin = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    taille = len(objets) + 1
    return ContentFile(corps + fin % (taille, table, taille, len(corps)), name=nom)


def _echapper(texte: str) -> str:
    """What a PDF string may hold of Windows-1252."""
    sobre = texte.replace("\u202f", " ").replace("\u00a0", " ")
    return sobre.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
