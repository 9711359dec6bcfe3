"""A file that breaks the schema is refused at the place of its fault."""

import copy
import json

import pytest

from opportunites.mouvement.donnees import FauteDeSchema
from opportunites.mouvement.schema import lire, valider
from tests.opportunites.mouvement.campagnes import instance


def _abimer(chemin, valeur):
    cas = instance("03")
    *parents, cle = chemin
    ici = cas
    for parent in parents:
        ici = ici[parent]
    if valeur is ...:
        del ici[cle]
    else:
        ici[cle] = valeur
    return cas


FAUTES = [
    (["schema"], "mouvement/2", "$.schema"),
    (["collectivites"], ..., "$.collectivites"),
    (["collectivites", 1, "id"], "V", "$.collectivites[1].id"),
    (["collectivites", 0, "balance_min"], 2, "$.collectivites[0].balance_max"),
    (["collectivites", 0, "balance_min"], 0.5, "$.collectivites[0].balance_min"),
    (["collectivites", 0, "credit"], "1", "$.collectivites[0].credit"),
    (["postes", 0, "id"], "", "$.postes[0].id"),
    (["postes", 2, "collectivite"], "Z", "$.postes[2].collectivite"),
    (["postes", 2, "capacity"], 0, "$.postes[2].capacity"),
    (["postes", 2, "min_fill"], 2, "$.postes[2].min_fill"),
    (["postes", 2, "closed"], 1, "$.postes[2].closed"),
    (["cadres", 3], "C", "$.cadres[3]"),
    (["cadres", 3, "id"], "A", "$.cadres[3].id"),
    (["cadres", 3, "tirage"], True, "$.cadres[3].tirage"),
    (["cadres", 3, "poste"], "z9", "$.cadres[3].poste"),
    (["cadres", 3, "poste"], "v2", "$.cadres[4].poste"),
    (["cadres", 3, "home"], "Z", "$.cadres[3].home"),
    (["cadres", 3, "leaving"], "oui", "$.cadres[3].leaving"),
    (["cadres", 3, "wishes"], {}, "$.cadres[3].wishes"),
    (["cadres", 3, "wishes", 0, "rank"], 0, "$.cadres[3].wishes[0].rank"),
    (["cadres", 3, "wishes", 0, "rank"], 10**30, "$.cadres[3].wishes[0].rank"),
    (["cadres", 3, "wishes", 0, "poste"], None, "$.cadres[3].wishes[0].poste"),
    (["host", "z9"], [], '$.host["z9"]'),
    (["host", "r1", 0, "cadre"], "Z", '$.host["r1"][0].cadre'),
    (
        ["decisions"],
        [{"cadre": "A", "poste": "r1", "status": "peut-être"}],
        "$.decisions[0].status",
    ),
    (["decisions"], [{"cadre": "A", "status": "accepted"}], "$.decisions[0].poste"),
    (["config"], [], "$.config"),
    (["config", "max_cycle"], -1, "$.config.max_cycle"),
    (["config", "count_exits"], 0, "$.config.count_exits"),
]


@pytest.mark.parametrize(("chemin", "valeur", "faute"), FAUTES, ids=[f[2] for f in FAUTES])
def test_une_faute_est_dite_a_sa_place(chemin, valeur, faute):
    with pytest.raises(FauteDeSchema) as levee:
        valider(_abimer(chemin, valeur))
    assert levee.value.chemin == faute


@pytest.mark.parametrize("texte", ["", "{", "[" * 100_000, "[]", "null", b"\xff\xfe\x00"])
def test_ce_qui_n_est_pas_un_objet_json_est_refuse(texte):
    with pytest.raises(FauteDeSchema) as levee:
        lire(texte)
    assert levee.value.chemin == "$"


def test_ce_que_le_schema_ne_connait_pas_est_laisse_de_cote():
    cas = instance("03")
    avec = copy.deepcopy(cas)
    avec["cadres"][0]["note"] = "à revoir"
    assert valider(avec) == valider(cas)


def test_sans_config_les_plafonds_sont_trois_et_cinq_et_null_les_leve():
    cas = instance("01")
    del cas["config"], cas["decisions"]
    reglages = lire(json.dumps(cas)).reglages
    assert (reglages.boucle_max, reglages.chaine_max, reglages.rang_max) == (3, 5, 8)
    cas["config"] = {"max_cycle": None, "max_chain": None}
    assert valider(cas).reglages.sans_plafond
