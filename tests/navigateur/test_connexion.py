"""A key of the device opens the account alone; a password says how well it would hold."""

import re

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.collectivites.comptes.test_second_facteur import MOT, avec_mot_de_passe

#: A telephone that recognises its bearer, and answers at once.
APPAREIL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_une_cle_s_ajoute_puis_ouvre_seule_et_prouve(troupe, ouvrir, settings):
    settings.SECOND_FACTEUR = True
    dgs = avec_mot_de_passe(troupe.dgs_departement.utilisateur)
    page = ouvrir()
    appareil = page.context.new_cdp_session(page)
    appareil.send("WebAuthn.enable")
    appareil.send("WebAuthn.addVirtualAuthenticator", {"options": APPAREIL})
    page.goto("/comptes/connexion/?next=/registre/")
    page.get_by_label("Adresse professionnelle").fill(dgs.email)
    page.get_by_label("Mot de passe").fill(MOT)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("main")).to_contain_text("C’est demandé pour votre rôle")
    page.get_by_role("link", name="Ajouter une clé").click()
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos codes de secours")
    page.get_by_role("link", name="Continuer dans Quatuor").click()
    expect(page).to_have_url(re.compile("/registre/$"))

    page.context.clear_cookies()
    page.goto("/comptes/connexion/?next=/registre/")
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Registre des cadres")
    settings.PREUVE_MINUTES = 0.0001
    page.goto("/acces/")
    principal = page.get_by_role("main")
    principal.get_by_label("Prénom").fill("Nora")
    principal.get_by_label("Nom", exact=True).fill("Vidal")
    principal.get_by_label("Adresse professionnelle").fill("nora@loiret.example")
    principal.get_by_role("button", name="Donner cet accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez que c’est vous")
    page.get_by_role("button", name="Confirmer avec ma clé d’accès").click()
    expect(page.get_by_role("main")).to_contain_text("Nora Vidal reçoit un courriel")

    # The session ends while one writes: the same key, in place.
    settings.PREUVE_MINUTES = 0
    page.clock.install()
    page.goto("/acces/")
    principal.get_by_label("Prénom").fill("Noé")
    principal.get_by_label("Nom", exact=True).fill("Vidal")
    principal.get_by_label("Adresse professionnelle").fill("noe@loiret.example")
    page.clock.fast_forward(120_000)
    Session.objects.all().delete()
    principal.get_by_role("button", name="Donner cet accès").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("Mot de passe").fill(MOT)
    dialogue.get_by_role("button", name="Me reconnecter").click()
    dialogue.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.get_by_role("main")).to_contain_text("Noé Vidal reçoit un courriel")
    assert page.temoin.lever() == []


def test_un_mot_de_passe_dit_comment_il_tiendrait(troupe, ouvrir):
    page = ouvrir(troupe.cadre)
    page.goto("/comptes/mot-de-passe/")
    champ = page.locator("input[autocomplete=new-password]").first
    dit = page.locator(".q-force + [role=status]")
    for mot, phrase in (
        ("court", "Encore 7 caractères au moins."),
        ("aaaaaaaaaaaabbbb", "Un seul mot, même habillé de chiffres, se devine."),
        ("abcdefghijklmnop", "Un seul mot, même habillé de chiffres, se devine."),
        ("aaaa bbbb cccc", "Facile à deviner."),
        ("quatre tulipes sous le pont", "solide"),
    ):
        champ.fill(mot)
        expect(dit).to_contain_text(phrase, ignore_case=True)
    champ.fill("")
    expect(dit).to_be_empty()
    assert page.temoin.lever() == []
