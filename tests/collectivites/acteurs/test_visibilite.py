"""What each role sees of the foundations: employers, their directions, their postes, one's mails."""

import pytest

from collectivites.models import Collectivite, Courriel, Direction, Poste
from tests import fabriques


def chez(lieu, objets):
    return {objet for objet in objets if objet.collectivite_id == lieu.pk}


@pytest.fixture
def organisation(troupe):
    """A direction and a poste in each of two employers of the démarche, and in another démarche."""
    for lieu in (troupe.departement, troupe.region, troupe.autre_departement):
        direction = Direction.objects.create(collectivite=lieu, libelle="Finances")
        fabriques.faire_poste(lieu, direction=direction)


@pytest.mark.parametrize(
    "nom", ["dgs_ville", "drh_region", "gestionnaire_departement", "accompagnateur", "cadre"]
)
def test_the_four_employers_know_one_another_and_no_other(troupe, nom):
    vues = set(Collectivite.objects.visibles_par(getattr(troupe, nom)))

    assert vues == {troupe.ville, troupe.agglomeration, troupe.departement, troupe.region}
    assert set(Collectivite.objects.visibles_par(troupe.etranger_dgs)).isdisjoint(vues)


@pytest.mark.parametrize("modele", [Direction, Poste])
@pytest.mark.parametrize(
    ("nom", "lieu"),
    [
        ("dgs_departement", "departement"),
        ("drh_departement", "departement"),
        ("gestionnaire_departement", "departement"),
        ("drh_region", "region"),
        ("etranger_drh", "autre_departement"),
        ("accompagnateur", None),
        ("cadre", None),
    ],
)
def test_an_employer_sees_its_own_organisation_and_nobody_else_does(
    troupe, organisation, modele, nom, lieu
):
    vus = set(modele.objects.visibles_par(getattr(troupe, nom)))

    assert vus == (chez(getattr(troupe, lieu), modele.objects.all()) if lieu else set())
    assert bool(vus) is (lieu is not None)


def test_one_reads_the_mails_one_was_sent(troupe):
    for qui in (troupe.cadre, troupe.autre_cadre):
        Courriel.objects.create(
            destinataire=qui.utilisateur.email,
            utilisateur=qui.utilisateur,
            objet="Votre semaine",
            corps="…",
            cle=f"essai:{qui.mandat.pk}",
        )

    (courriel,) = Courriel.objects.visibles_par(troupe.cadre)

    assert courriel.utilisateur == troupe.cadre.utilisateur


# --- The search of postes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texte", "trouve"),
    [
        ("", True),
        ("DIRECTEUR", True),
        ("education enfance", True),
        ("éducation", True),
        ("directeur lycées", False),
    ],
)
def test_a_poste_is_found_by_every_word_whatever_its_accents(troupe, texte, trouve):
    fabriques.faire_poste(
        troupe.ville, "Directeur de l’Éducation", famille_de_metiers="Petite enfance"
    )

    assert Poste.objects.chercher(texte).exists() is trouve


def test_the_search_reads_six_words_and_no_more(troupe):
    fabriques.faire_poste(troupe.ville, "a b c d e f")

    assert Poste.objects.chercher("a b c d e f zzz").exists()
    assert not Poste.objects.chercher("a b c d e zzz").exists()


def test_a_poste_that_is_renamed_in_number_is_found_by_its_new_name(troupe):
    poste = fabriques.faire_poste(troupe.ville, "Directeur des sports")
    poste.intitule = "Directrice des musées"

    Poste.objects.bulk_update([poste], ["intitule"], batch_size=1)

    assert list(Poste.objects.chercher("musees")) == [poste]
    assert not Poste.objects.chercher("sports").exists()
