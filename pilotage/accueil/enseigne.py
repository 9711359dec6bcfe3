"""What the login page says of the installation: whom it is for, and of which employers."""

from __future__ import annotations

from typing import Any

from collectivites.communs import lexique
from collectivites.communs.typographie import enumerer
from collectivites.garanties import mur
from collectivites.models import Collectivite
from collectivites.mots import CodeCollectivite, Public


@mur.partout()
def enseigne() -> dict[str, Any]:
    """`employeurs`: the kinds that take part, once each; `promesse`: the sentence that names them.

    One query. Names of kinds alone: who takes part is no secret, but nobody is named at a door.
    """
    lignes = set(Collectivite.objects.values_list("code", "demarche__public"))
    codes = {code for code, _ in lignes}
    presents = [Collectivite(code=code) for code in CodeCollectivite.values if code in codes]
    publics = {public for _, public in lignes}
    with lexique.pour(Public.AGENTS if publics == {Public.AGENTS} else Public.CADRES):
        promesse = lexique.dire("La démarche de mobilité des cadres")
    noms = enumerer([employeur.de_la for employeur in presents])
    return {"employeurs": presents, "promesse": f"{promesse} {noms}.".replace(" .", ".")}
