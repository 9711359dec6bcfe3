"""A démarche that travels: all of it comes, under keys of its new house, and its neighbours do not notice."""

from collections import Counter

import pytest
from cryptography.fernet import Fernet
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from collectivites.chaine.verification import verifier
from collectivites.garanties import mur, secret
from collectivites.garanties.politiques import voies
from collectivites.models import Demarche, EntreeJournal, Mandat, Utilisateur
from collectivites.mots import Actes
from collectivites.travaux.sauvegardes.archive import Illisible, nouvelle_cle
from collectivites.travaux.sauvegardes.voyages import arrivee, depart
from collectivites.travaux.sauvegardes.voyages.references import SANS_CLE, TRADUITES
from collectivites.travaux.sauvegardes.voyages.tables import RESTENT, champs, lignes, modeles
from parcours.models import NoteCoaching
from tests.acces.scene import monter
from tests.outils.site import sous_le_role_du_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(troupe, settings, tmp_path):
    settings.VAR, settings.MEDIA_ROOT = tmp_path / "var", tmp_path / "depots"
    return monter(troupe)


@pytest.fixture
def cle(tmp_path):
    publique = nouvelle_cle(tmp_path / "cle.txt")
    return (tmp_path / "cle.txt").read_text().splitlines(), publique


@pytest.fixture
def archive(scene, troupe, cle, tmp_path):
    chemin, _ = depart.exporter(troupe.demarche, tmp_path / "parties", [cle[1]])
    return chemin


def toutes_les_lignes():
    """Table → its rows, whosever they are."""
    with connection.cursor() as curseur:
        tables = connection.introspection.table_names(curseur)
        lues = {}
        for table in sorted({*tables} - {"sqlite_sequence"}):
            curseur.execute(f'SELECT * FROM "{table}"')
            lues[table] = Counter(map(repr, curseur.fetchall()))
    return lues


def cles_de(modele):
    return {c.attname for c in champs(modele) if c.unique or c.is_relation}


def sans_les_cles(modele, demarche_id):
    """What the rows say, but for who is who."""
    tus = cles_de(modele) | {"scelle", "code", "sel", "empreinte", "engagement", "oubli", "numero"}
    tus |= {"reprise", "objet_id", "cadre_ref"} | {
        nom.rsplit(".", 1)[1] for nom in TRADUITES if nom.startswith(f"{modele._meta.label}.")
    }
    tus |= {c.attname for c in champs(modele) if isinstance(c, models.FileField)}
    return Counter(
        repr(
            {
                cle: bytes(v) if isinstance(v, memoryview) else v
                for cle, v in ligne.items()
                if cle not in tus
            }
        )
        for ligne in lignes(modele, demarche_id)
    )


def test_everything_comes_and_nobody_else_is_touched(scene, troupe, archive, cle, client_de):
    avant = toutes_les_lignes()
    personnes = Utilisateur.objects.count()

    arrivee.importer(archive, cle[0], code="demenagee")

    apres = toutes_les_lignes()
    changees = {table: lues - apres[table] for table, lues in avant.items()}
    assert {table: lues for table, lues in changees.items() if lues} == {}
    nouvelle = Demarche.objects.get(code="demenagee")
    notre = {m._meta.label: len([*lignes(m, troupe.demarche.pk)]) for m in modeles()}
    assert len([label for label, combien in notre.items() if combien]) > 60
    for modele in modeles():
        if not modele._meta.label.endswith("Journal"):
            assert sans_les_cles(modele, nouvelle.pk) == sans_les_cles(modele, troupe.demarche.pk)
    assert Utilisateur.objects.count() == personnes
    _tout_est_a_elle(nouvelle)
    _le_journal_se_tient(troupe.demarche, nouvelle)
    _les_textes_s_ouvrent(troupe.demarche, nouvelle)
    _les_pages_s_ouvrent(troupe, nouvelle, client_de)


def _tout_est_a_elle(nouvelle):
    """No key of its rows leads into another démarche."""
    siennes = {
        modele: {ligne[modele._meta.pk.attname] for ligne in lignes(modele, nouvelle.pk)}
        for modele in modeles()
    }
    for modele in modeles():
        for champ in champs(modele):
            if champ.is_relation and champ.related_model in siennes:
                menent = {ligne[champ.attname] for ligne in lignes(modele, nouvelle.pk)} - {None}
                assert menent <= siennes[champ.related_model], champ


