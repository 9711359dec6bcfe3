"""The workshop as its DGS, its DRH and cadres meet it."""

import pytest
from django.urls import reverse

from collectivites.mots import Acte
from opportunites.models import Campagne, Ensemble, Simulation
from tests.fabriques import dans, faire_avis, faire_delegation

pytestmark = pytest.mark.django_db
REGLAGES = {
    "scenario": "mouvements",
    "chaine_max": "5",
    "boucle_max": "3",
    "tolerance_ville": "2",
    "tolerance_agglomeration": "2",
    "tolerance_departement": "2",
    "tolerance_region": "sans",
}


def url(nom, *args):
    return reverse(f"opportunites:{nom}", args=args)


def lire(client, adresse):
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    return reponse.content.decode()


def test_without_a_campaign_the_workshop_says_how_to_begin(troupe, client_de):
    assert "Ouvrir une campagne" in lire(client_de(troupe.dgs_ville), url("atelier"))


def test_a_campaign_is_opened_from_its_form(troupe, client_de):
    dates = ("voeux_du", "voeux_au", "avis_au", "simulation_au", "propositions_au", "reponses_au")
    donnees = {nom: dans(10 * n).isoformat() for n, nom in enumerate(dates, 1)}

    client_de(troupe.dgs_ville).post(url("ouvrir_campagne"), {"nom": "Mouvement 2027", **donnees})

    campagne = Campagne.objects.get()
    assert (campagne.reponses_au, len(campagne.graine)) == (dans(60), 16)


def test_dates_out_of_order_are_told_beside_their_field_and_nothing_is_lost(troupe, client_de):
    dates = {
        "voeux_du": dans(10), "voeux_au": dans(5), "avis_au": dans(20), "simulation_au": dans(30),
        "propositions_au": dans(40), "reponses_au": dans(50),
    }  # fmt: skip
    page = client_de(troupe.dgs_ville).post(
        url("ouvrir_campagne"),
        {"nom": "Mouvement 2027", **{n: d.isoformat() for n, d in dates.items()}},
    )

    assert "Cette date doit suivre la précédente" in page.content.decode()
    assert dans(50).isoformat() in page.content.decode()
    assert not Campagne.objects.exists()


def test_the_workshop_before_any_run(troupe, mouvement, client_de):
    page = lire(client_de(troupe.dgs_ville), url("atelier"))

    assert "Prêt à simuler" in page


def test_from_the_settings_to_the_scenario(
    troupe, mouvement, client_de, django_capture_on_commit_callbacks
):
    client = client_de(troupe.dgs_ville)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("simuler"), REGLAGES)
    lancee = Simulation.objects.get()

    page = lire(client, url("simulation", lancee.pk))

    assert lancee.parametres["tolerances"]["region"] is None
    assert "mobilités possibles ensemble" in page
    assert "contre 2 en pourvoyant" in page
    assert "Marin, Dominique" in page
    assert 'aria-label="Chaîne' in page
    assert lire(client, url("atelier")).count("Un échange et une chaîne") == 1


@pytest.mark.parametrize(
    ("etat", "recharge"), [("attente", None), ("calculee", "true"), ("annulee", "true")]
)
def test_the_page_that_waits_for_a_run_shows_the_whole_result_once_it_is_there(
    troupe, scenario, client_de, etat, recharge
):
    finie_le = None if etat == "attente" else scenario.finie_le
    Simulation.objects.filter(pk=scenario.pk).update(etat=etat, finie_le=finie_le)
    type(scenario.tache).objects.update(etat="attente", commencee_le=None, finie_le=None)

    reponse = client_de(troupe.dgs_region).get(
        url("simulation", scenario.pk), headers={"HX-Request": "true"}
    )

    assert reponse.headers.get("HX-Refresh") == recharge


@pytest.mark.parametrize(
    ("etat", "dit"),
    [
        ("annulee", "Cette simulation a été arrêtée. Rien n’a été écrit."),
        ("echouee", "Le calcul n’a pas abouti."),
    ],
)
def test_a_run_without_an_answer_says_why_and_waits_for_nothing(
    troupe, scenario, client_de, etat, dit
):
    Simulation.objects.filter(pk=scenario.pk).update(etat=etat, erreur="La raison.")

    page = lire(client_de(troupe.dgs_region), url("simulation", scenario.pk))

    assert dit in page
    assert ("La raison." in page) is (etat == "echouee")
    assert "hx-trigger" not in page.partition("<main")[2]


