"""Opening a poste to the démarche, publishing it, withdrawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from collectivites.journal import journaliser
from collectivites.models import Poste
from opportunites import verrous
from opportunites.actions.clotures import retirer
from opportunites.models import Opportunite, Proposition
from opportunites.predicats import (
    RESERVE_A_L_ACCUEIL,
    exiger,
    refus_modifier_opportunite,
    refus_publier,
    refus_retirer_opportunite,
)

if TYPE_CHECKING:
    from collectivites.acteur import Acteur

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
)
CHAMPS_DE_L_OPPORTUNITE = ("presentation", "date_prise_poste")


def ouvrir_opportunite(
    *, acteur: Acteur, poste: Poste | None, donnees: dict[str, Any]
) -> Opportunite:
    """Open an existing poste of the acteur's collectivité, or a new one, as a draft.

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
    _journaliser(acteur, opportunite, "opportunite.ouverte", "Poste ouvert, en brouillon")
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
    _journaliser(acteur, opportunite, "opportunite.modifiee", "Description du poste modifiée")
    return opportunite


def publier(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """Show the poste to the cadres of the promotions and to the other employers."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_publier(acteur, opportunite))
    opportunite.etat = Opportunite.Etat.PUBLIEE
    opportunite.publiee_le = timezone.now()
    opportunite.save(update_fields=["etat", "publiee_le"])
    _journaliser(acteur, opportunite, "opportunite.publiee", "Poste publié")


def retirer_opportunite(*, acteur: Acteur, opportunite: Opportunite, motif: str = "") -> int:
    """Withdraw the poste, and the propositions that awaited an answer. Returns their number."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_retirer_opportunite(acteur, opportunite))
    vivantes = verrous.propositions(Q(opportunite=opportunite, etat__in=Proposition.ETATS_VIVANTS))
    for proposition in vivantes:
        retirer(proposition, Proposition.Retrait.POSTE_RETIRE, acteur=acteur)
    opportunite.etat = Opportunite.Etat.RETIREE
    opportunite.close_le = timezone.now()
    opportunite.save(update_fields=["etat", "close_le"])
    _journaliser(acteur, opportunite, "opportunite.retiree", "Poste retiré", motif)
    return len(vivantes)


def _decrire(poste: Poste, donnees: dict[str, Any]) -> None:
    for champ in CHAMPS_DU_POSTE:
        if champ in donnees:
            setattr(poste, champ, donnees[champ])
    poste.save()


def _journaliser(
    acteur: Acteur, opportunite: Opportunite, acte: str, quoi: str, motif: str = ""
) -> None:
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"{quoi} : {opportunite.poste.intitule}"[:300],
        objet=opportunite,
        collectivite=opportunite.poste.collectivite,
        motif=motif,
    )
