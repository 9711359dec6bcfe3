"""What the cadrage expects of somebody: a step to close, words to approve, a commitment, a gate, a
rule to agree to."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
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
    AccordElus,
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
    """Of the feuille de route, then of the direction. Two queries once every gate is passed."""
    return [*_route(acteur), *_du_dgs(acteur), *_du_drh(acteur)]


def _route(acteur: Acteur) -> list[Attente]:
    """Steps late or near: to whoever may say that they are done; to whoever answers for them. Those for
    which nobody of the employer answers any more, whatever their date."""
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
    jour = timezone.localdate()
    proches = Q(~Exists(dites), voulues, echeance__lte=jour + PREAVIS_ETAPE)
    orphelines = Q(responsable__collectivite=acteur.collectivite, responsable__fin__lt=jour)
    etapes = (
        EtapeRoute.objects.visibles_par(acteur)
        .filter(proches | orphelines, faite_le__isnull=True)
        .select_related("responsable__utilisateur")
    )
    return [_attente(etape, peut=peut) for etape in etapes[:ETAPES_MAX]]


def _attente(etape: EtapeRoute, *, peut: bool) -> Attente:
    acte = f"Feuille de route, {etape.get_phase_display().lower()}. "
    if (ancien := etape.responsable) and ancien.est_fini(timezone.localdate()):
        nom = ancien.utilisateur.nom_complet
        return Attente(
            titre=etape.intitule,
            detail=f"{acte}{nom} n’a plus de mandat : désignez un autre responsable.",
            url=reverse("pilotage:etape_modifier", args=[etape.pk]),
            bouton="Désigner un responsable",
            echeance=etape.echeance,
        )
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
    accords = AccordElus.objects.en_vigueur().filter(collectivite=acteur.collectivite)
    *franchis, accord, engage, regles, langage, dite = (
        _franchissements(acteur)
        .annotate(
            accord=Exists(accords),
            engage=Exists(EngagementDGS.objects.filter(mandat=acteur.mandat)),
            regles=Exists(changements_a_lire(acteur)),
            langage=Subquery(
                ElementsDeLangage.objects.filter(demarche=OuterRef("pk"))
                .order_by("-version")
                .values("pk")[:1]
            ),
        )
        .annotate(dite=Exists(approuvee))
        .values_list(*Jalon.values, "accord", "engage", "regles", "langage", "dite")
        .get()
    )
    fermes = [jalon for jalon, franchi in zip(Jalon, franchis, strict=True) if not franchi]
    attentes = []
    if not accord:
        attentes.append(_faire_agreer())
    if not engage and Jalon.LANCEMENT in fermes:
        attentes.append(_engager())
    if langage is not None and not dite:
        attentes.append(_approuver())
    attentes += _jalons(acteur, fermes)
    return [*attentes, *attentes_regles(acteur)] if regles else attentes


def _faire_agreer() -> Attente:
    return Attente(
        "Enregistrer l’accord des élus",
        "Aucun jalon ne s’ouvre sans lui, dans aucune collectivité.",
        reverse("pilotage:elus"),
        "Voir les élus",
    )


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


def _franchissements(acteur: Acteur) -> QuerySet[Demarche]:
    """The démarche, and of each gate whether it was ever passed, under its code."""
    passages = PassageJalon.objects.filter(demarche=OuterRef("pk"))
    return Demarche.objects.filter(pk=acteur.demarche.pk).annotate(
        **{jalon.value: Exists(passages.filter(jalon=jalon)) for jalon in Jalon}
    )


def _du_drh(acteur: Acteur) -> list[Attente]:
    """What a closed gate waits for from them. One query, more while one is closed."""
    if not acteur.est(Role.DRH):
        return []
    franchis = _franchissements(acteur).values_list(*Jalon.values).get()
    return _jalons(acteur, [j for j, franchi in zip(Jalon, franchis, strict=True) if not franchi])


def _jalons(acteur: Acteur, fermes: list[Jalon]) -> list[Attente]:
    """Of the first gate that is closed, what is missing and is the acteur's to bring; then the gates
    that wait for nothing but a DGS."""
    if not fermes:
        return []
    faits, premier = Faits(acteur.demarche), fermes[0]
    manquent = [c for c in conditions(faits, premier) if not c.tenue]
    attentes = [
        Attente(c.geste, f"Le jalon « {premier.label} » l’attend.", c.url, c.bouton)
        for c in manquent
        if c.role == acteur.role and c.collectivite in {None, acteur.collectivite}
    ]
    if not acteur.est(Role.DGS):
        return attentes
    # The gate of a promotion is passed when a DGS wants one: nobody waits for it.
    return attentes + [
        Attente(
            f"Franchir le jalon : {jalon.label}",
            "Toutes ses conditions sont réunies.",
            f"{reverse('pilotage:jalons')}#{jalon.value}",
            "Voir le jalon",
        )
        for jalon in fermes
        if jalon != Jalon.PROMOTION and all(c.tenue for c in conditions(faits, jalon))
    ]
