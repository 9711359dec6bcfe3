"""Who learns of what a cadre does in their parcours: sessions, immersions, accompagnement."""

from __future__ import annotations

from collectivites.acteurs.savoir import (
    ACCUEIL,
    DE_L_EMPLOYEUR,
    EMPLOYEUR,
    Lecteur,
    Ligne,
    Savoir,
)

DU_PARCOURS: dict[str, Savoir] = {
    "session": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "votre inscription, ou que vous rendez votre place"),
            Ligne(
                "Chez l’employeur qui organise, les ressources humaines, et qui anime la session",
                ACCUEIL,
                "votre nom, votre employeur, votre place ou votre rang d’attente, puis votre présence",
            ),
        ),
        "Les autres lisent combien de places restent, jamais votre nom.",
    ),
    "evaluation": Savoir(
        (),
        "Personne : ni votre employeur, ni la personne qui vous accompagne, ni qui a répondu comme vous ne "
        "saura ce que vous avez répondu. Les réponses sont comptées ensemble, après le dernier jour, et "
        "dites à partir de cinq.",
    ),
    "reseau": Savoir(
        (),
        "Aucun employeur, sous aucun rôle, ni la personne qui vous accompagne. Les personnes de votre "
        "promotion et des suivantes lisent ce que vous montrez, tant que vous le montrez.",
    ),
    "mentor": Savoir(
        (),
        "La personne à qui vous écrivez, ou à qui vous répondez, et elle seule. Aucun employeur n’en sait "
        "rien.",
    ),
    "immersion": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "votre demande, vos dates et vos raisons"),
            Ligne(
                "L’employeur qui vous recevrait",
                ACCUEIL,
                "votre demande, vos dates et vos raisons",
            ),
        ),
        "Les deux doivent dire oui ; les deux autres employeurs n’en savent rien.",
    ),
    "immersion_offerte": Savoir(
        (
            Ligne(
                "L’employeur qui vous recevrait",
                ACCUEIL,
                "votre demande, vos dates et vos raisons",
            ),
        ),
        "Votre employeur n’en sait rien tant que vous ne le prévenez pas ; les deux autres non plus.",
    ),
    "montrer_immersion": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "votre demande, vos dates et vos raisons"),
            Ligne("L’employeur qui vous recevrait", ACCUEIL, "que vous avez prévenu le vôtre"),
        ),
        "Les deux autres employeurs n’en savent rien.",
    ),
    "renoncer_immersion": Savoir(
        (
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "que vous y renoncez, s’il était prévenu"),
            Ligne("L’employeur qui vous recevrait", ACCUEIL, "que vous y renoncez"),
        ),
        "On ne vous demande pas pourquoi.",
    ),
    "rendez_vous": Savoir(
        (
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "votre choix, ou que vous ne viendrez pas",
            ),
            Ligne(
                DE_L_EMPLOYEUR,
                EMPLOYEUR,
                "la date et la durée du rendez-vous, ou qu’il est annulé, et votre présence",
            ),
        ),
        "Ce que vous vous y dites reste entre vous deux. On ne vous demande pas pourquoi vous ne "
        "venez pas.",
    ),
    "ecrit": Savoir(
        (
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "ce que vous écrivez ou cochez ici",
            ),
        ),
        "Aucun employeur ne le lit jamais, ni qui exploite l’application.",
    ),
    "notes_d_avant": Savoir(
        (
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "ces écrits, tant que vous les transmettez",
            ),
        ),
        "Aucun employeur ne sait ce que vous décidez.",
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
    "retirer_synthese": Savoir(
        (
            Ligne(
                DE_L_EMPLOYEUR,
                EMPLOYEUR,
                "que vous l’avez retirée ; plus personne n’y lit votre synthèse",
            ),
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "que vous l’avez retirée",
            ),
        ),
        "Qui l’a lue entre-temps est nommé dans vos données.",
    ),
    "carnet": Savoir(
        (),
        "Personne : aucune page ne le montre à votre employeur, à la personne qui vous accompagne, ni à "
        "qui administre Quatuor. Votre carnet est scellé dans la base.",
    ),
    "bilan": Savoir(
        (
            Ligne(
                "La personne qui vous accompagne",
                frozenset({Lecteur.ACCOMPAGNATEUR}),
                "votre bilan entier",
                "quand vous le remettez",
            ),
            Ligne(DE_L_EMPLOYEUR, EMPLOYEUR, "qu’un bilan est remis, et quand"),
        ),
        "Ce que vous y écrivez, aucun employeur ne le lit jamais.",
    ),
}
