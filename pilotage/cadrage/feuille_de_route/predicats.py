"""What may be done on the feuille de route: the same answer draws the button and guards the act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite, date_texte, enumerer
from collectivites.models import Collectivite, Demarche, Mandat
from collectivites.mots import ROLES_EMPLOYEUR, Acte
from collectivites.refus import RESERVE_AU_DGS, Interdit
from pilotage.models import EtapeRoute

RESERVE_AUX_CONCERNEES = Interdit("Cette étape revient aux collectivités qu’elle concerne.")
RESERVE_AUX_EMPLOYEURS = Interdit("La feuille de route s’écrit par les employeurs de la démarche.")
DEJA_FAITE = "Cette étape est déjà marquée comme faite."
#: A bilan may follow the last day: beyond, it is a slip of the year.
APRES_LA_FIN = timedelta(days=366)


def concernees(etape: EtapeRoute) -> set[int] | None:
    """Keys of the employers that a step awaits; None: all those of the démarche. Reads `concernees`:
    prefetch it."""
    if etape.collectivite_id is not None:
        return {etape.collectivite_id}
    return {c.pk for c in etape.concernees.all()} or None


def est_concerne(acteur: Acteur, etape: EtapeRoute) -> bool:
    if etape.demarche_id != acteur.demarche.pk:
        return False
    attendues = concernees(etape)
    return attendues is None or acteur.collectivite.pk in attendues


# --- Writing steps ---------------------------------------------------------------------------------


def refus_ecrire(acteur: Acteur) -> str | None:
    """The services of the employers: DGS, DRH, gestionnaires."""
    return None if acteur.est_employeur else RESERVE_AUX_EMPLOYEURS


def refus_modifier(acteur: Acteur, etape: EtapeRoute) -> str | None:
    """Those whom the step concerns, until it is done."""
    if refus := refus_ecrire(acteur):
        return refus
    if not est_concerne(acteur, etape):
        return RESERVE_AUX_CONCERNEES
    if etape.faite_le is not None:
        return "Cette étape est faite. Pour la changer, rouvrez-la d’abord."
    return None


def refus_retirer(
    acteur: Acteur, etape: EtapeRoute, *, ecrite: bool = False, suivantes: Iterable[str] = ()
) -> str | None:
    """As for changing it; while nobody has ever closed it (`ecrite`), and nothing comes after it."""
    if refus := refus_modifier(acteur, etape):
        return refus
    if ecrite:
        return "Cette étape a été marquée comme faite : ce qui en a été dit reste écrit."
    if suites := list(suivantes):
        return f"D’autres étapes viennent après elle : {enumerer([cite(s) for s in suites])}."
    return None


def refus_de_periode(demarche: Demarche, debut: date | None, echeance: date) -> str | None:
    """Why these dates cannot be those of a step."""
    for jour in filter(None, (debut, echeance)):
        if not demarche.date_debut <= jour <= demarche.date_fin + APRES_LA_FIN:
            return (
                f"La démarche va du {date_texte(demarche.date_debut)} au "
                f"{date_texte(demarche.date_fin)} : vérifiez l’année."
            )
    if debut is not None and debut > echeance:
        return "L’étape commence avant son échéance."
    return None


def refus_responsable(
    mandat: Mandat | None, demarche: Demarche, attendues: Iterable[Collectivite]
) -> str | None:
    """Somebody whose mandat lives today, in one of the employers that the step awaits."""
    if mandat is None:
        return None
    ids = {c.pk for c in attendues}
    jour = timezone.localdate()
    vit = mandat.debut <= jour and (mandat.fin is None or mandat.fin >= jour)
    if not vit or mandat.role not in ROLES_EMPLOYEUR:
        return "Cette personne n’a pas de mandat en cours dans la démarche."
    if mandat.collectivite.demarche_id != demarche.pk or (
        ids and mandat.collectivite_id not in ids
    ):
        return "Le responsable appartient à l’une des collectivités concernées."
    return None


def refus_des_concernees(
    acteur: Acteur, attendues: Iterable[Collectivite], *, closes: Iterable[int] = ()
) -> str | None:
    """One writes for oneself, alone or with others; whoever has closed the step stays in it."""
    ids = {c.pk for c in attendues}
    if not ids:
        return "Choisissez au moins une collectivité."
    if acteur.collectivite.pk not in ids:
        return f"{acteur.collectivite.nom} doit être parmi les collectivités concernées."
    if not set(closes) <= ids:
        return "Une collectivité qui a déjà marqué l’étape comme faite ne peut pas en sortir."
    return None


def refus_de_cycle(
    etape: EtapeRoute | None, apres: Iterable[EtapeRoute], liens: dict[int, set[int]]
) -> str | None:
    """`liens`: step → those that it comes after. No step comes, however far, after itself."""
    if etape is None:
        return None
    for precedente in apres:
        a_voir, vues = [precedente.pk], set()
        while a_voir:
            pk = a_voir.pop()
            if pk == etape.pk:
                return f"{cite(precedente.intitule)} vient déjà après cette étape."
            if pk not in vues:
                vues.add(pk)
                a_voir.extend(liens.get(pk, ()))
    return None


# --- Closing, and opening again --------------------------------------------------------------------


def refus_franchir(
    acteur: Acteur, etape: EtapeRoute, *, closes: Iterable[int] = (), manque: Iterable[str] = ()
) -> str | None:
    """A DGS, or a DRH to whom they delegated it, for their own employer, after what comes before.

    `closes`: the employers that have closed it; `manque`: what it comes after, and is not done.
    """
    if not est_concerne(acteur, etape):
        return RESERVE_AUX_CONCERNEES
    if not acteur.peut(Acte.FRANCHIR_ETAPE):
        return RESERVE_AU_DGS
    if etape.faite_le is not None:
        return DEJA_FAITE
    if acteur.collectivite.pk in set(closes):
        return "Votre collectivité a déjà marqué cette étape comme faite."
    if restent := list(manque):
        return f"Cette étape vient après {enumerer([cite(r) for r in restent])}."
    return None


def refus_rouvrir(
    acteur: Acteur,
    etape: EtapeRoute,
    *,
    closes: Iterable[int],
    suivantes_faites: Iterable[str] = (),
) -> str | None:
    """Whoever may close it for their employer, while nothing that comes after is done."""
    if not est_concerne(acteur, etape):
        return RESERVE_AUX_CONCERNEES
    if not acteur.peut(Acte.FRANCHIR_ETAPE):
        return RESERVE_AU_DGS
    if acteur.collectivite.pk not in set(closes):
        return "Votre collectivité n’a pas marqué cette étape comme faite."
    if suites := list(suivantes_faites):
        return f"Rouvrez d’abord ce qui vient après : {enumerer([cite(s) for s in suites])}."
    return None


def refus_preuve(demarche: Demarche, preuve: str, faite_le: date) -> str | None:
    """What is said of the step: a proof, and a day of the démarche that has come."""
    if not preuve.strip():
        return "Dites en une ligne ce qui prouve que l’étape est faite."
    return refus_du_jour(demarche, faite_le)


def refus_du_jour(demarche: Demarche, jour: date) -> str | None:
    """A day on which something of the démarche may have been done."""
    if jour > timezone.localdate():
        return "Une étape ne peut pas être faite dans l’avenir."
    if jour < demarche.date_debut:
        return f"La démarche commence le {date_texte(demarche.date_debut)} : vérifiez l’année."
    return None
