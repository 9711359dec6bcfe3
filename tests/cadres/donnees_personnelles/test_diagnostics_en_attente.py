"""A person forgotten is forgotten in the staff lists that wait, whichever part of them names her."""

import json

from cadres.donnees_personnelles.traces import Traces
from cadres.recensement.modeles import FicheExistante
from tests.cadres.recensement.aide import diagnostic_de

ENTETE = ["Matricule", "Nom", "Prénom", "Mail", "Poste", "Statut"]
EUDOXIE = Traces(7, "Zéphyr", "Eudoxie", "M7", frozenset({"eudoxie@v.fr"}))
FICHE = FicheExistante(
    id=7, nom="Zéphyr", prenom="Eudoxie", matricule="M7", courriel="eudoxie@v.fr", poste="Cheffe"
)
PAUL = ["M8", "DURAND", "Paul", "paul@v.fr", "Chef", ""]


def oublie(*lignes: list[str]) -> str:
    return json.dumps(EUDOXIE.elaguer(diagnostic_de([ENTETE, *lignes], [FICHE]).vers_json()))


def test_dans_une_question_ou_elle_est_d_un_cote_ou_de_l_autre() -> None:
    reste = oublie(PAUL, ["M9", "ZÉPHYR", "Eudoxie", "autre@v.fr", "Cheffe", ""])
    assert "Eudoxie" not in reste
    assert "Durand" in reste


def test_parmi_les_absents() -> None:
    reste = oublie(PAUL)
    assert "Eudoxie" not in reste
    assert "Durand" in reste


def test_parmi_les_valeurs_laissees_et_les_cellules_videes() -> None:
    reste = oublie(PAUL, ["M7", "ZÉPHYR", "Eudoxie", "eudoxie@v.fr", "", "NT"])
    assert "Eudoxie" not in reste
    assert json.loads(reste)["laissees"] == json.loads(reste)["videes"] == []