def _le_journal_se_tient(ancienne, nouvelle):
    verdict = verifier(nouvelle)
    assert (verdict.ruptures, verdict.compte) == ([], verifier(ancienne).compte + 1)
    derniere = EntreeJournal.objects.filter(demarche=nouvelle).latest("pk")
    assert (derniere.acte, derniere.auteur) == (Actes.DEMARCHE_ARRIVEE, None)
    dates = EntreeJournal.objects.filter(demarche=ancienne).values_list("quand", flat=True)
    assert set(dates) <= {
        *EntreeJournal.objects.filter(demarche=nouvelle).values_list("quand", flat=True)
    }
    with pytest.raises(IntegrityError, match="journal_inalterable"), transaction.atomic():
        EntreeJournal.objects.filter(pk=derniere.pk).update(motif="récrit")


def _les_textes_s_ouvrent(ancienne, nouvelle):
    scelles = [m for m in modeles() if any(c.name == "scelle" for c in champs(m))]
    assert len(scelles) >= 6
    for modele in scelles:
        textes = [
            Counter(
                m.texte
                for m in modele._base_manager.filter(
                    pk__in=[li["id"] for li in lignes(modele, d.pk)]
                )
            )
            for d in (ancienne, nouvelle)
        ]
        assert textes[0] == textes[1]
    assert NoteCoaching.objects.exclude(scelle="").exists()


def _les_pages_s_ouvrent(troupe, nouvelle, client_de):
    from collectivites.acteurs.acteur import Acteur

    for ancien in (troupe.drh_departement, troupe.dgs_region, troupe.cadre, troupe.accompagnateur):
        mandat = Mandat.objects.get(
            utilisateur=ancien.utilisateur,
            role=ancien.role,
            collectivite__demarche=nouvelle,
            collectivite__code=ancien.collectivite.code,
        )
        client = client_de(Acteur(mandat=mandat))
        assert client.get("/").status_code == 200
        if ancien.role in {"dgs", "drh"}:
            pages = ["/registre/", "/journal/", "/pilotage/", "/registre/exporter/?format=csv"]
            assert [client.get(page).status_code for page in pages] == [200] * 4


def test_documents_come_under_names_of_their_own_and_go_again_if_the_demarche_does_not_stay(
    scene, troupe, archive, cle, settings
):
    deposes = {nom for nom, _ in default_storage.inventaire()}
    cles, settings.QUATUOR_CLES_COACHING = (
        settings.QUATUOR_CLES_COACHING,
        [Fernet.generate_key().decode()],
    )

    with pytest.raises(Illisible, match="QUATUOR_CLE_COACHING=la-vôtre,la-leur"):
        arrivee.importer(archive, cle[0], code="demenagee")
    assert {nom for nom, _ in default_storage.inventaire()} == deposes
    assert not Demarche.objects.filter(code="demenagee").exists()

    # With their key behind ours, for this command alone; then ours opens them by itself.
    settings.QUATUOR_CLES_COACHING = [settings.QUATUOR_CLES_COACHING[0], *cles]
    arrivee.importer(archive, cle[0], code="demenagee")
    settings.QUATUOR_CLES_COACHING = settings.QUATUOR_CLES_COACHING[:1]
    nouvelle = Demarche.objects.get(code="demenagee")
    notes = NoteCoaching.objects.filter(accompagnement__cadre__demarche=nouvelle).exclude(scelle="")
    assert all(note.texte for note in notes)
    with pytest.raises(secret.Illisible):
        _ = NoteCoaching.objects.exclude(pk__in=notes).exclude(scelle="").first().texte

    nouveaux = {nom for nom, _ in default_storage.inventaire()} - deposes
    nommes = {
        ligne[c.attname]
        for modele in modeles()
        for c in champs(modele)
        if isinstance(c, models.FileField)
        for ligne in lignes(modele, nouvelle.pk)
    } - {""}
    assert nouveaux
    assert nouveaux <= nommes
    assert not nommes & deposes


