"""What the cadrage adds to the scene: rows of the Département, or common to all, with their documents."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.models import (
    AccordElus,
    ActionCommunication,
    ClotureEtape,
    ElementsDeLangage,
    EtapeRoute,
    InformationElus,
)
from tests import fabriques as f
from tests.troupe import Troupe


@dataclass
class Cadrage:
    """`etape` is to be done, `close` was closed by the Département."""

    etape: EtapeRoute
    close: EtapeRoute
    cloture: ClotureEtape
    information: InformationElus
    accord: AccordElus
    action: ActionCommunication
    elements: ElementsDeLangage


def monter_le_cadrage(troupe: Troupe, piece: str) -> Cadrage:
    """`piece`: the name of a document that lies in the store."""
    departement, dgs = troupe.departement, troupe.dgs_departement.mandat
    close = f.faire_etape(
        troupe.demarche, departement, -9, intitule="Liste remise", faite_le=f.dans(-9)
    )
    deposee = {"piece": piece, "nom_piece": "piece.pdf"}
    accord = AccordElus.objects.get(collectivite=departement)
    accord.piece = piece
    accord.save()
    return Cadrage(
        etape=f.faire_etape(troupe.demarche, departement, 10),
        close=close,
        cloture=ClotureEtape.objects.create(
            etape=close,
            collectivite=departement,
            faite_le=f.dans(-9),
            preuve="Liste",
            par=dgs,
            **deposee,
        ),
        information=InformationElus.objects.create(
            collectivite=departement,
            qui="Le bureau",
            le=f.dans(-30),
            moyen=InformationElus.Moyen.BUREAU,
            document="Note",
            saisie_par=dgs,
            **deposee,
        ),
        accord=accord,
        action=ActionCommunication.objects.create(
            demarche=troupe.demarche,
            intitule="Presse",
            public=ActionCommunication.Public.PRESSE,
            canal="Conférence",
            collectivite=departement,
            jour=f.dans(20),
            **deposee,
        ),
        elements=ElementsDeLangage.objects.create(
            demarche=troupe.demarche, version=1, texte="Nos mots", redige_par=dgs
        ),
    )
