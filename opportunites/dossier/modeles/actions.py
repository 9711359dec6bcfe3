"""Depositing a Word model, taking it away, having letters made from it. Making them is a job: `travaux`."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite, compter
from collectivites.journal import journaliser
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.taches import lancer
from opportunites.dossier.modeles.fabrication import LETTRES_MAX
from opportunites.dossier.modeles.predicats import (
    refus_deposer,
    refus_faire_des_lettres,
    refus_retirer,
)
from opportunites.dossier.modeles.sujets import sujets
from opportunites.models import Fournee, LettreFaite, ModeleWord
from opportunites.mots import Actes, GenreModele

FAIRE_LES_LETTRES = "opportunites.faire_les_lettres"
#: How long made letters wait for whoever asked for them.
GARDEES = timedelta(days=1)


def deposer(
    *, acteur: Acteur, genre: str, nom: str, nom_fichier: str, contenu: bytes, champs: list[str]
) -> ModeleWord:
    """A model that `grammaire.lire` found nothing wrong in. One of the same name and kind is replaced."""
    exiger(refus_deposer(acteur))
    existant = (
        ModeleWord.objects.visibles_par(acteur)
        .select_for_update(of=("self",))
        .filter(nom=nom)
        .first()
    )
    if existant is not None and existant.genre != genre:
        raise ActionImpossible(
            f"Vous avez déjà un modèle {cite(nom)}, d’un autre genre : donnez un autre nom à celui-ci."
        )
    modele, _ = ModeleWord.objects.update_or_create(
        collectivite=acteur.collectivite,
        nom=nom,
        defaults={
            "genre": genre,
            "nom_fichier": nom_fichier,
            "contenu": contenu,
            "champs": champs,
            "depose_le": timezone.now(),
            "depose_par": acteur.mandat,
        },
    )
    journaliser(
        acteur=acteur,
        acte=Actes.MODELE_DEPOSE,
        libelle=f"Modèle {cite(nom)} déposé ({GenreModele(genre).label.lower()})",
        objet=modele,
        collectivite=acteur.collectivite,
    )
    return modele


def retirer(*, acteur: Acteur, modele: ModeleWord) -> None:
    """The model goes, and the letters that still wait with it."""
    exiger(refus_retirer(acteur, modele))
    journaliser(
        acteur=acteur,
        acte=Actes.MODELE_RETIRE,
        libelle=f"Modèle {cite(modele.nom)} retiré",
        objet=modele,
        collectivite=acteur.collectivite,
    )
    modele.delete()


def demander_les_lettres(
    *, acteur: Acteur, modele: ModeleWord, choisis: list[int], forme: str
) -> Fournee:
    """A job makes them; `choisis` are keys of what `sujets` offers. Nothing but keys is written."""
    exiger(refus_faire_des_lettres(acteur, modele))
    if not 1 <= len(choisis) <= LETTRES_MAX:
        raise ActionImpossible(f"Choisissez de 1 à {LETTRES_MAX} personnes.")
    admis = list(sujets(acteur, modele.genre).filter(pk__in=choisis))
    if len(admis) != len(set(choisis)):
        raise ActionImpossible(
            "Une des personnes choisies n’est plus dans la liste : choisissez de nouveau."
        )
    fournee = Fournee.objects.create(modele=modele, forme=forme, demandee_par=acteur.mandat)
    personnes = {sujet.cadre_id for sujet in admis}
    LettreFaite.objects.bulk_create(
        [LettreFaite(fournee=fournee, cadre_id=pk) for pk in sorted(personnes)]
    )
    fournee.tache = lancer(
        FAIRE_LES_LETTRES,
        acteur=acteur,
        libelle=f"{compter(len(admis), 'lettre')} {cite(modele.nom)}",
        suite=reverse("opportunites:fournee", args=[fournee.pk]),
        fournee=fournee.pk,
        choisis=choisis,
    )
    fournee.save(update_fields=["tache"])
    journaliser(
        acteur=acteur,
        acte=Actes.LETTRES_FAITES,
        libelle=f"{compter(len(admis), 'lettre')} {cite(modele.nom)}",
        objet=fournee,
        collectivite=acteur.collectivite,
    )
    return fournee


def oublier(cadre: Cadre) -> None:
    """Whatever names the person and still waits: the whole file, since one letter cannot leave it."""
    Fournee.objects.filter(lettres__cadre=cadre).delete()


def oublier_les_vieilles() -> int:
    """A day is enough to download them. Returns how many batches went."""
    vieilles = Fournee.objects.faites_avant(timezone.now() - GARDEES)
    nombre = vieilles.count()
    vieilles.delete()
    return int(nombre)
