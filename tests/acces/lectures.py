"""« Qui a lu votre dossier » forgets no page: the rule that the walk of the matrix holds.

Wherever somebody reads a person's name, the person will read it, or the reason is written here.
"""

from cadres.models import Cadre, Consultation
from tests.acces.adresses import adresses
from tests.acces.matrice import PERSONAS
from tests.acces.scene import QUESTION, SYNTHESE_PUBLIEE

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
    "cadres:diagnostic_entier": "the same list, with what was found of each line",
    "opportunites:propositions": LISTE,
    "opportunites:interroger": LISTE,
    "opportunites:mobilites": LISTE,
    "opportunites:enseignements": LISTE,
    "opportunites:faire_les_lettres": LISTE,
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


def lectures_tues(nom, persona, texte, scene):
    """What `persona` has just read at `nom` about people whom no line tells of it."""
    if nom in EXCEPTIONS or persona not in LECTEURS or not adresses()[nom].est_a_nous:
        return []
    troupe = scene.troupe
    # Whose family name alone is nobody else's.
    distingues = {troupe.fiche_du_cadre.pk, troupe.fiche_de_l_autre_cadre.pk}
    siens = getattr(troupe, PERSONAS[persona]).collectivite.pk
    notes = list(Consultation.objects.values_list("cadre", "nature"))
    dits, natures = {cadre for cadre, _ in notes}, {nature for _, nature in notes}
    tues = [
        fiche.nom
        for fiche in Cadre.objects.exclude(nom="")
        if not (nom in CHOIX and fiche.collectivite_id == siens)
        and (fiche.nom_complet in texte or (fiche.nom in texte and fiche.pk in distingues))
        and fiche.pk not in dits
    ]
    lisible = texte.replace("\u00a0", " ")
    return tues + [
        f"« {ecrit} », not told as such"
        for ecrit, nature in ECRITS.items()
        if ecrit in lisible and not natures & {nature, "accompagnement"}
    ]
