"""What each reader is shown of many postes: those to open, those that are open, those to rank."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Poste
from opportunites.communs.lecteurs import Lecteurs, lecteurs
from opportunites.models import Opportunite, Proposition, Voeu
from opportunites.postes import predicats
from opportunites.propositions.raisons import raisons
from parcours.models import Inscription


def a_ouvrir(acteur: Acteur, recherche: str) -> QuerySet[Poste]:
    """One's own postes that are not open yet: the free ones first, then those whose holder is in a
    promotion. Their own HR direction knows who is; nobody else reads this."""
    deja = Opportunite.objects.filter(poste=OuterRef("pk"), etat__in=Opportunite.ETATS_VIVANTS)
    en_parcours = Inscription.objects.filter(
        cadre__poste=OuterRef("pk"), etat=Inscription.Etat.EN_COURS
    )
    postes: QuerySet[Poste] = (
        Poste.objects.visibles_par(acteur)
        .filter(~Exists(deja))
        .select_related("direction")
        .annotate(
            est_tenu=Exists(_titulaires().filter(poste=OuterRef("pk"))),
            susceptible=Exists(en_parcours),
        )
        .order_by("est_tenu", "-susceptible", "intitule", "pk")
        .chercher(recherche)
    )
    return postes


def vacance_probable(poste: Poste | None) -> dict[str, Any] | None:
    """What the form of a new opportunité starts with: a poste that is held may become vacant."""
    if poste is None or not _titulaires().filter(poste=poste).exists():
        return None
    return {"vacance": Opportunite.Vacance.SUSCEPTIBLE}


def _titulaires() -> QuerySet[Cadre]:
    """Whoever has left holds nothing any more, even if their file still says what they held."""
    return Cadre.objects.filter(parti_le__isnull=True)


def avec_comptes(acteur: Acteur, lignes: QuerySet[Opportunite]) -> QuerySet[Opportunite]:
    """How many people ranked each poste, and how many were proposed it: the host's alone."""
    sien = {"opportunite": OuterRef("pk"), "opportunite__poste__collectivite": acteur.collectivite}

    def compte(rangees: QuerySet[Any]) -> Coalesce:
        total = rangees.order_by().values("opportunite").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(total), 0)

    vivantes = Proposition.objects.visibles_par(acteur).filter(
        etat__in=Proposition.ETATS_VIVANTS, **sien
    )
    return lignes.annotate(
        nb_voeux=compte(Voeu.objects.visibles_par(acteur).filter(**sien)),
        nb_propositions=compte(vivantes),
    )


def pour_choisir(
    acteur: Acteur, opportunites: Iterable[Opportunite], cadre: Cadre
) -> tuple[list[dict[str, Any]], int]:
    """Each poste with why it may suit, whether it may be ranked and who would read it; and how many
    are. Two queries for each employer of the page, and one."""
    lisent: dict[int, Lecteurs] = {}
    rangs = dict(Voeu.objects.visibles_par(acteur).values_list("opportunite_id", "rang"))
    postes = [
        {
            "opportunite": opportunite,
            "raisons": raisons(cadre, opportunite),
            "rang": rangs.get(opportunite.pk),
            "refus": predicats.refus_exprimer_voeu(acteur, opportunite, cadre, len(rangs)),
            "lecteurs": _lecteurs(lisent, cadre, opportunite.poste.collectivite),
        }
        for opportunite in opportunites
    ]
    return postes, len(rangs)


def _lecteurs(connus: dict[int, Lecteurs], cadre: Cadre, accueil: Collectivite) -> Lecteurs:
    if accueil.pk not in connus:
        connus[accueil.pk] = lecteurs(cadre, accueil)
    return connus[accueil.pk]
