"""Two DGS at the same gate, and at the same promotion behind it: it is passed once, opened once."""

import pytest

from collectivites.models import Courriel, EntreeJournal
from parcours.models import Promotion
from parcours.programme.actions.promotions import ouvrir_promotion
from pilotage.cadrage.elus import actions as elus
from pilotage.cadrage.jalons import actions
from pilotage.models import AccordElus, ActionCommunication, PassageJalon
from pilotage.mots import Jalon
from tests import fabriques as f
from tests.courses.depart import courir

pytestmark = [pytest.mark.course, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dgs(troupe):
    return [troupe.dgs_departement, troupe.dgs_region, troupe.dgs_ville]


@pytest.fixture
def lancement(troupe, dgs):
    """All that the launch asks for, and nobody has passed it yet."""
    f.fermer_les_jalons(troupe.demarche)
    for collectivite in (troupe.ville, troupe.agglomeration, troupe.departement, troupe.region):
        f.faire_accord(collectivite)
        f.faire_cadre(collectivite)
    for acteur in (*dgs, troupe.dgs_agglomeration):
        actions.s_engager(acteur=acteur)
    ActionCommunication.objects.create(
        demarche=troupe.demarche,
        intitule="Conférence de presse",
        public="presse",
        canal="Conférence",
        jour=f.dans(20),
    )
    return troupe.demarche


def passages(jalon):
    return PassageJalon.objects.filter(demarche__code="centre", jalon=jalon).count()


def test_nine_clicks_of_three_dgs_pass_the_launch_once(lancement, dgs):
    course = courir(9, lambda n: actions.franchir(acteur=dgs[n % 3], jalon=Jalon.LANCEMENT))
    assert not course.fautes
    assert course.messages == {"Ce jalon est déjà franchi.": 8}
    assert passages(Jalon.LANCEMENT) == 1
    assert EntreeJournal.objects.filter(acte="jalon.franchi").count() == 1
    qui = PassageJalon.objects.get(demarche=lancement, jalon=Jalon.LANCEMENT).par.utilisateur
    recus = Courriel.objects.filter(objet__startswith="Jalon franchi")
    assert recus.count() == recus.values("destinataire").distinct().count()
    assert qui.email not in recus.values_list("destinataire", flat=True)


def test_an_agreement_taken_back_at_the_same_instant_never_lets_a_gate_pass_without_it(
    lancement, troupe
):
    """Whichever comes first: passed while the agreement stood, or refused since it does not."""
    accord = AccordElus.objects.get(collectivite=troupe.region)
    gestes = [
        lambda: actions.franchir(acteur=troupe.dgs_ville, jalon=Jalon.LANCEMENT),
        lambda: elus.retirer_accord(acteur=troupe.dgs_region, accord=accord, motif="Reporté"),
    ]
    course = courir(2, lambda n: gestes[n]())
    assert not course.fautes
    accord.refresh_from_db()
    assert accord.retire_le is not None
    passage = PassageJalon.objects.filter(demarche=lancement, jalon=Jalon.LANCEMENT).first()
    if passage is None:
        assert "Accord des élus : " in course.refus[0]
    else:
        assert passage.le <= accord.retire_le


def test_two_dgs_open_the_promotion_of_one_gate_once(troupe, dgs):
    """The cast has passed its gates: one promotion may open, and the next asks for the next passage."""
    assert not Promotion.objects.exists()
    libres = passages(Jalon.PROMOTION)

    def ouvrir(n):
        return ouvrir_promotion(
            acteur=dgs[n % 3],
            nom=f"Promotion {n}",
            date_debut=f.dans(10),
            date_fin=f.dans(200),
            places=8,
        )

    course = courir(libres + 5, ouvrir)
    assert not course.fautes
    assert Promotion.objects.count() == len(course.reussites) == libres
    assert all("Aucune promotion n’est à ouvrir" in refus for refus in course.refus)


def test_each_dgs_commits_once(troupe):
    f.fermer_les_jalons(troupe.demarche)
    course = courir(5, lambda _: actions.s_engager(acteur=troupe.dgs_region))
    assert not course.fautes
    assert len(course.reussites) == 1
    assert EntreeJournal.objects.filter(acte="jalon.dgs_engage").count() == 1
