"""The lines of a payslip: their name, what they add up to, and the rule they follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Genre(StrEnum):
    GAIN = "gain"
    RETENUE = "retenue"
    CHARGE = "charge de l’employeur"
    SOUS_TOTAL = "sous-total"
    TOTAL = "total"


@dataclass(frozen=True)
class Code:
    libelle: str
    genre: Genre
    regle: str


_SOUMIS = "Assise sur le traitement et la NBI."
_BRUT = "Assise sur tout le brut."
_PLAFONNEE = "Assise sur le brut, dans la limite du plafond de la sécurité sociale."
_IRCANTEC_A = "Assise sur le brut hors supplément familial, jusqu’au plafond."
_IRCANTEC_B = "Assise sur la part comprise entre un et huit plafonds, hors supplément familial."
_CSG = (
    "98,25 % du brut, après transfert primes/points ; sans abattement au-delà de quatre plafonds."
)

CODES: dict[str, Code] = {
    "TIB": Code(
        "Traitement indiciaire brut",
        Genre.GAIN,
        "Indice majoré × valeur annuelle du point ÷ 12, réduit à temps partiel (CGFP L612-5).",
    ),
    "NBI": Code(
        "Nouvelle bonification indiciaire",
        Genre.GAIN,
        "Points × valeur annuelle du point ÷ 12 ; cesse avec la fonction (décret 2006-779).",
    ),
    "IR": Code(
        "Indemnité de résidence",
        Genre.GAIN,
        "Taux de la zone × (traitement et NBI), au moins celle de l’indice minimal "
        "(décret 85-1148, article 9).",
    ),
    "SFT": Code(
        "Supplément familial de traitement",
        Genre.GAIN,
        "Part fixe et part proportionnelle, l’indice étant borné ; à temps partiel, jamais sous le "
        "minimum du temps plein ; un seul droit par enfant (décret 85-1148, articles 10 à 12).",
    ),
    "IFSE": Code(
        "IFSE", Genre.GAIN, "Montant de l’arrêté individuel, dans la délibération de l’employeur."
    ),
    "CIA_M": Code("CIA mensualisé", Genre.GAIN, "Facultatif, sans droit acquis."),
    "CIA_AN": Code("CIA versé ce mois", Genre.GAIN, "Facultatif, annuel, sans droit acquis."),
    "AUTRES_PRIMES": Code("Autres primes", Genre.GAIN, "Montant saisi."),
    "PRIME_RESP": Code(
        "Prime de responsabilité",
        Genre.GAIN,
        "Emplois de direction seulement, 15 % du traitement au plus (décret 88-631, article 2).",
    ),
    "primes": Code(
        "Primes et indemnités", Genre.SOUS_TOTAL, "IFSE, CIA, prime de responsabilité, autres."
    ),
    "IND_CSG": Code(
        "Indemnité compensatrice de la CSG",
        Genre.GAIN,
        "Montant saisi, transmis d’un employeur à l’autre (décret 2017-1889).",
    ),
    "TPP": Code(
        "Transfert primes/points",
        Genre.GAIN,
        "Abattement, dans la limite des primes ; réduit comme le traitement à temps partiel "
        "(loi de finances pour 2016, article 148).",
    ),
    "brut": Code("Rémunération brute", Genre.TOTAL, "Somme des gains."),
    "CNRACL_S": Code("Retenue pour pension (CNRACL)", Genre.RETENUE, _SOUMIS),
    "RAFP_base": Code(
        "Assiette du RAFP",
        Genre.SOUS_TOTAL,
        "Primes, indemnité de résidence et supplément familial, après transfert primes/points, dans "
        "la limite de 20 % du traitement de l’année, en cumul glissant (décret 2004-569, article 2).",
    ),
    "RAFP_S": Code("RAFP", Genre.RETENUE, "Assise sur l’assiette du RAFP."),
    "IRCANTEC_TA_S": Code("IRCANTEC, tranche A", Genre.RETENUE, _IRCANTEC_A),
    "IRCANTEC_TB_S": Code("IRCANTEC, tranche B", Genre.RETENUE, _IRCANTEC_B),
    "VIEILLESSE_PLAF_S": Code("Assurance vieillesse plafonnée", Genre.RETENUE, _PLAFONNEE),
    "VIEILLESSE_DEPLAF_S": Code("Assurance vieillesse déplafonnée", Genre.RETENUE, _BRUT),
    "CSG_base": Code("Assiette de la CSG et de la CRDS", Genre.SOUS_TOTAL, _CSG),
    "CSG_DED": Code("CSG déductible", Genre.RETENUE, "Assise sur l’assiette de la CSG."),
    "CSG_NDED": Code("CSG non déductible", Genre.RETENUE, "Assise sur l’assiette de la CSG."),
    "CRDS": Code("CRDS", Genre.RETENUE, "Assise sur l’assiette de la CSG."),
    "net_avant_PAS": Code(
        "Net avant prélèvement à la source",
        Genre.TOTAL,
        "Brut moins toutes les retenues ; le taux d’impôt est propre à la personne.",
    ),
    "net_imposable": Code(
        "Net imposable", Genre.TOTAL, "Brut moins les retenues, sauf CSG non déductible et CRDS."
    ),
    "CNRACL_P": Code("CNRACL, part de l’employeur", Genre.CHARGE, _SOUMIS),
    "RAFP_P": Code("RAFP, part de l’employeur", Genre.CHARGE, "Assise sur l’assiette du RAFP."),
    "MALADIE_P": Code("Assurance maladie", Genre.CHARGE, _SOUMIS),
    "AF_P": Code("Allocations familiales", Genre.CHARGE, _SOUMIS),
    "ATIACL": Code("ATIACL", Genre.CHARGE, "Assise sur le traitement seul, sans la NBI."),
    "IRCANTEC_TA_P": Code("IRCANTEC, tranche A, part de l’employeur", Genre.CHARGE, _IRCANTEC_A),
    "IRCANTEC_TB_P": Code("IRCANTEC, tranche B, part de l’employeur", Genre.CHARGE, _IRCANTEC_B),
    "VIEILLESSE_PLAF_P": Code("Vieillesse plafonnée, employeur", Genre.CHARGE, _PLAFONNEE),
    "VIEILLESSE_DEPLAF_P": Code("Vieillesse déplafonnée, employeur", Genre.CHARGE, _BRUT),
    "MALADIE_RG_P": Code("Assurance maladie (régime général)", Genre.CHARGE, _BRUT),
    "AF_RG_P": Code("Allocations familiales (régime général)", Genre.CHARGE, _BRUT),
    "AT_P": Code(
        "Accidents du travail",
        Genre.CHARGE,
        "Taux notifié chaque année à l’employeur, sur le brut.",
    ),
    "CHOMAGE_P": Code(
        "Assurance chômage",
        Genre.CHARGE,
        "Si l’employeur adhère au régime, dans la limite de quatre plafonds.",
    ),
    "FNAL_P": Code(
        "FNAL", Genre.CHARGE, "Selon la taille de l’employeur ; plafonné sous 50 agents."
    ),
    "CSA_P": Code(
        "Contribution de solidarité pour l’autonomie",
        Genre.CHARGE,
        "Traitement et NBI d’un fonctionnaire, brut d’un contractuel.",
    ),
    "VM_P": Code(
        "Versement mobilité", Genre.CHARGE, "Taux local ; employeurs de 11 agents et plus."
    ),
    "CNFPT_P": Code(
        "Cotisation au CNFPT",
        Genre.CHARGE,
        "Masse salariale soumise aux cotisations d’assurance maladie.",
    ),
    "CNFPT_APPR_P": Code(
        "CNFPT, apprentissage", Genre.CHARGE, "Même assiette que la cotisation au CNFPT."
    ),
    "total_patronal": Code(
        "Charges de l’employeur",
        Genre.TOTAL,
        "Somme des charges connues ; un taux inconnu s’y ajoute.",
    ),
    "cout_employeur": Code("Coût pour l’employeur", Genre.TOTAL, "Brut et charges de l’employeur."),
}
