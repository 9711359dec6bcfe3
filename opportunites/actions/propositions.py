"""A poste proposed to somebody who wants it: prepared, validated by a DGS, sent with a date."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cadres.models import Cadre
from collectivites.erreurs import ActionImpossible
from collectivites.journal import journaliser
from collectivites.roles import Acte
from opportunites import verrous
from opportunites.actions.clotures import retirer
from opportunites.calendrier import JOURS_POUR_REPONDRE_MAX
from opportunites.courriels import lien_proposition, prevenir_le_cadre
from opportunites.models import Opportunite, Proposition, Voeu
from opportunites.predicats import (
    exiger,
    refus_disponible,
    refus_envoyer,
    refus_proposer,
    refus_retirer_proposition,
    refus_valider,
)

if TYPE_CHECKING:
    from collectivites.acteur import Acteur


def proposer(
    *, acteur: Acteur, opportunite: Opportunite, cadre: Cadre, pourquoi: str
) -> Proposition:
    """Prepare a proposition of a published poste to a cadre who ranked it."""
    cadre = verrous.cadre(cadre.pk)
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_proposer(acteur, opportunite))
    exiger(refus_disponible(cadre))
    # Its rule leaves out the host's own people and those whose yes no longer holds.
    if not Voeu.objects.visibles_par(acteur).filter(opportunite=opportunite, cadre=cadre).exists():
        raise ActionImpossible(
            "On ne propose un poste qu’à une personne qui l’a classé dans ses vœux."
        )
    proposition = Proposition.objects.create(
        opportunite=opportunite,
        cadre=cadre,
        collectivite_origine=cadre.collectivite,
        pourquoi=pourquoi,
    )
    _journaliser(acteur, proposition, "proposition.preparee", "Proposition préparée")
    return proposition


def valider(*, acteur: Acteur, proposition: Proposition) -> None:
    """The DGS of the host agrees to propose this poste to this person."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_valider(acteur, proposition))
    proposition.etat = Proposition.Etat.VALIDEE
    proposition.validee_le = timezone.now()
    proposition.save(update_fields=["etat", "validee_le"])
    _journaliser(
        acteur,
        proposition,
        "proposition.validee",
        "Proposition validée",
        delegue=Acte.VALIDER_PROPOSITION,
    )


def envoyer(*, acteur: Acteur, proposition: Proposition, repondre_avant: datetime) -> None:
    """Send it: from now on the person and their employer know of it."""
    cadre = verrous.cadre(proposition.cadre_id)
    opportunite = verrous.opportunite(proposition.opportunite_id)
    proposition = verrous.proposition(proposition.pk)
    proposition.opportunite, proposition.cadre = opportunite, cadre
    exiger(refus_envoyer(acteur, proposition))
    maintenant = timezone.now()
    if repondre_avant <= maintenant:
        raise ActionImpossible("La date limite de réponse doit être à venir.")
    if repondre_avant > maintenant + timedelta(days=JOURS_POUR_REPONDRE_MAX):
        raise ActionImpossible(
            f"La date limite de réponse doit venir dans les {JOURS_POUR_REPONDRE_MAX} jours."
        )
    proposition.etat = Proposition.Etat.ENVOYEE
    proposition.envoyee_le = maintenant
    proposition.repondre_avant = repondre_avant
    proposition.save(update_fields=["etat", "envoyee_le", "repondre_avant"])
    _journaliser(
        acteur,
        proposition,
        "proposition.envoyee",
        "Proposition envoyée",
        details={"repondre_avant": repondre_avant.isoformat()},
        a_la_personne=True,
    )
    prevenir_le_cadre(
        "opportunites_proposition",
        cadre,
        f"proposition-{proposition.pk}-envoyee",
        proposition=proposition,
        poste=opportunite.poste,
        accueil=opportunite.poste.collectivite,
        lien=lien_proposition(proposition),
    )


def retirer_proposition(*, acteur: Acteur, proposition: Proposition, motif: str = "") -> None:
    """The host changes its mind before the person has answered."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_retirer_proposition(acteur, proposition))
    retirer(proposition, Proposition.Retrait.EMPLOYEUR, acteur=acteur, motif=motif)


def _journaliser(
    acteur: Acteur,
    proposition: Proposition,
    acte: str,
    quoi: str,
    *,
    details: dict[str, str] | None = None,
    delegue: Acte | None = None,
    a_la_personne: bool = False,
) -> None:
    """Before it is sent the line bears no person: they read the lines that point to them."""
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"{quoi} : {proposition.opportunite.poste.intitule}"[:300],
        objet=proposition,
        collectivite=proposition.opportunite.poste.collectivite,
        cadre_ref=proposition.cadre_id if a_la_personne else None,
        details=details,
        delegue=delegue,
    )
