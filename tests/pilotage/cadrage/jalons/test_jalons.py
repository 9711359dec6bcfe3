"""The gates: what each asks for, who passes, and what stays closed behind them until then."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cadres.models import Cadre, Critere
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.models import Opportunite, Proposition
from opportunites.propositions.actions import propositions
from parcours.models import Promotion
from parcours.programme.actions.promotions import ouvrir_promotion
from parcours.programme.predicats import refus_ouvrir
from pilotage.accueil.a_faire import attentes_de
from pilotage.cadrage.elus import actions as elus
from pilotage.cadrage.jalons import actions
from pilotage.cadrage.jalons.conditions import Faits, conditions
from pilotage.models import AccordElus, ActionCommunication, EngagementDGS, PassageJalon
from pilotage.mots import Jalon
from tests import fabriques as f

URL = "/jalons/"


@pytest.fixture
def premier_jour(troupe):
    """As on the first day: nothing is agreed to, no gate is passed."""
    f.fermer_les_jalons(troupe.demarche)
    return troupe


def collectivites(troupe):
    return troupe.ville, troupe.agglomeration, troupe.departement, troupe.region


def manque(troupe, jalon):
    return {c.intitule for c in conditions(Faits(troupe.demarche), jalon) if not c.tenue}


def annoncer(troupe, **champs):
    return ActionCommunication.objects.create(
        **{
            "demarche": troupe.demarche,
            "intitule": "Conférence de presse",
            "public": "presse",
            "canal": "Conférence",
            "jour": f.dans(20),
        }
        | champs
    )


def reunir_le_lancement(troupe):
    for collectivite in collectivites(troupe):
        f.faire_accord(collectivite)
        if not Cadre.objects.filter(collectivite=collectivite).exists():
            f.faire_cadre(collectivite, "recense")
    for dgs in (
        troupe.dgs_ville,
        troupe.dgs_agglomeration,
        troupe.dgs_departement,
        troupe.dgs_region,
    ):
        actions.s_engager(acteur=dgs)
    return annoncer(troupe)


# --- The launch ------------------------------------------------------------------------------------


def test_on_the_first_day_all_is_missing_and_each_thing_is_somebody_s(premier_jour):
    dites = conditions(Faits(premier_jour.demarche), Jalon.LANCEMENT)
    manquent = [c for c in dites if not c.tenue]
    # The Département and the Région have cadres in the cast.
    assert len(manquent) == 4 + 4 + 2 + 1
    assert all(c.porteur and c.url and c.bouton for c in dites)
    accord = next(c for c in dites if c.collectivite == premier_jour.region)
    assert "Rose Carlier" in accord.porteur


def test_each_condition_is_read_at_that_moment(premier_jour):
    action = reunir_le_lancement(premier_jour)
    assert manque(premier_jour, Jalon.LANCEMENT) == set()
    action.etat = "annulee"
    action.save()
    assert manque(premier_jour, Jalon.LANCEMENT) == {"Une action de communication externe datée"}
    annoncer(premier_jour, public="agents")
    assert manque(premier_jour, Jalon.LANCEMENT) == {"Une action de communication externe datée"}
    annoncer(premier_jour, public="partenaires")
    assert manque(premier_jour, Jalon.LANCEMENT) == set()


def test_a_dgs_passes_when_all_holds_and_the_journal_says_so(premier_jour, client_de):
    reunir_le_lancement(premier_jour)
    page = client_de(premier_jour.dgs_region).get(URL).content.decode()
    assert "Lancement : tout est réuni" in page.replace("\u00a0", " ")
    client_de(premier_jour.dgs_region).post(f"{URL}lancement/franchir/")
    passage = PassageJalon.objects.get(demarche=premier_jour.demarche)
    assert (passage.jalon, passage.par) == ("lancement", premier_jour.dgs_region.mandat)
    ligne = EntreeJournal.objects.get(acte="jalon.franchi")
    assert len(ligne.details["accords"]) == 4
    with pytest.raises(ActionImpossible, match="déjà franchi"):
        actions.franchir(acteur=premier_jour.dgs_region, jalon=Jalon.LANCEMENT)


@pytest.mark.parametrize("nom", ["drh_region", "gestionnaire_region", "cadre", "accompagnateur"])
def test_nobody_but_a_dgs_passes(premier_jour, client_de, nom):
    reunir_le_lancement(premier_jour)
    acteur = getattr(premier_jour, nom)
    assert client_de(acteur).post(f"{URL}lancement/franchir/").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.franchir(acteur=acteur, jalon=Jalon.LANCEMENT)
    assert not PassageJalon.objects.filter(demarche=premier_jour.demarche).exists()


def test_one_thing_missing_is_enough_and_it_is_named(premier_jour):
    reunir_le_lancement(premier_jour)
    AccordElus.objects.filter(collectivite=premier_jour.ville).delete()
    with pytest.raises(ActionImpossible, match=r"Une condition manque encore .* Ville d’Orléans"):
        actions.franchir(acteur=premier_jour.dgs_region, jalon=Jalon.LANCEMENT)


def test_a_dgs_who_left_leaves_no_commitment(premier_jour):
    reunir_le_lancement(premier_jour)
    mandat = premier_jour.dgs_region.mandat
    mandat.fin = f.dans(-1)
    mandat.save()
    assert manque(premier_jour, Jalon.LANCEMENT) == {
        "Engagement du DGS : Région Centre-Val de Loire"
    }
    suivant = f.faire_acteur("dgs", premier_jour.region)
    actions.s_engager(acteur=suivant)
    assert manque(premier_jour, Jalon.LANCEMENT) == set()


@pytest.mark.parametrize("nom", ["drh_region", "gestionnaire_region"])
def test_a_commitment_is_the_dgs_s_own_and_given_once(premier_jour, nom):
    with pytest.raises(PermissionDenied):
        actions.s_engager(acteur=getattr(premier_jour, nom))
    actions.s_engager(acteur=premier_jour.dgs_region)
    with pytest.raises(ActionImpossible, match="déjà engagé"):
        actions.s_engager(acteur=premier_jour.dgs_region)
    assert EngagementDGS.objects.count() == 1


# --- The élus: bypassed by nobody ------------------------------------------------------------------


def test_the_database_itself_refuses_a_gate_without_the_elus(premier_jour):
    for collectivite in collectivites(premier_jour)[:3]:
        f.faire_accord(collectivite)
    with pytest.raises(IntegrityError, match="jalon_avec_les_elus"), transaction.atomic():
        PassageJalon.objects.create(demarche=premier_jour.demarche, jalon="lancement")
    dernier = f.faire_accord(premier_jour.region)
    PassageJalon.objects.create(demarche=premier_jour.demarche, jalon="lancement")
    AccordElus.objects.filter(pk=dernier.pk).update(retire_le=timezone.now(), motif_retrait="x")
    with pytest.raises(IntegrityError, match="jalon_avec_les_elus"), transaction.atomic():
        PassageJalon.objects.create(demarche=premier_jour.demarche, jalon="propositions")


def test_an_agreement_that_is_taken_back_closes_what_it_opened(troupe):
    assert refus_ouvrir(troupe.dgs_region) is None
    accord = AccordElus.objects.get(collectivite=troupe.ville)
    elus.retirer_accord(acteur=troupe.dgs_ville, accord=accord, motif="Vote annulé")
    assert "accord des élus" in refus_ouvrir(troupe.dgs_region)
    with pytest.raises(ActionImpossible, match="Ville d’Orléans"):
        ouvrir_promotion(
            acteur=troupe.dgs_region, nom="P", date_debut=f.dans(5), date_fin=f.dans(90), places=30
        )
    assert not Promotion.objects.exists()


# --- A promotion -----------------------------------------------------------------------------------


def test_a_promotion_does_not_open_before_its_gate(premier_jour, client_de):
    client = client_de(premier_jour.dgs_region)
    assert "Ouvrir une promotion" not in client.get("/promotions/").content.decode()
    saisie = {
        "nom": "Promotion 1",
        "date_debut": f.dans(10).isoformat(),
        "date_fin": f.dans(200).isoformat(),
        "places": 30,
    }
    client.post("/promotions/nouvelle/", saisie)
    assert not Promotion.objects.exists()
    with pytest.raises(IntegrityError, match="promotion_apres_son_jalon"), transaction.atomic():
        Promotion.objects.create(
            demarche=premier_jour.demarche, nom="x", date_debut=f.dans(1), date_fin=f.dans(9)
        )


def test_each_promotion_has_its_own_passage(troupe):
    for collectivite in collectivites(troupe):
        Critere.objects.create(
            collectivite=collectivite,
            genre="anciennete",
            valeurs=["3"],
            auteur=troupe.drh_ville.utilisateur,
        )

    def ouvrir(nom):
        return ouvrir_promotion(
            acteur=troupe.dgs_region, nom=nom, date_debut=f.dans(5), date_fin=f.dans(90), places=30
        )

    ouvrir("Une")
    with pytest.raises(ActionImpossible, match="Aucune promotion n’est à ouvrir"):
        ouvrir("Deux")
    actions.franchir(acteur=troupe.dgs_region, jalon=Jalon.PROMOTION)
    ouvrir("Deux")
    assert Promotion.objects.count() == 2
    rangs = PassageJalon.objects.filter(demarche=troupe.demarche, jalon="promotion")
    assert list(rangs.values_list("rang", flat=True)) == [1, 2]


def test_criteria_are_written_or_expressly_waived(troupe, client_de):
    lieux = collectivites(troupe)
    attendus = {f"Critères : {c.nom}" for c in lieux}
    assert manque(troupe, Jalon.PROMOTION) == attendus
    Critere.objects.create(
        collectivite=troupe.ville,
        genre="anciennete",
        valeurs=["3"],
        auteur=troupe.drh_ville.utilisateur,
    )
    client = client_de(troupe.dgs_region)
    assert "invalid-feedback" in client.post(f"{URL}sans-criteres/").content.decode()
    client.post(f"{URL}sans-criteres/", {"motif": "Petite liste"})
    assert manque(troupe, Jalon.PROMOTION) == attendus - {
        "Critères : Ville d’Orléans",
        "Critères : Région Centre-Val de Loire",
    }
    assert EntreeJournal.objects.get(acte="jalon.criteres_renonces").motif == "Petite liste"
    assert client_de(troupe.drh_region).get(f"{URL}sans-criteres/").status_code == 403


# --- The propositions ------------------------------------------------------------------------------


def test_a_proposition_does_not_leave_before_their_gate(troupe):
    opportunite = f.faire_opportunite(troupe.region)
    prete = f.faire_proposition(opportunite, troupe.fiche_du_cadre, "validee")
    f.fermer_les_jalons(troupe.demarche)
    with pytest.raises(ActionImpossible, match="propositions ne sont pas encore ouvertes"):
        propositions.envoyer(
            acteur=troupe.drh_region, proposition=prete, repondre_avant=f.il_y_a(-9)
        )
    with pytest.raises(IntegrityError, match="proposition_apres_son_jalon"), transaction.atomic():
        Proposition.objects.filter(pk=prete.pk).update(
            etat="envoyee", envoyee_le=timezone.now(), repondre_avant=f.il_y_a(-9)
        )
    prete.refresh_from_db()
    assert prete.etat == "validee"


def test_it_asks_for_a_launch_a_promotion_and_a_poste(troupe):
    PassageJalon.objects.filter(demarche=troupe.demarche, jalon__in=("lancement",)).delete()
    Opportunite.objects.all().delete()
    assert manque(troupe, Jalon.PROPOSITIONS) == {
        "Démarche lancée",
        "Une promotion ouverte",
        "Un poste ouvert à la démarche",
    }
    f.faire_promotion(troupe.demarche)
    f.faire_opportunite(troupe.region)
    assert manque(troupe, Jalon.PROPOSITIONS) == {"Démarche lancée"}


# --- What waits for whom ---------------------------------------------------------------------------


def test_a_dgs_reads_what_waits_before_the_launch(premier_jour):
    def titres(acteur):
        return {a.titre for a in attentes_de(acteur)}

    assert "Engager votre collectivité" in titres(premier_jour.dgs_region)
    assert "Engager votre collectivité" not in titres(premier_jour.drh_region)
    reunir_le_lancement(premier_jour)
    assert "Franchir le jalon : Lancement" in titres(premier_jour.dgs_region)
    actions.franchir(acteur=premier_jour.dgs_region, jalon=Jalon.LANCEMENT)
    assert not {t for t in titres(premier_jour.dgs_ville) if "Lancement" in t or "Engager" in t}


def test_what_a_gate_waits_for_is_to_do_by_whoever_owes_it(premier_jour):
    def titres(acteur):
        return {a.titre for a in attentes_de(acteur)}

    Cadre.objects.filter(collectivite=premier_jour.region).delete()
    assert "Enregistrer l’accord des élus" in titres(premier_jour.dgs_region)
    assert "Recenser vos premiers cadres" in titres(premier_jour.drh_region)
    assert "Dater une action vers la presse ou les partenaires" in titres(premier_jour.drh_ville)
    # The Département has listed somebody; criteria are asked for once the démarche is launched.
    assert "Recenser vos premiers cadres" not in titres(premier_jour.drh_departement)
    assert "Écrire vos critères" not in titres(premier_jour.drh_departement)
    reunir_le_lancement(premier_jour)
    assert "Enregistrer l’accord des élus" not in titres(premier_jour.dgs_region)
    actions.franchir(acteur=premier_jour.dgs_region, jalon=Jalon.LANCEMENT)
    assert "Écrire vos critères" in titres(premier_jour.drh_departement)
    assert "Dater une action vers la presse ou les partenaires" not in titres(
        premier_jour.drh_ville
    )


def test_all_the_directions_but_whoever_passes_it_are_told_of_a_gate(premier_jour):
    reunir_le_lancement(premier_jour)
    actions.franchir(acteur=premier_jour.dgs_region, jalon=Jalon.LANCEMENT)
    lettres = Courriel.objects.filter(objet__startswith="Jalon franchi")
    attendus = {
        a.utilisateur.email
        for a in (
            premier_jour.dgs_ville,  # of two employers: one mail
            premier_jour.dgs_departement,
            premier_jour.drh_ville,
            premier_jour.drh_agglomeration,
            premier_jour.drh_departement,
            premier_jour.drh_region,
        )
    }
    assert sorted(lettres.values_list("destinataire", flat=True)) == sorted(attendus)
    corps = lettres.first().corps
    assert "Rose Carlier, DGS, Région Centre-Val de Loire, a franchi un jalon" in corps
    assert "/jalons/" in corps


def test_all_the_directions_are_told_of_an_agreement_that_is_taken_back(troupe):
    accord = AccordElus.objects.get(collectivite=troupe.departement)
    elus.retirer_accord(acteur=troupe.dgs_departement, accord=accord, motif="Vote reporté")
    lettres = Courriel.objects.filter(objet__startswith="Accord des élus retiré")
    assert troupe.dgs_region.utilisateur.email in lettres.values_list("destinataire", flat=True)
    assert lettres.count() == 6
    assert "Vote reporté" in lettres.first().corps
    assert "aucune proposition ne part" in lettres.first().corps
    attentes = {a.titre for a in attentes_de(troupe.dgs_departement)}
    assert "Enregistrer l’accord des élus" in attentes


def test_the_page_asks_a_constant_number_of_queries(troupe, client_de):
    client = client_de(troupe.dgs_region)
    nombres = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as requetes:
            client.get(URL)
        nombres.append(len(requetes))
        for collectivite in collectivites(troupe):
            for _ in range(3):
                f.faire_cadre(collectivite, "retenu")
    assert nombres[0] == nombres[1] <= 16
