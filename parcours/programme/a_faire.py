"""What the parcours expects of each role. Names nobody whom the reader may not see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.urls import reverse
from django.utils import timezone

from cadres.candidature.rangs import RANGS
from cadres.models import Cadre, Candidature
from cadres.requetes import presents
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import accorder, compter
from collectivites.models import Collectivite
from collectivites.mots import Role
from collectivites.travaux.attentes import Attente
from parcours.apres.evaluation.a_faire import evaluations_a_remplir
from parcours.apres.reseau.a_faire import mentors_a_repondre
from parcours.coaching.a_faire import coachings_a_noter, coachings_de_la_semaine
from parcours.models import Inscription, Promotion, SuiviEtape
from parcours.programme.predicats import refus_ouvrir
from parcours.regles import RAPPEL, quand_et_ou
from parcours.sessions.a_faire import (
    a_faire_des_rh,
    feuilles_a_noter,
    immersion_a_demander,
    immersions_a_montrer,
    sessions_de_la_semaine,
)


def a_faire(acteur: Acteur) -> list[Attente]:
    """At most four queries; for a cadre seven, one a subject. The caller sorts."""
    if acteur.est_rh:
        return [
            *_inscrire_ou_ouvrir(acteur),
            *_presences_et_dates(acteur),
            *a_faire_des_rh(acteur),
        ]
    if acteur.role == Role.DGS:
        return _inscrire_ou_ouvrir(acteur)
    if acteur.role == Role.ACCOMPAGNATEUR:
        return [*_accompagner(acteur), *coachings_a_noter(acteur), *feuilles_a_noter(acteur)]
    return [
        *_rendez_vous(acteur),
        *coachings_de_la_semaine(acteur),
        *sessions_de_la_semaine(acteur),
        *immersion_a_demander(acteur),
        *immersions_a_montrer(acteur),
        *evaluations_a_remplir(acteur),
        *mentors_a_repondre(acteur),
    ]


def _inscrire_ou_ouvrir(acteur: Acteur) -> list[Attente]:
    """Retained cadres without a parcours: to enrol where there is room, else to make room for.
    One query."""
    attendent = Cadre.objects.filter(
        ~Exists(Inscription.objects.filter(cadre=OuterRef("pk"), etat=Inscription.Etat.EN_COURS)),
        presents(),
        collectivite=OuterRef("pk"),
        rang=RANGS[Candidature.Etat.RETENU],  # and no further
    )
    ouvertes = Promotion.objects.visibles_par(acteur).avec_places_libres()
    nombre, ouverte, nom, debut, libres = (
        Collectivite.objects.filter(pk=acteur.collectivite.pk)
        .annotate(
            attendent=Subquery(
                attendent.order_by().values("collectivite").annotate(n=Count("pk")).values("n")
            ),
            ouverte=Subquery(ouvertes.values("pk")[:1]),
            ouverte_nom=Subquery(ouvertes.values("nom")[:1]),
            ouverte_debut=Subquery(ouvertes.values("date_debut")[:1]),
            libres=Subquery(
                ouvertes.annotate(libres=F("places") - F("prises")).values("libres")[:1]
            ),
        )
        .values_list("attendent", "ouverte", "ouverte_nom", "ouverte_debut", "libres")
        .get()
    )
    if not nombre:
        return []
    cadres = f"{compter(nombre, 'cadre')} {accorder(nombre, 'retenu')}"
    if ouverte is None:
        if refus_ouvrir(acteur) is not None:
            return []
        detail = "Aucune promotion n’a de place libre."
        verbe = accorder(nombre, "attend,attendent")
        url = reverse("parcours:nouvelle_promotion")
        return [Attente(f"{cadres} {verbe} une promotion", detail, url, "Ouvrir une promotion")]
    if not acteur.est_rh:
        return []
    detail = f"{nom} : {compter(libres, 'place libre,places libres')}."
    url = reverse("parcours:inscrire", args=[ouverte])
    # Once the promotion has begun, its first day is no longer a date by which to enrol.
    avant = debut if debut >= timezone.localdate() else None
    return [Attente(f"{cadres} à inscrire", detail, url, "Inscrire", avant)]


def _presences_et_dates(acteur: Acteur) -> list[Attente]:
    """Who came to appointments that have begun; who waits for a date and has none. One query."""
    noter = (
        SuiviEtape.objects.geres_par(acteur)
        .a_noter()
        .order_by()
        .annotate(genre=Value("noter"), ou=F("etape__promotion__nom"))
        .values("genre", "etape", "etape__intitule", "ou")
        .annotate(personnes=Count("pk"), depuis=Min("quand"))
    )
    siens = SuiviEtape.objects.filter(inscription=OuterRef("pk"))
    sans_date = (
        Inscription.objects.filter(
            Exists(siens.datees().filter(etat=SuiviEtape.Etat.A_PLANIFIER)),
            ~Exists(siens.filter(etat=SuiviEtape.Etat.PLANIFIEE)),
            presents("cadre__"),
            cadre__collectivite=acteur.collectivite,
            etat=Inscription.Etat.EN_COURS,
        )
        .order_by()
        .annotate(genre=Value("planifier"), vide=Value(""))
        .values("genre", "promotion", "vide", "promotion__nom")
        .annotate(personnes=Count("pk"), depuis=Value(None, DateTimeField()))
    )
    lignes = list(noter.union(sans_date, all=True))
    a_noter = [ligne for ligne in lignes if ligne["genre"] == "noter"]
    return [
        *(_noter(ligne) for ligne in sorted(a_noter, key=lambda ligne: ligne["depuis"])),
        *(_planifier(ligne) for ligne in lignes if ligne["genre"] == "planifier"),
    ]


def _noter(ligne: Mapping[str, Any]) -> Attente:
    return Attente(
        f"Noter les présences : {ligne['etape__intitule']}",
        f"{ligne['ou']}, {compter(ligne['personnes'], 'personne')}.",
        reverse("parcours:presences", args=[ligne["etape"]]),
        "Noter",
        timezone.localdate(ligne["depuis"]),
    )


def _planifier(ligne: Mapping[str, Any]) -> Attente:
    """`etape` bears the key of the promotion: the two lists are read as one."""
    return Attente(
        f"{compter(ligne['personnes'], 'participant')} sans rendez-vous",
        f"{ligne['ou']} : rien n’est planifié pour {accorder(ligne['personnes'], 'lui,eux')}.",
        f"{reverse('parcours:promotion', args=[ligne['etape']])}?voir=libres",
        "Planifier",
    )


def _accompagner(acteur: Acteur) -> list[Attente]:
    """The accompagnateur's attendance to note, and appointments to give. One query."""
    maintenant = timezone.now()
    siens = SuiviEtape.objects.geres_par(acteur).aggregate(
        a_noter=Count("pk", filter=Q(etat=SuiviEtape.Etat.PLANIFIEE, quand__lte=maintenant)),
        depuis=Min("quand", filter=Q(etat=SuiviEtape.Etat.PLANIFIEE, quand__lte=maintenant)),
        a_fixer=Count(
            "pk",
            filter=Q(etat=SuiviEtape.Etat.A_PLANIFIER)
            | Q(etat=SuiviEtape.Etat.ABSENT, excusee=False),
        ),
    )
    url = reverse("parcours:accompagnements")
    attentes = []
    if siens["a_noter"]:
        titre = f"Noter {compter(siens['a_noter'], 'présence')}"
        detail = "Entretiens et coachings passés."
        depuis = timezone.localdate(siens["depuis"])
        attentes.append(Attente(titre, detail, url, "Noter", depuis))
    if siens["a_fixer"]:
        titre = f"Fixer {compter(siens['a_fixer'], 'rendez-vous,rendez-vous')}"
        detail = "Entretiens et coachings sans date."
        attentes.append(Attente(titre, detail, f"{url}#personnes", "Fixer"))
    return attentes


def _rendez_vous(acteur: Acteur) -> list[Attente]:
    """The cadre's appointments of the week."""
    suivis = (
        SuiviEtape.objects.visibles_par(acteur)
        .datees()
        .a_venir()
        .filter(quand__lte=timezone.now() + RAPPEL)
        .select_related("etape")
        .order_by("quand")
    )
    return [
        Attente(
            suivi.etape.intitule,
            f"{quand_et_ou(suivi.quand, suivi.lieu)}.",
            f"{reverse('pilotage:mon_parcours')}#rendez-vous",
            "Voir",
            timezone.localdate(suivi.quand),
            rendez_vous=True,
        )
        for suivi in suivis
        if suivi.quand is not None
    ]
