"""The import of the DRH, from the command line."""

import io
import json

import pytest
from django.core.management import call_command

from collectivites.models import EntreeJournal, Mandat
from collectivites.refus import ActionImpossible
from tests import fabriques
from tests.cadres.imports.aide import LIGNES, MAUVAISE, fichier, siens


def commande(chemin, *options, code="departement"):
    sortie = io.StringIO()
    call_command(
        "importer_cadres",
        str(chemin),
        "--collectivite",
        code,
        "--demarche",
        "centre",
        *options,
        stdout=sortie,
        stderr=sortie,
    )
    return sortie.getvalue()


@pytest.fixture
def chemin(tmp_path):
    chemin = tmp_path / "cadres.csv"
    chemin.write_bytes(fichier(*LIGNES, MAUVAISE).read())
    return chemin


def test_the_command_writes_only_when_asked(troupe, chemin):
    bilan = json.loads(commande(chemin, "--json"))
    assert list(bilan) == [
        "nouveaux",
        "mis_a_jour",
        "inchanges",
        "hors_public",
        "a_corriger",
        "colonnes_ecartees",
    ]
    assert (bilan["nouveaux"], bilan["colonnes_ecartees"]) == (3, ["Date de naissance"])
    assert set(bilan["a_corriger"][0]) == {"ligne", "colonne", "valeur", "motif"}
    assert not siens(troupe)
    commande(chemin, "--ecrire")
    assert siens(troupe).count() == 3
    assert json.loads(commande(chemin, "--json", "--ecrire"))["inchanges"] == 3
    auteurs = set(EntreeJournal.objects.values_list("auteur", flat=True))
    assert auteurs == {troupe.drh_departement.utilisateur.pk}


def test_without_a_drh_in_office_the_line_has_no_author(troupe, chemin):
    Mandat.objects.filter(role="drh").update(debut=fabriques.dans(-50), fin=fabriques.dans(-1))
    commande(chemin, "--ecrire")
    assert EntreeJournal.objects.get().auteur is None


def test_an_unreadable_file_exits_with_2(troupe, tmp_path, capsys):
    chemin = tmp_path / "rien.csv"
    chemin.write_bytes(b"")
    for cible in (chemin, tmp_path / "absent.xlsx"):
        sortie = io.StringIO()
        with pytest.raises(SystemExit) as fin:
            call_command(
                "importer_cadres",
                cible,
                collectivite="ville",
                demarche="centre",
                en_json=True,
                stdout=sortie,
            )
        assert fin.value.code == 2
        assert list(json.loads(sortie.getvalue())) == ["erreur"]


@pytest.mark.parametrize(
    ("options", "dit"),
    [
        ({"collectivite": "ville"}, "ajoutez --demarche, parmi"),
        ({"collectivite": "ville", "demarche": "absente"}, "« absente »"),
        ({"collectivite": "lune", "demarche": "centre"}, "ville, agglomeration, departement"),
    ],
)
@pytest.mark.parametrize("en_json", [True, False])
def test_a_collectivite_that_is_not_one_alone_is_said_and_exits_with_2(
    troupe, chemin, options, dit, en_json
):
    sortie, erreurs = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as fin:
        call_command(
            "importer_cadres", chemin, en_json=en_json, stdout=sortie, stderr=erreurs, **options
        )
    assert fin.value.code == 2
    texte = json.loads(sortie.getvalue())["erreur"] if en_json else erreurs.getvalue()
    assert dit in texte.replace("\u00a0", " ")
    assert bool(sortie.getvalue()) is en_json


def test_a_refusal_at_the_moment_of_writing_is_a_sentence_as_well(troupe, chemin, monkeypatch):
    from cadres.management.commands import importer_cadres

    def refuser(**_):
        raise ActionImpossible("Une fiche vient d’être retirée du registre.")

    monkeypatch.setattr(importer_cadres, "ecrire_diagnostic", refuser)
    sortie = io.StringIO()
    with pytest.raises(SystemExit) as fin:
        call_command(
            "importer_cadres",
            chemin,
            collectivite="departement",
            demarche="centre",
            ecrire=True,
            en_json=True,
            stdout=sortie,
        )
    assert fin.value.code == 2
    assert json.loads(sortie.getvalue()) == {
        "erreur": "Une fiche vient d’être retirée du registre."
    }


def test_a_device_is_not_read_and_an_old_terminal_still_gets_json(troupe, tmp_path):
    octets = io.BytesIO()
    sortie = io.TextIOWrapper(octets, encoding="ascii")
    with pytest.raises(SystemExit):
        call_command(
            "importer_cadres",
            "/dev/zero",
            collectivite="ville",
            demarche="centre",
            en_json=True,
            stdout=sortie,
        )
    sortie.flush()
    assert "être ouvert" in json.loads(octets.getvalue())["erreur"]
