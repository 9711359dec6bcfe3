"""Which statutory routes two employers, and a poste, admit: for a move, and for what is estimated of it."""

from __future__ import annotations

from collectivites.models import Collectivite
from collectivites.mots import CodeCollectivite
from opportunites.mots import Voie

#: What an emploi fonctionnel is held by: détachement, or a contract of CGFP L343-1. A person in
#: disponibilité may be given that contract.
SUR_EMPLOI_FONCTIONNEL = (Voie.DETACHEMENT_EF, Voie.CONTRAT_CDD, Voie.DISPONIBILITE)
#: Inhabitants above which a commune or a groupement may recruit by that contract.
SEUIL_L343_1 = 40_000


def est_entre_ces_employeurs(code: str, origine: Collectivite, accueil: Collectivite) -> bool:
    """An internal change of poste stays within one legal person; a common service, between two
    employers of one group."""
    if code == Voie.AFFECTATION_INTERNE:
        return origine.pk == accueil.pk
    if code == Voie.SERVICE_COMMUN:
        groupe = origine.groupe_employeur
        return origine.pk != accueil.pk and bool(groupe) and groupe == accueil.groupe_employeur
    return True


def mene_a_ce_poste(code: str, accueil: Collectivite, *, fonctionnel: bool) -> bool:
    """An emploi fonctionnel has its own routes, and no other poste has them."""
    if not fonctionnel or code == Voie.DETACHEMENT_EF:
        return fonctionnel == (code == Voie.DETACHEMENT_EF)
    return code in SUR_EMPLOI_FONCTIONNEL and contrat_de_direction_permis(accueil)


def contrat_de_direction_permis(accueil: Collectivite) -> bool:
    """CGFP L343-1: départements and régions, communes and groupements above 40,000 inhabitants; one
    whose population is unknown is not refused what it may have."""
    if accueil.code in {CodeCollectivite.DEPARTEMENT, CodeCollectivite.REGION}:
        return True
    return accueil.population is None or accueil.population > SEUIL_L343_1
