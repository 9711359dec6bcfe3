"""The firm sits among the employers: it reads what is everybody's, prepares, and sees nobody's file."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from cadres.models import Cadre
from collectivites.models import Courriel, EntreeJournal, Mandat, Utilisateur
from collectivites.mots import Role
from pilotage.cadrage.cabinet import actions
from pilotage.models import DocumentCabinet
from tests import fabriques
from tests.acces.adresses import adresses
from tests.acces.parametres import PARAMETRES
from tests.acces.scene import monter

PDF = b"%PDF-1.7\n%note\n"


def fichier(nom="note.pdf", contenu=PDF):
    return SimpleUploadedFile(nom, contenu)


def saisie(**champs):
    return {
        "prenom": "Camille",
        "nom": "Desbois",
        "courriel": "camille@cabinet.example",
        "fin": fabriques.dans(90).isoformat(),
        "motif": "Accompagnement stratégique des DGS",
        **champs,
    }


@pytest.fixture
def cabinet(troupe):
    return troupe.cabinet


def test_a_dgs_invites_it_and_the_others_are_told(troupe, client_de):
    client = client_de(troupe.dgs_departement)
    client.post("/cabinet/inviter/", saisie())
    mandat = Mandat.objects.get(utilisateur__email="camille@cabinet.example")
    assert (mandat.role, mandat.collectivite) == (Role.CABINET, troupe.departement)
    assert mandat.fin == fabriques.dans(90)
    assert mandat.libelle == "Cabinet conseil, Parcours mobilité Centre-Val de Loire"
    lettre = Courriel.objects.get(destinataire="camille@cabinet.example")
    assert "Denis Bailly" in lettre.corps
    assert "/invitation/" in lettre.corps
    prevenus = set(
        Courriel.objects.filter(objet__contains="cabinet").values_list("destinataire", flat=True)
    )
    assert prevenus == {troupe.dgs_ville.utilisateur.email, troupe.dgs_region.utilisateur.email}
    ligne = EntreeJournal.objects.get(acte="cabinet.invite")
    assert (ligne.collectivite, ligne.motif) == (None, "Accompagnement stratégique des DGS")


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"fin": fabriques.dans(-1).isoformat()}, "un jour à venir"),
        ({"fin": fabriques.dans(2000).isoformat()}, "La démarche sera finie"),
        ({"motif": ""}, "obligatoire"),
        ({"courriel": "drh.departement@essais.example"}, "ne peut pas recevoir ce rôle"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(troupe, client_de, champs, message):
    page = client_de(troupe.dgs_departement).post("/cabinet/inviter/", saisie(**champs))
    assert message in page.content.decode()
    assert 'value="Desbois"' in page.content.decode()
    assert Mandat.objects.get(role=Role.CABINET) == troupe.cabinet.mandat


def test_a_coach_of_the_firm_may_sit_too_and_keeps_those_entrusted_to_them(troupe, client_de):
    courriel = troupe.accompagnateur.utilisateur.email
    client_de(troupe.dgs_departement).post("/cabinet/inviter/", saisie(courriel=courriel))
    siege = Mandat.objects.get(role=Role.CABINET, utilisateur=troupe.accompagnateur.utilisateur)
    from cadres.candidature.acteurs import acteur_du_mandat

    assert not Cadre.objects.visibles_par(acteur_du_mandat(siege)).exists()
    assert troupe.fiche_du_cadre in Cadre.objects.visibles_par(troupe.accompagnateur)


def test_any_dgs_ends_it(troupe, client_de, cabinet):
    adresse = f"/cabinet/{cabinet.mandat.pk}/finir/"
    assert client_de(troupe.etranger_dgs).post(adresse, {"motif": "x"}).status_code == 404
    assert client_de(troupe.drh_ville).post(adresse, {"motif": "x"}).status_code == 403
    client_de(troupe.dgs_region).post(adresse, {"motif": "Mission terminée"})
    cabinet.mandat.refresh_from_db()
    assert cabinet.mandat.fin == fabriques.dans(0)
    assert "finit ce soir" in Courriel.objects.get(utilisateur=cabinet.utilisateur).corps
    assert EntreeJournal.objects.get(acte="cabinet.fini").motif == "Mission terminée"


def test_it_deposits_documents_that_dgs_and_drh_read(troupe, client_de, cabinet):
    client = client_de(cabinet)
    client.post("/cabinet/documents/deposer/", {"titre": "Note stratégique", "piece": fichier()})
    document = DocumentCabinet.objects.get()
    for lecteur in (troupe.dgs_ville, troupe.drh_region, cabinet):
        reponse = client_de(lecteur).get(f"/cabinet/documents/{document.pk}/")
        assert reponse.content == PDF
        assert "attachment" in reponse["Content-Disposition"]
        assert "Note stratégique" in client_de(lecteur).get("/cabinet/").content.decode()
    assert (
        client_de(troupe.etranger_dgs).get(f"/cabinet/documents/{document.pk}/").status_code == 404
    )
    for autre in (troupe.gestionnaire_region, troupe.accompagnateur, troupe.cadre):
        assert client_de(autre).get(f"/cabinet/documents/{document.pk}/").status_code == 403
    client.post(f"/cabinet/documents/{document.pk}/retirer/")
    assert client_de(troupe.dgs_ville).get(f"/cabinet/documents/{document.pk}/").status_code == 404


def test_a_file_that_is_no_document_is_told_beside_its_field(client_de, cabinet):
    page = client_de(cabinet).post(
        "/cabinet/documents/deposer/",
        {"titre": "Note", "piece": fichier("note.pdf", b"<html>")},
    )
    assert "ni un PDF" in page.content.decode()
    assert 'value="Note"' in page.content.decode()
    assert not DocumentCabinet.objects.exists()


def test_somebody_else_deposits_nothing_in_its_name(troupe):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        actions.deposer_un_document(acteur=troupe.dgs_ville, titre="x", usage="", piece=fichier())


#: What it reads of the tables; all the others are closed to it, with or without a page.
LISIBLES = {
    "collectivites.collectivite",
    # Its dates; what is wished and found in it is not.
    "opportunites.campagne",
    "parcours.prestation",
    "parcours.session",
    "pilotage.actioncommunication",
    # Figures alone; the pages that print them are others.
    "pilotage.arretedeschiffres",
    "pilotage.clotureetape",
    "pilotage.documentcabinet",
    "pilotage.elementsdelangage",
    "pilotage.passagejalon",
    "pilotage.etaperoute",
}


def test_no_table_that_speaks_of_a_person_is_open_to_it(troupe):
    monter(troupe)
    siege = troupe.cabinet
    lisibles = {
        modele._meta.label_lower
        for modele in apps.get_models()
        if hasattr(modele._default_manager, "visibles_par")
        and modele._default_manager.visibles_par(siege).exists()
    }
    assert lisibles <= LISIBLES
    assert "pilotage.etaperoute" in lisibles


#: All that the firm opens, of all the addresses of the site; the rest refuses it.
OUVERTES = {
    "pilotage:accueil",
    "pilotage:cabinet",
    "pilotage:communication",
    "pilotage:communication_support",
    "pilotage:deposer_document",
    "pilotage:document_cabinet",
    "pilotage:exporter_indicateurs",
    "pilotage:feuille_de_route",
    "pilotage:langage",
    # Of no person: what a session is, how a run chooses.
    "parcours:catalogue",
    "parcours:mon_agenda",
    "parcours:prestation",
    "opportunites:regles_du_mouvement",
}
#: 410: a link whose key is not in the session.
REFUS = {403, 404, 405, 410}


def test_of_all_the_addresses_it_opens_those_and_no_name_of_a_cadre_is_on_them(troupe, client_de):
    scene = monter(troupe)
    client = client_de(troupe.cabinet)
    noms = set(Cadre.objects.values_list("nom", flat=True))
    noms -= set(Utilisateur.objects.exclude(mandats__role="cadre").values_list("nom", flat=True))
    ouvertes = set()
    for nom, adresse in adresses().items():
        if not adresse.est_a_nous or adresse.est_publique:
            continue
        parametres = PARAMETRES[nom](scene) if adresse.parametres else {}
        reponse = client.get(adresse.chemin(**parametres))
        if reponse.status_code == 200:
            ouvertes.add(nom)
            texte = "" if reponse.streaming else reponse.content.decode(errors="replace")
            assert not {n for n in noms if n in texte}, nom
        elif reponse.status_code not in REFUS:
            assert reponse.status_code == 302, nom
        if nom not in OUVERTES:
            envoi = client.post(adresse.chemin(**parametres))
            assert envoi.status_code in {*REFUS, 302}, nom
    partagees = {n for n in ouvertes if n.startswith("collectivites:")} | {
        "parcours:session",
        "pilotage:systeme",
        "pilotage:compte_a_faire",
    }
    assert ouvertes - partagees == OUVERTES
