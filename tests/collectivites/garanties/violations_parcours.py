"""One violation of each constraint of sessions, coaching, bilans and immersions (see
test_integrite.py). Each function gets the scene `x` of that file."""

from parcours.models import (
    Accompagnement,
    Bilan,
    DemandeMentor,
    EtapeProgramme,
    Evaluation,
    Immersion,
    InscriptionSession,
    Participation,
    PresenceReseau,
    Prestation,
    RendezVousCoaching,
    Session,
    Synthese,
)
from tests import fabriques as f
from tests.fabriques.coaching import faire_creneau


def _accompagner(x, **champs):
    return Accompagnement.objects.create(
        **{
            "cadre": x.troupe.fiche_du_cadre,
            "accompagnateur": x.troupe.accompagnateur.mandat,
            "debut": f.il_y_a(10),
            **champs,
        }
    )


def _rendez_vous(x, **champs):
    return RendezVousCoaching.objects.create(
        **{"accompagnement": _accompagner(x), "debut": f.il_y_a(-3), **champs}
    )


def _synthese(x, **champs):
    personne = x.troupe.accompagnateur.utilisateur
    return Synthese.objects.create(accompagnement=_accompagner(x), modifiee_par=personne, **champs)


def _prestation(x, **champs):
    valeurs = {"nature": "ecole", "intitule": "Conduire le changement"}
    return Prestation.objects.create(collectivite=x.troupe.region, **{**valeurs, **champs})


def _session(x, **champs):
    valeurs = {
        "debut": f.il_y_a(-10),
        "fin": f.il_y_a(-11),
        "inscription_avant": f.il_y_a(-5),
    }
    return Session.objects.create(prestation=_prestation(x), **{**valeurs, **champs})


def _place(x, session=None, **champs):
    valeurs = {"cadre": x.troupe.fiche_du_cadre, "etat": "confirmee", "place": 1}
    return InscriptionSession.objects.create(
        session=session or _session(x), **{**valeurs, **champs}
    )


def _deux_places(x, **de_la_seconde):
    session = _session(x)
    _place(x, session)
    _place(x, session, **de_la_seconde)


def _etape(x, **champs):
    promotion = f.faire_promotion(x.troupe.demarche)
    return EtapeProgramme.objects.create(
        promotion=promotion, ordre=9, nature="immersion", intitule="Immersion", **champs
    )


def _immersion(x, **champs):
    valeurs = {
        "collectivite_origine": x.troupe.departement,
        "collectivite_accueil": x.troupe.region,
        "service": "Mobilités",
        "fonctions": "Direction de projet",
        "motivation": "Voir un autre métier.",
        "nb_jours": 2,
        "debut": f.dans(30),
        "fin": f.dans(31),
        "repondre_avant": f.dans(10),
        "montree_le": x.t,
    }
    return Immersion.objects.create(cadre=x.troupe.fiche_du_cadre, **{**valeurs, **champs})


def _presence(x, **champs):
    valeurs = {"promotion": x.inscription.promotion, "cadre": x.troupe.fiche_du_cadre}
    return PresenceReseau.objects.create(**{**valeurs, "depuis": f.dans(0), **champs})


def _mentor(x, presence, **champs):
    valeurs = {"cadre": x.troupe.fiche_de_l_autre_cadre, "mot": "M’aider ?"}
    return DemandeMentor.objects.create(
        presence=presence, **{**valeurs, "demandee_le": f.dans(0), **champs}
    )


def _evaluation(x, **champs):
    valeurs = {
        "demarche": x.troupe.demarche,
        "nature": "session",
        "ouverte_le": f.dans(0),
        "jusqu_au": f.dans(14),
    }
    if "session" not in champs:
        champs["session"] = _session(x)
    return Evaluation.objects.create(**{**valeurs, **champs})


