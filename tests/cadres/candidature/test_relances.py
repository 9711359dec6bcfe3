"""The clock of a candidacy: reminders at 7 and 14 days, a kind closing at 21."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from cadres.candidature import actions as actions_candidature
from cadres.candidature import relances as actions_relances
from cadres.candidature.situations import prochaine_etape
from cadres.models import Cadre, Candidature
from collectivites.communs.typographie import date_texte
from collectivites.models import Courriel, EntreeJournal
from tests import fabriques

Etat = Candidature.Etat
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def informe(troupe):
    """Told just now, in a world where nobody else awaits anything."""
    Candidature.objects.filter(etat=Etat.INFORME).update(
        etat=Etat.DESACCORD, repondu_le=timezone.now()
    )
    cadre = fabriques.faire_cadre(troupe.departement, "informe")
    Candidature.objects.filter(cadre=cadre).update(informe_le=timezone.now())
    return cadre


def dans(jours):
    return timezone.now() + timedelta(days=jours, minutes=1)


def candidature(cadre):
    return Candidature.objects.get(cadre=cadre)


def test_one_reminder_a_step_then_the_question_is_closed(informe):
    faits = []
    for jour in range(25):
        faits += [
            (jour, quoi)
            for quoi, fait in (
                ("rappel", actions_relances.relancer_sans_reponse(dans(jour))),
                ("fin", actions_relances.fermer_sans_reponse(dans(jour))),
            )
            if fait
        ]
    assert faits == [(7, "rappel"), (14, "rappel"), (21, "fin")]
    assert candidature(informe).etat == Etat.SANS_REPONSE
    objets = list(Courriel.objects.order_by("pk").values_list("objet", flat=True))
    assert [objet.split(" :")[0].split("\u00a0")[0] for objet in objets] == [
        "Rappel",
        "Dernier rappel",
        "Démarche de mobilité",
    ]
    lignes = EntreeJournal.objects.filter(cadre_ref=informe.pk).order_by("pk")
    assert [ligne.acte for ligne in lignes] == [
        "cadre.rappel",
        "cadre.rappel",
        "cadre.sans_reponse",
    ]
    assert {ligne.auteur for ligne in lignes} == {None}


@pytest.mark.parametrize(
    "informe_le",
    [
        # Told a little after midnight, before the hour of winter; a little before, before that of summer.
        datetime(2027, 10, 20, 0, 20, tzinfo=PARIS),
        datetime(2027, 3, 15, 23, 40, tzinfo=PARIS),
    ],
)
def test_the_day_that_is_told_is_the_day_of_the_closing_across_a_change_of_hour(
    informe, troupe, informe_le
):
    jour = informe_le.date() + timedelta(days=21)
    Candidature.objects.filter(cadre=informe).update(informe_le=informe_le)
    informe.candidature.refresh_from_db()
    assert prochaine_etape(troupe.drh_departement, informe).echeance == jour
    midi = datetime.combine(informe_le.date() + timedelta(days=14), time(12), PARIS)
    actions_relances.relancer_sans_reponse(midi)
    assert date_texte(jour) in Courriel.objects.get().corps

    exacte = datetime.combine(jour, informe_le.time(), PARIS)
    assert actions_relances.fermer_sans_reponse(exacte - timedelta(minutes=1)) == 0
    assert actions_relances.fermer_sans_reponse(exacte) == 1


def test_a_clock_that_slept_sends_one_message_not_two(informe):
    assert actions_relances.relancer_sans_reponse(dans(16)) == 1
    assert actions_relances.relancer_sans_reponse(dans(16)) == 0
    assert Courriel.objects.get().objet.startswith("Dernier rappel")
    assert candidature(informe).rappels == 2


def test_a_clock_that_slept_too_long_only_closes(informe):
    assert actions_relances.relancer_sans_reponse(dans(30)) == 0
    assert actions_relances.fermer_sans_reponse(dans(30)) == 1


@pytest.mark.parametrize("etat", [Etat.ACCORD, Etat.DESACCORD, Etat.RETIRE, Etat.RECENSE])
def test_whoever_answered_or_was_not_told_hears_nothing(informe, troupe, etat):
    informe.candidature.delete()
    fabriques.faire_cadre(troupe.departement, etat)
    assert actions_relances.relancer_sans_reponse(dans(10)) == 0
    assert actions_relances.fermer_sans_reponse(dans(40)) == 0
    assert not Courriel.objects.exists()


def test_the_person_may_still_answer_and_be_asked_again(informe, troupe, client_de):
    actions_relances.fermer_sans_reponse(dans(22))
    actions_candidature.informer(acteur=troupe.drh_departement, cadre=informe)
    assert candidature(informe).etat == Etat.INFORME
    acteur = fabriques.acteur_du_cadre(informe)
    client = client_de(acteur)
    assert "votre réponse" in client.get("/ma-candidature/").content.decode()
    client.post("/ma-candidature/", {"reponse": "oui"})
    assert candidature(informe).etat == Etat.ACCORD


def test_asking_again_gives_21_days_and_two_reminders_once_more(informe, troupe):
    il_y_a_trente_jours = timezone.now() - timedelta(days=30)
    Candidature.objects.filter(cadre=informe).update(informe_le=il_y_a_trente_jours, rappels=2)
    assert actions_relances.fermer_sans_reponse() == 1

    actions_candidature.informer(acteur=troupe.drh_departement, cadre=informe)

    reposee = candidature(informe)
    assert (reposee.etat, reposee.rappels) == (Etat.INFORME, 0)
    assert timezone.now() - reposee.informe_le < timedelta(minutes=1)
    delai = timezone.localdate() + timedelta(days=21)
    assert date_texte(delai) in Courriel.objects.filter(cadre_ref=informe.pk).latest("pk").corps
    faits = [
        (jour, actions_relances.relancer_sans_reponse(dans(jour)), fermee)
        for jour in (6, 7, 14, 20, 21)
        if (fermee := actions_relances.fermer_sans_reponse(dans(jour))) is not None
    ]
    assert faits == [(6, 0, 0), (7, 1, 0), (14, 1, 0), (20, 0, 0), (21, 0, 1)]


def test_asking_again_before_the_closing_gives_no_day_more(informe, troupe):
    quand = timezone.now() - timedelta(days=20)
    Candidature.objects.filter(cadre=informe).update(informe_le=quand, rappels=2)
    actions_candidature.informer(acteur=troupe.drh_departement, cadre=informe)
    assert (candidature(informe).informe_le, candidature(informe).rappels) == (quand, 2)


@pytest.mark.parametrize(
    ("age", "rappels", "fermees"),
    [
        (timedelta(days=7, seconds=-1), 0, 0),
        (timedelta(days=7), 1, 0),
        (timedelta(days=21, seconds=-1), 1, 0),
        (timedelta(days=21), 0, 1),
    ],
)
def test_the_very_instant_of_a_step(informe, age, rappels, fermees):
    maintenant = candidature(informe).informe_le + age
    assert actions_relances.relancer_sans_reponse(maintenant) == rappels
    assert actions_relances.fermer_sans_reponse(maintenant) == fermees


def test_the_command_does_what_the_clock_does(informe, capsys):
    Candidature.objects.filter(cadre=informe).update(informe_le=timezone.now() - timedelta(days=8))
    call_command("echeances")
    assert "1 rappel(s) à des cadres sans réponse" in capsys.readouterr().out
    # On a Monday the clock also writes the digest of the week.
    relances = Courriel.objects.filter(cadre_ref=informe.pk, cle__contains="#cadres_rappel")
    assert relances.count() == 1


def test_an_act_that_fails_stops_no_other(informe, monkeypatch, caplog):
    from django.core.management import CommandError

    from collectivites.travaux import horloge

    def casser():
        raise ValueError("panne")

    monkeypatch.setitem(
        horloge._ACTES,
        "aa",
        horloge.Inscrit("aa", "panne(s)", horloge.Rythme.NUIT, casser),
    )
    Candidature.objects.filter(cadre=informe).update(informe_le=timezone.now() - timedelta(days=22))
    with pytest.raises(CommandError, match="aa"):
        call_command("echeances", verbosity=0)
    assert candidature(informe).etat == Etat.SANS_REPONSE
    assert "aa failed" in caplog.text


def test_only_the_acts_of_a_rhythm_are_run(informe):
    from collectivites.travaux.horloge import Rythme, faire_le_tour, sonner

    Candidature.objects.filter(cadre=informe).update(informe_le=timezone.now() - timedelta(days=22))
    sonner("continu")
    assert candidature(informe).etat == Etat.INFORME
    assert "cadres.fermer_sans_reponse" in {t.acte.nom for t in faire_le_tour(Rythme.NUIT)}
    assert candidature(informe).etat == Etat.SANS_REPONSE


def test_a_volunteer_is_listed_by_the_drh_and_confirms_themselves(troupe, client_de):
    drh = client_de(troupe.drh_departement)
    drh.post(
        "/registre/nouveau/",
        {
            "origine": "volontariat",
            "prenom": "Inès",
            "nom": "Volontaire",
            "courriel": "ines@essais.example",
            "categorie": "A",
            "poste": "Cheffe de service",
        },
    )
    cadre = Cadre.objects.select_related("candidature").get(nom="Volontaire")
    assert cadre.candidature.origine == Candidature.Origine.VOLONTARIAT
    assert cadre.candidature.etat == Etat.RECENSE  # nobody says yes in their place
    assert EntreeJournal.objects.get(cadre_ref=cadre.pk).libelle.startswith("Volontaire")
    drh.post(f"/registre/{cadre.pk}/informer/")
    courriel = Courriel.objects.get(cadre_ref=cadre.pk)
    assert "confirmez-la" in courriel.objet
    assert "vous a inscrit" in courriel.corps
    acteur = fabriques.acteur_du_cadre(Cadre.objects.get(pk=cadre.pk))
    client = client_de(acteur)
    assert "sans votre oui" in client.get("/ma-candidature/").content.decode()
    client.post("/ma-candidature/", {"reponse": "oui"})
    assert candidature(cadre).etat == Etat.ACCORD
    autre = client_de(troupe.drh_region).get("/registre/?collectivite=").content.decode()
    assert "Volontaire, Inès" in autre
