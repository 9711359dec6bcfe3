"""From a scenario to propositions that hang together; an answer that breaks them; the repair."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from collectivites.acteurs.ecart import est_a_part
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.campagne.actions import ensembles
from opportunites.campagne.ecran.suivi import a_reparer, suivre
from opportunites.models import Avis, Ensemble, Maillon, Proposition, Voeu
from opportunites.mots import AccordDgs
from opportunites.propositions.actions import propositions, reponses
from tests.fabriques import acteur_du_cadre, dans, faire_avis, faire_voeu_en_temps, il_y_a

pytestmark = pytest.mark.django_db
Etat = Proposition.Etat


def limite(jours=10):
    return timezone.now() + timedelta(days=jours)


def dgs_de(troupe, proposition):
    return {
        "ville": troupe.dgs_ville,
        "agglomeration": troupe.dgs_agglomeration,
        "departement": troupe.dgs_departement,
        "region": troupe.dgs_region,
    }[proposition.opportunite.poste.collectivite.code]


def valider(troupe, *lesquelles):
    for p in lesquelles:
        # One DGS serves ville and agglomération: the person said that they may learn of it.
        if est_a_part(dgs_de(troupe, p), p.collectivite_origine_id):
            Proposition.objects.filter(pk=p.pk).update(
                accord_dgs=AccordDgs.OUI,
                accord_demande_le=timezone.now(),
                accord_repondu_le=timezone.now(),
            )
        propositions.valider(acteur=dgs_de(troupe, p), proposition=p)
        p.refresh_from_db()


def envoyer(troupe, proposition, quand=None):
    propositions.envoyer(
        acteur=dgs_de(troupe, proposition),
        proposition=proposition,
        repondre_avant=quand or limite(),
    )
    proposition.refresh_from_db()


def accepter(proposition):
    reponses.accepter(acteur=acteur_du_cadre(proposition.cadre), proposition=proposition)


def refuser(proposition):
    reponses.refuser(
        acteur=acteur_du_cadre(proposition.cadre), proposition=proposition, motif="lieu"
    )


def test_all_the_moves_are_drafted_together(mouvement, liees):
    m = mouvement

    assert [p.cadre for p in liees.chaine] == [m.orson, m.pavel]
    assert {p.cadre for p in liees.boucle} == {m.marin, m.nadir}
    assert set(Proposition.objects.values_list("etat", flat=True)) == {Etat.BROUILLON}
    assert not Courriel.objects.filter(cadre_ref__isnull=False).exists()


def test_the_host_s_own_words_become_those_of_the_proposition(liees):
    motif = Avis.objects.filter(cadre=liees.chaine[0].cadre).get().motif

    assert liees.chaine[0].pourquoi == motif


def test_each_is_validated_by_the_dgs_of_its_poste(troupe, liees):
    with pytest.raises(PermissionDenied):
        propositions.valider(acteur=troupe.dgs_ville, proposition=liees.chaine[0])
    valider(troupe, *liees.chaine)

    assert liees.chaine[0].etat == Etat.VALIDEE


def test_the_journal_names_nobody_of_a_draft(mouvement, liees):
    lignes = EntreeJournal.objects.filter(acte__startswith="ensemble")

    assert lignes.count() == 1
    assert not EntreeJournal.objects.filter(
        acte="proposition.preparee", cadre_ref__isnull=False
    ).exists()


def test_a_chain_is_answered_from_the_vacant_poste_down(troupe, liees):
    premier, second = liees.chaine
    valider(troupe, premier, second)
    with pytest.raises(ActionImpossible, match="à partir du poste vacant"):
        envoyer(troupe, second)

    envoyer(troupe, premier)
    accepter(premier)
    envoyer(troupe, second)

    assert second.etat == Etat.ENVOYEE


def test_an_exchange_leaves_once_all_of_it_is_validated(troupe, liees):
    premier, second = liees.boucle
    valider(troupe, premier)
    with pytest.raises(ActionImpossible, match="d’un seul tenant"):
        envoyer(troupe, premier)

    valider(troupe, second)
    envoyer(troupe, premier)

    assert premier.etat == Etat.ENVOYEE


def test_an_exchange_has_one_deadline(troupe, liees):
    premier, second = liees.boucle
    valider(troupe, premier, second)
    quand = limite(9)
    envoyer(troupe, premier, quand)
    with pytest.raises(ActionImpossible, match="une seule date limite"):
        envoyer(troupe, second, limite(12))

    envoyer(troupe, second, quand)

    assert second.repondre_avant == premier.repondre_avant


def test_an_exchange_needs_its_date_of_effect(troupe, scenario):
    with pytest.raises(ActionImpossible, match="une seule date d’effet"):
        ensembles.preparer(acteur=troupe.dgs_ville, simulation=scenario, numeros=[0, 1])
    assert not Ensemble.objects.exists()


@pytest.mark.parametrize(("jours", "refus"), [(0, "Choisissez une date à venir"), (1, None)])
def test_the_date_of_effect_is_to_come(troupe, scenario, jours, refus):
    demande = {
        "acteur": troupe.dgs_ville,
        "simulation": scenario,
        "numeros": [0, 1],
        "date_effet": dans(jours),
    }
    if refus:
        with pytest.raises(ActionImpossible, match=refus):
            ensembles.preparer(**demande)
    else:
        assert len(ensembles.preparer(**demande)) == 2


def test_nothing_is_proposed_from_data_that_changed(troupe, mouvement, scenario):
    Voeu.objects.filter(cadre=mouvement.pavel).delete()
    with pytest.raises(ActionImpossible, match="des vœux"):
        ensembles.preparer(
            acteur=troupe.dgs_ville, simulation=scenario, numeros=[0, 1], date_effet=dans(90)
        )
    assert not Proposition.objects.exists()


def test_one_component_after_the_other(troupe, scenario):
    """Its own drafts do not make a scenario stale."""
    boucle = next(
        n for n, c in enumerate(scenario.resultat["reponse"]["components"]) if c["kind"] == "cycle"
    )
    ensembles.preparer(
        acteur=troupe.dgs_ville, simulation=scenario, numeros=[boucle], date_effet=dans(90)
    )

    ensembles.preparer(acteur=troupe.dgs_region, simulation=scenario, numeros=[1 - boucle])

    assert Maillon.objects.count() == 4


@pytest.mark.parametrize(
    ("champs", "refus"),
    [
        ({"avis_au": dans(0)}, "donnent leurs avis"),
        ({"avis_au": dans(-1)}, None),
        ({"simulation_au": dans(-1), "propositions_au": dans(-1)}, "au plus tard"),
        ({"simulation_au": dans(-1), "propositions_au": dans(0)}, None),
    ],
)
def test_propositions_are_drafted_between_opinions_and_their_last_day(
    troupe, scenario, champs, refus
):
    for nom, jour in champs.items():
        setattr(scenario.campagne, nom, jour)
    scenario.campagne.save()
    demande = {"acteur": troupe.dgs_ville, "simulation": scenario, "numeros": [0, 1]}
    if refus:
        with pytest.raises(ActionImpossible, match=refus):
            ensembles.preparer(**demande, date_effet=dans(90))
    else:
        assert ensembles.preparer(**demande, date_effet=dans(90))


def test_a_no_breaks_the_chain_and_what_follows_does_not_leave(troupe, mouvement, liees):
    premier, second = liees.chaine
    valider(troupe, premier, second)
    envoyer(troupe, premier)
    refuser(premier)

    with pytest.raises(ActionImpossible, match="rompue en amont"):
        envoyer(troupe, second)
    assert a_reparer(suivre(mouvement.campagne))


def test_the_repair_keeps_what_is_out_and_says_what_falls(
    troupe, mouvement, liees, calculer, django_capture_on_commit_callbacks
):
    valider(troupe, *liees.chaine, *liees.boucle)
    envoyer(troupe, liees.chaine[0])
    quand = limite()
    for p in liees.boucle:
        envoyer(troupe, p, quand)
    refuser(liees.chaine[0])

    reparee = calculer(troupe.dgs_ville, mouvement.campagne, mode="kept_first")

    tombent = ensembles.tombees(reparee)
    assert [p.cadre for p in tombent] == [mouvement.pavel]
    ensembles.preparer(
        acteur=troupe.dgs_ville, simulation=reparee, numeros=[0], date_effet=dans(120)
    )
    liees.chaine[1].refresh_from_db()
    assert liees.chaine[1].etat == Etat.RETIREE
    assert all(Proposition.objects.get(pk=p.pk).etat == Etat.ENVOYEE for p in liees.boucle)
    # Asked whether that DGS might learn of it, the person is told that it is withdrawn.
    assert Courriel.objects.filter(cadre_ref=mouvement.pavel.pk).count() == 1
    assert Courriel.objects.filter(objet__startswith="Une proposition n’a plus d’appui").exists()
    assert not a_reparer(suivre(mouvement.campagne))


def test_the_repair_finds_somebody_else_for_the_vacant_poste(troupe, mouvement, liees, calculer):
    """`refuse` is liked after all: the poste that was refused goes to them."""
    valider(troupe, *liees.chaine)
    envoyer(troupe, liees.chaine[0])
    refuser(liees.chaine[0])
    Avis.objects.filter(cadre=mouvement.refuse).delete()
    faire_avis(mouvement.vigie, mouvement.refuse, 2)

    reparee = calculer(troupe.dgs_ville, mouvement.campagne, mode="kept_first")

    trouves = reparee.resultat["reponse"]["assignment"]
    assert trouves[f"c{mouvement.refuse.pk}"] == f"p{mouvement.vigie.poste_id}"


def test_a_sent_proposition_that_loses_its_support_is_its_host_s_to_decide(
    troupe, mouvement, liees, calculer
):
    quand = limite()
    valider(troupe, *liees.boucle)
    for p in liees.boucle:
        envoyer(troupe, p, quand)
    refuse, reste = liees.boucle
    refuser(refuse)

    reparee = calculer(troupe.dgs_ville, mouvement.campagne, mode="kept_first")
    ensembles.preparer(acteur=troupe.dgs_ville, simulation=reparee, numeros=[0])

    reste.refresh_from_db()
    assert reste.etat == Etat.ENVOYEE
    dit = Courriel.objects.filter(objet__startswith="Une proposition n’a plus d’appui")
    assert dit.filter(corps__contains="il vous revient de la maintenir").exists()


def test_accepted_moves_are_kept_whatever_is_solved(troupe, mouvement, liees, calculer):
    premier = liees.chaine[0]
    valider(troupe, premier)
    envoyer(troupe, premier)
    accepter(premier)
    Voeu.objects.filter(cadre=premier.cadre).delete()

    suite = calculer(troupe.dgs_region, mouvement.campagne)

    assert suite.resultat["reponse"]["assignment"][f"c{premier.cadre_id}"]


def test_a_proposition_made_by_hand_waits_for_nobody(troupe, mouvement):
    faire_voeu_en_temps(mouvement.refuse, mouvement.digue, 2, avis=2)
    seule = propositions.proposer(
        acteur=troupe.dgs_departement,
        opportunite=mouvement.digue,
        cadre=mouvement.refuse,
        pourquoi="Venez.",
    )
    valider(troupe, seule)

    envoyer(troupe, seule)

    assert seule.etat == Etat.ENVOYEE
    assert seule.envoyee_le > il_y_a(1)


def test_the_file_of_a_move_suggests_the_common_date_of_its_exchange(troupe, liees, client_de):
    premier, second = liees.boucle
    valider(troupe, premier, second)
    quand = limite()
    envoyer(troupe, premier, quand)
    envoyer(troupe, second, quand)
    accepter(premier)
    mobilite = premier.mobilites.get()
    drh = {
        "ville": troupe.drh_ville,
        "departement": troupe.drh_departement,
    }[premier.opportunite.poste.collectivite.code]

    page = client_de(drh).get(f"/mobilites/{mobilite.pk}/preparer/").content.decode()

    assert "Date commune de l’échange" in page
    assert f'value="{dans(120).isoformat()}"' in page


def test_a_second_dgs_does_not_draft_the_same_again(troupe, scenario, liees):
    with pytest.raises(ActionImpossible, match="viennent d’être préparées"):
        ensembles.preparer(
            acteur=troupe.dgs_region, simulation=scenario, numeros=[0, 1], date_effet=dans(90)
        )
    assert Ensemble.objects.count() == 2
    assert Proposition.objects.count() == 4


def test_a_repair_keeps_the_deadline_of_an_exchange(troupe, mouvement, liees, calculer):
    quand = limite(8)
    valider(troupe, *liees.boucle)
    envoyer(troupe, liees.boucle[0], quand)
    reparee = calculer(troupe.dgs_ville, mouvement.campagne, mode="kept_first")

    ensembles.preparer(
        acteur=troupe.dgs_ville, simulation=reparee, numeros=[0, 1], date_effet=dans(120)
    )

    envoyer(troupe, liees.boucle[1], quand)
    with pytest.raises(ActionImpossible):
        envoyer(troupe, liees.boucle[1], limite(9))


@pytest.mark.parametrize(("reponses_au", "refus"), [(0, None), (-1, "au plus tard")])
def test_a_repair_is_applied_as_long_as_answers_come(
    troupe, mouvement, liees, calculer, reponses_au, refus
):
    reparee = calculer(troupe.dgs_ville, mouvement.campagne, mode="kept_first")
    type(mouvement.campagne).objects.update(
        voeux_du=dans(-90), avis_au=dans(-14), simulation_au=dans(-10),
        propositions_au=dans(-8), reponses_au=dans(reponses_au),
    )  # fmt: skip
    demande = {"acteur": troupe.dgs_ville, "simulation": reparee, "numeros": [0, 1]}
    if refus:
        with pytest.raises(ActionImpossible, match=refus):
            ensembles.preparer(**demande, date_effet=dans(90))
    else:
        assert ensembles.preparer(**demande, date_effet=dans(90))


def test_a_no_at_the_end_of_a_chain_leaves_nothing_to_repair(troupe, mouvement, liees):
    premier, second = liees.chaine
    valider(troupe, premier, second)
    envoyer(troupe, premier)
    accepter(premier)
    envoyer(troupe, second)
    refuser(second)

    assert not a_reparer(suivre(mouvement.campagne))
