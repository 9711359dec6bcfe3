"""The table: who is in it, search, filters, sort, columns, export, acts on several."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cadres.models import Candidature, ColonnesRegistre, Consultation, VueRegistre
from cadres.registre import actions, bornes, demande
from cadres.registre import page as registre
from cadres.registre.tris import TRIS
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Acte
from tests import fabriques

URL = "/registre/"
Etat = Candidature.Etat


def noms(reponse):
    """The names of the rows, in order; a search marks its words in them."""
    titres = re.findall(r'<th scope="row">\s*<a[^>]*>\s*(.*?)\s*</a>', reponse.content.decode())
    return [re.sub("</?mark>", "", titre) for titre in titres]


def dit(reponse):
    return " ".join(str(m) for m in get_messages(reponse.wsgi_request))


def vus(client, **parametres):
    return noms(client.get(URL, parametres))


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_departement)


def test_the_registre_holds_ones_own_and_those_of_others_who_said_yes(troupe, drh):
    fabriques.faire_cadre(troupe.departement, nom="Dici", prenom="Anne")
    fabriques.faire_cadre(troupe.region, "accord", nom="Doui", prenom="Paul")
    for etat in (Etat.RECENSE, Etat.INFORME, Etat.DESACCORD, Etat.RETIRE, Etat.NON_RETENU):
        fabriques.faire_cadre(troupe.region, etat, nom="Cachette", prenom=etat)
    trouves = vus(drh)
    assert "Dici, Anne" in trouves
    assert "Doui, Paul" in trouves
    assert not any("Cachette" in nom for nom in trouves)
    assert "Simon, Célia" not in trouves  # another démarche


def test_a_hidden_name_leaks_neither_by_search_nor_by_counts_nor_by_filters(troupe, drh):
    avant = drh.get(URL).context["totaux"]
    fabriques.faire_cadre(troupe.region, "informe", nom="Cachette", profil="haut_potentiel")
    for parametres in (
        {"q": "cachette"},
        {"situation": "informe", "q": "cachette"},
        {"collectivite": "region", "profil": "haut_potentiel"},
    ):
        reponse = drh.get(URL, parametres)
        assert noms(reponse) == []
        assert reponse.context["page"].paginator.count == 0
    assert drh.get(URL).context["totaux"] == avant


def test_the_situation_of_anothers_cadre_stays_general(troupe, drh):
    fabriques.faire_cadre(troupe.region, "retenu", avancee="engagee", nom="Ailleurs")
    texte = drh.get(URL, {"q": "ailleurs"}).content.decode()
    assert "Dans la démarche" in texte
    assert "Mobilité engagée</span>" not in texte
    assert vus(drh, situation="engagee") == []
    assert "Ailleurs, Dominique" in vus(drh, situation="partage")


def test_matricule_and_courriel_are_searched_among_ones_own_only(troupe, drh):
    fabriques.faire_cadre(troupe.departement, nom="Dici", matricule="X123")
    fabriques.faire_cadre(troupe.region, "accord", nom="Ailleurs", matricule="X124")
    assert vus(drh, q="x12") == ["Dici, Dominique"]
    assert vus(drh, q="@essais.example ailleurs") == []


def test_the_search_ignores_accents_case_and_order(troupe, drh):
    fabriques.faire_cadre(
        troupe.departement,
        nom="Éloïse-Lebœuf",
        prenom="Zoé",
        poste=fabriques.faire_poste(troupe.departement, "Cheffe de l’Édition"),
    )
    for texte in ("eloise", "ZOE LEBOEUF", "édition zoé", "lebœuf zoe"):
        assert vus(drh, q=texte) == ["Éloïse-Lebœuf, Zoé"], texte


@pytest.mark.parametrize(
    ("parametres", "attendus"),
    [
        ({"categorie": "A+"}, ["Un"]),
        ({"categorie": ["A+", "B"]}, ["Deux", "Un"]),
        ({"encadrement": "non"}, ["Deux"]),
        ({"anciennete": "10"}, ["Deux"]),
        ({"profil": "haut_potentiel"}, ["Un"]),
        ({"situation": "accord"}, ["Un"]),
        ({"collectivite": "region"}, ["Deux"]),
        ({"joignable": "non"}, ["Un"]),
        ({"statut": "titulaire"}, ["Un"]),
        ({"origine": "recensement"}, ["Un"]),
        ({"confie": "non"}, ["Un"]),
        ({"domaine": "social"}, ["Deux"]),
        ({"cadre_emplois": "ttach"}, ["Deux", "Un"]),
        ({"anciennete": "beaucoup", "situation": "inconnue"}, ["Deux", "Un"]),
    ],
)
def test_each_filter_keeps_what_it_says(troupe, drh, parametres, attendus):
    fabriques.faire_cadre(
        troupe.departement,
        "accord",
        nom="Xxx Un",
        prenom="A",
        categorie="A+",
        profil="haut_potentiel",
        courriel="",
        utilisateur=None,
        avec_compte=False,
    )
    fabriques.faire_cadre(
        troupe.region,
        "accord",
        nom="Xxx Deux",
        prenom="A",
        categorie="B",
        encadrement=False,
        domaine="Action sociale",
        date_entree_poste=fabriques.dans(-4000),
    )
    assert vus(drh, q="xxx", **parametres) == [f"Xxx {nom}, A" for nom in attendus]


def test_the_order_follows_the_url_and_names_ignore_accents(troupe, drh):
    for nom, jours in (("Xa", -100), ("Xé", -4000), ("Xf", -900)):
        fabriques.faire_cadre(troupe.departement, nom=nom, date_entree_poste=fabriques.dans(jours))

    def ordre(tri):
        return [n[:2] for n in vus(drh, tri=tri, categorie="A") if n.startswith("X")]

    assert ordre("nom") == ["Xa", "Xé", "Xf"]
    assert ordre("-nom") == ["Xf", "Xé", "Xa"]
    assert ordre("-anciennete") == ["Xé", "Xf", "Xa"]
    assert ordre("n’importe quoi") == ["Xa", "Xé", "Xf"]


def test_pages_hold_25(troupe, drh):
    for _ in range(30):
        fabriques.faire_cadre(troupe.departement)
    assert len(vus(drh)) == 25
    assert len(vus(drh, page=2)) == drh.get(URL).context["page"].paginator.count - 25


def test_the_partial_equals_the_full_reload(troupe, drh):
    parametres = {"q": "pasquier", "categorie": "A", "situation": ""}
    entier = drh.get(URL, parametres).content.decode()
    partiel = drh.get(URL, parametres, headers={"HX-Request": "true"})
    assert partiel.content.decode().strip() in entier
    assert partiel["HX-Push-Url"] == "/registre/?q=pasquier&categorie=A"


def test_columns_are_chosen_and_remembered(troupe, drh):
    drh.post("/registre/colonnes/", {"colonnes": ["courriel", "statut", "inconnue"]})
    texte = drh.get(URL).content.decode()
    assert "cadre@essais.example" in texte
    assert "autre.cadre@essais.example" not in texte  # another employer's
    assert "Situation</th>" not in texte


def test_chosen_columns_outlive_the_session_and_belong_to_one_mandat(troupe, client_de):
    def colonnes(client):
        return [colonne.cle for colonne in client.get(URL).context["colonnes"]]

    client = client_de(troupe.drh_departement)
    client.post("/registre/colonnes/", {"colonnes": ["statut", "courriel", "inconnue"]})
    client.logout()
    client = client_de(troupe.drh_departement)
    assert colonnes(client) == ["statut", "courriel"]
    assert len(colonnes(client_de(troupe.gestionnaire_departement))) == 6

    client.post("/registre/colonnes/", {"colonnes": ["poste"]})
    assert colonnes(client) == ["poste"]
    assert ColonnesRegistre.objects.get().cles == ["poste"]
    assert colonnes(client_de(troupe.drh_departement)) == ["poste"]  # in every browser, at once

    with pytest.raises(PermissionDenied):
        actions.choisir_colonnes(acteur=troupe.cadre, cles=["poste"])


def test_the_number_of_queries_is_constant(troupe, drh):
    comptes = []
    for n in (1, 4, 45):
        for _ in range(n):
            fabriques.faire_cadre(troupe.departement, "accord")
        with CaptureQueriesContext(connection) as requetes:
            drh.get(URL)
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1] == comptes[2] <= 15


@pytest.mark.parametrize("format_", ["csv", "xlsx", "ods"])
def test_the_export_is_what_is_seen_and_each_person_knows_it(troupe, drh, format_):
    cadre = fabriques.faire_cadre(troupe.departement, nom="=Dupont", prenom="Eva")
    fabriques.faire_cadre(troupe.departement, nom="Autre")
    reponse = drh.get("/registre/exporter/", {"q": "dupont", "format": format_})
    contenu = b"".join(reponse.streaming_content)
    assert reponse["Content-Disposition"].endswith(f'.{format_}"')
    if format_ == "csv":
        texte = contenu.decode("utf-8-sig")
        assert texte.count("\r\n") + texte.count("\n") >= 2
        assert "Eva" in texte
        assert "Autre" not in texte
        assert "\n=" not in texte
    assert list(Consultation.objects.values_list("cadre", "nature")) == [
        (cadre.pk, Consultation.Nature.EXPORT)
    ]


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


@pytest.mark.parametrize("qui", ["cadre", "accompagnateur"])
def test_the_registre_is_for_employers(troupe, client_de, qui):
    client = client_de(getattr(troupe, qui))
    assert client.get(URL).status_code == 403
    assert client.get("/registre/exporter/").status_code == 403


def test_the_registre_of_another_demarche_is_elsewhere(troupe, client_de):
    assert vus(client_de(troupe.etranger_drh)) == ["Simon, Célia"]


def test_going_back_gives_the_whole_page(drh):
    retour = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<h1" in drh.get(URL, headers=retour).content.decode()


# --- Every order, and what it does not say ------------------------------------------------------


@pytest.mark.parametrize("cle", sorted(TRIS))
def test_every_order_opens_in_both_directions(troupe, drh, cle):
    fabriques.faire_cadre(troupe.departement)
    assert sorted(vus(drh, tri=cle)) == sorted(vus(drh, tri=f"-{cle}"))


def test_empty_cells_come_last_and_others_cells_are_empty_for_the_order_too(troupe, drh):
    for nom, matricule, chez in (
        ("Xa", "9", troupe.departement),
        ("Xb", "1", troupe.departement),
        ("Xc", "", troupe.departement),
        ("Xd", "0", troupe.region),
    ):
        fabriques.faire_cadre(chez, "accord", nom=nom, matricule=matricule, categorie="C")
    for tri, attendu in (("matricule", "Xb Xa Xc Xd"), ("-matricule", "Xa Xb Xc Xd")):
        trouves = [nom.split(",")[0] for nom in vus(drh, tri=tri, categorie="C")]
        assert trouves == attendu.split()


def test_the_order_of_situations_follows_the_journey(troupe, drh):
    for nom, etat in (("Xa", "retenu"), ("Xb", "recense"), ("Xc", "accord")):
        fabriques.faire_cadre(troupe.departement, etat, nom=nom, categorie="C")
    fabriques.faire_cadre(troupe.region, "accord", nom="Xd", categorie="C")
    trouves = [nom.split(",")[0] for nom in vus(drh, tri="situation", categorie="C")]
    assert trouves == ["Xb", "Xc", "Xa", "Xd"]


# --- Leavers, views, the selection --------------------------------------------------------------


def test_whoever_left_is_shown_and_exported_when_asked(troupe, drh):
    fabriques.faire_cadre(troupe.departement, "retire", nom="Parti", prenom="Paul")
    assert "Parti, Paul" not in vus(drh)
    assert "1\u00a0personne partie" in drh.get(URL).content.decode()
    for parametres in ({"partis": "oui"}, {"situation": "retire"}, {"partis": "seules"}):
        assert "Parti, Paul" in vus(drh, **parametres), parametres
    assert vus(drh, partis="seules") == ["Parti, Paul"]
    for parametres, present in (({}, False), ({"avec_partis": "oui"}, True)):
        reponse = drh.get("/registre/exporter/", {"format": "csv", **parametres})
        assert ("Parti" in b"".join(reponse.streaming_content).decode()) is present


def test_a_view_keeps_filters_columns_and_order_for_its_owner(troupe, drh, client_de):
    drh.post("/registre/colonnes/", {"colonnes": ["courriel"]})
    gardes = drh.get(URL, {"categorie": "A", "tri": "-nom", "page": 2, "q": ""}).context[
        "parametres_de_vue"
    ]
    drh.post("/registre/vues/", {"nom": "Mes A", "parametres": gardes + "&intrus=1"})
    vue = VueRegistre.objects.get()
    assert vue.parametres == "categorie=A&tri=-nom&colonnes=courriel"
    drh.post("/registre/colonnes/", {"colonnes": ["poste"]})
    page = drh.get(f"{URL}?{vue.parametres}")
    assert [c.cle for c in page.context["colonnes"]] == ["courriel"]
    assert page.context["tri_courant"] == "-nom"
    assert "Mes A" in page.content.decode()
    lue = "Vue\u00a0: <b>Mes A</b>"
    assert lue in page.content.decode()
    # Whatever the order of the parameters, and whatever the page; but not with other filters.
    autrement = "tri=-nom&page=2&colonnes=courriel&categorie=A"
    assert lue in drh.get(f"{URL}?{autrement}").content.decode()
    assert lue not in drh.get(f"{URL}?{vue.parametres}&q=x").content.decode()
    collegue = client_de(troupe.dgs_departement)
    assert "Mes A" not in collegue.get(URL).content.decode()
    assert collegue.post(f"/registre/vues/{vue.pk}/supprimer/").status_code == 404
    drh.post("/registre/vues/", {"nom": "Mes A", "parametres": "categorie=B"})
    assert VueRegistre.objects.get().parametres == "categorie=B"
    drh.post(f"/registre/vues/{vue.pk}/supprimer/")
    assert not VueRegistre.objects.exists()


def test_views_have_a_name_and_a_limit(troupe, drh):
    assert "Donnez un nom" in dit(drh.post("/registre/vues/", {"nom": " "}))
    for n in range(20):
        drh.post("/registre/vues/", {"nom": f"Vue {n}"})
    assert "déjà 20 vues" in dit(drh.post("/registre/vues/", {"nom": "Une de trop"}))
    assert VueRegistre.objects.count() == 20


def test_choosing_columns_keeps_the_filters_and_gives_way(drh):
    origine = f"http://testserver{URL}?categorie=A&colonnes=poste"
    reponse = drh.post(
        "/registre/colonnes/", {"colonnes": ["statut"]}, headers={"referer": origine}
    )
    assert reponse.url == f"{URL}?categorie=A"


def test_only_the_chosen_rows_are_exported_as_they_are_seen(troupe, drh):
    un = fabriques.faire_cadre(troupe.departement, nom="Achoisir", courriel="a@essais.example")
    deux = fabriques.faire_cadre(troupe.region, "accord", nom="Bchoisir")
    fabriques.faire_cadre(troupe.departement, nom="Autre")
    cache = fabriques.faire_cadre(troupe.region, "informe", nom="Cachette")
    reponse = drh.post(
        "/registre/exporter/choisis/",
        {
            "choix": [un.pk, deux.pk, cache.pk],
            "format": "csv",
            "parametres": "tri=-nom&colonnes=courriel",
        },
    )
    lignes = b"".join(reponse.streaming_content).decode("utf-8-sig").splitlines()
    assert [ligne.split(";")[0].strip('"') for ligne in lignes] == ["Nom", "Bchoisir", "Achoisir"]
    assert "a@essais.example" in lignes[2]
    assert set(Consultation.objects.values_list("cadre", flat=True)) == {un.pk, deux.pk}
    assert "Cochez" in dit(drh.post("/registre/exporter/choisis/", {"choix": [cache.pk]}))


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


def test_counting_stops_where_an_exact_number_says_nothing_more(troupe, drh, monkeypatch):
    monkeypatch.setattr(bornes, "COMPTE_MAX", 3)
    monkeypatch.setattr(registre, "COMPTE_COURT", 3)
    for _ in range(6):
        fabriques.faire_cadre(troupe.departement)
    page = drh.get(URL)
    assert page.context["compte"] == "plus de 3\u00a0cadres"
    assert page.context["page"].paginator.count == 3


@pytest.mark.parametrize(
    "parametres",
    [
        {},
        {"q": "pasq", "tri": "-anciennete", "categorie": "A"},
        {"colonnes": "poste,statut", "partis": "oui", "page": "2"},
    ],
)
def test_every_partial_equals_the_full_reload(troupe, drh, parametres):
    for _ in range(30):
        fabriques.faire_cadre(troupe.departement)
    entier = drh.get(URL, parametres).content.decode()
    partiel = drh.get(URL, parametres, headers={"HX-Request": "true"}).content.decode()
    assert partiel.strip() in entier


# --- « Prochaine étape » and « Échéance »: composed by the later acts, ordered and filtered -------


@pytest.fixture
def a_suivre(troupe):
    """Four steps of one's own, known or not, and one of another employer that nobody here reads."""
    fabriques.faire_cadre(troupe.departement, "recense", nom="Xa", categorie="C")
    informe = fabriques.faire_cadre(troupe.departement, "informe", nom="Xb", categorie="C")
    Candidature.objects.filter(cadre=informe).update(informe_le=timezone.now() - timedelta(days=3))
    avec = fabriques.faire_cadre(troupe.departement, "retenu", nom="Xc", categorie="C")
    fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.region),
        avec,
        "envoyee",
        repondre_avant=timezone.now() + timedelta(days=5),
    )
    fabriques.faire_cadre(troupe.departement, "accord", nom="Xd", categorie="C")
    cache = fabriques.faire_cadre(troupe.region, "retenu", nom="Xe", categorie="C")
    fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.ville),
        cache,
        "envoyee",
        repondre_avant=timezone.now() + timedelta(days=1),
    )


