"""`manage.py simuler_mouvement`."""

import json

import pytest
from django.core.management import call_command

from tests.opportunites.mouvement.campagnes import INSTANCES, brut

CLES = {
    "status",
    "moves",
    "cadre_score",
    "host_score",
    "imbalance",
    "balance",
    "assignment",
    "components",
    "explanations",
    "envy",
    "bound",
    "kept",
    "seconds",
}


def test_elle_repond_un_objet_json(capsys):
    call_command("simuler_mouvement", str(INSTANCES[0]), "--json")
    reponse = json.loads(capsys.readouterr().out)
    assert reponse.keys() >= CLES
    assert (reponse["status"], reponse["assignment"]) == ("optimal", {"A": "d1", "B": "v1"})


def test_sans_json_elle_repond_en_francais(capsys):
    call_command("simuler_mouvement", str(INSTANCES[0]))
    assert "Boucle de 2 mouvements" in capsys.readouterr().out


def test_les_plafonds_du_fichier_tiennent_sauf_si_on_les_leve(tmp_path, capsys):
    fichier = tmp_path / "boucle.json"
    boucle = {"A": ("a1", "b1"), "B": ("b1", "c1"), "C": ("c1", "d1"), "D": ("d1", "a1")}
    fichier.write_text(json.dumps(brut("a1 b1 c1 d1", boucle)))
    call_command("simuler_mouvement", str(fichier), "--json")
    assert json.loads(capsys.readouterr().out)["moves"] == 0
    call_command("simuler_mouvement", str(fichier), "--json", "--sans-plafond")
    assert json.loads(capsys.readouterr().out)["moves"] == 4


def test_le_mode_garde_d_abord_les_propositions(tmp_path, capsys):
    fichier = tmp_path / "chaine.json"
    cadres = {"Z": ("z1", "d1"), "A": ("a1", "d1"), "B": ("b1", "a1")}
    cas = brut("a1 b1 d1 z1", cadres, decisions=[("Z", "d1", "proposed")])
    fichier.write_text(json.dumps(cas))
    for mode, mouvements in (("moves_first", 2), ("kept_first", 1)):
        call_command("simuler_mouvement", str(fichier), "--json", "--mode", mode)
        assert json.loads(capsys.readouterr().out)["moves"] == mouvements


def test_une_faute_de_schema_sort_en_2_avec_son_chemin(tmp_path, capsys):
    fichier = tmp_path / "faute.json"
    cas = json.loads(INSTANCES[0].read_text())
    cas["cadres"][1]["poste"] = "d9"
    fichier.write_text(json.dumps(cas))
    with pytest.raises(SystemExit) as sortie:
        call_command("simuler_mouvement", str(fichier), "--json")
    assert sortie.value.code == 2
    sorties = capsys.readouterr()
    assert sorties.out == ""
    assert sorties.err.strip() == (
        "$.cadres[1].poste : le poste « d9 » n’existe pas dans ce fichier"
    )


def test_un_fichier_absent_sort_en_2(tmp_path, capsys):
    with pytest.raises(SystemExit) as sortie:
        call_command("simuler_mouvement", str(tmp_path / "rien.json"))
    assert sortie.value.code == 2
    assert "fichier illisible" in capsys.readouterr().err
