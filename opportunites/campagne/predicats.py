"""The campaign, its runs and what they lead to: may this acteur?"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from cadres.candidature.predicats import est_candidat
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.mots import Acte
from collectivites.refus import RESERVE_AU_DGS
from collectivites.travaux.battement import est_silencieuse
from collectivites.travaux.taches import JAMAIS_COMMENCEE
from opportunites.campagne.lecteurs import voeux_de_l_hote
from opportunites.campagne.mots import Etape, EtatSimulation
from opportunites.models import Campagne, Proposition, Simulation
from opportunites.mouvement.resultat import IRREALISABLE

CAMPAGNE_CLOSE = "Cette campagne est close."
PAS_DE_CAMPAGNE = "Aucune campagne n’est ouverte : fixez d’abord ses dates."
#: A conflict of interest: neither read nor decided, as long as their candidacy holds.
CANDIDAT = (
    "Vous faites partie des candidats de cette démarche : la campagne se conduit sans vous. Un DGS, ou "
    "un DRH qui en a reçu délégation, s’en charge à votre place."
)
#: Given to a job beyond its own time, before it is held for dead.
GRACE = timedelta(minutes=5)


def refus_conduire(acteur: Acteur) -> str | None:
    """The DGS of the démarche, or a DRH under delegation; nobody who may be served by it themselves."""
    if not acteur.peut(Acte.SIMULER_MOUVEMENT):
        return RESERVE_AU_DGS
    return CANDIDAT if est_candidat(acteur) else None


def refus_ouvrir_campagne(acteur: Acteur, ouverte: Campagne | None) -> str | None:
    if refus := refus_conduire(acteur):
        return refus
    return "Une campagne est déjà ouverte : elle se clôt d’abord." if ouverte else None


def cloture_impossible(jour: date) -> str | None:
    """The lot is drawn before wishes are over: nobody chooses it. The form says it beside the date."""
    if jour <= timezone.localdate():
        return "Choisissez une date à venir : le tirage précède la clôture des vœux."
    return None


def refus_deplacer(acteur: Acteur, campagne: Campagne) -> str | None:
    if refus := refus_conduire(acteur):
        return refus
    return None if campagne.est_ouverte else CAMPAGNE_CLOSE


def se_deplace(campagne: Campagne, etape: Etape) -> bool:
    """A date to come moves. A past one stays, but for the end of the simulations: nobody was told
    anything on that day, and it may be put back as long as propositions may leave."""
    aujourdhui = timezone.localdate()
    prolongeable = etape == Etape.SIMULATION_AU and campagne.propositions_au >= aujourdhui
    return prolongeable or bool(getattr(campagne, etape.value) >= aujourdhui)


def deplacement_impossible(campagne: Campagne, etape: Etape, jour: date) -> str | None:
    """Why a date cannot move there. What follows moves as much; what is past stays."""
    ancien: date = getattr(campagne, etape.value)
    aujourdhui = timezone.localdate()
    if not se_deplace(campagne, etape):
        return f"Cette date est passée, le {date_texte(ancien)} : elle ne se déplace plus."
    if jour < aujourdhui:
        return "Choisissez une date à venir."
    if jour == ancien:
        return "C’est déjà la date prévue."
    etapes = list(Etape)
    rang = etapes.index(etape)
    if rang and jour <= getattr(campagne, etapes[rang - 1].value):
        avant = getattr(campagne, etapes[rang - 1].value)
        return f"Cette étape suit la précédente, fixée au {date_texte(avant)}."
    return None


def refus_simuler(acteur: Acteur, campagne: Campagne | None) -> str | None:
    """A new scenario: other settings, other decisions. Until the end of the simulations."""
    if refus := refus_calculer(acteur, campagne):
        return refus
    assert campagne is not None
    if timezone.localdate() > campagne.simulation_au:
        return (
            f"Les simulations ont pris fin le {date_texte(campagne.simulation_au)} : il ne se fait plus "
            "de nouveau scénario. Ceux qui sont calculés se relancent sur les données du jour, et se "
            "réparent. Pour en essayer d’autres, déplacez cette date."
        )
    return None


def refus_calculer(acteur: Acteur, campagne: Campagne | None) -> str | None:
    """The same scenario on the data of the day, or its repair: from the opening of the wishes to the
    end of the campaign."""
    if refus := refus_conduire(acteur):
        return refus
    if campagne is None:
        return PAS_DE_CAMPAGNE
    if not campagne.est_ouverte:
        return CAMPAGNE_CLOSE
    if timezone.localdate() < campagne.voeux_du:
        return f"Les vœux ouvrent le {date_texte(campagne.voeux_du)} : il n’y a rien à simuler."
    return None


def est_morte(simulation: Simulation) -> bool:
    """Its job is over without an answer, its worker is silent, or it is far beyond the time it was
    given. Reads `tache`."""
    if simulation.etat not in Simulation.VIVANTES:
        return False
    tache = simulation.tache
    if tache is None or tache.est_finie or est_silencieuse(tache):
        return True
    maintenant = timezone.now()
    if tache.commencee_le is None:
        return bool(maintenant - tache.creee_le > JAMAIS_COMMENCEE)
    return bool(maintenant - tache.commencee_le > simulation.limite + GRACE)


def refus_arreter(acteur: Acteur, simulation: Simulation) -> str | None:
    """Anybody who may launch one: the machine is everybody's."""
    if refus := refus_conduire(acteur):
        return refus
    if simulation.etat not in Simulation.VIVANTES:
        return "Cette simulation est déjà finie."
    return None


