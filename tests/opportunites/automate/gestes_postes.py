"""Postes, vœux, avis, first meetings, pledges."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from collectivites.models import Poste
from collectivites.mots import Role
from opportunites.models import Avis, Demande, Opportunite, Voeu
from opportunites.postes.actions import avis as actions_avis
from opportunites.postes.actions import demandes, engagements, postes, urgence, voeux
from tests.opportunites.automate.histoire import Histoire

#: The acts, those that lead further more often.
GESTES_POSTES = (
    "ouvrir",
    *["faire_avancer_un_poste"] * 3,
    "suivre_la_publicite",
    "corriger_un_poste",
    *["dire_l_urgence"] * 2,
    *["vouloir"] * 4,
    "toucher_aux_voeux",
    *["dire_son_avis"] * 2,
    "classer_les_avis",
    *["demander"] * 2,
    *["repondre_a_une_demande"] * 2,
    "s_engager",
)


class GestesPostes(Histoire):
    def ouvrir(self, n, k, j):
        acteur = self.qui(n)
        poste = self.un(Poste.objects.filter(collectivite=acteur.collectivite), k)
        self.agir(postes.ouvrir_opportunite, acteur=acteur, poste=poste, donnees={})

    def faire_avancer_un_poste(self, n, k, j):
        lequel = j % 6
        geste = (
            postes.valider_besoin,
            postes.publier,
            postes.publier,
            postes.clore_aux_voeux,
            postes.rouvrir_aux_voeux,
            postes.retirer_opportunite,
        )[lequel]
        if geste is postes.retirer_opportunite and k % 2:
            return  # seldom: the story would have no poste left
        closes = Opportunite.objects.filter(etat="close")
        rouvrir = geste is postes.rouvrir_aux_voeux and closes.exists()
        opportunite = self.un(closes if rouvrir else Opportunite.objects.all(), k)
        self.agir(geste, acteur=self.hote(n, opportunite), opportunite=opportunite)

    def suivre_la_publicite(self, n, k, j):
        opportunite = self.un(Opportunite.objects.all(), k)
        jour = timezone.localdate() - timedelta(days=k % 5)
        self.agir(
            postes.suivre_publicite,
            acteur=self.hote(n, opportunite),
            opportunite=opportunite,
            dve_numero="V1" if n % 5 else "",
            dve_transmise_le=jour,
            avis_publie_le=jour + timedelta(days=n % 4 - 1) if k % 2 else None,
        )

    def dire_l_urgence(self, n, k, j):
        """Declared, said again otherwise, or lifted; the date and the reason may be wrong."""
        avis = Opportunite.objects.filter(avis_publie_le__isnull=False)
        urgentes = avis.filter(urgence_le__isnull=False)
        lever = j % 4 == 0
        choix = urgentes if lever and k % 3 else avis if k % 5 else Opportunite.objects.all()
        if not (opportunite := self.un(choix, k)):
            return
        acteur = self.hote(n, opportunite)
        if lever:
            if self.agir(urgence.lever_urgence, acteur=acteur, opportunite=opportunite):
                assert opportunite.urgence_le is not None, "there was no urgency to lift"
            return
        fin = timezone.localdate() + timedelta(days=j % 40 - 2)
        if self.agir(
            urgence.declarer_urgence,
            acteur=acteur,
            opportunite=opportunite,
            motif="La direction est sans chef." if k % 7 else " ",
            fin=fin,
        ):
            assert acteur.role in {Role.DRH, Role.DGS}, "declared by another"
            assert fin > opportunite.avis_publie_le, "not one day of publicity"
            assert fin >= timezone.localdate(), "shortened afterwards"

    def corriger_un_poste(self, n, k, j):
        opportunite = self.un(Opportunite.objects.all(), k)
        donnees = {"lieu": "Orléans", "vacance": "susceptible" if k % 2 else "a_une_date"}
        self.agir(
            postes.modifier_opportunite,
            acteur=self.hote(n, opportunite),
            opportunite=opportunite,
            # A vacancy at a date that is not told: the database has the last word.
            donnees=donnees | ({"vacant_le": None} if n % 3 else {}),
        )

    def vouloir(self, n, k, j):
        opportunite = self.un(Opportunite.objects.all(), k)
        self.agir(voeux.exprimer_voeu, acteur=self.qui(n, cadre=True), opportunite=opportunite)

    def toucher_aux_voeux(self, n, k, j):
        ranger = j % 2
        if ranger:
            pks = list(Voeu.objects.order_by("pk").values_list("pk", flat=True))
            self.agir(voeux.classer_voeux, acteur=self.qui(n, cadre=True), ordre=pks[::-1])
        elif k % 3 == 0 and (voeu := self.un(Voeu.objects.all(), k)):
            self.agir(voeux.retirer_voeu, acteur=self.lui(n, voeu.cadre_id), voeu=voeu)

    def dire_son_avis(self, n, k, j):
        oui = j % 3 > 0
        if voeu := self.un(Voeu.objects.all(), k):
            self.agir(
                actions_avis.donner_avis,
                acteur=self.hote(n, voeu.opportunite),
                opportunite=voeu.opportunite,
                cadre=voeu.cadre,
                sens="favorable" if oui else "defavorable",
                motif="Une raison.",
            )

    def classer_les_avis(self, n, k, j):
        if avis := self.un(Avis.objects.all(), k):
            pks = list(Avis.objects.order_by("-pk").values_list("pk", flat=True))
            self.agir(
                actions_avis.classer_avis,
                acteur=self.hote(n, avis.opportunite),
                opportunite=avis.opportunite,
                ordre=pks,
            )

    def demander(self, n, k, j):
        immersion = j % 2
        self.agir(
            demandes.demander,
            acteur=self.qui(n, cadre=True),
            opportunite=self.un(Opportunite.objects.all(), k),
            nature="immersion" if immersion else "entretien",
            message="Pourrions-nous en parler ?",
        )

    def repondre_a_une_demande(self, n, k, j):
        accord = bool(j % 2)
        if demande := self.un(Demande.objects.all(), k):
            self.agir(
                demandes.repondre_demande,
                acteur=self.hote(n, demande.opportunite),
                demande=demande,
                accord=accord,
                reponse="Jeudi." if k % 7 else " ",
            )

    def s_engager(self, n, k, j):
        nombre = j % 602 - 1
        self.agir(engagements.s_engager, acteur=self.qui(n), nombre=nombre)
