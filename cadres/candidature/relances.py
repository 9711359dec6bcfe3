"""The clock of a candidacy: two reminders at the rhythm of the démarche, then the question is closed
kindly."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cadres.candidature import comptes
from cadres.candidature.actions import SANS_RAPPEL
from cadres.candidature.situations import (
    DELAI_REPONSE,
    NB_RAPPELS,
    fin_du_delai,
    informe_il_y_a,
    jour_de_reponse,
    rappels_de,
)
from cadres.fiche.journal import noter
from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre, Candidature
from cadres.mots import Actes, Origine
from cadres.mots import EtatCandidature as Etat
from cadres.requetes import presents
from collectivites.communs.calendrier import plus_tard
from collectivites.models import Courriel, Demarche
from collectivites.mots import Role
from collectivites.travaux import courriels


def relancer_sans_reponse(maintenant: datetime | None = None) -> int:
    """Remind whoever has not answered, once per step. Returns the number of reminders sent.

    Late by more than a step (the server was down), a person gets one message, not two.
    """
    maintenant = maintenant or timezone.now()
    dus = Q()
    rythmes = Demarche.objects.order_by("rappel_jours").values_list("rappel_jours", flat=True)
    for jours in rythmes.distinct():
        for rang, delai in enumerate(rappels_de(jours)):
            dus |= Q(
                cadre__demarche__rappel_jours=jours,
                rappels__lte=rang,
                informe_le__lte=informe_il_y_a(delai, maintenant),
            )
    total = 0
    for cadre_id in _attendus(dus & Q(informe_le__gt=informe_il_y_a(DELAI_REPONSE, maintenant))):
        with transaction.atomic():
            total += _relancer(cadre_id, maintenant)
    return total


def fermer_sans_reponse(maintenant: datetime | None = None) -> int:
    """Close the questions that nobody answered in time; the person may still answer later."""
    maintenant = maintenant or timezone.now()
    total = 0
    for cadre_id in _attendus(Q(informe_le__lte=informe_il_y_a(DELAI_REPONSE, maintenant))):
        with transaction.atomic():
            total += _fermer(cadre_id, maintenant)
    return total


def _attendus(condition: Q) -> list[int]:
    return list(
        Candidature.objects.filter(condition, presents("cadre__"), etat=Etat.INFORME)
        .order_by("cadre_id")
        .values_list("cadre_id", flat=True)
    )


def _en_attente(cadre_id: int) -> Cadre | None:
    """The file under lock, if an answer is still awaited."""
    try:
        cadre = verrouiller(cadre_id)
    except Cadre.DoesNotExist:
        return None
    return cadre if cadre.candidature.etat == Etat.INFORME else None


def _relancer(cadre_id: int, maintenant: datetime) -> bool:
    cadre = _en_attente(cadre_id)
    if cadre is None:
        return False
    candidature = cadre.candidature
    assert candidature.informe_le is not None, "an informed person was informed on a date"
    rappels = rappels_de(cadre.collectivite.demarche.rappel_jours)
    etape = sum(plus_tard(candidature.informe_le, delai) <= maintenant for delai in rappels)
    if etape <= candidature.rappels or fin_du_delai(candidature.informe_le) <= maintenant:
        return False
    if candidature.sans_rappel_depuis is not None or _vient_d_ecrire(cadre, maintenant):
        return False
    candidature.rappels = etape
    candidature.save(update_fields=["rappels"])
    _ecrire(
        "cadres/rappel",
        cadre,
        f"rappel-{etape}",
        arret=SANS_RAPPEL,
        dernier=etape == NB_RAPPELS,
    )
    noter(None, cadre, Actes.RAPPEL, f"Rappel automatique, {rappels[etape - 1].days} jours")
    return True


def _vient_d_ecrire(cadre: Cadre, maintenant: datetime) -> bool:
    """Whether the person received anything since yesterday: the reminder waits for another day."""
    veille = maintenant - timedelta(days=1)
    recents = Courriel.objects.filter(depose_le__gt=veille, depose_le__lte=maintenant)
    return recents.filter(cadre_ref=cadre.pk, destinataire__iexact=cadre.courriel).exists()


def _fermer(cadre_id: int, maintenant: datetime) -> bool:
    cadre = _en_attente(cadre_id)
    if cadre is None:
        return False
    candidature = cadre.candidature
    assert candidature.informe_le is not None, "an informed person was informed on a date"
    if fin_du_delai(candidature.informe_le) > maintenant:
        return False
    candidature.etat = Etat.SANS_REPONSE
    candidature.save(update_fields=["etat"])
    _ecrire("cadres/sans_reponse", cadre, "sans-reponse")
    noter(None, cadre, Actes.SANS_REPONSE, "Question refermée, sans réponse de la personne")
    return True


def _ecrire(gabarit: str, cadre: Cadre, occasion: str, **contexte: Any) -> None:
    informe_le = cadre.candidature.informe_le
    assert informe_le is not None, "an informed person was informed on a date"
    utilisateur = cadre.utilisateur
    courriels.deposer(
        gabarit,
        demarche=cadre.collectivite.demarche,
        destinataire=cadre.courriel,
        # The date it all began: asked again later, the person is reminded again.
        cle=f"cadres_{occasion}:{cadre.pk}:{informe_le.isoformat()}",
        utilisateur=utilisateur,
        cadre_ref=cadre.pk,
        comme=Role.CADRE,
        cadre=cadre,
        collectivite=cadre.collectivite,
        lien=comptes.lien_personnel(cadre) if utilisateur else "",
        premier_acces=comptes.est_a_inviter(cadre),
        volontaire=cadre.candidature.origine == Origine.VOLONTARIAT,
        delai=jour_de_reponse(informe_le),
        **contexte,
    )
