"""A promotion and its programme: opened by a DGS, adapted together by the four HR."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import minuit
from collectivites.communs.typographie import cite, compter, date_texte, heure_texte
from collectivites.models import Demarche
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape
from parcours.mots import Actes
from parcours.programme import courriels, predicats
from parcours.suites import noter

N = EtapeProgramme.Nature
#: The programme that a promotion begins with: nature, title, minutes.
PROGRAMME_TYPE = (
    (N.SEMINAIRE, "Séminaire de lancement", 420),
    (N.ENTRETIEN, "Entretien individuel", 90),
    (N.ECOLE, "École du management", 180),
    (N.COACHING, "Coaching", 90),
    (N.IMMERSION, "Immersion dans une autre collectivité", 420),
    (N.BILAN, "Bilan final", 90),
)
#: Above any rank of a programme: where steps wait while they are renumbered.
_A_L_ECART = 1000


def ouvrir_promotion(
    *, acteur: Acteur, nom: str, date_debut: date, date_fin: date, places: int
) -> Promotion:
    """Open a promotion with the usual programme. A DGS's act."""
    # Two at once: each passage of the gate lets one promotion open.
    Demarche.objects.select_for_update().get(pk=acteur.demarche.pk)
    exiger(predicats.refus_ouvrir(acteur))
    promotion = Promotion.objects.create(
        demarche=acteur.demarche, nom=nom, date_debut=date_debut, date_fin=date_fin, places=places
    )
    EtapeProgramme.objects.bulk_create(
        EtapeProgramme(
            promotion=promotion,
            ordre=ordre,
            nature=nature,
            intitule=intitule,
            duree_minutes=minutes,
        )
        for ordre, (nature, intitule, minutes) in enumerate(PROGRAMME_TYPE, start=1)
    )
    noter(
        acteur,
        promotion,
        Actes.PROMOTION_OUVERTE,
        f"Promotion {cite(nom)} ouverte, {compter(places, 'place')}",
        delegue=Acte.OUVRIR_PROMOTION,
        details={"debut": date_debut.isoformat(), "fin": date_fin.isoformat(), "places": places},
    )
    return promotion


def ajouter_etape(
    *,
    acteur: Acteur,
    promotion: Promotion,
    nature: str,
    intitule: str,
    duree_minutes: int,
    apres: EtapeProgramme | None = None,
) -> EtapeProgramme:
    """Add a step after `apres` (at the head without it), to be planned by those in the parcours."""
    promotion = verrous.promotion(promotion.pk)
    exiger(predicats.refus_adapter(acteur, promotion))
    etapes = list(promotion.etapes.all())
    etape = EtapeProgramme.objects.create(
        promotion=promotion,
        ordre=_A_L_ECART - 1,
        nature=nature,
        intitule=intitule,
        duree_minutes=duree_minutes,
    )
    rang = next((i for i, e in enumerate(etapes, start=1) if apres and e.pk == apres.pk), 0)
    _renumeroter(promotion, [*etapes[:rang], etape, *etapes[rang:]])
    SuiviEtape.objects.bulk_create(
        SuiviEtape(inscription=inscription, etape=etape)
        for inscription in promotion.inscriptions.filter(etat=Inscription.Etat.EN_COURS).order_by(
            "pk"
        )
    )
    libelle = f"Étape {cite(intitule)} ajoutée au programme"
    noter(acteur, etape, Actes.ETAPE_AJOUTEE, libelle, details=_details(promotion))
    return etape


def modifier_etape(
    *, acteur: Acteur, etape: EtapeProgramme, intitule: str, duree_minutes: int
) -> EtapeProgramme:
    """Rename a step, or change how long it lasts, while nobody has done it."""
    etape = verrous.etape(etape)
    _exiger_intacte(acteur, etape)
    ancien = etape.intitule
    etape.intitule, etape.duree_minutes = intitule, duree_minutes
    etape.save(update_fields=["intitule", "duree_minutes"])
    if ancien == intitule:
        libelle = f"Durée de l’étape {cite(intitule)} changée"
    else:
        libelle = f"Étape {cite(ancien)} renommée {cite(intitule)}"
    noter(acteur, etape, Actes.ETAPE_MODIFIEE, libelle, details=_details(etape.promotion))
    return etape


def deplacer_etape(*, acteur: Acteur, etape: EtapeProgramme, vers: int) -> None:
    """Swap a step with the one before (`vers` = -1) or after (+1). Neither may have begun."""
    etape = verrous.etape(etape)
    _exiger_intacte(acteur, etape)
    etapes = list(etape.promotion.etapes.all())
    rang = [e.pk for e in etapes].index(etape.pk)
    autre = rang + vers
    if not 0 <= autre < len(etapes):
        raise ActionImpossible("Cette étape est déjà au bout du programme.")
    _exiger_intacte(acteur, etapes[autre])
    etapes[rang], etapes[autre] = etapes[autre], etapes[rang]
    _renumeroter(etape.promotion, etapes)
    libelle = f"Étape {cite(etape.intitule)} déplacée"
    noter(acteur, etape, Actes.ETAPE_DEPLACEE, libelle, details=_details(etape.promotion))


