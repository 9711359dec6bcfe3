"""Ten more staff lists: exactly the right people, with their poste and direction, and what is said."""

from collections import Counter
from collections.abc import Callable

import pytest

from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.resultat import Diagnostic
from tests.cadres.recensement.aide import JOUR
from tests.cadres.recensement.listes_logiciels import LISTES, Liste


def lue(liste: Liste) -> Diagnostic:
    return diagnostiquer(
        lire(liste.octets, liste.nom),
        existants=[],
        aujourdhui=JOUR,
        employeur=["Ville"],
        autres_employeurs=["Région", "Département"],
    )


@pytest.mark.parametrize("fabrique", LISTES, ids=lambda f: f.__name__)
def test_chaque_liste_est_lue_comme_attendu(fabrique: Callable[[], Liste]) -> None:
    liste = fabrique()
    diag = lue(liste)
    valides = [(c.nom, c.prenom, c.poste, c.direction) for c in diag.lignes_valides]
    assert valides == liste.personnes
    assert Counter(i.raison for i in diag.ignorees) == liste.ignorees
    codes = {c.colonne: c.code for c in diag.colonnes_ecartees}
    assert codes.items() >= liste.ecartees.items()
    assert [(a.ligne, a.colonne) for a in diag.a_corriger] == liste.a_corriger
    assert [(a.ligne, a.colonne) for a in diag.laissees] == liste.laissees
    assert {a.code for a in diag.avertissements} >= liste.dits
    assert diag.feuille == (liste.feuille or diag.feuille)
    assert diag.masquees == liste.masquees
    assert {a.nom: len(a.lignes) for a in diag.autres_employeurs} == liste.autres
    assert Diagnostic.depuis_json(diag.vers_json()) == diag


@pytest.mark.parametrize("fabrique", LISTES, ids=lambda f: f.__name__)
def test_les_lignes_s_additionnent(fabrique: Callable[[], Liste]) -> None:
    diag = lue(fabrique())
    groupes = (diag.pret, len(diag.hors_public), len(diag.questions), diag.nb_lignes_a_corriger)
    assert sum(groupes) + len(diag.doublons) + len(diag.opposes) == diag.nb_lignes


def test_aucun_numero_de_securite_sociale_ne_reste_de_la_liste_de_ciril() -> None:
    assert "185057800608436" not in str(lue(LISTES[0]()).vers_json())
