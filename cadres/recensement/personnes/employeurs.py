"""Rows that are another employer's: our own export may hold everybody, an import writes one's own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from cadres.recensement.champs.texte import cle
from cadres.recensement.lignes.extraction import LigneBrute
from cadres.recensement.personnes.cles import lire_cle
from cadres.recensement.personnes.modeles import AutreEmployeur


def separer_employeurs(
    brutes: Sequence[LigneBrute],
    *,
    employeur: Collection[str],
    autres: Collection[str],
    fiches: Collection[str],
) -> tuple[list[LigneBrute], tuple[AutreEmployeur, ...]]:
    """(rows of one's own, rows set aside by employer). Keys are read here, and the column is dropped.

    `employeur`, `autres`: every name under which one's own and the others are known. `fiches`: ids of
    the records that may be written.
    """
    siens, connus = {cle(n) for n in employeur}, {cle(n): n for n in autres}
    gardees: list[LigneBrute] = []
    ecartees: dict[str, list[int]] = defaultdict(list)
    vues: set[str] = set()
    for brute in brutes:
        nom = brute.valeurs.pop("collectivite", "")
        _lire_la_cle(brute, vues)
        if nom and cle(nom) in connus and cle(nom) not in siens:
            ecartees[connus[cle(nom)]].append(brute.numero)
        elif brute.cle is not None and brute.cle.fiche not in fiches:
            ecartees["" if cle(nom) in siens else nom].append(brute.numero)
        else:
            if nom and siens and cle(nom) not in siens:
                brute.mentions.add("employeur_inconnu")
            gardees.append(brute)
    return gardees, resumer(ecartees.items())


def _lire_la_cle(brute: LigneBrute, vues: set[str]) -> None:
    texte = brute.valeurs.get("cle", "")
    if not texte:
        return
    brute.cle = lire_cle(texte)
    if brute.cle is None:
        brute.mentions.add("cle_abimee")
    elif brute.cle.fiche in vues:  # a row copied to write somebody else in it
        brute.cle = None
        brute.mentions.add("cle_repetee")
    else:
        vues.add(brute.cle.fiche)
    if brute.cle is None:
        del brute.valeurs["cle"]


def resumer(groupes: Iterable[tuple[str, Collection[int]]]) -> tuple[AutreEmployeur, ...]:
    return tuple(AutreEmployeur(nom, tuple(sorted(lignes))) for nom, lignes in groupes if lignes)
