"""Scarce things under real threads: one taker per poste, one acceptance per cadre."""

import pytest
from django.db import connection, transaction

from cadres.candidature.actions import retirer
from opportunites.models import Mobilite, Proposition, Voeu
from opportunites.postes.actions import avis
from opportunites.postes.actions import postes as actions_postes
from opportunites.postes.actions import voeux as actions_voeux
from opportunites.propositions.actions import propositions as actions_propositions
from opportunites.propositions.actions import reponses
from tests.courses.depart import courir, se_croiser
from tests.fabriques import (
    acteur_du_cadre,
    faire_cadre,
    faire_inscription,
    faire_opportunite,
    faire_proposition,
    faire_voeu,
)

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]

PRIS = (
    "Ce poste vient d’être accepté par une autre personne. Votre réponse n’a pas été "
    "enregistrée, et cela n’a pas de conséquence pour vous."
)


def candidats(troupe, nombre, opportunite):
    """Retained cadres of the other three, each with a proposition of this poste."""
    lieux = (troupe.ville, troupe.agglomeration, troupe.departement)
    cadres = [faire_cadre(lieux[n % 3], "retenu") for n in range(nombre)]
    propositions = [faire_proposition(opportunite, cadre) for cadre in cadres]
    return [acteur_du_cadre(cadre) for cadre in cadres], propositions


def accepter_sans_verrou(proposition, rencontre):
    """Read, meet, write: what the action would do without locks."""
    pris = Proposition.objects.filter(
        opportunite=proposition.opportunite, etat=Proposition.Etat.ACCEPTEE
    ).exists()
    rencontre()
    if not pris:
        Proposition.objects.filter(pk=proposition.pk).update(
            etat=Proposition.Etat.ACCEPTEE, repondue_le=proposition.envoyee_le
        )


@pytest.fixture
def sans_contrainte():
    """The database without its last guard; put back afterwards, once the faults are erased."""
    contrainte = next(
        c for c in Proposition._meta.constraints if c.name == "proposition_un_preneur_par_poste"
    )
    with connection.schema_editor() as editeur:
        editeur.remove_constraint(Proposition, contrainte)
    yield
    Proposition.objects.all().delete()
    with connection.schema_editor() as editeur:
        editeur.add_constraint(Proposition, contrainte)


def test_without_lock_nor_constraint_a_poste_is_taken_twice(troupe, sans_contrainte):
    opportunite = faire_opportunite(troupe.region)
    _, propositions = candidats(troupe, 2, opportunite)
    rencontre = se_croiser()

    course = courir(2, lambda n: accepter_sans_verrou(propositions[n], rencontre))

    assert not course.fautes
    assert opportunite.propositions.filter(etat="acceptee").count() == 2


def test_without_the_lock_the_constraint_still_lets_one_through(troupe):
    opportunite = faire_opportunite(troupe.region)
    _, propositions = candidats(troupe, 2, opportunite)
    rencontre = se_croiser()

    course = courir(2, lambda n: accepter_sans_verrou(propositions[n], rencontre))

    assert not course.fautes
    assert course.refus == [PRIS]
    assert opportunite.propositions.filter(etat="acceptee").count() == 1


def test_fifty_accept_the_same_poste_and_one_takes_it(troupe):
    opportunite = faire_opportunite(troupe.region)
    acteurs, propositions = candidats(troupe, 50, opportunite)

    course = courir(50, lambda n: reponses.accepter(acteur=acteurs[n], proposition=propositions[n]))

    assert not course.fautes
    assert len(course.reussites) == 1
    assert course.messages == {PRIS: 49}
    assert Mobilite.objects.filter(etat="ouverte").count() == 1
    assert opportunite.propositions.filter(etat="retiree").count() == 49


