"""Making a folder to sign; putting the signed file back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.files.base import ContentFile

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.journal import noter
from opportunites.dossier.signature import composition
from opportunites.dossier.signature.manifeste import Piece, etablir
from opportunites.dossier.signature.predicats import refus_faire_signer, refus_remettre
from opportunites.dossier.signature.retour import Comparaison, empreinte
from opportunites.models import DossierASigner, Mobilite, RetourSigne
from opportunites.mots import CONSTATS_A_ASSUMER, Actes

#: Folders of one move, and signed files of one folder: more are a mistake, or a loop.
DOSSIERS_MAX, RETOURS_MAX = 20, 20


def faire_signer(
    *, acteur: Acteur, mobilite: Mobilite, objet: str, annexes: Iterable[Piece] = ()
) -> DossierASigner:
    """A PDF to sign, with the papers of the move and what was joined. It is kept byte for byte."""
    verrouillee = verrous.mobilite(mobilite.pk)
    exiger(refus_faire_signer(acteur, verrouillee))
    if verrouillee.dossiers_a_signer.count() >= DOSSIERS_MAX:
        raise ActionImpossible(f"Cette mobilité a déjà {DOSSIERS_MAX} dossiers à signer.")
    reference = composition.numeroter(verrouillee)
    pieces = [*composition.pieces_de_la_mobilite(acteur, verrouillee), *annexes]
    manifeste = etablir(acteur, verrouillee, reference, pieces)
    contenu = composition.composer(verrouillee, manifeste, objet, pieces, acteur.collectivite)
    dossier = DossierASigner(
        mobilite=verrouillee,
        reference=reference,
        empreinte=empreinte(contenu),
        manifeste=manifeste,
        garde_jusqu_au=date.fromisoformat(manifeste["conservation"]["jusqu_au"]),
        fait_par=acteur.mandat,
    )
    dossier.piece.save(f"{reference}.pdf", ContentFile(contenu), save=False)
    dossier.save()
    _noter(acteur, verrouillee, Actes.DOSSIER_A_SIGNER, f"Dossier à signer n° {reference}", dossier)
    return dossier


def remettre(
    *,
    acteur: Acteur,
    dossier: DossierASigner,
    contenu: bytes,
    comparaison: Comparaison,
    signataires: str = "",
    signe_le: date | None = None,
    malgre: bool = False,
) -> RetourSigne:
    """The signed file, with what was found of it: who signed, when, what differs."""
    verrouillee = verrous.mobilite(dossier.mobilite_id)
    exiger(refus_remettre(acteur, dossier))
    if comparaison.constat in CONSTATS_A_ASSUMER and not malgre:
        raise ActionImpossible("Dites que vous avez lu ce qui diffère avant de garder ce fichier.")
    if dossier.retours.count() >= RETOURS_MAX:
        raise ActionImpossible(f"Ce dossier a déjà {RETOURS_MAX} fichiers signés.")
    signatures = [{"nom": s.nom, "le": s.le, "lu": True} for s in comparaison.signatures]
    if signataires and signe_le is not None:
        signatures.append({"nom": signataires, "le": signe_le.isoformat(), "lu": False})
    if not signatures:
        raise ActionImpossible("Dites qui a signé, et quand.")
    retour = RetourSigne(
        dossier=dossier,
        empreinte=empreinte(contenu),
        constat=comparaison.constat,
        ecarts=comparaison.ecarts,
        signatures=signatures,
        depose_par=acteur.mandat,
    )
    if dossier.retours.filter(empreinte=retour.empreinte).exists():
        raise ActionImpossible("Ce fichier signé est déjà au dossier.")
    retour.piece.save("signe.pdf", ContentFile(contenu), save=False)
    retour.save()
    libelle = f"Dossier n° {dossier.reference} signé : {retour.get_constat_display().lower()}"
    _noter(acteur, verrouillee, Actes.DOSSIER_SIGNE, libelle, retour)
    return retour


def _noter(
    acteur: Acteur,
    mobilite: Mobilite,
    acte: Actes,
    libelle: str,
    objet: DossierASigner | RetourSigne,
) -> None:
    noter(
        acteur,
        mobilite,
        acte,
        libelle,
        lecteurs=[mobilite.collectivite_accueil, mobilite.collectivite_origine],
        cadre_ref=mobilite.cadre_id,
        nomme_le_poste=False,
        details={"empreinte": objet.empreinte},
    )


def oublier(cadre: Cadre) -> None:
    """Both name the person on every page: rows go, and their files with them (`effacer_la_piece`)."""
    DossierASigner.objects.filter(mobilite__cadre=cadre).delete()
