"""The job that makes letters: it reads again, at that moment, what its acteur may read."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from collectivites.communs.typographie import accorder, compter
from collectivites.refus import ActionImpossible
from collectivites.travaux.taches import Suivi, travail
from opportunites.dossier.modeles import fabrication
from opportunites.dossier.modeles.actions import FAIRE_LES_LETTRES
from opportunites.dossier.modeles.sujets import completer, sujets, valeurs
from opportunites.models import Fournee, ModeleWord
from opportunites.mots import FormeLettres


@travail(FAIRE_LES_LETTRES)
def faire_les_lettres(suivi: Suivi, *, fournee: int, choisis: list[int]) -> dict[str, Any]:
    """All of them, or none: somebody who said no meanwhile stops the whole."""
    ligne = (
        Fournee.objects.visibles_par(suivi.acteur)
        .select_for_update(of=("self",))
        .select_related("modele")
        .filter(pk=fournee)
        .first()
    )
    if ligne is None:
        raise ActionImpossible("Le modèle de ces lettres a été retiré : rien n’est fait.")
    trouves = {s.pk: s for s in sujets(suivi.acteur, ligne.modele.genre).filter(pk__in=choisis)}
    if len(trouves) != len(set(choisis)):
        raise ActionImpossible(
            "Une des personnes choisies n’est plus dans la liste : rien n’est fait. Choisissez de nouveau."
        )
    lus = [trouves[pk] for pk in dict.fromkeys(choisis)]
    ligne.contenu, manques = _faire(suivi, ligne.modele, lus, ligne.forme)
    ligne.manques = dict(manques)
    ligne.save(update_fields=["contenu", "manques"])
    return {"bilan": _bilan(len(lus), manques)}


def _faire(
    suivi: Suivi, modele: ModeleWord, lus: list[Any], forme: str
) -> tuple[bytes, Counter[str]]:
    manques: Counter[str] = Counter()
    lettres = []
    for rang, (sujet, dites) in enumerate(
        zip(lus, valeurs(suivi.acteur, modele.genre, lus), strict=True), 1
    ):
        completes, absents = completer(modele.genre, dites)
        manques.update(cle for cle in absents if cle in modele.champs)
        lettres.append((f"{rang:02d} {_nom_de_fichier(sujet.cadre.nom_complet)}", completes))
    octets = bytes(modele.contenu)
    if forme == FormeLettres.ZIP:
        return fabrication.archiver(octets, lettres, suivi.avancer), manques
    return fabrication.reunir(octets, [dites for _, dites in lettres], suivi.avancer), manques


def _nom_de_fichier(nom: str) -> str:
    return re.sub(r"[^\w\- ’']+", " ", nom).strip()[:80]


def _bilan(nombre: int, manques: Counter[str]) -> str:
    faites = f"{compter(nombre, 'lettre')} {accorder(nombre, 'faite')}."
    if not manques:
        return faites
    trous = sum(manques.values())
    return f"{faites} {compter(trous, 'champ')} à compléter à la main : la page dit lesquels."
