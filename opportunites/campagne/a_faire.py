"""What waits for whoever conducts the campaign, and the wishes that a host leaves without a word."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter
from collectivites.mots import Acte, Role
from collectivites.travaux.attentes import Attente
from opportunites.campagne.actions.campagnes import courante
from opportunites.campagne.ecran.suivi import a_reparer, suivre
from opportunites.campagne.lecteurs import voeux_de_l_hote
from opportunites.campagne.mots import EtatSimulation
from opportunites.campagne.predicats import refus_conduire
from opportunites.models import Avis, Campagne, Opportunite, Proposition, Simulation

#: Days after which a wish that its host has said nothing of is told to its DGS.
SILENCE = timedelta(days=10)


def pour_l_employeur(acteur: Acteur) -> list[Attente]:
    """Nothing without a campaign: one query. Otherwise six at most, for whoever conducts it."""
    if not acteur.peut(Acte.SIMULER_MOUVEMENT):
        return []
    campagne = courante(acteur)
    if campagne is None:
        return []
    # A candidate answers as a host, and conducts nothing.
    conduite = _conduire(campagne) if refus_conduire(acteur) is None else []
    return [*_sans_reponse(acteur), *conduite]


def _conduire(campagne: Campagne) -> list[Attente]:
    aujourdhui = timezone.localdate()
    atelier = reverse("opportunites:atelier")
    suivis = suivre(campagne)
    if a_reparer(suivis):
        return [
            Attente(
                "Réparer le mouvement",
                "Une réponse a rompu une chaîne ou un échange.",
                atelier,
                "Ouvrir l’atelier",
            )
        ]
    if aujourdhui > campagne.reponses_au:
        return [
            Attente("Clore la campagne de mouvement", campagne.nom, atelier, "Ouvrir l’atelier")
        ]
    if campagne.avis_au < aujourdhui <= campagne.propositions_au and not suivis:
        fait = Simulation.objects.filter(campagne=campagne, etat=EtatSimulation.CALCULEE).exists()
        if not fait and aujourdhui > campagne.simulation_au:
            return [
                Attente(
                    "Déplacer la fin des simulations",
                    f"{campagne.nom} : elle est passée sans qu’aucun scénario n’ait été calculé.",
                    reverse("opportunites:deplacer_campagne"),
                    "Déplacer une date",
                    echeance=campagne.propositions_au,
                )
            ]
        return [
            Attente(
                "Choisir les mouvements à proposer" if fait else "Simuler le mouvement",
                f"{campagne.nom} : les vœux et les avis sont clos.",
                atelier,
                "Ouvrir l’atelier",
                echeance=campagne.propositions_au,
            )
        ]
    return []


def _sans_reponse(acteur: Acteur) -> list[Attente]:
    """Wishes for one's own postes, of which nothing was said for ten days. One query."""
    ici = {"cadre": OuterRef("cadre"), "opportunite": OuterRef("opportunite")}
    nombre = (
        voeux_de_l_hote(acteur)
        .filter(
            ~Exists(Avis.objects.filter(**ici)),
            ~Exists(Proposition.objects.filter(**ici)),
            opportunite__etat__in=Opportunite.ETATS_OUVERTS,
            exprime_le__lte=timezone.now() - SILENCE,
        )
        .count()
    )
    if not nombre or not acteur.est(Role.DGS):
        return []
    miens = f"{reverse('opportunites:opportunites')}?collectivite={acteur.collectivite.pk}"
    return [
        Attente(
            f"{compter(nombre, 'vœu,vœux')} sans réponse depuis 10 jours",
            "Votre collectivité n’a pas donné d’avis sur ces personnes.",
            miens,
            "Voir les postes",
        )
    ]
