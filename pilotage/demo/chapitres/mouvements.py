"""Postes opened, wishes, propositions and moves: eighteen done, five signed, some refused."""

import random
from collections import defaultdict
from datetime import date, timedelta

from cadres.fiche.anciens import ceder_les_identifiants
from cadres.models import Cadre, Candidature
from collectivites.communs import metiers
from collectivites.models import Collectivite, Mandat, Poste
from collectivites.mots import Role
from opportunites.models import (
    Mobilite,
    Opportunite,
    Proposition,
    RaisonDuRefus,
    Reserve,
    Voeu,
)
from opportunites.propositions.actions import comptes
from parcours.models import Inscription
from pilotage.demo.calendrier import instant, jour, ouvre, ouvre_avant
from pilotage.demo.chapitres.postes import Postes, annonce
from pilotage.demo.chapitres.registre import Registre
from pilotage.demo.organisation import Lieu

V, A, D, R = "ville", "agglomeration", "departement", "region"

#: Moves done: from, to, months since the effective date.
EFFECTIVES = (
    (V, A, 14), (A, V, 13), (D, R, 12), (R, D, 12), (V, D, 11), (A, R, 10),
    (V, A, 9), (D, V, 9), (A, D, 8), (V, R, 7), (R, V, 7), (A, V, 6),
    (D, A, 5), (V, D, 4), (A, R, 4), (D, R, 3), (V, A, 2), (R, A, 1),
)  # fmt: skip
#: Moves signed: from, to, days until the effective date.
ENGAGEES = ((D, A, 8), (V, D, 24), (A, V, 39), (R, V, 55), (D, R, 100))
#: Refusals: from, to, reason.
REFUS = (
    (V, R, "remuneration"), (A, D, "remuneration"), (D, V, "remuneration"), (R, A, "remuneration"),
    (D, A, "remuneration"), (R, D, "remuneration"), (V, D, "contenu"), (A, R, "contenu"),
    (D, R, "contenu"), (R, V, "contenu"), (A, V, "contenu"), (V, A, "lieu"),
    (D, V, "calendrier"), (R, D, "famille"),
)  # fmt: skip
VOIES = ("MUTATION", "MUTATION", "MUTATION", "DETACHEMENT_LONG", "INTEGRATION_DIRECTE")


#: days left to arbitrate → what the reserve says
RESERVES: dict[int, dict[str, str]] = {
    7: {
        "sujet": Reserve.Sujet.CALENDRIER,
        "texte": "Le service perd au même moment deux responsables : un report de trois semaines "
        "permettrait la passation.",
    },
    3: {
        "sujet": Reserve.Sujet.REMUNERATION,
        "texte": "La personne perdrait sa prime de fin d’année : l’accueil n’a pas encore dit ce "
        "qu’il fera de l’IFSE.",
    },
}


