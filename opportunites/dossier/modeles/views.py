"""A collectivité's own Word models: their fields, their deposit, what they give, letters made in number."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.mots import Role
from collectivites.refus import exiger
from opportunites.communs.pieces import TYPES
from opportunites.dossier.modeles import actions, predicats
from opportunites.dossier.modeles.champs import champs_de, exemples
from opportunites.dossier.modeles.fabrication import en_octets, lignes, remplir
from opportunites.dossier.modeles.forms import DepotModeleForm, LettresForm
from opportunites.dossier.modeles.fournis import FOURNIS, PAR_CODE, en_docx
from opportunites.models import Fournee, ModeleWord
from opportunites.mots import FormeLettres, GenreModele

DOCX, ZIP = TYPES["docx"], "application/zip"


def _modele(acteur: Acteur, pk: int) -> ModeleWord:
    return get_object_or_404(
        ModeleWord.objects.visibles_par(acteur).select_related("depose_par__utilisateur"), pk=pk
    )


@acces(Role.DRH, Role.GESTIONNAIRE)
def modeles(request: Requete) -> HttpResponse:
    """Those of the collectivité, the fields that each kind may name, the starting points."""
    siens = ModeleWord.objects.visibles_par(request.acteur).sans_contenu()
    contexte = {
        "modeles": siens.select_related("depose_par__utilisateur"),
        "genres": [(genre, list(champs_de(genre).values())) for genre in GenreModele],
        "fournis": FOURNIS,
        "peut_deposer": predicats.refus_deposer(request.acteur) is None,
    }
    return render(request, "opportunites/modeles/modeles.html", contexte)


@acces(Role.DRH, methodes=LECTURE_ECRITURE)
def deposer_modele(request: Requete) -> HttpResponse:
    """A document is read whole before it is kept."""
    exiger(predicats.refus_deposer(request.acteur))
    formulaire = DepotModeleForm(donnees_postees(request), request.FILES or None)
    if request.method == "POST" and formulaire.is_valid():
        donnees = formulaire.cleaned_data
        modele = actions.deposer(
            acteur=request.acteur,
            genre=donnees["genre"],
            nom=donnees["nom"],
            nom_fichier=(donnees["fichier"].name or "")[-120:],
            contenu=formulaire.contenu,
            champs=list(formulaire.champs),
        )
        messages.success(request, "Le modèle est vérifié et gardé. Voici ce qu’il donne.")
        return redirect("opportunites:modele", pk=modele.pk)
    return render(request, "opportunites/modeles/deposer.html", {"formulaire": formulaire})


@acces(Role.DRH, Role.GESTIONNAIRE)
def modele(request: Requete, pk: int) -> HttpResponse:
    """What it gives for a made up person, and the fields that it names."""
    lu = _modele(request.acteur, pk)
    champs = champs_de(lu.genre)
    contexte = {
        "modele": lu,
        "champs": [champs[cle] for cle in lu.champs if cle in champs],
        "apercu": lignes(remplir(bytes(lu.contenu), exemples(lu.genre))),
        "fournees": Fournee.objects.visibles_par(request.acteur)
        .filter(modele=lu, contenu__isnull=False)
        .defer("contenu"),
        "peut_retirer": predicats.refus_retirer(request.acteur, lu) is None,
    }
    return render(request, "opportunites/modeles/modele.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE)
def apercu_modele(request: Requete, pk: int) -> HttpResponse:
    """The same, as the Word document that a letter will be."""
    lu = _modele(request.acteur, pk)
    document = en_octets(remplir(bytes(lu.contenu), exemples(lu.genre)))
    return telechargement(document, DOCX, f"modele-{pk}-exemple.docx")


@acces(Role.DRH, Role.GESTIONNAIRE)
def document_modele(request: Requete, pk: int) -> HttpResponse:
    """The model itself, to correct it in Word."""
    return telechargement(bytes(_modele(request.acteur, pk).contenu), DOCX, f"modele-{pk}.docx")


@acces(Role.DRH, Role.GESTIONNAIRE)
def modele_fourni(request: Requete, code: str) -> HttpResponse:
    """A starting point, to take to one's letterhead and to one's lawyer."""
    if (fourni := PAR_CODE.get(code)) is None:
        raise Http404("Ce modèle n’existe pas.")
    return telechargement(en_docx(fourni), DOCX, f"{code}.docx")


@acces(Role.DRH, methodes=ECRITURE)
def retirer_modele(request: Requete, pk: int) -> HttpResponse:
    """It goes, with the letters that wait."""
    actions.retirer(acteur=request.acteur, modele=_modele(request.acteur, pk))
    messages.success(request, "Le modèle est retiré, et avec lui les lettres qui attendaient.")
    return redirect("opportunites:modeles")


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def faire_les_lettres(request: Requete, pk: int) -> HttpResponse:
    """To whom, in which form: a job makes them."""
    lu = _modele(request.acteur, pk)
    formulaire = LettresForm(donnees_postees(request), acteur=request.acteur, modele=lu)
    if request.method == "POST" and formulaire.is_valid():
        fournee = actions.demander_les_lettres(
            acteur=request.acteur, modele=lu, **formulaire.cleaned_data
        )
        return redirect("collectivites:tache", fournee.tache_id)
    contexte = {"formulaire": formulaire, "modele": lu}
    return render(request, "opportunites/modeles/faire.html", contexte)


def _fournee(acteur: Acteur, pk: int) -> Fournee:
    return get_object_or_404(
        Fournee.objects.visibles_par(acteur).select_related("modele", "tache"), pk=pk
    )


@acces(Role.DRH, Role.GESTIONNAIRE)
def fournee(request: Requete, pk: int) -> HttpResponse:
    """Letters that are made: to download, and what is to be completed by hand in them."""
    faite = _fournee(request.acteur, pk)
    champs = champs_de(faite.modele.genre)
    contexte = {
        "fournee": faite,
        "prete": predicats.refus_telecharger(faite) is None,
        "nombre": faite.lettres.count(),
        "manques": [(champs[cle], n) for cle, n in faite.manques.items() if cle in champs],
        "jusqu_a": faite.demandee_le + actions.GARDEES,
    }
    return render(request, "opportunites/modeles/fournee.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE)
@couteux
def telecharger_fournee(request: Requete, pk: int) -> HttpResponse:
    """The letters themselves."""
    faite = _fournee(request.acteur, pk)
    exiger(predicats.refus_telecharger(faite))
    genre = DOCX if faite.forme == FormeLettres.DOCX else ZIP
    return telechargement(bytes(faite.contenu or b""), genre, f"lettres-{pk}.{faite.forme}")
