"""Opening a démarche: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from collectivites.communs.typographie import compter, enumerer
from collectivites.journal import journaliser
from collectivites.models import Collectivite, Demarche, Mandat, Utilisateur
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from pilotage.cadrage.feuille_de_route.gabarit import poser_le_gabarit
from pilotage.cadrage.ouverture.invitations import souhaiter_la_bienvenue
from pilotage.cadrage.regles.versions import poser_version
from pilotage.mots import Actes


@transaction.atomic
def ouvrir(
    *,
    par: Utilisateur,
    demarche: Mapping[str, Any],
    employeurs: Sequence[Mapping[str, str]],
    directions: Sequence[Mapping[str, str]],
) -> Demarche:
    """The démarche, its employers, who directs them, its first rules, its feuille de route; then
    each of them is welcomed, once, whatever they hold."""
    ouverte = Demarche.objects.create(code=_code(demarche["nom"]), **demarche)
    poser_version(ouverte)
    installes = {e["code"]: Collectivite.objects.create(demarche=ouverte, **e) for e in employeurs}
    mandats = [_nommer(installes[ligne["code"]], ligne) for ligne in directions]
    poser_le_gabarit(ouverte)
    journaliser(
        acteur=None,
        auteur=par,
        acte=Actes.DEMARCHE_OUVERTE,
        libelle=f"Démarche ouverte : {enumerer([c.nom for c in installes.values()])}",
        objet=ouverte,
        collectivite=None,
        demarche=ouverte,
        details={"directions": compter(len(mandats), "accès donné,accès donnés")},
    )
    par_personne: dict[Utilisateur, list[Mandat]] = {}
    for mandat in mandats:
        par_personne.setdefault(mandat.utilisateur, []).append(mandat)
    for personne, siens in par_personne.items():
        souhaiter_la_bienvenue(personne, siens, par=par)
    return ouverte


def _code(nom: str) -> str:
    """An address of its own: the name, and a number when it is taken."""
    base = slugify(nom)[:40].strip("-") or "demarche"
    pris = set(Demarche.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(
        code
        for n in range(1, len(pris) + 2)
        if (code := base if n == 1 else f"{base}-{n}") not in pris
    )


def _nommer(collectivite: Collectivite, ligne: Mapping[str, str]) -> Mandat:
    personne = compte_de(ligne["courriel"], ligne["prenom"], ligne["nom"])
    return Mandat.objects.create(
        utilisateur=personne, collectivite=collectivite, role=Role(ligne["role"])
    )


def compte_de(courriel: str, prenom: str, nom: str) -> Utilisateur:
    """The account of that address, opened if there is none. An account keeps the name it has."""
    personne = Utilisateur.objects.filter(email__iexact=courriel).first()
    if personne is None:
        return Utilisateur.objects.create_user(courriel, prenom=prenom, nom=nom)
    if not personne.is_active or personne.is_superuser:
        raise ActionImpossible(
            f"L’adresse {courriel} ne peut recevoir aucun rôle : donnez-en une autre."
        )
    return personne
