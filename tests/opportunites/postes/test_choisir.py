"""A poste that one can choose: who to call, how much, until when; asking, being asked, being told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from collectivites.communs.calendrier import minuit
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.models import Alerte, Demande, Opportunite, Sollicitation, Voeu
from opportunites.postes.actions import demandes, sollicitations
from opportunites.postes.actions import voeux as actions_voeux
from parcours.models import PreferencesRappel
from pilotage.accueil.recapitulatif import deposer_recapitulatifs
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def texte(reponse):
    return " ".join(reponse.content.decode().replace("\u00a0", " ").split())


# --- What the poste says ------------------------------------------------------------------------


def test_the_host_writes_all_that_one_needs_to_choose_and_the_cadre_reads_it(scene, client_de):
    scene.opportunite.poste.missions = "Conduire la direction."
    scene.opportunite.poste.save()
    client_de(scene.troupe.drh_region).post(
        reverse("opportunites:modifier_opportunite", args=[scene.opportunite.pk]),
        {
            "intitule": "Directeur des lycées",
            "missions": "Conduire la direction.",
            "numero": "P-2027-14",
            "responsable": "Directrice générale adjointe",
            "contact_nom": "Jeanne Martin",
            "contact_telephone": "02 38 00 00 00",
            "contact_courriel": "jeanne.martin@region.example",
            "voeux_avant": f.dans(10).isoformat(),
            "remuneration_min": "52000",
            "remuneration_max": "60000",
            "remuneration": "selon expérience",
            "piece": SimpleUploadedFile("Fiche.pdf", b"%PDF-1.7 fiche"),
        },
    )

    page = texte(
        client_de(scene.troupe.cadre).get(
            reverse("opportunites:opportunite", args=[scene.opportunite.pk])
        )
    )

    for dit in (
        "P-2027-14",
        "Directrice générale adjointe",
        "Jeanne Martin",
        "02 38 00 00 00",
        "jeanne.martin@region.example",
        "de 52 000 à 60 000 € bruts par an, selon expérience",
        "Télécharger la fiche de poste (Fiche.pdf)",
    ):
        assert dit in page
    fiche = client_de(scene.troupe.cadre).get(
        reverse("opportunites:fiche_de_poste", args=[scene.opportunite.pk])
    )
    assert fiche.content == b"%PDF-1.7 fiche"
    assert fiche["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("envoi", "dit"),
    [
        ({"remuneration_min": "60000", "remuneration_max": "50000"}, "au moins égal au premier"),
        ({"contact_courriel": "x@y.example"}, "le nom de la personne"),
        ({"piece": SimpleUploadedFile("fiche.pdf", b"MZ")}, "ni un PDF"),
    ],
)
def test_what_does_not_hold_is_said_beside_its_field(scene, client_de, envoi, dit):
    reponse = client_de(scene.troupe.drh_region).post(
        reverse("opportunites:modifier_opportunite", args=[scene.opportunite.pk]),
        {"intitule": "Directeur", **envoi},
    )

    assert dit in texte(reponse)
    scene.opportunite.refresh_from_db()
    assert not scene.opportunite.piece


@pytest.mark.parametrize(("jours", "passe"), [(0, True), (-1, False)])
def test_it_is_ranked_until_the_evening_of_its_last_day(scene, jours, passe):
    autre = f.faire_opportunite(scene.troupe.ville, voeux_avant=f.dans(jours))

    if passe:
        assert actions_voeux.exprimer_voeu(acteur=scene.troupe.cadre, opportunite=autre).rang == 2
    else:
        with pytest.raises(ActionImpossible, match="se classait jusqu’au"):
            actions_voeux.exprimer_voeu(acteur=scene.troupe.cadre, opportunite=autre)


def test_the_host_is_told_what_the_announcement_lacks(scene, client_de):
    page = texte(
        client_de(scene.troupe.drh_region).get(
            reverse("opportunites:opportunite", args=[scene.opportunite.pk])
        )
    )

    assert "Il manque à cette annonce" in page
    assert "une personne à contacter" in page


# --- The list -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mot", ["enfance", "ENFANCE petite", "économie", "economie"])
def test_a_family_is_found_by_a_word_of_it(scene, client_de, mot):
    domaine = "Petite enfance" if "nfance" in mot.lower() else "Économie"
    poste = f.faire_poste(scene.troupe.ville, "Poste trouvé", famille_de_metiers=domaine)
    f.faire_opportunite(scene.troupe.ville, poste=poste)

    page = client_de(scene.troupe.cadre).get(reverse("opportunites:opportunites"), {"domaine": mot})

    assert "Poste trouvé" in texte(page)


def test_ranking_from_the_list_stays_on_the_list(scene, client_de):
    autre = f.faire_opportunite(scene.troupe.ville)
    liste = reverse("opportunites:opportunites")
    adresse = reverse("opportunites:exprimer_voeu", args=[autre.pk])
    client = client_de(scene.troupe.cadre)

    reponse = client.post(
        f"{adresse}?liste", headers={"referer": f"http://testserver{liste}?domaine=x&page=2"}
    )

    assert reponse["Location"] == f"{liste}?domaine=x&page=2#poste-{autre.pk}"


def test_nobody_is_sent_elsewhere_by_a_referer(scene, client_de):
    autre = f.faire_opportunite(scene.troupe.ville)
    adresse = reverse("opportunites:exprimer_voeu", args=[autre.pk])

    reponse = client_de(scene.troupe.cadre).post(
        f"{adresse}?liste", headers={"referer": "https://ailleurs.example/opportunites/"}
    )

    assert reponse["Location"] == reverse("opportunites:voeux")


def test_an_unfavourable_opinion_is_told_among_ones_wishes_too(scene, client_de):
    f.faire_avis(scene.opportunite, scene.cadre, None)

    assert "pas sur ce poste" in texte(client_de(scene.troupe.cadre).get("/mes-voeux/"))


# --- A conversation -----------------------------------------------------------------------------


@pytest.fixture
def demande(scene):
    return f.faire_demande(scene.cadre, scene.opportunite)


def accepter(demande, troupe, **champs):
    demandes.repondre_demande(
        acteur=troupe.drh_region, demande=demande, accord=True, reponse="Avec plaisir.", **champs
    )
    demande.refresh_from_db()


def test_a_conversation_accepted_has_its_hour_its_file_and_its_place_in_the_diary(
    scene, demande, client_de
):
    quand = timezone.now() + timedelta(days=4)
    accepter(demande, scene.troupe, rendez_vous_le=quand, rendez_vous_lieu="02 38 00 00 00")

    client = client_de(scene.troupe.cadre)
    assert "Conversation, " in texte(client.get("/mon-parcours/"))
    fichier = client.get(reverse("opportunites:agenda_rencontre", args=[demande.pk]))
    agenda = fichier.content.decode()
    assert "SUMMARY:Rendez-vous" in agenda
    assert "CLASS:PRIVATE" in agenda
    assert scene.opportunite.poste.intitule not in agenda
    assert "BEGIN:VCALENDAR" in Courriel.objects.get(cle__endswith="-reponse").agenda


def test_an_acceptance_without_an_hour_is_asked_for_it(scene, demande, client_de):
    reponse = client_de(scene.troupe.drh_region).post(
        reverse("opportunites:repondre_demande", args=[demande.pk]),
        {"accord": "oui", "reponse": "Avec plaisir."},
    )

    assert "Proposez le jour et l’heure" in texte(reponse)
    demande.refresh_from_db()
    assert demande.etat == Demande.Etat.DEPOSEE


def test_the_person_takes_their_request_back_and_only_the_host_hears_of_it(scene, demande):
    accepter(demande, scene.troupe, rendez_vous_le=timezone.now() + timedelta(days=1))

    demandes.retirer_demande(acteur=scene.troupe.cadre, demande=demande)

    demande.refresh_from_db()
    assert demande.etat == Demande.Etat.RETIREE
    assert b"METHOD:CANCEL" in demandes.fichier_agenda(demande)
    ligne = EntreeJournal.objects.get(acte="demande.retiree")
    assert ligne.reserve_a_la_personne
    mail = Courriel.objects.get(objet__startswith="Demande retirée")
    assert mail.destinataire == scene.troupe.drh_region.utilisateur.email


def test_one_that_was_held_is_not_taken_back(scene, demande):
    accepter(demande, scene.troupe, rendez_vous_le=timezone.now() + timedelta(days=1))
    Demande.objects.update(rendez_vous_le=timezone.now() - timedelta(hours=1))

    with pytest.raises(ActionImpossible, match="n’attend plus rien"):
        demandes.retirer_demande(acteur=scene.troupe.cadre, demande=demande)


# --- Somebody who did not rank it ---------------------------------------------------------------


@pytest.fixture
def posee(scene):
    autre = f.faire_opportunite(scene.troupe.region)
    return sollicitations.interroger(
        acteur=scene.troupe.drh_region,
        opportunite=autre,
        cadre=scene.cadre,
        message="Votre goût des projets.",
    )


def test_a_yes_makes_a_wish(scene, posee, client_de):
    client_de(scene.troupe.cadre).post(
        reverse("opportunites:repondre_sollicitation", args=[posee.pk]), {"oui": ""}
    )

    assert Voeu.objects.get(opportunite=posee.opportunite).rang == 2
    posee.refresh_from_db()
    assert posee.etat == Sollicitation.Etat.OUI


def test_a_no_is_silent_for_the_employer_of_origin(scene, posee):
    troupe = scene.troupe
    sollicitations.repondre(acteur=troupe.cadre, sollicitation=posee, oui=False)

    assert not Voeu.objects.filter(opportunite=posee.opportunite).exists()
    for employeur in (troupe.drh_departement, troupe.dgs_departement):
        assert not Sollicitation.objects.visibles_par(employeur).exists()
        lignes = EntreeJournal.objects.filter(acte__startswith="sollicitation")
        assert not lignes.visibles_par(employeur).exists()
    courriels = Courriel.objects.filter(destinataire=troupe.drh_departement.utilisateur.email)
    assert not courriels.exists()


def test_one_is_asked_once_and_not_about_what_one_ranked(scene, posee):
    for opportunite in (posee.opportunite, scene.opportunite):
        with pytest.raises(ActionImpossible, match="ne peut pas être interrogée"):
            sollicitations.interroger(
                acteur=scene.troupe.drh_region,
                opportunite=opportunite,
                cadre=scene.cadre,
                message="…",
            )


def test_nobody_asks_the_cadres_of_another_employer_that_they_serve(scene):
    """They would carry the answer home."""
    troupe = scene.troupe
    f.faire_mandat("drh", troupe.departement, troupe.drh_region.utilisateur)

    with pytest.raises(ActionImpossible, match="ne peut pas être interrogée"):
        sollicitations.interroger(
            acteur=troupe.drh_region,
            opportunite=f.faire_opportunite(troupe.region),
            cadre=scene.cadre,
            message="…",
        )


def test_another_host_asks_nobody_about_it(scene):
    with pytest.raises(PermissionDenied):
        sollicitations.interroger(
            acteur=scene.troupe.drh_ville,
            opportunite=scene.opportunite,
            cadre=scene.cadre,
            message="…",
        )


# --- New postes ---------------------------------------------------------------------------------


def raconter(scene):
    """Their digests of these days, once what waits for them is set apart."""
    personne = scene.troupe.cadre.utilisateur
    PreferencesRappel.objects.update_or_create(utilisateur=personne, defaults={"resume": False})
    siens = Courriel.objects.filter(utilisateur=personne)
    avant = siens.count()
    for jour in range(1, 3):
        deposer_recapitulatifs(
            maintenant=minuit(timezone.localdate() + timedelta(days=jour)) + timedelta(hours=8)
        )
    return siens.count() - avant


def publier(troupe, domaine="Finances", **champs):
    poste = f.faire_poste(troupe.ville, f"Poste {domaine}", famille_de_metiers=domaine)
    return f.faire_opportunite(troupe.ville, poste=poste, publiee_le=timezone.now(), **champs)


def test_nobody_is_told_of_new_postes_who_did_not_ask(scene):
    publier(scene.troupe)

    assert raconter(scene) == 0


def test_whoever_asked_is_told_once_of_what_answers_their_filters(scene, client_de):
    client_de(scene.troupe.cadre).post(
        reverse("opportunites:alerte"), {"filtres": "domaine=finances&tri=prise&page=3&x=1"}
    )
    assert Alerte.objects.get().parametres == "domaine=finances"
    Alerte.objects.update(depuis=timezone.now() - timedelta(days=1))
    opportunite = publier(scene.troupe)
    publier(scene.troupe, "Culture")

    assert raconter(scene) == 1
    assert raconter(scene) == 0

    corps = Courriel.objects.get(utilisateur=scene.troupe.cadre.utilisateur).corps
    assert f"/postes/{opportunite.pk}/" in corps or f"/{opportunite.pk}/" in corps
    assert "Poste Finances" in corps
    assert "Culture" not in corps


def test_they_stop_it_with_one_click(scene, client_de):
    client = client_de(scene.troupe.cadre)
    client.post(reverse("opportunites:alerte"), {"filtres": ""})

    client.post(reverse("opportunites:alerte"), {"arreter": "oui"})

    assert not Alerte.objects.exists()


def test_a_poste_of_ones_own_employer_is_no_news(scene, client_de):
    client_de(scene.troupe.cadre).post(reverse("opportunites:alerte"), {"filtres": ""})
    Alerte.objects.update(depuis=timezone.now() - timedelta(days=1))
    f.faire_opportunite(scene.troupe.departement, publiee_le=timezone.now())

    assert raconter(scene) == 0
    assert Opportunite.objects.count() == 2
