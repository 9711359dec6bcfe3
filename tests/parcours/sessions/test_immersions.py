"""Immersions (décret n° 2022-1043): counted, asked in time, answered by two, signed by three."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectivites.communs.calendrier import est_ouvre, jours_ouvres
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from parcours import regles
from parcours.models import EtapeProgramme, Immersion, SuiviEtape
from parcours.regles import cumul_maximal, est_demandee_a_temps, jours_texte, refus_de_jours
from parcours.sessions.actions import immersions as actions
from tests.fabriques import (
    dans,
    faire_immersion,
    faire_inscription,
    faire_promotion,
    il_y_a,
)

E = Immersion.Etat


# --- The rules, without database ------------------------------------------------------------------


def test_public_holidays_and_week_ends_do_not_count():
    # Ascension on Thursday 6 May 2027, 8 May is a Saturday, Whit Monday on the 17th.
    assert len(jours_ouvres(date(2027, 5, 3), date(2027, 5, 9))) == 4
    assert not est_ouvre(date(2027, 5, 6))
    assert not est_ouvre(date(2027, 5, 17))
    assert jours_ouvres(date(2027, 3, 1), date(2027, 3, 14), [0, 2]) == [
        date(2027, 3, 1),
        date(2027, 3, 3),
        date(2027, 3, 8),
        date(2027, 3, 10),
    ]


@pytest.mark.parametrize(("nombre", "permis"), [(1, False), (2, True), (10, True), (11, False)])
def test_from_two_to_ten_days(nombre, permis):
    jours = jours_ouvres(date(2027, 3, 1), date(2027, 3, 31))[:nombre]

    assert (refus_de_jours(jours, []) is None) is permis


def test_twenty_days_over_any_three_years():
    def dix(debut):
        return jours_ouvres(debut, debut + timedelta(days=20))[:10]

    deja = dix(date(2027, 3, 1)) + dix(date(2028, 3, 1))
    assert cumul_maximal(deja) == 20
    assert "20 jours sur 3 ans" in refus_de_jours(dix(date(2029, 3, 1)), deja).replace(
        "\u00a0", " "
    )
    # The first ones have left the window.
    assert refus_de_jours(dix(date(2030, 6, 3)), deja) is None
    # A later one that is already agreed counts as well.
    assert refus_de_jours(dix(date(2026, 6, 1)), deja) is not None


def test_three_months_ahead():
    assert est_demandee_a_temps(date(2027, 5, 28), date(2027, 2, 28))
    assert not est_demandee_a_temps(date(2027, 5, 27), date(2027, 2, 28))
    assert est_demandee_a_temps(date(2027, 4, 30), date(2027, 1, 30))


def test_an_answer_within_a_month():
    assert regles.reponse_attendue_le(date(2027, 1, 31)) == date(2027, 2, 28)


def test_days_in_words():
    jours = [date(2027, 6, 29), date(2027, 6, 30), date(2027, 7, 1)]
    assert jours_texte(jours).replace("\u00a0", " ") == "29 et 30 juin 2027 et 1er juillet 2027"


# --- The request ----------------------------------------------------------------------------------


@pytest.fixture
def en_parcours(troupe):
    return faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))


def demander(troupe, dans_jours=120, nombre=3, **champs):
    debut = dans(dans_jours)
    return actions.demander_immersion(
        acteur=champs.pop("acteur", troupe.cadre),
        accueil=champs.pop("accueil", troupe.region),
        jours=jours_ouvres(debut, debut + timedelta(days=25))[:nombre],
        service="Direction des lycées",
        lieu="Orléans",
        fonctions="Le quotidien d’une direction.",
        motivation="Voir avant de choisir.",
        **champs,
    )


@pytest.mark.django_db
def test_both_hr_are_asked_for_an_answer_within_a_month(troupe, en_parcours):
    immersion = demander(troupe)

    assert immersion.repondre_avant == timezone.localdate() + relativedelta(months=1)
    assert not immersion.delai_reduit
    destinataires = set(Courriel.objects.values_list("utilisateur", flat=True))
    assert destinataires == {
        troupe.drh_departement.utilisateur.pk,
        troupe.drh_region.utilisateur.pk,
    }


@pytest.mark.django_db
def test_a_short_notice_must_be_asked_for(troupe, en_parcours):
    with pytest.raises(ActionImpossible, match="3 mois avant"):
        demander(troupe, dans_jours=30)

    assert demander(troupe, dans_jours=30, delai_reduit=True).delai_reduit


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"nombre": 1}, "2 à 10 jours"),
        ({"nombre": 11}, "2 à 10 jours"),
        ({"dans_jours": -30, "delai_reduit": True}, "à venir"),
    ],
)
def test_days_that_make_no_immersion(troupe, en_parcours, champs, message):
    with pytest.raises(ActionImpossible, match=message):
        demander(troupe, **champs)


@pytest.mark.django_db
def test_elsewhere_and_during_the_parcours_only(troupe, en_parcours):
    with pytest.raises(ActionImpossible, match="autre employeur"):
        demander(troupe, accueil=troupe.departement)
    with pytest.raises(ActionImpossible, match="de la démarche"):
        demander(troupe, accueil=troupe.autre_departement)
    with pytest.raises(ActionImpossible, match="pendant son parcours"):
        demander(troupe, acteur=troupe.autre_cadre)


@pytest.mark.django_db
def test_refused_requests_do_not_count_in_the_twenty_days(troupe, en_parcours):
    for _ in range(2):
        immersion = demander(troupe, nombre=10)
        actions.refuser_immersion(
            acteur=troupe.drh_region, immersion=immersion, motif="Service en réorganisation."
        )

    assert demander(troupe, nombre=10).etat == E.DEMANDEE


# --- From the answer to the day itself ------------------------------------------------------------


@pytest.mark.django_db
def test_two_agreements_then_three_signatures_then_done(troupe, en_parcours):
    immersion = demander(troupe)

    immersion = actions.accorder_immersion(acteur=troupe.drh_departement, immersion=immersion)
    assert immersion.etat == E.DEMANDEE
    with pytest.raises(ActionImpossible, match="n’attend plus"):
        actions.accorder_immersion(acteur=troupe.drh_departement, immersion=immersion)
    immersion = actions.accorder_immersion(acteur=troupe.drh_region, immersion=immersion)
    assert immersion.etat == E.ACCORDEE
    accord = Courriel.objects.get(objet="Votre immersion est accordée")
    assert "METHOD:REQUEST" in accord.agenda

    with pytest.raises(PermissionDenied):
        actions.signer_convention(acteur=troupe.drh_region, immersion=immersion, signee_le=dans(0))
    actions.signer_convention(acteur=troupe.drh_departement, immersion=immersion, signee_le=dans(0))
    with pytest.raises(ActionImpossible, match="après son dernier jour"):
        actions.constater_immersion(acteur=troupe.drh_region, immersion=immersion)
    Immersion.objects.update(debut=dans(-3), fin=dans(-1))
    fini = actions.constater_immersion(acteur=troupe.drh_region, immersion=immersion)
    assert fini.etat == E.REALISEE


def _programme_avec_immersion(inscription, **champs):
    etape = EtapeProgramme.objects.create(
        promotion=inscription.promotion, ordre=9, nature="immersion", intitule="Immersion"
    )
    return SuiviEtape.objects.create(inscription=inscription, etape=etape, **champs)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "champs", [{}, {"etat": "planifiee", "quand": il_y_a(-9)}, {"etat": "absent", "excusee": True}]
)
def test_an_immersion_done_ticks_the_step_of_the_programme(troupe, en_parcours, champs):
    if champs.get("etat") == "absent":
        champs = {**champs, "quand": il_y_a(30)}
    suivi = _programme_avec_immersion(en_parcours, **champs)
    autre = en_parcours.suivis.exclude(pk=suivi.pk).first()
    immersion = faire_immersion(
        troupe.fiche_du_cadre, troupe.region, "convention", debut=dans(-3), fin=dans(-1)
    )

    actions.constater_immersion(acteur=troupe.drh_region, immersion=immersion)

    suivi.refresh_from_db()
    etat_de_l_autre = autre.etat
    autre.refresh_from_db()
    assert (suivi.etat, suivi.excusee) == ("faite", False)
    assert timezone.localdate(suivi.quand) == dans(-3)
    assert autre.etat == etat_de_l_autre
    ligne = EntreeJournal.objects.get(acte="etape.faite")
    assert ligne.cadre_ref == troupe.fiche_du_cadre.pk


@pytest.mark.django_db
@pytest.mark.parametrize("etat", ["achevee", "interrompue"])
def test_a_parcours_that_is_over_is_not_rewritten(troupe, en_parcours, etat):
    suivi = _programme_avec_immersion(en_parcours)
    en_parcours.etat, en_parcours.finie_le, en_parcours.motif_fin = etat, il_y_a(1), "Fin."
    en_parcours.save()
    immersion = faire_immersion(
        troupe.fiche_du_cadre, troupe.region, "convention", debut=dans(-3), fin=dans(-1)
    )

    actions.constater_immersion(acteur=troupe.drh_region, immersion=immersion)

    suivi.refresh_from_db()
    assert suivi.etat == "a_planifier"


@pytest.mark.django_db
def test_a_refusal_and_a_report_bear_their_reason(troupe, en_parcours):
    immersion = demander(troupe)
    with pytest.raises(ActionImpossible, match="Dites pourquoi"):
        actions.refuser_immersion(acteur=troupe.drh_region, immersion=immersion, motif=" ")

    actions.reporter_immersion(
        acteur=troupe.drh_region, immersion=immersion, motif="Élections.", apres=dans(200)
    )

    corps = Courriel.objects.get(objet="Votre immersion est reportée").corps
    assert "Élections." in corps
    assert "à partir du" in corps


@pytest.mark.django_db
def test_giving_it_up_clears_the_calendar_and_tells_both(troupe, en_parcours):
    immersion = demander(troupe)
    for acteur in (troupe.drh_departement, troupe.drh_region):
        immersion = actions.accorder_immersion(acteur=acteur, immersion=immersion)

    actions.annuler_immersion(acteur=troupe.cadre, immersion=immersion)

    annulations = Courriel.objects.filter(objet="Immersion annulée")
    assert annulations.count() == 3
    assert "METHOD:CANCEL" in annulations.get(utilisateur=troupe.cadre.utilisateur).agenda


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("etat", "champs"),
    [
        ("demandee", {"nb_jours": 1}),
        ("demandee", {"nb_jours": 11}),
        ("accordee", {"accord_accueil_le": None}),
        ("convention", {"signee_le": None}),
        ("refusee", {"motif": ""}),
    ],
)
def test_the_database_holds_the_limits(troupe, etat, champs):
    with pytest.raises(IntegrityError), transaction.atomic():
        faire_immersion(troupe.fiche_du_cadre, troupe.region, etat, **champs)


@pytest.mark.django_db
def test_who_sees_a_request(troupe):
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region)

    def voit(acteur):
        return Immersion.objects.visibles_par(acteur).filter(pk=immersion.pk).exists()

    assert voit(troupe.cadre)
    assert voit(troupe.drh_departement)
    assert voit(troupe.drh_region)
    for autre in ("drh_ville", "autre_cadre", "accompagnateur", "etranger_drh"):
        assert not voit(getattr(troupe, autre))
