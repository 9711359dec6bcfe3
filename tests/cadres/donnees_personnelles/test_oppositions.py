"""Somebody who does not want to be listed again: recognised by the next list, and by nothing else."""

import hashlib
import json

import pytest
from django.test import override_settings
from django.utils import timezone

from cadres.candidature import actions as actions_candidature
from cadres.donnees_personnelles import effacement
from cadres.donnees_personnelles.oppositions import Oppositions
from cadres.donnees_personnelles.purge import purger
from cadres.fiche import actions as actions_fiche
from cadres.imports import actions as actions_imports
from cadres.imports.ecriture import ecrire_diagnostic
from cadres.imports.existants import fiches_existantes
from cadres.imports.lecture import sceller_le_fichier
from cadres.models import Cadre, Candidature, ImportCadres, Opposition
from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.resultat import Diagnostic
from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from tests import fabriques

pytestmark = pytest.mark.django_db

NOM, PRENOM, MATRICULE, COURRIEL = "Quévremont", "Ysaline", "004711", "y.quevremont@loiret.example"
FICHE = {"nom": NOM, "prenom": PRENOM, "matricule": MATRICULE, "courriel": COURRIEL}
ENTETES = "Matricule;Nom;Prénom;Courriel;Catégorie;Poste\n"


def partie(troupe, **champs):
    """Somebody who withdrew, and whom the purge forgot as they asked."""
    cadre = fabriques.faire_cadre(troupe.departement, "accord", **{**FICHE, **champs})
    moi = fabriques.acteur_du_cadre(cadre)
    actions_candidature.retirer(acteur=moi)
    effacement.demander_effacement(acteur=moi, ne_plus_recenser=True)
    assert purger()["fiches"] == 1
    return cadre


def lu(troupe, *lignes, collectivite=None):
    collectivite = collectivite or troupe.departement
    return diagnostiquer(
        lire((ENTETES + "\n".join(lignes)).encode(), "l.csv"),
        existants=fiches_existantes(collectivite),
        est_oppose=Oppositions(collectivite),
    )


def recenser(troupe, **champs):
    donnees = {**FICHE, "categorie": "A", "poste": "Directrice", **champs}
    return actions_fiche.recenser(acteur=troupe.drh_departement, donnees=donnees)


# --- What is kept -------------------------------------------------------------------------------


def test_only_hashes_are_kept_which_say_nothing_without_the_secret(troupe):
    partie(troupe)
    ligne = Opposition.objects.values().get()
    assert set(ligne) == {"id", "collectivite_id", "nom", "matricule", "courriel"}
    empreintes = [ligne[champ] for champ in ("nom", "matricule", "courriel")]
    assert len(set(empreintes)) == 3
    for clair in (NOM, f"{NOM}|{PRENOM}", "quevremont|ysaline", "4711", MATRICULE, COURRIEL):
        assert hashlib.sha256(clair.encode()).hexdigest() not in empreintes
        assert not any(clair.lower() in empreinte for empreinte in empreintes)
    qui = (NOM, PRENOM, MATRICULE, COURRIEL)
    assert Oppositions(troupe.departement)(*qui)
    with override_settings(SECRET_KEY="another installation, or a stolen dump" * 2):
        assert not Oppositions(troupe.departement)(*qui)
    # Another employer of the démarche cannot compare its people with ours.
    Opposition.objects.update(collectivite=troupe.region)
    assert not Oppositions(troupe.region)(*qui)


def test_a_new_secret_still_recognises_those_whom_the_former_one_hid(troupe, settings):
    partie(troupe)
    ancien, settings.SECRET_KEY = settings.SECRET_KEY, "a fresh key " * 5
    assert not Oppositions(troupe.departement)(NOM, PRENOM)
    settings.SECRET_KEY_FALLBACKS = [ancien]
    assert Oppositions(troupe.departement)(NOM, PRENOM)


