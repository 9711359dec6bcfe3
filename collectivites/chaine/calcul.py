"""The keyed hashes of the chain of the journal: pure calculation, no query.

A link (`MaillonJournal`) hashes the fields of its line, an engagement on its texts, and the link
before. The key (`settings.QUATUOR_CLES_JOURNAL`) stays out of the database: whoever rewrites the
base cannot compute the chain again. The engagement takes a salt: once the salt is dropped
(`engager_l_oubli`), nobody can try texts against it, and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collectivites.models import EntreeJournal, MaillonJournal

#: What is hashed, and how. Written into each hash: a later version may tell the former ones.
VERSION = 1
#: Characters of a head as it is printed: 64 bits, which nobody finds without the key.
TETE = 16


def _sceau(cle: str, genre: str, valeurs: list[Any]) -> str:
    texte = json.dumps([VERSION, genre, *valeurs], sort_keys=True, separators=(",", ":"))
    return hmac.new(cle.encode(), texte.encode(), hashlib.sha256).hexdigest()


def _textes(entree: EntreeJournal) -> list[Any]:
    return [entree.libelle, entree.motif, entree.details]


def _champs(entree: EntreeJournal) -> list[Any]:
    """Who, what, when, of whom: what no purge touches."""
    return [
        entree.pk,
        entree.demarche_id,
        entree.collectivite_id,
        entree.auteur_id,
        entree.role,
        entree.au_nom_de_id,
        entree.delegation_id,
        entree.suite_de_id,
        entree.acte,
        entree.objet_type,
        entree.objet_id,
        entree.cadre_ref,
        entree.reserve_a_la_personne,
        _instant(entree.quand),
    ]


def _instant(quand: Any) -> str:
    return f"{quand.timestamp():.6f}"


def cle_du_jour() -> str:
    """The key that writes: the first one."""
    return settings.QUATUOR_CLES_JOURNAL[0]


def engager(cle: str, maillon: MaillonJournal, entree: EntreeJournal) -> str:
    """The engagement on the texts of a line, under its salt."""
    return _sceau(cle, "textes", [maillon.sel, entree.pk, _textes(entree)])


def engager_l_oubli(cle: str, maillon: MaillonJournal, entree: EntreeJournal) -> str:
    """What a purge leaves: the texts as they are now, under the key. Without it, nobody can pass a
    rewriting for a purge."""
    return _sceau(cle, "oubli", [maillon.empreinte, entree.pk, _textes(entree)])


def empreinte(cle: str, maillon: MaillonJournal, entree: EntreeJournal, precedente: str) -> str:
    """The hash of a link: its line, its place, and the link before."""
    return _sceau(
        cle,
        "maillon",
        [
            maillon.numero,
            maillon.reprise,
            _instant(maillon.inscrit_le),
            maillon.engagement,
            _champs(entree),
            precedente,
        ],
    )


def textes_tenus(maillon: MaillonJournal, entree: EntreeJournal) -> bool:
    """Whether the texts are those that were written, or those that a purge left."""
    ecrits, calculer = (
        (maillon.engagement, engager) if maillon.sel else (maillon.oubli, engager_l_oubli)
    )
    return any(
        hmac.compare_digest(ecrits, calculer(cle, maillon, entree))
        for cle in settings.QUATUOR_CLES_JOURNAL
    )


def maillon_tenu(maillon: MaillonJournal, entree: EntreeJournal, precedente: str) -> bool:
    """Whether the link is that of its line, after the one before."""
    return any(
        hmac.compare_digest(maillon.empreinte, empreinte(cle, maillon, entree, precedente))
        for cle in settings.QUATUOR_CLES_JOURNAL
    )


def imprimer(empreinte: str) -> str:
    """A head as paper shows it: « a1b2-c3d4-e5f6-a7b8 »."""
    return "-".join(empreinte[i : i + 4] for i in range(0, min(len(empreinte), TETE), 4))
