"""First meetings: a cadre asks the host of a poste for a conversation or an immersion."""

from __future__ import annotations

from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from icalendar import Event

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import ajouter_jours_ouvres
from collectivites.models import Courriel, Utilisateur
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.courriels import cle_de
from opportunites.communs import verrous
from opportunites.communs.courriels import (
    lien_opportunite,
    prevenir_l_employeur,
    prevenir_le_cadre,
)
from opportunites.communs.journal import noter
from opportunites.communs.parties import refus_agir_pour_soi
from opportunites.models import Demande, Opportunite
from opportunites.mots import Actes
from opportunites.postes.predicats import (
    refus_demander,
    refus_repondre_demande,
    refus_retirer_demande,
    rendez_vous_impossible,
)
from opportunites.propositions.calendrier import JOURS_POUR_ARBITRER
from parcours.invitations import deposer_avec
from parcours.sessions import agenda
from parcours.sessions.evenements import fichier

#: What the host reads of the hour that it has set; what both read once it falls.
CONVENUE, ANNULEE = "propositions/rencontre_convenue", "propositions/rencontre_annulee"
Etat, Nature = Demande.Etat, Demande.Nature


def demander(
    *, acteur: Acteur, opportunite: Opportunite, nature: str, message: str = ""
) -> Demande:
    """Ask. The present employer is not told: the line of the journal is the person's alone."""
    exiger(refus_agir_pour_soi(acteur))
    cadre = verrous.le_sien(acteur)
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_demander(acteur, opportunite, cadre))
    nature = Nature(nature)
    if Demande.objects.filter(
        cadre=cadre, opportunite=opportunite, nature=nature, etat=Etat.DEPOSEE
    ).exists():
        raise ActionImpossible("Vous avez déjà fait cette demande : l’employeur va répondre.")
    demande = Demande.objects.create(
        cadre=cadre,
        opportunite=opportunite,
        nature=nature,
        message=message.strip(),
        echeance=echeance(nature),
    )
    # The person's own gesture is theirs to read; the host's answer, the host's and theirs.
    noter(
        acteur,
        demande,
        Actes.DEMANDE_DEPOSEE,
        f"Demande faite, {demande.get_nature_display().lower()}",
        cadre_ref=cadre.pk,
        reserve_a_la_personne=True,
    )
    accueil = opportunite.poste.collectivite
    prevenir_l_employeur(
        "propositions/demande",
        accueil,
        f"demande-{demande.pk}-deposee",
        confie_par=cadre,
        demande=demande,
        personne=cadre,
        poste=opportunite.poste,
        lien=lien_opportunite(opportunite),
    )
    return demande


def echeance(nature: Demande.Nature) -> date:
    """An immersion is answered within a month (décret 2022-1043); a conversation, in ten working days."""
    if nature == Nature.IMMERSION:
        return timezone.localdate() + relativedelta(months=1)
    return ajouter_jours_ouvres(timezone.localdate(), JOURS_POUR_ARBITRER)


def repondre_demande(
    *,
    acteur: Acteur,
    demande: Demande,
    accord: bool,
    reponse: str,
    rendez_vous_le: datetime | None = None,
    rendez_vous_lieu: str = "",
) -> None:
    """Accept, with the hour of the conversation or a contact; or decline, kindly."""
    cadre = verrous.cadre(demande.cadre_id)
    opportunite = verrous.opportunite(demande.opportunite_id)
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=demande.pk)
    demande.opportunite, demande.cadre = opportunite, cadre
    exiger(refus_repondre_demande(acteur, demande))
    if not reponse.strip():
        raise ActionImpossible("Répondez en quelques mots : la personne les lira.")
    if accord and rendez_vous_le is not None:
        exiger(rendez_vous_impossible(rendez_vous_le))
        demande.rendez_vous_le, demande.rendez_vous_lieu = rendez_vous_le, rendez_vous_lieu.strip()
    demande.etat = Etat.ACCEPTEE if accord else Etat.DECLINEE
    demande.reponse = reponse.strip()
    demande.repondue_le = timezone.now()
    demande.save(
        update_fields=["etat", "reponse", "repondue_le", "rendez_vous_le", "rendez_vous_lieu"]
    )
    noter(
        acteur,
        demande,
        Actes.DEMANDE_ACCEPTEE if accord else Actes.DEMANDE_DECLINEE,
        f"Réponse à une demande, {demande.get_nature_display().lower()}",
        cadre_ref=cadre.pk,
        motif=demande.reponse,
    )
    prevenir_le_cadre(
        "propositions/demande_reponse",
        cadre,
        f"demande-{demande.pk}-reponse",
        de=acteur,
        demande=demande,
        poste=opportunite.poste,
        accueil=opportunite.poste.collectivite,
        lien=lien_opportunite(opportunite),
        evenements=_dates(demande),
    )
    if demande.rendez_vous_le is not None:
        _noter_chez_l_hote(demande, acteur.utilisateur)


