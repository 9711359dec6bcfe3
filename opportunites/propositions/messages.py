"""The mail that announces a proposition: the same text is shown before it leaves."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any

from collectivites.acteurs.acteur import Acteur
from collectivites.travaux.courriels import Texte, composer
from opportunites.communs.courriels import lien_proposition
from opportunites.models import Proposition

ENVOI = "propositions/envoyee"


def de_l_envoi(acteur: Acteur, proposition: Proposition) -> dict[str, Any]:
    """What it says, in the name of whoever sends it. Reads the poste, its employer."""
    poste = proposition.opportunite.poste
    return {
        "de": acteur,
        "proposition": proposition,
        "poste": poste,
        "accueil": poste.collectivite,
        "lien": lien_proposition(proposition),
    }


def apercu_de_l_envoi(acteur: Acteur, proposition: Proposition, limite: datetime) -> Texte:
    """The mail as « Envoyer » would send it now, with that date."""
    datee = copy(proposition)
    datee.repondre_avant = limite
    cadre = datee.cadre
    return composer(
        ENVOI,
        demarche=cadre.collectivite.demarche,
        collectivite=datee.opportunite.poste.collectivite,
        cadre=cadre,
        **de_l_envoi(acteur, datee),
    )
