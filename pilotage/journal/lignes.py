"""Lines of the journal as they are read: the person only for those who may see them, and a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import de
from collectivites.models import Collectivite, EntreeJournal
from collectivites.mots import Role

#: Pages of the objects that every reader of the line may open, with their key or without.
PAGES = {"parcours.promotion": "parcours:promotion"}
PAGES_SANS_CLE = {"pilotage.etaperoute": "pilotage:feuille_de_route"}

#: What the acts are called where one filters by them.
LIBELLES_ACTES = {
    "bilan.remis": "Bilan remis",
    "cadre.accord": "Oui donné",
    "cadre.confie": "Cadre confié à un accompagnateur",
    "cadre.desaccord": "Non donné",
    "cadre.informe": "Cadre informé",
    "cadre.modifie": "Fiche modifiée",
    "cadre.depart_annule": "Départ annulé",
    "cadre.non_retenu": "Cadre non retenu",
    "cadre.parti": "Départ de la collectivité",
    "cadre.poste_libere": "Poste libéré",
    "cadre.recense": "Cadre recensé",
    "cadre.relance": "Cadre relancé",
    "cadre.retenu": "Cadre retenu",
    "cadre.retire": "Retrait de la démarche",
    "coaching.annule": "Coaching annulé",
    "coaching.decline": "Coaching décliné par la personne",
    "coaching.deplace": "Coaching déplacé",
    "coaching.fixe": "Coaching fixé",
    "coaching.notes_scellees": "Notes de coaching scellées",
    "coaching.notes_transmises": "Notes de coaching transmises",
    "coaching.presence": "Présence au coaching notée",
    "coaching.synthese_publiee": "Synthèse publiée",
    "coaching.synthese_retiree": "Synthèse retirée",
    "delegation.donnee": "Délégation donnée",
    "delegation.revoquee": "Délégation révoquée",
    "etape.ajoutee": "Étape du parcours ajoutée",
    "etape.deplacee": "Étape du parcours déplacée",
    "etape.faite": "Étape du parcours faite",
    "etape.fixee": "Étape du parcours fixée",
    "etape.manquee": "Étape du parcours manquée",
    "etape.modifiee": "Étape du parcours modifiée",
    "etape.planifiee": "Étape du parcours planifiée",
    "etape.retiree": "Étape du parcours retirée",
    "inscription.faite": "Inscription à une promotion",
    "mobilite.abandonnee": "Mobilité abandonnée",
    "mobilite.effective": "Mobilité effective",
    "mobilite.ouverte": "Dossier de mobilité ouvert",
    "mobilite.preparee": "Mobilité préparée",
    "opportunite.modifiee": "Poste ouvert modifié",
    "opportunite.ouverte": "Poste ouvert",
    "opportunite.publiee": "Poste publié",
    "opportunite.retiree": "Poste retiré",
    "parcours.acheve": "Parcours achevé",
    "parcours.interrompu": "Parcours interrompu",
    "parcours.sortie": "Suite du parcours dite",
    "promotion.ouverte": "Promotion ouverte",
    "proposition.acceptee": "Proposition acceptée",
    "proposition.envoyee": "Proposition envoyée",
    "proposition.expiree": "Proposition expirée",
    "proposition.preparee": "Proposition préparée",
    "proposition.refusee": "Proposition refusée",
    "proposition.retiree": "Proposition retirée",
    "proposition.validee": "Proposition validée",
    "recensement.importe": "Recensement importé",
    "reserve.caduque": "Réserve caduque",
    "reserve.deposee": "Réserve déposée",
    "reserve.levee": "Réserve levée",
    "reserve.retenue": "Réserve retenue",
    "route.etape_faite": "Étape de la feuille de route faite",
}


def libelle_acte(code: str) -> str:
    """« Cadre retenu »; a code that has no label yet is still readable."""
    return LIBELLES_ACTES.get(code) or code.replace(".", " ").replace("_", " ").capitalize()


@dataclass(frozen=True)
class Ligne:
    """One decision, in the words of its reader."""

    quand: datetime
    quoi: str
    qui: str
    au_nom_de: Collectivite | None
    role: str
    delegation: str
    pourquoi: str
    cadre: str
    url: str


def lire(acteur: Acteur, entrees: Iterable[EntreeJournal]) -> list[Ligne]:
    """The lines, with the names of the cadres that the acteur sees. One query at most.

    `entrees` come with `avec_auteurs`.
    """
    entrees = list(entrees)
    refs = {e.cadre_ref for e in entrees if e.cadre_ref is not None}
    noms: dict[int, str] = {}
    if refs and acteur.role != Role.CADRE:
        visibles = Cadre.objects.visibles_par(acteur).filter(pk__in=refs)
        noms = {pk: f"{p} {n}" for pk, p, n in visibles.values_list("pk", "prenom", "nom")}
    return [_ligne(acteur, e, noms) for e in entrees]


def _ligne(acteur: Acteur, entree: EntreeJournal, noms: dict[int, str]) -> Ligne:
    return Ligne(
        quand=entree.quand,
        quoi=entree.libelle,
        qui=_auteur(acteur, entree, noms),
        au_nom_de=entree.au_nom_de,
        role=Role(entree.role).label if entree.role in Role.values else "",
        delegation=(
            f"par délégation {de(entree.delegation.delegant.utilisateur.nom_complet)}"
            if entree.delegation
            else ""
        ),
        pourquoi=entree.motif,
        cadre=noms.get(entree.cadre_ref or 0, ""),
        url=_adresse(acteur, entree, noms),
    )


def _auteur(acteur: Acteur, entree: EntreeJournal, noms: dict[int, str]) -> str:
    """Who decided. A cadre who decided for themselves is named to those who see their file."""
    if entree.auteur is None:
        return "Automatiquement, à l’échéance"
    if entree.role == Role.CADRE and acteur.role != Role.CADRE and entree.cadre_ref not in noms:
        return "Un cadre"
    return entree.auteur.nom_complet


def _adresse(acteur: Acteur, entree: EntreeJournal, noms: dict[int, str]) -> str:
    """Where to read more: the person's page, or the object's when all its readers may open it."""
    if acteur.role == Role.CADRE:
        return reverse("pilotage:mon_parcours")
    if entree.cadre_ref in noms:
        return reverse("cadres:fiche", args=[entree.cadre_ref])
    if entree.objet_type == "collectivites.delegation":
        peut_lire = acteur.est(Role.DGS, Role.DRH)
        return reverse("collectivites:delegations") if peut_lire else ""
    if entree.objet_type in PAGES_SANS_CLE:
        return reverse(PAGES_SANS_CLE[entree.objet_type])
    if nom := PAGES.get(entree.objet_type):
        return reverse(nom, args=[entree.objet_id])
    return ""
