"""Opening a poste to the démarche, publishing it, withdrawing it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from collectivites.communs.typographie import date_texte
from collectivites.journal import journaliser
from collectivites.models import Poste
from collectivites.refus import RESERVE_A_L_ACCUEIL, ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.models import Demande, Opportunite, Proposition
from opportunites.postes.predicats.postes import (
    refus_clore_aux_voeux,
    refus_modifier_opportunite,
    refus_publier,
    refus_retirer_opportunite,
    refus_rouvrir_aux_voeux,
    refus_suivre_publicite,
    refus_valider_besoin,
)
from opportunites.propositions.actions.clotures import clore_les_demandes, retirer

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

Etat = Opportunite.Etat

#: What the form describes, and where it is kept.
CHAMPS_DU_POSTE = (
    "intitule",
    "direction",
    "cadres_emplois",
    "groupe_ifse",
    "nb_agents_encadres",
    "jours_teletravail",
    "ouvert_contractuel",
    "emploi_fonctionnel",
    "domaine",
    "missions",
    "lieu",
    "nbi_points",
)
CHAMPS_DE_L_OPPORTUNITE = ("presentation", "date_prise_poste", "vacance", "vacant_le")


def ouvrir_opportunite(
    *, acteur: Acteur, poste: Poste | None, donnees: dict[str, Any]
) -> Opportunite:
    """Open an existing poste of the acteur's collectivité, or a new one, as a need.

    `donnees`: any of CHAMPS_DU_POSTE (they update the poste) and of CHAMPS_DE_L_OPPORTUNITE.
    """
    if not acteur.est_rh:
        exiger(RESERVE_A_L_ACCUEIL)
    if poste is None:
        poste = Poste(collectivite=acteur.collectivite)
    else:
        poste = Poste.objects.select_for_update(of=("self",)).get(pk=poste.pk)
        if poste.collectivite_id != acteur.collectivite.pk:
            exiger(RESERVE_A_L_ACCUEIL)
    _decrire(poste, donnees)
    opportunite = Opportunite.objects.create(
        poste=poste, **{c: donnees[c] for c in CHAMPS_DE_L_OPPORTUNITE if c in donnees}
    )
    noter(acteur, opportunite, "opportunite.ouverte", "Besoin décrit")
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
    noter(acteur, opportunite, "opportunite.modifiee", "Description du poste modifiée")
    return opportunite


def valider_besoin(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """The need is confirmed: the vacancy may be declared, the poste published."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_valider_besoin(acteur, opportunite))
    opportunite.etat = Etat.VALIDEE
    opportunite.validee_le = timezone.now()
    opportunite.save(update_fields=["etat", "validee_le"])
    noter(acteur, opportunite, "opportunite.validee", "Besoin validé")


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
    aujourdhui = timezone.localdate()
    if dve_transmise_le > aujourdhui or (avis_publie_le and avis_publie_le > aujourdhui):
        raise ActionImpossible("Notez ce qui est fait : cette date est à venir.")
    if avis_publie_le is not None and avis_publie_le < dve_transmise_le:
        raise ActionImpossible("L’avis de vacance se publie une fois la déclaration transmise.")
    if opportunite.urgence_fin and not (
        avis_publie_le and avis_publie_le < opportunite.urgence_fin
    ):
        raise ActionImpossible(
            f"La publicité s’achève le {date_texte(opportunite.urgence_fin)}, pour urgence\u00a0: "
            "l’avis la précède. Levez d’abord l’urgence, ou changez sa date."
        )
    opportunite.dve_numero = dve_numero
    opportunite.dve_transmise_le = dve_transmise_le
    opportunite.avis_publie_le = avis_publie_le
    if opportunite.etat == Etat.VALIDEE:
        opportunite.etat = Etat.TRANSMISE
    opportunite.save(update_fields=["etat", "dve_numero", "dve_transmise_le", "avis_publie_le"])
    noter(
        acteur,
        opportunite,
        "opportunite.publicite",
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
        noter(acteur, opportunite, "opportunite.validee", "Besoin validé")
    opportunite.etat = Etat.PUBLIEE
    opportunite.publiee_le = maintenant
    opportunite.save(update_fields=["etat", "validee_le", "publiee_le"])
    noter(acteur, opportunite, "opportunite.publiee", "Poste publié")


def clore_aux_voeux(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """No new wish: the host chooses among those who ranked the poste."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_clore_aux_voeux(acteur, opportunite))
    opportunite.etat = Etat.CLOSE
    opportunite.voeux_clos_le = timezone.now()
    opportunite.save(update_fields=["etat", "voeux_clos_le"])
    noter(acteur, opportunite, "opportunite.close", "Poste clos aux vœux")


def rouvrir_aux_voeux(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """Nobody suited, or it was closed too soon."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_rouvrir_aux_voeux(acteur, opportunite))
    opportunite.etat = Etat.PUBLIEE
    opportunite.voeux_clos_le = None
    opportunite.save(update_fields=["etat", "voeux_clos_le"])
    noter(acteur, opportunite, "opportunite.rouverte", "Poste rouvert aux vœux")


def retirer_opportunite(*, acteur: Acteur, opportunite: Opportunite, motif: str = "") -> int:
    """Withdraw the poste, and the propositions that awaited an answer. Returns their number."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_retirer_opportunite(acteur, opportunite))
    vivantes = verrous.propositions(Q(opportunite=opportunite, etat__in=Proposition.ETATS_VIVANTS))
    for proposition in vivantes:
        retirer(proposition, Proposition.Retrait.POSTE_RETIRE, acteur=acteur)
    clore_les_demandes(Demande.objects.filter(opportunite=opportunite))
    opportunite.etat = Opportunite.Etat.RETIREE
    opportunite.close_le = timezone.now()
    opportunite.save(update_fields=["etat", "close_le"])
    noter(acteur, opportunite, "opportunite.retiree", "Poste retiré", motif)
    return len(vivantes)


def _decrire(poste: Poste, donnees: dict[str, Any]) -> None:
    for champ in CHAMPS_DU_POSTE:
        if champ in donnees:
            setattr(poste, champ, donnees[champ])
    poste.save()


def noter(
    acteur: Acteur,
    opportunite: Opportunite,
    acte: str,
    quoi: str,
    motif: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """The journal line of an act on this poste."""
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"{quoi} : {opportunite.poste.intitule}"[:300],
        objet=opportunite,
        collectivite=opportunite.poste.collectivite,
        motif=motif,
        details=details,
    )
