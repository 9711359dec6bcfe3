"""Which sheet of a workbook is the staff list: the one that it opens on, when it fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cadres.recensement.entetes.entete import Entete, identite_complete, trouver_entete
from cadres.recensement.erreurs import VIDE, FichierIllisible
from cadres.recensement.fichiers.cellules import LIGNES_MAX, Feuille, Source
from cadres.recensement.modeles import FeuillePossible

_SANS_ENTETE = (
    "Aucune ligne d'en-tête n'a été reconnue : ce fichier ne ressemble pas à une liste d'agents. "
    "Il faut au moins une colonne « Nom » et une colonne « Prénom »."
)
_NOM_MAX = 40  # characters of the name of a sheet in a sentence


@dataclass(frozen=True, slots=True)
class _Vue:
    """The beginning of a sheet, and how well it fits."""

    feuille: Feuille
    note: int
    complete: bool  # both names can be read
    nb_lignes: int

    @property
    def rang(self) -> tuple[bool, bool, bool, bool, int]:
        """To be compared: a visible sheet first, then whole identities, then the active one."""
        convient = self.note > 0
        visible = convient and not self.feuille.masquee
        return convient, visible, self.complete, self.feuille.active, self.note


def choisir(
    source: Source,
    correspondance: Mapping[str, str],
    voulue: str | None,
    messages: list[str],
) -> tuple[Feuille, Entete, tuple[FeuillePossible, ...]]:
    """The sheet read whole, its header, and every sheet that would do."""
    vues = [_voir(feuille, correspondance) for feuille in source.apercus()]
    if not any(v.feuille.lignes for v in vues):
        trop = any(v.feuille.tronquee for v in vues)
        raise FichierIllisible(trop_de_lignes() if trop else VIDE)
    vue = _retenir(vues, voulue)
    choisie = source.complete(vue.feuille.nom)
    entete, _ = trouver_entete(choisie.lignes, correspondance)
    if entete is None:
        raise FichierIllisible(_SANS_ENTETE)
    possibles = [v for v in vues if v is vue or (v.note and v.complete and v.nb_lignes)]
    _dire(vue, possibles, vues, messages)
    if len(choisie.lignes) - entete.rang <= 1:
        raise FichierIllisible("Ce fichier a une ligne d'en-tête, mais aucune ligne d'agent.")
    return (
        choisie,
        entete,
        tuple(
            FeuillePossible(
                v.feuille.nom, v.nb_lignes, v.feuille.active, v.feuille.masquee, v is vue
            )
            for v in possibles
        ),
    )


def _voir(feuille: Feuille, correspondance: Mapping[str, str]) -> _Vue:
    entete, note = trouver_entete(feuille.lignes, correspondance)
    if entete is None:
        return _Vue(feuille, 0, complete=False, nb_lignes=0)
    complete = identite_complete(entete, correspondance)
    return _Vue(feuille, note, complete, max(0, feuille.compte - entete.rang - 1))


def _retenir(vues: Sequence[_Vue], voulue: str | None) -> _Vue:
    if voulue is not None:
        trouvee = next((v for v in vues if v.feuille.nom == voulue), None)
        if trouvee is None:
            raise FichierIllisible(f"Ce classeur n'a pas de feuille « {_court(voulue)} ».")
        if not trouvee.note:
            raise FichierIllisible(f"Feuille « {_court(voulue)} » : {_SANS_ENTETE}")
        return trouvee
    meilleure = max(vues, key=lambda v: v.rang)  # the first of the best
    if not meilleure.note:
        raise FichierIllisible(_SANS_ENTETE)
    return meilleure


def _dire(vue: _Vue, possibles: Sequence[_Vue], vues: Sequence[_Vue], messages: list[str]) -> None:
    autres = [v for v in vues if v is not vue and v.feuille.lignes]
    if autres:
        active = ", celle sur laquelle le classeur s'ouvre" if vue.feuille.active else ""
        phrase = (
            f"Feuille lue : « {_court(vue.feuille.nom)} »{active if len(possibles) > 1 else ''}."
        )
        ailleurs = [v for v in possibles if v is not vue]
        if ailleurs:
            phrase += (
                f" Peu{'ven' * (len(ailleurs) > 1)}t aussi être lue{'s' * (len(ailleurs) > 1)} : "
            )
            phrase += _liste(
                [f"« {_court(v.feuille.nom)} » ({_lignes(v.nb_lignes)})" for v in ailleurs]
            )
        restes = [v for v in autres if v not in ailleurs]
        if restes:
            phrase += f" Non lue{'s' * (len(restes) > 1)} : "
            phrase += _liste([f"« {_court(v.feuille.nom)} »" for v in restes])
        messages.append(phrase)
    if vue.feuille.masquee:
        messages.append("La feuille lue est masquée dans le classeur.")


def _liste(noms: Sequence[str]) -> str:
    return ", ".join(noms[:5]) + ("…" if len(noms) > 5 else ".")


def _lignes(nombre: int) -> str:
    return f"{nombre:,}".replace(",", "\u00a0") + (" ligne" if nombre < 2 else " lignes")


def _court(nom: str) -> str:
    return nom[:_NOM_MAX]


def trop_de_lignes() -> str:
    maximum = f"{LIGNES_MAX:,}".replace(",", "\u00a0")
    return f"Ce fichier a trop de lignes : {maximum} au plus. Déposez-le en plusieurs fois."