def test_whoever_has_no_account_here_waits_for_an_invitation(scene, troupe, archive, cle):
    """As in another installation, where one person of the démarche is known under that address."""
    connu = troupe.drh_departement.utilisateur
    for personne in Utilisateur.objects.exclude(pk=connu.pk):
        Utilisateur.objects.filter(pk=personne.pk).update(email=f"autre-{personne.email}")
    connu.set_password("le sien, qui reste le sien")
    connu.save()

    arrivee.importer(archive, cle[0], code="demenagee")

    mandats = Mandat.objects.filter(collectivite__demarche__code="demenagee")
    assert mandats.filter(utilisateur=connu).exists()
    autres = {
        m.utilisateur for m in mandats.exclude(utilisateur=connu).select_related("utilisateur")
    }
    assert len(autres) > 10
    assert not any(p.has_usable_password() or p.is_staff or p.is_superuser for p in autres)
    connu.refresh_from_db()
    assert connu.check_password("le sien, qui reste le sien")


def test_the_commands_refuse_what_would_not_be_whole(
    scene, troupe, archive, cle, tmp_path, monkeypatch, capsys
):
    avant = toutes_les_lignes()
    fichier = tmp_path / "cle.txt"

    with pytest.raises(CommandError, match="est déjà ici : elle ne s’importe pas deux fois"):
        call_command("importer_demarche", archive, cle=fichier)
    with monkeypatch.context() as change:
        change.setattr(arrivee, "migrations", lambda: {**depart.migrations(), "cadres": "0099_x"})
        with pytest.raises(
            CommandError, match=r"autre version de Quatuor \(cadres .* au lieu de 0099_x"
        ):
            call_command("importer_demarche", archive, cle=fichier, code="b")
    coupee = tmp_path / "coupee.tar.gz.age"
    coupee.write_bytes(archive.read_bytes()[:-100])
    with pytest.raises(CommandError, match="ne s’ouvre pas"):
        call_command("importer_demarche", coupee, cle=fichier, code="b")
    with pytest.raises(CommandError, match=r"n’a le code « nulle-part »\. Il y a : "):
        call_command("exporter_demarche", "nulle-part", tmp_path)
    assert toutes_les_lignes() == avant

    call_command("importer_demarche", archive, cle=fichier, code="b")
    assert "sous le code « b »" in capsys.readouterr().out.replace("\xa0", " ")


def test_a_journal_that_does_not_verify_does_not_travel(scene, troupe, cle, tmp_path, monkeypatch):
    monkeypatch.setattr(depart, "verifier", lambda _: verifie)
    verifie = type(
        "V", (), {"tient": False, "ruptures": ["La ligne 3 a été supprimée."], "dates": []}
    )

    with pytest.raises(Illisible, match=r"La ligne 3 a été supprimée\. Rien n’est écrit"):
        depart.exporter(troupe.demarche, tmp_path / "parties", [cle[1]])
    assert not list((tmp_path / "parties").iterdir())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="roles of PostgreSQL")
def test_the_role_of_the_site_imports_nothing(scene, archive, cle, role_du_site):
    with (
        pytest.raises(Illisible, match="MIGRATIONS_DATABASE_URL"),
        transaction.atomic(),
        sous_le_role_du_site(),
        mur.partout(),
    ):
        arrivee.importer(archive, cle[0], code="demenagee")


# --- A new field -----------------------------------------------------------------------------------


def test_each_field_that_may_hold_a_key_says_what_becomes_of_it():
    """JSON, bytes, and what is named as a key without being one: in TRADUITES or in SANS_CLE."""
    douteux = {
        f"{modele._meta.label}.{champ.name}"
        for modele in modeles()
        for champ in champs(modele)
        if isinstance(champ, models.JSONField | models.BinaryField)
        or (not champ.is_relation and champ.name.endswith(("_id", "_ref", "parametres")))
    }

    assert douteux == {*TRADUITES} | SANS_CLE
    assert not {*TRADUITES} & SANS_CLE


def test_what_stays_behind_is_needed_by_nothing_that_travels():
    labels = {modele._meta.label for modele in voies()}
    assert {*RESTENT} <= labels
    for modele in modeles():
        for champ in champs(modele):
            if champ.is_relation and champ.related_model._meta.label in RESTENT:
                assert champ.null, champ
