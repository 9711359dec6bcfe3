"""A campaign's dates, moved together and told once; its close."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible
from opportunites.campagne.actions import campagnes
from opportunites.campagne.mots import Etape
from opportunites.models import Campagne
from tests.fabriques import dans, faire_cadre, faire_campagne, faire_delegation

pytestmark = pytest.mark.django_db
ETAPES = [e.value for e in Etape]


def dates(debut=5, pas=10):
    return {nom: dans(debut + pas * n) for n, nom in enumerate(ETAPES)}


@pytest.fixture
def parti(troupe):
    """Somebody in a parcours, who is told of the dates."""
    return faire_cadre(troupe.departement, "retenu", avancee="en_parcours")


def test_opening_a_campaign_tells_cadres_and_employers_once(troupe, parti):
    campagnes.ouvrir_campagne(acteur=troupe.dgs_ville, nom="Mouvement", dates=dates())

    sien = Courriel.objects.get(cadre_ref=parti.pk)
    assert "Clôture des vœux" in sien.corps
    assert "Les DGS peuvent s’en servir dans des simulations" in sien.corps
    assert "BEGIN:VEVENT" in sien.agenda
    assert not Courriel.objects.filter(cadre_ref=troupe.fiche_du_cadre_muet.pk).exists()
    assert Courriel.objects.filter(objet__startswith="Campagne de mouvement").count() == 8


def test_a_date_moves_what_follows_and_nothing_before(troupe):
    campagne = campagnes.ouvrir_campagne(acteur=troupe.dgs_ville, nom="Mouvement", dates=dates())
    avant = {nom: getattr(campagne, nom) for nom in ETAPES}

    campagnes.deplacer(
        acteur=troupe.dgs_region, campagne=campagne, etape=Etape.AVIS_AU, jour=dans(32)
    )

    campagne.refresh_from_db()
    ecarts = [(getattr(campagne, nom) - avant[nom]).days for nom in ETAPES]
    assert ecarts == [0, 0, 7, 7, 7, 7]


def test_moving_a_date_tells_people_once_and_moves_it_in_their_calendar(troupe, parti):
    campagne = campagnes.ouvrir_campagne(acteur=troupe.dgs_ville, nom="Mouvement", dates=dates())

    campagnes.deplacer(
        acteur=troupe.dgs_ville, campagne=campagne, etape=Etape.VOEUX_AU, jour=dans(20)
    )

    premier, second = Courriel.objects.filter(cadre_ref=parti.pk).order_by("pk")
    assert "ont changé" in second.corps
    uid = f"UID:{campagne.uid_agenda}-voeux_au"
    assert uid in premier.agenda
    assert uid in second.agenda
    assert "SEQUENCE:1" in second.agenda
    assert EntreeJournal.objects.filter(acte="campagne.deplacee").count() == 1


@pytest.mark.parametrize(
    ("etape", "jour", "refus"),
    [
        (Etape.VOEUX_AU, 0, "passée"),
        (Etape.SIMULATION_AU, -1, "à venir"),
        (Etape.SIMULATION_AU, 5, "déjà la date"),
        (Etape.PROPOSITIONS_AU, 5, "suit la précédente"),
        (Etape.PROPOSITIONS_AU, 6, None),
        (Etape.SIMULATION_AU, 0, None),
    ],
)
def test_where_a_date_may_move(troupe, etape, jour, refus):
    campagne = faire_campagne(troupe.dgs_ville)
    demande = {
        "acteur": troupe.dgs_ville, "campagne": campagne, "etape": etape, "jour": dans(jour),
    }  # fmt: skip
    if refus:
        with pytest.raises(ActionImpossible, match=refus):
            campagnes.deplacer(**demande)
    else:
        assert getattr(campagnes.deplacer(**demande), etape.value) == dans(jour)


@pytest.mark.parametrize(("debut", "refus"), [(-10, "le tirage précède"), (-9, None)])
def test_the_lot_is_drawn_before_wishes_are_over(troupe, debut, refus):
    demande = {"acteur": troupe.dgs_ville, "nom": "Mouvement", "dates": dates(debut)}
    if refus:
        with pytest.raises(ActionImpossible, match=refus):
            campagnes.ouvrir_campagne(**demande)
    else:
        assert campagnes.ouvrir_campagne(**demande).voeux_au == dans(1)


def test_one_campaign_is_open_at_a_time(troupe):
    campagnes.ouvrir_campagne(acteur=troupe.dgs_ville, nom="Mouvement", dates=dates())

    with pytest.raises(ActionImpossible, match="déjà ouverte"):
        campagnes.ouvrir_campagne(acteur=troupe.dgs_region, nom="Autre", dates=dates())
    with pytest.raises(IntegrityError), transaction.atomic():
        faire_campagne(troupe.dgs_region)


def test_dates_keep_their_order_in_the_database(troupe):
    with pytest.raises(IntegrityError), transaction.atomic():
        faire_campagne(troupe.dgs_ville, voeux_au=dans(-41))


def test_a_drh_opens_one_under_delegation_alone(troupe):
    demande = {"nom": "Mouvement", "dates": dates()}
    with pytest.raises(PermissionDenied):
        campagnes.ouvrir_campagne(acteur=troupe.drh_ville, **demande)
    delegue = faire_delegation(troupe.dgs_ville, troupe.drh_ville, Acte.SIMULER_MOUVEMENT)

    campagnes.ouvrir_campagne(acteur=delegue, **demande)

    assert EntreeJournal.objects.get(acte="campagne.ouverte").delegation is not None


def test_a_campaign_of_another_demarche_is_not_seen(troupe):
    faire_campagne(troupe.etranger_dgs)

    assert campagnes.courante(troupe.dgs_ville) is None
    assert Campagne.objects.visibles_par(troupe.etranger_dgs).count() == 1


@pytest.mark.parametrize(("reponses_au", "refus"), [(0, "attendent encore"), (-1, None)])
def test_it_closes_after_the_last_answer_or_the_last_day(
    troupe, mouvement, liees, reponses_au, refus
):
    Campagne.objects.update(
        voeux_du=dans(-90), voeux_au=dans(-80), avis_au=dans(-70), simulation_au=dans(-60),
        propositions_au=dans(-50), reponses_au=dans(reponses_au),
    )  # fmt: skip
    if refus:
        with pytest.raises(ActionImpossible, match=refus):
            campagnes.clore(acteur=troupe.dgs_ville, campagne=mouvement.campagne)
    else:
        campagnes.clore(acteur=troupe.dgs_ville, campagne=mouvement.campagne)
        assert not Campagne.objects.ouvertes().exists()


def test_it_does_not_close_while_propositions_may_still_leave(troupe, mouvement):
    with pytest.raises(ActionImpossible, match="peuvent partir"):
        campagnes.clore(acteur=troupe.dgs_ville, campagne=mouvement.campagne)
