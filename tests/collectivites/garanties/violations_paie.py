"""Each constraint of pay, broken once: délibérations, their groups, sheets and their signatures."""

from opportunites.models import Estimation, FicheRemuneration, GroupeIndemnitaire
from tests import fabriques as f
from tests.fabriques.paie import faire_regime


def _deux_regimes(x):
    for _ in range(2):
        faire_regime(x.troupe.drh_region)


def _groupe(x, **champs):
    regime = faire_regime(x.troupe.drh_region)
    GroupeIndemnitaire.objects.create(regime=regime, **{"code": "B1", **champs})


def _fiche(x, **champs):
    return FicheRemuneration.objects.create(proposition=x.proposition, **champs)


def _signee(x, **champs):
    """By both, but for `champs`."""
    drh = x.troupe.drh_region.mandat
    return _fiche(
        x,
        **{
            "empreinte": "0" * 16,
            "signee_origine_le": x.t,
            "signee_origine_par": drh,
            "signee_accueil_le": x.t,
            "signee_accueil_par": drh,
            **champs,
        },
    )


def _deux_versions_signees(x):
    for _ in range(2):
        _signee(x)


def _deux_versions_a_signer(x):
    for version in (1, 2):
        _fiche(x, version=version)


def _deux_estimations(x):
    for _ in range(2):
        Estimation.objects.create(cadre=x.proposition.cadre, opportunite=x.proposition.opportunite)


VIOLATIONS = {
    "estimation_une_par_poste": _deux_estimations,
    "regime_un_par_deliberation": _deux_regimes,
    "groupe_unique_par_regime": lambda x: _groupe(x, code="A3"),
    "groupe_ifse_en_ordre": lambda x: _groupe(x, ifse_min=2, ifse_max=1),
    "groupe_cia_en_ordre": lambda x: _groupe(x, cia_indicatif=-1),
    "fiche_version_unique": _deux_versions_signees,
    "fiche_une_version_a_signer": _deux_versions_a_signer,
    "fiche_signature_de_l_origine": lambda x: _signee(x, signee_origine_par=None),
    "fiche_signature_de_l_accueil": lambda x: _signee(x, signee_accueil_par=None),
    "fiche_signee_est_figee": lambda x: _signee(x, empreinte=""),
    "mobilite_demande_recue_apres_etre_faite": lambda x: f.faire_mobilite(
        x.proposition, demande_faite_le=f.dans(0), demande_recue_le=f.dans(-1)
    ),
}
