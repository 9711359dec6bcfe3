"""« Mes données »: what a person wished, asked, and what the hosts said of it."""

from __future__ import annotations

from collections.abc import Iterable

from cadres.models import Cadre
from cadres.prises import Rubrique
from collectivites.communs.typographie import date_texte
from opportunites.models import Alerte, Avis, Demande, Sollicitation, Voeu


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """Wishes, opinions received, requests to meet, questions of hosts. Five queries."""
    voeux = Voeu.objects.filter(cadre=cadre).select_related("opportunite__poste")
    avis = Avis.objects.filter(cadre=cadre).select_related("opportunite__poste")
    demandes = Demande.objects.filter(cadre=cadre).select_related("opportunite__poste")
    yield Rubrique(
        "voeux",
        "Vos vœux",
        [(f"Vœu {v.rang}", v.opportunite.poste.intitule) for v in voeux.order_by("rang")],
    )
    yield Rubrique(
        "avis",
        "Les avis des employeurs sur vos vœux",
        [_ligne_avis(a) for a in avis.order_by("donne_le")],
    )
    yield Rubrique(
        "demandes",
        "Vos demandes de rencontre",
        [_ligne_demande(d) for d in demandes.order_by("deposee_le")],
    )

    yield Rubrique(
        "sollicitations", "Les postes sur lesquels on vous interroge", _sollicitations(cadre)
    )
    alertes = Alerte.objects.filter(cadre=cadre)
    yield Rubrique(
        "alerte",
        "Votre alerte sur les nouveaux postes",
        [("Filtres gardés", alerte.parametres or "aucun filtre") for alerte in alertes],
    )


def _sollicitations(cadre: Cadre) -> list[tuple[str, str]]:
    posees = Sollicitation.objects.filter(cadre=cadre).select_related("opportunite__poste")
    return [
        (
            s.opportunite.poste.intitule,
            f"{s.message}, posée le {date_texte(s.posee_le)}, {s.get_etat_display().lower()}",
        )
        for s in posees.order_by("posee_le")
    ]


def _ligne_avis(avis: Avis) -> tuple[str, str]:
    rang = f", rang {avis.rang}" if avis.rang else ""
    return avis.opportunite.poste.intitule, f"{avis.get_sens_display()}{rang} : {avis.motif}"


def _ligne_demande(demande: Demande) -> tuple[str, str]:
    faits = [
        f"demandée le {date_texte(demande.deposee_le)}",
        demande.message,
        demande.get_etat_display().lower(),
        demande.reponse,
        f"rendez-vous le {date_texte(demande.rendez_vous_le)}, {demande.rendez_vous_lieu}"
        if demande.rendez_vous_le
        else "",
    ]
    return (
        f"{demande.get_nature_display()}, {demande.opportunite.poste.intitule}",
        ", ".join(fait for fait in faits if fait),
    )
