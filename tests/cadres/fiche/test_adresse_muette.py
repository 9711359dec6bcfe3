"""An address that an employer types tells nothing of whoever holds it: same page, same sentence, same
statements, same mails, same journal. What it is tied to, its bearer alone decides, by the mail."""

import re
from urllib.parse import parse_qs

import pytest
from django.conf import settings as reglages
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cadres.candidature import actions as actions_candidature
from cadres.candidature.acteurs import acteur_de
from cadres.candidature.comptes import suivre_adresses
from cadres.donnees_personnelles.effacement import anonymiser
from cadres.fiche import actions as actions_fiche
from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre, Candidature
from collectivites.comptes.adresses.rattachement import rejoindre, rendre_les_adresses
from collectivites.comptes.invitations import DOMAINE_ANONYME
from collectivites.models import Courriel, EntreeJournal, Mandat, Utilisateur
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from tests import fabriques

pytestmark = pytest.mark.django_db

PERSONNE = "personne.ne.la.tient@essais.example"
#: Whose address it may be, beside nobody's.
PORTEURS = {
    "un cadre informé par un autre employeur": lambda t: t.cadre_muet.utilisateur,
    "un cadre retenu d’un autre employeur": lambda t: t.cadre.utilisateur,
    "un cadre d’une autre démarche": lambda t: t.etranger_cadre.utilisateur,
    "le DGS d’une autre démarche": lambda t: t.etranger_dgs.utilisateur,
    "la DRH d’un autre employeur": lambda t: t.drh_departement.utilisateur,
    "une accompagnatrice": lambda t: t.autre_accompagnateur.utilisateur,
    "l’exploitant": lambda t: t.operateur,
    "un compte fermé": lambda t: fabriques.faire_utilisateur(is_active=False),
}


def sans_ce_qui_change(texte, adresse):
    """Keys, numbers and the address typed: what would differ between any two people."""
    texte = texte.replace(adresse, "ADRESSE").replace(adresse.upper(), "ADRESSE")
    texte = re.sub(r"(invitation|courriels/arreter|ne-plus-recevoir)/\S+", r"\1/CLE", texte)
    texte = re.sub(r"[\w-]{20,}(:[\w-]+)*", "CLE", texte)
    return re.sub(r"\d+", "0", texte)


def en_gros(instruction):
    """What a statement does, and to what."""
    return re.sub(r"\d+", "", instruction.partition(" WHERE")[0])[:60]


def ce_que_voit_la_drh(troupe, client_de, adresse):
    """All that the DRH of the Région reads and counts, from the typing to the reminder."""
    drh = client_de(troupe.drh_region)
    cadre = fabriques.faire_cadre(
        troupe.region, nom="Neuve", prenom="Lise", courriel="", matricule=""
    )
    Courriel.objects.all().delete()
    vu, instructions = [], []

    def faire(methode, chemin, donnees=None):
        with CaptureQueriesContext(connection) as requetes:
            reponse = getattr(drh, methode)(chemin, donnees, follow=True)
        vu.append((reponse.status_code, sans_ce_qui_change(reponse.text, adresse)))
        instructions.append([en_gros(q["sql"]) for q in requetes])

    fiche = f"/registre/{cadre.pk}/"
    donnees = {"nom": "Neuve", "prenom": "Lise", "courriel": adresse, "poste": "Cheffe"}
    faire("post", f"{fiche}modifier/", donnees)
    faire("get", f"{fiche}informer/")
    faire("post", f"{fiche}informer/")
    faire("get", f"{fiche}informer/")
    Courriel.objects.update(cle="parti hier")
    faire("post", f"{fiche}informer/")
    faire("get", "/")
    faire("get", "/journal/")
    faire("get", "/acces/")
    mails = [
        sans_ce_qui_change(f"{c.destinataire} {c.objet} {c.corps}", adresse)
        for c in Courriel.objects.order_by("pk")
    ]
    lignes = list(
        EntreeJournal.objects.filter(cadre_ref=cadre.pk)
        .order_by("pk")
        .values_list("acte", "libelle")
    )
    return vu, instructions, mails, lignes


def test_an_address_tells_nothing_of_whoever_holds_it(troupe, client_de):
    def lire(adresse):
        with transaction.atomic():
            vu = ce_que_voit_la_drh(troupe, client_de, adresse)
            transaction.set_rollback(True)
        return vu

    lire(PERSONNE)  # what is prepared once is prepared
    temoin = lire(PERSONNE)
    assert len(temoin[2]) == 2, "the message, and its reminder"
    for porteur, compte in PORTEURS.items():
        eprouve = lire(compte(troupe).email)
        for quoi, a, b in zip(("page", "SQL", "mail", "journal"), temoin, eprouve, strict=True):
            assert a == b, (porteur, quoi)


