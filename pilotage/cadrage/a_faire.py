"""What the cadrage expects of somebody: a step to close, words to approve, a commitment, a gate, a
rule to agree to."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Demarche
from collectivites.mots import Acte, Role
from collectivites.travaux.attentes import Attente
from pilotage.cadrage.jalons.conditions import Faits, conditions
from pilotage.cadrage.regles.a_faire import attentes_regles, changements_a_lire
from pilotage.models import (
    ApprobationElements,
    ClotureEtape,
    ElementsDeLangage,
    EngagementDGS,
    EtapeRoute,
    PassageJalon,
)
from pilotage.mots import Jalon

#: A step is asked for this long before its date.
PREAVIS_ETAPE = timedelta(days=14)
ETAPES_MAX = 10


def a_faire(acteur: Acteur) -> list[Attente]:
    """Of the feuille de route, then of the DGS. Two queries once every gate is passed."""
    return [*_route(acteur), *_du_dgs(acteur)]


def _route(acteur: Acteur) -> list[Attente]:
    """Steps late or near: to whoever may say that they are done; to whoever answers for them."""
    if not acteur.est_employeur:
        return []
    restreintes = EtapeRoute.concernees.through.objects.filter(etaperoute=OuterRef("pk"))
    avec_nous = restreintes.filter(collectivite=acteur.collectivite)
    dites = ClotureEtape.objects.en_vigueur().filter(
        etape=OuterRef("pk"), collectivite=acteur.collectivite
    )
    pretes = ~Exists(EtapeRoute.objects.filter(suivantes=OuterRef("pk"), faite_le__isnull=True))
    voulues: Combinable | Q = Q(responsable=acteur.mandat)
    peut = acteur.peut(Acte.FRANCHIR_ETAPE)
    if peut:
        concernees = Q(collectivite=acteur.collectivite) | Q(collectivite__isnull=True) & (
            Exists(avec_nous) | ~Exists(restreintes)
        )
        voulues |= concernees & pretes
    etapes = EtapeRoute.objects.visibles_par(acteur).filter(
        voulues,
        ~Exists(dites),
        faite_le__isnull=True,
        echeance__lte=timezone.localdate() + PREAVIS_ETAPE,
    )
    return [_attente(etape, peut=peut) for etape in etapes[:ETAPES_MAX]]


def _attente(etape: EtapeRoute, *, peut: bool) -> Attente:
    acte = f"Feuille de route, {etape.get_phase_display().lower()}. "
    if peut:
        return Attente(
            titre=etape.intitule,
            detail=f"{acte}Dites ce qui prouve que l’étape est faite.",
            url=reverse("pilotage:etape_faite", args=[etape.pk]),
            bouton="Marquer faite",
            echeance=etape.echeance,
        )
    return Attente(
        titre=etape.intitule,
        detail=f"{acte}Vous en êtes responsable ; votre DGS dira qu’elle est faite.",
        url=f"{reverse('pilotage:feuille_de_route')}#etape-{etape.pk}",
        bouton="Voir l’étape",
        echeance=etape.echeance,
    )


def _du_dgs(acteur: Acteur) -> list[Attente]:
    """One query; more while a gate is closed, to know whether it may be passed, and one to read the
    rules that wait."""
    if not acteur.est(Role.DGS):
        return []
    approuvee = ApprobationElements.objects.filter(
        elements=OuterRef("langage"), collectivite=acteur.collectivite
    )
    lance, ouvertes, engage, regles, langage, dite = (
        Demarche.objects.filter(pk=acteur.demarche.pk)
        .annotate(
            lance=_franchi(Jalon.LANCEMENT),
            ouvertes=_franchi(Jalon.PROPOSITIONS),
            engage=Exists(EngagementDGS.objects.filter(mandat=acteur.mandat)),
            regles=Exists(changements_a_lire(acteur)),
            langage=Subquery(
                ElementsDeLangage.objects.filter(demarche=OuterRef("pk"))
                .order_by("-version")
                .values("pk")[:1]
            ),
        )
        .annotate(dite=Exists(approuvee))
        .values_list("lance", "ouvertes", "engage", "regles", "langage", "dite")
        .get()
    )
    attentes = []
    if not engage and not lance:
        attentes.append(_engager())
    if langage is not None and not dite:
        attentes.append(_approuver())
    fermes = [
        jalon
        for jalon, franchi in ((Jalon.LANCEMENT, lance), (Jalon.PROPOSITIONS, ouvertes))
        if not franchi
    ]
    attentes += _jalons(acteur, fermes)
    return [*attentes, *attentes_regles(acteur)] if regles else attentes


def _engager() -> Attente:
    return Attente(
        "Engager votre collectivité",
        "Le lancement demande l’engagement de chaque DGS.",
        f"{reverse('pilotage:jalons')}#engagements",
        "Voir l’engagement",
    )


def _approuver() -> Attente:
    return Attente(
        "Approuver les éléments de langage",
        "La note pour les élus les reprend quand chaque DGS les a approuvés.",
        reverse("pilotage:langage"),
        "Relire",
    )


def _franchi(jalon: Jalon) -> Exists:
    return Exists(PassageJalon.objects.filter(demarche=OuterRef("pk"), jalon=jalon))


def _jalons(acteur: Acteur, fermes: list[Jalon]) -> list[Attente]:
    """The gates that wait for nothing but a DGS."""
    if not fermes:
        return []
    faits = Faits(acteur.demarche)
    return [
        Attente(
            f"Franchir le jalon : {jalon.label}",
            "Toutes ses conditions sont réunies.",
            f"{reverse('pilotage:jalons')}#{jalon.value}",
            "Voir le jalon",
        )
        for jalon in fermes
        if all(c.tenue for c in conditions(faits, jalon))
    ]
