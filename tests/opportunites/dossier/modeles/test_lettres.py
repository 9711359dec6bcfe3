"""Depositing a model, having letters made from it: by whom, of whom, and for how long they lie here."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cadres.candidature import actions as candidature
from cadres.donnees_personnelles.effacement import anonymiser
from cadres.fiche.verrous import verrouiller
from cadres.models import Consultation
from collectivites.communs.typographie import cite
from collectivites.models import EntreeJournal, Tache
from opportunites.branchements.taches import oublier_les_lettres
from opportunites.dossier.modeles import actions
from opportunites.dossier.modeles.fabrication import lignes
from opportunites.dossier.modeles.paquet import TAILLE_MAX, TROP_LOURD
from opportunites.dossier.modeles.sujets import completer, sujets, valeurs
from opportunites.models import Fournee, LettreFaite, ModeleWord
from tests.fabriques import (
    faire_cadre,
    faire_docx,
    faire_fournee,
    faire_inscription,
    faire_modele,
    faire_opportunite,
    faire_proposition,
)

pytestmark = pytest.mark.django_db


def depot(contenu, nom="lettre.docx", **champs):
    fichier = SimpleUploadedFile(nom, contenu)
    return {"genre": "arrete", "nom": "Notre arrêté", "fichier": fichier, **champs}


def faire(acteur, modele, choisis, forme="docx"):
    return actions.demander_les_lettres(
        acteur=acteur, modele=modele, choisis=[c.pk for c in choisis], forme=forme
    )


@pytest.fixture
def modele(accueil):
    return faire_modele(accueil)


# --- The model -------------------------------------------------------------------------------------


def test_a_model_without_a_fault_is_kept_journaled_and_shown(accueil, client_de):
    client = client_de(accueil)
    page = client.post(
        reverse("opportunites:deposer_modele"), depot(faire_docx("{{ personne.nom }}")), follow=True
    )

    modele = ModeleWord.objects.get()
    assert modele.champs == ["personne.nom"]
    assert page.redirect_chain == [(reverse("opportunites:modele", args=[modele.pk]), 302)]
    assert "Ferrand" in page.content.decode()
    assert EntreeJournal.objects.get(acte="modele.depose").libelle == (
        f"Modèle {cite('Notre arrêté')} déposé (arrêté)"
    )


def test_a_fault_is_told_beside_the_file_and_nothing_is_kept(accueil, client_de):
    faux = faire_docx("{{ personne.age }}", "{% for x in y %}{% endfor %}")
    page = client_de(accueil).post(reverse("opportunites:deposer_modele"), depot(faux))
    erreurs = page.context["formulaire"].errors
    assert list(erreurs) == ["fichier"]
    assert "paragraphe 1" in erreurs["fichier"][0]
    assert "« personne.age » n’existe pas" in erreurs["fichier"][0]
    assert "paragraphe 2" in erreurs["fichier"][1]
    assert page.context["formulaire"]["nom"].value() == "Notre arrêté"
    assert not ModeleWord.objects.exists()


@pytest.mark.parametrize(
    ("contenu", "nom", "dit"),
    [
        (b"PK" + b"\0" * (TAILLE_MAX + 1), "lourd.docx", TROP_LOURD),
        (b"PK" + b"\0" * (30 << 20), "trente.docx", TROP_LOURD),
        (b"PK\x03\x04", "macro.docm", "Enregistrez ce document au format .docx"),
        (faire_docx("Bonjour"), "vide.docx", "ne nomme aucun champ"),
        (b"", "vide.docx", "Ce fichier est vide"),
    ],
)
def test_what_is_no_model_has_its_sentence(accueil, client_de, contenu, nom, dit):
    page = client_de(accueil).post(reverse("opportunites:deposer_modele"), depot(contenu, nom))
    assert page.status_code == 200
    assert dit in page.context["formulaire"].errors["fichier"][0]


def test_the_same_name_replaces_another_kind_is_refused(accueil, client_de):
    client, adresse = client_de(accueil), reverse("opportunites:deposer_modele")
    client.post(adresse, depot(faire_docx("{{ personne.nom }}")))
    client.post(adresse, depot(faire_docx("{{ personne.prenom }}")))
    assert ModeleWord.objects.get().champs == ["personne.prenom"]
    client.post(adresse, depot(faire_docx("{{ personne.nom }}"), genre="lettre"))
    assert ModeleWord.objects.get().genre == "arrete"


def test_a_model_belongs_to_one_collectivite(scene, modele, origine, client_de):
    assert list(ModeleWord.objects.visibles_par(scene.troupe.drh_region)) == [modele]
    assert list(ModeleWord.objects.visibles_par(scene.troupe.gestionnaire_region)) == [modele]
    for autre in (origine, scene.troupe.dgs_region, scene.troupe.cadre, scene.troupe.etranger_drh):
        assert not ModeleWord.objects.visibles_par(autre).exists()
    assert (
        client_de(origine).get(reverse("opportunites:modele", args=[modele.pk])).status_code == 404
    )


# --- Its letters -----------------------------------------------------------------------------------


def test_an_arrete_is_made_by_a_job_for_a_move(
    modele, mobilite, accueil, client_de, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        fournee = faire(accueil, modele, [mobilite])
    fournee.refresh_from_db()
    tache = Tache.objects.get()
    assert tache.etat == Tache.Etat.REUSSIE, tache.erreur
    assert mobilite.cadre.nom not in f"{tache.libelle} {tache.parametres} {tache.resultat}"
    texte = "\n".join(lignes(bytes(fournee.contenu)))
    assert f"{mobilite.cadre.prenom} {mobilite.cadre.nom.upper()}" in texte
    assert "CGFP L512-23 à L512-26, L511-3" in texte
    assert "{{" not in texte

    page = client_de(accueil).get(reverse("opportunites:telecharger_fournee", args=[fournee.pk]))
    assert page["Content-Disposition"].endswith(f'lettres-{fournee.pk}.docx"')
    assert Consultation.objects.filter(cadre=mobilite.cadre, nature="document").exists()


def test_what_the_host_does_not_read_is_to_be_completed_by_hand(mobilite, accueil, origine):
    """The échelon is the present employer's: the host's letter says so, its own DRH's tells it."""
    cadre = mobilite.cadre
    cadre.echelon, cadre.matricule = "7", "D-777"
    cadre.save()
    (lettre,) = valeurs(accueil, "arrete", list(sujets(accueil, "arrete")))
    completes, manques = completer("arrete", lettre)
    assert {"personne.echelon", "personne.matricule", "personne.statut"} <= set(manques)
    assert completes["personne.echelon"] == "[à compléter\u00a0: échelon]"
    (sienne,) = valeurs(origine, "arrete", list(sujets(origine, "arrete")))
    assert (sienne["personne.echelon"], sienne["personne.matricule"]) == ("7", "D-777")