def retirer_demande(*, acteur: Acteur, demande: Demande) -> None:
    """The person does not want it any more, answered or not. The present employer hears nothing."""
    exiger(refus_agir_pour_soi(acteur))
    cadre = verrous.le_sien(acteur)
    opportunite = verrous.opportunite(demande.opportunite_id)
    demande = Demande.objects.select_for_update(of=("self",)).get(pk=demande.pk)
    demande.opportunite, demande.cadre = opportunite, cadre
    exiger(refus_retirer_demande(acteur, demande))
    demande.etat = Etat.RETIREE
    demande.repondue_le = demande.repondue_le or timezone.now()
    demande.save(update_fields=["etat", "repondue_le"])
    noter(
        acteur,
        demande,
        Actes.DEMANDE_RETIREE,
        f"Demande retirée, {demande.get_nature_display().lower()}",
        cadre_ref=cadre.pk,
        reserve_a_la_personne=True,
    )
    prevenir_l_employeur(
        "propositions/demande_retiree",
        opportunite.poste.collectivite,
        f"demande-{demande.pk}-retiree",
        confie_par=cadre,
        demande=demande,
        personne=cadre,
        poste=opportunite.poste,
        lien=lien_opportunite(opportunite),
    )
    if demande.rendez_vous_le is not None and demande.rendez_vous_le > timezone.now():
        _vider_les_agendas(demande)


def _noter_chez_l_hote(demande: Demande, hote: Utilisateur) -> None:
    """Whoever set the hour has it in their calendar as well."""
    deposer_avec(
        CONVENUE if demande.etat == Demande.Etat.ACCEPTEE else ANNULEE,
        _dates(demande),
        demarche=demande.opportunite.poste.collectivite.demarche,
        destinataire=hote.email,
        utilisateur=hote,
        cadre_ref=demande.cadre_id,
        cle=f"demande-{demande.pk}-hote",
        demande=demande,
        lien=lien_opportunite(demande.opportunite),
    )


def _vider_les_agendas(demande: Demande) -> None:
    """The person's, and that of whoever was told of the hour (`_noter_chez_l_hote`)."""
    prevenir_le_cadre(
        ANNULEE,
        demande.cadre,
        f"demande-{demande.pk}-annulee",
        demande=demande,
        lien=lien_opportunite(demande.opportunite),
        evenements=_dates(demande),
    )
    cle = cle_de(CONVENUE, f"demande-{demande.pk}-hote")
    for courriel in Courriel.objects.filter(cle=cle, utilisateur__is_active=True):
        assert courriel.utilisateur is not None
        _noter_chez_l_hote(demande, courriel.utilisateur)


def _dates(demande: Demande) -> list[Event]:
    """The hour of the conversation; of one that is withdrawn, to take out of the calendar."""
    if demande.rendez_vous_le is None:
        return []
    annule = demande.etat != Etat.ACCEPTEE
    return [
        agenda.evenement_confidentiel(
            demande.uid_agenda,
            int(annule),
            demande.rendez_vous_le,
            lieu=demande.rendez_vous_lieu,
            url=lien_opportunite(demande.opportunite),
            annule=annule,
        )
    ]


def fichier_agenda(demande: Demande) -> bytes:
    """The calendar file of the conversation; one that is withdrawn leaves the calendar."""
    return fichier(_dates(demande))