VIOLATIONS = {
    "accompagnement_fini_dit_pourquoi": lambda x: _accompagner(x, fin=f.il_y_a(1)),
    "accompagnement_transmis_par_la_personne": lambda x: _accompagner(
        x, transmis_a=_accompagner(x, cadre=x.troupe.fiche_de_l_autre_cadre)
    ),
    "accompagnement_un_seul_en_cours": lambda x: [_accompagner(x) for _ in range(2)],
    "rendez_vous_coaching_duree": lambda x: _rendez_vous(x, duree_minutes=5),
    "synthese_publiee_pour_quelquun": lambda x: _synthese(x, publiee_le=x.t),
    "bilan_remis_a_une_date": lambda x: Bilan.objects.create(
        inscription=x.inscription, etat="remis"
    ),
    "prestation_dure": lambda x: _prestation(x, duree_minutes=5),
    "prestation_intitule_unique": lambda x: [_prestation(x) for _ in range(2)],
    "session_a_des_places": lambda x: _session(x, capacite=0),
    "session_finit_apres_son_debut": lambda x: _session(x, fin=f.il_y_a(-9)),
    "session_inscription_avant_le_debut": lambda x: _session(x, inscription_avant=f.il_y_a(-12)),
    "session_places_gardees_jusqu_a_un_jour": lambda x: _session(x, places_gardees=2),
    "evaluation_de_quelque_chose": lambda x: _evaluation(x, session=None),
    "evaluation_une_par_session": lambda x: [_evaluation(x, session=s) for s in [_session(x)] * 2],
    "evaluation_une_par_moment": lambda x: [
        _evaluation(x, session=None, nature="six_mois", promotion=p)
        for p in [f.faire_promotion(x.troupe.demarche)] * 2
    ],
    "evaluation_finit_apres_son_debut": lambda x: _evaluation(x, jusqu_au=f.dans(-9)),
    "evaluation_ne_dit_rien_sous_cinq": lambda x: _evaluation(
        x, depouillee_le=f.dans(30), reponses=4, effectifs={"utile": {"4": 4}}
    ),
    "presence_une_par_promotion": lambda x: [_presence(x) for _ in range(2)],
    "mentor_demande_une_fois": lambda x: [
        _mentor(x, p, etat="declinee", repondue_le=f.dans(0)) for p in [_presence(x)] * 2
    ],
    "mentor_un_a_la_fois": lambda x: [
        _mentor(x, _presence(x, promotion=f.faire_promotion(x.troupe.demarche))) for _ in range(2)
    ],
    "mentor_repond_a_une_date": lambda x: _mentor(x, _presence(x), etat="acceptee"),
    "participation_une_par_personne": lambda x: [
        Participation.objects.create(evaluation=e, cadre=x.troupe.fiche_du_cadre)
        for e in [_evaluation(x)] * 2
    ],
    "place_numerotee_si_inscrit": lambda x: _place(x, place=None),
    "place_tenue_une_fois": lambda x: _deux_places(x, cadre=x.troupe.fiche_du_cadre_muet),
    "place_une_par_cadre": lambda x: _deux_places(x, place=2),
    "creneau_une_fois": lambda x: [
        faire_creneau(x.troupe.accompagnateur.mandat, debut=x.t) for _ in range(2)
    ],
    "creneau_coaching_duree": lambda x: faire_creneau(
        x.troupe.accompagnateur.mandat, duree_minutes=5
    ),
    "etape_immersion_sans_heure": lambda x: _etape(x, lieu="Salle 2"),
    "etape_periode_d_immersion": lambda x: _etape(
        x, periode_debut=f.dans(2), periode_fin=f.dans(1)
    ),
    "immersion_accordee_par_les_deux": lambda x: _immersion(x, etat="accordee"),
    "immersion_ailleurs": lambda x: _immersion(x, collectivite_accueil=x.troupe.departement),
    "immersion_convention_signee": lambda x: _immersion(
        x, etat="convention", accord_origine_le=x.t, accord_accueil_le=x.t
    ),
    "immersion_de_2_a_10_jours": lambda x: _immersion(x, nb_jours=11),
    "immersion_finit_apres_son_debut": lambda x: _immersion(x, fin=f.dans(29)),
    "immersion_refus_motive": lambda x: _immersion(x, etat="refusee"),
}
