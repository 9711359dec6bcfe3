"""Entering the network and leaving it; asking for a mentor. The journal tells it to each person alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from cadres.fiche.verrous import verrouiller_le_sien, verrouiller_plusieurs
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from parcours.apres.reseau import predicats
from parcours.models import DemandeMentor, PresenceReseau
from parcours.mots import Actes, EtatDemandeMentor
from parcours.suites import ecrire, noter

PARTIE = "Cette personne n’est plus dans le réseau."


def rejoindre(*, acteur: Acteur, donnees: dict[str, Any]) -> PresenceReseau:
    """The person says yes, or changes what they show."""
    exiger(predicats.refus_lire(acteur))
    cadre = verrouiller_le_sien(acteur)
    promotion = predicats.promotion_de(cadre.pk)
    exiger(predicats.refus_rejoindre(acteur, cadre, promotion))
    presence, nouvelle = PresenceReseau.objects.update_or_create(
        promotion=promotion,
        cadre=cadre,
        defaults=donnees,
        create_defaults={**donnees, "depuis": timezone.localdate()},
    )
    if not presence.mentor:  # no longer: what nobody answered yet falls
        _arreter(presence.demandes.filter(etat=EtatDemandeMentor.DEMANDEE))
    _noter(acteur, cadre, presence, Actes.RESEAU_REJOINT if nouvelle else Actes.RESEAU_MODIFIE)
    return presence


def quitter(*, acteur: Acteur) -> None:
    """The yes is taken back: the row goes at once, with what hung on it."""
    cadre = verrouiller_le_sien(acteur)
    presences = list(PresenceReseau.objects.filter(cadre=cadre).order_by("pk"))
    for presence in presences:
        exiger(predicats.refus_quitter(acteur, presence))
        _noter(acteur, cadre, presence, Actes.RESEAU_QUITTE)
    oublier(cadre=cadre, demandes=False)


def oublier(*, cadre: Cadre, demandes: bool = True, **_: Any) -> None:
    """Plugged into `cadres.prises.RETRAIT`; also when a person is forgotten. Nothing is left of them in the
    network; those who waited for them, or had them for mentor, are told that it ends."""
    _arreter(DemandeMentor.objects.filter(presence__cadre=cadre).vivantes())
    PresenceReseau.objects.filter(cadre=cadre).delete()
    if demandes:
        DemandeMentor.objects.filter(cadre=cadre).delete()


def demander(*, acteur: Acteur, presence: PresenceReseau, mot: str) -> DemandeMentor:
    """Both are locked, so that a withdrawal at the same instant is seen."""
    exiger(predicats.refus_lire(acteur))
    par_cle = {c.pk: c for c in verrouiller_plusieurs([acteur.cadre_id or 0, presence.cadre_id])}
    exiger(predicats.refus_demander(acteur, presence))
    cadre, mentor = par_cle[acteur.cadre_id or 0], par_cle[presence.cadre_id]
    demande = DemandeMentor.objects.create(
        presence=presence, cadre=cadre, mot=mot, demandee_le=timezone.localdate()
    )
    _noter(acteur, cadre, demande, Actes.MENTOR_DEMANDE)
    ecrire("reseau/mentor_demande", mentor, f"mentor.demande:{demande.pk}")
    return demande


def repondre(*, acteur: Acteur, demande: DemandeMentor, oui: bool) -> DemandeMentor:
    """Yes: each then reads the other's address. No: without a reason."""
    demande, autre = _tenir(acteur, demande)
    exiger(predicats.refus_repondre(acteur, demande))
    demande.etat = EtatDemandeMentor.ACCEPTEE if oui else EtatDemandeMentor.DECLINEE
    demande.repondue_le = timezone.localdate()
    demande.save(update_fields=["etat", "repondue_le"])
    _noter(acteur, demande.presence.cadre, demande, Actes.MENTOR_REPONDU)
    ecrire("reseau/mentor_reponse", autre, f"mentor.reponse:{demande.pk}")
    return demande


def cesser(*, acteur: Acteur, demande: DemandeMentor) -> None:
    """Either of the two ends it: the row goes, so that one may ask again elsewhere."""
    demande, autre = _tenir(acteur, demande)
    exiger(predicats.refus_cesser(acteur, demande))
    moi = demande.cadre if demande.cadre_id == acteur.cadre_id else demande.presence.cadre
    _noter(acteur, moi, demande, Actes.MENTOR_CESSE)
    ecrire("reseau/mentor_fin", autre, f"mentor.fin:{demande.pk}")
    demande.delete()


def _tenir(acteur: Acteur, demande: DemandeMentor) -> tuple[DemandeMentor, Cadre]:
    """The request as it stands once both are locked, and the other one of the two."""
    cles = [demande.cadre_id, demande.presence.cadre_id]
    par_cle = {cadre.pk: cadre for cadre in verrouiller_plusieurs(cles)}
    tenue = DemandeMentor.objects.select_related("presence").filter(pk=demande.pk).first()
    if tenue is None:
        raise ActionImpossible(PARTIE)
    tenue.cadre, tenue.presence.cadre = par_cle[tenue.cadre_id], par_cle[tenue.presence.cadre_id]
    autre = tenue.presence.cadre if tenue.cadre_id == acteur.cadre_id else tenue.cadre
    return tenue, autre


def _arreter(demandes: Any) -> None:
    """Told to who asked, naming nobody; then the rows go."""
    vues = demandes.filter(Q(cadre__anonymise_le__isnull=True)).select_related(
        "cadre__utilisateur", "cadre__collectivite__demarche"
    )
    for demande in vues:
        ecrire("reseau/mentor_parti", demande.cadre, f"mentor.parti:{demande.pk}")
    demandes.delete()


def _noter(acteur: Acteur, cadre: Cadre, objet: Any, acte: Actes) -> None:
    noter(acteur, objet, acte, acte.label, cadre=cadre, reserve_a_la_personne=True)
