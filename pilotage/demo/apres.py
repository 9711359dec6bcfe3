"""What promotion 1 and two sessions were worth to their people, said without a name; who stays in touch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from collectivites.communs.calendrier import decaler
from parcours.apres.evaluation.actions import ouvrir
from parcours.apres.evaluation.rythme import DUREES
from parcours.models import (
    DemandeMentor,
    Evaluation,
    Inscription,
    InscriptionSession,
    Parole,
    Participation,
    PresenceReseau,
    Promotion,
    Session,
)
from parcours.mots import NatureEvaluation as N
from pilotage.demo.calendrier import jour
from pilotage.demo.organisation import COMPTE_CADRE, Lieu

#: question → how many said 0 (not concerned), 1, 2, 3, 4
FIN = {
    "satisfait": (0, 0, 2, 9, 11),
    "sessions": (0, 1, 5, 9, 7),
    "accompagnement": (1, 0, 1, 7, 13),
    "mobilite": (9, 0, 2, 6, 5),
    "conseil": (0, 0, 1, 6, 15),
}
SIX_MOIS = {
    "satisfait": (0, 0, 3, 8, 6),
    "mobilite": (6, 0, 1, 4, 6),
    "quotidien": (0, 1, 4, 8, 4),
}
SESSION = {
    "utile": (0, 0, 0, 3, 5),
    "annonce": (0, 0, 2, 4, 2),
    "organisation": (0, 0, 1, 4, 3),
}
PAROLES_DE_FIN = (
    "Le plus utile : rencontrer des gens qui font mon métier à trois rues du mien.",
    "Trop court entre l’immersion et le bilan. Deux semaines de plus suffiraient.",
    "On m’a laissé refuser un poste sans me le reprocher. C’est rare.",
    "L’école du management est pensée pour de grandes équipes ; la mienne compte trois personnes.",
)
PAROLES_A_SIX_MOIS = (
    "Je rappelle encore deux personnes de la promotion, chaque mois.",
    "Ce que j’y ai appris sert ; le temps de m’en servir manque.",
)
PAROLES_DE_SESSION = ("Le cas réel change tout. À refaire à mi-parcours.",)


def dire(lieu: Lieu, promotions: Mapping[int, Promotion]) -> None:
    """Call it once the sessions are held."""
    premiere = promotions[1]
    _publier(lieu, N.PROMOTION, premiere.date_fin, FIN, PAROLES_DE_FIN, promotion=premiere)
    six_mois = decaler(premiere.date_fin, mois=6)
    _publier(lieu, N.SIX_MOIS, six_mois, SIX_MOIS, PAROLES_A_SIX_MOIS, promotion=premiere)
    tenues = list(
        Session.objects.filter(
            prestation__collectivite__demarche=lieu.demarche, etat=Session.Etat.TENUE
        ).order_by("debut")
    )
    ancienne, recente = tenues[0], tenues[-1]
    _publier(
        lieu,
        N.SESSION,
        timezone.localdate(ancienne.fin),
        SESSION,
        PAROLES_DE_SESSION,
        session=ancienne,
    )
    if recente != ancienne:
        _laisser_ouverte(lieu, recente)


def _publier(
    lieu: Lieu,
    nature: str,
    apres: date,
    effectifs: Mapping[str, tuple[int, ...]],
    paroles: tuple[str, ...],
    **sur: Promotion | Session,
) -> None:
    ouverte = apres + timedelta(days=1)
    close = ouverte + timedelta(days=DUREES[N(nature)] - 1)
    if close >= timezone.localdate():
        return
    evaluation = Evaluation.objects.create(
        demarche=lieu.demarche,
        nature=nature,
        ouverte_le=ouverte,
        jusqu_au=close,
        depouillee_le=close + timedelta(days=1),
        reponses=sum(next(iter(effectifs.values()))),
        effectifs={
            cle: {str(note): nombre for note, nombre in enumerate(nombres) if nombre}
            for cle, nombres in effectifs.items()
        },
        **sur,
    )
    Parole.objects.bulk_create(Parole(evaluation=evaluation, texte=texte) for texte in paroles)


def _laisser_ouverte(lieu: Lieu, session: Session) -> None:
    """Some have answered; the account that visitors try has not yet."""
    ouverte = timezone.localdate(session.fin) + timedelta(days=1)
    evaluation = ouvrir(
        N.SESSION,
        session=session,
        demarche=lieu.demarche,
        ouverte_le=ouverte,
        jusqu_au=ouverte + timedelta(days=DUREES[N.SESSION] - 1),
    )
    venus = (
        session.inscriptions.filter(etat=InscriptionSession.Etat.PRESENT)
        .exclude(cadre__utilisateur__email=COMPTE_CADRE)
        .order_by("pk")[:4]
    )
    for rang, place in enumerate(venus):
        note = 3 + rang % 2
        bulletin = {"choix": {"utile": note, "annonce": 3, "organisation": note}, "texte": ""}
        evaluation.urne.ecrire([*evaluation.urne.lire(), bulletin])
        Participation.objects.create(evaluation=evaluation, cadre_id=place.cadre_id)
    evaluation.urne.save()


#: (where they are, what they can tell, answers, may be a mentor), in the order of the promotion's people
RECITS = (
    (
        "Depuis un an, un poste que je n’aurais pas cherché sans le parcours",
        "Demandez à rencontrer l’équipe avant de dire oui : j’ai appris plus en une heure qu’en trois fiches.",
        True,
        True,
    ),
    (
        "Toujours à mon poste, par choix",
        "On peut refuser. Je l’ai fait, et rien n’a changé.",
        True,
        False,
    ),
    (
        "Un nouveau poste, après une immersion de quatre jours",
        "L’immersion m’a décidé. Choisissez un service que vous ne connaissez pas.",
        True,
        True,
    ),
    ("", "Je réponds volontiers sur le détachement et le déroulement de carrière.", True, False),
    ("Chef de projet, depuis le printemps", "", False, True),
)


RECITS_EN_COURS = (
    ("", "Je prépare mon immersion : si vous y êtes passé, écrivez-moi.", True, False),
    (
        "En parcours, sans poste en vue pour l’instant",
        "Je réponds sur le codéveloppement.",
        True,
        False,
    ),
)


def relier(promotions: Mapping[int, Promotion]) -> None:
    """Some of both promotions say yes to the network; one has asked for a mentor, who said yes."""
    anciens = _presences(promotions[1], Inscription.Etat.ACHEVEE, RECITS)
    _presences(promotions[2], Inscription.Etat.EN_COURS, RECITS_EN_COURS)
    suivant = (
        Inscription.objects.filter(promotion=promotions[2], etat=Inscription.Etat.EN_COURS)
        .exclude(cadre__utilisateur__email=COMPTE_CADRE)
        .order_by("-pk")
        .first()
    )
    if anciens and suivant is not None:
        DemandeMentor.objects.create(
            presence=anciens[0],
            cadre_id=suivant.cadre_id,
            mot="Je prépare une prise de poste dans un service que vous avez connu.",
            etat=DemandeMentor.Etat.ACCEPTEE,
            demandee_le=jour(jours=-30),
            repondue_le=jour(jours=-28),
        )


def _presences(
    promotion: Promotion, etat: str, recits: tuple[tuple[str, str, bool, bool], ...]
) -> list[PresenceReseau]:
    inscriptions = (
        Inscription.objects.filter(promotion=promotion, etat=etat)
        .exclude(cadre__utilisateur__email=COMPTE_CADRE)
        .order_by("pk")[: len(recits)]
    )
    return [
        PresenceReseau.objects.create(
            promotion=promotion,
            cadre_id=inscription.cadre_id,
            ou=ou,
            recit=recit,
            repond=repond,
            mentor=mentor,
            depuis=min(promotion.date_fin, jour(jours=-40)),
        )
        for inscription, (ou, recit, repond, mentor) in zip(inscriptions, recits, strict=False)
    ]
