"""Every wish gets an answer at the close: a code, in words for the person, nobody else's name."""

import pytest
from django.utils import timezone

from collectivites.models import Courriel
from opportunites.campagne.actions import campagnes
from opportunites.campagne.issues import dire_les_issues
from opportunites.campagne.mots import Issue
from opportunites.models import Avis, IssueVoeu, Opportunite, Proposition, Voeu
from opportunites.propositions.actions import propositions, reponses
from tests.fabriques import acteur_du_cadre, faire_proposition, faire_voeu, faire_voeu_en_temps
from tests.opportunites.campagne.test_ensembles import envoyer, valider

pytestmark = pytest.mark.django_db


def issue(mouvement, cadre):
    dire_les_issues(mouvement.campagne)
    return IssueVoeu.objects.get(cadre=cadre, rang=1).code


def test_served(mouvement):
    faire_proposition(mouvement.vigie, mouvement.orson, "acceptee")
    assert issue(mouvement, mouvement.orson) == Issue.SERVI


def test_another_poste_obtained(mouvement):
    faire_proposition(mouvement.digue, mouvement.orson, "acceptee")
    assert issue(mouvement, mouvement.orson) == Issue.AUTRE_POSTE


def test_the_person_said_no(mouvement):
    faire_proposition(mouvement.vigie, mouvement.orson, "refusee")
    assert issue(mouvement, mouvement.orson) == Issue.DECLINE


@pytest.mark.parametrize("avant", [(), ("expiree",)])
def test_it_awaits_the_person_s_own_answer(mouvement, avant):
    for etat in (*avant, "envoyee"):
        faire_proposition(mouvement.vigie, mouvement.orson, etat)
    assert issue(mouvement, mouvement.orson) == Issue.PROPOSE


def test_the_host_was_not_favourable(mouvement):
    assert issue(mouvement, mouvement.refuse) == Issue.ACCUEIL


def test_the_host_said_nothing(mouvement):
    Avis.objects.filter(cadre=mouvement.orson).delete()
    assert issue(mouvement, mouvement.orson) == Issue.SANS_AVIS


def test_the_poste_went_to_somebody_else(mouvement):
    faire_proposition(mouvement.vigie, mouvement.marin, "acceptee")
    assert issue(mouvement, mouvement.orson) == Issue.ATTRIBUE


def test_the_holder_stays(mouvement):
    assert issue(mouvement, mouvement.pavel) == Issue.TITULAIRE


def test_balance(mouvement):
    assert issue(mouvement, mouvement.orson) == Issue.EQUILIBRE


def test_the_poste_was_withdrawn(mouvement):
    Opportunite.objects.filter(pk=mouvement.vigie.pk).update(
        etat=Opportunite.Etat.RETIREE, close_le=timezone.now()
    )
    assert issue(mouvement, mouvement.orson) == Issue.RETIRE


def test_a_no_before_theirs(troupe, mouvement, liees):
    premier = liees.chaine[0]
    valider(troupe, *liees.chaine)
    envoyer(troupe, premier)
    reponses.refuser(acteur=acteur_du_cadre(premier.cadre), proposition=premier, motif="lieu")

    assert issue(mouvement, mouvement.pavel) == Issue.AMONT


def test_a_wish_made_too_late_has_its_answer_in_the_next_campaign(mouvement):
    tard = faire_voeu(mouvement.marin, mouvement.vigie)
    dire_les_issues(mouvement.campagne)

    assert not IssueVoeu.objects.filter(cadre=tard.cadre, opportunite=mouvement.vigie).exists()


def test_at_the_close_each_is_written_to_without_anybody_s_name(troupe, mouvement, liees):
    for p in (*liees.chaine, *liees.boucle):
        propositions.retirer_proposition(
            acteur={"ville": troupe.dgs_ville, "agglomeration": troupe.dgs_agglomeration,
                    "departement": troupe.dgs_departement, "region": troupe.dgs_region}[
                p.opportunite.poste.collectivite.code], proposition=p,
        )  # fmt: skip
    nombre = campagnes.clore(acteur=troupe.dgs_ville, campagne=mouvement.campagne)

    assert nombre == Voeu.objects.count() == 5
    noms = {c.nom for c in (mouvement.marin, mouvement.nadir, mouvement.orson, mouvement.refuse)}
    sien = Courriel.objects.get(cadre_ref=mouvement.pavel.pk, objet="Vos vœux ont leur réponse")
    assert "en parler" in sien.corps
    assert not [nom for nom in noms if nom in sien.corps]


def test_balances_are_kept_for_the_next_campaign(troupe, mouvement, liees):
    premier = liees.chaine[0]
    valider(troupe, premier)
    envoyer(troupe, premier)
    reponses.accepter(acteur=acteur_du_cadre(premier.cadre), proposition=premier)

    soldes = campagnes.soldes_de(mouvement.campagne)

    assert soldes[str(troupe.region.pk)] == 1
    assert soldes[str(troupe.agglomeration.pk)] == -1


def test_the_person_reads_their_answers_and_nobody_else_does(troupe, mouvement, client_de):
    faire_voeu_en_temps(troupe.fiche_du_cadre, mouvement.vigie, avis=2)
    dire_les_issues(mouvement.campagne)
    mouvement.campagne.close_le = timezone.now()
    mouvement.campagne.save()

    page = client_de(troupe.cadre).get("/mes-voeux/").content.decode()

    assert "Les réponses à vos vœux" in page
    assert "n’ont pas permis de le retenir cette fois" in page
    for autre in (troupe.dgs_departement, troupe.drh_region, troupe.accompagnateur):
        assert not IssueVoeu.objects.visibles_par(autre).exists()


def test_no_answer_names_nor_points_to_anybody():
    assert not [i for i in Issue if "{" in i.label or "%" in i.label]
    assert Proposition.objects.count() == 0
