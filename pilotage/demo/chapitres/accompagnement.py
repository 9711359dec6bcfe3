"""Coaching of the second promotion: appointments, and what stays behind the wall.

The texts are invented. They are sealed as any other: the demo's DRH and DGS read none of them, but
the synthesis that somebody published.
"""

from datetime import date, timedelta

from cadres.models import Cadre, Candidature
from collectivites.models import Mandat
from collectivites.mots import Role
from parcours.models import (
    Accompagnement,
    Bilan,
    CreneauCoaching,
    EtapeProgramme,
    Inscription,
    NoteCoaching,
    Objectif,
    RendezVousCoaching,
    Sortie,
    SuiviEtape,
    Synthese,
)
from parcours.models.bilan import Choix, Maturite, Voie
from pilotage.demo.calendrier import instant, jour, ouvre
from pilotage.demo.chapitres.registre import Registre
from pilotage.demo.organisation import Lieu

Seance = RendezVousCoaching.Etat

CABINET = "Cabinet, rue Bannier"
#: Days from today, hour, what came of it: for the account cadre@.
RENDEZ_VOUS = (
    (-63, 9, Seance.TENU),
    (-35, 9, Seance.EXCUSE),
    (-28, 14, Seance.TENU),
    (-1, 11, Seance.PREVU),
    (12, 16, Seance.PREVU),
    (33, 9, Seance.PREVU),
)
OBJECTIFS = (
    ("Dire en trois phrases ce que j’apporte à une équipe", True),
    ("Rencontrer deux directeurs d’une autre collectivité", False),
)
NOTE_COACH = (
    "Premier tour d’horizon. Le poste actuel est maîtrisé, l’envie de changer est réelle mais la "
    "prise de parole devant les élus inquiète encore.\n\nPour la prochaine fois : raconter une "
    "réunion difficile, et ce qui a permis d’en sortir."
)
NOTE_CADRE = (
    "J’ai raconté la réunion du budget. En la racontant, j’ai compris que j’avais tenu bon "
    "sans hausser le ton. À garder pour les entretiens."
)
SYNTHESE = (
    "Trois séances ont permis de nommer ce qui plaît dans le métier : faire travailler ensemble "
    "des services qui se connaissent peu, et tenir un budget sans perdre le cap.\n\n"
    "Le projet est mûr : prendre la direction d’un service plus large, dans une autre "
    "collectivité, à moins d’une heure de trajet."
)
MOT_DE_SORTIE = (
    "Votre projet a gagné en clarté pendant ces mois, et les quatre directions l’ont entendu. Aucun "
    "des postes ouverts ne lui répondait encore. Nous continuons à chercher avec vous : votre "
    "place dans la démarche est gardée, et nous ferons le point ensemble."
)


def installer(lieu: Lieu, registre: Registre) -> None:
    """The history of who accompanies whom, then the files that a visitor opens."""
    coach = lieu.mandat("agglomeration", Role.ACCOMPAGNATEUR)
    ouverts = {
        cadre.pk: _accompagner(cadre, coach)
        for groupe in registre.promotions[2].values()
        for cadre in groupe
        if cadre.accompagnateur_id
    }
    for rang, accompagnement in enumerate(ouverts.values()):
        _seances(accompagnement, rang)
    visiteur = registre.visiteur
    if visiteur is not None and visiteur.pk in ouverts:
        _visiteur(ouverts[visiteur.pk], visiteur, coach)
    _creneaux(coach)
    publiant = next(c for c in registre.promotions[2]["departement"] if c.pk in ouverts)
    _synthese_publiee(ouverts[publiant.pk], publiant, coach)
    _sorties(lieu)


def _accompagner(cadre: Cadre, coach: Mandat) -> Accompagnement:
    return Accompagnement.objects.create(
        cadre=cadre, accompagnateur=coach, debut=instant(jour(mois=-6))
    )


def _seances(accompagnement: Accompagnement, rang: int) -> None:
    """One past session each, and one to come for a few: the coach has an agenda, not a crowd."""
    passee = ouvre(jour(jours=-40 + rang % 20))
    seance = RendezVousCoaching.objects.create(
        accompagnement=accompagnement,
        debut=instant(passee, 8 + rang % 9),
        lieu=CABINET,
        etat=Seance.ABSENT if rang % 11 == 7 else Seance.TENU,
    )
    # The step of the parcours is that session, and no other day.
    SuiviEtape.objects.filter(
        inscription__cadre=accompagnement.cadre,
        etape__nature=EtapeProgramme.Nature.COACHING,
        etat=SuiviEtape.Etat.FAITE,
    ).update(
        quand=seance.debut,
        lieu=CABINET,
        etat=SuiviEtape.Etat.ABSENT if seance.etat == Seance.ABSENT else SuiviEtape.Etat.FAITE,
    )
    if rang % 5 == 3:
        RendezVousCoaching.objects.create(
            accompagnement=accompagnement,
            debut=instant(ouvre(jour(jours=4 + rang)), 9 + rang % 8),
            lieu=CABINET,
        )


