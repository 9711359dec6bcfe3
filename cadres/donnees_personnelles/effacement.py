"""Forgetting a person: what named them goes, what was counted stays.

The rooms above say what else must go (`cadres.prises.OUBLI`); then the text of every row
that hangs on the cadre is blanked, in whatever app: a new model is covered before anybody thinks of
it. The journal keeps its decisions, without the reasons that spoke of the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from cadres.candidature.comptes import adresse_de
from cadres.candidature.predicats import refus_parler_pour_soi
from cadres.donnees_personnelles import predicats
from cadres.donnees_personnelles.oppositions import s_opposer
from cadres.donnees_personnelles.traces import EFFACE, Traces
from cadres.fiche.journal import noter
from cadres.fiche.verrous import verrouiller_le_sien
from cadres.models import (
    AncienIdentifiant,
    Cadre,
    Candidature,
    CompetenceDite,
    Consultation,
    DemandeCorrection,
    Fusion,
    ImportCadres,
)
from cadres.mots import Actes, NatureIdentifiant
from cadres.prises import EMPECHEMENTS, OUBLI
from collectivites.acteurs.acteur import Acteur
from collectivites.chaine.maillons import oublier
from collectivites.comptes.invitations import anonymiser_compte
from collectivites.journal import LIBELLE_MAX
from collectivites.models import Courriel, EntreeJournal, Mandat, PurgeEnCours, Tache
from collectivites.mots import Role
from collectivites.refus import exiger
from collectivites.travaux import courriels

#: Shorter texts are codes, not words that somebody wrote.
TEXTE_LIBRE = 60
#: Written by `cadres` itself: erased row by row, below.
_A_PART = (
    AncienIdentifiant,
    Candidature,
    CompetenceDite,
    Consultation,
    DemandeCorrection,
    Fusion,
)


# --- The person asks ----------------------------------------------------------------------------


def demander_effacement(*, acteur: Acteur, ne_plus_recenser: bool = False) -> Candidature:
    """The person, out of the démarche, wants no trace to be kept: done by the next purge.

    `ne_plus_recenser`: nor to be listed again; a keyed hash will tell it to the next import.
    """
    exiger(refus_parler_pour_soi(acteur))
    cadre = verrouiller_le_sien(acteur)
    exiger(predicats.refus_effacer(acteur, cadre))
    exiger(empechement(cadre))
    candidature = cadre.candidature
    candidature.effacement_demande_le = timezone.now()
    candidature.ne_plus_recenser = ne_plus_recenser
    candidature.save(update_fields=["effacement_demande_le", "ne_plus_recenser"])
    noter(acteur, cadre, Actes.EFFACEMENT_DEMANDE, "Effacement demandé par la personne")
    courriels.deposer(
        "cadres/effacement",
        demarche=cadre.collectivite.demarche,
        destinataire=adresse_de(cadre),
        cle=f"cadres_effacement:{cadre.pk}:{candidature.effacement_demande_le.isoformat()}",
        utilisateur=cadre.utilisateur,
        cadre_ref=cadre.pk,
        cadre=cadre,
        collectivite=cadre.collectivite,
    )
    return candidature


def renoncer_a_l_effacement(*, acteur: Acteur) -> Candidature:
    """The person thinks again, in time."""
    exiger(refus_parler_pour_soi(acteur))
    cadre = verrouiller_le_sien(acteur)
    exiger(predicats.refus_renoncer_a_l_effacement(acteur, cadre))
    candidature = cadre.candidature
    candidature.effacement_demande_le = None
    candidature.ne_plus_recenser = False
    candidature.save(update_fields=["effacement_demande_le", "ne_plus_recenser"])
    noter(acteur, cadre, Actes.EFFACEMENT_ANNULE, "Effacement annulé par la personne")
    return candidature


def empechement(cadre: Cadre) -> str | None:
    """Why the file cannot be erased yet: something still runs."""
    return next((raison for dire in EMPECHEMENTS if (raison := dire(cadre))), None)


# --- Forgetting ---------------------------------------------------------------------------------


def anonymiser(cadre: Cadre) -> None:
    """Erase who the person is, everywhere. Needs a transaction; the row is locked by the caller.

    `cadre` comes from `verrouiller`. The candidacy keeps its state and its dates, the file its
    collectivité, sex, category, status, profile and date of entry: what the figures of the démarche
    count (the years spent in a poste, before and after), and nothing that says whose they are.
    """
    traces = _traces(cadre)
    utilisateur = cadre.utilisateur
    if cadre.candidature.ne_plus_recenser:
        s_opposer(cadre)
    OUBLI.dire(cadre=cadre, traces=traces)
    PurgeEnCours.objects.create()
    _effacer_les_textes(cadre)
    for modele in (CompetenceDite, DemandeCorrection, Consultation, AncienIdentifiant):
        modele._default_manager.filter(cadre=cadre).delete()
    Fusion.objects.filter(garde=cadre).update(copie={})
    _effacer_le_journal(cadre, traces)
    _effacer_les_courriels(cadre, traces)
    _effacer_les_imports(cadre, traces)
    _effacer_la_fiche(cadre)
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Cadre), object_id=str(cadre.pk)
    ).delete()
    if utilisateur is not None:
        _fermer_le_compte(utilisateur, cadre)
    PurgeEnCours.objects.all().delete()


def _traces(cadre: Cadre) -> Traces:
    adresses = {cadre.courriel.lower()}
    if cadre.utilisateur is not None:
        adresses.add(cadre.utilisateur.email.lower())
    anciens = AncienIdentifiant.objects.filter(cadre=cadre, nature=NatureIdentifiant.COURRIEL)
    adresses.update(valeur.lower() for valeur in anciens.values_list("valeur", flat=True))
    return Traces(
        pk=cadre.pk,
        nom=cadre.nom,
        prenom=cadre.prenom,
        matricule=cadre.matricule,
        courriels=frozenset(adresses - {""}),
    )


def _effacer_la_fiche(cadre: Cadre) -> None:
    candidature = cadre.candidature
    candidature.motif_decision = ""
    candidature.effacement_demande_le = None
    candidature.ne_plus_recenser = False
    candidature.save(update_fields=["motif_decision", "effacement_demande_le", "ne_plus_recenser"])
    cadre.prenom, cadre.nom = "Personne", "anonymisée"
    for champ in (
        "matricule",
        "courriel",
        "cadre_emplois",
        "grade",
        "echelon",
        "domaine",
        "domaine_autre",
        "motif_hors_public",
    ):
        setattr(cadre, champ, "")
    cadre.poste = cadre.direction = cadre.accompagnateur = cadre.utilisateur = None
    cadre.nb_agents = None
    cadre.parti_le = cadre.depart_signale_le = None
    cadre.depart_prevu_le = None
    cadre.motif_depart = cadre.motif_depart_prevu = ""
    for champ in Cadre.VISEES:
        setattr(cadre, champ, False)
    cadre.anonymise_le = timezone.now()
    cadre.save()


def _fermer_le_compte(utilisateur: Any, cadre: Cadre) -> None:
    """The account goes with the file, unless the person also acts as staff, or has a file elsewhere."""
    agit = Mandat.objects.filter(utilisateur=utilisateur).exclude(role=Role.CADRE).exists()
    if agit or Cadre.objects.filter(utilisateur=utilisateur).exists():
        hier = timezone.localdate() - timedelta(days=1)
        vivants = Mandat.objects.en_vigueur().filter(
            utilisateur=utilisateur,
            role=Role.CADRE,
            collectivite__demarche=cadre.collectivite.demarche_id,
        )
        for mandat in vivants:
            mandat.fin = max(hier, mandat.debut)
            mandat.save(update_fields=["fin"])
        return
    anonymiser_compte(utilisateur)


def _effacer_les_textes(cadre: Cadre) -> None:
    """Blank what was written on the rows that hang on the cadre, at any depth."""
    for modele, chemin in dependants(Cadre):
        if modele in _A_PART:
            continue
        lignes = modele._default_manager.filter(**{chemin: cadre.pk})
        for champ in modele._meta.concrete_fields:
            _effacer_le_champ(lignes, champ)


def dependants(
    modele: type[models.Model], chemin: str = "", vus: frozenset[type[models.Model]] = frozenset()
) -> Iterator[tuple[type[models.Model], str]]:
    """(model, path to `modele`) for each row that would be deleted with one of `modele`."""
    for relation in modele._meta.related_objects:
        fils = relation.related_model
        if relation.on_delete is not models.CASCADE or fils in vus or fils is modele:
            continue
        # Through a PROTECT or a SET_NULL, the row is not the person's.
        suite = f"{relation.field.name}__{chemin}" if chemin else relation.field.name
        yield fils, suite
        yield from dependants(fils, suite, vus | {modele})


def _effacer_le_champ(lignes: Any, champ: models.Field[Any, Any]) -> None:
    nom = champ.name
    if isinstance(champ, models.FileField):
        _effacer_les_fichiers(lignes.exclude(**{nom: ""}), champ)
    elif isinstance(champ, models.BinaryField):
        lignes.update(**{nom: None if champ.null else b""})
    elif isinstance(champ, models.TextField) or (
        isinstance(champ, models.CharField) and (champ.max_length or 0) >= TEXTE_LIBRE
    ):
        if champ.choices or champ.unique:
            return
        # A text that forms do not write is sealed: a word in clear would not open.
        lignes.exclude(**{nom: ""}).update(**{nom: EFFACE if champ.editable else ""})


def _supprimer_ensuite(depot: Storage, chemin: str) -> None:
    # Not a partial: Django, which names what failed, finds no name in one, and raises.
    transaction.on_commit(lambda: depot.delete(chemin), robust=True)


def _effacer_les_fichiers(lignes: Any, champ: models.FileField) -> None:
    for chemin in lignes.values_list(champ.name, flat=True):
        _supprimer_ensuite(champ.storage, chemin)
    # A name that leads nowhere: some rows must bear one.
    lignes.update(**{champ.name: EFFACE})


def _effacer_le_journal(cadre: Cadre, traces: Traces) -> None:
    """The decisions stay, dated and signed; the reasons that spoke of the person go.

    The salt of each line goes too, so that nobody can try words against its hash."""
    siennes = EntreeJournal.objects.filter(cadre_ref=cadre.pk)
    siennes.exclude(motif="", details={}).update(motif="", details={})
    effacees = set(siennes.values_list("pk", flat=True))
    for ligne in (
        EntreeJournal.objects.filter(demarche=cadre.collectivite.demarche)
        .filter(_evoque(traces, "libelle", "motif"))
        .only("pk", "libelle", "motif")
    ):
        EntreeJournal.objects.filter(pk=ligne.pk).update(
            libelle=traces.effacer(ligne.libelle)[:LIBELLE_MAX], motif=traces.effacer(ligne.motif)
        )
        effacees.add(ligne.pk)
    oublier(EntreeJournal.objects.filter(pk__in=effacees))


def _evoque(traces: Traces, *champs: str) -> Q:
    """Rows worth reading closely: one of the fields holds the name or an e-mail."""
    condition = Q()
    for champ in champs:
        for texte in filter(None, (traces.nom, *traces.courriels)):
            condition |= Q(**{f"{champ}__icontains": texte})
    return condition


def _effacer_les_courriels(cadre: Cadre, traces: Traces) -> None:
    siens = Q(cadre_ref=cadre.pk) | Q(destinataire__in=traces.courriels)
    if cadre.utilisateur is not None:
        ici = Q(demarche=cadre.collectivite.demarche) | Q(demarche__isnull=True)
        siens |= Q(utilisateur=cadre.utilisateur) & ici
    Courriel.objects.filter(siens).delete()
    # Those sent to others about the person keep the rest of their words.
    for courriel in Courriel.objects.filter(demarche=cadre.collectivite.demarche).filter(
        _evoque(traces, "objet", "corps", "agenda")
    ):
        Courriel.objects.filter(pk=courriel.pk).update(
            objet=traces.effacer(courriel.objet)[:200],
            corps=traces.effacer(courriel.corps),
            agenda=traces.effacer(courriel.agenda),
        )


def _effacer_les_imports(cadre: Cadre, traces: Traces) -> None:
    """Staff lists that wait, or whose rows are still to correct, hold names as well."""
    imports = ImportCadres.objects.select_for_update(of=("self",)).filter(
        collectivite__demarche=cadre.collectivite.demarche
    )
    for importation in imports.exclude(diagnostic={}):
        elague = traces.elaguer(importation.diagnostic)
        if elague is importation.diagnostic:
            continue
        importation.diagnostic = elague
        importation.corrections = {}  # typed by hand, of rows that are gone
        importation.resume = {
            **importation.resume,
            # The examples of the columns come from the first rows.
            "colonnes": [
                {**colonne, "exemple": ""} for colonne in importation.resume.get("colonnes", [])
            ],
        }
        importation.save(update_fields=["diagnostic", "corrections", "resume"])
    # What it takes to undo an import that wrote on the person: it cannot be undone any more.
    for importation in imports.exclude(ecrits={}):
        if str(cadre.pk) in importation.ecrits.get("fiches", {}):
            importation.ecrits = {}
            importation.save(update_fields=["ecrits"])
    # The reasons given for rows outside the public, once the job is over.
    finies = Tache.objects.filter(
        mandat__collectivite__demarche=cadre.collectivite.demarche, etat__in=Tache.ETATS_FINIS
    )
    finies.exclude(parametres={}).update(parametres={})
