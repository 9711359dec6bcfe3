"""Acts on the feuille de route: its steps written, ordered, closed and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import cite
from collectivites.models import Collectivite, Demarche, Mandat
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible, exiger
from pilotage.cadrage.feuille_de_route import predicats
from pilotage.cadrage.suites import joindre, noter
from pilotage.models import ClotureEtape, EtapeRoute
from pilotage.mots import Actes


def ajouter_etape(
    *,
    acteur: Acteur,
    intitule: str,
    phase: str,
    concernees: Sequence[Collectivite],
    echeance: date,
    debut: date | None = None,
    responsable: Mandat | None = None,
    apres: Sequence[EtapeRoute] = (),
    pour_les_elus: bool = False,
) -> EtapeRoute:
    """Write a step at the end of its act."""
    exiger(predicats.refus_ecrire(acteur))
    _verrouiller(acteur)
    etape = EtapeRoute(
        demarche=acteur.demarche,
        phase=phase,
        intitule=intitule,
        echeance=echeance,
        debut=debut,
        responsable=responsable,
        pour_les_elus=pour_les_elus,
        ordre=dernier_rang(acteur.demarche, phase) + 1,
    )
    _enregistrer(acteur, etape, concernees, apres)
    noter(
        acteur,
        etape,
        Actes.ETAPE_ROUTE_AJOUTEE,
        f"Étape {cite(intitule)} ajoutée à la feuille de route",
        collectivite=etape.collectivite,
        details={"echeance": echeance.isoformat()},
    )
    return etape


def modifier_etape(
    *,
    acteur: Acteur,
    etape: EtapeRoute,
    intitule: str,
    phase: str,
    concernees: Sequence[Collectivite],
    echeance: date,
    debut: date | None = None,
    responsable: Mandat | None = None,
    apres: Sequence[EtapeRoute] = (),
    pour_les_elus: bool = False,
) -> EtapeRoute:
    """Change what a step says, until it is done."""
    etape = _prendre(acteur, etape)
    exiger(predicats.refus_modifier(acteur, etape))
    ancienne = etape.echeance
    if phase != etape.phase:
        etape.ordre = dernier_rang(acteur.demarche, phase) + 1
    etape.intitule, etape.phase, etape.echeance = intitule, phase, echeance
    etape.debut, etape.responsable, etape.pour_les_elus = debut, responsable, pour_les_elus
    _enregistrer(acteur, etape, concernees, apres)
    _dater(etape)  # fewer employers may be awaited, and all of them have closed it
    noter(
        acteur,
        etape,
        Actes.ETAPE_ROUTE_MODIFIEE,
        f"Étape {cite(intitule)} modifiée",
        collectivite=etape.collectivite,
        details={"echeance": echeance.isoformat(), "avant": ancienne.isoformat()},
    )
    return etape


def retirer_etape(*, acteur: Acteur, etape: EtapeRoute) -> None:
    """Take away a step that nobody has closed; the journal keeps that it was there."""
    etape = _prendre(acteur, etape)
    exiger(
        predicats.refus_retirer(
            acteur,
            etape,
            ecrite=etape.clotures.exists(),
            suivantes=etape.suivantes.values_list("intitule", flat=True),
        )
    )
    noter(
        acteur,
        etape,
        Actes.ETAPE_ROUTE_RETIREE,
        f"Étape {cite(etape.intitule)} retirée de la feuille de route",
        collectivite=etape.collectivite,
        details={"echeance": etape.echeance.isoformat()},
    )
    etape.delete()


def ranger(*, acteur: Acteur, ordre: Sequence[int]) -> None:
    """Give the steps of one act this order. They are all there, once each."""
    exiger(predicats.refus_ecrire(acteur))
    etapes = {e.pk: e for e in _verrouiller(acteur)}
    if len(set(ordre)) != len(ordre) or not set(ordre) <= etapes.keys() or not ordre:
        raise ActionImpossible("Les étapes ont changé entre-temps : rechargez la page.")
    phase = etapes[ordre[0]].phase
    if {pk for pk, e in etapes.items() if e.phase == phase} != set(ordre):
        raise ActionImpossible("Les étapes ont changé entre-temps : rechargez la page.")
    if [etapes[pk].ordre for pk in ordre] == list(range(1, len(ordre) + 1)):
        return
    for rang, pk in enumerate(ordre, start=1):
        etapes[pk].ordre = rang
    EtapeRoute.objects.bulk_update([etapes[pk] for pk in ordre], ["ordre"])
    noter(
        acteur,
        acteur.demarche,
        Actes.ETAPES_ROUTE_RANGEES,
        f"Ordre des étapes changé : {EtapeRoute.Phase(phase).label}",
    )


def deplacer(*, acteur: Acteur, etape: EtapeRoute, vers: int) -> None:
    """Swap a step with the one before (-1) or after (+1) in its act."""
    freres = list(
        EtapeRoute.objects.visibles_par(acteur)
        .filter(phase=etape.phase)
        .order_by("ordre", "echeance", "pk")
        .values_list("pk", flat=True)
    )
    rang = freres.index(etape.pk)
    if not 0 <= rang + vers < len(freres):
        raise ActionImpossible("Cette étape est déjà au bout de son acte.")
    freres[rang], freres[rang + vers] = freres[rang + vers], freres[rang]
    ranger(acteur=acteur, ordre=freres)


def franchir_etape(
    *,
    acteur: Acteur,
    etape: EtapeRoute,
    preuve: str,
    piece: UploadedFile,
    faite_le: date | None = None,
) -> ClotureEtape:
    """Say, for one's employer, that its part is done, and show what proves it."""
    etape = _prendre(acteur, etape)
    faite_le = faite_le or timezone.localdate()
    closes = etape.clotures.en_vigueur().values_list("collectivite", flat=True)
    exiger(predicats.refus_franchir(acteur, etape, closes=closes, manque=manques(etape)))
    exiger(predicats.refus_preuve(acteur.demarche, preuve, faite_le))
    cloture = ClotureEtape(
        etape=etape,
        collectivite=acteur.collectivite,
        faite_le=faite_le,
        preuve=preuve.strip(),
        par=acteur.mandat,
        delegation=acteur.delegation_pour(Acte.FRANCHIR_ETAPE),
    )
    joindre(cloture, piece)
    cloture.save()
    _dater(etape)
    fin = "" if etape.faite_le else ", d’autres collectivités restent attendues"
    noter(
        acteur,
        etape,
        Actes.ETAPE_ROUTE_FAITE,
        f"Étape faite : {etape.intitule}{fin}",
        collectivite=acteur.collectivite,
        motif=cloture.preuve,
        details={"faite_le": faite_le.isoformat(), "document": cloture.nom_piece},
        delegue=Acte.FRANCHIR_ETAPE,
    )
    return cloture


