"""The usual feuille de route, laid when a démarche opens: its first steps, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter
from collectivites.models import Collectivite, Demarche, Mandat
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from pilotage.cadrage.feuille_de_route.predicats import refus_ecrire
from pilotage.cadrage.suites import noter
from pilotage.models import EtapeRoute
from pilotage.mots import Actes, Phase


@dataclass(frozen=True)
class Modele:
    """A step of the template. `chacune`: one for each employer, whose name follows its title.
    `debut`, `fin`: weeks after the first day, when negative before the last one."""

    cle: str
    phase: Phase
    intitule: str
    debut: int
    fin: int
    apres: tuple[str, ...] = ()
    chacune: bool = False
    role: Role = Role.DGS
    pour_les_elus: bool = False


MODELES = (
    Modele("note", Phase.CADRAGE, "Note stratégique validée par les DGS", 0, 3),
    Modele("langage", Phase.CADRAGE, "Éléments de communication communs", 2, 5, ("note",)),
    Modele(
        "calage",
        Phase.CADRAGE,
        "Réunion de calage : communication interne (élus, cadres, agents)",
        5,
        6,
        ("langage",),
    ),
    Modele("ouverture", Phase.CADRAGE, "Réunion d’ouverture entre DGS et DRH", 6, 7, ("calage",)),
    Modele(
        "elus",
        Phase.CADRAGE,
        "Accord de principe des élus",
        3,
        10,
        ("note",),
        chacune=True,
        pour_les_elus=True,
    ),
    Modele("seminaire", Phase.CADRAGE, "Séminaire de lancement", 10, 11, ("ouverture",)),
    Modele(
        "lancement",
        Phase.CADRAGE,
        "Lancement officiel",
        11,
        12,
        ("elus", "seminaire"),
        pour_les_elus=True,
    ),
    Modele(
        "liste",
        Phase.RECENSEMENT,
        "Liste des candidats possibles",
        2,
        8,
        ("note",),
        chacune=True,
        role=Role.DRH,
    ),
    Modele("promotion1", Phase.PARCOURS, "Ouverture de la promotion 1", 12, 16, ("lancement",)),
    Modele(
        "propositions", Phase.OPPORTUNITES, "Ouverture des propositions", 20, 40, ("promotion1",)
    ),
    Modele("promotion2", Phase.PARCOURS, "Ouverture de la promotion 2", 60, 68, ("promotion1",)),
    Modele("miparcours", Phase.MOBILITE, "Bilan à mi-parcours", 74, 78, pour_les_elus=True),
    Modele("promotion3", Phase.PARCOURS, "Ouverture de la promotion 3", 104, 112, ("promotion2",)),
    Modele("bilan", Phase.MOBILITE, "Bilan devant les assemblées", -12, -1, pour_les_elus=True),
)


def poser_le_gabarit(demarche: Demarche, acteur: Acteur | None = None) -> list[EtapeRoute]:
    """Lay the usual steps in a démarche that has none. ActionImpossible when it has some.

    `acteur`: who asks, if it is one of the employers; the operator who opens the démarche has none.
    """
    if acteur is not None:
        exiger(refus_ecrire(acteur))
    demarche = Demarche.objects.select_for_update().get(pk=demarche.pk)
    if EtapeRoute.objects.filter(demarche=demarche).exists():
        raise ActionImpossible("La feuille de route a déjà des étapes.")
    employeurs = list(demarche.collectivites.order_by("pk"))
    mandats = _mandats(demarche)
    posees: dict[str, list[EtapeRoute]] = {}
    rangs: dict[str, int] = {}
    for modele in MODELES:
        porteurs: list[Collectivite | None] = [*employeurs] if modele.chacune else [None]
        for porteur in porteurs:
            rangs[modele.phase] = rangs.get(modele.phase, 0) + 1
            etape = _etape(demarche, modele, porteur, rangs[modele.phase])
            if porteur is not None:
                etape.responsable = mandats.get((porteur.pk, modele.role))
            posees.setdefault(modele.cle, []).append(etape)
    etapes = [etape for groupe in posees.values() for etape in groupe]
    for etape in etapes:
        etape.save()
    for modele in MODELES:
        for etape in posees[modele.cle]:
            etape.apres.set([avant for cle in modele.apres for avant in posees[cle]])
    noter(
        acteur,
        demarche,
        Actes.ROUTE_POSEE,
        f"Feuille de route posée depuis le modèle : {compter(len(etapes), 'étape')}",
        demarche=demarche,
    )
    return etapes


def _mandats(demarche: Demarche) -> dict[tuple[int, str], Mandat]:
    mandats = Mandat.objects.en_vigueur().filter(
        collectivite__demarche=demarche, role__in=(Role.DGS, Role.DRH)
    )
    return {(m.collectivite_id, m.role): m for m in mandats.order_by("-pk")}


def _etape(
    demarche: Demarche, modele: Modele, porteur: Collectivite | None, ordre: int
) -> EtapeRoute:
    suite = f" : {porteur.nom}" if porteur is not None else ""
    debut = _jour(demarche, modele.debut)
    return EtapeRoute(
        demarche=demarche,
        phase=modele.phase,
        intitule=f"{modele.intitule}{suite}"[:160],
        ordre=ordre,
        collectivite=porteur,
        debut=debut,
        echeance=max(debut, _jour(demarche, modele.fin)),
        pour_les_elus=modele.pour_les_elus,
    )


def _jour(demarche: Demarche, semaines: int) -> date:
    """A working day of the démarche, however short it is."""
    base = demarche.date_fin if semaines < 0 else demarche.date_debut
    jour = base + relativedelta(weeks=semaines)
    jour += timedelta(days={5: 2, 6: 1}.get(jour.weekday(), 0))
    return min(max(jour, demarche.date_debut), demarche.date_fin)
