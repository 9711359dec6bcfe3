"""The answer of the person: yes, no, or none in time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cadres.fiche.actions import marquer_avancee
from cadres.models import Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import (
    lien_mobilite,
    lien_proposition,
    prevenir_l_employeur,
    prevenir_le_cadre,
)
from opportunites.communs.journal import noter
from opportunites.models import Mobilite, Proposition, RaisonDuRefus
from opportunites.mots import Actes
from opportunites.propositions.actions.clotures import (
    abandonner_le_dossier,
    avancee_sans_mobilite,
    clore,
    clore_les_demandes,
    retirer,
)
from opportunites.propositions.actions.comptes import compter
from opportunites.propositions.predicats import (
    refus_accepter,
    refus_annuler_reponse,
    refus_repondre,
)

Etat = Proposition.Etat
Retrait = Proposition.Retrait


def accepter(*, acteur: Acteur, proposition: Proposition) -> Mobilite:
    """Take the poste. Closes what it makes impossible on both sides, and opens the move's file."""
    cadre = verrous.cadre(proposition.cadre_id)
    opportunite = verrous.opportunite(proposition.opportunite_id)
    concernees = verrous.propositions(
        Q(pk=proposition.pk)
        | Q(Q(opportunite=opportunite) | Q(cadre=cadre), etat__in=Proposition.ETATS_VIVANTS)
    )
    proposition = next(p for p in concernees if p.pk == proposition.pk)
    proposition.opportunite, proposition.cadre = opportunite, cadre
    exiger(refus_accepter(acteur, proposition))
    proposition.etat = Etat.ACCEPTEE
    proposition.repondue_le = timezone.now()
    proposition.save(update_fields=["etat", "repondue_le"])
    mobilite = _ouvrir_le_dossier(proposition)
    marquer_avancee(cadre=cadre, avancee=Candidature.Avancee.ENGAGEE)
    noter(
        acteur,
        proposition,
        Actes.PROPOSITION_ACCEPTEE,
        "Proposition acceptée",
        cadre_ref=cadre.pk,
    )
    _prevenir_de_l_accord(mobilite)
    clore_les_demandes(cadre=cadre)
    for autre in concernees:
        if autre.pk != proposition.pk:
            _ceder_la_place(autre, sienne=autre.cadre_id == cadre.pk)
    return mobilite


def _ouvrir_le_dossier(proposition: Proposition) -> Mobilite:
    """A new file, even when the person comes back to a yes they had taken back: what the origin
    answered to the first request, its dates and its list stay in the file that was given up."""
    cadre, poste = proposition.cadre, proposition.opportunite.poste
    return Mobilite.objects.create(
        proposition=proposition,
        cadre=cadre,
        collectivite_origine=cadre.collectivite,
        collectivite_accueil=poste.collectivite,
        poste_origine=cadre.poste,
        poste_accueil=poste,
    )


def annuler_reponse(*, acteur: Acteur, proposition: Proposition) -> None:
    """Take back, within 24 hours, a yes or a no: the proposition awaits an answer again.

    The date to answer is kept, or put back to the end of the 24 hours if it passed meanwhile. What
    the yes had closed (other propositions, of the person or of the poste) is not reopened: others
    were told, and may have turned elsewhere. Their employers may propose again.
    """
    cadre = verrous.cadre(proposition.cadre_id)
    opportunite = verrous.opportunite(proposition.opportunite_id)
    proposition = verrous.proposition(proposition.pk)
    proposition.opportunite, proposition.cadre = opportunite, cadre
    exiger(refus_annuler_reponse(acteur, proposition))
    limite = proposition.annulable_jusqu_a
    assert limite is not None
    etait_un_accord = proposition.etat == Etat.ACCEPTEE
    if etait_un_accord:
        _refermer_le_dossier(proposition)
    else:
        _reprendre_la_raison(proposition)
    _attendre_de_nouveau(proposition, limite)
    noter(
        acteur,
        proposition,
        Actes.PROPOSITION_REPONSE_REPRISE,
        "Accord repris par la personne" if etait_un_accord else "Refus repris par la personne",
        cadre_ref=cadre.pk,
    )
    # The key holds the moment: a person may change their mind twice.
    occasion = f"proposition-{proposition.pk}-reprise-{limite:%Y%m%d%H%M%S}"
    _prevenir_de_la_reprise(proposition, occasion, etait_un_accord=etait_un_accord)


def _refermer_le_dossier(proposition: Proposition) -> None:
    """The yes is taken back: so is the move that it opened."""
    ouverte = Mobilite.objects.only("pk").get(proposition=proposition, etat=Mobilite.Etat.OUVERTE)
    abandonner_le_dossier(
        verrous.mobilite(ouverte.pk),
        "La personne est revenue sur son accord dans les 24\u00a0heures.",
    )
    cadre = proposition.cadre
    marquer_avancee(cadre=cadre, avancee=avancee_sans_mobilite(cadre))


def _reprendre_la_raison(proposition: Proposition) -> None:
    """The no is taken back: its reason is destroyed, and not counted any more."""
    raison = RaisonDuRefus.objects.select_related("proposition").get(proposition=proposition)
    assert proposition.repondue_le is not None
    demarche = proposition.opportunite.poste.collectivite.demarche
    compter(demarche, proposition.repondue_le, raison.code, -1)
    raison.delete()


def _attendre_de_nouveau(proposition: Proposition, limite: datetime) -> None:
    """Until its date, or until `limite` if it passed meanwhile."""
    assert proposition.repondre_avant is not None
    proposition.etat = Etat.ENVOYEE
    proposition.repondue_le = proposition.close_le = None
    proposition.repondre_avant = max(proposition.repondre_avant, limite)
    proposition.save(
        update_fields=[
            "etat",
            "repondue_le",
            "close_le",
            "repondre_avant",
        ]
    )


