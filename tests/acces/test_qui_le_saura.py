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
from collectivites.acteurs.qui_le_saura import QUI_LE_SAURA, Lecteur
from collectivites.communs.calendrier import ajouter_jours_ouvres
from opportunites.models import Demande, Mobilite, Sollicitation
from opportunites.postes.actions import demandes, sollicitations, voeux
from opportunites.propositions.actions import questions, reponses
from parcours.coaching.actions import bilan, synthese
from parcours.models import Immersion
from parcours.sessions.actions import immersions
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


@pytest.fixture
def monde(troupe):
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


def lu(client, adresse):
    """What a reader reads there; nothing where they may not."""
    reponse = client.get(adresse)
    if reponse.status_code != 200:
        return ""
    texte = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", reponse.text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", texte.partition("<main")[2]))


@pytest.mark.parametrize("acte", sorted(QUI_LE_SAURA))
def test_those_who_read_more_are_those_who_are_named(acte, troupe, monde, client_de):
    if acte in AVANT:
        AVANT[acte](troupe, monde)
    gens = {nom: client_de(getattr(troupe, nom)) for noms in PUBLIC.values() for nom in noms}
    avant = {
        nom: {page: lu(client, page) for page in pages(troupe, monde)}
        for nom, client in gens.items()
    }

    GESTES[acte](troupe, monde)

    ont_lu = set()
    for lecteur, noms in PUBLIC.items():
        for nom in noms:
            apres = {page: lu(gens[nom], page) for page in pages(troupe, monde)}
            if any(texte != avant[nom].get(page, "") for page, texte in apres.items()):
                ont_lu.add(lecteur)
    assert ont_lu == set(QUI_LE_SAURA[acte].lecteurs)


def test_every_act_has_its_gesture_and_its_words():
    assert GESTES.keys() == QUI_LE_SAURA.keys()
    for savoir in QUI_LE_SAURA.values():
        assert savoir.lignes
        assert all(ligne.qui and ligne.quoi and ligne.lecteurs for ligne in savoir.lignes)
        assert savoir.jamais.endswith(".")
