"""What became of each wish, from facts: answers, opinions, who holds what. A code, never a reason of
somebody else's."""

from __future__ import annotations

from collections import defaultdict

from cadres.models import Cadre
from cadres.requetes import avec_le_oui
from collectivites.communs.calendrier import fin_du_jour
from opportunites.campagne.mots import Issue
from opportunites.models import Avis, Campagne, IssueVoeu, Maillon, Opportunite, Proposition, Voeu
from opportunites.mots import (
    POSTES_OUVERTS,
    EtatMobilite,
    EtatOpportunite,
    EtatProposition,
    RetraitProposition,
    Vacance,
)

OBTENUES = (EtatProposition.ACCEPTEE, EtatProposition.REALISEE)


def dire_les_issues(campagne: Campagne) -> dict[Cadre, list[IssueVoeu]]:
    """Write the answer of each wish made in time. A fixed number of queries."""
    voeux = (
        Voeu.objects.filter(
            avec_le_oui("cadre__"),
            cadre__collectivite__demarche=campagne.demarche,
            exprime_le__lte=fin_du_jour(campagne.voeux_au),
        )
        .select_related(
            "cadre__utilisateur",
            "cadre__collectivite__demarche",
            "opportunite__poste__titulaire",
            "opportunite__poste__collectivite",
        )
        .order_by("cadre_id", "rang")
    )
    faits = _Faits(campagne)
    reponses: dict[Cadre, list[IssueVoeu]] = defaultdict(list)
    for voeu in voeux:
        issue = IssueVoeu(
            campagne=campagne,
            cadre=voeu.cadre,
            opportunite=voeu.opportunite,
            rang=voeu.rang,
            code=faits.issue(voeu),
        )
        reponses[voeu.cadre].append(issue)
    IssueVoeu.objects.bulk_create([i for siennes in reponses.values() for i in siennes])
    return dict(reponses)


class _Faits:
    """What is known of the pairs of a campaign, read once."""

    def __init__(self, campagne: Campagne) -> None:
        de_la_demarche = Proposition.objects.filter(
            opportunite__poste__collectivite__demarche=campagne.demarche
        )
        self.obtenus: dict[int, int] = {}  # cadre → opportunité
        self.pris: dict[int, int] = {}  # opportunité → cadre
        self.declines: set[tuple[int, int]] = set()
        self.proposes: set[tuple[int, int]] = set()
        for p in de_la_demarche:
            if p.etat in OBTENUES:
                self.obtenus[p.cadre_id] = p.opportunite_id
                self.pris[p.opportunite_id] = p.cadre_id
            elif p.etat in {EtatProposition.REFUSEE, EtatProposition.EXPIREE}:
                self.declines.add((p.cadre_id, p.opportunite_id))
            elif p.etat == EtatProposition.ENVOYEE:
                self.proposes.add((p.cadre_id, p.opportunite_id))
        self.avis = {
            (a.cadre_id, a.opportunite_id): a.sens
            for a in Avis.objects.filter(
                opportunite__poste__collectivite__demarche=campagne.demarche
            )
        }
        #: Linked, and never sent: what it waited for did not come.
        self.en_amont = set(
            Maillon.objects.filter(
                ensemble__campagne=campagne, proposition__envoyee_le__isnull=True
            )
            .exclude(proposition__motif_retrait=RetraitProposition.POSTE_RETIRE)
            .values_list("proposition__cadre_id", "proposition__opportunite_id")
        )
        #: Their own move is under way: their poste will be free.
        self.partants = set(
            de_la_demarche.filter(mobilites__etat=EtatMobilite.OUVERTE).values_list(
                "cadre_id", flat=True
            )
        )

    def issue(self, voeu: Voeu) -> Issue:
        couple = (voeu.cadre_id, voeu.opportunite_id)
        obtenu = self.obtenus.get(voeu.cadre_id)
        if obtenu == voeu.opportunite_id:
            return Issue.SERVI
        if couple in self.proposes:  # asked again, whatever was declined before
            return Issue.PROPOSE
        if couple in self.declines:
            return Issue.DECLINE
        if obtenu is not None:
            return Issue.AUTRE_POSTE
        return self._sans_poste(voeu, couple)

    def _sans_poste(self, voeu: Voeu, couple: tuple[int, int]) -> Issue:
        opportunite: Opportunite = voeu.opportunite
        if opportunite.etat == EtatOpportunite.RETIREE:
            return Issue.RETIRE
        avis = self.avis.get(couple)
        if avis == Avis.Sens.DEFAVORABLE:
            return Issue.ACCUEIL
        if opportunite.pk in self.pris or opportunite.etat not in POSTES_OUVERTS:
            return Issue.ATTRIBUE
        if avis is None:
            return Issue.SANS_AVIS
        if couple in self.en_amont:
            return Issue.AMONT
        return Issue.TITULAIRE if self._tenu(opportunite) else Issue.EQUILIBRE

    def _tenu(self, opportunite: Opportunite) -> bool:
        titulaire: Cadre | None = getattr(opportunite.poste, "titulaire", None)
        return (
            opportunite.vacance == Vacance.SUSCEPTIBLE
            and titulaire is not None
            and titulaire.parti_le is None
            and titulaire.pk not in self.partants
        )
