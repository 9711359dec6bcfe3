"""From a deposited file to the registre: nothing before the confirmation, nobody twice."""

import json

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from cadres.fiche import depart as actions
from cadres.imports.actions import ecrire_recensement
from cadres.models import Cadre, Candidature, ImportCadres
from collectivites.models import Direction, EntreeJournal, Poste, Tache
from tests import fabriques
from tests.cadres.imports.aide import LIGNES, MAUVAISE, fichier, siens

Etat = ImportCadres.Etat


def test_nothing_is_written_before_the_confirmation(troupe, drh, deposer):
    importation = deposer(fichier(*LIGNES))
    assert importation.etat == Etat.DIAGNOSTIQUE
    assert not siens(troupe)
    texte = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "Rien n’est encore écrit" in texte
    assert "Date de naissance" in texte


def test_the_bytes_and_the_birth_dates_are_not_kept(troupe, deposer):
    importation = deposer(fichier(*LIGNES))
    assert importation.contenu is None
    garde = json.dumps([importation.diagnostic, importation.resume, importation.correspondance])
    assert "1970" not in garde


def test_the_confirmation_writes_cadres_postes_directions_and_candidacies(
    troupe, drh, deposer, confirmer
):
    importation = confirmer(deposer(fichier(*LIGNES)))
    assert importation.etat == Etat.CONFIRME
    un, deux, trois = siens(troupe)
    assert (un.nom, un.prenom, un.grade) == ("Aubrémont", "Laurence", "Attaché principal")
    assert "aubremont" in un.recherche
    # Two people hold postes of the same title: two rows.
    assert un.poste.intitule == deux.poste.intitule
    assert un.poste_id != deux.poste_id
    assert deux.direction == trois.direction
    assert trois.poste is None
    assert not trois.est_joignable
    assert set(Candidature.objects.filter(cadre__in=[un, deux, trois]).values_list("etat")) == {
        ("recense",)
    }
    ligne = EntreeJournal.objects.get(acte="recensement.importe")
    assert (ligne.details["nouveaux"], ligne.cadre_ref) == (3, None)
    assert "3" in drh.get(f"/recensements/{importation.pk}/").content.decode()


def test_confirming_twice_adds_nobody_twice(troupe, deposer, confirmer):
    importation = confirmer(deposer(fichier(*LIGNES)))
    confirmer(importation)
    assert siens(troupe).count() == 3
    assert EntreeJournal.objects.filter(acte="recensement.importe").count() == 1
    confirmer(deposer(fichier(*LIGNES)))
    assert siens(troupe).count() == 3
    assert Direction.objects.filter(collectivite=troupe.departement).count() == 2


def test_a_list_writes_nothing_about_who_left_and_says_so(troupe, drh, deposer, confirmer):
    parti = fabriques.faire_cadre(
        troupe.departement,
        "accord",
        nom="Partante",
        prenom="Odile",
        matricule="A900",
        grade="Ancien",
    )
    actions.signaler_depart(
        acteur=troupe.drh_departement, cadre=parti, jour=timezone.localdate(), motif="retraite"
    )
    ligne = "A900;F;Partante;Odile;odile@essais.example;A;Attaché principal;Directrice;;;"
    entete = "Matricule;Civilité;Nom;Prénom;Courriel;Catégorie;Grade;Poste;;;"
    depot = SimpleUploadedFile("c.csv", f"{entete}\n{ligne}\n".encode())
    importation = deposer(depot)
    texte = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "1 personne est notée partie" in texte
    assert "annulez son départ" in texte
    avant = Cadre.objects.filter(pk=parti.pk).values().get()
    confirmer(importation)
    assert Cadre.objects.filter(pk=parti.pk).values().get() == avant
    assert Cadre.objects.filter(nom="Partante").count() == 1

    actions.annuler_depart(acteur=troupe.drh_departement, cadre=parti)
    depot.seek(0)
    confirmer(deposer(depot))
    parti.refresh_from_db()
    assert parti.grade == "Attaché principal"


def test_two_deposits_of_the_same_file_add_nobody_twice(troupe, deposer, confirmer):
    un, deux = deposer(fichier(*LIGNES)), deposer(fichier(*LIGNES))
    confirmer(un)
    assert confirmer(deux).resume["nouveaux"] == 0
    assert siens(troupe).count() == 3


