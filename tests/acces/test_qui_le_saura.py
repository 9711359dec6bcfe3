"""« Qui le saura » is true: each act is played, the pages of everybody are walked before and after,
and those who read something new are those whom the registry names, no more and no less."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cadres.candidature import actions as candidature
from cadres.donnees_personnelles import actions as donnees
from cadres.donnees_personnelles import effacement
from cadres.models import DemandeCorrection
from collectivites.acteurs.qui_le_saura import QUI_LE_SAURA
from collectivites.acteurs.savoir import Lecteur
from collectivites.communs.calendrier import ajouter_jours_ouvres
from opportunites.dossier.actions import depart
from opportunites.models import Demande, Mobilite, Proposition, Sollicitation, Voeu
from opportunites.postes.actions import demandes, sollicitations, voeux
from opportunites.propositions.actions import accords, questions, reponses
from parcours.apres.evaluation import actions as evaluations
from parcours.apres.reseau import actions as reseau
from parcours.coaching.actions import bilan, carnet, creneaux, ecrits, rendez_vous, synthese
from parcours.models import (
    Evaluation,
    Immersion,
    InscriptionSession,
    PresenceReseau,
    RendezVousCoaching,
)
from parcours.sessions.actions import immersions, places
from tests import fabriques
from tests.fabriques import coaching

pytestmark = pytest.mark.toutes_les_pages

#: Who plays whom: the cadre is of the Département, the postes are the Région's.
PUBLIC = {
    Lecteur.DGS: ("dgs_departement",),
    Lecteur.DRH: ("drh_departement",),
    Lecteur.GESTIONNAIRE: ("gestionnaire_departement",),
    Lecteur.ACCOMPAGNATEUR: ("accompagnateur",),
    Lecteur.ACCUEIL: ("dgs_region", "drh_region", "gestionnaire_region"),
    Lecteur.AUTRES: ("dgs_ville", "drh_ville"),
    # Never, of anything.
    "personne": ("autre_accompagnateur", "autre_cadre", "etranger_drh"),
}


#: One of each; `make test-lourd` asks them all.
UN_DE_CHACUN = {
    **{lecteur: noms[-1:] for lecteur, noms in PUBLIC.items()},
    Lecteur.ACCUEIL: ("drh_region",),
    "personne": ("autre_accompagnateur", "autre_cadre"),
}
#: Enough where few pages name the act.
PUBLIC_COURT = UN_DE_CHACUN | {"personne": ("autre_accompagnateur",)}


@pytest.fixture(scope="module")
def decor_du_monde(troupe, django_db_blocker):
    with django_db_blocker.unblock():
        return monter(troupe)


@pytest.fixture
def monde(decor_du_monde):
    """The rows as they are before any act: a gesture changes what it is handed."""
    return {nom: type(o)._base_manager.get(pk=o.pk) for nom, o in decor_du_monde.items()}


@pytest.fixture(scope="module")
def lu_avant(troupe, decor_du_monde, client_de, django_db_blocker):
    """What one of each reads before any act: walked once."""
    with django_db_blocker.unblock():
        return lus_par(troupe, client_de, lambda: pages(troupe, decor_du_monde), UN_DE_CHACUN)


@pytest.fixture(scope="module")
def lu_avant_par_tous(troupe, decor_du_monde, client_de, django_db_blocker):
    with django_db_blocker.unblock():
        return lus_par(troupe, client_de, lambda: pages(troupe, decor_du_monde), PUBLIC)


def monter(troupe):
    """Claire is in a promotion, entrusted, with a proposition, a synthesis and a bilan under way."""
    f, claire = fabriques, troupe.fiche_du_cadre
    promotion = f.faire_promotion(troupe.demarche)
    inscription = f.faire_inscription(claire, promotion)
    f.faire_inscription(troupe.fiche_de_l_autre_cadre, promotion)
    poste, autre = f.faire_opportunite(troupe.region), f.faire_opportunite(troupe.region)
    f.faire_voeu(claire, poste)
    accompagnement = coaching.faire_accompagnement(claire)
    return {
        "inscription": inscription,
        "promotion": promotion,
        "poste": poste,
        "autre": autre,
        "proposition": f.faire_proposition(poste, claire),
        "accompagnement": accompagnement,
        "session": f.faire_session(f.faire_prestation(troupe.region)),
        "synthese": coaching.faire_synthese(
            accompagnement, troupe.accompagnateur.utilisateur, "Prête à plus large."
        ),
    }


def immersion(t, m):
    debut = ajouter_jours_ouvres(timezone.localdate() + timedelta(days=120), 1)
    immersions.demander_immersion(
        acteur=t.cadre,
        accueil=t.region,
        jours=[debut, ajouter_jours_ouvres(debut, 1)],
        service="Lycées",
        lieu="Orléans",
        fonctions="Adjointe",
        motivation="Voir de près.",
    )


def immersion_offerte(t, m):
    debut = ajouter_jours_ouvres(timezone.localdate() + timedelta(days=145), 1)
    immersions.demander_sur_offre(
        acteur=t.cadre,
        offre=fabriques.faire_offre_immersion(t.region),
        jours=[debut, ajouter_jours_ouvres(debut, 1)],
        motivation="Voir de près.",
    )


def bilan_remis(t, m):
    bilan.enregistrer_bilan(
        acteur=t.cadre,
        inscription=m["inscription"],
        donnees={"maturite": "pret", "texte": "Mes mots."},
        remettre=True,
    )


def effacer(t, m):
    effacement.demander_effacement(acteur=t.cadre, ne_plus_recenser=False)


def parti(t, m):
    """Whoever asks to be erased has left already."""
    candidature.retirer(acteur=t.cadre)


def interroge(t, m):
    Sollicitation.objects.create(
        opportunite=m["autre"], cadre=t.fiche_du_cadre, message="Et vous ?"
    )


#: act → what the person does
GESTES = {
    "oui": lambda t, m: candidature.repondre(acteur=t.cadre_muet, accord=True),
    "non": lambda t, m: candidature.repondre(acteur=t.cadre_muet, accord=False),
    "retrait": lambda t, m: candidature.retirer(acteur=t.cadre),
    "voeu": lambda t, m: voeux.exprimer_voeu(acteur=t.cadre, opportunite=m["autre"]),
    "sollicitation": lambda t, m: sollicitations.repondre(
        acteur=t.cadre, sollicitation=Sollicitation.objects.get(), oui=True
    ),
    "rencontre": lambda t, m: demandes.demander(
        acteur=t.cadre, opportunite=m["poste"], nature="entretien", message="Parlons-en."
    ),
    "immersion": immersion,
    "question": lambda t, m: questions.questionner(
        acteur=t.cadre, proposition=m["proposition"], texte="Qui sera mon chef ?"
    ),
    "accepter": lambda t, m: reponses.accepter(acteur=t.cadre, proposition=m["proposition"]),
    "refuser": lambda t, m: reponses.refuser(
        acteur=t.cadre, proposition=m["proposition"], motif="famille", commentaire="À moi."
    ),
    "synthese": lambda t, m: synthese.publier_synthese(
        acteur=t.cadre, synthese=m["synthese"], revision=m["synthese"].revision
    ),
    "bilan": bilan_remis,
    "correction": lambda t, m: donnees.demander_correction(
        acteur=t.cadre, champ="poste", explication="Je dirige ce service."
    ),
    "effacement": effacer,
}
AVANT = {"effacement": parti, "sollicitation": interroge}
#: One of each kind, where a career may hang on the promise: in `make test`; all in `make test-lourd`.
PROMIS = {"oui", "voeu", "refuser", "bilan"}


def inscrite(t, m):
    places.inscrire_a_session(acteur=t.cadre, session=m["session"], cadre=t.fiche_du_cadre)


def venue(t, m):
    passee = fabriques.faire_session(m["session"].prestation, debut=fabriques.il_y_a(3))
    m["session"] = passee
    fabriques.faire_place(passee, t.fiche_du_cadre, "present")


def evaluee(t, m):
    venue(t, m)
    fabriques.faire_evaluation(m["session"])


def ancien_mentor(t, m):
    passee = fabriques.faire_promotion(t.demarche, date_debut=fabriques.dans(-500))
    ancien = fabriques.faire_cadre(t.region, "retenu")
    fabriques.faire_inscription(ancien, passee, "achevee")
    fabriques.faire_presence(ancien, passee, mentor=True)


def partie(t, m):
    parti(t, m)
    effacer(t, m)


def rendez_vous_pris(t, m):
    creneau = coaching.faire_creneau(t.accompagnateur.mandat)
    creneaux.prendre_creneau(acteur=t.cadre, creneau=creneau, malgre=True)


def dossier_pret(t, m):
    """Everything is settled, and the former employer awaits the written request."""
    acceptee = fabriques.faire_proposition(m["autre"], t.fiche_du_cadre, "acceptee")
    fabriques.faire_mobilite(acceptee, voie="MUTATION", date_effet=fabriques.dans(100))


def question_posee(t, m):
    """Whoever validates for the Région also serves the Département: the person is asked first."""
    fabriques.faire_mandat("dgs", t.departement, t.dgs_region.utilisateur, debut=fabriques.dans(1))
    Proposition.objects.filter(pk=m["proposition"].pk).update(
        etat="brouillon",
        validee_le=None,
        envoyee_le=None,
        repondre_avant=None,
        accord_dgs="demande",
        accord_demande_le=fabriques.il_y_a(1),
    )


#: An act whose readers are few: (what is done before, the act, the pages that name it). The variants
#: of one act, « voeu:retirer », have its readers.
GESTES_COURTS = {
    "reprendre_oui": (
        GESTES["oui"],
        lambda t, m: candidature.reprendre_le_oui(acteur=t.cadre_muet),
        "fiche_muette",
    ),
    "competences": (
        None,
        lambda t, m: donnees.dire_ses_competences(acteur=t.cadre, niveaux={"MGT01": 3}),
        "fiche",
    ),
    "garder": (
        partie,
        lambda t, m: effacement.renoncer_a_l_effacement(acteur=t.cadre),
        "fiche registre",
    ),
    "voeu:retirer": (
        None,
        lambda t, m: voeux.retirer_voeu(acteur=t.cadre, voeu=Voeu.objects.get()),
        "poste fiche",
    ),
    "voeu:classer": (
        GESTES["voeu"],
        lambda t, m: voeux.classer_voeux(
            acteur=t.cadre, ordre=[*Voeu.objects.order_by("-rang").values_list("pk", flat=True)]
        ),
        "poste fiche",
    ),
    "rencontre:retirer": (
        GESTES["rencontre"],
        lambda t, m: demandes.retirer_demande(acteur=t.cadre, demande=Demande.objects.get()),
        "poste fiche",
    ),
    "accord": (
        question_posee,
        lambda t, m: accords.repondre_accord(
            acteur=t.cadre, proposition=m["proposition"], accord=True
        ),
        "proposition poste fiche",
    ),
    "reprendre": (
        GESTES["accepter"],
        lambda t, m: reponses.annuler_reponse(
            acteur=t.cadre, proposition=Proposition.objects.get(pk=m["proposition"].pk)
        ),
        "proposition fiche",
    ),
    "depart": (
        dossier_pret,
        lambda t, m: depart.demander_le_depart(acteur=t.cadre, mobilite=Mobilite.objects.get()),
        "mobilite fiche",
    ),
    "immersion_offerte": (None, immersion_offerte, "immersion fiche registre"),
    "montrer_immersion": (
        immersion_offerte,
        lambda t, m: immersions.montrer_immersion(
            acteur=t.cadre, immersion=Immersion.objects.get()
        ),
        "immersion fiche",
    ),
    "renoncer_immersion": (
        immersion,
        lambda t, m: immersions.annuler_immersion(
            acteur=t.cadre, immersion=Immersion.objects.get()
        ),
        "immersion fiche",
    ),
    "session": (None, inscrite, "session fiche"),
    "session:quitter": (
        inscrite,
        lambda t, m: places.annuler_place(acteur=t.cadre, place=InscriptionSession.objects.get()),
        "session fiche",
    ),
    "evaluation": (
        evaluee,
        lambda t, m: evaluations.repondre(
            acteur=t.cadre,
            evaluation=Evaluation.objects.get(),
            choix={"utile": 4, "annonce": 3, "organisation": 1},
            texte="Concret.",
        ),
        "session fiche",
    ),
    "reseau": (
        None,
        lambda t, m: reseau.rejoindre(
            acteur=t.cadre,
            donnees={"ou": "Ici", "recit": "À dire.", "repond": True, "mentor": True},
        ),
        "accompagnement fiche registre",
    ),
    "mentor": (
        ancien_mentor,
        lambda t, m: reseau.demander(
            acteur=t.cadre, presence=PresenceReseau.objects.get(), mot="M’aider ?"
        ),
        "accompagnement fiche registre",
    ),
    "carnet": (
        None,
        lambda t, m: carnet.ecrire_dans_mon_carnet(
            acteur=t.cadre, cadre=t.fiche_du_cadre, texte="À moi seule.", revision=0
        ),
        "accompagnement fiche registre",
    ),
    "rendez_vous": (None, rendez_vous_pris, "accompagnement fiche"),
    "rendez_vous:decliner": (
        rendez_vous_pris,
        lambda t, m: rendez_vous.decliner_rendez_vous(
            acteur=t.cadre, rendez_vous=RendezVousCoaching.objects.get()
        ),
        "accompagnement fiche",
    ),
    "ecrit": (
        None,
        lambda t, m: ecrits.ecrire_note(acteur=t.cadre, cadre=t.fiche_du_cadre, texte="À deux."),
        "accompagnement fiche",
    ),
    "ecrit:objectif": (
        None,
        lambda t, m: ecrits.poser_objectif(acteur=t.cadre, cadre=t.fiche_du_cadre, texte="Oser."),
        "accompagnement fiche",
    ),
    "ecrit:synthese": (
        None,
        lambda t, m: synthese.rediger_synthese(
            acteur=t.cadre,
            cadre=t.fiche_du_cadre,
            texte="Autrement dit.",
            revision=m["synthese"].revision,
        ),
        "accompagnement fiche synthese",
    ),
    "retirer_synthese": (
        GESTES["synthese"],
        lambda t, m: synthese.depublier_synthese(acteur=t.cadre, synthese=m["synthese"]),
        "accompagnement fiche synthese",
    ),
}
#: Played where it has its whole story.
AILLEURS = {"notes_d_avant": "tests/parcours/coaching"}


def pages(troupe, monde):
    """The pages that name people, as far as they exist now."""
    for nom in (
        "pilotage:accueil",
        "pilotage:journal",
        "cadres:registre",
        "opportunites:opportunites",
        "opportunites:propositions",
        "opportunites:mobilites",
        "parcours:promotions",
        "parcours:immersions",
        "parcours:accompagnements",
    ):
        yield reverse(nom)
    for fiche in (troupe.fiche_du_cadre, troupe.fiche_du_cadre_muet):
        yield reverse("cadres:fiche", args=[fiche.pk])
    objets = [
        ("opportunites:opportunite", monde["poste"]),
        ("opportunites:opportunite", monde["autre"]),
        ("opportunites:proposition", monde["proposition"]),
        ("parcours:promotion", monde["promotion"]),
        ("parcours:inscription", monde["inscription"]),
        ("parcours:bilan", monde["inscription"]),
        ("parcours:accompagnement", troupe.fiche_du_cadre),
        ("parcours:synthese_publiee", monde["synthese"]),
        ("opportunites:mobilite", Mobilite.objects.last()),
        ("opportunites:repondre_demande", Demande.objects.last()),
        ("parcours:immersion", Immersion.objects.last()),
        ("cadres:correction", DemandeCorrection.objects.last()),
    ]
    for nom, objet in objets:
        yield reverse(nom, args=[objet.pk if objet else 0])


def pages_courtes(troupe, monde, noms):
    """Of one act alone: what names it, and the journal."""
    objets = {
        "fiche": ("cadres:fiche", troupe.fiche_du_cadre),
        "fiche_muette": ("cadres:fiche", troupe.fiche_du_cadre_muet),
        "registre": ("cadres:registre", None),
        "poste": ("opportunites:opportunite", monde["poste"]),
        "proposition": ("opportunites:proposition", monde["proposition"]),
        "mobilite": ("opportunites:mobilite", Mobilite.objects.last()),
        "session": ("parcours:session", monde["session"]),
        "immersion": ("parcours:immersion", Immersion.objects.last()),
        "accompagnement": ("parcours:accompagnement", troupe.fiche_du_cadre),
        "synthese": ("parcours:synthese_publiee", monde["synthese"]),
    }
    yield reverse("pilotage:journal")
    for nom in noms.split():
        vue, objet = objets[nom]
        if nom == "immersion" and objet is None:  # not asked yet
            continue
        yield reverse(vue, args=[objet.pk] if objet else [])


def lu(client, adresse):
    """What a reader reads there; nothing where they may not."""
    reponse = client.get(adresse)
    if reponse.status_code != 200:
        return ""
    texte = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", reponse.text)
    texte = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", texte.partition("<main")[2]))
    # How many seats are taken is everybody's: it names nobody.
    return re.sub(r"\d+ prises? sur|Il reste \d+ places?", "", texte)


def lus_par(troupe, client_de, pages, public):
    """(reader, page) → what they read there."""
    return {
        (lecteur, nom, page): lu(client, page)
        for lecteur, noms in public.items()
        for nom in noms
        for client in [client_de(getattr(troupe, nom))]
        for page in pages()
    }


def ont_appris(avant, apres):
    return {cle[0] for cle, texte in apres.items() if texte != avant.get(cle, "")}


def test_nobody_reads_anything_new_when_nothing_is_done(troupe, monde, lu_avant, client_de):
    apres = lus_par(troupe, client_de, lambda: pages(troupe, monde), UN_DE_CHACUN)

    assert ont_appris(lu_avant, apres) == set()


@pytest.mark.parametrize(
    ("public", "lus"),
    [
        pytest.param(UN_DE_CHACUN, "lu_avant", id="un de chacun"),
        pytest.param(PUBLIC, "lu_avant_par_tous", id="tous", marks=pytest.mark.lourd),
    ],
)
@pytest.mark.parametrize(
    "acte",
    [
        pytest.param(acte, marks=() if acte in PROMIS else pytest.mark.lourd)
        for acte in sorted(GESTES)
    ],
)
def test_those_who_read_more_are_those_who_are_named(
    acte, public, lus, troupe, monde, client_de, request
):
    avant = request.getfixturevalue(lus)
    if acte in AVANT:
        AVANT[acte](troupe, monde)
        avant = lus_par(troupe, client_de, lambda: pages(troupe, monde), public)

    GESTES[acte](troupe, monde)

    apres = lus_par(troupe, client_de, lambda: pages(troupe, monde), public)
    assert ont_appris(avant, apres) == set(QUI_LE_SAURA[acte].lecteurs)


@pytest.mark.parametrize("geste", sorted(GESTES_COURTS))
def test_those_who_read_more_of_a_smaller_act_are_those_who_are_named(
    geste, troupe, monde, client_de
):
    preparer, agir, noms = GESTES_COURTS[geste]
    if preparer:
        preparer(troupe, monde)
    avant = lus_par(troupe, client_de, lambda: pages_courtes(troupe, monde, noms), PUBLIC_COURT)

    agir(troupe, monde)

    apres = lus_par(troupe, client_de, lambda: pages_courtes(troupe, monde, noms), PUBLIC_COURT)
    assert ont_appris(avant, apres) == set(QUI_LE_SAURA[geste.partition(":")[0]].lecteurs)


#: Where nobody of the cast learns anything: how the sentence that says so begins.
PERSONNE = ("Personne : ", "Aucun employeur, ", "La personne à qui vous écrivez, ")


def test_every_act_has_its_gesture_and_its_words():
    courts = {geste.partition(":")[0] for geste in GESTES_COURTS}
    assert GESTES.keys() | courts | AILLEURS.keys() == QUI_LE_SAURA.keys()
    for savoir in QUI_LE_SAURA.values():
        assert savoir.lignes or savoir.jamais.startswith(PERSONNE)
        assert all(ligne.qui and ligne.quoi and ligne.lecteurs for ligne in savoir.lignes)
        assert savoir.jamais.endswith(".")
