"""May this acteur, and if not, why: the same answer draws the button and guards the act.

A right that is not the acteur's is an `Interdit`; a state of things is a plain sentence.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cadres.models import Candidature
from cadres.prises import refus_du_jalon
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite, compter, date_texte, enumerer
from collectivites.mots import Acte, Role
from collectivites.refus import Interdit
from parcours.models import (
    EtapeProgramme,
    Immersion,
    Inscription,
    Promotion,
    Sortie,
    SuiviEtape,
)

E = SuiviEtape.Etat
#: An interview may precede the launch, a bilan may follow the last session: beyond, it is a slip.
MARGE = timedelta(days=92)

ADAPTATION = (
    "Le programme s’adapte par les directions des ressources humaines, jusqu’au dernier jour de la "
    "promotion."
)
INSCRIPTION = "Cette promotion ne reçoit plus d’inscription de votre part."
BILAN = "Le bilan n’appartient qu’à la personne, dans son parcours."
IMMERSION_A_LA_PERSONNE = (
    "Les jours d’une immersion sont demandés par la personne, chez l’accueil de son choix, et "
    "accordés par les deux employeurs. Ici, on enregistre seulement une immersion déjà faite."
)
IMMERSION_SUR_SA_PAGE = (
    "Cette étape suit l’immersion de la personne : elle se constate sur la page de l’immersion."
)
SORTIE = (
    "La sortie se dit par la direction des ressources humaines de la personne, une fois, quand son "
    "parcours est achevé et qu’aucune mobilité n’est engagée."
)

# --- A promotion and its programme ----------------------------------------------------------------


def refus_ouvrir(acteur: Acteur) -> str | None:
    """A DGS, or a DRH under a live delegation, once the gate of that promotion is passed."""
    if not acteur.peut(Acte.OUVRIR_PROMOTION):
        return Interdit("Une promotion est ouverte par un DGS, ou par sa délégation.")
    return refus_du_jalon(acteur.demarche, "promotion")


def refus_adapter(acteur: Acteur, promotion: Promotion) -> str | None:
    """The programme is common: the HR of any of the four adapts it, until the last day."""
    if not (acteur.est_rh and promotion.demarche_id == acteur.demarche.pk):
        return Interdit(ADAPTATION)
    return ADAPTATION if promotion.est_close else None


def refus_changer_etape(acteur: Acteur, etape: EtapeProgramme, *, commencee: bool) -> str | None:
    """Rename, move or remove a step, while nobody has done it. Reads `promotion`: select it."""
    if refus := refus_adapter(acteur, etape.promotion):
        return refus
    if commencee:
        return f"L’étape {cite(etape.intitule)} a déjà commencé, elle ne change plus."
    return None


def refus_de_date(promotion: Promotion, quand: datetime) -> str | None:
    """Why this appointment cannot belong to the promotion."""
    jour = timezone.localdate(quand)
    if promotion.date_debut - MARGE <= jour <= promotion.date_fin + MARGE:
        return None
    return (
        f"Le {date_texte(jour)} est loin de la promotion, qui va du "
        f"{date_texte(promotion.date_debut)} au {date_texte(promotion.date_fin)}. "
        "Vérifiez l’année."
    )


def refus_fixer(acteur: Acteur, etape: EtapeProgramme) -> str | None:
    """A common date and place. Reads `promotion`: select it."""
    if refus := refus_adapter(acteur, etape.promotion):
        return refus
    if etape.est_immersion:
        return "Une immersion n’a pas de date commune : dites sa période."
    return None


def refus_dire_la_periode(acteur: Acteur, etape: EtapeProgramme) -> str | None:
    """When the immersions of a promotion take place. Reads `promotion`: select it."""
    if refus := refus_adapter(acteur, etape.promotion):
        return refus
    if not etape.est_immersion:
        return "Seule une immersion se fait sur une période. Fixez la date de cette étape."
    return None


def refus_de_date_de_suivi(suivi: SuiviEtape, quand: datetime) -> str | None:
    """The days of an immersion are asked for by the person: here one only records a past one.
    Reads `etape.promotion`."""
    if suivi.etape.est_immersion and timezone.localdate(quand) > timezone.localdate():
        return IMMERSION_A_LA_PERSONNE
    return refus_de_date(suivi.etape.promotion, quand)


# --- Entering a promotion, and leaving it ---------------------------------------------------------


def refus_inscrire(acteur: Acteur, promotion: Promotion) -> str | None:
    """The HR of the démarche, each for its own cadres, until the last day."""
    if not (acteur.est_rh and promotion.demarche_id == acteur.demarche.pk):
        return Interdit(INSCRIPTION)
    return INSCRIPTION if promotion.est_close else None


def refus_faute_de_place(promotion: Promotion, libres: int, demandees: int) -> str | None:
    if demandees <= libres:
        return None
    if not libres:
        return f"La promotion {cite(promotion.nom)} est complète."
    return (
        f"Il reste {compter(libres, 'place')} dans la promotion {cite(promotion.nom)}, "
        f"et vous en demandez {demandees}. Personne n’a été inscrit."
    )


def refus_suivre(acteur: Acteur, inscription: Inscription) -> str | None:
    """Read the steps of one person: their employer, whoever accompanies them. Of another employer's
    person, one sees that they are in the démarche, and where."""
    if acteur.est_employeur and inscription.cadre.collectivite_id != acteur.collectivite.pk:
        return Interdit(
            "Les dates et les présences ne sont lues que par l’employeur de la personne."
        )
    return None


def refus_conclure(acteur: Acteur, inscription: Inscription) -> str | None:
    """End a parcours, at its end or before it: the HR of the cadre's collectivité."""
    if not (acteur.est_rh and inscription.cadre.collectivite_id == acteur.collectivite.pk):
        return Interdit("Seule la direction des ressources humaines du cadre conclut son parcours.")
    if inscription.etat != Inscription.Etat.EN_COURS:
        return "Ce parcours est déjà terminé."
    return None


