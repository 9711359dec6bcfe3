"""« Ce qu’il lit », « Ce qu’il ne lit jamais », « Qui décide »: held to what a run is really given, and
to the journal."""

import html
from datetime import date

import pytest
from django.urls import reverse

from cadres.models import Cadre
from collectivites.communs.typographie import capitale
from collectivites.models import EntreeJournal
from opportunites.campagne.actions import simulations
from opportunites.campagne.calcul.instance import construire
from opportunites.campagne.calcul.parametres import par_defaut
from opportunites.campagne.ecran.regles import NIVEAUX
from opportunites.campagne.lectures import DECIDENT, JAMAIS, LUES, REPERES
from opportunites.models import Campagne
from opportunites.mouvement.calcul.objectif import ORDRES, PLUS_GRAND_ECART, SOMME
from tests.fabriques import dans, faire_campagne, faire_proposition, il_y_a
from tests.opportunites.campagne.test_ensembles import accepter, envoyer, refuser, valider

pytestmark = pytest.mark.django_db


def chemins(valeur, prefixe=""):
    """Every path of a JSON value."""
    if isinstance(valeur, list):
        return {c for element in valeur for c in chemins(element, prefixe)} or {prefixe}
    if not isinstance(valeur, dict) or prefixe == "constats":
        return {prefixe}
    return {
        c
        for cle, sienne in valeur.items()
        for c in chemins(sienne, f"{prefixe}.{cle}" if prefixe else cle)
    }


def test_a_run_is_given_what_the_page_says_and_nothing_else(troupe, mouvement):
    faire_proposition(mouvement.vigie, mouvement.orson, "refusee")
    entree = construire(mouvement.campagne, par_defaut(troupe.demarche))

    entree["host"] = [avis for liste in entree["host"].values() for avis in liste]
    lus = chemins(entree) - {"cadres.wishes"}  # somebody without a wish: an empty list
    assert lus == {cle for lecture in LUES for cle in lecture.cles} | set(REPERES)


AUTRES = {
    "civilite": "M",
    "nom": "Autrement",
    "prenom": "Camille",
    "categorie": "A+",
    "cadre_emplois": "Autre",
    "grade": "Autre",
    "echelon": "9",
    "statut": "cdi",
    "date_entree_poste": date(1999, 1, 1),
    "profil": "experimente",
    "domaine": "SEC01",
    "encadrement": True,
    "nb_agents": 77,
}


@pytest.mark.parametrize(("mot", "champs"), JAMAIS.items())
def test_what_it_never_reads_changes_nothing_of_what_it_is_given(troupe, mouvement, mot, champs):
    parametres = par_defaut(troupe.demarche)
    avant = construire(mouvement.campagne, parametres)

    for champ in champs:
        Cadre.objects.update(**{champ: AUTRES[champ]})

    assert construire(mouvement.campagne, parametres) == avant


@pytest.mark.parametrize("mot", ["l’âge", "la famille", "la santé"])
def test_what_quatuor_does_not_hold_has_no_field(mot):
    racines = ("naissance", "age_", "enfant", "famil", "conjoint", "sante", "medic", "handicap")
    noms = {champ.name for champ in Cadre._meta.get_fields()}

    assert JAMAIS[mot] == ()
    assert not [nom for nom in noms if any(racine in nom for racine in racines)]


def lire(client):
    page = client.get(reverse("opportunites:regles_du_mouvement")).content.decode()
    return " ".join(html.unescape(page).split())


def test_the_page_publishes_the_lists_of_the_code(troupe, mouvement, client_de):
    page = lire(client_de(troupe.cadre))

    for phrase in [*(lecture.phrase for lecture in LUES), *(d.phrase for d in DECIDENT)]:
        assert phrase in page
    assert f"{capitale(next(iter(JAMAIS)))}, " in page


@pytest.mark.parametrize("credit", [0, 1])
def test_the_order_on_the_page_is_the_solver_s_with_the_criterion_in_force(
    troupe, mouvement, client_de, credit
):
    faire_campagne(
        troupe.dgs_ville,
        voeux_du=dans(-400), voeux_au=dans(-390), avis_au=dans(-380), simulation_au=dans(-370),
        propositions_au=dans(-360), reponses_au=dans(-350), close_le=il_y_a(340),
        soldes={str(troupe.region.pk): credit, str(troupe.ville.pk): -credit},
        creee_le=il_y_a(400),
    )  # fmt: skip
    page = lire(client_de(troupe.cadre)).partition("dans cet ordre")[2].partition("</ol>")[0]

    attendus = [*ORDRES["moves_first"], PLUS_GRAND_ECART if credit else SOMME]
    places = [page.index(NIVEAUX[nom]) for nom in attendus]
    assert places == sorted(places)
    assert page.count("<li>") == len(attendus) + 1  # and the draw


def test_the_journal_has_no_other_author_than_who_the_page_says(troupe, mouvement, liees):
    m, [premier, second] = mouvement, liees.chaine
    valider(troupe, premier, second)
    envoyer(troupe, premier)
    accepter(premier)
    envoyer(troupe, second)
    refuser(second)
    Campagne.objects.update(simulation_au=dans(5))
    simulations.decider(
        acteur=troupe.dgs_region, simulation=liees_de(premier), cadre=m.marin.pk,
        poste=m.digue.poste_id, geste="ecarter", motif="Le service en a besoin.",
    )  # fmt: skip

    for decideur in DECIDENT:
        lignes = EntreeJournal.objects.filter(acte=decideur.acte)
        assert lignes.exists(), decideur.acte
        assert set(lignes.values_list("role", flat=True)) <= set(decideur.roles)
        assert not lignes.filter(role="drh", delegation__isnull=True).exists()


def liees_de(proposition):
    return proposition.maillon.ensemble.simulation
