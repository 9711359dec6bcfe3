"""The synthesis: a draft of two people, that the cadre may publish, and take back."""

from __future__ import annotations

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.coaching import predicats
from parcours.coaching.actions.accompagnements import ou_ecrire
from parcours.coaching.actions.ecrits import texte_exige
from parcours.models import Synthese
from parcours.mots import Actes
from parcours.suites import noter

RELIRE = (
    "La synthèse a changé depuis que vous l’avez ouverte. Relisez-la, puis recommencez : "
    "rien n’a été perdu de ce qui était enregistré."
)


def rediger_synthese(*, acteur: Acteur, cadre: Cadre, texte: str, revision: int) -> Synthese:
    """Save the common draft. `revision` is the one that the author was reading."""
    accompagnement = ou_ecrire(acteur, cadre)
    synthese = verrous.synthese_de(accompagnement) or Synthese(accompagnement=accompagnement)
    exiger(predicats.refus_rediger(acteur, accompagnement.cadre, synthese))
    if synthese.revision != revision:
        raise ActionImpossible(RELIRE)
    synthese.texte = texte_exige(texte, "Écrivez d’abord la synthèse.")
    synthese.revision += 1
    synthese.modifiee_le, synthese.modifiee_par = timezone.now(), acteur.utilisateur
    synthese.save()
    return synthese


def publier_synthese(*, acteur: Acteur, synthese: Synthese, revision: int) -> Synthese:
    """The cadre lets their own DRH and DGS read exactly what they have just read again."""
    synthese = verrous.synthese(synthese)
    exiger(predicats.refus_publier(acteur, synthese))
    if synthese.revision != revision:
        raise ActionImpossible(RELIRE)
    cadre = synthese.accompagnement.cadre
    synthese.publiee_le, synthese.publiee_pour = timezone.now(), cadre.collectivite
    synthese.save(update_fields=["publiee_le", "publiee_pour"])
    libelle = "Synthèse de l’accompagnement publiée par la personne"
    noter(acteur, synthese, Actes.SYNTHESE_PUBLIEE, libelle, cadre=cadre)
    return synthese


def depublier_synthese(*, acteur: Acteur, synthese: Synthese) -> Synthese:
    """It comes back behind the wall."""
    synthese = verrous.synthese(synthese)
    exiger(predicats.refus_depublier(acteur, synthese))
    cadre = synthese.accompagnement.cadre
    synthese.publiee_le = synthese.publiee_pour = None
    synthese.save(update_fields=["publiee_le", "publiee_pour"])
    libelle = "Synthèse de l’accompagnement retirée par la personne"
    noter(acteur, synthese, Actes.SYNTHESE_RETIREE, libelle, cadre=cadre)
    return synthese