def test_fifty_click_at_once_and_each_reads_a_page(troupe, client_de):
    from django.urls import reverse

    opportunite = faire_opportunite(troupe.region)
    acteurs, propositions = candidats(troupe, 50, opportunite)
    clients = [client_de(acteur) for acteur in acteurs]

    course = courir(
        50,
        lambda n: clients[n].post(reverse("opportunites:accepter", args=[propositions[n].pk])),
    )

    assert not course.fautes
    assert {reponse.status_code for reponse in course.reussites} == {302}
    assert Mobilite.objects.count() == 1


def test_a_cadre_who_accepts_two_at_once_has_accepted_one(troupe):
    faire_inscription(troupe.fiche_du_cadre)
    propositions = [
        faire_proposition(faire_opportunite(lieu), troupe.fiche_du_cadre)
        for lieu in (troupe.region, troupe.ville)
    ]

    course = courir(
        2, lambda n: reponses.accepter(acteur=troupe.cadre, proposition=propositions[n])
    )

    assert not course.fautes
    assert len(course.reussites) == 1
    assert course.refus == ["Vous avez déjà accepté une autre proposition."]
    assert troupe.fiche_du_cadre.propositions.filter(etat="acceptee").count() == 1


def test_crossed_acceptances_never_embrace(troupe):
    """Ten cadres, each proposed the same ten postes, each accepting a different one at once."""
    cadres = [faire_cadre(troupe.ville, "retenu") for _ in range(10)]
    postes = [faire_opportunite(troupe.region) for _ in range(10)]
    grille = [[faire_proposition(poste, cadre) for poste in postes] for cadre in cadres]
    acteurs = [acteur_du_cadre(cadre) for cadre in cadres]

    course = courir(
        10, lambda n: reponses.accepter(acteur=acteurs[n], proposition=grille[n][(n * 7) % 10])
    )

    assert not course.fautes
    assert len(course.reussites) == 10
    assert Proposition.objects.filter(etat="acceptee").count() == 10
    assert Proposition.objects.filter(etat="retiree").count() == 90


def test_the_poste_withdrawn_while_the_cadre_accepts_ends_in_one_state(troupe):
    for _ in range(5):
        opportunite = faire_opportunite(troupe.region)
        (acteur,), (proposition,) = candidats(troupe, 1, opportunite)
        gestes = (
            lambda a=acteur, p=proposition: reponses.accepter(acteur=a, proposition=p),
            lambda o=opportunite: actions_postes.retirer_opportunite(
                acteur=troupe.drh_region, opportunite=o
            ),
        )

        course = courir(2, lambda n, g=gestes: g[n]())

        assert not course.fautes
        assert len(course.reussites) == 1
        opportunite.refresh_from_db()
        proposition.refresh_from_db()
        assert (opportunite.etat, proposition.etat) in {
            ("publiee", "acceptee"),
            ("retiree", "retiree"),
        }


def test_leaving_while_accepting_ends_out_of_the_demarche(troupe):
    for _ in range(5):
        opportunite = faire_opportunite(troupe.region)
        (acteur,), (proposition,) = candidats(troupe, 1, opportunite)
        gestes = (
            lambda a=acteur, p=proposition: reponses.accepter(acteur=a, proposition=p),
            lambda a=acteur: retirer(acteur=a),
        )

        course = courir(2, lambda n, g=gestes: g[n]())

        assert not course.fautes
        proposition.refresh_from_db()
        assert proposition.etat == "retiree"
        assert not Mobilite.objects.filter(proposition=proposition, etat="ouverte").exists()


