"""How a parcours ends: the cadre's bilan, and the exit without a move."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from cadres.fiche.verrous import verrouiller
from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.refus import ActionImpossible
from parcours.coaching import courriels as courriels_coaching
from parcours.coaching import predicats as droits_coaching
from parcours.models import Bilan, Inscription, Sortie

#: What the form says of a bilan; `texte` is sealed.
CHAMPS = (
    "competences",
    "domaines",
    "collectivites",
    "voie",
    "distance_km",
    "jours_teletravail",
    "disponible_des",
    "maturite",
)


def enregistrer_bilan(
    *, acteur: Acteur, inscription: Inscription, donnees: Mapping[str, Any], remettre: bool
) -> Bilan:
    """Keep the draft, or hand it over. Once handed over, it is only replaced by a new version."""
    inscription = _verrouiller(inscription)
    if not droits_coaching.peut_faire_son_bilan(acteur, inscription):
        raise ActionImpossible("Le bilan n’appartient qu’à la personne, dans son parcours.")
    bilan = (
        Bilan.objects.select_for_update(of=("self",)).filter(inscription=inscription).first()
    ) or Bilan(inscription=inscription)
    bilan.inscription = inscription
    deja = bilan.etat == Bilan.Etat.REMIS
    if deja and not remettre:
        raise ActionImpossible("Votre bilan est remis. Remettez une nouvelle version.")
    for champ in CHAMPS:
        if champ in donnees:
            setattr(bilan, champ, donnees[champ])
    bilan.texte = str(donnees.get("texte") or "").strip()
    bilan.modifie_le = timezone.now()
    if remettre:
        if not bilan.maturite:
            raise ActionImpossible("Dites où vous en êtes, puis remettez votre bilan.")
        bilan.etat, bilan.remis_le = Bilan.Etat.REMIS, timezone.now()
    bilan.save()
    if remettre:
        _journal(
            acteur,
            inscription,
            bilan,
            "bilan.remis",
            "Nouvelle version du bilan remise par la personne"
            if deja
            else "Bilan de parcours remis par la personne",
        )
    return bilan


def dire_la_sortie(
    *, acteur: Acteur, inscription: Inscription, entretien_le: date, entretien_avec: str, mot: str
) -> Sortie:
    """The parcours ended without a move: said in kind words, with the day of the next conversation.

    Nothing closes: the person stays retained, and keeps their wishes.
    """
    inscription = _verrouiller(inscription)
    if not droits_coaching.peut_dire_la_sortie(acteur, inscription):
        raise ActionImpossible(
            "La sortie se dit par la direction des ressources humaines de la personne, une fois, "
            "quand son parcours est achevé et qu’aucune mobilité n’est engagée."
        )
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
    _journal(
        acteur,
        inscription,
        sortie,
        "parcours.sortie",
        "Fin du parcours sans mobilité dite à la personne",
    )
    courriels_coaching.annoncer_sortie(sortie)
    return sortie


def _verrouiller(inscription: Inscription) -> Inscription:
    """The candidature, then the enrolment."""
    cadre = verrouiller(inscription.cadre_id)
    inscription = (
        Inscription.objects.select_for_update(of=("self",))
        .select_related("promotion")
        .get(pk=inscription.pk)
    )
    inscription.cadre = cadre
    return inscription


def _journal(
    acteur: Acteur, inscription: Inscription, objet: Bilan | Sortie, acte: str, libelle: str
) -> None:
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=libelle,
        objet=objet,
        collectivite=inscription.cadre.collectivite,
        cadre_ref=inscription.cadre_id,
    )
