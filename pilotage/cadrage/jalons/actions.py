"""Passing a gate, committing oneself, doing without criteria."""

from __future__ import annotations

from cadres.models import Critere
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.lexique import dire
from collectivites.models import Collectivite, Demarche
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from pilotage.cadrage.jalons.conditions import Faits, conditions
from pilotage.cadrage.jalons.predicats import (
    rang_suivant,
    refus_franchir_jalon,
    refus_renoncer,
    refus_s_engager,
)
from pilotage.cadrage.suites import ecrire_aux_directions, noter
from pilotage.models import EngagementDGS, PassageJalon, RenonciationCriteres
from pilotage.mots import Actes, Jalon

#: What a gate opens, to whoever did not pass it.
CE_QUI_SUIT = {
    Jalon.LANCEMENT: "La démarche est lancée. Les promotions, puis les propositions, ont chacune leur jalon.",
    Jalon.PROMOTION: "Une promotion peut s’ouvrir, et chaque DRH y inscrire ses cadres retenus.",
    Jalon.PROPOSITIONS: "Les DRH peuvent envoyer les propositions que les DGS ont validées.",
}


def franchir(*, acteur: Acteur, jalon: Jalon) -> PassageJalon:
    """A DGS passes a gate whose every condition holds at this very moment."""
    demarche = Demarche.objects.select_for_update().get(pk=acteur.demarche.pk)
    faits = Faits(demarche)
    manque = [c.intitule for c in conditions(faits, jalon) if not c.tenue]
    exiger(refus_franchir_jalon(acteur, jalon, franchi=faits.est_franchi(jalon), manque=manque))
    passage = PassageJalon.objects.create(
        demarche=demarche, jalon=jalon, rang=rang_suivant(demarche, jalon), par=acteur.mandat
    )
    suite = f" {passage.rang}" if jalon == Jalon.PROMOTION else ""
    noter(
        acteur,
        passage,
        Actes.JALON_FRANCHI,
        f"Jalon franchi : {jalon.label}{suite}",
        details={"accords": [f"{a.instance}, n° {a.numero}" for a in faits.accords.values()]},
    )
    ecrire_aux_directions(
        "jalons/franchi",
        acteur=acteur,
        occasion=f"jalon_franchi:{passage.pk}",
        roles=(Role.DGS, Role.DRH),
        jalon=f"{jalon.label}{suite}",
        ouvre=dire(CE_QUI_SUIT[jalon]),
    )
    return passage


def s_engager(*, acteur: Acteur) -> EngagementDGS:
    """A DGS commits their collectivité to the objective, the calendar and the rules of the démarche."""
    deja = EngagementDGS.objects.filter(mandat=acteur.mandat).exists()
    exiger(refus_s_engager(acteur, engage=deja))
    engagement = EngagementDGS.objects.create(
        collectivite=acteur.collectivite, mandat=acteur.mandat
    )
    libelle = f"Engagement du DGS : {acteur.collectivite.nom}"
    noter(acteur, engagement, Actes.DGS_ENGAGE, libelle, collectivite=acteur.collectivite)
    return engagement


def renoncer_aux_criteres(*, acteur: Acteur, motif: str) -> RenonciationCriteres:
    """A DGS says, with a reason, that their collectivité decides without written criteria."""
    collectivite = Collectivite.objects.select_for_update().get(pk=acteur.collectivite.pk)
    exiger(
        refus_renoncer(
            acteur,
            ecrits=Critere.objects.filter(collectivite=collectivite).exists(),
            deja=RenonciationCriteres.objects.filter(collectivite=collectivite).exists(),
        )
    )
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi vous n’écrivez pas de critères.")
    renonciation = RenonciationCriteres.objects.create(
        collectivite=collectivite, par=acteur.mandat, motif=motif.strip()
    )
    noter(
        acteur,
        renonciation,
        Actes.CRITERES_RENONCES,
        f"Sans critères écrits : {collectivite.nom}",
        collectivite=collectivite,
        motif=motif.strip(),
    )
    return renonciation
