"""Each constraint of the postes, opinions, meetings, pledges and reserves, broken once."""

from datetime import timedelta

from opportunites.models import (
    Avis,
    CompteDesRefus,
    Demande,
    Engagement,
    LotDeRefus,
    Opportunite,
    Question,
    Reserve,
    Sollicitation,
)
from tests import fabriques as f


def _poste(x, **champs):
    x.changer(Opportunite, x.opportunite.pk, **champs)


def _urgence(x, **champs):
    valeurs = {
        "urgence_le": x.t,
        "urgence_par": x.troupe.drh_region.mandat,
        "urgence_motif": "Vacance imprévue.",
        "urgence_fin": f.dans(2),
    }
    _poste(x, **{**valeurs, **champs})


def _reserve(x, **champs):
    reserve = f.faire_reserve(x.proposition, x.troupe.drh_departement)
    x.changer(Reserve, reserve.pk, **champs)


def _deux_avis(x, *, meme_personne):
    f.faire_avis(x.opportunite, x.troupe.fiche_du_cadre, 1)
    qui = x.troupe.fiche_du_cadre if meme_personne else x.troupe.fiche_du_cadre_muet
    f.faire_avis(x.opportunite, qui, 2 if meme_personne else 1)


def _avis(x, **champs):
    x.changer(Avis, f.faire_avis(x.opportunite, x.troupe.fiche_du_cadre).pk, **champs)


def _demande(x, **champs):
    x.changer(Demande, f.faire_demande(x.troupe.fiche_du_cadre, x.opportunite).pk, **champs)


def _deux_demandes(x):
    for _ in range(2):
        f.faire_demande(x.troupe.fiche_du_cadre, x.opportunite)


def _deux_reserves(x):
    for _ in range(2):
        f.faire_reserve(x.proposition, x.troupe.drh_departement)


def _solliciter(x, fois=1, **champs):
    for _ in range(fois):
        Sollicitation.objects.create(
            opportunite=x.opportunite, cadre=x.troupe.fiche_du_cadre, message="…", **champs
        )


def _lot(x, fois=1, **champs):
    valeurs = {"du": f.dans(-90), "au": f.dans(-1), "total": 5}
    for _ in range(fois):
        LotDeRefus.objects.create(demarche=x.troupe.demarche, **{**valeurs, **champs})


def _deux_comptes(x):
    for _ in range(2):
        CompteDesRefus.objects.create(demarche=x.troupe.demarche, trimestre=f.dans(0))


VIOLATIONS = {
    "opportunite_fourchette_croissante": lambda x: _poste(
        x, remuneration_min=50_000, remuneration_max=40_000
    ),
    "demande_rendez_vous_si_acceptee": lambda x: _demande(x, rendez_vous_le=x.t),
    "proposition_accord_demande_date": lambda x: x.proposer(accord_dgs="demande"),
    "proposition_accord_repondu_date": lambda x: x.proposer(
        accord_dgs="oui", accord_demande_le=x.t
    ),
    "proposition_valideur_si_validee": lambda x: x.proposer(
        etat="brouillon", envoyee_le=None, validee_le=None, validee_par=x.troupe.dgs_region.mandat
    ),
    "sollicitation_unique": lambda x: _solliciter(x, 2),
    "sollicitation_reponse_datee": lambda x: _solliciter(x, etat="non"),
    "question_ecrite": lambda x: Question.objects.create(proposition=x.proposition, texte=""),
    "question_reponse_complete": lambda x: Question.objects.create(
        proposition=x.proposition, texte="?", reponse="!"
    ),
    "compte_des_refus_unique": _deux_comptes,
    "lot_de_refus_unique": lambda x: _lot(x, 2),
    "lot_de_refus_assez_grand": lambda x: _lot(x, total=4),
    "lot_de_refus_finit_apres_son_debut": lambda x: _lot(x, au=f.dans(-91)),
    "opportunite_validee_a_une_date": lambda x: _poste(x, validee_le=None),
    "opportunite_transmise_a_son_numero": lambda x: _poste(
        x,
        etat="transmise",
        publiee_le=None,
        dve_numero="",
        dve_transmise_le=None,
        avis_publie_le=None,
    ),
    "opportunite_non_publiee_sans_date": lambda x: _poste(x, etat="besoin"),
    "opportunite_close_aux_voeux_datee": lambda x: _poste(x, etat="close"),
    "opportunite_validee_puis_publiee": lambda x: _poste(
        x, validee_le=x.opportunite.publiee_le + timedelta(days=1)
    ),
    "opportunite_publiee_puis_finie": lambda x: _poste(
        x, etat="retiree", close_le=x.opportunite.publiee_le - timedelta(days=1)
    ),
    "opportunite_dve_puis_avis": lambda x: _poste(x, avis_publie_le=f.dans(-40)),
    "opportunite_dve_numerotee": lambda x: _poste(x, dve_numero=""),
    "opportunite_urgence_complete": lambda x: _urgence(x, urgence_motif=""),
    "opportunite_urgence_apres_l_avis": lambda x: _urgence(x, urgence_fin=f.dans(-19)),
    "opportunite_vacance_datee": lambda x: _poste(x, vacance="a_une_date"),
    "proposition_sans_reponse_ni_fin": lambda x: x.proposer(repondue_le=x.t),
    "reserve_complement_demande": lambda x: _reserve(x, etat="complement"),
    "reserve_complement_apres_demande": lambda x: _reserve(x, complement_le=x.t),
    "reserve_une_ouverte_par_sujet": _deux_reserves,
    "avis_unique": lambda x: _deux_avis(x, meme_personne=True),
    "avis_rang_unique": lambda x: _deux_avis(x, meme_personne=False),
    "avis_rang_si_favorable": lambda x: _avis(x, rang=None),
    "avis_motive": lambda x: _avis(x, motif=""),
    "demande_une_en_attente": _deux_demandes,
    "demande_reponse_datee": lambda x: _demande(x, etat="sans_suite"),
    "demande_reponse_motivee": lambda x: _demande(x, etat="acceptee", repondue_le=x.t),
    "engagement_borne": lambda x: Engagement.objects.create(collectivite=x.troupe.region, nombre=0),
}
