"""Forgotten without a trace: every column of every table is searched for the person."""

import json
import re
import sqlite3
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.test import TestCase
from django.utils import timezone

from cadres.candidature import actions as actions_candidature
from cadres.donnees_personnelles import actions as actions_donnees_personnelles
from cadres.donnees_personnelles import effacement
from cadres.donnees_personnelles.effacement import dependants
from cadres.donnees_personnelles.purge import purger
from cadres.donnees_personnelles.traces import EFFACE
from cadres.imports import actions as actions_imports
from cadres.imports.lecture import sceller_le_fichier
from cadres.models import Cadre, Candidature, ImportCadres, Opposition
from cadres.mots import Actes as ActesDuRegistre
from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.resultat import Diagnostic
from collectivites.journal import journaliser
from collectivites.models import (
    Courriel,
    EntreeJournal,
    Mandat,
    PurgeEnCours,
    Utilisateur,
)
from collectivites.mots import Actes, Role
from collectivites.travaux import courriels
from pilotage.indicateurs import ensemble
from tests import fabriques
from tests.cadres.donnees_personnelles.aide import Etat, vieillir

NOM, PRENOM, MATRICULE = "Zéphyrinovitch", "Eudoxie-Marguerite", "MAT-998877"
COURRIEL = "eudoxie.zephyrinovitch@loiret.example"
AIGUILLES = (
    NOM,
    "zephyrinovitch",
    PRENOM,
    "eudoxie-marguerite",
    COURRIEL,
    MATRICULE,
    json.dumps(NOM).strip('"'),  # as SQLite keeps JSON
)


def fouiller():
    """(table, column, what was found) wherever a column of any table holds the person."""
    trouves = []
    with connection.cursor() as curseur:
        for table in connection.introspection.table_names(curseur):
            colonnes = [
                c.name for c in connection.introspection.get_table_description(curseur, table)
            ]
            nom = connection.ops.quote_name(table)
            curseur.execute(f"SELECT * FROM {nom}")
            for ligne in curseur.fetchall():
                for colonne, valeur in zip(colonnes, ligne, strict=True):
                    texte = (
                        bytes(valeur).decode("utf-8", "ignore")
                        if isinstance(valeur, bytes | memoryview)
                        else str(valeur)
                    ).casefold()
                    trouves += [
                        (table, colonne, aiguille)
                        for aiguille in AIGUILLES
                        if aiguille.casefold() in texte
                    ]
    return trouves


@pytest.fixture
def eudoxie(troupe, client_de):
    """Somebody whose name is everywhere: what each room holds, and what others wrote."""
    with transaction.atomic():  # as a POST would
        return _eudoxie(troupe, client_de)


def _eudoxie(troupe, client_de):
    f = fabriques
    cadre = f.faire_cadre(
        troupe.departement,
        Etat.RETENU,
        nom=NOM,
        prenom=PRENOM,
        courriel=COURRIEL,
        matricule=MATRICULE,
        accompagnateur=troupe.accompagnateur.mandat,
        motif_hors_public=f"{PRENOM} {NOM} encadre de fait.",
    )
    EmailAddress.objects.create(user=cadre.utilisateur, email=COURRIEL, primary=True)
    for objet in (cadre, cadre.utilisateur):
        LogEntry.objects.create(
            user=troupe.drh_ville.utilisateur,
            content_type=ContentType.objects.get_for_model(objet),
            object_id=str(objet.pk),
            object_repr=str(objet),
            action_flag=CHANGE,
            change_message="",
        )
    moi = f.acteur_du_cadre(cadre)
    inscription = f.faire_inscription(cadre)
    inscription.suivis.update(lieu=f"Bureau de {PRENOM} {NOM}")
    ouverte = f.faire_opportunite(troupe.region)
    f.faire_voeu(cadre, ouverte)
    f.faire_proposition(
        f.faire_opportunite(troupe.ville),
        cadre,
        "refusee",
        pourquoi=f"{NOM} convient.",
        commentaire=f"Moi, {NOM}, je préfère rester.",
    )
    recue = f.faire_proposition(ouverte, cadre)
    f.faire_reserve(recue, troupe.drh_departement, texte=f"Sans {NOM}, plus de budget.")
    actions_donnees_personnelles.dire_ses_competences(acteur=moi, niveaux={"MGT01": 4})
    actions_donnees_personnelles.demander_correction(
        acteur=moi, champ="identite", explication=f"On écrit {NOM}, pas autrement."
    )
    client_de(troupe.drh_departement).get(f"/registre/{cadre.pk}/")
    journaliser(
        acteur=troupe.dgs_departement,
        acte=ActesDuRegistre.RETENU,
        libelle="Cadre retenu",
        objet=cadre,
        collectivite=troupe.departement,
        cadre_ref=cadre.pk,
        motif=f"{PRENOM} {NOM} a fait ses preuves.",
        details={"nom": NOM},
    )
    journaliser(
        acteur=troupe.dgs_departement,
        acte=Actes.DELEGATION_DONNEE,
        libelle="Délégation",
        objet=troupe.departement,
        collectivite=troupe.departement,
        motif=f"Pour que Mme {NOM} ait sa réponse.",
    )
    courriels.deposer_texte(
        objet=f"La réponse de {PRENOM} {NOM}",
        corps=f"{PRENOM} {NOM} ({COURRIEL}) a répondu.\nLe reste.",
        demarche=troupe.demarche,
        destinataire="drh@loiret.example",
        cle="autre",
    )
    liste = (
        "Matricule;Nom;Prénom;Courriel;Catégorie;Poste\n"
        f"{MATRICULE};{NOM};{PRENOM};{COURRIEL};A;Directrice\n"
        "AUTRE-1;Durand;Paul;p.durand@loiret.example;A;Directeur\n"
        f"Z-1;{NOM};{PRENOM};faux@;A;Directrice\n"
    )
    with transaction.atomic():
        importation = ImportCadres.objects.create(
            collectivite=troupe.departement,
            mandat=troupe.drh_departement.mandat,
            nom_fichier="liste.csv",
            contenu=sceller_le_fichier(liste.encode()),
        )
        actions_imports.diagnostiquer_import(importation_id=importation.pk)
    return cadre


