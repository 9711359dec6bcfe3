"""What each reader is shown of a move's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cadres.candidature.comptes import adresse_de
from cadres.fiche.anciens import identifiants_manquants
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from opportunites.dossier import predicats
from opportunites.dossier.droit.voies import (
    attend_une_reponse,
    echeances,
    est_acquis,
    indemnite,
    mises_en_garde,
    obstacle,
    toutes_les_voies,
)
from opportunites.dossier.occupation import Occupation, motif_d_attente, occupation
from opportunites.dossier.signature.predicats import refus_faire_signer
from opportunites.models import (
    DossierASigner,
    Element,
    Impact,
    Mobilite,
    ReponseOrigine,
    Reserve,
    Suivi,
)
from opportunites.propositions.predicats import refus_annuler_reponse, refus_deposer_reserve_sur


def lire(acteur: Acteur, dossier: Mobilite) -> dict[str, Any]:
    """The whole page: the move, its route and dates, the parts, what the reader may do."""
    return {
        "mobilite": dossier,
        "pour_le_cadre": acteur.est(Role.CADRE),
        "est_l_origine": acteur.est_employeur
        and acteur.collectivite.pk == dossier.collectivite_origine_id,
        **_voie(dossier),
        **_parties(acteur, dossier),
        **_droits(acteur, dossier),
        "place": _place(acteur, dossier),
        "reprenable_jusqu_a": dossier.proposition.annulable_jusqu_a
        if refus_annuler_reponse(acteur, dossier.proposition) is None
        else None,
        "identifiants": _identifiants(acteur, dossier),
        "dossiers_a_signer": DossierASigner.objects.visibles_par(acteur)
        .filter(mobilite=dossier)
        .prefetch_related("retours"),
        "peut_faire_signer": refus_faire_signer(acteur, dossier) is None,
    }


def _voie(dossier: Mobilite) -> dict[str, Any]:
    voie = toutes_les_voies()[dossier.voie] if dossier.voie else None
    return {
        "voie": voie,
        "gardes": mises_en_garde(dossier, voie) if voie else [],
        "echeances": echeances_de(dossier),
        "attend_une_reponse": attend_une_reponse(dossier),
        "indemnite": indemnite(dossier),
        "acquis": est_acquis(dossier),
        "obstacle": _obstacle(dossier),
    }


def _parties(acteur: Acteur, dossier: Mobilite) -> dict[str, Any]:
    cotes = _cotes(acteur, dossier)
    return {
        "precedent": _precedent(acteur, dossier),
        "reponses": list(
            ReponseOrigine.objects.visibles_par(acteur)
            .filter(mobilite=dossier)
            .select_related("par__utilisateur")
        ),
        "cotes": cotes,
        "reste": sum(cote.reste for cote in cotes),
        "total": sum(len(cote.points) for cote in cotes),
        "impact": Impact.objects.visibles_par(acteur)
        .filter(mobilite=dossier)
        .select_related("mobilite", "maj_par__utilisateur")
        .first(),
        "suivis": _suivis(acteur, dossier),
        "reserves": Reserve.objects.visibles_par(acteur)
        .filter(proposition=dossier.proposition)
        .select_related("collectivite"),
    }


def _droits(acteur: Acteur, dossier: Mobilite) -> dict[str, bool]:
    refus = {
        "peut_preparer": predicats.refus_preparer,
        "peut_constater": predicats.refus_rendre_effective,
        "peut_abandonner": predicats.refus_abandonner,
        "peut_reserver": refus_deposer_reserve_sur,
        "peut_demander": predicats.refus_demander_le_depart,
        "peut_repondre": predicats.refus_repondre_a_la_demande,
        "peut_documenter": predicats.refus_documenter_l_impact,
        "peut_ajouter": predicats.refus_ajouter_element,
        "peut_saisir_identifiants": predicats.refus_saisir_identifiants,
    }
    return {nom: predicat(acteur, dossier) is None for nom, predicat in refus.items()}


def _precedent(acteur: Acteur, dossier: Mobilite) -> Mobilite | None:
    """The file of the same proposition that the person had closed by taking their yes back."""
    precedent: Mobilite | None = (
        Mobilite.objects.visibles_par(acteur)
        .filter(proposition=dossier.proposition_id, ouverte_le__lt=dossier.ouverte_le)
        .first()
    )
    return precedent


def echeances_de(dossier: Mobilite) -> dict[str, Any]:
    """The dates that the route implies, from the request, or else estimated from the agreement."""
    depart = dossier.demande_recue_le or timezone.localdate(dossier.ouverte_le)
    return {
        "depart": depart,
        "estimees": dossier.demande_recue_le is None,
        "lignes": echeances(dossier, depart),
    }


def derniere_reponse(dossier: Mobilite) -> ReponseOrigine | None:
    """The answer of the origin that is in force. One query."""
    if not dossier.reponse_origine:
        return None
    return dossier.reponses.first()


def _obstacle(dossier: Mobilite) -> str | None:
    """What stands between an open file and its date, when there is one."""
    if dossier.etat != Mobilite.Etat.OUVERTE or not dossier.voie or dossier.date_effet is None:
        return None
    return obstacle(dossier, dossier.date_effet)


def _place(acteur: Acteur, dossier: Mobilite) -> Occupation | None:
    """Who holds the poste on the day of the arrival: the host's alone, whose staff they are."""
    if not predicats.est_a_l_accueil_de(acteur, dossier) or dossier.etat != Mobilite.Etat.OUVERTE:
        return None
    return occupation(dossier) if motif_d_attente(dossier) is None else None


