"""Writes the story of the cadrage: before the moves what lets them begin, after them what tells it."""

from __future__ import annotations

from datetime import date
from typing import Any

from collectivites.models import EntreeJournal, Mandat
from pilotage.demo.cadrage.pieces import feuille
from pilotage.demo.cadrage.recit import Cadrage, Quand, Recit
from pilotage.demo.calendrier import instant, jour, ouvre
from pilotage.demo.journal import ligne
from pilotage.demo.organisation import Lieu
from pilotage.models import (
    AccordElus,
    ActionCommunication,
    ApprobationElements,
    ClotureEtape,
    ElementsDeLangage,
    EngagementDGS,
    EtapeRoute,
    InformationElus,
    PassageJalon,
)
from pilotage.mots import Actes, Jalon


def _le(lieu: Lieu, quand: Quand) -> date:
    """A working day, never before the démarche."""
    mois, jours = quand
    return ouvre(max(jour(mois=mois, jours=jours), lieu.demarche.date_debut))


def _mandat(lieu: Lieu, cle: str) -> Mandat:
    return lieu.mandats[cle]


def fonder(lieu: Lieu, histoire: Cadrage) -> None:
    """The élus agree, the DGS commit themselves, the gates are passed: then only may people move."""
    for code, (instance, quand, numero) in histoire.accords.items():
        le = _le(lieu, quand)
        accord = AccordElus.objects.create(
            collectivite=lieu.collectivites[code],
            instance=instance,
            le=le,
            numero=f"{le.year}-{numero}",
            piece=feuille(
                "deliberation.pdf",
                f"{lieu.collectivites[code].nom}, {instance.lower()}",
                f"Délibération n° {le.year}-{numero} du {le:%d/%m/%Y}",
                histoire.objet,
            ),
            nom_piece="Délibération.pdf",
            par=_mandat(lieu, f"dgs.{code}"),
            enregistre_le=instant(le, 16),
        )
        mandat = _mandat(lieu, f"dgs.{code}")
        EngagementDGS.objects.create(
            collectivite=lieu.collectivites[code],
            mandat=mandat,
            le=instant(_le(lieu, histoire.engagement), 11),
        )
        _noter(mandat, Actes.ELUS_ACCORD, f"Accord des élus : {accord}", accord, le)
    for code, qui, quand, moyen, document in histoire.informations:
        InformationElus.objects.create(
            collectivite=lieu.collectivites[code],
            qui=qui,
            le=_le(lieu, quand),
            moyen=moyen,
            document=document,
            saisie_par=_mandat(lieu, f"drh.{code}"),
            saisie_le=instant(_le(lieu, quand), 17),
        )
    for jalon, rang, quand, qui in histoire.franchis:
        _franchir(lieu, jalon, rang, quand, _mandat(lieu, qui))


def _franchir(lieu: Lieu, jalon: Jalon, rang: int, quand: Quand, mandat: Mandat) -> None:
    le = _le(lieu, quand)
    passage = PassageJalon.objects.create(
        demarche=lieu.demarche, jalon=jalon, rang=rang, par=mandat, le=instant(le, 9)
    )
    suite = f" {rang}" if jalon == Jalon.PROMOTION else ""
    _noter(mandat, Actes.JALON_FRANCHI, f"Jalon franchi : {jalon.label}{suite}", passage, le)


def raconter(lieu: Lieu, histoire: Cadrage) -> None:
    """The feuille de route, the plan de communication, the words that all agreed to use."""
    etapes: dict[str, EtapeRoute] = {}
    rangs: dict[str, int] = {}
    for recit in histoire.route:
        rangs[recit.phase] = rangs.get(recit.phase, 0) + 1
        etapes[recit.cle] = _etape(lieu, recit, rangs[recit.phase])
        etapes[recit.cle].apres.set([etapes[cle] for cle in recit.apres])
    _communiquer(lieu, histoire)
    _langage(lieu, histoire)


def _etape(lieu: Lieu, recit: Recit, ordre: int) -> EtapeRoute:
    seule = lieu.collectivites[recit.codes[0]] if len(recit.codes) == 1 else None
    echeance = _le(lieu, recit.echeance)
    attendues = recit.codes or tuple(lieu.collectivites)
    dites = tuple(code for code in recit.dites if code in attendues) if recit.preuve else ()
    faite_le = echeance if len(dites) == len(attendues) else None
    etape = EtapeRoute.objects.create(
        demarche=lieu.demarche,
        phase=recit.phase,
        intitule=recit.intitule,
        ordre=ordre,
        collectivite=seule,
        responsable=_mandat(lieu, recit.responsable),
        debut=_le(lieu, recit.debut) if recit.debut else None,
        echeance=echeance,
        pour_les_elus=recit.elus,
        faite_le=faite_le,
    )
    for code in dites:
        le = min(echeance, ouvre(jour(jours=-5)))
        cloture = ClotureEtape.objects.create(
            etape=etape,
            collectivite=lieu.collectivites[code],
            faite_le=le,
            preuve=recit.preuve,
            piece=feuille("preuve.pdf", recit.intitule, lieu.collectivites[code].nom, recit.preuve),
            nom_piece=f"{recit.preuve[:100]}.pdf",
            par=_mandat(lieu, f"dgs.{code}"),
            le=instant(le, 15),
        )
        _noter(
            cloture.par,
            Actes.ETAPE_ROUTE_FAITE,
            f"Étape faite : {recit.intitule}",
            etape,
            le,
            motif=recit.preuve,
        )
    return etape


def _communiquer(lieu: Lieu, histoire: Cadrage) -> None:
    for intitule, public, message, canal, code, qui, quand, etat, support in histoire.communication:
        ActionCommunication.objects.create(
            demarche=lieu.demarche,
            intitule=intitule,
            public=public,
            message=message,
            canal=canal,
            collectivite=lieu.collectivites[code] if code else None,
            responsable=_mandat(lieu, qui),
            jour=_le(lieu, quand),
            etat=etat,
            piece=feuille("support.pdf", intitule, message) if support else "",
            nom_piece=support,
        )


def _langage(lieu: Lieu, histoire: Cadrage) -> None:
    for version, (texte, quand) in enumerate(histoire.langage, 1):
        le = _le(lieu, quand)
        elements = ElementsDeLangage.objects.create(
            demarche=lieu.demarche,
            version=version,
            texte=texte,
            redige_par=_mandat(lieu, histoire.redige_par),
            redige_le=instant(le, 10),
        )
        for rang, code in enumerate(lieu.collectivites):
            dit = ouvre(_le(lieu, (quand[0], quand[1] + 2 + rang)))
            approbation = ApprobationElements.objects.create(
                elements=elements,
                collectivite=lieu.collectivites[code],
                par=_mandat(lieu, f"dgs.{code}"),
                le=instant(dit, 12),
            )
            libelle = f"Éléments de langage, version {version}, approuvés"
            _noter(approbation.par, Actes.LANGAGE_APPROUVE, libelle, elements, dit)


def _noter(
    mandat: Mandat, acte: Actes, libelle: str, objet: Any, le: date, **champs: Any
) -> EntreeJournal:
    entree = ligne(mandat, acte, libelle, objet, instant(le, 16), **champs)
    entree.save()
    return entree
