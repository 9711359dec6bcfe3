"""Two machines that share no folder: a web, a worker and a clock on each, files in a bucket, PostgreSQL behind
a PgBouncer in transaction mode. What one does, the other knows; what one has begun, the other ends."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import services
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import Courriel, Tache
from pilotage.models import AccordElus
from tests.fabriques import (
    faire_cadre,
    faire_opportunite,
    faire_proposition,
    fermer_les_jalons,
    ouvrir_les_jalons,
)
from tests.outils.installation import Installation, attendre
from tests.outils.seau import seau_servi
from tests.outils.smtp import facteur
from tests.pannes.aide import confirmer_une_liste, tache_de
from tests.pannes.conftest import branche
from tests.troupe import reunir_la_troupe

#: Connections that PgBouncer opens, for thirty processes and threads: each is lent to whoever asks.
PRETEES = 4
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(scope="module")
def machines(tmp_path_factory, django_db_blocker):
    with (
        services.postgresql_maniable() as pg,
        services.redis_maniable() as redis,
        facteur() as smtp,
        seau_servi() as (dit, seau),
    ):
        deux = [
            Installation(
                tmp_path_factory.mktemp(nom), pg, redis, smtp, QUATUOR_PGBOUNCER="1", **dit
            )
            for nom in ("a", "b")
        ]
        deux[0].preparer_la_base()
        with services.pgbouncer_devant(pg, PRETEES, "quatuor_site") as bouncer:
            for machine in deux:
                machine.seau = seau
                machine.environnement["DATABASE_URL"] = bouncer.url.replace(
                    "quatuor@", "quatuor_site@"
                ).replace("/postgres", "/quatuor")
            with branche(deux[0].base, django_db_blocker):
                troupe = reunir_la_troupe()
            try:
                for machine in deux:
                    machine.troupe = troupe
                    machine.lancer("web", "worker", "beat")
                yield deux
            finally:
                for machine in deux:
                    machine.finir()


@pytest.fixture
def deux(machines, django_db_blocker):
    """Whole again for each test, and at work."""
    for machine in machines:
        manquent = {"web", "worker", "beat"} - set(machine.processus)
        journal = machine.journal("worker")
        fois = journal.read_text().count(" ready.") + ("worker" in manquent)
        machine.lancer(*manquent)
        attendre(lambda: journal.read_text().count(" ready.") >= max(fois, 1), 120)  # noqa: B023
    with branche(machines[0].base, django_db_blocker):
        yield machines


@pytest.fixture
def troupe(deux):
    return deux[0].troupe


def test_a_document_deposited_on_one_is_read_on_the_other_and_lies_on_neither(
    deux, troupe, client_de
):
    une, autre = deux
    fermer_les_jalons(troupe.demarche)
    donnees = {
        "instance": "Conseil régional",
        "le": f"{timezone.localdate():%Y-%m-%d}",
        "numero": "2027-12",
    }
    piece = SimpleUploadedFile("deliberation.pdf", PDF)
    dgs = client_de(troupe.dgs_region)

    assert une.demander("/elus/accord/", dgs, donnees, {"piece": piece}).statut == 302
    accord = AccordElus.objects.get(numero="2027-12")
    lue = autre.demander(f"/elus/accords/{accord.pk}/document/", dgs)

    assert (lue.statut, lue.texte.encode()) == (200, PDF)
    assert [objet.key for objet in une.seau.objects.all()] == [f"quatuor/{accord.piece.name}"]
    assert not [f for machine in deux for f in machine.dossier.rglob("*.pdf")]
    etranger = client_de(troupe.etranger_dgs)
    assert autre.demander(f"/elus/accords/{accord.pk}/document/", etranger).statut == 404
    fermer_les_jalons(troupe.demarche)
    ouvrir_les_jalons(troupe.demarche, troupe.demarche.collectivites.all())


@pytest.mark.parametrize("sens", [1, -1])
def test_a_list_deposited_on_one_is_read_and_written_by_the_worker_of_the_other(
    deux, troupe, client_de, sens
):
    une, _ = deux[::sens]
    drh, matricule = client_de(troupe.drh_departement), f"M{sens}"
    une.tuer("worker")

    nom = {1: "Dauteuil", -1: "Quintrec"}[sens]
    ligne = f"{matricule};{nom};Paule;;A;Attaché;Finances;;01/01/1981;N"
    confirmer_une_liste(une, drh, ligne)()
    attendre(lambda: tache_de("cadres.ecrire_recensement").etat == Tache.Etat.REUSSIE, 60)

    assert Cadre.objects.filter(matricule=matricule, collectivite=troupe.departement).count() == 1
    assert nom in une.demander(f"/registre/?q={nom}", drh).texte


def test_a_session_goes_from_one_to_the_other_and_is_closed_on_both(deux, troupe, client_de):
    une, autre = deux
    drh = client_de(troupe.drh_departement)
    assert [m.demander("/registre/", drh).statut for m in (une, autre, une)] == [200] * 3

    assert autre.demander(reverse("account_logout"), drh, {}).statut == 302

    assert [m.demander("/registre/", drh).statut for m in deux] == [302, 302]


def rappeler(troupe, combien):
    """So many propositions whose answer is due in less than seven days, and nobody was reminded."""
    opportunite = faire_opportunite(troupe.region)
    cadres = [faire_cadre(troupe.departement, "retenu") for _ in range(combien)]
    for cadre in cadres:
        faire_proposition(
            opportunite, cadre, repondre_avant=timezone.now() + timedelta(days=6, hours=1)
        )
    return {cadre.utilisateur.email for cadre in cadres}


def test_with_two_clocks_each_is_reminded_once_and_one_clock_is_enough(deux, troupe):
    une, _ = deux
    for adresses in (rappeler(troupe, 8), rappeler(troupe, 3)):
        siens = Courriel.objects.filter(destinataire__in=adresses)
        attendre(lambda: siens.filter(etat=Courriel.Etat.ENVOYE).count() == len(adresses), 90)  # noqa: B023
        # Three turns of each clock later, nobody is told again.
        attendre(_trois_tours(deux), 90)
        assert {vers: une.recus()[vers] for vers in adresses} == dict.fromkeys(adresses, 1)
        if "beat" in une.processus:
            une.tuer("beat")


def _trois_tours(machines):
    def comptes():
        return sum(m.journal("worker").read_text().count("sonner[") for m in machines)

    avant = comptes()
    return lambda: comptes() >= avant + 12


def test_connections_are_lent_and_no_demarche_sees_another(deux, troupe, client_de):
    """Forty requests at once of two démarches, through four connections."""
    ici = faire_cadre(troupe.departement, nom="Dicibas")
    la_bas = faire_cadre(troupe.autre_departement, nom="Delautre")
    qui = {ici.nom: client_de(troupe.drh_departement), la_bas.nom: client_de(troupe.etranger_drh)}
    chemins = (
        "/registre/?q=D",
        "/",
        "/registre/exporter/?format=csv&q=D",
        "/journal/",
        "/pilotage/",
    )
    tours = [(m, nom, c) for m in deux for nom in qui for c in chemins] * 3

    with ThreadPoolExecutor(20) as fils:
        lues = list(fils.map(lambda t: (t[1], t[2], t[0].demander(t[2], qui[t[1]])), tours))

    assert {(chemin, page.statut) for _, chemin, page in lues if page.statut != 200} == set()
    for nom, chemin, page in lues:
        autre = la_bas.nom if nom == ici.nom else ici.nom
        assert autre.lower() not in page.texte.lower(), chemin
        if "registre" in chemin:
            assert re.search(nom, page.texte, re.IGNORECASE), chemin
    ouvertes = deux[0].sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'quatuor_site'")
    assert 0 < ouvertes[0][0] <= PRETEES


def test_nothing_of_what_was_logged_speaks_of_the_pooler(deux):
    dit = "".join(m.journal(nom).read_text() for m in deux for nom in ("web", "worker", "beat"))

    assert not re.findall(r".*(?:prepared statement|cursor .* does not exist|Traceback).*", dit)
