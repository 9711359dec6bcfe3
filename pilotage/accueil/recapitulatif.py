"""One mail a day at most, at one's own hour: what waits for each person, on their day; their
appointments, a week and a day before; the new postes that they asked to hear of. Called by the clock.

What has a deadline is written apart, when it is time (`propositions.rappel`, `cadres.rappel`), and so is
what an act changes. Each digest is written in its own transaction under a key that says its reader and
the day: a worker that dies half-way leaves what it wrote, the next run writes the rest, and nothing twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cadres.candidature.acteurs import acteur_du_mandat
from cadres.candidature.comptes import adresse_de, adresse_proposee
from cadres.models import Cadre
from cadres.mots import ETATS_PARTAGES
from collectivites.acteurs.acteur import Acteur
from collectivites.communs import lexique
from collectivites.communs.calendrier import est_ouvre
from collectivites.communs.typographie import compter
from collectivites.models import Demarche, Mandat, Utilisateur
from collectivites.mots import Role
from collectivites.travaux.arrets import genre_de_courriel
from collectivites.travaux.attentes import Attente
from collectivites.travaux.courriels import deja_deposes, deposer, sous_ce_mandat
from collectivites.travaux.horloge import Rythme, a_l_heure, est_une_heure_decente
from opportunites.postes.actions import alertes
from parcours.models import PreferencesRappel
from parcours.sessions.actions.abonnements import arreter, recoit
from parcours.sessions.actions.rappels import RendezVous, rappels_du
from pilotage.accueil.a_faire import attentes_de

RECAPITULATIF = "programme/recapitulatif"
#: A clock that was late makes up for it within so many hours, and within so many days of the chosen one.
HEURES, JOURS = 2, 3
_ENSEMBLE = 500


@dataclass
class Lecteur:
    """Somebody in a démarche, and what may be told to them today. `attendu`: the day on which what waits
    for them was to be told; None: not these days."""

    utilisateur: Utilisateur | None
    demarche: Demarche
    qui: str
    attendu: date | None = None
    cadre: Cadre | None = None
    #: Those whose day it is, and all that they have.
    mandats: list[Mandat] = field(default_factory=list)
    siens: list[Mandat] = field(default_factory=list)
    rappels: list[RendezVous] = field(default_factory=list)
    alerte: int | None = None

    def cle(self, jour: date) -> str:
        return f"recapitulatif:{self.qui}:{self.demarche.pk}:{jour:%Y%m%d}"


@dataclass(frozen=True)
class Ligne:
    attente: Attente
    lien: str


@a_l_heure("pilotage.recapitulatifs", "récapitulatif(s)", rythme=Rythme.HEURE)
def recapituler() -> int:
    return deposer_recapitulatifs() if est_une_heure_decente() else 0


@genre_de_courriel(
    "resume",
    "le récapitulatif (rappels et nouveaux postes compris)",
    recoit=lambda qui: recoit(qui, "resume", "j7", "j1") or alertes.gardees_par(qui).exists(),
)
def arreter_le_recapitulatif(utilisateur: Utilisateur) -> None:
    """All that it says: the mail itself stops."""
    arreter(utilisateur, "resume", "j7", "j1")
    alertes.gardees_par(utilisateur).delete()


def deposer_recapitulatifs(*, maintenant: datetime | None = None) -> int:
    """Write the digests of this hour. Whoever has nothing to read, or wants none, receives nothing."""
    maintenant = maintenant or timezone.now()
    jour = timezone.localdate(maintenant)
    lecteurs = list(_lecteurs(maintenant))
    ecrits = 0
    for debut in range(0, len(lecteurs), _ENSEMBLE):
        lot = lecteurs[debut : debut + _ENSEMBLE]
        jours = [jour - timedelta(days=n) for n in range(JOURS + 1)]
        deja = deja_deposes(RECAPITULATIF, [qui.cle(j) for qui in lot for j in jours])
        for lecteur in lot:
            if lecteur.cle(jour) not in deja:
                passes = {j for j in jours if lecteur.cle(j) in deja}
                with transaction.atomic():
                    ecrits += _deposer(lecteur, maintenant, passes)
    return ecrits


# --- Who -----------------------------------------------------------------------------------------


def _lecteurs(maintenant: datetime) -> Iterator[Lecteur]:
    """Those whose hour it is, and to whom something may be told."""
    jour, heure = timezone.localdate(maintenant), timezone.localtime(maintenant).hour
    choix = {p.utilisateur_id: p for p in PreferencesRappel.objects.all()}
    sans_choix = PreferencesRappel()
    trouves: dict[tuple[str, int], Lecteur] = {}
    de_chacun: dict[int, list[Mandat]] = defaultdict(list)

    def lecteur(
        utilisateur: Utilisateur | None, cadre: Cadre | None, demarche: Demarche
    ) -> tuple[PreferencesRappel, Lecteur] | None:
        qui = f"u{utilisateur.pk}" if utilisateur else f"c{cadre.pk if cadre else 0}"
        voulu = choix.get(utilisateur.pk, sans_choix) if utilisateur else sans_choix
        if not voulu.heure <= heure < voulu.heure + HEURES:
            return None
        lui = trouves.setdefault((qui, demarche.pk), Lecteur(utilisateur, demarche, qui))
        lui.cadre = lui.cadre or cadre
        return voulu, lui

    mandats = Mandat.objects.en_vigueur(jour).select_related(
        "utilisateur", "collectivite__demarche"
    )
    for mandat in mandats.order_by("pk").iterator(chunk_size=500):
        attendu = jour_attendu(choix.get(mandat.utilisateur_id, sans_choix), jour)
        de_chacun[mandat.utilisateur_id].append(mandat)
        trouve = attendu and lecteur(mandat.utilisateur, None, mandat.collectivite.demarche)
        if trouve:
            trouve[1].mandats.append(mandat)
            trouve[1].attendu = attendu
    for champ, rendez_vous in rappels_du(maintenant):
        cadre = rendez_vous.cadre
        trouve = lecteur(cadre.utilisateur, cadre, cadre.collectivite.demarche)
        if trouve and getattr(trouve[0], champ):
            trouve[1].rappels.append(rendez_vous)
    for alerte in alertes.gardees():
        cadre = alerte.cadre
        if trouve := lecteur(cadre.utilisateur, cadre, cadre.collectivite.demarche):
            trouve[1].alerte = alerte.pk
    for lui in trouves.values():
        lui.siens = de_chacun[lui.utilisateur.pk] if lui.utilisateur else []
        yield lui


def jour_attendu(voulu: PreferencesRappel, jour: date) -> date | None:
    """The last day, today included, on which what waits was to be told; None when it is too far, or
    today nobody works: the next working day makes up for it."""
    if not (voulu.resume and est_ouvre(jour)):
        return None
    if voulu.jour == PreferencesRappel.Jour.CHAQUE_JOUR:
        return jour
    ecart = (jour.weekday() - voulu.jour) % 7
    return jour - timedelta(days=ecart) if ecart <= JOURS else None


# --- What ----------------------------------------------------------------------------------------


def _deposer(lecteur: Lecteur, maintenant: datetime, passes: set[date]) -> bool:
    """`passes`: the days, of the last ones, on which they received a digest."""
    with lexique.pour(lecteur.demarche.public, lecteur.demarche.combien):
        rubriques = _rubriques(lecteur, maintenant, passes)
    lignes = [ligne for _, siennes in rubriques for ligne in siennes]
    if not lignes:
        return False
    depose = deposer(
        RECAPITULATIF,
        demarche=lecteur.demarche,
        destinataire=_adresse(lecteur),
        utilisateur=lecteur.utilisateur,
        cadre_ref=_cadre_ref(lecteur),
        cle=lecteur.cle(timezone.localdate(maintenant)),
        arret="resume",
        rubriques=rubriques,
        objet_courriel=_objet(lignes),
        personne=lecteur.utilisateur or lecteur.cadre,
    )
    if depose is None:  # another worker, between our reading and this
        transaction.set_rollback(True)
    return depose is not None


def _rubriques(
    lecteur: Lecteur, maintenant: datetime, passes: set[date]
) -> list[tuple[str, list[Ligne]]]:
    siens = lecteur.siens
    du_cadre = next((m for m in siens if m.role == Role.CADRE), None)
    rubriques: list[tuple[str, list[Ligne]]] = []
    if lecteur.attendu and not any(j >= lecteur.attendu for j in passes):
        rubriques += [
            (mandat.libelle, _lignes(_attentes(mandat), mandat, siens))
            for mandat in lecteur.mandats
        ]
    dites = {(x.attente.url, x.attente.echeance) for _, lignes in rubriques for x in lignes}
    rappels = [
        attente
        for rdv in lecteur.rappels
        if not (passes & rdv.deja_dit(maintenant))
        and ((attente := rdv.attente(maintenant)).url, attente.echeance) not in dites
    ]
    rubriques.insert(0, ("Vos rendez-vous", _lignes(rappels, du_cadre, siens)))
    if lecteur.alerte is not None:
        postes = alertes.nouveaux_postes(lecteur.alerte, maintenant)
        rubriques.append(
            ("Les postes dont vous vouliez des nouvelles", _lignes(postes, du_cadre, siens))
        )
    return [(titre, lignes) for titre, lignes in rubriques if lignes]


def _attentes(mandat: Mandat) -> list[Attente]:
    acteur = acteur_du_mandat(mandat)
    if not _se_suit(acteur):
        return []
    return attentes_de(acteur)


def _se_suit(acteur: Acteur) -> bool:
    """A cadre whose yes holds. Whoever has not said yes was promised two reminders, and no more."""
    return acteur.role != Role.CADRE or acteur.candidature[0] in ETATS_PARTAGES


def _lignes(attentes: list[Attente], mandat: Mandat | None, siens: list[Mandat]) -> list[Ligne]:
    """Each with its link, which says under which of several mandats it is meant."""
    site = settings.QUATUOR_SITE.rstrip("/")
    vise = mandat if len(siens) > 1 else None
    return [Ligne(a, sous_ce_mandat(f"{site}{a.url}", vise)) for a in attentes]


def _objet(lignes: list[Ligne]) -> str:
    """Of a single appointment: which, and when."""
    [seule, *autres] = lignes
    if not autres and seule.attente.objet:
        return seule.attente.objet
    return f"Votre récapitulatif : {compter(len(lignes), 'point')} à suivre"


def _cadre_ref(lecteur: Lecteur) -> int | None:
    if lecteur.cadre is not None:
        return lecteur.cadre.pk
    acteurs = (acteur_du_mandat(m) for m in lecteur.mandats if m.role == Role.CADRE)
    return next((acteur.cadre_id for acteur in acteurs), None)


def _adresse(lecteur: Lecteur) -> str:
    """A cadre who moved reads the mailbox of their new employer, whatever they log in with."""
    if lecteur.cadre is not None:
        return adresse_de(lecteur.cadre)
    assert lecteur.utilisateur is not None, "who has no account is known by their file"
    compte, cadre = lecteur.utilisateur.adresse, _cadre_ref(lecteur)
    return (cadre and adresse_proposee(cadre, compte)) or compte