def test_it_is_asked_for_and_may_be_left_out(troupe, client_de):
    for coche in (True, False):
        Opposition.objects.all().delete()
        cadre = fabriques.faire_cadre(troupe.departement, "desaccord")
        client = client_de(fabriques.acteur_du_cadre(cadre))
        assert 'name="ne_plus_recenser"' in client.get("/mes-donnees/effacer/").content.decode()
        client.post("/mes-donnees/effacer/", {"ne_plus_recenser": "oui"} if coche else {})
        purger()
        assert Opposition.objects.exists() is coche


def test_thinking_again_in_time_keeps_nothing(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "retire")
    moi = fabriques.acteur_du_cadre(cadre)
    effacement.demander_effacement(acteur=moi, ne_plus_recenser=True)
    effacement.renoncer_a_l_effacement(acteur=moi)
    assert not Candidature.objects.get(cadre=cadre).ne_plus_recenser
    effacement.demander_effacement(acteur=moi, ne_plus_recenser=True)
    actions_candidature.repondre(acteur=moi, accord=True)
    assert not Candidature.objects.get(cadre=cadre).ne_plus_recenser


def test_the_opposition_ends_with_the_demarche(troupe):
    partie(troupe)
    assert purger()["oppositions"] == 0
    troupe.demarche.date_fin = timezone.localdate()
    troupe.demarche.save()
    assert purger()["oppositions"] == 1
    assert not Opposition.objects.exists()


# --- The next list ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ligne",
    [
        f"{MATRICULE};{NOM};{PRENOM};{COURRIEL};A;Directrice",
        "4711;QUEVREMONT;YSALINE;;A;Directrice",  # zeros, accents and e-mail lost
        f";{NOM};{PRENOM};;A;Directrice",
        f";Nouveau-Nom;{PRENOM};{COURRIEL};A;Directrice",
        f"4711;{NOM};{PRENOM};;B;Agente",  # outside the public as well
        f"4711;{NOM};{PRENOM};;Z;Directrice",  # a row to correct
        f"4711;{NOM} 2;{PRENOM};;A;Directrice",
    ],
)
def test_the_next_list_leaves_them_out_and_keeps_a_number_alone(troupe, ligne):
    partie(troupe)
    diag = lu(troupe, "7;Durand;Paul;;A;Chef", ligne)
    assert diag.opposes == (3,)
    assert [c.nom for c in diag.lignes_valides] == ["Durand"]
    assert (diag.a_corriger, diag.hors_public) == ((), ())
    garde = json.dumps(diag.vers_json(), ensure_ascii=False).casefold()
    for mot in (NOM, PRENOM, "quevremont", "ysaline", "4711", COURRIEL, "directrice"):
        assert mot.casefold() not in garde
    assert diag.resume_json()["opposes"] == 1
    assert Diagnostic.depuis_json(diag.vers_json()) == diag


def test_without_any_opposition_the_summary_has_its_six_keys(troupe):
    assert "opposes" not in lu(troupe, "7;Durand;Paul;;A;Chef").resume_json()


@pytest.mark.parametrize(
    "ligne",
    [
        f"9999;{NOM};{PRENOM};;A;Directrice",
        f";{NOM};{PRENOM};autre@loiret.example;A;Directrice",
    ],
)
def test_a_homonym_is_another_person(troupe, ligne):
    partie(troupe)
    diag = lu(troupe, ligne)
    assert (diag.opposes, len(diag.nouveaux)) == ((), 1)


def test_another_employer_may_list_them(troupe):
    partie(troupe)
    diag = lu(troupe, f"{MATRICULE};{NOM};{PRENOM};;A;Chef", collectivite=troupe.region)
    assert len(diag.nouveaux) == 1


def test_an_opposition_that_comes_between_the_diagnosis_and_the_writing_holds(troupe):
    diag = diagnostiquer(
        lire(f"{ENTETES}{MATRICULE};{NOM};{PRENOM};{COURRIEL};A;X".encode(), "l.csv"), existants=[]
    )
    partie(troupe)
    bilan = ecrire_diagnostic(
        acteur=troupe.drh_departement, collectivite=troupe.departement, diagnostic=diag
    )
    assert (bilan["nouveaux"], bilan["opposes"]) == (0, 1)
    assert not Cadre.objects.filter(nom=NOM).exists()


