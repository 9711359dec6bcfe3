"""Writing a line of the journal about a poste, and whatever is said, proposed or decided of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Collectivite, EntreeJournal, Poste
from collectivites.mots import Acte
from opportunites.models import Mobilite, Opportunite, Question, Reserve
from opportunites.mots import Actes

#: A line that engages no collectivité.
TOUTE_LA_DEMARCHE = (None,)


def noter(
    acteur: Acteur | None,
    objet: Model,
    acte: Actes,
    libelle: str,
    *,
    lecteurs: Iterable[Collectivite | None] = (),
    cadre_ref: int | None = None,
    reserve_a_la_personne: bool = False,
    nomme_le_poste: bool = True,
    motif: str = "",
    details: dict[str, Any] | None = None,
    delegue: Acte | None = None,
) -> None:
    """One line for each of `lecteurs`, by default the host of the poste; the side of the author
    reads it too. One that is the person's alone has no other reader.

    The poste ends the sentence, unless `libelle` says all (`nomme_le_poste=False`).
    """
    if reserve_a_la_personne:
        lecteurs = (None,)
    premiere: EntreeJournal | None = None
    for lecteur in tuple(lecteurs) or (poste_de(objet).collectivite,):
        ligne = journaliser(
            acteur=acteur,
            demarche=lecteur.demarche if acteur is None and lecteur is not None else None,
            acte=acte,
            libelle=f"{libelle} : {poste_de(objet).intitule}" if nomme_le_poste else libelle,
            objet=objet,
            collectivite=lecteur,
            cadre_ref=cadre_ref,
            motif=motif,
            details=details,
            delegue=delegue,
            reserve_a_la_personne=reserve_a_la_personne,
            suite_de=premiere,
        )
        premiere = premiere or ligne


def poste_de(objet: Any) -> Poste:
    """The poste that the object is about. Reads the relations that lead to it: select them."""
    match objet:
        case Mobilite():
            return objet.poste_accueil
        case Opportunite():
            return objet.poste
        case Question() | Reserve():
            return poste_de(objet.proposition)
    return poste_de(objet.opportunite)