def ordre(client, **parametres):
    return " ".join(nom.split(",")[0] for nom in vus(client, categorie="C", **parametres))


def test_the_order_of_echeances_is_that_of_the_dates_shown(troupe, drh, a_suivre):
    # Xe has a date, which is not the reader's: it comes by name among those without one.
    assert ordre(drh, tri="echeance") == "Xc Xb Xa Xd Xe"
    assert ordre(drh, tri="-echeance") == "Xb Xc Xa Xd Xe"
    texte = drh.get(URL, {"tri": "echeance"}).content.decode()
    assert 'aria-sort="ascending"' in texte


def test_the_order_of_steps_is_that_of_the_words_shown(troupe, drh, a_suivre):
    # Décision, Message, Sa réponse, Son oui; then nothing that the reader may know.
    assert ordre(drh, tri="etape") == "Xd Xa Xc Xb Xe"
    assert ordre(drh, tri="-etape") == "Xb Xc Xa Xd Xe"


def test_the_filter_of_echeances_says_no_more_than_the_table(troupe, drh, a_suivre):
    def avant(jours):
        return ordre(drh, echeance=fabriques.dans(jours).isoformat())

    assert avant(5) == ""
    assert avant(6) == "Xc"
    assert avant(30) == "Xb Xc"
    puce = drh.get(URL, {"echeance": "2027-09-30"}).content.decode()
    assert "avant le 30\u00a0septembre\u00a02027" in puce
    assert ordre(drh, echeance="demain") == "Xa Xb Xc Xd Xe"  # an unknown value is ignored


