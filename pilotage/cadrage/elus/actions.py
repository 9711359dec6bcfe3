"""Recording what the élus were told, and what they agreed to."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.models import Collectivite, Demarche
from collectivites.mots import Acte, Role
from collectivites.refus import ActionImpossible, exiger
from pilotage.cadrage.elus.predicats import (
    accord_de,
    refus_du_jour,
    refus_enregistrer,
    refus_informer,
    refus_retirer_accord,
    refus_retirer_information,
)
from pilotage.cadrage.suites import ecrire_aux_directions, joindre, noter
from pilotage.models import AccordElus, InformationElus
from pilotage.mots import Actes


def informer(
    *,
    acteur: Acteur,
    qui: str,
    le: date,
    moyen: str,
    document: str,
    piece: UploadedFile | None = None,
) -> InformationElus:
    """Write down that some élus of one's own employer were told."""
    exiger(refus_informer(acteur))
    exiger(refus_du_jour(acteur.demarche, le))
    information = InformationElus(
        collectivite=acteur.collectivite,
        qui=qui,
        le=le,
        moyen=moyen,
        document=document,
        saisie_par=acteur.mandat,
    )
    joindre(information, piece)
    information.save()
    noter(
        acteur,
        information,
        Actes.ELUS_INFORMES,
        f"Élus informés le {date_texte(le)} : {document}",
        collectivite=acteur.collectivite,
    )
    return information


def retirer_information(*, acteur: Acteur, information: InformationElus) -> None:
    """Take away what was written by mistake; the journal keeps both lines."""
    information = InformationElus.objects.select_for_update().get(pk=information.pk)
    exiger(refus_retirer_information(acteur, information))
    noter(
        acteur,
        information,
        Actes.ELUS_INFORMATION_RETIREE,
        f"Retiré : élus informés le {date_texte(information.le)}, {information.document}",
        collectivite=acteur.collectivite,
    )
    information.delete()


def enregistrer_accord(
    *, acteur: Acteur, instance: str, le: date, numero: str, piece: UploadedFile
) -> AccordElus:
    """Record the agreement in principle of the élus of one's own employer, with its document."""
    collectivite = Collectivite.objects.select_for_update().get(pk=acteur.collectivite.pk)
    exiger(refus_enregistrer(acteur, accord_de(collectivite)))
    exiger(refus_du_jour(acteur.demarche, le))
    accord = AccordElus(
        collectivite=collectivite, instance=instance, le=le, numero=numero, par=acteur.mandat
    )
    joindre(accord, piece)
    accord.save()
    noter(
        acteur,
        accord,
        Actes.ELUS_ACCORD,
        f"Accord des élus : {instance}, {date_texte(le)}, n° {numero}",
        collectivite=collectivite,
        details={"document": accord.nom_piece},
        delegue=Acte.FRANCHIR_ETAPE,
    )
    return accord


def retirer_accord(*, acteur: Acteur, accord: AccordElus, motif: str) -> None:
    """The élus no longer agree, or it was recorded by mistake: what stands behind the gates closes."""
    # A gate is passed under the same lock: before this, or without this agreement.
    Demarche.objects.select_for_update().get(pk=acteur.demarche.pk)
    Collectivite.objects.select_for_update().get(pk=accord.collectivite_id)
    accord = AccordElus.objects.select_related("collectivite").get(pk=accord.pk)
    exiger(refus_retirer_accord(acteur, accord))
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi l’accord est retiré.")
    accord.retire_le, accord.retire_par = timezone.now(), acteur.mandat
    accord.motif_retrait = motif.strip()
    accord.save(update_fields=["retire_le", "retire_par", "motif_retrait"])
    noter(
        acteur,
        accord,
        Actes.ELUS_ACCORD_RETIRE,
        f"Accord des élus retiré : {accord.instance}, n° {accord.numero}",
        collectivite=accord.collectivite,
        motif=motif.strip(),
        delegue=Acte.FRANCHIR_ETAPE,
    )
    ecrire_aux_directions(
        "jalons/accord_retire",
        acteur=acteur,
        occasion=f"accord_retire:{accord.pk}",
        roles=(Role.DGS, Role.DRH),
        employeur=accord.collectivite,
        accord=accord,
        motif=motif.strip(),
    )
