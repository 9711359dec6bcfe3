"""What the person states of themselves, and what they ask their HR direction to correct."""

from __future__ import annotations

from django.utils import timezone

from cadres.candidature.comptes import adresse_de
from cadres.candidature.predicats import refus_parler_pour_soi
from cadres.donnees_personnelles import predicats
from cadres.fiche.journal import noter
from cadres.fiche.verrous import verrouiller, verrouiller_le_sien
from cadres.models import CompetenceDite, DemandeCorrection
from cadres.mots import Actes, EtatCorrection
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Mandat
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux import courriels


def dire_ses_competences(*, acteur: Acteur, niveaux: dict[str, int]) -> int:
    """The whole list as the person states it (code → 1 to 4; 0 or absent: none). How many."""
    exiger(refus_parler_pour_soi(acteur))
    cadre = verrouiller_le_sien(acteur)
    exiger(predicats.refus_dire_ses_competences(acteur, cadre))
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
    exiger(refus_parler_pour_soi(acteur))
    cadre = verrouiller_le_sien(acteur)
    demande = DemandeCorrection.objects.create(
        cadre=cadre, champ=champ, explication=explication.strip()
    )
    noter(
        acteur,
        cadre,
        Actes.CORRECTION_DEMANDEE,
        f"Correction demandée par la personne : {demande.objet}",
        objet=demande,
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
            comme=mandat,
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
    exiger(predicats.refus_repondre_a_une_correction(acteur, demande))
    if not faite and not reponse.strip():
        raise ActionImpossible(predicats.SANS_EXPLICATION)
    demande.etat = EtatCorrection.FAITE if faite else EtatCorrection.REFUSEE
    demande.reponse = reponse.strip()
    demande.repondue_le = timezone.now()
    demande.repondue_par = acteur.mandat
    demande.save()
    acte = Actes.CORRECTION_FAITE if faite else Actes.CORRECTION_REFUSEE
    noter(
        acteur,
        cadre,
        acte,
        f"{acte.label} : {demande.objet}",
        objet=demande,
        motif=demande.reponse,
    )
    courriels.deposer(
        "cadres/correction_repondue",
        demarche=cadre.collectivite.demarche,
        destinataire=adresse_de(cadre),
        cle=f"cadres_correction_reponse:{demande.pk}",
        utilisateur=cadre.utilisateur,
        cadre_ref=cadre.pk,
        comme=Role.CADRE,
        de=acteur,
        cadre=cadre,
        demande=demande,
        collectivite=cadre.collectivite,
    )
    return demande