def manques(suivis: list[SuiviEtape]) -> list[str]:
    """The steps that keep a parcours from being achieved: neither done, excused nor cancelled."""
    return [
        suivi.etape.intitule
        for suivi in suivis
        if not (suivi.etat in {E.FAITE, E.ANNULEE} or (suivi.etat == E.ABSENT and suivi.excusee))
    ]


def refus_achever(acteur: Acteur, inscription: Inscription, suivis: list[SuiviEtape]) -> str | None:
    """As for concluding, once every step is done. Says what is missing."""
    if refus := refus_conclure(acteur, inscription):
        return refus
    if restent := manques(suivis):
        return (
            f"Le parcours ne peut pas encore s’achever. Il manque : "
            f"{enumerer(restent)}. Marquez chaque étape faite, ou excusez l’absence."
        )
    return None


# --- One person's steps. Reads `inscription.cadre` and `etape`: select them -----------------------


def refus_organiser(acteur: Acteur, suivi: SuiviEtape) -> str | None:
    """The HR of the cadre's collectivité; the accompagnateur, for what they run themselves. In SQL:
    `SuiviEtapeQuerySet.geres_par`.

    A parcours that is over says so to whoever sees it, before whose step it was.
    """
    if suivi.inscription.etat != Inscription.Etat.EN_COURS:
        return "Ce parcours est terminé : ses étapes ne changent plus."
    cadre = suivi.inscription.cadre
    if acteur.est_rh:
        sienne = cadre.collectivite_id == acteur.collectivite.pk
    else:
        sienne = (
            acteur.role == Role.ACCOMPAGNATEUR
            and cadre.accompagnateur_id == acteur.mandat.pk
            and suivi.etape.nature in EtapeProgramme.NATURES_ACCOMPAGNEES
        )
    if not sienne:
        return Interdit(
            "Cette étape est organisée par la direction des ressources humaines du cadre."
        )
    return None


def refus_planifier(acteur: Acteur, suivi: SuiviEtape) -> str | None:
    """A step that is not done may be given a date, or another one after an absence."""
    if refus := refus_organiser(acteur, suivi):
        return refus
    if suivi.etat not in {E.A_PLANIFIER, E.PLANIFIEE, E.ABSENT}:
        return "Cette étape ne se planifie plus."
    return IMMERSION_SUR_SA_PAGE if suit_une_immersion(suivi) else None


def refus_marquer(acteur: Acteur, suivi: SuiviEtape) -> str | None:
    """From the day of the appointment on. What was marked may be corrected."""
    if refus := refus_organiser(acteur, suivi):
        return refus
    if suivi.quand is None:
        return "Donnez d’abord une date à cette étape."
    if timezone.localdate(suivi.quand) > timezone.localdate():
        return f"Cette étape est prévue le {date_texte(suivi.quand)}. Notez la présence ce jour-là."
    if suivi.etat not in {E.PLANIFIEE, *SuiviEtape.ETATS_PASSES}:
        return "Cette étape ne se marque plus."
    return IMMERSION_SUR_SA_PAGE if suit_une_immersion(suivi) else None


def suit_une_immersion(suivi: SuiviEtape) -> bool:
    """The step bears the days of an immersion agreed to: one query, for such a step alone."""
    if not suivi.etape.est_immersion or suivi.quand is None:
        return False
    return Immersion.objects.filter(
        cadre=suivi.inscription.cadre_id,
        etat__in=Immersion.ETATS_ACCORDES,
        debut=timezone.localdate(suivi.quand),
    ).exists()


# --- How a parcours ends. Reads `cadre.candidature`: select it ------------------------------------


def refus_faire_son_bilan(acteur: Acteur, inscription: Inscription) -> str | None:
    """The cadre, in a parcours that goes on or is complete."""
    if acteur.role != Role.CADRE or acteur.cadre_id != inscription.cadre_id:
        return Interdit(BILAN)
    return BILAN if inscription.etat == Inscription.Etat.INTERROMPUE else None


def refus_dire_la_sortie(acteur: Acteur, inscription: Inscription) -> str | None:
    """The HR of the employer: the parcours is complete, no move follows, nothing was said yet."""
    cadre = inscription.cadre
    if not (acteur.est_rh and cadre.collectivite_id == acteur.collectivite.pk):
        return Interdit(SORTIE)
    en_attente = (
        inscription.etat == Inscription.Etat.ACHEVEE
        and cadre.candidature.etat == Candidature.Etat.RETENU
        and cadre.candidature.avancee == Candidature.Avancee.ACHEVE
    )
    if not en_attente or Sortie.objects.filter(inscription=inscription).exists():
        return SORTIE
    return None
