"""Resolving the acteur of a person: their mandats, their delegations, their own file."""

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur, delegations_de, mandats_de
from collectivites.acteurs.requetes_pretes import RequetePrete
from collectivites.models import Mandat, Utilisateur
from collectivites.mots import Role

_FICHE = RequetePrete(
    lambda utilisateur, collectivite: Cadre.objects.filter(
        utilisateur=utilisateur, collectivite=collectivite
    ).values_list("pk", "candidature__etat", "candidature__avancee")[:1],
    utilisateur=int,
    collectivite=int,
)


def acteur_de(utilisateur: Utilisateur, mandat_id: int | None = None) -> Acteur | None:
    """The acteur under the chosen live mandat, else under the oldest; None without any.

    One query, one more for a DRH (delegations) or for a cadre (their file).
    """
    mandats = mandats_de(utilisateur)
    choisi = next((m for m in mandats if m.pk == mandat_id), mandats[0] if mandats else None)
    return None if choisi is None else acteur_du_mandat(choisi, mandats)


def acteur_du_mandat(mandat: Mandat, mandats: list[Mandat] | None = None) -> Acteur:
    """The acteur under one given mandat."""
    cadre_id, etat, avancee = None, "", ""
    if mandat.role == Role.CADRE:
        siennes = _FICHE(utilisateur=mandat.utilisateur_id, collectivite=mandat.collectivite_id)
        cadre_id, etat, avancee = siennes[0] if siennes else (None, "", "")
    return Acteur(
        mandat=mandat,
        delegations=delegations_de(mandat),
        cadre_id=cadre_id,
        candidature=(etat or "", avancee or ""),
        autres_mandats=tuple(m for m in mandats or () if m.pk != mandat.pk),
    )
