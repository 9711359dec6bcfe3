"""The list of things to do of a move: whose each point is, and when."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from collectivites.models import EntreeJournal
from opportunites.dossier.a_faire import attentes_du_dossier
from opportunites.dossier.actions import points as actions
from opportunites.dossier.donnees import donnees
from opportunites.dossier.droit import checklist
from opportunites.dossier.droit.voies import indemnite, toutes_les_voies
from opportunites.models import Element, Mobilite
from tests.fabriques import dans
from tests.opportunites.dossier.aide import preparer, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("voie", sorted(Mobilite.Voie.values))
def test_each_route_has_its_list(mobilite, voie):
    mobilite.voie = voie
    checklist.mettre_a_jour(mobilite)
    codes = set(mobilite.elements.values_list("code", flat=True))

    assert {"REMUNERATION_ORIGINE", "REMUNERATION_ACCUEIL", "PASSATION_NOTE", "BADGE"} <= codes
    assert ("ARRETE_MUTATION" in codes) is (voie == "MUTATION")
    assert ("RADIATION" in codes) is (voie in {"MUTATION", "INTEGRATION_DIRECTE"})
    assert ("CONVENTION_MAD" in codes) is (voie == "MAD")
    assert ("CET_SOLDE" in codes) is (
        voie not in {"AFFECTATION_INTERNE", "CONTRAT_CDD", "PORTABILITE_CDI"}
    )
    assert set(mobilite.elements.values_list("cote", flat=True)) == set(Element.Cote.values)


def test_the_template_names_known_routes_and_marks_its_sources():
    for modele in checklist.modeles():
        assert modele.voies <= {*toutes_les_voies(), checklist.TOUTES}
        assert modele.cote in Element.Cote.values
        assert modele.source
        assert modele.confiance in {"", "V", "M"}
    codes = [m.code for m in checklist.modeles()]
    assert len(codes) == len(set(codes))


def test_the_list_follows_the_date_and_the_route_and_keeps_what_was_done(
    scene, mobilite, accueil, origine
):
    preparer(accueil, mobilite)
    fait = mobilite.elements.get(code="ARRETE_MUTATION")
    actions.cocher(acteur=accueil, element=fait, fait=True)

    preparer(accueil, mobilite, voie="DETACHEMENT_LONG", date_effet=dans(150))

    codes = {e.code: e for e in mobilite.elements.all()}
    assert codes["ARRETE_MUTATION"].est_fait
    assert "RADIATION" not in codes
    assert codes["ARRETE_DETACHEMENT"].echeance == dans(140)
    assert codes["BADGE"].echeance == dans(145)


@pytest.mark.parametrize(
    ("code", "qui", "peut"),
    [
        ("ARRETE_MUTATION", "drh_region", True),
        ("ARRETE_MUTATION", "gestionnaire_region", True),
        ("ARRETE_MUTATION", "drh_departement", False),
        ("ARRETE_MUTATION", "dgs_region", False),
        ("RADIATION", "drh_departement", True),
        ("RADIATION", "drh_region", False),
        ("PASSATION_NOTE", "cadre", True),
        ("PASSATION_NOTE", "drh_departement", False),
        ("PASSATION_NOTE", "autre_cadre", False),
        ("REMUNERATION_ACCUEIL", "drh_region", True),
        ("REMUNERATION_ACCUEIL", "gestionnaire_region", False),
        ("REMUNERATION_ORIGINE", "drh_departement", True),
        ("REMUNERATION_ORIGINE", "drh_region", False),
    ],
)
def test_each_point_belongs_to_somebody(scene, mobilite, accueil, code, qui, peut):
    preparer(accueil, mobilite)
    element = mobilite.elements.get(code=code)
    acteur = getattr(scene.troupe, qui)

    if not peut:
        with pytest.raises(PermissionDenied):
            actions.cocher(acteur=acteur, element=element, fait=True)
        return
    actions.cocher(acteur=acteur, element=element, fait=True)
    element.refresh_from_db()
    assert element.fait_par == acteur.utilisateur
    assert EntreeJournal.objects.filter(acte="mobilite.signature").exists() is (
        element.reserve_au_drh
    )
    actions.cocher(acteur=acteur, element=element, fait=False)
    element.refresh_from_db()
    assert element.fait_le is None


@pytest.mark.parametrize(
    ("code", "qui", "jours", "attend"),
    [
        # A signature waits for the DRH in person, of its own side.
        ("REMUNERATION_ACCUEIL", "drh_region", 14, True),
        ("REMUNERATION_ACCUEIL", "gestionnaire_region", 14, False),
        ("REMUNERATION_ACCUEIL", "drh_departement", 14, False),
        ("REMUNERATION_ORIGINE", "drh_departement", 14, True),
        ("REMUNERATION_ORIGINE", "drh_region", 14, False),
        # What needs no signature waits for either.
        ("ARRETE_MUTATION", "drh_region", 14, True),
        ("ARRETE_MUTATION", "gestionnaire_region", 14, True),
        # « À faire » looks a fortnight ahead, that very day included.
        ("ARRETE_MUTATION", "drh_region", 15, False),
        ("ARRETE_MUTATION", "drh_region", 0, True),
        ("ARRETE_MUTATION", "drh_region", -1, True),
        ("PASSATION_NOTE", "cadre", 14, True),
        ("PASSATION_NOTE", "cadre", 15, False),
        ("PASSATION_NOTE", "drh_departement", 14, False),
    ],
)
def test_a_point_waits_for_whoever_may_tick_it(scene, mobilite, accueil, code, qui, jours, attend):
    preparer(accueil, mobilite)
    mobilite.elements.exclude(code=code).delete()
    mobilite.elements.update(echeance=dans(jours))
    libelle = mobilite.elements.get().libelle

    attentes = attentes_du_dossier(getattr(scene.troupe, qui))

    assert (libelle in [a.titre for a in attentes]) is attend


def test_the_cadre_sees_and_ticks_theirs_alone(scene, mobilite, accueil, client_de):
    preparer(accueil, mobilite)
    client = client_de(scene.troupe.cadre)

    page = client.get(url("mobilite", mobilite.pk)).content.decode()
    assert "Rédiger la note de passation" in page
    assert "Prendre l’arrêté de mutation" not in page
    autre = mobilite.elements.get(code="ARRETE_MUTATION")
    assert client.post(url("cocher_element", autre.pk)).status_code == 404
    mien = mobilite.elements.get(code="PASSATION_NOTE")
    client.post(url("cocher_element", mien.pk), {"fait": "oui"})

    mien.refresh_from_db()
    assert mien.est_fait


def test_the_indemnite_is_on_the_list_when_it_is_due(mobilite, accueil):
    preparer(accueil, mobilite, titularise_le=dans(-400))
    assert indemnite(mobilite).due is True
    assert mobilite.elements.filter(code="INDEMNITE").exists()

    preparer(accueil, mobilite, titularise_le=dans(-4000))
    assert indemnite(mobilite).due is False
    assert not mobilite.elements.filter(code="INDEMNITE").exists()


def test_the_date_of_titularisation_is_shown_to_nobody_but_the_form_and_its_person(
    scene, mobilite, accueil, client_de
):
    preparer(accueil, mobilite, titularise_le=date(2025, 7, 3))

    page = client_de(accueil).get(url("mobilite", mobilite.pk)).content.decode()
    assert "indemnité" in page
    assert "juillet\u00a02025" not in page
    siennes = {r.cle: r.lignes for r in donnees(scene.cadre)}
    assert any("titularisation" in titre for titre, _ in siennes["dossier_mobilite"])


def test_the_cet_is_never_an_obstacle(mobilite, accueil):
    preparer(accueil, mobilite, cet_jours=60, cet_convention=False)

    assert mobilite.cet_jours == 60
