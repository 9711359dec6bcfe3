"""Statutory routes of a move, and what each one implies for this one.

Dates are computed by `delais`. Facts come from the reference files (`textes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.typographie import date_texte
from opportunites import mots
from opportunites.communs.voies import est_entre_ces_employeurs, mene_a_ce_poste
from opportunites.dossier.droit import delais
from opportunites.dossier.droit.delais import Echeance
from opportunites.dossier.droit.textes import lire
from opportunites.models import Mobilite, ReponseOrigine
from opportunites.mots import Famille
from opportunites.propositions.raisons import cadre_emplois_admis


@dataclass(frozen=True)
class Voie:
    """One route, as the reference file tells it. `preavis` names its family of delays."""

    code: str
    libelle: str
    publics: frozenset[str]
    articles: str
    qui_decide: str
    qui_paie: str
    duree: str
    effet: str
    preavis: str
    refus: str
    cet: str
    a_savoir: str
    #: what should make one think twice before choosing it; empty for most
    garde: str
    source: str
    confiance: str

    @property
    def est_a_verifier(self) -> bool:
        return self.confiance != "V"


@cache
def toutes_les_voies() -> dict[str, Voie]:
    return {
        ligne["code"]: Voie(publics=frozenset(ligne.pop("publics").split("|")), **ligne)
        for ligne in lire("voies_mobilite")
    }


def voies_possibles(mobilite: Mobilite) -> list[Voie]:
    """The routes that the person's statut and the two employers admit; all, if it is unknown.

    Reads `cadre`, `collectivite_origine`, `collectivite_accueil`, `poste_accueil`: select them.
    """
    statut = mobilite.cadre.statut
    origine, accueil = mobilite.collectivite_origine, mobilite.collectivite_accueil
    fonctionnel = mobilite.poste_accueil.emploi_fonctionnel
    possibles = [
        v
        for v in toutes_les_voies().values()
        if (not statut or statut in v.publics)
        and est_entre_ces_employeurs(v.code, origine, accueil)
        and mene_a_ce_poste(v.code, accueil, fonctionnel=fonctionnel)
    ]
    # The most usual first: within one employer, or one common service, there is no transfer at all.
    en_tete = (
        mots.Voie.AFFECTATION_INTERNE,
        mots.Voie.SERVICE_COMMUN,
        mots.Voie.DETACHEMENT_EF,
    )
    return sorted(possibles, key=lambda v: v.code not in en_tete)


def precautions(mobilite: Mobilite) -> list[str]:
    """What the two DRH should check before they choose a route."""
    cadre, poste = mobilite.cadre, mobilite.poste_accueil
    phrases = []
    if not cadre.statut:
        phrases.append(
            "Le statut de la personne n’est pas connu : toutes les voies sont montrées. "
            "Complétez sa fiche avant de choisir."
        )
    if cadre.statut == Cadre.Statut.STAGIAIRE:
        phrases.append("Un stagiaire ne peut être ni muté ni détaché avant sa titularisation.")
    if cadre.statut in {Cadre.Statut.CDI, Cadre.Statut.CDD} and not poste.ouvert_contractuel:
        phrases.append("Ce poste n’a pas été ouvert aux contractuels.")
    if cadre.statut == Cadre.Statut.TITULAIRE and cadre_emplois_admis(cadre, poste) is False:
        phrases.append(
            "Le poste n’admet pas le cadre d’emplois de la personne : une mutation suppose le "
            "même ; pensez au détachement ou à l’intégration directe."
        )
    if poste.emploi_fonctionnel:
        phrases.append(
            "Un emploi fonctionnel se pourvoit par détachement, ou par le contrat de l’article "
            "L343-1 (départements, régions, plus de 40 000 habitants) : ni mutation, ni intégration "
            "directe, ni contrat à durée indéterminée."
        )
    if cadre.statut == Cadre.Statut.TITULAIRE:
        phrases.append(
            "Un statut particulier peut imposer une durée minimale de services avant tout départ "
            "(CGFP L511-3) : vérifiez celui du cadre d’emplois de la personne."
        )
    if cadre.statut == Cadre.Statut.CDI:
        phrases.append(
            "La mise à disposition d’un agent en contrat à durée indéterminée (décret 88-145, "
            "article 35-1) est décrite de mémoire : relisez le texte avant de la choisir."
        )
    return phrases


def mises_en_garde(mobilite: Mobilite, voie: Voie) -> list[str]:
    """What should make both DRH think twice about this route, for this poste."""
    phrases = [voie.garde] if voie.garde else []
    if voie.code == mots.Voie.CONTRAT_CDD and mobilite.poste_accueil.emploi_fonctionnel:
        phrases.append(
            "Le contrat de direction (CGFP L343-1) prend fin avec les fonctions : il ne devient pas "
            "un contrat à durée indéterminée."
        )
    if voie.code == mots.Voie.DISPONIBILITE and not mobilite.poste_accueil.ouvert_contractuel:
        phrases.append(
            "Ce poste n’a pas été ouvert aux contractuels : une personne en disponibilité ne "
            "peut pas y être recrutée."
        )
    return phrases


def famille(mobilite: Mobilite) -> str:
    """The family of delays of the chosen route; empty before the choice."""
    return toutes_les_voies()[mobilite.voie].preavis if mobilite.voie else ""


def attend_une_reponse(mobilite: Mobilite) -> bool:
    """Whether the employer of origin has to say something: not within one administration."""
    return famille(mobilite) in {Famille.COMMUN, Famille.CONVENTION, Famille.DEMISSION}


def motifs_admis(mobilite: Mobilite) -> list[str]:
    """The grounds of a refusal that the law admits on this route."""
    M = ReponseOrigine.Motif
    motifs = [M.SERVICE.value, M.HATVP.value]
    return (
        [*motifs, M.MISE_A_DISPOSITION.value] if famille(mobilite) == Famille.CONVENTION else motifs
    )


def avant_l_accord(mobilite: Mobilite, jour: date) -> str | None:
    """Why a date of the file cannot precede the day that opened it."""
    if jour < timezone.localdate(mobilite.ouverte_le):
        return "Cette date précède l’accord de la personne."
    return None


def est_acquis(mobilite: Mobilite) -> bool:
    """Whether the silence of the origin is already a yes, be it written by the clock or not."""
    return (
        famille(mobilite) == Famille.COMMUN
        and not mobilite.reponse_origine
        and mobilite.demande_recue_le is not None
        and delais.est_acquise(mobilite.demande_recue_le, timezone.localdate())
    )


def regle_de_la_reponse(mobilite: Mobilite) -> str:
    """What the origin may answer on this route, in the words of the page where it does."""
    phrases: dict[str, str] = {
        Famille.COMMUN: "La loi ne donne pas de veto : un départ se négocie sur sa date. Un refus porte "
        "un motif légal et sa pièce. Sans réponse, l’accord est acquis une fois passés les deux mois "
        "qui suivent la demande de la personne.",
        Famille.CONVENTION: "Une mise à disposition suppose votre accord et une convention : le silence "
        "ne vaut pas acceptation. Un refus porte son motif et sa pièce.",
        Famille.DEMISSION: "La personne démissionne : son départ ne se refuse pas. Son préavis court "
        "dès sa lettre ; vous pouvez convenir d’une date plus proche.",
    }
    return phrases.get(famille(mobilite), "")


def echeances(mobilite: Mobilite, reception: date) -> list[Echeance]:
    """The dates that follow from a request received on `reception`, soonest first."""
    dates = delais.echeances_du_depart(
        famille(mobilite),
        reception,
        six_mois=mobilite.preavis_six_mois,
        tranche=mobilite.anciennete_services,
        repondue=bool(mobilite.reponse_origine),
    )
    if mobilite.date_effet:
        dates += delais.echeances_apres_effet(
            mobilite.voie, mobilite.date_effet, mobilite.designation_le
        )
    return dates


def premier_jour(mobilite: Mobilite) -> date | None:
    """The first day of effect that the law alone gives; None: it gives none, or the request is
    not known yet."""
    if mobilite.demande_recue_le is None:
        return None
    return delais.premier_jour(
        famille(mobilite),
        mobilite.demande_recue_le,
        six_mois=mobilite.preavis_six_mois,
        tranche=mobilite.anciennete_services,
    )


def obstacle(mobilite: Mobilite, effet: date) -> str | None:
    """Why the move cannot take effect on that day, as far as the origin is concerned.

    An agreed date frees at once; else the end of the notice does, or the silence and then it.
    """
    if not attend_une_reponse(mobilite):
        return None
    R = mobilite.Reponse
    if mobilite.reponse_origine == R.REFUS:
        return (
            "L’employeur d’origine a opposé un refus motivé : convenez d’une date avec lui, "
            "ou abandonnez cette mobilité."
        )
    if mobilite.date_convenue is not None:
        if effet < mobilite.date_convenue:
            return (
                f"L’employeur d’origine a donné son accord pour le "
                f"{date_texte(mobilite.date_convenue)} : la date d’effet ne peut pas la "
                "précéder."
            )
        return None
    premier = premier_jour(mobilite)
    if premier is None:
        if famille(mobilite) == Famille.CONVENTION:
            return (
                "La mise à disposition suppose l’accord de l’employeur d’origine : enregistrez "
                "d’abord sa réponse."
            )
        return (
            "La demande adressée à l’employeur d’origine n’est pas datée : renseignez le jour "
            "de sa réception, ou faites enregistrer son accord sur une date."
        )
    if effet < premier:
        regle = (
            "décret 88-145, article 39" if famille(mobilite) == Famille.DEMISSION else "CGFP L511-3"
        )
        return (
            f"Cette date précède la fin du préavis ({regle}) : choisissez le "
            f"{date_texte(premier)} ou après, ou faites enregistrer par l’employeur d’origine "
            "son accord sur une date plus proche."
        )
    return None


def poser(mobilite: Mobilite, *, voie: str, demande_recue_le: date | None, **champs: Any) -> None:
    """Write the preparation on the object, unsaved. An answer of the origin holds for the route
    and the request it was given to: another one awaits another answer."""
    if mobilite.reponse_origine and (voie, demande_recue_le) != (
        mobilite.voie,
        mobilite.demande_recue_le,
    ):
        mobilite.reponse_origine, mobilite.date_convenue = "", None
    mobilite.voie, mobilite.demande_recue_le = voie, demande_recue_le
    for nom, valeur in champs.items():
        setattr(mobilite, nom, valeur)


def obstacle_a_la_preparation(mobilite: Mobilite) -> str | None:
    """A date that precedes the notice, or the agreed one, is not kept. What is still unknown (no
    request yet, or a refusal that stands) stops the move at its end, not its preparation."""
    if mobilite.reponse_origine == mobilite.Reponse.REFUS or mobilite.date_effet is None:
        return None
    if mobilite.date_convenue is None and premier_jour(mobilite) is None:
        return None
    return obstacle(mobilite, mobilite.date_effet)


@dataclass(frozen=True)
class Indemnite:
    """What L512-25 says of this move. `due` is None when the titularisation is not known."""

    due: bool | None
    phrase: str


def indemnite(mobilite: Mobilite) -> Indemnite | None:
    """A mutation within three years of the titularisation is refunded to the origin."""
    if mobilite.voie != mobilite.Voie.MUTATION:
        return None
    if mobilite.titularise_le is None or mobilite.date_effet is None:
        return Indemnite(
            None,
            "Une indemnité est due à l’origine si la mutation suit la titularisation de moins de "
            "trois ans (CGFP L512-25) : date de titularisation à renseigner.",
        )
    if delais.indemnite_due(mobilite.titularise_le, mobilite.date_effet):
        return Indemnite(
            True,
            "L’accueil verse à l’origine une indemnité, au titre de la formation obligatoire et "
            "complémentaire : la titularisation a moins de trois ans (CGFP L512-25). À défaut "
            "d’accord sur son montant, elle couvre la totalité des dépenses.",
        )
    return Indemnite(
        False,
        "Aucune indemnité n’est due : la titularisation a trois ans ou plus (CGFP L512-25).",
    )
