"""The diagnosis of a staff list: what would be written, what must be corrected, what is left out.

Self-sufficient: it goes to JSON and back, so that the uploaded file (which holds birth dates and
the like) need not be kept between the upload and the confirmation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from cadres.recensement.modeles import (
    CHAMPS_CADRE,
    Anomalie,
    Avertissement,
    Changement,
    ColonneEcartee,
    Doublon,
    Inchange,
    LigneCadre,
    LigneIgnoree,
    LigneRejetee,
    MiseAJour,
    Valeur,
)

VERSION = 1
Json = dict[str, Any]
_DATES = frozenset({"date_entree_poste"})


@dataclass(frozen=True, slots=True)
class Diagnostic:
    nom_fichier: str
    format: str
    feuille: str
    ligne_entete: int
    nb_lignes: int  # rows of people: neither empty, nor a total, a comment or a repeated header
    nb_vides: int
    correspondance: Mapping[str, str]  # heading -> field ("" when the DRH chose to leave it out)
    colonnes_ecartees: tuple[ColonneEcartee, ...] = ()
    nouveaux: tuple[LigneCadre, ...] = ()
    mis_a_jour: tuple[MiseAJour, ...] = ()
    inchanges: tuple[Inchange, ...] = ()
    hors_public: tuple[LigneCadre, ...] = ()
    a_corriger: tuple[Anomalie, ...] = ()
    rejets: tuple[LigneRejetee, ...] = ()
    doublons: tuple[Doublon, ...] = ()
    ignorees: tuple[LigneIgnoree, ...] = ()
    #: Rows of people who objected to being listed: their numbers alone.
    opposes: tuple[int, ...] = ()
    avertissements: tuple[Avertissement, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def lignes_valides(self) -> list[LigneCadre]:
        """Every clean row, in the order of the file."""
        cadres = [*self.nouveaux, *self.hors_public]
        cadres += [m.cadre for m in self.mis_a_jour]
        cadres += [i.cadre for i in self.inchanges]
        return sorted(cadres, key=lambda c: c.ligne)

    @property
    def pret(self) -> int:
        """Rows that a confirmation would write or find already written, `hors_public` aside."""
        return len(self.nouveaux) + len(self.mis_a_jour) + len(self.inchanges)

    @property
    def sans_effet(self) -> bool:
        """Clean rows, all of which the registre already holds as they are."""
        return bool(self.inchanges) and not (self.nouveaux or self.mis_a_jour or self.hors_public)

    @property
    def nb_lignes_a_corriger(self) -> int:
        return len(self.rejets)

    @property
    def colonnes(self) -> dict[str, str]:
        """Field -> heading."""
        return {champ: colonne for colonne, champ in self.correspondance.items() if champ}

    def resume_json(self) -> Json:
        """What the command line prints with --json; `opposes` only where there are some."""
        resume: Json = {
            "nouveaux": len(self.nouveaux),
            "mis_a_jour": len(self.mis_a_jour),
            "inchanges": len(self.inchanges),
            "hors_public": len(self.hors_public),
            "a_corriger": [
                {"ligne": a.ligne, "colonne": a.colonne, "valeur": a.valeur, "motif": a.motif}
                for a in self.a_corriger
            ],
            "colonnes_ecartees": [c.colonne for c in self.colonnes_ecartees],
        }
        return resume | {"opposes": len(self.opposes)} if self.opposes else resume

    def vers_json(self) -> Json:
        """Everything, as JSON-safe values; `depuis_json` gives the same diagnosis back."""
        return {
            "version": VERSION,
            "nom_fichier": self.nom_fichier,
            "format": self.format,
            "feuille": self.feuille,
            "ligne_entete": self.ligne_entete,
            "nb_lignes": self.nb_lignes,
            "nb_vides": self.nb_vides,
            "correspondance": dict(self.correspondance),
            "colonnes_ecartees": [_plat(c) for c in self.colonnes_ecartees],
            "nouveaux": [_cadre_vers(c) for c in self.nouveaux],
            "mis_a_jour": [
                {
                    "cadre": _cadre_vers(m.cadre),
                    "fiche_id": m.fiche_id,
                    "changements": [
                        _plat(c) | {"avant": _vers(c.avant), "apres": _vers(c.apres)}
                        for c in m.changements
                    ],
                }
                for m in self.mis_a_jour
            ],
            "inchanges": [
                {"cadre": _cadre_vers(i.cadre), "fiche_id": i.fiche_id} for i in self.inchanges
            ],
            "hors_public": [_cadre_vers(c) for c in self.hors_public],
            "a_corriger": [_plat(a) for a in self.a_corriger],
            "rejets": [{"ligne": r.ligne, "valeurs": dict(r.valeurs)} for r in self.rejets],
            "doublons": [_plat(d) for d in self.doublons],
            "ignorees": [_plat(i) for i in self.ignorees],
            "opposes": list(self.opposes),
            "avertissements": [_plat(a) | {"lignes": list(a.lignes)} for a in self.avertissements],
            "messages": list(self.messages),
        }

    @classmethod
    def depuis_json(cls, objet: Json) -> "Diagnostic":
        if objet.get("version") != VERSION:
            raise ValueError("diagnosis of another version")
        return cls(
            nom_fichier=objet["nom_fichier"],
            format=objet["format"],
            feuille=objet["feuille"],
            ligne_entete=objet["ligne_entete"],
            nb_lignes=objet["nb_lignes"],
            nb_vides=objet["nb_vides"],
            correspondance=objet["correspondance"],
            colonnes_ecartees=tuple(ColonneEcartee(**c) for c in objet["colonnes_ecartees"]),
            nouveaux=tuple(_cadre_depuis(c) for c in objet["nouveaux"]),
            mis_a_jour=tuple(
                MiseAJour(
                    _cadre_depuis(m["cadre"]),
                    m["fiche_id"],
                    tuple(_changement(c) for c in m["changements"]),
                )
                for m in objet["mis_a_jour"]
            ),
            inchanges=tuple(
                Inchange(_cadre_depuis(i["cadre"]), i["fiche_id"]) for i in objet["inchanges"]
            ),
            hors_public=tuple(_cadre_depuis(c) for c in objet["hors_public"]),
            a_corriger=tuple(Anomalie(**a) for a in objet["a_corriger"]),
            rejets=tuple(LigneRejetee(r["ligne"], r["valeurs"]) for r in objet["rejets"]),
            doublons=tuple(Doublon(**d) for d in objet["doublons"]),
            ignorees=tuple(LigneIgnoree(**i) for i in objet["ignorees"]),
            opposes=tuple(objet.get("opposes", ())),
            avertissements=tuple(
                Avertissement(a["code"], a["message"], tuple(a["lignes"]))
                for a in objet["avertissements"]
            ),
            messages=tuple(objet["messages"]),
        )


def _plat(
    objet: Anomalie | Avertissement | Changement | ColonneEcartee | Doublon | LigneIgnoree,
) -> Json:
    return {f.name: getattr(objet, f.name) for f in fields(objet)}


def _vers(valeur: Valeur) -> Valeur:
    return valeur.isoformat() if isinstance(valeur, date) else valeur


def _depuis(champ: str, valeur: Valeur) -> Valeur:
    if champ in _DATES and isinstance(valeur, str) and valeur:
        return date.fromisoformat(valeur)
    return valeur


def _cadre_vers(cadre: LigneCadre) -> Json:
    """Without the empty fields: the diagnosis of 20,000 rows stays small."""
    objet: Json = {"ligne": cadre.ligne}
    for champ in CHAMPS_CADRE:
        valeur = getattr(cadre, champ)
        if valeur is not None and valeur != "":
            objet[champ] = _vers(valeur)
    return objet


def _cadre_depuis(objet: Json) -> LigneCadre:
    return LigneCadre(**objet | {c: _depuis(c, objet[c]) for c in _DATES & objet.keys()})


def _changement(objet: Json) -> Changement:
    champ = objet["champ"]
    avant, apres = _depuis(champ, objet["avant"]), _depuis(champ, objet["apres"])
    return Changement(champ, objet["libelle"], avant, apres)
