"""What the voie changes in pay: who pays, whether the grade is kept, what must be told of the host's side.

The codes are those of `opportunites/dossier/droit/referentiels/voies_mobilite.csv`; a test holds both together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from opportunites.remuneration.baremes import grilles
from opportunites.remuneration.baremes.grilles import Echelon
from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.bulletin.situation import Employeur, Situation, Statut
from opportunites.remuneration.erreurs import refuser
from opportunites.remuneration.textes import enumeration, insecables


class Carriere(StrEnum):
    """What becomes of the grade."""

    CONSERVEE = "grade et échelon conservés"
    RECLASSEE = "reclassement dans le cadre d’emplois d’accueil"
    FONCTIONNELLE = "échelonnement propre à l’emploi fonctionnel"
    CONTRAT = "rémunération du contrat"


class Payeur(StrEnum):
    ACCUEIL = "l’employeur d’accueil"
    ORIGINE = "l’employeur d’origine"


@dataclass(frozen=True)
class EffetVoie:
    """`a_dire`: the sentence the sheet prints. `confiance` M: from memory, with a caution."""

    carriere: Carriere
    payeur: Payeur
    publics: frozenset[Statut]
    a_dire: str
    source: str
    confiance: str

    @property
    def reclasse(self) -> bool:
        return self.carriere in (Carriere.RECLASSEE, Carriere.FONCTIONNELLE)


_TITULAIRE = frozenset({Statut.TITULAIRE})
_CONTRACTUEL = frozenset({Statut.CONTRACTUEL})
_TOUS = _TITULAIRE | _CONTRACTUEL
_RECLASSEMENT = (
    "Le grade et l’échelon d’accueil sont à indiquer : à indice égal ou immédiatement supérieur "
    "(de mémoire, à vérifier dans le statut particulier)."
)

VOIES: dict[str, EffetVoie] = {
    "MUTATION": EffetVoie(
        Carriere.CONSERVEE,
        Payeur.ACCUEIL,
        _TITULAIRE,
        "Grade, échelon et traitement ne changent pas ; l’accueil paie et fixe l’IFSE par arrêté.",
        "CGFP L512-23 à L512-26",
        "V",
    ),
    "DETACHEMENT_LONG": EffetVoie(
        Carriere.RECLASSEE,
        Payeur.ACCUEIL,
        _TITULAIRE,
        f"L’accueil paie selon ses règles ; la carrière continue des deux côtés. {_RECLASSEMENT}",
        "CGFP L513-3, L513-9 à L513-11",
        "M",
    ),
    "DETACHEMENT_COURT": EffetVoie(
        Carriere.RECLASSEE,
        Payeur.ACCUEIL,
        _TITULAIRE,
        f"L’accueil paie selon ses règles ; le retour sur l’emploi quitté est de droit. {_RECLASSEMENT}",
        "CGFP L513-3",
        "M",
    ),
    "DETACHEMENT_EF": EffetVoie(
        Carriere.FONCTIONNELLE,
        Payeur.ACCUEIL,
        _TITULAIRE,
        "L’emploi fonctionnel a sa propre grille, une prime de responsabilité de 15 % au plus du "
        "traitement et sa NBI ; le grade d’origine continue d’avancer.",
        "Décrets 87-1101, 87-1102 et 88-631",
        "V",
    ),
    "INTEGRATION_DIRECTE": EffetVoie(
        Carriere.RECLASSEE,
        Payeur.ACCUEIL,
        _TITULAIRE,
        f"La personne quitte son cadre d’emplois ; l’accueil paie. {_RECLASSEMENT}",
        "CGFP L511-5 à L511-8",
        "M",
    ),
    "MAD": EffetVoie(
        Carriere.CONSERVEE,
        Payeur.ORIGINE,
        _TOUS,
        "Grade, échelon et traitement ne changent pas ; c’est l’employeur d’origine qui paie, et "
        "l’accueil qui rembourse, sauf exceptions.",
        "CGFP L512-6 à L512-17",
        "V",
    ),
    "AFFECTATION_INTERNE": EffetVoie(
        Carriere.CONSERVEE,
        Payeur.ACCUEIL,
        _TOUS,
        "L’employeur reste le même : grade et traitement ne changent pas, l’IFSE suit le poste.",
        "CGFP L512-23",
        "M",
    ),
    "SERVICE_COMMUN": EffetVoie(
        Carriere.CONSERVEE,
        Payeur.ACCUEIL,
        _TOUS,
        "Grade et traitement ne changent pas ; le régime indemnitaire et les avantages acquis sont "
        "conservés s’ils sont plus favorables. Mise à disposition de plein droit pour une part de ses "
        "fonctions, la personne reste payée par l’origine.",
        "CGCT L5211-4-2",
        "V",
    ),
    "CONTRAT_CDD": EffetVoie(
        Carriere.CONTRAT,
        Payeur.ACCUEIL,
        _CONTRACTUEL,
        "La rémunération du nouveau contrat se négocie ; l’ancienneté n’est pas reprise d’office.",
        "CGFP L332-8 et suivants",
        "M",
    ),
    "PORTABILITE_CDI": EffetVoie(
        Carriere.CONTRAT,
        Payeur.ACCUEIL,
        _CONTRACTUEL,
        "Le contrat reste à durée indéterminée si l’accueil le décide ; la rémunération se négocie.",
        "CGFP L332-12",
        "M",
    ),
    "DISPONIBILITE": EffetVoie(
        Carriere.CONTRAT,
        Payeur.ACCUEIL,
        _TITULAIRE,
        "Le traitement de l’origine cesse ; l’accueil, s’il recrute, paie par contrat.",
        "CGFP L514-1 et suivants",
        "M",
    ),
}


@dataclass(frozen=True)
class Passage:
    """The person's pay on the host's side of a voie, and both careers where there are two."""

    voie: str
    effet: EffetVoie
    situation: Situation
    echelon_origine: Echelon | None = None
    echelon_accueil: Echelon | None = None
    prudences: tuple[str, ...] = ()


def effet(voie: str) -> EffetVoie:
    if voie not in VOIES:
        raise refuser("voie", f"Voie inconnue : {voie} ; admises : {enumeration(list(VOIES))}.")
    return VOIES[voie]


def controler_voie(voie: str, statut: Statut) -> EffetVoie:
    """Refuses a voie that this statut cannot take."""
    choisie = effet(voie)
    if statut not in choisie.publics:
        admises = enumeration([code for code, e in VOIES.items() if statut in e.publics])
        raise refuser("voie", f"Cette voie n’est pas ouverte à un {statut} ; admises : {admises}.")
    return choisie


def passer(
    voie: str,
    origine: Situation,
    *,
    zone: int,
    employeur: Employeur,
    echelon_origine: Echelon | None = None,
    echelon_accueil: Echelon | None = None,
    inm_emploi: int | None = None,
    base_contrat: Decimal | None = None,
) -> Passage:
    """The situation on arrival: traitement kept, reclassed, that of the emploi, or that of the contract.

    An emploi fonctionnel has its own grid, of which `echelon_accueil` is a line; where none is known, its index,
    `inm_emploi`, is the host's to tell. So is the `base_contrat` of a contract, or its index of reference. `zone` and `employeur` are the host's; in a mise
    à disposition it is the origin's rates that are paid. What belongs to the poste left stays there.
    """
    choisie = controler_voie(voie, origine.statut)
    payeur = origine.employeur if choisie.payeur is Payeur.ORIGINE else employeur
    origine = _sans_le_poste(origine, zone, payeur)
    prudences = [choisie.a_dire] if choisie.confiance == "M" else []
    situation = origine
    if choisie.carriere is Carriere.RECLASSEE:
        if echelon_accueil is None:
            raise refuser(
                "echelon_accueil",
                "Cette voie reclasse : indiquez le grade et l’échelon dans le cadre d’emplois "
                "d’accueil.",
            )
        situation = _a_l_indice(origine, echelon_accueil.inm)
    elif choisie.carriere is Carriere.FONCTIONNELLE:
        indice = echelon_accueil.inm if echelon_accueil else inm_emploi
        if indice is None:
            raise refuser(
                "inm_emploi",
                "Choisissez l’emploi fonctionnel et son échelon, ou saisissez son indice majoré.",
            )
        situation = _a_l_indice(origine, indice)
    elif choisie.carriere is Carriere.CONTRAT:
        situation = _par_contrat(origine, inm_emploi, base_contrat)
    if choisie.reclasse and echelon_accueil and echelon_accueil.prudence:
        prudences.append(f"{echelon_accueil.intitule} : {echelon_accueil.prudence}")
    return Passage(
        voie,
        choisie,
        situation,
        echelon_origine,
        echelon_accueil,
        tuple(insecables(p) for p in prudences),
    )


def _sans_le_poste(origine: Situation, zone: int, employeur: Employeur) -> Situation:
    """The person alone: grade, family, part-time; none of what the poste left brought her."""
    nue = Situation(origine.date)
    return replace(
        origine,
        base=None if origine.tib is not None else origine.base,
        nbi=nue.nbi,
        ifse=nue.ifse,
        primes=nue.primes,
        cia_m=nue.cia_m,
        cia_an=nue.cia_an,
        prime_resp=nue.prime_resp,
        ir=nue.ir,
        zone=zone,
        employeur=employeur,
    )


def _a_l_indice(situation: Situation, inm: int) -> Situation:
    """`tpp` and a point typed by hand stay: they are the person's."""
    return replace(situation, inm=inm, tib=None, base=None)


def _par_contrat(
    origine: Situation, inm_emploi: int | None, base_contrat: Decimal | None
) -> Situation:
    if (inm_emploi is None) == (base_contrat is None):
        raise refuser(
            "base_contrat",
            "Indiquez la rémunération mensuelle du contrat, ou son indice majoré de référence.",
        )
    return replace(
        origine,
        statut=Statut.CONTRACTUEL,
        inm=inm_emploi,
        tib=base_contrat,
        base=None,
        tpp=None,
    )


def echelon_propose(baremes: Baremes, origine: Situation, grade_accueil: str) -> Echelon | None:
    """Where the host's grid would put the person, to be confirmed; None without an index to go by."""
    if origine.inm is None:
        return None
    return grilles.a_indice_egal_ou_superieur(baremes, grade_accueil, origine.inm, origine.date)