@pytest.mark.parametrize("adresse", ["etranger.cadre@essais.example", PERSONNE])
def test_a_corrected_address_is_followed_alike(troupe, client_de, adresse):
    cadre = invitee(troupe, "odette@essais.example")
    ancien = cadre.utilisateur
    actions_fiche.modifier(acteur=troupe.drh_region, cadre=cadre, donnees={"courriel": adresse})
    ancien.refresh_from_db()
    assert ancien.adresse == adresse
    assert Courriel.objects.filter(destinataire="odette@essais.example").count() == 2


def test_a_list_is_taken_whole_whoever_holds_its_addresses(troupe):
    """As an import does: the address of an account elsewhere stops nothing."""
    cadre = invitee(troupe, "odette@essais.example")
    cadre.courriel = troupe.etranger_cadre.utilisateur.email
    suivre_adresses([cadre])
    cadre.utilisateur.refresh_from_db()
    assert cadre.utilisateur.adresse == troupe.etranger_cadre.utilisateur.email


# --- The person answers -------------------------------------------------------------------------


def invitee(troupe, courriel, nom="Simon", prenom="Célia"):
    """Told by the Région, at that address."""
    cadre = fabriques.faire_cadre(troupe.region, courriel=courriel, nom=nom, prenom=prenom)
    actions_candidature.informer(acteur=troupe.drh_region, cadre=cadre)
    return Cadre.objects.get(pk=cadre.pk)


def lien_du_message(cadre):
    corps = Courriel.objects.filter(cadre_ref=cadre.pk).latest("pk").corps
    return re.search(r"https?://[^/\s]+(/invitation/\S+)", corps).group(1)


def test_whoever_has_an_account_answers_with_it(troupe, client, client_de):
    """Listed in another démarche: the login, the question, then both under one account."""
    celia = troupe.etranger_cadre.utilisateur
    cadre = invitee(troupe, celia.email)

    page = client.get(lien_du_message(cadre), follow=True)
    assert page.request["PATH_INFO"] == "/comptes/connexion/"
    assert "Vous avez déjà un compte" in page.text
    chemin = parse_qs(page.request["QUERY_STRING"])["next"][0]
    client.force_login(celia, backend=reglages.AUTHENTICATION_BACKENDS[-1])
    page = client.get(chemin)
    assert "Est-ce bien vous" in page.text
    cadre.refresh_from_db()
    assert cadre.utilisateur != celia, "nothing is tied by reading"

    page = client.post(chemin, follow=True)
    assert page.request["PATH_INFO"] == "/ma-candidature/"
    cadre.refresh_from_db()
    troupe.fiche_de_l_etranger.refresh_from_db()
    assert cadre.utilisateur == troupe.fiche_de_l_etranger.utilisateur == celia
    assert client.get(chemin).status_code == 410, "the key served once"
    client.post("/ma-candidature/", {"reponse": "oui"})
    cadre.candidature.refresh_from_db()
    assert cadre.candidature.etat == Candidature.Etat.ACCORD


def test_what_the_employer_reads_does_not_change_with_the_tie(troupe, client_de):
    celia = troupe.etranger_cadre.utilisateur
    cadre = invitee(troupe, celia.email)
    drh = client_de(troupe.drh_region)
    chemins = (f"/registre/{cadre.pk}/", "/journal/", "/registre/", "/")
    avant = [sans_ce_qui_change(drh.get(chemin).text, celia.email) for chemin in chemins]
    rejoindre(compte=celia, attente=cadre.utilisateur)
    assert [sans_ce_qui_change(drh.get(chemin).text, celia.email) for chemin in chemins] == avant


@pytest.mark.parametrize(
    ("qui", "dit"),
    [
        ("cadre_muet", "déjà votre dossier dans cette démarche, à Département du Loiret"),
        ("drh_departement", "vous agissez pour un employeur de la démarche"),
    ],
)
def test_who_may_not_answer_is_told_why_and_nobody_else(troupe, client_de, qui, dit):
    compte = getattr(troupe, qui).utilisateur
    cadre = invitee(troupe, compte.email)
    navigateur = client_de(getattr(troupe, qui))
    page = navigateur.get(lien_du_message(cadre), follow=True)
    assert dit in page.text
    assert "C’est moi" not in page.text
    navigateur.post(page.request["PATH_INFO"])
    cadre.refresh_from_db()
    assert cadre.utilisateur != compte


def test_another_account_ties_nothing(troupe, client_de):
    """Somebody else's browser, or a colleague to whom the mail was handed on."""
    cadre = invitee(troupe, troupe.etranger_cadre.utilisateur.email)
    navigateur = client_de(troupe.autre_cadre)
    page = navigateur.get(lien_du_message(cadre), follow=True)
    assert "une autre adresse que celle de votre compte" in page.text
    navigateur.post(page.request["PATH_INFO"])
    cadre.refresh_from_db()
    assert cadre.utilisateur != troupe.autre_cadre.utilisateur


def test_nothing_waits_for_whoever_has_no_link(troupe, client_de):
    cadre = invitee(troupe, troupe.etranger_cadre.utilisateur.email)
    _, uid, *_ = lien_du_message(cadre).strip("/").split("/")
    for methode in ("get", "post"):
        reponse = getattr(client_de(troupe.etranger_cadre), methode)(f"/rejoindre/{uid}/")
        assert reponse.status_code == 410
    assert not cadre.utilisateur.has_usable_password()


