"""Faults at the very same instant (real threads): one coherent state, a sentence for each person.

The seven of the specification: two DGS for one poste, two takers, one person who takes two (both in
`test_postes.py`), the poste withdrawn under the click, the answer a second too late, a date before
the notice, a holder who stays after all.
"""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import EntreeJournal
from opportunites.dossier.actions import depart as actions_depart
from opportunites.dossier.actions import mobilites
from opportunites.models import Mobilite, Proposition
from opportunites.propositions.actions import propositions as actions_propositions
from opportunites.propositions.actions import reponses
from tests.courses.depart import courir, se_croiser
from tests.fabriques import (
    acteur_du_cadre,
    dans,
    faire_acteur,
    faire_cadre,
    faire_mobilite,
    faire_opportunite,
    faire_proposition,
    il_y_a,
)

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
Etat = Proposition.Etat


def valider_sans_verrou(proposition, rencontre):
    """Read, meet, write: what validating would do without the lock."""
    brouillon = Proposition.objects.filter(pk=proposition.pk, etat=Etat.BROUILLON).exists()
    rencontre()
    if brouillon:
        Proposition.objects.filter(pk=proposition.pk).update(
            etat=Etat.VALIDEE, validee_le=timezone.now()
        )
    return brouillon


def test_without_the_lock_two_dgs_both_believe_that_they_validated(troupe):
    proposition = faire_proposition(
        faire_opportunite(troupe.region), troupe.fiche_du_cadre, "brouillon"
    )
    rencontre = se_croiser()

    course = courir(2, lambda _: valider_sans_verrou(proposition, rencontre))

    assert course.reussites == [True, True]


def test_two_dgs_of_one_host_validate_and_one_of_them_is_told(troupe):
    """A handover: for a day the Département has two DGS."""
    dgs = [troupe.dgs_departement, faire_acteur("dgs", troupe.departement)]
    proposition = faire_proposition(
        faire_opportunite(troupe.departement), faire_cadre(troupe.ville, "retenu"), "brouillon"
    )

    course = courir(
        2, lambda n: actions_propositions.valider(acteur=dgs[n], proposition=proposition)
    )

    assert not course.fautes
    assert course.refus == ["Cette proposition est déjà validée, ou close."]
    ligne = EntreeJournal.objects.get(acte="proposition.validee")
    assert ligne.auteur_id in {a.utilisateur.pk for a in dgs}


def test_two_dgs_validate_two_people_for_one_poste_and_one_of_them_takes_it(troupe):
    opportunite = faire_opportunite(troupe.region)
    fiches = [faire_cadre(troupe.ville, "retenu") for _ in range(2)]
    propositions = [faire_proposition(opportunite, fiche, "brouillon") for fiche in fiches]

    validees = courir(
        2,
        lambda n: actions_propositions.valider(
            acteur=troupe.dgs_region, proposition=propositions[n]
        ),
    )
    envois = courir(
        2,
        lambda n: actions_propositions.envoyer(
            acteur=troupe.drh_region, proposition=propositions[n], repondre_avant=il_y_a(-5)
        ),
    )
    accords = courir(
        2,
        lambda n: reponses.accepter(acteur=acteur_du_cadre(fiches[n]), proposition=propositions[n]),
    )

    assert not [*validees.fautes, *envois.fautes, *accords.fautes]
    assert len(accords.reussites) == 1
    assert accords.refus[0].startswith("Ce poste vient d’être accepté par une autre personne.")
    assert sorted(opportunite.propositions.values_list("etat", flat=True)) == [
        "acceptee",
        "retiree",
    ]


def test_the_poste_withdrawn_under_the_click_is_said_to_whoever_came_second(troupe, client_de):
    for _ in range(4):
        opportunite = faire_opportunite(troupe.region)
        fiche = faire_cadre(troupe.ville, "retenu")
        proposition = faire_proposition(opportunite, fiche)
        clients = [client_de(acteur_du_cadre(fiche)), client_de(troupe.drh_region)]
        adresses = [
            reverse("opportunites:accepter", args=[proposition.pk]),
            reverse("opportunites:retirer_opportunite", args=[opportunite.pk]),
        ]

        course = courir(2, lambda n, c=clients, a=adresses: (n, c[n].post(a[n])))

        assert not course.fautes
        proposition.refresh_from_db()
        lus = {
            n: " ".join(str(m) for m in get_messages(reponse.wsgi_request))
            for n, reponse in course.reussites
        }
        if proposition.etat == Etat.RETIREE:
            assert "L’employeur vient de retirer ce poste de la démarche." in lus[0]
            assert "n’a pas été enregistrée" in lus[0]
        else:
            assert proposition.etat == Etat.ACCEPTEE
            assert "Une personne a accepté ce poste" in lus[1]


