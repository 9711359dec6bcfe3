"""What this app adds to a person's file in the registre, and to « mes données »."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from cadres.models import Cadre
from cadres.prises import Etape, Rubrique
from collectivites.communs.typographie import date_texte, jour_de
from opportunites.models import Avis, Demande, Mobilite, Proposition, Voeu

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur


def section(acteur: Acteur, cadre: Cadre) -> tuple[str, dict[str, Any]] | None:
    """Propositions and moves that concern the reader's collectivité; never the vœux, since the
    reader may be the present employer. Two queries."""
    if not acteur.est_employeur:
        return None
    propositions = list(
        Proposition.objects.visibles_par(acteur)
        .filter(cadre=cadre)
        .select_related("opportunite__poste__collectivite")
    )
    mobilites = list(
        Mobilite.objects.visibles_par(acteur)
        .filter(cadre=cadre)
        .select_related("poste_accueil", "collectivite_accueil", "collectivite_origine")
    )
    if not propositions and not mobilites:
        return None
    return "opportunites/_section_fiche.html", {
        "propositions": propositions,
        "mobilites": mobilites,
    }


def prochaines_etapes(acteur: Acteur, cadres: list[Cadre]) -> dict[int, Etape]:
    """The answer that is awaited, or the move under way, when the reader may know. Two queries."""
    if not acteur.est_employeur or not cadres:
        return {}
    etapes: dict[int, Etape] = {}
    envoyees = Proposition.objects.visibles_par(acteur).filter(
        cadre__in=cadres, etat=Proposition.Etat.ENVOYEE
    )
    for proposition in envoyees.order_by("-repondre_avant"):
        assert proposition.repondre_avant is not None
        etapes[proposition.cadre_id] = Etape(
            "Sa réponse à la proposition",
            jour_de(proposition.repondre_avant),
            reverse("opportunites:proposition", args=[proposition.pk]),
        )
    ouvertes = Mobilite.objects.visibles_par(acteur).filter(
        cadre__in=cadres, etat=Mobilite.Etat.OUVERTE
    )
    for mobilite in ouvertes.order_by("pk"):
        etapes[mobilite.cadre_id] = Etape(
            "Prise de poste" if mobilite.date_effet else "Préparer la mobilité",
            mobilite.date_effet,
            reverse("opportunites:mobilite", args=[mobilite.pk]),
            jour=mobilite.date_effet is not None,
        )
    return etapes


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """All that is held on the person here: wishes, propositions received, moves."""
    yield Rubrique(
        "voeux",
        "Vos vœux",
        [
            (f"Vœu {voeu.rang}", voeu.opportunite.poste.intitule)
            for voeu in Voeu.objects.filter(cadre=cadre)
            .select_related("opportunite__poste")
            .order_by("rang")
        ],
    )
    yield Rubrique(
        "avis",
        "Les avis des employeurs sur vos vœux",
        [
            (
                avis.opportunite.poste.intitule,
                f"{avis.get_sens_display()}"
                + (f", rang {avis.rang}" if avis.rang else "")
                + f"\u00a0: {avis.motif}",
            )
            for avis in Avis.objects.filter(cadre=cadre)
            .select_related("opportunite__poste")
            .order_by("donne_le")
        ],
    )
    yield Rubrique(
        "demandes",
        "Vos demandes de rencontre",
        [
            (
                f"{demande.get_nature_display()}, {demande.opportunite.poste.intitule}",
                ", ".join(
                    filter(
                        None,
                        [
                            f"demandée le {date_texte(demande.deposee_le)}",
                            demande.message,
                            demande.get_etat_display().lower(),
                            demande.reponse,
                        ],
                    )
                ),
            )
            for demande in Demande.objects.filter(cadre=cadre)
            .select_related("opportunite__poste")
            .order_by("deposee_le")
        ],
    )
    recues = (
        Proposition.objects.filter(Q(envoyee_le__isnull=False), cadre=cadre)
        .select_related("opportunite__poste__collectivite")
        .order_by("envoyee_le")
    )
    yield Rubrique(
        "propositions", "Les propositions reçues", [_ligne_proposition(p) for p in recues]
    )
    mobilites = (
        Mobilite.objects.filter(cadre=cadre)
        .select_related("poste_accueil", "collectivite_accueil")
        .order_by("ouverte_le")
    )
    yield Rubrique("mobilites", "Vos mobilités", [_ligne_mobilite(m) for m in mobilites])


def _ligne_proposition(proposition: Proposition) -> tuple[str, str]:
    poste = proposition.opportunite.poste
    texte = f"{poste.collectivite.nom_court}, {proposition.get_etat_display().lower()}"
    if proposition.envoyee_le:
        texte += f", reçue le {date_texte(proposition.envoyee_le)}"
    if proposition.motif_refus:
        texte += f", motif de votre refus\u00a0: {proposition.get_motif_refus_display().lower()}"
    if proposition.commentaire_refus:
        texte += f" («\u00a0{proposition.commentaire_refus}\u00a0»)"
    return poste.intitule, texte


def _ligne_mobilite(mobilite: Mobilite) -> tuple[str, str]:
    texte = f"{mobilite.collectivite_accueil.nom_court}, {mobilite.get_etat_display().lower()}"
    if mobilite.voie:
        texte += f", {mobilite.get_voie_display().lower()}"
    if mobilite.date_effet:
        texte += f", au {date_texte(mobilite.date_effet)}"
    return mobilite.poste_accueil.intitule, texte
