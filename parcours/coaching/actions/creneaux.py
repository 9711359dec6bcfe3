"""Free hours: opened by a coach, picked by one of the people entrusted, given back."""

from __future__ import annotations

from datetime import datetime, timedelta

from cadres.fiche.verrous import verrouiller
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte, heure_texte
from collectivites.refus import exiger
from parcours import verrous
from parcours.coaching import courriels, predicats
from parcours.coaching.actions.accompagnements import en_cours
from parcours.coaching.journee.alertes import exiger_confirmation
from parcours.models import CreneauCoaching, RendezVousCoaching
from parcours.mots import Actes
from parcours.suites import noter


def ouvrir_creneaux(
    *,
    acteur: Acteur,
    debut: datetime,
    nombre: int,
    duree_minutes: int,
    lieu: str = "",
    lien_visio: str = "",
) -> list[CreneauCoaching]:
    """So many hours in a row, or none. No journal: nobody is concerned yet."""
    exiger(predicats.refus_ouvrir_des_creneaux(acteur))
    debuts = [debut + timedelta(minutes=duree_minutes * rang) for rang in range(nombre)]
    for instant in debuts:
        exiger(predicats.refus_de_creneau(acteur.mandat, instant, duree_minutes))
        exiger(predicats.refus_de_deux_creneaux(acteur.mandat, instant, duree_minutes))
    return [
        CreneauCoaching.objects.create(
            accompagnateur=acteur.mandat,
            debut=instant,
            duree_minutes=duree_minutes,
            lieu=lieu,
            lien_visio=lien_visio,
        )
        for instant in debuts
    ]


def retirer_creneau(*, acteur: Acteur, creneau: CreneauCoaching) -> None:
    """Nobody took it: it goes."""
    creneau = verrous.creneau(creneau.pk)
    exiger(predicats.refus_retirer_creneau(acteur, creneau))
    creneau.delete()


def prendre_creneau(
    *, acteur: Acteur, creneau: CreneauCoaching, malgre: bool = False
) -> RendezVousCoaching:
    """The person picks an hour: it becomes an appointment, and both are told. The first one has it."""
    assert acteur.cadre_id is not None
    cadre = verrouiller(acteur.cadre_id)
    creneau = verrous.creneau(creneau.pk)
    a_venir = RendezVousCoaching.objects.filter(
        accompagnement__cadre=cadre, accompagnement__fin__isnull=True
    ).a_venir()
    exiger(predicats.refus_prendre_creneau(acteur, cadre, creneau, a_venir.count()))
    if predicats.refus_de_creneau(creneau.accompagnateur, creneau.debut, creneau.duree_minutes):
        exiger("Cette heure vient d’être prise. Choisissez un autre créneau.")
    exiger_confirmation(cadre.pk, creneau.debut, creneau.duree_minutes, malgre=malgre)
    rendez_vous = RendezVousCoaching.objects.create(
        accompagnement=en_cours(cadre),
        debut=creneau.debut,
        duree_minutes=creneau.duree_minutes,
        lieu=creneau.lieu,
        lien_visio=creneau.lien_visio,
    )
    creneau.rendez_vous = rendez_vous
    creneau.save(update_fields=["rendez_vous"])
    quand = f"{date_texte(creneau.debut)}, {heure_texte(creneau.debut)}"
    libelle = f"Rendez-vous de coaching du {quand}, {creneau.duree} : choisi par la personne"
    noter(acteur, rendez_vous, Actes.COACHING_FIXE, libelle, cadre=cadre)
    courriels.annoncer_rendez_vous(rendez_vous)
    courriels.prevenir_du_choix(rendez_vous)
    return rendez_vous


def oublier_le_creneau(rendez_vous: RendezVousCoaching) -> None:
    """The coach moves or cancels the appointment, whose row is locked: the hour is theirs again."""
    CreneauCoaching.objects.filter(rendez_vous=rendez_vous).delete()


def rouvrir_le_creneau(rendez_vous: RendezVousCoaching) -> None:
    """The person will not come: somebody else may have the hour."""
    CreneauCoaching.objects.filter(rendez_vous=rendez_vous).update(rendez_vous=None)
