"""Entering a promotion and leaving it."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cadres.candidature.actions import retirer
from cadres.models import Candidature
from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from parcours.models import Inscription, SuiviEtape
from parcours.programme.actions import inscriptions, suivis
from tests.fabriques import (
    dans,
    faire_cadre,
    faire_inscription,
    faire_promotion,
    il_y_a,
)

pytestmark = pytest.mark.django_db
E = SuiviEtape.Etat


@pytest.fixture
def promotion(troupe):
    return faire_promotion(troupe.demarche, places=2)


def test_the_hr_enrols_its_retained_cadres_and_they_are_told(
    troupe, promotion, django_capture_on_commit_callbacks
):
    etape = promotion.etapes.first()
    etape.date_prevue, etape.lieu = il_y_a(-12), "Hôtel du Département"
    etape.save()

    with django_capture_on_commit_callbacks(execute=True):
        [inscription] = inscriptions.inscrire(
            acteur=troupe.drh_departement, promotion=promotion, cadres=[troupe.fiche_du_cadre]
        )

    candidature = Candidature.objects.get(cadre=troupe.fiche_du_cadre)
    assert candidature.avancee == Candidature.Avancee.EN_PARCOURS
    etats = dict(inscription.suivis.values_list("etape__intitule", "etat"))
    assert etats.pop(etape.intitule) == E.PLANIFIEE
    assert set(etats.values()) == {E.A_PLANIFIER}
    assert len(mail.outbox) == 1
    assert "Hôtel du Département" in mail.outbox[0].body
    ligne = EntreeJournal.objects.get(acte="inscription.faite")
    assert ligne.cadre_ref == troupe.fiche_du_cadre.pk
    assert ligne.collectivite == troupe.departement
    assert "Pasquier" not in ligne.libelle


@pytest.mark.parametrize("etat", ["recense", "informe", "accord", "desaccord", "non_retenu"])
def test_only_a_retained_cadre_enters(troupe, promotion, etat):
    cadre = faire_cadre(troupe.departement, etat)

    with pytest.raises(ActionImpossible, match="ne peut pas être inscrit"):
        inscriptions.inscrire(acteur=troupe.drh_departement, promotion=promotion, cadres=[cadre])


def test_one_enrols_neither_another_employer_s_cadre_nor_the_same_twice(troupe, promotion):
    with pytest.raises(ActionImpossible):
        inscriptions.inscrire(
            acteur=troupe.drh_departement,
            promotion=promotion,
            cadres=[troupe.fiche_de_l_autre_cadre],
        )
    faire_inscription(troupe.fiche_du_cadre, promotion)
    with pytest.raises(ActionImpossible):
        inscriptions.inscrire(
            acteur=troupe.drh_departement, promotion=promotion, cadres=[troupe.fiche_du_cadre]
        )


def test_a_dgs_enrols_nobody(troupe, promotion):
    with pytest.raises(PermissionDenied):
        inscriptions.inscrire(
            acteur=troupe.dgs_departement, promotion=promotion, cadres=[troupe.fiche_du_cadre]
        )


def test_a_promotion_never_holds_more_people_than_places(troupe, promotion):
    faire_inscription(troupe.fiche_de_l_autre_cadre, promotion)
    deux = [faire_cadre(troupe.departement, "retenu") for _ in range(2)]

    with pytest.raises(ActionImpossible, match="Il reste 1\u00a0place"):
        inscriptions.inscrire(acteur=troupe.drh_departement, promotion=promotion, cadres=deux)

    assert promotion.inscriptions.count() == 1
    inscriptions.inscrire(acteur=troupe.drh_departement, promotion=promotion, cadres=deux[:1])
    with pytest.raises(ActionImpossible, match="est complète"):
        inscriptions.inscrire(acteur=troupe.drh_departement, promotion=promotion, cadres=deux[1:])


def test_a_closed_promotion_takes_nobody(troupe):
    close = faire_promotion(troupe.demarche, date_debut=dans(-200), date_fin=dans(-1))

    with pytest.raises(ActionImpossible):
        inscriptions.inscrire(
            acteur=troupe.drh_departement, promotion=close, cadres=[troupe.fiche_du_cadre]
        )


def test_the_database_holds_one_live_parcours_per_cadre(troupe, promotion):
    faire_inscription(troupe.fiche_du_cadre, promotion)

    with pytest.raises(IntegrityError), transaction.atomic():
        faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))


def test_a_parcours_is_achieved_once_each_step_is_done_or_excused(
    troupe, promotion, django_capture_on_commit_callbacks
):
    inscription = faire_inscription(troupe.fiche_du_cadre, promotion)
    seminaire, entretien, bilan = inscription.suivis.all()
    for suivi, etat, excusee in (
        (seminaire, E.FAITE, False),
        (entretien, E.ABSENT, False),
        (bilan, E.FAITE, False),
    ):
        suivi.etat, suivi.excusee, suivi.quand = etat, excusee, il_y_a(2)
        suivi.save()
    with pytest.raises(ActionImpossible, match="Il manque : Entretien individuel"):
        inscriptions.achever(acteur=troupe.drh_departement, inscription=inscription)

    SuiviEtape.objects.filter(pk=entretien.pk).update(excusee=True)
    with django_capture_on_commit_callbacks(execute=True):
        inscriptions.achever(acteur=troupe.drh_departement, inscription=inscription)

    inscription.refresh_from_db()
    assert inscription.etat == Inscription.Etat.ACHEVEE
    avancee = Candidature.objects.get(cadre=troupe.fiche_du_cadre).avancee
    assert avancee == Candidature.Avancee.ACHEVE
    assert mail.outbox[-1].subject == "Votre parcours est achevé"
    with pytest.raises(ActionImpossible, match="déjà terminé"):
        inscriptions.achever(acteur=troupe.drh_departement, inscription=inscription)


def test_achieving_does_not_undo_a_mobility_already_under_way(troupe, promotion):
    inscription = faire_inscription(troupe.fiche_du_cadre, promotion)
    inscription.suivis.update(etat=E.FAITE, quand=il_y_a(2))
    Candidature.objects.filter(cadre=troupe.fiche_du_cadre).update(avancee="engagee")

    inscriptions.achever(acteur=troupe.drh_departement, inscription=inscription)

    assert Candidature.objects.get(cadre=troupe.fiche_du_cadre).avancee == "engagee"


def test_an_interrupted_parcours_gives_its_place_back_and_says_why(
    troupe, promotion, django_capture_on_commit_callbacks
):
    inscription = faire_inscription(troupe.fiche_du_cadre, promotion)
    suivi = inscription.suivis.first()
    suivis.planifier(acteur=troupe.drh_departement, suivi=suivi, quand=il_y_a(-4))

    with django_capture_on_commit_callbacks(execute=True):
        inscriptions.interrompre(
            acteur=troupe.drh_departement, inscription=inscription, motif="Congé de longue durée."
        )

    suivi.refresh_from_db()
    assert suivi.etat == E.ANNULEE
    assert set(inscription.suivis.values_list("etat", flat=True)) == {E.ANNULEE}
    assert "Congé de longue durée." in mail.outbox[-1].body
    assert Candidature.objects.get(cadre=troupe.fiche_du_cadre).avancee == ""
    inscriptions.inscrire(
        acteur=troupe.drh_departement, promotion=promotion, cadres=[troupe.fiche_du_cadre]
    )


def test_only_the_hr_of_the_cadre_ends_their_parcours(troupe, promotion):
    inscription = faire_inscription(troupe.fiche_du_cadre, promotion)

    for acteur in (troupe.drh_region, troupe.dgs_departement, troupe.accompagnateur):
        with pytest.raises(PermissionDenied):
            inscriptions.interrompre(acteur=acteur, inscription=inscription, motif="x")


def test_a_withdrawal_ends_the_parcours_and_frees_the_accompagnateur(
    troupe, promotion, django_capture_on_commit_callbacks
):
    inscription = faire_inscription(troupe.fiche_du_cadre, promotion)
    entretien = inscription.suivis.get(etape__nature="entretien")
    suivis.planifier(acteur=troupe.accompagnateur, suivi=entretien, quand=il_y_a(-4))

    with django_capture_on_commit_callbacks(execute=True):
        retirer(acteur=troupe.cadre)

    inscription.refresh_from_db()
    assert inscription.etat == Inscription.Etat.INTERROMPUE
    assert set(inscription.suivis.values_list("etat", flat=True)) == {E.ANNULEE}
    assert EntreeJournal.objects.filter(
        acte="parcours.interrompu", cadre_ref=troupe.fiche_du_cadre.pk
    ).exists()
    prevenus = [m for m in mail.outbox if m.to == [troupe.accompagnateur.utilisateur.email]]
    assert len(prevenus) == 1
    assert "Entretien individuel" in prevenus[0].body
