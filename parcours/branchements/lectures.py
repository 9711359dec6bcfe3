"""Which pages of this room name whom: read by the person in « Qui a lu votre dossier »."""

from typing import Any

from django.db.models import QuerySet

from cadres.donnees_personnelles.lectures import Lecture, Nature, cle, inscrire
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from parcours.models import (
    Immersion,
    Inscription,
    InscriptionSession,
    NoteCoaching,
    NotePrivee,
    RendezVousCoaching,
    SuiviEtape,
    Synthese,
)


def _vues(modele: Any, champ: str) -> Any:
    """The rows of that promotion, step or session that the reader sees."""

    def lire(acteur: Acteur, pk: int) -> QuerySet[Any]:
        lignes: QuerySet[Any] = modele.objects.visibles_par(acteur).filter(**{champ: pk})
        return lignes

    return lire


_INSCRIPTION = Lecture(Nature.PARCOURS, cle(Inscription))
_ETAPE = Lecture(Nature.PARCOURS, _vues(SuiviEtape, "etape"), "inscription__cadre")
_SEANCE = Lecture(Nature.SEANCE, _vues(InscriptionSession, "session"))
_IMMERSION = Lecture(Nature.IMMERSION, cle(Immersion))
_CONFIE = Lecture(Nature.ACCOMPAGNEMENT, cle(Cadre), "")
_RENDEZ_VOUS = Lecture(Nature.ACCOMPAGNEMENT, cle(RendezVousCoaching), "accompagnement__cadre")
_NOTE = Lecture(Nature.ACCOMPAGNEMENT, cle(NoteCoaching), "accompagnement__cadre")
_SYNTHESE = Lecture(Nature.SYNTHESE, cle(Synthese), "accompagnement__cadre")

LECTURES: dict[str, tuple[Lecture, ...] | Lecture] = {
    "parcours:promotion": Lecture(Nature.PARCOURS, _vues(Inscription, "promotion")),
    "parcours:inscription": _INSCRIPTION,
    "parcours:achever": _INSCRIPTION,
    "parcours:interrompre": _INSCRIPTION,
    "parcours:bilan": _INSCRIPTION,
    "parcours:sortie": _INSCRIPTION,
    "parcours:planifier": Lecture(Nature.PARCOURS, cle(SuiviEtape), "inscription__cadre"),
    "parcours:fixer_etape": _ETAPE,
    "parcours:retirer_etape": _ETAPE,
    "parcours:presences": _ETAPE,
    "parcours:session": _SEANCE,
    "parcours:feuille_session": _SEANCE,
    "parcours:feuille_pdf": _SEANCE,
    "parcours:annuler_session": _SEANCE,
    "parcours:dedoubler_session": _SEANCE,
    "parcours:attestation": Lecture(Nature.DOCUMENT, cle(InscriptionSession)),
    "parcours:immersion": _IMMERSION,
    "parcours:repondre_immersion": _IMMERSION,
    "parcours:convention_immersion": Lecture(Nature.DOCUMENT, cle(Immersion)),
    "parcours:accompagnement": _CONFIE,
    "parcours:nouveau_rendez_vous": _CONFIE,
    "parcours:ecrire_note": _CONFIE,
    "parcours:poser_objectif": _CONFIE,
    "parcours:ecrire_note_privee": _CONFIE,
    "parcours:modifier_note_privee": Lecture(
        Nature.ACCOMPAGNEMENT, cle(NotePrivee), "accompagnement__cadre"
    ),
    "parcours:rediger_synthese": _CONFIE,
    "parcours:deplacer_rendez_vous": _RENDEZ_VOUS,
    "parcours:noter_rendez_vous": _RENDEZ_VOUS,
    "parcours:modifier_note": _NOTE,
    "parcours:detruire_note": _NOTE,
    "parcours:synthese_publiee": _SYNTHESE,
}


def brancher() -> None:
    inscrire(LECTURES)
