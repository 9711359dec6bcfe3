"""Redis holds pickles: those that this site has written, and sealed, are the only ones opened."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from collectivites.garanties.cache import Illisible, Serialiseur

pytestmark = pytest.mark.sans_base
RANGES = [3, True, "texte", None, {"jour": date(2026, 12, 1)}, [1, 2.5], b"\x00" * 40]


class Piege:
    """What runs as soon as it is unpickled."""

    def __init__(self, temoin):
        self.temoin = temoin

    def __reduce__(self):
        return (Path.touch, (self.temoin,))


@pytest.mark.parametrize("valeur", RANGES, ids=repr)
def test_ce_qui_est_range_se_relit(valeur):
    serialiseur = Serialiseur()

    assert serialiseur.loads(serialiseur.dumps(valeur)) == valeur
    assert type(serialiseur.loads(serialiseur.dumps(valeur))) is type(valeur)


def test_un_objet_depose_dans_redis_ne_s_execute_pas(tmp_path):
    temoin = tmp_path / "execute"
    depose = pickle.dumps(Piege(temoin))

    assert Serialiseur().loads(depose) is Illisible
    assert Serialiseur().loads(b"\x00" * 32 + depose) is Illisible
    assert not temoin.exists()
    pickle.loads(depose)
    assert temoin.exists()  # the trap is a good one


def test_un_octet_change_et_une_autre_cle_ne_s_ouvrent_pas(settings):
    range_ = Serialiseur().dumps({"a": 1})

    assert Serialiseur().loads(range_[:-1] + b"!") is Illisible
    assert Serialiseur().loads(b"") is Illisible
    settings.SECRET_KEY = "une autre clé"
    assert Serialiseur().loads(range_) is Illisible
