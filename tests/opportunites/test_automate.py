"""Random acts of random people, and what must hold after each, whatever they did.

`QUATUOR_EXEMPLES=500 pytest -n0 tests/opportunites/test_automate.py` plays 500 stories of sixty
steps each (thirty thousand acts); the ordinary run, eight.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from types import SimpleNamespace
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cadres.actions import retirer
from cadres.models import Cadre, Candidature
from collectivites.erreurs import ActionImpossible
from collectivites.integrite import GENERIQUE, traduire
from collectivites.models import EntreeJournal, Poste
from opportunites import actions
from opportunites.models import (
    Avis,
    Demande,
    Engagement,
    Mobilite,
    Opportunite,
    Proposition,
    Reserve,
    Voeu,
)
from opportunites.voies import voies_possibles
from tests.fabriques import (
    acteur_du_cadre,
    faire_cadre,
    faire_inscription,
    faire_opportunite,
    faire_poste,
    faire_promotion,
    faire_proposition,
    faire_voeu,
)

pytestmark = pytest.mark.django_db

EXEMPLES = int(os.environ.get("QUATUOR_EXEMPLES", "8"))
PAS = 60
#: Shrinking a story replays it many times: ask for it once there is something to shrink.
PHASES = [Phase.generate] if "QUATUOR_RETRECIR" not in os.environ else list(Phase)
VRAI_MAINTENANT = timezone.now

NOMBRE = st.integers(min_value=0, max_value=999)
OUI_NON = st.booleans()


def monter_la_scene(troupe):
    """Three employers, five cadres who may rank, five postes at different stages."""
    promotion = faire_promotion(troupe.demarche)
    fiches = [
        troupe.fiche_du_cadre,
        troupe.fiche_de_l_autre_cadre,
        faire_cadre(troupe.ville, "retenu"),
        faire_cadre(troupe.ville, "retenu"),
        faire_cadre(troupe.region, "retenu"),
    ]
    for fiche in fiches:
        faire_inscription(fiche, promotion)
    for lieu in (troupe.ville, troupe.departement, troupe.region):
        faire_opportunite(lieu)
        faire_poste(lieu)
    faire_opportunite(troupe.region)
    faire_opportunite(troupe.ville, publiee=False)
    publiees = list(Opportunite.objects.filter(etat="publiee").order_by("pk"))
    etats = ["envoyee", "envoyee", "brouillon", "validee", "envoyee", "envoyee", "expiree"]
    for fiche in fiches:
        ailleurs = [o for o in publiees if o.poste.collectivite_id != fiche.collectivite_id]
        for opportunite in ailleurs[:2]:
            faire_voeu(fiche, opportunite)
            if etats:
                faire_proposition(opportunite, fiche, etats.pop(0))
    employeurs = [
        getattr(troupe, nom)
        for nom in (
            "dgs_ville",
            "dgs_departement",
            "dgs_region",
            "drh_ville",
            "drh_departement",
            "drh_region",
            "gestionnaire_region",
        )
    ]
    return SimpleNamespace(
        troupe=troupe,
        fiches=fiches,
        employeurs=employeurs,
        cadres=[acteur_du_cadre(fiche) for fiche in fiches],
        intrus=[troupe.accompagnateur, troupe.etranger_drh, troupe.etranger_cadre],
    )


class Automate(RuleBasedStateMachine):
    """One story. Everything it writes is undone at its end."""

    scene: SimpleNamespace
    ouvrir_client = None
    bilan: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.decalage = timedelta()
        self.horloge = mock.patch("django.utils.timezone.now", self.maintenant)
        self.horloge.start()
        self.bloc = transaction.atomic()
        self.bloc.__enter__()
        self.postes_tenus = {f.pk: f.poste_id for f in self.scene.fiches}
        self.journal: dict[int, tuple] = {}
        self.tour = 0

    def maintenant(self):
        return VRAI_MAINTENANT() + self.decalage

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.bloc.__exit__(None, None, None)
        self.horloge.stop()

    # --- Helpers --------------------------------------------------------------------------------

    def un(self, lignes, n):
        """The n-th row, turning round; None of an empty table."""
        pks = list(lignes.order_by("pk").values_list("pk", flat=True))
        return lignes.model.objects.get(pk=pks[n % len(pks)]) if pks else None

    def qui(self, n, *, cadre=False):
        """Mostly those whose act it may be; one time in eight, anybody at all."""
        s = self.scene
        tous = [*s.employeurs, *s.cadres, *s.intrus]
        liste = tous if n % 8 == 7 else s.cadres if cadre else s.employeurs
        return liste[n // 8 % len(liste)]

    def hote(self, n, opportunite):
        """Somebody of the poste's employer, most of the time."""
        ici = [
            a
            for a in self.scene.employeurs
            if a.collectivite.pk == opportunite.poste.collectivite_id
        ]
        return self.qui(n) if n % 8 == 7 or not ici else ici[n // 8 % len(ici)]

    def lui(self, n, cadre_id):
        """The person concerned, most of the time."""
        siens = [a for a in self.scene.cadres if a.cadre_id == cadre_id]
        return self.qui(n, cadre=True) if n % 8 == 7 or not siens else siens[0]

    def agir(self, geste, **parametres):
        """An act: it succeeds, or is refused in French, and then nothing is written."""
        nom = geste.__name__
        try:
            with transaction.atomic():
                geste(**parametres)
        except (ActionImpossible, PermissionDenied):
            self.bilan[f"{nom}: refusé"] += 1
        except IntegrityError as erreur:
            # The last guard speaks French too; a constraint without its sentence is a fault.
            if traduire(erreur) == GENERIQUE:
                raise
            self.bilan[f"{nom}: contrainte"] += 1
        else:
            self.bilan[nom] += 1

    # --- Acts -----------------------------------------------------------------------------------

    @rule(n=NOMBRE, k=NOMBRE)
    def ouvrir(self, n, k):
        acteur = self.qui(n)
        poste = self.un(Poste.objects.filter(collectivite=acteur.collectivite), k)
        self.agir(actions.ouvrir_opportunite, acteur=acteur, poste=poste, donnees={})

    @rule(n=NOMBRE, k=NOMBRE, lequel=st.integers(0, 6))
    def faire_avancer_un_poste(self, n, k, lequel):
        opportunite = self.un(Opportunite.objects.all(), k)
        geste = (
            actions.valider_besoin,
            actions.publier,
            actions.publier,
            actions.clore_aux_voeux,
            actions.rouvrir_aux_voeux,
            actions.retirer_opportunite,
            actions.suivre_publicite,
        )[lequel]
        options = {}
        if geste is actions.suivre_publicite:
            jour = timezone.localdate() - timedelta(days=k % 5)
            options = {
                "dve_numero": "V1" if n % 5 else "",
                "dve_transmise_le": jour,
                "avis_publie_le": jour + timedelta(days=n % 4 - 1) if k % 2 else None,
            }
        self.agir(geste, acteur=self.hote(n, opportunite), opportunite=opportunite, **options)

    @rule(n=NOMBRE, k=NOMBRE)
    def vouloir(self, n, k):
        opportunite = self.un(Opportunite.objects.all(), k)
        self.agir(actions.exprimer_voeu, acteur=self.qui(n, cadre=True), opportunite=opportunite)

    @rule(n=NOMBRE, k=NOMBRE, ranger=OUI_NON)
    def toucher_aux_voeux(self, n, k, ranger):
        if ranger:
            pks = list(Voeu.objects.order_by("pk").values_list("pk", flat=True))
            self.agir(actions.classer_voeux, acteur=self.qui(n, cadre=True), ordre=pks[::-1])
        elif k % 3 == 0 and (voeu := self.un(Voeu.objects.all(), k)):
            self.agir(actions.retirer_voeu, acteur=self.lui(n, voeu.cadre_id), voeu=voeu)

    @rule(n=NOMBRE, k=NOMBRE, oui=OUI_NON)
    def dire_son_avis(self, n, k, oui):
        if voeu := self.un(Voeu.objects.all(), k):
            self.agir(
                actions.donner_avis,
                acteur=self.hote(n, voeu.opportunite),
                opportunite=voeu.opportunite,
                cadre=voeu.cadre,
                sens="favorable" if oui else "defavorable",
                motif="Une raison.",
            )

    @rule(n=NOMBRE, k=NOMBRE)
    def classer_les_avis(self, n, k):
        if avis := self.un(Avis.objects.all(), k):
            pks = list(Avis.objects.order_by("-pk").values_list("pk", flat=True))
            self.agir(
                actions.classer_avis,
                acteur=self.hote(n, avis.opportunite),
                opportunite=avis.opportunite,
                ordre=pks,
            )

    @rule(n=NOMBRE, k=NOMBRE, immersion=OUI_NON)
    def demander(self, n, k, immersion):
        self.agir(
            actions.demander,
            acteur=self.qui(n, cadre=True),
            opportunite=self.un(Opportunite.objects.all(), k),
            nature="immersion" if immersion else "entretien",
        )

    @rule(n=NOMBRE, k=NOMBRE, accord=OUI_NON)
    def repondre_a_une_demande(self, n, k, accord):
        if demande := self.un(Demande.objects.all(), k):
            self.agir(
                actions.repondre_demande,
                acteur=self.hote(n, demande.opportunite),
                demande=demande,
                accord=accord,
                reponse="Jeudi.",
            )

    @rule(n=NOMBRE, k=NOMBRE)
    def proposer(self, n, k):
        if voeu := self.un(Voeu.objects.all(), k):
            self.agir(
                actions.proposer,
                acteur=self.hote(n, voeu.opportunite),
                opportunite=voeu.opportunite,
                cadre=voeu.cadre,
                pourquoi="",
            )

    @rule(n=NOMBRE, k=NOMBRE)
    def valider(self, n, k):
        if p := self.un(Proposition.objects.filter(etat="brouillon"), k):
            self.agir(actions.valider, acteur=self.hote(n, p.opportunite), proposition=p)

    @rule(n=NOMBRE, k=NOMBRE, jours=st.integers(1, 30))
    def envoyer(self, n, k, jours):
        if p := self.un(Proposition.objects.filter(etat__in=["brouillon", "validee"]), k):
            self.agir(
                actions.envoyer,
                acteur=self.hote(n, p.opportunite),
                proposition=p,
                repondre_avant=timezone.now() + timedelta(days=jours),
            )

    @rule(n=NOMBRE, k=NOMBRE, lequel=st.integers(0, 2))
    def reprendre_une_proposition(self, n, k, lequel):
        if p := self.un(Proposition.objects.all(), k):
            hote = self.hote(n, p.opportunite)
            if lequel == 0:
                self.agir(actions.retirer_proposition, acteur=hote, proposition=p)
            else:
                self.agir(actions.proposer_au_suivant, acteur=hote, proposition=p)

    @rule(n=NOMBRE, k=NOMBRE, oui=OUI_NON)
    def repondre(self, n, k, oui):
        vivantes = Proposition.objects.filter(etat__in=["envoyee", "expiree", "retiree"])
        if p := self.un(vivantes if k % 4 == 0 else vivantes.filter(etat="envoyee"), k):
            acteur = self.lui(n, p.cadre_id)
            if oui:
                self.agir(actions.accepter, acteur=acteur, proposition=p)
            else:
                self.agir(actions.refuser, acteur=acteur, proposition=p, motif="lieu")

    @rule(n=NOMBRE, k=NOMBRE)
    def changer_d_avis(self, n, k):
        if p := self.un(Proposition.objects.filter(etat__in=["acceptee", "refusee"]), k):
            self.agir(actions.annuler_reponse, acteur=self.lui(n, p.cadre_id), proposition=p)

    @rule(n=NOMBRE, k=NOMBRE, avec_piece=OUI_NON)
    def reserver(self, n, k, avec_piece):
        if p := self.un(Proposition.objects.filter(etat__in=["envoyee", "acceptee"]), k):
            fausse = SimpleUploadedFile("x.pdf", b"MZ" if n % 2 else b"")
            self.agir(
                actions.deposer_reserve,
                acteur=self.qui(n),
                proposition=p,
                sujet=Reserve.Sujet.values[k % 4],
                texte="Le service perdrait.",
                piece=fausse if avec_piece else None,
            )

    @rule(n=NOMBRE, k=NOMBRE, lequel=st.integers(0, 3))
    def arbitrer(self, n, k, lequel):
        if not (reserve := self.un(Reserve.objects.all(), k)):
            return
        if lequel == 3:
            self.agir(
                actions.completer_reserve, acteur=self.qui(n), reserve=reserve, complement="Voici."
            )
        else:
            decision = ("levee", "retenue", "complement")[lequel]
            self.agir(
                actions.arbitrer_reserve,
                acteur=self.qui(n),
                reserve=reserve,
                decision=decision,
                motif="Parce que.",
            )

    @rule(n=NOMBRE, k=NOMBRE, lequel=st.integers(0, 5))
    def suivre_une_mobilite(self, n, k, lequel):
        ouvertes = Mobilite.objects.filter(etat="ouverte")
        if not (m := self.un(ouvertes if k % 5 else Mobilite.objects.all(), k)):
            return
        acteur = self.hote(n, m.proposition.opportunite)
        voies = voies_possibles(m)
        if lequel == 0:
            self.agir(
                actions.abandonner_mobilite, acteur=acteur, mobilite=m, motif="Il ne part pas."
            )
        elif lequel < 3 and voies:
            self.agir(
                actions.preparer_mobilite,
                acteur=acteur,
                mobilite=m,
                voie=voies[k % len(voies)].code,
                date_effet=timezone.localdate() + timedelta(days=n % 3),
                demande_recue_le=timezone.localdate(),
            )
            self.agir(
                actions.accorder_le_depart,
                acteur=next(
                    a
                    for a in self.scene.employeurs
                    if a.collectivite.pk == m.collectivite_origine_id and a.est_rh
                )
                if m.collectivite_origine_id != self.scene.troupe.agglomeration.pk
                else acteur,
                mobilite=m,
                date_convenue=timezone.localdate() + timedelta(days=n % 3),
            )
        else:
            self.agir(actions.rendre_effective, acteur=acteur, mobilite=m)
            m.refresh_from_db()
            if m.etat == "effective":
                self.postes_tenus[m.cadre_id] = m.poste_accueil_id
                self._au_nouveau_bureau(m.cadre_id)

    def _au_nouveau_bureau(self, cadre_id):
        """Whoever has moved acts from now on under their new mandat."""
        fiche = Cadre.objects.get(pk=cadre_id)
        rang = next(i for i, f in enumerate(self.scene.fiches) if f.pk == cadre_id)
        self.scene.cadres = list(self.scene.cadres)
        nouveau = acteur_du_cadre(fiche)
        self.scene = SimpleNamespace(**vars(self.scene))
        self.scene.cadres = [*self.scene.cadres]
        self.scene.cadres[rang] = nouveau

    @rule(n=NOMBRE, k=st.integers(0, 40))
    def partir(self, n, k):
        """Seldom: somebody leaves the démarche."""
        if k == 0:
            self.agir(retirer, acteur=self.qui(n, cadre=True))

    @rule(n=NOMBRE, nombre=st.integers(-1, 600))
    def s_engager(self, n, nombre):
        self.agir(actions.s_engager, acteur=self.qui(n), nombre=nombre)

    @rule(heures=st.sampled_from([1, 5, 23, 25, 24 * 3, 24 * 8, 24 * 15]))
    def le_temps_passe(self, heures):
        self.decalage += timedelta(hours=heures)

    @rule()
    def la_cloche_sonne(self):
        actions.rappeler_propositions()
        actions.expirer_propositions()
        actions.lapser_reserves()
        avant = EntreeJournal.objects.count()
        assert not actions.expirer_propositions()
        assert not actions.lapser_reserves()
        assert not actions.rappeler_propositions()
        assert EntreeJournal.objects.count() == avant

    @rule(n=NOMBRE, k=NOMBRE, page=st.integers(0, 3))
    def regarder(self, n, k, page):
        """Whoever looks, at whatever: a page, a refusal, or nothing there. Never a fault."""
        s = self.scene
        tous = [*s.employeurs, *s.cadres, *s.intrus]
        acteur = tous[n % len(tous)]
        client = self.ouvrir_client(acteur)
        modele, nom = (
            (Opportunite, "opportunite"),
            (Proposition, "proposition"),
            (Reserve, "arbitrer_reserve"),
            (Opportunite, "opportunites"),
        )[page]
        objet = self.un(modele.objects.all(), k)
        if objet is None:
            return
        adresse = reverse(f"opportunites:{nom}", args=[objet.pk] if page < 3 else [])
        statut = client.get(adresse).status_code
        assert statut in {200, 403, 404}, (adresse, statut)
        if page == 1:
            visible = Proposition.objects.visibles_par(acteur).filter(pk=objet.pk).exists()
            assert (statut == 200) == visible

    # --- What must hold -------------------------------------------------------------------------

    @invariant()
    def une_personne_un_poste(self):
        acceptees = list(
            Proposition.objects.filter(etat="acceptee").values_list("cadre", "opportunite", "pk")
        )
        assert len({c for c, _, _ in acceptees}) == len(acceptees)
        assert len({o for _, o, _ in acceptees}) == len(acceptees)
        ouvertes = set(
            Mobilite.objects.filter(etat="ouverte").values_list("proposition", flat=True)
        )
        assert ouvertes == {p for _, _, p in acceptees}
        engages = Candidature.objects.filter(avancee="engagee").values_list("cadre", flat=True)
        assert set(engages) == {c for c, _, _ in acceptees}

    @invariant()
    def chacun_garde_son_poste_jusqu_au_jour_dit(self):
        tenus = dict(Cadre.objects.filter(pk__in=self.postes_tenus).values_list("pk", "poste_id"))
        # An exchange may leave somebody's poste to its new holder; nobody loses theirs otherwise.
        for pk, poste in self.postes_tenus.items():
            assert tenus[pk] == poste, "a cadre lost or changed poste before the date"

    @invariant()
    def les_dates_suivent_les_etats(self):
        for o in Opportunite.objects.all():
            assert (o.close_le is not None) == (o.etat in {"pourvue", "retiree"})
            if o.est_ouverte or o.etat == "pourvue":
                assert o.creee_le <= o.publiee_le
                assert o.validee_le <= o.publiee_le
            if not o.est_ouverte:
                vivantes = o.propositions.filter(etat__in=Proposition.ETATS_VIVANTS)
                assert not vivantes.exists()
                assert not o.demandes.filter(etat="deposee").exists() or o.etat == "pourvue"
        for p in Proposition.objects.all():
            assert (p.repondue_le is not None) <= (p.envoyee_le is not None)
            if p.etat in {"brouillon", "validee", "envoyee"}:
                assert p.repondue_le is None
                assert p.close_le is None
            if not p.est_vivante:
                assert not p.reserves.filter(etat__in=Reserve.ETATS_OUVERTS).exists()
        assert Engagement.objects.count() <= 4

    @invariant()
    def les_rangs_n_ont_pas_de_trou(self):
        listes: dict[tuple, list[int]] = {}
        for cadre, rang in Voeu.objects.order_by("rang").values_list("cadre", "rang"):
            listes.setdefault(("voeu", cadre), []).append(rang)
        classes = Avis.objects.filter(rang__isnull=False).order_by("rang")
        for opportunite, rang in classes.values_list("opportunite", "rang"):
            listes.setdefault(("avis", opportunite), []).append(rang)
        for rangs in listes.values():
            assert rangs == list(range(1, len(rangs) + 1))
        voeux = set(Voeu.objects.values_list("cadre", "opportunite"))
        assert set(Avis.objects.values_list("cadre", "opportunite")) <= voeux

    @invariant()
    def le_journal_ne_fait_que_grandir(self):
        lignes = {ligne[0]: ligne for ligne in EntreeJournal.objects.values_list()}
        for pk, ligne in self.journal.items():
            assert lignes.get(pk) == ligne, "a line of the journal was changed or lost"
        self.journal = lignes

    @invariant()
    def nul_ne_voit_ce_qui_n_est_pas_sien(self):
        s = self.scene
        # Two people a step: each is looked at many times in a story.
        self.tour += 1
        tous = [*s.employeurs, *s.cadres, *s.intrus]
        regards = [tous[(2 * self.tour + i) % len(tous)] for i in range(2)]
        for acteur in (a for a in regards if a in s.employeurs):
            for modele in (Voeu, Avis, Demande):
                vus = modele.objects.visibles_par(acteur)
                assert not vus.filter(cadre__collectivite=acteur.collectivite).exists()
                assert not vus.exclude(
                    opportunite__poste__collectivite=acteur.collectivite
                ).exists()
            ailleurs = Proposition.objects.visibles_par(acteur).exclude(
                opportunite__poste__collectivite=acteur.collectivite
            )
            assert not ailleurs.exclude(collectivite_origine=acteur.collectivite).exists()
            assert not ailleurs.filter(envoyee_le__isnull=True).exists()
        for acteur in (a for a in regards if a in s.cadres):
            vues = Proposition.objects.visibles_par(acteur)
            assert not vues.exclude(cadre_id=acteur.cadre_id).exists()
            assert not vues.filter(envoyee_le__isnull=True).exists()
            assert not Reserve.objects.visibles_par(acteur).exists()
        for acteur in (a for a in regards if a in s.intrus):
            # Strangers may act at home: what they must not see is ours.
            for modele in (Voeu, Avis, Demande, Proposition, Reserve, Mobilite):
                chemin = "proposition__cadre" if modele is Reserve else "cadre"
                notres = {f"{chemin}__collectivite__demarche": s.troupe.demarche}
                assert not modele.objects.visibles_par(acteur).filter(**notres).exists()
            if acteur.demarche != s.troupe.demarche or not acteur.est_employeur:
                assert (
                    not Opportunite.objects.visibles_par(acteur)
                    .filter(poste__collectivite__demarche=s.troupe.demarche)
                    .exists()
                )


def test_no_story_breaks_an_invariant(troupe, client_de):
    Automate.scene = monter_la_scene(troupe)
    Automate.ouvrir_client = staticmethod(client_de)
    Automate.bilan.clear()

    run_state_machine_as_test(
        Automate,
        settings=settings(
            max_examples=EXEMPLES,
            stateful_step_count=PAS,
            deadline=None,
            # The same stories for everybody by default; others each time when more are asked for.
            derandomize="QUATUOR_EXEMPLES" not in os.environ,
            phases=PHASES,
            database=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )

    # The stories went far enough to mean something.
    reussis = {nom for nom in Automate.bilan if ":" not in nom}
    assert len(reussis) >= 10, Automate.bilan
