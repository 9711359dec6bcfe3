"""The people of a démarche, counted one by one: what the papers must not give back."""

from __future__ import annotations

from datetime import date

import numpy as np

from cadres.models import Cadre, Candidature
from collectivites.models import Demarche
from opportunites.models import Mobilite, Proposition
from parcours.models import Inscription
from tests.pilotage.indicateurs.protection.attaquant import EMPLOYEURS, ENTREE, ETAPES, Verite

DITS_OUI = {"accord", "retenu", "non_retenu"}


def compter(demarche: Demarche, employeurs: list[int], promotions: list[int]) -> Verite:
    """Steps and moves of today, by employer of origin, sex and last promotion."""
    classes = 2 * (len(promotions) + 1)
    etapes = np.zeros((ETAPES, EMPLOYEURS, classes), int)
    mouvements = np.zeros((EMPLOYEURS, EMPLOYEURS, classes), int)
    siennes: dict[int, int] = {
        i.cadre_id: promotions.index(i.promotion_id)
        for i in Inscription.objects.filter(promotion__in=promotions).order_by("inscrit_le", "pk")
    }
    faites = {
        m.cadre_id: m
        for m in Mobilite.objects.filter(etat="effective", collectivite_origine__in=employeurs)
    }
    envoyees = Proposition.objects.filter(envoyee_le__isnull=False)
    proposes = set(envoyees.values_list("cadre", flat=True))
    acceptees = set(
        envoyees.filter(etat__in=("acceptee", "realisee")).values_list("cadre", flat=True)
    )
    for c in Candidature.objects.filter(cadre__demarche=demarche).select_related("cadre"):
        qui = c.cadre_id
        oui = c.etat in DITS_OUI or (c.etat == "retire" and c.repondu_le is not None)
        retenu = c.etat == "retenu" or (c.etat == "retire" and c.decide_le is not None)
        franchies = (
            True,
            oui,
            retenu,
            qui in siennes,
            qui in proposes,
            qui in acceptees,
            qui in faites,
        )
        atteinte = franchies.index(False) if False in franchies else len(franchies)
        assert not any(franchies[atteinte:]), (qui, franchies)
        origine = faites[qui].collectivite_origine_id if qui in faites else c.cadre.collectivite_id
        sexe = 0 if c.cadre.civilite == Cadre.Civilite.FEMME else 1
        promotion = siennes[qui] if atteinte > ENTREE else len(promotions)
        etapes[:atteinte, employeurs.index(origine), 2 * promotion + sexe] += 1
        if qui in faites:
            vers = employeurs.index(faites[qui].collectivite_accueil_id)
            mouvements[employeurs.index(origine), vers, 2 * promotion + sexe] += 1
    return Verite(etapes, mouvements)


def au_jour(v: Verite, quand: date, employeurs: list[int], promotions: list[int]) -> Verite:
    """The same people on an earlier day: those who moved later had not yet."""
    etapes, mouvements = v.etapes.copy(), v.mouvements.copy()
    siennes = {
        i.cadre_id: promotions.index(i.promotion_id)
        for i in Inscription.objects.filter(promotion__in=promotions).order_by("inscrit_le", "pk")
    }
    plus_tard = Mobilite.objects.filter(
        etat="effective", collectivite_origine__in=employeurs, date_effet__gt=quand
    )
    for m in plus_tard.select_related("cadre"):
        o, h = (employeurs.index(x) for x in (m.collectivite_origine_id, m.collectivite_accueil_id))
        classe = 2 * siennes[m.cadre_id] + (0 if m.cadre.civilite == Cadre.Civilite.FEMME else 1)
        etapes[ETAPES - 1, o, classe] -= 1
        mouvements[o, h, classe] -= 1
    return Verite(etapes, mouvements)
