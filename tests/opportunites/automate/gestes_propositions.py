"""Propositions, their answers, the réserves of the services."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from collectivites.mots import Role
from opportunites.models import Mobilite, Proposition, Reserve, Voeu
from opportunites.propositions.actions import propositions, reponses, reserves
from tests.opportunites.automate.histoire import Histoire
from tests.opportunites.automate.scene import basculer_la_delegation, renouveler

UN_JOUR = timedelta(hours=24)


#: The acts, those that lead further more often.
GESTES_PROPOSITIONS = (
    *["proposer"] * 3,
    *["valider"] * 3,
    *["envoyer"] * 3,
    "reprendre_une_proposition",
    *["repondre"] * 4,
    *["changer_d_avis"] * 2,
    *["reserver"] * 3,
    *["arbitrer"] * 4,
    *["completer"] * 4,
    "deleguer_ou_reprendre",
)


class GestesPropositions(Histoire):
    def proposer(self, n, k, j):
        if voeu := self.un(Voeu.objects.all(), k):
            # One time in five, a poste that this person may not have ranked.
            autre = self.un(Voeu.objects.all(), n) if k % 5 == 4 else voeu
            self.agir(
                propositions.proposer,
                acteur=self.hote(n, voeu.opportunite),
                opportunite=voeu.opportunite,
                cadre=autre.cadre,
                pourquoi="",
            )

    def valider(self, n, k, j):
        if p := self.un(Proposition.objects.filter(etat="brouillon"), k):
            acteur = self.hote(n, p.opportunite)
            if self.agir(propositions.valider, acteur=acteur, proposition=p):
                assert acteur.role == Role.DGS or acteur.delegations
                assert acteur.collectivite.pk == p.opportunite.poste.collectivite_id

    def envoyer(self, n, k, j):
        jours = j % 32 - 1
        if p := self.un(Proposition.objects.filter(etat__in=["brouillon", "validee"]), k):
            etat = p.etat
            if self.agir(
                propositions.envoyer,
                acteur=self.hote(n, p.opportunite),
                proposition=p,
                repondre_avant=timezone.now() + timedelta(days=jours),
            ):
                assert etat == "validee", "sent without the DGS"
                assert jours > 0

    def reprendre_une_proposition(self, n, k, j):
        lequel = j % 3
        closes = Proposition.objects.filter(etat__in=["refusee", "expiree", "retiree"])
        if p := self.un(closes if lequel and k % 4 else Proposition.objects.all(), k):
            hote = self.hote(n, p.opportunite)
            if lequel == 0:
                self.agir(propositions.retirer_proposition, acteur=hote, proposition=p)
            else:
                self.agir(propositions.proposer_au_suivant, acteur=hote, proposition=p)

    def repondre(self, n, k, j):
        oui = j % 3 > 0
        vivantes = Proposition.objects.filter(etat__in=["envoyee", "expiree", "retiree"])
        envoyees = vivantes.filter(etat="envoyee")
        # Whoever has taken back a yes is asked first: another yes opens another file.
        revenus = envoyees.filter(mobilites__isnull=False).distinct()
        if p := self.un(revenus, k) or self.un(vivantes if k % 4 == 0 else envoyees, k):
            acteur = self.lui(n, p.cadre_id)
            if oui:
                deja = Mobilite.objects.filter(proposition=p).exists()
                fait = self.agir(reponses.accepter, acteur=acteur, proposition=p)
                self.bilan["second dossier"] += fait and deja
            else:
                fait = self.agir(reponses.refuser, acteur=acteur, proposition=p, motif="lieu")
            if fait:
                assert acteur.cadre_id == p.cadre_id, "answered by somebody else"
                assert p.etat == "envoyee"
                assert timezone.now() < p.repondre_avant, "answered after the date"
                self.repondues[p.pk] = timezone.now()

    def changer_d_avis(self, n, k, j):
        if p := self.un(Proposition.objects.filter(etat__in=["acceptee", "refusee"]), k):
            acteur = self.lui(n, p.cadre_id)
            if self.agir(reponses.annuler_reponse, acteur=acteur, proposition=p):
                assert acteur.cadre_id == p.cadre_id, "taken back by somebody else"
                assert timezone.now() < self.repondues[p.pk] + UN_JOUR, "taken back too late"

    # --- Réserves -------------------------------------------------------------------------------

    def reserver(self, n, k, j):
        piece = (None, None, b"", b"MZ", b"%PDF-1.7")[j % 5]
        if p := self.un(Proposition.objects.filter(etat__in=["envoyee", "acceptee"]), k):
            cote = p.collectivite_origine_id if k % 2 else p.opportunite.poste.collectivite_id
            self.agir(
                reserves.deposer_reserve,
                acteur=self.de_la_maison(n, cote),
                proposition=p,
                sujet=Reserve.Sujet.values[k % 4],
                texte="Le service perdrait.",
                piece=None if piece is None else SimpleUploadedFile("x.pdf", piece),
            )

    def arbitrer(self, n, k, j):
        decision = ("levee", "retenue", "complement")[j % 3]
        ouvertes = Reserve.objects.filter(etat__in=Reserve.ETATS_OUVERTS)
        if not (reserve := self.un(ouvertes if k % 4 else Reserve.objects.all(), k)):
            return
        p = reserve.proposition
        cote = p.collectivite_origine_id if k % 2 else p.opportunite.poste.collectivite_id
        acteur = self.de_la_maison(n, cote)
        if self.agir(
            reserves.arbitrer_reserve,
            acteur=acteur,
            reserve=reserve,
            decision=decision,
            motif="Parce que.",
        ):
            assert acteur.role == Role.DGS or acteur.delegations
            assert acteur.utilisateur.pk != reserve.deposee_par.utilisateur_id, "judge and party"
            assert timezone.localdate() <= reserve.echeance
            assert reserve.etat in Reserve.ETATS_OUVERTS

    def completer(self, n, k, j):
        demandees = Reserve.objects.filter(etat="complement")
        if reserve := self.un(demandees if k % 4 else Reserve.objects.all(), k):
            self.agir(
                reserves.completer_reserve,
                acteur=self.de_la_maison(n, reserve.collectivite_id),
                reserve=reserve,
                complement="Voici." if k % 5 else "  ",
            )

    def deleguer_ou_reprendre(self, n, k, j):
        """The DGS hands over to the DRH, or takes back: the next act is taken under it."""
        if k % 3:
            return
        rang = next(
            i for i, a in enumerate(self.employeurs) if a.mandat.pk == self._delegataire().mandat.pk
        )
        basculer_la_delegation(self.employeurs[rang], timezone.now())
        self.employeurs[rang] = renouveler(self.employeurs[rang])

    def _delegataire(self):
        departement = self.scene.troupe.departement.pk
        return next(
            a for a in self.employeurs if a.role == Role.DRH and a.collectivite.pk == departement
        )
