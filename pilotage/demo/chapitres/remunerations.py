"""What the four assemblies deliberated, and the pay sheets that the DRH signed. Amounts are invented,
plausible; no chance here, so that the rest of the demo stays as it is."""

from datetime import date, timedelta
from decimal import Decimal

from collectivites.mots import Role
from opportunites.models import FicheRemuneration, GroupeIndemnitaire, Proposition, Regime
from opportunites.mots import EtatProposition
from opportunites.paie.calculs.calcul import date_du_calcul
from opportunites.paie.calculs.connu import echelon_de, est_contractuel
from opportunites.paie.calculs.fiche import figer_dans
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine
from pilotage.demo.calendrier import jour
from pilotage.demo.organisation import Lieu

FONCTIONS = {
    "A1": "Direction générale",
    "A2": "Direction",
    "A3": "Responsabilité d’un service",
    "A4": "Expertise, conduite de projet",
}
#: collectivité → its délibération, then for each group: IFSE minimum, indicative, maximum; CIA maximum
REGIMES: dict[str, tuple[date, str, dict[str, tuple[int, int, int, int]]]] = {
    "ville": (
        date(2023, 12, 14),
        "n° 2023-187",
        {
            "A1": (15_000, 22_800, 32_000, 3_000),
            "A2": (9_600, 13_800, 20_400, 2_000),
            "A3": (6_000, 9_000, 14_400, 1_500),
            "A4": (4_800, 7_200, 11_400, 1_200),
        },
    ),
    "agglomeration": (
        date(2024, 3, 28),
        "n° 2024-041",
        {
            "A1": (15_600, 24_000, 34_000, 3_600),
            "A2": (10_200, 14_400, 22_200, 2_400),
            "A3": (6_600, 9_600, 15_000, 1_800),
            "A4": (5_400, 7_800, 12_000, 1_200),
        },
    ),
    "departement": (
        date(2022, 11, 25),
        "n° B-2022-12",
        {
            "A1": (14_400, 21_600, 30_000, 2_400),
            "A2": (9_000, 13_200, 19_200, 1_800),
            "A3": (5_400, 8_400, 13_200, 1_200),
            "A4": (4_200, 6_600, 10_200, 900),
        },
    ),
    "region": (
        date(2025, 6, 19),
        "n° 25.04.11",
        {
            "A1": (18_000, 27_600, 36_000, 5_000),
            "A2": (12_000, 16_800, 26_400, 3_600),
            "A3": (7_800, 11_400, 18_000, 2_400),
            "A4": (6_000, 9_000, 14_400, 1_800),
        },
    ),
}
#: annual euros, but for days and hours
AVANTAGES: dict[str, dict[str, str]] = {
    "ville": {"prime_annee": "1450", "titres_restaurant": "0", "mutuelle": "180"},
    "agglomeration": {"prime_annee": "1520", "titres_restaurant": "1056", "mutuelle": "240"},
    "departement": {"prime_annee": "0", "titres_restaurant": "990", "mutuelle": "360"},
    "region": {"prime_annee": "1200", "titres_restaurant": "1188", "mutuelle": "420"},
}
COMMUNS = {"prevoyance": "84", "teletravail": "253", "conges_rtt": "48", "heures": "38"}
#: Monthly differences of IFSE, in turn: of those who said yes, of those who said no.
OUI = (
    220, 150, 90, 310, 60, 180, 120, 40, 260, 100, 75, 200,
    140, 30, 160, 85, 230, 50, 190, 20, 110, 80, 170,
)  # fmt: skip
NON = (-260, 80, 40, -120, -210, 90, -150, -190, 60, -140, -230, 70, -110, 30)


def remplir(lieu: Lieu) -> None:
    _deliberer(lieu)
    propositions = (
        Proposition.objects.filter(envoyee_le__isnull=False)
        .exclude(etat=EtatProposition.EXPIREE)
        .select_related("cadre__poste", "collectivite_origine", "opportunite__poste__collectivite")
        .order_by("pk")
    )
    rangs: dict[str, int] = {}
    for proposition in propositions:
        suite = NON if proposition.etat == EtatProposition.REFUSEE else OUI
        repondue = proposition.repondue_le is not None
        rang = rangs.setdefault(f"{suite is NON}{repondue}", 0)
        _fiche(lieu, proposition, suite[rang % len(suite)])
        rangs[f"{suite is NON}{repondue}"] += 1


