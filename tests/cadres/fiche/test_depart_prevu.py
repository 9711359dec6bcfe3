"""A departure known ahead takes effect by the clock; every motive is there; nobody writes to the dead."""

import pytest
from django.core.exceptions import PermissionDenied

from cadres.fiche import depart
from cadres.models import Cadre, Candidature
from collectivites.models import Courriel, EntreeJournal, Mandat
from collectivites.refus import ActionImpossible
from parcours.models import Inscription
from tests import fabriques
from tests.fabriques.coaching import faire_accompagnement, faire_coaching

DEMAIN = fabriques.dans(1)


@pytest.fixture
def cadre(troupe):
    return fabriques.faire_cadre(troupe.departement, "accord", nom="Prévue")


def signaler(troupe, cadre, jour=DEMAIN, motif="retraite"):
    return depart.signaler_depart(
        acteur=troupe.drh_departement, cadre=cadre, jour=jour, motif=motif
    )


def test_nothing_changes_before_the_day_and_the_file_says_it(troupe, cadre, client_de):
    client = client_de(troupe.drh_departement)
    saisie = {"jour": DEMAIN.isoformat(), "motif": "demission"}
    assert client.post(f"/registre/{cadre.pk}/depart/", saisie).status_code == 302
    cadre.refresh_from_db()
    assert (cadre.parti_le, cadre.depart_prevu_le) == (None, DEMAIN)
    assert Candidature.objects.get(cadre=cadre).etat == "accord"
    assert depart.faire_les_departs_prevus() == 0
    assert not Courriel.objects.exists()
    page = client.get(f"/registre/{cadre.pk}/").content.decode()
    assert "Départ prévu" in page
    assert "démission" in page


def test_on_the_very_day_the_clock_makes_it_true(troupe, cadre):
    signaler(troupe, cadre)
    Cadre.objects.filter(pk=cadre.pk).update(depart_prevu_le=fabriques.dans(0))
    assert depart.faire_les_departs_prevus() == 1
    cadre.refresh_from_db()
    assert (cadre.parti_le, cadre.motif_depart) == (fabriques.dans(0), "retraite")
    assert (cadre.depart_prevu_le, cadre.motif_depart_prevu) == (None, "")
    assert EntreeJournal.objects.get(acte="cadre.parti").auteur is None
    assert Courriel.objects.filter(destinataire=cadre.courriel).count() == 1
    assert depart.faire_les_departs_prevus() == 0


def test_it_is_taken_back_before_the_day(troupe, cadre, client_de):
    signaler(troupe, cadre)
    with pytest.raises(PermissionDenied):
        depart.renoncer_au_depart_prevu(acteur=troupe.drh_region, cadre=cadre)
    client = client_de(troupe.drh_departement)
    client.post(f"/registre/{cadre.pk}/depart/renoncer/")
    cadre.refresh_from_db()
    assert cadre.depart_prevu_le is None
    with pytest.raises(ActionImpossible, match="Aucun départ"):
        depart.renoncer_au_depart_prevu(acteur=troupe.drh_departement, cadre=cadre)


def test_a_move_of_the_demarche_wins_over_a_foreseen_departure(troupe, cadre):
    signaler(troupe, cadre)
    Candidature.objects.filter(cadre=cadre).update(
        etat="retenu", avancee="engagee", decide_le=fabriques.midi(-1)
    )
    Cadre.objects.filter(pk=cadre.pk).update(depart_prevu_le=fabriques.dans(0))
    assert depart.faire_les_departs_prevus() == 0
    cadre.refresh_from_db()
    assert (cadre.parti_le, cadre.depart_prevu_le) == (None, None)


@pytest.mark.parametrize("motif", Cadre.Depart.values)
def test_every_motive_is_accepted(troupe, cadre, motif):
    signaler(troupe, cadre, fabriques.dans(0), motif)
    cadre.refresh_from_db()
    assert cadre.motif_depart == motif


def test_a_death_sends_no_mail_to_the_person_and_closes_their_access(troupe, monkeypatch):
    cadre = fabriques.faire_cadre(
        troupe.departement,
        "retenu",
        nom="Regrettée",
        accompagnateur=troupe.accompagnateur.mandat,
        avancee="en_parcours",
    )
    fabriques.faire_inscription(cadre)
    fabriques.faire_voeu(cadre, fabriques.faire_opportunite(troupe.region))
    fabriques.faire_proposition(fabriques.faire_opportunite(troupe.ville), cadre)
    faire_coaching(faire_accompagnement(cadre))
    signaler(troupe, cadre, fabriques.dans(0), "deces")
    siens = {cadre.courriel, cadre.utilisateur.email}
    assert not Courriel.objects.filter(destinataire__in=siens).exists()
    assert Inscription.objects.get(cadre=cadre).etat == "interrompue"
    hier = Mandat.objects.get(utilisateur=cadre.utilisateur, role="cadre")
    assert hier.fin is not None


def test_a_death_is_never_foreseen(troupe, cadre):
    with pytest.raises(ActionImpossible, match="décès"):
        signaler(troupe, cadre, DEMAIN, "deces")


def test_the_parcours_ends_by_the_clock_as_it_would_by_hand(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "retenu", avancee="en_parcours")
    fabriques.faire_inscription(cadre)
    signaler(troupe, cadre)
    Cadre.objects.filter(pk=cadre.pk).update(depart_prevu_le=fabriques.dans(0))
    assert depart.faire_les_departs_prevus() == 1
    assert Inscription.objects.get(cadre=cadre).etat == "interrompue"
