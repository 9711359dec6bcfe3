"""A régime indemnitaire out of a spreadsheet and into one: same columns, with a diagnosis line by line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from cadres.recensement.champs.texte import cle, nettoyer
from cadres.recensement.erreurs import FichierIllisible
from cadres.recensement.fichiers.cellules import Cellule, Formule, texte_brut
from cadres.recensement.fichiers.lecture import lire_un_tableau
from collectivites.communs.typographie import cite, enumerer
from opportunites.models import GroupeIndemnitaire

MONTANTS = ("ifse_min", "ifse_indicatif", "ifse_max", "cia_min", "cia_indicatif", "cia_max")
#: field → heading of our own file, and what else is understood (keys without accents)
COLONNES: dict[str, tuple[str, tuple[str, ...]]] = {
    "code": ("Groupe", ("groupe", "groupe de fonctions", "code", "groupe ifse")),
    "libelle": ("Fonctions", ("fonctions", "libelle", "emplois", "postes concernes")),
    "ifse_min": ("IFSE minimum annuel", ("ifse minimum annuel", "ifse min", "ifse minimum")),
    "ifse_indicatif": (
        "IFSE indicatif annuel",
        ("ifse indicatif annuel", "ifse indicatif", "ifse cible", "ifse moyen"),
    ),
    "ifse_max": (
        "IFSE maximum annuel",
        ("ifse maximum annuel", "ifse max", "ifse maximum", "plafond ifse", "ifse plafond"),
    ),
    "cia_min": ("CIA minimum annuel", ("cia minimum annuel", "cia min", "cia minimum")),
    "cia_indicatif": ("CIA indicatif annuel", ("cia indicatif annuel", "cia indicatif")),
    "cia_max": (
        "CIA maximum annuel",
        ("cia maximum annuel", "cia max", "cia maximum", "plafond cia", "cia plafond"),
    ),
}
GROUPES_MAX = 60
CODE_MAX, LIBELLE_MAX = 10, 120
MONTANT_MAX = Decimal(200_000)


@dataclass(frozen=True)
class Diagnostic:
    """Rows that are understood, and each that is not with its number and its reason."""

    groupes: tuple[GroupeIndemnitaire, ...] = ()
    erreurs: tuple[str, ...] = ()


def diagnostiquer(octets: bytes, nom: str) -> Diagnostic:
    """All that is wrong at once; nothing is written."""
    try:
        lignes = lire_un_tableau(octets, nom, GROUPES_MAX + 20)
    except FichierIllisible as refus:
        return Diagnostic(erreurs=(str(refus),))
    rang, colonnes = _entete([cellules for _, cellules in lignes])
    if "code" not in colonnes or not {"ifse_max", "ifse_indicatif"} & colonnes.keys():
        attendues = enumerer([cite(titre) for titre, _ in COLONNES.values()])
        return Diagnostic(
            erreurs=(
                "Les colonnes n’ont pas été reconnues. Il faut au moins « Groupe » et « IFSE "
                f"maximum annuel ». Colonnes comprises : {attendues}.",
            )
        )
    groupes: list[GroupeIndemnitaire] = []
    erreurs: list[str] = []
    for numero, cellules in lignes[rang + 1 :]:
        groupe, fautes = _groupe(cellules, colonnes)
        if groupe is not None and groupe.code in {g.code for g in groupes}:
            fautes.append(f"le groupe {cite(groupe.code)} est déjà plus haut")
        erreurs += [f"Ligne {numero} : {faute}." for faute in fautes]
        if groupe is not None:
            groupes.append(groupe)
    if not groupes and not erreurs:
        erreurs.append("Ce tableau a des titres de colonnes, mais aucune ligne de groupe.")
    return Diagnostic(tuple(groupes), tuple(erreurs))


def _entete(lignes: list[list[Cellule]]) -> tuple[int, dict[str, int]]:
    """The row that names most columns, and where each one is."""
    meilleure: tuple[int, dict[str, int]] = (0, {})
    for rang, cellules in enumerate(lignes[:20]):
        trouvees: dict[str, int] = {}
        for place, cellule in enumerate(cellules):
            titre = cle(texte_brut(cellule))
            for champ, (_, noms) in COLONNES.items():
                if titre in noms:
                    trouvees.setdefault(champ, place)
        if len(trouvees) > len(meilleure[1]):
            meilleure = rang, trouvees
    return meilleure


def _groupe(
    cellules: list[Cellule], colonnes: dict[str, int]
) -> tuple[GroupeIndemnitaire | None, list[str]]:
    def lue(champ: str) -> Cellule:
        place = colonnes.get(champ)
        return cellules[place] if place is not None and place < len(cellules) else None

    code, libelle = (nettoyer(texte_brut(lue(champ))) for champ in ("code", "libelle"))
    fautes = []
    if not code:
        fautes.append("le groupe n’est pas nommé")
    if len(code) > CODE_MAX:
        fautes.append(f"le nom du groupe a plus de {CODE_MAX} caractères")
    montants: dict[str, Decimal | None] = {}
    for champ in MONTANTS:
        try:
            montants[champ] = _montant(lue(champ))
        except ValueError as faute:
            fautes.append(f"{COLONNES[champ][0]}, {faute}")
            montants[champ] = None
    fautes += en_desordre(montants)
    if not code:
        return None, fautes
    return GroupeIndemnitaire(
        code=code[:CODE_MAX], libelle=libelle[:LIBELLE_MAX], **montants
    ), fautes


def _montant(cellule: Cellule) -> Decimal | None:
    """« 12 000 », « 12000,50 € » or a number; empty: the délibération does not say."""
    valeur = cellule.valeur if isinstance(cellule, Formule) else cellule
    texte = nettoyer(texte_brut(valeur)).removesuffix("€").replace(" ", "").replace(",", ".")
    if texte in {"", "-"}:
        return None
    try:
        montant = Decimal(texte)
    except InvalidOperation:
        raise ValueError(f"{cite(texte)} n’est pas un montant, tel que 12 000") from None
    if not montant.is_finite() or not 0 <= montant <= MONTANT_MAX:
        raise ValueError(f"{cite(texte)} : un montant annuel va de 0 à 200 000 €")
    return montant.quantize(Decimal("0.01"))


def en_desordre(montants: dict[str, Decimal | None]) -> list[str]:
    """As the database holds it, in words."""
    fautes = []
    for nom, prefixe in (("l’IFSE", "ifse"), ("le CIA", "cia")):
        suite = [
            m
            for m in (montants[f"{prefixe}_{rang}"] for rang in ("min", "indicatif", "max"))
            if m is not None
        ]
        if suite != sorted(suite):
            fautes.append(
                f"pour {nom}, le minimum, l’indicatif et le maximum se suivent en croissant"
            )
    return fautes


def entetes() -> list[str]:
    return [titre for titre, _ in COLONNES.values()]


def rangees(groupes: list[GroupeIndemnitaire]) -> list[list[object]]:
    """The rows of an export, which the import reads again."""
    return [[getattr(groupe, champ) for champ in COLONNES] for groupe in groupes]
