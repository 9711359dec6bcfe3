"""Acts on several cadres: one line each, and who was left aside."""

from cadres.models import Candidature
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Acte
from tests import fabriques
from tests.cadres.registre.aide import dit

Etat = Candidature.Etat


def test_a_dgs_retains_several_with_one_line_each(troupe, client_de):
    cadres = [fabriques.faire_cadre(troupe.departement, "accord") for _ in range(3)]
    muet = fabriques.faire_cadre(troupe.departement, "informe")
    ailleurs = fabriques.faire_cadre(troupe.region, "accord")
    client = client_de(troupe.dgs_departement)
    choix = {"choix": [c.pk for c in (*cadres, muet, ailleurs)], "decision": "retenir"}
    apercu = client.post("/registre/decider/", choix)
    assert len(apercu.context["possibles"]) == 3
    assert {c.pk for c, _ in apercu.context["laisses"]} == {muet.pk, ailleurs.pk}
    assert not Candidature.objects.filter(cadre__in=cadres, etat=Etat.RETENU).exists()
    client.post("/registre/decider/", {**choix, "confirme": "oui", "motif": "Bienvenue"})
    assert set(
        Candidature.objects.filter(
            etat=Etat.RETENU, cadre__in=[*cadres, muet, ailleurs]
        ).values_list("cadre", flat=True)
    ) == {c.pk for c in cadres}
    lignes = EntreeJournal.objects.filter(acte="cadre.retenu")
    assert {ligne.cadre_ref for ligne in lignes} == {c.pk for c in cadres}
    assert {ligne.motif for ligne in lignes} == {"Bienvenue"}


def test_not_retaining_several_needs_a_reason(troupe, client_de):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    client = client_de(troupe.dgs_departement)
    donnees = {"choix": [cadre.pk], "decision": "ne_pas_retenir", "confirme": "oui"}
    assert client.post("/registre/decider/", donnees).context["formulaire"].errors
    client.post("/registre/decider/", {**donnees, "motif": "Promotion complète"})
    cadre.candidature.refresh_from_db()
    assert cadre.candidature.etat == Etat.NON_RETENU


def test_a_drh_decides_under_delegation_only(troupe, client_de):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")
    donnees = {"choix": [cadre.pk], "decision": "retenir", "confirme": "oui"}
    client = client_de(troupe.drh_departement)
    assert client.post("/registre/decider/", donnees).status_code == 403
    fabriques.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR)
    assert client.post("/registre/decider/", donnees).status_code == 302
    assert EntreeJournal.objects.get(acte="cadre.retenu").delegation is not None


def test_several_are_told_and_those_without_mail_are_named(troupe, drh):
    joignable = fabriques.faire_cadre(troupe.departement)
    sans = fabriques.faire_cadre(troupe.departement, courriel="", nom="Sansmail")
    donnees = {"choix": [joignable.pk, sans.pk], "confirme": "oui"}
    assert "Sansmail" in dit(drh.post("/registre/informer/", donnees))
    assert Courriel.objects.filter(cadre_ref=joignable.pk).count() == 1
    assert Courriel.objects.count() == 1


def test_nothing_chosen_is_said(drh):
    assert "Cochez d’abord" in dit(drh.post("/registre/informer/", {}))


def test_several_are_entrusted_with_one_line_each(troupe, drh):
    oui = [fabriques.faire_cadre(troupe.departement, "accord") for _ in range(2)]
    non = fabriques.faire_cadre(troupe.departement, "informe", nom="Muet")
    choix = {"choix": [c.pk for c in (*oui, non)]}
    apercu = drh.post("/registre/confier/", choix)
    assert len(apercu.context["possibles"]) == 2
    mandat = troupe.accompagnateur.mandat
    reponse = drh.post(
        "/registre/confier/", {**choix, "confirme": "oui", "accompagnateur": mandat.pk}
    )
    assert "Muet" in dit(reponse)
    assert {c.pk for c in mandat.cadres_confies.all()} >= {c.pk for c in oui}
    assert EntreeJournal.objects.filter(acte="cadre.confie").count() == 2
