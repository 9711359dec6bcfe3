"""Chaining the lines of the journal, and forgetting their texts.

The database gives each line its link (a trigger, see `garanties.gardes`) with a salt and its own
clock; the link gets its place once the act is committed, in a short transaction of its own. A lock
held from the line to the end of the act would make every act of a démarche wait for the slowest,
and die by deadlock where several people are locked in turn. What a crash leaves unchained is chained
with the next line, or by the clock.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, connections, transaction

from collectivites.chaine import calcul
from collectivites.models import Demarche, EntreeJournal, MaillonJournal

#: Links written in one transaction.
PAR_LOT = 500


def chainer_apres(demarche_id: int) -> None:
    """Chain the démarche's new lines once this transaction is committed. An accident is logged, and
    the act stands."""
    # Not a partial: Django, which names what failed, finds no name in one, and raises.
    transaction.on_commit(lambda: chainer(demarche_id), robust=True)


def chainer(demarche_id: int) -> int:
    """Give the lines of a démarche that wait for it their place in its chain. Returns their number."""
    total = 0
    attente = MaillonJournal.objects.filter(demarche=demarche_id, numero=None)
    while attente.exists():
        faits = _chainer_un_lot(demarche_id)
        if not faits:
            break  # links whose line is no longer there: the verification will say so
        total += faits
    return total


@transaction.atomic
def _chainer_un_lot(demarche_id: int) -> int:
    # The lock of the chain: two who chain at once would give two lines the same place. It is taken
    # alone and last, and a NO KEY lock lets other rows refer to the démarche.
    Demarche.objects.select_for_update(no_key=True).only("pk").get(pk=demarche_id)
    siens = MaillonJournal.objects.filter(demarche=demarche_id)
    dernier = siens.exclude(numero=None).order_by("-numero").first()
    numero, precedente = (dernier.numero or 0, dernier.empreinte) if dernier else (0, "")
    # From the links, whose index holds those that wait alone: from the lines, all of them would be read.
    attente = siens.filter(numero=None).select_related("entree")
    lot = list(attente.order_by("entree_id")[:PAR_LOT])
    cle = calcul.cle_du_jour()
    for maillon in lot:
        ligne = maillon.entree
        numero += 1
        maillon.numero = numero
        maillon.engagement = calcul.engager(cle, maillon, ligne)
        maillon.empreinte = calcul.empreinte(cle, maillon, ligne, precedente)
        precedente = maillon.empreinte
    _placer(lot)
    return len(lot)


def _placer(maillons: Iterable[MaillonJournal]) -> None:
    """One statement, run for each: `bulk_update` writes a CASE of every key for each column, which costs
    thirty times as much."""
    with connection.cursor() as curseur:
        curseur.executemany(
            "UPDATE collectivites_maillonjournal SET numero = %s, engagement = %s, empreinte = %s"
            " WHERE entree_id = %s",
            [(m.numero, m.engagement, m.empreinte, m.entree_id) for m in maillons],
        )


def chainer_partout() -> int:
    """Chain what a crash left behind, in every démarche."""
    attendent = MaillonJournal.objects.filter(numero=None).order_by().values_list("demarche")
    return sum(chainer(demarche) for (demarche,) in attendent.distinct())


def reprendre(demarche: Demarche) -> None:
    """Chain lines that tell of a past this base did not see (a demo, an import of another tool): the
    chain says that it does not vouch for their dates."""
    MaillonJournal.objects.filter(demarche=demarche, numero=None).update(reprise=True)
    chainer(demarche.pk)


def oublier(lignes: Iterable[EntreeJournal]) -> None:
    """The texts of these lines have just been erased: drop their salts, and commit to what is left.

    Inside a purge (`PurgeEnCours`): nothing else may change a link that has its place.
    """
    cle = calcul.cle_du_jour()
    effacees = {ligne.pk: ligne for ligne in lignes}
    maillons = list(
        MaillonJournal.objects.filter(entree__in=effacees).exclude(numero=None).order_by("pk")
    )
    for maillon in maillons:
        maillon.sel = ""
        maillon.oubli = calcul.engager_l_oubli(cle, maillon, effacees[maillon.entree_id])
    MaillonJournal.objects.bulk_update(maillons, ["sel", "oubli"], batch_size=PAR_LOT)


def chainer_au_demarrage(using: str = "default", **_: object) -> None:
    """After `migrate`: what the journal held before it had a chain."""
    if "collectivites_maillonjournal" in connections[using].introspection.table_names():
        chainer_partout()
