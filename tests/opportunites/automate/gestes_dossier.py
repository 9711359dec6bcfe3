"""The file of a move: prepared, answered by the origin, ticked, made effective, followed up."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cadres.models import Cadre
from opportunites.dossier.actions import depart, mobilites, points
from opportunites.dossier.actions import suivi as actions_suivi
from opportunites.dossier.droit.voies import voies_possibles
from opportunites.models import Element, Impact, Mobilite, Suivi
from tests.opportunites.automate.histoire import Histoire

#: The acts, those that lead further more often.
GESTES_DOSSIER = (
    *["preparer"] * 3,
    *["accorder"] * 2,
    "demander_le_depart",
    *["refuser_le_depart"] * 2,
    *["cocher_un_point"] * 2,
    *["completer_la_liste"] * 2,
    "documenter_l_impact",
    *["constater"] * 4,
    "abandonner",
    *["dire_comment_cela_va"] * 2,
)


class GestesDossier(Histoire):
    def une_mobilite(self, k):
        ouvertes = Mobilite.objects.filter(etat="ouverte")
        return self.un(ouvertes if k % 5 else Mobilite.objects.all(), k)

    def preparer(self, n, k, j):
        # The origin alone dates a request that the person has not made here: it prepares more often.
        recue, jours = 3 - j % 84, k % 44 - 3
        if not (m := self.une_mobilite(k)):
            return
        voies = voies_possibles(m)
        aujourdhui = timezone.localdate()
        effet = aujourdhui + timedelta(days=jours if k % 2 else 0)
        if self.agir(
            mobilites.preparer_mobilite,
            acteur=self.de_la_maison(
                n, m.collectivite_origine_id if k % 7 else m.collectivite_accueil_id
            ),
            mobilite=m,
            voie=voies[k % len(voies)].code if k % 9 else "TELEPORTATION",
            date_effet=effet,
            demande_recue_le=aujourdhui + timedelta(days=recue) if k % 4 else None,
        ):
            assert effet >= timezone.localdate(m.ouverte_le), "before the person agreed"

    def demander_le_depart(self, n, k, j):
        if m := self.une_mobilite(k):
            personne = next((a for a in self.cadres if a.cadre_id == m.cadre_id), None)
            if personne is not None:
                self.agir(depart.demander_le_depart, acteur=personne, mobilite=m)

    def accorder(self, n, k, j):
        jours = j % 43 - 2
        if m := self.une_mobilite(k):
            self.agir(
                depart.accorder_le_depart,
                acteur=self.de_la_maison(n, m.collectivite_origine_id),
                mobilite=m,
                date_convenue=timezone.localdate() + timedelta(days=jours if k % 2 else 0),
            )

    def refuser_le_depart(self, n, k, j):
        motif = ("service", "hatvp", "mad", "caprice")[j % 4]
        muettes = Mobilite.objects.filter(etat="ouverte", reponse_origine="")
        if m := self.un(muettes, k) or self.une_mobilite(k):
            piece = (None, b"MZ", b"%PDF-1.7", b"%PDF-1.7")[n % 4]
            if self.agir(
                depart.refuser_le_depart,
                acteur=self.de_la_maison(n, m.collectivite_origine_id),
                mobilite=m,
                motif=motif,
                texte="Le budget se prépare.",
                piece=None if piece is None else SimpleUploadedFile("refus.pdf", piece),
                signataire="Le maire",
                notifie_le=timezone.localdate(),
            ):
                assert motif != "caprice"
                assert piece == b"%PDF-1.7", "a refusal without its document"
                assert m.reponse_origine not in Mobilite.REPONSES_FAVORABLES

    def cocher_un_point(self, n, k, j):
        fait = j % 4 > 0
        if not (e := self.un(Element.objects.all(), k)):
            return
        m = e.mobilite
        maison = {"origine": m.collectivite_origine_id, "accueil": m.collectivite_accueil_id}
        acteur = (
            self.de_la_maison(n, maison[e.cote]) if e.cote in maison else self.lui(n, m.cadre_id)
        )
        if self.agir(points.cocher, acteur=acteur, element=e, fait=fait):
            if e.cote in maison:
                assert acteur.est_rh
                assert acteur.collectivite.pk == maison[e.cote]
                assert acteur.role == "drh" or not e.reserve_au_drh, "signed by another"
            else:
                assert acteur.cadre_id == m.cadre_id
            e.refresh_from_db()
            assert e.est_fait == fait

    def completer_la_liste(self, n, k, j):
        """A point added by hand, or taken away: one's own employer's alone."""
        ajoutes = Element.objects.filter(ajoute_par__isnull=False)
        if j % 3 == 0:
            if not (e := self.un(ajoutes if k % 4 else Element.objects.all(), k)):
                return
            auteur = e.ajoute_par
            lieu = auteur.collectivite_id if auteur else e.mobilite.collectivite_accueil_id
            acteur = self.de_la_maison(n, lieu)
            if self.agir(points.retirer_element, acteur=acteur, element=e):
                assert auteur is not None, "a point of the rule was taken away"
                assert acteur.collectivite.pk == auteur.collectivite_id
            return
        if m := self.une_mobilite(k):
            cote = m.collectivite_origine_id if k % 2 else m.collectivite_accueil_id
            self.agir(
                points.ajouter_element,
                acteur=self.de_la_maison(n, cote),
                mobilite=m,
                libelle="Rendre les clés." if k % 6 else "  ",
                cote=Element.Cote.values[j % 3],
                echeance=timezone.localdate() + timedelta(days=j % 60 - 5),
            )

    def documenter_l_impact(self, n, k, j):
        plan = Impact.Plan.values[j % 6]
        if m := self.une_mobilite(k):
            self.agir(
                depart.documenter_l_impact,
                acteur=self.de_la_maison(n, m.collectivite_origine_id),
                mobilite=m,
                donnees={"plan": plan, "risque": "moyen", "interim": "L’adjointe"},
            )

    def constater(self, n, k, j):
        if not (m := self.une_mobilite(k)):
            return
        qui_tient = dict(Cadre.objects.filter(poste__isnull=False).values_list("poste_id", "pk"))
        partis = set(Cadre.objects.filter(parti_le__isnull=False).values_list("pk", flat=True))
        avant = set(Mobilite.objects.filter(etat="effective").values_list("pk", flat=True))
        acteur = self.de_la_maison(n, m.collectivite_accueil_id)
        if not self.agir(mobilites.rendre_effective, acteur=acteur, mobilite=m):
            tenant = qui_tient.get(m.poste_accueil_id)
            if m.etat == "ouverte" and tenant not in {None, *partis}:
                self.bilan["un titulaire reste"] += 1
            return
        assert acteur.est_rh
        faites = {x.pk: x for x in Mobilite.objects.filter(etat="effective").exclude(pk__in=avant)}
        assert m.pk in faites
        for faite in faites.values():
            assert faite.date_effet <= timezone.localdate(), "effective before its date"
            assert faite.reponse_origine != Mobilite.Reponse.REFUS, "against the origin's refusal"
            tenant = qui_tient.get(faite.poste_accueil_id)
            if tenant in partis:
                self.postes_tenus[tenant] = None
                self.bilan["arrivée après un départ"] += 1
            elif tenant is not None:
                assert tenant in {x.cadre_id for x in faites.values()}, "put out by an arrival"
        # Alone, or all of an exchange: each to the poste that another of them leaves.
        if len(faites) > 1:
            quittes = {self.postes_tenus[x.cadre_id] for x in faites.values()}
            assert {x.poste_accueil_id for x in faites.values()} == quittes
            self.bilan["échange"] += 1
        for faite in faites.values():
            self.postes_tenus[faite.cadre_id] = faite.poste_accueil_id
        self.suivre_les_cadres()

    def abandonner(self, n, k, j):
        if m := self.une_mobilite(k):
            cote = m.collectivite_origine_id if k % 2 else m.collectivite_accueil_id
            self.agir(
                mobilites.abandonner_mobilite,
                acteur=self.de_la_maison(n, cote),
                mobilite=m,
                motif="Le titulaire ne part pas." if k % 5 else " ",
            )

    def dire_comment_cela_va(self, n, k, j):
        en_poste = bool(j % 2)
        dus = Suivi.objects.filter(echeance__lte=timezone.localdate())
        if not (suivi := self.un(dus if k % 4 else Suivi.objects.all(), k)):
            return
        m = suivi.mobilite
        acteur = (
            self.lui(n, m.cadre_id)
            if suivi.cote == "cadre"
            else self.de_la_maison(n, m.collectivite_accueil_id)
        )
        if self.agir(
            actions_suivi.renseigner_suivi,
            acteur=acteur,
            suivi=suivi,
            en_poste=en_poste,
            bilan=Suivi.Bilan.values[k % 4],
            themes=[Suivi.Theme.values[k % 8]],
        ):
            assert suivi.echeance <= timezone.localdate(), "followed up before its date"
            assert suivi.cote != "cadre" or acteur.cadre_id == m.cadre_id
