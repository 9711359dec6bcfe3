"""Inside a move's file: the answer of the origin, and the team that is left."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.models import Collectivite
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import (
    lien_mobilite,
    prevenir_l_employeur,
    prevenir_le_cadre,
)
from opportunites.communs.journal import noter
from opportunites.communs.pieces import verifier
from opportunites.dossier.droit import checklist, delais
from opportunites.dossier.droit.voies import famille, motifs_admis
from opportunites.dossier.predicats import (
    DEMANDES_DE_LA_PERSONNE,
    notification_impossible,
    refus_demander_le_depart,
    refus_documenter_l_impact,
    refus_opposer_un_refus,
    refus_repondre_a_la_demande,
)
from opportunites.models import Element, Impact, Mobilite, ReponseOrigine
from opportunites.mots import Actes, Famille

R = Mobilite.Reponse
#: The act of the journal that each answer is.
ACTES = {
    R.ACCORD: Actes.MOBILITE_ORIGINE_ACCORD,
    R.DATE: Actes.MOBILITE_ORIGINE_DATE,
    R.REFUS: Actes.MOBILITE_ORIGINE_REFUS,
    R.TACITE: Actes.MOBILITE_ORIGINE_TACITE,
}


def demander_le_depart(*, acteur: Acteur, mobilite: Mobilite) -> None:
    """The person's own written request, handed to the origin at once: its two months run from today."""
    mobilite = verrous.mobilite(mobilite.pk)
    exiger(refus_demander_le_depart(acteur, mobilite))
    mobilite.demande_faite_le = mobilite.demande_recue_le = timezone.localdate()
    mobilite.save(update_fields=["demande_faite_le", "demande_recue_le"])
    Element.objects.filter(
        mobilite=mobilite, code__in=DEMANDES_DE_LA_PERSONNE, fait_le__isnull=True
    ).update(fait_le=timezone.now(), fait_par=acteur.utilisateur)
    noter(
        acteur,
        mobilite,
        Actes.MOBILITE_DEMANDEE,
        f"Demande de départ : {mobilite.get_voie_display()}",
        lecteurs=[mobilite.collectivite_origine, mobilite.collectivite_accueil],
        cadre_ref=mobilite.cadre_id,
    )
    for employeur in (mobilite.collectivite_origine, mobilite.collectivite_accueil):
        prevenir_l_employeur(
            "dossier/demande_faite",
            employeur,
            f"mobilite-{mobilite.pk}-demande-{mobilite.demande_faite_le.isoformat()}",
            mobilite=mobilite,
            poste=mobilite.poste_accueil,
            personne=mobilite.cadre,
            origine=mobilite.collectivite_origine,
            tacite=delais.acceptation_tacite(mobilite.demande_faite_le),
            lien=lien_mobilite(mobilite),
        )


def accorder_le_depart(
    *, acteur: Acteur, mobilite: Mobilite, date_convenue: date, texte: str = ""
) -> ReponseOrigine:
    """The origin agrees, on the date asked for or on another one. The date of effect follows."""
    mobilite = verrous.mobilite(mobilite.pk)
    exiger(refus_repondre_a_la_demande(acteur, mobilite))
    if date_convenue < timezone.localdate(mobilite.ouverte_le):
        raise ActionImpossible("La date convenue ne peut pas précéder l’accord de la personne.")
    verifier_la_borne(mobilite, date_convenue)
    demandee = mobilite.date_souhaitee or mobilite.date_effet
    sens = R.ACCORD if demandee is None or date_convenue == demandee else R.DATE
    reponse = ReponseOrigine.objects.create(
        mobilite=mobilite,
        demande_recue_le=mobilite.demande_recue_le,
        sens=sens,
        date_convenue=date_convenue,
        texte=texte,
        par=acteur.mandat,
    )
    mobilite.reponse_origine = sens
    mobilite.date_convenue = mobilite.date_effet = date_convenue
    mobilite.save(update_fields=["reponse_origine", "date_convenue", "date_effet"])
    checklist.mettre_a_jour(mobilite)
    _apres_la_reponse(acteur, mobilite, reponse)
    return reponse


def verifier_la_borne(mobilite: Mobilite, convenue: date) -> None:
    """The origin negotiates within the notice: it cannot keep the person longer than the law."""
    assert mobilite.demande_recue_le is not None
    if famille(mobilite) != Famille.COMMUN or convenue == mobilite.date_souhaitee:
        return
    terme = delais.depart_au_plus_tard(
        mobilite.demande_recue_le, six_mois=mobilite.preavis_six_mois
    )
    # Later than the law allows only if the host itself has asked for it.
    if convenue > max(terme, mobilite.date_souhaitee or terme, mobilite.date_effet or terme):
        raise ActionImpossible(
            f"La personne peut partir le {date_texte(terme)} au plus tard (CGFP L511-3) : "
            "l’employeur d’origine ne peut pas fixer une date plus lointaine."
        )