def rouvrir_etape(*, acteur: Acteur, etape: EtapeRoute, motif: str) -> None:
    """Take back what one's employer said of a step. What had been said stays written."""
    etape = _prendre(acteur, etape)
    closes = list(etape.clotures.en_vigueur().values_list("collectivite", flat=True))
    faites = etape.suivantes.filter(faite_le__isnull=False).values_list("intitule", flat=True)
    exiger(predicats.refus_rouvrir(acteur, etape, closes=closes, suivantes_faites=faites))
    if not motif.strip():
        raise ActionImpossible("Dites pourquoi l’étape est rouverte.")
    etape.clotures.en_vigueur().filter(collectivite=acteur.collectivite).update(
        annulee_le=timezone.now(), annulee_par=acteur.mandat, motif_annulation=motif.strip()
    )
    _dater(etape)
    noter(
        acteur,
        etape,
        Actes.ETAPE_ROUTE_ROUVERTE,
        f"Étape rouverte : {etape.intitule}",
        collectivite=acteur.collectivite,
        motif=motif.strip(),
        delegue=Acte.FRANCHIR_ETAPE,
    )


def manques(etape: EtapeRoute) -> list[str]:
    """What a step comes after, and is not done."""
    return list(etape.apres.filter(faite_le__isnull=True).values_list("intitule", flat=True))


def dernier_rang(demarche: Demarche, phase: str) -> int:
    rang = EtapeRoute.objects.filter(demarche=demarche, phase=phase).aggregate(r=Max("ordre"))["r"]
    return rang or 0


def _verrouiller(acteur: Acteur) -> list[EtapeRoute]:
    """All the steps of the démarche, in one order: dependencies and ranks bind them together."""
    return list(
        EtapeRoute.objects.visibles_par(acteur).select_for_update(of=("self",)).order_by("pk")
    )


def _prendre(acteur: Acteur, etape: EtapeRoute) -> EtapeRoute:
    """The step as it stands once all are locked. DoesNotExist if it went meanwhile."""
    _verrouiller(acteur)
    lue: EtapeRoute = (
        EtapeRoute.objects.visibles_par(acteur)
        .select_related("collectivite", "demarche")
        .prefetch_related("concernees")
        .get(pk=etape.pk)
    )
    return lue


def _enregistrer(
    acteur: Acteur,
    etape: EtapeRoute,
    concernees: Sequence[Collectivite],
    apres: Sequence[EtapeRoute],
) -> None:
    closes = etape.clotures.en_vigueur().values_list("collectivite", flat=True) if etape.pk else ()
    exiger(predicats.refus_des_concernees(acteur, concernees, closes=closes))
    exiger(predicats.refus_de_periode(acteur.demarche, etape.debut, etape.echeance))
    exiger(predicats.refus_responsable(etape.responsable, acteur.demarche, concernees))
    exiger(predicats.refus_de_cycle(etape if etape.pk else None, apres, liens(acteur.demarche)))
    etape.collectivite = concernees[0] if len(concernees) == 1 else None
    etape.save()
    toutes = Collectivite.objects.filter(demarche=acteur.demarche).count()
    # All of them: an employer that joins later is awaited too.
    etape.concernees.set(concernees if 1 < len(concernees) < toutes else ())
    etape.apres.set(apres)


def liens(demarche: Demarche) -> dict[int, set[int]]:
    """Step → those that it comes after. One query."""
    trouves: dict[int, set[int]] = {}
    for de, vers in EtapeRoute.apres.through.objects.filter(
        from_etaperoute__demarche=demarche
    ).values_list("from_etaperoute", "to_etaperoute"):
        trouves.setdefault(de, set()).add(vers)
    return trouves


def _dater(etape: EtapeRoute) -> None:
    """Done on the day of the last closing, once every employer that it awaits has closed it."""
    closes = dict(etape.clotures.en_vigueur().values_list("collectivite", "faite_le"))
    attendues = predicats.concernees(EtapeRoute.objects.get(pk=etape.pk)) or set(
        Collectivite.objects.filter(demarche=etape.demarche_id).values_list("pk", flat=True)
    )
    etape.faite_le = max(closes.values()) if attendues <= closes.keys() else None
    etape.save(update_fields=["faite_le"])
