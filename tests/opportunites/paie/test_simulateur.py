"""The simulation of a cadre: from what is known of her, nothing kept, nothing silently zero."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opportunites.models import FicheRemuneration
from opportunites.paie.calculs.calcul import a_relire
from opportunites.paie.presentation import ecart_en_mots, phrase
from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.intervalle import Intervalle
from tests.fabriques import faire_opportunite
from tests.fabriques.paie import faire_regime
from tests.opportunites.remuneration.aide import situation

TOUT_CONNU = {
    "inm": "655",
    "quotite": "100",
    "ifse": "1000",
    "cia": "1200",
    "nbi": "0",
    "ifse_propose": "1200",
    "cia_propose": "900",
    "nbi_propose": "0",
    "voie": "MUTATION",
}


@pytest.fixture
def adresse(scene):
    return reverse("opportunites:simuler_la_paie", args=[scene.opportunite.pk])


@pytest.fixture
def client(scene, client_de):
    return client_de(scene.troupe.cadre)


def exact(valeur):
    return Intervalle.exact(Decimal(valeur))


def test_what_the_registre_holds_is_filled_in(scene, client, adresse):
    type(scene.cadre).objects.filter(pk=scene.cadre.pk).update(echelon="5e échelon")

    reponse = client.get(adresse)

    assert reponse.context["formulaire"].initial["inm"] == 655
    assert "Attaché principal, échelon 5" in reponse.content.decode()


def test_without_an_index_it_says_what_is_missing(client, adresse):
    page = client.get(adresse).content.decode()

    assert "Il manque une information" in page
    assert "indice majoré" in page


def test_all_known_gives_one_sentence_and_one_figure(client, adresse):
    ecrit = client.post(adresse, TOUT_CONNU).context["ecrit"]

    assert ecrit.phrase.startswith("Net par mois : +")
    assert ecrit.phrase.endswith("qui tiennent au poste et non à vous")
    assert ecrit.totaux[0].ecart == "+200"


def test_what_is_unknown_makes_a_range_never_a_zero(client, adresse):
    ecrit = client.post(adresse, {**TOUT_CONNU, "nbi_propose": ""}).context["ecrit"]
    assert ecrit.phrase.startswith("Net par mois : entre +")
    assert ecrit.inconnus_accueil == "NBI"

    ecrit = client.post(adresse, {**TOUT_CONNU, "ifse_propose": ""}).context["ecrit"]
    assert ecrit.phrase.startswith("Net par mois : au moins ")
    assert ecrit.inconnus_accueil == "IFSE"


def test_the_range_of_the_deliberation_stands_for_what_was_not_told(scene, client, adresse):
    faire_regime(scene.troupe.drh_region, {"A3": (12_000, 14_400, 18_000)})
    poste = scene.opportunite.poste
    poste.groupe_ifse = "A3"
    poste.save()

    ecrit = client.post(adresse, {**TOUT_CONNU, "ifse_propose": ""}).context["ecrit"]

    ifse = next(r for bloc in ecrit.blocs for r in bloc.rangees if r.libelle == "IFSE")
    assert ifse.propose.replace("\u00a0", " ") == "1 000 à 1 500"


def test_nothing_is_written(client, adresse):
    with CaptureQueriesContext(connection) as requetes:
        client.post(adresse, {**TOUT_CONNU, "enfants": "2"})

    ecrites = [r["sql"] for r in requetes if r["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert not [sql for sql in ecrites if "django_session" not in sql]
    assert not FicheRemuneration.objects.exists()


def test_children_count_and_the_difference_without_them_is_given_too(client, adresse):
    reponse = client.post(adresse, {**TOUT_CONNU, "enfants": "2"})
    page = reponse.content.decode()
    assert "Supplément familial" in page
    assert "Sans vos enfants" in page
    assert (
        "Supplément familial de traitement" not in client.post(adresse, TOUT_CONNU).content.decode()
    )


def test_ones_own_tax_rate_gives_what_is_left(client, adresse):
    reponse = client.post(adresse, {**TOUT_CONNU, "taux": "10"})
    net = reponse.context["calcul"].comparaison.totaux.mois["net_avant_PAS"].accueil.bas
    assert 0 < reponse.context["net_apres_impot"] < net


@pytest.mark.parametrize(
    ("champs", "fautif"),
    [
        ({"inm": "12"}, "inm"),
        ({"ifse": "-1"}, "ifse"),
        ({"quotite": "40"}, "quotite"),
        ({"voie": "DETACHEMENT_LONG"}, "grade_accueil"),
        (
            {"voie": "DETACHEMENT_LONG", "grade_accueil": "Ingénieur", "echelon_accueil": "99"},
            "echelon_accueil",
        ),
        ({"voie": "CONTRAT_CDD"}, "voie"),
        ({"enfants": "beaucoup"}, "enfants"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(client, adresse, champs, fautif):
    reponse = client.post(adresse, {**TOUT_CONNU, **champs})

    assert reponse.status_code == 200
    assert list(reponse.context["formulaire"].errors) == [fautif]
    assert 'value="1000"' in reponse.content.decode() or "ifse" in champs


def test_a_figure_not_verified_for_more_than_twelve_months_is_amber(client, adresse, monkeypatch):
    assert "q-a-verifier" not in client.post(adresse, TOUT_CONNU).content.decode()

    monkeypatch.setattr(
        "opportunites.paie.calculs.calcul.est_a_revoir", lambda verifie_le, jour: True
    )
    page = client.post(adresse, TOUT_CONNU).content.decode()
    assert 'class="q-a-verifier"' in page
    assert "non vérifié depuis plus de douze mois" in page


@pytest.mark.parametrize(
    ("jour", "dit"),
    [(date(2027, 11, 23), ""), (date(2027, 11, 24), "non vérifié depuis plus de douze mois")],
    ids=["douze mois jour pour jour", "le lendemain"],
)
def test_a_line_is_to_be_read_again_a_year_and_a_day_after(jour, dit):
    bulletin = calculer(situation(inm=518))
    assert a_relire(bulletin.ligne("TIB"), jour) == dit


def test_a_poste_that_is_not_published_cannot_be_simulated(scene, client):
    cachee = faire_opportunite(scene.troupe.region, publiee=False)
    assert client.get(reverse("opportunites:simuler_la_paie", args=[cachee.pk])).status_code == 404


def test_a_page_costs_ten_queries_at_most(client, adresse, django_assert_max_num_queries):
    client.get(adresse)
    with django_assert_max_num_queries(10):
        client.post(adresse, TOUT_CONNU)


@pytest.mark.parametrize("nom", ["opportunite", "voeux"])
def test_it_is_reached_from_the_poste_and_from_the_wishes(scene, client, adresse, nom):
    args = [scene.opportunite.pk] if nom == "opportunite" else []
    page = client.get(reverse(f"opportunites:{nom}", args=args)).content.decode()
    assert f'href="{adresse}"' in page


# --- The sentence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ecart", "du_poste", "dite"),
    [
        (exact(142), exact(96), "Net par mois : +142 €, dont +96 € qui tiennent au poste et non à vous"),
        (exact(142), exact(142), "Net par mois : +142 €, qui tiennent au poste et non à vous"),
        (exact(0), exact(0), "Net par mois : 0 €"),
        (Intervalle(Decimal(-20), Decimal(310)), exact(1), "Net par mois : entre −20 € et +310 €"),
        (Intervalle(Decimal(-80), None), exact(1), "Net par mois : au moins −80 €"),
        (Intervalle(None, Decimal(10)), exact(1), "Net par mois : au plus +10 €"),
        (Intervalle(None, None), exact(1), "L’écart de net ne peut pas encore être calculé"),
    ],
)  # fmt: skip
def test_the_sentence(ecart, du_poste, dite):
    assert phrase(ecart, du_poste).replace("\u00a0", " ") == dite


def test_bounds_that_round_to_the_same_euro_are_one_figure():
    assert ecart_en_mots(Intervalle(Decimal("10.1"), Decimal("10.4"))) == "+10\u00a0€"
