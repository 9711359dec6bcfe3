"""Is the journal the one that was written? Against its own chain, and against a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from collectivites.chaine import calcul
from collectivites.communs.typographie import compter, date_texte
from collectivites.models import Demarche, EntreeJournal, MaillonJournal

#: Between the date that a line bears and the clock of the database: long jobs, and no more.
ECART_DES_DATES = timedelta(hours=1)
PAR_LOT = 2000


@dataclass(frozen=True)
class Empreinte:
    """Where a journal stood: the head of its chain, how many lines, the day of the last one."""

    tete: str
    compte: int
    jour: date | None

    def __str__(self) -> str:
        """As it is printed, and as `verifier_journal --contre` reads it."""
        return f"{self.tete} {self.compte} {self.jour:%d/%m/%Y}" if self.jour else "aucune ligne"


@dataclass
class Verdict:
    """What a verification found. `dates`: lines that the chain holds, dated otherwise than by the
    clock of the database."""

    compte: int = 0
    tete: str = ""
    ruptures: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)

    @property
    def tient(self) -> bool:
        return not self.ruptures and not self.dates


def empreinte_du_journal(demarche: Demarche, avant: datetime | None = None) -> Empreinte:
    """The head of the démarche's journal as it stood at midnight (or `avant`). Two queries at most.

    Not that of this minute: it moves with each act, including those that are the person's alone, and
    whoever watched it would learn when somebody answers.
    """
    avant = avant or timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    dernier = (
        MaillonJournal.objects.filter(Q(inscrit_le__lt=avant) | Q(reprise=True), demarche=demarche)
        .exclude(numero=None)
        .order_by("-numero")
        .first()
    )
    if dernier is None:
        return Empreinte("", 0, None)
    return Empreinte(calcul.imprimer(dernier.empreinte), dernier.numero or 0, _jour(dernier))


def lire(texte: str) -> Empreinte | None:
    """What a paper says: « a1b2-c3d4-e5f6-a7b8 1234 30/11/2026 ». None when it is not one."""
    trouve = re.fullmatch(
        r"\s*([0-9a-fA-F-]{8,79})\s+([\d\s]+?)\s+(\d{2})/(\d{2})/(\d{4})\s*", texte
    )
    if trouve is None:
        return None
    tete, compte, jour, mois, annee = trouve.groups()
    try:
        quand = date(int(annee), int(mois), int(jour))
    except ValueError:
        return None
    return Empreinte(tete.lower(), int(re.sub(r"\s", "", compte)), quand)


def verifier(demarche: Demarche, contre: Empreinte | None = None) -> Verdict:
    """Read the whole chain of a démarche, and compare it with what a paper says."""
    verdict = Verdict()
    precedente = ""
    for maillon, entree in _maillons(demarche):
        verdict.compte += 1
        if maillon.numero != verdict.compte:
            manquent = (maillon.numero or 0) - verdict.compte
            verdict.ruptures.append(
                f"Il manque {compter(manquent, 'ligne')} avant la ligne {maillon.numero}."
            )
            verdict.compte = maillon.numero or 0
        _verifier_un(verdict, maillon, entree, precedente)
        precedente = maillon.empreinte
    verdict.tete = calcul.imprimer(precedente)
    _verifier_les_lignes(verdict, demarche)
    if contre is not None:
        _comparer(verdict, demarche, contre)
    return verdict


def _maillons(demarche: Demarche) -> Iterator[tuple[MaillonJournal, EntreeJournal | None]]:
    """Each link in its order, with its line, if it is still there."""
    maillons = MaillonJournal.objects.filter(demarche=demarche).exclude(numero=None)
    dernier = 0
    while lot := list(maillons.filter(numero__gt=dernier).order_by("numero")[:PAR_LOT]):
        entrees = EntreeJournal.objects.in_bulk([m.entree_id for m in lot])
        for maillon in lot:
            yield maillon, entrees.get(maillon.entree_id)
        dernier = lot[-1].numero or 0


def _verifier_un(
    verdict: Verdict, maillon: MaillonJournal, entree: EntreeJournal | None, precedente: str
) -> None:
    numero = maillon.numero
    if entree is None:
        verdict.ruptures.append(f"La ligne {numero} a été supprimée.")
        return
    if not calcul.textes_tenus(maillon, entree):
        verdict.ruptures.append(f"Le texte de la ligne {numero} n’est pas celui qui a été écrit.")
    if not calcul.maillon_tenu(maillon, entree, precedente):
        verdict.ruptures.append(f"La ligne {numero} ne suit pas la précédente, ou a été modifiée.")
    if not maillon.reprise and abs(entree.quand - maillon.inscrit_le) > ECART_DES_DATES:
        verdict.dates.append(
            f"La ligne {numero} porte la date du {_date(entree.quand)} ; elle a été inscrite le "
            f"{_date(maillon.inscrit_le)}."
        )


def _verifier_les_lignes(verdict: Verdict, demarche: Demarche) -> None:
    """Lines outside the chain, links without a line."""
    hors = EntreeJournal.objects.filter(demarche=demarche, maillon=None).count()
    if hors:
        verdict.ruptures.append(f"Hors de la chaîne : {compter(hors, 'ligne')}.")
    attendent = MaillonJournal.objects.filter(demarche=demarche, numero=None)
    perdues = attendent.exclude(entree__in=EntreeJournal.objects.values("pk")).count()
    if perdues:
        verdict.ruptures.append(f"Supprimées avant d’être chaînées : {compter(perdues, 'ligne')}.")


def _comparer(verdict: Verdict, demarche: Demarche, contre: Empreinte) -> None:
    maillon = MaillonJournal.objects.filter(demarche=demarche, numero=contre.compte).first()
    if maillon is None:
        verdict.ruptures.append(
            f"Le document compte {compter(contre.compte, 'ligne')}, le journal {verdict.compte} : "
            "sa fin a été supprimée."
        )
    elif not maillon.empreinte.startswith(contre.tete.replace("-", "")):
        verdict.ruptures.append(
            f"À la ligne {contre.compte}, la chaîne n’est pas celle du document : le journal a été "
            "récrit."
        )
    elif _jour(maillon) != contre.jour:
        verdict.ruptures.append(
            f"La ligne {contre.compte} a été inscrite le {_date(maillon.inscrit_le)}, et non à la "
            "date que dit le document."
        )


def _jour(maillon: MaillonJournal) -> date:
    return timezone.localtime(maillon.inscrit_le).date()


def _date(quand: datetime) -> str:
    return date_texte(timezone.localtime(quand).date())