def test_too_long_a_list_says_what_it_cannot_do_and_shows_nobody_rather_than_all(
    troupe, drh, a_suivre, monkeypatch
):
    monkeypatch.setattr(demande, "COMPOSE_MAX", 3)
    page = drh.get(URL, {"tri": "echeance", "categorie": "C"})
    assert page.context["avis"] == demande.tri_long(3)
    assert noms(page) == noms(drh.get(URL, {"categorie": "C"}))
    filtree = drh.get(URL, {"echeance": "2100-01-01", "categorie": "C"})
    assert filtree.context["avis"] == demande.filtre_long(3)
    assert noms(filtree) == []
    reponse = drh.post(
        "/registre/informer/", {"tous": "oui", "parametres": "echeance=2100-01-01&categorie=C"}
    )
    assert "ajoutez d’abord un autre filtre" in dit(reponse)


@pytest.mark.parametrize(
    "parametres",
    [
        {},
        {"tri": "situation"},
        {"tri": "-anciennete", "categorie": "A"},
        {"tri": "collectivite"},
        {"tri": "echeance"},
        {"tri": "poste", "q": "lot"},
        {"echeance": "2100-01-01", "tri": "-etape"},
        {"partis": "oui", "situation": "accord"},
    ],
)
def test_queries_are_few_constant_and_never_said_thrice(troupe, drh, parametres):
    comptes = []
    for n in (1, 4, 45):
        for _ in range(n):
            cadre = fabriques.faire_cadre(troupe.departement, "accord", nom="Lot")
            fabriques.faire_cadre(troupe.region, "informe", nom="Lot")
        fabriques.faire_proposition(fabriques.faire_opportunite(troupe.region), cadre, "envoyee")
        with CaptureQueriesContext(connection) as requetes:
            drh.get(URL, parametres)
        comptes.append(len(requetes))
        repetees = Counter(requete["sql"] for requete in requetes.captured_queries)
        assert max(repetees.values()) <= 2
    assert comptes[1] == comptes[2] <= 15
    # The one person shown at first may have no step, hence nothing to ask the parcours.
    assert comptes[0] <= comptes[1]


