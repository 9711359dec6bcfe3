"""The role of the site, on PostgreSQL: what it says, what it may not do to the journal, and what refuses a
server that would come in as the owner of the tables."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cadres.donnees_personnelles.effacement import anonymiser
from cadres.fiche.verrous import verrouiller
from collectivites.chaine.maillons import chainer
from collectivites.chaine.verification import verifier
from collectivites.garanties import mur
from collectivites.garanties.gardes import EFFACE
from collectivites.journal import journaliser
from collectivites.models import EntreeJournal, MaillonJournal, PurgeEnCours
from collectivites.mots import Actes
from collectivites.travaux.horloge import faire_le_tour
from mobility import demarrage
from tests.outils.site import ROLE, sous_le_role_du_site

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="roles of PostgreSQL"),
]

JOURNAL, MAILLONS = "collectivites_entreejournal", "collectivites_maillonjournal"
TEXTE = "Réserve de Claire Pasquier levée"


def executer(sql, valeurs=()):
    with connection.cursor() as curseur:
        curseur.execute(sql, valeurs)
        return curseur.fetchall() if curseur.description else curseur.rowcount


@pytest.fixture
def ligne(troupe, role_du_site):
    return journaliser(
        acteur=troupe.dgs_ville,
        acte=Actes.DELEGATION_DONNEE,
        libelle=TEXTE,
        motif="Elle l’a demandé.",
        objet=troupe.ville,
        collectivite=troupe.ville,
        details={"voie": "detachement"},
    )


@pytest.fixture
def au_site(troupe):
    """Runs SQL as the site does, for the démarche of the cast; back to the owner after each."""

    def jouer(sql, *valeurs):
        with sous_le_role_du_site(), mur.pour(troupe.demarche.pk), transaction.atomic():
            return executer(sql, valeurs)

    return jouer


# --- The journal --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {JOURNAL} SET libelle = 'Autre chose'",
        f"UPDATE {JOURNAL} SET quand = now() - interval '1 year'",
        f"UPDATE {JOURNAL} SET auteur_id = NULL",
        f"DELETE FROM {JOURNAL}",
        f"TRUNCATE {JOURNAL} CASCADE",
        f"ALTER TABLE {JOURNAL} DISABLE TRIGGER ALL",
        f"DROP TRIGGER journal_inalterable ON {JOURNAL}",
        "ALTER FUNCTION quatuor_journal_inalterable() RENAME TO autre",
        f"ALTER TABLE {JOURNAL} DISABLE ROW LEVEL SECURITY",
        f"DROP POLICY mur ON {JOURNAL}",
        f"DROP TABLE {JOURNAL} CASCADE",
        f"DELETE FROM {MAILLONS}",
        f"TRUNCATE {MAILLONS}",
        f"UPDATE {MAILLONS} SET inscrit_le = now() - interval '1 year'",
        f"UPDATE {MAILLONS} SET reprise = true",
        f"INSERT INTO {MAILLONS} SELECT * FROM {MAILLONS}",
        "SET session_replication_role = replica",
        "CREATE TEMPORARY TABLE collectivites_purgeencours (id int)",
        "CREATE TABLE public.collectivites_autre (id int)",
    ],
)
@pytest.mark.parametrize("purge", [False, True], ids=["", "during a purge"])
def test_the_role_of_the_site_undoes_nothing_of_the_journal(ligne, au_site, sql, purge):
    if purge:
        PurgeEnCours.objects.create()

    with pytest.raises(DatabaseError):
        au_site(sql)

    ligne.refresh_from_db()
    assert ligne.libelle == TEXTE


def test_the_base_dates_the_lines_of_the_site_which_cannot_be_of_another_day(ligne, au_site):
    colonnes = ", ".join(
        champ.column
        for champ in EntreeJournal._meta.concrete_fields
        if champ.name not in {"id", "quand"}
    )
    for jour in ("2019-01-01", "2033-01-01"):
        copie = f"INSERT INTO {JOURNAL} ({colonnes}, quand) SELECT {colonnes}, %s FROM {JOURNAL} WHERE id = %s"
        assert au_site(copie, jour, ligne.pk) == 1

    chainer(ligne.demarche_id)
    for copie in EntreeJournal.objects.exclude(pk=ligne.pk).filter(libelle=TEXTE):
        assert abs(copie.quand - timezone.now()) < timedelta(hours=1)
        assert abs(copie.maillon.inscrit_le - copie.quand) < timedelta(minutes=1)
    assert verifier(ligne.demarche).tient


def test_a_purge_takes_words_away_and_writes_none(ligne, au_site):
    PurgeEnCours.objects.create()
    modifier = f"UPDATE {JOURNAL} SET libelle = %s, motif = %s WHERE id = %s"

    for libelle in ("Réserve levée", "Réserve de Paul levée", f"{EFFACE} refusée"):
        with pytest.raises(DatabaseError):
            au_site(modifier, libelle, "", ligne.pk)
    assert au_site(modifier, f"Réserve de {EFFACE} levée", "", ligne.pk) == 1
    # Cut at its end, in the middle of the word that stands for the others.
    assert au_site(modifier, f"Réserve de {EFFACE}"[:-3], "", ligne.pk) == 1
    assert au_site(f"UPDATE {JOURNAL} SET details = '{{}}' WHERE id = %s", ligne.pk) == 1
    with pytest.raises(DatabaseError):
        au_site(f"UPDATE {JOURNAL} SET details = %s WHERE id = %s", '{"voie": "x"}', ligne.pk)


def test_the_site_chains_what_it_wrote(troupe, role_du_site, ligne):
    with sous_le_role_du_site(), mur.pour(troupe.demarche.pk):
        assert chainer(troupe.demarche.pk) == MaillonJournal.objects.count()
        assert verifier(troupe.demarche).tient


# --- Who a server comes in as --------------------------------------------------------------------


def nouvelle_connexion(**options):
    autre = connection.copy()
    autre.settings_dict = {
        **autre.settings_dict,
        "OPTIONS": {**autre.settings_dict["OPTIONS"], **options},
    }
    return autre


def test_a_server_does_not_start_as_the_owner_of_the_tables(settings, role_du_site):
    settings.ROLE_MODESTE = True
    with transaction.atomic():
        executer("CREATE ROLE quatuor_essais_proprietaire NOLOGIN")
        executer("GRANT quatuor_essais_proprietaire TO CURRENT_USER")
        executer(f"ALTER TABLE {JOURNAL} OWNER TO quatuor_essais_proprietaire")
        executer("SET ROLE quatuor_essais_proprietaire")
        connection.muree = False
        assert connection.au_dessus() == "owns the tables"
        executer("RESET ROLE")
        transaction.set_rollback(True)


def test_nor_as_a_superuser_and_such_a_connection_is_never_used(settings):
    settings.ROLE_MODESTE = True
    toute_puissante = nouvelle_connexion()

    with pytest.raises(ImproperlyConfigured, match="MIGRATIONS_DATABASE_URL"):
        toute_puissante.ensure_connection()

    assert toute_puissante.connection is None


def test_it_starts_under_a_role_of_its_own(settings, role_du_site):
    settings.ROLE_MODESTE = True
    sienne = nouvelle_connexion(assume_role=ROLE)
    try:
        sienne.ensure_connection()
        assert sienne.muree
    finally:
        sienne.close()


def test_a_server_that_knows_the_owner_does_not_start(settings):
    settings.ROLE_DU_SITE = ("quatuor_site", "secret")

    with pytest.raises(ImproperlyConfigured, match="a server does not know it"):
        demarrage.verifier_le_role()


# --- What a transaction says ---------------------------------------------------------------------

A, B = 1_000_001, 1_000_002


def test_the_word_said_ends_with_its_transaction(droits_du_site, transactional_db):
    with sous_le_role_du_site(), mur.partout():
        with transaction.atomic():
            assert executer("SELECT current_setting(%s, true)", [mur.REGLAGE]) == [(mur.PARTOUT,)]
        with connection.cursor() as curseur:
            # As a pooler would lend this connection: asked of the driver, no word is said.
            lu = connection.connection.execute("SELECT current_setting(%s, true)", [mur.REGLAGE])
            assert not (lu.fetchone() or [""])[0]
            curseur.execute("SELECT current_setting(%s, true)", [mur.REGLAGE])
            assert curseur.fetchone() == (mur.PARTOUT,)


def test_a_word_undone_by_a_savepoint_is_said_again(role_du_site):
    reglage = "SELECT current_setting(%s, true)"
    with sous_le_role_du_site(), mur.pour(A):
        executer(reglage, [mur.REGLAGE])
        with transaction.atomic(), mur.pour(B):
            assert executer(reglage, [mur.REGLAGE]) == [(str(B),)]
            transaction.set_rollback(True)
        assert executer(reglage, [mur.REGLAGE]) == [(str(A),)]
        with mur.partout():
            assert executer(reglage, [mur.REGLAGE]) == [(mur.PARTOUT,)]
        assert executer(reglage, [mur.REGLAGE]) == [(str(A),)]


def test_the_role_of_these_tests_is_bound_by_the_policies(role_du_site):
    with sous_le_role_du_site():
        assert executer("SELECT current_user") == [(ROLE,)]
        assert executer(
            "SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user"
        ) == [(False,)]


# --- What belongs to no démarche goes on ------------------------------------------------------------


def test_the_clock_goes_its_whole_round_under_the_role_of_the_site(troupe, role_du_site, ligne):
    with sous_le_role_du_site():
        tours = faire_le_tour()

    assert tours
    assert not [tour.acte.nom for tour in tours if tour.faits is None]
    assert verifier(troupe.demarche).compte >= 1


def test_somebody_is_forgotten_under_the_role_of_the_site(troupe, role_du_site, ligne):
    cadre = troupe.fiche_du_cadre
    assert cadre.nom_complet in TEXTE
    with sous_le_role_du_site(), mur.partout(), transaction.atomic():
        anonymiser(verrouiller(cadre.pk))

    ligne.refresh_from_db()
    assert ligne.libelle == f"Réserve de {EFFACE} levée"
    chainer(troupe.demarche.pk)
    assert verifier(troupe.demarche).tient
    assert not PurgeEnCours.objects.exists()


def test_no_connection_compiles_its_queries(role_du_site):
    assert executer(
        "SELECT setconfig FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase"
        " WHERE d.datname = current_database() AND setrole = 0"
    ) == [(["jit=off"],)]
