"""Lines of the journal as they are read: the person only for those who may see them, and a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import de
from collectivites.models import Collectivite, EntreeJournal
from collectivites.mots import Acte, Role, actes_du_journal
from pilotage.journal.personnes import cadres_des_objets

#: Pages of the objects that every reader of the line may open, with their key or without.
PAGES = {"parcours.promotion": "parcours:promotion"}
PAGES_SANS_CLE = {
    "pilotage.etaperoute": "pilotage:feuille_de_route",
    "pilotage.passagejalon": "pilotage:jalons",
    "pilotage.engagementdgs": "pilotage:jalons",
    "pilotage.renonciationcriteres": "pilotage:jalons",
    "pilotage.informationelus": "pilotage:elus",
    "pilotage.accordelus": "pilotage:elus",
    "pilotage.actioncommunication": "pilotage:communication",
    "pilotage.elementsdelangage": "pilotage:langage",
}


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
    acte: str
    #: The acts that a delegation covers.
    actes: str


def lire(acteur: Acteur, entrees: Iterable[EntreeJournal]) -> list[Ligne]:
    """The lines, with the names of the cadres that the acteur sees. Four queries at most.

    `entrees` come with `requetes.RELATIONS`.
    """
    entrees = list(entrees)
    refs = {e.cadre_ref for e in entrees if e.cadre_ref is not None}
    noms: dict[int, str] = {}
    if refs and acteur.role != Role.CADRE:
        visibles = Cadre.objects.visibles_par(acteur).filter(pk__in=refs)
        noms = {pk: f"{p} {n}" for pk, p, n in visibles.values_list("pk", "prenom", "nom")}
    objets = cadres_des_objets(acteur, entrees)
    libelles = {code: dire(libelle) for code, libelle in actes_du_journal().items()}
    return [_ligne(acteur, e, noms, objets, libelles) for e in entrees]


def _ligne(
    acteur: Acteur,
    entree: EntreeJournal,
    noms: dict[int, str],
    objets: dict[tuple[str, str], tuple[int, str]],
    libelles: dict[str, str],
) -> Ligne:
    return Ligne(
        quand=entree.quand,
        quoi=dire(entree.libelle),
        qui=_auteur(acteur, entree, noms),
        au_nom_de=entree.au_nom_de,
        role=dire(str(Role(entree.role).label)) if entree.role in Role.values else "",
        delegation=(
            f"par délégation {de(entree.delegation.delegant.utilisateur.nom_complet)}"
            if entree.delegation
            else ""
        ),
        pourquoi=entree.motif,
        cadre=_cadre(entree, noms, objets),
        url=_adresse(acteur, entree, noms),
        acte=libelles.get(entree.acte, ""),
        actes=_actes_delegues(entree),
    )


def _cadre(
    entree: EntreeJournal, noms: dict[int, str], objets: dict[tuple[str, str], tuple[int, str]]
) -> str:
    if entree.cadre_ref is not None:
        return noms.get(entree.cadre_ref, "")
    return objets.get((entree.objet_type, entree.objet_id), (0, ""))[1]


def _actes_delegues(entree: EntreeJournal) -> str:
    """« Retenir ou ne pas retenir un cadre ; Ouvrir une promotion »."""
    if entree.objet_type != "collectivites.delegation":
        return ""
    libelles = [
        dire(str(Acte(acte).label))
        for acte in entree.details.get("actes", ())
        if acte in Acte.values
    ]
    return " ; ".join(libelles)


def _auteur(acteur: Acteur, entree: EntreeJournal, noms: dict[int, str]) -> str:
    """Who decided. A cadre who decided for themselves is named to those who see their file."""
    if entree.auteur is None:
        return "Automatiquement, à l’échéance"
    if entree.role == Role.CADRE and acteur.role != Role.CADRE and entree.cadre_ref not in noms:
        return dire("Un cadre")
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
