"""Why somebody refuses: sealed for them, counted in nobody's name, told by closed batches."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from collectivites.garanties.secret import Illisible
from collectivites.models import EntreeJournal
from opportunites.models import CompteDesRefus, LotDeRefus, Proposition, RaisonDuRefus
from opportunites.propositions.actions import comptes, reponses
from pilotage.indicateurs import refus
from pilotage.indicateurs.protection.arretes import arreter
from tests import fabriques as f

pytestmark = pytest.mark.django_db

M = Proposition.Motif


def instant(*quand: int) -> datetime:
    return timezone.make_aware(datetime(*quand))


def test_neither_the_words_nor_the_reason_are_in_the_base(scene):
    proposition = f.faire_proposition(scene.opportunite, scene.cadre)
    reponses.refuser(
        acteur=scene.troupe.cadre,
        proposition=proposition,
        motif="remuneration",
        commentaire="Mille euros de moins.",
    )

    with connection.cursor() as curseur:
        for table in connection.introspection.table_names(curseur):
            curseur.execute(f'SELECT * FROM "{table}"')
            lignes = repr(curseur.fetchall())
            assert "Mille euros" not in lignes, table
            assert "'remuneration'" not in lignes, table
    assert RaisonDuRefus.objects.get().commentaire == "Mille euros de moins."


def test_only_the_person_sees_that_there_is_a_reason(scene):
    f.faire_proposition(scene.opportunite, scene.cadre, "refusee")
    troupe = scene.troupe

    assert RaisonDuRefus.objects.visibles_par(troupe.cadre).exists()
    for qui in (
        troupe.drh_region,
        troupe.dgs_departement,
        troupe.autre_cadre,
        troupe.accompagnateur,
    ):
        assert not RaisonDuRefus.objects.visibles_par(qui).exists()


def test_moved_to_another_it_does_not_open(scene):
    f.faire_proposition(scene.opportunite, scene.cadre, "refusee")
    autre = f.faire_proposition(
        f.faire_opportunite(scene.troupe.ville), scene.troupe.fiche_de_l_autre_cadre
    )
    RaisonDuRefus.objects.update(proposition=autre)

    with pytest.raises(Illisible):
        _ = RaisonDuRefus.objects.get().motif


def test_the_journal_holds_no_reason(scene):
    proposition = f.faire_proposition(scene.opportunite, scene.cadre)
    reponses.refuser(acteur=scene.troupe.cadre, proposition=proposition, motif="lieu")

    lignes = EntreeJournal.objects.filter(acte__startswith="proposition.")
    assert {(ligne.motif, str(ligne.details)) for ligne in lignes} == {("", "{}")}


def test_taking_it_back_takes_it_out_of_the_count(scene):
    proposition = f.faire_proposition(scene.opportunite, scene.cadre)
    reponses.refuser(acteur=scene.troupe.cadre, proposition=proposition, motif="lieu")
    assert CompteDesRefus.objects.get().lire()["lieu"] == 1

    reponses.annuler_reponse(acteur=scene.troupe.cadre, proposition=proposition)

    assert CompteDesRefus.objects.get().lire()["lieu"] == 0
    assert not RaisonDuRefus.objects.exists()


def test_one_taken_back_after_midnight_leaves_the_quarter_of_the_refusal(scene):
    demarche = scene.troupe.demarche
    comptes.compter(demarche, instant(2027, 3, 31, 23, 50), "lieu")

    comptes.compter(demarche, instant(2027, 3, 31, 23, 50), "lieu", -1)

    assert CompteDesRefus.objects.get().trimestre.month == 1


def refuser(demarche, quand, *motifs):
    for motif in motifs:
        comptes.compter(demarche, quand, motif)


CINQ = ("lieu", "lieu", "contenu", "contenu", "famille")


@pytest.mark.parametrize(
    ("maintenant", "publies"),
    [
        (instant(2027, 3, 31, 23, 59), 0),
        (instant(2027, 4, 1, 23, 59), 0),  # a refusal of the last minute may still be taken back
        (instant(2027, 4, 2, 0, 0), 1),
    ],
)
def test_a_batch_is_published_a_day_after_its_quarter(troupe, maintenant, publies):
    refuser(troupe.demarche, instant(2027, 2, 3), *CINQ)

    assert comptes.publier_les_lots(maintenant) == publies
    assert LotDeRefus.objects.count() == publies
    assert CompteDesRefus.objects.count() == 1 - publies


def test_too_few_wait_for_the_next_quarter(troupe):
    refuser(troupe.demarche, instant(2027, 2, 3), *CINQ[:4])
    assert comptes.publier_les_lots(instant(2027, 5, 1)) == 0

    refuser(troupe.demarche, instant(2027, 5, 3), "autre")
    assert comptes.publier_les_lots(instant(2027, 8, 1)) == 1

    lot = LotDeRefus.objects.get()
    assert (lot.total, f"{lot.du:%m-%d}", f"{lot.au:%m-%d}") == (5, "01-01", "06-30")


def test_five_with_one_reason_would_tell_each_of_the_five(troupe):
    refuser(troupe.demarche, instant(2027, 2, 3), *["remuneration"] * 6)

    assert comptes.publier_les_lots(instant(2027, 5, 1)) == 0


def test_a_higher_threshold_raises_the_batch(troupe):
    troupe.demarche.seuil_secret = 7
    troupe.demarche.save()
    refuser(troupe.demarche, instant(2027, 2, 3), *CINQ, "remuneration")

    assert comptes.publier_les_lots(instant(2027, 5, 1)) == 0


def test_what_the_employers_read_does_not_change_with_one_refusal(scene, client_de):
    """The two readings that gave a reason away: the export before, the export after."""
    troupe = scene.troupe
    quand = timezone.now() - timedelta(days=200)
    refuser(troupe.demarche, quand, *CINQ, "remuneration")
    assert comptes.publier_les_lots() == 1
    client = client_de(troupe.drh_region)

    def lire(jour):
        arreter(acteur=troupe.dgs_region, jour=jour)
        page = client.get("/pilotage/indicateurs.csv").content.decode()
        return [ligne for ligne in page.splitlines() if ligne.startswith("Refus")]

    jour = timezone.localdate()
    avant = lire(jour - timedelta(days=1))
    proposition = f.faire_proposition(scene.opportunite, scene.cadre)
    reponses.refuser(acteur=troupe.cadre, proposition=proposition, motif="remuneration")
    comptes.publier_les_lots()

    assert lire(jour) == avant
    assert len(avant) > 1


def test_before_the_first_batch_nothing_is_told(scene):
    f.faire_proposition(scene.opportunite, scene.cadre, "refusee")

    assert refus.lire(scene.troupe.demarche).total is None
