"""A host asks somebody who did not rank its poste; the person says yes, which ranks it, or no."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import (
    lien_opportunite,
    prevenir_l_employeur,
    prevenir_le_cadre,
)
from opportunites.communs.journal import noter
from opportunites.communs.parties import refus_agir_pour_soi
from opportunites.models import Opportunite, Sollicitation, Voeu
from opportunites.mots import Actes
from opportunites.postes.actions.voeux import exprimer_voeu
from opportunites.postes.predicats import refus_interroger, refus_repondre_sollicitation
from opportunites.postes.requetes import interrogeables

Etat = Sollicitation.Etat


def interroger(
    *, acteur: Acteur, opportunite: Opportunite, cadre: Cadre, message: str
) -> Sollicitation:
    """Ask. The present employer is not told, then or later."""
    cadre = verrous.cadre(cadre.pk)
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_interroger(acteur, opportunite))
    if not interrogeables(acteur, opportunite).filter(pk=cadre.pk).exists():
        raise ActionImpossible("Cette personne ne peut pas être interrogée sur ce poste.")
    sollicitation = Sollicitation.objects.create(
        opportunite=opportunite, cadre=cadre, message=message.strip()
    )
    noter(
        acteur,
        sollicitation,
        Actes.SOLLICITATION_POSEE,
        "Personne interrogée sur un poste",
        cadre_ref=cadre.pk,
    )
    poste = opportunite.poste
    prevenir_le_cadre(
        "propositions/sollicitation",
        cadre,
        f"sollicitation-{sollicitation.pk}",
        poste=poste,
        accueil=poste.collectivite,
        lien=lien_sollicitation(sollicitation),
    )
    return sollicitation


def repondre(*, acteur: Acteur, sollicitation: Sollicitation, oui: bool) -> None:
    """Yes: the poste joins the wishes, last. No: the host reads it, and nobody else."""
    exiger(refus_agir_pour_soi(acteur))
    cadre = verrous.le_sien(acteur)
    opportunite = verrous.opportunite(sollicitation.opportunite_id)
    sollicitation = Sollicitation.objects.select_for_update(of=("self",)).get(pk=sollicitation.pk)
    sollicitation.opportunite, sollicitation.cadre = opportunite, cadre
    exiger(refus_repondre_sollicitation(acteur, sollicitation))
    if oui and not Voeu.objects.filter(cadre=cadre, opportunite=opportunite).exists():
        exprimer_voeu(acteur=acteur, opportunite=opportunite)
    sollicitation.etat = Etat.OUI if oui else Etat.NON
    sollicitation.repondue_le = timezone.now()
    sollicitation.save(update_fields=["etat", "repondue_le"])
    noter(
        acteur,
        sollicitation,
        Actes.SOLLICITATION_REPONDUE,
        "Votre réponse à l’employeur d’un poste",
        cadre_ref=cadre.pk,
        reserve_a_la_personne=True,
    )
    prevenir_l_employeur(
        "propositions/sollicitation_repondue",
        opportunite.poste.collectivite,
        f"sollicitation-{sollicitation.pk}-repondue",
        confie_par=cadre,
        personne=cadre,
        poste=opportunite.poste,
        oui=oui,
        lien=lien_opportunite(opportunite),
    )


def lien_sollicitation(sollicitation: Sollicitation) -> str:
    return reverse("opportunites:repondre_sollicitation", args=[sollicitation.pk])
