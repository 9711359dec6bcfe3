"""Two files of one person made one, and separated again for thirty days.

The file that has lived is kept; the other must have had no life of its own beyond being listed and
told: what it holds fills the blanks of the first, its other identifiers become former ones, its
readings and mails follow. A room that hangs anything else on it makes the act impossible, whatever
the room: nothing is ever merged that two people could have done.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import serializers
from django.db.models import CASCADE, Model
from django.utils import timezone

from cadres.candidature import comptes
from cadres.fiche import predicats
from cadres.fiche.actions import CHAMPS_SIMPLES, libelle_champ
from cadres.fiche.enlever import enlever_des_postes
from cadres.fiche.journal import noter
from cadres.fiche.verrous import verrouiller, verrouiller_plusieurs
from cadres.models import (
    AncienIdentifiant,
    Cadre,
    Candidature,
    CompetenceDite,
    Consultation,
    DemandeCorrection,
    Fusion,
)
from cadres.mots import Actes, NatureIdentifiant
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter
from collectivites.models import Courriel
from collectivites.refus import exiger

#: What follows the person from one file to the other.
SUIVENT: tuple[type[Model], ...] = (
    AncienIdentifiant,
    CompetenceDite,
    Consultation,
    DemandeCorrection,
    Fusion,
)
IDENTIFIANTS = (
    (NatureIdentifiant.MATRICULE, "matricule"),
    (NatureIdentifiant.COURRIEL, "courriel"),
)
#: Fields of the file, and the relations beside them.
CHAMPS = (*CHAMPS_SIMPLES, "poste_id", "direction_id", "utilisateur_id", "accompagnateur_id")


@dataclass(frozen=True)
class Champ:
    """One line of the preview: what each file says, and what stays."""

    libelle: str
    garde: str
    autre: str
    apres: str
    ancien: bool = False  # what the other said is kept as a former identifier


def dans_l_ordre(un: Cadre, deux: Cadre) -> tuple[Cadre, Cadre]:
    """(the file that is kept, the other): the one that went further, else the older."""
    sans_vie = predicats.SANS_VIE
    garde, autre = sorted(
        (un, deux),
        key=lambda cadre: (
            cadre.candidature.etat in sans_vie,
            cadre.candidature.informe_le is None,
            cadre.pk,
        ),
    )
    return garde, autre


def refus_reunir(acteur: Acteur, garde: Cadre, autre: Cadre) -> str | None:
    """The HR direction of both files, when only one of them has lived. Reads `candidature`."""
    if garde.pk == autre.pk:
        return "C’est la même fiche : choisissez-en une autre."
    for cadre in (garde, autre):
        if refus := predicats.refus_modifier(acteur, cadre):
            return refus
        if cadre.parti_le:
            return "L’une des deux personnes est notée partie : annulez d’abord son départ."
    if autre.candidature.etat not in predicats.SANS_VIE:
        return (
            "Ces deux fiches ont chacune leur réponse : ce sont peut-être deux personnes. "
            "Rien n’est réuni."
        )
    if autre.utilisateur_id is not None and autre.utilisateur_id != garde.utilisateur_id:
        assert autre.utilisateur is not None
        if garde.utilisateur_id is not None and autre.utilisateur.last_login is not None:
            return (
                "Ces deux fiches ont chacune un compte utilisé : ce sont peut-être deux personnes."
            )
    if porte := _ce_qu_elle_porte(autre):
        return f"La fiche à réunir porte déjà autre chose ({porte}) : rien n’est réuni."
    return None


def _ce_qu_elle_porte(cadre: Cadre) -> str:
    """What hangs on the file that no reunion moves: « vœu », « inscription », whatever the room."""
    for relation in Cadre._meta.related_objects:
        modele = relation.related_model
        if relation.on_delete is not CASCADE or modele in SUIVENT or modele is Candidature:
            continue
        if modele._default_manager.filter(**{relation.field.name: cadre.pk}).exists():
            return str(modele._meta.verbose_name)
    return ""


def apercu(garde: Cadre, autre: Cadre) -> list[Champ]:
    """What goes where, field by field; those that neither file tells are left out."""
    lignes = []
    for champ in (*CHAMPS_SIMPLES, "poste", "direction"):
        sien, sienne = _dit(garde, champ), _dit(autre, champ)
        if sien or sienne:
            ancien = champ in {"matricule", "courriel"} and bool(sien and sienne) and sien != sienne
            lignes.append(Champ(libelle_champ(champ), sien, sienne, sien or sienne, ancien))
    return lignes


def _dit(cadre: Cadre, champ: str) -> str:
    afficher = getattr(cadre, f"get_{champ}_display", None)
    valeur = afficher() if afficher else getattr(cadre, champ)
    if isinstance(valeur, bool):
        return "Oui" if valeur else ""
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return "" if valeur is None else str(valeur)


def ce_qui_suit(autre: Cadre) -> list[str]:
    """« 12 consultations », « 1 ancien identifiant »: what moves with the file."""
    dits = []
    for modele in SUIVENT:
        nombre = modele._default_manager.filter(**{_chemin(modele): autre.pk}).count()
        if nombre:
            nom, noms = modele._meta.verbose_name, modele._meta.verbose_name_plural
            dits.append(compter(nombre, f"{nom},{noms}"))
    return dits


def reunir(*, acteur: Acteur, un: Cadre, deux: Cadre) -> Cadre:
    """Make one file of the two; returns the one that is kept."""
    cadres = verrouiller_plusieurs([un.pk, deux.pk])
    garde, autre = dans_l_ordre(cadres[0], cadres[-1])
    exiger(refus_reunir(acteur, garde, autre))
    avant = _valeurs(garde)
    deplaces = _deplacer(autre, garde)
    copie: dict[str, Any] = {
        "pk": autre.pk,
        "objets": _serialiser(autre, garde),
        "deplaces": deplaces,
    }
    courriels = Courriel.objects.filter(cadre_ref=autre.pk)
    copie["courriels"] = list(courriels.values_list("pk", flat=True))
    courriels.update(cadre_ref=garde.pk)
    nouveaux = _completer(garde, autre)
    copie["anciens"] = _garder_les_identifiants(garde, autre)
    if autre.utilisateur_id is not None and "utilisateur_id" not in nouveaux:
        comptes.fermer_mandat(autre)  # an account that nobody used: the person has another
    poste_libre = autre.poste_id if autre.poste_id != garde.poste_id else None
    Cadre.objects.filter(pk=autre.pk).delete()
    garde.save()
    if poste_libre is not None:
        enlever_des_postes([poste_libre])
    copie["avant"] = {champ: avant[champ] for champ in nouveaux}
    copie["apres"] = {champ: _valeurs(garde)[champ] for champ in nouveaux}
    Fusion.objects.create(
        garde=garde, collectivite=garde.collectivite, par=acteur.mandat, copie=copie
    )
    noter(
        acteur,
        garde,
        Actes.REUNI,
        "Deux fiches de la même personne réunies",
        objet=garde,
        details={"fiche_reunie": autre.pk, "champs": nouveaux},
    )
    return garde


def _valeurs(cadre: Cadre) -> dict[str, Any]:
    valeurs = {champ: getattr(cadre, champ) for champ in CHAMPS}
    return {c: v.isoformat() if isinstance(v, date) else v for c, v in valeurs.items()}


def _serialiser(autre: Cadre, garde: Cadre) -> list[dict[str, Any]]:
    """The rows that go, in the order that they come back in."""
    objets: list[Model] = [autre, autre.candidature]
    if autre.poste is not None and garde.poste_id is not None:
        objets.insert(0, autre.poste)
    for modele in SUIVENT:  # what did not follow: both files say it
        objets += modele._default_manager.filter(**{_chemin(modele): autre.pk})
    lus: list[dict[str, Any]] = json.loads(serializers.serialize("json", objets))
    return lus


def _chemin(modele: type[Model]) -> str:
    return "garde" if modele is Fusion else "cadre"


def _deplacer(autre: Cadre, garde: Cadre) -> dict[str, list[Any]]:
    """What follows, by model; a skill or an identifier that both files say is said once."""
    deplaces: dict[str, list[Any]] = {}
    for modele in SUIVENT:
        chemin = _chemin(modele)
        lignes = modele._default_manager.filter(**{chemin: autre.pk})
        if modele is CompetenceDite:
            lignes = lignes.exclude(
                code__in=CompetenceDite.objects.filter(cadre=garde).values("code")
            )
        elif modele is AncienIdentifiant:
            deja = AncienIdentifiant.objects.filter(cadre=garde).values("valeur")
            lignes = lignes.exclude(valeur__in=deja)
        pks = list(lignes.values_list("pk", flat=True))
        if pks:
            modele._default_manager.filter(pk__in=pks).update(**{f"{chemin}_id": garde.pk})
            deplaces[modele._meta.label_lower] = pks
    return deplaces


def _completer(garde: Cadre, autre: Cadre) -> list[str]:
    """Fill the blanks of the file that is kept; the fields that changed."""
    nouveaux = [
        champ
        for champ in CHAMPS
        if _est_vide(champ, getattr(garde, champ)) and not _est_vide(champ, getattr(autre, champ))
    ]
    for champ in nouveaux:
        setattr(garde, champ, getattr(autre, champ))
    for relation in ("poste", "direction", "utilisateur", "accompagnateur"):
        garde._state.fields_cache.pop(relation, None)
    return nouveaux


def _est_vide(champ: str, valeur: Any) -> bool:
    """« Non » is an answer, but for an aim, where it says that nobody stated it."""
    return valeur is None or valeur == "" or (champ in Cadre.VISEES and valeur is False)


def _garder_les_identifiants(garde: Cadre, autre: Cadre) -> list[int]:
    """The other matricule and e-mail still tell the person in a staff list."""
    anciens = []
    for nature, champ in IDENTIFIANTS:
        valeur = getattr(autre, champ)
        if valeur and valeur.lower() != getattr(garde, champ).lower():
            ancien, cree = AncienIdentifiant.objects.get_or_create(
                cadre=garde,
                nature=nature,
                valeur=valeur,
                defaults={"collectivite": garde.collectivite, "jusqu_au": timezone.localdate()},
            )
            anciens += [ancien.pk] if cree else []
    return anciens


def separer(*, acteur: Acteur, fusion: Fusion) -> Cadre:
    """They were two people after all: the other file comes back as it was; the one that was kept loses
    what it had received, unless it changed since. Returns the file that comes back."""
    garde = verrouiller(fusion.garde_id)
    fusion = Fusion.objects.select_for_update(of=("self",)).get(pk=fusion.pk)
    fusion.garde = garde
    exiger(predicats.refus_separer(acteur, fusion))
    copie = fusion.copie
    actuelles = _valeurs(garde)
    for champ, avant in copie["avant"].items():
        if actuelles[champ] == copie["apres"][champ]:
            lue = date.fromisoformat(avant) if champ == "date_entree_poste" and avant else avant
            setattr(garde, champ, lue)
    for relation in ("poste", "direction", "utilisateur", "accompagnateur"):
        garde._state.fields_cache.pop(relation, None)
    AncienIdentifiant.objects.filter(pk__in=copie["anciens"]).delete()
    garde.save()
    for objet in serializers.deserialize("json", json.dumps(copie["objets"])):
        objet.save()
    for modele in SUIVENT:
        pks = copie["deplaces"].get(modele._meta.label_lower, [])
        modele._default_manager.filter(pk__in=pks).update(**{f"{_chemin(modele)}_id": copie["pk"]})
    Courriel.objects.filter(pk__in=copie["courriels"]).update(cadre_ref=copie["pk"])
    fusion.copie, fusion.defaite_le = {}, timezone.now()
    fusion.save(update_fields=["copie", "defaite_le"])
    revenue = verrouiller(copie["pk"])
    if revenue.utilisateur is not None:
        comptes.ouvrir_mandat(revenue.utilisateur, revenue)
    noter(acteur, garde, Actes.SEPARE, "Deux fiches réunies sont séparées", objet=garde)
    noter(acteur, revenue, Actes.SEPARE, "Deux fiches réunies sont séparées", objet=revenue)
    return revenue
