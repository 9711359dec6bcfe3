"""The élus: what they were told, what they agreed to, and who writes it."""

from __future__ import annotations

import pytest

from collectivites.models import EntreeJournal
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible
from pilotage.cadrage.elus import actions
from pilotage.models import AccordElus, InformationElus
from tests import fabriques as f

URL = "/elus/"


@pytest.fixture(autouse=True)
def _depot(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sans_accord(troupe):
    f.fermer_les_jalons(troupe.demarche)
    return troupe


def saisie(**champs):
    return {
        "instance": "Commission permanente",
        "le": f.dans(-3).isoformat(),
        "numero": "2026-217",
        "piece": f.faire_piece("delib.pdf"),
    } | champs


def test_a_dgs_records_the_agreement_with_its_document(sans_accord, client_de):
    assert client_de(sans_accord.dgs_region).post(f"{URL}accord/", saisie()).url == URL
    accord = AccordElus.objects.de(sans_accord.demarche).get()
    assert (accord.collectivite, accord.numero) == (sans_accord.region, "2026-217")
    page = client_de(sans_accord.drh_ville).get(URL).content.decode().replace("\u00a0", " ")
    assert "Commission permanente" in page
    assert "Trois accords d’élus restent à recueillir" in page
    document = client_de(sans_accord.drh_ville).get(f"{URL}accords/{accord.pk}/document/")
    assert document.content.startswith(b"%PDF")
    assert "217" in EntreeJournal.objects.get(acte="elus.accord").libelle


@pytest.mark.parametrize(
    "faute",
    [
        {"instance": ""},
        {"numero": ""},
        {"le": ""},
        {"le": "2999-01-01"},
        {"le": "2001-01-01"},
        {"piece": ""},
    ],
)
def test_an_agreement_lacks_nothing(sans_accord, client_de, faute):
    reponse = client_de(sans_accord.dgs_region).post(f"{URL}accord/", saisie(**faute))
    assert reponse.status_code == 200
    assert "invalid-feedback" in reponse.content.decode()
    assert not AccordElus.objects.de(sans_accord.demarche).exists()


@pytest.mark.parametrize(("nom", "delegue", "statut"), [
    ("drh_region", False, 403),
    ("gestionnaire_region", False, 403),
    ("cadre", False, 403),
    ("drh_region", True, 302),
])  # fmt: skip
def test_a_drh_records_it_under_delegation_alone(sans_accord, client_de, nom, delegue, statut):
    acteur = getattr(sans_accord, nom)
    if delegue:
        f.faire_delegation(sans_accord.dgs_region, acteur, Acte.FRANCHIR_ETAPE)
    assert client_de(acteur).post(f"{URL}accord/", saisie()).status_code == statut
    assert AccordElus.objects.de(sans_accord.demarche).exists() == (statut == 302)


def test_it_is_recorded_once_and_taken_back_with_a_reason(troupe, client_de):
    accord = AccordElus.objects.get(collectivite=troupe.region)
    with pytest.raises(ActionImpossible, match="déjà enregistré"):
        actions.enregistrer_accord(
            acteur=troupe.dgs_region, instance="x", le=f.dans(0), numero="1", piece=f.faire_piece()
        )
    chemin = f"{URL}accords/{accord.pk}/retirer/"
    assert client_de(troupe.dgs_ville).post(chemin, {"motif": "x"}).status_code == 403
    assert "invalid-feedback" in client_de(troupe.dgs_region).post(chemin).content.decode()
    client_de(troupe.dgs_region).post(chemin, {"motif": "Vote annulé"})
    accord.refresh_from_db()
    assert (accord.motif_retrait, accord.retire_par) == ("Vote annulé", troupe.dgs_region.mandat)
    client_de(troupe.dgs_region).post(f"{URL}accord/", saisie())
    assert AccordElus.objects.en_vigueur().filter(collectivite=troupe.region).count() == 1


def informer(client, **champs):
    return client.post(
        f"{URL}informer/",
        {
            "qui": "Le bureau",
            "le": f.dans(-1).isoformat(),
            "moyen": "bureau",
            "document": "Note stratégique",
        }
        | champs,
    )


def test_services_write_what_their_elus_were_told_and_the_others_read_it(troupe, client_de):
    informer(client_de(troupe.gestionnaire_region), piece=f.faire_piece())
    information = InformationElus.objects.get()
    assert information.collectivite == troupe.region
    assert "Le bureau" in client_de(troupe.dgs_ville).get(URL).content.decode()
    chemin = f"{URL}informations/{information.pk}/"
    assert client_de(troupe.dgs_ville).get(f"{chemin}document/").status_code == 200
    assert client_de(troupe.dgs_ville).post(f"{chemin}retirer/").status_code == 403
    assert client_de(troupe.etranger_dgs).get(f"{chemin}document/").status_code == 404
    assert "Le bureau" not in client_de(troupe.etranger_dgs).get(URL).content.decode()
    client_de(troupe.drh_region).post(f"{chemin}retirer/")
    assert not InformationElus.objects.exists()
    assert EntreeJournal.objects.filter(acte="elus.information_retiree").exists()


def test_nobody_is_told_tomorrow(troupe, client_de):
    reponse = informer(client_de(troupe.drh_region), le=f.dans(1).isoformat())
    assert "aujourd’hui ou un jour passé" in reponse.content.decode().replace("\u00a0", " ")
    informer(client_de(troupe.drh_region), le=f.dans(0).isoformat())
    assert InformationElus.objects.count() == 1
