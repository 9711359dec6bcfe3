"""From being listed to being retained: information, answer, decision, withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django.db.models import QuerySet
from django.utils import timezone

from cadres.candidature import comptes, messages, predicats
from cadres.candidature.situations import NB_RAPPELS, fin_du_delai
from cadres.fiche.journal import noter
from cadres.fiche.verrous import verrouiller, verrouiller_le_sien, verrouiller_plusieurs
from cadres.models import Cadre, Candidature, CompetenceDite
from cadres.mots import Actes, Avancee
from cadres.mots import EtatCandidature as Etat
from cadres.prises import CONFIE, RETRAIT
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.requetes import en_cours
from collectivites.models import Mandat
from collectivites.mots import ROLES_EMPLOYEUR, Acte, Role
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux import courriels

#: The kind of mail, among those that one may stop.
SANS_RAPPEL = "rappels_reponse"
#: A bulk act holds its rows for seconds, not minutes.
PLUSIEURS_MAX = 500


@dataclass
class Groupe:
    """What came of a bulk act: the cadres it reached, and those left aside with the reason."""

    faits: list[Cadre] = field(default_factory=list)
    laisses: list[tuple[Cadre, str]] = field(default_factory=list)


def _ecrire(gabarit: str, cadre: Cadre, cle: str, **contexte: Any) -> None:
    """A mail to the person, at the address of their file, in the name of their employer."""
    courriels.deposer(
        gabarit,
        demarche=cadre.collectivite.demarche,
        destinataire=cadre.courriel or comptes.adresse_de(cadre),
        cle=cle,
        utilisateur=cadre.utilisateur,
        cadre_ref=cadre.pk,
        comme=Role.CADRE,
        cadre=cadre,
        collectivite=cadre.collectivite,
        **contexte,
    )


# --- Telling the person -------------------------------------------------------------------------


def informer(*, acteur: Acteur, cadre: Cadre) -> None:
    """Tell the person that they are listed, and how to answer. Repeated, it is a reminder."""
    _informer(acteur, verrouiller(cadre.pk))


def informer_plusieurs(*, acteur: Acteur, cadres: list[int]) -> Groupe:
    """Tell several; those without an e-mail, or who answered, are left aside with the reason."""
    return sur_plusieurs(
        cadres,
        lambda cadre: predicats.refus_informer(acteur, cadre),
        lambda c: _informer(acteur, c),
    )


def _informer(acteur: Acteur, cadre: Cadre) -> None:
    exiger(predicats.refus_informer(acteur, cadre))
    candidature = cadre.candidature
    rappel = candidature.etat != Etat.RECENSE
    comptes.suivre_adresse(cadre)
    comptes.ouvrir_compte(cadre)
    jour = timezone.localdate()
    _ecrire(
        messages.INFORMATION,
        cadre,
        # One message a day and address at most: a double click is not a second mail.
        cle=f"cadres_recense:{cadre.pk}:{jour:%Y%m%d}:{crc32(cadre.courriel.encode())}",
        arret=SANS_RAPPEL,
        **messages.contexte(
            acteur,
            cadre,
            lien=comptes.lien_personnel(cadre),
            premier_acces=comptes.est_a_inviter(cadre),
        ),
    )
    if candidature.informe_le is None or candidature.etat == Etat.SANS_REPONSE:
        # The time to answer starts afresh when the question is asked again after its closing.
        candidature.informe_le, candidature.rappels = timezone.now(), 0
    elif rappel:
        # One of the two that the person was promised: the clock does not add it again.
        candidature.rappels = min(candidature.rappels + 1, NB_RAPPELS)
    candidature.etat = Etat.INFORME
    candidature.save(update_fields=["etat", "informe_le", "rappels"])
    noter(
        acteur,
        cadre,
        Actes.RELANCE if rappel else Actes.INFORME,
        "Message d’information renvoyé" if rappel else "Personne informée de son recensement",
    )


def ne_plus_rappeler(*, cadre_id: int) -> None:
    """The person, from a link of a mail, asks not to be reminded of the question. The question
    stays open, and so does the page: only the mails stop."""
    cadre = verrouiller(cadre_id)
    candidature = cadre.candidature
    if candidature.etat != Etat.INFORME or candidature.sans_rappel_depuis is not None:
        return
    candidature.sans_rappel_depuis = timezone.now()
    candidature.save(update_fields=["sans_rappel_depuis"])
    # Nobody is logged in: the line is the clock's, and the person's own request.
    noter(None, cadre, Actes.SANS_RAPPEL, "Plus de rappel, à la demande de la personne")


# --- The person's answer ------------------------------------------------------------------------


def repondre(*, acteur: Acteur, accord: bool) -> Candidature:
    """The cadre's own yes or no. A no may become a yes later, whoever withdrew may come back."""
    exiger(predicats.refus_parler_pour_soi(acteur))
    cadre = verrouiller_le_sien(acteur)
    refus = predicats.refus_repondre if accord else predicats.refus_dire_non
    exiger(refus(acteur, cadre))
    candidature = cadre.candidature
    candidature.etat = Etat.ACCORD if accord else Etat.DESACCORD
    candidature.repondu_le = timezone.now()
    candidature.retire_le = candidature.sans_rappel_depuis = None
    candidature.effacement_demande_le = None
    candidature.ne_plus_recenser = False
    candidature.decide_le = None
    candidature.motif_decision = ""
    candidature.avancee = Avancee.AUCUNE
    candidature.save()
    noter(
        acteur,
        cadre,
        Actes.ACCORD if accord else Actes.DESACCORD,
        "Oui de la personne" if accord else "Non de la personne",
    )
    _ecrire(
        "cadres/oui" if accord else "cadres/non",
        cadre,
        cle=f"cadres_reponse:{cadre.pk}:{candidature.repondu_le.isoformat()}",
    )
    return candidature


