"""May this gate be passed, and is what stands behind it open? The élus' agreement opens all of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter_en_lettres, enumerer
from collectivites.models import Collectivite, Demarche
from collectivites.mots import Role
from collectivites.refus import Interdit
from pilotage.models import AccordElus, PassageJalon
from pilotage.mots import Jalon

RESERVE_A_UN_DGS = Interdit("Un jalon est franchi par un DGS.")
RESERVE_AU_DGS_LUI_MEME = Interdit("Cet engagement est celui du DGS, lui-même.")
FERMES = {
    Jalon.LANCEMENT: "La démarche n’est pas encore lancée : un DGS franchit d’abord le jalon « Lancement ».",
    Jalon.PROMOTION: (
        "Aucune promotion n’est à ouvrir : un DGS franchit d’abord le jalon « Ouverture d’une "
        "promotion »."
    ),
    Jalon.PROPOSITIONS: (
        "Les propositions ne sont pas encore ouvertes : un DGS franchit d’abord le jalon "
        "« Ouverture des propositions »."
    ),
}


def sans_accord(demarche: Demarche) -> list[Collectivite]:
    """The employers whose élus have not agreed, or no longer do. One query."""
    accords = AccordElus.objects.en_vigueur().filter(collectivite=OuterRef("pk"))
    return list(demarche.collectivites.filter(~Exists(accords)).order_by("pk"))


def refus_du_jalon(demarche: Demarche, jalon: str) -> str | None:
    """Why what stands behind the gate is not open: the gate is not passed, or an agreement of élus
    has been taken back since. One query when it is open."""
    accords = AccordElus.objects.en_vigueur().filter(collectivite=OuterRef("pk"))
    passages, promotions, manquent = (
        Demarche.objects.filter(pk=demarche.pk)
        .annotate(
            franchis=Count("passages", filter=Q(passages__jalon=jalon), distinct=True),
            ouvertes=Count("promotions", distinct=True),
            manquent=Exists(Collectivite.objects.filter(~Exists(accords), demarche=OuterRef("pk"))),
        )
        .values_list("franchis", "ouvertes", "manquent")
        .get()
    )
    if passages <= (promotions if jalon == Jalon.PROMOTION else 0):
        return FERMES[Jalon(jalon)]
    if manquent:
        noms = enumerer([c.nom for c in sans_accord(demarche)])
        return f"L’accord des élus n’est plus enregistré : {noms}."
    return None


def refus_franchir_jalon(
    acteur: Acteur, jalon: Jalon, *, franchi: bool, manque: Iterable[str]
) -> str | None:
    """A DGS, once, when every condition holds. Nobody passes without the élus."""
    if not acteur.est(Role.DGS):
        return RESERVE_A_UN_DGS
    if franchi:
        return "Ce jalon est déjà franchi."
    if restent := list(manque):
        combien = compter_en_lettres(
            len(restent), "condition manque,conditions manquent", feminin=True
        )
        return f"{combien.capitalize()} encore : {enumerer(restent)}."
    return None


def rang_suivant(demarche: Demarche, jalon: str) -> int:
    """Which passage comes next: each promotion has its own, the other gates are passed once."""
    if jalon != Jalon.PROMOTION:
        return 1
    return PassageJalon.objects.filter(demarche=demarche, jalon=jalon).count() + 1


def refus_s_engager(acteur: Acteur, *, engage: bool) -> str | None:
    """A DGS, for their own collectivité, once."""
    if not acteur.est(Role.DGS):
        return RESERVE_AU_DGS_LUI_MEME
    return "Vous avez déjà engagé votre collectivité." if engage else None


def refus_renoncer(acteur: Acteur, *, ecrits: bool, deja: bool) -> str | None:
    """A DGS, for a collectivité that has written none."""
    if not acteur.est(Role.DGS):
        return Interdit("Renoncer à écrire des critères revient au DGS.")
    if ecrits:
        return "Votre collectivité a écrit des critères : il n’y a rien à dire de plus."
    return "Votre collectivité l’a déjà dit." if deja else None