@pytest.mark.parametrize(
    "parametres",
    [{"tri": "echeance"}, {"echeance": "2100-01-01"}, {"tri": "situation", "page": "2"}],
)
def test_the_new_orders_are_the_same_by_htmx(troupe, drh, parametres):
    for _ in range(30):
        fabriques.faire_cadre(troupe.departement, "informe")
    entier = drh.get(URL, parametres).content.decode()
    partiel = drh.get(URL, parametres, headers={"HX-Request": "true"}).content.decode()
    assert partiel.strip() in entier
    assert "Choisir les" in partiel or "page" not in parametres


@pytest.mark.parametrize("cle", ["nom", "collectivite", "anciennete", "situation", "echeance"])
def test_pages_of_an_order_follow_one_another_without_gap_or_repeat(troupe, drh, cle):
    for n in range(60):
        fabriques.faire_cadre(
            troupe.departement if n % 3 else troupe.region,
            ("accord", "retenu", "informe")[n % 3] if n % 3 else "accord",
            nom=f"P{n % 7}",
            date_entree_poste=None if n % 5 == 0 else fabriques.dans(-n),
        )
    for tri in (cle, f"-{cle}"):
        pages = [drh.get(URL, {"tri": tri, "page": page}) for page in (1, 2, 3)]
        lus = [ligne.cadre.pk for page in pages for ligne in page.context["lignes"]]
        assert len(lus) == len(set(lus)) == pages[0].context["trouves"]
        reponse = drh.get("/registre/exporter/", {"tri": tri, "format": "csv"})
        assert b"".join(reponse.streaming_content).count(b"\n") == len(lus) + 1
