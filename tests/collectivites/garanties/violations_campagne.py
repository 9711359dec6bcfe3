"""Each constraint of the campaign, its runs, its linked propositions and its answers, broken once."""

from opportunites.models import Campagne, Ensemble, IssueVoeu, Maillon, Simulation
from tests import fabriques as f


def _campagne(x, **champs):
    x.changer(Campagne, f.faire_campagne(x.troupe.dgs_ville).pk, **champs)


def _deux_campagnes(x):
    for acteur in (x.troupe.dgs_ville, x.troupe.dgs_region):
        f.faire_campagne(acteur)


def _simulation(x):
    return f.faire_simulation(f.faire_campagne(x.troupe.dgs_ville), x.troupe.dgs_ville)


def _deux_en_cours(x):
    premiere = _simulation(x)
    for _ in range(2):
        Simulation.objects.create(campagne=premiere.campagne, auteur=premiere.auteur, parametres={})


def _ensemble(x, **champs):
    simulation = _simulation(x)
    return Ensemble.objects.create(
        campagne=simulation.campagne, simulation=simulation, cree_par=simulation.auteur, **champs
    )


def _meme_place(x):
    ensemble = _ensemble(x, genre="chaine")
    autre = f.faire_proposition(x.autre_opportunite, x.troupe.fiche_du_cadre)
    for proposition in (x.proposition, autre):
        Maillon.objects.create(ensemble=ensemble, proposition=proposition, ordre=0)


def _deux_reponses(x):
    campagne = f.faire_campagne(x.troupe.dgs_ville)
    for code in ("servi", "attribue"):
        IssueVoeu.objects.create(
            campagne=campagne,
            cadre=x.troupe.fiche_du_cadre,
            opportunite=x.opportunite,
            rang=1,
            code=code,
        )


VIOLATIONS = {
    "campagne_a_un_nom": lambda x: _campagne(x, nom=""),
    "campagne_dates_en_ordre": lambda x: _campagne(x, reponses_au=f.dans(-100)),
    "campagne_une_ouverte_par_demarche": _deux_campagnes,
    "simulation_une_a_la_fois": _deux_en_cours,
    "simulation_calculee_a_son_empreinte": lambda x: x.changer(
        Simulation, _simulation(x).pk, empreinte=""
    ),
    "simulation_finie_a_une_date": lambda x: x.changer(
        Simulation, _simulation(x).pk, finie_le=None
    ),
    "ensemble_echange_a_une_date_commune": lambda x: _ensemble(x, genre="boucle"),
    "maillon_un_par_place": _meme_place,
    "issue_une_par_voeu": _deux_reponses,
}
