"""The voies that a comparison may take, for this person and this poste."""

from __future__ import annotations

from cadres.models import Cadre
from collectivites.models import Poste
from opportunites.mots import Voie
from opportunites.paie.calculs.connu import est_contractuel
from opportunites.remuneration.bulletin.situation import Statut
from opportunites.remuneration.comparaison.voies import VOIES

#: Held by détachement, or by contract above the thresholds of CGFP L343-1.
SUR_EMPLOI_FONCTIONNEL = (Voie.DETACHEMENT_EF, Voie.CONTRAT_CDD)


def voies_pour(cadre: Cadre, poste: Poste) -> list[tuple[str, str]]:
    """Code and label, the most usual first. An internal change of poste stays within one employer."""
    statut = Statut.CONTRACTUEL if est_contractuel(cadre) else Statut.TITULAIRE
    interne = cadre.collectivite_id == poste.collectivite_id
    return [
        (code, str(Voie(code).label))
        for code, voie in VOIES.items()
        if statut in voie.publics
        and code != Voie.DISPONIBILITE
        and (code in SUR_EMPLOI_FONCTIONNEL) >= poste.emploi_fonctionnel
        and (code != Voie.DETACHEMENT_EF or poste.emploi_fonctionnel)
        and (code != Voie.AFFECTATION_INTERNE or interne)
    ]
