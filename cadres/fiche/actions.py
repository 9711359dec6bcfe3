"""A file of the registre: listing one person, correcting, changing poste."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadres.candidature import comptes
from cadres.donnees_personnelles.oppositions import OPPOSEE, OPPOSEE_AILLEURS, Oppositions
from cadres.fiche import predicats
from cadres.fiche.anciens import ceder_les_identifiants
from cadres.fiche.journal import noter
from cadres.fiche.verrous import prendre, verrouiller, verrouiller_plusieurs
from cadres.models import Cadre, Candidature
from cadres.mots import Actes, Avancee, Origine
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Direction, Mandat, Poste
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger

#: What a form or a staff list may say of a cadre, beside `poste` and `direction` (texts).
CHAMPS_SIMPLES = (
    "civilite",
    "nom",
    "prenom",
    "matricule",
    "courriel",
    "categorie",
    "cadre_emplois",
    "grade",
    "echelon",
    "statut",
    "date_entree_poste",
    "encadrement",
    "nb_agents",
    "domaine",
    "domaine_autre",
    "profil",
    "vise_promotion",
    "vise_mobilite",
    "vise_developpement",
    "motif_hors_public",
)


def recenser(*, acteur: Acteur, donnees: dict[str, Any]) -> Cadre:
    """List one person. They are told afterwards, by a separate act (`informer`)."""
    exiger(predicats.refus_recenser(acteur))
    # Two colleagues listing the same person at once: the second waits, then is refused.
    Collectivite.objects.select_for_update().get(pk=acteur.collectivite.pk)
    origine = Origine(donnees.get("origine") or Origine.RECENSEMENT)
    volontaire = origine == Origine.VOLONTARIAT
    oppositions = Oppositions(acteur.collectivite)
    qui = _identite(donnees)
    if oppositions(*qui) and not volontaire:
        raise ActionImpossible(OPPOSEE)
    exiger(
        comptes.refus_adresse(acteur.collectivite, donnees.get("courriel") or "", qui[0], qui[1])
    )
    levee = oppositions.lever(*qui)
    cadre = _creer(acteur.collectivite, donnees)
    Candidature.objects.create(cadre=cadre, origine=origine)
    noter(
        acteur,
        cadre,
        Actes.RECENSE,
        ("Volontaire inscrit au registre" if volontaire else "Cadre recensé")
        + (", son opposition est levée" if levee else ""),
        objet=cadre,
        motif=cadre.motif_hors_public,
    )
    return cadre


def _creer(collectivite: Collectivite, donnees: dict[str, Any]) -> Cadre:
    direction = direction_nommee(collectivite, donnees.get("direction", ""))
    poste = None
    if intitule := (donnees.get("poste") or "").strip():
        poste = Poste.objects.create(
            collectivite=collectivite,
            direction=direction,
            intitule=intitule,
            nb_agents_encadres=donnees.get("nb_agents"),
        )
    return Cadre.objects.create(
        collectivite=collectivite,
        direction=direction,
        poste=poste,
        **{champ: donnees[champ] for champ in CHAMPS_SIMPLES if champ in donnees},
    )


def _identite(donnees: dict[str, Any]) -> tuple[str, str, str, str]:
    nom, prenom, matricule, courriel = (
        str(donnees.get(champ) or "") for champ in ("nom", "prenom", "matricule", "courriel")
    )
    return nom, prenom, matricule, courriel


def modifier(*, acteur: Acteur, cadre: Cadre, donnees: dict[str, Any]) -> list[str]:
    """Correct a file; returns the names of the fields that changed. The journal says which."""
    cadre = verrouiller(cadre.pk)
    exiger(predicats.refus_modifier(acteur, cadre))
    ancienne = cadre.courriel
    changes = _changer_les_champs(cadre, donnees)
    if "courriel" in changes:
        exiger(comptes.refus_adresse(cadre.collectivite, cadre.courriel, cadre.nom, cadre.prenom))
    if {"nom", "prenom", "matricule", "courriel"} & {*changes} and Oppositions(cadre.collectivite)(
        cadre.nom, cadre.prenom, cadre.matricule, cadre.courriel
    ):
        raise ActionImpossible(OPPOSEE_AILLEURS)  # the file of one may not become that of another
    changes += _changer_le_poste(cadre, donnees, nouveau="date_entree_poste" in changes)
    if not changes:
        return []
    cadre.save()
    if "courriel" in changes:
        comptes.suivre_adresse(cadre)
        comptes.prevenir_du_changement(cadre, ancienne, acteur)
    libelles = ", ".join(libelle_champ(champ) for champ in changes)
    noter(
        acteur,
        cadre,
        Actes.MODIFIE,
        f"Fiche modifiée : {libelles}",
        objet=cadre,
        details={"champs": changes},
    )
    return changes


def _changer_les_champs(cadre: Cadre, donnees: dict[str, Any]) -> list[str]:
    changes = [
        champ
        for champ in CHAMPS_SIMPLES
        if champ in donnees and getattr(cadre, champ) != donnees[champ]
    ]
    for champ in changes:
        setattr(cadre, champ, donnees[champ])
    return changes


def _changer_le_poste(cadre: Cadre, donnees: dict[str, Any], *, nouveau: bool) -> list[str]:
    """The direction, then the poste. `nouveau`: with another date of arrival."""
    changes = []
    if "direction" in donnees:
        avant = cadre.direction.libelle if cadre.direction else ""
        if (donnees["direction"] or "").strip() != avant:
            cadre.direction = direction_nommee(cadre.collectivite, donnees["direction"])
            changes.append("direction")
    if "poste" in donnees:
        avant = cadre.poste.intitule if cadre.poste else ""
        if (donnees["poste"] or "").strip() != avant:
            cadre.poste = renommer_poste(cadre, donnees["poste"] or "", nouveau)
            changes.append("poste")
    return changes


def marquer_avancee(*, cadre: Cadre, avancee: Avancee) -> None:
    """How far a retained cadre has come; the act that causes it has its own line."""
    cadre.candidature.avancee = avancee
    cadre.candidature.save(update_fields=["avancee"])


def changer_de_poste(*, acteur: Acteur, cadre: Cadre, poste: Poste, date_effet: date) -> Cadre:
    """The move is effective: the file follows the person to the poste and its collectivité.

    Nobody is put out of their poste by an arrival: only somebody who has left gives it up.
    """
    titulaire = Cadre.objects.filter(poste=poste).values_list("pk", flat=True)
    concernes = {c.pk: c for c in verrouiller_plusieurs([cadre.pk, *titulaire])}
    cadre = concernes.pop(cadre.pk)
    for occupant in concernes.values():
        _liberer_du_parti(acteur, occupant)
    quittee = cadre.collectivite_id
    cadre.poste = poste
    cadre.direction = poste.direction
    cadre.collectivite = poste.collectivite
    cadre.date_entree_poste = date_effet
    cadre.nb_agents = poste.nb_agents_encadres
    if poste.nb_agents_encadres is not None:
        cadre.encadrement = poste.nb_agents_encadres > 0
    if quittee != cadre.collectivite_id:
        ceder_les_identifiants(cadre, quittee, date_effet)
        cadre.depart_prevu_le, cadre.motif_depart_prevu = None, ""
        _suivre_mandat(cadre, quittee, date_effet)
    cadre.save()
    marquer_avancee(cadre=cadre, avancee=Avancee.EFFECTIVE)
    return cadre


def echanger_les_postes(*, acteur: Acteur, arrivees: Sequence[tuple[Cadre, Poste, date]]) -> None:
    """Several move at once, each to a poste that one of them leaves: all give theirs up, then take
    the other, inside one transaction."""
    prendre(cadre.pk for cadre, *_ in arrivees)
    Cadre.objects.filter(pk__in=[cadre.pk for cadre, *_ in arrivees]).update(poste=None)
    for cadre, poste, date_effet in arrivees:
        changer_de_poste(acteur=acteur, cadre=cadre, poste=poste, date_effet=date_effet)


def _liberer_du_parti(acteur: Acteur, occupant: Cadre) -> None:
    if occupant.parti_le is None:
        raise ActionImpossible("Ce poste est encore tenu : son titulaire part d’abord.")
    occupant.poste = None
    occupant.save(update_fields=["poste"])
    noter(
        acteur,
        occupant,
        Actes.POSTE_LIBERE,
        "Poste libéré dans le registre, après le départ de la personne",
        objet=occupant,
    )


def _suivre_mandat(cadre: Cadre, quittee: int, date_effet: date) -> None:
    """The account acts as a cadre of the new collectivité, at once and without a gap."""
    if cadre.utilisateur is None:
        return
    debut = min(date_effet, timezone.localdate())
    ancien = (
        Mandat.objects.en_vigueur()
        .filter(utilisateur=cadre.utilisateur, collectivite=quittee, role=Role.CADRE)
        .first()
    )
    if ancien is not None and ancien.debut >= debut:
        # Not one full day under the former mandat: it is the same mandat, moved.
        ancien.collectivite = cadre.collectivite
        ancien.save(update_fields=["collectivite"])
        return
    if ancien is not None:
        ancien.fin = debut - timedelta(days=1)
        ancien.save(update_fields=["fin"])
    if not (
        Mandat.objects.en_vigueur()
        .filter(utilisateur=cadre.utilisateur, collectivite=cadre.collectivite, role=Role.CADRE)
        .exists()
    ):
        Mandat.objects.create(
            utilisateur=cadre.utilisateur,
            collectivite=cadre.collectivite,
            role=Role.CADRE,
            debut=debut,
        )


def direction_nommee(collectivite: Collectivite, libelle: str | None) -> Direction | None:
    """The direction of that name, created when it is new."""
    libelle = " ".join((libelle or "").split())[:160]
    if not libelle:
        return None
    connue = Direction.objects.filter(collectivite=collectivite, libelle__iexact=libelle).first()
    return connue or Direction.objects.create(collectivite=collectivite, libelle=libelle)


def renommer_poste(cadre: Cadre, intitule: str, nouvelle_affectation: bool) -> Poste | None:
    """A new title corrects the poste; with a new date of arrival, it is another poste."""
    intitule = " ".join(intitule.split())[:200]
    if not intitule:
        return None
    if cadre.poste is None or nouvelle_affectation:
        return Poste.objects.create(
            collectivite_id=cadre.collectivite_id,
            direction=cadre.direction,
            intitule=intitule,
            nb_agents_encadres=cadre.nb_agents,
        )
    cadre.poste.intitule = intitule
    cadre.poste.save(update_fields=["intitule"])
    return cadre.poste


def libelle_champ(champ: str) -> str:
    """« grade », « dans le poste depuis »: as the forms name it."""
    return str(getattr(Cadre._meta.get_field(champ), "verbose_name", champ))
