"""Where do we lose people? From being listed to the new poste, step by step."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from cadres.models import Cadre, Candidature
from collectivites.models import Collectivite, Demarche
from opportunites.models import Mobilite, Proposition
from parcours.models import Inscription
from pilotage.indicateurs.sql import ENTIER, EcartJours, Perimetre

#: code, what the step is called, where people are lost when they do not reach it
ETAPES = (
    ("recenses", "Recensés", ""),
    ("volontaires", "Volontaires", "au volontariat"),
    ("retenus", "Retenus", "au choix des retenus"),
    ("en_parcours", "Entrés en parcours", "à l’entrée en parcours"),
    ("acheves", "Parcours achevé", "pendant le parcours"),
    ("proposes", "Proposition reçue", "dans l’attente d’une proposition"),
    ("acceptees", "Acceptée", "au moment d’accepter un poste"),
    ("effectives", "Effective", "entre l’accord et la prise de poste"),
)
CODES = tuple(code for code, _, _ in ETAPES)


@dataclass(frozen=True)
class EtapeEntonnoir:
    """One step. `passage`: share of the previous step, in %; `delai`: median days since it."""

    code: str
    libelle: str
    perte: str
    total: int
    par_collectivite: tuple[int, ...]
    femmes: int
    hommes: int
    passage: int | None
    delai: float | None
    nb_delais: int = 0
    """How many the delay is the median of."""

    @property
    def part_femmes(self) -> int | None:
        connus = self.femmes + self.hommes
        return round(100 * self.femmes / connus) if connus else None


@dataclass(frozen=True)
class Entonnoir:
    collectivites: tuple[Collectivite, ...]
    etapes: tuple[EtapeEntonnoir, ...]
    en_cours: int
    """Still in a parcours that is not over."""

    def etape(self, code: str) -> EtapeEntonnoir:
        return self.etapes[CODES.index(code)]

    def pertes(self) -> list[EtapeEntonnoir]:
        """The steps at which most are lost, the worst first; those that all reach are left out.

        Who is still in a parcours is not lost.
        """
        parts: list[tuple[float, EtapeEntonnoir]] = []
        for avant, etape in itertools.pairwise(self.etapes):
            restent = etape.total + (self.en_cours if etape.code == "acheves" else 0)
            if avant.total > restent:
                parts.append((restent / avant.total, etape))
        return [etape for _, etape in sorted(parts, key=lambda p: p[0])]


def mediane(effectifs: Mapping[int, int]) -> float | None:
    """The median of values given with how many times each occurs."""
    total = sum(effectifs.values())
    if not total:
        return None
    milieux, passes = [], 0
    rangs = {(total + 1) // 2, (total + 2) // 2}
    for valeur in sorted(effectifs):
        apres = passes + effectifs[valeur]
        milieux += [valeur for rang in rangs if passes < rang <= apres]
        passes = apres
    return sum(milieux) / len(milieux)


def calculer(
    collectivites: Iterable[Collectivite],
    effectifs: Iterable[Mapping[str, object]],
    delais: Iterable[tuple[str, int, int]],
    en_cours: int = 0,
) -> Entonnoir:
    """`effectifs`: by origin and civility, a count per step; `delais`: (step, days, how many)."""
    liste = tuple(collectivites)
    lignes = list(effectifs)
    par_etape: dict[str, dict[int, int]] = {code: {} for code in CODES}
    for code, jours, nombre in delais:
        par_etape[code][jours] = par_etape[code].get(jours, 0) + nombre

    def somme(code: str, **criteres: object) -> int:
        return sum(
            int(str(ligne[code]))
            for ligne in lignes
            if all(ligne[nom] == valeur for nom, valeur in criteres.items())
        )

    etapes: list[EtapeEntonnoir] = []
    for code, libelle, perte in ETAPES:
        total = somme(code)
        avant = etapes[-1].total if etapes else 0
        etapes.append(
            EtapeEntonnoir(
                code=code,
                libelle=libelle,
                perte=perte,
                total=total,
                par_collectivite=tuple(somme(code, depart=c.pk) for c in liste),
                femmes=somme(code, civilite=Cadre.Civilite.FEMME),
                hommes=somme(code, civilite=Cadre.Civilite.HOMME),
                passage=round(100 * total / avant) if 0 < avant >= total else None,
                delai=mediane(par_etape[code]),
                nb_delais=sum(par_etape[code].values()),
            )
        )
    return Entonnoir(liste, tuple(etapes), en_cours)


# --- Reading ------------------------------------------------------------------------------------

_E = Candidature.Etat
#: Said yes one day, whatever was decided or happened after.
A_DIT_OUI = Q(etat__in=(_E.ACCORD, _E.RETENU, _E.NON_RETENU)) | Q(
    etat=_E.RETIRE, repondu_le__isnull=False
)
#: Was retained one day. A withdrawal keeps the date of the decision.
A_ETE_RETENU = Q(etat=_E.RETENU) | Q(etat=_E.RETIRE, decide_le__isnull=False)
ACCEPTEES = (Proposition.Etat.ACCEPTEE, Proposition.Etat.REALISEE)


def derniere_promotion() -> Subquery:
    """The promotion of a person, from rows that lead to a cadre: the last that they entered."""
    siennes = Inscription.objects.filter(cadre=OuterRef("cadre_id")).order_by("-inscrit_le", "-pk")
    return Subquery(siennes.values("promotion")[:1])


def lire_effectifs(
    demarche: Demarche, part: Perimetre = ENTIER, *, par_promotion: bool = False
) -> list[dict[str, object]]:
    """Each step's count, by employer of origin and civility: some fifteen rows. One query."""
    inscriptions = part.inscriptions()
    lignes = candidatures(demarche, part).annotate(civilite=F("cadre__civilite"))
    groupes = ["depart", "civilite"]
    if par_promotion:
        lignes = lignes.annotate(promotion=derniere_promotion())
        groupes.append("promotion")
    comptes = lignes.values(*groupes).annotate(
        **{code: Count("pk", filter=condition) for code, condition in conditions(part).items()},
        en_cours=Count("pk", filter=Exists(inscriptions.filter(etat=Inscription.Etat.EN_COURS))),
    )
    return [dict(ligne) for ligne in comptes]


