"""A cadre leaves the démarche: nothing of theirs stays open, and nobody is told why."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cadres.fiche.actions import marquer_avancee
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from opportunites.communs import verrous
from opportunites.communs.courriels import prevenir_l_employeur
from opportunites.communs.journal import noter
from opportunites.dossier.actions.mobilites import abandonner
from opportunites.dossier.modeles.actions import oublier as oublier_les_lettres
from opportunites.models import Alerte, Estimation, Mobilite, Proposition, Sollicitation, Voeu
from opportunites.mots import Actes
from opportunites.postes.actions.avis import oublier_les_avis
from opportunites.propositions.actions.clotures import (
    avancee_sans_mobilite,
    clore_les_demandes,
    retirer,
)

Retrait = Proposition.Retrait

#: All that the employers are told.
INDISPONIBLE = "La personne n’est plus disponible."


def apres_le_retrait(*, cadre: Cadre, acteur: Acteur, **_: Any) -> None:
    """Plugged into `cadres.prises.RETRAIT`, inside the transaction of the withdrawal."""
    oublier_les_avis(cadre)
    oublier_les_lettres(cadre)
    vivantes = verrous.propositions(Q(cadre=cadre, etat__in=Proposition.ETATS_VIVANTS))
    for proposition in vivantes:
        if proposition.etat == Proposition.Etat.ACCEPTEE:
            _renoncer(proposition, acteur)
        else:
            retirer(proposition, Retrait.CADRE_RETIRE, prevenir_l_accueil=True)
    clore_les_demandes(cadre=cadre)
    for modele in (Voeu, Sollicitation, Alerte, Estimation):
        modele._default_manager.filter(cadre=cadre).delete()


def _renoncer(proposition: Proposition, acteur: Acteur) -> None:
    """The move under way is given up; both employers are told, without a reason."""
    ouverte = Mobilite.objects.filter(proposition=proposition, etat=Mobilite.Etat.OUVERTE).first()
    if ouverte is None:
        retirer(proposition, Retrait.CADRE_RETIRE, prevenir_l_accueil=True)
        return
    mobilite = verrous.mobilite(ouverte.pk)
    abandonner(mobilite, proposition, INDISPONIBLE, Retrait.CADRE_RETIRE)
    # Whoever left is not « engaged » any more: what they had reached before stays told.
    cadre = mobilite.cadre
    marquer_avancee(cadre=cadre, avancee=avancee_sans_mobilite(cadre))
    accueil, origine = mobilite.collectivite_accueil, mobilite.collectivite_origine
    noter(
        acteur,
        mobilite,
        Actes.MOBILITE_ABANDONNEE,
        "Mobilité abandonnée",
        lecteurs=[accueil],
        cadre_ref=mobilite.cadre_id,
        motif=INDISPONIBLE,
    )
    for collectivite in (accueil, origine):
        prevenir_l_employeur(
            "propositions/indisponible",
            collectivite,
            f"proposition-{proposition.pk}-indisponible",
            proposition=proposition,
            poste=mobilite.poste_accueil,
            accueil=accueil,
        )
