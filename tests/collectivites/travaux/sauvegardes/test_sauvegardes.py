"""A backup is worth what comes back from it: made, tried, put back elsewhere, attacked."""

import signal
import sqlite3
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from cadres.models import Cadre
from collectivites.travaux.sauvegardes import actions, manifeste, sqlite
from collectivites.travaux.sauvegardes.archive import Illisible, nouvelle_cle, ouvrir, sceller

EN_VRAI = pytest.mark.django_db(transaction=True)
PIECE = b"%PDF-1.4 la piece de l'an dernier"


@pytest.fixture
def cle(tmp_path):
    """(the secret key, the public one)."""
    publique = nouvelle_cle(tmp_path / "cle.txt")
    return (tmp_path / "cle.txt").read_text().splitlines(), publique


@pytest.fixture
def depots(settings, tmp_path):
    settings.VAR = tmp_path / "var"
    settings.MEDIA_ROOT = tmp_path / "depots"
    default_storage.save("pieces/accord.pdf", ContentFile(PIECE))
    return default_storage


@pytest.fixture
def sauvegarde(troupe, depots, cle, tmp_path):
    chemin, _ = actions.sauvegarder(tmp_path / "gardees", [cle[1]])
    return chemin


@pytest.fixture
def ailleurs(monkeypatch, settings, tmp_path):
    """An installation that has just been made: an empty base, an empty folder."""
    moteur = actions._moteur(connection.vendor)
    with moteur.d_essai(connection.settings_dict, tmp_path) as reglages:
        neuve = SimpleNamespace(
            vendor=connection.vendor, settings_dict=reglages, close=lambda: None
        )
        monkeypatch.setattr(actions, "connection", neuve)
        settings.MEDIA_ROOT = tmp_path / "depots-neufs"
        yield SimpleNamespace(moteur=moteur, reglages=reglages)


@EN_VRAI
def test_everything_comes_back_line_for_line_and_byte_for_byte(sauvegarde, cle, ailleurs):
    combien = Cadre.objects.count()

    actions.restaurer(sauvegarde, cle[0])

    assert ailleurs.moteur.empreintes(ailleurs.reglages)["cadres_cadre"].nombre == combien > 0
    with default_storage.open("pieces/accord.pdf") as piece:
        assert piece.read() == PIECE


@EN_VRAI
def test_nothing_is_written_over_what_people_did(sauvegarde, cle, depots):
    with pytest.raises(Illisible, match="rien n’est écrit"):
        actions.restaurer(sauvegarde, cle[0])


@EN_VRAI
def test_the_server_that_makes_it_cannot_read_it_and_whoever_has_the_key_can_try_it(
    sauvegarde, troupe, cle, tmp_path, capsys
):
    octets = sauvegarde.read_bytes()
    assert octets.startswith(b"age-encryption.org/v1")
    assert troupe.fiche_du_cadre.nom.encode() not in octets
    assert PIECE not in octets
    assert oct(sauvegarde.stat().st_mode)[-3:] == "600"

    call_command("restaurer", sauvegarde, cle=tmp_path / "cle.txt", essai=True)

    dit = capsys.readouterr().out.replace("\xa0", " ")
    assert "et 1 fichier tels qu’au" in dit
    assert "Rien n’a été remis" in dit


@EN_VRAI
def test_one_that_is_stopped_halfway_leaves_nothing(depots, cle, settings, tmp_path, monkeypatch):
    def arreter(*_):
        assert list(settings.VAR.glob("sauvegarde-*/base.*")), "the base lies there in clear"
        signal.raise_signal(signal.SIGTERM)

    avant = signal.signal(signal.SIGTERM, lambda *_: None)
    monkeypatch.setattr(actions, "_ajouter", arreter)
    try:
        with pytest.raises(SystemExit):
            actions.sauvegarder(tmp_path / "gardees", [cle[1]])
    finally:
        signal.signal(signal.SIGTERM, avant)

    assert not list(settings.VAR.glob("sauvegarde-*"))
    assert not list((tmp_path / "gardees").iterdir())


@EN_VRAI
def test_what_a_killed_one_left_in_clear_goes_with_the_next(depots, cle, settings, tmp_path):
    reste = settings.VAR / "sauvegarde-tuee" / "base.dump"
    reste.parent.mkdir(parents=True)
    reste.write_bytes(b"en clair")

    actions.sauvegarder(tmp_path / "gardees", [cle[1]])

    assert not list(settings.VAR.glob("sauvegarde-*"))


def test_the_base_is_nobody_else_s_while_it_is_put_back(tmp_path, monkeypatch):
    cible, vus = tmp_path / "neuve.sqlite3", []
    sqlite3.connect(tmp_path / "gardee.sqlite3").close()

    def ouvrir_la_base(chemin):
        vus.append(cible.exists() and oct(cible.stat().st_mode)[-3:])
        return sqlite3.connect(chemin)

    monkeypatch.setattr(sqlite, "sqlite3", SimpleNamespace(connect=ouvrir_la_base))
    sqlite.remettre(tmp_path / "gardee.sqlite3", {"NAME": cible})

    assert vus[-1] == "600"