def conditions(part: Perimetre = ENTIER) -> dict[str, Q | Exists]:
    """Step → which candidacies have reached it; in a period, on one of its days."""
    du_cadre = {"cadre": OuterRef("cadre_id")}
    inscriptions, jours = part.inscriptions(), part.jours
    propositions = Proposition.objects.filter(**du_cadre, envoyee_le__isnull=False)
    acceptees = propositions.filter(jours("repondue_le"), etat__in=ACCEPTEES)
    effectives = Mobilite.objects.filter(**du_cadre, etat=Mobilite.Etat.EFFECTIVE)
    acheves = inscriptions.filter(jours("finie_le"), etat=Inscription.Etat.ACHEVEE)
    return {
        "recenses": Q(pk__isnull=False) & jours("recense_le"),
        "volontaires": A_DIT_OUI & jours("repondu_le"),
        "retenus": A_ETE_RETENU & jours("decide_le"),
        "en_parcours": Exists(inscriptions.filter(jours("inscrit_le"))),
        "acheves": Exists(acheves),
        "proposes": Exists(propositions.filter(jours("envoyee_le"))),
        "acceptees": Exists(acceptees),
        "effectives": Exists(effectives.filter(jours("date_effet", horodate=False))),
    }


def candidatures(demarche: Demarche, part: Perimetre = ENTIER) -> QuerySet[Any]:
    """The candidacies, with the employer that each counts for: that which a person who moved left."""
    effectives = Mobilite.objects.filter(cadre=OuterRef("cadre_id"), etat=Mobilite.Etat.EFFECTIVE)
    premiere = effectives.order_by("date_effet", "pk").values("collectivite_origine")[:1]
    # Who moved is known at once, from the moves; only theirs are then read one by one.
    depart = Case(
        When(Exists(effectives), then=Subquery(premiere)),
        default=F("cadre__collectivite"),
        output_field=BigIntegerField(),
    )
    return (
        Candidature.objects.filter(part.personnes(), cadre__demarche=demarche)
        .order_by()
        .annotate(depart=depart)
    )


