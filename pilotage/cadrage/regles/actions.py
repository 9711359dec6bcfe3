"""Changing a rule together: proposed by one DGS, in force once every employer agreed.

The démarche is locked first: two DGS who act at once follow one another, and the second one reads what
the first one wrote.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.models import Demarche, Mandat
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from pilotage.cadrage.regles.predicats import refus_proposer, refus_repondre, refus_retirer
from pilotage.cadrage.regles.valeurs import (
    CHAMPS,
    dire,
    du_json,
    en_json,
    lire,
    refus_des_valeurs,
)
from pilotage.cadrage.regles.versions import poser_version
from pilotage.cadrage.suites import ecrire_aux_directions
from pilotage.models import AccordRegle, ChangementRegle
from pilotage.mots import Actes, Regle

Etat = ChangementRegle.Etat
DEJA_EN_ATTENTE = (
    "Un changement de cette règle attend déjà une réponse : acceptez-le, refusez-le, ou attendez."
)


def proposer(
    *, acteur: Acteur, regle: Regle, valeurs: dict[str, Any], motif: str
) -> ChangementRegle:
    """Say what the rule would become, and why. The employers that the person directs agree at once;
    where that is all of them, the rule changes there and then."""
    exiger(refus_proposer(acteur))
    demarche = _verrouiller(acteur.demarche.pk)
    en_attente = ChangementRegle.objects.filter(demarche=demarche, regle=regle, etat=Etat.PROPOSE)
    if en_attente.exists():
        raise ActionImpossible(DEJA_EN_ATTENTE)
    avant = lire(demarche, CHAMPS[regle])
    if valeurs == avant:
        raise ActionImpossible("C’est déjà la règle : rien ne changerait.")
    _controler({**lire(demarche), **valeurs})
    changement = ChangementRegle.objects.create(
        demarche=demarche,
        regle=regle,
        avant=en_json(avant),
        apres=en_json(valeurs),
        motif=motif.strip(),
        propose_par=acteur.mandat,
    )
    _noter(
        acteur, changement, Actes.REGLE_PROPOSEE, f"Changement proposé, {_de_a(changement)}", motif
    )
    _accorder(acteur, changement)
    if not _appliquer_si_tous(acteur, changement):
        _prevenir(acteur, changement, "propose")
    return changement


def accepter(*, acteur: Acteur, changement: ChangementRegle) -> bool:
    """Agree, for all the employers that the person directs. True: the rule is changed."""
    changement = _relire(acteur, changement)
    exiger(refus_repondre(acteur, changement, _deja(changement)))
    _noter(acteur, changement, Actes.REGLE_ACCORD, f"Accord, {_de_a(changement)}")
    _accorder(acteur, changement)
    return _appliquer_si_tous(acteur, changement)


def refuser(*, acteur: Acteur, changement: ChangementRegle, motif: str) -> None:
    """One refusal closes it: a rule is everybody's."""
    changement = _relire(acteur, changement)
    exiger(refus_repondre(acteur, changement, _deja(changement)))
    changement.motif_refus = motif.strip()
    _clore(acteur, changement, Etat.REFUSE)
    _noter(
        acteur, changement, Actes.REGLE_REFUSEE, f"Changement refusé, {_de_a(changement)}", motif
    )
    _prevenir(acteur, changement, "refuse")


def retirer(*, acteur: Acteur, changement: ChangementRegle) -> None:
    """Whoever proposed it thinks again."""
    changement = _relire(acteur, changement)
    exiger(refus_retirer(acteur, changement))
    _clore(acteur, changement, Etat.RETIRE)
    _noter(acteur, changement, Actes.REGLE_RETIREE, f"Changement retiré, {_de_a(changement)}")
    _prevenir(acteur, changement, "retire")


def _verrouiller(demarche_id: int) -> Demarche:
    return Demarche.objects.select_for_update().get(pk=demarche_id)


def _relire(acteur: Acteur, changement: ChangementRegle) -> ChangementRegle:
    """The démarche under lock, then the change as it stands."""
    _verrouiller(changement.demarche_id)
    return ChangementRegle.objects.select_related("demarche", "propose_par").get(pk=changement.pk)


def _deja(changement: ChangementRegle) -> set[int]:
    return set(changement.accords.values_list("collectivite_id", flat=True))


def _accorder(acteur: Acteur, changement: ChangementRegle) -> None:
    """For the employer that the acteur acts for, and for the others that the same person directs."""
    deja = _deja(changement)
    siens = Mandat.objects.en_vigueur().filter(
        utilisateur=acteur.utilisateur,
        role=Role.DGS,
        collectivite__demarche=changement.demarche_id,
    )
    AccordRegle.objects.bulk_create(
        AccordRegle(changement=changement, collectivite_id=m.collectivite_id, par=m)
        for m in siens.order_by("collectivite_id", "pk")
        if m.collectivite_id not in deja
    )


def _appliquer_si_tous(acteur: Acteur, changement: ChangementRegle) -> bool:
    """In force once no employer is missing; False while one is."""
    demarche = changement.demarche
    manquent = demarche.collectivites.exclude(pk__in=_deja(changement))
    if manquent.exists():
        return False
    valeurs = du_json(changement.apres)
    _controler({**lire(demarche), **valeurs})
    for champ, valeur in valeurs.items():
        setattr(demarche, champ, valeur)
    _clore(acteur, changement, Etat.EN_VIGUEUR)
    poser_version(demarche, changement)
    demarche.save(update_fields=list(valeurs))
    _noter(acteur, changement, Actes.REGLE_EN_VIGUEUR, f"Règle changée, {_de_a(changement)}")
    _prevenir(acteur, changement, "en_vigueur")
    return True


def _controler(valeurs: dict[str, Any]) -> None:
    """Two rules may have changed since: the whole must hold."""
    for refus in refus_des_valeurs(valeurs).values():
        raise ActionImpossible(refus)


def _clore(acteur: Acteur, changement: ChangementRegle, etat: str) -> None:
    changement.etat = etat
    changement.clos_le = timezone.now()
    changement.clos_par = acteur.mandat
    changement.save(update_fields=["etat", "clos_le", "clos_par", "motif_refus"])


def _de_a(changement: ChangementRegle) -> str:
    """« objectif : de 36 mobilités à 40 mobilités »."""
    regle = Regle(changement.regle)
    avant, apres = dire(regle, changement.avant), dire(regle, changement.apres)
    return f"{regle.label.lower()} : « {avant} » devient « {apres} »"


def _noter(
    acteur: Acteur, changement: ChangementRegle, acte: Actes, libelle: str, motif: str = ""
) -> None:
    # Of the whole démarche: each employer reads it.
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=libelle,
        objet=changement,
        collectivite=None,
        motif=motif,
        details={"avant": changement.avant, "apres": changement.apres},
    )


def _prevenir(acteur: Acteur, changement: ChangementRegle, quoi: str) -> None:
    """All the DGS but whoever acts; the DRH too, once a rule is changed."""
    regle = Regle(changement.regle)
    ecrire_aux_directions(
        "regles/changement",
        acteur=acteur,
        occasion=f"regle_{quoi}:{changement.pk}",
        roles=[Role.DGS, Role.DRH] if quoi == Etat.EN_VIGUEUR else [Role.DGS],
        quoi=quoi,
        regle=regle.label,
        avant=dire(regle, changement.avant),
        apres=dire(regle, changement.apres),
        motif=changement.motif_refus if quoi == Etat.REFUSE else changement.motif,
    )
