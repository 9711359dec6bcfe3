"""The voies that a comparison may take, for this person and this poste."""

from __future__ import annotations

from cadres.models import Cadre
from collectivites.models import Poste
from opportunites.communs.voies import est_entre_ces_employeurs, mene_a_ce_poste
from opportunites.mots import Voie
from opportunites.paie.calculs.connu import est_contractuel
from opportunites.remuneration.bulletin.situation import Statut
from opportunites.remuneration.comparaison.voies import VOIES

AUCUNE = (
    "Aucune voie ne mène de votre statut à ce poste : un emploi fonctionnel se pourvoit par "
    "détachement, ou par contrat au-delà de 40 000 habitants (CGFP L343-1)."
)


def voies_pour(cadre: Cadre, poste: Poste) -> list[tuple[str, str]]:
    """Code and label, the most usual first. Reads both collectivités: select them."""
    statut = Statut.CONTRACTUEL if est_contractuel(cadre) else Statut.TITULAIRE
    origine, accueil = cadre.collectivite, poste.collectivite
    return [
        (code, str(Voie(code).label))
        for code, voie in VOIES.items()
        if statut in voie.publics
        and code != Voie.DISPONIBILITE
        and est_entre_ces_employeurs(code, origine, accueil)
        and mene_a_ce_poste(code, accueil, fonctionnel=poste.emploi_fonctionnel)
    ]
