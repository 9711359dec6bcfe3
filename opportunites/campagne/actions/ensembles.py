"""Components of a scenario become propositions, drafted together, that hang together.

A draft binds nobody: the DGS of each poste validates it, its DRH sends it, the person answers. What a
repair leaves without support is withdrawn if nobody was told, said to its host otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import enumerer
from collectivites.journal import journaliser
from collectivites.mots import Acte, Role
from collectivites.refus import ActionImpossible, exiger
from opportunites.campagne.actions.campagnes import verrouiller
from opportunites.campagne.calcul.changements import changements
from opportunites.campagne.calcul.instance import cle_cadre, cle_poste, construire, numero
from opportunites.campagne.predicats import date_d_effet_impossible, refus_preparer
from opportunites.communs import verrous
from opportunites.communs.courriels import lien_proposition, prevenir_l_employeur
from opportunites.communs.journal import noter
from opportunites.models import (
    Avis,
    Campagne,
    Ensemble,
    Maillon,
    Opportunite,
    Proposition,
    Simulation,
)
from opportunites.mots import Actes, RetraitProposition
from opportunites.propositions.actions.clotures import retirer
from opportunites.propositions.predicats import refus_disponible

#: What the person reads until the host writes better.
POURQUOI = "Vous avez classé ce poste parmi vos vœux. Nous serions heureux d’en parler avec vous."
SANS_APPUI = "Le mouvement dont elle dépendait ne se fait pas."


def ce_qui_a_change(simulation: Simulation) -> list[str]:
    """In words, what a run has read that is not so any more."""
    return changements(simulation.entree, construire(simulation.campagne, simulation.parametres))


def preparer(
    *, acteur: Acteur, simulation: Simulation, numeros: list[int], date_effet: date | None = None
) -> list[Ensemble]:
    """Draft the propositions of these components (numbers in the result). All, or none."""
    campagne = verrouiller(simulation.campagne_id)
    simulation.campagne = campagne
    exiger(refus_preparer(acteur, simulation))
    if changes := ce_qui_a_change(simulation):
        raise ActionImpossible(
            f"Depuis ce calcul ont changé {enumerer(changes)} : relancez-le avant de proposer."
        )
    composantes = _choisies(simulation, numeros)
    if any(c["kind"] == "cycle" for c in composantes):
        if date_effet is None:
            raise ActionImpossible("Un échange a une seule date d’effet : choisissez-la.")
        exiger(date_d_effet_impossible(date_effet))
    tombent = tombees(simulation) if simulation.est_une_reparation else []
    lignes = _verrouiller(campagne, composantes, tombent)
    if not simulation.est_une_reparation and any(lignes.deja_liee(c) for c in composantes):
        raise ActionImpossible("Ces propositions viennent d’être préparées : regardez l’atelier.")
    ensembles = [
        _preparer(acteur, simulation, composante, lignes, date_effet) for composante in composantes
    ]
    for pk in sorted(p.pk for p in tombent):
        _laisser_tomber(acteur, verrous.proposition(pk))
    _noter(acteur, simulation, composantes, len(tombent))
    _prevenir_les_accueils(simulation, ensembles)
    return ensembles


def tombees(simulation: Simulation) -> list[Proposition]:
    """Live linked propositions of the campaign that the scenario does not hold. One query."""
    tient = simulation.resultat["reponse"]["assignment"]
    vivantes = (
        Proposition.objects.filter(
            maillon__ensemble__campagne=simulation.campagne_id,
            etat__in=Proposition.ETATS_VIVANTS,
        )
        .select_related("cadre", "opportunite__poste__collectivite")
        .order_by("pk")
    )
    return [
        p for p in vivantes if tient.get(cle_cadre(p.cadre_id)) != cle_poste(p.opportunite.poste_id)
    ]


def _choisies(simulation: Simulation, numeros: list[int]) -> list[dict[str, Any]]:
    composantes = simulation.resultat["reponse"]["components"]
    if not numeros:
        raise ActionImpossible("Choisissez au moins une chaîne ou un échange.")
    if any(not 0 <= n < len(composantes) for n in numeros):
        raise ActionImpossible("Ce scénario ne contient pas ce mouvement.")
    return [composantes[n] for n in sorted(set(numeros))]


class _Lignes:
    """The rows of the chosen moves, locked: persons, postes, propositions."""

    def __init__(
        self,
        cadres: dict[int, Cadre],
        opportunites: dict[int, Opportunite],
        vivantes: dict[tuple[int, int], Proposition],
    ) -> None:
        self.cadres = cadres
        self.par_poste = {o.poste_id: o for o in opportunites.values()}
        self.vivantes = vivantes
        self.lies = {
            m.proposition_id: m.ensemble
            for m in Maillon.objects.filter(proposition__in=vivantes.values()).select_related(
                "ensemble"
            )
        }
        self.motifs = {
            (a.cadre_id, a.opportunite_id): a.motif
            for a in Avis.objects.filter(opportunite__in=opportunites, cadre__in=cadres)
        }

    def vivante(self, mouvement: dict[str, str]) -> Proposition | None:
        """The live proposition of this very move, if any."""
        opportunite = self.par_poste.get(numero(mouvement["poste"]))
        cle = (numero(mouvement["cadre"]), opportunite.pk if opportunite else 0)
        return self.vivantes.get(cle)

    def deja_liee(self, composante: dict[str, Any]) -> bool:
        """Somebody has just drafted all of it."""
        vivantes = [self.vivante(m) for m in composante["moves"]]
        return all(p is not None and p.pk in self.lies for p in vivantes)

    def limite(self, composante: dict[str, Any]) -> datetime | None:
        """The deadline that an exchange already has, when a repair keeps it."""
        anciens = [self.lies.get(p.pk) for m in composante["moves"] if (p := self.vivante(m))]
        return next((e.repondre_avant for e in anciens if e and e.repondre_avant), None)


def _verrouiller(
    campagne: Campagne, composantes: list[dict[str, Any]], tombent: list[Proposition]
) -> _Lignes:
    couples = [(numero(m["cadre"]), numero(m["poste"])) for c in composantes for m in c["moves"]]
    cadres = verrous.cadres({c for c, _ in couples} | {p.cadre_id for p in tombent})
    pks = Opportunite.objects.filter(
        poste__in={p for _, p in couples}, etat__in=Opportunite.ETATS_OUVERTS
    ).values_list("pk", flat=True)
    opportunites = verrous.opportunites(set(pks))
    vivantes = verrous.propositions(
        Q(opportunite__in=opportunites, etat__in=Proposition.ETATS_VIVANTS)
    )
    return _Lignes(cadres, opportunites, {(p.cadre_id, p.opportunite_id): p for p in vivantes})


def _preparer(
    acteur: Acteur,
    simulation: Simulation,
    composante: dict[str, Any],
    lignes: _Lignes,
    date_effet: date | None,
) -> Ensemble:
    boucle = composante["kind"] == "cycle"
    ensemble = Ensemble.objects.create(
        campagne=simulation.campagne,
        simulation=simulation,
        genre=Ensemble.Genre.BOUCLE if boucle else Ensemble.Genre.CHAINE,
        date_effet=date_effet if boucle else None,
        repondre_avant=lignes.limite(composante) if boucle else None,
        cree_par=acteur.mandat,
    )
    for ordre, mouvement in enumerate(composante["moves"]):
        cadre = lignes.cadres[numero(mouvement["cadre"])]
        opportunite = lignes.par_poste.get(numero(mouvement["poste"]))
        if opportunite is None:
            raise ActionImpossible("Un de ces postes n’est plus ouvert : relancez le calcul.")
        proposition = lignes.vivante(mouvement)
        if proposition is None:
            proposition = _rediger(acteur, cadre, opportunite, lignes)
        Maillon.objects.update_or_create(
            proposition=proposition, defaults={"ensemble": ensemble, "ordre": ordre}
        )
    return ensemble


def _rediger(
    acteur: Acteur, cadre: Cadre, opportunite: Opportunite, lignes: _Lignes
) -> Proposition:
    exiger(refus_disponible(cadre))
    motif = lignes.motifs.get((cadre.pk, opportunite.pk), "")
    proposition = Proposition.objects.create(
        opportunite=opportunite,
        cadre=cadre,
        collectivite_origine=cadre.collectivite,
        pourquoi=motif or POURQUOI,
    )
    noter(acteur, proposition, Actes.PROPOSITION_PREPAREE, "Proposition liée préparée")
    return proposition


def _laisser_tomber(acteur: Acteur, proposition: Proposition) -> None:
    """Nobody knew: withdrawn without a word to the person. Otherwise its host decides, and is told."""
    accueil = proposition.opportunite.poste.collectivite
    if proposition.etat in Proposition.ETATS_INTERNES:
        retirer(proposition, RetraitProposition.EMPLOYEUR, acteur=acteur, motif=SANS_APPUI)
    prevenir_l_employeur(
        "campagne/sans_appui",
        accueil,
        f"proposition-{proposition.pk}-sans-appui",
        Role.DGS,
        Role.DRH,
        confie_par=proposition.cadre,
        proposition=proposition,
        poste=proposition.opportunite.poste,
        personne=proposition.cadre,
        lien=lien_proposition(proposition),
    )


def _prevenir_les_accueils(simulation: Simulation, ensembles: Iterable[Ensemble]) -> None:
    """Each host, once: its drafts wait for its DGS."""
    brouillons = Proposition.objects.filter(
        maillon__ensemble__in=list(ensembles), etat=Proposition.Etat.BROUILLON
    ).select_related("opportunite__poste__collectivite__demarche")
    par_accueil: dict[Any, list[Proposition]] = {}
    for p in brouillons.order_by("pk"):
        par_accueil.setdefault(p.opportunite.poste.collectivite, []).append(p)
    for accueil, siennes in par_accueil.items():
        prevenir_l_employeur(
            "campagne/a_valider",
            accueil,
            f"simulation-{simulation.pk}-{siennes[0].pk}-a-valider",
            Role.DGS,
            nombre=len(siennes),
            postes=[p.opportunite.poste.annonce for p in siennes],
            lien=reverse("opportunites:propositions"),
        )


def _noter(
    acteur: Acteur, simulation: Simulation, composantes: list[dict[str, Any]], tombees: int
) -> None:
    mouvements = sum(c["length"] for c in composantes)
    reparation = simulation.est_une_reparation
    journaliser(
        acteur=acteur,
        acte=Actes.ENSEMBLE_REPARE if reparation else Actes.ENSEMBLE_PREPARE,
        libelle="Mouvement réparé" if reparation else "Propositions liées préparées",
        objet=simulation,
        collectivite=acteur.collectivite,
        details={"composantes": len(composantes), "mouvements": mouvements, "tombees": tombees},
        delegue=Acte.SIMULER_MOUVEMENT,
    )
