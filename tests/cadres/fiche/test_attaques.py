"""An employer who would like to be somebody else: accounts are never handed over by a file."""

import pytest

from cadres.candidature import actions as actions_candidature
from cadres.fiche import actions as actions_fiche
from collectivites.comptes.adresses.rattachement import rejoindre
from collectivites.comptes.invitations import lien_invitation
from collectivites.models import Courriel, Utilisateur
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from tests import fabriques

pytestmark = pytest.mark.django_db

PIRATE = "pirate@ailleurs.example"


def _fiche_au_nom_de(troupe, courriel, **champs):
    """The DRH of the Région lists somebody under the address of another person's account."""
    return fabriques.faire_cadre(troupe.region, courriel=courriel, utilisateur=None, **champs)


def _deplacer(troupe, cadre):
    actions_fiche.modifier(acteur=troupe.drh_region, cadre=cadre, donnees={"courriel": PIRATE})


def _neuf(**champs):
    compte = Utilisateur.objects.create_user("nouvelle.drh@loiret.example", **champs)
    assert not compte.has_usable_password()
    return compte


def test_a_file_does_not_move_the_address_of_an_account_that_holds_another_mandat(troupe):
    compte = _neuf(prenom="Nora", nom="Villeneuve")
    fabriques.faire_mandat(Role.DRH, troupe.departement, compte)
    cadre = _fiche_au_nom_de(troupe, compte.email, prenom="Nora", nom="Villeneuve")
    actions_candidature.informer(acteur=troupe.drh_region, cadre=cadre)

    _deplacer(troupe, cadre)

    compte.refresh_from_db()
    assert compte.email == "nouvelle.drh@loiret.example"
    actions_candidature.informer(acteur=troupe.drh_region, cadre=cadre)
    cadre.refresh_from_db()
    assert cadre.utilisateur != compte
    pour_le_pirate = Courriel.objects.filter(destinataire=PIRATE, corps__contains="/invitation/")
    assert set(pour_le_pirate.values_list("utilisateur", flat=True)) == {cadre.utilisateur_id}


def test_nor_that_of_an_operator(troupe):
    compte = _neuf(is_staff=True, is_superuser=True)
    cadre = _fiche_au_nom_de(troupe, compte.email)

    actions_candidature.informer(acteur=troupe.drh_region, cadre=cadre)

    cadre.refresh_from_db()
    assert cadre.utilisateur != compte
    with pytest.raises(ActionImpossible, match="exploitant"):
        rejoindre(compte=compte, attente=cadre.utilisateur)


def test_an_invitation_only_leaves_for_the_address_of_the_account(troupe):
    """Used once without a password of its own (the demo's door): its address stays, and the file's
    new address must not receive the key."""
    cadre = fabriques.faire_cadre(troupe.region, "informe")
    compte = _neuf(last_login=fabriques.il_y_a(1))
    cadre.utilisateur = compte
    cadre.save()

    _deplacer(troupe, cadre)
    actions_candidature.informer(acteur=troupe.drh_region, cadre=cadre)

    courriel = Courriel.objects.get(destinataire=PIRATE)
    assert "/invitation/" not in courriel.corps
    assert lien_invitation(compte) not in courriel.corps


def test_a_key_that_no_database_holds_is_not_a_crash(troupe, client_de):
    client = client_de(troupe.dgs_departement)
    geant = str(10**30)

    for chemin, donnees in (
        ("/registre/decider/", {"choix": geant, "decision": "retenir"}),
        ("/registre/confier/", {"choix": geant}),
        ("/registre/exporter/choisis/", {"choix": geant}),
    ):
        reponse = client.post(chemin, donnees)
        assert reponse.status_code in {302, 404}, chemin


def test_what_the_drh_aims_at_for_somebody_stays_in_the_house(troupe, client_de):
    """The criteria count it unknown for another employer: the page must not tell it."""
    cadre = fabriques.faire_cadre(troupe.departement, "accord", vise_promotion=True)
    cadre.accompagnateur = troupe.accompagnateur.mandat
    cadre.save()

    for qui, vue in (
        (troupe.drh_departement, True),
        (troupe.drh_region, False),
        (troupe.accompagnateur, False),
    ):
        page = client_de(qui).get(f"/registre/{cadre.pk}/").content.decode()
        assert ("<dt>Visée</dt>" in page) is vue
