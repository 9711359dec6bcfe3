"""An immersion is one thing: asked from a poste, from « Mes immersions » or for the step, pages agree."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from collectivites.communs.calendrier import minuit
from collectivites.refus import ActionImpossible
from parcours.models import EtapeProgramme, SuiviEtape
from parcours.programme.actions import promotions as actions_promotions
from parcours.programme.actions import suivis as actions_suivis
from parcours.sessions.actions import immersions as actions
from parcours.sessions.actions.rappels import rappels_du
from pilotage.fil.chargement import charger
from tests.fabriques import acteur_du_cadre, dans, faire_immersion

E = SuiviEtape.Etat


@pytest.fixture
def etape(promotion):
    return EtapeProgramme.objects.create(
        promotion=promotion, ordre=9, nature="immersion", intitule="Immersion ailleurs"
    )


@pytest.fixture
def cadre(troupe, etape, en_parcours):
    return en_parcours(troupe.departement)


@pytest.fixture
def suivi(cadre, etape):
    return SuiviEtape.objects.get(inscription__cadre=cadre, etape=etape)


def relu(suivi):
    return SuiviEtape.objects.get(pk=suivi.pk)


def accorder(troupe, immersion):
    for drh in (troupe.drh_departement, troupe.drh_region):
        actions.accorder_immersion(acteur=drh, immersion=immersion)


def texte(reponse):
    return reponse.content.decode().replace("\u00a0", " ")


def test_granted_by_both_the_immersion_dates_the_step(troupe, cadre, suivi):
    immersion = faire_immersion(cadre, troupe.region)
    actions.accorder_immersion(acteur=troupe.drh_departement, immersion=immersion)
    assert relu(suivi).etat == E.A_PLANIFIER

    actions.accorder_immersion(acteur=troupe.drh_region, immersion=immersion)

    assert relu(suivi).etat == E.PLANIFIEE
    assert timezone.localdate(relu(suivi).quand) == immersion.debut


def test_given_up_the_step_waits_again(troupe, cadre, suivi):
    immersion = faire_immersion(cadre, troupe.region)
    accorder(troupe, immersion)

    actions.annuler_immersion(acteur=acteur_du_cadre(cadre), immersion=immersion)

    assert relu(suivi).etat == E.A_PLANIFIER
    assert relu(suivi).quand is None


def test_the_hr_does_not_give_a_date_to_an_immersion(troupe, suivi):
    with pytest.raises(ActionImpossible, match="demandés par la personne"):
        actions_suivis.planifier(acteur=troupe.drh_departement, suivi=suivi, quand=minuit(dans(1)))
    # One that took place outside Quatuor may be recorded, today included.
    actions_suivis.planifier(acteur=troupe.drh_departement, suivi=suivi, quand=minuit(dans(0)))
    assert relu(suivi).etat == E.PLANIFIEE


def test_the_step_of_an_immersion_agreed_to_is_marked_on_the_immersion_alone(troupe, cadre, suivi):
    accorder(troupe, faire_immersion(cadre, troupe.region))
    SuiviEtape.objects.filter(pk=suivi.pk).update(
        quand=minuit(cadre.immersions.get().debut) + timedelta(hours=9)
    )

    with pytest.raises(ActionImpossible, match="Notez la présence ce jour-là"):
        actions_suivis.marquer(acteur=troupe.drh_departement, suivi=relu(suivi), etat=E.FAITE)


def test_a_step_of_immersion_has_a_period_and_no_common_hour(troupe, etape):
    with pytest.raises(ActionImpossible, match="pas de date commune"):
        actions_promotions.fixer_etape(
            acteur=troupe.drh_region, etape=etape, quand=minuit(dans(5)), lieu="Salle 2"
        )

    actions_promotions.dire_la_periode(
        acteur=troupe.drh_region, etape=etape, debut=dans(30), fin=dans(90)
    )

    etape.refresh_from_db()
    assert (etape.periode_debut, etape.periode_fin) == (dans(30), dans(90))
    assert etape.periode.startswith("du ")


def test_the_page_of_the_step_asks_for_a_period_not_for_an_hour(troupe, etape, client_de):
    page = client_de(troupe.drh_region).get(reverse("parcours:fixer_etape", args=[etape.pk]))

    assert "À partir du" in texte(page)
    assert "Date et heure" not in texte(page)


def test_mon_parcours_and_mes_immersions_say_the_same_days(troupe, cadre, suivi, client_de):
    accorder(troupe, faire_immersion(cadre, troupe.region))
    moi = acteur_du_cadre(cadre)

    prochain = charger(moi, cadre_annote(cadre), []).prochain
    page = texte(client_de(moi).get(reverse("pilotage:mon_parcours")))

    assert prochain.journees
    assert prochain.titre == f"Immersion, {troupe.region.nom_court}"
    assert " à 9 h" not in page


def cadre_annote(cadre):
    cadre.nb_voeux = 0
    return cadre


def test_the_reminder_of_an_immersion_offers_what_its_page_offers(troupe, cadre, suivi):
    immersion = faire_immersion(
        cadre,
        troupe.region,
        "accordee",
        debut=dans(7),
        fin=dans(8),
        jours=[dans(7).isoformat(), dans(8).isoformat()],
        nb_jours=2,
    )
    SuiviEtape.objects.filter(pk=suivi.pk).update(
        etat=E.PLANIFIEE, quand=minuit(immersion.debut) + timedelta(hours=9)
    )

    # The immersion, not its step too.
    [(quand, rappel)] = rappels_du(timezone.now())
    assert (quand, rappel.genre) == ("j7", "immersion")
    assert "y renoncer" in rappel.attente(timezone.now()).detail


def test_who_comes_from_a_poste_finds_the_host_already_written(troupe, cadre, client_de):
    adresse = reverse("parcours:nouvelle_immersion")
    page = client_de(acteur_du_cadre(cadre)).get(
        adresse, {"accueil": troupe.region.pk, "service": "DGA Lycées"}
    )

    assert page.context["formulaire"]["service"].value() == "DGA Lycées"
    assert f'value="{troupe.region.pk}" selected' in " ".join(texte(page).split())
