"""The words of the registre: every act has a label, and one place says whose yes holds."""

import pytest

from cadres.models import Cadre, Candidature
from cadres.mots import ETATS_PARTAGES, Actes, EtatCandidature
from cadres.requetes import avec_le_oui
from collectivites.mots import actes_du_journal
from tests import fabriques


def test_every_act_has_a_label_of_its_own():
    libelles = {acte.value: acte.label for acte in Actes}
    assert all(libelles.values())
    assert len(set(libelles.values())) == len(libelles)
    assert libelles.items() <= actes_du_journal().items()


@pytest.mark.parametrize("etat", EtatCandidature)
@pytest.mark.django_db
def test_the_query_and_the_object_say_the_same_of_a_yes(troupe, etat):
    cadre = fabriques.faire_cadre(troupe.ville, etat)
    tient = etat in ETATS_PARTAGES
    assert Candidature.objects.get(cadre=cadre).oui_tient is tient
    assert Cadre.objects.filter(avec_le_oui(), pk=cadre.pk).exists() is tient
    assert Candidature.objects.filter(avec_le_oui("cadre__"), cadre=cadre).exists() is tient


@pytest.mark.django_db
def test_a_yes_that_was_given_does_not_outlive_the_departure(troupe):
    cadre = fabriques.faire_cadre(
        troupe.ville,
        "retire",
        avancee="en_parcours",
        parti_le=fabriques.dans(-1),
        motif_depart="retraite",
        depart_signale_le=fabriques.il_y_a(1),
    )
    assert not Cadre.objects.filter(avec_le_oui(), pk=cadre.pk).exists()
