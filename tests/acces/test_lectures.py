"""« Qui a lu votre dossier » forgets no page: wherever somebody reads a person's name, the person will
read it, or the reason is written here."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.donnees_personnelles.lectures import pages_inscrites
from cadres.models import Cadre, Consultation
from tests.acces.adresses import adresses
from tests.acces.matrice import PERSONAS
from tests.acces.parametres import PARAMETRES
from tests.acces.scene import QUESTION, SYNTHESE_PUBLIEE
from tests.fabriques import dans, faire_mandat, il_y_a

pytestmark = pytest.mark.toutes_les_pages

ADRESSES = adresses()
GET = sorted(nom for nom, adresse in ADRESSES.items() if adresse.est_a_nous)
LISTE = "a list names people to choose from; opening one of them is what is noted"
#: page → why a name there is no reading of the file
EXCEPTIONS = {
    "pilotage:accueil": "it says what to do, and leads to the page that is noted",
    "pilotage:tableau_de_bord": "what waits for a decision, and leads to the page that is noted",
    "pilotage:journal": "what was decided, by whom: the names are those of the acts",
    "pilotage:liste": "those whom the registre lists, as it lists them; each file it opens is noted",
    "pilotage:exporter_journal": "the same lines, in a file",
    "pilotage:imprimer_journal": "the same lines, on paper",
    "cadres:registre": LISTE,
    "cadres:criteres": LISTE,
    "cadres:recensements": LISTE,
    "cadres:importation": "the employer's own list, as it was given; each file it writes is journaled",
    "opportunites:propositions": LISTE,
    "opportunites:mobilites": LISTE,
    "opportunites:enseignements": LISTE,
    "parcours:promotions": LISTE,
    "parcours:semaine": "the coach's own appointments; opening one of them is what is noted",
    "parcours:inscrire": LISTE,
    "parcours:inscrire_session": LISTE,
    "parcours:immersions": LISTE,
    "parcours:accompagnements": LISTE,
    "collectivites:delegations": "the names are those of the acteurs",
    "parcours:agenda_coaching": "the coach's own appointment, put in their calendar",
    "parcours:agenda_ics": "an appointment, put in a calendar",
    "parcours:immersion_ics": "an appointment, put in a calendar",
}
#: Pages that also offer to enrol one's own people: a list to choose from, as above.
CHOIX = {"parcours:session"}
#: What the person wrote → how its reading is named to them.
ECRITS = {
    QUESTION: "question",
    SYNTHESE_PUBLIEE: "synthese",
}
LECTEURS = (
    "dgs",
    "drh",
    "gestionnaire",
    "accompagnateur",
    "autre_dgs",
    "autre_drh",
    "autre_gest",
    "autre_acc",
)


@pytest.fixture(autouse=True)
def _pdf_lisible(monkeypatch):
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())


@pytest.mark.parametrize("nom", GET)
def test_who_reads_a_name_is_read_by_the_person(nom, scene, clients):
    adresse, troupe = ADRESSES[nom], scene.troupe
    # Whose family name alone is nobody else's.
    distingues = {troupe.fiche_du_cadre.pk, troupe.fiche_de_l_autre_cadre.pk}
    gens = list(Cadre.objects.exclude(nom=""))
    chemin = adresse.chemin(**PARAMETRES[nom](scene) if adresse.parametres else {})
    for persona in LECTEURS:
        reponse = clients[persona].get(chemin)
        if reponse.status_code != 200 or nom in EXCEPTIONS:
            continue
        corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
        texte = corps.decode(errors="ignore")
        for fiche in gens:
            siens = PERSONAS[persona] and getattr(troupe, PERSONAS[persona]).collectivite
            if nom in CHOIX and siens and fiche.collectivite_id == siens.pk:
                continue
            if fiche.nom_complet in texte or (fiche.nom in texte and fiche.pk in distingues):
                lues = Consultation.objects.filter(cadre=fiche)
                assert lues.exists(), f"{persona} reads {fiche.nom} on {nom}, which notes nothing"
        for ecrit, nature in ECRITS.items():
            if ecrit in texte.replace("\u00a0", " "):
                assert Consultation.objects.filter(
                    nature__in=(nature, "accompagnement")
                ).exists(), f"{persona} reads « {ecrit} » on {nom}, which is not told as such"
        Consultation.objects.all().delete()


def test_every_page_that_is_noted_exists():
    assert pages_inscrites() <= ADRESSES.keys()
    assert not pages_inscrites() & EXCEPTIONS.keys()


def test_a_poste_with_many_wishes_costs_one_query_and_one_insert(scene, clients):

    with CaptureQueriesContext(connection) as requetes:
        clients["drh"].get(f"/opportunites/{scene.opportunite.pk}/")
    ecrites = [r["sql"] for r in requetes if r["sql"].startswith("INSERT")]
    assert len([sql for sql in ecrites if "cadres_consultation" in sql]) == 1
    natures = set(
        Consultation.objects.filter(cadre=scene.troupe.fiche_de_l_autre_cadre).values_list(
            "nature", flat=True
        )
    )
    assert natures == {"voeu", "demande", "proposition"}


def natures(fiche):
    return set(Consultation.objects.filter(cadre=fiche).values_list("nature", flat=True))


def test_what_i_answered_to_a_host_that_asked_me_is_among_the_readings(scene, clients):
    """« Ce poste vous intéresserait-il ? » : its page says to whom the question was put."""
    clients["autre_drh"].get(f"/opportunites/{scene.sollicitation.opportunite_id}/")
    assert natures(scene.sollicitation.cadre) == {"sollicitation"}


def test_my_question_is_among_the_readings_of_the_proposition(scene, clients):
    clients["drh"].get(f"/propositions/{scene.question.proposition_id}/")
    assert natures(scene.question.proposition.cadre) == {"proposition", "question"}
    Consultation.objects.all().delete()
    # Their own employer opens the same page, and reads no question there.
    clients["autre_drh"].get(f"/propositions/{scene.question.proposition_id}/")
    assert natures(scene.question.proposition.cadre) == {"proposition"}


@pytest.mark.parametrize(("accord", "lecteurs"), [("demande", {"drh"}), ("oui", {"drh", "dgs"})])
def test_my_agreement_that_a_dgs_learns_of_it_is_among_the_readings(
    accord, lecteurs, scene, clients
):
    """The DGS of the Région also serves the Département, where the person works."""
    faire_mandat(
        "dgs", scene.troupe.departement, scene.troupe.dgs_region.utilisateur, debut=dans(1)
    )
    soumise = scene.proposition_soumise
    soumise.accord_dgs = accord
    soumise.accord_repondu_le = il_y_a(0) if accord == "oui" else None
    soumise.save()
    for persona in ("drh", "dgs"):
        reponse = clients[f"autre_{persona}"].get(f"/propositions/{soumise.pk}/")
        assert (reponse.status_code == 200) is (persona in lecteurs)
        assert ("accord" in natures(soumise.cadre)) is (persona in lecteurs)
        Consultation.objects.all().delete()


def test_nobody_is_said_to_have_read_their_own_file(scene, clients):
    for nom in ("cadres:mes_donnees", "opportunites:voeux", "parcours:mon_accompagnement"):
        clients["cadre"].get(ADRESSES[nom].chemin())
    assert not Consultation.objects.exists()
