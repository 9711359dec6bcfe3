"""Appointments of the coaching: the cadre is told of each, the coach of what falls."""

from __future__ import annotations

from datetime import datetime

from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite, date_texte, heure_texte
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.coaching import courriels, predicats
from parcours.coaching.actions.accompagnements import en_cours
from parcours.coaching.actions.creneaux import oublier_le_creneau, rouvrir_le_creneau
from parcours.coaching.journee.alertes import exiger_confirmation
from parcours.models import RendezVousCoaching
from parcours.mots import Actes
from parcours.suites import noter

Etat = RendezVousCoaching.Etat
#: What one tap says of an appointment.
PRESENCES: dict[str, str] = {"faite": Etat.TENU, "absent": Etat.ABSENT, "excuse": Etat.EXCUSE}
PRESENCES_DITES = {
    "faite": "présence notée",
    "absent": "absence notée",
    "excuse": "absence excusée",
}


def fixer_rendez_vous(
    *,
    acteur: Acteur,
    cadre: Cadre,
    debut: datetime,
    duree_minutes: int,
    lieu: str = "",
    lien_visio: str = "",
    malgre: bool = False,
) -> RendezVousCoaching:
    """The coach gives a date; the cadre is told. A past date is only recorded."""
    cadre = verrouiller(cadre.pk)
    exiger(predicats.refus_fixer(acteur, cadre))
    exiger(predicats.refus_de_creneau(acteur.mandat, debut, duree_minutes))
    exiger_confirmation(cadre.pk, debut, duree_minutes, malgre=malgre)
    rendez_vous = RendezVousCoaching.objects.create(
        accompagnement=en_cours(cadre),
        debut=debut,
        duree_minutes=duree_minutes,
        lieu=lieu,
        lien_visio=lien_visio,
    )
    libelle = _libelle(rendez_vous, "fixé")
    noter(acteur, rendez_vous, Actes.COACHING_FIXE, libelle, cadre=cadre)
    courriels.annoncer_rendez_vous(rendez_vous)
    courriels.noter_chez_l_accompagnateur(rendez_vous)
    return rendez_vous


def deplacer_rendez_vous(
    *,
    acteur: Acteur,
    rendez_vous: RendezVousCoaching,
    debut: datetime,
    duree_minutes: int,
    lieu: str = "",
    lien_visio: str = "",
    malgre: bool = False,
) -> RendezVousCoaching:
    """Another date or place. The same one again changes nothing."""
    rendez_vous = verrous.rendez_vous(rendez_vous)
    exiger(predicats.refus_deplacer(acteur, rendez_vous))
    voulu = {
        "debut": debut,
        "duree_minutes": duree_minutes,
        "lieu": lieu,
        "lien_visio": lien_visio,
    }
    if all(getattr(rendez_vous, champ) == valeur for champ, valeur in voulu.items()):
        return rendez_vous
    ici = rendez_vous.pk
    exiger(predicats.refus_de_creneau(acteur.mandat, debut, duree_minutes, sauf=ici))
    cadre_id = rendez_vous.accompagnement.cadre_id
    exiger_confirmation(cadre_id, debut, duree_minutes, malgre=malgre, sauf=ici)
    if rendez_vous.debut != debut:
        oublier_le_creneau(rendez_vous)
    for champ, valeur in voulu.items():
        setattr(rendez_vous, champ, valeur)
    rendez_vous.revision += 1
    rendez_vous.save(update_fields=[*voulu, "revision"])
    libelle = _libelle(rendez_vous, "déplacé")
    noter(
        acteur, rendez_vous, Actes.COACHING_DEPLACE, libelle, cadre=rendez_vous.accompagnement.cadre
    )
    courriels.annoncer_rendez_vous(rendez_vous, deplace=True)
    courriels.noter_chez_l_accompagnateur(rendez_vous)
    return rendez_vous


def annuler_rendez_vous(*, acteur: Acteur, rendez_vous: RendezVousCoaching) -> RendezVousCoaching:
    """The hour is freed, the cadre is told."""
    rendez_vous = verrous.rendez_vous(rendez_vous)
    exiger(predicats.refus_annuler(acteur, rendez_vous))
    oublier_le_creneau(rendez_vous)
    rendez_vous.etat = Etat.ANNULE
    rendez_vous.revision += 1
    rendez_vous.save(update_fields=["etat", "revision"])
    libelle = _libelle(rendez_vous, "annulé")
    noter(
        acteur, rendez_vous, Actes.COACHING_ANNULE, libelle, cadre=rendez_vous.accompagnement.cadre
    )
    courriels.annoncer_rendez_vous(rendez_vous)
    courriels.noter_chez_l_accompagnateur(rendez_vous)
    return rendez_vous


def decliner_rendez_vous(*, acteur: Acteur, rendez_vous: RendezVousCoaching) -> RendezVousCoaching:
    """« Je ne pourrai pas venir »: the cadre frees the hour, the coach is told. No reason is asked."""
    rendez_vous = verrous.rendez_vous(rendez_vous)
    exiger(predicats.refus_decliner(acteur, rendez_vous))
    rouvrir_le_creneau(rendez_vous)
    rendez_vous.etat = Etat.ANNULE
    rendez_vous.revision += 1
    rendez_vous.save(update_fields=["etat", "revision"])
    libelle = _libelle(rendez_vous, "annulé par la personne")
    noter(
        acteur, rendez_vous, Actes.COACHING_DECLINE, libelle, cadre=rendez_vous.accompagnement.cadre
    )
    courriels.prevenir_du_desistement(rendez_vous)
    courriels.annoncer_rendez_vous(rendez_vous, par_la_personne=True)
    return rendez_vous


def noter_rendez_vous(
    *, acteur: Acteur, rendez_vous: RendezVousCoaching, presence: str
) -> RendezVousCoaching:
    """Who came: one tap, from the day on. May be corrected."""
    if presence not in PRESENCES:
        raise ActionImpossible("Dites si la personne était présente, absente ou excusée.")
    rendez_vous = verrous.rendez_vous(rendez_vous)
    exiger(predicats.refus_noter(acteur, rendez_vous))
    if rendez_vous.etat == PRESENCES[presence]:
        return rendez_vous
    fait = PRESENCES_DITES[presence]
    if rendez_vous.etat in RendezVousCoaching.NOTES:
        avant = rendez_vous.get_etat_display().lower()
        fait = f"{fait}, au lieu de {cite(avant)}"
    rendez_vous.etat = PRESENCES[presence]
    rendez_vous.save(update_fields=["etat"])
    libelle = _libelle(rendez_vous, fait)
    noter(
        acteur,
        rendez_vous,
        Actes.COACHING_PRESENCE,
        libelle,
        cadre=rendez_vous.accompagnement.cadre,
    )
    return rendez_vous


def _libelle(rendez_vous: RendezVousCoaching, quoi: str) -> str:
    quand = f"{date_texte(rendez_vous.debut)}, {heure_texte(rendez_vous.debut)}"
    return f"Rendez-vous de coaching du {quand}, {rendez_vous.duree} : {quoi}"
