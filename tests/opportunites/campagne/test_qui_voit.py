"""« Qui voit quoi », sentence by sentence, whatever the hats: DGS see the moves found, with names; a wish
that is not served, its host alone; a DRH of origin, a move once its proposition is sent; cadres, nothing
of others. (Who may call each address: `tests/acces/matrice.csv`.)"""

import pytest
from django.urls import reverse

from cadres.candidature.acteurs import acteur_du_mandat
from cadres.models import Consultation
from collectivites.models import Delegation
from collectivites.mots import Acte, Role
from opportunites.campagne.actions import campagnes
from opportunites.models import Campagne, IssueVoeu, Simulation
from tests.fabriques import acteur_du_cadre, dans, faire_delegation, faire_mandat, faire_proposition
from tests.opportunites.campagne.test_ensembles import accepter, envoyer, refuser, valider

pytestmark = pytest.mark.django_db
CADRES = ("marin", "nadir", "orson", "pavel", "refuse")
SERVIS = ("marin", "nadir", "orson", "pavel")


def url(nom, *args):
    return reverse(f"opportunites:{nom}", args=args)


def lire(client, adresse):
    reponse = client.get(adresse, follow=True)
    return reponse.content.decode() if reponse.status_code == 200 else ""


def atelier(client, scenario):
    """All that the workshop shows of it."""
    return "".join(
        lire(client, adresse)
        for adresse in (
            url("atelier"),
            url("simulation", scenario.pk),
            url("preparer_propositions", scenario.pk),
        )
    )


def nommes(page, mouvement):
    return {nom for nom in CADRES if getattr(mouvement, nom).nom in page}


# --- Moves found, with names; wishes that are not served ------------------------------------------


@pytest.mark.parametrize(
    ("qui", "lit"),
    [
        ("dgs_ville", {*SERVIS}),
        ("dgs_agglomeration", {*SERVIS}),
        ("dgs_departement", {*SERVIS}),
        ("dgs_region", {*CADRES}),  # the host of the wish that is not served
    ],
)
def test_each_dgs_reads_the_moves_found_and_the_wishes_for_its_own_postes_alone(
    troupe, mouvement, scenario, client_de, qui, lit
):
    client = client_de(getattr(troupe, qui))
    assert nommes(atelier(client, scenario), mouvement) == lit

    # Whoever is named reads by whom in their data: once a day, however often the page is opened.
    atelier(client, scenario)
    lues = Consultation.objects.filter(nature="mouvement").select_related("cadre", "utilisateur")
    assert sorted(c.cadre.nom for c in lues) == sorted(getattr(mouvement, nom).nom for nom in lit)
    assert {c.utilisateur for c in lues} == {getattr(troupe, qui).utilisateur}


@pytest.mark.parametrize(
    ("qui", "lit"),
    [("drh_ville", {*SERVIS}), ("drh_departement", {*SERVIS}), ("drh_region", {*CADRES})],
)
def test_a_drh_reads_as_much_under_delegation_and_nothing_without(
    troupe, mouvement, scenario, client_de, qui, lit
):
    drh = getattr(troupe, qui)
    assert atelier(client_de(drh), scenario) == ""
    dgs = getattr(troupe, qui.replace("drh", "dgs"))
    delegation = faire_delegation(dgs, drh, Acte.SIMULER_MOUVEMENT)

    assert nommes(atelier(client_de(delegation), scenario), mouvement) == lit

    Delegation.objects.update(debut=dans(-10), fin=dans(-1))
    assert atelier(client_de(acteur_du_mandat(drh.mandat)), scenario) == ""


def test_nobody_of_another_demarche_reads_anything(troupe, mouvement, scenario, client_de):
    assert not nommes(atelier(client_de(troupe.etranger_dgs), scenario), mouvement)
    assert not Simulation.objects.visibles_par(troupe.etranger_dgs).exists()


def test_why_not_is_asked_of_no_wish_but_the_host_s_own(troupe, mouvement, scenario, client_de):
    for nom in CADRES:
        voeu = getattr(mouvement, nom).voeux.get()
        hote = voeu.opportunite.poste.collectivite.code
        adresse = f"{url('pourquoi_pas', scenario.pk)}?voeu={voeu.pk}"
        for code in ("ville", "departement", "region"):
            statut = client_de(getattr(troupe, f"dgs_{code}")).get(adresse).status_code
            assert statut == (200 if code == hote else 404), (nom, code)


# --- The HR direction of origin -------------------------------------------------------------------


def ce_que_lit_un_drh(client, cadre):
    adresses = ("/", "/propositions/", "/journal/", reverse("cadres:fiche", args=[cadre.pk]))
    return "".join(lire(client, adresse) for adresse in adresses)


def test_the_drh_of_origin_learns_of_a_move_once_its_proposition_is_sent(
    troupe, mouvement, liees, client_de
):
    """`orson` (Agglomération) would join `vigie` (Région)."""
    premier = liees.chaine[0]
    titre = mouvement.vigie.poste.intitule
    drh = client_de(troupe.drh_agglomeration)
    valider(troupe, premier)
    assert drh.get(url("proposition", premier.pk)).status_code == 404
    assert titre not in ce_que_lit_un_drh(drh, premier.cadre)

    envoyer(troupe, premier)

    assert drh.get(url("proposition", premier.pk)).status_code == 200
    assert titre in ce_que_lit_un_drh(drh, premier.cadre)


