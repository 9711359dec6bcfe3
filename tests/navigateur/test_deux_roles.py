"""A DGS of two employers, by mouse: from « À faire » to a decision under each hat, and the next one."""

from playwright.sync_api import expect

from cadres.mots import EtatCandidature
from collectivites.models import EntreeJournal
from collectivites.mots import Role
from tests import fabriques


def test_from_one_list_to_a_decision_under_each_hat(troupe, ouvrir):
    dgs = troupe.dgs_departement
    fabriques.faire_mandat(Role.DGS, troupe.agglomeration, dgs.utilisateur)
    ici = fabriques.faire_cadre(troupe.departement, "accord", nom="Icard")
    ailleurs = fabriques.faire_cadre(troupe.agglomeration, "accord", nom="Laval")
    page = ouvrir(dgs)

    page.goto("/")
    taches = page.get_by_role("listitem").filter(has_text="Décider de retenir")
    expect(taches).to_have_count(2)

    # Under the hat of the moment: the list, the person, the decision.
    taches.get_by_role("link", name="Ouvrir la liste").click()
    retenir(page, "Icard")
    expect(page.get_by_role("main")).to_contain_text("au nombre des cadres retenus")
    ici.candidature.refresh_from_db()
    assert ici.candidature.etat == EtatCandidature.RETENU

    # Under the other one: a button that says so, and opens the very list.
    page.get_by_role("link", name="À faire").first.click()
    bouton = page.get_by_role("button", name="comme DGS, Orléans Métropole").filter(
        has_text="Ouvrir la liste"
    )
    bouton.click()
    expect(page.get_by_role("main")).to_contain_text(
        "Vous agissez maintenant comme DGS, Orléans Métropole"
    )
    retenir(page, "Laval")
    ailleurs.candidature.refresh_from_db()
    assert ailleurs.candidature.etat == EtatCandidature.RETENU
    # And the page offers what comes next, without going back home.
    expect(page.get_by_role("main").locator(".q-suivante")).to_be_visible()

    noms = EntreeJournal.objects.filter(acte="cadre.retenu").values_list("au_nom_de", flat=True)
    assert set(noms) == {troupe.departement.pk, troupe.agglomeration.pk}
    fautes = page.temoin.lever()
    assert not fautes, "\n".join(fautes)


def retenir(page, nom):
    page.get_by_role("link", name=nom).first.click()
    page.get_by_role("link", name="Retenir").first.click()
    page.get_by_role("button", name="Retenir ce cadre").click()
