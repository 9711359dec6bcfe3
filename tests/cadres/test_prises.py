"""Sockets: what the rooms above plug in is called in the order that is written, once each."""

import pytest

from cadres.prises import Prise


def prise_ou_tout_est_entendu():
    """A socket for three subjects, and the list of those it has called."""
    entendus = []
    prise = Prise("opportunites", "programme", "coaching")
    for sujet in ("coaching", "opportunites"):
        prise.brancher(sujet, lambda sujet=sujet, **quoi: entendus.append((sujet, quoi)))
    return prise, entendus


def test_the_order_is_the_written_one_whatever_came_first():
    prise, entendus = prise_ou_tout_est_entendu()

    prise.dire(cadre="Laurence")

    assert entendus == [
        ("opportunites", {"cadre": "Laurence"}),
        ("coaching", {"cadre": "Laurence"}),
    ]
    assert len(prise) == 2


def test_a_subject_without_a_place_is_refused_and_nothing_is_plugged_in():
    prise, _ = prise_ou_tout_est_entendu()

    with pytest.raises(ValueError, match="paie"):
        prise.brancher("paie", print)

    assert len(prise) == 2


def test_plugging_the_same_subject_again_replaces_it():
    prise, entendus = prise_ou_tout_est_entendu()

    prise.brancher("coaching", lambda **quoi: entendus.append(("nouveau coaching", quoi)))
    prise.dire()

    assert [sujet for sujet, _ in entendus] == ["opportunites", "nouveau coaching"]


def test_one_that_raises_stops_those_that_follow():
    prise, entendus = prise_ou_tout_est_entendu()

    def casser(**quoi):
        raise RuntimeError("panne")

    prise.brancher("programme", casser)
    with pytest.raises(RuntimeError, match="panne"):
        prise.dire()

    assert [sujet for sujet, _ in entendus] == ["opportunites"]
