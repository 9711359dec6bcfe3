"""Word models of a collectivité, and letters that wait."""

from __future__ import annotations

import io
from functools import cache

from docx import Document

from collectivites.acteurs.acteur import Acteur
from opportunites.dossier.modeles.champs import champs_de
from opportunites.dossier.modeles.fournis import PAR_CODE, en_docx
from opportunites.dossier.modeles.grammaire import lire
from opportunites.dossier.signature.manifeste import etablir
from opportunites.models import (
    DossierASigner,
    Fournee,
    LettreFaite,
    Mobilite,
    ModeleWord,
    RetourSigne,
)
from tests.fabriques.temps import dans


def faire_docx(*paragraphes: str, entete: str = "") -> bytes:
    """A Word document that says just that."""
    document = Document()
    for texte in paragraphes:
        document.add_paragraph(texte)
    if entete:
        document.sections[0].header.paragraphs[0].text = entete
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


_fourni = cache(lambda code: en_docx(PAR_CODE[code]))


def faire_modele(acteur: Acteur, code: str = "arrete-mutation", contenu: bytes = b"") -> ModeleWord:
    """One of the starting points, deposited as it is, or another document of the same kind."""
    fourni = PAR_CODE[code]
    document = contenu or _fourni(code)
    return ModeleWord.objects.create(
        collectivite=acteur.collectivite,
        genre=fourni.genre,
        nom=fourni.nom,
        nom_fichier=f"{code}.docx",
        contenu=document,
        champs=list(lire(document, champs_de(fourni.genre)).cles),
        depose_par=acteur.mandat,
    )


def faire_fournee(acteur: Acteur, modele: ModeleWord, *cadres: object) -> Fournee:
    """Letters made a moment ago, about them."""
    fournee = Fournee.objects.create(
        modele=modele, forme="docx", contenu=faire_docx("Fait."), demandee_par=acteur.mandat
    )
    for cadre in cadres:
        LettreFaite.objects.create(fournee=fournee, cadre=cadre)
    return fournee


def faire_dossier_a_signer(acteur: Acteur, mobilite: Mobilite, piece: str) -> DossierASigner:
    """A folder that left, whose file is `piece`: nothing is printed."""
    reference = f"S-{mobilite.pk}-ABC123"
    return DossierASigner.objects.create(
        mobilite=mobilite,
        reference=reference,
        piece=piece,
        empreinte="0" * 64,
        manifeste=etablir(acteur, mobilite, reference, []),
        garde_jusqu_au=dans(900),
        fait_par=acteur.mandat,
    )


def faire_retour_signe(acteur: Acteur, dossier: DossierASigner, piece: str) -> RetourSigne:
    """What came back of it, signed today."""
    return RetourSigne.objects.create(
        dossier=dossier,
        piece=piece,
        empreinte="1" * 64,
        constat="intact",
        signatures=[{"nom": "Dora Fabre", "le": dans(0).isoformat(), "lu": True}],
        depose_par=acteur.mandat,
    )
