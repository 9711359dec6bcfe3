"""All the figures of the steering page, read at once. Ten queries, whatever the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Demarche
from parcours.models import Promotion
from pilotage.cadrage.feuille_de_route.suivi import Route, lire_route
from pilotage.indicateurs import anciennete, entonnoir, matrice, paie, refus, suivi, trajectoire
from pilotage.models import VersionRegles


@dataclass(frozen=True)
class Indicateurs:
    """Of the whole démarche: aggregates, the same for its four employers."""

    demarche: Demarche
    jour: date
    trajectoire: trajectoire.Trajectoire
    matrice: matrice.Matrice
    entonnoir: entonnoir.Entonnoir
    anciennete: anciennete.Anciennete
    refus: refus.Refus
    paie: paie.Paie

    @property
    def est_vide(self) -> bool:
        """Nobody is listed yet: there is nothing to steer."""
        return self.entonnoir.etape("recenses").total == 0


def lire(demarche: Demarche, jour: date) -> Indicateurs:
    """Ten queries: employers, moves by day and by pair, steps, delays, years (3), refusals, pay; one more
    where the rules have changed."""
    premiere = Promotion.objects.filter(demarche=OuterRef("demarche")).order_by("date_debut")
    collectivites = list(
        Collectivite.objects.filter(demarche=demarche).annotate(
            premiere_promotion=Subquery(premiere.values("date_debut")[:1]),
            a_change=Exists(
                VersionRegles.objects.filter(
                    demarche=OuterRef("demarche"), changement__isnull=False
                )
            ),
        )
    )
    premiere_promotion = collectivites[0].premiere_promotion if collectivites else None
    effectifs = entonnoir.lire_effectifs(demarche)
    publies = refus.lire(demarche)
    return Indicateurs(
        demarche=demarche,
        jour=jour,
        trajectoire=trajectoire.calculer(
            demarche,
            trajectoire.lire_flux(demarche),
            jour,
            premiere_promotion,
            # Asked only where a rule has changed.
            anciennes=trajectoire.lire_anciennes(demarche)
            if any(c.a_change for c in collectivites)
            else (),
        ),
        matrice=matrice.calculer(
            collectivites, matrice.lire_flux(demarche), demarche.tolerance_solde
        ),
        entonnoir=entonnoir.calculer(
            collectivites,
            effectifs,
            entonnoir.lire_delais(demarche),
            en_cours=sum(int(str(ligne["en_cours"])) for ligne in effectifs),
        ),
        anciennete=anciennete.lire(demarche, jour),
        refus=publies,
        paie=paie.lire(demarche, publies.jusqu_au),
    )


@dataclass(frozen=True)
class Suite:
    """What comes next, as the acteur sees it."""

    route: Route
    sans_proposition: suivi.SansProposition


def lire_suite(acteur: Acteur) -> Suite:
    """Two queries."""
    return Suite(
        route=lire_route(acteur, timezone.localdate()),
        sans_proposition=suivi.lire_sans_proposition(acteur, timezone.now()),
    )
