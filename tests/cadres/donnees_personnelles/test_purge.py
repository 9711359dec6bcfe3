"""The purge: each file at its time, in numbers, and never what is under way."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command

from cadres.donnees_personnelles.purge import purger
from cadres.models import Cadre, Consultation, ImportCadres
from cadres.prises import EMPECHEMENTS
from collectivites.models import (
    Courriel,
    Demarche,
    EntreeJournal,
    Tache,
)
from tests import fabriques
from tests.cadres.donnees_personnelles.aide import Etat, vieillir


def test_each_state_is_forgotten_at_its_time_and_not_before(troupe):
    cadres = {etat: fabriques.faire_cadre(troupe.region, etat) for etat in Etat}
    assert purger()["fiches"] == 0

    def oublies():
        purger()
        return {
            etat
            for etat, cadre in cadres.items()
            if Cadre.objects.get(pk=cadre.pk).anonymise_le is not None
        }

    for cadre in cadres.values():
        vieillir(cadre, 290)  # with the factory's own dates: beyond a year
    assert oublies() == {Etat.RECENSE, Etat.SANS_REPONSE, Etat.DESACCORD} - {Etat.DESACCORD}
    for cadre in cadres.values():
        vieillir(cadre, 30)
    assert oublies() == {Etat.RECENSE, Etat.SANS_REPONSE, Etat.DESACCORD}
    for cadre in cadres.values():
        vieillir(cadre, 400)
    assert oublies() == {
        Etat.RECENSE,
        Etat.SANS_REPONSE,
        Etat.DESACCORD,
        Etat.NON_RETENU,
        Etat.RETIRE,
    }
    fin = fabriques.dans(0) - timedelta(days=740)
    Demarche.objects.update(date_debut=fin - timedelta(days=900), date_fin=fin)
    assert oublies() == set(Etat)


def test_a_dry_run_counts_the_same_and_changes_nothing(troupe):
    for etat in (Etat.RETIRE, Etat.NON_RETENU):
        vieillir(fabriques.faire_cadre(troupe.region, etat), 800)
    Consultation.objects.create(
        cadre=troupe.fiche_du_cadre,
        utilisateur=troupe.drh_ville.utilisateur,
        collectivite=troupe.ville,
        role="drh",
        nature="fiche",
        quand=fabriques.il_y_a(1200),
    )
    sortie = StringIO()
    call_command("purger", "--a-blanc", stdout=sortie)
    assert "2  fiches anonymisées" in sortie.getvalue()
    assert "Rien n’est changé" in sortie.getvalue()
    assert not Cadre.objects.filter(anonymise_le__isnull=False).exists()
    assert not EntreeJournal.objects.exists()
    a_blanc = purger(a_blanc=True)
    assert purger() == a_blanc
    assert purger().total() == 0


def test_what_it_did_is_journaled_in_numbers(troupe):
    cadre = fabriques.faire_cadre(troupe.region, Etat.RETIRE)
    vieillir(cadre, 800)
    purger()
    ligne = EntreeJournal.objects.get(acte="conservation.purge")
    assert ligne.details == {"fiches": 1}
    assert ligne.auteur is None
    assert "1\u00a0fiche anonymisée" in ligne.libelle
    assert cadre.nom not in ligne.libelle


def test_the_clock_does_it(troupe):
    vieillir(fabriques.faire_cadre(troupe.region, Etat.RETIRE), 800)
    call_command("echeances", verbosity=0)
    assert Cadre.objects.filter(anonymise_le__isnull=False).count() == 1


def test_somebody_with_something_under_way_waits(troupe):
    cadre = fabriques.faire_cadre(troupe.region, Etat.RETENU)
    mobilite = fabriques.faire_mobilite(
        fabriques.faire_proposition(fabriques.faire_opportunite(troupe.ville), cadre, "acceptee")
    )
    fin = fabriques.dans(0) - timedelta(days=740)
    Demarche.objects.filter(pk=troupe.demarche.pk).update(
        date_debut=fin - timedelta(days=900), date_fin=fin
    )
    purger()
    cadre.refresh_from_db()
    assert cadre.anonymise_le is None
    assert len(EMPECHEMENTS) >= 2
    assert mobilite.etat == "ouverte"


def test_mails_imports_and_jobs_are_emptied_in_their_time(troupe):
    courriel = Courriel.objects.create(
        demarche=troupe.demarche,
        destinataire="a@essais.example",
        objet="o",
        corps="c",
        cle="k",
        depose_le=fabriques.il_y_a(400),
        etat="envoye",
        envoye_le=fabriques.il_y_a(400),
    )
    vieux = {"collectivite": troupe.ville, "mandat": troupe.drh_ville.mandat}
    lu = ImportCadres.objects.create(
        nom_fichier="a.csv",
        etat="diagnostique",
        diagnostic={"x": 1},
        depose_le=fabriques.il_y_a(100),
        **vieux,
    )
    tache = Tache.objects.create(
        nom="x",
        libelle="x",
        mandat=troupe.drh_ville.mandat,
        etat="echouee",
        finie_le=fabriques.il_y_a(1),
    )
    perdu = ImportCadres.objects.create(
        nom_fichier="b.csv", contenu=b"naissance", tache=tache, **vieux
    )
    recent = ImportCadres.objects.create(
        nom_fichier="c.csv", etat="diagnostique", diagnostic={"x": 1}, **vieux
    )
    total = purger()
    assert (total["courriels"], total["imports"], total["taches"]) == (1, 2, 0)
    courriel.refresh_from_db()
    assert (courriel.corps, courriel.destinataire, courriel.etat) == ("", "", "envoye")
    for importation in (lu, perdu):
        importation.refresh_from_db()
        assert (importation.etat, importation.diagnostic) == ("abandonne", {})
        assert importation.contenu is None
    recent.refresh_from_db()
    assert recent.diagnostic == {"x": 1}
    Tache.objects.update(finie_le=fabriques.il_y_a(120))
    assert purger()["taches"] == 1
