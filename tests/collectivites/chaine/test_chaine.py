"""The chain of the journal: what a rewriting leaves to be seen, and what a purge does not break."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cadres.donnees_personnelles.effacement import anonymiser
from cadres.fiche.verrous import verrouiller
from collectivites.chaine import calcul
from collectivites.chaine.maillons import chainer, chainer_partout, reprendre
from collectivites.chaine.verification import Empreinte, empreinte_du_journal, lire, verifier
from collectivites.journal import journaliser
from collectivites.models import EntreeJournal, MaillonJournal, PurgeEnCours
from collectivites.mots import Actes
from tests import fabriques

DEMAIN = timezone.timedelta(days=1)


def decider(acteur, libelle="Décision d’essai", **champs):
    return journaliser(
        acteur=acteur,
        acte=Actes.DELEGATION_DONNEE,
        libelle=libelle,
        objet=acteur.mandat,
        collectivite=acteur.collectivite,
        **champs,
    )


def ruptures(demarche, papier=None):
    return [texte.replace("\u00a0", " ") for texte in verifier(demarche, papier).ruptures]


@pytest.fixture
def chaine(troupe, django_capture_on_commit_callbacks):
    """Five lines, chained as they are written; the head of the day."""
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(5):
            decider(troupe.dgs_ville, f"Décision {n}", motif="Parce que.", details={"n": n})
    return troupe.demarche


@pytest.fixture
def papier(chaine):
    return empreinte_du_journal(chaine, avant=timezone.now() + DEMAIN)


class SansGarde:
    """What somebody does who holds the database: the guards are lifted, nothing more is needed."""

    def __enter__(self):
        self.purge = PurgeEnCours.objects.create()

    def __exit__(self, *_):
        self.purge.delete()


def test_each_line_is_chained_after_the_one_before_once_the_act_is_committed(chaine):
    maillons = list(MaillonJournal.objects.filter(demarche=chaine).order_by("numero"))

    assert [m.numero for m in maillons] == [1, 2, 3, 4, 5]
    assert len({m.empreinte for m in maillons} | {m.sel for m in maillons}) == 10
    verdict = verifier(chaine)
    assert (verdict.compte, verdict.ruptures) == (5, [])
    assert verdict.tete == calcul.imprimer(maillons[-1].empreinte)


def test_a_line_waits_for_the_end_of_its_act(troupe):
    ligne = decider(troupe.dgs_ville)

    assert ligne.maillon.numero is None
    assert len(ligne.maillon.sel) == 32
    assert ruptures(troupe.demarche) == []

    assert chainer_partout() == 1
    assert chainer(troupe.demarche.pk) == 0
    ligne.maillon.refresh_from_db()
    assert ligne.maillon.numero == 1


def test_each_demarche_has_a_chain_of_its_own(chaine, troupe):
    decider(troupe.etranger_dgs)
    chainer_partout()

    assert verifier(troupe.autre_demarche).compte == 1
    assert verifier(chaine).compte == 5


@pytest.mark.parametrize(
    "champs",
    [
        {"libelle": "Une autre décision"},
        {"motif": "Pour une autre raison."},
        {"details": {"n": 99}},
        {"acte": "cadre.retenu"},
        {"auteur": None},
        {"cadre_ref": 1},
        {"role": "drh"},
    ],
    ids=lambda champs: next(iter(champs)),
)
def test_a_line_edited_in_the_middle_is_found(chaine, champs):
    troisieme = MaillonJournal.objects.get(demarche=chaine, numero=3).entree_id
    with SansGarde():
        EntreeJournal.objects.filter(pk=troisieme).update(**champs)

    trouvees = ruptures(chaine)

    assert len(trouvees) == 1
    assert "ligne 3" in trouvees[0]


def test_a_rewriting_does_not_pass_for_a_purge(chaine):
    """Without the key, dropping the salt is not enough."""
    maillon = MaillonJournal.objects.get(demarche=chaine, numero=3)
    with SansGarde():
        EntreeJournal.objects.filter(pk=maillon.entree_id).update(libelle="Autre chose")
        maillon.sel = ""
        maillon.oubli = calcul.engager_l_oubli("une autre clé", maillon, maillon.entree)
        maillon.save()

    assert ruptures(chaine) == ["Le texte de la ligne 3 n’est pas celui qui a été écrit."]


def test_a_tail_torn_out_shows_by_its_links_and_by_the_paper_when_they_go_too(chaine, papier):
    queue = MaillonJournal.objects.filter(demarche=chaine, numero__gt=3)
    pks = list(queue.values_list("entree_id", flat=True))
    with SansGarde():
        EntreeJournal.objects.filter(pk__in=pks).delete()
    assert ruptures(chaine) == [
        "La ligne 4 a été supprimée.",
        "La ligne 5 a été supprimée.",
    ]

    with SansGarde():
        MaillonJournal.objects.filter(entree__in=pks).delete()
    assert ruptures(chaine) == []
    assert ruptures(chaine, papier) == [
        "Le document compte 5 lignes, le journal 3 : sa fin a été supprimée."
    ]


def test_a_tail_torn_out_and_written_anew_is_not_that_of_the_paper(chaine, papier, troupe):
    pks = list(MaillonJournal.objects.filter(numero__gt=4).values_list("entree_id", flat=True))
    with SansGarde():
        EntreeJournal.objects.filter(pk__in=pks).delete()
        MaillonJournal.objects.filter(entree__in=pks).delete()
    decider(troupe.dgs_ville, "Une fin plus commode")
    chainer_partout()

    assert ruptures(chaine) == []
    assert "récrit" in ruptures(chaine, papier)[0]


def test_a_chain_computed_again_without_the_key_is_found_from_its_first_line(chaine, settings):
    vraies = settings.QUATUOR_CLES_JOURNAL
    with SansGarde():
        EntreeJournal.objects.filter(libelle="Décision 2").update(libelle="Autre chose")
        MaillonJournal.objects.update(numero=None, engagement="", empreinte="")
    settings.QUATUOR_CLES_JOURNAL = ["devinée"]
    chainer_partout()
    assert ruptures(chaine) == []

    settings.QUATUOR_CLES_JOURNAL = vraies
    trouvees = ruptures(chaine)

    assert trouvees[:2] == [
        "Le texte de la ligne 1 n’est pas celui qui a été écrit.",
        "La ligne 1 ne suit pas la précédente, ou a été modifiée.",
    ]
    assert len(trouvees) == 10


def test_all_rows_deleted_is_found_by_the_paper(chaine, papier):
    with SansGarde():
        EntreeJournal.objects.all().delete()
        MaillonJournal.objects.all().delete()

    assert verifier(chaine).compte == 0
    assert ruptures(chaine, papier) == [
        "Le document compte 5 lignes, le journal 0 : sa fin a été supprimée."
    ]


def test_a_line_in_the_middle_that_goes_with_its_link_leaves_a_hole(chaine):
    maillon = MaillonJournal.objects.get(demarche=chaine, numero=3)
    with SansGarde():
        EntreeJournal.objects.filter(pk=maillon.entree_id).delete()
        MaillonJournal.objects.filter(pk=maillon.pk).delete()

    assert ruptures(chaine)[0] == "Il manque 1 ligne avant la ligne 4."


def test_a_line_slipped_in_without_its_link_is_found(chaine, troupe):
    ligne = decider(troupe.dgs_ville)
    with SansGarde():
        MaillonJournal.objects.filter(entree=ligne.pk).delete()

    assert ruptures(chaine) == ["Hors de la chaîne : 1 ligne."]


def test_a_backdated_line_is_found_by_the_clock_of_the_database(chaine, troupe):
    EntreeJournal.objects.create(
        demarche=chaine, acte="x", libelle="Antidatée", quand=timezone.now() - 30 * DEMAIN
    )
    chainer_partout()

    dates = verifier(chaine).dates

    assert [d for d in dates if d.startswith("La ligne 6 porte la date du ")]


def test_lines_taken_over_from_a_past_are_chained_and_their_dates_not_vouched_for(troupe):
    EntreeJournal.objects.create(
        demarche=troupe.demarche, acte="x", libelle="Jadis", quand=timezone.now() - 300 * DEMAIN
    )
    reprendre(troupe.demarche)

    verdict = verifier(troupe.demarche)
    assert (verdict.compte, verdict.ruptures, verdict.dates) == (1, [], [])
    # Printed from the very first day: they tell of days that are over.
    assert empreinte_du_journal(troupe.demarche).compte == 1


def test_forgetting_a_person_breaks_nothing(troupe):
    """The texts that named them go, with their salt; the chain, and a former paper, still verify."""
    cadre = troupe.fiche_du_cadre
    mienne = decider(troupe.dgs_departement, "Cadre retenu", motif="Mûr.", cadre_ref=cadre.pk)
    cite = decider(troupe.dgs_departement, f"Lettre à {cadre.nom_complet} signée")
    autre = decider(troupe.dgs_ville, "Tout autre chose")
    chainer_partout()
    papier = empreinte_du_journal(troupe.demarche, avant=timezone.now() + DEMAIN)
    sels = {m.pk: m.sel for m in MaillonJournal.objects.all()}

    with transaction.atomic():
        anonymiser(verrouiller(cadre.pk))
    chainer_partout()

    for ligne in (mienne, cite):
        ligne.refresh_from_db()
        ligne.maillon.refresh_from_db()
        assert ligne.maillon.sel == ""
    assert (mienne.motif, cadre.nom in cite.libelle) == ("", False)
    assert autre.maillon.sel == sels[autre.pk]
    assert ruptures(troupe.demarche, papier) == []
    with SansGarde():
        EntreeJournal.objects.filter(pk=mienne.pk).update(motif="Un motif prêté après coup")
    assert len(ruptures(troupe.demarche)) == 1


@pytest.mark.parametrize(
    "geste",
    [
        lambda m: MaillonJournal.objects.filter(pk=m.pk).update(empreinte="0" * 64),
        lambda m: MaillonJournal.objects.filter(pk=m.pk).update(sel=""),
        lambda m: MaillonJournal.objects.filter(pk=m.pk).delete(),
    ],
)
def test_a_link_that_has_its_place_is_neither_changed_nor_deleted(chaine, geste):
    with pytest.raises(IntegrityError, match="journal_inalterable"), transaction.atomic():
        geste(MaillonJournal.objects.get(demarche=chaine, numero=3))


@pytest.mark.services  # SQLite has no TRUNCATE
@pytest.mark.parametrize("table", ["entreejournal", "maillonjournal"])
def test_the_journal_is_not_truncated(chaine, table):
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises(IntegrityError, match="journal_inalterable"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(f"TRUNCATE collectivites_{table} CASCADE")


# --- What is printed --------------------------------------------------------------------------


def test_the_printed_head_is_that_of_midnight_and_reads_back(chaine, papier):
    assert empreinte_du_journal(chaine) == Empreinte("", 0, None)
    assert str(empreinte_du_journal(chaine)) == "aucune ligne"
    assert papier.compte == 5
    assert lire(str(papier)) == papier
    assert ruptures(chaine, papier) == []


@pytest.mark.parametrize(
    "texte", ["", "aucune ligne", "a1b2-c3d4 x 30/11/2026", "a1b2-c3d4 5 31/11/2026"]
)
def test_what_is_no_head_is_told(texte):
    assert lire(texte) is None


def test_the_wrong_date_on_a_paper_is_found(chaine, papier):
    autre = Empreinte(papier.tete, papier.compte, fabriques.dans(-400))
    assert "date" in ruptures(chaine, autre)[0]


# --- The command ------------------------------------------------------------------------------


def lancer(*arguments):
    dit, crie = io.StringIO(), io.StringIO()
    try:
        call_command("verifier_journal", *arguments, stdout=dit, stderr=crie)
    except CommandError as erreur:
        return erreur.returncode, crie.getvalue() + str(erreur)
    return 0, dit.getvalue().replace("\u00a0", " ")


def test_the_command_says_that_the_journal_holds(chaine, papier, monkeypatch):
    monkeypatch.setattr("collectivites.chaine.verification.ECART_DES_DATES", 5000 * DEMAIN)
    code, texte = lancer("--contre", str(papier), "--demarche", str(chaine.pk))
    assert code == 0
    assert "5 lignes" in texte
    assert "suit le document" in texte


def test_the_command_fails_and_says_which_line(chaine):
    with SansGarde():
        EntreeJournal.objects.filter(libelle="Décision 1").update(libelle="Autre chose")
    code, texte = lancer()
    assert code == 1
    assert "ligne 2" in texte


@pytest.mark.parametrize(
    ("arguments", "mot"),
    [
        (["--contre", "n’importe quoi"], "se lit"),
        (["--contre", "a1b2-c3d4-e5f6-a7b8 5 30/11/2026"], "plusieurs démarches"),
        (["--demarche", "99999"], "Aucune démarche"),
    ],
)
def test_the_command_tells_what_it_cannot_read(troupe, arguments, mot):
    code, texte = lancer(*arguments)
    assert code == 2
    assert mot in texte