def _prevenir_de_la_reprise(
    proposition: Proposition, occasion: str, *, etait_un_accord: bool
) -> None:
    poste = proposition.opportunite.poste
    prevenir_le_cadre(
        "propositions/reprise_cadre",
        proposition.cadre,
        occasion,
        etait_un_accord=etait_un_accord,
        proposition=proposition,
        poste=poste,
        accueil=poste.collectivite,
        lien=lien_proposition(proposition),
    )
    employeurs = [poste.collectivite]
    if etait_un_accord:
        employeurs.append(proposition.collectivite_origine)
    for employeur in employeurs:
        prevenir_l_employeur(
            "propositions/reprise",
            employeur,
            occasion,
            etait_un_accord=etait_un_accord,
            proposition=proposition,
            poste=poste,
            personne=proposition.cadre,
            lien=lien_proposition(proposition),
        )


def _ceder_la_place(autre: Proposition, *, sienne: bool) -> None:
    """Another proposition of the same person, or of the same poste, has no object any more."""
    retirer(
        autre,
        Retrait.AUTRE_ACCEPTEE if sienne else Retrait.POSTE_POURVU,
        prevenir_l_accueil=sienne,
    )


def _prevenir_de_l_accord(mobilite: Mobilite) -> None:
    contexte: dict[str, Any] = {
        "poste": mobilite.poste_accueil,
        "accueil": mobilite.collectivite_accueil,
        "origine": mobilite.collectivite_origine,
        "personne": mobilite.cadre,
        "proposition": mobilite.proposition,
        "lien_reponse": lien_proposition(mobilite.proposition),
        "lien": lien_mobilite(mobilite),
    }
    # The file, not the proposition: a second yes is told as well.
    cle = f"mobilite-{mobilite.pk}-ouverte"
    prevenir_le_cadre("propositions/acceptee_cadre", mobilite.cadre, cle, **contexte)
    for collectivite in (mobilite.collectivite_accueil, mobilite.collectivite_origine):
        prevenir_l_employeur("propositions/acceptee", collectivite, cle, **contexte)


def refuser(*, acteur: Acteur, proposition: Proposition, motif: str, commentaire: str = "") -> None:
    """Say no, with a reason sealed for the person; its code is counted apart, in nobody's name."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_repondre(acteur, proposition))
    quand = timezone.now()
    clore(proposition, Etat.REFUSEE, repondue_le=quand)
    motif = Proposition.Motif(motif)
    raison = RaisonDuRefus(proposition=proposition)
    raison.sceller(motif, commentaire)
    raison.save()
    poste = proposition.opportunite.poste
    compter(poste.collectivite.demarche, quand, motif)
    qui = proposition.cadre_id
    noter(acteur, proposition, Actes.PROPOSITION_REFUSEE, "Proposition refusée", cadre_ref=qui)
    # The key holds the moment: a no may be taken back, then said again.
    prevenir_le_cadre(
        "propositions/refusee_cadre",
        proposition.cadre,
        f"proposition-{proposition.pk}-refusee-{quand:%Y%m%d%H%M%S%f}",
        proposition=proposition,
        poste=poste,
        accueil=poste.collectivite,
        lien=lien_proposition(proposition),
    )
    _prevenir_l_accueil("propositions/refusee", proposition, "refusee")


def expirer_si_tardive(*, proposition: Proposition, maintenant: datetime | None = None) -> bool:
    """Close a proposition whose date has passed; whether it was done.

    A view calls it before the answer itself: a late answer is refused by an error, which undoes
    whatever was written with it.
    """
    maintenant = maintenant or timezone.now()
    if not _est_tardive(proposition, maintenant):
        return False
    proposition = verrous.proposition(proposition.pk)
    if not _est_tardive(proposition, maintenant):
        return False
    clore(proposition, Etat.EXPIREE)
    accueil = proposition.opportunite.poste.collectivite
    noter(
        None,
        proposition,
        Actes.PROPOSITION_EXPIREE,
        "Proposition restée sans réponse",
        cadre_ref=proposition.cadre_id,
    )
    prevenir_le_cadre(
        "propositions/expiree_cadre",
        proposition.cadre,
        f"proposition-{proposition.pk}-expiree",
        poste=proposition.opportunite.poste,
        accueil=accueil,
    )
    _prevenir_l_accueil("propositions/expiree", proposition, "expiree")
    return True


def _est_tardive(proposition: Proposition, maintenant: datetime) -> bool:
    limite = proposition.repondre_avant
    return proposition.etat == Etat.ENVOYEE and limite is not None and limite <= maintenant


def expirer_propositions(maintenant: datetime | None = None) -> int:
    """Close every proposition whose date has passed, one transaction each. Returns their number."""
    maintenant = maintenant or timezone.now()
    total = 0
    for proposition in Proposition.objects.en_retard(maintenant).order_by("pk"):
        with transaction.atomic():
            total += expirer_si_tardive(proposition=proposition, maintenant=maintenant)
    return total


def _prevenir_l_accueil(gabarit: str, proposition: Proposition, occasion: str) -> None:
    prevenir_l_employeur(
        gabarit,
        proposition.opportunite.poste.collectivite,
        f"proposition-{proposition.pk}-{occasion}",
        poste=proposition.opportunite.poste,
        personne=proposition.cadre,
        lien=lien_proposition(proposition),
    )
