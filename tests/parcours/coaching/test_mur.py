"""The wall, proved: what coach and cadre write comes out nowhere else.

`tests/acces/test_matrice.py` walks every address × every role with the same secrets, exports included.
Here: the pages that search, journal, logs, mails, the admin, fixtures, and the database itself.
"""

import io
import json
import logging

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.management import call_command
from django.db import connection

from collectivites.models import Courriel, EntreeJournal
from parcours.models import Bilan, NoteCoaching, Objectif, Synthese
from parcours.models.scelle import TexteScelle
from tests.acces.adresses import adresses
from tests.acces.matrice import PERSONAS, contenu, lire
from tests.acces.scene import (
    LES_DEUX,
    MOTS_DU_BILAN,
    NOTE,
    OBJECTIF,
    SYNTHESE,
    monter,
)
from tests.troupe import reunir_la_troupe

SECRETS = (NOTE, OBJECTIF, SYNTHESE, MOTS_DU_BILAN)
#: Words of the notes: somebody who guesses them finds nobody.
INDICES = ("doute", "service", "Brouillon", "réunions")


pytestmark = [pytest.mark.django_db, pytest.mark.toutes_les_pages]


@pytest.fixture(scope="module")
def troupe(decor, django_db_blocker):
    with django_db_blocker.unblock():
        return reunir_la_troupe()


@pytest.fixture(scope="module")
def scene(troupe, django_db_blocker):
    with django_db_blocker.unblock():
        return monter(troupe)


def montre(texte):
    return [secret for secret in SECRETS if secret in texte]


def ouvertes(persona):
    """The addresses that answer 200 to this persona."""
    attendu = lire()
    return [
        (nom, adresse)
        for nom, adresse in adresses().items()
        if attendu.get((nom, "GET"), {}).get(persona) == "200"
    ]


# --- Pages, exports, search ---------------------------------------------------------------------


def cherche(client, chemin):
    """Whether one can search there: a page with its field, or a file, which may follow one's filters."""
    texte = contenu(client.get(chemin))
    return "<main" not in texte or 'name="q"' in texte


@pytest.mark.parametrize(
    "persona",
    [
        *("dgs", "drh"),
        *(
            pytest.param(p, marks=pytest.mark.lourd)
            for p in ("gestionnaire", "autre_acc", "autre_cadre")
        ),
    ],
)
def test_no_search_finds_a_note_nor_the_person_by_it(
    persona, troupe, scene, client_de, monkeypatch
):
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())
    client, cherchees = client_de(getattr(troupe, PERSONAS[persona])), 0
    for nom, adresse in ouvertes(persona):
        if adresse.parametres or not adresse.est_a_nous or not cherche(client, adresse.chemin()):
            continue
        cherchees += 1
        for indice in INDICES:
            texte = contenu(client.get(adresse.chemin(), {"q": indice}))
            assert not montre(texte), f"{nom} ?q={indice}"
    assert cherchees > 5
    registre = client_de(troupe.drh_departement).get("/registre/", {"q": "doute"}).text
    assert troupe.fiche_du_cadre.nom not in registre


def test_the_two_read_all_of_it(troupe, scene, client_de):
    """Or else the silence elsewhere would prove nothing."""
    moi = client_de(troupe.cadre)
    lui = client_de(troupe.accompagnateur)
    miennes = moi.get("/mon-accompagnement/").text + moi.get("/mon-bilan/").text
    siennes = (
        lui.get(f"/mes-accompagnements/{troupe.fiche_du_cadre.pk}/").text
        + lui.get(f"/inscriptions/{scene.inscription.pk}/bilan/").text
    )

    assert montre(miennes) == list(SECRETS)
    assert montre(siennes) == list(SECRETS)


def test_the_person_finds_it_in_their_own_download(troupe, scene, client_de):
    texte = json.dumps(
        client_de(troupe.cadre).get("/mes-donnees/telecharger/").json(), ensure_ascii=False
    )

    assert montre(texte) == list(SECRETS)


@pytest.mark.parametrize("persona", sorted(PERSONAS))
def test_the_query_itself_gives_nothing_to_anybody_else(persona, troupe, scene):
    acteur = getattr(troupe, PERSONAS[persona] or "cadre")
    if persona in LES_DEUX or not hasattr(acteur, "mandat") or PERSONAS[persona] is None:
        return
    for modele in (NoteCoaching, Objectif, Synthese):
        lus = modele.objects.visibles_par(acteur).filter(
            accompagnement__cadre=troupe.fiche_du_cadre
        )
        assert not lus.exists(), modele
    assert not Bilan.objects.visibles_par(acteur).filter(inscription=scene.inscription).exists()


# --- Journal, mails, logs -----------------------------------------------------------------------


