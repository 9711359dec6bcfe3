"""Routes that are rarely the right ones, or that only some employers share: they say so."""

import pytest

from opportunites.dossier import documents
from opportunites.dossier.droit import checklist, voies
from opportunites.dossier.droit.voies import motifs_admis
from opportunites.models import Mobilite
from tests.fabriques import dans, faire_mobilite, faire_proposition

pytestmark = pytest.mark.django_db


@pytest.fixture
def mobilite(scene):
    return faire_mobilite(
        faire_proposition(scene.opportunite, scene.cadre, "acceptee"),
        date_effet=dans(100),
        demande_recue_le=dans(-3),
    )


def choisir(mobilite, voie):
    mobilite.voie = voie
    mobilite.save()
    checklist.mettre_a_jour(mobilite)
    return voies.toutes_les_voies()[voie]


def test_a_service_commun_is_between_employers_of_one_group(mobilite):
    codes = {v.code for v in voies.voies_possibles(mobilite)}
    assert "SERVICE_COMMUN" not in codes

    for collectivite in (mobilite.collectivite_origine, mobilite.collectivite_accueil):
        collectivite.groupe_employeur = "GRP_ORLEANS"

    for statut in ("titulaire", "stagiaire", "cdi", "cdd"):
        mobilite.cadre.statut = statut
        assert "SERVICE_COMMUN" in {v.code for v in voies.voies_possibles(mobilite)}


def test_a_service_commun_awaits_no_answer_and_has_no_notice(mobilite):
    choisir(mobilite, "SERVICE_COMMUN")

    assert not voies.attend_une_reponse(mobilite)
    assert voies.premier_jour(mobilite) is None
    assert voies.obstacle(mobilite, dans(0)) is None


def test_a_service_commun_has_its_convention_its_impact_and_two_committees(mobilite):
    choisir(mobilite, "SERVICE_COMMUN")

    points = mobilite.elements.filter(code__startswith="SERVICE_COMMUN")
    assert {(p.code, p.cote) for p in points} == {
        ("SERVICE_COMMUN_PART", "origine"),
        ("SERVICE_COMMUN_ACQUIS", "accueil"),
        ("SERVICE_COMMUN_RADIATION", "origine"),
        ("SERVICE_COMMUN_CONVENTION", "accueil"),
        ("SERVICE_COMMUN_IMPACT", "accueil"),
        ("SERVICE_COMMUN_CST_ORIGINE", "origine"),
        ("SERVICE_COMMUN_CST_ACCUEIL", "accueil"),
        ("SERVICE_COMMUN_ARRETE", "accueil"),
    }
    # Read again in the text: no caution is left on them.
    assert not any(p.est_a_verifier for p in points)


def test_a_disponibilite_follows_the_common_notice(mobilite):
    choisir(mobilite, "DISPONIBILITE")

    dates = {e.libelle: e.regle for e in voies.echeances(mobilite, mobilite.demande_recue_le)}
    assert dates["Sans réponse de l’employeur d’origine, son accord est acquis"] == "CGFP L511-3"
    mobilite.reponse_origine = mobilite.Reponse.ACCORD
    apres = {e.libelle for e in voies.echeances(mobilite, mobilite.demande_recue_le)}
    assert apres == dates.keys() - {"Sans réponse de l’employeur d’origine, son accord est acquis"}
    mobilite.reponse_origine = ""
    assert "précède la fin du préavis" in voies.obstacle(mobilite, dans(30))
    assert motifs_admis(mobilite) == ["service", "hatvp"]


def test_a_disponibilite_is_a_contract_for_the_host(mobilite):
    choisir(mobilite, "DISPONIBILITE")

    codes = set(mobilite.elements.values_list("code", flat=True))
    assert {"DISPONIBILITE_ARRETE", "CONTRAT", "PAIE"} <= codes
    # Its reception is dated: nothing is left for the person to ask.
    assert not {"DISPONIBILITE_DEMANDE", "RADIATION", "ARRETE_MUTATION", "DEMISSION"} & codes


def test_it_is_said_to_be_rarely_the_right_tool(mobilite):
    voie = voies.toutes_les_voies()["DISPONIBILITE"]

    mobilite.poste_accueil.ouvert_contractuel = False
    phrases = voies.mises_en_garde(mobilite, voie)
    assert "rarement le bon outil" in phrases[0]
    assert "pas été ouvert aux contractuels" in phrases[1]

    mobilite.poste_accueil.ouvert_contractuel = True
    assert len(voies.mises_en_garde(mobilite, voie)) == 1


@pytest.mark.parametrize(
    ("voie", "dit"),
    [
        ("DISPONIBILITE", "rarement le bon outil"),
        ("SERVICE_COMMUN", "suppose une convention"),
    ],
)
def test_page_choice_and_paper_bear_the_caution(scene, mobilite, client_de, voie, dit):
    for collectivite in (mobilite.collectivite_origine, mobilite.collectivite_accueil):
        collectivite.groupe_employeur = "GRP_ORLEANS"
        collectivite.save()
    choisir(mobilite, voie)
    client = client_de(scene.troupe.drh_region)

    textes = [
        client.get(f"/mobilites/{mobilite.pk}/").content.decode(),
        client.get(f"/mobilites/{mobilite.pk}/preparer/").content.decode(),
        documents.fiche_de_mouvement(mobilite, None, scene.troupe.region, dans(0)),
    ]
    for texte in textes:
        assert dit in texte
    if voie == "DISPONIBILITE":
        assert all("de mémoire" in texte for texte in textes)


@pytest.mark.parametrize("code", Mobilite.Voie.values)
def test_each_route_says_everything(code):
    voie = voies.toutes_les_voies()[code]

    for champ in ("articles", "qui_decide", "qui_paie", "duree", "effet", "refus", "cet"):
        assert getattr(voie, champ), champ
    assert voie.publics <= {"titulaire", "stagiaire", "cdi", "cdd"}
    assert any(code in m.voies for m in checklist.modeles()), "no step of its own"
    # What is from memory in a line that was read again says so on the spot.
    assert voie.libelle == Mobilite.Voie(code).label
