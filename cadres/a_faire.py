"""What the registre expects of each reader."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from cadres.conservation import decaler
from cadres.models import Cadre, Candidature, DemandeCorrection, ImportCadres
from cadres.situations import DELAI_REPONSE, RAPPELS
from collectivites.acteur import Acteur
from collectivites.attentes import Attente
from collectivites.roles import Acte, Role
from collectivites.typographie import compter

Etat = Candidature.Etat
#: Both reminders have left: before the question is closed, only a word from HR may help.
RELANCE = RAPPELS[-1]


def a_faire(acteur: Acteur) -> list[Attente]:
    """At most three queries: the cadres, the imports, the requests for a correction."""
    if acteur.est(Role.CADRE):
        return _du_cadre(acteur)
    if not acteur.est_employeur:
        return []
    comptes = Cadre.objects.geres_par(acteur).aggregate(
        a_informer=Count("pk", filter=Q(candidature__etat=Etat.RECENSE) & ~Q(courriel="")),
        injoignables=Count("pk", filter=Q(candidature__etat=Etat.RECENSE, courriel="")),
        a_relancer=Count(
            "pk",
            filter=Q(
                candidature__etat=Etat.INFORME,
                candidature__informe_le__lt=timezone.now() - RELANCE,
            ),
        ),
        a_decider=Count("pk", filter=Q(candidature__etat=Etat.ACCORD)),
    )
    attentes = []
    registre = reverse("cadres:registre")
    if acteur.peut(Acte.RETENIR) and (n := comptes["a_decider"]):
        attentes.append(
            Attente(
                titre=f"Décider de retenir {compter(n, 'cadre')}",
                detail="Leur oui est donné ; ils attendent votre décision.",
                url=f"{registre}?situation={Etat.ACCORD}",
                bouton="Ouvrir la liste",
            )
        )
    if acteur.est_rh:
        attentes += _des_corrections(acteur)
        attentes += _des_imports(acteur)
        if n := comptes["a_informer"]:
            attentes.append(
                Attente(
                    titre=f"Informer {compter(n, 'cadre')} de leur recensement"
                    if n > 1
                    else "Informer un cadre de son recensement",
                    detail="Personne d’autre ne voit leur nom avant leur oui.",
                    url=f"{registre}?situation={Etat.RECENSE}&joignable=oui",
                    bouton="Informer",
                )
            )
        if n := comptes["injoignables"]:
            attentes.append(
                Attente(
                    titre=f"Compléter le courriel de {compter(n, 'cadre')}",
                    detail="Sans courriel, on ne peut pas les informer.",
                    url=f"{registre}?situation={Etat.RECENSE}&joignable=non",
                    bouton="Compléter",
                )
            )
        if n := comptes["a_relancer"]:
            attentes.append(
                Attente(
                    titre=f"Appeler {compter(n, 'cadre')} sans réponse",
                    detail="Deux rappels sont partis ; à trois semaines, la question se referme.",
                    url=f"{registre}?situation={Etat.INFORME}",
                    bouton="Ouvrir la liste",
                )
            )
    return attentes


def _des_corrections(acteur: Acteur) -> list[Attente]:
    """A right that has its own term: one month (GDPR article 12)."""
    demandes = (
        DemandeCorrection.objects.visibles_par(acteur)
        .filter(etat=DemandeCorrection.Etat.OUVERTE)
        .select_related("cadre")
        .order_by("deposee_le", "pk")[:5]
    )
    return [
        Attente(
            titre=f"Répondre à la demande de correction de {demande.cadre.nom_complet}",
            detail=f"{demande.objet.capitalize()}. Le délai légal est d’un mois.",
            url=reverse("cadres:correction", args=[demande.pk]),
            bouton="Répondre",
            echeance=decaler(timezone.localdate(demande.deposee_le), 1),
        )
        for demande in demandes
    ]


def _des_imports(acteur: Acteur) -> list[Attente]:
    return [
        Attente(
            titre="Confirmer ou abandonner un import",
            detail=f"« {nom} » est lu, rien n’est encore écrit.",
            url=reverse("cadres:importation", args=[pk]),
            bouton="Voir le diagnostic",
        )
        for pk, nom in ImportCadres.objects.visibles_par(acteur)
        .filter(etat=ImportCadres.Etat.DIAGNOSTIQUE)
        .values_list("pk", "nom_fichier")[:5]
    ]


def _du_cadre(acteur: Acteur) -> list[Attente]:
    candidature = Candidature.objects.visibles_par(acteur).filter(etat=Etat.INFORME).first()
    if candidature is None or candidature.informe_le is None:
        return []
    return [
        Attente(
            titre="Dire oui ou non à la démarche",
            detail="Votre collectivité vous propose d’y entrer. La réponse n’appartient qu’à vous.",
            url=reverse("cadres:ma_candidature"),
            bouton="Répondre",
            echeance=timezone.localdate(candidature.informe_le) + DELAI_REPONSE,
        )
    ]
