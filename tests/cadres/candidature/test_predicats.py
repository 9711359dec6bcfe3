"""What is refused, to whom, in which state: the same answer draws the button and guards the act."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cadres.candidature import actions, predicats
from cadres.models import Cadre, Candidature
from cadres.mots import EtatCandidature as E
from collectivites.refus import ActionImpossible, Interdit
from tests import fabriques

pytestmark = pytest.mark.django_db

PARTI = {
    "parti_le": fabriques.dans(-1),
    "motif_depart": "retraite",
    "depart_signale_le": fabriques.il_y_a(1),
}


def refus(troupe, acte, qui, etat, **champs):
    cadre = fabriques.faire_cadre(troupe.departement, etat, **champs)
    acteur = fabriques.acteur_du_cadre(cadre) if qui == "lui" else getattr(troupe, qui)
    return getattr(predicats, f"refus_{acte}")(acteur, cadre)


@pytest.mark.parametrize(
    ("acte", "qui", "etat", "champs", "attendu"),
    [
        ("informer", "drh_departement", E.RECENSE, {}, None),
        ("informer", "gestionnaire_departement", E.INFORME, {}, None),
        ("informer", "drh_departement", E.SANS_REPONSE, {}, None),
        ("informer", "drh_departement", E.ACCORD, {}, "déjà répondu"),
        ("informer", "drh_departement", E.DESACCORD, {}, "déjà répondu"),
        ("informer", "drh_departement", E.RETIRE, {}, "déjà répondu"),
        ("informer", "drh_departement", E.RECENSE, {"courriel": ""}, "pas de courriel"),
        ("informer", "drh_departement", E.RECENSE, PARTI, "a quitté"),
        ("retenir", "dgs_departement", E.ACCORD, {}, None),
        ("retenir", "dgs_departement", E.NON_RETENU, {}, None),
        ("retenir", "dgs_departement", E.RETENU, {}, "déjà retenu"),
        ("retenir", "dgs_departement", E.INFORME, {}, "qu’après son oui"),
        ("retenir", "dgs_departement", E.RETIRE, PARTI, "a quitté"),
        ("ne_pas_retenir", "dgs_departement", E.ACCORD, {}, None),
        ("ne_pas_retenir", "dgs_departement", E.RETENU, {}, None),
        ("ne_pas_retenir", "dgs_departement", E.NON_RETENU, {}, "déjà prise"),
        ("ne_pas_retenir", "dgs_departement", E.DESACCORD, {}, "après le oui"),
        *(
            ("ne_pas_retenir", "dgs_departement", E.RETENU, {"avancee": avancee}, "engagé dans un")
            for avancee in Candidature.Avancee.values
            if avancee
        ),
        ("confier", "gestionnaire_departement", E.ACCORD, {}, None),
        ("confier", "dgs_departement", E.RETENU, {}, None),
        ("confier", "drh_departement", E.INFORME, {}, "après son oui"),
        ("confier", "drh_departement", E.NON_RETENU, {}, "après son oui"),
        ("repondre", "lui", E.INFORME, {}, None),
        ("repondre", "lui", E.SANS_REPONSE, {}, None),
        ("repondre", "lui", E.RETIRE, {}, None),
        ("repondre", "lui", E.ACCORD, {}, "déjà enregistrée"),
        ("repondre", "lui", E.RETIRE, PARTI, "noté votre départ"),
        ("dire_non", "lui", E.INFORME, {}, None),
        ("dire_non", "lui", E.DESACCORD, {}, "déjà enregistrée"),
        ("dire_non", "lui", E.RETIRE, {}, "déjà enregistrée"),
        ("retirer", "lui", E.NON_RETENU, {}, None),
        ("retirer", "lui", E.DESACCORD, {}, "plus, dans la démarche"),
    ],
)
def test_what_the_state_allows(troupe, acte, qui, etat, champs, attendu):
    reponse = refus(troupe, acte, qui, etat, **champs)
    assert not isinstance(reponse, Interdit)
    assert (reponse is None) if attendu is None else attendu in reponse


@pytest.mark.parametrize(
    ("acte", "qui"),
    [
        ("informer", "dgs_departement"),
        ("informer", "drh_region"),
        ("informer", "accompagnateur"),
        ("retenir", "drh_departement"),
        ("retenir", "dgs_region"),
        ("ne_pas_retenir", "gestionnaire_departement"),
        ("confier", "drh_region"),
        ("confier", "accompagnateur"),
        ("repondre", "drh_departement"),
        ("repondre", "autre_cadre"),
        ("dire_non", "dgs_departement"),
        ("retirer", "dgs_departement"),
        ("retirer", "autre_cadre"),
    ],
)
def test_whose_act_it_is_no_state_changes(troupe, acte, qui):
    for etat in E:
        assert isinstance(refus(troupe, acte, qui, etat), Interdit), etat


def test_whoever_asked_to_be_forgotten_is_neither_asked_nor_decided_of(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, E.SANS_REPONSE)
    cadre.candidature.effacement_demande_le = timezone.now()
    assert "effacement" in predicats.refus_informer(troupe.drh_departement, cadre)
    assert "effacement" in predicats.refus_retenir(troupe.dgs_departement, cadre)


def test_whoever_is_in_a_parcours_has_no_button_and_is_not_sent_back(troupe, client_de):
    cadre = fabriques.faire_cadre(troupe.departement, E.RETENU, avancee="en_parcours")
    page = client_de(troupe.dgs_departement).get(f"/registre/{cadre.pk}/")
    assert page.context["peut"]["ne_pas_retenir"] is False
    with pytest.raises(ActionImpossible, match="engagé dans un parcours"):
        actions.ne_pas_retenir(acteur=troupe.dgs_departement, cadre=cadre, motif="x")
    groupe = actions.decider_plusieurs(
        acteur=troupe.dgs_departement, cadres=[cadre.pk], retenus=False, motif="x"
    )
    assert [(c.pk, "engagé" in raison) for c, raison in groupe.laisses] == [(cadre.pk, True)]
    assert Candidature.objects.get(cadre=cadre).etat == E.RETENU


@pytest.mark.parametrize("qui", ["dgs_departement", "drh_departement", "accompagnateur"])
def test_nobody_speaks_in_the_place_of_a_person(troupe, qui):
    for parler in (
        lambda acteur: actions.repondre(acteur=acteur, accord=True),
        lambda acteur: actions.retirer(acteur=acteur),
    ):
        with pytest.raises(PermissionDenied):
            parler(getattr(troupe, qui))
    assert Cadre.objects.filter(candidature__etat=E.RETIRE).count() == 0
