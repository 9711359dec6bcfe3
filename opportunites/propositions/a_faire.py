"""What waits for somebody about propositions: an answer, a validation, a sending, a réserve."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import jour_de
from collectivites.mots import Acte, Role
from collectivites.travaux.attentes import Attente
from opportunites.communs.attentes import AU_PLUS, poste_et_employeur
from opportunites.models import Proposition, Question, Reserve


def pour_le_cadre(acteur: Acteur) -> list[Attente]:
    """Answers that are awaited of them. Two queries."""
    return [*_accords(acteur), *_reponses(acteur)]


def _accords(acteur: Acteur) -> list[Attente]:
    """May a DGS, who also serves their employer, learn of it? One query."""
    demandees = (
        Proposition.objects.soumises_a(acteur)
        .filter(etat=Proposition.Etat.BROUILLON, accord_dgs=Proposition.Accord.DEMANDE)
        .select_related("opportunite__poste__collectivite")
        .order_by("accord_demande_le")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Dire qui peut apprendre une proposition qui se prépare",
            detail=poste_et_employeur(proposition.opportunite),
            url=reverse("opportunites:repondre_accord", args=[proposition.pk]),
            bouton="Lire et répondre",
        )
        for proposition in demandees
    ]


def _reponses(acteur: Acteur) -> list[Attente]:
    """Answers to propositions. One query."""
    attendues = (
        Proposition.objects.visibles_par(acteur)
        .filter(etat=Proposition.Etat.ENVOYEE, repondre_avant__gt=timezone.now())
        .select_related("opportunite__poste__collectivite")
        .order_by("repondre_avant")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Répondre à une proposition",
            detail=poste_et_employeur(proposition.opportunite),
            url=reverse("opportunites:proposition", args=[proposition.pk]),
            bouton="Lire et répondre",
            echeance=jour_de(proposition.repondre_avant),
        )
        for proposition in attendues
        if proposition.repondre_avant
    ]


def pour_l_employeur(acteur: Acteur) -> list[Attente]:
    """To arbitrate, to validate or send, to complete, to answer. Four queries at most."""
    return [
        *_arbitrer(acteur),
        *_valider_ou_envoyer(acteur),
        *_completer(acteur),
        *_questions(acteur),
    ]


def _questions(acteur: Acteur) -> list[Attente]:
    """What people ask before they answer. One query."""
    if not acteur.est_rh:
        return []
    questions = (
        Question.objects.visibles_par(acteur)
        .filter(repondue_le__isnull=True, proposition__etat=Proposition.Etat.ENVOYEE)
        .select_related("proposition__cadre", "proposition__opportunite__poste")
        .order_by("posee_le")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Répondre à une question sur une proposition",
            detail=f"{q.proposition.cadre.nom_complet}, {q.proposition.opportunite.poste.annonce}",
            sans_nom=q.proposition.opportunite.poste.annonce,
            url=reverse("opportunites:repondre_question", args=[q.pk]),
            bouton="Répondre",
        )
        for q in questions
    ]


def _arbitrer(acteur: Acteur) -> list[Attente]:
    """Reserves of either side, those that one filed excepted. One query."""
    if not acteur.peut(Acte.ARBITRER_RESERVE):
        return []
    attendues = (
        Reserve.objects.visibles_par(acteur)
        .filter(etat__in=Reserve.ETATS_OUVERTS, echeance__gte=timezone.localdate())
        .exclude(deposee_par__utilisateur=acteur.utilisateur)
        .select_related("collectivite", "proposition__opportunite__poste__collectivite")
        .order_by("echeance")[:AU_PLUS]
    )
    return [
        Attente(
            titre=f"Arbitrer une réserve : {reserve.get_sujet_display().lower()}",
            detail=f"{reserve.collectivite.nom}, à propos du poste "
            f"« {reserve.proposition.opportunite.poste.annonce} »",
            url=reverse("opportunites:arbitrer_reserve", args=[reserve.pk]),
            bouton="Arbitrer",
            echeance=reserve.echeance,
        )
        for reserve in attendues
    ]


def _valider_ou_envoyer(acteur: Acteur) -> list[Attente]:
    """Of one's own postes: to validate, when one may; to send, once validated."""
    etats = [Proposition.Etat.VALIDEE]
    if acteur.peut(Acte.VALIDER_PROPOSITION):
        etats.append(Proposition.Etat.BROUILLON)
    if acteur.est(Role.DGS):
        etats.remove(Proposition.Etat.VALIDEE)  # its HR direction sends
    miennes = (
        Proposition.objects.visibles_par(acteur)
        .filter(opportunite__poste__collectivite=acteur.collectivite, etat__in=etats)
        .select_related("opportunite__poste__collectivite", "cadre")
        .order_by("creee_le")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Valider une proposition"
            if proposition.etat == Proposition.Etat.BROUILLON
            else "Envoyer une proposition",
            detail=f"{proposition.cadre.nom_complet}, {proposition.opportunite.poste.annonce}",
            sans_nom=proposition.opportunite.poste.annonce,
            url=reverse("opportunites:proposition", args=[proposition.pk]),
            bouton="Valider" if proposition.etat == Proposition.Etat.BROUILLON else "Envoyer",
        )
        for proposition in miennes
    ]


def _completer(acteur: Acteur) -> list[Attente]:
    """Reserves that a DGS sent back to their DRH. One query."""
    if not acteur.est(Role.DRH):
        return []
    reserves = (
        Reserve.objects.visibles_par(acteur)
        .filter(
            etat=Reserve.Etat.COMPLEMENT,
            collectivite=acteur.collectivite,
            echeance__gte=timezone.localdate(),
        )
        .select_related("proposition__opportunite__poste__collectivite")
        .order_by("echeance")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Compléter une réserve",
            detail=poste_et_employeur(reserve.proposition.opportunite),
            url=reverse("opportunites:completer_reserve", args=[reserve.pk]),
            bouton="Compléter",
            echeance=reserve.echeance,
        )
        for reserve in reserves
    ]
