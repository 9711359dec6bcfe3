"""Technical reserves: a DRH warns, a DGS arbitrates by a date, silence lapses. Nothing stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import ajouter_jours_ouvres
from collectivites.models import Collectivite
from collectivites.mots import Acte, Role
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.arbitrages import arbitres, nommer
from opportunites.communs.courriels import (
    lien_mobilite,
    lien_reserve,
    prevenir_l_employeur,
    prevenir_le_cadre,
)
from opportunites.communs.journal import noter
from opportunites.communs.pieces import effacer_la_piece, verifier
from opportunites.models import Mobilite, Proposition, Reserve
from opportunites.mots import Actes
from opportunites.propositions.actions.clotures import clore_la_reserve
from opportunites.propositions.calendrier import JOURS_POUR_ARBITRER
from opportunites.propositions.predicats import (
    refus_arbitrer,
    refus_completer,
    refus_deposer_reserve,
)

Etat = Reserve.Etat
#: What ends a reserve, and the act that says so.
DECISIONS = {Etat.LEVEE: Actes.RESERVE_LEVEE, Etat.RETENUE: Actes.RESERVE_RETENUE}
#: Working days that a DGS has, at least, once a complement has come.
JOURS_APRES_COMPLEMENT = 5


def deposer_reserve(
    *,
    acteur: Acteur,
    proposition: Proposition,
    sujet: str,
    texte: str,
    piece: UploadedFile | None = None,
) -> Reserve:
    """File a reserve, to be arbitrated within ten working days by a DGS of either side."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_deposer_reserve(acteur, proposition))
    sujet = Reserve.Sujet(sujet)
    if proposition.reserves.filter(
        collectivite=acteur.collectivite, sujet=sujet, etat__in=Reserve.ETATS_OUVERTS
    ).exists():
        raise ActionImpossible("Votre collectivité a déjà une réserve à arbitrer sur ce sujet.")
    reserve = Reserve.objects.create(
        proposition=proposition,
        deposee_par=acteur.mandat,
        collectivite=acteur.collectivite,
        sujet=sujet,
        texte=texte,
        echeance=ajouter_jours_ouvres(timezone.localdate(), JOURS_POUR_ARBITRER),
    )
    if piece is not None:
        _joindre(reserve, piece)
        reserve.save(update_fields=["piece", "nom_piece"])
    noter(
        acteur,
        reserve,
        Actes.RESERVE_DEPOSEE,
        f"Réserve technique déposée, {_sujet(reserve)}",
        lecteurs=_parties(reserve),
    )
    _prevenir_les_dgs(reserve, "deposee")
    return reserve


#: Moving the date of a file is the law's affair: the room of the files plugs it here (`apps`).
REPORTER: list[Callable[[Mobilite, date], None]] = []


def arbitrer_reserve(
    *,
    acteur: Acteur,
    reserve: Reserve,
    decision: str,
    motif: str,
    nouvelle_date: date | None = None,
) -> None:
    """Lift the reserve, hold it, or ask for more, with a reason that both DRH read.

    Asking stops no clock: without an answer the reserve lapses at its date. `nouvelle_date`, for one
    that is held: the move takes effect on that day instead.
    """
    # The move before its reserve, as when a move is given up.
    dossier = _dossier_a_reporter(reserve) if nouvelle_date else None
    reserve = verrous.reserve(reserve.pk)
    exiger(refus_arbitrer(acteur, reserve))
    if decision not in (*DECISIONS, Etat.COMPLEMENT):
        raise ActionImpossible("Choisissez de lever la réserve, de la retenir ou de la compléter.")
    if not motif.strip():
        raise ActionImpossible("Un arbitrage porte son motif.")
    if decision == Etat.COMPLEMENT:
        _demander_un_complement(acteur, reserve, motif.strip())
        return
    suite = ""
    if nouvelle_date and decision == Etat.RETENUE:
        if dossier is None:
            raise ActionImpossible("Aucune mobilité n’est en préparation : il n’y a pas de date.")
        ancienne = dossier.date_effet
        for reporter in REPORTER:
            reporter(dossier, nouvelle_date)
        suite = _report(ancienne, nouvelle_date)
        _prevenir_la_personne(reserve, dossier, ancienne)
    clore_la_reserve(reserve, Etat(decision), motif.strip())
    noter(
        acteur,
        reserve,
        DECISIONS[Etat(decision)],
        f"Réserve technique {reserve.get_etat_display().lower()}, {_sujet(reserve)}{suite}",
        lecteurs=_parties(reserve),
        motif=motif.strip(),
        delegue=Acte.ARBITRER_RESERVE,
    )
    _prevenir_de_l_issue(reserve, acteur=acteur, suite=suite)


def _dossier_a_reporter(reserve: Reserve) -> Mobilite | None:
    ouvert = Mobilite.objects.filter(
        proposition=reserve.proposition_id, etat=Mobilite.Etat.OUVERTE
    ).first()
    return verrous.mobilite(ouvert.pk) if ouvert is not None else None


def _report(ancienne: date | None, nouvelle: date) -> str:
    if ancienne is None:
        return f", date d’effet fixée au {nouvelle:%d/%m/%Y}"
    return f", date d’effet du {ancienne:%d/%m/%Y} portée au {nouvelle:%d/%m/%Y}"


