"""Somebody left the employer: said by its HR direction, never guessed, and undone by it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cadres.candidature import comptes
from cadres.fiche import predicats
from cadres.fiche.journal import noter
from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre, Candidature, CompetenceDite
from cadres.mots import Actes, Avancee, MotifDepart
from cadres.mots import EtatCandidature as Etat
from cadres.prises import RETRAIT
from cadres.requetes import presents
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.comptes.acces_des_collegues.actions import finir_au_depart
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux import courriels

#: The candidacies that a departure closes; the others are closed already, and keep their word.
OUVERTES = (Etat.RECENSE, Etat.INFORME, Etat.ACCORD, Etat.RETENU)
_CHAMPS = ["parti_le", "motif_depart", "depart_signale_le", "depart_prevu_le", "motif_depart_prevu"]


def signaler_depart(*, acteur: Acteur, cadre: Cadre, jour: date, motif: str) -> Cadre:
    """The person left on that day. What was open is closed kindly; who was told of the démarche
    is told of this, but of a death nobody is written to. A day to come is kept: the clock will say it."""
    cadre = verrouiller(cadre.pk)
    exiger(predicats.refus_signaler_depart(acteur, cadre))
    if jour > timezone.localdate():
        return _prevoir(acteur, cadre, jour, motif)
    return _partir(acteur, cadre, jour, motif)


def _prevoir(acteur: Acteur, cadre: Cadre, jour: date, motif: str) -> Cadre:
    if motif == MotifDepart.DECES:
        raise ActionImpossible(predicats.DEPART_A_VENIR)
    cadre.depart_prevu_le, cadre.motif_depart_prevu = jour, motif
    cadre.save(update_fields=_CHAMPS)
    noter(
        acteur,
        cadre,
        Actes.DEPART_PREVU,
        f"Départ de la collectivité prévu au {date_texte(jour)}",
        motif=str(Cadre.Depart(motif).label),
    )
    return cadre


def renoncer_au_depart_prevu(*, acteur: Acteur, cadre: Cadre) -> Cadre:
    """The person stays after all: nothing had happened yet."""
    cadre = verrouiller(cadre.pk)
    exiger(predicats.refus_renoncer_au_depart_prevu(acteur, cadre))
    _oublier_le_depart_prevu(acteur, cadre, "Départ prévu annulé")
    return cadre


def _oublier_le_depart_prevu(acteur: Acteur | None, cadre: Cadre, libelle: str) -> None:
    cadre.depart_prevu_le, cadre.motif_depart_prevu = None, ""
    cadre.save(update_fields=_CHAMPS)
    noter(acteur, cadre, Actes.DEPART_PREVU_ANNULE, libelle)


def faire_les_departs_prevus() -> int:
    """The clock: the day of a foreseen departure has come. Each in its own transaction."""
    jour = timezone.localdate()
    dus = Cadre.objects.filter(presents(), depart_prevu_le__lte=jour).order_by("pk")
    faits = 0
    for pk in list(dus.values_list("pk", flat=True)):
        with transaction.atomic():
            cadre = verrouiller(pk)
            prevu, motif = cadre.depart_prevu_le, cadre.motif_depart_prevu
            if prevu is None or prevu > jour:
                continue  # undone in the meantime
            if predicats.part_par_une_mobilite(cadre):
                libelle = "Départ prévu annulé : la personne part par une mobilité"
                _oublier_le_depart_prevu(None, cadre, libelle)
                continue
            _partir(None, cadre, prevu, motif)
            faits += 1
    return faits


def _partir(acteur: Acteur | None, cadre: Cadre, jour: date, motif: str) -> Cadre:
    """`acteur`: None for the clock. The person is locked."""
    candidature = cadre.candidature
    etat_d_avant = candidature.etat
    cadre.parti_le, cadre.motif_depart = jour, motif
    cadre.depart_prevu_le, cadre.motif_depart_prevu = None, ""
    cadre.depart_signale_le = timezone.now()
    cadre.save(update_fields=_CHAMPS)
    if candidature.etat in OUVERTES:
        candidature.etat = Etat.RETIRE
        # The same instant on both: undoing knows that this act closed it.
        candidature.retire_le = cadre.depart_signale_le
        candidature.save(update_fields=["etat", "retire_le"])
    if etat_d_avant != Etat.RETIRE:
        # Also of somebody who was not retained: their accompagnateur's hours are freed.
        RETRAIT.dire(cadre=cadre, acteur=acteur)
    cadre.accompagnateur = None
    cadre.vise_promotion = cadre.vise_mobilite = cadre.vise_developpement = False
    cadre.save(update_fields=["accompagnateur", *Cadre.VISEES])
    CompetenceDite.objects.filter(cadre=cadre).delete()
    if cadre.utilisateur is not None:
        finir_au_depart(
            acteur=acteur, personne=cadre.utilisateur, collectivite=cadre.collectivite, jour=jour
        )
    noter(
        acteur,
        cadre,
        Actes.PARTI,
        f"Départ de la collectivité signalé, au {date_texte(jour)}",
        motif=str(Cadre.Depart(motif).label),
    )
    if motif == MotifDepart.DECES:
        comptes.fermer_mandat(cadre)
    elif candidature.informe_le is not None:
        _ecrire_a_la_personne(cadre, cadre.depart_signale_le)
    return cadre


def _ecrire_a_la_personne(cadre: Cadre, signale_le: datetime) -> None:
    courriels.deposer(
        "cadres/depart",
        demarche=cadre.collectivite.demarche,
        destinataire=comptes.adresse_de(cadre),
        cle=f"cadres_depart:{cadre.pk}:{signale_le.isoformat()}",
        utilisateur=cadre.utilisateur,
        cadre_ref=cadre.pk,
        cadre=cadre,
        collectivite=cadre.collectivite,
    )


def annuler_depart(*, acteur: Acteur, cadre: Cadre) -> Cadre:
    """It was a mistake. The candidacy that the departure closed resumes where the person's own word
    left it; a parcours, wishes and propositions do not come back by themselves. A move that took
    place did: no departure closes it."""
    cadre = verrouiller(cadre.pk)
    exiger(predicats.refus_annuler_depart(acteur, cadre))
    candidature = cadre.candidature
    if cadre.motif_depart == MotifDepart.DECES and cadre.utilisateur is not None:
        comptes.ouvrir_mandat(cadre.utilisateur, cadre)
    if candidature.etat == Etat.RETIRE and candidature.retire_le == cadre.depart_signale_le:
        candidature.retire_le = None
        if candidature.avancee == Avancee.EFFECTIVE:
            candidature.etat = Etat.RETENU
        else:
            _revenir_a_la_reponse(candidature)
        candidature.save()
    cadre.parti_le = cadre.depart_signale_le = None
    cadre.motif_depart = ""
    cadre.save(update_fields=_CHAMPS)
    noter(acteur, cadre, Actes.DEPART_ANNULE, "Départ de la collectivité annulé")
    return cadre


def _revenir_a_la_reponse(candidature: Candidature) -> None:
    if candidature.repondu_le is not None:
        candidature.etat = Etat.ACCORD
    else:
        candidature.etat = Etat.INFORME if candidature.informe_le else Etat.RECENSE
    candidature.decide_le = None
    candidature.motif_decision = ""
    candidature.avancee = Avancee.AUCUNE