def test_the_page_says_it_by_row_numbers_and_no_example_shows_the_person(troupe, client_de):
    partie(troupe)
    drh = client_de(troupe.drh_departement)
    importation = ImportCadres.objects.create(
        collectivite=troupe.departement,
        mandat=troupe.drh_departement.mandat,
        nom_fichier="l.csv",
        contenu=sceller_le_fichier(
            f"{ENTETES}{MATRICULE};{NOM};{PRENOM};{COURRIEL};A;X\n8;Durand;Paul;;A;Chef".encode()
        ),
    )
    actions_imports.diagnostiquer_import(importation_id=importation.pk)
    page = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "Cette personne s’est opposée à être recensée" in page
    for texte in (page, json.dumps(ImportCadres.objects.values("resume", "diagnostic").get())):
        assert NOM not in texte
        assert "Qu\\u00e9vremont" not in texte
        assert MATRICULE not in texte


# --- Withdrawn, and not forgotten ---------------------------------------------------------------


def test_a_list_changes_nothing_to_the_candidacy_of_who_withdrew(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "accord", **FICHE)
    actions_candidature.retirer(acteur=fabriques.acteur_du_cadre(cadre))
    avant = Candidature.objects.values().get(cadre=cadre)
    diag = lu(troupe, f"{MATRICULE};{NOM};{PRENOM};{COURRIEL};A;Tout autre poste")
    assert (len(diag.nouveaux), len(diag.mis_a_jour)) == (0, 1)
    ecrire_diagnostic(
        acteur=troupe.drh_departement, collectivite=troupe.departement, diagnostic=diag
    )
    assert Candidature.objects.values().get(cadre=cadre) == avant
    assert Cadre.objects.filter(nom=NOM).count() == 1


# --- By hand ------------------------------------------------------------------------------------


def test_the_form_says_it_at_its_place_and_loses_nothing(troupe, client_de):
    partie(troupe)
    drh = client_de(troupe.drh_departement)
    saisie = {**FICHE, "categorie": "A", "poste": "Directrice des routes", "origine": "recensement"}
    reponse = drh.post("/registre/nouveau/", saisie)
    texte = reponse.content.decode()
    assert "s’est opposée à être recensée" in texte
    assert "Directrice des routes" in texte
    assert not Cadre.objects.filter(nom=NOM).exists()
    with pytest.raises(ActionImpossible, match="opposée"):
        recenser(troupe)


def test_a_volunteer_lifts_their_opposition_by_any_key(troupe, client_de):
    partie(troupe)
    saisie = {
        "nom": "Quevremont",
        "prenom": PRENOM,
        "poste": "Directrice",
        "categorie": "A",
        "origine": "volontariat",
    }
    client_de(troupe.drh_departement).post("/registre/nouveau/", saisie)
    assert Cadre.objects.get(nom="Quevremont").candidature.origine == "volontariat"
    assert not Opposition.objects.exists()
    ligne = EntreeJournal.objects.get(acte="cadre.recense")
    assert "opposition est levée" in ligne.libelle
    assert not Oppositions(troupe.departement)(NOM, PRENOM, MATRICULE, COURRIEL)


def test_the_file_of_one_does_not_become_that_of_another(troupe, client_de):
    partie(troupe)
    autre = fabriques.faire_cadre(troupe.departement)
    drh = client_de(troupe.drh_departement)
    saisie = {**FICHE, "poste": "Chef", "categorie": "A"}
    assert "s’est opposée" in drh.post(f"/registre/{autre.pk}/modifier/", saisie).content.decode()
    with pytest.raises(ActionImpossible, match="opposée"):
        actions_fiche.modifier(
            acteur=troupe.drh_departement, cadre=autre, donnees={"courriel": COURRIEL}
        )
    autre.refresh_from_db()
    assert autre.nom != NOM
