"""Two promotions: one has finished, the other is under way with steps done, planned and late."""

import random
from datetime import date, datetime, timedelta

from cadres.models import Cadre, Candidature
from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape
from pilotage.demo.calendrier import instant, jour, ouvre
from pilotage.demo.chapitres.registre import Registre
from pilotage.demo.organisation import Lieu

Nature = EtapeProgramme.Nature
Etat = SuiviEtape.Etat
#: nature, title, months after the start of the promotion, minutes, place
PROGRAMME = (
    (Nature.SEMINAIRE, "Séminaire de lancement", 0, 420, "Hôtel de la Métropole, Orléans"),
    (Nature.ENTRETIEN, "Entretien individuel", 1, 90, "Cabinet, rue Bannier"),
    (Nature.ECOLE, "École du management", 3, 360, "Hôtel du Département, salle 204"),
    (Nature.COACHING, "Coaching", 5, 90, "Cabinet, rue Bannier"),
    (Nature.IMMERSION, "Immersion dans une autre collectivité", 7, 420, ""),
    (Nature.BILAN, "Bilan final", 9, 120, "Hôtel de Région, salle Jeanne-d’Arc"),
)
#: Those of promotion 1 who stopped before the end, by collectivité and rank.
INTERROMPUS = (("departement", 6), ("region", 6))


def derouler(lieu: Lieu, registre: Registre, hasard: random.Random) -> dict[int, Promotion]:
    """Open both promotions and enrol everybody."""
    promotions = {
        1: _promotion(lieu, "Promotion 1", -22, -12),
        2: _promotion(lieu, "Promotion 2", -7, 3),
    }
    for code, groupe in registre.promotions[1].items():
        for rang, cadre in enumerate(groupe):
            _achever(promotions[1], cadre, interrompu=(code, rang) in INTERROMPUS)
    for groupe in registre.promotions[2].values():
        for cadre in groupe:
            _en_cours(promotions[2], cadre, hasard)
    return promotions


def _promotion(lieu: Lieu, nom: str, debut: int, fin: int) -> Promotion:
    depart = ouvre(jour(mois=debut))
    promotion = Promotion.objects.create(
        demarche=lieu.demarche,
        nom=nom,
        date_debut=depart,
        date_fin=ouvre(jour(mois=fin)),
        places=32,
        ouverte_le=instant(ouvre(depart - timedelta(days=30))),
    )
    for ordre, (nature, intitule, mois, minutes, place) in enumerate(PROGRAMME, start=1):
        commune = nature in {Nature.SEMINAIRE, Nature.ECOLE, Nature.BILAN}
        EtapeProgramme.objects.create(
            promotion=promotion,
            ordre=ordre,
            nature=nature,
            intitule=intitule,
            date_prevue=instant(ouvre(jour(mois=debut + mois)), 9) if commune else None,
            duree_minutes=minutes,
            lieu=place,
            **_periode(promotion, debut + mois) if nature == Nature.IMMERSION else {},
        )
    return promotion


def _periode(promotion: Promotion, mois: int) -> dict[str, date]:
    """Immersions of a promotion: two months, within its own."""
    debut = ouvre(jour(mois=mois - 1))
    return {
        "periode_debut": debut,
        "periode_fin": min(ouvre(jour(mois=mois + 2)), promotion.date_fin),
    }


def _suivre(inscription: Inscription, etape: EtapeProgramme, etat: str, jours: int) -> None:
    quand = etape.date_prevue
    if etat != SuiviEtape.Etat.A_PLANIFIER and quand is None:
        mois = PROGRAMME[etape.ordre - 1][2]
        quand = instant(
            ouvre(inscription.promotion.date_debut + timedelta(days=30 * mois + jours)), 14
        )
    SuiviEtape.objects.create(
        inscription=inscription,
        etape=etape,
        etat=etat,
        quand=None if etat == SuiviEtape.Etat.A_PLANIFIER else quand,
        lieu=etape.lieu,
    )


def _inscrit_le(promotion: Promotion, cadre: Cadre) -> datetime:
    """Once the promotion is open, and the person retained."""
    assert cadre.candidature.decide_le is not None
    return max(promotion.ouverte_le, cadre.candidature.decide_le + timedelta(hours=2))


def _achever(promotion: Promotion, cadre: Cadre, *, interrompu: bool) -> None:
    fin = instant(promotion.date_fin, 17)
    inscription = Inscription.objects.create(
        promotion=promotion,
        cadre=cadre,
        etat=Inscription.Etat.INTERROMPUE if interrompu else Inscription.Etat.ACHEVEE,
        inscrit_le=_inscrit_le(promotion, cadre),
        finie_le=fin - timedelta(days=120) if interrompu else fin,
    )
    for etape in promotion.etapes.all():
        faite = not interrompu or etape.ordre <= 3
        _suivre(inscription, etape, Etat.FAITE if faite else Etat.A_PLANIFIER, cadre.pk % 20)
    candidature = cadre.candidature
    if interrompu:
        candidature.etat, candidature.retire_le = Candidature.Etat.RETIRE, inscription.finie_le
        candidature.avancee = Candidature.Avancee.AUCUNE
    else:
        candidature.avancee = Candidature.Avancee.ACHEVE
    candidature.save()


def _en_cours(promotion: Promotion, cadre: Cadre, hasard: random.Random) -> None:
    """Steps 1 to 3 done (some were absent), coaching under way, immersions to ask for."""
    inscription = Inscription.objects.create(
        promotion=promotion, cadre=cadre, inscrit_le=_inscrit_le(promotion, cadre)
    )
    for etape in promotion.etapes.all():
        jours = hasard.randint(0, 12)
        if etape.ordre <= 3:
            etat = Etat.ABSENT if hasard.random() < 0.06 else Etat.FAITE
        elif etape.nature == Nature.COACHING:
            etat = hasard.choices([Etat.FAITE, Etat.PLANIFIEE, Etat.A_PLANIFIER], [12, 3, 2])[0]
            jours += 10 if etat == Etat.FAITE else 0
        elif etape.nature == Nature.IMMERSION:
            etat = Etat.A_PLANIFIER  # the catalogue's chapter lays the immersions agreed to
        else:
            etat = Etat.PLANIFIEE
        _suivre(inscription, etape, etat, jours)
