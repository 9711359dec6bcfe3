"""A wish stays between the person and the host's people who do not also serve their employer."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import lecteurs_chez
from collectivites.garanties.integrite import traduire
from collectivites.models import Collectivite, Courriel, EntreeJournal
from collectivites.mots import Acte, Role
from collectivites.refus import ActionImpossible
from opportunites.models import Avis, Demande, Proposition, Voeu
from opportunites.models.gardes import MESSAGES_DES_GARDES, NOM
from opportunites.postes.actions import avis as actions_avis
from opportunites.postes.actions import demandes
from opportunites.postes.liste import avec_comptes
from opportunites.propositions.actions import accords, propositions
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def deux(troupe):
    """A cadre of the Ville ranks a poste of the Métropole: the DGS of both is one person."""
    fiche = f.faire_cadre(troupe.ville, "retenu", prenom="Nadège", nom="Costerin")
    f.faire_inscription(fiche)
    opportunite = f.faire_opportunite(troupe.agglomeration)
    return SimpleNamespace(
        troupe=troupe,
        cadre=fiche,
        elle=f.acteur_du_cadre(fiche),
        opportunite=opportunite,
        voeu=f.faire_voeu(fiche, opportunite),
        dgs=troupe.dgs_agglomeration,
        drh=troupe.drh_agglomeration,
    )


def grouper(*collectivites: Collectivite) -> None:
    for collectivite in collectivites:
        collectivite.groupe_employeur = "GRP"
        collectivite.save()


def lit_le_voeu(acteur: Acteur, voeu: Voeu) -> bool:
    return bool(Voeu.objects.visibles_par(acteur).filter(pk=voeu.pk).exists())


def test_the_dgs_of_both_reads_it_under_neither_hat(deux):
    assert not lit_le_voeu(deux.dgs, deux.voeu)
    assert not lit_le_voeu(deux.troupe.dgs_ville, deux.voeu)
    assert lit_le_voeu(deux.drh, deux.voeu)


def test_nothing_of_it_is_on_the_pages_of_that_dgs(deux, client_de):
    f.faire_avis(deux.opportunite, deux.cadre)
    f.faire_demande(deux.cadre, deux.opportunite)
    f.faire_proposition(deux.opportunite, deux.cadre, "brouillon")

    for acteur in (deux.dgs, deux.troupe.dgs_ville):
        client = client_de(acteur)
        for adresse in (
            reverse("opportunites:opportunite", args=[deux.opportunite.pk]),
            reverse("opportunites:opportunites"),
            reverse("opportunites:propositions"),
            reverse("pilotage:accueil"),
            reverse("pilotage:journal"),
        ):
            page = client.get(adresse, follow=True)
            if page.status_code == 404:
                continue
            assert "Costerin" not in page.content.decode(), adresse


def test_a_second_mandat_at_the_employer_closes_it_even_before_its_first_day(deux):
    autre = f.faire_acteur(Role.GESTIONNAIRE, deux.troupe.agglomeration)
    assert lit_le_voeu(autre, deux.voeu)

    f.faire_mandat(Role.DRH, deux.troupe.ville, autre.utilisateur, debut=f.dans(1))

    assert not lit_le_voeu(acteur_du_mandat(autre.mandat), deux.voeu)


@pytest.mark.parametrize(("fin", "lit"), [(0, False), (-1, True)])
def test_a_mandat_that_is_over_closes_nothing_any_more(deux, fin, lit):
    autre = f.faire_acteur(Role.DRH, deux.troupe.agglomeration)
    f.faire_mandat(Role.DRH, deux.troupe.ville, autre.utilisateur, fin=f.dans(fin))

    assert lit_le_voeu(autre, deux.voeu) is lit


def test_a_mandat_of_cadre_is_not_one_of_employer(deux):
    autre = f.faire_acteur(Role.DRH, deux.troupe.agglomeration)
    f.faire_mandat(Role.CADRE, deux.troupe.ville, autre.utilisateur)

    assert lit_le_voeu(autre, deux.voeu)


def test_whoever_serves_an_employer_of_the_same_group_is_kept_apart(deux):
    """Ville and Métropole share their administration; the poste is the Région's."""
    troupe = deux.troupe
    voeu = f.faire_voeu(deux.cadre, f.faire_opportunite(troupe.region))
    f.faire_mandat(Role.DRH, troupe.agglomeration, troupe.drh_region.utilisateur)
    assert lit_le_voeu(troupe.drh_region, voeu)

    grouper(troupe.ville, troupe.agglomeration)

    assert not lit_le_voeu(troupe.drh_region, voeu)


def test_a_host_of_the_same_group_keeps_its_own_people(deux):
    """Otherwise nobody at the Métropole could ever answer a cadre of the Ville."""
    grouper(deux.troupe.ville, deux.troupe.agglomeration)

    assert lit_le_voeu(deux.drh, deux.voeu)
    assert not lit_le_voeu(deux.dgs, deux.voeu)