@pytest.fixture
def scelle(cle, tmp_path):
    """An archive, and nothing behind it."""
    chemin = tmp_path / "scelle.tar.gz.age"
    with sceller(chemin, [cle[1]]) as archive:
        actions._ecrire(archive, "base.dump", b"une base " * 20_000)
    return chemin


def lire(chemin, cle):
    with ouvrir(chemin, cle) as archive:
        return [archive.extractfile(membre).read() for membre in archive]


def test_what_was_sealed_is_read_by_the_holder_of_the_key(scelle, cle):
    assert lire(scelle, cle[0]) == [b"une base " * 20_000]


@pytest.mark.parametrize("ou", [0.001, 0.5, 0.999])
def test_a_bit_changed_anywhere_is_seen(ou, scelle, cle):
    octets = bytearray(scelle.read_bytes())
    octets[int(len(octets) * ou)] ^= 1
    scelle.write_bytes(octets)

    with pytest.raises(Illisible, match="abîmée"):
        lire(scelle, cle[0])


def test_an_archive_cut_short_is_seen(scelle, cle):
    scelle.write_bytes(scelle.read_bytes()[:-40])

    with pytest.raises(Illisible, match="abîmée"):
        lire(scelle, cle[0])


def test_another_key_opens_nothing(scelle, tmp_path):
    nouvelle_cle(tmp_path / "autre.txt")

    with pytest.raises(Illisible, match="pas sa clé"):
        lire(scelle, (tmp_path / "autre.txt").read_text().splitlines())


def test_one_made_up_by_whoever_knows_the_public_key_is_refused(cle, depots, tmp_path):
    """The key that seals is public: the signature says who made it."""
    fausse = tmp_path / "fausse.tar.gz.age"
    with sceller(fausse, [cle[1]]) as archive:
        actions._ecrire(archive, "base.dump", b"DROP TABLE cadres_cadre;")
        actions._ecrire(archive, manifeste.NOM, b'{"format": 1, "signature": "00"}')

    with pytest.raises(Illisible, match="n’est pas une sauvegarde de cette installation"):
        actions.essayer(fausse, cle[0])


@EN_VRAI
def test_a_table_that_does_not_come_back_whole_is_named(sauvegarde, cle, monkeypatch):
    moteur = actions._moteur(connection.vendor)
    dite = moteur.empreintes

    def incomplete(reglages):
        tables = dite(reglages)
        return tables | {"cadres_cadre": manifeste.Empreinte(1, tables["cadres_cadre"].somme)}

    monkeypatch.setattr(moteur, "empreintes", incomplete)

    with pytest.raises(Illisible, match=r"table cadres_cadre : 1 ligne\(s\) au lieu de \d+"):
        actions.essayer(sauvegarde, cle[0])


@EN_VRAI
def test_a_full_disk_leaves_no_half_of_an_archive(troupe, depots, cle, tmp_path, monkeypatch):
    def pleine(archive, nom):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions, "_ajouter", pleine)
    with pytest.raises(CommandError, match="il n’en reste rien"):
        call_command("sauvegarder", tmp_path / "gardees", pour=[cle[1]])

    assert not list((tmp_path / "gardees").iterdir())
    assert not list((tmp_path / "var").iterdir())


def test_without_a_key_nothing_is_left_in_clear(db, depots, tmp_path):
    with pytest.raises(CommandError, match="Aucune clé de sauvegarde"):
        call_command("sauvegarder", tmp_path / "gardees")

    assert not list((tmp_path / "gardees").iterdir())


def test_a_key_is_never_written_over(tmp_path, capsys):
    call_command("sauvegarder", nouvelle_cle=tmp_path / "cle.txt")
    avant = (tmp_path / "cle.txt").read_text()
    with pytest.raises(CommandError, match="Rien n’est écrit"):
        call_command("sauvegarder", nouvelle_cle=tmp_path / "cle.txt")

    assert (tmp_path / "cle.txt").read_text() == avant
    assert capsys.readouterr().out.startswith("QUATUOR_SAUVEGARDE_POUR=age1")


@EN_VRAI
def test_an_update_that_fails_says_the_exact_way_back(
    troupe, depots, cle, tmp_path, settings, monkeypatch
):
    settings.SAUVEGARDE_POUR = [cle[1]]
    monkeypatch.setattr(
        "django.core.management.commands.migrate.Command.handle",
        lambda *a, **k: (_ for _ in ()).throw(CommandError("la colonne existe déjà")),
    )
    with pytest.raises(CommandError) as refus:
        call_command("mettre_a_jour", tmp_path / "gardees")

    (archive,) = (tmp_path / "gardees").iterdir()
    assert "la colonne existe déjà" in str(refus.value)
    assert f"manage.py restaurer {archive} --cle" in str(refus.value)
    assert str(connection.settings_dict["NAME"]) in str(refus.value)
    actions.essayer(archive, cle[0])
