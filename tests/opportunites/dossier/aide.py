"""What the tests of a move's file share: its documents, its preparation, a refusal."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opportunites.dossier.actions import depart, mobilites
from tests.fabriques import dans

PDF = b"%PDF-1.7\n%%EOF\n"


def docx(*noms):
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for nom in noms or ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(nom, "<x/>")
    return tampon.getvalue()


def piece(contenu=PDF, nom="décision.pdf"):
    return SimpleUploadedFile(nom, contenu)


def preparer(acteur, mobilite, **champs):
    valeurs = {
        "voie": mobilite.voie or "MUTATION",
        "date_effet": mobilite.date_effet or dans(120),
        "demande_recue_le": mobilite.demande_recue_le,
    }
    mobilites.preparer_mobilite(acteur=acteur, mobilite=mobilite, **{**valeurs, **champs})
    mobilite.refresh_from_db()


def url(nom, pk):
    return reverse(f"opportunites:{nom}", args=[pk])


def refuser(origine, mobilite, **champs):
    valeurs = {
        "motif": "service",
        "texte": "Aucun autre responsable avant le budget.",
        "signataire": "Le président du conseil départemental",
        "notifie_le": dans(0),
    }
    return depart.refuser_le_depart(
        acteur=origine, mobilite=mobilite, **{**valeurs, "piece": piece(), **champs}
    )