def test_counts_do_not_give_it_back_by_subtraction(deux):
    visible = f.faire_cadre(deux.troupe.departement, "retenu")
    f.faire_voeu(visible, deux.opportunite)
    f.faire_avis(deux.opportunite, deux.cadre, 1)
    f.faire_proposition(deux.opportunite, deux.cadre, "brouillon")

    for acteur, voeux, vivantes in ((deux.dgs, 1, 0), (deux.drh, 2, 1)):
        ligne = avec_comptes(acteur, type(deux.opportunite).objects.all()).get(
            pk=deux.opportunite.pk
        )
        assert (ligne.nb_voeux, ligne.nb_propositions) == (voeux, vivantes)


def test_a_place_among_candidates_does_not_tell_that_another_is_before(deux, client_de):
    visible = f.faire_cadre(deux.troupe.departement, "retenu")
    f.faire_voeu(visible, deux.opportunite)
    f.faire_avis(deux.opportunite, deux.cadre, 1)
    f.faire_avis(deux.opportunite, visible, 2)

    page = client_de(deux.dgs).get(reverse("opportunites:opportunite", args=[deux.opportunite.pk]))

    assert "au rang 1 de celles" in page.content.decode()
    assert "au rang 2" not in page.content.decode()


def test_ranking_leaves_in_its_place_whom_one_does_not_see(deux):
    visibles = [f.faire_cadre(deux.troupe.departement, "retenu") for _ in range(2)]
    for fiche in visibles:
        f.faire_voeu(fiche, deux.opportunite)
    cle = [
        f.faire_avis(deux.opportunite, fiche, rang).pk
        for rang, fiche in enumerate([visibles[0], deux.cadre, visibles[1]], start=1)
    ]

    actions_avis.classer_avis(acteur=deux.dgs, opportunite=deux.opportunite, ordre=[cle[2], cle[0]])

    assert list(Avis.objects.order_by("rang").values_list("pk", flat=True)) == [
        cle[2],
        cle[1],
        cle[0],
    ]


def test_the_journal_of_the_host_does_not_tell_it_to_that_dgs(deux):
    actions_avis.donner_avis(
        acteur=deux.drh,
        opportunite=deux.opportunite,
        cadre=deux.cadre,
        sens="favorable",
        motif="Votre expérience.",
    )
    propositions.proposer(
        acteur=deux.drh, opportunite=deux.opportunite, cadre=deux.cadre, pourquoi="…"
    )

    lignes = EntreeJournal.objects.filter(acte__in=["avis.donne", "proposition.preparee"])
    assert lignes.visibles_par(deux.drh).count() == 2
    assert not lignes.visibles_par(deux.dgs).exists()
    assert not lignes.visibles_par(deux.troupe.dgs_ville).exists()


def test_a_request_is_mailed_to_those_who_may_read_it(deux):
    f.faire_mandat(Role.GESTIONNAIRE, deux.troupe.ville, deux.drh.utilisateur)
    autre = f.faire_acteur(Role.DRH, deux.troupe.agglomeration)

    demandes.demander(acteur=deux.elle, opportunite=deux.opportunite, nature="entretien")

    assert {c.destinataire for c in Courriel.objects.filter(objet__startswith="Demande")} == {
        autre.utilisateur.email
    }
    assert not Demande.objects.visibles_par(deux.drh).exists()


def test_a_request_that_nobody_could_read_does_not_leave(deux):
    f.faire_mandat(Role.DRH, deux.troupe.ville, deux.drh.utilisateur)

    with pytest.raises(ActionImpossible, match="personne chez cet employeur"):
        demandes.demander(acteur=deux.elle, opportunite=deux.opportunite, nature="entretien")


def test_those_named_to_the_person_are_those_who_read(deux):
    """The sentence and the rule are one: asked of everybody in the cast."""
    troupe = deux.troupe
    f.faire_mandat(Role.GESTIONNAIRE, troupe.agglomeration, troupe.drh_departement.utilisateur)
    nommes = {
        m.utilisateur_id for m in lecteurs_chez(troupe.agglomeration.pk, deux.cadre.collectivite)
    }
    mandats = [
        m
        for m in type(deux.drh.mandat).objects.exclude(role=Role.CADRE)
        if m.collectivite.demarche_id == troupe.demarche.pk and (m.fin is None)
    ]

    lisent = {m.utilisateur_id for m in mandats if lit_le_voeu(acteur_du_mandat(m), deux.voeu)}

    assert lisent == nommes
    assert troupe.drh_departement.utilisateur.pk in nommes
    assert deux.dgs.utilisateur.pk not in nommes


def test_the_page_names_them_before_one_ranks(deux, client_de):
    autre = f.faire_opportunite(deux.troupe.agglomeration)

    page = client_de(deux.elle).get(reverse("opportunites:opportunite", args=[autre.pk]))
    texte = " ".join(page.content.decode().replace("\u00a0", " ").split())

    assert deux.drh.utilisateur.nom_complet in texte
    assert f"{deux.dgs.utilisateur.nom_complet} (DGS) : rien ne lui en est montré" in texte


