"""Hostile files, and the environment of a process of its own."""

import io
import os
import zipfile

from django.db import connection

from cadres.models import ImportCadres
from tests.cadres.recensement.aide import FICHIERS, octets_zip

Etat = ImportCadres.Etat
ENTETES = "Matricule;Nom;Prénom;Courriel;Catégorie;Poste"


def dernier():
    return ImportCadres.objects.latest("pk")


def bombe():
    """A workbook that unpacks to 200 MB."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    return sortie.getvalue()


HOSTILES = {
    "fruit": (b"Fruit;Prix\nPomme;2\n", "fruits.csv"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "cadres.csv"),
    "octets": (bytes(range(256)) * 40, "cadres.xlsx"),
    "html": (b"<html><body><table><tr><td>Nom</td></tr></table></body></html>", "cadres.xls"),
    "protege": ((FICHIERS / "protege.xlsx").read_bytes(), "cadres.xlsx"),
    "archive": (octets_zip({"a.txt": b"rien"}), "cadres.ods"),
}


def settings_url():
    return os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/" + connection.settings_dict["NAME"]
