"""« Sauf urgence »: a publicity of less than a month, with its motive, wherever the poste is read."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.postes.actions import postes, urgence
from opportunites.postes.predicats import refus_declarer_urgence, refus_lever_urgence
from tests.fabriques import dans, faire_opportunite, faire_proposition, faire_urgence

pytestmark = pytest.mark.django_db

MOTIF = "La direction est sans responsable depuis lundi."
#: As it is read, inside a sentence.
DIT = MOTIF.rstrip(".")


def url(nom, objet):
    return reverse(f"opportunites:{nom}", args=[objet.pk])


@pytest.fixture
def poste(scene):
    """Its notice was published nineteen days ago."""
    return scene.opportunite


def declarer(acteur, poste, **champs):
    valeurs = {"motif": MOTIF, "fin": dans(2)}
    urgence.declarer_urgence(acteur=acteur, opportunite=poste, **{**valeurs, **champs})
    poste.refresh_from_db()


def test_the_publicity_ends_when_the_urgency_says(scene, poste):
    declarer(scene.troupe.drh_region, poste)

    assert poste.fin_publicite == dans(2) < poste.fin_du_mois
    assert poste.sous_reserve
    assert poste.urgence_par == scene.troupe.drh_region.mandat
    assert f"«\u00a0{DIT}\u00a0»." in poste.publicite


def test_on_its_last_day_the_publicity_is_accomplished(scene, poste):
    declarer(scene.troupe.drh_region, poste, fin=dans(0))

    assert not poste.sous_reserve
    assert poste.publicite.startswith("Publicité accomplie")
    assert f"«\u00a0{DIT}\u00a0»." in poste.publicite


def test_who_when_and_why_are_in_the_journal(scene, poste):
    declarer(scene.troupe.dgs_region, poste)

    ligne = EntreeJournal.objects.get(acte="opportunite.urgence")
    assert ligne.motif == MOTIF
    assert ligne.details == {"fin": dans(2).isoformat()}
    assert ligne.auteur == scene.troupe.dgs_region.utilisateur


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"motif": "  "}, "ce qui fait l’urgence"),
        ({"fin": dans(-19)}, "au moins un jour"),
        ({"fin": dans(-1)}, "est passée"),
        ({"fin": dans(60)}, "rien n’est abrégé"),
    ],
)
def test_an_urgency_has_its_motive_and_shortens_something(scene, poste, champs, dit):
    with pytest.raises(ActionImpossible, match=dit):
        declarer(scene.troupe.drh_region, poste, **champs)

    poste.refresh_from_db()
    assert not poste.est_urgente


def test_the_form_says_it_beside_the_date(scene, poste, client_de):
    page = client_de(scene.troupe.drh_region).post(
        url("urgence", poste), {"motif": MOTIF, "fin": dans(60).isoformat()}
    )

    assert page.status_code == 200
    assert "rien n’est abrégé" in page.content.decode()
    assert MOTIF in page.content.decode()


@pytest.mark.parametrize("qui", ["gestionnaire_region", "drh_departement", "cadre"])
def test_an_urgency_is_declared_by_the_drh_or_the_dgs_of_the_host(scene, poste, qui):
    with pytest.raises(PermissionDenied):
        declarer(getattr(scene.troupe, qui), poste)


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"avis_publie_le": None}, "Publiez d’abord l’avis"),
        ({"avis_publie_le": dans(-40), "dve_transmise_le": dans(-41)}, "n’a plus d’objet"),
        ({"etat": "retiree"}, "plus ouvert"),
    ],
)
def test_without_a_running_publicity_there_is_nothing_to_shorten(troupe, champs, dit):
    poste = faire_opportunite(troupe.region, **champs)

    assert dit in refus_declarer_urgence(troupe.drh_region, poste)


def test_lifted_the_month_is_due_again(troupe, client_de):
    poste = faire_urgence(troupe.drh_region)
    page = client_de(troupe.dgs_region).post(url("lever_urgence", poste), follow=True)

    poste.refresh_from_db()
    assert poste.fin_publicite == poste.fin_du_mois
    assert "L’urgence est levée" in page.content.decode()
    assert EntreeJournal.objects.filter(acte="opportunite.urgence_levee").exists()


def test_what_somebody_accepted_under_an_urgency_stays_written(scene):
    poste = faire_urgence(scene.troupe.drh_region)
    faire_proposition(poste, scene.cadre, "acceptee")

    assert "reste écrite" in refus_lever_urgence(scene.troupe.drh_region, poste)
    with pytest.raises(ActionImpossible, match="reste écrite"):
        declarer(scene.troupe.drh_region, poste, motif="Un autre motif", fin=dans(4))


def test_the_notice_does_not_move_after_the_end_of_its_publicity(troupe):
    poste = faire_urgence(troupe.drh_region, urgence_fin=dans(-5))

    for avis in (None, dans(-2)):
        with pytest.raises(ActionImpossible, match="levez-la d’abord"):
            postes.suivre_publicite(
                acteur=troupe.drh_region,
                opportunite=poste,
                dve_numero="V1",
                dve_transmise_le=dans(-20),
                avis_publie_le=avis,
            )


def test_everybody_reads_the_motive_with_the_poste_and_the_proposition(scene, client_de):
    troupe = scene.troupe
    poste = faire_urgence(troupe.drh_region)
    proposition = faire_proposition(poste, scene.cadre)

    for acteur in (troupe.drh_region, troupe.drh_departement, troupe.cadre):
        client = client_de(acteur)
        for page in (url("opportunite", poste), url("proposition", proposition)):
            texte = client.get(page).content.decode()
            assert DIT in texte, (acteur, page)
            assert "Sous réserve de publicité" in texte, (acteur, page)


def test_an_accomplished_publicity_is_not_a_reserve_any_more(scene, client_de):
    poste = faire_urgence(scene.troupe.drh_region, urgence_fin=dans(0))
    proposition = faire_proposition(poste, scene.cadre)

    page = client_de(scene.troupe.cadre).get(url("proposition", proposition)).content.decode()

    assert "Sous réserve" not in page
    assert DIT in page


def test_the_dgs_and_the_drh_of_the_host_find_it_on_the_page(scene, poste, client_de):
    bouton = "Abréger la publicité pour urgence"

    for qui, voit in {"drh_region": 1, "dgs_region": 1, "gestionnaire_region": 0}.items():
        page = client_de(getattr(scene.troupe, qui)).get(url("opportunite", poste))
        assert page.content.decode().count(bouton) == voit, qui


def test_the_end_of_a_shortened_publicity_is_counted_in_days_not_in_months(troupe):
    poste = faire_urgence(troupe.drh_region)

    assert poste.fin_publicite - poste.avis_publie_le == timedelta(days=22)
