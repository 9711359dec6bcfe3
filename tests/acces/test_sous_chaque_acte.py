"""« Qui le saura » stands under every act of a cadre: whatever a cadre may post has the line of its act on
the page that offers it, or the reason why nobody learns of it is written here."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from cadres.candidature import actions as candidature
from cadres.donnees_personnelles import effacement
from collectivites.acteurs.qui_le_saura import QUI_LE_SAURA
from opportunites.models import Mobilite
from tests.acces.adresses import adresses
from tests.acces.gestes import Gestes
from tests.acces.matrice import lire
from tests.acces.parametres import PARAMETRES

ADRESSES = adresses()
COMPTE = "one's own account: whoever holds a mandat has it, and no employer reads it"
SIENNE = "kept for the person alone: nobody reads it, under any hat"
#: What a cadre posts → why nobody has to be named.
SANS_LIGNE = {
    "collectivites:se_signaler": "of somebody who has no account: its page says who reads the message",
    "account_change_password": COMPTE,
    "account_login": COMPTE,
    "account_logout": COMPTE,
    "account_reset_password": COMPTE,
    "account_reset_password_from_key": COMPTE,
    "account_reauthenticate": COMPTE,
    **dict.fromkeys(
        [
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_authenticate",
            "mfa_deactivate_totp",
            "mfa_generate_recovery_codes",
            "mfa_login_webauthn",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_remove_webauthn",
        ],
        COMPTE,
    ),
    "collectivites:arreter_courriels": COMPTE,
    "collectivites:changer_mandat": COMPTE,
    "collectivites:mes_connexions": COMPTE,
    "collectivites:invitation": COMPTE,
    "collectivites:session": COMPTE,
    "cadres:mon_adresse": "a mail to an address that the employer gave",
    "cadres:confirmer_adresse": "the employer gave this address; the former one alone is told",
    "opportunites:alerte": SIENNE,
    "opportunites:simuler_la_paie": SIENNE,
    "opportunites:oublier_l_estimation": SIENNE,
    "parcours:mon_agenda": SIENNE,
    "parcours:creer_agenda": SIENNE,
    "parcours:revoquer_agenda": SIENNE,
}


@dataclass(frozen=True)
class Sous:
    """The page that offers the act: its own, unless `page` says another. `avant`: what makes it offered."""

    acte: str
    page: str = ""
    avant: str = ""
    persona: str = "cadre"


SOUS = {
    "cadres:ma_candidature": Sous("oui", persona="cadre_muet"),
    "cadres:reprendre_le_oui": Sous(
        "reprendre_oui", "cadres:ma_candidature", "oui", persona="cadre_muet"
    ),
    "cadres:retirer": Sous("retrait"),
    "cadres:mes_competences": Sous("competences"),
    "cadres:demander_correction": Sous("correction"),
    "cadres:effacer": Sous("effacement", avant="partie"),
    "cadres:renoncer_effacement": Sous("garder", "cadres:mes_donnees", "effacee"),
    "opportunites:exprimer_voeu": Sous("voeu", "opportunites:opportunites"),
    "opportunites:classer_voeux": Sous("voeu", "opportunites:voeux"),
    "opportunites:retirer_voeu": Sous("voeu", "opportunites:voeux"),
    "opportunites:demander": Sous("rencontre", avant="sans_demande"),
    "opportunites:retirer_demande": Sous(
        "rencontre", "/opportunites/{demande_faite.opportunite_id}/"
    ),
    "opportunites:repondre_sollicitation": Sous("sollicitation"),
    "opportunites:repondre_accord": Sous("accord"),
    "opportunites:questionner": Sous("question"),
    "opportunites:accepter": Sous("accepter", "/propositions/{proposition_recue.pk}/?reponse=oui"),
    "opportunites:refuser": Sous("refuser"),
    "opportunites:annuler_reponse": Sous("reprendre"),
    "opportunites:demander_le_depart": Sous("depart", avant="dossier_pret"),
    "parcours:sinscrire": Sous("session", "parcours:session"),
    "parcours:annuler_place": Sous("session", "/sessions/{place.session_id}/"),
    "parcours:evaluer": Sous("evaluation"),
    "parcours:ma_presence": Sous("reseau"),
    "parcours:quitter_reseau": Sous("reseau", "parcours:reseau"),
    "parcours:demander_mentor": Sous("mentor"),
    "parcours:repondre_mentor": Sous("mentor", "parcours:reseau"),
    "parcours:cesser_mentor": Sous("mentor", "parcours:reseau"),
    "parcours:rendre_place": Sous("session", "/places/rendre/{jeton_place}/"),
    "parcours:nouvelle_immersion": Sous("immersion"),
    "parcours:demander_offre_immersion": Sous("immersion_offerte"),
    "parcours:montrer_immersion": Sous("montrer_immersion", "/immersions/{immersion_cachee.pk}/"),
    "parcours:annuler_immersion": Sous("renoncer_immersion", "parcours:immersion"),
    "parcours:mon_bilan": Sous("bilan"),
    "parcours:mon_carnet": Sous("carnet"),
    "parcours:prendre_creneau": Sous("rendez_vous"),
    "parcours:decliner_rendez_vous": Sous("rendez_vous"),
    "parcours:ecrire_note": Sous("ecrit"),
    "parcours:poser_objectif": Sous("ecrit"),
    "parcours:rediger_synthese": Sous("ecrit"),
    "parcours:cocher_objectif": Sous("ecrit", "parcours:mon_accompagnement"),
    "parcours:decider_des_notes": Sous("notes_d_avant", "parcours:mon_accompagnement"),
    "parcours:publier_synthese": Sous("synthese"),
    "parcours:depublier_synthese": Sous(
        "retirer_synthese", "parcours:mon_accompagnement", "publiee"
    ),
}


def test_whatever_a_cadre_may_post_is_here():
    permis = {
        nom
        for (nom, methode), reponses in lire().items()
        if methode == "POST" and reponses["cadre"] in {"200", "302"}
    }
    assert permis - SANS_LIGNE.keys() - SOUS.keys() == set()
    assert SANS_LIGNE.keys() | SOUS.keys() <= permis
    assert {sous.acte for sous in SOUS.values()} | {"non"} == QUI_LE_SAURA.keys()


def preparer(quoi, scene):
    """The state in which the act is offered."""
    troupe = scene.troupe
    if quoi == "oui":
        candidature.repondre(acteur=troupe.cadre_muet, accord=True)
    elif quoi in {"partie", "effacee"}:
        candidature.retirer(acteur=troupe.cadre)
        if quoi == "effacee":
            effacement.demander_effacement(acteur=troupe.cadre)
    elif quoi == "sans_demande":
        scene.demande_faite.delete()
    elif quoi == "dossier_pret":
        Mobilite.objects.filter(pk=scene.mobilite.pk).update(
            demande_recue_le=None, reponse_origine=""
        )
    elif quoi == "publiee":
        type(scene.coaching.synthese).objects.filter(pk=scene.coaching.synthese.pk).update(
            publiee_le=timezone.now(), publiee_pour=troupe.departement
        )


def chemin(nom, scene):
    if "/" in nom:
        return nom.format(**vars(scene))
    adresse = ADRESSES[nom]
    if nom == "parcours:session":
        return adresse.chemin(pk=scene.session_libre.pk)
    return adresse.chemin(**PARAMETRES[nom](scene) if adresse.parametres else {})


@pytest.mark.parametrize("nom", sorted(SOUS))
def test_who_will_know_stands_on_the_page_that_offers_the_act(nom, scene, clients, client_de):
    sous = SOUS[nom]
    preparer(sous.avant, scene)
    client = clients.get(sous.persona) or client_de(getattr(scene.troupe, sous.persona))
    page = chemin(sous.page or nom, scene)

    reponse = client.get(page)

    assert reponse.status_code == 200, reponse.get("Location")
    html = reponse.content.decode()
    cibles = {urlsplit(f.adresse).path for f in Gestes(page, html).formulaires}
    route = ADRESSES[nom].route.partition("<")[0]
    assert any(cible.startswith(route) for cible in cibles), cibles
    assert f'data-acte="{sous.acte}"' in html
