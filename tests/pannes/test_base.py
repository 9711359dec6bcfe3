"""PostgreSQL is restarted, or falls, under load: 503 while it is away, never 500; what was answered as done is
done, once."""

import signal
import threading
import time
from collections import Counter

import pytest
from django.db import connections

from cadres.models import Cadre
from collectivites.chaine.verification import verifier
from collectivites.models import EntreeJournal, Tache
from tests.fabriques import faire_cadre
from tests.outils.installation import attendre
from tests.pannes.aide import ECRIRE, confirmer_une_liste, dit_dans_la_minute, tache_de

COMBIEN = 60


@pytest.mark.parametrize("ordre", [signal.SIGINT, signal.SIGQUIT])
def test_a_restart_under_load_answers_503_and_loses_nothing_that_was_said_done(
    reelle, troupe, client_de, ordre
):
    drh = client_de(troupe.drh_departement)
    cadres = [faire_cadre(troupe.departement) for _ in range(COMBIEN)]
    faits, statuts, fin = set(), Counter(), threading.Event()

    def noter(appel):
        try:
            reponse = appel()
        except OSError as rupture:
            statuts[type(rupture).__name__] += 1
            return None
        statuts[reponse.statut] += 1
        return reponse.statut

    def lire(page):
        while not fin.is_set():
            noter(lambda: reelle.demander(page, drh))

    def agir(miens):
        for cadre in miens:
            adresse = f"/registre/{cadre.pk}/informer/"
            if noter(lambda adresse=adresse: reelle.demander(adresse, drh, {})) == 302:
                faits.add(cadre.pk)
            time.sleep(0.1)

    fils = [
        threading.Thread(target=lire, args=(page,)) for page in ("/", "/registre/", "/journal/")
    ]
    fils += [threading.Thread(target=agir, args=(cadres[n::2],)) for n in range(2)]
    for fil in fils:
        fil.start()
    time.sleep(1)
    reelle.pg.arreter(ordre)
    time.sleep(1)
    reelle.pg.demarrer()
    for fil in fils[3:]:
        fil.join(120)
    fin.set()
    for fil in fils[:3]:
        fil.join(60)

    connections["default"].close()  # of this process: it fell as well
    assert set(statuts) <= {200, 302, 503}, statuts
    assert statuts[503], statuts
    assert [reelle.demander(page, drh).statut for page in ("/", "/registre/")] == [200, 200]
    informes = set(
        Cadre.objects.filter(
            pk__in=[c.pk for c in cadres], candidature__etat="informe"
        ).values_list("pk", flat=True)
    )
    assert faits <= informes
    lignes = EntreeJournal.objects.filter(cadre_ref__in=informes)
    assert Counter(lignes.values_list("cadre_ref", flat=True)) == dict.fromkeys(informes, 1)
    attendre(lambda: verifier(troupe.demarche).tient)


def test_a_job_cut_by_a_restart_is_told_within_a_minute_and_done_once(reelle, troupe, client_de):
    drh = client_de(troupe.drh_departement)
    siens = Cadre.objects.filter(matricule="R1")
    confirmer = confirmer_une_liste(
        reelle, drh, "R1;Redémarre;Rose;;A;Attaché;Finances;;01/01/1981;N"
    )
    with reelle.acte_retenu():
        confirmer()
        reelle.attendre_l_acte()
        reelle.pg.arreter(signal.SIGINT)
    mort = time.monotonic()
    reelle.pg.demarrer()
    connections["default"].close()
    assert not siens.exists()

    dit_dans_la_minute(reelle, drh, ECRIRE, mort)
    attendre(lambda: tache_de(ECRIRE).etat == Tache.Etat.REUSSIE, 60)
    assert siens.count() == 1
