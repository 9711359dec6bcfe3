"""The bilan of the cadre, who reads it, and the exit without a move."""

import pytest
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.db import connection

from cadres.fiche.referentiels import COMPETENCES
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from parcours.coaching.actions import bilan as actions
from parcours.models import Bilan, Sortie
from tests import fabriques
from tests.fabriques import dans
from tests.fabriques.coaching import faire_bilan, faire_sortie


@pytest.fixture
def inscription(troupe):
    return fabriques.faire_inscription(troupe.fiche_du_cadre)


@pytest.fixture
def achevee(troupe):
    cadre = troupe.fiche_du_cadre
    inscription = fabriques.faire_inscription(cadre, etat="achevee")
    cadre.candidature.avancee = "acheve"
    cadre.candidature.save()
    return inscription


SAISIE = {
    "competences": ["MGT02", "STR12"],
    "domaines": ["ORG04"],
    "collectivites": ["region"],
    "voie": "management",
    "distance_km": "40",
    "jours_teletravail": "2",
    "disponible_des": "2027-09-01",
    "maturite": "pret",
    "texte": "Je veux diriger.",
}


def test_the_referential_has_thirty_skills_with_their_source():
    assert len(COMPETENCES) == 30


def test_a_draft_is_read_by_nobody_else_then_it_is_handed_over(troupe, client_de, inscription):
    moi, coach = client_de(troupe.cadre), client_de(troupe.accompagnateur)
    moi.post("/mon-bilan/", {**SAISIE, "brouillon": "1"})

    assert coach.get(f"/inscriptions/{inscription.pk}/bilan/").status_code == 404
    assert "Je veux diriger." in moi.get("/mon-bilan/").text

    moi.post("/mon-bilan/", {**SAISIE, "remettre": "1"})

    page = coach.get(f"/inscriptions/{inscription.pk}/bilan/").text
    assert "Je veux diriger." in page
    assert "Déléguer et suivre" in page
    for souhait in ("Finances", "Encadrer une équipe", "40\u00a0km", "2\u00a0jours par semaine"):
        assert souhait in page


def test_a_draft_may_be_all_but_empty_and_a_handed_bilan_may_not(troupe, client_de, inscription):
    moi = client_de(troupe.cadre)

    assert moi.post("/mon-bilan/", {"brouillon": "1"}).status_code == 302
    reponse = moi.post("/mon-bilan/", {"remettre": "1"})

    assert "Dites où vous en êtes" in reponse.text
    assert Bilan.objects.get().etat == "brouillon"


def test_a_handed_bilan_is_replaced_by_a_new_version_never_by_a_draft(troupe, inscription):
    faire_bilan(inscription, "Un.")

    with pytest.raises(ActionImpossible):
        actions.enregistrer_bilan(
            acteur=troupe.cadre, inscription=inscription, donnees={"texte": "Deux."}, remettre=False
        )
    nouveau = actions.enregistrer_bilan(
        acteur=troupe.cadre, inscription=inscription, donnees={"texte": "Deux."}, remettre=True
    )
    assert (nouveau.choix.texte, nouveau.choix.maturite) == ("Deux.", "pret")


@pytest.mark.parametrize("qui", ["accompagnateur", "drh_departement", "autre_cadre"])
def test_nobody_else_writes_it(troupe, inscription, qui):
    with pytest.raises(PermissionDenied, match="n’appartient qu’à la personne"):
        actions.enregistrer_bilan(
            acteur=getattr(troupe, qui), inscription=inscription, donnees={}, remettre=False
        )


def test_the_employer_knows_the_date_and_nothing_else(troupe, client_de, inscription):
    faire_bilan(inscription, "Je veux partir.", domaines=["Culture"], distance_km=77)

    page = client_de(troupe.drh_departement).get(f"/registre/{troupe.fiche_du_cadre.pk}/").text

    assert "Bilan remis par la personne le" in page
    for secret in ("Je veux partir.", "77\u00a0km", "Maintenant, si un poste"):
        assert secret not in page


def test_my_wishes_and_my_readiness_are_in_clear_nowhere(troupe, client_de, inscription):
    """Sealed like the words: a dump, a fixture, a copy of the table say nothing."""
    client_de(troupe.cadre).post("/mon-bilan/", {**SAISIE, "remettre": "1"})

    table = Bilan._meta.db_table
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT * FROM {table}")
        [ligne] = curseur.fetchall()
        colonnes = {colonne[0] for colonne in curseur.description}
    assert colonnes == {"id", "scelle", "etat", "modifie_le", "remis_le", "inscription_id"}
    copie = f"{ligne} {serializers.serialize('json', Bilan.objects.all())} {Bilan.objects.get()!r}"
    assert not [dit for dit in ("pret", "Finances", "region", "management") if dit in copie]
    assert Bilan.objects.get().choix.maturite == SAISIE["maturite"]


# --- The exit without a move --------------------------------------------------------------------

MOT = {
    "entretien_le": dans(90).isoformat(),
    "entretien_avec": "Dora Fabre, DRH",
    "mot": "Votre projet a mûri, et nous y tenons.",
}


def test_the_drh_says_it_kindly_with_a_day_and_the_person_reads_it(troupe, client_de, achevee):
    drh, moi = client_de(troupe.drh_departement), client_de(troupe.cadre)
    assert "Dire la suite" in drh.get(f"/inscriptions/{achevee.pk}/").text

    drh.post(f"/inscriptions/{achevee.pk}/sortie/", MOT)

    courriel = Courriel.objects.get(utilisateur=troupe.cadre.utilisateur)
    assert MOT["mot"] in courriel.corps
    assert "Dora Fabre, DRH" in courriel.corps
    assert MOT["mot"] in moi.get("/mon-accompagnement/").text
    troupe.fiche_du_cadre.candidature.refresh_from_db()
    assert troupe.fiche_du_cadre.candidature.etat == "retenu"
    ligne = EntreeJournal.objects.get(acte="parcours.sortie")
    assert MOT["mot"] not in f"{ligne.libelle}{ligne.motif}{ligne.details}"


def test_it_is_said_once(troupe, client_de, achevee):
    faire_sortie(achevee, troupe.drh_departement.mandat)

    drh = client_de(troupe.drh_departement)
    page = drh.post(f"/inscriptions/{achevee.pk}/sortie/", MOT, follow=True)
    assert "La sortie se dit" in page.text
    assert Sortie.objects.count() == 1


def test_a_day_that_is_past_is_refused(troupe, client_de, achevee):
    reponse = client_de(troupe.drh_departement).post(
        f"/inscriptions/{achevee.pk}/sortie/", {**MOT, "entretien_le": dans(-1).isoformat()}
    )

    assert "Choisissez un jour à venir." in reponse.text


@pytest.mark.parametrize("avancee", ["en_parcours", "engagee", "effective"])
def test_it_is_not_said_to_somebody_who_moves_or_is_on_the_way(troupe, achevee, avancee):
    candidature = troupe.fiche_du_cadre.candidature
    candidature.avancee = avancee
    candidature.save()

    with pytest.raises(ActionImpossible):
        actions.dire_la_sortie(
            acteur=troupe.drh_departement,
            inscription=achevee,
            entretien_le=dans(30),
            entretien_avec="Moi",
            mot="Merci.",
        )
