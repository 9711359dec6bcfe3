"""What a rule over several tables refuses, whoever writes and however: each is broken once by SQL, and
its neighbour, which is right, is let through."""

import pytest
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, Q, UniqueConstraint

from cadres.models import Candidature
from collectivites.garanties.integrite import traduire
from collectivites.garanties.migrations import controler
from collectivites.models import Delegation
from opportunites.models import Proposition
from parcours.models import InscriptionSession
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def refuse(message, geste):
    with pytest.raises(IntegrityError) as erreur, transaction.atomic():
        geste()
    assert traduire(erreur.value) == message


def donner(delegant, delegataire):
    return Delegation.objects.create(
        delegant=delegant.mandat, delegataire=delegataire.mandat, fin=f.dans(3)
    )


@pytest.mark.parametrize(
    ("de", "a"),
    [
        ("dgs_ville", "drh_region"),
        ("cadre", "drh_departement"),
        ("drh_departement", "drh_departement"),
        ("dgs_departement", "gestionnaire_departement"),
        ("dgs_departement", "etranger_drh"),
    ],
)
def test_a_delegation_goes_from_a_dgs_to_their_own_drh(troupe, de, a):
    delegation = donner(troupe.dgs_departement, troupe.drh_departement)
    message = "Une délégation va du DGS d’une collectivité à un DRH de la même collectivité."
    if de != a:
        refuse(message, lambda: donner(getattr(troupe, de), getattr(troupe, a)))
    refuse(
        message,
        lambda: Delegation.objects.filter(pk=delegation.pk).update(
            delegant=getattr(troupe, de).mandat, delegataire=troupe.drh_agglomeration.mandat
        ),
    )


def test_a_seat_has_a_number_of_its_session(troupe):
    session = f.faire_session(f.faire_prestation(troupe.region), capacite=2)
    refuse(
        "Cette session n’a pas tant de places.",
        lambda: InscriptionSession.objects.create(
            session=session, cadre=troupe.fiche_du_cadre, etat="confirmee", place=3
        ),
    )
    InscriptionSession.objects.create(
        session=session, cadre=troupe.fiche_du_cadre, etat="confirmee", place=2
    )


def test_a_promotion_holds_as_many_as_its_places(troupe):
    promotion = f.faire_promotion(troupe.demarche, places=1)
    prise = f.faire_inscription(troupe.fiche_du_cadre, promotion)
    refuse(
        "Cette promotion n’a plus de place.",
        lambda: f.faire_inscription(troupe.fiche_de_l_autre_cadre, promotion),
    )
    prise.etat = "interrompue"
    prise.finie_le = f.il_y_a(1)
    prise.save()
    f.faire_inscription(troupe.fiche_de_l_autre_cadre, promotion)


def test_nobody_ranks_a_poste_of_their_own_employer(troupe):
    refuse(
        "Ce poste est chez votre employeur : parlez-en à votre DRH, hors de la démarche.",
        lambda: f.faire_voeu(troupe.fiche_du_cadre, f.faire_opportunite(troupe.departement)),
    )
    f.faire_voeu(troupe.fiche_du_cadre, f.faire_opportunite(troupe.region))


def test_a_poste_that_is_filled_is_accepted_by_nobody_else(troupe):
    """Its move is made: somebody else's yes comes too late."""
    opportunite = f.faire_opportunite(troupe.region)
    f.faire_proposition(opportunite, troupe.fiche_du_cadre, "realisee")
    seconde = f.faire_proposition(opportunite, troupe.fiche_du_cadre_muet)
    with pytest.raises(IntegrityError) as erreur, transaction.atomic():
        Proposition.objects.filter(pk=seconde.pk).update(etat="acceptee", repondue_le=f.il_y_a(0))
    assert "vient d’être accepté par une autre personne" in traduire(erreur.value)


def test_a_proposition_goes_from_an_employer_to_another(troupe):
    refuse(
        "Une proposition va d’un employeur à un autre.",
        lambda: f.faire_proposition(f.faire_opportunite(troupe.departement), troupe.fiche_du_cadre),
    )


@pytest.mark.parametrize("etat", ["desaccord", "non_retenu", "retire"])
def test_nothing_is_proposed_to_whoever_is_no_candidate(troupe, etat):
    cadre = f.faire_cadre(troupe.departement, etat)
    opportunite = f.faire_opportunite(troupe.region)
    message = "Cette personne n’est pas candidate : on ne lui propose rien."
    refuse(message, lambda: f.faire_proposition(opportunite, cadre))
    passee = f.faire_proposition(opportunite, cadre, "retiree")
    refuse(
        message,
        lambda: Proposition.objects.filter(pk=passee.pk).update(etat="brouillon", close_le=None),
    )


# --- On a base that lives -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "contrainte",
    [
        CheckConstraint(
            condition=~Q(etat="retenu"),
            name="essai",
            violation_error_message="Personne n’est retenu.",
        ),
        UniqueConstraint(
            fields=["etat"], name="essai", violation_error_message="Un seul par état."
        ),
    ],
    ids=["check", "unique"],
)
def test_a_migration_tells_which_rows_stop_it(troupe, contrainte):
    Candidature.objects.filter(etat="informe").delete()
    fautives = Candidature.objects.filter(etat="retenu").order_by("pk")
    with pytest.raises(CommandError) as erreur:
        controler(Candidature, contrainte, "default")
    assert f"{fautives.count()} ligne(s) de cadres_candidature" in str(erreur.value)
    assert str(fautives[0].pk) in str(erreur.value)
    assert contrainte.violation_error_message in str(erreur.value)
