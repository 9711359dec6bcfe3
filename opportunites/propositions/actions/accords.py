"""Before a DGS who also serves the person's employer learns of a proposition, the person is asked.

Both lines of the journal are the person's alone: that they were asked, and what they said, would tell
that DGS what they kept from them.
"""

from __future__ import annotations

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import (
    lien_accord,
    lien_proposition,
    prevenir_l_employeur,
    prevenir_le_cadre,
)
from opportunites.communs.journal import noter
from opportunites.models import Proposition
from opportunites.mots import Actes
from opportunites.propositions.predicats import (
    dgs_a_part,
    refus_demander_accord,
    refus_repondre_accord,
)

Accord = Proposition.Accord


def demander_accord(*, acteur: Acteur, proposition: Proposition) -> None:
    """Ask the person whether the DGS may learn of it: they learn that it is being prepared."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_demander_accord(acteur, proposition))
    dgs = dgs_a_part(proposition)
    assert dgs is not None
    proposition.accord_dgs = Accord.DEMANDE
    proposition.accord_demande_le = timezone.now()
    proposition.save(update_fields=["accord_dgs", "accord_demande_le"])
    _noter(acteur, proposition, Actes.PROPOSITION_ACCORD_DEMANDE, "Question qui vous est posée")
    poste = proposition.opportunite.poste
    prevenir_le_cadre(
        "propositions/accord",
        proposition.cadre,
        f"proposition-{proposition.pk}-accord",
        poste=poste,
        accueil=poste.collectivite,
        dgs=dgs.utilisateur,
        lien=lien_accord(proposition),
    )


def repondre_accord(*, acteur: Acteur, proposition: Proposition, accord: bool) -> None:
    """Yes: that DGS sees it, and may validate it. No: somebody else does, or it waits."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_repondre_accord(acteur, proposition))
    proposition.accord_dgs = Accord.OUI if accord else Accord.NON
    proposition.accord_repondu_le = timezone.now()
    proposition.save(update_fields=["accord_dgs", "accord_repondu_le"])
    _noter(acteur, proposition, Actes.PROPOSITION_ACCORD_DONNE, "Votre réponse est enregistrée")
    poste = proposition.opportunite.poste
    prevenir_l_employeur(
        "propositions/accord_repondu",
        poste.collectivite,
        f"proposition-{proposition.pk}-accord-repondu",
        confie_par=proposition.cadre,
        personne=proposition.cadre,
        poste=poste,
        accord=accord,
        lien=lien_proposition(proposition),
    )


def _noter(acteur: Acteur, proposition: Proposition, acte: Actes, libelle: str) -> None:
    noter(
        acteur,
        proposition,
        acte,
        libelle,
        cadre_ref=proposition.cadre_id,
        reserve_a_la_personne=True,
    )
