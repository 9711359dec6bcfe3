"""How a parcours ends: the cadre's bilan, and the exit without a move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.coaching import courriels, predicats
from parcours.models import Bilan, Inscription, Sortie
from parcours.models.bilan import Choix
from parcours.mots import Actes
from parcours.programme.predicats import refus_dire_la_sortie, refus_faire_son_bilan
from parcours.suites import noter


def enregistrer_bilan(
    *, acteur: Acteur, inscription: Inscription, donnees: Mapping[str, Any], remettre: bool
) -> Bilan:
    """Keep the draft, or hand it over. Once handed over, it is only replaced by a new version."""
    inscription = verrous.inscription(inscription)
    exiger(refus_faire_son_bilan(acteur, inscription))
    bilan = verrous.bilan_de(inscription) or Bilan(inscription=inscription)
    deja = bilan.etat == Bilan.Etat.REMIS
    choix = _choix(bilan, donnees)
    exiger(predicats.refus_de_bilan(bilan, choix, remettre=remettre))
    bilan.choix = choix
    bilan.modifie_le = timezone.now()
    if remettre:
        bilan.etat, bilan.remis_le = Bilan.Etat.REMIS, timezone.now()
    bilan.save()
    if remettre:
        quoi = "Nouvelle version du bilan remise" if deja else "Bilan de parcours remis"
        libelle = f"{quoi} par la personne"
        noter(acteur, bilan, Actes.BILAN_REMIS, libelle, cadre=inscription.cadre)
    return bilan


def _choix(bilan: Bilan, donnees: Mapping[str, Any]) -> Choix:
    """What is sent, over what was said before."""
    tus = {champ.name for champ in fields(Choix)} - donnees.keys() - {"texte"}
    avant = asdict(bilan.choix) if tus else {}
    return Choix(**{**avant, **donnees, "texte": str(donnees.get("texte") or "").strip()})


def dire_la_sortie(
    *, acteur: Acteur, inscription: Inscription, entretien_le: date, entretien_avec: str, mot: str
) -> Sortie:
    """The parcours ended without a move: said in kind words, with the day of the next conversation.

    Nothing closes: the person stays retained, and keeps their wishes.
    """
    inscription = verrous.inscription(inscription)
    exiger(refus_dire_la_sortie(acteur, inscription))
    if entretien_le <= timezone.localdate():
        raise ActionImpossible("Choisissez un jour à venir pour le prochain échange.")
    if not mot.strip() or not entretien_avec.strip():
        raise ActionImpossible("Écrivez un mot à la personne, et dites avec qui elle échangera.")
    sortie = Sortie.objects.create(
        inscription=inscription,
        dite_par=acteur.mandat,
        entretien_le=entretien_le,
        entretien_avec=entretien_avec.strip(),
        mot=mot.strip(),
    )
    libelle = "Fin du parcours sans mobilité dite à la personne"
    noter(acteur, sortie, Actes.SORTIE_DITE, libelle, cadre=inscription.cadre)
    courriels.annoncer_sortie(sortie)
    return sortie