def test_an_update_shows_before_and_after_and_keeps_the_poste(troupe, drh, deposer, confirmer):
    confirmer(deposer(fichier(*LIGNES)))
    avant = siens(troupe).first()
    nombre = Poste.objects.count()
    importation = deposer(fichier(LIGNES[0].replace("Cheffe de service", "Directrice")))
    texte = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "<del>Cheffe de service</del>" in texte
    assert "<ins>Directrice</ins>" in texte
    confirmer(importation)
    apres = siens(troupe).first()
    assert (apres.poste_id, apres.poste.intitule) == (avant.poste_id, "Directrice")
    assert "directrice" in apres.recherche
    assert Poste.objects.count() == nombre


def test_a_row_outside_the_public_gets_in_with_a_reason_only(troupe, deposer, confirmer):
    ligne = "A9;Ornel;Paul;p.ornel@loiret.example;B;Rédacteur;Finances;Gestionnaire;;N"
    assert confirmer(deposer(fichier(ligne))).resume["hors_public_laisses"] == 1
    assert not siens(troupe)
    confirmer(deposer(fichier(ligne)), motif_2="Fait fonction de chef de service")
    assert siens(troupe).get().motif_hors_public == "Fait fonction de chef de service"


def test_a_row_to_correct_is_shown_and_corrected_on_screen(troupe, drh, deposer, confirmer):
    importation = deposer(fichier(*LIGNES, MAUVAISE))
    texte = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "Z9" in texte
    assert "Importer les 3" in texte
    drh.post(
        f"/recensements/{importation.pk}/corriger/",
        {"ligne": 5, "champ": "categorie", "valeur": "A"},
    )
    confirmer(importation)
    assert siens(troupe).count() == 4


def test_the_rows_to_correct_are_downloaded_even_after_the_import(troupe, drh, deposer, confirmer):
    importation = confirmer(deposer(fichier(*LIGNES, MAUVAISE)))
    reponse = drh.get(f"/recensements/{importation.pk}/a-corriger.xlsx")
    assert reponse.content[:2] == b"PK"
    # What got in is in the registre, no longer here.
    assert "Aubr" not in json.dumps(importation.diagnostic)
    sans = confirmer(deposer(fichier(*LIGNES)))
    assert drh.get(f"/recensements/{sans.pk}/a-corriger.xlsx").status_code == 404


def choix_de(importation, **changements):
    donnees = {}
    for rang, colonne in enumerate(importation.resume["colonnes"]):
        champ = importation.correspondance.get(colonne["colonne"], "")
        donnees[f"colonne_{rang}"] = changements.get(colonne["colonne"], champ)
    return donnees


def test_the_columns_are_corrected_and_remembered(troupe, drh, deposer, confirmer):
    importation = deposer(fichier(*LIGNES))
    drh.post(f"/recensements/{importation.pk}/colonnes/", choix_de(importation, Direction=""))
    confirmer(importation)
    assert siens(troupe).first().direction is None
    assert deposer(fichier(*LIGNES)).correspondance.get("Direction", "") == ""


def test_two_columns_do_not_feed_the_same_field(troupe, drh, deposer):
    importation = deposer(fichier(*LIGNES))
    drh.post(f"/recensements/{importation.pk}/colonnes/", choix_de(importation, Direction="poste"))
    apres = ImportCadres.objects.get(pk=importation.pk)
    assert apres.correspondance == importation.correspondance


def test_when_the_file_is_forgotten_the_choice_of_columns_is_not(troupe, drh, deposer):
    importation = deposer(fichier(*LIGNES))
    cache.clear()
    reponse = drh.post(
        f"/recensements/{importation.pk}/colonnes/", choix_de(importation, Direction="")
    )
    assert reponse.url == "/recensements/"
    assert deposer(fichier(*LIGNES)).correspondance.get("Direction", "") == ""


def test_once_written_the_base_counts_its_tables_again(monkeypatch, deposer, confirmer):
    faites = []
    monkeypatch.setattr(
        "cadres.imports.actions.analyser_apres_l_acte", lambda: faites.append("analyse")
    )
    importation = deposer(fichier(*LIGNES))
    assert faites == []
    confirmer(importation)
    assert faites == ["analyse"]