def _prevenir_la_personne(reserve: Reserve, dossier: Mobilite, ancienne: date | None) -> None:
    """Their date and nothing else: the reserve and its reason stay an affair of services."""
    prevenir_le_cadre(
        "dossier/date_reportee",
        dossier.cadre,
        f"reserve-{reserve.pk}-date",
        mobilite=dossier,
        ancienne=ancienne,
        poste=dossier.poste_accueil,
        accueil=dossier.collectivite_accueil,
        lien=lien_mobilite(dossier),
    )


def _demander_un_complement(acteur: Acteur, reserve: Reserve, question: str) -> None:
    if reserve.complement_demande_le is not None:
        raise ActionImpossible("Un complément a déjà été demandé : levez ou retenez la réserve.")
    reserve.etat = Etat.COMPLEMENT
    reserve.complement_demande = question
    reserve.complement_demande_le = timezone.now()
    reserve.save(update_fields=["etat", "complement_demande", "complement_demande_le"])
    noter(
        acteur,
        reserve,
        Actes.RESERVE_COMPLEMENT_DEMANDE,
        f"Complément demandé sur une réserve technique, {_sujet(reserve)}",
        lecteurs=_parties(reserve),
        motif=question,
        delegue=Acte.ARBITRER_RESERVE,
    )
    prevenir_l_employeur(
        "reserves/complement",
        reserve.collectivite,
        f"reserve-{reserve.pk}-complement",
        reserve=reserve,
        poste=reserve.proposition.opportunite.poste,
        lien=lien_reserve(reserve),
    )


def completer_reserve(
    *, acteur: Acteur, reserve: Reserve, complement: str, piece: UploadedFile | None = None
) -> None:
    """Answer a DGS who asked for more; they then have five working days at least."""
    reserve = verrous.reserve(reserve.pk)
    exiger(refus_completer(acteur, reserve))
    if not complement.strip():
        raise ActionImpossible("Écrivez le complément demandé.")
    reserve.etat = Etat.DEPOSEE
    reserve.complement = complement.strip()
    reserve.complement_le = timezone.now()
    reserve.echeance = max(
        reserve.echeance, ajouter_jours_ouvres(timezone.localdate(), JOURS_APRES_COMPLEMENT)
    )
    if piece is not None:
        _joindre(reserve, piece)
    reserve.save()
    noter(
        acteur,
        reserve,
        Actes.RESERVE_COMPLETEE,
        f"Réserve technique complétée, {_sujet(reserve)}",
        lecteurs=_parties(reserve),
    )
    _prevenir_les_dgs(reserve, "completee")


def _joindre(reserve: Reserve, piece: UploadedFile) -> None:
    """Recognised by its content; kept where no address leads. Saved by whoever calls."""
    verifier(piece)
    if reserve.piece:
        effacer_la_piece(reserve)
    reserve.nom_piece = (piece.name or "")[:120]
    reserve.piece = piece


def lapser_reserves(aujourdhui: date | None = None) -> int:
    """Let the reserves that nobody arbitrated in time lapse. Returns their number."""
    aujourdhui = aujourdhui or timezone.localdate()
    total = 0
    for pk in list(
        Reserve.objects.filter(etat__in=Reserve.ETATS_OUVERTS, echeance__lt=aujourdhui)
        .order_by("pk")
        .values_list("pk", flat=True)
    ):
        with transaction.atomic():
            reserve = verrous.reserve(pk)
            if reserve.etat not in Reserve.ETATS_OUVERTS or reserve.echeance >= aujourdhui:
                continue
            clore_la_reserve(reserve, Etat.CADUQUE, "Pas d’arbitrage avant la date prévue.")
            noter(
                None,
                reserve,
                Actes.RESERVE_CADUQUE,
                f"Réserve technique caduque, {_sujet(reserve)}",
                lecteurs=_parties(reserve),
            )
            _prevenir_de_l_issue(reserve)
            total += 1
    return total


def _sujet(reserve: Reserve) -> str:
    return reserve.get_sujet_display().lower()


def _parties(reserve: Reserve) -> list[Collectivite]:
    """Both read each line. None bears the person: reserves are an affair of services."""
    proposition = reserve.proposition
    return [proposition.opportunite.poste.collectivite, proposition.collectivite_origine]


def _prevenir_les_dgs(reserve: Reserve, occasion: str) -> None:
    for collectivite in _parties(reserve):
        prevenir_l_employeur(
            "reserves/deposee",
            collectivite,
            f"reserve-{reserve.pk}-{occasion}",
            Role.DGS,
            reserve=reserve,
            poste=reserve.proposition.opportunite.poste,
            lien=lien_reserve(reserve),
            arbitres=nommer(arbitres(reserve)),
        )


def _prevenir_de_l_issue(
    reserve: Reserve, *, acteur: Acteur | None = None, suite: str = ""
) -> None:
    for collectivite in _parties(reserve):
        prevenir_l_employeur(
            "reserves/issue",
            collectivite,
            f"reserve-{reserve.pk}-issue",
            Role.DGS,
            Role.DRH,
            reserve=reserve,
            poste=reserve.proposition.opportunite.poste,
            lien=lien_reserve(reserve),
            par=_signature(acteur),
            suite=suite.removeprefix(", "),
        )


def _signature(acteur: Acteur | None) -> str:
    """« Hélène Vaubrun (DGS, Département du Loiret) »; nobody when the date did."""
    return f"{acteur.utilisateur.nom_complet} ({acteur.libelle})" if acteur else ""
