"""Steps are written, changed, ordered and taken away by those whom they concern."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from collectivites.models import EntreeJournal, Mandat
from collectivites.refus import ActionImpossible
from pilotage.cadrage.feuille_de_route import actions
from pilotage.cadrage.feuille_de_route.gabarit import MODELES, poser_le_gabarit
from pilotage.models import EtapeRoute
from tests import fabriques as f

URL = "/feuille-de-route/"


def saisie(troupe, **champs):
    return {
        "intitule": "Séminaire de lancement",
        "phase": "cadrage",
        "concernees": [troupe.region.pk],
        "echeance": f.dans(30).isoformat(),
    } | champs


def test_a_drh_writes_a_step_and_the_journal_says_so(troupe, client_de):
    reponse = client_de(troupe.drh_region).post(
        f"{URL}nouvelle/",
        saisie(troupe, responsable=troupe.drh_region.mandat.pk, debut=f.dans(20).isoformat()),
    )
    assert reponse.url == URL
    etape = EtapeRoute.objects.get()
    assert (etape.collectivite, etape.responsable) == (troupe.region, troupe.drh_region.mandat)
    assert EntreeJournal.objects.get().acte == "route.etape_ajoutee"


def test_all_of_them_is_written_as_all_and_two_as_two(troupe):
    def ecrire(*collectivites):
        return actions.ajouter_etape(
            acteur=troupe.drh_region,
            intitule="x",
            phase="cadrage",
            concernees=collectivites,
            echeance=f.dans(9),
        )

    toutes = ecrire(troupe.ville, troupe.agglomeration, troupe.departement, troupe.region)
    deux = ecrire(troupe.ville, troupe.region)
    assert (toutes.collectivite, list(toutes.concernees.all())) == (None, [])
    assert set(deux.concernees.all()) == {troupe.ville, troupe.region}


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        (lambda t: {"intitule": ""}, "obligatoire"),
        (lambda t: {"concernees": []}, "obligatoire"),
        (lambda t: {"concernees": [t.ville.pk]}, "doit être parmi"),
        (lambda t: {"concernees": [t.autre_departement.pk]}, "choix"),
        (lambda t: {"echeance": "2020-01-01"}, "vérifiez l’année"),
        (lambda t: {"echeance": "2099-01-01"}, "vérifiez l’année"),
        (lambda t: {"debut": f.dans(31).isoformat()}, "commence avant son échéance"),
        (lambda t: {"responsable": t.drh_ville.mandat.pk}, "collectivités concernées"),
        (lambda t: {"responsable": t.etranger_drh.mandat.pk}, "choix"),
        (lambda t: {"phase": "lune"}, "choix"),
    ],
)
def test_a_step_that_makes_no_sense_is_told_beside_its_field(troupe, client_de, champs, dit):
    reponse = client_de(troupe.drh_region).post(f"{URL}nouvelle/", saisie(troupe, **champs(troupe)))
    page = reponse.content.decode().replace("\u00a0", " ")
    assert reponse.status_code == 200
    assert "invalid-feedback" in page
    assert dit in page
    assert not EtapeRoute.objects.exists()


def test_somebody_whose_mandat_is_over_answers_for_nothing(troupe):
    retire = Mandat.objects.get(utilisateur=troupe.ancien_drh)
    with pytest.raises(ActionImpossible, match="mandat en cours"):
        actions.ajouter_etape(
            acteur=troupe.drh_departement,
            intitule="x",
            phase="cadrage",
            concernees=[troupe.departement],
            echeance=f.dans(9),
            responsable=retire,
        )


def modifier(acteur, etape, **champs):
    valeurs = {
        "intitule": etape.intitule,
        "phase": etape.phase,
        "concernees": [acteur.collectivite],
        "echeance": etape.echeance,
    }
    return actions.modifier_etape(acteur=acteur, etape=etape, **valeurs | champs)


def test_no_step_comes_after_itself_however_far(troupe):
    a, b, c = (f.faire_etape(troupe.demarche, troupe.region, intitule=nom) for nom in "ABC")
    modifier(troupe.drh_region, b, apres=[a])
    modifier(troupe.drh_region, c, apres=[b])
    for precedente in (a, b, c):
        with pytest.raises(ActionImpossible, match="vient déjà après"):
            modifier(troupe.drh_region, a, apres=[precedente])
    assert list(a.apres.all()) == []


@pytest.mark.parametrize("nom", ["drh_ville", "etranger_drh", "cadre"])
def test_a_step_of_the_region_is_not_changed_by_others(troupe, nom):
    etape = f.faire_etape(troupe.demarche, troupe.region)
    acteur = getattr(troupe, nom)
    with pytest.raises((PermissionDenied, EtapeRoute.DoesNotExist)):
        modifier(acteur, etape, intitule="Pris")
    etape.refresh_from_db()
    assert etape.intitule == "Note stratégique"


def test_a_step_that_was_closed_is_not_taken_away(troupe, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    libre = f.faire_etape(troupe.demarche, troupe.region, intitule="Libre")
    dite = f.faire_etape(troupe.demarche, intitule="Dite")
    actions.franchir_etape(acteur=troupe.dgs_region, etape=dite, preuve="x", piece=f.faire_piece())
    actions.retirer_etape(acteur=troupe.drh_region, etape=libre)
    with pytest.raises(ActionImpossible, match="reste écrit"):
        actions.retirer_etape(acteur=troupe.drh_region, etape=dite)
    assert [e.intitule for e in EtapeRoute.objects.all()] == ["Dite"]
    assert EntreeJournal.objects.filter(acte="route.etape_retiree").count() == 1


def test_those_who_closed_a_step_stay_in_it(troupe, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    etape = f.faire_etape(troupe.demarche)
    actions.franchir_etape(acteur=troupe.dgs_ville, etape=etape, preuve="x", piece=f.faire_piece())
    with pytest.raises(ActionImpossible, match="ne peut pas en sortir"):
        modifier(troupe.drh_region, etape)
    modifier(troupe.drh_region, etape, concernees=[troupe.ville, troupe.region])
    actions.franchir_etape(acteur=troupe.dgs_region, etape=etape, preuve="x", piece=f.faire_piece())
    etape.refresh_from_db()
    assert etape.faite_le == f.dans(0)


def rangs(troupe):
    etapes = EtapeRoute.objects.order_by("ordre", "echeance", "pk")
    return "".join(etapes.values_list("intitule", flat=True))


def test_they_are_ordered_by_drag_and_by_keyboard(troupe, client_de):
    a, b, c = (f.faire_etape(troupe.demarche, intitule=nom) for nom in "ABC")
    f.faire_etape(troupe.demarche, intitule="Z", phase="parcours", ordre=9)
    client = client_de(troupe.drh_region)
    client.post(f"{URL}ordre/", {"ordre": f"{c.pk},{a.pk},{b.pk}"})
    assert rangs(troupe) == "CABZ"
    client.post(f"{URL}ordre/", {"monter": a.pk})
    client.post(f"{URL}ordre/", {"descendre": c.pk})
    assert rangs(troupe) == "ABCZ"


@pytest.mark.parametrize(
    "ordre", ["", "x", "{a}", "{a},{a},{b}", "{a},{b},{z}", "{a},{b},999999", "{a},,{b}"]
)
def test_an_order_that_does_not_hold_changes_nothing(troupe, client_de, ordre):
    a, b = (f.faire_etape(troupe.demarche, intitule=nom) for nom in "AB")
    z = f.faire_etape(troupe.demarche, intitule="Z", phase="parcours", ordre=9)
    client_de(troupe.drh_region).post(
        f"{URL}ordre/", {"ordre": ordre.format(a=b.pk, b=a.pk, z=z.pk)}
    )
    assert rangs(troupe) == "ABZ"


# --- The template ----------------------------------------------------------------------------------


def test_the_template_lays_the_first_steps_in_their_order(troupe, client_de):
    client_de(troupe.drh_region).post(f"{URL}modele/")
    chacune = sum(m.chacune for m in MODELES)
    assert EtapeRoute.objects.count() == len(MODELES) + 3 * chacune
    lancement = EtapeRoute.objects.get(intitule="Lancement officiel")
    accords = EtapeRoute.objects.filter(intitule__startswith="Accord de principe des élus")
    assert set(accords) <= set(lancement.apres.all())
    assert {e.responsable for e in accords if e.collectivite == troupe.region} == {
        troupe.dgs_region.mandat
    }
    demarche = troupe.demarche
    assert all(
        demarche.date_debut <= e.debut <= e.echeance <= demarche.date_fin
        for e in EtapeRoute.objects.all()
    )


def test_every_step_of_the_seed_is_in_the_template():
    dits = " ".join(m.intitule.lower() for m in MODELES)
    for mot in (
        "note stratégique",
        "candidats possibles",
        "communication communs",
        "calage",
        "élus, cadres, agents",
        "ouverture entre dgs et drh",
        "accord de principe des élus",
        "séminaire de lancement",
        "lancement officiel",
        "promotion 1",
    ):
        assert mot in dits


def test_it_is_laid_once_and_by_an_operator_too(troupe):
    poser_le_gabarit(troupe.autre_demarche)
    assert EntreeJournal.objects.get().auteur is None
    with pytest.raises(ActionImpossible, match="déjà des étapes"):
        poser_le_gabarit(troupe.autre_demarche)


def test_a_short_demarche_keeps_its_steps_within_its_days(db):
    demarche = f.faire_demarche(date_debut=f.dans(0), date_fin=f.dans(40))
    f.faire_collectivites(demarche)
    etapes = poser_le_gabarit(demarche)
    assert all(f.dans(0) <= e.debut <= e.echeance <= f.dans(40) for e in etapes)
