"""What the host says of its candidates, and first meetings: read by two, never by the employer."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.candidature.actions import retirer
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.models import Avis, Demande
from opportunites.postes.actions import avis as actions_avis
from opportunites.postes.actions import demandes as actions_demandes
from opportunites.postes.actions import postes, voeux
from tests.fabriques import (
    acteur_du_cadre,
    faire_avis,
    faire_cadre,
    faire_demande,
    faire_inscription,
    faire_opportunite,
    faire_voeu,
)

pytestmark = pytest.mark.django_db


def avis(scene, cadre, sens="favorable", acteur=None):
    return actions_avis.donner_avis(
        acteur=acteur or scene.troupe.drh_region,
        opportunite=scene.opportunite,
        cadre=cadre,
        sens=sens,
        motif="Votre expérience répond au poste.",
    )


def candidats(scene, nombre):
    fiches = [faire_cadre(scene.troupe.ville, "retenu") for _ in range(nombre)]
    for fiche in fiches:
        faire_voeu(fiche, scene.opportunite)
    return fiches


def rangs(scene):
    return list(
        Avis.objects.filter(opportunite=scene.opportunite, rang__isnull=False)
        .order_by("rang")
        .values_list("cadre", "rang")
    )


def test_the_host_says_whom_it_would_take_and_in_what_order(scene, client_de):
    a, b, c = candidats(scene, 3)
    client = client_de(scene.troupe.drh_region)
    for fiche in (a, b, c):
        voeu = fiche.voeux.get()
        client.post(
            reverse("opportunites:donner_avis", args=[voeu.pk]),
            {"sens": "favorable", "motif": "Parce que."},
        )
    assert rangs(scene) == [(a.pk, 1), (b.pk, 2), (c.pk, 3)]

    dernier = Avis.objects.get(cadre=c)
    client.post(reverse("opportunites:classer_avis", args=[dernier.pk]))
    assert rangs(scene) == [(a.pk, 1), (c.pk, 2), (b.pk, 3)]

    avis(scene, a, "defavorable")
    assert rangs(scene) == [(c.pk, 1), (b.pk, 2)]


def test_the_page_shows_them_in_that_order_and_absent_is_no_opinion(scene, client_de):
    a, b, c = candidats(scene, 3)
    faire_avis(scene.opportunite, c, 1)
    faire_avis(scene.opportunite, a, None)

    page = client_de(scene.troupe.drh_region).get(
        reverse("opportunites:opportunite", args=[scene.opportunite.pk])
    )

    ordre = [candidat["cadre"] for candidat in page.context["candidats"]]
    assert ordre == [c, scene.cadre, b, a] or ordre == [c, b, scene.cadre, a]
    assert "Pas encore d’avis de votre part." in page.content.decode()


def test_the_person_reads_the_reason_and_nobody_else_does(scene, client_de):
    avis(scene, scene.cadre)
    adresse = reverse("opportunites:opportunite", args=[scene.opportunite.pk])

    def lu(acteur):
        return "Votre expérience répond au poste." in client_de(acteur).get(adresse).text

    t = scene.troupe
    assert lu(t.cadre)
    assert lu(t.dgs_region)
    assert not lu(t.drh_departement)
    assert not lu(t.drh_ville)
    assert not EntreeJournal.objects.visibles_par(t.drh_departement).exists()
    assert EntreeJournal.objects.visibles_par(t.cadre).count() == 1


def test_an_opinion_is_of_the_drh_or_the_dgs_on_somebody_who_ranked_the_poste(scene):
    t = scene.troupe
    with pytest.raises(PermissionDenied):
        avis(scene, scene.cadre, acteur=t.gestionnaire_region)
    with pytest.raises(PermissionDenied):
        avis(scene, scene.cadre, acteur=t.dgs_ville)
    with pytest.raises(ActionImpossible, match="a classé ce poste"):
        avis(scene, faire_cadre(t.ville, "retenu"))
    with pytest.raises(ActionImpossible, match="pourquoi"):
        actions_avis.donner_avis(
            acteur=t.dgs_region,
            opportunite=scene.opportunite,
            cadre=scene.cadre,
            sens="favorable",
            motif=" ",
        )


@pytest.mark.parametrize("comment", ["voeu", "depart"])
def test_an_opinion_leaves_with_the_wish(scene, comment):
    autre = candidats(scene, 1)[0]
    avis(scene, scene.cadre)
    avis(scene, autre)

    if comment == "voeu":
        voeux.retirer_voeu(acteur=scene.troupe.cadre, voeu=scene.voeu)
    else:
        retirer(acteur=scene.troupe.cadre)

    assert rangs(scene) == [(autre.pk, 1)]


# --- First meetings -------------------------------------------------------------------------------


def test_a_cadre_asks_and_is_answered_while_their_employer_knows_nothing(scene, client_de):
    t = scene.troupe
    lui, hote = client_de(t.cadre), client_de(t.gestionnaire_region)
    page = reverse("opportunites:opportunite", args=[scene.opportunite.pk])
    demander = reverse("opportunites:demander", args=[scene.opportunite.pk])
    assert demander in lui.get(page).text

    lui.post(demander, {"nature": "immersion", "message": "Deux jours en avril ?"})
    demande = Demande.objects.get()
    repondre = reverse("opportunites:repondre_demande", args=[demande.pk])
    assert repondre in hote.get(page).text
    assert "Deux jours en avril" in hote.get(repondre).text
    hote.post(repondre, {"accord": "oui", "reponse": "Venez les 6 et 7."})

    assert "Venez les 6 et 7." in lui.get(page).text
    demande.refresh_from_db()
    assert demande.etat == "acceptee"
    adresses = set(Courriel.objects.values_list("destinataire", flat=True))
    assert adresses == {t.drh_region.utilisateur.email, scene.cadre.utilisateur.email}
    for employeur in (t.drh_departement, t.dgs_departement):
        assert not Demande.objects.visibles_par(employeur).exists()
        assert not EntreeJournal.objects.visibles_par(employeur).exists()
        assert client_de(employeur).get(repondre).status_code in {403, 404}


def test_an_immersion_is_answered_within_a_month_a_conversation_in_ten_working_days(scene):
    from dateutil.relativedelta import relativedelta
    from django.utils import timezone

    from collectivites.communs.calendrier import ajouter_jours_ouvres

    jour = timezone.localdate()
    natures = {
        nature: actions_demandes.demander(
            acteur=scene.troupe.cadre, opportunite=scene.opportunite, nature=nature
        ).echeance
        for nature in ("immersion", "entretien")
    }
    assert natures["immersion"] == jour + relativedelta(months=1)
    assert natures["entretien"] == ajouter_jours_ouvres(jour, 10)


def test_one_request_of_each_kind_waits_at_a_time(scene):
    def demander():
        return actions_demandes.demander(
            acteur=scene.troupe.cadre, opportunite=scene.opportunite, nature="entretien"
        )

    demande = demander()
    with pytest.raises(ActionImpossible, match="déjà fait cette demande"):
        demander()
    actions_demandes.repondre_demande(
        acteur=scene.troupe.drh_region, demande=demande, accord=False, reponse="Plus tard."
    )
    with pytest.raises(ActionImpossible, match="déjà sa réponse"):
        actions_demandes.repondre_demande(
            acteur=scene.troupe.drh_region, demande=demande, accord=True, reponse="Si."
        )
    assert demander().pk != demande.pk


def test_a_request_has_no_object_once_the_poste_is_withdrawn_or_the_person_gone(scene):
    autre = faire_opportunite(scene.troupe.ville)
    demandes = [faire_demande(scene.cadre, o) for o in (scene.opportunite, autre)]

    postes.retirer_opportunite(acteur=scene.troupe.drh_region, opportunite=scene.opportunite)
    demandes[0].refresh_from_db()
    assert demandes[0].etat == "sans_suite"
    retirer(acteur=scene.troupe.cadre)
    demandes[1].refresh_from_db()
    assert demandes[1].etat == "sans_suite"


def test_only_a_retained_cadre_asks_and_not_at_home(scene):
    t = scene.troupe
    faire_inscription(t.fiche_de_l_autre_cadre)
    with pytest.raises(ActionImpossible, match="chez votre employeur"):
        actions_demandes.demander(
            acteur=acteur_du_cadre(t.fiche_de_l_autre_cadre),
            opportunite=scene.opportunite,
            nature="entretien",
        )
    with pytest.raises(PermissionDenied):
        actions_demandes.demander(
            acteur=t.drh_ville, opportunite=scene.opportunite, nature="entretien"
        )


def test_the_page_of_a_poste_costs_the_same_for_any_number_of_candidates(scene, client_de):
    client = client_de(scene.troupe.drh_region)
    adresse = reverse("opportunites:opportunite", args=[scene.opportunite.pk])
    couts = []
    for nombre in (1, 4, 45):
        for fiche in candidats(scene, nombre):
            faire_demande(fiche, scene.opportunite)
            faire_avis(scene.opportunite, fiche, Avis.objects.count() + 1)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse).status_code == 200
        couts.append(len(requetes))
    assert couts[0] == couts[1] == couts[2] <= 16
