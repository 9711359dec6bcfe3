"""From the need to the closing; the declaration of vacancy, its notice, and what is said of it."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from collectivites.models import EntreeJournal, Poste
from collectivites.refus import ActionImpossible
from opportunites.models import Opportunite
from opportunites.postes.actions import engagements, postes, voeux
from opportunites.postes.bilans import postes_par_collectivite
from opportunites.propositions.actions import propositions
from opportunites.propositions.bilans import reserves_par_collectivite
from tests.fabriques import (
    dans,
    faire_inscription,
    faire_opportunite,
    faire_poste,
    faire_proposition,
    faire_reserve,
    il_y_a,
)

pytestmark = pytest.mark.django_db
Etat = Opportunite.Etat


def test_a_need_goes_through_each_state(troupe):
    opportunite = faire_opportunite(troupe.region, publiee=False)
    drh = troupe.drh_region
    suivi = []

    def noter():
        opportunite.refresh_from_db()
        suivi.append(opportunite.etat)

    postes.valider_besoin(acteur=troupe.dgs_region, opportunite=opportunite)
    noter()
    postes.suivre_publicite(
        acteur=drh, opportunite=opportunite, dve_numero=" V1 ", dve_transmise_le=dans(-1)
    )
    noter()
    postes.publier(acteur=troupe.gestionnaire_region, opportunite=opportunite)
    noter()
    postes.clore_aux_voeux(acteur=drh, opportunite=opportunite)
    noter()
    postes.rouvrir_aux_voeux(acteur=drh, opportunite=opportunite)
    noter()

    assert suivi == ["validee", "transmise", "publiee", "close", "publiee"]
    assert opportunite.dve_numero == "V1"
    assert list(EntreeJournal.objects.order_by("pk").values_list("acte", flat=True)) == [
        f"opportunite.{fait}" for fait in ("validee", "publicite", "publiee", "close", "rouverte")
    ]


def test_a_gestionnaire_does_not_publish_what_nobody_validated(troupe):
    opportunite = faire_opportunite(troupe.region, publiee=False)

    with pytest.raises(ActionImpossible, match="valide d’abord"):
        postes.publier(acteur=troupe.gestionnaire_region, opportunite=opportunite)
    with pytest.raises(PermissionDenied):
        postes.valider_besoin(acteur=troupe.gestionnaire_region, opportunite=opportunite)
    with pytest.raises(PermissionDenied):
        postes.valider_besoin(acteur=troupe.drh_ville, opportunite=opportunite)


@pytest.mark.parametrize(
    ("publie", "fin"),
    [
        (date(2027, 1, 15), date(2027, 2, 15)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2027, 12, 31), date(2028, 1, 31)),
    ],
)
def test_a_month_of_publicity_ends_on_the_same_day(publie, fin):
    assert Opportunite(avis_publie_le=publie).fin_publicite == fin


@pytest.mark.parametrize(
    ("publie", "reserve"), [(None, True), (dans(-5), True), (dans(-27), True), (dans(-31), False)]
)
def test_what_is_proposed_before_its_end_says_so(scene, client_de, publie, reserve):
    scene.opportunite.avis_publie_le = publie
    scene.opportunite.dve_transmise_le = dans(-60)
    scene.opportunite.save()
    proposition = faire_proposition(scene.opportunite, scene.cadre)
    adresse = reverse("opportunites:proposition", args=[proposition.pk])

    for acteur in (scene.troupe.cadre, scene.troupe.drh_region):
        texte = client_de(acteur).get(adresse).content.decode()
        assert ("Sous réserve de publicité" in texte) == reserve
    etape = client_de(scene.troupe.cadre).get(f"{adresse}?reponse=oui").content.decode()
    assert ("Sous réserve de publicité" in etape) == reserve


@pytest.mark.parametrize(
    ("numero", "transmise", "avis", "dit"),
    [
        ("", dans(-1), None, "numéro"),
        ("V1", None, None, "numéro"),
        ("V1", dans(1), None, "à venir"),
        ("V1", dans(-1), dans(1), "à venir"),
        ("V1", dans(-1), dans(-2), "une fois la déclaration"),
    ],
)
def test_dates_of_the_publicity_make_sense(troupe, numero, transmise, avis, dit):
    opportunite = faire_opportunite(troupe.region)

    with pytest.raises(ActionImpossible, match=dit):
        postes.suivre_publicite(
            acteur=troupe.drh_region,
            opportunite=opportunite,
            dve_numero=numero,
            dve_transmise_le=transmise,
            avis_publie_le=avis,
        )


def test_the_form_says_the_same(troupe, client_de):
    opportunite = faire_opportunite(troupe.region)
    client = client_de(troupe.drh_region)
    adresse = reverse("opportunites:publicite", args=[opportunite.pk])

    page = client.post(
        adresse,
        {"dve_numero": "V9", "dve_transmise_le": dans(-3), "avis_publie_le": dans(-4)},
    )
    assert "L’avis se publie une fois la déclaration transmise." in page.content.decode()

    page = client.post(
        adresse,
        {"dve_numero": "V9", "dve_transmise_le": dans(-3), "avis_publie_le": dans(-2)},
        follow=True,
    )
    assert "n°" in page.content.decode()
    assert "V9" in page.content.decode()


def test_once_closed_nobody_ranks_it_and_it_is_still_proposed(scene):
    postes.clore_aux_voeux(acteur=scene.troupe.drh_region, opportunite=scene.opportunite)
    faire_inscription(scene.troupe.fiche_de_l_autre_cadre)

    with pytest.raises(ActionImpossible, match="plus ouvert"):
        voeux.exprimer_voeu(acteur=scene.troupe.autre_cadre, opportunite=scene.opportunite)
    proposition = propositions.proposer(
        acteur=scene.troupe.drh_region,
        opportunite=scene.opportunite,
        cadre=scene.cadre,
        pourquoi="",
    )
    assert proposition.etat == "brouillon"


def test_a_held_poste_is_opened_without_its_holder(troupe, scene, client_de):
    """« Susceptible d’être vacant » is read; who holds it is not."""
    titulaire = troupe.fiche_de_l_autre_cadre
    faire_inscription(titulaire)
    client = client_de(troupe.drh_region)
    page = client.get(
        reverse("opportunites:nouvelle_opportunite"), {"poste": titulaire.poste_id}
    ).content.decode()
    assert re.search(r'<option value="susceptible"\s+selected>', page)
    opportunite = faire_opportunite(
        troupe.region, poste=titulaire.poste, vacance=Opportunite.Vacance.SUSCEPTIBLE
    )

    page = client_de(troupe.cadre).get(reverse("opportunites:opportunite", args=[opportunite.pk]))

    texte = page.content.decode()
    assert "Susceptible d’être vacant" in texte
    assert titulaire.nom not in texte
    assert "promotion" not in texte.split("<main")[1].split("</main>")[0].lower()


def test_titles_are_found_whatever_their_accents(troupe, client_de):
    faire_opportunite(
        troupe.region, poste=faire_poste(troupe.region, "Cheffe du pôle Études, œuvres et forêts")
    )
    faire_opportunite(troupe.region)
    client = client_de(troupe.drh_region)

    for mots in ("etudes", "ÉTUDES forets", "oeuvres pole"):
        page = client.get(reverse("opportunites:opportunites"), {"q": mots})
        assert page.context["page"].paginator.count == 1, mots


def test_the_search_of_a_poste_follows_its_title_by_every_road(troupe):
    poste = faire_poste(troupe.region, "Éducation")
    assert poste.recherche == "education"
    poste.intitule = "Énergie"
    poste.save(update_fields=["intitule"])
    poste.refresh_from_db()
    assert poste.recherche == "energie"
    poste.intitule = "Forêt"
    Poste.objects.bulk_update([poste], ["intitule"])
    poste.refresh_from_db()
    assert poste.recherche == "foret"
    lot = Poste.objects.bulk_create([Poste(collectivite=troupe.region, intitule="Pôle")])
    assert lot[0].recherche == "pole"
    assert list(Poste.objects.chercher("PÔLE")) == lot


# --- Pledges, counts ------------------------------------------------------------------------------


def test_each_collectivite_pledges_and_the_four_compare(troupe, client_de):
    faire_opportunite(troupe.region)
    faire_opportunite(troupe.region, etat=Etat.POURVUE)
    faire_opportunite(troupe.region, etat=Etat.RETIREE)
    faire_opportunite(troupe.region, publiee=False)
    client_de(troupe.dgs_region).post(reverse("opportunites:engagements"), {"nombre": "5"})

    region = next(
        b for b in postes_par_collectivite(troupe.demarche) if b.collectivite == troupe.region
    )

    assert (region.promis, region.ouverts, region.pourvus, region.reste) == (5, 2, 1, 3)
    assert EntreeJournal.objects.filter(acte="engagement.pris").count() == 1
    page = client_de(troupe.drh_ville).get(reverse("opportunites:engagements"))
    assert "pas encore" in page.content.decode()
    refus = client_de(troupe.gestionnaire_region).post(
        reverse("opportunites:engagements"), {"nombre": "9"}
    )
    assert refus.status_code == 403


@pytest.mark.parametrize("nombre", [0, -1, 501])
def test_a_pledge_is_of_one_to_five_hundred(troupe, nombre):
    with pytest.raises(ActionImpossible):
        engagements.s_engager(acteur=troupe.dgs_region, nombre=nombre)


def test_reserves_are_counted_with_their_delays(troupe, scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre)
    drh = troupe.drh_departement
    for jours, etat in ((4, "levee"), (8, "retenue")):
        faire_reserve(proposition, drh, etat, deposee_le=il_y_a(jours), arbitree_le=timezone.now())
    faire_reserve(proposition, drh, "caduque")
    faire_reserve(proposition, drh)

    bilan = next(
        b
        for b in reserves_par_collectivite(troupe.demarche)
        if b.collectivite == troupe.departement
    )

    assert (bilan.total, bilan.en_attente, bilan.levees, bilan.retenues, bilan.caduques) == (
        4,
        1,
        1,
        1,
        1,
    )
    assert bilan.delai_median == 6
