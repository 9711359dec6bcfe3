"""Acts on the plan de communication, and on the words that the four agree to use."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite
from collectivites.models import Collectivite, Demarche, Mandat
from collectivites.refus import ActionImpossible, exiger
from pilotage.cadrage.communication.langage import courante
from pilotage.cadrage.communication.predicats import (
    refus_approuver,
    refus_du_jour,
    refus_ecrire,
    refus_modifier,
    refus_porteur,
    refus_rediger,
)
from pilotage.cadrage.suites import joindre, noter
from pilotage.models import ActionCommunication, ApprobationElements, ElementsDeLangage
from pilotage.mots import Actes, EtatCommunication


def ajouter_action(
    *,
    acteur: Acteur,
    intitule: str,
    public: str,
    canal: str,
    jour: date,
    message: str = "",
    collectivite: Collectivite | None = None,
    responsable: Mandat | None = None,
    etat: str = EtatCommunication.PREVUE,
    piece: UploadedFile | None = None,
) -> ActionCommunication:
    """Write an action in the plan."""
    exiger(refus_ecrire(acteur))
    action = ActionCommunication(
        demarche=acteur.demarche,
        intitule=intitule,
        public=public,
        canal=canal,
        jour=jour,
        message=message,
        collectivite=collectivite,
        responsable=responsable,
        etat=etat,
    )
    _enregistrer(acteur, action, piece)
    noter(
        acteur,
        action,
        Actes.COMMUNICATION_AJOUTEE,
        f"Action de communication : {intitule}, {action.get_public_display().lower()}",
        collectivite=collectivite,
        details={"jour": jour.isoformat(), "etat": etat},
    )
    return action


def modifier_action(
    *,
    acteur: Acteur,
    action: ActionCommunication,
    intitule: str,
    public: str,
    canal: str,
    jour: date,
    message: str,
    collectivite: Collectivite | None,
    responsable: Mandat | None,
    etat: str,
    piece: UploadedFile | None = None,
) -> ActionCommunication:
    """Change an action, say that it is done or given up. `piece` replaces the one before."""
    action = (
        ActionCommunication.objects.visibles_par(acteur)
        .select_for_update(of=("self",))
        .get(pk=action.pk)
    )
    exiger(refus_modifier(acteur, action))
    avant = {"jour": action.jour.isoformat(), "etat": action.etat}
    action.intitule, action.public, action.canal, action.jour = intitule, public, canal, jour
    action.message, action.collectivite, action.responsable = message, collectivite, responsable
    action.etat = etat
    _enregistrer(acteur, action, piece)
    noter(
        acteur,
        action,
        Actes.COMMUNICATION_MODIFIEE,
        f"Action de communication : {intitule}, {action.get_etat_display().lower()}",
        collectivite=collectivite,
        details={"avant": avant, "jour": jour.isoformat(), "etat": etat},
    )
    return action


def _enregistrer(acteur: Acteur, action: ActionCommunication, piece: UploadedFile | None) -> None:
    exiger(refus_porteur(acteur, action.collectivite, action.responsable))
    exiger(refus_du_jour(acteur.demarche, action.jour, action.etat))
    joindre(action, piece)
    action.save()


def rediger(*, acteur: Acteur, texte: str, depuis: int) -> ElementsDeLangage:
    """Write a new version, which nobody has approved yet. `depuis`: the number of the version that
    the writer had before their eyes; another one came meanwhile, and nothing is lost of either."""
    demarche = Demarche.objects.select_for_update().get(pk=acteur.demarche.pk)
    avant = courante(demarche)
    exiger(refus_rediger(acteur, avant, texte))
    version = avant.version if avant else 0
    if version != depuis:
        raise ActionImpossible(
            "Une autre version vient d’être enregistrée. Relisez-la, puis reprenez votre texte."
        )
    elements = ElementsDeLangage.objects.create(
        demarche=demarche, version=version + 1, texte=texte.strip(), redige_par=acteur.mandat
    )
    noter(
        acteur,
        elements,
        Actes.LANGAGE_ECRIT,
        f"Éléments de langage : version {elements.version}, à approuver par chaque DGS",
    )
    return elements


def approuver(*, acteur: Acteur, elements: ElementsDeLangage) -> ApprobationElements:
    """A DGS approves the version in force, for their employer."""
    demarche = Demarche.objects.select_for_update().get(pk=acteur.demarche.pk)
    derniere = courante(demarche)
    deja = elements.approbations.filter(collectivite=acteur.collectivite).exists()
    est_courante = derniere is not None and derniere.pk == elements.pk
    exiger(refus_approuver(acteur, elements, est_courante=est_courante, deja=deja))
    approbation = ApprobationElements.objects.create(
        elements=elements, collectivite=acteur.collectivite, par=acteur.mandat
    )
    noter(
        acteur,
        elements,
        Actes.LANGAGE_APPROUVE,
        f"Éléments de langage {cite(f'version {elements.version}')} approuvés",
        collectivite=acteur.collectivite,
    )
    return approbation
