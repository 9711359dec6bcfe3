"""What titulaires and contractuels have in common: CSG and CRDS, nets, charges by size and place, cost."""

from __future__ import annotations

from decimal import Decimal

from opportunites.remuneration.bulletin.codes import Genre
from opportunites.remuneration.bulletin.lignes import Feuille
from opportunites.remuneration.bulletin.situation import Fnal
from opportunites.remuneration.montants import arrondi
from opportunites.remuneration.textes import euros, taux


def poser_csg(feuille: Feuille) -> None:
    brut, ce_jour = feuille["brut"], feuille.situation.date
    part = feuille.baremes.parametre("CSG_ASSIETTE", ce_jour)
    plafonds = int(feuille.baremes.parametre("CSG_ABATTEMENT_PSS", ce_jour).valeur)
    abattue, plafond = feuille.sous_plafond(brut, plafonds)
    formule = f"{taux(part.valeur)} × {euros(abattue)}"
    if brut > abattue:
        formule += f" + {euros(brut - abattue)} au-delà de {plafonds} plafonds"
    feuille.poser(
        "CSG_base",
        arrondi(part.valeur * abattue + (brut - abattue)),
        formule,
        part,
        *([plafond] if brut > abattue else []),
        entrees={"Brut": euros(brut)},
    )
    for code in ("CSG_DED", "CSG_NDED", "CRDS"):
        feuille.cotiser(code, feuille["CSG_base"], sur="assiette de la CSG")


def poser_nets(feuille: Feuille) -> None:
    """After every retenue is laid."""
    retenues = [ligne for ligne in feuille.lignes.values() if ligne.genre is Genre.RETENUE]
    total = sum(feuille[ligne.code] for ligne in retenues)
    confiance = feuille.confiance_de([*retenues, feuille.lignes["brut"]])
    net = feuille["brut"] - total
    feuille.poser(
        "net_avant_PAS",
        net,
        f"{euros(feuille['brut'])} − {euros(Decimal(total))} de retenues",
        source="somme des lignes",
        confiance=confiance,
    )
    reintegre = feuille["CSG_NDED"] + feuille["CRDS"]
    feuille.poser(
        "net_imposable",
        net + reintegre,
        f"{euros(net)} + {euros(reintegre)} de CSG non déductible et de CRDS",
        source="somme des lignes",
        confiance=confiance,
    )


def poser_charges_communes(feuille: Feuille, assiette: Decimal, sur: str) -> None:
    """FNAL, CSA, versement mobilité and CNFPT; then the total and the cost."""
    employeur = feuille.situation.employeur
    if employeur.fnal is Fnal.PETIT:
        plafonnee, plafond = feuille.sous_plafond(assiette)
        feuille.cotiser("FNAL_P", plafonnee, plafond, sur=sur, bareme="FNAL_PETIT_P")
    elif employeur.fnal is Fnal.GRAND:
        feuille.cotiser("FNAL_P", assiette, sur=sur)
    feuille.cotiser("CSA_P", assiette, sur=sur)
    feuille.cotiser_au_taux_saisi("VM_P", employeur.vm, assiette, sur=sur)
    feuille.cotiser("CNFPT_P", assiette, sur=sur)
    feuille.cotiser("CNFPT_APPR_P", assiette, sur=sur)
    feuille.totaliser("total_patronal", Genre.CHARGE, "somme des charges connues")
    totaux = (feuille.lignes["brut"], feuille.lignes["total_patronal"])
    feuille.poser(
        "cout_employeur",
        feuille["brut"] + feuille["total_patronal"],
        f"{euros(feuille['brut'])} + {euros(feuille['total_patronal'])}",
        source="somme des lignes",
        confiance=feuille.confiance_de(totaux),
    )