def test_whom_letters_may_be_about(scene, mobilite, accueil, origine):
    """A proposition: its host, once validated. A move: the two sides. A certificate: one's own people."""
    troupe = scene.troupe
    brouillon = faire_proposition(
        faire_opportunite(troupe.region), faire_cadre(troupe.ville, "retenu"), "brouillon"
    )
    partie = faire_proposition(
        faire_opportunite(troupe.region), faire_cadre(troupe.departement, "retenu")
    )
    lettres = set(sujets(accueil, "lettre"))
    assert partie in lettres
    assert brouillon not in lettres
    assert partie not in set(sujets(origine, "lettre"))
    assert list(sujets(accueil, "arrete")) == list(sujets(origine, "convention")) == [mobilite]
    for autre in (troupe.drh_ville, troupe.etranger_drh):
        assert not sujets(autre, "arrete").exists()

    achevee = faire_inscription(faire_cadre(troupe.departement, "retenu"), etat="achevee")
    assert list(sujets(origine, "attestation")) == [achevee]
    assert not sujets(accueil, "attestation").exists()


def test_somebody_who_is_no_longer_there_stops_the_whole(
    scene, modele, mobilite, accueil, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as suites:
        fournee = faire(accueil, modele, [mobilite])
    mobilite.etat, mobilite.abandonnee_le = "abandonnee", timezone.now()
    mobilite.save()
    for suite in suites:
        suite()
    fournee.refresh_from_db()
    assert fournee.contenu is None
    assert "n’est plus dans la liste : rien n’est fait" in Tache.objects.get().erreur


def test_a_zip_has_a_document_for_each_and_counts_what_is_missing(
    scene, accueil, client_de, django_capture_on_commit_callbacks
):
    modele = faire_modele(accueil, "lettre-proposition")
    propositions = [
        faire_proposition(
            faire_opportunite(scene.troupe.region), faire_cadre(scene.troupe.ville, "retenu")
        )
        for _ in range(3)
    ]
    with django_capture_on_commit_callbacks(execute=True):
        page = client_de(accueil).post(
            reverse("opportunites:faire_les_lettres", args=[modele.pk]),
            {"choisis": [p.pk for p in propositions], "forme": "zip"},
        )
    assert page.status_code == 302
    fournee = Fournee.objects.get()
    with zipfile.ZipFile(io.BytesIO(fournee.contenu)) as archive:
        assert len(archive.namelist()) == 3
    assert fournee.manques["proposition.contact"] == 3
    assert LettreFaite.objects.count() == 3


def test_thirty_letters_cost_as_many_queries_as_one(scene, origine, django_assert_max_num_queries):
    promotion = faire_inscription(
        faire_cadre(scene.troupe.departement, "retenu"), etat="achevee"
    ).promotion
    with django_assert_max_num_queries(4):
        valeurs(origine, "attestation", list(sujets(origine, "attestation")))
    for _ in range(5):
        faire_inscription(
            faire_cadre(scene.troupe.departement, "retenu"), promotion, etat="achevee"
        )
    with django_assert_max_num_queries(4):
        assert len(valeurs(origine, "attestation", list(sujets(origine, "attestation")))) == 6


# --- Nothing of it stays ---------------------------------------------------------------------------


def test_forgetting_a_person_takes_the_whole_file_away(scene, modele, accueil):
    partant = faire_cadre(scene.troupe.region, "retire")
    faire_fournee(accueil, modele, partant, scene.cadre)
    anonymiser(verrouiller(partant.pk))
    assert not Fournee.objects.exists()
    assert ModeleWord.objects.exists()


def test_so_does_a_withdrawal(scene, modele, accueil):
    faire_fournee(accueil, modele, scene.cadre)
    candidature.retirer(acteur=scene.troupe.cadre)
    assert not Fournee.objects.exists()


def test_letters_wait_for_a_day(modele, accueil):
    fournee = faire_fournee(accueil, modele)
    Fournee.objects.update(demandee_le=timezone.now() - timedelta(hours=23, minutes=59))
    assert oublier_les_lettres() == 0
    Fournee.objects.update(demandee_le=timezone.now() - timedelta(hours=24))
    assert oublier_les_lettres() == 1
    assert not Fournee.objects.filter(pk=fournee.pk).exists()


def test_a_model_that_is_withdrawn_takes_its_letters_with_it(modele, accueil, client_de):
    faire_fournee(accueil, modele)
    client_de(accueil).post(reverse("opportunites:retirer_modele", args=[modele.pk]))
    assert not ModeleWord.objects.exists()
    assert not Fournee.objects.exists()
    assert EntreeJournal.objects.filter(acte="modele.retire").exists()
