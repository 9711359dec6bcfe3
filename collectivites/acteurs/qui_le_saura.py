"""Who learns of what a cadre does: one line for each reader, written under the act itself.

`tests/acces/test_qui_le_saura.py` plays each act, walks the pages of everybody and compares: whoever
reads more after the act is in `lecteurs`, and nobody else is. A change of the access rules that is not
written here fails the suite, and the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lecteur(StrEnum):
    """As the access rules know people, seen from the cadre."""

    DGS = "dgs"
    DRH = "drh"
    GESTIONNAIRE = "gestionnaire"
    ACCOMPAGNATEUR = "accompagnateur"
    #: Of the poste, of the immersion: its DGS, DRH and gestionnaires.
    ACCUEIL = "accueil"
    #: The employers of the démarche that the act does not concern.
    AUTRES = "autres"


_RH = frozenset({Lecteur.DRH, Lecteur.GESTIONNAIRE})
_EMPLOYEUR = _RH | {Lecteur.DGS}
_ACCUEIL = frozenset({Lecteur.ACCUEIL})
_AUTRES = frozenset({Lecteur.AUTRES, Lecteur.ACCUEIL})

DE_L_EMPLOYEUR = "Chez votre employeur, la direction générale et les ressources humaines"
AUSSITOT = "aussitôt"


@dataclass(frozen=True)
class Ligne:
    qui: str
    lecteurs: frozenset[Lecteur]
    quoi: str
    quand: str = AUSSITOT


@dataclass(frozen=True)
class Savoir:
    """`jamais`: what nobody learns, or who never does."""

    lignes: tuple[Ligne, ...]
    jamais: str

    @property
    def lecteurs(self) -> frozenset[Lecteur]:
        return frozenset().union(*(ligne.lecteurs for ligne in self.lignes))


QUI_LE_SAURA: dict[str, Savoir] = {
    "oui": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, _EMPLOYEUR, "que vous avez dit oui, et quand"),
            Ligne(
                "Les trois autres employeurs",
                _AUTRES,
                "votre nom, votre poste, votre profil, et que vous êtes dans la démarche",
            ),
        ),
        "Votre chef de service ne l’apprend pas par Quatuor.",
    ),
    "non": Savoir(
        (Ligne(DE_L_EMPLOYEUR, _EMPLOYEUR, "que vous avez dit non, et quand"),),
        "Les autres employeurs ne le sauront jamais : votre nom ne sort pas de chez vous. Personne "
        "ne vous demandera pourquoi.",
    ),
    "retrait": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, _EMPLOYEUR, "que vous vous êtes retiré de la démarche, et quand"),
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "que votre parcours s’arrête, et quels rendez-vous sont annulés",
            ),
            Ligne("Les trois autres employeurs", _AUTRES, "plus rien : votre nom disparaît"),
        ),
        "On ne vous demande pas pourquoi.",
    ),
    "voeu": Savoir(
        (
            Ligne(
                "L’employeur du poste",
                _ACCUEIL,
                "que vous avez classé ce poste, et à quel rang",
                "aussitôt, et à chaque changement",
            ),
        ),
        "Le vôtre, jamais, même sous un autre mandat. Les autres employeurs non plus.",
    ),
    "sollicitation": Savoir(
        (
            Ligne(
                "L’employeur du poste",
                _ACCUEIL,
                "votre oui ou votre non ; un oui devient un vœu, avec son rang",
            ),
        ),
        "Le vôtre, jamais : ni sa question, ni votre réponse. On ne vous demande pas pourquoi.",
    ),
    "rencontre": Savoir(
        (Ligne("L’employeur du poste", _ACCUEIL, "votre demande, et ce que vous y écrivez"),),
        "Le vôtre, jamais, même sous un autre mandat : c’est à vous de lui en parler.",
    ),
    "immersion": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, _EMPLOYEUR, "votre demande, vos dates et vos raisons"),
            Ligne(
                "L’employeur qui vous recevrait",
                _ACCUEIL,
                "votre demande, vos dates et vos raisons",
            ),
        ),
        "Les deux doivent dire oui ; les deux autres employeurs n’en savent rien.",
    ),
    "question": Savoir(
        (Ligne("L’employeur du poste", _ACCUEIL, "votre question, mot pour mot"),),
        "Le vôtre, jamais : ni votre question, ni sa réponse.",
    ),
    "accepter": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, _EMPLOYEUR, "que vous avez accepté, et le dossier qui s’ouvre"),
            Ligne(
                "L’employeur du poste", _ACCUEIL, "que vous avez accepté, et le dossier qui s’ouvre"
            ),
        ),
        "Les employeurs de vos autres propositions lisent que vous n’êtes plus disponible, sans "
        "autre raison.",
    ),
    "refuser": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, _EMPLOYEUR, "que vous avez refusé"),
            Ligne("L’employeur du poste", _ACCUEIL, "que vous avez refusé"),
        ),
        "La raison que vous donnez, et vos mots : personne.",
    ),
    "synthese": Savoir(
        (
            Ligne(
                "Le DRH et le DGS de votre employeur",
                frozenset({Lecteur.DGS, Lecteur.DRH}),
                "la synthèse que vous publiez, tant que vous ne la retirez pas",
            ),
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "que vous l’avez publiée",
            ),
            Ligne(
                "Les gestionnaires de ressources humaines de votre employeur",
                frozenset({Lecteur.GESTIONNAIRE}),
                "qu’une synthèse est publiée, sans pouvoir la lire",
            ),
        ),
        "Vos notes, vos objectifs et votre bilan restent derrière le mur.",
    ),
    "bilan": Savoir(
        (
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "votre bilan entier",
                "quand vous le remettez",
            ),
            Ligne(DE_L_EMPLOYEUR, _EMPLOYEUR, "qu’un bilan est remis, et quand"),
        ),
        "Ce que vous y écrivez, aucun employeur ne le lit jamais.",
    ),
    "correction": Savoir(
        (
            Ligne(
                "Chez votre employeur, les ressources humaines",
                _RH,
                "votre demande, mot pour mot, et elles y répondent dans le mois",
            ),
            Ligne(
                "Votre direction générale",
                frozenset({Lecteur.DGS}),
                "qu’une correction est demandée, et de quoi, sans vos mots",
            ),
        ),
        "Les autres employeurs n’en savent rien.",
    ),
    "effacement": Savoir(
        (
            Ligne(
                DE_L_EMPLOYEUR,
                _EMPLOYEUR,
                "que vous l’avez demandé ; cette nuit, plus rien de vous",
            ),
        ),
        "Les autres employeurs n’en savent rien.",
    ),
}