# --- Where a proposition stands -------------------------------------------------------------------


@pytest.mark.parametrize(("geste", "mot"), [(accepter, "Acceptée"), (refuser, "Refusée")])
def test_an_answer_is_read_by_the_two_employers_and_by_no_other_dgs(
    troupe, mouvement, scenario, liees, client_de, calculer, geste, mot
):
    """`orson` (Agglomération) answers the Région; the Département conducts the campaign too."""
    premier = liees.chaine[0]
    valider(troupe, premier)
    envoyer(troupe, premier)
    geste(premier)
    suite = calculer(troupe.dgs_departement, mouvement.campagne, mode="kept_first")

    for qui in (troupe.dgs_region, troupe.dgs_agglomeration):
        assert mot in atelier(client_de(qui), suite)
    ailleurs = atelier(client_de(troupe.dgs_departement), suite)
    assert "Orson" in ailleurs
    assert mot not in ailleurs
    assert "Réponse attendue" not in ailleurs


# --- Cadres ---------------------------------------------------------------------------------------


ADRESSES = ("atelier", "ouvrir_campagne", "deplacer_campagne", "clore_campagne")
DU_SCENARIO = ("simulation", "decider_mouvement", "pourquoi_pas", "preparer_propositions")


@pytest.mark.parametrize("qui", ["orson", "pavel", "refuse"])
def test_a_cadre_reads_nothing_of_others(troupe, mouvement, scenario, liees, client_de, qui):
    moi = getattr(mouvement, qui)
    client = client_de(acteur_du_cadre(moi))
    adresses = [url(a) for a in ADRESSES] + [url(a, scenario.pk) for a in DU_SCENARIO]
    assert {client.get(a).status_code for a in adresses} == {403}
    pages = "".join(
        lire(client, a) for a in ("/", "/mes-voeux/", "/mon-parcours/", url("regles_du_mouvement"))
    )

    assert nommes(pages, mouvement) <= {qui}
    assert not Simulation.objects.visibles_par(acteur_du_cadre(moi)).exists()


def test_a_drh_who_conducts_under_delegation_conducts_nothing_as_a_cadre(
    troupe, mouvement, scenario, client_de
):
    """One person, two mandats: the delegation is given to the DRH's."""
    faire_delegation(troupe.dgs_ville, troupe.drh_ville, Acte.SIMULER_MOUVEMENT)
    autre = faire_mandat(Role.CADRE, troupe.ville, troupe.drh_ville.utilisateur)
    client = client_de(acteur_du_mandat(autre))

    assert client.get(url("simulation", scenario.pk)).status_code == 403
    assert client.get(url("atelier")).status_code == 403
    assert not Simulation.objects.visibles_par(acteur_du_mandat(autre)).exists()


def test_what_became_of_a_wish_is_the_person_s_alone(troupe, mouvement, liees):
    Campagne.objects.update(
        voeux_du=dans(-90), voeux_au=dans(-15), avis_au=dans(-10), simulation_au=dans(-8),
        propositions_au=dans(-6), reponses_au=dans(-1),
    )  # fmt: skip
    campagnes.clore(acteur=troupe.dgs_ville, campagne=mouvement.campagne)

    for nom in CADRES:
        cadre = getattr(mouvement, nom)
        siennes = IssueVoeu.objects.visibles_par(acteur_du_cadre(cadre))
        assert {i.cadre_id for i in siennes} == {cadre.pk}
    for qui in (troupe.dgs_ville, troupe.drh_region, troupe.accompagnateur):
        assert not IssueVoeu.objects.visibles_par(qui).exists()


@pytest.mark.parametrize("etat", ["envoyee", "acceptee"])
def test_a_proposition_made_by_hand_is_no_move_found_and_is_named_to_its_two_employers_alone(
    troupe, mouvement, calculer, client_de, etat
):
    """`orson` (Agglomération) was proposed `vigie` (Région) outside the campaign; `pavel` may follow."""
    faire_proposition(mouvement.vigie, mouvement.orson, etat)
    mouvement.pavel.voeux.all().delete()
    scenario = calculer(troupe.dgs_departement, mouvement.campagne)

    ailleurs = atelier(client_de(troupe.dgs_departement), scenario)

    assert nommes(ailleurs, mouvement) == {"marin", "nadir"}
    assert "autre mobilité compte dans le total" in ailleurs
    for qui in (troupe.dgs_region, troupe.dgs_agglomeration):
        page = atelier(client_de(qui), scenario)
        assert "orson" in nommes(page, mouvement)
        assert "autre mobilité compte dans le total" not in page


def test_in_a_chain_it_is_told_without_a_name(troupe, mouvement, calculer, client_de):
    faire_proposition(mouvement.vigie, mouvement.orson, "envoyee")
    scenario = calculer(troupe.dgs_departement, mouvement.campagne)

    page = atelier(client_de(troupe.dgs_departement), scenario)

    assert nommes(page, mouvement) == {"marin", "nadir", "pavel"}
    assert "une personne" in page
