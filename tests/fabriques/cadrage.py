"""What stands in front of the démarche: the agreement of the élus, the gates, the feuille de route."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from collectivites.models import Collectivite, Demarche
from pilotage.models import AccordElus, EtapeRoute, PassageJalon
from pilotage.mots import Jalon
from tests.fabriques.temps import dans

#: Named by every agreement that is made here, and written by nobody.
NULLE_PART = "cadrage/accordelus/nulle-part.pdf"


def faire_piece(nom: str = "preuve.pdf") -> SimpleUploadedFile:
    """A document that is what it says."""
    return SimpleUploadedFile(nom, b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def faire_accord(collectivite: Collectivite, **champs: Any) -> AccordElus:
    """The élus of one employer agreed, half a year ago. Its document is named, and lies nowhere."""
    return AccordElus.objects.create(**_accord(collectivite) | champs)


def _accord(collectivite: Collectivite) -> dict[str, Any]:
    return {
        "collectivite": collectivite,
        "instance": "Assemblée",
        "le": dans(-180),
        "numero": f"2026-{collectivite.code}",
        "piece": NULLE_PART,
        "nom_piece": "deliberation.pdf",
    }


def ouvrir_les_jalons(demarche: Demarche, collectivites: Iterable[Collectivite]) -> None:
    """Pass every gate as it is passed: the élus of each employer first. Two queries."""
    AccordElus.objects.bulk_create(AccordElus(**_accord(c)) for c in collectivites)
    PassageJalon.objects.bulk_create(
        PassageJalon(demarche=demarche, jalon=jalon) for jalon in Jalon
    )


def fermer_les_jalons(demarche: Demarche) -> None:
    """As on the first day: nothing is agreed to, no gate is passed."""
    PassageJalon.objects.filter(demarche=demarche).delete()
    AccordElus.objects.filter(collectivite__demarche=demarche).delete()


def laisser_ouvrir_une_promotion(demarche: Demarche) -> None:
    """The gate of the promotion after the next one: one is always left to open. Two queries."""
    rang = demarche.promotions.count() + 2
    PassageJalon.objects.get_or_create(demarche=demarche, jalon=Jalon.PROMOTION, rang=rang)


def faire_etape(
    demarche: Demarche, collectivite: Collectivite | None = None, jours: int = 5, **champs: Any
) -> EtapeRoute:
    """A step of one employer, or of all, due in so many days."""
    valeurs = {"intitule": "Note stratégique", "phase": EtapeRoute.Phase.CADRAGE}
    return EtapeRoute.objects.create(
        demarche=demarche, collectivite=collectivite, echeance=dans(jours), **valeurs | champs
    )
