"""Postes opened, and what comes of them."""

from __future__ import annotations

from typing import Any

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.models import (
    Collectivite,
)
from opportunites.models import (
    Avis,
    Demande,
    Element,
    Mobilite,
    Opportunite,
    Proposition,
    RaisonDuRefus,
    Reserve,
    Voeu,
)
from opportunites.propositions.actions.comptes import compter
from tests.fabriques.fondations import faire_poste, numeros
from tests.fabriques.temps import dans, il_y_a


def faire_opportunite(
    collectivite: Collectivite, *, publiee: bool = True, etat: str = "", **champs: Any
) -> Opportunite:
    """A poste open to the démarche: published, or still a draft."""
    E = Opportunite.Etat
    etat = etat or (E.PUBLIEE if publiee else E.BESOIN)
    if etat not in {E.BESOIN, E.RETIREE}:
        champs.setdefault("validee_le", champs.get("publiee_le") or il_y_a(22))
    if etat == E.TRANSMISE:
        champs = {"dve_numero": "V045260300001", "dve_transmise_le": dans(-21), **champs}
    if etat == E.CLOSE:
        champs.setdefault("voeux_clos_le", il_y_a(2))
    if etat in {E.PUBLIEE, E.CLOSE, E.POURVUE}:
        # Declared and published to all, for less than the month of publicity.
        champs = {
            "dve_numero": "V045260300002",
            "dve_transmise_le": dans(-20),
            "avis_publie_le": dans(-19),
            **champs,
        }
        champs.setdefault("publiee_le", il_y_a(20))
    if etat in {E.POURVUE, E.RETIREE}:
        champs.setdefault("close_le", il_y_a(1))
    if "poste" not in champs:
        champs["poste"] = faire_poste(collectivite)
    valeurs = {
        "presentation": "Un poste au cœur de la démarche.",
        "creee_le": il_y_a(25),
        "date_prise_poste": dans(90),
    }
    return Opportunite.objects.create(etat=etat, **{**valeurs, **champs})


def faire_urgence(acteur: Acteur, **champs: Any) -> Opportunite:
    """A poste of the acteur's, whose publicity ends before its month."""
    return faire_opportunite(
        acteur.collectivite,
        urgence_le=il_y_a(1),
        urgence_par=acteur.mandat,
        urgence_motif="La direction est sans responsable depuis lundi.",
        **{"urgence_fin": dans(3), **champs},
    )


def faire_voeu(cadre: Cadre, opportunite: Opportunite, rang: int | None = None) -> Voeu:
    """A wish, ranked last unless said otherwise."""
    if rang is None:
        rang = Voeu.objects.filter(cadre=cadre).count() + 1
    return Voeu.objects.create(cadre=cadre, opportunite=opportunite, rang=rang)


def faire_avis(opportunite: Opportunite, cadre: Cadre, rang: int | None = 1) -> Avis:
    """What the host says of somebody who ranked its poste; without a rank, no."""
    return Avis.objects.create(
        opportunite=opportunite,
        cadre=cadre,
        sens=Avis.Sens.FAVORABLE if rang else Avis.Sens.DEFAVORABLE,
        rang=rang,
        motif="Votre expérience répond à ce que l’équipe attend.",
    )


def faire_demande(
    cadre: Cadre, opportunite: Opportunite, nature: str = "entretien", **champs: Any
) -> Demande:
    """A conversation asked for, to be answered within ten days."""
    return Demande.objects.create(
        cadre=cadre, opportunite=opportunite, nature=nature, **{"echeance": dans(10), **champs}
    )


def faire_proposition(
    opportunite: Opportunite, cadre: Cadre, etat: str = "envoyee", **champs: Any
) -> Proposition:
    """A proposition of that poste to that cadre, with the dates of its state."""
    E = Proposition.Etat
    valeurs: dict[str, Any] = {
        "pourquoi": "Votre expérience de l’encadrement répond au poste.",
        "creee_le": il_y_a(15),
        "collectivite_origine": cadre.collectivite,
    }
    if etat != E.BROUILLON:
        valeurs["validee_le"] = il_y_a(14)
    if etat not in {E.BROUILLON, E.VALIDEE, E.RETIREE}:
        valeurs |= {"envoyee_le": il_y_a(10), "repondre_avant": il_y_a(-10)}
    if etat == E.EXPIREE:
        valeurs["repondre_avant"] = il_y_a(1)
    if etat in {E.ACCEPTEE, E.REFUSEE, E.REALISEE}:
        valeurs["repondue_le"] = il_y_a(5)
    if etat in {E.REFUSEE, E.EXPIREE, E.RETIREE, E.REALISEE}:
        valeurs["close_le"] = il_y_a(1)
    motif = champs.pop("motif", Proposition.Motif.LIEU)
    commentaire = champs.pop("commentaire", "")
    proposition = Proposition.objects.create(
        opportunite=opportunite, cadre=cadre, etat=etat, **{**valeurs, **champs}
    )
    if etat == E.REFUSEE:
        raison = RaisonDuRefus(proposition=proposition)
        raison.sceller(motif, commentaire)
        raison.save()
        demarche = opportunite.poste.collectivite.demarche
        compter(demarche, proposition.repondue_le, motif)
    return proposition


def faire_reserve(
    proposition: Proposition, deposee_par: Acteur, etat: str = "deposee", **champs: Any
) -> Reserve:
    """A reserve filed by the DRH of the cadre's employer, to be arbitrated within two weeks."""
    if etat not in Reserve.ETATS_OUVERTS:
        champs.setdefault("arbitree_le", il_y_a(1))
    valeurs = {
        "sujet": Reserve.Sujet.CALENDRIER,
        "texte": "Le service perdrait son seul chef de projet avant le budget.",
        "echeance": dans(14),
    }
    return Reserve.objects.create(
        proposition=proposition,
        deposee_par=deposee_par.mandat,
        collectivite=deposee_par.collectivite,
        etat=etat,
        **{**valeurs, **champs},
    )


def faire_mobilite(proposition: Proposition, etat: str = "ouverte", **champs: Any) -> Mobilite:
    """The file of an accepted proposition. Effective: by mutation, a month ago."""
    cadre, poste = proposition.cadre, proposition.opportunite.poste
    valeurs: dict[str, Any] = {
        "collectivite_origine": cadre.collectivite,
        "collectivite_accueil": poste.collectivite,
        "poste_origine": cadre.poste,
        "poste_accueil": poste,
        "ouverte_le": il_y_a(5),
    }
    if etat == Mobilite.Etat.EFFECTIVE:
        valeurs |= {
            "voie": Mobilite.Voie.MUTATION,
            "date_effet": dans(-30),
            "effective_le": il_y_a(30),
            "anciennete_origine_jours": 2000,
        }
    return Mobilite.objects.create(
        proposition=proposition, cadre=cadre, etat=etat, **{**valeurs, **champs}
    )


def faire_point(mobilite: Mobilite, acteur: Acteur, **champs: Any) -> Element:
    """A thing to do, added by hand by the acteur's direction."""
    valeurs: dict[str, Any] = {
        "code": f"ajout-{next(numeros)}",
        "ordre": 1000,
        "libelle": "Rendre la voiture de service",
        "cote": Element.Cote.ORIGINE,
        "echeance": dans(40),
        "ajoute_par": acteur.mandat,
    }
    return Element.objects.create(mobilite=mobilite, **{**valeurs, **champs})
