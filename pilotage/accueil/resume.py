"""Monday's digest: all that waits for each person, from every room. Called by the clock.

Each mail is written in its own transaction under a key that says the mandat and the week: a worker
that dies half-way leaves what it wrote, the next run writes the rest, and nothing twice.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cadres.candidature.acteurs import acteur_du_mandat
from cadres.candidature.comptes import adresse_proposee
from cadres.mots import ETATS_PARTAGES
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import lexique
from collectivites.communs.typographie import compter
from collectivites.models import Mandat
from collectivites.mots import Role
from collectivites.travaux.attentes import Attente
from collectivites.travaux.courriels import deja_deposes, deposer
from collectivites.travaux.horloge import Rythme, a_l_heure, est_une_heure_decente
from pilotage.accueil.a_faire import attentes_de

RESUME = "programme/resume"
#: The digest leaves on Monday, at the latest on Wednesday.
DERNIER_JOUR = 2


@a_l_heure("pilotage.resumes", "résumé(s) de la semaine", rythme=Rythme.MATIN)
def resumer() -> int:
    """What waits for each person, on Monday."""
    return deposer_resumes() if est_une_heure_decente() else 0


def deposer_resumes(*, maintenant: datetime | None = None) -> int:
    """Write Monday's digests. Whoever has nothing to do, or wants none, receives nothing."""
    jour = timezone.localdate(maintenant)
    if jour.weekday() > DERNIER_JOUR:
        return 0
    annee, semaine, _ = jour.isocalendar()
    mandats = (
        Mandat.objects.en_vigueur(jour)
        .exclude(utilisateur__preferences_rappel__resume=False)
        .select_related("utilisateur", "collectivite__demarche")
        .order_by("pk")
    )
    nouveaux = 0
    for mandat in mandats.iterator(chunk_size=500):
        cle = f"resume:{mandat.pk}:{annee}-{semaine:02d}"
        if deja_deposes(RESUME, [cle]):
            continue
        acteur = acteur_du_mandat(mandat)
        if not _se_suit(acteur):
            continue
        with lexique.pour(acteur.demarche.public, acteur.demarche.combien):
            attentes = attentes_de(acteur)
        if attentes:
            _deposer(cle, acteur, attentes)
            nouveaux += 1
    return nouveaux


def _se_suit(acteur: Acteur) -> bool:
    """A cadre whose yes holds. Whoever has not said yes was promised two reminders, and no more."""
    return acteur.role != Role.CADRE or acteur.candidature[0] in ETATS_PARTAGES


def _adresse(acteur: Acteur) -> str:
    """A cadre who moved reads the mailbox of their new employer, whatever they log in with."""
    compte = acteur.utilisateur.adresse
    return (acteur.cadre_id and adresse_proposee(acteur.cadre_id, compte)) or compte


def _deposer(cle: str, acteur: Acteur, attentes: list[Attente]) -> None:
    with transaction.atomic():
        deposer(
            RESUME,
            demarche=acteur.demarche,
            destinataire=_adresse(acteur),
            utilisateur=acteur.utilisateur,
            cadre_ref=acteur.cadre_id,
            cle=cle,
            arret="resume",
            comme=acteur.mandat,
            attentes=attentes,
            compte=compter(len(attentes), "point"),
            mandat=acteur.mandat,
            personne=acteur.utilisateur,
        )
