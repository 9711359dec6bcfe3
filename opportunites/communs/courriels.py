"""Who is told of what. Nobody is ever told why somebody refused, nor what they preferred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from icalendar import Event

from cadres.candidature.comptes import adresse_de
from cadres.models import Cadre
from collectivites.acteurs.ecart import tenus_a_part
from collectivites.models import Collectivite, Courriel, Mandat
from collectivites.mots import Role
from collectivites.travaux.courriels import deposer
from opportunites.models import Mobilite, Opportunite, Proposition, Reserve
from parcours.invitations import deposer_avec


def prevenir_le_cadre(
    gabarit: str, cadre: Cadre, cle: str, *, evenements: Sequence[Event] = (), **contexte: Any
) -> Courriel | None:
    """A mail to the person, and what it changes in their calendar. Reads `cadre.utilisateur` and
    `cadre.collectivite.demarche`."""
    return deposer_avec(
        gabarit,
        evenements,
        demarche=cadre.collectivite.demarche,
        destinataire=adresse_de(cadre),
        cle=cle,
        utilisateur=cadre.utilisateur,
        cadre_ref=cadre.pk,
        comme=Role.CADRE,
        cadre=cadre,
        # A proposition, an answer: the host writes. Of a move, or of the rest, the person's own.
        collectivite=contexte.get("accueil", cadre.collectivite),
        **contexte,
    )


def prevenir_l_employeur(
    gabarit: str,
    collectivite: Collectivite,
    cle: str,
    *roles: Role,
    confie_par: Cadre | None = None,
    **contexte: Any,
) -> None:
    """A mail to each holder of one of `roles` (the DRH) in a collectivité.

    `confie_par`: it tells what this cadre said to the host alone; whoever also serves their employer
    is not written to.
    """
    mandats = (
        Mandat.objects.en_vigueur()
        .filter(collectivite=collectivite, role__in=roles or (Role.DRH,))
        .select_related("utilisateur", "collectivite__demarche")
        .order_by("pk")
    )
    if confie_par is not None:
        a_part = tenus_a_part(confie_par.collectivite, collectivite.pk)
        mandats = mandats.exclude(utilisateur__in=a_part.values("utilisateur"))
    for mandat in mandats:
        deposer(
            gabarit,
            demarche=mandat.collectivite.demarche,
            destinataire=mandat.utilisateur.email,
            cle=f"{cle}-{mandat.pk}",
            utilisateur=mandat.utilisateur,
            comme=mandat,
            **contexte,
        )


def lien_proposition(proposition: Proposition) -> str:
    return reverse("opportunites:proposition", args=[proposition.pk])


def lien_accord(proposition: Proposition) -> str:
    return reverse("opportunites:repondre_accord", args=[proposition.pk])


def lien_opportunite(opportunite: Opportunite) -> str:
    return reverse("opportunites:opportunite", args=[opportunite.pk])


def lien_mobilite(mobilite: Mobilite) -> str:
    return reverse("opportunites:mobilite", args=[mobilite.pk])


def lien_reserve(reserve: Reserve) -> str:
    return reverse("opportunites:arbitrer_reserve", args=[reserve.pk])
