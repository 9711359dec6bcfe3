"""The file of a move: its route and date, the day it becomes true, or its end without effect."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cadres.fiche.actions import echanger_les_postes, marquer_avancee
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.models import Poste
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import (
    lien_mobilite,
    prevenir_l_employeur,
    prevenir_le_cadre,
)
from opportunites.communs.journal import noter
from opportunites.communs.parties import autre_partie, est_partie_au_dossier
from opportunites.dossier.actions.suivi import ouvrir_les_suivis
from opportunites.dossier.droit import checklist, delais
from opportunites.dossier.droit.voies import (
    avant_l_accord,
    famille,
    obstacle_a_la_preparation,
    poser,
    voies_possibles,
)
from opportunites.dossier.occupation import occupation
from opportunites.dossier.predicats import (
    demande_impossible,
    refus_abandonner,
    refus_preparer,
    refus_rendre_effective,
)
from opportunites.models import Mobilite, Opportunite, Proposition, Voeu
from opportunites.mots import Actes, Famille, RetraitProposition
from opportunites.propositions.actions.clotures import (
    abandonner_le_dossier,
    avancee_sans_mobilite,
    clore,
)

Etat = Mobilite.Etat
#: What preparing a move writes; the answer of the origin falls with the request that it was given to.
CHAMPS_PREPARES = (
    "voie",
    "date_effet",
    "demande_recue_le",
    "date_souhaitee",
    "reponse_origine",
    "date_convenue",
    "preavis_six_mois",
    "anciennete_services",
    "titularise_le",
    "cet_jours",
    "cet_convention",
)


def preparer_mobilite(
    *,
    acteur: Acteur,
    mobilite: Mobilite,
    voie: str,
    date_effet: date,
    demande_recue_le: date | None = None,
    date_souhaitee: date | None = None,
    preavis_six_mois: bool = False,
    anciennete_services: str = "",
    titularise_le: date | None = None,
    cet_jours: Decimal | None = None,
    cet_convention: bool | None = None,
) -> None:
    """Choose the statutory route and the dates; both HR directions may, until it is effective.

    The list of things to do follows.
    """
    mobilite = verrous.mobilite(mobilite.pk)
    exiger(refus_preparer(acteur, mobilite))
    if voie not in {v.code for v in voies_possibles(mobilite)}:
        raise ActionImpossible("Cette voie n’est pas ouverte à cette personne.")
    exiger(avant_l_accord(mobilite, date_effet))
    autre_demande = demande_recue_le not in {None, mobilite.demande_recue_le}
    exiger(demande_impossible(acteur, mobilite, voie, demande_recue_le))
    poser(
        mobilite,
        voie=voie,
        demande_recue_le=demande_recue_le,
        date_effet=date_effet,
        date_souhaitee=date_souhaitee,
        preavis_six_mois=preavis_six_mois,
        anciennete_services=anciennete_services,
        titularise_le=titularise_le,
        cet_jours=cet_jours,
        cet_convention=cet_convention,
    )
    exiger(obstacle_a_la_preparation(mobilite))
    mobilite.save(update_fields=CHAMPS_PREPARES)
    checklist.mettre_a_jour(mobilite)
    if autre_demande and acteur.collectivite.pk != mobilite.collectivite_origine_id:
        _prevenir_l_origine(mobilite)
    _noter_la_preparation(acteur, mobilite, date_effet)


def _noter_la_preparation(acteur: Acteur, mobilite: Mobilite, date_effet: date) -> None:
    recue = mobilite.demande_recue_le
    noter(
        acteur,
        mobilite,
        Actes.MOBILITE_PREPAREE,
        f"{mobilite.get_voie_display()} au {date_texte(date_effet)}",
        lecteurs=[autre_partie(acteur, mobilite)],
        cadre_ref=mobilite.cadre_id,
        details={
            "voie": mobilite.voie,
            "date_effet": date_effet.isoformat(),
            "demande_recue_le": recue.isoformat() if recue else None,
        },
    )


def _prevenir_l_origine(mobilite: Mobilite) -> None:
    """What runs against it from that day on, it is told of, and may correct."""
    recue = mobilite.demande_recue_le
    assert recue is not None
    prevenir_l_employeur(
        "dossier/demande_datee",
        mobilite.collectivite_origine,
        f"mobilite-{mobilite.pk}-demande-{recue.isoformat()}",
        mobilite=mobilite,
        poste=mobilite.poste_accueil,
        personne=mobilite.cadre,
        accueil=mobilite.collectivite_accueil,
        tacite=delais.acceptation_tacite(recue) if famille(mobilite) == Famille.COMMUN else None,
        lien=lien_mobilite(mobilite),
    )


def rendre_effective(*, acteur: Acteur, mobilite: Mobilite) -> int:
    """The person sits at their new desk: the registre, the poste and the proposition follow.

    In an exchange, the moves of the others take effect with it. Returns how many.
    """
    # Whoever holds the poste, or moves with this one, is touched too: taken in one order.
    attendue = occupation(mobilite)
    ensemble = [mobilite, *attendue.echange]
    tenant = {attendue.titulaire.pk} if attendue.titulaire else set()
    verrous.cadres({m.cadre_id for m in ensemble} | tenant)
    verrous.opportunites({m.proposition.opportunite_id for m in ensemble})
    verrous.propositions(Q(pk__in=[m.proposition_id for m in ensemble]))
    prises = verrous.mobilites({m.pk for m in ensemble})
    mobilite = prises[mobilite.pk]
    exiger(refus_rendre_effective(acteur, mobilite))
    echange = occupation(mobilite).echange
    if not {m.pk for m in echange} <= prises.keys():
        raise ActionImpossible(
            "Un autre dossier de cet échange vient de changer : relisez la page, puis réessayez."
        )
    ensemble = [mobilite, *(prises[m.pk] for m in echange)]
    for constatee in ensemble:
        _constater(constatee)
    echanger_les_postes(acteur=acteur, arrivees=[_arrivee(m) for m in ensemble])
    for constatee in ensemble:
        _dire_effective(acteur, constatee, en_echange=len(ensemble) > 1)
    return len(echange)


def _constater(mobilite: Mobilite) -> None:
    """Everything but the registre. The rows are locked."""
    cadre = Cadre.objects.get(pk=mobilite.cadre_id)
    assert mobilite.date_effet is not None
    mobilite.anciennete_origine_jours = _anciennete(cadre, mobilite.date_effet)
    mobilite.etat = Etat.EFFECTIVE
    mobilite.effective_le = timezone.now()
    mobilite.save(update_fields=["etat", "effective_le", "anciennete_origine_jours"])
    ouvrir_les_suivis(mobilite)
    proposition = mobilite.proposition
    clore(proposition, Proposition.Etat.REALISEE)
    opportunite = proposition.opportunite
    opportunite.etat = Opportunite.Etat.POURVUE
    opportunite.close_le = timezone.now()
    opportunite.save(update_fields=["etat", "close_le"])
    Voeu.objects.filter(cadre=cadre).delete()


def _arrivee(mobilite: Mobilite) -> tuple[Cadre, Poste, date]:
    assert mobilite.date_effet is not None
    return mobilite.cadre, mobilite.poste_accueil, mobilite.date_effet


def _dire_effective(acteur: Acteur, mobilite: Mobilite, *, en_echange: bool) -> None:
    """Of an exchange, an employer that is no party to a move neither signs nor reads its line."""
    quoi = "Mobilité effective, par un échange de postes" if en_echange else "Mobilité effective"
    partie = est_partie_au_dossier(acteur, mobilite)
    noter(
        acteur if partie else None,
        mobilite,
        Actes.MOBILITE_EFFECTIVE,
        quoi,
        lecteurs=[autre_partie(acteur, mobilite)]
        if partie
        else [mobilite.collectivite_accueil, mobilite.collectivite_origine],
        cadre_ref=mobilite.cadre_id,
    )
    _prevenir("dossier/effective", mobilite, "effective")


def abandonner_mobilite(*, acteur: Acteur, mobilite: Mobilite, motif: str) -> None:
    """The move will not take place. The person keeps their poste; the opportunité is free again."""
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi cette mobilité est abandonnée.")
    cadre = verrous.cadre(mobilite.cadre_id)
    verrous.opportunite(mobilite.proposition.opportunite_id)
    proposition = verrous.proposition(mobilite.proposition_id)
    mobilite = verrous.mobilite(mobilite.pk)
    exiger(refus_abandonner(acteur, mobilite))
    abandonner(mobilite, proposition, motif.strip(), Proposition.Retrait.ABANDON)
    marquer_avancee(cadre=cadre, avancee=avancee_sans_mobilite(cadre))
    noter(
        acteur,
        mobilite,
        Actes.MOBILITE_ABANDONNEE,
        "Mobilité abandonnée",
        lecteurs=[autre_partie(acteur, mobilite)],
        cadre_ref=mobilite.cadre_id,
        motif=motif.strip(),
    )
    _prevenir("dossier/abandonnee", mobilite, "abandonnee")


def abandonner(
    mobilite: Mobilite, proposition: Proposition, motif: str, retrait: RetraitProposition
) -> None:
    """Close both rows, already locked."""
    abandonner_le_dossier(mobilite, motif)
    clore(proposition, Proposition.Etat.RETIREE, retrait)


def _anciennete(cadre: Cadre, date_effet: date) -> int | None:
    """Days spent in the poste that is left; None when its start is unknown or absurd."""
    if cadre.date_entree_poste is None or cadre.date_entree_poste > date_effet:
        return None
    return (date_effet - cadre.date_entree_poste).days


def _prevenir(gabarit: str, mobilite: Mobilite, occasion: str) -> None:
    contexte: dict[str, Any] = {
        "mobilite": mobilite,
        "poste": mobilite.poste_accueil,
        "accueil": mobilite.collectivite_accueil,
        "origine": mobilite.collectivite_origine,
        "personne": mobilite.cadre,
        "lien": lien_mobilite(mobilite),
    }
    cle = f"mobilite-{mobilite.pk}-{occasion}"
    prevenir_le_cadre(gabarit, mobilite.cadre, cle, **contexte)
    for collectivite in (mobilite.collectivite_accueil, mobilite.collectivite_origine):
        prevenir_l_employeur(gabarit, collectivite, cle, **contexte)
