"""Why a poste may suit: facts met, missing, unknown; never a number."""

import pytest

from cadres.models import Cadre
from collectivites.models import Poste
from opportunites.models import Opportunite
from opportunites.propositions.raisons import Verdict, cadre_emplois_admis, raisons


def comparer(cadre=None, poste=None, rang=None):
    return raisons(
        Cadre(**(cadre or {})), Opportunite(poste=Poste(intitule="x", **(poste or {}))), rang
    )


def verdict(mot, **kwargs):
    return {r.verdict for r in comparer(**kwargs) if mot in r.texte.lower()}


@pytest.mark.parametrize(
    ("du_cadre", "du_poste", "attendu"),
    [
        ("Attaché territorial", ["Attaché"], True),
        ("Attachés territoriaux", ["Attaché territorial"], True),
        ("Ingénieur en chef territorial", ["Ingénieur"], False),
        ("Conseiller socio-éducatif", ["Conseillers socio-éducatifs"], True),
        ("", ["Attaché"], None),
        ("Attaché", [], None),
    ],
)
def test_the_cadre_d_emplois_is_recognised_however_it_is_written(du_cadre, du_poste, attendu):
    cadre, poste = Cadre(cadre_emplois=du_cadre), Poste(cadres_emplois=du_poste)

    assert cadre_emplois_admis(cadre, poste) is attendu


@pytest.mark.parametrize(
    ("cadre", "attendu"),
    [
        ({"nb_agents": 12}, {Verdict.REUNI}),
        ({"encadrement": True}, {Verdict.INCONNU}),  # of how many, the file does not say
        ({"nb_agents": 3}, {Verdict.REUNI}),
        ({"nb_agents": 2}, {Verdict.MANQUE}),  # eight is a team of another size
        ({"encadrement": False}, {Verdict.MANQUE}),
        ({"nb_agents": 0}, {Verdict.MANQUE}),
        ({}, {Verdict.INCONNU}),
    ],
)
def test_managing_people(cadre, attendu):
    assert verdict(
        "encadr", cadre=cadre, poste={"nb_agents_encadres": 8, "cadres_emplois": ["x"]}
    ) == (attendu)


@pytest.mark.parametrize(
    ("statut", "ouvert", "attendu"),
    [
        ("cdi", True, {Verdict.REUNI}),
        ("cdd", False, {Verdict.MANQUE}),
        ("titulaire", False, set()),
        ("", False, {Verdict.INCONNU}),
    ],
)
def test_the_statut(statut, ouvert, attendu):
    trouve = verdict("contractuel", cadre={"statut": statut}, poste={"ouvert_contractuel": ouvert})
    trouve |= verdict("titulaires", cadre={"statut": statut}, poste={"ouvert_contractuel": ouvert})

    assert trouve == attendu


def test_the_wish_comes_first_and_the_unknown_last():
    liste = comparer(rang=2)

    assert liste[0].texte == "Ce poste est le 2e de vos vœux."
    assert liste[-1].verdict is Verdict.INCONNU


def test_an_unknown_is_never_a_missing():
    assert {r.verdict for r in comparer()} == {Verdict.INCONNU}


@pytest.mark.parametrize(
    ("exercee", "voulue", "attendu", "regle"),
    [
        ("Petite enfance", "Enfance-famille", Verdict.REUNI, "Même famille"),
        ("Autonomie", "Enfance-famille", Verdict.PROCHE, "du champ « Social, santé publique »"),
        ("Voirie", "Enfance-famille", Verdict.MANQUE, "d’un autre champ"),
        ("", "Enfance-famille", Verdict.INCONNU, "n’est pas connue"),
        ("Plongée", "Enfance-famille", Verdict.INCONNU, "ne se comparent pas"),
        ("Plongée", "plongee", Verdict.REUNI, "Même famille"),
    ],
)
def test_the_family_of_metiers_and_the_rule_that_answers(exercee, voulue, attendu, regle):
    (raison,) = [
        r
        for r in comparer(
            cadre={"famille_de_metiers": exercee}, poste={"famille_de_metiers": voulue}
        )
        if "amille" in r.texte
    ]

    assert raison.verdict is attendu
    assert regle in raison.texte


def test_a_poste_without_a_family_says_nothing_of_it():
    assert not [r for r in comparer(cadre={"famille_de_metiers": "RH"}) if "amille" in r.texte]


def test_eighteen_people_led_are_not_six_hundred():
    raison = next(
        r
        for r in comparer(cadre={"nb_agents": 18}, poste={"nb_agents_encadres": 600})
        if "600" in r.texte
    )

    assert raison.verdict is Verdict.MANQUE
    assert "plus de trois fois plus grande" in raison.texte
