"""Three campaigns in a row, through the application: what each made effective moves the targets of the
next, and the cumulated balance of every collectivité stays within the tolerance."""

import pytest

from opportunites.campagne.actions import campagnes, ensembles
from opportunites.campagne.calcul.instance import cumuls
from opportunites.campagne.calcul.parametres import par_defaut
from opportunites.dossier.actions.mobilites import rendre_effective
from opportunites.models import Campagne, Mobilite, Opportunite, Proposition
from opportunites.mouvement.calcul.objectif import PLUS_GRAND_ECART, SOMME
from tests.fabriques import (
    dans,
    faire_campagne,
    faire_opportunite,
    faire_poste,
    faire_poste_tenu,
    faire_voeu_en_temps,
    il_y_a,
)
from tests.opportunites.campagne.test_ensembles import accepter, envoyer, valider

pytestmark = pytest.mark.django_db
TOLERANCE = 2


def ouvrir(troupe):
    return faire_campagne(troupe.dgs_ville)


def souhaiter(depuis, vers, noms):
    """Each of them wishes a vacant poste of their own there."""
    for nom in noms:
        cadre, _ = faire_poste_tenu(depuis, nom, f"Poste de {nom}")
        vacant = faire_opportunite(vers, poste=faire_poste(vers, f"Pour {nom}"))
        faire_voeu_en_temps(cadre, vacant)


def proposer_tout(troupe, scenario):
    """Drafted, validated, sent and accepted: the open files of those moves."""
    nombre = len(scenario.resultat["reponse"]["components"])
    ensembles.preparer(acteur=troupe.dgs_ville, simulation=scenario, numeros=list(range(nombre)))
    lies = Proposition.objects.filter(maillon__ensemble__simulation=scenario)
    for proposition in lies.select_related("cadre", "opportunite__poste__collectivite"):
        valider(troupe, proposition)
        envoyer(troupe, proposition)
        accepter(proposition)
    return list(Mobilite.objects.filter(proposition__in=lies).order_by("pk"))


def arriver(troupe, mobilite):
    """At their new desk, the day come."""
    Mobilite.objects.filter(pk=mobilite.pk).update(
        voie=Mobilite.Voie.MUTATION,
        date_effet=dans(0),
        demande_recue_le=dans(-120),
        ouverte_le=il_y_a(125),
    )
    mobilite.refresh_from_db()
    drh = {"ville": troupe.drh_ville, "region": troupe.drh_region}
    rendre_effective(acteur=drh[mobilite.collectivite_accueil.code], mobilite=mobilite)


def clore(troupe, campagne):
    Campagne.objects.filter(pk=campagne.pk).update(
        voeux_du=dans(-90), voeux_au=dans(-80), avis_au=dans(-70), simulation_au=dans(-60),
        propositions_au=dans(-50), reponses_au=dans(-1),
    )  # fmt: skip
    campagnes.clore(acteur=troupe.dgs_ville, campagne=campagne)


def cumules(troupe, campagne):
    lus = cumuls(campagne)
    return {c.code: lus[c.pk] for c in (troupe.ville, troupe.region)}


def test_the_cumulated_balance_stays_within_the_tolerance(troupe, calculer):
    ville, region = troupe.ville, troupe.region
    assert par_defaut(troupe.demarche)["tolerances"]["ville"] == TOLERANCE
    annees = [
        # Three would leave the Ville: two may.
        ((ville, region, ("Ancre", "Bouee", "Cable")), None, 2, {"ville": -2, "region": 2}),
        # Two come back; the one who stayed may leave, and another.
        ((ville, region, ("Digon",)), (region, ville, ("Elingue", "Foc")), 4, None),
        # Nobody else leaves than those who are replaced.
        ((ville, region, ("Gaffe", "Hune")), (region, ville, ("Issas",)), None, None),
    ]
    avant = {"ville": 0, "region": 0}
    for annee, (departs, retours, mouvements, attendu) in enumerate(annees):
        campagne = ouvrir(troupe)
        assert cumules(troupe, campagne) == avant
        souhaiter(*departs)
        if retours:
            souhaiter(*retours)

        scenario = calculer(troupe.dgs_ville, campagne)
        reponse = scenario.resultat["reponse"]

        assert reponse["criterion"] == (PLUS_GRAND_ECART if any(avant.values()) else SOMME)
        assert reponse["deviations"]["before"]["ville"] == abs(avant["ville"])
        if mouvements is not None:
            assert reponse["moves"] == mouvements
        mobilites = proposer_tout(troupe, scenario)
        assert len(mobilites) == reponse["moves"], annee
        for mobilite in mobilites:
            arriver(troupe, mobilite)
        clore(troupe, campagne)

        apres = {code: n + reponse["balance"][code] for code, n in avant.items()}
        assert cumules(troupe, Campagne(demarche=troupe.demarche)) == apres
        assert max(map(abs, apres.values())) <= TOLERANCE
        assert attendu is None or apres == attendu
        avant = apres
    assert any(avant.values())


def test_what_is_abandoned_is_no_credit(troupe, calculer):
    souhaiter(troupe.ville, troupe.region, ("Ancre", "Bouee"))
    campagne = ouvrir(troupe)
    mobilites = proposer_tout(troupe, calculer(troupe.dgs_ville, campagne))
    arriver(troupe, mobilites[0])
    Mobilite.objects.filter(pk=mobilites[1].pk).update(etat="abandonnee", abandonnee_le=il_y_a(0))
    clore(troupe, campagne)

    assert cumules(troupe, Campagne(demarche=troupe.demarche)) == {"ville": -1, "region": 1}


def test_a_move_still_under_way_is_counted_once(troupe, calculer):
    """Its poste is not filled yet, and its credit holds it already: in the next run the person sits there."""
    souhaiter(troupe.ville, troupe.region, ("Ancre", "Bouee"))
    campagne = ouvrir(troupe)
    proposer_tout(troupe, calculer(troupe.dgs_ville, campagne))
    clore(troupe, campagne)
    suivante = ouvrir(troupe)

    scenario = calculer(troupe.dgs_ville, suivante)

    assert Opportunite.objects.filter(etat__in=Opportunite.ETATS_OUVERTS).exists()
    assert cumules(troupe, suivante) == {"ville": -2, "region": 2}
    assert scenario.resultat["reponse"]["status"] == "optimal"
    assert scenario.resultat["reponse"]["deviations"]["after"]["region"] == 2
