"""Somebody left the employer: said by the HR direction, hidden by default, undone."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cadres.candidature import actions as actions_candidature
from cadres.donnees_personnelles import effacement
from cadres.fiche import depart
from cadres.models import Cadre, Candidature, CompetenceDite
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.models import Proposition, Voeu
from parcours.models import Inscription
from tests import fabriques
from tests.fabriques.coaching import faire_accompagnement, faire_coaching

Etat = Candidature.Etat
AUJOURDHUI = fabriques.dans(0)


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_departement)


def partir(troupe, cadre, **options):
    return depart.signaler_depart(
        acteur=troupe.drh_departement,
        cadre=cadre,
        **{"jour": AUJOURDHUI, "motif": "retraite", **options},
    )


def annuler(troupe, cadre):
    return depart.annuler_depart(acteur=troupe.drh_departement, cadre=cadre)


def vus(client, **parametres):
    return client.get("/registre/", parametres).content.decode()


def test_the_drh_says_a_departure_with_its_date_and_reason(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement, "accord", nom="Partant")
    adresse = f"/registre/{cadre.pk}/depart/"
    assert "Signaler un départ" in drh.get(f"/registre/{cadre.pk}/").content.decode()
    demain = fabriques.dans(1).isoformat()
    for saisie in ({}, {"jour": demain, "motif": "deces"}, {"jour": "hier", "motif": "x"}):
        assert drh.post(adresse, saisie).context["formulaire"].errors
    assert (
        drh.post(adresse, {"jour": AUJOURDHUI.isoformat(), "motif": "retraite"}).status_code == 302
    )
    cadre.refresh_from_db()
    assert (cadre.parti_le, cadre.motif_depart) == (AUJOURDHUI, "retraite")
    ligne = EntreeJournal.objects.get(acte="cadre.parti")
    assert ligne.cadre_ref == cadre.pk
    assert "Partant" not in ligne.libelle + ligne.motif
    page = drh.get(f"/registre/{cadre.pk}/").content.decode()
    assert "a quitté la collectivité le" in page
    assert "Annuler ce départ" in page


def test_whoever_left_is_hidden_by_default_shown_and_exported_when_asked(troupe, drh, client_de):
    for etat in ("accord", "non_retenu", "recense"):
        cadre = fabriques.faire_cadre(troupe.departement, etat, nom=f"Parti-{etat.title()}")
        partir(troupe, cadre)
    assert "Parti-" not in vus(drh)
    for parametres in ({"partis": "oui"}, {"partis": "seules"}, {"situation": "retire"}):
        page = vus(drh, **parametres)
        assert page.count('<th scope="row"> <a href="/registre/') >= 3
        assert "Partie de la collectivité" in page
    page = vus(drh, partis="seules", colonnes="depart")
    assert "retraite" in page
    for demande, present in (({}, False), ({"avec_partis": "oui"}, True)):
        reponse = drh.get("/registre/exporter/", {"format": "csv", "colonnes": "depart", **demande})
        texte = b"".join(reponse.streaming_content).decode()
        assert ("Parti-Accord" in texte) is present
        assert ("retraite" in texte) is present
    # Their yes was shared: it no longer is, whatever is asked.
    region = client_de(troupe.drh_region)
    assert "Parti-" not in vus(region, partis="oui")


def test_what_was_open_is_closed_kindly(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "retenu", avancee="en_parcours")
    inscription = fabriques.faire_inscription(cadre)
    opportunite = fabriques.faire_opportunite(troupe.region)
    Voeu.objects.create(cadre=cadre, opportunite=opportunite, rang=1)
    proposition = fabriques.faire_proposition(opportunite, cadre, "envoyee")
    CompetenceDite.objects.create(cadre=cadre, code="MGT01", niveau=3)
    partir(troupe, cadre)
    inscription.refresh_from_db()
    proposition.refresh_from_db()
    cadre = Cadre.objects.select_related("candidature").get(pk=cadre.pk)
    assert inscription.etat == Inscription.Etat.INTERROMPUE
    assert inscription.motif_fin == "Départ de la collectivité"
    assert proposition.etat == Proposition.Etat.RETIREE
    assert not Voeu.objects.filter(cadre=cadre).exists()
    assert not CompetenceDite.objects.filter(cadre=cadre).exists()
    assert cadre.candidature.etat == Etat.RETIRE
    assert cadre.accompagnateur is None
    courriel = Courriel.objects.get(cle__contains="#cadres_depart:")
    assert cadre.prenom in courriel.corps
    assert "retiré" not in courriel.corps


def test_whoever_was_never_told_of_the_demarche_is_not_told_of_its_end(troupe):
    partir(troupe, fabriques.faire_cadre(troupe.departement, "recense"))
    assert not Courriel.objects.exists()


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("recense", "recense"),
        ("informe", "informe"),
        ("accord", "accord"),
        ("retenu", "accord"),  # the yes is the person's; retaining is decided again
        ("desaccord", "desaccord"),
        ("non_retenu", "non_retenu"),
        ("retire", "retire"),
    ],
)
def test_undoing_gives_back_the_persons_own_word(troupe, drh, avant, apres):
    cadre = fabriques.faire_cadre(troupe.departement, avant)
    partir(troupe, cadre)
    reponse = drh.post(f"/registre/{cadre.pk}/depart/annuler/")
    assert "annulé" in " ".join(str(m) for m in get_messages(reponse.wsgi_request))
    cadre = Cadre.objects.select_related("candidature").get(pk=cadre.pk)
    assert cadre.candidature.etat == apres
    assert (cadre.parti_le, cadre.depart_signale_le, cadre.motif_depart) == (None, None, "")
    assert EntreeJournal.objects.filter(acte="cadre.depart_annule").count() == 1


def test_a_departure_is_said_once_by_the_employer_and_not_against_a_move(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    with pytest.raises(PermissionDenied, match="autre collectivité"):
        depart.signaler_depart(
            acteur=troupe.drh_region, cadre=cadre, jour=AUJOURDHUI, motif="retraite"
        )
    with pytest.raises(PermissionDenied, match="DRH"):
        depart.signaler_depart(
            acteur=troupe.dgs_departement, cadre=cadre, jour=AUJOURDHUI, motif="retraite"
        )
    partir(troupe, cadre)
    with pytest.raises(ActionImpossible, match="déjà signalé"):
        partir(troupe, cadre)
    engage = fabriques.faire_cadre(troupe.departement, "retenu", avancee="engagee")
    with pytest.raises(ActionImpossible, match="mobilité"):
        partir(troupe, engage)
    with pytest.raises(ActionImpossible, match="Aucun départ"):
        annuler(troupe, engage)


def test_the_person_reads_it_and_cannot_come_back_by_themselves(troupe, client_de):
    fiche = troupe.fiche_du_cadre
    acteur = next(
        a
        for a in (troupe.drh_departement, troupe.drh_region, troupe.drh_ville)
        if a.collectivite == fiche.collectivite
    )
    depart.signaler_depart(acteur=acteur, cadre=fiche, jour=AUJOURDHUI, motif="depart")
    client = client_de(troupe.cadre)
    page = client.get("/ma-candidature/").content.decode()
    assert "Votre collectivité a noté votre départ" in page
    assert "Vous vous êtes retiré" not in page
    assert "Oui, j’entre" not in page
    assert "Votre collectivité a noté votre départ" in client.get("/mon-parcours/").content.decode()
    assert "Départ chez un autre employeur" in client.get("/mes-donnees/").content.decode()
    with pytest.raises(ActionImpossible, match="noté votre départ"):
        actions_candidature.repondre(acteur=troupe.cadre, accord=True)


def test_no_act_reaches_whoever_left(troupe):
    for etat in ("non_retenu", "sans_reponse"):
        cadre = fabriques.faire_cadre(troupe.departement, etat)
        partir(troupe, cadre)
        agir, qui = (
            (actions_candidature.retenir, troupe.dgs_departement)
            if etat == "non_retenu"
            else (actions_candidature.informer, troupe.drh_departement)
        )
        with pytest.raises(ActionImpossible, match="a quitté la collectivité"):
            agir(acteur=qui, cadre=cadre)


def test_forgetting_the_person_forgets_the_departure(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    partir(troupe, cadre)
    effacement.anonymiser(
        Cadre.objects.select_related("candidature", "collectivite__demarche").get(pk=cadre.pk)
    )
    cadre.refresh_from_db()
    assert (cadre.parti_le, cadre.motif_depart) == (None, "")
    assert timezone.localdate() == AUJOURDHUI


def test_the_hours_of_an_accompagnateur_are_freed_even_for_whoever_was_not_retained(troupe):
    cadre = fabriques.faire_cadre(
        troupe.departement, "non_retenu", accompagnateur=troupe.accompagnateur.mandat
    )
    rendez_vous = faire_coaching(faire_accompagnement(cadre))
    partir(troupe, cadre)
    rendez_vous.refresh_from_db()
    rendez_vous.accompagnement.refresh_from_db()
    assert rendez_vous.etat == "annule"
    assert rendez_vous.accompagnement.fin is not None


def test_undoing_gives_back_a_move_that_took_place(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "retenu", avancee="effective")
    decide_le = cadre.candidature.decide_le
    partir(troupe, cadre)
    annuler(troupe, cadre)
    candidature = Candidature.objects.get(cadre=cadre)
    assert (candidature.etat, candidature.avancee) == (Etat.RETENU, "effective")
    assert (candidature.decide_le, candidature.retire_le) == (decide_le, None)


def test_whoever_left_does_not_read_that_they_withdrew(troupe, client_de):
    fiche = troupe.fiche_du_cadre
    accueil = troupe.region if fiche.collectivite != troupe.region else troupe.departement
    proposition = fabriques.faire_proposition(
        fabriques.faire_opportunite(accueil), fiche, "envoyee"
    )
    partir(troupe, fiche)
    page = client_de(troupe.cadre).get(f"/propositions/{proposition.pk}/").content.decode()
    assert "Votre collectivité a noté votre départ" in page
    assert "Vous vous êtes retiré" not in page
