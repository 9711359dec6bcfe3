"""When people are asked: the clock opens the evaluations, invites, and reminds once.

The dates are those of the session or of the promotion, the same for all: asked each at their own date,
the answers would come one by one, and an urn with one answer hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.calendrier import decaler, minuit
from collectivites.travaux.courriels import deja_deposes
from parcours.apres.evaluation.actions import ouvrir
from parcours.apres.evaluation.requetes import invites
from parcours.models import Evaluation, Participation, Promotion, Session
from parcours.models.apres.evaluation import REPONSES_MINIMUM
from parcours.mots import EtatPlace, EtatSession
from parcours.mots import NatureEvaluation as N
from parcours.suites import ecrire

#: Days during which one may answer, the first included.
DUREES = {N.SESSION: 14, N.PROMOTION: 28, N.SIX_MOIS: 28, N.DOUZE_MOIS: 28}
#: Months after the end of the promotion.
ECHEANCES = {N.PROMOTION: 0, N.SIX_MOIS: 6, N.DOUZE_MOIS: 12}
#: A clock that did not run makes up for it until so many days after; later, nobody is asked any more.
RATTRAPAGE = timedelta(days=30)
#: Those who did not answer are reminded once, so many days before the last.
RAPPEL = timedelta(days=5)
INVITATION, RELANCE = "evaluation/invitation", "evaluation/rappel"


@dataclass(frozen=True)
class _Due:
    nature: str
    sur: dict[str, Any]


def ouvrir_les_dues() -> int:
    """Open what is due today. Fewer people than would be published: they are not asked for nothing."""
    ouvertes = 0
    aujourdhui = timezone.localdate()
    for due in [*_sessions(aujourdhui), *_promotions(aujourdhui)]:
        with transaction.atomic():
            ouvrir(
                due.nature,
                ouverte_le=aujourdhui,
                jusqu_au=aujourdhui + timedelta(days=DUREES[N(due.nature)] - 1),
                **due.sur,
            )
        ouvertes += 1
    return ouvertes


def _sessions(aujourdhui: date) -> Iterator[_Due]:
    """Held, their sheet closed."""
    tenues = (
        Session.objects.filter(
            etat=EtatSession.TENUE,
            fin__gte=minuit(aujourdhui - RATTRAPAGE),
            evaluations__isnull=True,
        )
        .select_related("prestation__collectivite__demarche")
        .annotate(venus=Count("inscriptions", filter=Q(inscriptions__etat=EtatPlace.PRESENT)))
        .order_by("pk")
    )
    for session in tenues:
        demarche = session.prestation.collectivite.demarche
        if session.venus >= max(REPONSES_MINIMUM, demarche.seuil_secret):
            yield _Due(N.SESSION, {"session": session, "demarche": demarche})


def demandee_le(fin: date, nature: str) -> date:
    """The first day on which a promotion that ends on `fin` is asked."""
    return decaler(fin, mois=ECHEANCES[N(nature)]) + timedelta(days=1)


def _promotions(aujourdhui: date) -> Iterator[_Due]:
    """The day after their end, then six and twelve months after it."""
    for nature, mois in ECHEANCES.items():
        au = decaler(aujourdhui, mois=-mois)
        promotions = (
            Promotion.objects.filter(
                ~Exists(Evaluation.objects.filter(promotion=OuterRef("pk"), nature=nature)),
                date_fin__gte=au - RATTRAPAGE,
                date_fin__lt=au,
            )
            .select_related("demarche")
            .order_by("pk")
        )
        for promotion in promotions:
            assez = max(REPONSES_MINIMUM, promotion.demarche.seuil_secret)
            essai = Evaluation(promotion=promotion, nature=nature)
            if invites(essai).count() >= assez:
                yield _Due(nature, {"promotion": promotion, "demarche": promotion.demarche})


def inviter() -> int:
    """Write to those who are asked, then once to those who have not answered. Returns how many mails
    are new; each under a key that says the occasion."""
    ecrits = 0
    evaluations = Evaluation.objects.ouvertes().select_related("promotion", "session__prestation")
    for evaluation in evaluations.order_by("pk"):
        ecrits += _ecrire_a(INVITATION, evaluation, invites(evaluation))
        if timezone.localdate() >= evaluation.jusqu_au - RAPPEL:
            ecrits += _ecrire_a(RELANCE, evaluation, _muets(evaluation))
    return ecrits


def _muets(evaluation: Evaluation) -> Any:
    ont_repondu = Participation.objects.filter(evaluation=evaluation, cadre=OuterRef("pk"))
    return invites(evaluation).filter(~Exists(ont_repondu))


def _ecrire_a(gabarit: str, evaluation: Evaluation, cadres: Iterable[Cadre]) -> int:
    lus: Any = cadres
    par_cle = {
        f"{evaluation.pk}:{cadre.pk}": cadre
        for cadre in lus.select_related("utilisateur", "collectivite__demarche")
    }
    deja = deja_deposes(gabarit, par_cle)
    nouvelles = {cle: cadre for cle, cadre in par_cle.items() if cle not in deja}
    for cle, cadre in nouvelles.items():
        with transaction.atomic():
            ecrire(gabarit, cadre, cle, evaluation=evaluation)
    return len(nouvelles)
