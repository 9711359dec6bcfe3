"""Opening a promotion, and adapting its programme together."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from collectivites.models import EntreeJournal
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible
from parcours.models import Promotion, SuiviEtape
from parcours.programme.actions import promotions, suivis
from tests.fabriques import (
    dans,
    faire_cadre,
    faire_delegation,
    faire_inscription,
    faire_promotion,
    il_y_a,
)

pytestmark = pytest.mark.django_db
E = SuiviEtape.Etat


def ouvrir(acteur, **champs):
    valeurs = {"nom": "Promotion 1", "date_debut": dans(10), "date_fin": dans(200), "places": 20}
    return promotions.ouvrir_promotion(acteur=acteur, **{**valeurs, **champs})


def noms(promotion):
    return list(promotion.etapes.order_by("ordre").values_list("intitule", flat=True))


def test_a_dgs_opens_a_promotion_with_six_steps(troupe):
    promotion = ouvrir(troupe.dgs_region)

    assert promotion.etapes.count() == 6
    assert noms(promotion)[0] == "Séminaire de lancement"
    ligne = EntreeJournal.objects.get(acte="promotion.ouverte")
    assert ligne.auteur == troupe.dgs_region.utilisateur
    assert ligne.collectivite is None


def test_a_drh_opens_one_only_under_delegation(troupe):
    with pytest.raises(PermissionDenied):
        ouvrir(troupe.drh_region)
    delegue = faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.OUVRIR_PROMOTION)

    ouvrir(delegue)

    assert EntreeJournal.objects.get(acte="promotion.ouverte").delegation is not None


def test_a_step_is_added_where_asked_and_followed_by_those_inside(troupe):
    promotion = faire_promotion(troupe.demarche)
    inscription = faire_inscription(troupe.fiche_du_cadre, promotion)
    premiere = promotion.etapes.first()

    etape = promotions.ajouter_etape(
        acteur=troupe.drh_ville,
        promotion=promotion,
        nature="ecole",
        intitule="Atelier",
        duree_minutes=120,
        apres=premiere,
    )

    assert noms(promotion)[:2] == [premiere.intitule, "Atelier"]
    assert list(promotion.etapes.values_list("ordre", flat=True)) == [1, 2, 3, 4]
    assert inscription.suivis.get(etape=etape).etat == E.A_PLANIFIER


def test_steps_are_moved_renamed_and_removed_while_nobody_has_done_them(troupe):
    promotion = faire_promotion(troupe.demarche)
    seminaire, entretien, bilan = promotion.etapes.all()

    promotions.deplacer_etape(acteur=troupe.drh_region, etape=bilan, vers=-1)
    promotions.modifier_etape(
        acteur=troupe.drh_region, etape=bilan, intitule="Bilan à mi-parcours", duree_minutes=60
    )
    promotions.retirer_etape(acteur=troupe.drh_region, etape=seminaire)

    assert noms(promotion) == ["Bilan à mi-parcours", entretien.intitule]


def test_a_step_that_somebody_has_done_does_not_change_any_more(troupe):
    promotion = faire_promotion(troupe.demarche)
    seminaire, entretien, _ = promotion.etapes.all()
    inscription = faire_inscription(troupe.fiche_du_cadre, promotion)
    inscription.suivis.filter(etape=seminaire).update(etat=E.FAITE, quand=il_y_a(3))

    for geste in (
        lambda: promotions.retirer_etape(acteur=troupe.drh_region, etape=seminaire),
        lambda: promotions.modifier_etape(
            acteur=troupe.drh_region, etape=seminaire, intitule="X", duree_minutes=60
        ),
        lambda: promotions.deplacer_etape(acteur=troupe.drh_region, etape=entretien, vers=-1),
    ):
        with pytest.raises(ActionImpossible, match="a déjà commencé"):
            geste()


def test_the_last_step_of_a_programme_stays(troupe):
    promotion = faire_promotion(troupe.demarche)
    a, b, c = promotion.etapes.all()
    promotions.retirer_etape(acteur=troupe.drh_region, etape=a)
    promotions.retirer_etape(acteur=troupe.drh_region, etape=b)

    with pytest.raises(ActionImpossible, match="au moins une étape"):
        promotions.retirer_etape(acteur=troupe.drh_region, etape=c)


def test_removing_a_step_tells_those_who_had_an_appointment(
    troupe, django_capture_on_commit_callbacks
):
    promotion = faire_promotion(troupe.demarche)
    inscription = faire_inscription(troupe.fiche_du_cadre, promotion)
    seminaire = promotion.etapes.first()
    inscription.suivis.filter(etape=seminaire).update(etat=E.PLANIFIEE, quand=il_y_a(-9))

    with django_capture_on_commit_callbacks(execute=True):
        promotions.retirer_etape(acteur=troupe.drh_region, etape=seminaire)

    assert [m.to for m in mail.outbox] == [[troupe.cadre.utilisateur.email]]
    assert mail.outbox[0].subject.startswith("Rendez-vous annulé")


def test_a_common_date_is_given_to_all_but_those_who_have_their_own(
    troupe, django_capture_on_commit_callbacks
):
    promotion = faire_promotion(troupe.demarche)
    etape = promotion.etapes.first()
    sien = faire_inscription(faire_cadre(troupe.region, "retenu"), promotion).suivis.get(
        etape=etape
    )
    commun = faire_inscription(troupe.fiche_du_cadre, promotion).suivis.get(etape=etape)
    a_lui = il_y_a(-5)
    suivis.planifier(acteur=troupe.drh_region, suivi=sien, quand=a_lui, lieu="Chez nous")

    with django_capture_on_commit_callbacks(execute=True):
        promotions.fixer_etape(
            acteur=troupe.drh_ville, etape=etape, quand=il_y_a(-20), lieu="Hôtel de Ville"
        )
        promotions.fixer_etape(
            acteur=troupe.drh_ville, etape=etape, quand=il_y_a(-21), lieu="Hôtel de Ville"
        )

    sien.refresh_from_db()
    commun.refresh_from_db()
    assert sien.quand == a_lui
    assert (commun.etat, commun.lieu, commun.revision) == (E.PLANIFIEE, "Hôtel de Ville", 2)
    objets = [m.subject for m in mail.outbox if m.to == [troupe.cadre.utilisateur.email]]
    assert objets[0].startswith("Séminaire de lancement\xa0:")
    assert objets[1].startswith("Rendez-vous déplacé\xa0:")


def test_a_date_years_away_from_the_promotion_is_refused(troupe):
    promotion = faire_promotion(troupe.demarche)

    with pytest.raises(ActionImpossible, match="Vérifiez l’année"):
        promotions.fixer_etape(
            acteur=troupe.drh_ville, etape=promotion.etapes.first(), quand=il_y_a(900), lieu=""
        )


def test_the_programme_of_a_closed_promotion_and_of_another_demarche_is_left_alone(troupe):
    close = faire_promotion(troupe.demarche, date_debut=dans(-200), date_fin=dans(-1))
    ailleurs = faire_promotion(troupe.autre_demarche)

    for promotion, refus in ((close, ActionImpossible), (ailleurs, PermissionDenied)):
        with pytest.raises(refus, match="s’adapte par les directions"):
            promotions.modifier_etape(
                acteur=troupe.drh_ville,
                etape=promotion.etapes.first(),
                intitule="X",
                duree_minutes=60,
            )
    assert Promotion.objects.visibles_par(troupe.drh_ville).get() == close
