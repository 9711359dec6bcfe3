"""The object of an address, as the acteur may see it: 404 otherwise.

One function for each object, named after it, `(acteur, pk)`, which reads it in one query with all
that its page shows. A plural is what the list reads.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Poste
from opportunites.models import (
    Avis,
    Demande,
    Element,
    Estimation,
    FicheRemuneration,
    Mobilite,
    Opportunite,
    Proposition,
    Question,
    Regime,
    ReponseOrigine,
    Reserve,
    Sollicitation,
    Suivi,
    Voeu,
)

# --- Postes and wishes ----------------------------------------------------------------------------


def ma_fiche(acteur: Acteur) -> Cadre:
    """The file of the cadre who asks."""
    return get_object_or_404(
        Cadre.objects.visibles_par(acteur).select_related("candidature"), pk=acteur.cadre_id
    )


def ma_fiche_avec_mon_poste(acteur: Acteur) -> Cadre:
    """The same, with the poste held and its employer."""
    return get_object_or_404(
        Cadre.objects.visibles_par(acteur).select_related("candidature", "poste", "collectivite"),
        pk=acteur.cadre_id,
    )


def poste(acteur: Acteur, pk: int) -> Poste:
    return get_object_or_404(Poste.objects.visibles_par(acteur), pk=pk)


def opportunites(acteur: Acteur) -> QuerySet[Opportunite]:
    visibles: QuerySet[Opportunite] = Opportunite.objects.visibles_par(acteur).select_related(
        "poste__collectivite", "poste__direction"
    )
    return visibles


def opportunite(acteur: Acteur, pk: int) -> Opportunite:
    return get_object_or_404(opportunites(acteur), pk=pk)


def opportunite_avec_sa_fiche(acteur: Acteur, pk: int) -> Opportunite:
    return get_object_or_404(Opportunite.objects.visibles_par(acteur).exclude(piece=""), pk=pk)


def estimation(acteur: Acteur, opportunite: int) -> Estimation:
    """The one that the cadre who asks kept for this poste."""
    return get_object_or_404(Estimation.objects.visibles_par(acteur), opportunite=opportunite)


def voeu(acteur: Acteur, pk: int) -> Voeu:
    return get_object_or_404(
        Voeu.objects.visibles_par(acteur).select_related(
            "cadre__collectivite", "opportunite__poste__collectivite"
        ),
        pk=pk,
    )


def avis(acteur: Acteur, pk: int) -> Avis:
    return get_object_or_404(
        Avis.objects.visibles_par(acteur).select_related("opportunite__poste__collectivite"), pk=pk
    )


def demande(acteur: Acteur, pk: int) -> Demande:
    return get_object_or_404(
        Demande.objects.visibles_par(acteur).select_related(
            "cadre__collectivite", "cadre__poste", "opportunite__poste__collectivite"
        ),
        pk=pk,
    )


def sollicitation(acteur: Acteur, pk: int) -> Sollicitation:
    return get_object_or_404(
        Sollicitation.objects.visibles_par(acteur).select_related(
            "opportunite__poste__collectivite", "opportunite__poste__direction"
        ),
        pk=pk,
    )


def demande_avec_son_rendez_vous(acteur: Acteur, pk: int) -> Demande:
    return get_object_or_404(
        Demande.objects.visibles_par(acteur)
        .filter(rendez_vous_le__isnull=False)
        .select_related("opportunite"),
        pk=pk,
    )


# --- Propositions and réserves --------------------------------------------------------------------


def propositions(acteur: Acteur) -> QuerySet[Proposition]:
    visibles: QuerySet[Proposition] = Proposition.objects.visibles_par(acteur).select_related(
        "opportunite__poste__collectivite",
        "opportunite__poste__direction",
        "cadre__candidature",
        "cadre__poste",
        "collectivite_origine",
    )
    return visibles


def proposition(acteur: Acteur, pk: int) -> Proposition:
    return get_object_or_404(propositions(acteur), pk=pk)


def proposition_soumise(acteur: Acteur, pk: int) -> Proposition:
    """One that the person is asked about before it is sent."""
    return get_object_or_404(
        Proposition.objects.soumises_a(acteur).select_related(
            "opportunite__poste__collectivite", "collectivite_origine"
        ),
        pk=pk,
    )


def question(acteur: Acteur, pk: int) -> Question:
    return get_object_or_404(
        Question.objects.visibles_par(acteur).select_related(
            "proposition__cadre", "proposition__opportunite__poste__collectivite"
        ),
        pk=pk,
    )


def proposition_validee(acteur: Acteur, pk: int) -> Proposition:
    """With all that its letter bears."""
    validees = propositions(acteur).filter(validee_le__isnull=False)
    return get_object_or_404(
        validees.select_related(
            "opportunite__poste__collectivite__demarche", "validee_par__utilisateur"
        ),
        pk=pk,
    )


def reserve(acteur: Acteur, pk: int) -> Reserve:
    return get_object_or_404(
        Reserve.objects.visibles_par(acteur).select_related(
            "collectivite",
            "deposee_par__utilisateur",
            "proposition__cadre",
            "proposition__collectivite_origine",
            "proposition__opportunite__poste__collectivite",
        ),
        pk=pk,
    )


def reserve_avec_sa_piece(acteur: Acteur, pk: int) -> Reserve:
    return get_object_or_404(Reserve.objects.visibles_par(acteur).exclude(piece=""), pk=pk)


# --- Pay -------------------------------------------------------------------------------------------


def _fiches(acteur: Acteur) -> QuerySet[FicheRemuneration]:
    visibles: QuerySet[FicheRemuneration] = FicheRemuneration.objects.visibles_par(
        acteur
    ).select_related(
        "proposition__opportunite__poste__collectivite",
        "proposition__opportunite__poste__direction",
        "proposition__collectivite_origine",
        "proposition__cadre__poste",
        "signee_origine_par__utilisateur",
        "signee_accueil_par__utilisateur",
    )
    return visibles


def fiche(acteur: Acteur, pk: int) -> FicheRemuneration:
    """A version of a pay sheet, with its two sides."""
    return get_object_or_404(_fiches(acteur), pk=pk)


def fiche_figee(acteur: Acteur, pk: int) -> FicheRemuneration:
    """The same, once a DRH has signed it."""
    return get_object_or_404(_fiches(acteur).exclude(empreinte=""), pk=pk)


def regime(acteur: Acteur, pk: int) -> Regime:
    """One délibération of the acteur's own collectivité."""
    siens = Regime.objects.visibles_par(acteur).filter(collectivite=acteur.collectivite)
    return get_object_or_404(siens.prefetch_related("groupes"), pk=pk)


