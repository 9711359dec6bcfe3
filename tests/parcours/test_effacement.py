"""What the parcours forgets with a person."""

import pytest
from django.db import transaction

from cadres.donnees_personnelles.effacement import anonymiser
from cadres.fiche.verrous import verrouiller
from collectivites.mots import Role
from parcours.models import (
    AbonnementAgenda,
    Immersion,
    InscriptionSession,
    Parole,
    Participation,
    PreferencesRappel,
    Urne,
)
from parcours.sessions.actions import abonnements as actions
from tests.fabriques import (
    faire_evaluation,
    faire_evaluation_publiee,
    faire_immersion,
    faire_mandat,
    faire_place,
    faire_prestation,
    faire_session,
    il_y_a,
    mettre_dans_l_urne,
)

pytestmark = pytest.mark.django_db
TEXTES = ("service", "lieu", "fonctions", "motivation", "motif")


def effacer(cadre):
    with transaction.atomic():
        anonymiser(verrouiller(cadre.pk))


@pytest.fixture
def cadre(troupe):
    fiche = troupe.fiche_du_cadre
    session = faire_session(faire_prestation(troupe.region), debut=il_y_a(9))
    faire_place(session, fiche, "present")
    mettre_dans_l_urne(faire_evaluation(session), cadre=fiche)
    faire_evaluation_publiee(
        faire_session(faire_prestation(troupe.region)), [f"{fiche.nom_complet} dormait."]
    )
    faire_immersion(
        fiche, troupe.region, "refusee", **{champ: f"Secret {champ}" for champ in TEXTES}
    )
    actions.creer_abonnement(acteur=troupe.cadre)
    actions.regler_rappels(acteur=troupe.cadre, j7=False, j1=True, resume=False)
    return fiche


def test_participations_immersions_calendar_and_preferences_go(troupe, cadre):
    effacer(cadre)

    immersion = Immersion.objects.get(cadre=cadre)
    assert InscriptionSession.objects.get(cadre=cadre).etat == "present", "what was counted stays"
    assert not Participation.objects.exists()
    assert len(Urne.objects.get().lire()) == 1, "an answer is nobody's: it cannot be found again"
    assert cadre.nom not in Parole.objects.get().texte
    assert not any("Secret" in getattr(immersion, champ) for champ in TEXTES)
    assert (immersion.etat, immersion.nb_jours) == ("refusee", len(immersion.dates))
    assert not AbonnementAgenda.objects.exists()
    assert not PreferencesRappel.objects.exists()


def test_whoever_stays_as_staff_keeps_their_choices_and_not_the_address(troupe, cadre):
    """Their account lives on: a digest that they refused does not come back."""
    faire_mandat(Role.GESTIONNAIRE, troupe.departement, troupe.cadre.utilisateur)

    effacer(cadre)

    assert not AbonnementAgenda.objects.exists()
    assert PreferencesRappel.objects.get().resume is False
