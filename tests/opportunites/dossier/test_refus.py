"""The refusal of the origin: its ground, its words, its document, who reads it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.communs.pieces import TAILLE_MAX, genre_de
from opportunites.dossier.actions import depart as actions
from opportunites.models import Mobilite, ReponseOrigine
from tests.fabriques import dans
from tests.opportunites.dossier.aide import PDF, docx, piece, refuser, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("motif", "texte", "fichier", "message"),
    [
        ("", "Pourquoi.", True, "motifs que la loi"),
        ("mad", "Pourquoi.", True, "motifs que la loi"),
        ("service", " ", True, "Expliquez"),
        ("service", "Pourquoi.", False, "Joignez"),
    ],
)
def test_a_refusal_has_its_ground_its_words_and_its_document(
    mobilite, origine, motif, texte, fichier, message
):
    with pytest.raises(ActionImpossible, match=message):
        actions.refuser_le_depart(
            acteur=origine,
            mobilite=mobilite,
            motif=motif,
            texte=texte,
            piece=piece() if fichier else None,
            signataire="Le président du conseil départemental",
            notifie_le=dans(0),
        )

    assert not ReponseOrigine.objects.exists()


def test_a_refusal_stops_the_date_until_one_is_agreed(mobilite, origine, accueil):
    refuser(origine, mobilite)
    mobilite.refresh_from_db()
    assert mobilite.reponse_origine == "refus"

    actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(60))

    mobilite.refresh_from_db()
    assert mobilite.reponse_origine == "date"
    assert [r.sens for r in mobilite.reponses.all()] == ["date", "refus"]
    with pytest.raises(ActionImpossible, match="déjà donné"):
        refuser(origine, mobilite)


def test_the_database_refuses_a_refusal_without_document(mobilite, origine):
    with pytest.raises(IntegrityError, match="reponse_refus_motive"), transaction.atomic():
        ReponseOrigine.objects.create(
            mobilite=mobilite, sens="refus", motif="service", par=origine.mandat
        )


def test_a_contractuel_cannot_be_refused(scene, mobilite, origine):
    Mobilite.objects.filter(pk=mobilite.pk).update(voie="CONTRAT_CDD")
    mobilite.refresh_from_db()

    with pytest.raises(ActionImpossible, match="démissionne"):
        refuser(origine, mobilite)


@pytest.mark.parametrize("qui", ["drh_region", "dgs_departement", "cadre", "drh_ville"])
def test_only_the_origin_answers(scene, mobilite, qui):
    with pytest.raises(PermissionDenied):
        actions.accorder_le_depart(
            acteur=getattr(scene.troupe, qui), mobilite=mobilite, date_convenue=dans(90)
        )


def test_a_gestionnaire_agrees_but_does_not_refuse(scene, mobilite):
    gestionnaire = scene.troupe.gestionnaire_departement
    with pytest.raises(PermissionDenied):
        refuser(gestionnaire, mobilite)

    actions.accorder_le_depart(acteur=gestionnaire, mobilite=mobilite, date_convenue=dans(60))


def test_the_answer_by_the_page(scene, mobilite, origine, client_de):
    client = client_de(origine)
    adresse = url("repondre_a_la_demande", mobilite.pk)
    assert "Les nécessités du service" in client.get(adresse).content.decode()

    vide = client.post(adresse, {"decision": "refus"})
    assert "Joignez la décision" in vide.content.decode()
    assert "Dites qui a signé ce refus" in vide.content.decode()
    faux = client.post(
        adresse,
        {
            "decision": "refus",
            "motif": "service",
            "texte": "…",
            "piece": piece(b"MZ\x90\x00 un programme", "refus.pdf"),
        },
    )
    assert "ni un PDF" in faux.content.decode()
    bon = client.post(
        adresse,
        {
            "decision": "refus",
            "motif": "service",
            "texte": "Budget.",
            "piece": piece(),
            "signataire": "Marc Roy, président du conseil départemental",
            "notifie_le": dans(0).isoformat(),
        },
        follow=True,
    )

    texte = bon.content.decode()
    assert "oppose un refus motivé" in texte
    assert "signé par Marc Roy, président du conseil départemental" in texte
    assert "Les nécessités du service" in texte
    assert EntreeJournal.objects.get(acte="mobilite.origine_refus").motif
    assert Courriel.objects.filter(objet__startswith="Refus motivé").count() == 2


@pytest.mark.parametrize(
    ("qui", "statut"),
    [
        ("drh_departement", 200),
        ("dgs_region", 200),
        ("cadre", 200),
        ("drh_ville", 404),
        ("autre_cadre", 404),
        ("etranger_drh", 404),
        ("accompagnateur", 403),
    ],
)
def test_who_downloads_the_document(scene, mobilite, origine, client_de, qui, statut):
    reponse = refuser(origine, mobilite)

    page = client_de(getattr(scene.troupe, qui)).get(url("piece_reponse", reponse.pk))

    assert page.status_code == statut
    if statut == 200:
        assert page.content == PDF
        assert page["Content-Disposition"].startswith("attachment")
        assert page["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("contenu", "nom", "genre"),
    [
        (PDF, "x.exe", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 20, "x", "png"),
        (b"\xff\xd8\xff\xe0" + b"0" * 20, "x.pdf", "jpg"),
        (docx(), "x.zip", "docx"),
        (docx("xl/workbook.xml"), "x.docx", None),
        (docx("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "x.docx", None),
        (b"PK\x03\x04 tronque", "x.docx", None),
        (b"<html><script>", "x.pdf", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.png", None),
        (b"", "x.pdf", None),
    ],
)
def test_a_file_is_what_its_content_says(contenu, nom, genre):
    assert genre_de(SimpleUploadedFile(nom, contenu)) == genre


def test_a_document_over_five_megabytes_is_refused(mobilite, origine):
    with pytest.raises(ActionImpossible, match="5\u00a0Mo"):
        refuser(origine, mobilite, piece=piece(PDF + b"0" * TAILLE_MAX))


def test_the_name_of_the_document_is_tamed(mobilite, origine):
    reponse = refuser(origine, mobilite, piece=piece(PDF, "..\\..\\é\nvil\r\n.exe"))

    assert reponse.nom_piece.endswith(".pdf")
    assert not set(reponse.nom_piece) & set("\r\n/\\")
    assert reponse.piece.name.startswith(f"mobilites/{mobilite.pk}/")
    assert "vil" not in reponse.piece.name  # drawn by us: nothing of theirs is in the path


def test_the_document_goes_with_its_person(
    scene, mobilite, origine, django_capture_on_commit_callbacks
):
    reponse = refuser(origine, mobilite)
    depot, nom = reponse.piece.storage, reponse.piece.name
    assert depot.exists(nom)

    with django_capture_on_commit_callbacks(execute=True):
        reponse.delete()

    assert not depot.exists(nom)
