"""The address of a file: a person's own, never their employer's, and never changed behind their back."""

import pytest

from cadres.candidature import actions as actions_candidature
from cadres.candidature.comptes import adresses_d_employeur
from cadres.fiche import actions as actions_fiche
from cadres.imports.ecriture import ecrire_diagnostic
from cadres.imports.existants import fiches_existantes
from cadres.models import Cadre
from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.lecture import lire
from collectivites.comptes.adresses.rattachement import rejoindre
from collectivites.comptes.invitations import invite_du_jeton, lien_invitation
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from tests import fabriques

pytestmark = pytest.mark.django_db

ANCIENNE, NOUVELLE = "odette.vieille@loiret.example", "odette.neuve@loiret.example"


@pytest.fixture
def odette(troupe):
    """Told, and not yet in: her account waits for its password."""
    cadre = fabriques.faire_cadre(
        troupe.departement, nom="Vieille", prenom="Odette", courriel=ANCIENNE, matricule="77"
    )
    actions_candidature.informer(acteur=troupe.drh_departement, cadre=cadre)
    return Cadre.objects.get(pk=cadre.pk)


def changer(troupe, cadre, courriel=NOUVELLE):
    actions_fiche.modifier(
        acteur=troupe.drh_departement, cadre=cadre, donnees={"courriel": courriel}
    )


def importer(troupe, cadre, courriel=NOUVELLE):
    liste = f"Matricule;Nom;Prénom;Courriel\n77;Vieille;Odette;{courriel}\n"
    diagnostic = diagnostiquer(
        lire(liste.encode(), "l.csv"),
        existants=fiches_existantes(troupe.departement),
        adresses_prises=adresses_d_employeur(troupe.departement),
    )
    ecrire_diagnostic(
        acteur=troupe.drh_departement, collectivite=troupe.departement, diagnostic=diagnostic
    )
    return diagnostic


@pytest.mark.parametrize("geste", [changer, importer])
def test_the_former_link_dies_and_the_former_address_is_told(troupe, odette, geste):
    lien = lien_invitation(odette.utilisateur)
    uid, jeton = lien.rstrip("/").split("/")[-2:]
    assert invite_du_jeton(uid, jeton) == odette.utilisateur
    geste(troupe, odette)
    assert invite_du_jeton(uid, jeton) is None
    odette.refresh_from_db()
    assert odette.courriel == odette.utilisateur.email == NOUVELLE
    avis = Courriel.objects.get(cle__contains="#cadres_courriel_change")
    assert avis.destinataire == ANCIENNE
    assert troupe.drh_departement.utilisateur.nom_complet in avis.corps
    # A stranger's box, perhaps: neither who it is, nor where the mails go now.
    for secret in ("Odette", "Vieille", NOUVELLE, "/invitation/"):
        assert secret not in avis.corps + avis.objet


@pytest.mark.parametrize("geste", [changer, importer])
def test_the_person_reads_who_changed_it(troupe, odette, geste, client_de):
    geste(troupe, odette)
    odette.refresh_from_db()
    page = client_de(fabriques.acteur_du_cadre(odette)).get("/mes-donnees/").content.decode()
    assert "Qui a modifié votre dossier" in page
    assert "courriel professionnel" in page
    assert troupe.drh_departement.utilisateur.nom_complet in page
    assert EntreeJournal.objects.filter(acte="cadre.modifie", cadre_ref=odette.pk).count() == 1


@pytest.mark.parametrize("geste", [changer, importer])
def test_nobody_is_told_of_what_they_never_heard_about(troupe, geste):
    """Listed and not informed: the correction of a slip sends nothing to a stranger."""
    cadre = fabriques.faire_cadre(
        troupe.departement, nom="Vieille", prenom="Odette", courriel=ANCIENNE, matricule="77"
    )
    geste(troupe, cadre)
    assert Cadre.objects.get(pk=cadre.pk).courriel == NOUVELLE
    assert not Courriel.objects.exists()


def test_an_active_account_keeps_its_address_and_its_owner_is_told(troupe, client_de):
    cadre = fabriques.faire_cadre(troupe.departement, "accord", courriel=ANCIENNE)
    avant = cadre.utilisateur.email
    changer(troupe, cadre)
    cadre.refresh_from_db()
    assert cadre.utilisateur.email == avant
    assert Courriel.objects.get(cle__contains="#cadres_courriel_change").destinataire == ANCIENNE


@pytest.mark.parametrize("role", [Role.DGS, Role.DRH, Role.GESTIONNAIRE])
def test_the_address_of_a_colleague_is_refused_everywhere(troupe, odette, role, client_de):
    qui = fabriques.faire_mandat(role, troupe.departement).utilisateur
    drh = client_de(troupe.drh_departement)
    page = drh.post(
        f"/registre/{odette.pk}/modifier/",
        {"nom": "Vieille", "prenom": "Odette", "courriel": qui.email.upper(), "poste": "Cheffe"},
    ).content.decode()
    assert "agit pour votre collectivité" in page
    with pytest.raises(ActionImpossible, match="agit pour votre collectivité"):
        changer(troupe, odette, qui.email)
    with pytest.raises(ActionImpossible, match="agit pour votre collectivité"):
        actions_fiche.recenser(
            acteur=troupe.drh_departement,
            donnees={"nom": "Autre", "prenom": "Paul", "courriel": qui.email, "poste": "Chef"},
        )
    diagnostic = importer(troupe, odette, qui.email)
    assert [(a.ligne, a.colonne) for a in diagnostic.a_corriger] == [(2, "Courriel")]
    assert "votre collectivité" in diagnostic.a_corriger[0].motif
    # Written before that rule: the message does not leave.
    ancien = fabriques.faire_cadre(troupe.departement, courriel=qui.email)
    with pytest.raises(ActionImpossible, match="agit pour votre collectivité"):
        actions_candidature.informer(acteur=troupe.drh_departement, cadre=ancien)
    odette.refresh_from_db()
    assert odette.courriel == ANCIENNE


def test_who_acts_for_another_employer_is_nobody_here(troupe):
    voisine = fabriques.faire_mandat(Role.DRH, troupe.ville).utilisateur
    assert voisine.email not in adresses_d_employeur(troupe.departement)


def test_a_drh_may_be_listed_in_their_own_name(troupe):
    qui = troupe.drh_ville.utilisateur
    donnees = {"nom": qui.nom.upper(), "prenom": qui.prenom, "courriel": qui.email, "poste": "DRH"}
    cadre = actions_fiche.recenser(acteur=troupe.drh_ville, donnees=donnees)
    actions_candidature.informer(acteur=troupe.drh_ville, cadre=cadre)
    cadre.refresh_from_db()
    assert cadre.utilisateur != qui, "not before they say so"
    rejoindre(compte=qui, attente=cadre.utilisateur)
    cadre.refresh_from_db()
    assert cadre.utilisateur == qui


def test_two_people_do_not_share_an_address(troupe, odette, client_de):
    autre = fabriques.faire_cadre(troupe.departement)
    drh = client_de(troupe.drh_departement)
    page = drh.post(
        f"/registre/{autre.pk}/modifier/",
        {"nom": "Autre", "prenom": "Paul", "courriel": ANCIENNE.upper(), "poste": "Chef"},
    ).content.decode()
    assert "porte déjà ce courriel" in page
