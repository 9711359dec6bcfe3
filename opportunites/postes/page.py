"""What the page of a poste shows to a cadre, and to its host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from opportunites.communs.lecteurs import lecteurs
from opportunites.models import Avis, Demande, Opportunite, Proposition, Sollicitation, Voeu
from opportunites.postes import predicats
from opportunites.propositions.predicats import refus_disponible, refus_proposer
from opportunites.propositions.raisons import raisons


def pour_le_cadre(acteur: Acteur, opportunite: Opportunite, cadre: Cadre) -> dict[str, Any]:
    """Why it may suit them, their wish, what its host said, whether they may ask to meet."""
    voeux = {v.opportunite_id: v for v in Voeu.objects.visibles_par(acteur)}
    return {
        "raisons": raisons(cadre, opportunite),
        "lecteurs": lecteurs(cadre, opportunite.poste.collectivite),
        "voeu": voeux.get(opportunite.pk),
        "refus": predicats.refus_exprimer_voeu(acteur, opportunite, cadre, len(voeux)),
        "proposition": Proposition.objects.visibles_par(acteur)
        .filter(opportunite=opportunite)
        .first(),
        "avis": Avis.objects.visibles_par(acteur).filter(opportunite=opportunite).first(),
        "demandes": [
            (demande, predicats.refus_retirer_demande(acteur, demande) is None)
            for demande in Demande.objects.visibles_par(acteur).filter(opportunite=opportunite)
        ],
        "peut_demander": predicats.refus_demander(acteur, opportunite, cadre) is None,
    }


def pour_l_accueil(acteur: Acteur, opportunite: Opportunite) -> dict[str, Any]:
    """Who ranked it, what was proposed and asked, and what the reader may do."""
    propositions = list(
        Proposition.objects.visibles_par(acteur)
        .filter(opportunite=opportunite)
        .select_related("cadre", "collectivite_origine")
    )
    return {
        "candidats": _candidats(acteur, opportunite, propositions),
        "propositions": propositions,
        "demandes": _demandes(acteur, opportunite),
        "manques": _manques(opportunite),
        "sollicitations": Sollicitation.objects.visibles_par(acteur)
        .filter(opportunite=opportunite)
        .select_related("cadre__collectivite"),
        **_droits(acteur, opportunite),
    }


def _candidats(
    acteur: Acteur, opportunite: Opportunite, propositions: list[Proposition]
) -> list[dict[str, Any]]:
    """Those who ranked the poste, in the order of the host. Two queries."""
    en_cours = {p.cadre_id for p in propositions if p.est_vivante}
    voeux = (
        Voeu.objects.visibles_par(acteur)
        .filter(opportunite=opportunite)
        .select_related("cadre__collectivite", "cadre__poste", "cadre__candidature")
        .order_by("rang", "cadre__nom", "cadre__prenom", "pk")
    )
    siens = Avis.objects.visibles_par(acteur).filter(opportunite=opportunite)
    avis = {a.cadre_id: a for a in siens}
    candidats: list[dict[str, Any]] = [
        {
            "voeu": voeu,
            "cadre": voeu.cadre,
            "rang": voeu.rang,
            "avis": avis.get(voeu.cadre_id),
            "raisons": raisons(voeu.cadre, opportunite),
            "proposable": voeu.cadre_id not in en_cours and refus_disponible(voeu.cadre) is None,
        }
        for voeu in voeux
    ]
    ranges = sorted(candidats, key=_ordre_de_l_accueil)
    # A place among those that the reader sees: a rank would tell that somebody else is there.
    for place, candidat in enumerate((c for c in ranges if c["avis"] and c["avis"].rang), start=1):
        candidat["place"] = place
    return ranges


def _demandes(acteur: Acteur, opportunite: Opportunite) -> list[tuple[Demande, bool]]:
    """Who asked to meet, each with whether the reader answers. One query."""
    demandes = (
        Demande.objects.visibles_par(acteur)
        .filter(opportunite=opportunite)
        .select_related("cadre__collectivite")
    )
    return [
        (demande, predicats.refus_repondre_demande(acteur, demande) is None)
        for demande in _avec_leur_poste(demandes, opportunite)
    ]


def _manques(opportunite: Opportunite) -> list[str]:
    """What a cadre would look for in vain, told to the host before it publishes, and after."""
    attendus = {
        "les missions": opportunite.poste.missions,
        "le lieu": opportunite.poste.lieu,
        "le responsable direct": opportunite.responsable,
        "une personne à contacter": opportunite.contact_nom,
        "la rémunération": opportunite.remuneration_annoncee,
    }
    return [nom for nom, dit in attendus.items() if not dit]


def _droits(acteur: Acteur, opportunite: Opportunite) -> dict[str, bool]:
    refus = {
        "peut_valider": predicats.refus_valider_besoin,
        "peut_suivre": predicats.refus_suivre_publicite,
        "peut_presser": predicats.refus_declarer_urgence,
        "peut_lever": predicats.refus_lever_urgence,
        "peut_clore": predicats.refus_clore_aux_voeux,
        "peut_rouvrir": predicats.refus_rouvrir_aux_voeux,
        "peut_donner_avis": predicats.refus_donner_avis,
        "peut_publier": predicats.refus_publier,
        "peut_modifier": predicats.refus_modifier_opportunite,
        "peut_retirer": predicats.refus_retirer_opportunite,
        "peut_proposer": refus_proposer,
        "peut_interroger": predicats.refus_interroger,
    }
    return {nom: predicat(acteur, opportunite) is None for nom, predicat in refus.items()}


def _avec_leur_poste(demandes: QuerySet[Demande], opportunite: Opportunite) -> Iterator[Demande]:
    """The poste is at hand: it is not read again for each."""
    for demande in demandes:
        demande.opportunite = opportunite
        yield demande


def _ordre_de_l_accueil(candidat: dict[str, Any]) -> tuple[int, int]:
    """Those the host would take, in its order; those of whom it has said nothing; the others."""
    avis: Avis | None = candidat["avis"]
    if avis is None:
        return (1, candidat["rang"])
    return (0, avis.rang) if avis.rang is not None else (2, candidat["rang"])
