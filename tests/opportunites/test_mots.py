"""Words of the room: the shape of each state, the label of each act."""

import re
from pathlib import Path

import pytest

import opportunites
from collectivites.mots import ActeJournal, actes_du_journal
from opportunites import mots

#: state → shape, as the style sheet draws it beside the word
FORMES = {
    mots.EtatOpportunite: {
        "besoin": "vide",
        "validee": "demi",
        "transmise": "demi",
        "publiee": "plein",
        "close": "demi",
        "pourvue": "fait",
        "retiree": "clos",
    },
    mots.EtatDemande: {
        "deposee": "losange",
        "acceptee": "plein",
        "declinee": "clos",
        "sans_suite": "clos",
        "retiree": "clos",
    },
    mots.EtatProposition: {
        "brouillon": "vide",
        "validee": "demi",
        "envoyee": "losange",
        "acceptee": "plein",
        "refusee": "clos",
        "expiree": "clos",
        "retiree": "clos",
        "realisee": "fait",
    },
    mots.EtatSollicitation: {"posee": "losange", "oui": "plein", "non": "clos"},
    mots.EtatReserve: {
        "deposee": "losange",
        "complement": "demi",
        "levee": "fait",
        "retenue": "plein",
        "caduque": "clos",
    },
    mots.EtatMobilite: {"ouverte": "demi", "effective": "fait", "abandonnee": "clos"},
}


@pytest.mark.parametrize("etats", FORMES)
def test_each_state_has_its_shape(etats):
    assert {etat.value: etat.forme for etat in etats} == FORMES[etats]


@pytest.mark.parametrize(
    ("ensemble", "parties"),
    [
        (mots.EtatOpportunite, (mots.POSTES_VIVANTS, mots.POSTES_FINIS)),
        (mots.POSTES_VIVANTS, (mots.POSTES_INTERNES, mots.POSTES_OUVERTS)),
    ],
)
def test_the_states_of_a_poste_are_shared_out_without_a_rest(ensemble, parties):
    assert sorted(ensemble) == sorted(etat for partie in parties for etat in partie)


def test_an_act_of_this_room_is_written_somewhere_and_has_a_label_of_its_own():
    dossier = Path(opportunites.__file__).parent
    sources = "".join(
        p.read_text() for p in dossier.rglob("*.py") if "mots" not in {p.stem, p.parent.name}
    )

    assert set(re.findall(r"\bActes\.([A-Z_]+)", sources)) == set(mots.Actes.names)
    assert len(set(mots.Actes.labels)) == len(mots.Actes)
    assert mots.Actes.labels == [actes_du_journal()[code] for code in mots.Actes.values]


def test_no_two_rooms_write_the_same_act():
    codes = [acte.value for actes in ActeJournal.__subclasses__() for acte in actes]

    assert len(codes) == len(set(codes))