def candidatures_a(demarche: Demarche, code: str, part: Perimetre = ENTIER) -> QuerySet[Any]:
    """Those that a total counts, at a step; `depart` says for which employer each counts."""
    return candidatures(demarche, part).filter(conditions(part)[code])


def lire_delais(demarche: Demarche, part: Perimetre = ENTIER) -> list[tuple[str, int, int]]:
    """Days between a step and the one before: (step, days, how many). One query.

    Grouped by number of days, hence as many rows as there are different delays.
    """
    personnes = part.personnes()
    reponses = Candidature.objects.filter(personnes, cadre__demarche=demarche)
    inscriptions = Inscription.objects.filter(promotion__demarche=demarche)
    if part.promotion is not None:
        inscriptions = inscriptions.filter(promotion=part.promotion)
    envoyees = Proposition.objects.filter(
        personnes,
        opportunite__poste__collectivite__demarche=demarche,
        envoyee_le__isnull=False,
    )
    anterieures = Proposition.objects.filter(
        cadre=OuterRef("cadre_id"), envoyee_le__lt=OuterRef("envoyee_le")
    )
    acheves = inscriptions.filter(etat=Inscription.Etat.ACHEVEE)
    fin_parcours = Inscription.objects.filter(
        cadre=OuterRef("cadre_id"), etat=Inscription.Etat.ACHEVEE
    ).order_by("-finie_le")
    effectives = Mobilite.objects.filter(
        personnes, collectivite_accueil__demarche=demarche, etat=Mobilite.Etat.EFFECTIVE
    )

    requetes = (
        _delais(part, "volontaires", reponses.filter(A_DIT_OUI), "repondu_le", "recense_le"),
        _delais(part, "retenus", reponses.filter(A_ETE_RETENU), "decide_le", "repondu_le"),
        _delais(part, "en_parcours", inscriptions, "inscrit_le", "cadre__candidature__decide_le"),
        _delais(part, "acheves", acheves, "finie_le", "inscrit_le"),
        _delais(
            part,
            "proposes",
            envoyees.filter(~Exists(anterieures)).annotate(
                fin_parcours=Subquery(fin_parcours.values("finie_le")[:1])
            ),
            "envoyee_le",
            "fin_parcours",
        ),
        _delais(
            part, "acceptees", envoyees.filter(etat__in=ACCEPTEES), "repondue_le", "envoyee_le"
        ),
        _delais(part, "effectives", effectives, "date_effet", "proposition__repondue_le"),
    )
    return list(requetes[0].union(*requetes[1:], all=True))


def _delais(part: Perimetre, code: str, lignes: QuerySet, fin: str, debut: str) -> QuerySet:
    """(step, days, how many), negative delays (a step taken before the other one) left out."""
    horodate = fin != "date_effet"
    jour_fin = TruncDate(fin) if horodate else F(fin)
    return (
        lignes.filter(part.jours(fin, horodate=horodate))
        .filter(**{f"{fin}__isnull": False, f"{debut}__isnull": False})
        .order_by()
        .annotate(etape_entonnoir=Value(code), jours=EcartJours(jour_fin, TruncDate(debut)))
        .filter(jours__gte=0)
        .values_list("etape_entonnoir", "jours")
        .annotate(nombre=Count("pk"))
    )
