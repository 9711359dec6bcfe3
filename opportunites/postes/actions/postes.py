"""Opening a poste to the démarche, publishing it, withdrawing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Poste
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.journal import noter
from opportunites.communs.pieces import effacer_la_piece, verifier
from opportunites.models import Opportunite, Proposition
from opportunites.mots import Actes
from opportunites.postes.champs import CHAMPS_DE_L_OPPORTUNITE, CHAMPS_DU_POSTE
from opportunites.postes.predicats import (
    parution_impossible,
    refus_clore_aux_voeux,
    refus_modifier_opportunite,
    refus_ouvrir,
    refus_publier,
    refus_retirer_opportunite,
    refus_rouvrir_aux_voeux,
    refus_suivre_publicite,
    refus_valider_besoin,
    transmission_impossible,
)
from opportunites.propositions.actions.clotures import clore_les_demandes, retirer

Etat = Opportunite.Etat


def ouvrir_opportunite(
    *, acteur: Acteur, poste: Poste | None, donnees: dict[str, Any]
) -> Opportunite:
    """Open an existing poste of the acteur's collectivité, or a new one, as a need.

    `donnees`: any of CHAMPS_DU_POSTE (they update the poste) and of CHAMPS_DE_L_OPPORTUNITE.
    """
    if poste is not None:
        poste = Poste.objects.select_for_update(of=("self",)).get(pk=poste.pk)
    exiger(refus_ouvrir(acteur, poste))
    poste = poste or Poste(collectivite=acteur.collectivite)
    _decrire(poste, donnees)
    opportunite = Opportunite.objects.create(
        poste=poste, **{c: donnees[c] for c in CHAMPS_DE_L_OPPORTUNITE if c in donnees}
    )
    _joindre(opportunite, donnees)
    noter(acteur, opportunite, Actes.OPPORTUNITE_OUVERTE, "Besoin décrit")
    return opportunite


def modifier_opportunite(
    *, acteur: Acteur, opportunite: Opportunite, donnees: dict[str, Any]
) -> Opportunite:
    """Correct what is said of an open poste."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_modifier_opportunite(acteur, opportunite))
    _decrire(opportunite.poste, donnees)
    for champ in CHAMPS_DE_L_OPPORTUNITE:
        if champ in donnees:
            setattr(opportunite, champ, donnees[champ])
    opportunite.save()
    _joindre(opportunite, donnees)
    noter(acteur, opportunite, Actes.OPPORTUNITE_MODIFIEE, "Description du poste modifiée")
    return opportunite