def test_abandoning_keeps_nothing(troupe, drh, deposer, confirmer):
    importation = deposer(fichier(*LIGNES))
    drh.post(f"/recensements/{importation.pk}/abandonner/")
    confirmer(importation)
    assert (importation.etat, importation.diagnostic) == (Etat.ABANDONNE, {})
    assert not siens(troupe)
    assert drh.get(f"/recensements/{importation.pk}/").status_code == 200


def test_an_unreadable_file_is_said_in_french(troupe, drh, deposer):
    importation = deposer(SimpleUploadedFile("fruits.csv", b"Fruit;Prix\nPomme;2\n"))
    assert (importation.etat, importation.contenu) == (Etat.ILLISIBLE, None)
    assert importation.resume["erreur"] in drh.get(
        f"/recensements/{importation.pk}/"
    ).content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("depot", "message"),
    [
        (None, "Choisissez un fichier."),
        (SimpleUploadedFile("vide.csv", b""), "Ce fichier est vide"),
        (SimpleUploadedFile("photo.png", b"\x89PNG"), "n’est pas un tableur"),
    ],
)
def test_a_wrong_deposit_says_what_to_do(drh, depot, message):
    reponse = drh.post("/recensements/importer/", {"fichier": depot} if depot else {})
    assert reponse.status_code == 422
    assert message in reponse.content.decode()
    assert not ImportCadres.objects.exists()


def test_a_job_that_breaks_leaves_nothing_half_written(
    troupe, drh, deposer, confirmer, monkeypatch
):
    importation = deposer(fichier(*LIGNES))

    def tomber(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr("cadres.imports.ecriture.journaliser", tomber)
    confirmer(importation)
    assert Tache.objects.latest("creee_le").etat == Tache.Etat.ECHOUEE
    assert importation.etat == Etat.DIAGNOSTIQUE
    assert not siens(troupe)
    assert not Poste.objects.filter(intitule="Cheffe de service").exists()


def test_imports_belong_to_one_hr_direction(troupe, client_de, deposer):
    importation = deposer(fichier(*LIGNES))
    for qui in (troupe.drh_region, troupe.etranger_drh):
        client = client_de(qui)
        for chemin in ("", "a-corriger.xlsx"):
            assert client.get(f"/recensements/{importation.pk}/{chemin}").status_code == 404
        for acte in ("confirmer", "abandonner", "corriger", "colonnes"):
            assert client.post(f"/recensements/{importation.pk}/{acte}/").status_code == 404
        with pytest.raises(PermissionDenied), transaction.atomic():
            ecrire_recensement(acteur=qui, importation=importation)
    for qui in (troupe.dgs_departement, troupe.cadre, troupe.accompagnateur):
        assert client_de(qui).get("/recensements/").status_code == 403
    assert client_de(troupe.gestionnaire_departement).get("/recensements/").status_code == 200


def test_a_colleague_finishes_what_another_began(troupe, client_de, deposer, confirmer):
    importation = deposer(fichier(*LIGNES))
    gestionnaire = client_de(troupe.gestionnaire_departement)
    assert gestionnaire.get(f"/recensements/{importation.pk}/").status_code == 200
    assert confirmer(importation, gestionnaire).etat == Etat.CONFIRME


def test_a_file_that_the_registre_already_holds_offers_nothing_to_import(
    troupe, drh, deposer, confirmer
):
    confirmer(deposer(fichier(*LIGNES)))
    encore = deposer(fichier(*LIGNES))
    page = drh.get(f"/recensements/{encore.pk}/").content.decode()
    assert "Rien à importer." in page
    assert "Importer les" not in page


def test_a_list_says_whom_the_registre_holds_to_have_left(troupe, drh, deposer):
    for matricule, nom in (("A1", "Aubrémont"), ("A2", "Benhadria")):
        fabriques.faire_cadre(
            troupe.departement,
            matricule=matricule,
            nom=nom,
            prenom="Laurence" if matricule == "A1" else "Karim",
            courriel="",
            **(
                {
                    "parti_le": fabriques.dans(-9),
                    "motif_depart": "retraite",
                    "depart_signale_le": fabriques.il_y_a(9),
                }
                if matricule == "A1"
                else {}
            ),
        )
    importation = deposer(fichier(*LIGNES))
    (avis,) = (a for a in importation.diagnostic["avertissements"] if a["code"] == "partie")
    assert avis["lignes"] == [2]
    assert "annulez son départ" in drh.get(f"/recensements/{importation.pk}/").content.decode()
