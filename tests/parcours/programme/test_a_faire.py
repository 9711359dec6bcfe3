"""What the parcours puts in « À faire », in the registre and in « mes données »."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from collectivites.mots import Acte
from parcours.models import Inscription, SuiviEtape
from parcours.programme.a_faire import a_faire
from parcours.programme.sections import donnees, prochaines_etapes, section_parcours
from tests.fabriques import (
    faire_cadre,
    faire_delegation,
    faire_inscription,
    faire_promotion,
    il_y_a,
)

pytestmark = pytest.mark.django_db
E = SuiviEtape.Etat


def titres(acteur):
    return [attente.titre.replace("\u00a0", " ") for attente in a_faire(acteur)]


def test_retained_cadres_are_to_be_enrolled_or_wait_for_a_promotion(troupe):
    assert titres(troupe.dgs_departement) == ["1 cadre retenu attend une promotion"]
    assert titres(troupe.drh_departement) == []
    delegue = faire_delegation(
        troupe.dgs_departement, troupe.drh_departement, Acte.OUVRIR_PROMOTION
    )
    assert titres(delegue) == ["1 cadre retenu attend une promotion"]

    promotion = faire_promotion(troupe.demarche)

    assert titres(troupe.drh_departement) == ["1 cadre retenu à inscrire"]
    assert titres(troupe.dgs_departement) == []
    assert titres(troupe.drh_ville) == []
    faire_inscription(troupe.fiche_du_cadre, promotion)
    assert titres(troupe.drh_departement) == ["1 participant sans rendez-vous"]


def test_enrolling_is_due_by_the_first_day_only_while_it_is_to_come(troupe):
    promotion = faire_promotion(troupe.demarche)
    promotion.date_debut = timezone.localdate() + timedelta(days=20)
    promotion.save()
    assert a_faire(troupe.drh_departement)[0].echeance == promotion.date_debut

    promotion.date_debut = timezone.localdate() - timedelta(days=200)
    promotion.save()
    assert a_faire(troupe.drh_departement)[0].echeance is None


def test_attendance_to_note_goes_to_whoever_organises(troupe):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    inscription.suivis.filter(etape__nature="entretien").update(etat=E.PLANIFIEE, quand=il_y_a(2))

    assert titres(troupe.drh_departement) == ["Noter les présences : Entretien individuel"]
    assert titres(troupe.accompagnateur) == ["Noter 1 présence"]
    assert titres(troupe.autre_accompagnateur) == []
    assert titres(troupe.drh_region) == ["1 cadre retenu à inscrire"]
    assert a_faire(troupe.drh_departement)[0].en_retard


def test_a_cadre_is_reminded_of_the_week_s_appointments(troupe):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    inscription.suivis.filter(etape__nature="entretien").update(etat=E.PLANIFIEE, quand=il_y_a(-2))
    inscription.suivis.filter(etape__nature="bilan").update(etat=E.PLANIFIEE, quand=il_y_a(-20))

    assert titres(troupe.cadre) == ["Entretien individuel"]
    assert titres(troupe.cadre_muet) == []


@pytest.mark.parametrize(
    ("qui", "requetes"),
    [
        ("drh_departement", 4),
        ("dgs_departement", 1),
        ("accompagnateur", 3),
        # Appointments, coaching, sessions, the immersion to ask for and those to show, evaluations, mentors.
        ("cadre", 7),
    ],
)
def test_it_costs_a_query_a_subject(troupe, qui, requetes, django_assert_max_num_queries):
    promotion = faire_promotion(troupe.demarche)
    for _ in range(5):
        faire_inscription(faire_cadre(troupe.departement, "retenu"), promotion)

    with django_assert_max_num_queries(requetes):
        a_faire(getattr(troupe, qui))


def test_the_file_shows_the_steps_to_those_who_see_the_person(troupe):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))

    gabarit, contexte = section_parcours(troupe.dgs_departement, troupe.fiche_du_cadre)

    assert gabarit == "parcours/programme/_section_fiche.html"
    assert contexte["parcours"] == inscription
    assert len(contexte["parcours_lignes"]) == 3
    assert section_parcours(troupe.etranger_drh, troupe.fiche_du_cadre) is None
    assert section_parcours(troupe.drh_region, troupe.fiche_de_l_autre_cadre)[1] == {
        "parcours": None
    }
    assert section_parcours(troupe.drh_departement, troupe.fiche_de_l_autre_cadre) is None


def test_the_registre_knows_the_next_appointment_of_one_s_own_people(troupe):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    inscription.suivis.filter(etape__nature="bilan").update(etat=E.PLANIFIEE, quand=il_y_a(-9))
    fiche = troupe.fiche_du_cadre

    assert prochaines_etapes(troupe.drh_departement, [fiche])[fiche.pk].texte == "Bilan final"
    assert prochaines_etapes(troupe.drh_region, [fiche]) == {}


def test_a_person_reads_all_that_the_parcours_holds(troupe):
    faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))

    rubrique, *_ = donnees(troupe.fiche_du_cadre)

    assert rubrique.cle == "parcours"
    assert len(rubrique.lignes) == 4


def test_an_accompagnateur_no_longer_sees_whoever_withdrew(troupe):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    candidature = troupe.fiche_du_cadre.candidature
    candidature.etat, candidature.retire_le = "retire", il_y_a(1)
    candidature.save()

    with pytest.raises(ObjectDoesNotExist):
        Inscription.objects.visibles_par(troupe.accompagnateur).get(pk=inscription.pk)


def test_the_hr_notes_the_sheet_of_a_session_and_answers_a_request(troupe):
    from tests.fabriques import faire_immersion, faire_place, faire_prestation, faire_session

    session = faire_session(
        faire_prestation(troupe.departement, intitule="Module"), debut=il_y_a(1)
    )
    faire_place(session, troupe.fiche_du_cadre)
    faire_immersion(troupe.fiche_du_cadre, troupe.region)

    siens = {a.titre.replace("\u00a0", " "): a for a in a_faire(troupe.drh_departement)}
    feuille = siens["Noter les présences : Module"]
    assert feuille.echeance == timezone.localdate(il_y_a(1))
    assert "Salle 204" in feuille.detail
    assert "Répondre à une demande d’immersion : Claire Pasquier" in siens
    assert len(a_faire(troupe.drh_region)) == 1
