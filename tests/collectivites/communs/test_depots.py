"""Deposited files in a bucket that several machines share: as in a folder, and never under a public address."""

import re
from datetime import timedelta

import pytest
from botocore.client import BaseClient
from botocore.exceptions import EndpointConnectionError
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from collectivites.communs.depots import Depots, Muet, SansPlace
from collectivites.communs.depots.s3 import DepotsS3
from collectivites.travaux.sauvegardes import actions
from collectivites.travaux.sauvegardes.archive import nouvelle_cle
from mobility.reglages.depots import lire
from opportunites.communs import pieces
from pilotage.models import AccordElus
from tests.fabriques import fermer_les_jalons
from tests.outils.seau import DIT, NOM
from tests.outils.seau import seau as un_seau

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def seau(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "nulle-part"
    with un_seau(settings) as lui:
        yield lui
    assert not settings.MEDIA_ROOT.exists(), "a file was left on the disk of this machine"


@pytest.fixture
def sans_reponse(seau, monkeypatch):
    def couper(*_):
        raise EndpointConnectionError(endpoint_url="http://seau.example/?secret")

    monkeypatch.setattr(BaseClient, "_make_api_call", couper)


@pytest.fixture(params=["folder", "bucket"])
def depot(request, settings, tmp_path):
    if request.param == "folder":
        settings.MEDIA_ROOT = tmp_path
        yield default_storage
    else:
        yield request.getfixturevalue("seau") and default_storage


def test_a_folder_and_a_bucket_say_the_same_of_what_they_hold(depot):
    assert list(depot.inventaire()) == list(depot.inventaire("postes")) == []
    for nom in ("postes/1/b.pdf", "postes/a.pdf", "reserves/c.pdf"):
        assert depot.save(nom, ContentFile(PDF)) == nom
    autre = depot.save("postes/a.pdf", ContentFile(b"un autre"))

    assert re.fullmatch(r"postes/a_\w+\.pdf", autre), "nothing is written over"
    noms = [nom for nom, _ in depot.inventaire()]
    assert sorted(noms) == sorted(["postes/1/b.pdf", "postes/a.pdf", "reserves/c.pdf", autre])
    assert {nom for nom, _ in depot.inventaire("postes")} == {*noms} - {"reserves/c.pdf"}
    assert all(timezone.now() - date < timedelta(minutes=1) for _, date in depot.inventaire())
    with depot.open("postes/a.pdf") as fichier:
        assert (fichier.size, fichier.read()) == (len(PDF), PDF)
    depot.delete("postes/a.pdf")
    depot.delete("postes/a.pdf")
    with pytest.raises(FileNotFoundError):
        depot.open("postes/a.pdf")


def test_files_lie_in_our_folder_of_the_bucket_and_have_no_address(seau):
    default_storage.save("postes/a.pdf", ContentFile(PDF))

    assert [objet.key for objet in seau.objects.all()] == ["quatuor/postes/a.pdf"]
    lecteurs = {
        droit["Grantee"]["Type"] for droit in seau.Object("quatuor/postes/a.pdf").Acl().grants
    }
    assert lecteurs == {"CanonicalUser"}
    with pytest.raises(NotImplementedError):
        default_storage.url("postes/a.pdf")
    assert default_storage.lieu() == f"le seau {NOM}, dossier quatuor"


def test_another_folder_of_the_bucket_is_not_seen(seau):
    seau.put_object(Key="quatuor-bis/postes/a.pdf", Body=PDF)
    seau.put_object(Key="quatuor/", Body=b"")

    assert list(default_storage.inventaire()) == []


def deposer(client):
    return client.post(
        "/elus/accord/",
        {
            "instance": "Conseil régional",
            "le": f"{timezone.localdate():%Y-%m-%d}",
            "numero": "2027-12",
            "piece": SimpleUploadedFile("deliberation.pdf", PDF),
        },
    )


@pytest.mark.django_db
def test_a_document_goes_through_the_site_both_ways(seau, troupe, client_de):
    fermer_les_jalons(troupe.demarche)
    dgs = client_de(troupe.dgs_region)

    assert deposer(dgs).status_code == 302
    accord = AccordElus.objects.get(numero="2027-12")
    assert [objet.key for objet in seau.objects.all()] == [f"quatuor/{accord.piece.name}"]
    lien = f"/elus/accords/{accord.pk}/document/"
    assert f'href="{lien}"' in dgs.get("/elus/").text
    lue = dgs.get(lien)
    assert (lue.status_code, lue.content) == (200, PDF)

    accord.piece.storage.delete(accord.piece.name)
    assert dgs.get(lien).status_code == 404


@pytest.mark.django_db
def test_when_the_bucket_does_not_answer_nothing_is_written_and_pages_say_to_try_again(
    seau, troupe, client_de, request
):
    fermer_les_jalons(troupe.demarche)
    dgs = client_de(troupe.dgs_region, raise_request_exception=False)
    deposer(dgs)
    lien = f"/elus/accords/{AccordElus.objects.get(numero='2027-12').pk}/document/"
    request.getfixturevalue("sans_reponse")

    lue = dgs.get(lien)
    assert (lue.status_code, "Réessayez dans une minute" in lue.text) == (503, True)
    refusee = deposer(client_de(troupe.dgs_ville))
    assert (refusee.status_code, "rien n’est enregistré" in refusee.text) == (503, True)
    assert AccordElus.objects.filter(numero="2027-12").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("etat", ["ok", "ne répond pas"])
def test_the_readiness_page_says_whether_the_bucket_answers(seau, client, etat):
    if etat != "ok":
        seau.delete()

    assert client.get("/sante/pret").json()["depots"] == etat


def test_saving_and_reading_say_that_the_bucket_is_mute(sans_reponse):
    with pytest.raises(SansPlace):
        default_storage.save("a.pdf", ContentFile(PDF))
    with pytest.raises(Muet):
        list(default_storage.inventaire())


@pytest.mark.django_db
def test_the_sweep_of_the_night_cleans_the_bucket(seau):
    default_storage.save("reserves/perdue.pdf", ContentFile(PDF))
    default_storage.save("autre/gardee.pdf", ContentFile(PDF))

    assert pieces.balayer() == 0
    assert pieces.balayer(timezone.now() + timedelta(days=2)) == 1
    assert [nom for nom, _ in default_storage.inventaire()] == ["autre/gardee.pdf"]


@pytest.mark.django_db(transaction=True)
def test_a_backup_takes_the_bucket_and_goes_back_to_an_empty_one_alone(
    seau, settings, tmp_path, capsys
):
    settings.VAR = tmp_path / "var"
    default_storage.save("reserves/accord.pdf", ContentFile(PDF))
    publique = nouvelle_cle(tmp_path / "cle.txt")

    chemin, manifeste = actions.sauvegarder(tmp_path / "gardees", [publique])

    assert manifeste.fichiers["reserves/accord.pdf"].nombre == len(PDF)
    call_command("restaurer", chemin, cle=tmp_path / "cle.txt", essai=True)
    assert "1 fichier tels" in capsys.readouterr().out.replace("\xa0", " ")
    ailleurs = DepotsS3(**lire({**DIT, "QUATUOR_S3_DOSSIER": "neuf"})["OPTIONS"])
    with actions._deplie(chemin, (tmp_path / "cle.txt").read_text().splitlines(), ailleurs):
        pass
    assert seau.Object("neuf/reserves/accord.pdf").get()["Body"].read() == PDF


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_a_bucket_that_is_mute_says_so_and_leaves_nothing(
    sans_reponse, settings, tmp_path
):
    settings.VAR = tmp_path / "var"

    with pytest.raises(
        CommandError, match=r"le dépôt des fichiers ne répond pas.*il n’en reste rien"
    ):
        call_command("sauvegarder", tmp_path / "g", pour=[nouvelle_cle(tmp_path / "cle.txt")])

    assert not list((tmp_path / "g").iterdir())


def test_the_folder_is_the_default():
    assert lire({}) == {"BACKEND": f"{Depots.__module__}.Depots"}


@pytest.mark.parametrize("manquant", ["QUATUOR_S3_SEAU", "QUATUOR_S3_CLE", "QUATUOR_S3_SECRET"])
def test_a_bucket_that_is_described_by_halves_stops_the_server(manquant):
    with pytest.raises(ImproperlyConfigured, match=f"^{manquant} is missing"):
        lire({**DIT, manquant: ""})


def test_the_secret_may_lie_in_a_file(tmp_path):
    (tmp_path / "secret").write_text("tres-secret\n")

    lu = lire({**DIT, "QUATUOR_S3_SECRET": "", "QUATUOR_S3_SECRET_FILE": str(tmp_path / "secret")})

    assert lu["OPTIONS"]["secret_key"] == "tres-secret"