def chiffres(demarche):
    """What the dashboard counts, by SQL alone."""
    return (
        list(
            Candidature.objects.filter(cadre__collectivite__demarche=demarche)
            .values_list("etat", "avancee", "cadre__collectivite__code", "cadre__civilite")
            .annotate(n=models.Count("pk"))
            .order_by("etat", "avancee", "cadre__collectivite__code", "cadre__civilite")
        ),
        apps.get_model("parcours.Inscription").objects.count(),
        list(
            apps.get_model("opportunites.Proposition")
            .objects.values_list("etat")
            .annotate(n=models.Count("pk"))
            .order_by("etat")
        ),
        [compte.lire() for compte in apps.get_model("opportunites.CompteDesRefus").objects.all()],
    )


def test_after_withdrawal_and_purge_no_trace_but_the_counts(troupe, eudoxie, client_de):
    client = client_de(fabriques.acteur_du_cadre(eudoxie))
    client.post("/ma-candidature/retirer/")
    client.post("/mes-donnees/effacer/", {"ne_plus_recenser": "oui"})
    avant = chiffres(troupe.demarche)
    assert {table for table, _, _ in fouiller()} >= {
        "cadres_cadre",
        "cadres_importcadres",
        "collectivites_courriel",
        "collectivites_entreejournal",
        "collectivites_utilisateur",
        "opportunites_proposition",
        "account_emailaddress",
        "django_admin_log",
    }
    assert purger()["fiches"] == 1
    # Messages of the last page live in the session until it expires.
    client.logout()
    assert fouiller() == []
    assert chiffres(troupe.demarche) == avant
    # What was asked for is all that is left: three keyed hashes, bound to nothing.
    opposition = Opposition.objects.values().get()
    assert set(opposition) == {"id", "collectivite_id", "nom", "matricule", "courriel"}
    assert all(
        re.fullmatch("[0-9a-f]{64}", opposition[champ])
        for champ in ("nom", "matricule", "courriel")
    )
    eudoxie.refresh_from_db()
    assert eudoxie.nom_complet == "Personne anonymisée"
    assert (eudoxie.civilite, eudoxie.categorie) == ("F", "A")
    assert not PurgeEnCours.objects.exists()


def test_the_indicators_are_the_same_before_and_after(troupe, eudoxie):
    actions_candidature.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
    effacement.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
    jour = timezone.localdate()
    avant = ensemble.lire(troupe.demarche, jour)
    assert purger()["fiches"] == 1
    apres = ensemble.lire(troupe.demarche, jour)
    for nom in ("trajectoire", "matrice", "entonnoir", "anciennete", "refus"):
        assert getattr(apres, nom) == getattr(avant, nom), nom


def test_the_account_opens_nothing_any_more(troupe, eudoxie, client_de):
    compte = eudoxie.utilisateur
    client = client_de(fabriques.acteur_du_cadre(eudoxie))
    client.post("/ma-candidature/retirer/")
    client.post("/mes-donnees/effacer/")
    purger()
    assert client.get("/mes-donnees/").status_code == 302
    compte.refresh_from_db()
    assert (compte.is_active, compte.has_usable_password()) == (False, False)
    assert not Mandat.objects.en_vigueur().filter(utilisateur=compte).exists()
    # The address is free: somebody new may bear it.
    Utilisateur.objects.create_user(COURRIEL)