# --- Moves and their files ------------------------------------------------------------------------


def mobilites(acteur: Acteur) -> QuerySet[Mobilite]:
    visibles: QuerySet[Mobilite] = Mobilite.objects.visibles_par(acteur).select_related(
        "cadre",
        "collectivite_origine",
        "collectivite_accueil",
        "poste_origine",
        "poste_accueil__direction",
        "poste_accueil__collectivite",
        "proposition",
    )
    return visibles


def mobilite(acteur: Acteur, pk: int) -> Mobilite:
    return get_object_or_404(mobilites(acteur), pk=pk)


def mobilite_avec_sa_voie(acteur: Acteur, pk: int) -> Mobilite:
    """Once its route and its date are chosen."""
    choisies = mobilites(acteur).exclude(voie="").filter(date_effet__isnull=False)
    return get_object_or_404(choisies, pk=pk)


def element(acteur: Acteur, pk: int) -> Element:
    return get_object_or_404(Element.objects.visibles_par(acteur), pk=pk)


def reponse_avec_sa_piece(acteur: Acteur, pk: int) -> ReponseOrigine:
    return get_object_or_404(ReponseOrigine.objects.visibles_par(acteur).exclude(piece=""), pk=pk)


def suivi(acteur: Acteur, pk: int) -> Suivi:
    return get_object_or_404(
        Suivi.objects.visibles_par(acteur).select_related(
            "mobilite__cadre", "mobilite__poste_accueil", "mobilite__collectivite_accueil"
        ),
        pk=pk,
    )
