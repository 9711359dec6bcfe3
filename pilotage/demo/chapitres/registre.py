"""The people listed: two promotions, and those who wait, say no, or have withdrawn."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from cadres.donnees_personnelles.conservation import ETATS_SORTIS
from cadres.fiche.referentiels import COMPETENCES
from cadres.models import Cadre, Candidature, CompetenceDite, DemandeCorrection
from cadres.mots import EtatCandidature
from collectivites.communs import metiers
from collectivites.models import Mandat, Poste, Utilisateur
from collectivites.mots import Role
from pilotage.demo.calendrier import instant, jour, ouvre, ouvre_avant
from pilotage.demo.chapitres.personnes import Personne, personnes
from pilotage.demo.organisation import COMPTE_CADRE, Lieu, direction_de

Etat = Candidature.Etat

#: How many of each collectivité entered promotion 1, then promotion 2.
INSCRITS = {
    "ville": (8, 7),
    "agglomeration": (8, 7),
    "departement": (7, 8),
    "region": (7, 8),
}
#: How many directions were drawn from, before each domaine had its own.
TIRAGES = {"ville": 4, "agglomeration": 3, "departement": 5, "region": 6}
#: State of those outside the promotions, and since how many days it has been so.
HORS_PROMOTION = (
    *((Etat.RECENSE, 3 + i) for i in range(8)),
    *((Etat.INFORME, 2 + 3 * i) for i in range(8)),
    *((Etat.ACCORD, 4 + 5 * i) for i in range(8)),
    *((Etat.DESACCORD, 30 + 40 * i) for i in range(4)),
    *((Etat.SANS_REPONSE, 60 + 50 * i) for i in range(2)),
    *((Etat.RETENU, 12 + 2 * i) for i in range(4)),
    *((Etat.NON_RETENU, 200 + 10 * i) for i in range(3)),
    *((Etat.RETIRE, 90 + 60 * i) for i in range(2)),
)
MOTIF_NON_RETENU = (
    "La promotion est complète. Votre dossier sera relu en priorité pour la suivante."
)


@dataclass
class Registre:
    """The cadres of the demonstration, by promotion and collectivité."""

    promotions: dict[int, dict[str, list[Cadre]]] = field(default_factory=lambda: {1: {}, 2: {}})
    visiteur: Cadre | None = None  # the account cadre@


def remplir(lieu: Lieu, hasard: random.Random) -> Registre:
    """List everybody. Those of promotion 1 said yes two years ago, those of promotion 2 last year."""
    registre = Registre()
    gens = personnes(hasard)
    for code, (premiers, seconds) in INSCRITS.items():
        for numero, combien, mois in ((1, premiers, -24), (2, seconds, -11)):
            groupe = [
                _inscrit(lieu, code, next(gens), jour(mois=mois, jours=2 * i), hasard)
                for i in range(combien)
            ]
            registre.promotions[numero][code] = groupe
    registre.visiteur = _visiteur(lieu, registre.promotions[2]["ville"][0])
    codes = list(INSCRITS)
    for rang, (etat, anciennete) in enumerate(HORS_PROMOTION):
        cadre = _cadre(lieu, codes[rang % 4], next(gens), hasard)
        _hors_promotion(lieu, cadre, etat, jour(jours=-anciennete))
    _dire_les_visees()
    _dire_les_competences(registre)
    return registre


def _dire_les_visees() -> None:
    """What each DRH nominates for: by profile, and a few for both."""
    presents = Cadre.objects.exclude(candidature__etat__in=ETATS_SORTIS).order_by("pk")
    for rang, cadre in enumerate(presents):
        cadre.vise_promotion = cadre.profil == Cadre.Profil.HAUT_POTENTIEL
        cadre.vise_mobilite = not cadre.vise_promotion or rang % 5 == 0
        cadre.vise_developpement = rang % 4 == 0
        cadre.save(update_fields=list(Cadre.VISEES))


def _dire_les_competences(registre: Registre) -> None:
    """The visitor and a third of the second promotion say five skills; the visitor asks for one
    correction, which waits, after another which was made."""
    visiteur = registre.visiteur
    assert visiteur is not None
    seconds = [cadre for groupe in registre.promotions[2].values() for cadre in groupe]
    codes = list(COMPETENCES)
    CompetenceDite.objects.bulk_create(
        CompetenceDite(
            cadre=cadre,
            code=codes[(7 * rang + 6 * k) % len(codes)],
            niveau=4 - k % 3,
            dite_le=instant(jour(jours=-40)),
        )
        for rang, cadre in enumerate([visiteur, *(c for c in seconds[1::3] if c.pk != visiteur.pk)])
        for k in range(5)
    )
    DemandeCorrection.objects.create(
        cadre=visiteur,
        champ=DemandeCorrection.Champ.ENCADREMENT,
        explication="J’encadre 126 agents depuis l’ouverture de la crèche Saint-Marceau.",
        deposee_le=instant(jour(jours=-4)),
    )
    DemandeCorrection.objects.create(
        cadre=visiteur,
        champ=DemandeCorrection.Champ.IDENTITE,
        explication="Mon nom d’usage est Costerin-Vallois, avec un trait d’union.",
        deposee_le=instant(jour(jours=-60)),
        etat=DemandeCorrection.Etat.FAITE,
        reponse="C’est corrigé, merci de l’avoir signalé.",
        repondue_le=instant(jour(jours=-57)),
    )


def _cadre(lieu: Lieu, code: str, personne: Personne, hasard: random.Random) -> Cadre:
    collectivite = lieu.collectivites[code]
    hasard.randrange(TIRAGES[code])  # nothing: what is drawn afterwards stays as it was
    direction = direction_de(lieu.directions[code], personne.domaine)
    poste = Poste.objects.create(
        collectivite=collectivite,
        direction=direction,
        intitule=personne.fonction,
        cadres_emplois=[personne.cadre_emplois],
        groupe_ifse="A4" if personne.nb_agents == 0 else "A3",
        nb_agents_encadres=personne.nb_agents,
        jours_teletravail=hasard.randint(1, 2),
        **metiers.colonnes(personne.domaine),
    )
    return Cadre.objects.create(
        collectivite=collectivite,
        matricule=f"{hasard.randint(1000, 99999):05d}",
        civilite=personne.civilite,
        nom=personne.nom,
        prenom=personne.prenom,
        courriel=personne.courriel(collectivite.domaine_courriel),
        categorie=personne.categorie,
        cadre_emplois=personne.cadre_emplois,
        grade=personne.grade,
        echelon=personne.echelon,
        statut="cdi" if hasard.random() < 0.08 else "titulaire",
        direction=direction,
        poste=poste,
        date_entree_poste=jour(jours=-personne.anciennete_jours),
        encadrement=personne.nb_agents > 0,
        nb_agents=personne.nb_agents,
        **metiers.colonnes(personne.domaine),
        profil=personne.profil,
    )


def _compte(lieu: Lieu, cadre: Cadre, depuis: date) -> None:
    """The account that informing a cadre opens; it waits for its invitation."""
    utilisateur = Utilisateur.objects.create_user(
        cadre.courriel, prenom=cadre.prenom, nom=cadre.nom
    )
    Mandat.objects.create(
        utilisateur=utilisateur, collectivite=cadre.collectivite, role=Role.CADRE, debut=depuis
    )
    cadre.utilisateur = utilisateur
    cadre.save(update_fields=["utilisateur"])


def _inscrit(
    lieu: Lieu, code: str, personne: Personne, recense: date, hasard: random.Random
) -> Cadre:
    cadre = _cadre(lieu, code, personne, hasard)
    cadre.accompagnateur = lieu.mandat("agglomeration", Role.ACCOMPAGNATEUR)
    _compte(lieu, cadre, recense)
    cadre.save()
    Candidature.objects.create(
        cadre=cadre,
        etat=Etat.RETENU,
        avancee=Candidature.Avancee.EN_PARCOURS,
        origine="volontariat" if hasard.random() < 0.3 else "recensement",
        recense_le=instant(recense),
        informe_le=instant(recense + timedelta(days=2)),
        repondu_le=instant(recense + timedelta(days=hasard.randint(4, 20))),
        decide_le=instant(ouvre(recense + timedelta(days=hasard.randint(24, 45)))),
        motif_decision="Votre expérience et votre envie de changer correspondent à la démarche.",
    )
    return cadre


def _visiteur(lieu: Lieu, cadre: Cadre) -> Cadre:
    """The cadre whose account the visitor of the demonstration uses."""
    compte = cadre.utilisateur
    assert compte is not None
    compte.email, compte.prenom, compte.nom = COMPTE_CADRE, "Nadège", "Costerin-Vallois"
    compte.password = lieu.mot_de_passe
    compte.save()
    cadre.prenom, cadre.nom, cadre.civilite = compte.prenom, compte.nom, Cadre.Civilite.FEMME
    cadre.courriel = COMPTE_CADRE
    cadre.cadre_emplois, cadre.grade, cadre.categorie = (
        "Attaché territorial",
        "Attaché principal",
        "A",
    )
    cadre.statut, cadre.encadrement, cadre.nb_agents, cadre.domaine = (
        "titulaire",
        True,
        120,
        metiers.reconnaitre("Petite enfance"),
    )
    assert cadre.poste is not None
    cadre.poste.intitule, cadre.poste.domaine = "Cheffe du service Petite enfance", cadre.domaine
    cadre.poste.nb_agents_encadres = 120
    cadre.direction = cadre.poste.direction = direction_de(lieu.directions["ville"], "Education")
    cadre.poste.save()
    cadre.save()
    return cadre


def _hors_promotion(lieu: Lieu, cadre: Cadre, etat: EtatCandidature, depuis: date) -> None:
    """A candidacy that reached `etat` on the day `depuis`, with the dates that lead to it."""
    recense = depuis - timedelta(days={Etat.RECENSE: 0, Etat.INFORME: 2}.get(etat, 20))
    if etat != Etat.RECENSE:
        _compte(lieu, cadre, recense)
    repondu = etat in {Etat.ACCORD, Etat.DESACCORD, Etat.RETENU, Etat.NON_RETENU, Etat.RETIRE}
    decide = etat in {Etat.RETENU, Etat.NON_RETENU}
    Candidature.objects.create(
        cadre=cadre,
        etat=etat,
        recense_le=instant(recense),
        informe_le=None if etat == Etat.RECENSE else instant(recense + timedelta(days=2)),
        repondu_le=instant(recense + timedelta(days=9)) if repondu else None,
        decide_le=instant(ouvre_avant(depuis)) if decide else None,
        motif_decision=MOTIF_NON_RETENU if etat == Etat.NON_RETENU else "",
        retire_le=instant(depuis) if etat == Etat.RETIRE else None,
    )