def reprendre_le_oui(*, acteur: Acteur) -> Candidature:
    """The day of their yes, before any decision, the person takes it back: it is as if they had not
    answered. What others read meanwhile stays in the list of who read the file."""
    exiger(predicats.refus_parler_pour_soi(acteur))
    cadre = verrouiller_le_sien(acteur)
    exiger(predicats.refus_reprendre_le_oui(acteur, cadre))
    candidature = cadre.candidature
    informe_le = candidature.informe_le
    encore_ouverte = informe_le is not None and fin_du_delai(informe_le) > timezone.now()
    candidature.etat = Etat.INFORME if encore_ouverte else Etat.SANS_REPONSE
    candidature.repondu_le = None
    candidature.save(update_fields=["etat", "repondu_le"])
    noter(acteur, cadre, Actes.OUI_REPRIS, "Oui repris par la personne, le jour même")
    _ecrire(
        "cadres/oui_repris",
        cadre,
        cle=f"cadres_oui_repris:{cadre.pk}:{timezone.now().isoformat()}",
    )
    return candidature


def retirer(*, acteur: Acteur) -> Candidature:
    """The cadre leaves the démarche. The later acts close what was open, in the same transaction."""
    exiger(predicats.refus_parler_pour_soi(acteur))
    cadre = verrouiller_le_sien(acteur)
    exiger(predicats.refus_retirer(acteur, cadre))
    candidature = cadre.candidature
    candidature.etat = Etat.RETIRE
    candidature.retire_le = timezone.now()
    candidature.save(update_fields=["etat", "retire_le"])
    # Before the accompagnateur is let go: the parcours tells them which hours are freed.
    RETRAIT.dire(cadre=cadre, acteur=acteur)
    cadre.accompagnateur = None
    cadre.vise_promotion = cadre.vise_mobilite = cadre.vise_developpement = False
    cadre.save(update_fields=["accompagnateur", *Cadre.VISEES])
    CompetenceDite.objects.filter(cadre=cadre).delete()
    noter(acteur, cadre, Actes.RETIRE, "Retrait de la démarche, à la demande de la personne")
    _ecrire(
        "cadres/retrait",
        cadre,
        cle=f"cadres_retrait:{cadre.pk}:{candidature.retire_le.isoformat()}",
    )
    return candidature


# --- The DGS's decision -------------------------------------------------------------------------


def retenir(*, acteur: Acteur, cadre: Cadre, motif: str = "") -> None:
    """The DGS retains a cadre who said yes."""
    _retenir(acteur, verrouiller(cadre.pk), motif)


def ne_pas_retenir(*, acteur: Acteur, cadre: Cadre, motif: str) -> None:
    """The DGS does not retain, with a reason that the person reads."""
    _ne_pas_retenir(acteur, verrouiller(cadre.pk), motif)


def decider_plusieurs(*, acteur: Acteur, cadres: list[int], retenus: bool, motif: str) -> Groupe:
    """Same decision and same reason for several, each with its own line in the journal."""
    refus = predicats.refus_retenir if retenus else predicats.refus_ne_pas_retenir
    agir = _retenir if retenus else _ne_pas_retenir
    return sur_plusieurs(cadres, lambda c: refus(acteur, c), lambda c: agir(acteur, c, motif))


def _retenir(acteur: Acteur, cadre: Cadre, motif: str) -> None:
    exiger(predicats.refus_retenir(acteur, cadre))
    _decider(acteur, cadre, Etat.RETENU, motif)


