"""A folder to sign: what travels inside, who makes it, what comes back, and what of it stays."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from cadres.donnees_personnelles.conservation import DEMARCHE
from cadres.donnees_personnelles.effacement import anonymiser
from cadres.donnees_personnelles.purge import echeance_de
from cadres.fiche.verrous import verrouiller
from collectivites.models import EntreeJournal
from opportunites.communs.pieces import balayer
from opportunites.dossier.signature import actions
from opportunites.models import DossierASigner, RetourSigne
from tests.fabriques import dans
from tests.fabriques.signatures import imprimer, reecrire, signer

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(mobilite, accueil):
    return actions.faire_signer(acteur=accueil, mobilite=mobilite, objet="Accord des deux DRH")


def octets(ligne):
    with ligne.piece.open("rb") as fichier:
        return fichier.read()


def remettre(client, dossier, contenu, **champs):
    return client.post(
        reverse("opportunites:remettre_signe", args=[dossier.pk]),
        {"fichier": SimpleUploadedFile("signe.pdf", contenu), **champs},
    )


def erreurs(page):
    return page.context["formulaire"].errors


# --- What leaves -----------------------------------------------------------------------------------


def test_the_folder_is_a_pdf_to_keep_with_its_annexes_inside(dossier):
    lecteur = PdfReader(io.BytesIO(octets(dossier)))
    racine = lecteur.trailer["/Root"]
    assert hashlib.sha256(octets(dossier)).hexdigest() == dossier.empreinte

    # What can be seen of PDF/A-3b without veraPDF: its mark, its colours, its fonts, its files.
    xmp = racine["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp or 'pdfaid:part="3"' in xmp
    assert racine["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in racine["/OutputIntents"][0]
    assert racine["/MarkInfo"]["/Marked"]
    fichiers = [f.get_object() for f in racine["/AF"]]
    assert {f["/UF"]: f["/AFRelationship"] for f in fichiers} == {
        "fiche-de-mouvement.pdf": "/Supplement",
        "manifeste.json": "/Data",
    }
    polices = [p.get_object() for p in lecteur.pages[0]["/Resources"]["/Font"].values()]
    for police in polices:
        descripteur = police["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & descripteur.keys()

    # The reference is on each page, and each piece has its fingerprint, on paper as in the JSON.
    pages = [page.extract_text() for page in lecteur.pages]
    assert all(dossier.reference in page for page in pages)
    manifeste = json.loads(lecteur.attachments["manifeste.json"][0])
    assert manifeste == dossier.manifeste
    (piece,) = manifeste["pieces"]
    contenu = lecteur.attachments["fiche-de-mouvement.pdf"][0]
    assert piece["sha256"] == hashlib.sha256(contenu).hexdigest()
    assert piece["sha256"] in "".join(pages).replace("\n", "")


def test_its_retention_is_that_of_the_house(dossier):
    conservation = dossier.manifeste["conservation"]
    assert dossier.garde_jusqu_au == echeance_de(dossier.mobilite.cadre)
    assert conservation["jusqu_au"] == dossier.garde_jusqu_au.isoformat()
    assert conservation["categorie"] == DEMARCHE.source
    assert "archives publiques" in conservation["sort_final"]


def test_what_is_joined_travels_and_pay_never_does(mobilite, accueil, client_de):
    page = client_de(accueil).post(
        reverse("opportunites:faire_signer", args=[mobilite.pk]),
        {"objet": "Arrêté", "annexe_1": SimpleUploadedFile("arrêté n° 3.pdf", imprimer("Arrêté"))},
    )
    dossier = DossierASigner.objects.get()
    assert page["Location"] == reverse("opportunites:dossier_a_signer", args=[dossier.pk])
    noms = [p["nom"] for p in dossier.manifeste["pieces"]]
    assert noms == ["fiche-de-mouvement.pdf", "annexe-1-arrêté n_ 3.pdf"]
    assert EntreeJournal.objects.filter(acte="dossier.a_signer").count() == 2  # each side reads it
    assert (
        mobilite.cadre.nom not in EntreeJournal.objects.filter(acte="dossier.a_signer")[0].libelle
    )


def test_before_the_route_is_chosen_there_is_nothing_to_sign(mobilite, accueil, client_de):
    mobilite.voie = ""
    mobilite.save()
    adresse = reverse("opportunites:faire_signer", args=[mobilite.pk])
    page = client_de(accueil).get(adresse, follow=True)
    assert "Choisissez d’abord la voie" in page.content.decode()


def test_who_reads_it(dossier, scene, origine):
    troupe = scene.troupe
    for lecteur in (origine, troupe.dgs_region, troupe.gestionnaire_departement, troupe.cadre):
        assert list(DossierASigner.objects.visibles_par(lecteur)) == [dossier]
    for autre in (troupe.drh_ville, troupe.accompagnateur, troupe.autre_cadre, troupe.etranger_drh):
        assert not DossierASigner.objects.visibles_par(autre).exists()


# --- What comes back -------------------------------------------------------------------------------


def test_signed_at_its_end_the_file_is_intact_and_says_who_signed(dossier, origine, client_de):
    signe = signer(octets(dossier), "Dora Fabre")
    assert remettre(client_de(origine), dossier, signe).status_code == 302
    retour = RetourSigne.objects.get()
    assert (retour.constat, retour.ecarts) == ("intact", [])
    assert retour.signatures == [{"nom": "Dora Fabre", "le": "2027-04-12", "lu": True}]
    assert octets(retour) == signe
    page = client_de(origine).get(reverse("opportunites:mobilite", args=[dossier.mobilite_id]))
    assert "Dora Fabre, le 12 avril 2027" in " ".join(
        page.content.decode().replace("\u00a0", " ").split()
    )
    assert EntreeJournal.objects.filter(
        acte="dossier.signe", details__empreinte=retour.empreinte
    ).exists()


def test_a_signed_pdf_of_another_document_is_refused_and_nothing_is_lost(
    dossier, mobilite, accueil, client_de
):
    client = client_de(accueil)
    remettre(client, dossier, signer(octets(dossier), "Dora Fabre"))
    autre = actions.faire_signer(acteur=accueil, mobilite=mobilite, objet="Un autre")

    page = remettre(client, dossier, signer(octets(autre), "Dora Fabre"))
    assert f"Ce PDF est le dossier n° {autre.reference}" in erreurs(page)["fichier"][0]
    page = remettre(client, dossier, signer(imprimer("Un marché public"), "X"), signataires="Moi")
    assert (
        f"un autre document : il ne porte nulle part la référence {dossier.reference}"
        in (erreurs(page)["fichier"][0])
    )
    assert page.context["formulaire"]["signataires"].value() == "Moi"
    assert RetourSigne.objects.count() == 1
    assert dossier.piece.storage.exists(dossier.piece.name)


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (lambda d: octets(d), "ne porte aucune signature"),
        (lambda d: b"PK\x03\x04", "n’est pas un PDF"),
        (lambda d: b"%PDF-1.7\n" + b"\0" * 300, "abîmé"),
        (lambda d: octets(d)[:2000], "abîmé"),
        (lambda d: b"%PDF-" + b"0" * (20 << 20), "dépasse 20\u00a0Mo"),
        (lambda d: reecrire(octets(d), lambda w: w.encrypt("secret")), "chiffré"),
    ],
)
def test_what_is_no_signed_file_has_its_sentence(dossier, accueil, client_de, contenu, dit):
    page = remettre(client_de(accueil), dossier, contenu(dossier))
    assert page.status_code == 200
    assert dit in erreurs(page)["fichier"][0]
    assert not RetourSigne.objects.exists()


def test_what_a_parapheur_adds_is_named(dossier, accueil, client_de):
    def tamponner(auteur: PdfWriter) -> None:
        auteur.append(io.BytesIO(imprimer("Certificat de signature")))

    page = remettre(
        client_de(accueil),
        dossier,
        reecrire(octets(dossier), tamponner),
        signataires="Roland Garnier, DRH",
        signe_le=dans(0).isoformat(),
    )
    assert page.status_code == 302, erreurs(page)
    retour = RetourSigne.objects.get()
    assert retour.constat == "complete"
    rang = len(PdfReader(io.BytesIO(octets(dossier))).pages) + 1
    assert retour.ecarts == [
        f"La page {rang} n’est pas dans le dossier envoyé.",
        "Le fichier a été réécrit : ses octets ne commencent pas par ceux envoyés.",
    ]
    assert retour.signatures == [
        {"nom": "Roland Garnier, DRH", "le": dans(0).isoformat(), "lu": False}
    ]


def test_an_annexe_that_changed_is_named_and_kept_only_by_who_says_so(dossier, accueil, client_de):
    def changer(auteur: PdfWriter) -> None:
        (jointe,) = [j for j in auteur.attachment_list if j.name == "fiche-de-mouvement.pdf"]
        jointe.content = imprimer("Une autre fiche")

    change = signer(reecrire(octets(dossier), changer), "Roland Garnier")
    client = client_de(accueil)
    page = remettre(client, dossier, change)
    assert erreurs(page)["fichier"][0] == (
        "L’annexe « fiche-de-mouvement.pdf » a changé : son empreinte n’est plus la même."
    )
    assert not RetourSigne.objects.exists()
    assert remettre(client, dossier, change, malgre="on").status_code == 302
    retour = RetourSigne.objects.get()
    assert retour.constat == "modifie"
    assert retour.ecarts[0].startswith("L’annexe « fiche-de-mouvement.pdf » a changé")


def test_a_page_that_is_missing_is_named_although_its_bytes_begin_alike(
    dossier, accueil, client_de
):
    """An update written after the file may still change what one sees of it."""
    auteur = PdfWriter(io.BytesIO(octets(dossier)), incremental=True)
    auteur.add_blank_page(10, 10)
    pages = auteur.root_object["/Pages"].get_object()["/Kids"]
    del pages[0]
    sortie = io.BytesIO()
    auteur.write(sortie)
    assert sortie.getvalue().startswith(octets(dossier))
    page = remettre(
        client_de(accueil), dossier, sortie.getvalue(), signataires="X", signe_le=dans(0)
    )
    assert page.status_code == 200
    assert not RetourSigne.objects.exists()


def test_a_scan_is_kept_by_who_says_so_with_who_signed(dossier, accueil, client_de):
    numerise = reecrire(imprimer(""))
    client = client_de(accueil)
    page = remettre(client, dossier, numerise)
    assert {"fichier", "malgre", "signataires", "signe_le"} == set(erreurs(page))
    for jour, dit in ((dans(1), "à venir"), (dans(-1), "précède le dossier")):
        page = remettre(client, dossier, numerise, signe_le=jour.isoformat(), malgre="on")
        assert dit in erreurs(page)["signe_le"][0]
    page = remettre(
        client, dossier, numerise, malgre="on", signataires="La maire", signe_le=dans(0).isoformat()
    )
    assert RetourSigne.objects.get().constat == "numerise"


def test_the_same_file_is_put_back_once(dossier, accueil, client_de):
    client, signe = client_de(accueil), signer(octets(dossier), "Dora Fabre")
    for _ in range(2):
        remettre(client, dossier, signe)
    assert RetourSigne.objects.count() == 1


# --- What is kept ----------------------------------------------------------------------------------


def test_the_archive_holds_both_files_and_their_fingerprints(dossier, accueil, client_de):
    client, signe = client_de(accueil), signer(octets(dossier), "Dora Fabre")
    remettre(client, dossier, signe)
    reponse = client.get(reverse("opportunites:archive_du_dossier", args=[dossier.pk]))
    with zipfile.ZipFile(io.BytesIO(reponse.content)) as archive:
        manifeste = json.loads(archive.read("manifeste.json"))
        (retour,) = manifeste["retours"]
        for nom, somme in (
            (manifeste["dossier"]["nom"], manifeste["dossier"]["sha256"]),
            (retour["nom"], retour["sha256"]),
        ):
            assert hashlib.sha256(archive.read(nom)).hexdigest() == somme
        assert len(archive.namelist()) == 3
    assert retour["signatures"][0]["nom"] == "Dora Fabre"


def test_a_purge_takes_rows_and_files(
    dossier, accueil, client_de, django_capture_on_commit_callbacks
):
    remettre(client_de(accueil), dossier, signer(octets(dossier), "Dora Fabre"))
    retour = RetourSigne.objects.get()
    fichiers = [(ligne.piece.storage, ligne.piece.name) for ligne in (dossier, retour)]
    with django_capture_on_commit_callbacks(execute=True):
        anonymiser(verrouiller(dossier.mobilite.cadre_id))
    assert not DossierASigner.objects.exists()
    assert not any(depot.exists(nom) for depot, nom in fichiers)


def test_the_nightly_sweep_leaves_the_files_that_a_row_names(dossier, accueil, client_de, settings):
    import os

    remettre(client_de(accueil), dossier, signer(octets(dossier), "Dora Fabre"))
    retour = RetourSigne.objects.get()
    for ligne in (dossier, retour):
        os.utime(ligne.piece.path, (0, 0))
    assert balayer() == 0
    RetourSigne.objects.all()._raw_delete("default")
    assert balayer() == 1
