"""Who may be served by a campaign neither conducts it nor reads it, whatever their mandats."""

import pytest
from django.urls import reverse

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.models import Mandat
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible
from opportunites.campagne import predicats
from opportunites.campagne.actions import campagnes, ensembles, simulations
from opportunites.campagne.calcul.parametres import par_defaut
from opportunites.models import Ensemble, Simulation
from tests.fabriques import dans, faire_cadre, faire_delegation

pytestmark = pytest.mark.django_db
SANS_VOUS = "la campagne se conduit sans vous"


@pytest.fixture(params=["drh_ville", "dgs_region"])
def candidat(request, troupe):
    """A DRH under delegation, a DGS, who has said yes for themselves."""
    acteur = getattr(troupe, request.param)
    if request.param == "drh_ville":
        acteur = faire_delegation(troupe.dgs_ville, acteur, Acte.SIMULER_MOUVEMENT)
    faire_cadre(acteur.collectivite, "retenu", utilisateur=acteur.utilisateur)
    return acteur_du_mandat(Mandat.objects.get(pk=acteur.mandat.pk))


def test_a_candidate_takes_none_of_the_acts(troupe, mouvement, scenario, candidat):
    campagne, m = mouvement.campagne, mouvement
    actes = [
        lambda: simulations.simuler(
            acteur=candidat, campagne=campagne, parametres=par_defaut(troupe.demarche)
        ),
        lambda: simulations.relancer(acteur=candidat, origine=scenario),
        lambda: simulations.reparer(acteur=candidat, origine=scenario),
        lambda: simulations.arreter(acteur=candidat, simulation=scenario),
        lambda: simulations.decider(
            acteur=candidat, simulation=scenario, cadre=m.pavel.pk, poste=m.quai.poste_id,
            geste="ecarter", motif="Non.",
        ),
        lambda: ensembles.preparer(
            acteur=candidat, simulation=scenario, numeros=[0, 1], date_effet=dans(90)
        ),
        lambda: campagnes.deplacer(
            acteur=candidat, campagne=campagne, etape=campagne.Etape.REPONSES_AU, jour=dans(60)
        ),
        lambda: campagnes.clore(acteur=candidat, campagne=campagne),
    ]  # fmt: skip
    for acte in actes:
        with pytest.raises(ActionImpossible, match=SANS_VOUS):
            acte()
    assert (Simulation.objects.count(), Ensemble.objects.count()) == (1, 0)


def test_a_candidate_reads_no_scenario_and_is_told_why(mouvement, scenario, candidat, client_de):
    client = client_de(candidat)

    page = client.get(reverse("opportunites:atelier")).content.decode()

    assert SANS_VOUS in page
    assert mouvement.marin.nom not in page
    for nom in ("simulation", "decider_mouvement", "pourquoi_pas", "preparer_propositions"):
        adresse = reverse(f"opportunites:{nom}", args=[scenario.pk])
        assert client.get(adresse).status_code == 404, nom
    assert not Simulation.objects.visibles_par(candidat).exists()


@pytest.mark.parametrize(
    ("etat", "avancee", "ecarte"),
    [
        ("recense", "", False),
        ("accord", "", True),
        ("retenu", "en_parcours", True),
        ("desaccord", "", False),
        ("retire", "", False),
    ],
)
def test_the_conflict_lasts_as_long_as_the_candidacy(troupe, etat, avancee, ecarte):
    dgs = troupe.dgs_region
    faire_cadre(troupe.region, etat, utilisateur=dgs.utilisateur, avancee=avancee)
    dgs.utilisateur.refresh_from_db()

    assert predicats.refus_conduire(dgs) == (predicats.CANDIDAT if ecarte else None)


def test_a_candidate_elsewhere_conducts_here(troupe):
    faire_cadre(
        troupe.etranger_dgs.collectivite, "retenu", utilisateur=troupe.dgs_region.utilisateur
    )

    assert predicats.refus_conduire(troupe.dgs_region) is None