class Mouvements:
    """Builds the opportunités and what came of them, one collectivité's cadre after another."""

    def __init__(self, lieu: Lieu, registre: Registre, hasard: random.Random) -> None:
        self.lieu, self.registre, self.hasard = lieu, registre, hasard
        self.reserve_de_cadres: dict[str, list[Cadre]] = defaultdict(list)
        self.ouverts = Postes(lieu, hasard)
        self.postes = self.ouverts.libres

    def jouer(self) -> None:
        """Everything, in the order in which it happened."""
        for code in (V, A, D, R):
            self.reserve_de_cadres[code] = [
                c
                for c in self.registre.promotions[1][code]
                if c.candidature.avancee == Candidature.Avancee.ACHEVE
            ] + self.registre.promotions[2][code][1:]
        for origine, accueil, mois in EFFECTIVES:
            self._effective(self._suivant(origine), accueil, mois)
        for origine, accueil, jours in ENGAGEES:
            cadre, poste = self._apparier(origine, accueil)
            self._engagee(cadre, poste, jours)
        for origine, accueil, motif in REFUS:
            self._refus(self.hasard.choice(self.reserve_de_cadres[origine]), accueil, motif)
        comptes.publier_les_lots()
        self._en_attente()

    def _suivant(self, code: str) -> Cadre:
        return self.reserve_de_cadres[code].pop(0)

    def _apparier(self, origine: str, accueil: str) -> tuple[Cadre, Poste]:
        """Whoever of the one employer best fits a free poste of the other, and that poste."""
        cadres, postes = self.reserve_de_cadres[origine], self.postes[accueil]
        rangs = [(c, p) for c in range(len(cadres)) for p in range(len(postes))]
        c, p = max(rangs, key=lambda r: (_convient(cadres[r[0]], postes[r[1]]), -r[0], -r[1]))
        return cadres.pop(c), postes.pop(p)

    def _proposition(
        self, cadre: Cadre, poste: Poste, envoyee_il_y_a: int, **champs: object
    ) -> Proposition:
        envoi = instant(ouvre(jour(jours=-envoyee_il_y_a)), 11)
        opportunite, _ = Opportunite.objects.get_or_create(
            poste=poste,
            etat=Opportunite.Etat.PUBLIEE,
            defaults={
                "presentation": "Poste vacant, à pourvoir par la démarche.",
                "validee_le": envoi - timedelta(days=28),
                "publiee_le": envoi - timedelta(days=25),
                **self.ouverts.publicite(
                    poste.collectivite.code, (envoi - timedelta(days=24)).date()
                ),
                **annonce(poste),
                "creee_le": envoi - timedelta(days=30),
                # Still open: nobody is expected on a day that is past.
                "date_prise_poste": max((envoi + timedelta(days=120)).date(), jour(mois=2)),
            },
        )
        if not Voeu.objects.filter(cadre=cadre, opportunite=opportunite).exists():
            rang = Voeu.objects.filter(cadre=cadre).count() + 1
            Voeu.objects.create(
                cadre=cadre,
                opportunite=opportunite,
                rang=rang,
                exprime_le=envoi - timedelta(days=12),
            )
        valeurs = {
            "pourquoi": "Vous avez classé ce poste, et votre expérience y répond.",
            "pourquoi_employeur": "Son expérience répond à ce que ce poste demande.",
            "validee_le": instant(ouvre_avant(envoi.date() - timedelta(days=3)), 11),
            "envoyee_le": envoi,
            "repondre_avant": envoi + timedelta(days=14),
            **champs,
        }
        return Proposition.objects.create(
            opportunite=opportunite,
            cadre=cadre,
            collectivite_origine=cadre.collectivite,
            creee_le=envoi - timedelta(days=9),
            **valeurs,
        )

    def _accord(self, cadre: Cadre, poste: Poste, il_y_a: int, etat: str) -> Proposition:
        proposition = self._proposition(cadre, poste, il_y_a)
        assert proposition.envoyee_le is not None
        proposition.etat = etat
        proposition.repondue_le = proposition.envoyee_le + timedelta(
            days=self.hasard.randint(2, 12)
        )
        proposition.save()
        return proposition

    def _effective(self, cadre: Cadre, accueil: str, mois: int) -> None:
        poste, ancien = self.ouverts.quitte(accueil, cadre), cadre.poste
        effet = jour(mois=-mois).replace(day=1)
        depuis = (jour() - effet).days
        proposition = self._accord(
            cadre, poste, depuis + self.hasard.randint(85, 115), Proposition.Etat.REALISEE
        )
        opportunite = proposition.opportunite
        opportunite.date_prise_poste = effet
        opportunite.etat, opportunite.close_le = Opportunite.Etat.POURVUE, instant(ouvre(effet))
        opportunite.save()
        assert cadre.date_entree_poste is not None
        assert proposition.repondue_le is not None
        Mobilite.objects.create(
            proposition=proposition,
            cadre=cadre,
            collectivite_origine=cadre.collectivite,
            collectivite_accueil=poste.collectivite,
            poste_origine=ancien,
            poste_accueil=poste,
            etat=Mobilite.Etat.EFFECTIVE,
            voie=self._voie(cadre),
            date_effet=effet,
            anciennete_origine_jours=(effet - cadre.date_entree_poste).days,
            ouverte_le=proposition.repondue_le,
            effective_le=instant(ouvre(effet), 9),
        )
        self._mandat_de_cadre(cadre, poste.collectivite, effet)
        ceder_les_identifiants(cadre, cadre.collectivite_id, effet)
        cadre.collectivite, cadre.poste, cadre.direction = (
            poste.collectivite,
            poste,
            poste.direction,
        )
        if effet <= jour(mois=-2):  # of the last to arrive, the host has still to say them
            _nommer(cadre)
        cadre.date_entree_poste = effet
        cadre.save()
        self._avancer(cadre, Candidature.Avancee.EFFECTIVE)
        # One who moved during their parcours finished it then.
        Inscription.objects.filter(cadre=cadre, etat=Inscription.Etat.EN_COURS).update(
            etat=Inscription.Etat.ACHEVEE, finie_le=proposition.repondue_le
        )

    def _mandat_de_cadre(self, cadre: Cadre, collectivite: Collectivite, effet: date) -> None:
        assert cadre.utilisateur is not None
        miens = Mandat.objects.filter(utilisateur=cadre.utilisateur, role=Role.CADRE)
        miens.update(fin=effet - timedelta(days=1))
        Mandat.objects.create(
            utilisateur=cadre.utilisateur,
            collectivite=collectivite,
            role=Role.CADRE,
            debut=effet,
        )

    def _engagee(self, cadre: Cadre, poste: Poste, jours: int) -> None:
        proposition = self._accord(
            cadre, poste, 45 + self.hasard.randint(0, 10), Proposition.Etat.ACCEPTEE
        )
        assert proposition.repondue_le is not None
        mobilite = Mobilite.objects.create(
            proposition=proposition,
            cadre=cadre,
            collectivite_origine=cadre.collectivite,
            collectivite_accueil=poste.collectivite,
            poste_origine=cadre.poste,
            poste_accueil=poste,
            voie=self._voie(cadre),
            date_effet=ouvre(jour(jours=jours)),
            ouverte_le=proposition.repondue_le,
        )
        Opportunite.objects.filter(pk=proposition.opportunite_id).update(
            date_prise_poste=mobilite.date_effet
        )
        self._avancer(cadre, Candidature.Avancee.ENGAGEE)
        if jours in {24, 55}:
            self._reserve(mobilite.proposition, 7 if jours == 24 else 3)

    def _voie(self, cadre: Cadre) -> str:
        """A contract is neither moved nor detached. Drawn for all, so that what follows stays."""
        voie = self.hasard.choice(VOIES)
        return "PORTABILITE_CDI" if cadre.statut == Cadre.Statut.CDI else voie

    def _reserve(self, proposition: Proposition, jours: int) -> None:
        origine = proposition.collectivite_origine
        Reserve.objects.create(
            proposition=proposition,
            deposee_par=self.lieu.mandat(origine.code, Role.DRH),
            collectivite=origine,
            **RESERVES[jours],
            deposee_le=instant(jour(jours=jours - 14)),
            echeance=jour(jours=jours),
        )

    def _refus(self, cadre: Cadre, accueil: str, motif: str) -> None:
        proposition = self._proposition(
            cadre, self.ouverts.quitte(accueil, cadre), self.hasard.randint(40, 240)
        )
        assert proposition.envoyee_le is not None
        proposition.etat = Proposition.Etat.REFUSEE
        proposition.repondue_le = proposition.envoyee_le + timedelta(
            days=self.hasard.randint(3, 13)
        )
        proposition.save()
        raison = RaisonDuRefus(proposition=proposition)
        raison.sceller(motif, "")
        raison.save()
        comptes.compter(self.lieu.demarche, proposition.repondue_le, motif)

    def _en_attente(self) -> None:
        """Propositions sent, validated or to validate, and postes that nobody has yet."""
        visiteur = self.registre.visiteur
        assert visiteur is not None
        self._proposition(
            visiteur,
            self.ouverts.du_visiteur,
            5,
            etat=Proposition.Etat.ENVOYEE,
            repondre_avant=instant(jour(jours=16), 18),
            pourquoi="Vous l’avez classé parmi vos vœux. L’équipe cherche quelqu’un qui sache "
            "conduire une direction nombreuse et travailler avec les communes.",
            pourquoi_employeur="L’équipe cherche quelqu’un qui sache conduire une direction nombreuse "
            "et travailler avec les communes.",
        )
        for code, accueil, il_y_a in ((A, R, 9), (D, V, 3), (R, D, 11)):
            cadre, poste = self._apparier(code, accueil)
            self._proposition(cadre, poste, il_y_a, etat=Proposition.Etat.ENVOYEE)
        for code, accueil in ((V, A), (A, D), (R, V)):
            cadre, poste = self._apparier(code, accueil)
            self._proposition(
                cadre,
                poste,
                1,
                etat=Proposition.Etat.BROUILLON,
                validee_le=None,
                envoyee_le=None,
                repondre_avant=None,
            )
        for code, liste in self.postes.items():
            for rang, poste in enumerate(liste):
                Opportunite.objects.get_or_create(
                    poste=poste, defaults=self.ouverts.sans_preneur(code, rang) | annonce(poste)
                )

    @staticmethod
    def _avancer(cadre: Cadre, avancee: str) -> None:
        Candidature.objects.filter(cadre=cadre).update(avancee=avancee)
        cadre.candidature.avancee = avancee


def _convient(cadre: Cadre, poste: Poste) -> int:
    """The domaine first; else whoever has worked for the whole house; then the cadre d’emplois."""
    corps = any(cadre.cadre_emplois.startswith(admis) for admis in poste.cadres_emplois)
    if cadre.domaine == poste.domaine:
        return 4 + corps
    return 2 * (cadre.domaine == metiers.reconnaitre("Direction générale")) + corps


def _nommer(cadre: Cadre) -> None:
    """What names the person at their new employer; they log in with the new address."""
    assert cadre.utilisateur is not None
    ancien = cadre.utilisateur.email
    cadre.matricule = str(70_000 + cadre.pk)
    cadre.courriel = f"{ancien.partition('@')[0]}@{cadre.collectivite.domaine_courriel}"
    if not ancien.endswith("@demo.example"):  # an account that the demonstration lends
        cadre.utilisateur.email = cadre.courriel
        cadre.utilisateur.save(update_fields=["email"])