def _identifiants(acteur: Acteur, dossier: Mobilite) -> dict[str, Any] | None:
    """What the host has still to say of who joined it, and where mails go meanwhile."""
    if predicats.refus_saisir_identifiants(acteur, dossier) is not None:
        return None
    cadre = dossier.cadre
    if not identifiants_manquants(cadre):
        return None
    return {"adresse": "" if cadre.courriel else adresse_de(cadre)}


@dataclass(frozen=True)
class Cote:
    """The points of one side, each with whether the reader may tick it, and take it away."""

    titre: str
    points: list[tuple[Element, bool, bool]]

    @property
    def reste(self) -> int:
        return sum(not element.est_fait for element, *_ in self.points)

    @property
    def est_au_lecteur(self) -> bool:
        return any(peut_cocher for _, peut_cocher, _ in self.points)


def _cotes(acteur: Acteur, dossier: Mobilite) -> list[Cote]:
    """The list, side by side: the reader's own first. One query."""
    lignes = (
        Element.objects.visibles_par(acteur)
        .filter(mobilite=dossier)
        .select_related("fait_par", "ajoute_par__collectivite")
    )
    points: dict[str, list[tuple[Element, bool, bool]]] = {cote: [] for cote in Element.Cote.values}
    for element in lignes:
        element.mobilite = dossier
        points[element.cote].append(
            (
                element,
                predicats.refus_cocher(acteur, element) is None,
                element.est_ajoute and predicats.refus_retirer_element(acteur, element) is None,
            )
        )
    titres = {
        Element.Cote.ORIGINE: dossier.collectivite_origine.nom,
        Element.Cote.ACCUEIL: dossier.collectivite_accueil.nom,
        Element.Cote.CADRE: "Vous" if acteur.est(Role.CADRE) else "La personne",
    }
    cotes = [Cote(titre, points[cote]) for cote, titre in titres.items() if points[cote]]
    return sorted(cotes, key=lambda c: not c.est_au_lecteur)


def _suivis(acteur: Acteur, dossier: Mobilite) -> list[tuple[Suivi, bool]]:
    """The reader's own follow-ups, each with whether it may be filled in. One query."""
    suivis = list(Suivi.objects.visibles_par(acteur).filter(mobilite=dossier).order_by("mois"))
    for suivi in suivis:
        suivi.mobilite = dossier
    return [(suivi, predicats.refus_renseigner_suivi(acteur, suivi) is None) for suivi in suivis]
