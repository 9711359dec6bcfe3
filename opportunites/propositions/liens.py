"""Propositions that hang together: when each may leave, and by when all are answered.

A chain is answered from the vacant poste down: each leaves once the one before it is accepted, so
that nobody is asked about a poste that somebody may keep. An exchange leaves once all of it is
validated, with one deadline.
"""

from __future__ import annotations

from datetime import date, datetime

from collectivites.communs.typographie import accorder, compter, date_texte
from opportunites.models import Ensemble, Maillon, Proposition

Etat = Proposition.Etat
ACCORDEES = (Etat.ACCEPTEE, Etat.REALISEE)
ROMPUE = {
    Ensemble.Genre.CHAINE: "La chaîne est rompue en amont : le mouvement doit d’abord être réparé.",
    Ensemble.Genre.BOUCLE: "L’échange est rompu : le mouvement doit d’abord être réparé.",
}


def maillon_de(proposition: Proposition) -> Maillon | None:
    """Its place, if it hangs on others. One query."""
    return Maillon.objects.filter(proposition=proposition.pk).select_related("ensemble").first()


def refus_du_lien(proposition: Proposition) -> str | None:
    """Why it must wait for others of its chain or exchange. Two queries at most."""
    maillon = maillon_de(proposition)
    if maillon is None:
        return None
    ensemble = maillon.ensemble
    autres = list(
        ensemble.maillons.exclude(pk=maillon.pk)
        .select_related("proposition__opportunite__poste")
        .order_by("ordre")
    )
    if ensemble.genre == Ensemble.Genre.CHAINE:
        autres = [m for m in autres if m.ordre < maillon.ordre]
    if any(not m.proposition.est_vivante and m.proposition.etat != Etat.REALISEE for m in autres):
        return ROMPUE[Ensemble.Genre(ensemble.genre)]
    if ensemble.genre == Ensemble.Genre.BOUCLE:
        a_valider = sum(m.proposition.etat == Etat.BROUILLON for m in autres)
        if a_valider:
            return (
                "Un échange part d’un seul tenant : il reste "
                f"{compter(a_valider, 'proposition')} à valider chez "
                f"{accorder(a_valider, 'un autre employeur,les autres employeurs')}."
            )
        return None
    attendu = next((m for m in autres if m.proposition.etat not in ACCORDEES), None)
    if attendu is None:
        return None
    poste = attendu.proposition.opportunite.poste.annonce
    return (
        f"On répond à une chaîne à partir du poste vacant : cette proposition part après l’accord sur "
        f"le poste « {poste} »."
    )


def limite_commune(proposition: Proposition) -> datetime | None:
    """The deadline that its exchange already has. One query."""
    maillon = maillon_de(proposition)
    return maillon.ensemble.repondre_avant if maillon is not None else None


def effet_commun(proposition: int) -> date | None:
    """The day on which all the exchange takes effect. One query."""
    jour: date | None = (
        Maillon.objects.filter(proposition=proposition)
        .values_list("ensemble__date_effet", flat=True)
        .first()
    )
    return jour


def poser_la_limite(proposition: Proposition, limite: datetime) -> str | None:
    """The first of an exchange to leave sets the deadline of all; why the others cannot differ."""
    maillon = maillon_de(proposition)
    if maillon is None or maillon.ensemble.genre == Ensemble.Genre.CHAINE:
        return None
    ensemble: Ensemble = Ensemble.objects.select_for_update(of=("self",)).get(
        pk=maillon.ensemble_id
    )
    if ensemble.repondre_avant is None:
        ensemble.repondre_avant = limite
        ensemble.save(update_fields=["repondre_avant"])
    if ensemble.repondre_avant != limite:
        return f"Cet échange a une seule date limite, le {date_texte(ensemble.repondre_avant)}."
    return None
