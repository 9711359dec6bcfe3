"""One person's steps: an appointment given or moved, an attendance noted."""

from collections.abc import Mapping
from datetime import datetime

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite, date_texte, heure_texte
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.models import EtapeProgramme, SuiviEtape
from parcours.mots import Actes
from parcours.programme import courriels, predicats
from parcours.suites import noter

Etat = SuiviEtape.Etat
#: What an attendance sheet may say of somebody: the state, and whether an absence is excused.
PRESENCES: dict[str, tuple[str, bool]] = {
    "faite": (Etat.FAITE, False),
    "absent": (Etat.ABSENT, False),
    "excuse": (Etat.ABSENT, True),
}


def planifier(*, acteur: Acteur, suivi: SuiviEtape, quand: datetime, lieu: str = "") -> SuiviEtape:
    """Give one person their appointment, or move it. The same one again changes nothing."""
    suivi = verrous.suivi(suivi)
    exiger(predicats.refus_planifier(acteur, suivi))
    promotion = suivi.inscription.promotion
    exiger(predicats.refus_de_date_de_suivi(suivi, quand))
    deplace = suivi.etat == Etat.PLANIFIEE
    if deplace and (suivi.quand, suivi.lieu) == (quand, lieu):
        return suivi
    suivi.etat, suivi.quand, suivi.lieu, suivi.excusee = Etat.PLANIFIEE, quand, lieu, False
    suivi.revision += 1
    suivi.save(update_fields=["etat", "quand", "lieu", "excusee", "revision"])
    acte, verbe = (
        (Actes.SUIVI_DEPLACE, "déplacée") if deplace else (Actes.SUIVI_PLANIFIE, "planifiée")
    )
    fait = f"{verbe} au {date_texte(quand)}, {heure_texte(quand)}"
    libelle = f"Étape {cite(suivi.etape.intitule)} {fait}"
    noter(acteur, suivi, acte, libelle, cadre=suivi.inscription.cadre)
    courriels.annoncer_rendez_vous(suivi, promotion, deplace=deplace)
    return suivi


def marquer(*, acteur: Acteur, suivi: SuiviEtape, etat: str, excusee: bool = False) -> SuiviEtape:
    """Note that a step was done, or that the person was absent. May be corrected."""
    if etat not in SuiviEtape.ETATS_PASSES:
        raise ActionImpossible("Une étape se marque faite, ou la personne absente.")
    suivi = verrous.suivi(suivi)
    excusee = excusee and etat == Etat.ABSENT
    if (suivi.etat, suivi.excusee) == (etat, excusee):
        return suivi
    exiger(predicats.refus_marquer(acteur, suivi))
    suivi.etat, suivi.excusee = etat, excusee
    suivi.save(update_fields=["etat", "excusee"])
    if etat == Etat.FAITE:
        acte, constat = Actes.ETAPE_FAITE, "faite"
    else:
        acte, constat = Actes.ETAPE_MANQUEE, f"absence {'excusée' if excusee else 'notée'}"
    libelle = f"Étape {cite(suivi.etape.intitule)}, {constat}"
    noter(acteur, suivi, acte, libelle, cadre=suivi.inscription.cadre)
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
        change = (suivi.etat, suivi.excusee) != (etat, excusee)
        if change and predicats.refus_marquer(acteur, suivi) is None:
            marquer(acteur=acteur, suivi=suivi, etat=etat, excusee=excusee)
            changes += 1
    return changes
