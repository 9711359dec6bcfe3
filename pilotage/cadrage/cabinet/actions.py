"""The seat of a consulting firm across the employers: given, ended; what it deposits there."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte, de
from collectivites.comptes.adresses.rattachement import a_l_adresse
from collectivites.comptes.invitations import lien_invitation
from collectivites.journal import journaliser
from collectivites.models import Demarche, Mandat
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.courriels import deposer
from opportunites.communs.pieces import verifier
from pilotage.cadrage.cabinet.predicats import (
    refus_deposer,
    refus_finir,
    refus_inviter,
    refus_retirer,
)
from pilotage.cadrage.suites import ecrire_aux_directions
from pilotage.models import DocumentCabinet
from pilotage.mots import Actes


def inviter(
    *, acteur: Acteur, prenom: str, nom: str, courriel: str, fin: date, motif: str
) -> Mandat:
    """Somebody of the firm sits in the démarche until a day, included. All the DGS are told."""
    exiger(refus_inviter(acteur))
    demarche = Demarche.objects.select_for_update().get(pk=acteur.demarche.pk)
    aujourdhui = timezone.localdate()
    if not aujourdhui <= fin <= demarche.date_fin:
        raise ActionImpossible("L’accès finit entre aujourd’hui et le dernier jour de la démarche.")
    _refuser_qui_est_deja_la(acteur, courriel)
    coachs = Mandat.objects.filter(role=Role.ACCOMPAGNATEUR, collectivite__demarche=demarche)
    personne = a_l_adresse(courriel, prenom, nom, connus=coachs)
    mandat = Mandat.objects.create(
        utilisateur=personne, collectivite=acteur.collectivite, role=Role.CABINET, fin=fin
    )
    libelle = f"Cabinet conseil invité : {personne.nom_complet}, jusqu’au {date_texte(fin)}"
    _noter(acteur, mandat, Actes.CABINET_INVITE, libelle, motif)
    deposer(
        "cabinet/bienvenue",
        demarche=demarche,
        destinataire=personne.email,
        utilisateur=personne,
        cle=f"cabinet_invite:{mandat.pk}",
        comme=mandat,
        de=acteur,
        personne=personne,
        par=acteur,
        fin=fin,
        lien="" if personne.a_une_entree else lien_invitation(personne),
    )
    _dire_aux_dgs(acteur, libelle, motif)
    return mandat


def _refuser_qui_est_deja_la(acteur: Acteur, courriel: str) -> None:
    """Whom the pages of this DGS name already: those who act for their employer, those of the firm. Of
    anybody else an address tells nothing; the person is refused, not the DGS (`rattachement`)."""
    adresse = courriel.strip().lower()
    ici = Mandat.objects.en_vigueur().filter(
        Q(utilisateur__email__iexact=adresse) | Q(utilisateur__adresse_a_confirmer=adresse)
    )
    if ici.filter(role__in=ROLES_EMPLOYEUR, collectivite=acteur.collectivite).exists():
        raise ActionImpossible(
            "Cette adresse ne peut pas recevoir ce rôle : donnez celle d’une personne du cabinet."
        )
    siege = ici.filter(role=Role.CABINET, collectivite__demarche=acteur.demarche)
    if deja := siege.select_related("utilisateur").first():
        raise ActionImpossible(f"{deja.utilisateur.nom_complet} a déjà un siège dans la démarche.")


def finir(*, acteur: Acteur, mandat: Mandat, motif: str) -> None:
    """The seat ends this evening; the person, and all the DGS, are told."""
    mandat = (
        Mandat.objects.select_for_update(of=("self",))
        .select_related("utilisateur", "collectivite__demarche")
        .get(pk=mandat.pk)
    )
    exiger(refus_finir(acteur, mandat))
    mandat.fin = max(timezone.localdate(), mandat.debut)
    mandat.save(update_fields=["fin"])
    libelle = f"Siège du cabinet conseil {de(mandat.utilisateur.nom_complet)} : fin ce soir"
    _noter(acteur, mandat, Actes.CABINET_FINI, libelle, motif)
    deposer(
        "cabinet/fin",
        demarche=acteur.demarche,
        destinataire=mandat.utilisateur.email,
        utilisateur=mandat.utilisateur,
        cle=f"cabinet_fini:{mandat.pk}",
        de=acteur,
        personne=mandat.utilisateur,
        par=acteur,
    )
    _dire_aux_dgs(acteur, libelle, motif)


def deposer_un_document(
    *, acteur: Acteur, titre: str, usage: str, piece: UploadedFile
) -> DocumentCabinet:
    """For the DGS and the DRH of all the employers."""
    exiger(refus_deposer(acteur))
    verifier(piece)
    document = DocumentCabinet.objects.create(
        demarche=acteur.demarche,
        titre=titre,
        usage=usage,
        piece=piece,
        nom_piece=piece.name or "document",
        depose_par=acteur.mandat,
    )
    _noter(acteur, document, Actes.CABINET_DOCUMENT, f"Document du cabinet : {titre}")
    return document


def retirer_un_document(*, acteur: Acteur, document: DocumentCabinet) -> None:
    """It is read no more; the journal keeps that it was there."""
    document = DocumentCabinet.objects.select_for_update().get(pk=document.pk)
    exiger(refus_retirer(acteur, document))
    document.retire_le = timezone.now()
    document.save(update_fields=["retire_le"])
    _noter(
        acteur, document, Actes.CABINET_RETRAIT, f"Document du cabinet retiré : {document.titre}"
    )


def _noter(
    acteur: Acteur,
    objet: Mandat | DocumentCabinet,
    acte: Actes,
    libelle: str,
    motif: str = "",
) -> None:
    journaliser(
        acteur=acteur, acte=acte, libelle=libelle, objet=objet, collectivite=None, motif=motif
    )


def _dire_aux_dgs(acteur: Acteur, libelle: str, motif: str) -> None:
    ecrire_aux_directions(
        "cabinet/annonce",
        acteur=acteur,
        occasion=f"cabinet_annonce:{uuid4()}",
        libelle=libelle,
        motif=motif,
    )
