"""Jobs, as somebody asks for them through the site, and waits."""

import time

from collectivites.models import Tache
from tests.cadres.imports.aide import fichier
from tests.outils.installation import attendre

ECRIRE = "cadres.ecrire_recensement"


def tache_de(nom):
    return Tache.objects.filter(nom=nom).latest("creee_le")


def confirmer_une_liste(reelle, drh, *lignes):
    """Deposit a list, wait for its reading; what confirms it, hence asks for its writing."""
    depot = reelle.demander("/recensements/importer/", drh, fichiers={"fichier": fichier(*lignes)})
    assert depot.statut == 302
    attendre(lambda: tache_de("cadres.diagnostiquer").etat == Tache.Etat.REUSSIE)
    importation = tache_de("cadres.diagnostiquer").parametres["importation"]

    def confirmer():
        assert reelle.demander(f"/recensements/{importation}/confirmer/", drh, {}).statut == 302

    return confirmer


def dit_dans_la_minute(reelle, client, nom, mort):
    """Its page says that it is dead, or it has been taken up already."""
    tache = tache_de(nom)

    def le_dit():
        texte = reelle.demander(f"/taches/{tache.pk}/", client).texte
        return "ne donne plus signe de vie" in texte or Tache.objects.get(pk=tache.pk).essais == 2

    attendre(le_dit, 60)
    assert time.monotonic() - mort < 60