def _ne_pas_retenir(acteur: Acteur, cadre: Cadre, motif: str) -> None:
    exiger(predicats.refus_ne_pas_retenir(acteur, cadre))
    if not motif.strip():
        raise ActionImpossible(predicats.SANS_MOTIF)
    _decider(acteur, cadre, Etat.NON_RETENU, motif)


def _decider(acteur: Acteur, cadre: Cadre, etat: Etat, motif: str) -> None:
    candidature = cadre.candidature
    candidature.etat = etat
    candidature.decide_le = timezone.now()
    candidature.motif_decision = motif.strip()
    candidature.save(update_fields=["etat", "decide_le", "motif_decision"])
    retenu = etat == Etat.RETENU
    noter(
        acteur,
        cadre,
        Actes.RETENU if retenu else Actes.NON_RETENU,
        "Cadre retenu" if retenu else "Cadre non retenu",
        motif=candidature.motif_decision,
        delegue=Acte.RETENIR,
    )
    _ecrire(
        "cadres/retenu" if retenu else "cadres/non_retenu",
        cadre,
        cle=f"cadres_decision:{cadre.pk}:{candidature.decide_le.isoformat()}",
        de=acteur,
        motif=candidature.motif_decision,
    )


def sur_plusieurs(
    cadre_ids: list[int],
    refus: Callable[[Cadre], str | None],
    agir: Callable[[Cadre], object],
) -> Groupe:
    """One act on some, locked together; those whom it refuses are left aside with the reason."""
    if not cadre_ids:
        raise ActionImpossible(predicats.PERSONNE_DE_COCHE)
    if len(cadre_ids) > PLUSIEURS_MAX:
        raise ActionImpossible(f"Choisissez {PLUSIEURS_MAX} cadres au plus à la fois.")
    groupe = Groupe()
    for cadre in verrouiller_plusieurs(cadre_ids):
        if raison := refus(cadre):
            groupe.laisses.append((cadre, raison))
            continue
        agir(cadre)
        groupe.faits.append(cadre)
    return groupe


# --- The accompagnateur -------------------------------------------------------------------------


def confier(*, acteur: Acteur, cadre: Cadre, accompagnateur: Mandat | None) -> None:
    """Entrust a cadre to an accompagnateur of the démarche, or to nobody any more."""
    _verifier_accompagnateur(acteur, accompagnateur)
    _confier(acteur, verrouiller(cadre.pk), accompagnateur)


def confier_plusieurs(
    *, acteur: Acteur, cadres: list[int], accompagnateur: Mandat | None
) -> Groupe:
    """Same accompagnateur for several, each with its own line in the journal."""
    _verifier_accompagnateur(acteur, accompagnateur)
    return sur_plusieurs(
        cadres,
        lambda cadre: predicats.refus_confier(acteur, cadre),
        lambda cadre: _confier(acteur, cadre, accompagnateur),
    )


def _verifier_accompagnateur(acteur: Acteur, accompagnateur: Mandat | None) -> None:
    if accompagnateur is not None and not accompagnateurs(acteur).filter(pk=accompagnateur.pk):
        raise ActionImpossible("Cette personne n’est pas accompagnateur dans la démarche.")


def _confier(acteur: Acteur, cadre: Cadre, accompagnateur: Mandat | None) -> None:
    exiger(predicats.refus_confier(acteur, cadre))
    if cadre.accompagnateur_id == (accompagnateur.pk if accompagnateur else None):
        return
    ancien = cadre.accompagnateur
    cadre.accompagnateur = accompagnateur
    cadre.save(update_fields=["accompagnateur"])
    CONFIE.dire(cadre=cadre, ancien=ancien, acteur=acteur)
    noter(
        acteur,
        cadre,
        Actes.CONFIE,
        f"Confié à {accompagnateur.utilisateur.nom_complet}"
        if accompagnateur
        else "N’est plus confié à un accompagnateur",
    )


def accompagnateurs(acteur: Acteur) -> QuerySet[Mandat]:
    """The accompagnateurs of the démarche, whatever collectivité holds their mandat; but never
    somebody who also serves this employer: they would read what it must not."""
    de_la_maison = Mandat.objects.en_vigueur().filter(
        collectivite=acteur.collectivite, role__in=ROLES_EMPLOYEUR
    )
    return (
        Mandat.objects.filter(
            en_cours(),
            utilisateur__is_active=True,
            role=Role.ACCOMPAGNATEUR,
            collectivite__demarche=acteur.demarche,
        )
        .exclude(utilisateur__in=de_la_maison.values("utilisateur"))
        .select_related("utilisateur", "collectivite")
        .order_by("utilisateur__nom", "utilisateur__prenom", "pk")
    )
