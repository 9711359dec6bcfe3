"""What an act leaves behind: its line of the journal, and the mail to the person."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from icalendar import Event

from cadres.candidature.comptes import adresse_de
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Collectivite
from collectivites.mots import Role
from parcours.invitations import SUITE, deposer_avec, mots_de
from parcours.mots import Actes


def noter(
    acteur: Acteur | None,
    objet: Model,
    acte: Actes,
    libelle: str,
    *,
    cadre: Cadre | None = None,
    collectivite: Collectivite | None = None,
    **suite: Any,
) -> None:
    """One line. `cadre`: whom it is about, which engages their employer unless `collectivite` says
    whom. Without either, the act is common to the four and engages the whole démarche.

    `suite`: what else `journaliser` takes.
    """
    if collectivite is None and cadre is not None:
        collectivite = cadre.collectivite
    if acteur is None and collectivite is not None:  # the clock: a departure that was foreseen
        suite.setdefault("demarche", collectivite.demarche)
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=libelle,
        objet=objet,
        collectivite=collectivite,
        cadre_ref=cadre.pk if cadre is not None else None,
        **suite,
    )


def ecrire(
    gabarit: str, cadre: Cadre, cle: str, *, evenements: Sequence[Event] = (), **contexte: Any
) -> None:
    """One mail to the person, on one occasion (`cle`), and what it changes in their calendar. Reads
    `collectivite.demarche` and `utilisateur` of the cadre: select them."""
    deposer_avec(
        gabarit,
        evenements,
        demarche=cadre.collectivite.demarche,
        destinataire=adresse_de(cadre),
        utilisateur=cadre.utilisateur,
        cadre_ref=cadre.pk,
        cle=cle,
        comme=Role.CADRE,
        cadre=cadre,
        collectivite=cadre.collectivite,
        **contexte,
    )


def dire_une_date(cadre: Cadre, cle: str, evenement: Event) -> None:
    """One date of their calendar, given or taken back, that another mail has explained."""
    ecrire(SUITE, cadre, cle, evenements=[evenement], **mots_de(evenement))
