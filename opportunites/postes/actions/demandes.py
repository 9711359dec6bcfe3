"""First meetings: a cadre asks the host of a poste for a conversation or an immersion."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.calendrier import ajouter_jours_ouvres
from collectivites.journal import journaliser
from collectivites.refus import RESERVE_A_LA_PERSONNE, ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import (
    lien_opportunite,
    prevenir_l_employeur,
    prevenir_le_cadre,
)
from opportunites.models import Demande, Opportunite
from opportunites.postes.predicats.voeux import refus_demander, refus_repondre_demande
from opportunites.propositions.calendrier import JOURS_POUR_ARBITRER

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

Etat, Nature = Demande.Etat, Demande.Nature


def demander(
    *, acteur: Acteur, opportunite: Opportunite, nature: str, message: str = ""
) -> Demande:
    """Ask. The present employer is not told: the line of the journal is the person's alone."""
    if acteur.cadre_id is None:
        exiger(RESERVE_A_LA_PERSONNE)
        raise AssertionError
    cadre = verrous.cadre(acteur.cadre_id)
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_demander(acteur, opportunite, cadre))
    nature = Nature(nature)
    if Demande.objects.filter(
        cadre=cadre, opportunite=opportunite, nature=nature, etat=Etat.DEPOSEE
    ).exists():
        raise ActionImpossible("Vous avez déjà fait cette demande\u00a0: l’employeur va répondre.")
    demande = Demande.objects.create(
        cadre=cadre,
        opportunite=opportunite,
        nature=nature,
        message=message.strip(),
        echeance=echeance(nature),
    )
    _journaliser(acteur, demande, "demande.deposee", "Demande faite")
    accueil = opportunite.poste.collectivite
    prevenir_l_employeur(
        "opportunites_demande",
        accueil,
        f"demande-{demande.pk}-deposee",
        demande=demande,
        personne=cadre,
        poste=opportunite.poste,
        lien=lien_opportunite(opportunite),
    )
    return demande


def echeance(nature: Demande.Nature) -> date:
    """An immersion is answered within a month (décret 2022-1043); a conversation, in ten working days."""
    if nature == Nature.IMMERSION:
        return timezone.localdate() + relativedelta(months=1)
    return ajouter_jours_ouvres(timezone.localdate(), JOURS_POUR_ARBITRER)


def repondre_demande(*, acteur: Acteur, demande: Demande, accord: bool, reponse: str) -> None:
    """Accept, with a date or a contact; or decline, kindly."""
    cadre = verrous.cadre(demande.cadre_id)
    opportunite = verrous.opportunite(demande.opportunite_id)
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=demande.pk)
    demande.opportunite, demande.cadre = opportunite, cadre
    exiger(refus_repondre_demande(acteur, demande))
    if not reponse.strip():
        raise ActionImpossible("Répondez en quelques mots\u00a0: la personne les lira.")
    demande.etat = Etat.ACCEPTEE if accord else Etat.DECLINEE
    demande.reponse = reponse.strip()
    demande.repondue_le = timezone.now()
    demande.save(update_fields=["etat", "reponse", "repondue_le"])
    _journaliser(acteur, demande, f"demande.{demande.etat}", "Réponse à une demande")
    prevenir_le_cadre(
        "opportunites_demande_reponse",
        cadre,
        f"demande-{demande.pk}-reponse",
        demande=demande,
        poste=opportunite.poste,
        accueil=opportunite.poste.collectivite,
        lien=lien_opportunite(opportunite),
    )


def _journaliser(acteur: Acteur, demande: Demande, acte: str, quoi: str) -> None:
    """The person's own gesture is theirs to read; the host's answer, the host's and theirs."""
    sienne = acteur.cadre_id == demande.cadre_id
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"{quoi}, {demande.get_nature_display().lower()}\u00a0: "
        f"{demande.opportunite.poste.intitule}"[:300],
        objet=demande,
        collectivite=None if sienne else demande.opportunite.poste.collectivite,
        cadre_ref=demande.cadre_id,
        motif=demande.reponse,
        reserve_a_la_personne=sienne,
    )


def sans_suite(cadre: Cadre) -> None:
    """The person left, or took a poste: nobody has to answer any more."""
    Demande.objects.filter(cadre=cadre, etat=Etat.DEPOSEE).update(
        etat=Etat.SANS_SUITE, repondue_le=timezone.now()
    )
