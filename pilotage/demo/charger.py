"""Loads the demonstration, once, and never beside real data."""

import random

from django.db import transaction

from collectivites.chaine.maillons import reprendre
from collectivites.garanties.postgresql.statistiques import analyser_apres_l_acte
from collectivites.models import Demarche, Utilisateur
from pilotage.demo import apres, organisation
from pilotage.demo.cadrage import ecriture as cadrage
from pilotage.demo.cadrage.recit import ORLEANS
from pilotage.demo.chapitres import (
    accompagnement,
    campagne,
    catalogue,
    chronique,
    criteres,
    dossiers,
    promotions,
    registre,
    remunerations,
    voeux,
)
from pilotage.demo.chapitres.mouvements import Mouvements
from pilotage.demo.valbrune import ecriture as valbrune


class DonneesReelles(Exception):
    """The database holds something else than the demonstration."""


def charger() -> bool:
    """Load the demonstration; False when it is there already.

    Raises DonneesReelles when the database holds a real démarche, or accounts of real people.
    """
    if Demarche.objects.filter(est_demo=False).exists():
        raise DonneesReelles("Une démarche réelle existe dans cette base.")
    if Demarche.objects.filter(code=organisation.CODE).exists():
        return False
    if Utilisateur.objects.exists():
        raise DonneesReelles("Des comptes existent déjà dans cette base.")
    with transaction.atomic():
        hasard = random.Random(2028)  # noqa: S311  invented people, no secret
        lieu = organisation.installer()
        cadrage.fonder(lieu, ORLEANS)
        liste = registre.remplir(lieu, hasard)
        ouvertes = promotions.derouler(lieu, liste, hasard)
        catalogue.garnir(lieu)
        Mouvements(lieu, liste, hasard).jouer()
        apres.dire(lieu, ouvertes)
        apres.relier(ouvertes)
        voeux.exprimer(liste, hasard)
        voeux.donner_les_avis(lieu)
        voeux.demander()
        voeux.interroger(liste)
        voeux.s_engager(lieu)
        campagne.preparer(lieu, liste)
        accompagnement.installer(lieu, liste)
        dossiers.remplir(lieu)
        remunerations.remplir(lieu)
        cadrage.raconter(lieu, ORLEANS)
        chronique.ecrire(lieu, ouvertes)
        criteres.ecrire(lieu)
        agents = valbrune.installer(lieu.mot_de_passe)
        organisation.dater_les_visites()
        # What is told of the past is chained as such: the chain vouches for the dates to come.
        reprendre(lieu.demarche)
        reprendre(agents.demarche)
        analyser_apres_l_acte()
    return True