def refuser_le_depart(
    *,
    acteur: Acteur,
    mobilite: Mobilite,
    motif: str,
    texte: str,
    piece: UploadedFile | None,
    signataire: str,
    notifie_le: date,
) -> ReponseOrigine:
    """The DRH records what the autorité territoriale signed: a legal ground, explained, its document."""
    mobilite = verrous.mobilite(mobilite.pk)
    exiger(refus_opposer_un_refus(acteur, mobilite))
    if motif not in motifs_admis(mobilite):
        raise ActionImpossible("Un refus porte l’un des motifs que la loi admet pour cette voie.")
    if not texte.strip():
        raise ActionImpossible("Expliquez ce motif : la personne et l’accueil le liront.")
    if not signataire.strip():
        raise ActionImpossible("Dites qui a signé ce refus : l’autorité territoriale le signe.")
    exiger(notification_impossible(mobilite, notifie_le))
    if piece is None:
        raise ActionImpossible("Joignez la décision de refus : sans pièce, il n’y a pas de refus.")
    verifier(piece)
    reponse = ReponseOrigine.objects.create(
        mobilite=mobilite,
        demande_recue_le=mobilite.demande_recue_le,
        sens=R.REFUS,
        motif=motif,
        texte=texte.strip(),
        piece=piece,
        signataire=signataire.strip(),
        notifie_le=notifie_le,
        nom_piece=(piece.name or "piece")[:120],
        par=acteur.mandat,
    )
    mobilite.reponse_origine = R.REFUS
    mobilite.save(update_fields=["reponse_origine"])
    _apres_la_reponse(acteur, mobilite, reponse)
    return reponse


def constater_silences(aujourdhui: date | None = None) -> int:
    """Two months of silence are a yes: write it, one transaction each. Returns their number."""
    aujourdhui = aujourdhui or timezone.localdate()
    total = 0
    # Two months are 59 days at least; the exact day is checked under lock.
    anciennes = Mobilite.objects.en_silence(aujourdhui - relativedelta(days=59))
    for pk in list(anciennes.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            total += _constater_le_silence(pk, aujourdhui)
    return total


def _constater_le_silence(pk: int, aujourdhui: date) -> bool:
    mobilite = verrous.mobilite(pk)
    if (
        mobilite.etat != Mobilite.Etat.OUVERTE
        or mobilite.reponse_origine
        or mobilite.demande_recue_le is None
        or famille(mobilite) != Famille.COMMUN
        or not delais.est_acquise(mobilite.demande_recue_le, aujourdhui)
    ):
        return False
    # Said already of this very request, when another route was tried in between.
    reponse, _ = ReponseOrigine.objects.get_or_create(
        mobilite=mobilite, sens=R.TACITE, demande_recue_le=mobilite.demande_recue_le
    )
    mobilite.reponse_origine = R.TACITE
    mobilite.save(update_fields=["reponse_origine"])
    _apres_la_reponse(None, mobilite, reponse)
    return True


def _apres_la_reponse(acteur: Acteur | None, mobilite: Mobilite, reponse: ReponseOrigine) -> None:
    """The journal of both employers, and a mail to them and to the person."""
    acte = ACTES[R(reponse.sens)]
    # Written by somebody of the origin, the line is theirs already; by the clock, it is nobody's.
    lecteurs = [mobilite.collectivite_accueil]
    if acteur is None:
        lecteurs.append(mobilite.collectivite_origine)
    convenue = reponse.date_convenue
    noter(
        acteur,
        mobilite,
        acte,
        str(acte.label),
        lecteurs=lecteurs,
        cadre_ref=mobilite.cadre_id,
        motif=reponse.get_motif_display() if reponse.motif else "",
        details={"date_convenue": convenue.isoformat() if convenue else None},
    )
    _annoncer(str(acte.label), mobilite, reponse, lecteurs)


def _annoncer(
    quoi: str, mobilite: Mobilite, reponse: ReponseOrigine, employeurs: list[Collectivite]
) -> None:
    gabarit = "dossier/reponse_origine"
    cle = f"mobilite-{mobilite.pk}-reponse-{reponse.pk}-{timezone.localdate(reponse.le):%Y%m%d}"
    contexte: dict[str, Any] = {
        "quoi": quoi,
        "reponse": reponse,
        "mobilite": mobilite,
        "poste": mobilite.poste_accueil,
        "personne": mobilite.cadre,
        "origine": mobilite.collectivite_origine,
        "lien": lien_mobilite(mobilite),
    }
    prevenir_le_cadre(gabarit, mobilite.cadre, cle, **contexte)
    for employeur in employeurs:
        prevenir_l_employeur(gabarit, employeur, cle, **contexte)


def documenter_l_impact(*, acteur: Acteur, mobilite: Mobilite, donnees: dict[str, Any]) -> Impact:
    """What the team that is left will live, and how it is covered."""
    mobilite = verrous.mobilite(mobilite.pk)
    exiger(refus_documenter_l_impact(acteur, mobilite))
    impact, _ = Impact.objects.update_or_create(
        mobilite=mobilite,
        defaults={**donnees, "maj_le": timezone.now(), "maj_par": acteur.mandat},
    )
    noter(
        acteur,
        mobilite,
        Actes.MOBILITE_IMPACT,
        f"Impact sur l’équipe quittée : {impact.get_plan_display().lower()}",
        lecteurs=[mobilite.collectivite_origine],
        nomme_le_poste=False,
        details={"plan": impact.plan, "risque": impact.risque},
    )
    return impact
