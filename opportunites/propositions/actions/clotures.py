"""Ends, whoever or whatever brings them: of a proposition, of the file that it opened, of requests."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cadres.models import Cadre, Candidature
from cadres.mots import Avancee
from collectivites.acteurs.acteur import Acteur
from opportunites.communs.courriels import prevenir_l_employeur, prevenir_le_cadre
from opportunites.communs.journal import noter
from opportunites.models import Demande, Mobilite, Proposition, Reserve
from opportunites.mots import Actes, EtatProposition, EtatReserve, RetraitProposition
from parcours.models import Inscription


def clore(
    proposition: Proposition, etat: EtatProposition, retrait: str = "", **reponse: Any
) -> None:
    """Write the end of a locked proposition (with the answer that ends it), and of the reserves that
    still awaited on it."""
    champs = {**reponse, "etat": etat, "motif_retrait": retrait, "close_le": timezone.now()}
    for nom, valeur in champs.items():
        setattr(proposition, nom, valeur)
    proposition.save(update_fields=list(champs))
    for reserve in proposition.reserves.filter(etat__in=Reserve.ETATS_OUVERTS):
        clore_la_reserve(reserve, EtatReserve.CADUQUE, "La proposition est close.")


def clore_la_reserve(reserve: Reserve, etat: EtatReserve, motif: str) -> None:
    reserve.etat = etat
    reserve.arbitree_le = timezone.now()
    reserve.motif_arbitrage = motif
    reserve.save(update_fields=["etat", "arbitree_le", "motif_arbitrage"])


def clore_les_demandes(**quoi: Any) -> None:
    """Requests to meet that still awaited an answer have no object any more: those of a person who
    left or took a poste (`cadre`), those about a poste that is withdrawn (`opportunite`)."""
    Demande.objects.filter(etat=Demande.Etat.DEPOSEE, **quoi).update(
        etat=Demande.Etat.SANS_SUITE, repondue_le=timezone.now()
    )


def abandonner_le_dossier(mobilite: Mobilite, motif: str) -> None:
    """Write the end without effect of a locked move."""
    mobilite.etat = Mobilite.Etat.ABANDONNEE
    mobilite.abandonnee_le = timezone.now()
    mobilite.motif_abandon = motif
    mobilite.save(update_fields=["etat", "abandonnee_le", "motif_abandon"])


def avancee_sans_mobilite(cadre: Cadre) -> Avancee:
    """How far the person had come before they accepted. One query."""
    etats = set(Inscription.objects.filter(cadre=cadre).values_list("etat", flat=True))
    if Inscription.Etat.EN_COURS in etats:
        return Candidature.Avancee.EN_PARCOURS
    if Inscription.Etat.ACHEVEE in etats:
        return Candidature.Avancee.ACHEVE
    return Candidature.Avancee.AUCUNE


def retirer(
    proposition: Proposition,
    retrait: RetraitProposition,
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
    # Sent, or spoken of when they were asked whether a DGS may learn of it.
    etait_connue = (proposition.envoyee_le or proposition.accord_demande_le) is not None
    clore(proposition, EtatProposition.RETIREE, retrait)
    accueil = proposition.opportunite.poste.collectivite
    noter(
        acteur,
        proposition,
        Actes.PROPOSITION_RETIREE,
        "Proposition retirée",
        cadre_ref=proposition.cadre_id if proposition.envoyee_le else None,
        motif=motif or proposition.retrait_lu_de_l_employeur,
    )
    contexte: dict[str, Any] = {
        "proposition": proposition,
        "poste": proposition.opportunite.poste,
        "accueil": accueil,
    }
    if etait_connue and retrait != RetraitProposition.CADRE_RETIRE:
        prevenir_le_cadre(
            "propositions/retiree",
            proposition.cadre,
            f"proposition-{proposition.pk}-retiree",
            **contexte,
        )
    if prevenir_l_accueil:
        prevenir_l_employeur(
            "propositions/indisponible",
            accueil,
            f"proposition-{proposition.pk}-indisponible",
            confie_par=None if proposition.envoyee_le else proposition.cadre,
            **contexte,
        )
