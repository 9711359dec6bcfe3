"""What leaves the house: the documents for élus, their archive, the figures as a table."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import ActionImpossible, exiger_droit
from parcours.models import Promotion
from pilotage.indicateurs.protection.arretes import arreter, dernier, publier
from pilotage.models import ArreteDesChiffres, DocumentElus
from pilotage.mots import GenreDocument
from pilotage.tableau_de_bord.publications import actions, preparation
from pilotage.tableau_de_bord.publications.documents import (
    nom_du_fichier,
    titre_de,
    titre_du_genre,
)
from pilotage.tableau_de_bord.publications.export.fichiers import XLSX, en_csv, en_xlsx
from pilotage.tableau_de_bord.publications.forms import DocumentForm
from pilotage.tableau_de_bord.publications.predicats import refus_modifier, refus_signer

SANS_ARRETE = "Aucun chiffre n’est encore arrêté : arrêtez ceux d’aujourd’hui, puis exportez-les."


@acces(*ROLES_EMPLOYEUR)
def publications(request: Requete) -> HttpResponse:
    """The documents of one's collectivité, signed and in preparation, and the arrêtés of figures."""
    acteur = request.acteur
    documents = DocumentElus.objects.visibles_par(acteur).select_related(
        "arrete", "collectivite", "promotion"
    )
    arretes = ArreteDesChiffres.objects.visibles_par(acteur)
    contexte = {
        "documents": [(d, titre_de(d)) for d in documents[:100]],
        "genres": [
            (g.value, titre_du_genre(g, acteur.collectivite))
            for g in GenreDocument
            if g != GenreDocument.BILAN
        ],
        "promotions": Promotion.objects.visibles_par(acteur).order_by("date_debut", "pk"),
        "arretes": arretes[:24],
        "aujourdhui_est_arrete": arretes.filter(jour=timezone.localdate()).exists(),
    }
    return render(request, "pilotage/publications/publications.html", contexte)


@acces(*ROLES_EMPLOYEUR, methodes=ECRITURE)
def arreter_les_chiffres(request: Requete) -> HttpResponse:
    """The figures of today, protected together with all those told before."""
    arrete = arreter(acteur=request.acteur, jour=timezone.localdate())
    messages.success(
        request,
        f"Les chiffres sont arrêtés, sous le numéro {arrete.numero}, pour tous les employeurs.",
    )
    return redirect("pilotage:publications")


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def preparer_document(request: Requete, genre: str) -> HttpResponse:
    """The words proposed for a document, to rewrite or not, then its draft."""
    if genre not in GenreDocument.values:
        raise Http404
    acteur, jour = request.acteur, timezone.localdate()
    promotion = _promotion(request) if genre == GenreDocument.BILAN else None
    initial = preparation.proposer(acteur, jour, promotion) if request.method != "POST" else {}
    formulaire = DocumentForm(donnees_postees(request), initial=initial, demarche=acteur.demarche)
    if request.method == "POST" and formulaire.is_valid():
        document = actions.preparer(
            acteur=acteur, genre=genre, jour=jour, promotion=promotion, **formulaire.cleaned_data
        )
        return redirect("collectivites:tache", pk=document.tache_id)
    contexte = {
        "formulaire": formulaire,
        "titre": titre_du_genre(genre, acteur.collectivite, promotion),
        "acte": "préparer",
        "jour": jour,
    }
    return render(request, "pilotage/publications/preparer.html", contexte)


@acces(*ROLES_EMPLOYEUR)
def document_elus(request: Requete, pk: int) -> HttpResponse:
    """One document: what it says, its draft to read, its signature."""
    document = _document(request, pk)
    contexte = {
        "document": document,
        "titre": titre_de(document),
        "peut_modifier": refus_modifier(request.acteur, document) is None,
        "refus_signer": refus_signer(request.acteur, document),
        "est_dgs": request.acteur.role == Role.DGS,
    }
    return render(request, "pilotage/publications/document.html", contexte)


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def modifier_document(request: Requete, pk: int) -> HttpResponse:
    """Other words on the same figures, as long as it is not signed."""
    document = _document(request, pk)
    if refus := refus_modifier(request.acteur, document):
        exiger_droit(refus)
        raise ActionImpossible(refus)
    formulaire = DocumentForm(
        donnees_postees(request), instance=document, demarche=request.acteur.demarche
    )
    if request.method == "POST" and formulaire.is_valid():
        document = actions.modifier(
            acteur=request.acteur, document=document, **formulaire.cleaned_data
        )
        return redirect("collectivites:tache", pk=document.tache_id)
    contexte = {
        "formulaire": formulaire,
        "document": document,
        "titre": titre_de(document),
        "acte": "récrire",
        "jour": document.arrete.jour,
    }
    return render(request, "pilotage/publications/preparer.html", contexte)


@acces(Role.DGS, methodes=ECRITURE)
def signer_document(request: Requete, pk: int) -> HttpResponse:
    """The DGS signs: the document is numbered, printed and kept as it is."""
    tache = actions.demander_la_signature(acteur=request.acteur, document=_document(request, pk))
    return redirect("collectivites:tache", pk=tache.pk)


@acces(*ROLES_EMPLOYEUR)
def document_pdf(request: Requete, pk: int) -> HttpResponse:
    """The signed document, byte for byte what was handed over; its draft before that."""
    document = _document(request, pk)
    contenu = bytes(document.pdf or document.projet)
    if not contenu:
        raise Http404
    return telechargement(contenu, "application/pdf", nom_du_fichier(document))


@acces(*ROLES_EMPLOYEUR, Role.CABINET, replique=True)
@couteux
def exporter_indicateurs(request: Requete, forme: str) -> HttpResponse:
    """The figures of the last arrêté: the same as in the documents, never fresher. The firm reads what
    is everybody's, not the sheet of one employer."""
    est_le_cabinet = request.acteur.est(Role.CABINET)
    if est_le_cabinet and forme == "xlsx":
        raise Http404
    arrete = dernier(request.acteur.demarche)
    if arrete is None:
        messages.info(request, SANS_ARRETE)
        return redirect("pilotage:cabinet" if est_le_cabinet else "pilotage:publications")
    publication = publier(arrete)
    nom = f"indicateurs-{arrete.jour:%Y-%m-%d}.{forme}"
    if forme == "xlsx":
        return telechargement(en_xlsx(publication, request.acteur.collectivite), XLSX, nom)
    return telechargement(en_csv(publication).encode(), "text/csv; charset=utf-8", nom)


def _promotion(request: Requete) -> Promotion:
    """The one that the address names."""
    cle = request.GET.get("promotion", "")
    promotions = Promotion.objects.visibles_par(request.acteur)
    return get_object_or_404(promotions, pk=cle if cle.isdecimal() else None)


def _document(request: Requete, pk: int) -> DocumentElus:
    return get_object_or_404(
        DocumentElus.objects.visibles_par(request.acteur).select_related(
            "arrete", "collectivite__demarche", "promotion", "tache", "signe_par__utilisateur"
        ),
        pk=pk,
    )
