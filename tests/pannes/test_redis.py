"""Redis is killed under the site, and comes back: pages and acts did without it, and nobody restarts anything."""

import signal
import time

import pytest
from django.utils import timezone

from cadres.models import Cadre
from collectivites.garanties.disjoncteur import REPOS
from collectivites.models import Courriel, Tache
from collectivites.travaux.courriels import OUBLIE
from tests.cadres.imports.aide import fichier
from tests.fabriques import faire_cadre
from tests.outils.installation import attendre


@pytest.fixture
def recenses(troupe):
    cadres = [faire_cadre(troupe.departement) for _ in range(3)]
    for cadre in cadres:
        cadre.courriel = f"redis{cadre.pk}@loiret.example"
        cadre.save()
    return cadres


@pytest.mark.parametrize("panne", ["tue", "fige"])
def test_what_was_asked_without_redis_is_done_when_it_is_back(
    reelle, troupe, client_de, recenses, panne
):
    drh = client_de(troupe.drh_departement)
    *sans, avec = recenses
    if panne == "tue":
        reelle.redis.arreter(signal.SIGKILL)
    else:
        reelle.redis.processus.send_signal(signal.SIGSTOP)

    pages = ["/", "/registre/", "/registre/criteres/", "/sante/"]
    debut = time.monotonic()
    assert [reelle.demander(page, drh).statut for page in pages] == [200] * 4
    assert time.monotonic() - debut < 10
    for cadre in sans:
        assert reelle.demander(f"/registre/{cadre.pk}/informer/", drh, {}).statut == 302
    ligne = f"Z{panne};Redisson;{panne};;A;Attaché;Finances;;01/01/1981;N"
    depot = reelle.demander("/recensements/importer/", drh, fichiers={"fichier": fichier(ligne)})
    assert depot.statut == 302
    assert {Cadre.objects.get(pk=c.pk).candidature.etat for c in sans} == {"informe"}
    siens = [cadre.courriel for cadre in sans]
    assert not set(siens) & set(reelle.recus())

    if panne == "tue":
        reelle.redis.demarrer()
    else:
        reelle.redis.processus.send_signal(signal.SIGCONT)
    # Five minutes later: the clock takes up the mails, and offers the job again.
    Courriel.objects.filter(etat=Courriel.Etat.A_ENVOYER).update(depose_le=timezone.now() - OUBLIE)
    Tache.objects.filter(etat=Tache.Etat.ATTENTE).update(creee_le=timezone.now() - OUBLIE)
    attendre(lambda: [reelle.recus()[vers] for vers in siens] == [1, 1], 60)
    attendre(lambda: Tache.objects.latest("creee_le").etat == Tache.Etat.REUSSIE, 60)

    # What is asked once it has been seen again leaves at once, by the same web, worker and clock.
    time.sleep(REPOS)
    assert reelle.demander(f"/registre/{avec.pk}/informer/", drh, {}).statut == 302
    attendre(lambda: reelle.recus()[avec.courriel] == 1)
    assert all(processus.poll() is None for processus in reelle.processus.values())