def valider_besoin(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """The need is confirmed: the vacancy may be declared, the poste published."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_valider_besoin(acteur, opportunite))
    opportunite.etat = Etat.VALIDEE
    opportunite.validee_le = timezone.now()
    opportunite.save(update_fields=["etat", "validee_le"])
    noter(acteur, opportunite, Actes.OPPORTUNITE_VALIDEE, "Besoin validé")


def suivre_publicite(
    *,
    acteur: Acteur,
    opportunite: Opportunite,
    dve_numero: str,
    dve_transmise_le: date | None,
    avis_publie_le: date | None = None,
) -> None:
    """Write where the legal publicity stands: the declaration (DVE), then the public notice.

    Before the poste is published to the démarche, a declaration takes it to « transmise ».
    """
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_suivre_publicite(acteur, opportunite))
    dve_numero = dve_numero.strip()
    if not dve_numero or dve_transmise_le is None:
        raise ActionImpossible("Une déclaration de vacance porte son numéro et sa date.")
    exiger(transmission_impossible(dve_transmise_le))
    exiger(parution_impossible(opportunite, dve_transmise_le, avis_publie_le))
    opportunite.dve_numero = dve_numero
    opportunite.dve_transmise_le = dve_transmise_le
    if avis_publie_le != opportunite.avis_publie_le:
        opportunite.publicite_mois = opportunite.poste.collectivite.demarche.publicite_mois
    opportunite.avis_publie_le = avis_publie_le
    if opportunite.etat == Etat.VALIDEE:
        opportunite.etat = Etat.TRANSMISE
    opportunite.save(
        update_fields=[
            "etat",
            "dve_numero",
            "dve_transmise_le",
            "avis_publie_le",
            "publicite_mois",
        ]
    )
    noter(
        acteur,
        opportunite,
        Actes.OPPORTUNITE_PUBLICITE,
        "Publicité de la vacance suivie",
        details={
            "dve_numero": dve_numero,
            "dve_transmise_le": dve_transmise_le.isoformat(),
            "avis_publie_le": avis_publie_le.isoformat() if avis_publie_le else None,
        },
    )


def publier(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """Show the poste to the cadres of the promotions and to the other employers.

    A DRH who publishes a need validates it by the same gesture: two lines of the journal.
    """
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_publier(acteur, opportunite))
    maintenant = timezone.now()
    if opportunite.etat == Etat.BESOIN:
        opportunite.validee_le = maintenant
        noter(acteur, opportunite, Actes.OPPORTUNITE_VALIDEE, "Besoin validé")
    opportunite.etat = Etat.PUBLIEE
    opportunite.publiee_le = maintenant
    opportunite.save(update_fields=["etat", "validee_le", "publiee_le"])
    noter(acteur, opportunite, Actes.OPPORTUNITE_PUBLIEE, "Poste publié")


def clore_aux_voeux(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """No new wish: the host chooses among those who ranked the poste."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_clore_aux_voeux(acteur, opportunite))
    opportunite.etat = Etat.CLOSE
    opportunite.voeux_clos_le = timezone.now()
    opportunite.save(update_fields=["etat", "voeux_clos_le"])
    noter(acteur, opportunite, Actes.OPPORTUNITE_CLOSE, "Poste clos aux vœux")


def rouvrir_aux_voeux(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """Nobody suited, or it was closed too soon."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_rouvrir_aux_voeux(acteur, opportunite))
    opportunite.etat = Etat.PUBLIEE
    opportunite.voeux_clos_le = None
    opportunite.save(update_fields=["etat", "voeux_clos_le"])
    noter(acteur, opportunite, Actes.OPPORTUNITE_ROUVERTE, "Poste rouvert aux vœux")


def retirer_opportunite(*, acteur: Acteur, opportunite: Opportunite, motif: str = "") -> int:
    """Withdraw the poste, and the propositions that awaited an answer. Returns the number of those
    that the acteur sees: the others are not told by a count."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_retirer_opportunite(acteur, opportunite))
    vivantes = verrous.propositions(Q(opportunite=opportunite, etat__in=Proposition.ETATS_VIVANTS))
    vues = Proposition.objects.visibles_par(acteur).filter(pk__in=[p.pk for p in vivantes]).count()
    for proposition in vivantes:
        retirer(proposition, Proposition.Retrait.POSTE_RETIRE, acteur=acteur)
    clore_les_demandes(opportunite=opportunite)
    opportunite.etat = Opportunite.Etat.RETIREE
    opportunite.close_le = timezone.now()
    opportunite.save(update_fields=["etat", "close_le"])
    noter(acteur, opportunite, Actes.OPPORTUNITE_RETIREE, "Poste retiré", motif=motif)
    return vues


def _joindre(opportunite: Opportunite, donnees: dict[str, Any]) -> None:
    """The fiche de poste, recognised by its content; a new one replaces the former."""
    piece = donnees.get("piece")
    if not piece:
        return
    verifier(piece)
    if opportunite.piece:
        effacer_la_piece(opportunite)
    opportunite.nom_piece = (piece.name or "")[:120]
    opportunite.piece = piece
    opportunite.save(update_fields=["piece", "nom_piece"])


def _decrire(poste: Poste, donnees: dict[str, Any]) -> None:
    for champ in CHAMPS_DU_POSTE:
        if champ in donnees:
            setattr(poste, champ, donnees[champ])
    poste.save()