def test_no_password_is_chosen_for_what_waits(troupe, client):
    cadre = invitee(troupe, troupe.etranger_cadre.utilisateur.email)
    client.get(lien_du_message(cadre))
    _, uid, *_ = lien_du_message(cadre).strip("/").split("/")
    mot = "une phrase facile à retenir"
    client.post(f"/invitation/{uid}/choisir/", {"new_password1": mot, "new_password2": mot})
    cadre.utilisateur.refresh_from_db()
    assert not cadre.utilisateur.has_usable_password()


def test_no_identity_of_a_provider_is_tied_to_it_either(troupe, client, settings):
    """By a provider, the same: the account that exists first."""
    settings.FOURNISSEURS = [
        {
            "nom": "agglo",
            "titre": "l’annuaire",
            "client": "c",
            "secret": "s",
            "serveur": "https://a.example",
        }
    ]
    cadre = invitee(troupe, troupe.etranger_cadre.utilisateur.email)
    client.get(lien_du_message(cadre))
    _, uid, *_ = lien_du_message(cadre).strip("/").split("/")
    reponse = client.post("/fournisseurs/agglo/entrer/", {"uid": uid})
    assert reponse.headers["Location"] == f"/rejoindre/{uid}/"


def test_an_address_that_is_given_up_comes_to_whoever_waits(troupe):
    celia = troupe.etranger_cadre.utilisateur
    adresse = celia.email
    cadre = invitee(troupe, adresse)
    assert rendre_les_adresses() == 0
    Utilisateur.objects.filter(pk=celia.pk).update(email="partie@essais.example")
    assert rendre_les_adresses() == 1
    cadre.utilisateur.refresh_from_db()
    assert (cadre.utilisateur.email, cadre.utilisateur.adresse_a_confirmer) == (adresse, "")


def test_forgotten_in_one_demarche_the_account_serves_in_the_other(troupe):
    celia = troupe.etranger_cadre.utilisateur
    cadre = invitee(troupe, celia.email)
    rejoindre(compte=celia, attente=cadre.utilisateur)
    anonymiser(verrouiller(cadre.pk))
    celia.refresh_from_db()
    assert celia.is_active
    assert acteur_de(celia).cadre_id == troupe.fiche_de_l_etranger.pk


def test_no_mail_ever_leaves_for_a_stand_in(troupe):
    invitee(troupe, troupe.etranger_cadre.utilisateur.email)
    assert not Courriel.objects.filter(destinataire__endswith=DOMAINE_ANONYME).exists()


# --- Colleagues, and the firm -------------------------------------------------------------------


@pytest.mark.parametrize(
    "adresse", ["etranger.dgs@essais.example", "cadre@essais.example", PERSONNE]
)
def test_a_colleague_s_address_tells_nothing_either(troupe, client_de, adresse):
    page = client_de(troupe.dgs_region).post(
        "/acces/",
        {"courriel": adresse, "prenom": "Lise", "nom": "Neuve", "role": "drh"}
        | {"debut": fabriques.dans(0).isoformat()},
        follow=True,
    )
    assert "Lise Neuve reçoit un courriel" in page.text
    mandat = Mandat.objects.get(utilisateur__nom="Neuve", role=Role.DRH)
    courriel = Courriel.objects.get(utilisateur=mandat.utilisateur)
    assert courriel.destinataire == adresse
    assert "/invitation/" in courriel.corps


@pytest.mark.parametrize("qui", ["cadre", "drh_ville"])
def test_who_is_in_the_demarche_does_not_sit_for_a_firm(troupe, client_de, qui):
    """The DGS reads the same as for anybody; the person is told."""
    compte = getattr(troupe, qui).utilisateur
    page = client_de(troupe.dgs_region).post(
        "/cabinet/inviter/",
        {"prenom": "Ève", "nom": "Desbois", "courriel": compte.email, "motif": "Conseil"}
        | {"fin": fabriques.dans(30).isoformat()},
        follow=True,
    )
    assert "Ève Desbois" in page.text
    siege = Mandat.objects.get(role=Role.CABINET, utilisateur__nom="Desbois")
    with pytest.raises(ActionImpossible, match="à un autre titre"):
        rejoindre(compte=compte, attente=siege.utilisateur)


def test_a_role_that_has_ended_is_not_said_to_be_taken(troupe):
    celia = fabriques.faire_utilisateur(nom="Simon", prenom="Célia")
    cadre = invitee(troupe, celia.email)
    Mandat.objects.filter(utilisateur=cadre.utilisateur).update(
        debut=fabriques.dans(-9), fin=fabriques.dans(-1)
    )

    with transaction.atomic(), pytest.raises(ActionImpossible, match="a pris fin"):
        rejoindre(compte=celia, attente=cadre.utilisateur)
