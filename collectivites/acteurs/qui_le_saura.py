"""Who learns of what a cadre does: one line for each reader, written under the act itself.

`tests/acces/test_qui_le_saura.py` plays each act, walks the pages of everybody and compares: whoever
reads more after the act is in `lecteurs`, and nobody else is. A change of the access rules that is not
written here fails the suite, and the other way round.
"""

from __future__ import annotations

from collectivites.acteurs.savoir import (
    ACCUEIL,
    AUTRES,
    DE_L_EMPLOYEUR,
    EMPLOYEUR,
    RH,
    Lecteur,
    Ligne,
    Savoir,
)
from collectivites.acteurs.savoirs_du_parcours import DU_PARCOURS

QUI_LE_SAURA: dict[str, Savoir] = {
    "oui": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "que vous avez dit oui, et quand"),
            Ligne(
                "Les trois autres employeurs",
                AUTRES,
                "votre nom, votre poste, votre profil, et que vous êtes dans la démarche",
            ),
        ),
        "Votre chef de service ne l’apprend pas par Quatuor.",
    ),
    "reprendre_oui": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "que vous avez repris votre oui, et quand"),
            Ligne("Les trois autres employeurs", AUTRES, "plus rien : votre nom disparaît"),
        ),
        "On ne vous demande pas pourquoi. Qui vous a lu entre-temps reste nommé dans vos données.",
    ),
    "non": Savoir(
        (Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "que vous avez dit non, et quand"),),
        "Les autres employeurs ne le sauront jamais : votre nom ne sort pas de chez vous. Personne "
        "ne vous demandera pourquoi.",
    ),
    "retrait": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "que vous vous êtes retiré de la démarche, et quand"),
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "que votre parcours s’arrête, et quels rendez-vous sont annulés",
            ),
            Ligne("Les trois autres employeurs", AUTRES, "plus rien : votre nom disparaît"),
        ),
        "On ne vous demande pas pourquoi.",
    ),
    "competences": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "les compétences que vous dites"),
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "les mêmes",
            ),
            Ligne(
                "Les trois autres employeurs",
                AUTRES,
                "les mêmes",
                "une fois que vous avez dit oui",
            ),
        ),
        "Personne ne les écrit ni ne les note à votre place. Celles que vous ne dites pas ne se "
        "lisent nulle part.",
    ),
    "voeu": Savoir(
        (
            Ligne(
                "L’employeur du poste",
                ACCUEIL,
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
                ACCUEIL,
                "votre oui ou votre non ; un oui devient un vœu, avec son rang",
            ),
        ),
        "Le vôtre, jamais : ni sa question, ni votre réponse. On ne vous demande pas pourquoi.",
    ),
    "rencontre": Savoir(
        (Ligne("L’employeur du poste", ACCUEIL, "votre demande, et ce que vous y écrivez"),),
        "Le vôtre, jamais, même sous un autre mandat : c’est à vous de lui en parler.",
    ),
    "accord": Savoir(
        (
            Ligne("L’employeur du poste", ACCUEIL, "votre oui ou votre non"),
            Ligne(
                "La personne qui valide ses propositions, et qui sert aussi votre employeur",
                ACCUEIL,
                "la proposition qui se prépare, si vous dites oui, et jamais votre rang",
            ),
        ),
        "À l’envoi, votre employeur apprend de toute façon que ce poste vous est proposé.",
    ),
    "question": Savoir(
        (Ligne("L’employeur du poste", ACCUEIL, "votre question, mot pour mot"),),
        "Le vôtre, jamais : ni votre question, ni sa réponse.",
    ),
    "accepter": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "que vous avez accepté, et le dossier qui s’ouvre"),
            Ligne(
                "L’employeur du poste", ACCUEIL, "que vous avez accepté, et le dossier qui s’ouvre"
            ),
        ),
        "Les employeurs de vos autres propositions lisent que vous n’êtes plus disponible, sans "
        "autre raison.",
    ),
    "refuser": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "que vous avez refusé"),
            Ligne("L’employeur du poste", ACCUEIL, "que vous avez refusé"),
        ),
        "La raison que vous donnez, et vos mots : personne.",
    ),
    "reprendre": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "que vous revenez sur votre réponse, et quand"),
            Ligne("L’employeur du poste", ACCUEIL, "que vous revenez sur votre réponse, et quand"),
        ),
        "La raison d’un refus que vous reprenez est détruite : personne ne l’aura lue.",
    ),
    "depart": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "votre demande écrite, datée d’aujourd’hui"),
            Ligne("L’employeur du poste", ACCUEIL, "que votre demande est faite, et quand"),
        ),
        "Les autres employeurs n’en savent rien.",
    ),
    "correction": Savoir(
        (
            Ligne(
                "Chez votre employeur, les ressources humaines",
                RH,
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
                EMPLOYEUR,
                "que vous l’avez demandé ; cette nuit, plus rien de vous",
            ),
        ),
        "Les autres employeurs n’en savent rien.",
    ),
    "garder": Savoir(
        (Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "que vous avez renoncé à l’effacement"),),
        "Les autres employeurs n’en savent rien.",
    ),
    **DU_PARCOURS,
}