# --- That DGS validates only if the person says so -----------------------------------------------


@pytest.fixture
def brouillon(deux):
    return f.faire_proposition(deux.opportunite, deux.cadre, "brouillon")


def test_that_dgs_does_not_see_what_is_to_validate(deux, brouillon, client_de):
    client = client_de(deux.dgs)

    assert client.get(reverse("opportunites:proposition", args=[brouillon.pk])).status_code == 404
    adresse = reverse("opportunites:valider_proposition", args=[brouillon.pk])
    assert client.post(adresse).status_code == 404


def test_the_person_is_asked_and_says_yes(deux, brouillon, client_de):
    page = client_de(deux.drh).get(reverse("opportunites:proposition", args=[brouillon.pk]))
    assert "Demander à la personne" in page.content.decode()
    client_de(deux.drh).post(reverse("opportunites:demander_accord", args=[brouillon.pk]))
    assert not Proposition.objects.visibles_par(deux.dgs).exists()

    client_de(deux.elle).post(
        reverse("opportunites:repondre_accord", args=[brouillon.pk]), {"accord": "oui"}
    )
    client_de(deux.dgs).post(reverse("opportunites:valider_proposition", args=[brouillon.pk]))

    brouillon.refresh_from_db()
    assert (brouillon.etat, brouillon.validee_par) == ("validee", deux.dgs.mandat)


def test_the_person_says_no_and_a_delegate_validates(deux, brouillon):
    accords.demander_accord(acteur=deux.drh, proposition=brouillon)
    accords.repondre_accord(acteur=deux.elle, proposition=brouillon, accord=False)

    assert not Proposition.objects.visibles_par(deux.dgs).exists()
    delegue = f.faire_delegation(deux.dgs, deux.drh, Acte.VALIDER_PROPOSITION)
    propositions.valider(acteur=delegue, proposition=brouillon)

    brouillon.refresh_from_db()
    assert (brouillon.etat, brouillon.validee_par) == ("validee", deux.drh.mandat)


def test_neither_the_question_nor_the_answer_is_told_to_that_dgs_once_it_is_sent(deux, brouillon):
    accords.demander_accord(acteur=deux.drh, proposition=brouillon)
    accords.repondre_accord(acteur=deux.elle, proposition=brouillon, accord=False)
    Proposition.objects.filter(pk=brouillon.pk).update(
        etat="envoyee",
        validee_le=f.il_y_a(1),
        envoyee_le=f.il_y_a(0),
        repondre_avant=f.il_y_a(-9),
    )

    lignes = EntreeJournal.objects.filter(acte__startswith="proposition.accord")
    assert lignes.count() == 2
    assert not lignes.visibles_par(deux.dgs).exists()
    assert lignes.visibles_par(deux.elle).count() == 2


def test_the_database_refuses_that_dgs_without_a_yes(deux, brouillon):
    with pytest.raises(IntegrityError) as erreur, transaction.atomic():
        Proposition.objects.filter(pk=brouillon.pk).update(
            etat="validee", validee_le=f.il_y_a(0), validee_par=deux.dgs.mandat
        )
    assert traduire(erreur.value) == MESSAGES_DES_GARDES[NOM]


@pytest.mark.parametrize("accord", ["demande", "non"])
def test_a_question_that_waits_or_a_no_is_not_a_yes(deux, brouillon, accord):
    dates = {"accord_demande_le": f.il_y_a(1)}
    if accord == "non":
        dates["accord_repondu_le"] = f.il_y_a(0)
    Proposition.objects.filter(pk=brouillon.pk).update(accord_dgs=accord, **dates)

    with pytest.raises(PermissionDenied, match="une autre personne valide"):
        propositions.valider(acteur=deux.dgs, proposition=Proposition.objects.get(pk=brouillon.pk))


def test_nobody_is_asked_when_the_dgs_serves_one_employer(scene):
    brouillon = f.faire_proposition(scene.opportunite, scene.cadre, "brouillon")

    with pytest.raises(ActionImpossible, match="rien à demander"):
        accords.demander_accord(acteur=scene.troupe.drh_region, proposition=brouillon)


def test_once_it_is_sent_that_dgs_reads_what_the_employer_reads(deux, client_de):
    envoyee = f.faire_proposition(
        deux.opportunite,
        deux.cadre,
        pourquoi="Vous l’avez classé parmi vos vœux.",
        pourquoi_employeur="Son expérience répond au poste.",
    )

    for acteur in (deux.dgs, deux.troupe.dgs_ville, deux.troupe.drh_ville):
        page = client_de(acteur).get(reverse("opportunites:proposition", args=[envoyee.pk]))
        texte = page.content.decode()
        assert "Son expérience répond" in texte
        assert "classé" not in texte
