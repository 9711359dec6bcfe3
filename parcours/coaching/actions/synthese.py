"""The synthesis: a draft of two people, that the cadre may publish, and take back."""

from __future__ import annotations

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.refus import ActionImpossible
from parcours.coaching import predicats as droits_coaching
from parcours.coaching.verrous import exige, ou_ecrire, verrouiller_candidature
from parcours.models import Synthese

RELIRE = (
    "La synthèse a changé depuis que vous l’avez ouverte. Relisez-la, puis recommencez : "
    "rien n’a été perdu de ce qui était enregistré."
)


def rediger_synthese(*, acteur: Acteur, cadre: Cadre, texte: str, revision: int) -> Synthese:
    """Save the common draft. `revision` is the one that the author was reading."""
    accompagnement = ou_ecrire(acteur, cadre)
    synthese = (
        Synthese.objects.select_for_update(of=("self",))
        .filter(accompagnement=accompagnement)
        .first()
    ) or Synthese(accompagnement=accompagnement)
    synthese.accompagnement = accompagnement
    if synthese.publiee_le is not None:
        raise ActionImpossible("La synthèse est publiée : elle ne change plus.")
    if synthese.revision != revision:
        raise ActionImpossible(RELIRE)
    synthese.texte = exige(texte, "Écrivez d’abord la synthèse.")
    synthese.revision += 1
    synthese.modifiee_le, synthese.modifiee_par = timezone.now(), acteur.utilisateur
    synthese.save()
    return synthese


def publier_synthese(*, acteur: Acteur, synthese: Synthese, revision: int) -> Synthese:
    """The cadre lets their own DRH and DGS read exactly what they have just read again."""
    synthese = _la_synthese(synthese)
    if not droits_coaching.peut_publier(acteur, synthese):
        raise ActionImpossible("Seule la personne publie sa synthèse, une fois écrite.")
    if synthese.revision != revision:
        raise ActionImpossible(RELIRE)
    cadre = synthese.accompagnement.cadre
    synthese.publiee_le, synthese.publiee_pour = timezone.now(), cadre.collectivite
    synthese.save(update_fields=["publiee_le", "publiee_pour"])
    _journal_synthese(acteur, synthese, "coaching.synthese_publiee", "publiée par la personne")
    return synthese


def depublier_synthese(*, acteur: Acteur, synthese: Synthese) -> Synthese:
    """It comes back behind the wall."""
    synthese = _la_synthese(synthese)
    if not droits_coaching.peut_depublier(acteur, synthese):
        raise ActionImpossible("Seule la personne retire sa synthèse.")
    synthese.publiee_le = synthese.publiee_pour = None
    synthese.save(update_fields=["publiee_le", "publiee_pour"])
    _journal_synthese(acteur, synthese, "coaching.synthese_retiree", "retirée par la personne")
    return synthese


def _la_synthese(synthese: Synthese) -> Synthese:
    verrouiller_candidature(synthese.accompagnement.cadre_id)
    return (
        Synthese.objects.select_for_update(of=("self",))
        .select_related("accompagnement__cadre__candidature")
        .select_related("accompagnement__cadre__collectivite")
        .get(pk=synthese.pk)
    )


def _journal_synthese(acteur: Acteur, synthese: Synthese, acte: str, quoi: str) -> None:
    cadre = synthese.accompagnement.cadre
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"Synthèse de l’accompagnement {quoi}",
        objet=synthese,
        collectivite=cadre.collectivite,
        cadre_ref=cadre.pk,
    )
