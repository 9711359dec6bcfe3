"""Preparing a document for élus, rewriting it, signing it. Printing is a job: `travaux`."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs import pdf
from collectivites.journal import journaliser
from collectivites.models import Collectivite, Tache
from collectivites.refus import exiger
from collectivites.travaux.taches import lancer
from parcours.models import Promotion
from pilotage.indicateurs.protection.arretes import arreter
from pilotage.models import DocumentElus
from pilotage.mots import Actes, EtatDocument
from pilotage.tableau_de_bord.publications.documents import rendre, titre_de
from pilotage.tableau_de_bord.publications.predicats import (
    refus_modifier,
    refus_preparer,
    refus_signer,
)

IMPRIMER, SIGNER = "pilotage.imprimer_projet", "pilotage.signer_document"


def preparer(
    *,
    acteur: Acteur,
    genre: str,
    jour: date,
    promotion: Promotion | None = None,
    **textes: str,
) -> DocumentElus:
    """A draft on the figures of the day, and its printing; a bilan is of a `promotion`."""
    exiger(refus_preparer(acteur))
    document = DocumentElus.objects.create(
        arrete=arreter(acteur=acteur, jour=jour),
        collectivite=acteur.collectivite,
        genre=genre,
        promotion=promotion,
        cree_par=acteur.mandat,
        **textes,
    )
    _imprimer(acteur, document)
    return document


def modifier(*, acteur: Acteur, document: DocumentElus, **textes: str) -> DocumentElus:
    """Other words on the same figures. The former draft is printed again."""
    document = _verrouiller(document)
    exiger(refus_modifier(acteur, document))
    for champ, texte in textes.items():
        setattr(document, champ, texte)
    document.projet = b""
    document.save()
    _imprimer(acteur, document)
    return document


def demander_la_signature(*, acteur: Acteur, document: DocumentElus) -> Tache:
    """The DGS signs: the job numbers, prints and keeps. Until it is done, the draft stays one."""
    document = _verrouiller(document)
    exiger(refus_signer(acteur, document))
    tache = lancer(
        SIGNER,
        acteur=acteur,
        libelle=f"Signature : {titre_de(document)}",
        suite=_page(document),
        document=document.pk,
    )
    _suivre(document, tache)
    return tache


def imprimer(*, document: DocumentElus) -> None:
    """The job: the PDF of the draft."""
    document = _verrouiller(document)
    document.projet = pdf.produire(rendre(document))
    document.save(update_fields=["projet"])


def signer(*, acteur: Acteur, document: DocumentElus) -> DocumentElus:
    """The job: a number, the PDF that will be handed over, its line in the journal."""
    Collectivite.objects.select_for_update(of=("self",)).get(pk=document.collectivite_id)
    document = _verrouiller(document)
    exiger(refus_signer(acteur, document))
    rang = DocumentElus.objects.filter(collectivite=document.collectivite_id).aggregate(
        n=Max("numero")
    )["n"]
    document.numero = (rang or 0) + 1
    document.signe_le = timezone.now()
    document.signe_par = acteur.mandat
    document.pdf = pdf.produire(rendre(document, numero=document.reference))
    document.empreinte = hashlib.sha256(bytes(document.pdf)).hexdigest()
    document.etat = EtatDocument.SIGNE
    document.save()
    journaliser(
        acteur=acteur,
        acte=Actes.DOCUMENT_SIGNE,
        libelle=f"{titre_de(document)} signé, n° {document.reference}",
        objet=document,
        collectivite=document.collectivite,
        details={"arrete": document.arrete.numero, "empreinte": document.empreinte},
    )
    return document


def _imprimer(acteur: Acteur, document: DocumentElus) -> None:
    tache = lancer(
        IMPRIMER,
        acteur=acteur,
        libelle=f"Projet : {titre_de(document)}",
        suite=_page(document),
        document=document.pk,
    )
    _suivre(document, tache)


def _suivre(document: DocumentElus, tache: Tache) -> None:
    document.tache = tache
    document.save(update_fields=["tache"])


def _page(document: DocumentElus) -> str:
    return reverse("pilotage:document_elus", args=[document.pk])


def _verrouiller(document: DocumentElus) -> DocumentElus:
    return (
        DocumentElus.objects.select_for_update(of=("self",))
        .select_related("arrete", "collectivite__demarche", "promotion")
        .get(pk=document.pk)
    )