def _veille() -> date:
    """Yesterday, or the Friday before."""
    hier = jour(jours=-1)
    return hier - timedelta(days={5: 1, 6: 2}.get(hier.weekday(), 0))


def _visiteur(accompagnement: Accompagnement, cadre: Cadre, coach: Mandat) -> None:
    """The account cadre@: everything that the page can show."""
    accompagnement.rendez_vous.all().delete()
    for jours, heure, etat in RENDEZ_VOUS:
        # The one whose attendance is still to note: the last working day.
        quand = ouvre(jour(jours=jours)) if jours != -1 else _veille()
        RendezVousCoaching.objects.create(
            accompagnement=accompagnement, debut=instant(quand, heure), lieu=CABINET, etat=etat
        )
    assert cadre.utilisateur is not None
    for texte, atteint in OBJECTIFS:
        objectif = Objectif(
            accompagnement=accompagnement,
            auteur=coach.utilisateur,
            pose_le=instant(jour(jours=-63)),
            atteint_le=instant(jour(jours=-28)) if atteint else None,
        )
        objectif.texte = texte
        objectif.save()
    for auteur, texte, jours in (
        (coach.utilisateur, NOTE_COACH, -63),
        (cadre.utilisateur, NOTE_CADRE, -27),
    ):
        note = NoteCoaching(
            accompagnement=accompagnement,
            auteur=auteur,
            ecrite_le=instant(jour(jours=jours), 18),
        )
        note.texte = texte
        note.save()
    inscription = Inscription.objects.get(cadre=cadre)
    bilan = Bilan(inscription=inscription, modifie_le=instant(jour(jours=-5)))
    bilan.choix = Choix(
        domaines=["Finances"],
        collectivites=["departement", "region"],
        voie=Voie.MANAGEMENT,
        jours_teletravail=2,
        texte="Ce que je retiens : je sais tenir une réunion difficile.",
    )
    bilan.save()


def _creneaux(coach: Mandat) -> None:
    """Three free hours, that the people entrusted may pick."""
    for rang, (jours, heure) in enumerate(((10, 9), (10, 10), (17, 14))):
        CreneauCoaching.objects.create(
            accompagnateur=coach,
            debut=instant(ouvre(jour(jours=jours)), heure),
            duree_minutes=60,
            lieu="" if rang == 2 else CABINET,
            lien_visio="https://visio.demo.example/coaching" if rang == 2 else "",
        )


def _synthese_publiee(accompagnement: Accompagnement, cadre: Cadre, coach: Mandat) -> None:
    """Somebody of the Département let their DRH and DGS read theirs, and handed over a bilan."""
    publiee_le = instant(jour(jours=-9), 17)
    synthese = Synthese(
        accompagnement=accompagnement,
        revision=3,
        modifiee_le=publiee_le - timedelta(days=2),
        modifiee_par=coach.utilisateur,
        publiee_le=publiee_le,
        publiee_pour=cadre.collectivite,
    )
    synthese.texte = SYNTHESE
    synthese.save()
    bilan = Bilan(
        inscription=Inscription.objects.get(cadre=cadre),
        etat=Bilan.Etat.REMIS,
        modifie_le=publiee_le,
        remis_le=publiee_le,
    )
    bilan.choix = Choix(
        competences=["MGT02", "STR12", "REL24"],
        domaines=["Finances", "Direction générale"],
        collectivites=["ville", "agglomeration"],
        voie=Voie.MANAGEMENT,
        distance_km=40,
        jours_teletravail=1,
        disponible_des=jour(mois=3),
        maturite=Maturite.PRET,
        texte="Je veux garder du terrain, même en dirigeant plus de monde.",
    )
    bilan.save()


def _sorties(lieu: Lieu) -> None:
    """Two people of promotion 1 ended it without a move, and were told so kindly."""
    achevees = Inscription.objects.filter(
        etat=Inscription.Etat.ACHEVEE,
        cadre__candidature__etat=Candidature.Etat.RETENU,
        cadre__candidature__avancee=Candidature.Avancee.ACHEVE,
        cadre__collectivite__in=lieu.collectivites.values(),
    ).select_related("cadre__collectivite")
    for inscription in achevees.order_by("pk")[:2]:
        drh = lieu.mandat(inscription.cadre.collectivite.code, Role.DRH)
        Sortie.objects.create(
            inscription=inscription,
            dite_par=drh,
            dite_le=instant(jour(mois=-2), 16),
            entretien_le=ouvre(jour(mois=1)),
            entretien_avec=f"{drh.utilisateur.nom_complet}, DRH",
            mot=MOT_DE_SORTIE,
        )
