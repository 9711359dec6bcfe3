"""Who still holds the poste that a move goes to, and whether their departure is settled.

Everybody holds their poste until their own move is effective. An arrival therefore waits for the
holder: their own move first; a departure that their employer signals; another poste in their file.
Only an exchange (A takes the poste of B, who takes that of C, who takes that of A) has no first:
once each of its moves is due, they take effect together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.typographie import date_texte
from collectivites.models import Collectivite
from opportunites.dossier.droit.voies import obstacle
from opportunites.models import Mobilite


@dataclass(frozen=True)
class Occupation:
    """`titulaire`: whoever stands in the way, or has left without their poste being freed.
    `echange`: the moves that take effect with this one. `refus`: what to do first, for the host."""

    titulaire: Cadre | None = None
    echange: tuple[Mobilite, ...] = ()
    refus: str | None = None


def occupation(mobilite: Mobilite) -> Occupation:
    """Two queries at most."""
    return occupations([mobilite])[mobilite.pk]


def occupations(mobilites: Sequence[Mobilite]) -> dict[int, Occupation]:
    """The same for many: one query when `poste_accueil__titulaire` is selected, none if all their
    postes are free."""
    titulaires = {m.pk: _titulaire(m) for m in mobilites}
    en_place = [t.pk for t in titulaires.values() if t is not None and t.parti_le is None]
    ouvertes = _ouvertes(mobilites) if en_place else {}
    return {m.pk: _occupation(m, titulaires[m.pk], ouvertes) for m in mobilites}


def motif_d_attente(mobilite: Mobilite) -> str | None:
    """Why an open move is not due yet, as far as its own file is concerned."""
    if not mobilite.voie or mobilite.date_effet is None:
        return "Choisissez d’abord la voie statutaire et la date d’effet."
    if mobilite.date_effet > timezone.localdate():
        return (
            f"La mobilité prend effet le {date_texte(mobilite.date_effet)} : "
            "elle se constate à partir de ce jour."
        )
    return obstacle(mobilite, mobilite.date_effet)


def _titulaire(mobilite: Mobilite) -> Cadre | None:
    titulaire: Cadre | None = getattr(mobilite.poste_accueil, "titulaire", None)
    return None if titulaire is None or titulaire.pk == mobilite.cadre_id else titulaire


def _ouvertes(mobilites: Iterable[Mobilite]) -> dict[int, Mobilite]:
    """The open moves of these démarches, by person: an exchange may run through any of them."""
    accueils = {m.collectivite_accueil_id for m in mobilites}
    lignes = Mobilite.objects.filter(
        etat=Mobilite.Etat.OUVERTE,
        collectivite_accueil__demarche__in=Collectivite.objects.filter(pk__in=accueils).values(
            "demarche"
        ),
    ).select_related("collectivite_accueil", "poste_accueil__titulaire")
    return {m.cadre_id: m for m in lignes}


def _occupation(
    mobilite: Mobilite, titulaire: Cadre | None, ouvertes: dict[int, Mobilite]
) -> Occupation:
    if titulaire is None or titulaire.parti_le is not None:
        return Occupation(titulaire)
    if echange := _echange(mobilite, titulaire, ouvertes):
        return Occupation(titulaire, echange)
    return Occupation(titulaire, refus=_refus(titulaire, ouvertes.get(titulaire.pk)))


def _echange(
    mobilite: Mobilite, titulaire: Cadre, ouvertes: dict[int, Mobilite]
) -> tuple[Mobilite, ...]:
    """The moves through which the holder's departure comes back to the person who arrives, if each
    is due. A poste has one holder and one open move: the way never crosses itself."""
    suite: list[Mobilite] = []
    tenant: Cadre | None = titulaire
    while tenant is not None and tenant.parti_le is None and len(suite) <= len(ouvertes):
        if tenant.pk == mobilite.cadre_id:
            return tuple(suite)
        sienne = ouvertes.get(tenant.pk)
        if sienne is None or motif_d_attente(sienne) is not None:
            return ()
        suite.append(sienne)
        tenant = _titulaire(sienne)
    return ()


def _refus(titulaire: Cadre, sienne: Mobilite | None) -> str:
    """For the HR direction of the host, whose own staff the holder is."""
    tient = f"{titulaire.nom_complet} tient encore ce poste"
    if sienne is None:
        return (
            f"{tient}, et rien n’annonce son départ : signalez ce départ dans le registre, "
            "changez son poste dans sa fiche, ou abandonnez cette mobilité."
        )
    ou_renoncer = "Si son départ ne se fait pas, abandonnez cette mobilité."
    if sienne.date_effet is None or not sienne.voie:
        return (
            f"{tient} : sa propre mobilité n’a encore ni voie ni date. Préparez-la d’abord. "
            f"{ou_renoncer}"
        )
    if sienne.date_effet > timezone.localdate():
        return (
            f"{tient} : sa propre mobilité prend effet le {date_texte(sienne.date_effet)}. "
            f"Celle-ci se constate ensuite. {ou_renoncer}"
        )
    if obstacle(sienne, sienne.date_effet) is not None:
        return (
            f"{tient} : sa propre mobilité n’est pas acquise, et son dossier dit pourquoi. "
            f"Celle-ci se constate ensuite. {ou_renoncer}"
        )
    return (
        f"{tient} : sa propre mobilité est à constater d’abord, par son employeur d’accueil "
        f"({sienne.collectivite_accueil.nom_court}). {ou_renoncer}"
    )