def vivre(troupe, scene, client_de):
    """Everything that can be done behind the wall, through the pages."""
    pk = troupe.fiche_du_cadre.pk
    for acteur in (troupe.accompagnateur, troupe.cadre):
        client = client_de(acteur)
        client.post(f"/accompagnements/{pk}/note/", {"texte": NOTE})
        client.post(f"/accompagnements/{pk}/objectif/", {"texte": OBJECTIF})
        revision = Synthese.objects.get(pk=scene.coaching.synthese.pk).revision
        client.post(f"/accompagnements/{pk}/synthese/", {"texte": SYNTHESE, "revision": revision})
    client.post("/mon-bilan/", {"texte": MOTS_DU_BILAN, "maturite": "pret", "remettre": "1"})
    revision = Synthese.objects.get(pk=scene.coaching.synthese.pk).revision
    publiee = client.post(
        f"/syntheses/{scene.coaching.synthese.pk}/publier/", {"revision": revision}
    )
    assert publiee.status_code == 302
    assert Synthese.objects.get(pk=scene.coaching.synthese.pk).publiee_le
    coach = client_de(troupe.accompagnateur)
    coach.post(f"/notes/{scene.coaching.note.pk}/", {"texte": NOTE})
    coach.post(f"/coaching/{scene.coaching.rendez_vous_passe.pk}/presence/", {"presence": "faite"})
    coach.post(f"/coaching/{scene.coaching.rendez_vous.pk}/annuler/")
    client_de(troupe.drh_departement).post(
        f"/registre/{pk}/confier/", {"accompagnateur": troupe.autre_accompagnateur.mandat.pk}
    )
    client_de(troupe.cadre).get("/mon-accompagnement/")


def test_neither_journal_nor_mail_nor_log_holds_a_word_of_it(
    troupe, scene, client_de, caplog, settings, django_capture_on_commit_callbacks
):
    settings.DEBUG = True  # with the log of the SQL, parameters included
    # Before the loggers are opened: what Celery says once a process is not a trace of this story.
    from mobility.celery import app

    app.finalize()
    # The suite keeps Django's own loggers quiet, where these traces would be: open them wide.
    for nom in ("", "django", "django.db.backends"):
        caplog.set_level(logging.DEBUG, logger=nom)
    with django_capture_on_commit_callbacks(execute=True):
        vivre(troupe, scene, client_de)

    journal = [f"{e.libelle} {e.motif} {e.details}" for e in EntreeJournal.objects.all()]
    courriels = [f"{c.objet} {c.corps}" for c in Courriel.objects.all()]
    sorties = [f"{m.subject} {m.body}" for m in mail.outbox]
    lignes = [f"{ligne.getMessage()} {ligne.args}" for ligne in caplog.records]
    for traces in (journal, courriels, sorties, lignes):
        assert traces, "there is something to look into"
        assert not montre("\n".join(map(str, traces)))
    # The log was really open: it quotes the very statement that wrote a note.
    assert any('INSERT INTO "parcours_notecoaching"' in ligne for ligne in lignes)


def test_an_error_report_does_not_quote_the_form(troupe, scene, client_de, monkeypatch):
    """Django's own report of a crash, mailed or shown with DEBUG."""
    from django.views.debug import ExceptionReporter

    from parcours.coaching.actions import ecrits

    rapports = []

    def tomber(**_):
        raise RuntimeError("panne")

    monkeypatch.setattr(ecrits, "ecrire_note", tomber)
    client = client_de(troupe.cadre, raise_request_exception=False)

    def rapporter(sender, request, **_):
        import sys

        rapports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_data())

    from django.core.signals import got_request_exception

    got_request_exception.connect(rapporter)
    client.post(f"/accompagnements/{troupe.fiche_du_cadre.pk}/note/", {"texte": NOTE})
    got_request_exception.disconnect(rapporter)

    assert len(rapports) == 1
    assert NOTE not in str(dict(rapports[0]["filtered_POST_items"]))


# --- Admin, fixtures, database ------------------------------------------------------------------


def test_the_admin_knows_none_of_it(troupe, scene, client_de):
    scelles = {modele for modele in apps.get_models() if issubclass(modele, TexteScelle)}
    assert {NoteCoaching, Objectif, Synthese, Bilan} <= scelles
    assert not scelles & set(admin.site._registry)

    client = client_de(troupe.operateur)
    for modele in admin.site._registry:
        base = f"/admin/{modele._meta.app_label}/{modele._meta.model_name}/"
        pages = [base, *(f"{base}{pk}/change/" for pk in modele.objects.values_list("pk")[:3])]
        for page in pages:
            assert not montre(contenu(client.get(page, follow=True))), page
    assert not LogEntry.objects.exists()


def test_a_fixture_of_the_whole_database_shows_none_of_it(troupe, scene):
    sortie = io.StringIO()
    call_command("dumpdata", stdout=sortie)

    assert "parcours.notecoaching" in sortie.getvalue()
    assert not montre(json.dumps(json.loads(sortie.getvalue()), ensure_ascii=False))


def test_no_text_column_of_the_database_shows_it(troupe, scene, client_de):
    """Every column of every table, read by raw SQL, on both databases."""
    vivre(troupe, scene, client_de)
    vues = 0
    with connection.cursor() as curseur:
        for table in connection.introspection.table_names(curseur):
            curseur.execute(f'SELECT * FROM "{table}"')
            for ligne in curseur.fetchall():
                vues += 1
                valeurs = " ".join(
                    bytes(v).decode(errors="ignore")
                    if isinstance(v, bytes | memoryview)
                    else str(v)
                    for v in ligne
                )
                assert not montre(valeurs), table
    assert vues > 100


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the bytes of an SQLite file")
def test_no_byte_of_the_database_file_shows_it(troupe, scene, client_de):
    """The whole file, free pages and deleted rows included."""
    vivre(troupe, scene, client_de)
    NoteCoaching.objects.filter(auteur=troupe.cadre.utilisateur).delete()
    octets = connection.connection.serialize()

    assert "Aubrémont".encode() in octets or troupe.fiche_du_cadre.nom.encode() in octets
    assert not [s for s in SECRETS if s.encode() in octets]
    assert b"gAAAA" in octets
