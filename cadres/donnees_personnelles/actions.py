"""What the person states of themselves, and what they ask their HR direction to correct."""

from __future__ import annotations

from django.utils import timezone

from cadres.candidature import predicats
from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre, CompetenceDite, DemandeCorrection
from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Mandat
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from collectivites.travaux import courriels

Etat = DemandeCorrection.Etat


def dire_ses_competences(*, acteur: Acteur, niveaux: dict[str, int]) -> int:
    """The whole list as the person states it (code → 1 to 4; 0 or absent: none). How many."""
    cadre = _le_mien(acteur)
    if refus := predicats.refus_dire_ses_competences(acteur, cadre):
        raise ActionImpossible(refus)
    dites = {code: niveau for code, niveau in niveaux.items() if niveau}
    avant = {c.code: c for c in CompetenceDite.objects.filter(cadre=cadre)}
    CompetenceDite.objects.filter(cadre=cadre, code__in=avant.keys() - dites.keys()).delete()
    for code, niveau in dites.items():
        if code in avant and avant[code].niveau == niveau:
            continue
        CompetenceDite.objects.update_or_create(
            cadre=cadre, code=code, defaults={"niveau": niveau, "dite_le": timezone.now()}
        )
    return len(dites)


def demander_correction(*, acteur: Acteur, champ: str, explication: str) -> DemandeCorrection:
    """The person says what is wrong; their HR direction answers within a month."""
    cadre = _le_mien(acteur)
    demande = DemandeCorrection.objects.create(
        cadre=cadre, champ=champ, explication=explication.strip()
    )
    journaliser(
        acteur=acteur,
        acte="correction.demandee",
        libelle=f"Correction demandée par la personne : {demande.objet}",
        objet=demande,
        collectivite=cadre.collectivite,
        cadre_ref=cadre.pk,
    )
    drh = (
        Mandat.objects.en_vigueur()
        .filter(collectivite=cadre.collectivite, role=Role.DRH)
        .select_related("utilisateur")
        .order_by("pk")
    )
    for mandat in drh:
        courriels.deposer(
            "cadres/correction_demandee",
            demarche=cadre.collectivite.demarche,
            destinataire=mandat.utilisateur.email,
            cle=f"cadres_correction:{demande.pk}:{mandat.pk}",
            utilisateur=mandat.utilisateur,
            cadre=cadre,
            demande=demande,
        )
    return demande


def repondre_a_une_correction(
    *, acteur: Acteur, demande: DemandeCorrection, faite: bool, reponse: str
) -> DemandeCorrection:
    """The HR direction has corrected, or says why not. The person reads it as it is."""
    cadre = verrouiller(demande.cadre_id)
    demande = DemandeCorrection.objects.select_for_update(of=("self",)).get(pk=demande.pk)
    demande.cadre = cadre
    if refus := predicats.refus_repondre_a_une_correction(acteur, demande):
        raise ActionImpossible(refus)
    if not faite and not reponse.strip():
        raise ActionImpossible("Dites pourquoi : la personne le lira.")
    demande.etat = Etat.FAITE if faite else Etat.REFUSEE
    demande.reponse = reponse.strip()
    demande.repondue_le = timezone.now()
    demande.repondue_par = acteur.mandat
    demande.save()
    journaliser(
        acteur=acteur,
        acte="correction.faite" if faite else "correction.refusee",
        libelle=f"{'Correction faite' if faite else 'Correction refusée'} : {demande.objet}",
        objet=demande,
        collectivite=cadre.collectivite,
        cadre_ref=cadre.pk,
        motif=demande.reponse,
    )
    courriels.deposer(
        "cadres/correction_repondue",
        demarche=cadre.collectivite.demarche,
        destinataire=cadre.utilisateur.email if cadre.utilisateur else cadre.courriel,
        cle=f"cadres_correction_reponse:{demande.pk}",
        utilisateur=cadre.utilisateur,
        cadre_ref=cadre.pk,
        cadre=cadre,
        demande=demande,
        collectivite=cadre.collectivite,
    )
    return demande


def _le_mien(acteur: Acteur) -> Cadre:
    if not acteur.est(Role.CADRE) or acteur.cadre_id is None:
        raise ActionImpossible("Cette demande n’appartient qu’à la personne.")
    return verrouiller(acteur.cadre_id)