def refus_decider(acteur: Acteur, simulation: Simulation) -> str | None:
    """To keep, forbid or force a move, and solve again: another scenario."""
    return refus_simuler(acteur, simulation.campagne) or refus_interroger(acteur, simulation)


def refus_interroger(acteur: Acteur, simulation: Simulation) -> str | None:
    """To ask its result something."""
    if refus := refus_calculer(acteur, simulation.campagne):
        return refus
    if simulation.etat != EtatSimulation.CALCULEE:
        return "Cette simulation n’a pas de résultat."
    return None


def refus_de_la_decision(
    acteur: Acteur, simulation: Simulation, cadre: int, poste: int, geste: str
) -> str | None:
    """A move found may be kept or forbidden by any DGS; a wish that is not served is its host's
    alone to force: nobody else knows of it. One query at most."""
    servi = simulation.resultat["reponse"]["assignment"].get(f"c{cadre}") == f"p{poste}"
    if servi:
        return "Ce mouvement est déjà dans le scénario." if geste == "imposer" else None
    if geste != "imposer":
        return "Ce mouvement n’est pas dans ce scénario."
    siens = voeux_de_l_hote(acteur).filter(cadre_id=cadre, opportunite__poste_id=poste)
    return None if siens.exists() else "Ce vœu n’est pas parmi ceux que vous pouvez lire."


def refus_preparer(acteur: Acteur, simulation: Simulation) -> str | None:
    """Propositions are drafted once opinions are in, from a run that has an answer."""
    if refus := refus_interroger(acteur, simulation):
        return refus
    campagne = simulation.campagne
    if simulation.resultat["reponse"]["status"] == IRREALISABLE:
        return "Ce scénario n’a pas de solution : il n’y a rien à proposer."
    if campagne.provisoire:
        return (
            f"Les employeurs donnent leurs avis jusqu’au {date_texte(campagne.avis_au)} : les "
            "propositions se préparent ensuite."
        )
    # What answers have broken is repaired as long as answers come.
    fin = campagne.reponses_au if simulation.est_une_reparation else campagne.propositions_au
    if timezone.localdate() > fin:
        return f"Les propositions partaient au plus tard le {date_texte(fin)}."
    return None


def date_d_effet_impossible(jour: date) -> str | None:
    """The form says it beside the date."""
    return "Choisissez une date à venir." if jour <= timezone.localdate() else None


def refus_clore(acteur: Acteur, campagne: Campagne) -> str | None:
    """Once answers are over, or as soon as opinions are and nothing is awaited any more. Two queries."""
    if refus := refus_deplacer(acteur, campagne):
        return refus
    if timezone.localdate() > campagne.reponses_au:
        return None
    if campagne.provisoire:
        return f"Les avis se donnent jusqu’au {date_texte(campagne.avis_au)}."
    liees = Proposition.objects.filter(maillon__ensemble__campagne=campagne)
    if timezone.localdate() <= campagne.propositions_au and not liees.exists():
        return f"Des propositions peuvent partir jusqu’au {date_texte(campagne.propositions_au)}."
    attendues = liees.filter(etat__in=[*Proposition.ETATS_INTERNES, Proposition.Etat.ENVOYEE])
    if attendues.exists():
        return (
            f"Des propositions liées attendent encore : la campagne se clôt quand elles ont leur "
            f"réponse, ou après le {date_texte(campagne.reponses_au)}."
        )
    return None
