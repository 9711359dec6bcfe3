"""Two people who swap their address or their number in one file."""

import pytest

from collectivites.models import Utilisateur
from tests import fabriques
from tests.cadres.imports_hostiles.aide import ENTETES, Etat, dernier


@pytest.fixture
def paire(troupe):
    return [
        fabriques.faire_cadre(
            troupe.departement,
            "informe",
            nom=nom,
            prenom="Anne",
            matricule=f"S{n}",
            courriel=f"s{n}@loiret.example",
        )
        for n, nom in enumerate(("Aubert", "Berger"))
    ]


def importer(deposer, confirmer, *lignes):
    deposer("\n".join((ENTETES, *lignes)).encode())
    return confirmer(dernier())


@pytest.mark.parametrize(
    ("lignes", "attendu"),
    [
        (
            ("S0;Aubert;Anne;s1@loiret.example;A;", "S1;Berger;Anne;s0@loiret.example;A;"),
            [("S0", "s1@loiret.example"), ("S1", "s0@loiret.example")],
        ),
        (
            ("S1;Aubert;Anne;s0@loiret.example;A;", "S0;Berger;Anne;s1@loiret.example;A;"),
            [("S1", "s0@loiret.example"), ("S0", "s1@loiret.example")],
        ),
    ],
    ids=["courriels", "matricules"],
)
def test_two_people_swap_in_one_file(paire, deposer, confirmer, lignes, attendu):
    importation = importer(deposer, confirmer, *lignes)
    assert importation.etat == Etat.CONFIRME
    assert importation.resume["mis_a_jour"] == 2
    for cadre, (matricule, courriel) in zip(paire, attendu, strict=True):
        cadre.refresh_from_db()
        assert (cadre.matricule, cadre.courriel) == (matricule, courriel)


def test_accounts_that_nobody_has_used_follow_the_swap(paire, deposer, confirmer):
    Utilisateur.objects.filter(fiches__in=paire).update(password="!")
    importer(
        deposer,
        confirmer,
        "S0;Aubert;Anne;s1@loiret.example;A;",
        "S1;Berger;Anne;s0@loiret.example;A;",
    )
    for cadre in paire:
        cadre.refresh_from_db()
        assert cadre.utilisateur.email == cadre.courriel
