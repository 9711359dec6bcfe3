"""Wishes of the second promotion, what the employers say of them, meetings asked for, pledges."""

import random

from cadres.models import Candidature
from opportunites.models import (
    Avis,
    Demande,
    Engagement,
    Opportunite,
    Proposition,
    Question,
    Sollicitation,
    Voeu,
)
from pilotage.demo.calendrier import instant, jour
from pilotage.demo.chapitres.registre import Registre
from pilotage.demo.organisation import Lieu


def exprimer(registre: Registre, hasard: random.Random) -> None:
    """Wishes of those of promotion 2 who have not moved."""
    publiees = list(
        Opportunite.objects.filter(etat=Opportunite.Etat.PUBLIEE).select_related("poste")
    )
    for groupe in registre.promotions[2].values():
        for cadre in groupe:
            if cadre.candidature.avancee != Candidature.Avancee.EN_PARCOURS:
                continue
            ailleurs = [o for o in publiees if o.poste.collectivite_id != cadre.collectivite_id]
            pris = set(cadre.voeux.values_list("opportunite_id", flat=True))
            choix = hasard.sample(ailleurs, min(3, len(ailleurs)))
            for opportunite in choix:
                if opportunite.pk not in pris and hasard.random() < 0.75:
                    pris.add(opportunite.pk)
                    Voeu.objects.create(
                        cadre=cadre,
                        opportunite=opportunite,
                        rang=len(pris),
                        exprime_le=instant(jour(jours=-hasard.randint(1, 20))),
                    )


def donner_les_avis(lieu: Lieu) -> None:
    """What the Région and the Département say of some of those who ranked their postes."""
    favorables = (
        "Votre expérience du pilotage de projets répond à ce que l’équipe attend.",
        "Vous connaissez les communes et leurs élus : c’est le cœur de ce poste.",
    )
    for code in ("departement", "region"):
        opportunites = Opportunite.objects.filter(
            poste__collectivite=lieu.collectivites[code], etat=Opportunite.Etat.PUBLIEE
        ).order_by("pk")
        for opportunite in opportunites:
            voeux = opportunite.voeux.order_by("rang", "pk")[:3]
            for n, voeu in enumerate(voeux):
                sens = Avis.Sens.FAVORABLE if n < 2 else Avis.Sens.DEFAVORABLE
                Avis.objects.create(
                    opportunite=opportunite,
                    cadre_id=voeu.cadre_id,
                    sens=sens,
                    rang=n + 1 if n < 2 else None,
                    motif=favorables[n]
                    if n < 2
                    else "Ce poste demande une expérience budgétaire que vous commencez.",
                    donne_le=instant(jour(jours=-1)),
                )


def demander() -> None:
    """Two first meetings asked for: one answered, one waiting."""
    voeux = Voeu.objects.filter(
        opportunite__etat=Opportunite.Etat.PUBLIEE,
        cadre__candidature__avancee=Candidature.Avancee.EN_PARCOURS,
    ).order_by("pk")[:2]
    for n, voeu in enumerate(voeux):
        Demande.objects.create(
            cadre_id=voeu.cadre_id,
            opportunite_id=voeu.opportunite_id,
            nature=Demande.Nature.IMMERSION if n else Demande.Nature.ENTRETIEN,
            message="J’aimerais comprendre l’équipe avant de confirmer mon vœu.",
            deposee_le=instant(jour(jours=-4)),
            echeance=jour(jours=25 if n else 8),
            **{}
            if n
            else {
                "etat": Demande.Etat.ACCEPTEE,
                "reponse": "Avec plaisir : appelez la directrice adjointe jeudi matin.",
                "repondue_le": instant(jour(jours=-2)),
                "rendez_vous_le": instant(jour(jours=6), 14),
                "rendez_vous_lieu": "02 38 00 30 30",
            },
        )


def interroger(registre: Registre) -> None:
    """The visitor is asked about a poste that they did not rank, and asked a question themselves."""
    visiteur = registre.visiteur
    assert visiteur is not None
    poste = (
        Opportunite.objects.filter(etat=Opportunite.Etat.PUBLIEE)
        .exclude(poste__collectivite=visiteur.collectivite)
        .exclude(voeux__cadre=visiteur)
        .exclude(propositions__cadre=visiteur)
        .order_by("-publiee_le", "pk")
        .first()
    )
    assert poste is not None
    Sollicitation.objects.create(
        opportunite=poste,
        cadre=visiteur,
        message="Votre parcours de direction et votre goût des projets partagés nous intéressent. "
        "Vous n’avez pas classé ce poste : l’aviez-vous vu ?",
        posee_le=instant(jour(jours=-1)),
    )
    envoyee = Proposition.objects.get(cadre=visiteur, etat=Proposition.Etat.ENVOYEE)
    Question.objects.create(
        proposition=envoyee,
        texte="L’équipe compte-t-elle une adjointe ou un adjoint ? Et quelles sont les astreintes ?",
        posee_le=instant(jour(jours=-2)),
    )


def s_engager(lieu: Lieu) -> None:
    """What each collectivité pledged when the démarche began."""
    for code, nombre in (("ville", 14), ("agglomeration", 10), ("departement", 12), ("region", 12)):
        Engagement.objects.create(
            collectivite=lieu.collectivites[code],
            nombre=nombre,
            pris_le=instant(jour(mois=-20)),
        )
