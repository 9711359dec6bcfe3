"""A pay sheet: opened, filled in by each side, signed by both, then never changed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import lien_proposition, prevenir_le_cadre
from opportunites.communs.journal import noter
from opportunites.models import Element, FicheRemuneration, Proposition
from opportunites.mots import Actes, EtatMobilite
from opportunites.paie.calculs.fiche import figer_dans
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine
from opportunites.paie.predicats import (
    RESERVE_AUX_DRH,
    refus_ouvrir_une_version,
    refus_saisir,
    refus_signer,
)
from opportunites.remuneration.erreurs import SaisieRefusee

SIGNATURES = (
    "signee_origine_le",
    "signee_origine_par",
    "signee_accueil_le",
    "signee_accueil_par",
)
FIGE = ("resultat", "empreinte", "ecart_brut_bas", "ecart_brut_haut")


def ouvrir_une_version(*, acteur: Acteur, proposition: Proposition) -> FicheRemuneration:
    """The first one is empty; the next begins as the one before was signed."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_ouvrir_une_version(acteur, proposition))
    precedente = proposition.fiches.order_by("-version").first()
    fiche = FicheRemuneration.objects.create(
        proposition=proposition,
        version=precedente.version + 1 if precedente else 1,
        saisie_origine=precedente.saisie_origine if precedente else {},
        saisie_accueil=precedente.saisie_accueil if precedente else {},
    )
    _noter(acteur, fiche, Actes.FICHE_OUVERTE, "ouverte")
    return fiche


def saisir_l_origine(*, acteur: Acteur, fiche: FicheRemuneration, saisie: SaisieOrigine) -> None:
    _saisir(acteur, fiche, "origine", saisie.en_json())


def saisir_l_accueil(*, acteur: Acteur, fiche: FicheRemuneration, saisie: SaisieAccueil) -> None:
    _saisir(acteur, fiche, "accueil", saisie.en_json())


def _saisir(acteur: Acteur, fiche: FicheRemuneration, cote: str, saisie: dict[str, Any]) -> None:
    """A correction lifts the signature that was given to something else."""
    fiche = _verrouiller(fiche)
    exiger(refus_saisir(acteur, fiche))
    exiger(_refus_du_cote(acteur, fiche, cote))
    setattr(fiche, f"saisie_{cote}", saisie)
    for nom in SIGNATURES:
        setattr(fiche, nom, None)
    fiche.resultat, fiche.empreinte = {}, ""
    fiche.ecart_brut_bas = fiche.ecart_brut_haut = None
    fiche.save(update_fields=[f"saisie_{cote}", *SIGNATURES, *FIGE])
    _noter(acteur, fiche, Actes.FICHE_SAISIE, f"remplie par l’{cote}")


def _refus_du_cote(acteur: Acteur, fiche: FicheRemuneration, cote: str) -> str | None:
    voulue = (
        fiche.proposition.collectivite_origine_id
        if cote == "origine"
        else fiche.proposition.opportunite.poste.collectivite_id
    )
    return None if acteur.collectivite.pk == voulue else RESERVE_AUX_DRH


def signer(*, acteur: Acteur, fiche: FicheRemuneration) -> FicheRemuneration:
    """The first signature freezes what is read; the second one closes the version."""
    fiche = _verrouiller(fiche)
    exiger(refus_signer(acteur, fiche))
    if not fiche.empreinte:
        _figer(fiche)
    maintenant = timezone.now()
    proposition = fiche.proposition
    if acteur.collectivite.pk == proposition.collectivite_origine_id:
        fiche.signee_origine_le, fiche.signee_origine_par = maintenant, acteur.mandat
    if acteur.collectivite.pk == proposition.opportunite.poste.collectivite_id:
        fiche.signee_accueil_le, fiche.signee_accueil_par = maintenant, acteur.mandat
    fiche.save(update_fields=[*SIGNATURES, *FIGE])
    _noter(acteur, fiche, Actes.FICHE_SIGNEE, "signée par la DRH")
    _cocher_au_dossier(acteur, fiche)
    if fiche.est_signee:
        prevenir_le_cadre(
            "propositions/fiche_signee",
            proposition.cadre,
            f"fiche-{fiche.pk}-signee",
            proposition=proposition,
            poste=proposition.opportunite.poste,
            lien=lien_proposition(proposition),
        )
    return fiche


def _cocher_au_dossier(acteur: Acteur, fiche: FicheRemuneration) -> None:
    """Signed here, the sheet is no longer to be signed in the file of the move, if there is one."""
    proposition = fiche.proposition
    cotes = [
        code
        for code, employeur in (
            ("REMUNERATION_ORIGINE", proposition.collectivite_origine_id),
            ("REMUNERATION_ACCUEIL", proposition.opportunite.poste.collectivite_id),
        )
        if employeur == acteur.collectivite.pk
    ]
    Element.objects.filter(
        mobilite__proposition=proposition,
        mobilite__etat=EtatMobilite.OUVERTE,
        code__in=cotes,
        fait_le__isnull=True,
    ).update(fait_le=timezone.now(), fait_par=acteur.utilisateur)


def _figer(fiche: FicheRemuneration) -> None:
    try:
        figer_dans(fiche)
    except SaisieRefusee as refus:
        raise ActionImpossible(
            f"Cette fiche ne se calcule pas en l’état : {refus.refus[0].message}"
        ) from refus


def _verrouiller(fiche: FicheRemuneration) -> FicheRemuneration:
    """After its proposition, as everywhere in the room."""
    proposition = verrous.proposition(fiche.proposition_id)
    verrouillee: FicheRemuneration = FicheRemuneration.objects.select_for_update().get(pk=fiche.pk)
    verrouillee.proposition = proposition
    return verrouillee


def _noter(acteur: Acteur, fiche: FicheRemuneration, acte: Actes, quoi: str) -> None:
    """Both employers read that it was done, never an amount."""
    proposition = fiche.proposition
    noter(
        acteur,
        proposition,
        acte,
        f"Fiche de rémunération, version {fiche.version}, {quoi}",
        lecteurs={
            c.pk: c
            for c in (proposition.collectivite_origine, proposition.opportunite.poste.collectivite)
            if c.pk != acteur.collectivite.pk
        }.values()
        or [acteur.collectivite],
        cadre_ref=proposition.cadre_id,
    )
