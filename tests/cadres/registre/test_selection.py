"""Acts on a selection over several pages, or on all that match the filters."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cadres.candidature import actions as actes
from cadres.models import Candidature, Consultation
from cadres.registre import selection
from collectivites.models import Courriel, Tache
from tests import fabriques

Etat = Candidature.Etat


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_departement)


def dit(reponse):
    return " ".join(str(m) for m in get_messages(reponse.wsgi_request))


def peupler(troupe, nombre, etat="recense", **champs):
    return [
        fabriques.faire_cadre(troupe.departement, etat, nom=f"Lot-{n:03}", **champs)
        for n in range(nombre)
    ]


def confirmer(choix, apercu):
    """What the page that showed them sends back."""
    return {**choix, "attendus": apercu.context["partage"].empreinte, "confirme": "oui"}


def test_all_that_match_are_chosen_by_the_filters_and_not_by_their_keys(troupe, drh):
    peupler(troupe, 30)
    sans = fabriques.faire_cadre(troupe.departement, nom="Lot-Sansmail", courriel="")
    oui = fabriques.faire_cadre(troupe.departement, "accord", nom="Lot-Oui")
    fabriques.faire_cadre(troupe.departement, nom="Dehors")
    fabriques.faire_cadre(troupe.region, "informe", nom="Lot-Cachette")
    page = drh.get("/registre/", {"q": "lot"}).content.decode()
    assert "Choisir les 32 cadres trouvés" in page.replace("\u00a0", " ").replace("\u202f", " ")
    choix = {"tous": "oui", "parametres": "q=lot&tri=-nom"}
    apercu = drh.post("/registre/informer/", choix)
    assert len(apercu.context["possibles"]) == 30
    texte = apercu.content.decode()
    assert "Informer 30\u00a0cadres" in texte
    assert "et 5\u00a0autres" in texte
    assert "2\u00a0cadres laissés de côté" in texte
    assert "Cette personne n’a pas de courriel" in texte
    assert "Cette personne a déjà répondu" in texte
    assert "Cachette" not in texte
    assert not Courriel.objects.exists()
    drh.post("/registre/informer/", confirmer(choix, apercu))
    informes = Candidature.objects.filter(etat=Etat.INFORME, cadre__nom__startswith="Lot")
    assert informes.filter(cadre__collectivite=troupe.departement).count() == 30
    assert Courriel.objects.count() == 30
    assert Candidature.objects.get(cadre=sans).etat == Etat.RECENSE
    assert Candidature.objects.get(cadre=oui).etat == Etat.ACCORD


def test_a_list_that_changed_since_it_was_shown_is_shown_again(troupe, drh):
    peupler(troupe, 3)
    choix = {"tous": "oui", "parametres": "q=lot"}
    choix = confirmer(choix, drh.post("/registre/informer/", choix))
    fabriques.faire_cadre(troupe.departement, nom="Lot-Nouveau")
    reponse = drh.post("/registre/informer/", choix)
    assert reponse.status_code == 200
    assert "l’acte porterait sur 4\u00a0cadres" in reponse.content.decode()
    assert not Courriel.objects.exists()


def test_as_many_others_are_not_those_who_were_shown(troupe, drh):
    partant, *_ = peupler(troupe, 3)
    choix = {"tous": "oui", "parametres": "q=lot"}
    choix = confirmer(choix, drh.post("/registre/informer/", choix))
    Candidature.objects.filter(cadre=partant).update(
        etat=Etat.ACCORD, informe_le=timezone.now(), repondu_le=timezone.now()
    )
    fabriques.faire_cadre(troupe.departement, nom="Lot-Nouveau")
    reponse = drh.post("/registre/informer/", choix)
    assert "La liste a changé" in reponse.content.decode()
    assert not Courriel.objects.exists()


def test_boxes_of_several_pages_come_in_one_field(troupe, drh):
    cadres = peupler(troupe, 4)
    ailleurs = ",".join(str(c.pk) for c in cadres[:3])
    apercu = drh.post("/registre/informer/", {"choix": [ailleurs, cadres[3].pk, "1;2", "9" * 30]})
    assert [c.pk for c in apercu.context["possibles"]] == [c.pk for c in cadres]
    drh.post("/registre/informer/", {"choix": apercu.context["choix"], "confirme": "oui"})
    assert Courriel.objects.count() == 4


def test_leavers_are_in_all_only_when_they_are_shown(troupe, drh):
    peupler(troupe, 2)
    fabriques.faire_cadre(troupe.departement, "retire", nom="Lot-Retire")
    for parametres, nombre in (("q=lot", 2), ("q=lot&partis=oui", 3)):
        reponse = drh.post(
            "/registre/exporter/choisis/",
            {"tous": "oui", "parametres": f"{parametres}&colonnes=courriel", "format": "csv"},
        )
        lignes = b"".join(reponse.streaming_content).decode("utf-8-sig").splitlines()
        assert len(lignes) == nombre + 1
    assert Consultation.objects.count() == 3, "once a day for each, however often it is exported"


def test_many_are_done_by_a_job_that_says_what_it_did(
    troupe, drh, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("cadres.registre.en_nombre.PLUSIEURS_MAX", 5)
    monkeypatch.setattr(actes, "PLUSIEURS_MAX", 5)
    peupler(troupe, 12)
    choix = {"tous": "oui", "parametres": "q=lot"}
    choix = confirmer(choix, drh.post("/registre/informer/", choix))
    with django_capture_on_commit_callbacks(execute=True):
        reponse = drh.post("/registre/informer/", choix)
    tache = Tache.objects.get()
    assert reponse.url == f"/taches/{tache.pk}/"
    assert tache.etat == Tache.Etat.REUSSIE
    assert Courriel.objects.count() == 12
    assert "12\u00a0cadres informés par courriel" in drh.get(reponse.url).content.decode()


def test_more_than_an_act_can_reach_is_refused_before_anything(troupe, drh, monkeypatch):
    monkeypatch.setattr(selection, "SELECTION_MAX", 3)
    peupler(troupe, 5)
    reponse = drh.post("/registre/informer/", {"tous": "oui", "parametres": "q=lot"})
    assert "filtrez la liste" in dit(reponse)
    assert not Courriel.objects.exists()


def test_the_preview_costs_as_many_queries_whatever_the_number(troupe, drh):
    comptes = []
    for n in (1, 4, 45):
        peupler(troupe, n, etat="accord")
        with CaptureQueriesContext(connection) as requetes:
            drh.post("/registre/confier/", {"tous": "oui", "parametres": "q=lot"})
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1] == comptes[2] <= 20
