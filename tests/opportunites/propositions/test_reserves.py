"""A reserve warns, a DGS arbitrates, silence lapses: nothing ever stops."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from collectivites.communs.calendrier import ajouter_jours_ouvres
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible
from opportunites.models import Reserve
from opportunites.propositions.actions import reponses, reserves
from tests.fabriques import faire_delegation, faire_proposition, faire_reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposition(scene):
    return faire_proposition(scene.opportunite, scene.cadre)


@pytest.mark.parametrize(
    ("depart", "attendu"),
    [
        (date(2026, 11, 23), date(2026, 12, 7)),  # ten ordinary working days
        (date(2026, 12, 21), date(2027, 1, 6)),  # over Christmas and New Year's Day
        (date(2027, 4, 30), date(2027, 5, 18)),  # Ascension, Victory and Whit Monday
    ],
)
def test_ten_working_days(depart, attendu):
    assert ajouter_jours_ouvres(depart, 10) == attendu


def test_a_drh_of_either_side_files_one_and_both_dgs_are_told(scene, proposition, client_de):
    client_de(scene.troupe.drh_departement).post(
        reverse("opportunites:deposer_reserve", args=[proposition.pk]),
        {"sujet": "calendrier", "texte": "Le budget se prépare sans elle."},
    )

    reserve = Reserve.objects.get()
    assert reserve.echeance == ajouter_jours_ouvres(timezone.localdate(), 10)
    assert set(Courriel.objects.values_list("destinataire", flat=True)) == {
        scene.troupe.dgs_region.utilisateur.email,
        scene.troupe.dgs_departement.utilisateur.email,
    }


def test_it_blocks_nothing(scene, proposition):
    faire_reserve(proposition, scene.troupe.drh_departement)

    mobilite = reponses.accepter(acteur=scene.troupe.cadre, proposition=proposition)

    assert mobilite.etat == "ouverte"


@pytest.mark.parametrize("qui", ["dgs_region", "gestionnaire_region", "cadre"])
def test_only_a_drh_files_one(scene, proposition, client_de, qui):
    adresse = reverse("opportunites:deposer_reserve", args=[proposition.pk])

    assert client_de(getattr(scene.troupe, qui)).get(adresse).status_code == 403


def test_a_drh_who_is_no_party_does_not_even_see_it(scene, proposition, client_de):
    reserve = faire_reserve(proposition, scene.troupe.drh_departement)
    client = client_de(scene.troupe.drh_ville)

    assert (
        client.get(reverse("opportunites:deposer_reserve", args=[proposition.pk])).status_code
        == 404
    )
    assert (
        client.get(reverse("opportunites:arbitrer_reserve", args=[reserve.pk])).status_code == 404
    )


@pytest.mark.parametrize("decision", ["levee", "retenue"])
def test_the_dgs_arbitrates_with_a_reason(scene, proposition, client_de, decision):
    reserve = faire_reserve(proposition, scene.troupe.drh_departement)

    client_de(scene.troupe.dgs_region).post(
        reverse("opportunites:arbitrer_reserve", args=[reserve.pk]),
        {"decision": decision, "motif": "L’intérim est organisé."},
    )

    reserve.refresh_from_db()
    assert (reserve.etat, reserve.motif_arbitrage) == (decision, "L’intérim est organisé.")
    for nom in ("drh_region", "drh_departement"):
        lignes = EntreeJournal.objects.visibles_par(getattr(scene.troupe, nom))
        assert lignes.filter(acte=f"reserve.{decision}", motif__contains="intérim").exists()
    assert not EntreeJournal.objects.visibles_par(scene.troupe.cadre).filter(
        acte__startswith="reserve"
    )


def test_an_arbitration_needs_its_reason(scene, proposition, client_de):
    reserve = faire_reserve(proposition, scene.troupe.drh_departement)

    client_de(scene.troupe.dgs_region).post(
        reverse("opportunites:arbitrer_reserve", args=[reserve.pk]), {"decision": "levee"}
    )

    reserve.refresh_from_db()
    assert reserve.etat == Reserve.Etat.DEPOSEE
    with pytest.raises(ActionImpossible):
        reserves.arbitrer_reserve(
            acteur=scene.troupe.dgs_region, reserve=reserve, decision="levee", motif=" "
        )


def test_a_delegate_arbitrates_but_never_their_own(scene, proposition):
    delegue = faire_delegation(
        scene.troupe.dgs_departement, scene.troupe.drh_departement, Acte.ARBITRER_RESERVE
    )
    la_sienne = faire_reserve(proposition, delegue)
    de_l_autre = faire_reserve(proposition, scene.troupe.drh_region)

    with pytest.raises(PermissionDenied):
        reserves.arbitrer_reserve(acteur=delegue, reserve=la_sienne, decision="levee", motif="…")
    reserves.arbitrer_reserve(acteur=delegue, reserve=de_l_autre, decision="levee", motif="Vu.")

    assert EntreeJournal.objects.filter(delegation__isnull=False).exists()


def test_a_drh_without_delegation_reads_and_does_not_arbitrate(scene, proposition, client_de):
    reserve = faire_reserve(proposition, scene.troupe.drh_departement)
    adresse = reverse("opportunites:arbitrer_reserve", args=[reserve.pk])
    client = client_de(scene.troupe.drh_region)

    assert client.get(adresse).status_code == 200
    assert client.post(adresse, {"decision": "levee", "motif": "…"}).status_code == 403


def test_it_lapses_after_its_day_and_the_journal_says_so(scene, proposition):
    reserve = faire_reserve(
        proposition, scene.troupe.drh_departement, echeance=timezone.localdate()
    )

    assert reserves.lapser_reserves() == 0
    assert reserves.lapser_reserves(timezone.localdate() + timedelta(days=1)) == 1

    reserve.refresh_from_db()
    assert reserve.etat == Reserve.Etat.CADUQUE
    assert EntreeJournal.objects.filter(acte="reserve.caduque", auteur=None).count() == 2


def test_an_overdue_one_is_no_longer_arbitrated(scene, proposition):
    reserve = faire_reserve(
        proposition,
        scene.troupe.drh_departement,
        echeance=timezone.localdate() - timedelta(days=1),
    )

    with pytest.raises(ActionImpossible, match="caduque"):
        reserves.arbitrer_reserve(
            acteur=scene.troupe.dgs_region, reserve=reserve, decision="levee", motif="…"
        )


def test_the_same_side_does_not_repeat_itself(scene, proposition):
    faire_reserve(proposition, scene.troupe.drh_departement, sujet="statut")

    with pytest.raises(ActionImpossible, match="déjà une réserve"):
        reserves.deposer_reserve(
            acteur=scene.troupe.drh_departement, proposition=proposition, sujet="statut", texte="…"
        )


def test_it_ends_with_its_proposition(scene, proposition):
    reserve = faire_reserve(proposition, scene.troupe.drh_departement)

    reponses.refuser(acteur=scene.troupe.cadre, proposition=proposition, motif="lieu")

    reserve.refresh_from_db()
    assert reserve.etat == Reserve.Etat.CADUQUE


# --- Evidence, complement -------------------------------------------------------------------------

PDF = b"%PDF-1.4 preuve"


def deposer(scene, client_de, fichier, qui="drh_departement"):
    return client_de(getattr(scene.troupe, qui)).post(
        reverse("opportunites:deposer_reserve", args=[scene.proposition.pk]),
        {"sujet": "statut", "texte": "Le statut n’est pas le même.", "piece": fichier},
        follow=True,
    )


@pytest.fixture
def avec_depots(settings, tmp_path, scene, proposition):
    settings.MEDIA_ROOT = tmp_path
    scene.proposition = proposition
    return scene


def test_its_evidence_is_read_by_both_sides_and_nobody_else(avec_depots, client_de):
    scene = avec_depots
    deposer(scene, client_de, SimpleUploadedFile("../../note du service.pdf", PDF))
    reserve = Reserve.objects.get()
    adresse = reverse("opportunites:piece_reserve", args=[reserve.pk])

    statuts = {
        qui: client_de(getattr(scene.troupe, qui)).get(adresse).status_code
        for qui in ("dgs_region", "drh_departement", "drh_ville", "etranger_drh", "cadre")
    }
    assert statuts == {
        "dgs_region": 200,
        "drh_departement": 200,
        "drh_ville": 404,
        "etranger_drh": 404,
        "cadre": 403,
    }
    reponse = client_de(scene.troupe.dgs_region).get(adresse)
    assert reponse.content == PDF
    assert reponse["Content-Disposition"].startswith("attachment")
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert "/" not in reserve.nom_piece
    assert reserve.nom_piece.endswith(".pdf")
    # No address of the site leads to the file itself.
    assert client_de(scene.troupe.dgs_region).get(f"/media/{reserve.piece.name}").status_code == 404


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        ("virus.pdf", b"MZ\x90\x00"),
        ("page.pdf", b"<html><script>alert(1)</script>"),
        ("archive.docx", b"PK\x03\x04 rien"),
        ("dessin.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("gros.pdf", PDF + b"0" * (5 * 1024 * 1024)),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(avec_depots, client_de, nom, contenu):
    page = deposer(avec_depots, client_de, SimpleUploadedFile(nom, contenu))

    assert not Reserve.objects.exists()
    assert "Ce fichier" in page.text


def test_a_reserve_without_evidence_has_none_to_download(scene, proposition, client_de):
    reserve = faire_reserve(proposition, scene.troupe.drh_departement)

    adresse = reverse("opportunites:piece_reserve", args=[reserve.pk])
    assert client_de(scene.troupe.dgs_region).get(adresse).status_code == 404


def test_a_dgs_asks_for_more_once_and_the_clock_runs_on(scene, proposition, client_de):
    t = scene.troupe
    reserve = faire_reserve(proposition, t.drh_departement, echeance=timezone.localdate())
    adresse = reverse("opportunites:arbitrer_reserve", args=[reserve.pk])
    dgs, drh = client_de(t.dgs_region), client_de(t.drh_departement)

    dgs.post(adresse, {"decision": "complement", "motif": "Combien de semaines ?"})
    reserve.refresh_from_db()
    assert (reserve.etat, reserve.echeance) == ("complement", timezone.localdate())
    completer = reverse("opportunites:completer_reserve", args=[reserve.pk])
    assert completer in drh.get(adresse).text

    drh.post(completer, {"complement": "Trois semaines."})
    reserve.refresh_from_db()
    assert reserve.etat == "deposee"
    assert reserve.echeance == ajouter_jours_ouvres(timezone.localdate(), 5)
    assert "Demander un complément" not in dgs.get(adresse).text
    with pytest.raises(ActionImpossible, match="déjà été demandé"):
        reserves.arbitrer_reserve(
            acteur=t.dgs_region, reserve=reserve, decision="complement", motif="Encore ?"
        )
    reserves.arbitrer_reserve(
        acteur=t.dgs_region, reserve=reserve, decision="levee", motif="Trois semaines suffisent."
    )


def test_a_complement_that_never_comes_lapses_like_silence(scene, proposition):
    reserve = faire_reserve(
        proposition,
        scene.troupe.drh_departement,
        "complement",
        complement_demande_le=timezone.now(),
        echeance=timezone.localdate() - timedelta(days=1),
    )

    assert reserves.lapser_reserves() == 1
    reserve.refresh_from_db()
    assert reserve.etat == "caduque"
    with pytest.raises(ActionImpossible):
        reserves.completer_reserve(
            acteur=scene.troupe.drh_departement, reserve=reserve, complement="Trop tard."
        )


@pytest.mark.parametrize("qui", ["drh_region", "dgs_departement", "gestionnaire_departement"])
def test_the_complement_is_of_the_drh_who_filed(scene, proposition, qui):
    reserve = faire_reserve(
        proposition,
        scene.troupe.drh_departement,
        "complement",
        complement_demande_le=timezone.now(),
    )

    with pytest.raises(PermissionDenied):
        reserves.completer_reserve(
            acteur=getattr(scene.troupe, qui), reserve=reserve, complement="Voici."
        )
