"""One person's steps: an appointment given or moved, an attendance noted."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import minuit
from collectivites.communs.typographie import cite, date_texte, heure_texte
from collectivites.journal import journaliser
from collectivites.refus import ActionImpossible
from parcours.models import EtapeProgramme, Immersion, Inscription, SuiviEtape
from parcours.programme import courriels
from parcours.programme.predicats import peut_marquer, peut_organiser, peut_planifier
from parcours.regles import date_hors_promotion

Etat = SuiviEtape.Etat
#: What an attendance sheet may say of somebody: the state, and whether an absence is excused.
PRESENCES: dict[str, tuple[str, bool]] = {
    "faite": (Etat.FAITE, False),
    "absent": (Etat.ABSENT, False),
    "excuse": (Etat.ABSENT, True),
}


def planifier(*, acteur: Acteur, suivi: SuiviEtape, quand: datetime, lieu: str = "") -> SuiviEtape:
    """Give one person their appointment, or move it. The same one again changes nothing."""
    suivi = _verrouiller(suivi)
    if not peut_planifier(acteur, suivi):
        raise ActionImpossible(_refus(acteur, suivi, "Cette étape ne se planifie plus."))
    promotion = suivi.inscription.promotion
    if refus := date_hors_promotion(promotion, quand):
        raise ActionImpossible(refus)
    deplace = suivi.etat == Etat.PLANIFIEE
    if deplace and (suivi.quand, suivi.lieu) == (quand, lieu):
        return suivi
    suivi.etat, suivi.quand, suivi.lieu, suivi.excusee = Etat.PLANIFIEE, quand, lieu, False
    suivi.revision += 1
    suivi.save(update_fields=["etat", "quand", "lieu", "excusee", "revision"])
    verbe = "déplacée" if deplace else "planifiée"
    _journal(
        acteur,
        suivi,
        f"etape.{'deplacee' if deplace else 'planifiee'}_pour_un",
        f"Étape {cite(suivi.etape.intitule)} {verbe} au {date_texte(quand)}, {heure_texte(quand)}",
    )
    courriels.annoncer_rendez_vous(suivi, promotion, deplace=deplace)
    return suivi


def marquer(*, acteur: Acteur, suivi: SuiviEtape, etat: str, excusee: bool = False) -> SuiviEtape:
    """Note that a step was done, or that the person was absent. May be corrected."""
    if etat not in SuiviEtape.ETATS_PASSES:
        raise ActionImpossible("Une étape se marque faite, ou la personne absente.")
    suivi = _verrouiller(suivi)
    excusee = excusee and etat == Etat.ABSENT
    if (suivi.etat, suivi.excusee) == (etat, excusee):
        return suivi
    if not peut_marquer(acteur, suivi):
        raise ActionImpossible(_refus(acteur, suivi, _pourquoi_pas_encore(suivi)))
    suivi.etat, suivi.excusee = etat, excusee
    suivi.save(update_fields=["etat", "excusee"])
    if etat == Etat.FAITE:
        constat = "faite"
    else:
        constat = "absence excusée" if excusee else "absence notée"
    _journal(
        acteur,
        suivi,
        "etape.faite" if etat == Etat.FAITE else "etape.manquee",
        f"Étape {cite(suivi.etape.intitule)}, {constat}",
    )
    return suivi


def valider_l_immersion(*, acteur: Acteur, immersion: Immersion) -> SuiviEtape | None:
    """An immersion took place: tick the person's first step « Immersion » that still waits for one.

    The fact is established by either employer (`constater_immersion`): whoever organises the step
    has nothing more to say of it. Returns None when no parcours under way asks for it.
    """
    suivi = (
        SuiviEtape.objects.filter(
            inscription__cadre=immersion.cadre_id,
            inscription__etat=Inscription.Etat.EN_COURS,
            etape__nature=EtapeProgramme.Nature.IMMERSION,
        )
        .exclude(etat__in=[Etat.FAITE, Etat.ANNULEE])
        .order_by("etape__ordre", "pk")
        .first()
    )
    if suivi is None:
        return None
    suivi = _verrouiller(suivi)
    if suivi.inscription.etat != Inscription.Etat.EN_COURS or suivi.etat == Etat.FAITE:
        return None
    suivi.etat, suivi.excusee = Etat.FAITE, False
    suivi.quand, suivi.lieu = _neuf_heures(immersion.debut), immersion.lieu or immersion.service
    suivi.revision += 1
    suivi.save(update_fields=["etat", "excusee", "quand", "lieu", "revision"])
    libelle = f"Étape {cite(suivi.etape.intitule)}, faite par une immersion"
    _journal(acteur, suivi, "etape.faite", libelle)
    return suivi


def noter_presences(*, acteur: Acteur, etape: EtapeProgramme, presences: Mapping[int, str]) -> int:
    """The attendance sheet of a step: `presences` maps a suivi to a key of PRESENCES.

    Only the acteur's own people are written; somebody whose hour has not come is left as they are.
    Returns how many rows changed.
    """
    suivis = list(
        SuiviEtape.objects.geres_par(acteur)
        .filter(etape=etape, pk__in=presences)
        .select_related("etape", "inscription__cadre")
        .order_by("inscription_id")
    )
    changes = 0
    for suivi in suivis:
        etat, excusee = PRESENCES[presences[suivi.pk]]
        if (suivi.etat, suivi.excusee) != (etat, excusee) and peut_marquer(acteur, suivi):
            marquer(acteur=acteur, suivi=suivi, etat=etat, excusee=excusee)
            changes += 1
    return changes


def _verrouiller(suivi: SuiviEtape) -> SuiviEtape:
    """The row and its enrolment, locked, the enrolment first."""
    list(
        Inscription.objects.select_for_update(of=("self",))
        .filter(pk=suivi.inscription_id)
        .values_list("pk")
    )
    return (
        SuiviEtape.objects.select_for_update(of=("self",))
        .select_related("etape", "inscription__promotion__demarche")
        .select_related("inscription__cadre__utilisateur", "inscription__cadre__collectivite")
        .get(pk=suivi.pk)
    )


def _neuf_heures(jour: date) -> datetime:
    """An immersion has days, a step has an hour: the usual one."""
    return minuit(jour).replace(hour=9)


def _refus(acteur: Acteur, suivi: SuiviEtape, sinon: str) -> str:
    if suivi.inscription.etat != Inscription.Etat.EN_COURS:
        return "Ce parcours est terminé : ses étapes ne changent plus."
    if not peut_organiser(acteur, suivi):
        return "Cette étape est organisée par la direction des ressources humaines du cadre."
    return sinon


def _pourquoi_pas_encore(suivi: SuiviEtape) -> str:
    if suivi.quand is None:
        return "Donnez d’abord une date à cette étape."
    if timezone.localdate(suivi.quand) > timezone.localdate():
        return f"Cette étape est prévue le {date_texte(suivi.quand)}. Notez la présence ce jour-là."
    return "Cette étape ne se marque plus."


def _journal(acteur: Acteur, suivi: SuiviEtape, acte: str, libelle: str) -> None:
    cadre = suivi.inscription.cadre
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=libelle,
        objet=suivi,
        collectivite=cadre.collectivite,
        cadre_ref=cadre.pk,
    )
