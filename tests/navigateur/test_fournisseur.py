"""A provider of another address: the browser goes there and comes back, under our policy."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from collectivites.comptes.fournisseurs import echanges
from tests.outils.fournisseur import CLIENT, SECRET, FournisseurDEssai


def test_on_part_on_revient_et_l_on_sort_des_deux(troupe, ouvrir, settings):
    """A form that led there by a redirection would be stopped by `form-action`."""
    chez_lui = FournisseurDEssai()
    chez_lui.signe = False
    echanges.oublier()
    settings.FOURNISSEURS = [
        {
            "nom": "agglo",
            "titre": "l’annuaire de l’agglomération",
            "client": CLIENT,
            "secret": SECRET,
            "serveur": chez_lui.adresse,
        }
    ]
    troupe.drh_departement.utilisateur.socialaccount_set.create(
        provider="agglo", uid="sub-de-camille"
    )
    page = ouvrir()
    refus = []
    page.on("console", lambda m: refus.append(m.text) if "Content Security" in m.text else None)
    try:
        page.goto("/comptes/connexion/?next=/registre/")
        page.get_by_role("button", name="S’identifier avec l’annuaire").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Registre des cadres")
        assert urlsplit(page.url).path == "/registre/"

        page.locator("details.q-moi summary").click()
        page.get_by_role("button", name="Se déconnecter").click()
        expect(page.get_by_role("main")).to_contain_text("vous a déconnecté aussi")
        assert len(chez_lui.sorties) == 1
        assert not refus
    finally:
        chez_lui.fermer()
