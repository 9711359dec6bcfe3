"""Keeping no longer than the rules say, and forgetting without a trace."""

import json
import re
import sqlite3
from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.test import TestCase
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cadres import actions
from cadres.actions.effacement import dependants
from cadres.actions.purge import purger
from cadres.conservation import (
    PROJET,
    REGLES,
    decaler,
    echeance,
    regle_de,
)
from cadres.models import Cadre, Candidature, Consultation, ImportCadres, Opposition
from cadres.recensement import Diagnostic, diagnostiquer, lire
from cadres.referentiels import lire as lire_referentiel
from cadres.sections import EMPECHEMENTS
from cadres.traces import EFFACE, Traces
from collectivites import courriels
from collectivites.journal import journaliser
from collectivites.models import (
    Courriel,
    Demarche,
    EntreeJournal,
    Mandat,
    PurgeEnCours,
    Tache,
    Utilisateur,
)
from collectivites.roles import Role
from pilotage.indicateurs import ensemble
from tests import fabriques

Etat = Candidature.Etat
FIN = date(2028, 6, 30)


# --- The rules, without a database --------------------------------------------------------------


def quand(texte):
    return timezone.make_aware(datetime.fromisoformat(texte))


def test_each_rule_quotes_a_category_of_the_source():
    categories = {ligne["categorie"] for ligne in lire_referentiel("durees_conservation")}
    assert {regle.source for regle in REGLES} <= categories | {PROJET}
    assert len({regle.cle for regle in REGLES}) == len(REGLES)


def test_every_state_has_a_rule():
    assert Counter(regle_de(etat).cle for etat in Etat) == {
        "sans_suite": 1,
        "refus": 2,
        "sortie": 2,
        "demarche": 3,
    }


@pytest.mark.parametrize(
    ("etat", "attendu"),
    [
        ("retire", date(2029, 3, 15)),
        ("non_retenu", date(2029, 3, 15)),
        ("desaccord", date(2028, 3, 15)),
        ("sans_reponse", date(2028, 3, 15)),
        ("recense", date(2028, 3, 15)),
        ("retenu", date(2030, 6, 30)),
        ("accord", date(2030, 6, 30)),
        ("informe", date(2030, 6, 30)),
    ],
)
def test_how_long_a_file_names_the_person(etat, attendu):
    contacts = [quand("2026-01-01T08:00"), None, quand("2027-03-15T23:30")]
    assert echeance(etat, contacts, FIN) == attendu


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 12, 5), 1, date(2028, 1, 5)),
        (date(2027, 1, 5), -1, date(2026, 12, 5)),
    ],
)
def test_months_are_months(jour, mois, attendu):
    assert decaler(jour, mois) == attendu


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-120, 120))
def test_a_month_later_is_in_the_right_month(jour, mois):
    apres = decaler(jour, mois)
    assert (apres.year * 12 + apres.month) - (jour.year * 12 + jour.month) == mois
    assert apres.day <= jour.day


# --- Names in what others wrote -----------------------------------------------------------------

MOI = Traces(7, "Brémontel", "Anne-Lise", "00471", frozenset({"al.bremontel@loiret.example"}))


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Vu avec Anne-Lise Brémontel hier.", f"Vu avec {EFFACE} hier."),
        ("BRÉMONTEL, ANNE-LISE", EFFACE),
        ("Mme Brémontel part", f"{EFFACE} part"),
        ("écrire à AL.Bremontel@loiret.example.", f"écrire à {EFFACE}."),
        ("La rue Brémontel", "La rue Brémontel"),
        ("Anne-Lise Brémontelle", "Anne-Lise Brémontelle"),
    ],
)
def test_a_name_is_found_in_a_text(avant, apres):
    assert MOI.effacer(avant) == apres


def test_somebody_without_a_name_is_found_nowhere():
    assert Traces(1, "", "", "", frozenset()).effacer("Bonjour") == "Bonjour"


@given(st.text(), st.text(), st.text())
def test_no_name_breaks_the_search(nom, prenom, texte):
    Traces(1, nom, prenom, "", frozenset({nom} - {""})).effacer(texte)


# --- The purge ----------------------------------------------------------------------------------