def test_settings_that_are_not_offered_are_refused_without_a_run(troupe, mouvement, client_de):
    page = client_de(troupe.dgs_ville).post(url("simuler"), REGLAGES | {"chaine_max": "99"})

    assert page.status_code == 200
    assert "n’est pas parmi" in page.content.decode() or "chaine_max" in page.content.decode()
    assert not Simulation.objects.exists()


def test_a_wish_that_is_not_served_is_nobody_s_to_read_but_its_host_s(
    troupe, mouvement, scenario, client_de
):
    nom = mouvement.refuse.nom

    assert nom not in lire(client_de(troupe.dgs_ville), url("simulation", scenario.pk))
    assert nom not in lire(client_de(troupe.dgs_departement), url("simulation", scenario.pk))
    assert nom in lire(client_de(troupe.dgs_region), url("simulation", scenario.pk))


def test_why_not_is_the_host_s_question(troupe, mouvement, scenario, client_de):
    voeu = mouvement.refuse.voeux.get()
    adresse = f"{url('pourquoi_pas', scenario.pk)}?voeu={voeu.pk}"

    assert "l’accueil n’est pas favorable" in lire(client_de(troupe.dgs_region), adresse)
    assert client_de(troupe.dgs_ville).get(adresse).status_code == 404


def test_why_not_says_its_price(troupe, mouvement, calculer, client_de):
    mouvement.refuse.avis_recus.all().delete()
    faire_avis(mouvement.vigie, mouvement.refuse, 2)
    scenario = calculer(troupe.dgs_ville, mouvement.campagne)
    voeu = mouvement.refuse.voeux.get()

    page = lire(client_de(troupe.dgs_region), f"{url('pourquoi_pas', scenario.pk)}?voeu={voeu.pk}")

    assert "Possible, mais 1 mouvement de moins" in page
    assert "L’essayer dans un nouveau scénario" in page


@pytest.mark.parametrize("quoi", ["", "abc", "9" * 16])
def test_a_question_about_nothing_is_not_found(troupe, scenario, client_de, quoi):
    page = client_de(troupe.dgs_region).get(f"{url('pourquoi_pas', scenario.pk)}?voeu={quoi}")

    assert page.status_code == 404


def decider(client, scenario, geste, cadre, opportunite, motif="Le service en a besoin."):
    adresse = (
        f"{url('decider_mouvement', scenario.pk)}?geste={geste}&cadre={cadre.pk}"
        f"&poste={opportunite.poste_id}"
    )
    return client.post(adresse, {"motif": motif})


def test_a_move_is_forbidden_with_a_reason_and_solved_again(
    troupe, mouvement, scenario, client_de, django_capture_on_commit_callbacks
):
    m = mouvement
    with django_capture_on_commit_callbacks(execute=True):
        decider(client_de(troupe.dgs_ville), scenario, "ecarter", m.pavel, m.quai)

    suite = Simulation.objects.exclude(pk=scenario.pk).get()
    assert f"c{m.pavel.pk}" not in suite.resultat["reponse"]["assignment"]
    page = lire(client_de(troupe.dgs_region), url("simulation", suite.pk))
    assert "Le service en a besoin." in page


def test_a_decision_without_a_reason_is_asked_for_it(troupe, mouvement, scenario, client_de):
    page = decider(
        client_de(troupe.dgs_ville), scenario, "ecarter", mouvement.pavel, mouvement.quai, ""
    )

    assert page.status_code == 200
    assert Simulation.objects.count() == 1


def test_a_decision_is_taken_back(
    troupe, mouvement, scenario, client_de, django_capture_on_commit_callbacks
):
    client, m = client_de(troupe.dgs_ville), mouvement
    with django_capture_on_commit_callbacks(execute=True):
        decider(client, scenario, "ecarter", m.pavel, m.quai)
    ecartee = Simulation.objects.exclude(pk=scenario.pk).get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            url("reprendre_decision", ecartee.pk),
            {"cadre": m.pavel.pk, "poste": m.quai.poste_id},
        )

    derniere = Simulation.objects.first()
    assert derniere.resultat["reponse"]["assignment"] == scenario.resultat["reponse"]["assignment"]


