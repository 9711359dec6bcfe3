"""Closing a proposition, whoever or whatever closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from collectivites.journal import journaliser
from opportunites.communs.courriels import prevenir_l_employeur, prevenir_le_cadre
from opportunites.models import Demande, Proposition, Reserve

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

Etat = Proposition.Etat
Retrait = Proposition.Retrait


def clore(proposition: Proposition, etat: Proposition.Etat, retrait: str = "") -> None:
    """Write the end of a locked proposition, and of the reserves that still awaited on it."""
    proposition.etat = etat
    proposition.motif_retrait = retrait
    proposition.close_le = timezone.now()
    proposition.save(update_fields=["etat", "motif_retrait", "close_le"])
    for reserve in proposition.reserves.filter(etat__in=Reserve.ETATS_OUVERTS):
        reserve.etat = Reserve.Etat.CADUQUE
        reserve.arbitree_le = timezone.now()
        reserve.motif_arbitrage = "La proposition est close."
        reserve.save(update_fields=["etat", "arbitree_le", "motif_arbitrage"])


def clore_les_demandes(demandes: QuerySet[Demande]) -> None:
    """Requests that still awaited an answer have no object any more."""
    demandes.filter(etat=Demande.Etat.DEPOSEE).update(
        etat=Demande.Etat.SANS_SUITE, repondue_le=timezone.now()
    )


def retirer(
    proposition: Proposition,
    retrait: Proposition.Retrait,
    *,
    acteur: Acteur | None = None,
    motif: str = "",
    prevenir_l_accueil: bool = False,
) -> None:
    """Withdraw a locked live proposition, tell its cadre kindly, and write the journal.

    `acteur` is None when it follows from another person's act: whoever reads the line, or the
    mail, must not learn whose. A proposition that was never sent is withdrawn without a word to
    the person, who never knew of it.
    """
    etait_connue = proposition.envoyee_le is not None
    clore(proposition, Etat.RETIREE, retrait)
    accueil = proposition.opportunite.poste.collectivite
    journaliser(
        acteur=acteur,
        demarche=accueil.demarche,
        acte="proposition.retiree",
        libelle=f"Proposition retirée : {proposition.opportunite.poste.intitule}"[:300],
        objet=proposition,
        collectivite=accueil,
        cadre_ref=proposition.cadre_id if etait_connue else None,
        motif=motif or proposition.retrait_lu_de_l_employeur,
    )
    contexte = {
        "proposition": proposition,
        "poste": proposition.opportunite.poste,
        "accueil": accueil,
    }
    if etait_connue and retrait != Retrait.CADRE_RETIRE:
        prevenir_le_cadre(
            "opportunites_proposition_retiree",
            proposition.cadre,
            f"proposition-{proposition.pk}-retiree",
            **contexte,
        )
    if prevenir_l_accueil:
        prevenir_l_employeur(
            "opportunites_indisponible",
            accueil,
            f"proposition-{proposition.pk}-indisponible",
            **contexte,
        )
