"""Jobs that lost their worker or their message: offered again, or said to be over."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Tache
from collectivites.refus import exiger
from collectivites.travaux.battement import SILENCE
from collectivites.travaux.horloge import Rythme, a_l_heure, il_y_a
from collectivites.travaux.taches import (
    IMPREVU,
    JAMAIS_COMMENCEE,
    offrir,
    se_reprend,
)

#: A message is lost when nobody came for it so long; offering a job twice does no harm, it runs once.
OFFERTE = timedelta(minutes=1)
#: Once more, and no further: what killed two workers would kill a third.
ESSAIS_MAX = 2
ABANDONNEE = (
    "Le travail s’est interrompu, sans doute parce que le serveur a redémarré. Rien n’a été écrit : "
    "vous pouvez le recommencer."
)


@a_l_heure("collectivites.balayer_taches", "travail(s) repris ou interrompu(s)", rythme=Rythme.VITE)
def balayer_taches() -> int:
    """Take up the jobs whose worker died, offer again those that wait, end those that cannot run."""
    maintenant = timezone.now()
    en_cours = Tache.objects.filter(etat=Tache.Etat.EN_COURS)
    # The clock was set back: silence is counted from now.
    en_cours.filter(battue_le__gt=maintenant + SILENCE).update(battue_le=maintenant)
    mortes = en_cours.filter(
        Q(battue_le__lt=maintenant - SILENCE)
        | Q(battue_le__isnull=True, commencee_le__lt=maintenant - SILENCE)
    )
    reprises = [
        tache
        for tache in mortes.filter(essais__lt=ESSAIS_MAX)
        if se_reprend(tache.nom) and _rendre(tache)
    ]
    jamais = Q(etat=Tache.Etat.ATTENTE, creee_le__lte=maintenant - JAMAIS_COMMENCEE, essais=0)
    finies = _abandonner(mortes) + _abandonner(Tache.objects.filter(jamais))
    attendent = Tache.objects.filter(il_y_a("creee_le", OFFERTE), etat=Tache.Etat.ATTENTE)
    attendent = attendent.order_by("creee_le")
    for tache in dict.fromkeys([*reprises, *attendent[:500]]):
        offrir(tache)
    return len(reprises) + finies


def _rendre(tache: Tache) -> bool:
    """Back among those that wait, unless its worker has finished or beaten meanwhile."""
    return bool(
        Tache.objects.filter(
            pk=tache.pk, etat=Tache.Etat.EN_COURS, essais=tache.essais, battue_le=tache.battue_le
        ).update(etat=Tache.Etat.ATTENTE, commencee_le=None, battue_le=None)
    )


def _abandonner(taches: QuerySet[Tache]) -> int:
    return taches.update(etat=Tache.Etat.ECHOUEE, finie_le=timezone.now(), erreur=ABANDONNEE)


def refus_reprendre(acteur: Acteur, tache: Tache) -> str | None:
    """Why this job cannot be run again by whoever asked for it; None when it can."""
    if tache.etat != Tache.Etat.ECHOUEE:
        return "Ce travail n’est pas interrompu."
    if tache.erreur not in (ABANDONNEE, IMPREVU):
        return "Ce travail s’est arrêté pour une raison qu’un nouvel essai ne changerait pas."
    if not se_reprend(tache.nom):
        return "Ce travail se relance depuis la page qui l’a lancé."
    return None


@transaction.atomic
def reprendre(*, acteur: Acteur, tache: Tache) -> None:
    """Run again, from the start, a job that stopped without writing anything."""
    tache = Tache.objects.select_for_update(of=("self",)).get(pk=tache.pk)
    exiger(refus_reprendre(acteur, tache))
    Tache.objects.filter(pk=tache.pk).update(
        etat=Tache.Etat.ATTENTE,
        finie_le=None,
        commencee_le=None,
        battue_le=None,
        erreur="",
    )
    transaction.on_commit(lambda: offrir(tache), robust=True)