def test_ranks_stay_whole_while_one_person_clicks_everywhere(troupe):
    fiche = troupe.fiche_du_cadre
    faire_inscription(fiche)
    voeux = [faire_voeu(fiche, faire_opportunite(troupe.region)) for _ in range(5)]
    nouvelles = [faire_opportunite(troupe.ville) for _ in range(5)]

    def geste(n):
        if n < 5:
            return actions_voeux.exprimer_voeu(acteur=troupe.cadre, opportunite=nouvelles[n])
        return actions_voeux.classer_voeux(
            acteur=troupe.cadre, ordre=[v.pk for v in voeux[n - 5 :] + voeux[: n - 5]]
        )

    course = courir(10, geste)

    assert not course.fautes
    rangs = list(Voeu.objects.filter(cadre=fiche).order_by("rang").values_list("rang", flat=True))
    assert rangs == list(range(1, 9))
    assert course.messages == {"Vous pouvez classer 8 postes au plus : retirez-en un d’abord.": 2}


def test_two_dgs_validate_at_once_and_one_line_is_written(troupe):
    from collectivites.models import EntreeJournal

    proposition = faire_proposition(
        faire_opportunite(troupe.region), troupe.fiche_du_cadre, "brouillon"
    )

    course = courir(
        2, lambda n: actions_propositions.valider(acteur=troupe.dgs_region, proposition=proposition)
    )

    assert not course.fautes
    assert len(course.refus) == 1
    assert EntreeJournal.objects.filter(acte="proposition.validee").count() == 1


def test_a_yes_taken_back_twice_at_once_is_taken_back_once(troupe):
    opportunite = faire_opportunite(troupe.region)
    (acteur,), (proposition,) = candidats(troupe, 1, opportunite)
    with transaction.atomic():
        reponses.accepter(acteur=acteur, proposition=proposition)

    course = courir(2, lambda n: reponses.annuler_reponse(acteur=acteur, proposition=proposition))

    assert not course.fautes
    assert len(course.reussites) == 1
    proposition.refresh_from_db()
    assert proposition.etat == "envoyee"
    assert Mobilite.objects.get().etat == "abandonnee"


def test_a_no_taken_back_while_somebody_else_accepts_leaves_one_taker(troupe):
    for _ in range(5):
        opportunite = faire_opportunite(troupe.region)
        (premier, second), (une, autre) = candidats(troupe, 2, opportunite)
        with transaction.atomic():
            reponses.refuser(acteur=premier, proposition=une, motif="lieu")
        gestes = (
            lambda a=premier, p=une: reponses.annuler_reponse(acteur=a, proposition=p),
            lambda a=second, p=autre: reponses.accepter(acteur=a, proposition=p),
        )

        course = courir(2, lambda n, g=gestes: g[n]())

        assert not course.fautes
        une.refresh_from_db()
        autre.refresh_from_db()
        # Taken back first, it was then closed by the other's yes; else the no stands.
        assert (une.etat, autre.etat) in {("refusee", "acceptee"), ("retiree", "acceptee")}


def test_opinions_given_at_once_hold_distinct_ranks(troupe):
    opportunite = faire_opportunite(troupe.region)
    fiches = [faire_cadre(troupe.ville, "retenu") for _ in range(6)]
    for fiche in fiches:
        faire_voeu(fiche, opportunite)

    course = courir(
        6,
        lambda n: avis.donner_avis(
            acteur=troupe.drh_region,
            opportunite=opportunite,
            cadre=fiches[n],
            sens="favorable",
            motif="Oui.",
        ),
    )

    assert not course.fautes
    rangs = opportunite.avis.order_by("rang").values_list("rang", flat=True)
    assert list(rangs) == [1, 2, 3, 4, 5, 6]


def test_two_clicks_prepare_one_next_proposition(troupe):
    opportunite = faire_opportunite(troupe.region)
    expiree = faire_proposition(opportunite, faire_cadre(troupe.ville, "retenu"), "expiree")
    for _ in range(2):
        faire_voeu(faire_cadre(troupe.ville, "retenu"), opportunite)

    course = courir(
        2,
        lambda n: actions_propositions.proposer_au_suivant(
            acteur=troupe.drh_region, proposition=expiree
        ),
    )

    assert not course.fautes
    assert opportunite.propositions.filter(etat="brouillon").count() == 1
