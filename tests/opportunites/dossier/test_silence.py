"""Two months of silence are a yes; who may date a request, and what it starts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import call_command
from django.utils import timezone

from collectivites.communs.typographie import date_texte
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.dossier.actions import depart as actions
from opportunites.models import Mobilite
from tests.fabriques import dans
from tests.opportunites.dossier.aide import preparer, refuser, url

pytestmark = pytest.mark.django_db


def test_two_months_of_silence_are_a_yes_and_the_clock_writes_it(mobilite):
    jour = date(2027, 2, 28)
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=date(2026, 12, 31))

    # On the anniversary itself a refusal may still be notified.
    assert actions.constater_silences(jour) == 0
    assert actions.constater_silences(jour + timedelta(days=1)) == 1
    assert actions.constater_silences(jour + timedelta(days=1)) == 0

    mobilite.refresh_from_db()
    assert mobilite.reponse_origine == "tacite"
    lignes = EntreeJournal.objects.filter(acte="mobilite.origine_tacite")
    assert {ligne.collectivite_id for ligne in lignes} == {
        mobilite.collectivite_origine_id,
        mobilite.collectivite_accueil_id,
    }
    assert all(ligne.auteur is None for ligne in lignes)
    assert Courriel.objects.filter(objet__contains="deux mois de silence").count() == 3


def test_the_command_does_it_too(mobilite):
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=dans(-70))

    call_command("echeances")

    mobilite.refresh_from_db()
    assert mobilite.reponse_origine == "tacite"


@pytest.mark.parametrize(
    "champs",
    [
        {"voie": "MAD"},
        {"voie": "CONTRAT_CDD"},
        {"voie": ""},
        {"reponse_origine": "refus"},
        {"etat": "abandonnee"},
    ],
)
def test_silence_says_nothing_elsewhere(mobilite, champs):
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=dans(-100), **champs)

    assert actions.constater_silences() == 0


def test_once_two_months_have_passed_it_is_too_late_to_refuse_even_before_the_clock(
    mobilite, origine, client_de
):
    Mobilite.objects.filter(pk=mobilite.pk).update(
        demande_recue_le=timezone.localdate() - relativedelta(months=2) - timedelta(days=4)
    )
    mobilite.refresh_from_db()

    with pytest.raises(ActionImpossible, match="l’accord est acquis"):
        refuser(origine, mobilite)
    page = client_de(origine).get(url("mobilite", mobilite.pk)).content.decode()
    assert "est acquis par silence" in page


def test_the_host_dates_no_request_that_the_person_has_not_made(mobilite, accueil, origine):
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=None)
    mobilite.refresh_from_db()
    jadis = {"demande_recue_le": dans(-7), "date_effet": dans(100)}

    with pytest.raises(ActionImpossible, match="demande écrite de la personne"):
        preparer(accueil, mobilite, **jadis)
    preparer(origine, mobilite, **jadis)
    # Once the origin has said so, the host may keep it.
    preparer(accueil, mobilite, **jadis)


def test_the_form_says_it_beside_the_day_of_the_request(mobilite, accueil, client_de):
    page = client_de(accueil).post(
        url("preparer_mobilite", mobilite.pk),
        {
            "voie": "MUTATION",
            "demande_recue_le": dans(-7).isoformat(),
            "date_effet": dans(100).isoformat(),
        },
    )

    assert "demande écrite de la personne" in page.content.decode()


def test_the_origin_is_told_of_the_day_that_the_host_wrote(mobilite, accueil, origine):
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_faite_le=dans(-10))
    preparer(accueil, mobilite, demande_recue_le=dans(-9), date_effet=dans(100))
    preparer(accueil, mobilite, demande_recue_le=dans(-9), date_effet=dans(110))
    preparer(origine, mobilite, demande_recue_le=dans(-8), date_effet=dans(110))

    courriel = Courriel.objects.get(objet__startswith="Demande de départ reçue")
    assert courriel.destinataire == origine.utilisateur.email
    assert date_texte(dans(-9) + relativedelta(months=2)) in courriel.corps


@pytest.mark.parametrize(
    ("voie", "dit"),
    [
        ("MUTATION", "ne donne pas de veto"),
        ("DISPONIBILITE", "une fois passés les deux mois"),
        ("MAD", "le silence ne vaut pas acceptation"),
        ("CONTRAT_CDD", "ne se refuse pas"),
    ],
)
def test_the_origin_reads_the_rule_of_the_route(mobilite, origine, client_de, voie, dit):
    Mobilite.objects.filter(pk=mobilite.pk).update(voie=voie)

    page = client_de(origine).get(url("repondre_a_la_demande", mobilite.pk)).content.decode()

    assert dit in page


@pytest.mark.parametrize(
    ("jours", "dit"), [("22.0", "22\u00a0jours"), ("0.5", "0,5\u00a0jour"), (None, "")]
)
def test_the_balance_of_the_cet_is_read_as_it_is_said(jours, dit):
    assert Mobilite(cet_jours=jours and Decimal(jours)).cet_texte == dit


def test_after_a_silence_only_the_date_is_negotiated(mobilite, origine):
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=dans(-70))
    actions.constater_silences()
    mobilite.refresh_from_db()

    with pytest.raises(ActionImpossible, match="déjà donné"):
        refuser(origine, mobilite)
    actions.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(5))
