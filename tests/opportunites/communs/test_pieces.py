"""No document without its row: what an undone act wrote goes, a replaced or deleted one too."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.utils import timezone

from collectivites.travaux.horloge import sonner
from opportunites.communs import pieces
from opportunites.dossier.actions import depart
from opportunites.models import DossierASigner, Opportunite, ReponseOrigine, Reserve, RetourSigne
from opportunites.propositions.actions import reserves
from pilotage.models import (
    AccordElus,
    ActionCommunication,
    ClotureEtape,
    DocumentCabinet,
    InformationElus,
)
from tests.fabriques import dans, faire_mobilite, faire_proposition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def depots(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mobilite(scene):
    return faire_mobilite(
        faire_proposition(scene.opportunite, scene.cadre, "acceptee"),
        voie="MUTATION",
        demande_recue_le=dans(-10),
        date_effet=dans(100),
    )


def pdf(nom="décision.pdf"):
    return SimpleUploadedFile(nom, b"%PDF-1.7\n%%EOF\n")


def refuser(scene, mobilite):
    return depart.refuser_le_depart(
        acteur=scene.troupe.drh_departement,
        mobilite=mobilite,
        motif="service",
        texte="Le budget se vote.",
        piece=pdf(),
        signataire="Le président du conseil départemental",
        notifie_le=dans(0),
    )


def deposes(depots):
    return sorted(f.relative_to(depots).as_posix() for f in depots.rglob("*") if f.is_file())


class Panne(Exception):
    pass


def tomber_apres(acte, **champs):
    """The act, undone by what comes after it in its transaction."""
    with transaction.atomic():
        acte(**champs)
        raise Panne


def test_what_an_undone_act_wrote_goes_a_day_later(scene, mobilite, tmp_path):
    with pytest.raises(Panne):
        tomber_apres(refuser, scene=scene, mobilite=mobilite)
    assert len(deposes(tmp_path)) == 1
    assert not ReponseOrigine.objects.exists()

    # Too young: it may be of an act under way.
    assert pieces.balayer() == 0
    assert pieces.balayer(timezone.now() + timedelta(days=2)) == 1
    assert deposes(tmp_path) == []


def test_what_a_row_names_stays(scene, mobilite, tmp_path):
    reponse = refuser(scene, mobilite)
    voisin = default_storage.save("autre/dossier.pdf", ContentFile(b"%PDF-1.7"))

    assert pieces.balayer(timezone.now() + timedelta(days=2)) == 0
    assert deposes(tmp_path) == sorted([reponse.piece.name, voisin])


def test_nothing_was_ever_deposited(tmp_path):
    assert pieces.balayer() == 0


def test_the_clock_sweeps_each_night(scene, mobilite, tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "REPIT", timedelta(seconds=-5))
    default_storage.save("reserves/perdue.pdf", ContentFile(b"%PDF-1.7"))
    gardee = refuser(scene, mobilite).piece.name

    sonner("nuit")

    assert deposes(tmp_path) == [gardee]


def test_a_document_that_replaces_another_does_not_leave_it(
    scene, tmp_path, django_capture_on_commit_callbacks
):
    troupe = scene.troupe
    proposition = faire_proposition(scene.opportunite, scene.cadre)
    reserve = reserves.deposer_reserve(
        acteur=troupe.drh_departement,
        proposition=proposition,
        sujet="calendrier",
        texte="Le budget se vote.",
        piece=pdf(),
    )
    reserves.arbitrer_reserve(
        acteur=troupe.dgs_region, reserve=reserve, decision="complement", motif="Combien ?"
    )

    with django_capture_on_commit_callbacks(execute=True):
        reserves.completer_reserve(
            acteur=troupe.drh_departement, reserve=reserve, complement="Deux mois.", piece=pdf()
        )

    reserve.refresh_from_db()
    assert deposes(tmp_path) == [reserve.piece.name]


def test_the_former_document_stays_if_the_new_one_is_undone(scene, tmp_path):
    troupe = scene.troupe
    reserve = reserves.deposer_reserve(
        acteur=troupe.drh_departement,
        proposition=faire_proposition(scene.opportunite, scene.cadre),
        sujet="calendrier",
        texte="Le budget se vote.",
        piece=pdf(),
    )
    reserves.arbitrer_reserve(
        acteur=troupe.dgs_region, reserve=reserve, decision="complement", motif="Combien ?"
    )

    with pytest.raises(Panne):
        tomber_apres(
            reserves.completer_reserve,
            acteur=troupe.drh_departement,
            reserve=reserve,
            complement="Deux.",
            piece=pdf(),
        )

    reserve.refresh_from_db()
    assert reserve.piece.storage.exists(reserve.piece.name)


def test_documents_go_with_their_rows(
    scene, mobilite, tmp_path, django_capture_on_commit_callbacks
):
    refuser(scene, mobilite)

    with django_capture_on_commit_callbacks(execute=True):
        mobilite.delete()

    assert deposes(tmp_path) == []


def test_every_document_of_the_project_is_swept():
    """A new FileField needs its folder in DOSSIERS, and a receiver for its deletion."""
    gardes = {
        modele
        for modele in apps.get_models()
        if any(isinstance(champ, models.FileField) for champ in modele._meta.concrete_fields)
    }

    cadrage = {AccordElus, ActionCommunication, ClotureEtape, InformationElus}
    assert (
        gardes
        == {Opportunite, ReponseOrigine, Reserve, DossierASigner, RetourSigne, DocumentCabinet}
        | cadrage
        == set(pieces.DOSSIERS)
    )
    assert all(models.signals.post_delete.has_listeners(modele) for modele in gardes)
