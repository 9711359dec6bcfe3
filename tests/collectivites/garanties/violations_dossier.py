"""Each constraint of a move's file, broken once: answers of the origin, things to do, follow-up."""

from opportunites.models import Element, ReponseOrigine, Suivi
from tests import fabriques as f


def _reponse(mobilite, x, **champs):
    """An answer by silence, the only one that needs neither author, nor date, nor ground."""
    valeurs = {"sens": "tacite", "par": x.troupe.drh_departement.mandat}
    return ReponseOrigine.objects.create(mobilite=mobilite, **{**valeurs, **champs})


def _repondre(x, **champs):
    _reponse(f.faire_mobilite(x.proposition), x, **champs)


def _deux_silences(x):
    mobilite = f.faire_mobilite(x.proposition)
    for _ in range(2):
        _reponse(mobilite, x, par=None, demande_recue_le=f.dans(-70))


def _element(mobilite, **champs):
    valeurs = {"code": "arrete", "ordre": 1, "libelle": "Signer", "cote": "origine", "jours": -30}
    return Element.objects.create(mobilite=mobilite, **{**valeurs, **champs})


def _deux_elements(x):
    mobilite = f.faire_mobilite(x.proposition)
    for ordre in (1, 2):
        _element(mobilite, ordre=ordre)


def _element_ajoute_sans_date(x):
    _element(
        f.faire_mobilite(x.proposition), jours=None, ajoute_par=x.troupe.drh_departement.mandat
    )


def _deux_dossiers(x):
    f.faire_mobilite(x.proposition, "effective")
    f.faire_mobilite(x.proposition)


def _suivi(mobilite, **champs):
    valeurs = {"mois": 6, "cote": "accueil", "echeance": f.dans(150)}
    return Suivi.objects.create(mobilite=mobilite, **{**valeurs, **champs})


def _deux_suivis(x):
    mobilite = f.faire_mobilite(x.proposition)
    for jours in (150, 151):
        _suivi(mobilite, echeance=f.dans(jours))


def _suivi_sans_dire_si_en_poste(x):
    _suivi(
        f.faire_mobilite(x.proposition),
        bilan="bien",
        renseigne_le=x.t,
        renseigne_par=x.troupe.drh_region.mandat,
    )


VIOLATIONS = {
    "mobilite_cet_positif": lambda x: f.faire_mobilite(x.proposition, cet_jours="-0.5"),
    "mobilite_reponse_a_une_demande": lambda x: f.faire_mobilite(
        x.proposition, reponse_origine="tacite"
    ),
    "reponse_a_un_auteur": lambda x: _repondre(
        x, sens="accord", date_convenue=f.dans(60), par=None
    ),
    "reponse_accord_date": lambda x: _repondre(x, sens="date"),
    "reponse_motif_si_refus": lambda x: _repondre(x, motif="service"),
    "reponse_refus_motive_et_prouve": lambda x: _repondre(x, sens="refus", motif="service"),
    "reponse_un_silence_par_demande": _deux_silences,
    "element_unique_par_mobilite": _deux_elements,
    "element_fait_par_quelqu_un": lambda x: _element(f.faire_mobilite(x.proposition), fait_le=x.t),
    "element_date_par_la_regle_ou_par_son_auteur": _element_ajoute_sans_date,
    "element_a_un_libelle": lambda x: _element(f.faire_mobilite(x.proposition), libelle=""),
    "mobilite_une_vivante_par_proposition": _deux_dossiers,
    "suivi_mobilite_unique": _deux_suivis,
    "suivi_six_ou_douze_mois": lambda x: _suivi(f.faire_mobilite(x.proposition), mois=9),
    "suivi_renseigne_complet": _suivi_sans_dire_si_en_poste,
}
