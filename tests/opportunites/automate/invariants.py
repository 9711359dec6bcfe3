"""What must hold after each act that wrote something, whoever took it.

The tables are read once, whole, and compared in Python: the rules are said again here in other
words than the code's, so that a rule that is dropped there fails here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from types import SimpleNamespace

from django.utils import timezone
from hypothesis.stateful import invariant

from cadres.models import Cadre
from collectivites.models import EntreeJournal
from opportunites.models import (
    Avis,
    Demande,
    Element,
    Engagement,
    Mobilite,
    Opportunite,
    Proposition,
    ReponseOrigine,
    Reserve,
    Suivi,
    Voeu,
)
from tests.opportunites.automate.histoire import Histoire

VIVANTES = {"brouillon", "validee", "envoyee", "acceptee"}
OUVERTES = {"publiee", "close"}
#: Acts of a DGS: the line bears a DGS, or the delegation under which it was taken.
DECISIONS_DU_DGS = {
    "proposition.validee",
    "reserve.levee",
    "reserve.retenue",
    "reserve.complement_demande",
}
#: Decisions that engage an employer, and who may sign them.
SIGNATURES = {
    "opportunite.validee": {"dgs", "drh"},
    "opportunite.publiee": {"drh", "gestionnaire"},
    "opportunite.retiree": {"drh", "gestionnaire"},
    "avis.donne": {"dgs", "drh"},
    "reserve.deposee": {"drh"},
    # Nobody's where the reader is no party: the move of others, in an exchange of three.
    "mobilite.effective": {"drh", "gestionnaire", ""},
    "mobilite.point_ajoute": {"drh", "gestionnaire"},
    "opportunite.urgence": {"dgs", "drh"},
    "cadre.parti": {"drh", "gestionnaire"},
    "mobilite.origine_refus": {"drh"},
    "mobilite.signature": {"drh"},
    "proposition.acceptee": {"cadre"},
    "proposition.refusee": {"cadre"},
    "proposition.reponse_reprise": {"cadre"},
    "proposition.expiree": {""},
    "reserve.caduque": {""},
    "mobilite.origine_tacite": {""},
}
#: The columns of a line that even a purge leaves alone.
INALTERABLES = ("demarche_id", "auteur_id", "role", "au_nom_de_id", "acte", "quand")
TABLES = {
    "opportunites": Opportunite,
    "voeux": Voeu,
    "avis": Avis,
    "demandes": Demande,
    "propositions": Proposition,
    "reserves": Reserve,
    "mobilites": Mobilite,
    "suivis": Suivi,
    "elements": Element,
    "reponses": ReponseOrigine,
}


class Invariants(Histoire):
    def commencer(self) -> None:
        self.journal: dict[int, dict] = {}
        self.derniere_proposition = max(Proposition.objects.values_list("pk", flat=True), default=0)
        self.validees_avant = set(
            Proposition.objects.filter(validee_le__isnull=False).values_list("pk", flat=True)
        )

    @invariant()
    def tout_tient(self) -> None:
        if not self.a_ecrit:
            return  # refused: the transaction left nothing behind
        self.a_ecrit = False
        self.tour += 1
        type(self).pas += 1
        photo = self._photographier()
        self._une_personne_un_poste(photo)
        self._chacun_garde_son_poste(photo)
        self._pas_de_proposition_sans_voeu(photo)
        self._les_etats_se_repondent(photo)
        self._les_dates_suivent(photo)
        self._les_rangs_n_ont_pas_de_trou(photo)
        self._les_dossiers_sont_entiers(photo)
        self._le_journal_tient(photo)

    def _photographier(self) -> SimpleNamespace:
        photo = SimpleNamespace(
            **{
                nom: {ligne["id"]: ligne for ligne in modele.objects.values()}
                for nom, modele in TABLES.items()
            }
        )
        photo.cadres = {
            c["pk"]: c
            for c in Cadre.objects.filter(pk__in=self.postes_tenus).values(
                "pk",
                "poste_id",
                "collectivite_id",
                "parti_le",
                "candidature__etat",
                "candidature__avancee",
            )
        }
        photo.lieux = dict(Opportunite.objects.values_list("pk", "poste__collectivite_id"))
        return photo

    # --- People and postes ----------------------------------------------------------------------

    def _une_personne_un_poste(self, photo) -> None:
        acceptees = [p for p in photo.propositions.values() if p["etat"] == "acceptee"]
        for cle in ("cadre_id", "opportunite_id"):
            assert max(Counter(p[cle] for p in acceptees).values(), default=1) == 1, cle
        tenus = [c["poste_id"] for c in photo.cadres.values() if c["poste_id"]]
        assert len(tenus) == len(set(tenus)), "two people hold one poste"

    def _chacun_garde_son_poste(self, photo) -> None:
        """Until the day of effect, or another poste in their file. Whoever has left gives it up, to
        the first who arrives."""
        for pk, poste in self.postes_tenus.items():
            assert photo.cadres[pk]["poste_id"] == poste, "a poste changed hands before its date"

    def _pas_de_proposition_sans_voeu(self, photo) -> None:
        voeux = {(v["cadre_id"], v["opportunite_id"]) for v in photo.voeux.values()}
        assert {cadre for cadre, _ in voeux} <= set(photo.cadres), "a stranger ranked our poste"
        for pk, p in photo.propositions.items():
            if pk > self.derniere_proposition:
                self.derniere_proposition = pk
                assert (p["cadre_id"], p["opportunite_id"]) in voeux, "proposed, yet not ranked"
                assert p["collectivite_origine_id"] != photo.lieux[p["opportunite_id"]]

    # --- States that answer one another ---------------------------------------------------------

    def _les_etats_se_repondent(self, photo) -> None:
        # A yes taken back, then given again: the closed file stays beside the new one.
        ouverts = [m for m in photo.mobilites.values() if m["etat"] != "abandonnee"]
        dossiers = {m["proposition_id"]: m for m in ouverts}
        assert len(dossiers) == len(ouverts), "two living files of one proposition"
        for pk, p in photo.propositions.items():
            etat = dossiers[pk]["etat"] if pk in dossiers else None
            assert (p["etat"] == "acceptee") == (etat == "ouverte"), (p["etat"], etat)
            assert (p["etat"] == "realisee") == (etat == "effective"), (p["etat"], etat)
            o = photo.opportunites[p["opportunite_id"]]
            if p["etat"] in VIVANTES:
                assert o["etat"] in OUVERTES, "a living proposition of a poste that is not open"
            if p["etat"] == "realisee":
                assert o["etat"] == "pourvue"
        self._les_candidatures_suivent(photo)
        realisees = {
            p["opportunite_id"] for p in photo.propositions.values() if p["etat"] == "realisee"
        }
        pourvues = {pk for pk, o in photo.opportunites.items() if o["etat"] == "pourvue"}
        assert realisees == pourvues
        for r in photo.reserves.values():
            if r["etat"] in {"deposee", "complement"}:
                assert photo.propositions[r["proposition_id"]]["etat"] in {"envoyee", "acceptee"}
        for d in photo.demandes.values():
            if d["etat"] == "deposee":
                assert photo.opportunites[d["opportunite_id"]]["etat"] in OUVERTES | {"pourvue"}
                assert d["cadre_id"] in photo.cadres, "a stranger asked to meet us"
                assert photo.cadres[d["cadre_id"]]["candidature__etat"] == "retenu"

    def _les_candidatures_suivent(self, photo) -> None:
        preneurs = {p["cadre_id"] for p in photo.propositions.values() if p["etat"] == "acceptee"}
        arrives = {m["cadre_id"] for m in photo.mobilites.values() if m["etat"] == "effective"}
        for pk, c in photo.cadres.items():
            assert (c["candidature__avancee"] == "engagee") == (pk in preneurs)
            assert (c["candidature__avancee"] == "effective") == (pk in arrives)
            if c["candidature__etat"] != "retenu" or c["parti_le"]:
                siens = (p for p in photo.propositions.values() if p["cadre_id"] == pk)
                assert not any(p["etat"] in VIVANTES for p in siens), (
                    "proposed to somebody who left"
                )
                assert not any(v["cadre_id"] == pk for v in photo.voeux.values())

    # --- Dates ----------------------------------------------------------------------------------

    def _les_dates_suivent(self, photo) -> None:
        for o in photo.opportunites.values():
            urgence = (o["urgence_le"], o["urgence_par_id"], o["urgence_fin"], o["urgence_motif"])
            assert all(urgence) or not any(urgence), "half an urgency"
            assert (o["close_le"] is not None) == (o["etat"] in {"pourvue", "retiree"})
            if o["etat"] in {*OUVERTES, "pourvue"}:
                assert o["creee_le"] <= o["publiee_le"]
                assert o["validee_le"] <= o["publiee_le"]
        for pk, p in photo.propositions.items():
            envoyee = p["envoyee_le"] is not None
            assert (p["repondue_le"] is not None) <= envoyee
            assert envoyee <= (p["validee_le"] is not None), "sent without the DGS"
            if p["etat"] in {"brouillon", "validee", "envoyee"}:
                assert p["repondue_le"] is None
                assert p["close_le"] is None
            if p["etat"] in {"acceptee", "refusee"}:
                assert pk in self.repondues, "an answer that nobody gave"
        for m in photo.mobilites.values():
            if m["etat"] == "effective":
                assert m["date_effet"] <= timezone.localdate()
                assert m["voie"]
        assert Engagement.objects.count() <= 4

    def _les_rangs_n_ont_pas_de_trou(self, photo) -> None:
        listes: dict[tuple, list[int]] = defaultdict(list)
        for v in photo.voeux.values():
            listes["voeu", v["cadre_id"]].append(v["rang"])
        for a in photo.avis.values():
            if a["rang"] is not None:
                listes["avis", a["opportunite_id"]].append(a["rang"])
        for rangs in listes.values():
            assert sorted(rangs) == list(range(1, len(rangs) + 1))
            assert len(rangs) <= 8 or len(rangs) <= len(photo.cadres)
        voeux = {(v["cadre_id"], v["opportunite_id"]) for v in photo.voeux.values()}
        avis = {(a["cadre_id"], a["opportunite_id"]) for a in photo.avis.values()}
        # The wishes of whoever has moved are gone; what was said of them stays with the poste.
        arrives = {m["cadre_id"] for m in photo.mobilites.values() if m["etat"] == "effective"}
        assert {(c, o) for c, o in avis if c not in arrives} <= voeux

    # --- The file of a move ---------------------------------------------------------------------

    def _les_dossiers_sont_entiers(self, photo) -> None:
        suivis = Counter(s["mobilite_id"] for s in photo.suivis.values())
        for pk, m in photo.mobilites.items():
            assert suivis[pk] == (4 if m["etat"] == "effective" else 0)
            assert m["collectivite_origine_id"] != m["collectivite_accueil_id"]
            dites = [r["sens"] for r in photo.reponses.values() if r["mobilite_id"] == pk]
            assert not m["reponse_origine"] or m["reponse_origine"] in dites
            demandes = [
                r["demande_recue_le"]
                for r in photo.reponses.values()
                if r["mobilite_id"] == pk and r["sens"] == "tacite"
            ]
            assert len(demandes) == len(set(demandes)), "two silences of one request"
            assert None not in demandes
        for e in photo.elements.values():
            if e["ajoute_par_id"] is None:
                assert photo.mobilites[e["mobilite_id"]]["voie"], "things to do, and no route"
            assert (e["fait_le"] is None) == (e["fait_par_id"] is None)
            if e["ajoute_par_id"] is not None:
                assert e["echeance"], "added by hand, for no date"

    # --- The journal ----------------------------------------------------------------------------

    def _le_journal_tient(self, photo) -> None:
        """It only grows; a purge may blank what spoke of the person, and nothing else."""
        dernier = max(self.journal, default=0)
        # All of it now and then, what is new each time.
        lues = EntreeJournal.objects.all()
        if self.tour % 8:
            lues = lues.filter(pk__gt=dernier)
            assert EntreeJournal.objects.filter(pk__lte=dernier).count() == len(self.journal)
        lignes = {ligne["id"]: ligne for ligne in lues.values()}
        for pk, ligne in lignes.items():
            if pk in self.journal:
                for champ in INALTERABLES if self.oublies else ligne:
                    assert ligne[champ] == self.journal[pk][champ], "a line of the journal changed"
            else:
                self._verifier_la_signature(ligne, photo)
        self.journal |= lignes
        validees = {
            int(x["objet_id"]) for x in self.journal.values() if x["acte"] == "proposition.validee"
        }
        for pk, p in photo.propositions.items():
            if p["validee_le"] is not None:
                assert pk in validees | self.validees_avant, "validated, and no line says by whom"

    def _verifier_la_signature(self, ligne, photo) -> None:
        acte = ligne["acte"]
        if acte in DECISIONS_DU_DGS:
            assert ligne["role"] == "dgs" or ligne["delegation_id"], acte
        if acte in SIGNATURES:
            assert ligne["role"] in SIGNATURES[acte], (acte, ligne["role"])
        if acte == "proposition.validee":
            p = photo.propositions[int(ligne["objet_id"])]
            assert ligne["au_nom_de_id"] == photo.lieux[p["opportunite_id"]]
        if acte.startswith(("voeu.", "demande.deposee")):
            assert ligne["reserve_a_la_personne"], acte
            assert ligne["collectivite_id"] is None
