"""Rows behind the wall."""

from __future__ import annotations

from typing import Any

from cadres.models import Cadre
from collectivites.models import Collectivite, Mandat, Utilisateur
from parcours.models import (
    Accompagnement,
    Bilan,
    CreneauCoaching,
    Inscription,
    NoteCoaching,
    NotePrivee,
    Objectif,
    RendezVousCoaching,
    Sortie,
    Synthese,
)
from parcours.models.bilan import Choix
from tests.fabriques import dans, il_y_a


def faire_accompagnement(cadre: Cadre, par: Mandat | None = None, **champs: Any) -> Accompagnement:
    """The one of today: by the cadre's accompagnateur, since a month."""
    return Accompagnement.objects.create(
        cadre=cadre,
        accompagnateur=par or cadre.accompagnateur,
        **{"debut": il_y_a(30), **champs},
    )


def faire_coaching(
    accompagnement: Accompagnement, jours: float = 7, **champs: Any
) -> RendezVousCoaching:
    """An appointment in so many days (in the past when negative)."""
    return RendezVousCoaching.objects.create(
        accompagnement=accompagnement, debut=il_y_a(-jours), **champs
    )


def _ecrire(objet: Any, texte: str) -> Any:
    objet.texte = texte
    objet.save()
    return objet


def faire_note(accompagnement: Accompagnement, auteur: Utilisateur, texte: str) -> NoteCoaching:
    return _ecrire(NoteCoaching(accompagnement=accompagnement, auteur=auteur), texte)


def faire_note_privee(accompagnement: Accompagnement, texte: str) -> NotePrivee:
    return _ecrire(NotePrivee(accompagnement=accompagnement), texte)


def faire_creneau(accompagnateur: Mandat, jours: float = 4, **champs: Any) -> CreneauCoaching:
    """An hour free in so many days."""
    return CreneauCoaching.objects.create(
        accompagnateur=accompagnateur,
        **{"debut": il_y_a(-jours), "duree_minutes": 60, **champs},
    )


def faire_objectif(accompagnement: Accompagnement, auteur: Utilisateur, texte: str) -> Objectif:
    return _ecrire(Objectif(accompagnement=accompagnement, auteur=auteur), texte)


def faire_synthese(
    accompagnement: Accompagnement,
    auteur: Utilisateur,
    texte: str,
    publiee_pour: Collectivite | None = None,
) -> Synthese:
    """A draft; published, when it is said for whom."""
    champs = {"publiee_pour": publiee_pour, "publiee_le": il_y_a(1)} if publiee_pour else {}
    return _ecrire(
        Synthese(accompagnement=accompagnement, modifiee_par=auteur, revision=1, **champs), texte
    )


def faire_bilan(
    inscription: Inscription, texte: str = "", *, remis: bool = True, **champs
) -> Bilan:
    etat = {"etat": "remis", "remis_le": il_y_a(2)} if remis else {}
    bilan = Bilan(inscription=inscription, **etat)
    bilan.choix = Choix(texte=texte, **{"maturite": "pret" if remis else "", **champs})
    bilan.save()
    return bilan


def faire_sortie(inscription: Inscription, dite_par: Mandat, mot: str = "Merci.") -> Sortie:
    return Sortie.objects.create(
        inscription=inscription,
        dite_par=dite_par,
        entretien_le=dans(60),
        entretien_avec="Dora Fabre, DRH",
        mot=mot,
    )
