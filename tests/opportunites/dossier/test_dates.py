"""The date of effect and the notice: what the law and the origin allow."""

import pytest
from dateutil.relativedelta import relativedelta

from collectivites.refus import ActionImpossible
from opportunites.dossier.actions import depart, mobilites
from opportunites.models import Mobilite
from tests.fabriques import dans
from tests.opportunites.dossier.aide import preparer, url

pytestmark = pytest.mark.django_db


def test_a_date_before_the_notice_is_refused_with_the_first_possible_day(mobilite, accueil):
    with pytest.raises(ActionImpossible, match="précède la fin du préavis"):
        preparer(accueil, mobilite, date_effet=dans(30))

    mobilite.refresh_from_db()
    assert mobilite.date_effet != dans(30)


def test_the_form_says_it_beside_the_date(mobilite, accueil, client_de):
    page = client_de(accueil).post(
        url("preparer_mobilite", mobilite.pk),
        {
            "voie": "MUTATION",
            "demande_recue_le": mobilite.demande_recue_le.isoformat(),
            "date_effet": dans(30).isoformat(),
        },
    )

    assert page.status_code == 200
    assert "précède la fin du préavis (CGFP L511-3)" in page.content.decode()


def test_six_months_when_the_statut_says_so(mobilite, accueil):
    with pytest.raises(ActionImpossible, match="préavis"):
        preparer(accueil, mobilite, preavis_six_mois=True)

    preparer(
        accueil,
        mobilite,
        preavis_six_mois=True,
        date_effet=mobilite.demande_recue_le + relativedelta(months=6),
    )


def test_the_origin_may_agree_to_an_earlier_day(mobilite, origine, accueil):
    depart.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(20))

    mobilite.refresh_from_db()
    assert mobilite.date_effet == mobilite.date_convenue == dans(20)
    assert mobilite.reponse_origine == Mobilite.Reponse.DATE
    with pytest.raises(ActionImpossible, match="accord pour le"):
        preparer(accueil, mobilite, date_effet=dans(19))
    preparer(accueil, mobilite, date_effet=dans(25))


def test_the_date_that_was_wished_for_is_a_plain_agreement(mobilite, origine, accueil):
    preparer(accueil, mobilite, date_souhaitee=dans(15))

    reponse = depart.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(15))

    assert reponse.sens == "accord"


def test_the_origin_cannot_keep_the_person_beyond_the_notice(mobilite, origine):
    with pytest.raises(ActionImpossible, match="au plus tard"):
        depart.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(200))


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({}, None),
        ({"demande_recue_le": None}, "n’est pas datée"),
        ({"demande_recue_le": dans(-20)}, "précède la fin du préavis"),
        ({"demande_recue_le": dans(-20), "date_convenue": dans(-1)}, None),
        ({"demande_recue_le": dans(-200), "reponse_origine": "refus"}, "refus motivé"),
        ({"voie": "MAD", "demande_recue_le": dans(-200)}, "suppose l’accord"),
        ({"voie": "AFFECTATION_INTERNE", "demande_recue_le": None}, None),
        ({"voie": "CONTRAT_CDD", "demande_recue_le": dans(-30)}, "88-145"),
        (
            {
                "voie": "CONTRAT_CDD",
                "demande_recue_le": dans(-30),
                "anciennete_services": "moins_6_mois",
            },
            None,
        ),
    ],
)
def test_when_a_move_may_take_effect(scene, mobilite, accueil, champs, message):
    valeurs = {"demande_recue_le": dans(-100), "date_effet": dans(0), **champs}
    Mobilite.objects.filter(pk=mobilite.pk).update(**valeurs)

    if message:
        with pytest.raises(ActionImpossible, match=message):
            mobilites.rendre_effective(acteur=accueil, mobilite=mobilite)
    else:
        mobilites.rendre_effective(acteur=accueil, mobilite=mobilite)
    mobilite.refresh_from_db()
    assert (mobilite.etat == "effective") is (message is None)


def test_another_route_awaits_another_answer(mobilite, origine, accueil):
    depart.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(40))

    preparer(accueil, mobilite, voie="MAD", date_effet=dans(60))

    assert (mobilite.reponse_origine, mobilite.date_convenue) == ("", None)
    assert mobilite.reponses.count() == 1