def test_nobody_forces_a_wish_that_they_may_not_read(troupe, mouvement, scenario, client_de):
    decider(client_de(troupe.dgs_ville), scenario, "imposer", mouvement.refuse, mouvement.vigie)

    assert Simulation.objects.count() == 1


def test_a_forced_wish_that_cannot_be_is_not_named_to_others(
    troupe, mouvement, scenario, client_de, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        decider(
            client_de(troupe.dgs_region), scenario, "imposer", mouvement.refuse, mouvement.vigie
        )
    forcee = Simulation.objects.exclude(pk=scenario.pk).get()

    assert "Ces décisions se contredisent" in lire(
        client_de(troupe.dgs_region), url("simulation", forcee.pk)
    )
    ailleurs = lire(client_de(troupe.dgs_departement), url("simulation", forcee.pk))
    assert mouvement.refuse.nom not in ailleurs


def test_components_are_chosen_and_drafted(troupe, mouvement, scenario, client_de):
    client = client_de(troupe.dgs_ville)
    adresse = url("preparer_propositions", scenario.pk)
    assert "Chaîne" in lire(client, adresse)

    sans_date = client.post(adresse, {"composantes": ["0", "1"]})
    assert "Un échange a une seule date d’effet" in sans_date.content.decode()
    client.post(adresse, {"composantes": ["0", "1"], "date_effet": dans(90).isoformat()})

    assert Ensemble.objects.count() == 2
    page = lire(client, url("atelier"))
    assert "Propositions liées" in page
    assert "À valider" in page


def test_changed_data_are_told_and_nothing_may_be_drafted(troupe, mouvement, scenario, client_de):
    mouvement.pavel.voeux.all().delete()

    page = lire(client_de(troupe.dgs_ville), url("simulation", scenario.pk))

    assert "Les données ont changé depuis ce calcul" in page
    assert "En faire des propositions" not in page


def test_a_drh_meets_the_workshop_in_their_menu_under_delegation_alone(troupe, client_de):
    atelier = f'href="{url("atelier")}"'
    assert atelier not in lire(client_de(troupe.drh_ville), "/")
    faire_delegation(troupe.dgs_ville, troupe.drh_ville, Acte.SIMULER_MOUVEMENT)

    assert atelier in lire(client_de(troupe.drh_ville), "/")


def test_an_hr_direction_of_origin_learns_of_a_move_when_it_is_sent(
    troupe, mouvement, liees, client_de
):
    drh = client_de(troupe.drh_ville)

    assert drh.get(url("atelier")).status_code == 403
    assert mouvement.pavel.nom not in lire(drh, "/propositions/")


def test_the_rules_are_for_everybody_and_name_nobody(troupe, mouvement, scenario, client_de):
    for qui in (troupe.cadre, troupe.drh_ville, troupe.accompagnateur, troupe.dgs_region):
        page = lire(client_de(qui), url("regles_du_mouvement"))
        assert "Comment le simulateur choisit" in page
        assert mouvement.campagne.graine in page
        assert mouvement.marin.nom not in page


def test_few_propositions_are_not_counted_in_the_rules(troupe, liees, client_de):
    assert "Moins de 5 mobilités" in lire(client_de(troupe.cadre), url("regles_du_mouvement"))


def test_the_cadre_is_told_that_wishes_serve_simulations(troupe, mouvement, client_de):
    page = lire(client_de(troupe.cadre), "/mes-voeux/")

    assert "Les DGS peuvent se servir de vos vœux dans des simulations" in page
    assert "comptera pour la campagne" in page


def test_who_serves_the_ville_reads_no_wish_of_its_people_from_the_agglomeration(
    troupe, mouvement, calculer, client_de
):
    """`pavel` (Ville) wanted `quai` (Agglomération), and is not served: one person is the DGS of both."""
    avis = mouvement.pavel.avis_recus.get()
    avis.sens, avis.rang = "defavorable", None
    avis.save()
    scenario = calculer(troupe.dgs_region, mouvement.campagne)
    voeu = mouvement.pavel.voeux.get()
    client = client_de(troupe.dgs_agglomeration)

    assert mouvement.pavel.nom not in lire(client, url("simulation", scenario.pk))
    assert client.get(f"{url('pourquoi_pas', scenario.pk)}?voeu={voeu.pk}").status_code == 404
    decider(client, scenario, "imposer", mouvement.pavel, mouvement.quai)
    assert Simulation.objects.count() == 1
