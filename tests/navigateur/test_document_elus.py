"""A DGS with five minutes: from the login page to a signed PDF, in less than one."""

from __future__ import annotations

import io
import time
from pathlib import Path

from pypdf import PdfReader

from collectivites.communs import pdf
from pilotage.models import DocumentElus
from tests.fabriques import MOT_DE_PASSE


def test_from_login_to_a_signed_note_in_less_than_a_minute(scene, ouvrir):
    pdf.produire("<html lang='fr'><title>Essai</title><p>Les polices, lues une fois.</p></html>")
    page = ouvrir()
    dgs = scene.troupe.dgs_departement
    debut = time.monotonic()

    def clic(role, nom):
        page.get_by_role(role, name=nom).first.click()

    page.goto("/")
    page.get_by_label("Adresse professionnelle").fill(dgs.utilisateur.email)
    page.get_by_label("Mot de passe").first.fill(MOT_DE_PASSE)
    clic("button", "Se connecter")
    clic("link", "Pilotage")
    clic("link", "Documents pour les élus")
    clic("link", "Note aux élus")
    clic("button", "Enregistrer et voir le projet")
    clic("link", "Voir le résultat")
    clic("button", "Signer et garder ce document")
    clic("link", "Voir le résultat")
    with page.expect_download() as telechargement:
        clic("link", "Télécharger le document signé")
    duree = time.monotonic() - debut
    contenu = Path(telechargement.value.path()).read_bytes()

    assert duree < 60
    signe = DocumentElus.objects.get(etat="signe")
    assert contenu == bytes(signe.pdf)
    texte = PdfReader(io.BytesIO(contenu)).pages[0].extract_text().replace("\u00a0", " ")
    assert f"n° {signe.reference}" in texte
    assert "projet" not in texte.lower()
    assert not page.temoin.lever()