def retirer_etape(*, acteur: Acteur, etape: EtapeProgramme) -> None:
    """Take a step out of the programme, while nobody has done it; those who had a date are told."""
    etape = verrous.etape(etape)
    promotion = etape.promotion
    _exiger_intacte(acteur, etape)
    if promotion.etapes.count() == 1:
        raise ActionImpossible("Un programme compte au moins une étape.")
    for suivi in verrous.suivis_vivants(etape):
        if suivi.est_a_venir:
            suivi.etat, suivi.revision = SuiviEtape.Etat.ANNULEE, suivi.revision + 1
            courriels.annoncer_etape_retiree(suivi, promotion)
    libelle = f"Étape {cite(etape.intitule)} retirée du programme"
    noter(acteur, etape, Actes.ETAPE_RETIREE, libelle, details=_details(promotion))
    etape.delete()
    _renumeroter(promotion, list(promotion.etapes.all()))


def fixer_etape(
    *, acteur: Acteur, etape: EtapeProgramme, quand: datetime, lieu: str
) -> list[SuiviEtape]:
    """Give a step its common date and place. Whoever has their own appointment keeps it."""
    etape = verrous.etape(etape)
    promotion = etape.promotion
    exiger(predicats.refus_fixer(acteur, etape))
    exiger(predicats.refus_de_date(promotion, quand))
    ancienne = etape.date_prevue
    if ancienne == quand and etape.lieu == lieu:
        return []
    etape.date_prevue, etape.lieu = quand, lieu
    etape.save(update_fields=["date_prevue", "lieu"])
    touches = []
    for suivi in verrous.suivis_vivants(etape):
        commun = suivi.etat == SuiviEtape.Etat.PLANIFIEE and suivi.quand == ancienne
        if suivi.etat != SuiviEtape.Etat.A_PLANIFIER and not commun:
            continue
        suivi.etat, suivi.quand, suivi.lieu = SuiviEtape.Etat.PLANIFIEE, quand, lieu
        suivi.revision += 1
        touches.append(suivi)
        courriels.annoncer_rendez_vous(suivi, promotion, deplace=commun)
    SuiviEtape.objects.bulk_update(touches, ["etat", "quand", "lieu", "revision"])
    quand_texte = f"{date_texte(quand)}, {heure_texte(quand)}"
    noter(
        acteur,
        etape,
        Actes.ETAPE_FIXEE,
        f"Étape {cite(etape.intitule)} fixée au {quand_texte}, pour {compter(len(touches), 'personne')}",
        details=_details(promotion, quand=quand.isoformat(), lieu=lieu, personnes=len(touches)),
    )
    return touches


def dire_la_periode(
    *, acteur: Acteur, etape: EtapeProgramme, debut: date, fin: date
) -> EtapeProgramme:
    """When the immersions of a promotion take place: each person asks for days within it."""
    etape = verrous.etape(etape)
    promotion = etape.promotion
    exiger(predicats.refus_dire_la_periode(acteur, etape))
    for jour in (debut, fin):
        exiger(predicats.refus_de_date(promotion, minuit(jour)))
    if fin < debut:
        raise ActionImpossible("La période finit après son début.")
    if (etape.periode_debut, etape.periode_fin) == (debut, fin):
        return etape
    etape.periode_debut, etape.periode_fin = debut, fin
    etape.save(update_fields=["periode_debut", "periode_fin"])
    libelle = f"Étape {cite(etape.intitule)} : immersions {etape.periode}"
    details = _details(promotion, debut=debut.isoformat(), fin=fin.isoformat())
    noter(acteur, etape, Actes.ETAPE_FIXEE, libelle, details=details)
    return etape


def _exiger_intacte(acteur: Acteur, etape: EtapeProgramme) -> None:
    """Nobody has done this step of a promotion that is locked."""
    commencee = etape.suivis.filter(etat__in=SuiviEtape.ETATS_PASSES).exists()
    exiger(predicats.refus_changer_etape(acteur, etape, commencee=commencee))


def _renumeroter(promotion: Promotion, etapes: Sequence[EtapeProgramme]) -> None:
    """Ranks 1, 2, 3… in this order. Two passes: a rank is never held twice, even for a moment."""
    promotion.etapes.filter(ordre__lt=_A_L_ECART).update(ordre=F("ordre") + _A_L_ECART)
    for ordre, etape in enumerate(etapes, start=1):
        promotion.etapes.filter(pk=etape.pk).update(ordre=ordre)
        etape.ordre = ordre


def _details(promotion: Promotion, **suite: object) -> dict[str, object]:
    """The programme is common to the four: the line of a step says of which promotion it is."""
    return {"promotion": promotion.pk, **suite}
