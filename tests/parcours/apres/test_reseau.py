"""The network of a promotion: on it by one's own yes, read by those of the promotion and the next ones."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.candidature.actions import retirer
from cadres.donnees_personnelles.effacement import anonymiser
from cadres.fiche.verrous import verrouiller
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from parcours.apres.reseau import actions
from parcours.models import DemandeMentor, PresenceReseau
from parcours.programme.a_faire import a_faire
from tests.fabriques import (
    acteur_du_cadre,
    dans,
    demander_un_mentor,
    faire_cadre,
    faire_inscription,
    faire_mandat,
    faire_presence,
    faire_promotion,
)

pytestmark = pytest.mark.django_db
DONNEES = {"ou": "Au Département", "recit": "Allez voir.", "repond": True, "mentor": True}


@pytest.fixture
def promotions(troupe):
    """The former, the one of Claire, the next."""
    return [
        faire_promotion(
            troupe.demarche, date_debut=dans(-500 + 200 * n), date_fin=dans(-300 + 200 * n)
        )
        for n in range(3)
    ]


@pytest.fixture
def gens(troupe, promotions):
    """One of each promotion; Claire, the named cadre, in the middle."""
    ancien, suivant = faire_cadre(troupe.region, "retenu"), faire_cadre(troupe.ville, "retenu")
    faire_inscription(ancien, promotions[0], "achevee")
    faire_inscription(troupe.fiche_du_cadre, promotions[1])
    faire_inscription(suivant, promotions[2])
    return ancien, troupe.fiche_du_cadre, suivant


def lus(cadre):
    return set(
        PresenceReseau.objects.visibles_par(acteur_du_cadre(cadre)).values_list("cadre", flat=True)
    )


# --- Who is on it, who reads it ----------------------------------------------------------------------


def test_nobody_is_on_it_without_a_yes(gens):
    for cadre in gens:
        assert lus(cadre) == set()


def test_one_s_promotion_and_the_former_ones_are_read_never_the_next(gens, promotions):
    for cadre, promotion in zip(gens, promotions, strict=True):
        faire_presence(cadre, promotion)
    ancien, claire, suivant = gens
    assert lus(ancien) == {ancien.pk}
    assert lus(claire) == {ancien.pk, claire.pk}
    assert lus(suivant) == {ancien.pk, claire.pk, suivant.pk}


@pytest.mark.parametrize(
    ("etat", "lit"),
    [
        ("accord", False),
        ("retenu", True),
        ("non_retenu", False),
        ("retire", False),
    ],
)
def test_whoever_is_retained_is_of_the_next_promotion(troupe, gens, promotions, etat, lit):
    faire_presence(gens[0], promotions[0])
    nouveau = faire_cadre(troupe.ville, etat)
    assert lus(nouveau) == ({gens[0].pk} if lit else set())


@pytest.mark.parametrize(
    "qui",
    ["dgs_ville", "drh_departement", "gestionnaire_departement", "accompagnateur", "cabinet"],
)
def test_no_employer_reads_it(troupe, gens, promotions, client_de, qui):
    faire_presence(gens[1], promotions[1], recit="Entre nous")
    acteur = getattr(troupe, qui)
    assert not PresenceReseau.objects.visibles_par(acteur).exists()
    assert client_de(acteur).get(reverse("parcours:reseau")).status_code == 403


@pytest.mark.parametrize(
    ("debut", "fin", "lit"), [(-9, None, False), (5, None, False), (-9, -1, True)]
)
def test_two_hats_read_nothing_even_before_the_second_begins(
    troupe, gens, promotions, client_de, debut, fin, lit
):
    """Whoever is DRH tomorrow would carry there what they read today; whoever was, does not any more."""
    faire_presence(gens[0], promotions[0], recit="Entre nous")
    faire_mandat(
        Role.GESTIONNAIRE,
        troupe.departement,
        troupe.cadre.utilisateur,
        debut=dans(debut),
        fin=None if fin is None else dans(fin),
    )
    page = client_de(troupe.cadre).get(reverse("parcours:reseau")).text
    assert ("Entre nous" in page) is lit
    assert ("servez aussi un employeur" in page) is not lit
    if not lit:
        with pytest.raises(ActionImpossible, match="employeur"):
            actions.rejoindre(acteur=troupe.cadre, donnees=DONNEES)


def test_two_hats_may_still_leave(troupe, gens, promotions):
    faire_presence(gens[1], promotions[1])
    faire_mandat(Role.DRH, troupe.ville, troupe.cadre.utilisateur)
    actions.quitter(acteur=troupe.cadre)
    assert not PresenceReseau.objects.exists()


def test_another_demarche_is_another_world(troupe, gens, promotions):
    faire_presence(gens[0], promotions[0])
    assert not PresenceReseau.objects.visibles_par(troupe.etranger_cadre).exists()


# --- The yes, and taking it back ---------------------------------------------------------------------


def test_the_yes_is_given_changed_and_taken_back_on_the_page(troupe, gens, client_de):
    client = client_de(troupe.cadre)
    client.post(reverse("parcours:ma_presence"), {"ou": "Ici", "recit": "Dit.", "repond": "on"})
    presence = PresenceReseau.objects.get()
    assert (presence.cadre, presence.ou, presence.repond, presence.mentor) == (
        gens[1],
        "Ici",
        True,
        False,
    )

    client.post(reverse("parcours:ma_presence"), {"ou": "Là", "recit": "Dit."})
    assert PresenceReseau.objects.get().ou == "Là"
    assert not PresenceReseau.objects.get().repond

    client.post(reverse("parcours:quitter_reseau"))
    assert not PresenceReseau.objects.exists(), "the row is gone, not flagged"


def test_the_address_is_shown_only_by_whoever_answers(troupe, gens, promotions, client_de):
    presence = faire_presence(gens[0], promotions[0])
    adresse = gens[0].utilisateur.email
    page = reverse("parcours:reseau")
    assert adresse not in client_de(troupe.cadre).get(page).text
    PresenceReseau.objects.filter(pk=presence.pk).update(repond=True)
    assert adresse in client_de(troupe.cadre).get(page).text


def test_withdrawing_from_the_demarche_empties_it(troupe, gens, promotions):
    faire_presence(gens[1], promotions[1])
    retirer(acteur=troupe.cadre)
    assert not PresenceReseau.objects.exists()


def test_being_forgotten_empties_it_and_what_one_asked(troupe, gens, promotions):
    ancienne = faire_presence(gens[0], promotions[0], mentor=True)
    faire_presence(gens[1], promotions[1])
    demander_un_mentor(gens[1], ancienne)
    with transaction.atomic():
        anonymiser(verrouiller(gens[1].pk))
    assert set(PresenceReseau.objects.values_list("cadre", flat=True)) == {gens[0].pk}
    assert not DemandeMentor.objects.exists()


def test_the_journal_tells_it_to_the_person_alone(troupe, gens):
    actions.rejoindre(acteur=troupe.cadre, donnees=DONNEES)
    actions.quitter(acteur=troupe.cadre)
    lignes = EntreeJournal.objects.filter(acte__startswith="reseau.")
    assert [ligne.acte for ligne in lignes.order_by("pk")] == ["reseau.rejoint", "reseau.quitte"]
    assert all(ligne.reserve_a_la_personne for ligne in lignes)
    for qui in (troupe.dgs_departement, troupe.drh_departement):
        assert (
            not EntreeJournal.objects.visibles_par(qui).filter(acte__startswith="reseau.").exists()
        )


def test_my_data_say_it(troupe, gens, promotions, client_de):
    ancienne = faire_presence(gens[0], promotions[0], mentor=True)
    faire_presence(gens[1], promotions[1], recit="Ce que je raconte")
    demander_un_mentor(gens[1], ancienne, "Mes mots à moi")
    page = client_de(troupe.cadre).get(reverse("cadres:mes_donnees")).text
    assert "Ce que je raconte" in page
    assert "Mes mots à moi" in page


# --- Mentors -------------------------------------------------------------------------------------------


@pytest.fixture
def ancienne(gens, promotions):
    return faire_presence(gens[0], promotions[0], mentor=True)


def demander(troupe, presence):
    return actions.demander(acteur=troupe.cadre, presence=presence, mot="M’aider ?")


def test_a_mentor_is_asked_says_yes_and_each_reads_the_other(troupe, gens, ancienne, client_de):
    client, mentor = client_de(troupe.cadre), acteur_du_cadre(gens[0])
    page = reverse("parcours:reseau")

    client.post(reverse("parcours:demander_mentor", args=[ancienne.pk]), {"mot": "M’aider ?"})

    demande = DemandeMentor.objects.get()
    assert [a.titre for a in a_faire(mentor)] == ["Répondre à une demande de mentor"]
    lue = client_de(mentor).get(page).text
    assert gens[1].nom in lue
    assert "M’aider" in lue
    assert gens[1].utilisateur.email not in lue, "not before a yes"
    client_de(mentor).post(
        reverse("parcours:repondre_mentor", args=[demande.pk]), {"reponse": "oui"}
    )
    assert gens[1].utilisateur.email in client_de(mentor).get(page).text
    assert gens[0].utilisateur.email in client.get(page).text


def test_mails_name_nobody(troupe, gens, ancienne):
    demande = demander(troupe, ancienne)
    actions.repondre(acteur=acteur_du_cadre(gens[0]), demande=demande, oui=True)
    actions.cesser(acteur=troupe.cadre, demande=demande)
    courriels = list(Courriel.objects.filter(cle__startswith="reseau/").order_by("pk"))
    assert [c.cadre_ref for c in courriels] == [gens[0].pk, gens[1].pk, gens[0].pk]
    for courriel in courriels:
        autre = gens[1] if courriel.cadre_ref == gens[0].pk else gens[0]
        assert autre.nom not in courriel.objet + courriel.corps
        assert autre.prenom not in courriel.objet + courriel.corps


def test_a_no_is_read_without_a_reason_and_is_not_asked_again(troupe, gens, ancienne, client_de):
    actions.repondre(acteur=acteur_du_cadre(gens[0]), demande=demander(troupe, ancienne), oui=False)
    page = client_de(troupe.cadre).get(reverse("parcours:reseau")).text
    assert "ne peut pas être votre mentor" in page
    with pytest.raises(ActionImpossible, match="déjà demandé"):
        demander(troupe, ancienne)


def test_one_mentor_at_a_time(troupe, gens, promotions, ancienne):
    autre = faire_cadre(troupe.ville, "retenu")
    faire_inscription(autre, promotions[0], "achevee")
    seconde = faire_presence(autre, promotions[0], mentor=True)
    demande = demander(troupe, ancienne)
    with pytest.raises(ActionImpossible, match="Vous avez déjà un mentor"):
        demander(troupe, seconde)
    actions.cesser(acteur=troupe.cadre, demande=demande)
    assert demander(troupe, seconde).pk


@pytest.mark.parametrize("cas", ["pas_mentor", "meme_promotion", "suivante", "soi", "employeur"])
def test_whom_one_may_not_ask(troupe, gens, promotions, cas):
    if cas == "pas_mentor":
        presence = faire_presence(gens[0], promotions[0], mentor=False)
    elif cas == "employeur":
        presence = faire_presence(gens[0], promotions[0], mentor=True)
        faire_mandat(Role.DRH, troupe.region, gens[0].utilisateur)
    elif cas == "soi":
        presence = faire_presence(gens[1], promotions[1], mentor=True)
    else:
        camarade = faire_cadre(troupe.ville, "retenu")
        promotion = promotions[1 if cas == "meme_promotion" else 2]
        faire_inscription(camarade, promotion)
        presence = faire_presence(camarade, promotion, mentor=True)
    with pytest.raises(ActionImpossible, match="n’a pas dit"):
        demander(troupe, presence)


def test_the_base_refuses_to_be_one_s_own_mentor(gens, promotions):
    sienne = faire_presence(gens[1], promotions[1], mentor=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        demander_un_mentor(gens[1], sienne)


def test_only_who_is_asked_answers(troupe, gens, ancienne):
    demande = demander(troupe, ancienne)
    with pytest.raises(PermissionDenied):
        actions.repondre(acteur=troupe.cadre, demande=demande, oui=True)
    with pytest.raises(PermissionDenied):
        actions.cesser(acteur=acteur_du_cadre(gens[2]), demande=demande)


@pytest.mark.parametrize("reponse", ["oui", None])
def test_a_mentor_who_leaves_ends_it_and_it_is_told(troupe, gens, ancienne, reponse):
    demande = demander(troupe, ancienne)
    mentor = acteur_du_cadre(gens[0])
    if reponse:
        actions.repondre(acteur=mentor, demande=demande, oui=True)
    actions.quitter(acteur=mentor)
    assert not DemandeMentor.objects.exists()
    assert (
        Courriel.objects.filter(cle__startswith="reseau/mentor_parti", cadre_ref=gens[1].pk).count()
        == 1
    )


def test_no_longer_a_mentor_lets_what_waits_fall_and_keeps_whom_one_has(
    troupe, gens, promotions, ancienne
):
    attend = demander(troupe, ancienne)
    deja = demander_un_mentor(gens[2], ancienne, etat="acceptee", repondue_le=dans(0))
    actions.rejoindre(acteur=acteur_du_cadre(gens[0]), donnees=DONNEES | {"mentor": False})
    assert set(DemandeMentor.objects.values_list("pk", flat=True)) == {deja.pk}
    assert attend.pk != deja.pk


def test_answering_what_was_taken_back_says_so(troupe, gens, ancienne):
    demande = demander(troupe, ancienne)
    DemandeMentor.objects.all().delete()
    with pytest.raises(ActionImpossible, match="plus dans le réseau"):
        actions.repondre(acteur=acteur_du_cadre(gens[0]), demande=demande, oui=True)


def test_an_empty_word_is_refused_beside_its_field(troupe, ancienne, client_de):
    adresse = reverse("parcours:demander_mentor", args=[ancienne.pk])
    reponse = client_de(troupe.cadre).post(adresse, {"mot": "   "})
    assert reponse.status_code == 200
    assert "obligatoire" in reponse.text
    assert not DemandeMentor.objects.exists()


def test_the_queries_do_not_grow(troupe, gens, promotions, client_de):
    client = client_de(troupe.cadre)
    page = reverse("parcours:reseau")

    def requetes():
        with CaptureQueriesContext(connection) as vues:
            assert client.get(page).status_code == 200
        return len(vues)

    faire_presence(gens[0], promotions[0], repond=True, mentor=True)
    requetes()
    une = requetes()
    for _ in range(8):
        autre = faire_cadre(troupe.ville, "retenu")
        faire_inscription(autre, promotions[0], "achevee")
        faire_presence(autre, promotions[0], repond=True, mentor=True)
    assert requetes() == une