def _deliberer(lieu: Lieu) -> None:
    for code, (quand, reference, groupes) in REGIMES.items():
        regime = Regime.objects.create(
            collectivite=lieu.collectivites[code],
            deliberee_le=quand,
            reference=reference,
            avantages={**AVANTAGES[code], **COMMUNS},
            enregistre_par=lieu.mandat(code, Role.DRH),
        )
        GroupeIndemnitaire.objects.bulk_create(
            GroupeIndemnitaire(
                regime=regime,
                code=groupe,
                libelle=FONCTIONS[groupe],
                ifse_min=bas,
                ifse_indicatif=milieu,
                ifse_max=haut,
                cia_min=0,
                cia_max=cia,
            )
            for groupe, (bas, milieu, haut, cia) in groupes.items()
        )


def _fiche(lieu: Lieu, proposition: Proposition, ecart: int) -> None:
    """Signed by both, a few days after the proposition was sent."""
    assert proposition.envoyee_le is not None
    origine, accueil = (
        proposition.collectivite_origine,
        proposition.opportunite.poste.collectivite,
    )
    actuelle = Decimal(REGIMES[origine.code][2]["A3"][1]) / 12
    contractuel = est_contractuel(proposition.cadre)
    quand = proposition.envoyee_le + timedelta(hours=2)
    fiche = FicheRemuneration(
        proposition=proposition,
        saisie_origine=_du_poste_actuel(proposition, actuelle, contractuel).en_json(),
        saisie_accueil=_du_poste_propose(
            proposition, actuelle + ecart, contractuel, accueil.code
        ).en_json(),
        ouverte_le=proposition.envoyee_le,
        signee_origine_le=quand,
        signee_origine_par=lieu.mandat(origine.code, Role.DRH),
        signee_accueil_le=quand,
        signee_accueil_par=lieu.mandat(accueil.code, Role.DRH),
    )
    figer_dans(fiche)
    fiche.save()


def _avantages(code: str) -> dict[str, Decimal]:
    return {cle: Decimal(v) for cle, v in {**AVANTAGES[code], **COMMUNS}.items()}


def _du_poste_actuel(proposition: Proposition, ifse: Decimal, contractuel: bool) -> SaisieOrigine:
    cadre = proposition.cadre
    echelon = echelon_de(cadre, jour())
    return SaisieOrigine(
        statut="contractuel" if contractuel else "titulaire",
        grade=echelon.grade if echelon and not contractuel else "",
        echelon=echelon.echelon if echelon and not contractuel else "",
        inm=None if echelon and not contractuel else 610,
        ifse_bas=ifse.quantize(Decimal(1)),
        cia_bas=Decimal(900),
        cia_regle="prorata",
        nbi=0,
        prime_resp=Decimal(0),
        primes=Decimal(0),
        avantages=_avantages(proposition.collectivite_origine.code),
    )


def _du_poste_propose(
    proposition: Proposition, ifse: Decimal, contractuel: bool, code: str
) -> SaisieAccueil:
    prise = proposition.opportunite.date_prise_poste or jour()
    return SaisieAccueil(
        voie="PORTABILITE_CDI" if contractuel else "MUTATION",
        date_effet=date_du_calcul(prise),
        inm=610 if contractuel else None,
        ifse_bas=ifse.quantize(Decimal(1)),
        cia_bas=Decimal(0),
        cia_haut=Decimal(REGIMES[code][2]["A3"][3]),
        nbi=0,
        prime_resp=Decimal(0),
        primes=Decimal(0),
        vm=Decimal("2.0"),
        agents=2_000,
        maintien_deliberation=f"délibération {REGIMES[code][1]}",
        maintien_du=REGIMES[code][0],
        maintien_mois=12,
        avantages=_avantages(code),
    )
