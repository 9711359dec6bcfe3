"""What each gate asks for, checked when the page is read: what holds, what is missing, whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from cadres.models import Cadre, Candidature, Critere
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import compter, date_texte
from collectivites.models import Collectivite, Demarche, Mandat
from collectivites.mots import Role
from opportunites.models import Opportunite
from pilotage.models import (
    AccordElus,
    ActionCommunication,
    EngagementDGS,
    PassageJalon,
    RenonciationCriteres,
)
from pilotage.mots import PUBLICS_EXTERNES, EtatCommunication, Jalon


@dataclass(frozen=True)
class Condition:
    """`detail`: the fact that holds, or what is missing. `porteur`: whose it is. `url`, `bouton`:
    where it is done. `geste`, `role`: what waits for whoever holds that role, in `collectivite` or, when
    there is none, in each employer."""

    intitule: str
    tenue: bool
    detail: str
    porteur: str
    url: str
    bouton: str
    collectivite: Collectivite | None = None
    geste: str = ""
    role: Role | None = None


class Faits:
    """What the conditions of a démarche are read from; each query is made once."""

    def __init__(self, demarche: Demarche) -> None:
        self.demarche = demarche

    @cached_property
    def employeurs(self) -> list[Any]:
        """Each `Collectivite`, with what is said of it: `engagee`, `listee`…"""
        engages = EngagementDGS.objects.filter(
            collectivite=OuterRef("pk"), mandat__in=Mandat.objects.en_vigueur()
        )
        return list(
            self.demarche.collectivites.order_by("pk").annotate(
                engagee=Exists(engages),
                a_des_criteres=Exists(Critere.objects.filter(collectivite=OuterRef("pk"))),
                renonce=Exists(RenonciationCriteres.objects.filter(collectivite=OuterRef("pk"))),
                listee=Exists(Cadre.objects.filter(collectivite=OuterRef("pk"))),
                a_des_retenus=Exists(
                    Candidature.objects.filter(
                        cadre__collectivite=OuterRef("pk"), etat=Candidature.Etat.RETENU
                    )
                ),
            )
        )

    @cached_property
    def accords(self) -> dict[int, AccordElus]:
        trouves = AccordElus.objects.en_vigueur().de(self.demarche)
        return {accord.collectivite_id: accord for accord in trouves}

    @cached_property
    def dgs(self) -> dict[int, str]:
        return self._noms(Role.DGS)

    @cached_property
    def drh(self) -> dict[int, str]:
        return self._noms(Role.DRH)

    @cached_property
    def externe(self) -> ActionCommunication | None:
        return (
            ActionCommunication.objects.de(self.demarche)
            .filter(public__in=PUBLICS_EXTERNES)
            .exclude(etat=EtatCommunication.ANNULEE)
            .first()
        )

    @cached_property
    def passages(self) -> list[PassageJalon]:
        return list(PassageJalon.objects.de(self.demarche).select_related("par__utilisateur"))

    @cached_property
    def promotions(self) -> int:
        return self.demarche.promotions.count()

    @cached_property
    def postes_ouverts(self) -> int:
        return Opportunite.objects.filter(
            poste__collectivite__demarche=self.demarche, etat=Opportunite.Etat.PUBLIEE
        ).count()

    def est_franchi(self, jalon: Jalon) -> bool:
        """Whether what stands behind it is open: for a promotion, the one that comes next."""
        nombre = sum(p.jalon == jalon for p in self.passages)
        return nombre > (self.promotions if jalon == Jalon.PROMOTION else 0)

    def _noms(self, role: Role) -> dict[int, str]:
        mandats = (
            Mandat.objects.en_vigueur()
            .filter(collectivite__demarche=self.demarche, role=role)
            .select_related("utilisateur")
            .order_by("-pk")
        )
        return {
            m.collectivite_id: f"{m.utilisateur.nom_complet}, {Role(role).label}" for m in mandats
        }


def conditions(faits: Faits, jalon: Jalon) -> list[Condition]:
    """Those of one gate, the élus first."""
    par_jalon = {
        Jalon.LANCEMENT: lambda: [*_engagements(faits), *_listes(faits), _externe(faits)],
        Jalon.PROMOTION: lambda: [_lancement(faits), *_criteres(faits), _retenus(faits)],
        Jalon.PROPOSITIONS: lambda: [_lancement(faits), _promotion(faits), _postes(faits)],
    }
    return [*_elus(faits), *par_jalon[jalon]()]


def _porteur(noms: dict[int, str], collectivite: Collectivite, role: Role) -> str:
    return noms.get(collectivite.pk) or f"{role.label} à désigner"


def _elus(faits: Faits) -> list[Condition]:
    lignes = []
    for c in faits.employeurs:
        accord = faits.accords.get(c.pk)
        detail = (
            f"{accord.instance}, {date_texte(accord.le)}, n° {accord.numero}"
            if accord
            else "Aucun accord enregistré"
        )
        lignes.append(
            Condition(
                f"Accord des élus : {c.nom}",
                accord is not None,
                detail,
                _porteur(faits.dgs, c, Role.DGS),
                f"{reverse('pilotage:elus')}#{c.code}",
                "Voir les élus",
                c,
            )
        )
    return lignes


def _engagements(faits: Faits) -> list[Condition]:
    return [
        Condition(
            f"Engagement du DGS : {c.nom}",
            c.engagee,
            "Engagement donné" if c.engagee else "Le DGS ne s’est pas encore engagé",
            _porteur(faits.dgs, c, Role.DGS),
            f"{reverse('pilotage:jalons')}#engagements",
            "Voir les engagements",
            c,
        )
        for c in faits.employeurs
    ]


def _listes(faits: Faits) -> list[Condition]:
    return [
        Condition(
            f"{dire('Cadres recensés')} : {c.nom}",
            c.listee,
            "Liste commencée" if c.listee else "Personne n’est encore recensé",
            _porteur(faits.drh, c, Role.DRH),
            reverse("cadres:registre"),
            "Ouvrir le registre",
            c,
            dire("Recenser vos premiers cadres"),
            Role.DRH,
        )
        for c in faits.employeurs
    ]


def _externe(faits: Faits) -> Condition:
    action = faits.externe
    return Condition(
        "Une action de communication externe datée",
        action is not None,
        f"{action.intitule}, {date_texte(action.jour)}"
        if action
        else "Aucune action vers la presse ou les partenaires n’a de date",
        "Les employeurs ensemble",
        reverse("pilotage:communication"),
        "Ouvrir le plan de communication",
        geste="Dater une action vers la presse ou les partenaires",
        role=Role.DRH,
    )


def _lancement(faits: Faits) -> Condition:
    franchi = faits.est_franchi(Jalon.LANCEMENT)
    return Condition(
        "Démarche lancée",
        franchi,
        "Jalon franchi" if franchi else "Le jalon « Lancement » n’est pas franchi",
        "Un DGS",
        f"{reverse('pilotage:jalons')}#{Jalon.LANCEMENT}",
        "Voir le lancement",
    )


def _criteres(faits: Faits) -> list[Condition]:
    lignes = []
    for c in faits.employeurs:
        detail = "Ni écrits, ni écartés"
        if c.a_des_criteres:
            detail = "Critères écrits"
        elif c.renonce:
            detail = "Le DGS a dit que sa collectivité n’en écrit pas"
        lignes.append(
            Condition(
                f"Critères : {c.nom}",
                c.a_des_criteres or c.renonce,
                detail,
                _porteur(faits.drh, c, Role.DRH),
                reverse("cadres:criteres"),
                "Ouvrir les critères",
                c,
                "Écrire vos critères",
                Role.DRH,
            )
        )
    return lignes


def _retenus(faits: Faits) -> Condition:
    oui = any(c.a_des_retenus for c in faits.employeurs)
    return Condition(
        dire("Des cadres retenus"),
        oui,
        "La promotion a à qui s’ouvrir" if oui else "Personne n’est encore retenu",
        "Les DGS",
        f"{reverse('cadres:registre')}?situation=accord",
        "Ouvrir le registre",
    )


def _promotion(faits: Faits) -> Condition:
    return Condition(
        "Une promotion ouverte",
        faits.promotions > 0,
        compter(faits.promotions, "promotion ouverte,promotions ouvertes")
        if faits.promotions
        else "Aucune promotion n’est ouverte",
        "Un DGS",
        reverse("parcours:promotions"),
        "Ouvrir les promotions",
    )


def _postes(faits: Faits) -> Condition:
    nombre = faits.postes_ouverts
    return Condition(
        "Un poste ouvert à la démarche",
        nombre > 0,
        compter(nombre, "poste ouvert,postes ouverts") if nombre else "Aucun poste n’est publié",
        "Les DRH",
        reverse("opportunites:opportunites"),
        "Ouvrir les opportunités",
        geste="Publier un premier poste",
        role=Role.DRH,
    )
