"""The large demonstration: whole, lawful, and never beside anything real."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from cadres.candidature.rangs import RANGS
from cadres.models import Cadre, Candidature
from collectivites.chaine.verification import verifier
from collectivites.models import EntreeJournal, MaillonJournal, Poste, Utilisateur
from opportunites.models import Mobilite, Opportunite, Proposition, Voeu
from parcours.models import Inscription, SuiviEtape
from pilotage.demo.grande import charger as grande
from tests import fabriques

pytestmark = pytest.mark.django_db
CADRES, DEMARCHES = 400, 2


@pytest.fixture(scope="module")
def grande_demo(decor, django_db_blocker):
    with django_db_blocker.unblock():
        return grande.charger(CADRES, DEMARCHES).lieux


@pytest.mark.moteur
def test_it_holds_people_at_every_step_in_each_demarche(grande_demo):
    for demarche in grande_demo.demarches:
        siens = Cadre.objects.filter(collectivite__demarche=demarche)
        assert siens.count() == CADRES // DEMARCHES
        etats = set(siens.values_list("candidature__etat", flat=True))
        assert etats >= {
            "recense",
            "informe",
            "accord",
            "retenu",
            "non_retenu",
            "desaccord",
            "retire",
        }
        assert Proposition.objects.filter(cadre__in=siens).values("etat").distinct().count() == 4
        assert Mobilite.objects.filter(
            collectivite_accueil__demarche=demarche, etat="effective"
        ).exists()
        assert Voeu.objects.filter(cadre__in=siens).exists()
        assert Inscription.objects.filter(promotion__demarche=demarche, etat="en_cours").exists()
    assert SuiviEtape.objects.count() == 4 * Inscription.objects.count()
    assert Poste.objects.count() > CADRES


@pytest.mark.moteur
def test_copies_and_searches_are_those_that_the_models_would_have_written(grande_demo):
    for cadre in Cadre.objects.select_related("poste", "direction", "candidature", "collectivite"):
        candidature = cadre.candidature
        assert cadre.recherche == cadre.calculer_recherche()
        assert cadre.demarche_id == cadre.collectivite.demarche_id
        etape = candidature.avancee or candidature.etat
        assert cadre.rang == RANGS[etape]
    for poste in Poste.objects.all():
        assert poste.recherche == poste.calculer_recherche()


@pytest.mark.moteur
def test_dates_follow_one_another_and_nothing_happens_tomorrow(grande_demo):
    maintenant = timezone.now()
    for c in Candidature.objects.all():
        dates = [d for d in (c.recense_le, c.informe_le, c.repondu_le, c.decide_le) if d]
        assert [d.date() for d in dates] == sorted(d.date() for d in dates)
        assert dates[-1].date() <= maintenant.date()
    for m in Mobilite.objects.filter(etat="effective"):
        assert m.date_effet <= maintenant.date()
        assert m.cadre.collectivite_id == m.collectivite_accueil_id
        assert m.cadre.poste_id == m.poste_accueil_id
    assert not EntreeJournal.objects.filter(quand__date__gt=maintenant.date()).exists()
    for o in Opportunite.objects.exclude(close_le=None):
        assert o.creee_le.date() <= o.validee_le.date() <= o.publiee_le.date() <= o.close_le.date()


@pytest.mark.moteur
def test_its_journal_is_chained_to_the_last_line(grande_demo):
    assert not MaillonJournal.objects.filter(numero=None).exists()
    for demarche in grande_demo.demarches:
        verdict = verifier(demarche)
        assert verdict.tient
        assert verdict.compte == EntreeJournal.objects.filter(demarche=demarche).count() > CADRES


@pytest.mark.moteur
@pytest.mark.parametrize("page", ["/", "/registre/", "/propositions/", "/journal/", "/pilotage/"])
@pytest.mark.parametrize("compte", ["drh.ville.1", "dgs.region.2"])
def test_its_accounts_open_its_pages(grande_demo, client, compte, page):
    client.force_login(
        Utilisateur.objects.get(email=f"{compte}@demo.example"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert client.get(page).status_code == 200


def test_sqlite_is_not_asked_to_hold_it():
    with override_settings(DEMO=True), pytest.raises(CommandError, match="PostgreSQL"):
        call_command("demo", cadres=1000, demarches=2, stdout=StringIO())


@pytest.mark.moteur
def test_it_is_refused_beside_a_real_demarche():
    fabriques.faire_demarche()
    avant = Cadre.objects.count()
    with override_settings(DEMO=True), pytest.raises(CommandError, match="réelle"):
        call_command("demo", cadres=1000, stdout=StringIO())
    assert Cadre.objects.count() == avant


@pytest.mark.moteur
@pytest.mark.parametrize(("cadres", "demarches"), [(50, 1), (1000, 0), (1000, 11), (-5, 1)])
def test_numbers_that_make_no_demarche_are_refused(cadres, demarches):
    with pytest.raises(grande.Impossible):
        grande.charger(cadres, demarches)