def vieillir(cadre, jours):
    """Push every date of a candidacy back."""
    candidature = Candidature.objects.get(cadre=cadre)
    for champ in ("recense_le", "informe_le", "repondu_le", "decide_le", "retire_le"):
        if valeur := getattr(candidature, champ):
            setattr(candidature, champ, valeur - timedelta(days=jours))
    candidature.save()


def test_each_state_is_forgotten_at_its_time_and_not_before(troupe):
    cadres = {etat: fabriques.faire_cadre(troupe.region, etat) for etat in Etat}
    assert purger()["fiches"] == 0

    def oublies():
        purger()
        return {
            etat
            for etat, cadre in cadres.items()
            if Cadre.objects.get(pk=cadre.pk).anonymise_le is not None
        }

    for cadre in cadres.values():
        vieillir(cadre, 290)  # with the factory's own dates: beyond a year
    assert oublies() == {Etat.RECENSE, Etat.SANS_REPONSE, Etat.DESACCORD} - {Etat.DESACCORD}
    for cadre in cadres.values():
        vieillir(cadre, 30)
    assert oublies() == {Etat.RECENSE, Etat.SANS_REPONSE, Etat.DESACCORD}
    for cadre in cadres.values():
        vieillir(cadre, 400)
    assert oublies() == {
        Etat.RECENSE,
        Etat.SANS_REPONSE,
        Etat.DESACCORD,
        Etat.NON_RETENU,
        Etat.RETIRE,
    }
    fin = fabriques.dans(0) - timedelta(days=740)
    Demarche.objects.update(date_debut=fin - timedelta(days=900), date_fin=fin)
    assert oublies() == set(Etat)


def test_a_dry_run_counts_the_same_and_changes_nothing(troupe):
    for etat in (Etat.RETIRE, Etat.NON_RETENU):
        vieillir(fabriques.faire_cadre(troupe.region, etat), 800)
    Consultation.objects.create(
        cadre=troupe.fiche_du_cadre,
        utilisateur=troupe.drh_ville.utilisateur,
        collectivite=troupe.ville,
        role="drh",
        nature="fiche",
        quand=fabriques.il_y_a(1200),
    )
    sortie = StringIO()
    call_command("purger", "--a-blanc", stdout=sortie)
    assert "2  fiches anonymisées" in sortie.getvalue()
    assert "Rien n’est changé" in sortie.getvalue()
    assert not Cadre.objects.filter(anonymise_le__isnull=False).exists()
    assert not EntreeJournal.objects.exists()
    a_blanc = purger(a_blanc=True)
    assert purger() == a_blanc
    assert purger().total() == 0


def test_what_it_did_is_journaled_in_numbers(troupe):
    cadre = fabriques.faire_cadre(troupe.region, Etat.RETIRE)
    vieillir(cadre, 800)
    purger()
    ligne = EntreeJournal.objects.get(acte="conservation.purge")
    assert ligne.details == {"fiches": 1}
    assert ligne.auteur is None
    assert "1\u00a0fiche anonymisée" in ligne.libelle
    assert cadre.nom not in ligne.libelle


def test_the_clock_does_it(troupe):
    vieillir(fabriques.faire_cadre(troupe.region, Etat.RETIRE), 800)
    call_command("echeances", verbosity=0)
    assert Cadre.objects.filter(anonymise_le__isnull=False).count() == 1


def test_somebody_with_something_under_way_waits(troupe):
    cadre = fabriques.faire_cadre(troupe.region, Etat.RETENU)
    mobilite = fabriques.faire_mobilite(
        fabriques.faire_proposition(fabriques.faire_opportunite(troupe.ville), cadre, "acceptee")
    )
    fin = fabriques.dans(0) - timedelta(days=740)
    Demarche.objects.filter(pk=troupe.demarche.pk).update(
        date_debut=fin - timedelta(days=900), date_fin=fin
    )
    purger()
    cadre.refresh_from_db()
    assert cadre.anonymise_le is None
    assert len(EMPECHEMENTS) >= 2
    assert mobilite.etat == "ouverte"


