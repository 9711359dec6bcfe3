"""Queries whose SQL is ready: what they give, and that they keep nothing but their text."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.candidature.acteurs import _FICHE
from collectivites.acteurs.acteur import _DELEGATIONS, _MANDATS
from collectivites.acteurs.requetes_pretes import RequetePrete
from collectivites.comptes.connexions.magasin import _SESSION
from collectivites.models import Mandat, Utilisateur
from collectivites.models.comptes import _PAR_CLE
from collectivites.mots import Acte
from tests import fabriques

pytestmark = pytest.mark.deux_moteurs


@pytest.fixture
def demandes(troupe, client_de):
    """Each ready query, and the values for which it has an answer."""
    fabriques.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR)
    client_de(troupe.drh_region)
    personne, jour = troupe.drh_departement.utilisateur.pk, fabriques.dans(0)
    return {
        _MANDATS: {"utilisateur": personne, "jour": jour},
        _DELEGATIONS: {"mandat": troupe.drh_departement.mandat.pk, "jour": jour},
        _FICHE: {
            "utilisateur": troupe.cadre.utilisateur.pk,
            "collectivite": troupe.departement.pk,
        },
        _SESSION: {"cle": Session.objects.get().pk, "maintenant": datetime.now(UTC)},
        _PAR_CLE: {"cle": personne},
    }


def test_they_ask_and_give_what_django_would_word_for_word(demandes):
    for prete, valeurs in demandes.items():
        prete(**valeurs)  # written before it is measured
        with CaptureQueriesContext(connection) as captees:
            trouvees = prete(**valeurs)
            attendues = list(prete._construire(**valeurs))

        assert trouvees == attendues != []
        assert captees[0]["sql"] == captees[1]["sql"]


def test_what_was_read_once_is_read_again(troupe):
    (mandat,) = _MANDATS(utilisateur=troupe.drh_ville.utilisateur.pk, jour=fabriques.dans(0))
    Mandat.objects.filter(pk=mandat.pk).update(fin=fabriques.dans(-1))

    assert _MANDATS(utilisateur=troupe.drh_ville.utilisateur.pk, jour=fabriques.dans(0)) == []


def test_a_page_is_refused_from_the_minute_that_follows_the_last_day_of_a_mandat(troupe, client_de):
    soir = datetime(2029, 3, 14, 22, 59, tzinfo=UTC)  # a minute before midnight in Paris
    with time_machine.travel(soir, tick=False) as horloge:
        Mandat.objects.filter(pk=troupe.drh_ville.mandat.pk).update(fin=date(2029, 3, 14))
        client = client_de(troupe.drh_ville)
        avant = client.get("/registre/").status_code
        horloge.shift(timedelta(minutes=1))
        apres = client.get("/registre/").status_code

    assert (avant, apres) == (200, 403)


def test_a_value_that_has_no_place_is_refused(db):
    prete = RequetePrete(lambda cle, jour: Utilisateur.objects.filter(pk=cle), cle=int, jour=date)

    with pytest.raises(ValueError, match="no place"):
        prete(cle=1, jour=fabriques.dans(0))
