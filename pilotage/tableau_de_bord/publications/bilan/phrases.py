"""The bilan of a promotion: its figures, as the engine lets them be told, and its programme."""

from __future__ import annotations

from typing import Any

from collectivites.communs.typographie import (
    accorder,
    capitale,
    compter,
    date_texte,
    heure_texte,
    nombre_texte,
)
from parcours.models import Promotion
from pilotage.indicateurs.protection.evaluations import phrase_de_satisfaction
from pilotage.indicateurs.protection.publication import Chiffre, Publication
from pilotage.tableau_de_bord.publications.phrases import Cle, Ligne, au, dater, dire, les_dites

ETAPES = (
    (
        "en_parcours",
        "Entrées en parcours",
        "personne entrée en parcours,personnes entrées en parcours",
    ),
    ("proposes", "Ont reçu une proposition", "a reçu une proposition,ont reçu une proposition"),
    ("acceptees", "L’ont acceptée", "l’a acceptée,l’ont acceptée"),
    ("effectives", "Ont pris un autre poste", "mobilité effective,mobilités effectives"),
)


def de_la_promotion(promotion: Promotion, p: Publication) -> dict[str, Any]:
    """What a bilan shows in the place of the figures of the whole démarche. Two queries."""
    cle = str(promotion.pk)
    chiffres = [(code, p.promotion(cle, code)) for code, *_ in ETAPES]
    return {
        "objet": objet(promotion, p),
        "promotion": promotion.nom,
        "en_bref": en_bref(promotion, p),
        "cles": les_dites(
            [
                Cle(dire(chiffre), f"{_accord(chiffre, formes)}{au(chiffre, p)}")
                for (_, chiffre), (_, _, formes) in zip(chiffres, ETAPES, strict=True)
            ]
        ),
        "titre_courbe": "",
        "courbe": None,
        "lignes": [
            Ligne(libelle, (dater(chiffre, p),), dater(p.etape(code), p))
            for (code, chiffre), (_, libelle, _) in zip(chiffres, ETAPES, strict=True)
        ],
        "programme": _programme(promotion),
    }


def objet(promotion: Promotion, p: Publication) -> str:
    """« Promotion 1, du 6 janvier au 30 juin 2026 : bilan », a « point d’étape » before its end."""
    moment = "bilan" if promotion.date_fin < p.jour else "point d’étape"
    dates = f"du {date_texte(promotion.date_debut)} au {date_texte(promotion.date_fin)}"
    return f"{promotion.nom}, {dates} : {moment}"


def en_bref(promotion: Promotion, p: Publication) -> list[str]:
    entrees, faites = (p.promotion(str(promotion.pk), c) for c in ("en_parcours", "effectives"))
    phrases = [
        "Un parcours commun aux employeurs de la démarche : des volontaires, retenus par leur direction "
        "générale, préparent un changement de poste."
    ]
    if entrees.valeur is None:
        phrases.append("Le nombre de personnes entrées est trop petit pour être dit.")
    else:
        phrases.append(f"{_compte(entrees, ETAPES[0][2])}{au(entrees, p)}.")
    if faites.valeur is None:
        phrases.append(
            "Les mobilités de cette promotion ne sont pas dites : elles désigneraient quelqu’un."
        )
    else:
        phrases.append(f"{_compte(faites, ETAPES[-1][2])}{au(faites, p)}.")
    if satisfaction := phrase_de_satisfaction(promotion):
        phrases.append(satisfaction)
    return phrases


def propose(promotion: Promotion, p: Publication) -> str:
    """The paragraph as it is proposed: what may be told, and that refusing is free."""
    entrees, faites = (p.promotion(str(promotion.pk), c) for c in ("en_parcours", "effectives"))
    debut = "Le parcours est terminé" if promotion.date_fin < p.jour else "Le parcours est en cours"
    phrases = [
        f"{debut} : il {'s’est déroulé' if promotion.date_fin < p.jour else 'se déroule'} "
        f"du {date_texte(promotion.date_debut)} au {date_texte(promotion.date_fin)}."
    ]
    if entrees.valeur and faites.valeur is not None and entrees.au == faites.au:
        phrases.append(
            f"Sur {compter(entrees.valeur, 'personne entrée,personnes entrées')}, "
            f"{compter(faites.valeur, 'a pris un autre poste,ont pris un autre poste')}."
        )
    phrases.append("Refuser un poste reste libre, et sans conséquence pour la personne.")
    return " ".join(phrases)


def _programme(promotion: Promotion) -> list[tuple[str, str]]:
    """(when, what) of each step, in order; no date where each has their own."""
    return [
        (
            f"{date_texte(etape.date_prevue)}, {heure_texte(etape.date_prevue)}"
            if etape.date_prevue
            else etape.periode or "à la date de chacun",
            etape.intitule,
        )
        for etape in promotion.etapes.all()
    ]


def _accord(chiffre: Chiffre, formes: str) -> str:
    return accorder(2 if chiffre.valeur is None else chiffre.valeur, formes)


def _compte(chiffre: Chiffre, formes: str) -> str:
    assert chiffre.valeur is not None
    return capitale(f"{nombre_texte(chiffre.valeur)} {_accord(chiffre, formes)}")