def test_a_drh_who_was_also_a_cadre_keeps_their_account(troupe):
    cadre = fabriques.faire_cadre(troupe.region, Etat.RETIRE)
    fabriques.faire_mandat(Role.DRH, troupe.region, cadre.utilisateur)
    compte = cadre.utilisateur
    vieillir(cadre, 800)
    purger()
    compte.refresh_from_db()
    assert compte.is_active
    vivants = Mandat.objects.en_vigueur().filter(utilisateur=compte)
    assert Role.DRH in {m.role for m in vivants}


def test_the_others_of_the_file_and_of_the_mail_stay(troupe, eudoxie):
    actions_candidature.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
    effacement.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
    purger()
    diagnostic = Diagnostic.depuis_json(ImportCadres.objects.get().diagnostic)
    assert [ligne.nom for ligne in diagnostic.lignes_valides] == ["Durand"]
    assert diagnostic.a_corriger == ()
    courriel = Courriel.objects.get(cle="autre")
    assert "Le reste." in courriel.corps
    ligne = EntreeJournal.objects.get(acte="delegation.donnee", cadre_ref=None)
    assert ligne.motif == f"Pour que {EFFACE} ait sa réponse."


def test_the_journal_is_sealed_again_after_a_purge(troupe, eudoxie):
    actions_candidature.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
    effacement.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
    purger()
    with pytest.raises(IntegrityError), transaction.atomic():
        EntreeJournal.objects.update(motif="réécrit")


def test_every_model_that_hangs_on_a_cadre_is_reached():
    """The walk is closed by default: a new model with a text is covered from the first day."""
    atteints = {modele._meta.label for modele, _ in dependants(Cadre)}
    assert {
        "cadres.Candidature",
        "parcours.Inscription",
        "parcours.SuiviEtape",
        "opportunites.Proposition",
        "opportunites.Reserve",
        "opportunites.Mobilite",
    } <= atteints


def test_a_deposited_document_goes_with_the_person(troupe, settings, tmp_path):
    """…and the refusal that had to bear one keeps its place in the figures."""
    settings.MEDIA_ROOT = tmp_path
    reponse = apps.get_model("opportunites.ReponseOrigine")
    assert any(modele is reponse for modele, _ in dependants(Cadre))
    cadre = fabriques.faire_cadre(troupe.region, Etat.RETIRE)
    reserve = fabriques.faire_reserve(
        fabriques.faire_proposition(fabriques.faire_opportunite(troupe.ville), cadre, "refusee"),
        troupe.drh_region,
        etat="levee",
    )
    reserve.piece.save("note.pdf", ContentFile(b"%PDF- nominatif"))
    fichier = Path(reserve.piece.path)
    assert fichier.exists()
    vieillir(cadre, 800)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert purger()["fiches"] == 1
    assert not fichier.exists()
    reserve.refresh_from_db()
    assert (reserve.piece.name, reserve.nom_piece) in {(EFFACE, ""), (EFFACE, EFFACE)}


def test_one_file_that_resists_does_not_hold_the_others(troupe, monkeypatch):
    from cadres.donnees_personnelles import purge

    premier, second = (fabriques.faire_cadre(troupe.region, Etat.RETIRE) for _ in range(2))
    for cadre in (premier, second):
        vieillir(cadre, 800)
    vrai = purge.anonymiser

    def resister(cadre):
        if cadre.pk == premier.pk:
            raise IntegrityError("a row resists")
        vrai(cadre)

    monkeypatch.setattr(purge, "anonymiser", resister)
    assert purger()["fiches"] == 1
    assert Cadre.objects.get(pk=second.pk).anonymise_le is not None


def test_a_person_forgotten_is_not_found_by_the_next_import(troupe, eudoxie):
    actions_candidature.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
    effacement.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
    purger()
    from cadres.imports.existants import fiches_existantes

    liste = f"Matricule;Nom;Prénom\n{MATRICULE};{NOM};{PRENOM}\n".encode()
    diagnostic = diagnostiquer(
        lire(liste, "l.csv"), existants=fiches_existantes(troupe.departement)
    )
    assert len(diagnostic.nouveaux) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_the_bytes_of_the_file(troupe, eudoxie, tmp_path):
    """SQLite forgets when its file is rewritten: the purge does it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL vacuums by itself")
    with transaction.atomic():
        actions_candidature.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
        effacement.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
    purger()
    chemin = tmp_path / "copie.sqlite3"
    with sqlite3.connect(chemin) as copie:
        connection.connection.backup(copie)
    octets = chemin.read_bytes().lower()
    for aiguille in AIGUILLES:
        assert aiguille.lower().encode() not in octets, aiguille
