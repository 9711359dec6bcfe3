"""The door of whoever is not listed: a message to HR, nothing kept, nothing told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cadres.models import Cadre
from collectivites.comptes.porte import volontaires
from collectivites.models import Courriel, EntreeJournal, Mandat, Utilisateur
from collectivites.mots import Role

PAGE = "/se-signaler/"


def demande(troupe, **autres):
    return {
        "collectivite": troupe.departement.pk,
        "prenom": "Maud",
        "nom": "Serrano",
        "courriel": "maud.serrano@loiret.example",
        "poste": "Cheffe de service",
        "mots": "Travailler sur l’eau me plairait.",
        **autres,
    }


def test_the_login_page_leads_to_the_door(client, db):
    page = client.get("/comptes/connexion/").text

    assert f'href="{PAGE}"' in page


def test_the_hr_direction_alone_receives_the_message_and_nothing_else_is_kept(troupe, client):
    avant = [m.objects.count() for m in (Cadre, Utilisateur, Mandat, EntreeJournal)]

    reponse = client.post(PAGE, demande(troupe), follow=True)

    courriel = Courriel.objects.get(cle__startswith="comptes/volontaire")
    assert courriel.destinataire == troupe.drh_departement.utilisateur.email
    assert courriel.repondre_a == "maud.serrano@loiret.example"
    for mot in ("Maud Serrano", "Cheffe de service", "sur l’eau", "n’a rien vérifié"):
        assert mot in courriel.corps.replace("\u00a0", " ")
    assert "est remis à la direction" in reponse.text.replace("\u00a0", " ")
    assert [m.objects.count() for m in (Cadre, Utilisateur, Mandat, EntreeJournal)] == avant
    assert not Courriel.objects.filter(destinataire__startswith="maud").exists()


def test_the_answer_is_the_same_to_whoever_is_listed_or_not(troupe, client):
    """The same page to the byte, but for what was typed: neither a file nor an account is told."""
    connu = troupe.cadre.utilisateur.email
    pages = [
        client.post(PAGE, demande(troupe, courriel=courriel), follow=True).text
        for courriel in (connu, "personne.inconnue@loiret.example", connu)
    ]

    sans_jeton = [
        "".join(ligne for ligne in page.split("\n") if "csrf" not in ligne) for page in pages
    ]
    assert len(set(sans_jeton)) == 1
    # Twice the same day by the same address: one mail.
    assert Courriel.objects.filter(cle__startswith="comptes/volontaire").count() == 2


def test_no_link_of_a_stranger_leaves_in_a_mail_and_the_words_are_kept(troupe, client):
    reponse = client.post(PAGE, demande(troupe, mots="Voyez https://piege.example/ merci"))

    assert "Écrivez sans adresse de site" in reponse.text
    assert "Voyez https://piege.example/ merci" in reponse.text
    assert not Courriel.objects.exists()


def test_an_address_of_elsewhere_is_said_to_hr(troupe, client):
    troupe.departement.domaine_courriel = "loiret.example"
    troupe.departement.save()
    client.post(PAGE, demande(troupe, courriel="maud@ailleurs.example"))
    client.post(PAGE, demande(troupe))

    corps = list(Courriel.objects.order_by("pk").values_list("corps", flat=True))
    assert ["ce n’est pas une adresse" in texte for texte in corps] == [True, False]


def test_a_collectivite_is_not_flooded(troupe, client, monkeypatch):
    monkeypatch.setattr(volontaires, "PAR_JOUR", 2)
    pages = [client.post(PAGE, demande(troupe, courriel=f"p{n}@loiret.example")) for n in range(3)]

    assert [p.status_code for p in pages] == [302, 302, 200]
    assert "n’est pas envoyé" in pages[2].text.replace("\u00a0", " ")
    assert "Travailler sur l’eau" in pages[2].text
    assert Courriel.objects.count() == 2


def test_a_network_is_limited_and_loses_nothing(troupe, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"volontaire": "1/h/ip"}
    pages = [client.post(PAGE, demande(troupe, courriel=f"q{n}@loiret.example")) for n in range(2)]

    assert [p.status_code for p in pages] == [302, 200]
    assert "Trop de messages" in pages[1].text
    assert "Travailler sur l’eau" in pages[1].text


@pytest.mark.parametrize("cas", ["finie", "sans DRH", "demonstration"])
def test_an_employer_whom_nobody_would_read_is_not_offered(troupe, client, cas):
    if cas == "finie":
        hier = timezone.localdate() - timedelta(days=1)
        troupe.demarche.date_fin = hier
        troupe.demarche.save()
    elif cas == "sans DRH":
        Mandat.objects.filter(role=Role.DRH, collectivite=troupe.departement).update(
            fin=timezone.localdate() - timedelta(days=1)
        )
    else:
        troupe.demarche.est_demo = True
        troupe.demarche.save()

    reponse = client.post(PAGE, demande(troupe))

    offertes = volontaires.collectivites_a_joindre()
    assert troupe.departement not in offertes
    # Another démarche has its own: this page is theirs too.
    assert (troupe.ville in offertes) is (cas == "sans DRH")
    assert reponse.status_code == 200
    assert not Courriel.objects.exists()