def test_an_answer_at_the_very_second_of_the_expiry_is_a_yes_or_a_silence(troupe):
    """The clock and the person arrive together, on either side of the limit."""
    for ecart in (-1, 0, 1):
        fiche = faire_cadre(troupe.ville, "retenu")
        limite = timezone.now() + timedelta(seconds=1)
        proposition = faire_proposition(
            faire_opportunite(troupe.region), fiche, repondre_avant=limite
        )
        acteur = acteur_du_cadre(fiche)
        gestes = [
            lambda a=acteur, p=proposition: reponses.accepter(acteur=a, proposition=p),
            lambda m=limite + timedelta(seconds=ecart): reponses.expirer_propositions(m),
        ]

        course = courir(2, lambda n, g=gestes: g[n]())

        assert not course.fautes
        proposition.refresh_from_db()
        ouverts = Mobilite.objects.filter(proposition=proposition).count()
        assert (proposition.etat, ouverts) in {("acceptee", 1), ("expiree", 0)}
        if proposition.etat == Etat.EXPIREE:
            assert course.refus[0].startswith("Le délai de réponse est passé")
            assert "aucune conséquence pour vous" in course.refus[0]


def test_a_second_too_late_is_too_late_even_before_the_clock_rings(troupe, client_de):
    fiche = faire_cadre(troupe.ville, "retenu")
    proposition = faire_proposition(
        faire_opportunite(troupe.region),
        fiche,
        repondre_avant=timezone.now() - timedelta(seconds=1),
    )
    acteur = acteur_du_cadre(fiche)
    clients = [client_de(acteur) for _ in range(2)]
    adresse = reverse("opportunites:accepter", args=[proposition.pk])

    course = courir(2, lambda n: clients[n].post(adresse))

    assert not course.fautes
    proposition.refresh_from_db()
    assert proposition.etat == Etat.EXPIREE
    assert EntreeJournal.objects.filter(acte="proposition.expiree").count() == 1
    for reponse in course.reussites:
        lu = " ".join(str(m) for m in get_messages(reponse.wsgi_request))
        assert "délai de réponse est passé" in lu


@pytest.fixture
def dossier(troupe):
    return faire_mobilite(
        faire_proposition(faire_opportunite(troupe.region), troupe.fiche_du_cadre, "acceptee"),
        ouverte_le=il_y_a(3),
        voie="MUTATION",
        demande_recue_le=dans(-2),
        date_effet=dans(120),
    )


def preparer(acteur, mobilite, jours):
    mobilites.preparer_mobilite(
        acteur=acteur,
        mobilite=mobilite,
        voie="MUTATION",
        date_effet=dans(jours),
        demande_recue_le=dans(-2),
    )


def test_a_date_before_the_notice_is_refused_while_the_other_side_sets_a_right_one(troupe, dossier):
    gestes = [
        lambda: preparer(troupe.drh_region, dossier, 10),
        lambda: preparer(troupe.drh_departement, dossier, 130),
    ]

    course = courir(2, lambda n: gestes[n]())

    assert not course.fautes
    assert len(course.refus) == 1
    assert "précède la fin du préavis (CGFP L511-3)" in course.refus[0]
    dossier.refresh_from_db()
    assert dossier.date_effet == dans(130)


def test_an_agreed_date_and_a_near_one_at_once_never_leave_a_date_that_the_law_forbids(
    troupe, dossier
):
    """The near date is good only once the origin has agreed: whichever comes first."""
    gestes = [
        lambda: preparer(troupe.drh_region, dossier, 10),
        lambda: actions_depart.accorder_le_depart(
            acteur=troupe.drh_departement, mobilite=dossier, date_convenue=dans(10)
        ),
    ]

    course = courir(2, lambda n: gestes[n]())

    assert not course.fautes
    dossier.refresh_from_db()
    assert dossier.date_effet == dossier.date_convenue == dans(10)
    assert all("préavis" in refus for refus in course.refus)


def arriver(cadre, opportunite):
    """An open move, due today by agreement."""
    return faire_mobilite(
        faire_proposition(opportunite, cadre, "acceptee"),
        ouverte_le=il_y_a(9),
        voie="MUTATION",
        demande_recue_le=dans(-5),
        reponse_origine="accord",
        date_convenue=dans(0),
        date_effet=dans(0),
    )