def test_mails_imports_and_jobs_are_emptied_in_their_time(troupe):
    courriel = Courriel.objects.create(
        demarche=troupe.demarche,
        destinataire="a@essais.example",
        objet="o",
        corps="c",
        cle="k",
        depose_le=fabriques.il_y_a(400),
        etat="envoye",
        envoye_le=fabriques.il_y_a(400),
    )
    vieux = {"collectivite": troupe.ville, "mandat": troupe.drh_ville.mandat}
    lu = ImportCadres.objects.create(
        nom_fichier="a.csv",
        etat="diagnostique",
        diagnostic={"x": 1},
        depose_le=fabriques.il_y_a(100),
        **vieux,
    )
    tache = Tache.objects.create(
        nom="x",
        libelle="x",
        mandat=troupe.drh_ville.mandat,
        etat="echouee",
        finie_le=fabriques.il_y_a(1),
    )
    perdu = ImportCadres.objects.create(
        nom_fichier="b.csv", contenu=b"naissance", tache=tache, **vieux
    )
    recent = ImportCadres.objects.create(
        nom_fichier="c.csv", etat="diagnostique", diagnostic={"x": 1}, **vieux
    )
    total = purger()
    assert (total["courriels"], total["imports"], total["taches"]) == (1, 2, 0)
    courriel.refresh_from_db()
    assert (courriel.corps, courriel.destinataire, courriel.etat) == ("", "", "envoye")
    for importation in (lu, perdu):
        importation.refresh_from_db()
        assert (importation.etat, importation.diagnostic) == ("abandonne", {})
        assert importation.contenu is None
    recent.refresh_from_db()
    assert recent.diagnostic == {"x": 1}
    Tache.objects.update(finie_le=fabriques.il_y_a(120))
    assert purger()["taches"] == 1


# --- No trace -----------------------------------------------------------------------------------

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
        commentaire_refus=f"Moi, {NOM}, je préfère rester.",
    )
    recue = f.faire_proposition(ouverte, cadre)
    f.faire_reserve(recue, troupe.drh_departement, texte=f"Sans {NOM}, plus de budget.")
    actions.dire_ses_competences(acteur=moi, niveaux={"MGT01": 4})
    actions.demander_correction(
        acteur=moi, champ="identite", explication=f"On écrit {NOM}, pas autrement."
    )
    client_de(troupe.drh_departement).get(f"/registre/{cadre.pk}/")
    journaliser(
        acteur=troupe.dgs_departement,
        acte="cadre.retenu",
        libelle="Cadre retenu",
        objet=cadre,
        collectivite=troupe.departement,
        cadre_ref=cadre.pk,
        motif=f"{PRENOM} {NOM} a fait ses preuves.",
        details={"nom": NOM},
    )
    journaliser(
        acteur=troupe.dgs_departement,
        acte="delegation.donnee",
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
            contenu=liste.encode(),
        )
        actions.diagnostiquer_import(importation_id=importation.pk)
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
            .objects.values_list("etat", "motif_refus")
            .annotate(n=models.Count("pk"))
            .order_by("etat", "motif_refus")
        ),
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
    actions.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
    actions.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
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
    actions.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
    actions.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
    purger()
    diagnostic = Diagnostic.depuis_json(ImportCadres.objects.get().diagnostic)
    assert [ligne.nom for ligne in diagnostic.lignes_valides] == ["Durand"]
    assert diagnostic.a_corriger == ()
    courriel = Courriel.objects.get(cle="autre")
    assert "Le reste." in courriel.corps
    ligne = EntreeJournal.objects.get(acte="delegation.donnee")
    assert ligne.motif == f"Pour que {EFFACE} ait sa réponse."


def test_the_journal_is_sealed_again_after_a_purge(troupe, eudoxie):
    actions.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
    actions.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
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
    from cadres.actions import purge

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
    actions.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
    actions.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
    purger()
    from cadres.ecriture import fiches_existantes

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
        actions.retirer(acteur=fabriques.acteur_du_cadre(eudoxie))
        actions.demander_effacement(acteur=fabriques.acteur_du_cadre(eudoxie))
    purger()
    chemin = tmp_path / "copie.sqlite3"
    with sqlite3.connect(chemin) as copie:
        connection.connection.backup(copie)
    octets = chemin.read_bytes().lower()
    for aiguille in AIGUILLES:
        assert aiguille.lower().encode() not in octets, aiguille
