"""Writing a line of the journal: every action that decides ends with one."""

from typing import Any

from django.db.models import Model

from collectivites.acteurs.acteur import Acteur
from collectivites.chaine.maillons import chainer_apres
from collectivites.models import Collectivite, Demarche, EntreeJournal, Utilisateur
from collectivites.mots import Acte, ActeJournal, Role

#: Characters of a line.
LIBELLE_MAX = 300


def journaliser(
    *,
    acteur: Acteur | None,
    acte: ActeJournal,
    libelle: str,
    objet: Model,
    collectivite: Collectivite | None,
    demarche: Demarche | None = None,
    cadre_ref: int | None = None,
    motif: str = "",
    details: dict[str, Any] | None = None,
    delegue: Acte | None = None,
    reserve_a_la_personne: bool = False,
    suite_de: EntreeJournal | None = None,
    auteur: Utilisateur | None = None,
) -> EntreeJournal:
    """Append what was decided. `libelle` never holds a cadre's name: `cadre_ref` points to them.
    It is cut at LIBELLE_MAX.

    `acteur` is None for what the clock does, or an operator (`auteur`), who acts for no employer: then
    `demarche` is needed. `delegue`: the DGS's act that the acteur took; unless they are a DGS, the live
    delegation is recorded. `suite_de`: the first line of the same decision, which engages another one.
    TypeError for an act that no room declares: the page of the journal would have no word for it.
    """
    if not isinstance(acte, ActeJournal):
        raise TypeError(f"{acte!r} is no act: declare it, with its label, in a room's mots.Actes")
    delegation = None
    if acteur is not None and delegue is not None and acteur.role != Role.DGS:
        delegation = acteur.delegation_pour(delegue)
    if acteur is not None:
        demarche = acteur.demarche
    assert demarche is not None, "journaliser: a démarche is needed when the clock decides"
    chainer_apres(demarche.pk)
    return EntreeJournal.objects.create(
        demarche=demarche,
        collectivite=collectivite,
        auteur=acteur.utilisateur if acteur else auteur,
        role=acteur.role if acteur else "",
        au_nom_de=acteur.collectivite if acteur else None,
        delegation=delegation,
        acte=acte,
        libelle=libelle[:LIBELLE_MAX],
        objet_type=objet._meta.label_lower,
        objet_id=str(objet.pk),
        cadre_ref=cadre_ref,
        motif=motif,
        details=details or {},
        reserve_a_la_personne=reserve_a_la_personne,
        suite_de=suite_de,
    )