@pytest.fixture
def echange(troupe):
    """A cadre of the Région and one of the Ville take each other's poste."""
    ici = faire_cadre(troupe.region, "retenu", avancee="engagee")
    la = faire_cadre(troupe.ville, "retenu", avancee="engagee")
    return (
        arriver(la, faire_opportunite(troupe.region, poste=ici.poste)),
        arriver(ici, faire_opportunite(troupe.ville, poste=la.poste)),
    )


def test_a_holder_who_stays_after_all_keeps_their_poste_whoever_arrives(troupe):
    """A poste opened while its holder was to leave: they give up their own move as the other comes."""
    for _ in range(4):
        titulaire = faire_cadre(troupe.region, "retenu", avancee="engagee")
        arrivant = faire_cadre(troupe.ville, "retenu", avancee="engagee")
        libere = faire_opportunite(troupe.region, poste=titulaire.poste, vacance="susceptible")
        depart = arriver(titulaire, faire_opportunite(troupe.departement))
        arrivee = arriver(arrivant, libere)
        gestes = [
            lambda m=depart: mobilites.abandonner_mobilite(
                acteur=troupe.drh_region, mobilite=m, motif="Le titulaire reste."
            ),
            lambda m=arrivee: mobilites.rendre_effective(acteur=troupe.drh_region, mobilite=m),
        ]

        course = courir(2, lambda n, g=gestes: g[n]())

        assert not course.fautes
        assert len(course.refus) == 1
        assert course.refus[0].startswith(f"{titulaire.nom_complet} tient encore ce poste")
        assert Cadre.objects.get(poste=libere.poste) == titulaire
        depart.refresh_from_db()
        arrivee.refresh_from_db()
        assert (depart.etat, arrivee.etat) == ("abandonnee", "ouverte")


def test_the_departure_of_the_holder_and_the_arrival_at_once_end_with_one_at_the_desk(troupe):
    for _ in range(4):
        titulaire = faire_cadre(troupe.region, "retenu", avancee="engagee")
        arrivant = faire_cadre(troupe.ville, "retenu", avancee="engagee")
        libere = faire_opportunite(troupe.region, poste=titulaire.poste, vacance="susceptible")
        depart = arriver(titulaire, faire_opportunite(troupe.departement))
        arrivee = arriver(arrivant, libere)
        gestes = [
            lambda m=depart: mobilites.rendre_effective(acteur=troupe.drh_departement, mobilite=m),
            lambda m=arrivee: mobilites.rendre_effective(acteur=troupe.drh_region, mobilite=m),
        ]

        course = courir(2, lambda n, g=gestes: g[n]())

        assert not course.fautes
        assert all("constater d’abord" in refus for refus in course.refus)
        assert Cadre.objects.get(pk=titulaire.pk).poste_id == depart.poste_accueil_id
        tenant = Cadre.objects.filter(poste=libere.poste).first()
        assert tenant == (None if course.refus else arrivant)


def test_both_hosts_of_an_exchange_certify_at_once_and_it_is_certified_once(troupe, echange):
    acteurs = (troupe.drh_region, troupe.drh_ville)

    course = courir(2, lambda n: mobilites.rendre_effective(acteur=acteurs[n], mobilite=echange[n]))

    assert not course.fautes
    assert course.refus == ["Ce dossier est clos."]
    for mobilite in echange:
        mobilite.refresh_from_db()
        assert mobilite.etat == "effective"
        assert Cadre.objects.get(pk=mobilite.cadre_id).poste_id == mobilite.poste_accueil_id
    assert EntreeJournal.objects.filter(acte="mobilite.effective").count() == 2


def test_half_an_exchange_given_up_as_the_other_half_is_certified_is_all_or_nothing(
    troupe, echange
):
    gestes = [
        lambda: mobilites.rendre_effective(acteur=troupe.drh_region, mobilite=echange[0]),
        lambda: mobilites.abandonner_mobilite(
            acteur=troupe.drh_region, mobilite=echange[1], motif="Le titulaire reste."
        ),
    ]

    course = courir(2, lambda n: gestes[n]())

    assert not course.fautes
    assert len(course.refus) == 1
    for mobilite in echange:
        mobilite.refresh_from_db()
    etats = tuple(m.etat for m in echange)
    assert etats in {("effective", "effective"), ("ouverte", "abandonnee")}
    for mobilite in echange:
        attendu = (
            mobilite.poste_accueil_id if etats[0] == "effective" else mobilite.poste_origine_id
        )
        assert Cadre.objects.get(pk=mobilite.cadre_id).poste_id == attendu
