"""The jobs that print: a draft, then the document that is signed."""

from __future__ import annotations

from typing import Any

from collectivites.travaux.taches import Suivi, travail
from pilotage.models import DocumentElus
from pilotage.tableau_de_bord.publications import actions


@travail(actions.IMPRIMER)
def imprimer_projet(suivi: Suivi, *, document: int) -> dict[str, Any]:
    visibles = DocumentElus.objects.visibles_par(suivi.acteur)
    actions.imprimer(document=visibles.get(pk=document))
    return {"bilan": "Le projet est prêt à être lu."}


@travail(actions.SIGNER)
def signer_document(suivi: Suivi, *, document: int) -> dict[str, Any]:
    visibles = DocumentElus.objects.visibles_par(suivi.acteur)
    signe = actions.signer(acteur=suivi.acteur, document=visibles.get(pk=document))
    return {"bilan": f"Le document n° {signe.reference} est signé et gardé."}
